"""The comparison of approaches: verdicts by concern, the fewest conflicts, and the cheapest change."""

from __future__ import annotations

import pytest

from mlspeclint.engine.change import cheapest_change, step_size
from mlspeclint.engine.compare import CONCERNS, Column, Comparison, compare
from mlspeclint.engine.finding import Flip
from mlspeclint.engine.flip import altered
from mlspeclint.engine.summary import WEIGHTS
from mlspeclint.rules import RULES, find_rule
from mlspeclint.rules.approaches import APPROACHES
from mlspeclint.rules.contradictions import contradictions
from mlspeclint.rules.rule import CONFLICT, NOTE, Rule
from mlspeclint.spec.compiled import Spec
from mlspeclint.spec.facts import Measure

from ..rules.support import spec_of
from ..rules.test_approaches import examples
from ..rules.test_reads import SPECS
from .support import check

SPECS_AT_HAND = [*examples(), *SPECS[:100]]


def compared(text: str, select: str = "", waived: tuple[str, ...] = ()) -> Comparison:
    return compare(spec_of(text), rules(select), waived)


def rules(select: str) -> list[Rule]:
    return [rule for rule in RULES if not select or rule.code in select.split(",")]


def column(comparison: Comparison, key: str) -> Column:
    (found,) = [each for each in comparison.columns if each.approach.key == key]
    return found


def verdicts(comparison: Comparison, concern: str) -> dict[str, str]:
    told = {}
    for each in comparison.columns:
        worst = each.worst(CONCERNS[concern])
        told[each.approach.key] = worst.verdict if worst else "none"
    return told


def keys(columns: object) -> list[str]:
    return [each.approach.key for each in columns]  # type: ignore[attr-defined]


def test_every_group_of_rules_is_a_concern() -> None:
    grouped = [group for groups in CONCERNS.values() for group in groups]
    assert {rule.group for rule in RULES if not rule.code.startswith("EVD")} == set(grouped)
    assert len(grouped) == len(set(grouped))


@pytest.mark.parametrize("spec", SPECS_AT_HAND, ids=lambda spec: spec.project.name.text)
class TestAnySpec:
    def test_the_chosen_approach_is_judged_as_the_spec_is(self, spec: Spec) -> None:
        chosen = compare(spec, RULES).chosen
        for judged in chosen.judged:
            outcome = judged.rule.check(spec)
            assert judged.outcome.kind == outcome.kind
            assert judged.outcome.missing == outcome.missing
            assert not judged.estimated

    def test_there_is_a_column_for_each_approach(self, spec: Spec) -> None:
        comparison = compare(spec, RULES)
        found = keys(comparison.columns)
        assert [key for key in found if key in {a.key for a in APPROACHES}] == keys_of_all()
        assert len(found) == len(set(found)) <= 9
        assert [each.chosen for each in comparison.columns].count(True) == 1

    def test_what_is_proposed_has_fewer_conflicts(self, spec: Spec) -> None:
        comparison = compare(spec, RULES)
        limit = serious_weight(comparison.chosen)
        for best in comparison.best:
            unsettled = best.open_where(comparison.chosen.serious)
            assert best.chosen or (
                serious_weight(best) + sum(WEIGHTS[each.rule.severity] for each in unsettled)
                < limit
            )

    def test_the_cheapest_change_clears(self, spec: Spec) -> None:
        comparison = compare(spec, RULES)
        change = comparison.change
        if not change.steps:
            return
        after = spec
        for step in change.steps:
            after = done(after, step)
        still = {
            rule.code
            for rule in RULES
            if (outcome := rule.check(after)).kind is CONFLICT and outcome.severity != NOTE
        }
        before = {
            each.rule.code
            for each in comparison.chosen.judged
            if each.outcome.kind is CONFLICT and each.outcome.severity != NOTE
        }
        cleared = comparison.chosen.serious - {rule.code for rule in change.left}
        assert not still & cleared
        assert still <= before
        assert not [each for each in contradictions(after) if each.severity == "error"]


