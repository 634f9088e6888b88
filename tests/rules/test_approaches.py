"""A spec as it would be with another approach: what stays, what comes from elsewhere, what is left out."""

from __future__ import annotations

from math import inf
from typing import Any

import pytest

from mlspeclint.document.parse import parse
from mlspeclint.feasibility.cost_model import CostModel
from mlspeclint.knowledge import training_time_ratio
from mlspeclint.knowledge.pages import table
from mlspeclint.rules.approaches import (
    APPROACHES,
    MOST_VARIANTS,
    OWN,
    UNDONE,
    Altered,
    chosen,
    reaches_target,
    unusual,
    variants,
)
from mlspeclint.spec.compiled import Spec
from mlspeclint.spec.load import load

from ..running import EXAMPLES
from .support import outcome_of, spec_of
from .test_reads import SPECS

PLAN = """
task: {type: classification, modality: tabular}
approach: {family: deep_learning, training: from_scratch, algorithm: mlp, parameters: 2M, hosting: own}
alternatives:
  - {family: rules, status: measured, score: 0.7, reason: they cover little}
  - {family: classical_ml, algorithm: gradient_boosting, status: measured, score: 0.88,
     training_time: 4 min, cost: 30k}
data: {examples: 20k, classes: 4, required: 50k, collection_cost_each: 2, changes_every: 30 d}
labels: {labelled: 9k, required: 40k, cost_each: 0.50, test_examples: 1k}
budget: {total: 200k, build: 90k, operations_per_year: 20k, horizon: 2 y}
compute: {accelerator: A100, accelerators: 4, price_per_hour: 3, training_time: 8 h, experiments: 30}
serving: {items_per_month: 10k, cost_per_1000: 4, error_rate: 5%, latency: 80 ms, latency_limit: 100 ms,
          model_memory: 1 GB, human_review_share: 20%}
target: {metric: accuracy, value: 0.9, pilot: 0.91, pilot_examples: 8k, external_test: true}
explainability: {required: local, method: attribution, validated: true}
retraining: {every: weekly, preparation: 1 h, runs: 2, validation: 1 d, deployment: 1 h, cost_each: 100}
people: {personal_data: true, fairness_tested: true}
"""
OF_SVM = "alternatives: [{family: classical_ml, algorithm: svm}]"
BY_KEY = {approach.key: approach for approach in APPROACHES}


def with_approach(key: str, text: str = PLAN) -> Altered:
    """The only variant of an approach."""
    (altered,) = variants(spec_of(text), BY_KEY[key])
    return altered


def examples() -> list[Spec]:
    specs = []
    for path in sorted(EXAMPLES.glob("*.yaml")):
        loaded = load(parse(path.read_bytes()).documents[0])
        assert loaded.spec is not None
        specs.append(loaded.spec)
    return specs


class TestChosen:
    @pytest.mark.parametrize("approach", APPROACHES, ids=lambda approach: approach.key)
    def test_each_is_recognised(self, approach: Any) -> None:
        training = f", training: {approach.training}" if approach.training else ""
        spec = spec_of(f"approach: {{family: {approach.family}{training}}}")
        assert chosen(spec) is approach

    @pytest.mark.parametrize(
        ("training", "key", "words"),
        [
            ("training: zero_shot", "zero_shot", "zero-shot"),
            ("training: unknown", "deep_learning", "deep learning"),
            ("algorithm: x", "deep_learning", "deep learning"),
        ],
    )
    def test_what_is_none_of_them(self, training: str, key: str, words: str) -> None:
        own = chosen(spec_of(f"approach: {{family: deep_learning, {training}}}"))
        assert (own.key, own.words) == (key, words)

    def test_it_is_the_spec_as_it_is(self) -> None:
        spec = spec_of(PLAN)
        (altered,) = variants(spec, chosen(spec))
        assert altered.spec is spec
        assert (altered.origins, altered.left_out) == ((), ())


