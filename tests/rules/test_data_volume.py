"""DAT103, DAT109, DAT110, DAT112, DAT113, and the great successes on which all of DAT is silent."""

from __future__ import annotations

from datetime import date

import pytest

from mlspeclint.rules.data_volume import DATA
from mlspeclint.rules.rule import CONFLICT, NOTE, POSSIBLE

from .support import outcome_of, spec_of, told, verdict


def spec(*parts: str) -> str:
    return "\n".join(parts)


def data(facts: str) -> str:
    return f"data: {{{facts}}}"


def trained(how: str) -> str:
    return f"approach: {{family: deep_learning, training: {how}}}\n"


LOGISTIC = "approach: {family: statistics, algorithm: logistic_regression}"
RIDGE = "approach: {family: classical_ml, algorithm: ridge regression}"
TREES = "approach: {family: classical_ml, algorithm: gradient_boosting}"
SCRATCH = "approach: {family: deep_learning, training: from_scratch}"
SMALL = "data: {examples: 200, positive_rate: 10%, features: 100}"
MEDIUM = "data: {examples: 20k, positive_rate: 10%, features: 100}"
LINEAR_BASELINE = "{family: classical_ml, algorithm: ridge, status: measured, score: 0.8}"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # 20 events a feature for an unpenalised linear model: 2,000 x 10 % = 200 events.
        (spec(LOGISTIC, data("examples: 2000, positive_rate: 10%, features: 11")), "warning"),
        (spec(LOGISTIC, data("examples: 2000, positive_rate: 10%, features: 10")), "clear"),
        # The rarer side counts.
        (spec(LOGISTIC, data("examples: 2000, positive_rate: 90%, features: 11")), "warning"),
        (spec(LOGISTIC, data("examples: 2000, positive_rate: 90%, features: 10")), "clear"),
        # 200 for trees, forests and networks from scratch.
        (spec(TREES, data("examples: 20k, positive_rate: 10%, features: 11")), "note"),
        (spec(TREES, data("examples: 20k, positive_rate: 10%, features: 10")), "clear"),
        (spec(SCRATCH, data("examples: 20k, positive_rate: 10%, features: 11")), "note"),
        (spec(SCRATCH, data("examples: 20k, positive_rate: 10%, features: 10")), "clear"),
        (
            "approach: {family: classical_ml, algorithm: random forest}\n"
            + data("examples: 200, positive_rate: 50%, features: 5"),
            "note",
        ),
        (spec(LOGISTIC, data("examples: 20k, positive_rate: 10%, features: 11")), "clear"),
        # By the rarest class, less the test set's share of it.
        (
            spec(LOGISTIC, data("examples: 3000, classes: 5, smallest_class: 199, features: 10")),
            "warning",
        ),
        (
            spec(LOGISTIC, data("examples: 3000, classes: 5, smallest_class: 200, features: 10")),
            "clear",
        ),
        (
            spec(
                LOGISTIC,
                data("examples: 3000, classes: 5, smallest_class: 240, features: 10"),
                "labels: {test_examples: 600}",
            ),
            "warning",
        ),
        (
            spec(
                LOGISTIC,
                data("examples: 3000, classes: 5, smallest_class: 250, features: 10"),
                "labels: {test_examples: 600}",
            ),
            "clear",
        ),
        # Training examples, not all examples.
        (
            spec(
                LOGISTIC,
                data("examples: 9k, positive_rate: 10%, features: 10"),
                "labels: {labelled: 1990}",
            ),
            "warning",
        ),
        # Ranges, unknowns, absent facts.
        (spec(LOGISTIC, data("examples: 2000, positive_rate: 5%..20%, features: 10")), "possible"),
        (spec(LOGISTIC, data("examples: 2000, positive_rate: unknown, features: 10")), "possible"),
        (spec(LOGISTIC, data("examples: 2000, positive_rate: 10%, features: unknown")), "possible"),
        (spec(LOGISTIC, data("examples: 2000, positive_rate: 10%")), "undecided"),
        (spec(LOGISTIC, data("examples: 2000, features: 10")), "undecided"),
        (spec(LOGISTIC, data("examples: 2000, classes: 5, features: 10")), "undecided"),
        # At most half of the examples are of the rarer class.
        (spec(LOGISTIC, data("examples: 200, features: 10")), "warning"),
        # The method.
        (spec(RIDGE, data("examples: 2000, positive_rate: 10%, features: 100")), "not_applicable"),
        (spec("approach: {family: classical_ml, algorithm: svm}", SMALL), "not_applicable"),
        (spec("approach: {family: classical_ml}", SMALL), "undecided"),
        (spec("approach: {family: classical_ml, algorithm: unknown}", SMALL), "possible"),
        (
            spec(
                "approach: {family: classical_ml}",
                data("examples: 200k, positive_rate: 10%, features: 10"),
            ),
            "clear",
        ),
        (spec("approach: {family: rules}", SMALL), "not_applicable"),
        (trained("frozen_features") + SMALL, "not_applicable"),
        (
            "approach: {family: deep_learning, training: from_scratch, algorithm: tabpfn}\n"
            + SMALL,
            "not_applicable",
        ),
        # The task.
        (
            spec(
                LOGISTIC,
                "task: {type: regression, modality: tabular}",
                data("examples: 200, features: 100"),
            ),
            "not_applicable",
        ),
        (spec(LOGISTIC, "task: {type: classification, modality: text}", SMALL), "not_applicable"),
        (
            spec(
                LOGISTIC, "task: {type: classification, modality: tabular, multilabel: true}", SMALL
            ),
            "not_applicable",
        ),
        # Measured above a linear model, or ahead.
        (
            spec(
                TREES,
                MEDIUM,
                f"alternatives: [{LINEAR_BASELINE}]",
                "target: {metric: auc, pilot: 0.81}",
            ),
            "not_applicable",
        ),
        (
            spec(
                TREES,
                MEDIUM,
                f"alternatives: [{LINEAR_BASELINE}]",
                "target: {metric: auc, pilot: 0.8}",
            ),
            "note",
        ),
        (
            spec(
                LOGISTIC,
                data("examples: 2000, positive_rate: 10%, features: 100"),
                "target: {metric: auc, pilot: 0.8, baseline: 0.7, baseline_kind: rules}",
            ),
            "not_applicable",
        ),
    ],
)
def test_events_per_feature(facts: str, expected: str) -> None:
    assert verdict("DAT103", facts) == expected


