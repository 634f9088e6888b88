"""LBL301 to LBL308: what labels there are, what the others cost and take, who makes them."""

from __future__ import annotations

from datetime import date

import pytest

from mlspeclint.rules.labels import LABELS

from .support import outcome_of, spec_of, told, verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.rules.rule import Rule

SUCCESSES = {
    "imagenet from scratch": """
        task: {type: classification, modality: image}
        approach: {family: deep_learning, training: from_scratch}
        project: {name: imagenet, stage: production}
        data: {examples: 1.28M, classes: 1000}
        labels: {source: crowd, labelled: 1.28M, required: 1.2M, per_item: 3, test_annotators: 3}
        target: {metric: top5_accuracy, value: 0.93, ground_truth: annotators}
    """,
    "librispeech": """
        task: {type: speech_recognition, modality: audio}
        approach: {family: deep_learning, training: from_scratch}
        data: {hours: 960}
        labels: {source: by_product, labelled: 281k}
        target: {metric: wer, value: 0.04, ground_truth: measurement}
    """,
    "translation": """
        task: {type: translation, modality: text}
        approach: {family: deep_learning, training: from_scratch}
        data: {words: 110M}
        target: {metric: bleu, value: 28}
    """,
    "defects on 300 images": """
        task: {type: classification, modality: image}
        approach: {family: deep_learning, training: fine_tuning}
        project: {name: defects, stage: pilot, created: 2026-01-05, deadline: 2026-09-30}
        labels: {source: experts, labelled: 300, required: 300, agreement: 0.86, test_annotators: 2,
                 cost_each: 2, per_day: 40}
        target: {metric: recall, value: 0.95, ground_truth: annotators}
        budget: {labelling: 1k}
    """,
    "network ahead of boosted trees": """
        task: {type: regression, modality: tabular}
        approach: {family: deep_learning, training: from_scratch}
        labels: {source: measurement, labelled: 2M}
        target: {metric: rmse, value: 0.8, pilot: 0.79, baseline: 0.85, baseline_kind: classical_ml}
    """,
}


@pytest.mark.parametrize("text", SUCCESSES.values(), ids=SUCCESSES)
@pytest.mark.parametrize("rule", LABELS, ids=lambda rule: rule.code)
def test_silent_on_successes(rule: Rule, text: str) -> None:
    assert rule.check(spec_of(text)).tell is None


# LBL301: 188,000 missing labels.