class TestWhatStays:
    @pytest.mark.parametrize("key", [key for key in BY_KEY if key != "from_scratch"])
    def test_facts_of_the_problem(self, key: str) -> None:
        spec, altered = spec_of(PLAN), with_approach(key).spec
        assert altered.task.type.text == "classification"
        assert altered.data.examples.low == 20e3
        assert altered.labels.labelled.low == 9e3
        assert altered.budget.total.low == 200e3
        assert altered.compute.accelerator.text == "A100"
        assert altered.serving.items_per_month.low == 10e3
        assert altered.serving.human_review_share.low == 0.2
        assert altered.retraining.validation.low == 86400
        assert altered.target.value.low == 0.9
        assert altered.explainability.required.text == "local"
        assert (altered.now, altered.today) == (spec.now, spec.today)

    def test_the_price_of_an_accelerator_for_networks(self) -> None:
        assert with_approach("fine_tuning").spec.compute.price_per_hour.low == 3


@pytest.mark.parametrize(
    "spec", [*examples(), *SPECS[:150]], ids=lambda spec: spec.project.name.text
)
def test_no_fact_of_the_chosen_approach_is_carried_over(spec: Spec) -> None:
    own = chosen(spec)
    for approach in APPROACHES:
        for altered in variants(spec, approach) if approach.key != own.key else ():
            told = {origin.path: origin.fact for origin in altered.origins}
            for section, names in OWN.items():
                before, after = getattr(spec, section), getattr(altered.spec, section)
                for name in names:
                    path = f"{section}.{name}"
                    if path == "approach.training":
                        assert (after.training.text or None) == approach.training
                    elif path in told:
                        assert getattr(after, name) is told[path]
                    elif name in vars(before):
                        assert getattr(after, name) is not getattr(before, name), path
            assert altered.spec.approach.family.text == approach.family


class TestWhatComesFromElsewhere:
    def origins(self, altered: Altered) -> dict[str, str]:
        return {origin.path: origin.source for origin in altered.origins}

    def test_an_alternative(self) -> None:
        altered = with_approach("classical_ml")
        spec = altered.spec
        assert altered.index == 1
        assert spec.approach.algorithm.text == "gradient_boosting"
        assert spec.target.pilot.low == 0.88
        assert spec.compute.training_time.low == 240
        sources = self.origins(altered)
        assert sources["compute.training_time"] == "alternatives[1]"
        assert sources["serving.error_rate"] == "1 - accuracy of alternatives[1]"
        assert spec.serving.error_rate.low == pytest.approx(0.12)

    def test_its_cost_is_all_that_is_paid_until_the_release(self) -> None:
        model = CostModel(with_approach("classical_ml").spec)
        assert model.upfront.low == pytest.approx(30e3)
        assert model.upfront.high == inf  # the labels that it needs are not known

    def test_what_is_known_to_cost_more_is_not_counted_twice(self) -> None:
        # 15k examples at 2 are collected for a test set of 35k: 30k, more than the declared cost.
        text = PLAN.replace("test_examples: 1k", "test_examples: 35k").replace(
            "labelled: 9k", "labelled: 36k"
        )
        text = text.replace("score: 0.7,", "score: 0.7, cost: 20k,")
        model = CostModel(with_approach("rules", text).spec)
        assert model.upfront.low == pytest.approx(30e3)

    def test_a_score_in_another_metric_is_no_pilot(self) -> None:
        text = PLAN.replace("score: 0.88", "score: 0.88, metric: auc")
        spec = with_approach("classical_ml", text).spec
        assert spec.target.pilot.absent

    @pytest.mark.parametrize("status", ["considered", "rejected"])
    def test_only_a_measured_score_is_a_pilot(self, status: str) -> None:
        text = PLAN.replace("gradient_boosting, status: measured", f"trees, status: {status}")
        altered = with_approach("classical_ml", text)
        assert altered.spec.target.pilot.absent
        assert altered.spec.compute.training_time.low == 240
        assert (altered.rejected is not None) == (status == "rejected")

    def test_an_unknown_score_stays_unknown(self) -> None:
        spec = with_approach("classical_ml", PLAN.replace("score: 0.88", "score: unknown")).spec
        assert spec.target.pilot.given.open
        assert spec.target.pilot.missing == frozenset()

    def test_a_baseline_of_that_kind(self) -> None:
        text = """
            approach: {family: deep_learning, training: fine_tuning}
            target: {metric: auc, value: 0.9, baseline: 0.85, baseline_kind: statistics}
        """
        assert with_approach("statistics", text).spec.target.pilot.low == 0.85
        assert with_approach("classical_ml", text).spec.target.pilot.absent

    def test_entries_of_one_approach_are_tried_each(self) -> None:
        entry = "  - {family: classical_ml, status: considered}\n"
        text = PLAN.replace("data: {exa", f"{entry * 30}data: {{exa")
        found = variants(spec_of(text), BY_KEY["classical_ml"])
        assert [altered.index for altered in found] == list(range(1, MOST_VARIANTS + 1))

    def test_the_chosen_approach_becomes_an_alternative(self) -> None:
        spec = with_approach("classical_ml").spec
        rules, network = spec.alternatives
        assert rules.family.text == "rules"
        assert network.family.text == "deep_learning"
        assert network.status.text == "measured"
        assert network.score.low == 0.91

    def test_what_trains_nothing_needs_a_test_set(self) -> None:
        for key in ("rules", "prompting"):
            spec = with_approach(key).spec
            assert spec.labels.required.low == spec.data.required.high == 1000
            assert CostModel(spec).upfront.low == 0
            assert "trains on no examples" in self.origins(with_approach(key))["labels.required"]

    def test_few_shot_methods_need_a_few_labels_a_class(self) -> None:
        altered = with_approach("few_shot")
        required = altered.spec.labels.required
        assert (required.low, required.high) == (8 * 4 + 1000, 64 * 4 + 1000)
        assert altered.certain.labels.required.absent
        assert [o.estimate for o in altered.origins if o.path == "labels.required"] == [True]

    def test_a_machine_without_accelerator_costs_no_more_than_one_with(self) -> None:
        altered = with_approach("classical_ml")
        price = altered.spec.compute.price_per_hour
        assert (price.low, price.high) == (0, 3)
        assert altered.certain.compute.price_per_hour.missing == {"compute.price_per_hour"}

    def test_a_price_that_nobody_knows_stays_so(self) -> None:
        text = PLAN.replace("price_per_hour: 3", "owned: true")
        spec = with_approach("classical_ml", text).spec
        assert spec.compute.price_per_hour.missing == {"compute.price_per_hour"}