def test_events_per_feature_tells_its_numbers() -> None:
    few = told("DAT103", spec(LOGISTIC, data("examples: 2000, positive_rate: 10%, features: 40")))
    assert "200 events for 40 features are 5 a feature" in few.message
    assert "below 20" in few.message
    open = told(
        "DAT103", spec(LOGISTIC, data("examples: 2k, positive_rate: 10%, features: unknown"))
    )
    assert open.message.startswith("200 events for an unknown number of features: unpenalised")
    some = told("DAT103", spec(TREES, data("examples: 2000, positive_rate: 10%, features: 40")))
    assert "up to 200" in some.message
    missing = outcome_of("DAT103", spec(LOGISTIC, data("examples: 2000, features: 10"))).missing
    assert missing == {"data.positive_rate"}
    missing = outcome_of(
        "DAT103", spec(LOGISTIC, data("examples: 2000, classes: 5, features: 10"))
    ).missing
    assert missing == {"data.smallest_class"}


FINE = "approach: {family: deep_learning, training: fine_tuning}"
F1 = "target: {metric: f1}"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (spec(FINE, F1, data("examples: 900, classes: 3, smallest_class: 29")), "warning"),
        (spec(FINE, F1, data("examples: 900, classes: 3, smallest_class: 30")), "clear"),
        # Less the test set's share: 36 x 0.8 = 28.8, 40 x 0.8 = 32.
        (
            spec(
                FINE,
                F1,
                data("examples: 1k, classes: 3, smallest_class: 36"),
                "labels: {test_examples: 200}",
            ),
            "warning",
        ),
        (
            spec(
                FINE,
                F1,
                data("examples: 1k, classes: 3, smallest_class: 40"),
                "labels: {test_examples: 200}",
            ),
            "clear",
        ),
        (
            spec(
                FINE,
                F1,
                data("examples: 9k, classes: 3, smallest_class: 36"),
                "labels: {labelled: 1k, test_examples: 200}",
            ),
            "warning",
        ),
        # Two classes, by the share of the positive one.
        (spec(FINE, F1, data("examples: 1450, classes: 2, positive_rate: 2%")), "warning"),
        (spec(FINE, F1, data("examples: 1500, classes: 2, positive_rate: 2%")), "clear"),
        # Only a note with many classes, or a metric that hides a rare class.
        (spec(FINE, F1, data("examples: 9k, classes: 100, smallest_class: 10")), "warning"),
        (spec(FINE, F1, data("examples: 9k, classes: 101, smallest_class: 10")), "note"),
        *(
            (
                spec(
                    FINE,
                    f"target: {{metric: {metric}}}",
                    data("examples: 900, classes: 3, smallest_class: 10"),
                ),
                severity,
            )
            for metric, severity in (
                ("balanced_accuracy", "warning"),
                ("recall", "warning"),
                ("average_precision", "warning"),
                ("accuracy", "note"),
                ("auc", "note"),
                ("unknown", "note"),
            )
        ),
        (spec(FINE, data("examples: 900, classes: 3, smallest_class: 10")), "note"),
        (spec(FINE, F1, data("examples: 900, smallest_class: 10")), "note"),
        # Ranges, unknowns, absent facts.
        (spec(FINE, F1, data("examples: 900, classes: 3, smallest_class: 20..40")), "possible"),
        (spec(FINE, F1, data("examples: 900, classes: 3, smallest_class: unknown")), "possible"),
        (spec(FINE, F1, data("examples: 900, classes: 3")), "undecided"),
        # Other ways of training, tasks and families.
        (spec(SCRATCH, F1, data("classes: 3, smallest_class: 10")), "warning"),
        (trained("few_shot") + data("smallest_class: 4"), "not_applicable"),
        (trained("zero_shot") + data("smallest_class: 4"), "not_applicable"),
        (trained("prompting") + data("smallest_class: 4"), "not_applicable"),
        (trained("unknown") + data("smallest_class: 4"), "possible"),
        ("approach: {family: deep_learning}\n" + data("smallest_class: 4"), "undecided"),
        (spec(TREES, data("smallest_class: 4")), "not_applicable"),
        (
            spec(
                FINE, "task: {type: object_detection, modality: image}", data("smallest_class: 4")
            ),
            "not_applicable",
        ),
        (
            spec(
                FINE,
                "task: {type: classification, modality: image, multilabel: true}",
                data("smallest_class: 4"),
            ),
            "not_applicable",
        ),
        # Ahead.
        (
            spec(
                FINE,
                "target: {metric: f1, baseline: 0.7, baseline_kind: rules, pilot: 0.8}",
                data("classes: 3, smallest_class: 10"),
            ),
            "not_applicable",
        ),
        (
            spec(
                FINE,
                "target: {metric: f1, baseline: 0.7, baseline_kind: rules, pilot: 0.7}",
                data("classes: 3, smallest_class: 10"),
            ),
            "warning",
        ),
    ],
)
def test_rare_class(facts: str, expected: str) -> None:
    assert verdict("DAT109", facts) == expected


