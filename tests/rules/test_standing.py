"""Measured beats prior: ahead, behind, above a linear model, and what was measured at all."""

from __future__ import annotations

import pytest

from mlspeclint.rules.standing import (
    MOST_ALTERNATIVES,
    STANDING_READS,
    above_linear,
    ahead,
    behind,
    better,
    measured_scores,
    own_scores,
    reading,
    simpler_families,
    untold_baseline,
    was_measured,
)
from mlspeclint.spec.quantity import Quantity, Truth

from .support import spec_of

SCRATCH = "approach: {family: deep_learning, training: from_scratch}\n"
PILOT = "target: {metric: auc, pilot: 0.87}\n"
ANY = "approach: {family: deep_learning}\n"


def trees(rest: str = "status: measured, score: 0.86") -> str:
    return f"- {{family: classical_ml, algorithm: xgboost, {rest}}}"


def alternatives(*items: str) -> str:
    return "alternatives:\n" + "".join(f"  {item}\n" for item in items)


def word(truth: Truth) -> str:
    """`yes`, `no`, `open` (a range or an `unknown`), or the absent facts that it lacks."""
    if truth.value is not None:
        return "yes" if truth.value else "no"
    return " ".join(sorted(truth.missing)) or "open"


AHEAD = [
    # Better than the one score of another family, and on each side of it.
    ("target: {metric: auc, baseline: 0.86, baseline_kind: classical_ml, pilot: 0.87}", "yes"),
    ("target: {metric: auc, baseline: 0.86, baseline_kind: classical_ml, pilot: 0.86}", "no"),
    ("target: {metric: auc, baseline: 0.86, baseline_kind: classical_ml, pilot: 0.85}", "no"),
    ("target: {metric: auc, baseline: 0.86, baseline_kind: current_process, pilot: 0.87}", "yes"),
    # The direction is the metric's, unless it is declared.
    ("target: {metric: rmse, baseline: 3.1, baseline_kind: statistics, pilot: 2.9}", "yes"),
    ("target: {metric: rmse, baseline: 3.1, baseline_kind: statistics, pilot: 3.3}", "no"),
    (
        "target: {metric: other, direction: minimize, baseline: 3, baseline_kind: rules, pilot: 2}",
        "yes",
    ),
    ("target: {metric: other, baseline: 3, baseline_kind: rules, pilot: 2}", "target.direction"),
    ("target: {baseline: 3, baseline_kind: rules, pilot: 2}", "target.metric"),
    ("target: {metric: unknown, baseline: 3, baseline_kind: rules, pilot: 2}", "open"),
    # As good is not better, whichever the direction.
    ("target: {baseline: 3, baseline_kind: rules, pilot: 3}", "no"),
    # Nothing to compare, or nothing measured.
    ("target: {metric: auc, pilot: 0.87}", "no"),
    ("target: {metric: auc, baseline: 0.86, baseline_kind: classical_ml}", "no"),
    # A constant alone never makes it, but it has to be beaten too.
    ("target: {metric: auc, baseline: 0.5, baseline_kind: constant, pilot: 0.87}", "no"),
    (
        "target: {metric: auc, baseline: 0.5, baseline_kind: constant, pilot: 0.87}\n"
        + alternatives(trees()),
        "yes",
    ),
    (
        "target: {metric: auc, baseline: 0.9, baseline_kind: constant, pilot: 0.87}\n"
        + alternatives(trees()),
        "no",
    ),
    (
        "target: {metric: accuracy, pilot: 0.87}\n"
        + alternatives(
            "- {family: statistics, algorithm: majority class, status: measured, score: 0.6}"
        ),
        "no",
    ),
    # Nobody said what the baseline is: it counts as measured.
    ("target: {metric: auc, baseline: 0.86, pilot: 0.87}", "yes"),
    # Every measured score has to be beaten.
    (
        "target: {metric: auc, baseline: 0.8, baseline_kind: rules, pilot: 0.87}\n"
        + alternatives(trees("status: measured, score: 0.88")),
        "no",
    ),
    # Those that were not measured, or in another metric, do not count.
    (
        "target: {metric: auc, baseline: 0.8, baseline_kind: rules, pilot: 0.87}\n"
        + alternatives(
            trees("status: considered, score: 0.88"),
            trees("status: rejected, reason: too slow"),
            trees("status: measured"),
            trees("status: measured, score: 0.95, metric: accuracy"),
        ),
        "yes",
    ),
    (PILOT + alternatives(trees()), "yes"),
    (
        PILOT + alternatives(trees("status: measured, score: 0.95, metric: accuracy")),
        "no",
    ),
    (
        PILOT + alternatives(trees("status: measured, score: 0.86, metric: auc")),
        "yes",
    ),
    # A network that is trained in another way is of the same family: neither for nor against.
    (
        PILOT
        + alternatives(
            "- {family: deep_learning, training: fine_tuning, status: measured, score: 0.9}"
        ),
        "no",
    ),
    # A measured alternative of the chosen family and training speaks for the approach.
    (
        "target: {metric: auc, baseline: 0.8, baseline_kind: rules}\n"
        + alternatives(
            "- {family: deep_learning, training: from_scratch, status: measured, score: 0.9}"
        ),
        "yes",
    ),
    (
        "target: {metric: auc, baseline: 0.8, baseline_kind: rules}\n"
        + alternatives(
            "- {family: deep_learning, training: fine_tuning, status: measured, score: 0.9}"
        ),
        "no",
    ),
    (
        "target: {metric: auc, baseline: 0.8, baseline_kind: rules}\n"
        + alternatives("- {family: deep_learning, status: measured, score: 0.9}"),
        "alternatives[].training",
    ),
    # Ranges and unknowns.
    ("target: {metric: auc, baseline: 0.8..0.9, baseline_kind: rules, pilot: 0.87}", "open"),
    ("target: {metric: auc, baseline: 0.8..0.86, baseline_kind: rules, pilot: 0.87..0.9}", "yes"),
    ("target: {metric: auc, baseline: unknown, baseline_kind: rules, pilot: 0.87}", "open"),
    ("target: {metric: auc, baseline: 0.8, baseline_kind: rules, pilot: unknown}", "open"),
    ("target: {metric: auc, baseline: 0.8, baseline_kind: unknown, pilot: 0.87}", "open"),
    (PILOT + alternatives(trees("status: unknown, score: 0.8")), "open"),
    (PILOT + alternatives(trees("status: measured, score: unknown")), "open"),
    (
        PILOT + alternatives(trees("status: measured, score: 0.8, metric: unknown")),
        "open",
    ),
    (PILOT + alternatives(trees("score: 0.8")), "alternatives[].status"),
    (
        "target: {pilot: 0.87}\n"
        + alternatives(trees("status: measured, score: 0.8, metric: auc")),
        "target.metric",
    ),
    # Alternatives that may be anything.
    (
        "target: {metric: auc, baseline: 0.8, baseline_kind: rules, pilot: 0.87}\nalternatives: unknown",
        "open",
    ),
    ("alternatives: unknown", "open"),
    ("target: unknown", "open"),
]