def serious_weight(column: Column) -> float:
    severities = [each.outcome.severity for each in column.conflicts()]
    return sum(WEIGHTS[severity] for severity in severities if severity != NOTE)


def keys_of_all() -> list[str]:
    return [approach.key for approach in APPROACHES]


def done(spec: Spec, step: Flip) -> Spec:
    """The spec after a step, read from its spelling where it is a number."""
    section, _, name = step.path.rpartition(".")
    holder = spec
    for part in section.split("."):
        holder = getattr(holder, part)
    fact = getattr(holder, name)
    if isinstance(fact, Measure):
        number = fact.kind.read(
            step.text.split(" ", 2)[2].removesuffix(f" {spec.budget.currency.text}")
        ).low
        return altered(spec, step.path, fact.at(number, number))
    value = step.value[0] if isinstance(step.value, list) else step.value
    return altered(spec, step.path, fact.at(value))


SCRATCH = """
task: {type: classification, modality: image}
approach: {family: deep_learning, training: from_scratch}
data: {examples: 300, classes: 4}
"""


class TestConcerns:
    def test_images_from_scratch(self) -> None:
        told = verdicts(compared(SCRATCH, "DAT104"), "data")
        assert told == dict.fromkeys(keys_of_all(), "not_applicable") | {"from_scratch": "error"}

    def test_the_worst_counts(self) -> None:
        text = "labels: {agreement: 0.5, required: 9k, labelled: 1k, cost_each: 1}\nbudget: {labelling: 1k}"
        told = verdicts(compared(text, "LBL301,LBL303"), "labels")
        assert told["deep_learning"] == "error"
        assert (
            told["rules"] == "warning"
        )  # they need no labels, the annotators disagree all the same

    def test_where_no_rule_is_switched_on(self) -> None:
        assert set(verdicts(compared(SCRATCH, "DAT104"), "cost").values()) == {"none"}

    def test_a_finding_that_another_one_tells_does_not_count(self) -> None:
        text = """
            approach: {family: deep_learning, training: fine_tuning}
            explainability: {affects_people: true, decision: decides, domain: credit}
        """
        comparison = compared(text, "XPL503,XPL504")
        (first, second) = comparison.chosen.judged
        assert (first.told_elsewhere, second.told_elsewhere) == (False, True)
        assert comparison.chosen.conflicts() == [first]

    def test_it_agrees_with_check(self) -> None:
        text = """
            approach: {family: deep_learning, training: from_scratch}
            explainability: {affects_people: true, decision: decides, domain: credit, required: none}
            compute: {training_time: 3 d, price_per_hour: 9}
            retraining: {every: daily, preparation: 1 h}
            budget: {total: 10k, compute: 1k}
        """
        report = check(text)
        comparison = compare(spec_of(text), RULES)
        found = [f.code for f in report.findings if f.outcome == "conflict"]
        assert sorted(each.rule.code for each in comparison.chosen.conflicts()) == sorted(found)
        undecided = {each.code for each in report.undecided}
        assert {each.rule.code for each in comparison.chosen.undecided} == undecided

    def test_what_is_waived_counts_for_no_approach(self) -> None:
        text = "data: {changes_every: 30 d}\nlabels: {latency: 60 d}"
        comparison = compared(text, "RTR603", waived=("RTR603",))
        assert set(verdicts(comparison, "retraining").values()) == {"waived"}
        assert [each.conflicts() for each in comparison.columns] == [[]] * 9

    def test_a_verdict_that_rests_on_an_estimate_says_so(self) -> None:
        text = """
            task: {type: classification, modality: tabular}
            approach: {family: deep_learning, training: from_scratch}
            compute: {training_time: 60 h}
            retraining: {every: hourly, preparation: 0 h, validation: 0 h, deployment: 0 h}
        """
        trees = column(compared(text, "RTR601"), "classical_ml")
        (judged,) = trees.judged
        assert (judged.verdict, judged.estimated) == ("error", True)
        assert not judged.counts
        assert trees.possible == [judged]