def test_a_share_of_positives_tells_that_there_are_two_classes() -> None:
    assert verdict("DAT109", spec(FINE, F1, data("examples: 1000, positive_rate: 2%"))) == "warning"
    assert verdict("DAT109", spec(FINE, F1, data("examples: 2000, positive_rate: 2%"))) == "clear"


def test_rare_class_tells_its_numbers() -> None:
    message = told("DAT109", spec(FINE, F1, data("classes: 3, smallest_class: 12"))).message
    assert "12 training examples" in message
    # 40 x (1 - 253 / 1000) = 29.88: less than 30, and not told as 30.
    part = data("examples: 1000, classes: 3, smallest_class: 40")
    part = told("DAT109", spec(FINE, F1, part, "labels: {test_examples: 253}")).message
    assert "has 29 training examples, the customary least is 30" in part
    assert "30" in message
    assert "customary" in message


PLAN = "project: {name: example, created: 2026-01-01, deadline: 2026-03-02}"  # 60 days


def coming(facts: str) -> str:
    return data(f"availability: partial, {facts}")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # 60 days, 100 a day.
        (spec(FINE, PLAN, coming("examples: 2k, required: 8k, collection_per_day: 100")), "clear"),
        (
            spec(FINE, PLAN, coming("examples: 2k, required: 8001, collection_per_day: 100")),
            "warning",
        ),
        (
            spec(
                FINE,
                PLAN,
                data(
                    "availability: to_be_collected, examples: 0, required: 6001, collection_per_day: 100"
                ),
            ),
            "warning",
        ),
        (spec(FINE, PLAN, coming("examples: 9k, required: 8k, collection_per_day: 0")), "clear"),
        (spec(FINE, PLAN, coming("examples: 2k, required: 8k, collection_per_day: 0")), "warning"),
        # By the labels that are required.
        (
            spec(
                FINE,
                PLAN,
                coming("examples: 2k, collection_per_day: 100"),
                "labels: {required: 9k}",
            ),
            "warning",
        ),
        (
            spec(
                FINE,
                PLAN,
                coming("examples: 2k, required: 3k, collection_per_day: 100"),
                "labels: {required: 9k}",
            ),
            "clear",
        ),
        # By what can be had.
        (spec(FINE, coming("examples: 2k, required: 8k, obtainable: 7999")), "warning"),
        (spec(FINE, coming("examples: 2k, required: 8k, obtainable: 8k")), "clear"),
        (
            spec(
                FINE,
                coming("examples: 2k, required: 8k, obtainable: 8k, collection_per_day: unknown"),
            ),
            "clear",
        ),
        (
            spec(
                FINE,
                PLAN,
                coming("examples: 2k, required: 9k, obtainable: 9k, collection_per_day: 100"),
            ),
            "warning",
        ),
        # What is there already can be had.
        (spec(FINE, coming("examples: 9k, required: 8k")), "clear"),
        (spec(FINE, coming("examples: 9k, required: 8k, obtainable: 3k")), "clear"),
        (spec(FINE, coming("examples: 7k..9k, required: 8k, obtainable: 3k")), "possible"),
        (spec(FINE, coming("required: 8k, obtainable: 3k")), "warning"),
        # Ranges, unknowns, absent facts.
        (
            spec(FINE, PLAN, coming("examples: 2k, required: 8k..9k, collection_per_day: 100")),
            "possible",
        ),
        (
            spec(FINE, PLAN, coming("examples: 2k, required: 8k, collection_per_day: unknown")),
            "possible",
        ),
        (spec(FINE, PLAN, coming("examples: 2k, required: unknown, obtainable: 3k")), "possible"),
        (
            spec(
                FINE,
                PLAN,
                coming("examples: 2k, required: unknown, obtainable: 3k, collection_per_day: 9"),
            ),
            "possible",
        ),
        (
            spec(FINE, PLAN, coming("examples: 2k, collection_per_day: 100, obtainable: 1M")),
            "undecided",
        ),
        (spec(FINE, PLAN, coming("required: 8k, collection_per_day: 100")), "undecided"),
        (spec(FINE, coming("examples: 2k, required: 8k, collection_per_day: 100")), "undecided"),
        # Where the data are there, or are not needed.
        (
            spec(
                FINE,
                PLAN,
                data("availability: available, examples: 2k, required: 8k, obtainable: 7k"),
            ),
            "not_applicable",
        ),
        (
            spec(FINE, data("availability: unknown, examples: 2k, required: 8k, obtainable: 7k")),
            "possible",
        ),
        (spec(FINE, data("examples: 2k, required: 8k, obtainable: 7k")), "undecided"),
        (
            trained("zero_shot") + coming("examples: 0, required: 8, obtainable: 7"),
            "not_applicable",
        ),
        (
            trained("prompting") + coming("examples: 0, required: 8, obtainable: 7"),
            "not_applicable",
        ),
        (spec(TREES, coming("examples: 2k, required: 8k, obtainable: 7k")), "not_applicable"),
        # Few-shot with 8 examples a class.
        (
            trained("few_shot")
            + coming("examples: 80, classes: 10, required: 800, obtainable: 700"),
            "not_applicable",
        ),
        (
            trained("few_shot")
            + coming("examples: 79, classes: 10, required: 800, obtainable: 700"),
            "warning",
        ),
        (trained("few_shot") + coming("examples: 79, required: 800, obtainable: 700"), "undecided"),
    ],
)
def test_data_not_there_yet(facts: str, expected: str) -> None:
    assert verdict("DAT110", facts) == expected