@pytest.mark.parametrize(
    ("labels", "budget", "expected"),
    [
        ("cost_each: 0.35..0.50", "labelling: 20k", "error"),
        # 188,000 x 0.5 = 94,000, the limit itself
        ("cost_each: 0.5", "labelling: 94k", "clear"),
        ("cost_each: 0.5", "labelling: 93_999", "error"),
        ("cost_each: 0.35..0.50", "labelling: 94k", "clear"),
        # from 65,800 to 94,000
        ("cost_each: 0.35..0.50", "labelling: 65_800", "possible"),
        ("cost_each: 0.35..0.50", "labelling: 65_799", "error"),
        ("cost_each: unknown", "labelling: 20k", "possible"),
        ("cost_each: 0.5", "labelling: unknown", "possible"),
        ("cost_each: 0.5", "labelling: 50k..100k", "possible"),
        # three annotators and a tenth more for review: 310,200
        ("cost_each: 0.5, per_item: 3, review_share: 10%", "labelling: 310_200", "clear"),
        ("cost_each: 0.5, per_item: 3, review_share: 10%", "labelling: 310_199", "error"),
        # 36 s at 20 an hour are 0.2, in all 37,600
        ("time_each: 36 s, wage_per_hour: 20", "labelling: 37_600", "clear"),
        ("time_each: 36 s, wage_per_hour: 20", "labelling: 37_599", "error"),
        ("time_each: 36 s", "labelling: 20k", "undecided"),
        # the total counts too, and either of the two decides alone
        ("cost_each: 0.5", "total: 93k", "error"),
        ("cost_each: 0.5", "total: 94k", "clear"),
        ("cost_each: 0.5", "total: unknown", "possible"),
        ("cost_each: 0.5", "labelling: 94k, total: 93k", "error"),
        ("cost_each: 0.5", "labelling: 93k, total: 1M", "error"),
        ("cost_each: 0.5", "labelling: 94k, total: unknown", "clear"),
        ("cost_each: 0.5", "labelling: unknown, total: 93k", "error"),
        ("cost_each: 0.5", "compute: 5k", "undecided"),
        ("per_day: 100", "labelling: 20k", "undecided"),
    ],
)
def test_labelling_over_budget(labels: str, budget: str, expected: str) -> None:
    text = f"labels: {{required: 200k, labelled: 12k, {labels}}}\nbudget: {{{budget}}}"
    assert verdict("LBL301", text) == expected


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("required: 12k, labelled: 12k, cost_each: 5", "clear"),
        ("required: 12k, labelled: 20k, cost_each: 5", "clear"),
        ("required: 12k, labelled: 20k, cost_each: unknown", "clear"),
        ("required: 12k, labelled: 20k", "clear"),
        ("required: 12k, cost_each: 5", "undecided"),
        ("labelled: 12k, cost_each: 5", "undecided"),
        ("required: 100k..200k, labelled: 12k, cost_each: 0.2", "possible"),
        ("required: 120k..200k, labelled: 12k, cost_each: 0.2", "error"),
        ("required: 100k, labelled: unknown, cost_each: 0.5", "possible"),
    ],
)
def test_labels_that_are_missing(labels: str, expected: str) -> None:
    assert verdict("LBL301", f"labels: {{{labels}}}\nbudget: {{labelling: 20k}}") == expected


def test_labelling_over_budget_holds_for_any_family() -> None:
    text = """
        approach: {family: classical_ml}
        labels: {required: 200k, labelled: 12k, cost_each: 0.5}
        budget: {labelling: 20k}
    """
    assert verdict("LBL301", text) == "error"
    assert "needs fewer labels" in told("LBL301", text).instead


def test_labelling_over_budget_tells_the_sum() -> None:
    labels = "labels: {required: 200k, labelled: 12k, cost_each: 0.35..0.50}"
    said = told("LBL301", f"{labels}\nbudget: {{labelling: 20k, currency: EUR}}")
    assert said.message == (
        "labelling 188,000 more items costs 65.8k..94k EUR, the labelling budget is 20k EUR"
    )
    assert "188,000" in said.marks["labels.required"]
    said = told("LBL301", f"{labels}\nbudget: {{total: 20k}}")
    assert said.message.endswith("the whole budget is 20k USD")
    said = told("LBL301", f"{labels}\nbudget: {{labelling: unknown}}")
    assert said.message.endswith("65.8k..94k USD, the labelling budget is unknown")


def test_advice_fits_the_training() -> None:
    rest = "labels: {required: 9, labelled: 0, cost_each: 1}\nbudget: {labelling: 1}"

    def advice(training: str) -> str:
        family = f"approach: {{family: deep_learning, training: {training}}}"
        return told("LBL301", f"{family}\n{rest}").instead

    assert "fine-tune" in advice("from_scratch")
    assert "fine-tune" not in advice("fine_tuning")


# LBL302: 188,000 labels at 1,880 a day are 100 days; 2026-04-15 is 100 days after 2026-01-05.