class TestTrainingTime:
    TABLE = """
        task: {type: classification, modality: tabular}
        approach: {family: deep_learning, training: from_scratch}
        compute: {training_time: 10 h}
    """

    def test_of_boosted_trees_follows_from_that_of_a_network(self) -> None:
        altered = with_approach("classical_ml", self.TABLE)
        time, ratio = altered.spec.compute.training_time, training_time_ratio()
        assert (time.low, time.high) == pytest.approx((36000 / ratio.upper, 36000 / ratio.lower))
        (source,) = [o.source for o in altered.origins if o.path == "compute.training_time"]
        assert f"{ratio.count} published comparisons" in source

    def test_of_a_network_from_that_of_boosted_trees(self) -> None:
        text = self.TABLE.replace(
            "deep_learning, training: from_scratch", "classical_ml, algorithm: lightgbm"
        )
        time, ratio = (
            with_approach("from_scratch", text).spec.compute.training_time,
            training_time_ratio(),
        )
        assert (time.low, time.high) == pytest.approx((36000 * ratio.lower, 36000 * ratio.upper))

    @pytest.mark.parametrize(
        ("old", "new", "key"),
        [
            ("modality: tabular", "modality: text", "classical_ml"),
            ("training: from_scratch", "training: fine_tuning", "classical_ml"),
            ("training_time: 10 h", "training_time: unknown", "classical_ml"),
            ("compute:", f"{OF_SVM}\n        compute:", "classical_ml"),
            ("modality: tabular", "modality: tabular", "fine_tuning"),
            ("modality: tabular", "modality: tabular", "statistics"),
            ("deep_learning, training: from_scratch", "classical_ml, algorithm: svm", "from_scratch"),
        ],
    )  # fmt: skip
    def test_otherwise_nobody_knows(self, old: str, new: str, key: str) -> None:
        spec = with_approach(key, self.TABLE.replace(old, new)).spec
        assert spec.compute.training_time.missing == {"compute.training_time"}

    def test_rules_wait_for_it_rather_than_miss_it(self) -> None:
        # RTR606 would note that nobody has declared it; of another approach nobody could.
        text = f"{PLAN}".replace("every: weekly", "every: daily")
        from mlspeclint.rules import find_rule

        rule = find_rule("RTR606")
        assert rule is not None
        assert rule.check(with_approach("fine_tuning", text).spec).kind == "undecided"
        assert outcome_of("RTR606", text.replace("training_time: 8 h, ", "")).kind == "conflict"

    def test_prompts_take_none(self) -> None:
        assert with_approach("prompting").spec.compute.training_time.absent