def test_data_not_there_yet_tells_its_numbers() -> None:
    late = told(
        "DAT110",
        spec(FINE, PLAN, coming("examples: 2k, required: 50k, collection_per_day: 300")),
    )
    assert "48,000 more examples takes 160 days (300 a day)" in late.message
    assert "60 days after the plan's start 2026-01-01" in late.message
    short = told("DAT110", spec(FINE, coming("examples: 2k, required: 8k, obtainable: 7k")))
    assert "7,000 examples can be had" in short.message
    assert "needs 8,000" in short.message


def test_a_collection_without_end_has_no_number_of_days() -> None:
    def message(a_day: str) -> str:
        facts = coming(f"examples: 2k, required: 50k, collection_per_day: {a_day}")
        return told("DAT110", spec(FINE, PLAN, facts)).message

    assert "collecting 48,000 more examples never ends (0 a day)" in message("0")
    assert "takes an unknown number of days (an unknown number a day)" in message("unknown")
    assert "takes 480 days or more (0..100 a day)" in message("0..100")


def test_a_later_day_leaves_less_time() -> None:
    facts = spec(FINE, PLAN, coming("examples: 2k, required: 8k, collection_per_day: 100"))
    assert verdict("DAT110", facts, date(2026, 1, 1)) == "clear"
    assert verdict("DAT110", facts, date(2026, 1, 2)) == "warning"
    passed = told("DAT110", facts, date(2026, 5, 1)).message
    assert "the deadline is 2026-03-02, before the plan starts (2026-05-01)" in passed