@pytest.mark.parametrize(
    ("deadline", "labels", "expected"),
    [
        ("2026-04-15", "per_day: 1880", "clear"),
        ("2026-04-14", "per_day: 1880", "warning"),
        ("2026-04-15", "per_day: 1879", "warning"),
        ("2026-04-15", "per_day: 1880, per_item: 2", "warning"),
        ("2026-07-24", "per_day: 1880, per_item: 2", "clear"),
        ("2026-07-23", "per_day: 1880, per_item: 2", "warning"),
        ("2026-04-15", "per_day: 1880, review_share: 1%", "warning"),
        ("2026-04-15", "per_day: 1k..3k", "possible"),
        ("2026-04-15", "per_day: 1k..1500", "warning"),
        ("2026-04-15", "per_day: unknown", "possible"),
        ("2026-04-15", "per_day: 0", "warning"),
        ("2026-04-15", "cost_each: 1", "undecided"),
        ("2026-04-01..2026-05-01", "per_day: 1880", "possible"),
        ("unknown", "per_day: 1880", "possible"),
        # the day on which the plan starts is no passed deadline
        ("2026-01-05", "per_day: 1880", "warning"),
        ("2026-01-04", "per_day: 1880", "note"),
        ("2025-12-31..2026-01-31", "per_day: 1880", "note"),
    ],
)
def test_labelling_misses_deadline(deadline: str, labels: str, expected: str) -> None:
    text = f"""
        project: {{name: example, created: 2026-01-05, deadline: {deadline}}}
        labels: {{required: 200k, labelled: 12k, {labels}}}
    """
    assert verdict("LBL302", text) == expected


@pytest.mark.parametrize(
    ("created", "today", "expected"),
    [
        # 100 days of work until 2026-04-15
        ("created: 2026-01-05, ", None, "clear"),
        # what was planned in time stays so until a later day is asked for
        ("created: 2026-01-05, ", date(2026, 1, 5), "clear"),
        ("created: 2026-01-05, ", date(2025, 6, 1), "clear"),
        ("created: 2026-01-05, ", date(2026, 1, 6), "warning"),
        ("created: 2026-01-05, ", date(2026, 4, 16), "note"),
        ("", date(2026, 1, 5), "clear"),
        ("", date(2026, 1, 6), "warning"),
        ("", None, "note"),
        ("created: unknown, ", None, "possible"),
        ("created: 2026-01-01..2026-01-10, ", None, "possible"),
    ],
)
def test_the_plan_starts(created: str, today: date | None, expected: str) -> None:
    text = f"""
        project: {{name: example, {created}deadline: 2026-04-15}}
        labels: {{required: 200k, labelled: 12k, per_day: 1880}}
    """
    assert verdict("LBL302", text, today) == expected


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("required: 12k, labelled: 12k, per_day: 10", "clear"),
        ("required: 12k, labelled: 20k, per_day: 10", "clear"),
        ("required: 12k, labelled: 20k", "clear"),
        ("required: 12k, per_day: 10", "undecided"),
        ("labelled: 12k, per_day: 10", "undecided"),
        ("required: 12k, labelled: 11k", "note"),
    ],
)
def test_a_passed_deadline_needs_missing_labels(labels: str, expected: str) -> None:
    project = "project: {name: example, created: 2026-01-05, deadline: 2025-12-01}"
    assert verdict("LBL302", f"{project}\nlabels: {{{labels}}}") == expected


def test_no_deadline_is_undecided() -> None:
    text = "labels: {required: 200k, labelled: 12k, per_day: 1880}"
    outcome = outcome_of("LBL302", text)
    assert outcome.kind == "undecided"
    assert outcome.missing == {"project.deadline"}


def test_labelling_misses_deadline_tells_the_days() -> None:
    labels = "labels: {required: 200k, labelled: 12k, per_day: 1500}"

    def message(project: str) -> str:
        return told("LBL302", f"project: {{name: example, {project}}}\n{labels}").message

    assert message("created: 2026-01-05, deadline: 2026-04-15") == (
        "labelling 188,000 more items takes 125.3 days (1,500 labels a day), "
        "the deadline is 100 days after the plan's start 2026-01-05"
    )
    assert message("created: 2026-01-05, deadline: 2026-01-01") == (
        "188,000 items are still to be labelled, and the deadline 2026-01-01 is over before "
        "the plan starts (2026-01-05)"
    )
    assert message("created: 2026-01-05, deadline: unknown").endswith("the deadline is unknown")
    labels = "labels: {required: 200k, labelled: 12k, per_day: 0}"
    assert "labelling 188,000 more items never ends (0 labels a day)" in message(
        "created: 2026-01-05, deadline: 2026-04-15"
    )
    labels = "labels: {required: 200k, labelled: 12k, per_day: unknown}"
    assert "takes an unknown number of days (an unknown number of labels a day)" in message(
        "created: 2026-01-05, deadline: 2026-04-15"
    )