@pytest.mark.parametrize(("facts", "expected"), AHEAD)
def test_ahead(facts: str, expected: str) -> None:
    assert word(ahead(spec_of(SCRATCH + facts))) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("target: {metric: auc, baseline: 0.86, baseline_kind: classical_ml, pilot: 0.85}", "yes"),
        ("target: {metric: auc, baseline: 0.86, baseline_kind: classical_ml, pilot: 0.86}", "yes"),
        ("target: {metric: auc, baseline: 0.86, baseline_kind: classical_ml, pilot: 0.87}", "no"),
        ("target: {metric: wer, baseline: 0.08, baseline_kind: rules, pilot: 0.09}", "yes"),
        ("target: {metric: wer, baseline: 0.08, baseline_kind: rules, pilot: 0.07}", "no"),
        ("target: {metric: auc, baseline: 0.86, baseline_kind: classical_ml}", "target.pilot"),
        ("target: {metric: auc, baseline: 0.8, baseline_kind: rules, pilot: 0.7..0.9}", "open"),
        ("target: {metric: auc, baseline: 0.8, baseline_kind: rules, pilot: unknown}", "open"),
        ("target: {metric: auc, baseline: unknown, pilot: 0.85}", "open"),
        # The better of the pilot and of the same approach among the alternatives counts.
        (
            "target: {metric: auc, baseline: 0.86, pilot: 0.85}\n"
            + alternatives(
                "- {family: deep_learning, training: from_scratch, status: measured, score: 0.87}"
            ),
            "no",
        ),
        (
            "target: {metric: auc, baseline: 0.86}\n"
            + alternatives(
                "- {family: deep_learning, training: from_scratch, status: measured, score: 0.85}"
            ),
            "yes",
        ),
    ],
)
def test_behind_the_baseline(facts: str, expected: str) -> None:
    spec = spec_of(SCRATCH + facts)
    assert word(behind(spec, measured_scores(spec)[0])) == expected