def score(facts: str, test_examples: str = "100", more: str = "") -> str:
    labels = f"labels: {{test_examples: {test_examples}}}" if test_examples else ""
    return spec(f"target: {{{facts}}}", labels, more)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # v = 0.9, n = 100: 1.96 x 0.03 = 0.0588, half of it 0.0294.
        (score("metric: accuracy, value: 0.9, expected_gain: 0.0293"), "warning"),
        (score("metric: accuracy, value: 0.9, expected_gain: 0.0294"), "note"),
        (score("metric: accuracy, value: 0.9, expected_gain: 0.0587"), "note"),
        (score("metric: accuracy, value: 0.9, expected_gain: 0.0588"), "clear"),
        (score("metric: precision, value: 0.9, expected_gain: 0.01"), "warning"),
        (score("metric: recall, value: 0.9, expected_gain: 0.01"), "warning"),
        # By the distance from the baseline, on either side of it.
        (score("metric: accuracy, value: 0.9, baseline: 0.88"), "warning"),
        (score("metric: accuracy, value: 0.9, baseline: 0.92"), "warning"),
        (score("metric: accuracy, value: 0.9, baseline: 0.85"), "note"),
        (score("metric: accuracy, value: 0.9, baseline: 0.80"), "clear"),
        (score("metric: accuracy, baseline: 0.9, expected_gain: 0.02"), "warning"),
        # No gain is hoped for.
        (score("metric: accuracy, value: 0.9, baseline: 0.9"), "clear"),
        (score("metric: accuracy, value: 0.9, expected_gain: 0"), "clear"),
        (score("metric: accuracy, value: 0.9, expected_gain: -0.01"), "clear"),
        # Other metrics.
        (score("metric: f1, value: 0.9, baseline: 0.88"), "not_applicable"),
        (score("metric: rmse, value: 0.9, baseline: 0.88"), "not_applicable"),
        (score("metric: unknown, value: 0.9, baseline: 0.88"), "possible"),
        # AUC 0.8, 10 positives of 100: 1.96 x 0.0863 = 0.169.
        (
            score("metric: auc, value: 0.8, expected_gain: 0.08", more=data("positive_rate: 10%")),
            "warning",
        ),
        (
            score("metric: auc, value: 0.8, expected_gain: 0.16", more=data("positive_rate: 10%")),
            "note",
        ),
        (
            score("metric: auc, value: 0.8, expected_gain: 0.17", more=data("positive_rate: 10%")),
            "clear",
        ),
        (score("metric: auc, value: 0.8, expected_gain: 0.001"), "undecided"),
        (
            score(
                "metric: auc, value: 0.8, expected_gain: 0.08", more=data("positive_rate: unknown")
            ),
            "possible",
        ),
        # Ranges, unknowns, absent facts.
        (score("metric: accuracy, value: 0.9, expected_gain: 0.02", "50..100"), "warning"),
        (score("metric: accuracy, value: 0.9, expected_gain: 0.05", "100..900"), "possible"),
        (score("metric: accuracy, value: 0.9, expected_gain: 0.05", "unknown"), "possible"),
        (score("metric: accuracy, value: unknown, expected_gain: 0.05"), "possible"),
        (score("metric: accuracy, value: 0.9, expected_gain: 0.05", ""), "undecided"),
        (score("metric: accuracy, value: 0.9"), "undecided"),
        (score("value: 0.9, baseline: 0.88"), "undecided"),
        (score("metric: accuracy, value: 0.9, expected_gain: 0.05", "0"), "warning"),
    ],
)
def test_test_set_too_small(facts: str, expected: str) -> None:
    assert verdict("DAT112", facts) == expected