# LBL303


@pytest.mark.parametrize(
    ("agreement", "expected"),
    [
        ("0.66", "warning"),
        ("-0.2", "warning"),
        ("0.667", "note"),
        ("0.799", "note"),
        ("0.8", "clear"),
        ("1", "clear"),
        ("0.5..0.75", "note"),
        ("0.7..0.9", "possible"),
        ("0.5..0.9", "possible"),
        ("unknown", "possible"),
        ("\">= 0.8\"", "clear"),
    ],
)  # fmt: skip
def test_annotators_disagree(agreement: str, expected: str) -> None:
    assert verdict("LBL303", f"labels: {{agreement: {agreement}}}") == expected


def test_annotators_disagree_needs_the_agreement() -> None:
    assert verdict("LBL303", "labels: {labelled: 5}") == "undecided"
    assert outcome_of("LBL303", "labels: {agreement: 0.5..0.9}").severity == "warning"
    message = told("LBL303", "labels: {agreement: 0.55}").message
    assert "is 0.55, the customary limit 0.667: below it a model would learn" in message
    assert (
        "limit 0.8: below it conclusions are tentative"
        in told("LBL303", "labels: {agreement: 0.7}").message
    )


# LBL304


@pytest.mark.parametrize(
    ("training", "labels", "expected"),
    [
        ("from_scratch", "labelled: 0", "warning"),
        ("fine_tuning", "labelled: 0", "warning"),
        ("frozen_features", "labelled: 0", "warning"),
        ("fine_tuning", "labelled: 1", "clear"),
        ("fine_tuning", "labelled: 0..50", "possible"),
        ("fine_tuning", "labelled: unknown", "possible"),
        ("fine_tuning", "required: 5", "undecided"),
        ("unknown", "labelled: 0", "possible"),
        ("few_shot", "labelled: 0", "not_applicable"),
        ("zero_shot", "labelled: 0", "not_applicable"),
        ("prompting", "labelled: 0", "not_applicable"),
        ("fine_tuning", "labelled: 0, needed: false", "not_applicable"),
        ("fine_tuning", "labelled: 0, needed: unknown", "possible"),
    ],
)
def test_nothing_labelled(training: str, labels: str, expected: str) -> None:
    text = f"approach: {{family: deep_learning, training: {training}}}\nlabels: {{{labels}}}"
    assert verdict("LBL304", text) == expected


@pytest.mark.parametrize(
    ("task", "labels", "expected"),
    [
        ("classification", "labelled: 0", "warning"),
        ("speech_recognition", "labelled: 0", "warning"),
        ("clustering", "labelled: 0", "not_applicable"),
        ("translation", "labelled: 0", "not_applicable"),
        ("translation", "labelled: 0, needed: true", "warning"),
        ("unknown", "labelled: 0", "possible"),
    ],
)
def test_the_task_says_whether_labels_are_needed(task: str, labels: str, expected: str) -> None:
    text = f"""
        task: {{type: {task}, modality: text}}
        approach: {{family: deep_learning, training: from_scratch}}
        labels: {{{labels}}}
    """
    assert verdict("LBL304", text) == expected


def test_nothing_labelled_is_about_networks_that_are_trained() -> None:
    assert verdict("LBL304", "labels: {labelled: 0}") == "undecided"
    other = "approach: {family: classical_ml}\nlabels: {labelled: 0}"
    assert verdict("LBL304", other) == "not_applicable"
    text = "approach: {family: deep_learning, training: fine_tuning}\nlabels: {labelled: 0}"
    message = told("LBL304", text).message
    assert "`labels.labelled` is 0 for deep learning, fine-tuned, on a task" in message
    assert "judgement" in message


# LBL305