class TestDuties:
    @pytest.mark.parametrize(
        ("section", "name"), [(s, name) for s, names in UNDONE.items() for name in names]
    )
    def test_are_open_rather_than_undone(self, section: str, name: str) -> None:
        flag = getattr(getattr(with_approach("fine_tuning").spec, section), name)
        assert flag.open
        assert flag.missing == {f"{section}.{name}"}

    def test_of_the_project_stay(self) -> None:
        assert with_approach("rules").spec.people.personal_data.certain


class TestObstacles:
    @pytest.mark.parametrize(
        ("modality", "key", "is_unusual"),
        [
            ("image", "rules", True),
            ("image", "classical_ml", True),
            ("image", "few_shot", False),
            ("tabular", "classical_ml", False),
            ("tabular", "prompting", True),
            ("tabular", "fine_tuning", True),
            ("text", "prompting", False),
            ("image", "from_scratch", False),
        ],
    )
    def test_what_is_not_customary(self, modality: str, key: str, is_unusual: bool) -> None:
        spec = spec_of(f"task: {{type: classification, modality: {modality}}}")
        assert (unusual(spec, BY_KEY[key]) is not None) == is_unusual

    def test_an_open_task_rules_nothing_out(self) -> None:
        spec = spec_of("task: {type: unknown, modality: unknown}")
        assert [unusual(spec, approach) for approach in APPROACHES] == [None] * len(APPROACHES)

    def test_the_table_speaks_of_fields_as_they_are(self) -> None:
        entries = {
            key: entry for key, entry in table("approaches").items() if isinstance(entry, dict)
        }
        assert set(BY_KEY) | {"zero_shot"} == set(entries)
        spec = Spec()
        for entry in entries.values():
            assert set(entry["modalities"]) <= set(spec.task.modality.options)
            assert set(entry["tasks"]) <= set(spec.task.type.options)
            assert bool(entry["because"]) == bool(entry["modalities"])

    @pytest.mark.parametrize(
        ("target", "reached"),
        [
            ("{metric: auc, value: 0.9, pilot: 0.9}", True),
            ("{metric: auc, value: 0.9, pilot: 0.89}", False),
            ("{metric: mae, value: 10, pilot: 9}", True),
            ("{metric: mae, value: 10, pilot: 11}", False),
            ("{metric: auc, value: 0.9, pilot: 0.88..0.95}", None),
        ],
    )
    def test_reaching_the_target(self, target: str, reached: bool | None) -> None:
        answer = reaches_target(spec_of(f"target: {target}"))
        assert answer is not None
        assert answer.value is reached

    def test_without_a_score_or_a_target_nobody_asks(self) -> None:
        assert reaches_target(spec_of("target: {metric: auc, value: 0.9}")) is None
        assert reaches_target(spec_of("target: {metric: auc, pilot: 0.9}")) is None
        assert reaches_target(spec_of("target: {metric: auc, value: 0.9, pilot: unknown}")) is None


def test_unknown_alternatives_stay_unknown() -> None:
    text = "approach: {family: deep_learning, training: from_scratch}\nalternatives: unknown"
    altered = with_approach("classical_ml", text)
    assert altered.spec.alternatives.unknown
    assert altered.index is None