def test_test_set_too_small_tells_its_numbers() -> None:
    finding = told("DAT112", score("metric: accuracy, value: 0.9, baseline: 0.88"))
    assert "a gain of 0.02" in finding.message
    assert "100 test examples" in finding.message
    assert "± 0.0588" in finding.message
    paired = told("DAT112", score("metric: accuracy, value: 0.9, expected_gain: 0.05")).message
    assert "paired test needs fewer" in paired
    unknown = told("DAT112", score("metric: accuracy, value: 0.9, expected_gain: 0.05", "unknown"))
    assert "on an unknown number of test examples" in unknown.message
    nothing = told("DAT112", score("metric: accuracy, value: 0.9, expected_gain: 0.05", "0"))
    assert "on 0 test examples: they tell nothing of the score" in nothing.message
    wide = score(
        "metric: auc, value: 0.8, expected_gain: 0.1", "100", data("positive_rate: unknown")
    )
    assert "their 95 % interval is ± 0.00784 or more" in told("DAT112", wide).message
    missing = outcome_of("DAT112", score("metric: auc, value: 0.8, expected_gain: 0.1")).missing
    assert missing == {"data.positive_rate"}


FORECAST = "task: {type: forecasting, modality: time_series}"
SERIES = "task: {type: classification, modality: time_series}"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # What is to come is tested on what comes later.
        (spec(FORECAST, data("split: random")), "warning"),
        (spec(FORECAST, data("split: stratified")), "warning"),
        (spec(FORECAST, data("split: grouped")), "warning"),
        (spec(FORECAST, data("split: time")), "clear"),
        (spec(FORECAST, data("split: unknown")), "possible"),
        (spec("task: {type: forecasting, modality: tabular}", data("split: random")), "warning"),
        (spec(SERIES, data("split: stratified, changes_every: 6 months")), "warning"),
        (spec(SERIES, data("split: time, changes_every: 6 months")), "clear"),
        (spec(SERIES, data("split: stratified, changes_every: unknown")), "possible"),
        (spec(SERIES, data("split: stratified")), "clear"),
        (data("split: stratified, changes_every: 6 months"), "clear"),
        # Groups.
        (data("split: random, groups: 80, examples: 12k"), "note"),
        (data("split: random, groups: 12k, examples: 12k"), "clear"),
        (data("split: random, groups: 0.08k..20k, examples: 12k"), "possible"),
        (data("split: random, groups: unknown, examples: 12k"), "possible"),
        (data("split: random, examples: 12k"), "undecided"),
        (data("split: grouped, groups: 80, examples: 12k"), "clear"),
        (data("split: stratified, groups: 80, examples: 12k"), "clear"),
        (data("groups: 80, examples: 12k"), "undecided"),
        # The worse of the two; any family.
        (spec(FORECAST, data("split: random, groups: 80, examples: 12k")), "warning"),
        (spec(TREES, FORECAST, data("split: random")), "warning"),
        ("approach: {family: rules}\n" + data("split: random, groups: 80, examples: 12k"), "note"),
    ],
)
def test_split_leaks(facts: str, expected: str) -> None:
    assert verdict("DAT113", facts) == expected