@pytest.mark.parametrize(
    ("target", "annotators", "expected"),
    [
        ("metric: accuracy, value: 0.9", "1", "warning"),
        ("metric: accuracy, value: 0.899", "1", "clear"),
        ("metric: auc, value: 0.95", "1", "warning"),
        ("metric: f1, value: 0.95", "0", "warning"),
        ("metric: f1, value: 0.95", "2", "clear"),
        ("metric: f1, value: 0.95", "1..3", "possible"),
        ("metric: f1, value: 0.95", "unknown", "possible"),
        ("metric: f1, value: 0.85..0.95", "1", "possible"),
        ("metric: f1, value: unknown", "1", "possible"),
        ("metric: unknown, value: 0.95", "1", "possible"),
        ("metric: wer, value: 0.1", "1", "warning"),
        ("metric: wer, value: 0.101", "1", "clear"),
        ("metric: wer, value: 0.95", "1", "clear"),
        ("metric: bleu, value: 0.95", "1", "not_applicable"),
        ("metric: kappa, value: 0.95", "1", "not_applicable"),
        ("metric: rmse, value: 0.01", "1", "not_applicable"),
        ("metric: accuracy", "1", "undecided"),
        ("value: 0.95", "1", "undecided"),
    ],
)
def test_test_set_single_annotator(target: str, annotators: str, expected: str) -> None:
    text = f"""
        labels: {{test_annotators: {annotators}}}
        target: {{ground_truth: annotators, {target}}}
    """
    assert verdict("LBL305", text) == expected


@pytest.mark.parametrize(
    ("truth", "expected"),
    [
        ("measurement", "not_applicable"),
        ("outcome", "not_applicable"),
        ("unknown", "possible"),
    ],
)
def test_what_decides_what_is_right(truth: str, expected: str) -> None:
    text = f"""
        labels: {{test_annotators: 1}}
        target: {{metric: accuracy, value: 0.95, ground_truth: {truth}}}
    """
    assert verdict("LBL305", text) == expected


def test_test_set_single_annotator_needs_its_facts() -> None:
    target = "target: {metric: accuracy, value: 0.95, ground_truth: annotators}"
    outcome = outcome_of("LBL305", target)
    assert outcome.kind == "undecided"
    assert outcome.missing == {"labels.test_annotators"}
    text = "labels: {test_annotators: 1}\ntarget: {metric: accuracy, value: 0.95}"
    assert outcome_of("LBL305", text).missing == {"target.ground_truth"}
    message = told("LBL305", f"labels: {{test_annotators: 1}}\n{target}").message
    assert "accuracy of 0.95 is to be shown on test labels of one annotator" in message
    assert "by custom two or more" in message
    assert "in 7 public test sets a median of 1.5 % are wrong" in message


# LBL306


@pytest.mark.parametrize(
    ("stage", "labels", "expected"),
    [
        ("production", "labelled: 199_999, required: 200k", "warning"),
        ("production", "labelled: 200k, required: 200k", "clear"),
        ("production", "labelled: 201k, required: 200k", "clear"),
        ("pilot", "labelled: 199_999, required: 200k", "note"),
        ("pilot", "labelled: 200k, required: 200k", "clear"),
        ("proposal", "labelled: 0, required: 200k", "not_applicable"),
        ("idea", "labelled: 0, required: 200k", "not_applicable"),
        ("retired", "labelled: 0, required: 200k", "not_applicable"),
        ("unknown", "labelled: 0, required: 200k", "possible"),
        ("production", "labelled: 100k..250k, required: 200k", "possible"),
        ("production", "labelled: unknown, required: 200k", "possible"),
        ("production", "labelled: 100k", "undecided"),
        ("production", "required: 200k", "undecided"),
    ],
)
def test_label_shortfall(stage: str, labels: str, expected: str) -> None:
    text = f"project: {{name: example, stage: {stage}}}\nlabels: {{{labels}}}"
    assert verdict("LBL306", text) == expected