class TestFewestConflicts:
    def test_of_all_that_nothing_speaks_against(self) -> None:
        comparison = compared(SCRATCH, "DAT104")
        assert keys(comparison.best) == ["prompting", "few_shot", "frozen_features", "fine_tuning"]
        ruled_out = {each.approach.key: why for each, why in comparison.ruled_out}
        assert set(ruled_out) == {"rules", "statistics", "classical_ml"}
        assert ruled_out["rules"].startswith("not customary: ")

    def test_one_that_was_measured_and_reaches_the_target_comes_first(self) -> None:
        text = f"""{SCRATCH}
target: {{metric: accuracy, value: 0.9}}
alternatives:
  - {{family: deep_learning, training: frozen_features, status: measured, score: 0.92}}
"""
        assert keys(compared(text, "DAT104").best) == ["frozen_features"]

    def test_one_that_was_measured_below_the_target_is_ruled_out(self) -> None:
        text = f"""{SCRATCH}
target: {{metric: accuracy, value: 0.9}}
alternatives:
  - {{family: deep_learning, training: fine_tuning, status: measured, score: 0.8}}
  - {{family: classical_ml, status: measured, score: 0.7}}
"""
        comparison = compared(text, "DAT104")
        assert "fine_tuning" not in keys(comparison.best)
        ruled_out = {each.approach.key: why for each, why in comparison.ruled_out}
        assert ruled_out["fine_tuning"] == "measured, and below the target"
        assert ruled_out["classical_ml"] == "measured, and below the target"

    def test_what_is_simpler_than_that_is_ruled_out_too(self) -> None:
        text = """
            task: {type: classification, modality: tabular}
            approach: {family: deep_learning, training: from_scratch}
            data: {changes_every: 30 d, split: random}
            target: {metric: auc, value: 0.9}
            alternatives: [{family: classical_ml, status: measured, score: 0.8}]
        """
        ruled_out = {e.approach.key: why for e, why in compared(text, "DAT101").ruled_out}
        assert (
            ruled_out["rules"] == "simpler than classical ML, which was measured below the target"
        )

    def test_one_that_was_rejected_is_ruled_out(self) -> None:
        text = f"""{SCRATCH}
alternatives:
  - {{family: deep_learning, training: fine_tuning, status: rejected, reason: the licence}}
"""
        comparison = compared(text, "DAT104")
        assert ("fine_tuning", "rejected: the licence") in [
            (each.approach.key, why) for each, why in comparison.ruled_out
        ]

    def test_of_several_entries_the_one_that_stands(self) -> None:
        text = """
            approach: {family: deep_learning, training: fine_tuning}
            explainability: {required: full}
            target: {metric: auc, value: 0.9}
            alternatives:
              - {family: classical_ml, algorithm: decision tree, status: rejected, reason: too coarse}
              - {family: classical_ml, algorithm: xgboost, status: considered}
              - {family: classical_ml, algorithm: cart, status: considered}
        """
        assert column(compared(text, "XPL501"), "classical_ml").altered.index == 2

    def test_the_chosen_one_where_no_other_has_fewer(self) -> None:
        text = "labels: {agreement: 0.5}"
        comparison = compared(text, "LBL303")
        assert comparison.best == [comparison.chosen]

    def test_what_is_open_is_not_fewer(self) -> None:
        # The network is retrained too slowly; how long another one takes nobody knows.
        text = """
            task: {type: classification, modality: text}
            approach: {family: deep_learning, training: from_scratch}
            compute: {training_time: 3 d}
            retraining: {every: daily, preparation: 1 h, validation: 1 h, deployment: 1 h}
        """
        comparison = compared(text, "RTR601")
        assert "fine_tuning" not in keys(comparison.best)
        assert keys(comparison.best) == ["rules", "prompting"]  # they train nothing

    def test_notes_alone_are_no_reason_for_another_approach(self) -> None:
        text = "project: {name: example, stage: idea}\napproach: {family: deep_learning, training: few_shot}"
        comparison = compared(text, "CST404")
        assert [each.outcome.severity for each in comparison.chosen.conflicts()] == ["note"]
        assert comparison.best == [comparison.chosen]