def test_split_leaks_tells_its_numbers() -> None:
    finding = told("DAT113", data("split: random, groups: 80, examples: 12k"))
    assert "12,000 examples of 80 groups" in finding.message
    assert "customary" in finding.message
    finding = told("DAT113", spec(FORECAST, data("split: random")))
    assert "forecasts are tested on a random split" in finding.message
    assert finding.clears == "`data.split: time`"
    finding = told("DAT113", spec(FORECAST, data("split: unknown")))
    assert "forecasts are tested on an unknown split" in finding.message


SUCCESSES = {
    "ImageNet from scratch": """
        task: {type: classification, modality: image}
        approach: {family: deep_learning, training: from_scratch}
        data: {examples: 1.28M, classes: 1000, smallest_class: 732, split: random, groups: 1.28M}
        labels: {test_examples: 50k, labelled: 1.28M}
        target: {metric: accuracy, value: 0.76, baseline: 0.57, baseline_kind: previous_model}
        """,
    "LibriSpeech from scratch": """
        task: {type: speech_recognition, modality: audio}
        approach: {family: deep_learning, training: from_scratch}
        data: {hours: 960, examples: 281k, availability: available}
        target: {metric: wer, value: 0.05, baseline: 0.08, baseline_kind: previous_model}
        """,
    "WMT from scratch": """
        task: {type: translation, modality: text}
        approach: {family: deep_learning, training: from_scratch}
        data: {words: 116M, examples: 4.5M, availability: available}
        target: {metric: bleu, value: 28, baseline: 26, baseline_kind: statistics}
        """,
    "transfer on 300 images of defects": """
        task: {type: classification, modality: image}
        approach: {family: deep_learning, training: fine_tuning, base_model: {name: ResNet-50}}
        data: {examples: 300, classes: 4, smallest_class: 50, availability: available, split: stratified}
        labels: {labelled: 300, test_examples: 60}
        target: {metric: balanced_accuracy, value: 0.92, baseline: 0.7, baseline_kind: rules}
        """,
    "a tabular network ahead of trees": """
        task: {type: classification, modality: tabular}
        approach: {family: deep_learning, training: from_scratch}
        alternatives:
          - {family: classical_ml, algorithm: lightgbm, status: measured, score: 0.901}
          - {family: statistics, algorithm: logistic_regression, status: measured, score: 0.87}
        data: {examples: 120k, features: 90, classes: 2, positive_rate: 5%, split: time}
        labels: {test_examples: 20k}
        target: {metric: auc, value: 0.92, pilot: 0.912, baseline: 0.87, baseline_kind: statistics}
        """,
    "recommendation with very many interactions": """
        task: {type: recommendation, modality: tabular}
        approach: {family: deep_learning, training: from_scratch}
        alternatives:
          - {family: classical_ml, algorithm: item knn, status: measured, score: 0.31}
        data: {interactions: 50M, distinct_ids: 2M, examples: 50M, features: 12, split: time}
        target: {metric: recall_at_k, value: 0.4}
        """,
    "detection with a pretrained backbone": """
        task: {type: object_detection, modality: image}
        approach: {family: deep_learning, training: fine_tuning}
        data: {examples: 900, classes: 3, instances: 2500, smallest_class: 12, split: grouped, groups: 40}
        target: {metric: map, value: 0.6, baseline: 0.3, baseline_kind: rules}
        """,
    "a robot trained on made images": """
        task: {type: classification, modality: image}
        approach: {family: deep_learning, training: from_scratch}
        data: {examples: 2000, classes: 40, synthetic: true, split: time}
        labels: {test_examples: 500}
        target: {metric: accuracy, value: 0.9, baseline: 0.6, baseline_kind: zero_shot}
        """,
}