def test_behind_a_score_in_another_metric() -> None:
    spec = spec_of(
        SCRATCH
        + PILOT
        + alternatives(trees("status: measured, score: 0.95, metric: accuracy, reason: slow"))
    )
    (score,) = measured_scores(spec)
    assert word(behind(spec, score)) == "no"
    assert score.reason is not None
    assert score.reason.text == "slow"


@pytest.mark.parametrize(
    ("family", "simpler"),
    [
        ("rules", ()),
        ("statistics", ("rules",)),
        ("classical_ml", ("rules", "statistics")),
        ("deep_learning", ("rules", "statistics", "classical_ml")),
    ],
)
def test_the_ladder(family: str, simpler: tuple[str, ...]) -> None:
    assert simpler_families(spec_of(f"approach: {{family: {family}}}")) == simpler


def test_the_families_of_classical_approaches() -> None:
    """A classical alternative is of the chosen family, and does not speak for another algorithm."""
    approach = "approach: {family: classical_ml, algorithm: xgboost}\n"
    target = "target: {metric: auc, baseline: 0.8, baseline_kind: classical_ml, pilot: 0.85}\n"
    ridge = "- {family: classical_ml, algorithm: ridge, status: measured, score: 0.9}"
    assert word(ahead(spec_of(approach + target))) == "no"
    target = target.replace("classical_ml", "rules")
    assert word(ahead(spec_of(approach + target + alternatives(ridge)))) == "yes"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("target: {metric: auc, baseline: 0.8, baseline_kind: statistics, pilot: 0.85}", "yes"),
        ("target: {metric: auc, baseline: 0.85, baseline_kind: statistics, pilot: 0.85}", "no"),
        ("target: {metric: auc, baseline: 0.8, baseline_kind: classical_ml, pilot: 0.85}", "no"),
        (
            "target: {metric: auc, pilot: 0.85}\n"
            + alternatives(
                "- {family: classical_ml, algorithm: ridge, status: measured, score: 0.8}"
            ),
            "yes",
        ),
        (
            "target: {metric: auc, baseline: 0.9, baseline_kind: rules, pilot: 0.85}\n"
            + alternatives(
                "- {family: classical_ml, algorithm: ridge, status: measured, score: 0.8}"
            ),
            "yes",
        ),
        (
            "target: {metric: auc, pilot: 0.85}\n"
            + alternatives(
                "- {family: classical_ml, algorithm: unknown, status: measured, score: 0.8}"
            ),
            "open",
        ),
        ("target: {metric: auc, pilot: 0.85}\nalternatives: unknown", "open"),
        ("target: {metric: auc, pilot: 0.85}", "no"),
    ],
)
def test_above_linear(facts: str, expected: str) -> None:
    approach = "approach: {family: classical_ml, algorithm: xgboost}\n"
    assert word(above_linear(spec_of(approach + facts))) == expected