class TestCheapestChange:
    def steps(self, text: str, select: str) -> list[str]:
        return [step.text for step in compared(text, select).change.steps]

    LABELS = """
        labels: {required: 50k, labelled: 10k, cost_each: 1, per_day: 100}
        project: {name: example, created: 2026-01-01, deadline: 2026-07-01}
        budget: {labelling: 20k}
    """

    def test_one_fact_rather_than_two(self) -> None:
        # Labels for 20k are paid, for 18,100 there is time: fewer of them clear both.
        assert self.steps(self.LABELS, "LBL301") == ["labels.required <= 30k"]
        assert self.steps(self.LABELS, "LBL301,LBL302") == ["labels.required <= 28.1k"]

    def test_the_smallest_of_several(self) -> None:
        text = "serving: {latency: 300 ms, latency_limit: 250 ms}"
        assert self.steps(text, "CST408") == ["serving.latency <= 250 ms"]

    def test_two_where_one_does_not_do(self) -> None:
        text = f"{self.LABELS}\n        serving: {{latency: 300 ms, latency_limit: 250 ms}}"
        assert self.steps(text, "LBL301,CST408") == [
            "labels.required <= 30k",
            "serving.latency <= 250 ms",
        ]

    def test_more_than_can_be_combined(self) -> None:
        text = """
            serving: {latency: 300 ms, latency_limit: 250 ms, model_memory: 2 GB, device_memory: 1 GB}
            labels: {agreement: 0.5, latency: 9 d}
            data: {changes_every: 2 d}
        """
        assert len(self.steps(text, "CST407,CST408,LBL303,RTR603")) == 4

    def test_notes_need_none(self) -> None:
        change = compared("labels: {agreement: 0.7}", "LBL303").change
        assert (change.steps, change.left, change.stuck) == ((), (), ())

    def test_what_no_number_clears_is_left(self) -> None:
        text = "approach: {family: deep_learning, training: from_scratch}"
        change = compared(text, "DAT101").change
        assert [rule.code for rule in change.left] == ["DAT101"]

    def test_another_approach_is_no_change_of_this_one(self) -> None:
        rule = find_rule("DAT104")
        assert rule is not None
        assert "approach.training" in (rule.flips or ())
        assert all(
            not step.path.startswith("approach.")
            for step in compared(SCRATCH, "DAT104").change.steps
        )

    def test_a_change_that_contradicts_other_facts_is_none(self) -> None:
        text = """
            data: {examples: 2000}
            labels: {labelled: 2000, test_examples: 400}
            target: {metric: accuracy, value: 0.85, expected_gain: 0.5%}
        """
        change = compared(text, "DAT112").change
        assert [rule.code for rule in change.stuck] == ["DAT112"]
        assert change.steps == ()

    def test_a_waived_conflict_needs_none(self) -> None:
        text = "serving: {latency: 300 ms, latency_limit: 250 ms}"
        assert compared(text, "CST408", waived=("CST408",)).change.steps == ()

    def test_a_clean_plan_needs_none(self) -> None:
        change = cheapest_change(spec_of("labels: {agreement: 0.9}"), [], RULES)
        assert (change.steps, change.left, change.stuck) == ((), (), ())

    @pytest.mark.parametrize(
        ("path", "operator", "value", "size"),
        [
            ("budget.total", ">=", 200e3, 0.693),
            ("labels.cost_each", "<=", 0.25, 1.386),  # from the high end of its range
            ("labels.cost_each", "<=", 0, 5),
            ("budget.compute", ">=", 100, 5),  # absent
            ("project.deadline", ">=", "2027-12-31", 0.997),
            ("labels.proxy", "==", True, 1),
        ],
    )
    def test_the_size_of_a_step(self, path: str, operator: str, value: float, size: float) -> None:
        spec = spec_of("""
            project: {name: example, deadline: 2027-01-01}
            budget: {total: 100k}
            labels: {cost_each: 0.50..1}
        """)
        assert step_size(spec, Flip(path, operator, value, "")) == pytest.approx(size, abs=2e-3)