@pytest.mark.parametrize("name", SUCCESSES)
def test_silent_on_great_successes(name: str) -> None:
    facts = spec_of(SUCCESSES[name])
    found = {}
    for rule in DATA:
        outcome = rule.check(facts)
        if outcome.kind in (CONFLICT, POSSIBLE):
            found[rule.code] = outcome.severity
    assert not found


def test_only_large_recommenders_are_spared_the_trees() -> None:
    """The exemption is from DAT101: a recommender needs a classical one beside it, whatever its size."""
    text = """
        task: {type: recommendation, modality: tabular}
        approach: {family: deep_learning, training: from_scratch}
        data: {interactions: 50M}
        """
    assert verdict("DAT101", text) == "not_applicable"
    assert verdict("DAT108", text) == "warning"


def test_ahead_silences_exactly_the_rules_that_rest_on_priors() -> None:
    """DAT110, DAT112 and DAT113 are arithmetic or hygiene: a good score is no answer to them."""
    text = """
        project: {name: example, created: 2026-01-01, deadline: 2026-02-01}
        task: {type: forecasting, modality: time_series}
        approach: {family: deep_learning, training: from_scratch}
        data: {split: random, availability: partial, examples: 1k, required: 9k, obtainable: 3k}
        labels: {test_examples: 100}
        target: {metric: accuracy, value: 0.9, baseline: 0.88, baseline_kind: statistics, pilot: 0.89}
        """
    assert [verdict(code, text) for code in ("DAT110", "DAT112", "DAT113")] == ["warning"] * 3
    assert verdict("DAT107", text) == "not_applicable"


def test_codes_are_in_order() -> None:
    codes = [rule.code for rule in DATA]
    assert codes == sorted(codes)
    assert all(rule.severity != NOTE or rule.code == "DAT102" for rule in DATA)