def test_own_scores_are_those_that_may_be_of_the_approach() -> None:
    # Many alternatives of other families must not be looked through again for each of them.
    spec = spec_of("""
        approach: {family: deep_learning, training: fine_tuning}
        target: {metric: auc, pilot: 0.8}
        alternatives:
          - {family: classical_ml, status: measured, score: 0.7}
          - {family: deep_learning, training: from_scratch, status: measured, score: 0.75}
          - {family: deep_learning, training: fine_tuning, status: measured, score: 0.79}
          - {family: unknown, training: fine_tuning, status: measured, score: 0.78}
          - {family: deep_learning, training: unknown, status: measured, score: 0.77}
    """)
    assert [score.low for score, _ in own_scores(spec)] == [0.8, 0.79, 0.78, 0.77]
    assert own_scores(spec) is own_scores(spec)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("{}", "no"),
        ("{baseline: 0.8}", "yes"),
        ("{baseline: unknown}", "open"),
        ("{baseline: 0.8, baseline_kind: rules}", "no"),
        ("{baseline: 0.8, baseline_kind: unknown}", "no"),
        ("{baseline_kind: rules}", "no"),
    ],
)
def test_untold_baseline(facts: str, expected: str) -> None:
    assert word(untold_baseline(spec_of(f"target: {facts}"))) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("target: {baseline: 0.8, baseline_kind: classical_ml}", "yes"),
        ("target: {baseline: unknown, baseline_kind: classical_ml}", "open"),
        ("target: {baseline: 0.8, baseline_kind: unknown}", "open"),
        ("target: {baseline: 0.8, baseline_kind: rules}", "no"),
        ("target: {baseline: 0.8}", "no"),
        ("target: {baseline_kind: classical_ml}", "no"),
        # In any metric, but with a score and a status.
        (alternatives(trees("status: measured, score: 0.9, metric: accuracy")), "yes"),
        (alternatives(trees("status: measured, score: unknown")), "open"),
        (alternatives(trees("status: measured")), "no"),
        (alternatives(trees("status: rejected, score: 0.9")), "no"),
        (alternatives(trees("score: 0.9")), "alternatives[].status"),
        (alternatives("- {family: unknown, status: measured, score: 0.9}"), "open"),
        ("alternatives: unknown", "open"),
        ("alternatives: unknown\ntarget: {baseline: 0.8, baseline_kind: classical_ml}", "yes"),
    ],
)
def test_was_measured(facts: str, expected: str) -> None:
    spec = spec_of(ANY + facts)
    assert word(was_measured(spec, lambda score: score.is_("classical_ml"))) == expected


def test_better_is_strict_beyond_rounding() -> None:
    spec = spec_of("target: {metric: auc}")
    point = Quantity(0.3, 0.3)
    assert better(spec, Quantity(0.1 + 0.2, 0.1 + 0.2), point).impossible
    assert better(spec, Quantity(0.3001, 0.3001), point).certain


def test_reading_keeps_labels_and_order() -> None:
    reads = reading({"target.pilot": "the pilot", "data.words": ""}, STANDING_READS)
    assert list(reads)[:2] == ["target.pilot", "data.words"]
    assert reads["target.pilot"] == "the pilot"
    assert set(reads) == {*STANDING_READS, "data.words"}


def test_of_thousands_of_alternatives_the_first_are_looked_at() -> None:
    """Scores are compared with each other: without a limit a file of 1 MB would take minutes."""
    spec = spec_of(
        "alternatives: [" + "{family: rules, status: measured, score: 0.5}, " * 5000 + "]"
    )
    assert len(spec.alternatives) == 5000
    assert len(measured_scores(spec)) == MOST_ALTERNATIVES