def test_labels_that_nobody_has_counted_are_told_as_such() -> None:
    text = "labels: {labelled: 12k, required: unknown, cost_each: 1}\nbudget: {labelling: 50k}"
    marks = told("LBL301", text).marks
    assert marks["labels.required"] == "an unknown number are still unlabelled"


def test_label_shortfall_states_the_share() -> None:
    project = "project: {name: example, stage: pilot}"
    message = told("LBL306", f"{project}\nlabels: {{labelled: 12k, required: 200k}}").message
    assert message == (
        "12,000 of 200,000 required labels are there at stage pilot, 188,000 (94 %) are missing"
    )
    message = told("LBL306", f"{project}\nlabels: {{labelled: 12k..50k, required: 200k}}").message
    assert message.endswith("150,000..188,000 (75..94 %) are missing")
    message = told("LBL306", f"{project}\nlabels: {{labelled: unknown, required: 200k}}").message
    assert message == ("an unknown number of labels are there at stage pilot, 200,000 are required")
    message = told("LBL306", f"{project}\nlabels: {{labelled: 12k, required: unknown}}").message
    assert message == "12,000 labels are there at stage pilot, an unknown number are required"
    message = told("LBL306", f"{project}\nlabels: {{labelled: 99, required: 100}}").message
    assert message.endswith("at stage pilot, 1 (1 %) is missing")
    assert verdict("LBL306", "labels: {labelled: 12k, required: 200k}") == "not_applicable"


# LBL307


@pytest.mark.parametrize(
    ("labels", "truth", "expected"),
    [
        ("source: model", "", "warning"),
        ("source: model, test_annotators: 0", "", "warning"),
        ("source: model, test_annotators: 1", "", "clear"),
        ("source: model, test_annotators: 0..2", "", "possible"),
        ("source: model, test_annotators: unknown", "", "possible"),
        ("source: model", "annotators", "warning"),
        ("source: model", "measurement", "clear"),
        ("source: model", "outcome", "clear"),
        ("source: model", "unknown", "possible"),
        ("source: programmatic", "", "note"),
        ("source: programmatic, test_annotators: 2", "", "clear"),
        ("source: programmatic", "outcome", "clear"),
        ("source: experts", "", "not_applicable"),
        ("source: none", "", "not_applicable"),
        ("source: unknown", "", "possible"),
        ("labelled: 5", "", "undecided"),
        ("labelled: 5, test_annotators: 2", "", "clear"),
    ],
)
def test_labels_from_a_model(labels: str, truth: str, expected: str) -> None:
    target = f"target: {{ground_truth: {truth}}}" if truth else ""
    assert verdict("LBL307", f"labels: {{{labels}}}\n{target}") == expected


def test_labels_from_a_model_says_who_made_them() -> None:
    assert told("LBL307", "labels: {source: model}").message.startswith("a model makes the labels")
    said = told("LBL307", "labels: {source: programmatic}").message
    assert said.startswith("a program makes the labels")
    assert outcome_of("LBL307", "labels: {source: unknown}").severity == "warning"


# LBL308


@pytest.mark.parametrize(
    ("proxy", "affects", "expected"),
    [
        ("true", "true", "warning"),
        ("true", "false", "note"),
        ("true", "unknown", "note"),
        ("true", None, "note"),
        ("false", "true", "not_applicable"),
        (None, "true", "not_applicable"),
        ("unknown", "true", "possible"),
        ("unknown", None, "possible"),
    ],
)
def test_proxy_labels(proxy: str | None, affects: str | None, expected: str) -> None:
    labels = f"labels: {{proxy: {proxy}}}" if proxy else ""
    people = f"explainability: {{affects_people: {affects}}}" if affects else ""
    assert verdict("LBL308", f"{labels}\n{people}") == expected


def test_proxy_labels_says_whom_it_affects() -> None:
    people = "explainability: {affects_people: true}"
    assert "affects people" in told("LBL308", f"labels: {{proxy: true}}\n{people}").message
    assert "affects people" not in told("LBL308", "labels: {proxy: true}").message
