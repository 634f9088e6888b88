"""DOM: simpler ways first."""

from __future__ import annotations

import pytest

from ..engine.support import check, codes, flips
from .support import outcome_of, told, verdict

SCRATCH = "approach: {family: deep_learning, training: from_scratch}"
FINE = "approach: {family: deep_learning, training: fine_tuning}"
PROMPT = "approach: {family: deep_learning, training: prompting}"
CLASSICAL = "approach: {family: classical_ml, algorithm: xgboost}"
STATISTICS = "approach: {family: statistics}"
RULES = "approach: {family: rules}"
IMAGENET = "\n".join(
    (
        SCRATCH,
        "task: {type: classification, modality: image, complexity: complex}",
        "data: {examples: 1.28M, classes: 1000}",
        "alternatives:",
        "  - {family: classical_ml, algorithm: svm, status: measured, score: 0.543, reason: behind}",
        "target: {metric: accuracy, value: 76%, baseline: 54.3%, baseline_kind: classical_ml,"
        " pilot: 76.1%}",
    )
)
DEFECTS = "\n".join(
    (
        FINE,
        "task: {type: classification, modality: image, complexity: moderate}",
        "data: {examples: 300, classes: 6}",
        "alternatives: [{family: classical_ml, algorithm: svm, status: measured, score: 0.83}]",
        "target: {metric: accuracy, value: 0.92, baseline: 0.83, baseline_kind: classical_ml,"
        " pilot: 0.94}",
    )
)
AHEAD_ON_A_TABLE = "\n".join(
    (
        SCRATCH,
        "task: {type: regression, modality: tabular, complexity: simple}",
        "domain_knowledge: {experts: available, features_known: true}",
        "alternatives: [{family: classical_ml, algorithm: lightgbm, status: measured, score: 3.41}]",
        "target: {metric: mae, value: 3.3, baseline: 3.41, baseline_kind: classical_ml, pilot: 3.27}",
    )
)


def spec(*parts: str) -> str:
    return "\n".join(parts)


def target(facts: str, metric: str = "accuracy") -> str:
    return f"target: {{metric: {metric}, {facts}}}"


def rules(facts: str) -> str:
    return f"rules_baseline: {{{facts}}}"


def alternatives(*items: str) -> str:
    return f"alternatives: [{', '.join(f'{{{item}}}' for item in items)}]"


def measured(family: str, score: float, *more: str) -> str:
    return ", ".join((f"family: {family}, status: measured, score: {score}", *more))


@pytest.mark.parametrize("code", ["DOM701", "DOM702", "DOM703", "DOM704", "DOM705", "DOM706"])
@pytest.mark.parametrize("success", [IMAGENET, DEFECTS, AHEAD_ON_A_TABLE])
def test_silent_on_successes(code: str, success: str) -> None:
    assert outcome_of(code, success).tell is None


GOOD_RULES = rules("exists: true, coverage: 98%, precision: 97%")  # 0.9506 of everything


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (spec(SCRATCH, GOOD_RULES, target("value: 0.95")), "warning"),
        (spec(CLASSICAL, GOOD_RULES, target("value: 0.95")), "warning"),
        (spec(STATISTICS, GOOD_RULES, target("value: 0.95")), "not_applicable"),
        (spec(RULES, GOOD_RULES, target("value: 0.95")), "not_applicable"),
        # At the limit and on both sides of it.
        (spec(SCRATCH, GOOD_RULES, target("value: 0.9506")), "warning"),
        (spec(SCRATCH, GOOD_RULES, target("value: 0.9507")), "clear"),
        (spec(SCRATCH, GOOD_RULES, target("value: 0.95", "recall")), "warning"),
        (spec(SCRATCH, GOOD_RULES, target("value: 0.96", "recall")), "clear"),
        # Precision is that of the rules, whatever they leave open.
        (spec(SCRATCH, GOOD_RULES, target("value: 0.97", "precision")), "warning"),
        (spec(SCRATCH, GOOD_RULES, target("value: 0.971", "precision")), "clear"),
        (spec(SCRATCH, rules("precision: 97%"), target("value: 0.97", "precision")), "warning"),
        # Metrics that do not follow from the two.
        (spec(SCRATCH, GOOD_RULES, target("value: 0.5", "f1")), "not_applicable"),
        (spec(SCRATCH, GOOD_RULES, target("value: 0.5", "auc")), "not_applicable"),
        (spec(SCRATCH, GOOD_RULES, "target: {value: 0.5}"), "undecided"),
        (spec(SCRATCH, GOOD_RULES, target("value: 0.95", "unknown")), "possible"),
        # A pilot above the target shows what a model adds.
        (spec(SCRATCH, GOOD_RULES, target("value: 0.95, pilot: 0.96")), "clear"),
        (spec(SCRATCH, GOOD_RULES, target("value: 0.95, pilot: 0.95")), "warning"),
        (spec(SCRATCH, GOOD_RULES, target("value: 0.95, pilot: 0.94..0.96")), "possible"),
        (spec(SCRATCH, GOOD_RULES, target("value: 0.95, pilot: unknown")), "possible"),
        # Ranges, unknowns, absent facts.
        (
            spec(SCRATCH, rules("coverage: 90%..99%, precision: 97%"), target("value: 0.9")),
            "possible",
        ),
        (
            spec(SCRATCH, rules("coverage: 90%..99%, precision: 97%"), target("value: 0.87")),
            "warning",
        ),
        (
            spec(SCRATCH, rules("coverage: 90%..99%, precision: 97%"), target("value: 0.97")),
            "clear",
        ),
        (
            spec(SCRATCH, rules("coverage: unknown, precision: 97%"), target("value: 0.9")),
            "possible",
        ),
        (spec(SCRATCH, rules("coverage: unknown, precision: 85%"), target("value: 0.9")), "clear"),
        (spec(SCRATCH, rules("coverage: 98%"), target("value: 0.9")), "undecided"),
        (spec(SCRATCH, rules("exists: true"), target("value: 0.9")), "undecided"),
        (spec(SCRATCH, rules("exists: false"), target("value: 0.9")), "not_applicable"),
        (spec(SCRATCH, rules("exists: unknown"), target("value: 0.9")), "undecided"),
        (spec(SCRATCH, target("value: 0.9")), "undecided"),
        (spec(SCRATCH, GOOD_RULES, target("pilot: 0.9")), "undecided"),
    ],
)
def test_rules_suffice(facts: str, expected: str) -> None:
    assert verdict("DOM701", facts) == expected


def test_rules_suffice_tells_the_numbers() -> None:
    message = told("DOM701", spec(FINE, GOOD_RULES, target("value: 0.95"))).message
    assert "0.9506 of everything right (0.98 decided x 0.97 right)" in message
    assert message.endswith("no less than the target: accuracy 0.95")
    message = told("DOM701", spec(FINE, GOOD_RULES, target("value: 0.9", "precision"))).message
    assert "the rules alone get a precision of 0.97, " in message
    unknown = rules("coverage: unknown, precision: 97%")
    message = told("DOM701", spec(FINE, unknown, target("value: unknown"))).message
    assert "unknown size" in message
    assert "an unknown share decided" in message


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (spec(FINE, rules("exists: true")), "warning"),
        (spec(CLASSICAL, rules("exists: true")), "warning"),
        (spec(STATISTICS, rules("exists: true")), "warning"),
        (spec(RULES, rules("exists: true")), "not_applicable"),
        (spec(FINE, rules("exists: true, coverage: 45%")), "warning"),
        (spec(FINE, rules("exists: true, precision: 93%")), "warning"),
        (spec(FINE, rules("exists: true, coverage: 45%, precision: 93%")), "clear"),
        (spec(FINE, rules("exists: true, coverage: 45%, precision: unknown")), "possible"),
        (spec(FINE, rules("exists: true, precision: unknown")), "warning"),
        (spec(FINE, rules("exists: unknown")), "possible"),
        (spec(FINE, rules("exists: false")), "not_applicable"),
        (spec(FINE, rules("rules: 140")), "undecided"),
        (FINE, "undecided"),
        # Their score is there.
        (
            spec(FINE, rules("exists: true"), target("baseline: 0.4, baseline_kind: rules")),
            "clear",
        ),
        (
            spec(FINE, rules("exists: true"), target("baseline: unknown, baseline_kind: rules")),
            "possible",
        ),
        (
            spec(FINE, rules("exists: true"), target("baseline: 0.4, baseline_kind: statistics")),
            "warning",
        ),
        (spec(FINE, rules("exists: true"), target("baseline: 0.4")), "warning"),
        (spec(FINE, rules("exists: true"), alternatives(measured("rules", 0.4))), "clear"),
        (
            spec(FINE, rules("exists: true"), alternatives("family: rules, status: considered")),
            "warning",
        ),
        (spec(FINE, rules("exists: true"), "alternatives: unknown"), "possible"),
    ],
)
def test_rules_not_measured(facts: str, expected: str) -> None:
    assert verdict("DOM702", facts) == expected


def test_rules_not_measured_says_what_is_lacking() -> None:
    finding = told("DOM702", spec(FINE, rules("exists: true")))
    assert "nobody has measured their coverage and precision:" in finding.message
    assert "baseline_kind: rules" in finding.clears
    finding = told("DOM702", spec(FINE, rules("exists: true, coverage: 45%")))
    assert "nobody has measured their precision:" in finding.message


KNOWN = "domain_knowledge: {experts: available, features_known: true}"
SERIES = "task: {type: classification, modality: time_series}"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (spec(SCRATCH, KNOWN), "warning"),
        (spec(FINE, KNOWN), "warning"),
        (spec(SCRATCH, SERIES, KNOWN), "warning"),
        (spec(SCRATCH, "task: {type: classification, modality: image}", KNOWN), "not_applicable"),
        (spec(SCRATCH, "task: {type: classification, modality: unknown}", KNOWN), "possible"),
        (
            spec("approach: {family: deep_learning, training: frozen_features}", KNOWN),
            "not_applicable",
        ),
        (spec("approach: {family: deep_learning}", KNOWN), "undecided"),
        (spec("approach: {family: deep_learning, training: unknown}", KNOWN), "possible"),
        (spec(CLASSICAL, KNOWN), "not_applicable"),
        # What is known, and who is there.
        (spec(SCRATCH, "domain_knowledge: {experts: some, features_known: true}"), "clear"),
        (spec(SCRATCH, "domain_knowledge: {experts: none, features_known: true}"), "clear"),
        (spec(SCRATCH, "domain_knowledge: {experts: unknown, features_known: true}"), "possible"),
        (spec(SCRATCH, "domain_knowledge: {experts: available, features_known: false}"), "clear"),
        (
            spec(SCRATCH, "domain_knowledge: {experts: available, features_known: unknown}"),
            "possible",
        ),
        (spec(SCRATCH, "domain_knowledge: {experts: available}"), "undecided"),
        (spec(SCRATCH, "domain_knowledge: {features_known: true}"), "undecided"),
        (SCRATCH, "undecided"),
        # A classical score, of the baseline or an alternative.
        (spec(SCRATCH, KNOWN, alternatives(measured("classical_ml", 0.8))), "clear"),
        (spec(SCRATCH, KNOWN, target("baseline: 0.8, baseline_kind: classical_ml")), "clear"),
        (spec(SCRATCH, KNOWN, target("baseline: 0.8, baseline_kind: statistics")), "warning"),
        (spec(SCRATCH, KNOWN, target("baseline: 0.8")), "warning"),
        (spec(SCRATCH, KNOWN, alternatives("family: classical_ml, status: considered")), "warning"),
        (spec(SCRATCH, KNOWN, alternatives(measured("rules", 0.8))), "warning"),
        (spec(SCRATCH, KNOWN, "alternatives: unknown"), "possible"),
        # Ahead of what was measured.
        (
            spec(SCRATCH, KNOWN, target("baseline: 0.8, baseline_kind: rules, pilot: 0.9")),
            "not_applicable",
        ),
        (
            spec(SCRATCH, KNOWN, target("baseline: 0.9, baseline_kind: rules, pilot: 0.9")),
            "warning",
        ),
    ],
)
def test_features_are_known(facts: str, expected: str) -> None:
    assert verdict("DOM703", facts) == expected


def test_features_are_known_says_that_it_is_a_judgement() -> None:
    finding = told("DOM703", spec(SCRATCH, KNOWN))
    assert "deep learning, trained from scratch" in finding.message
    assert "a judgement" in finding.message
    assert "baseline_kind: classical_ml" in finding.clears


TEXT = "task: {type: classification, modality: text}"
IDEA = "project: {name: example, stage: idea}"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (spec(FINE, TEXT), "warning"),
        (spec(PROMPT, TEXT), "warning"),
        ("approach: {family: deep_learning}", "warning"),
        (spec(IDEA, FINE, TEXT), "note"),
        (spec("project: {name: example, stage: unknown}", FINE, TEXT), "note"),
        (spec("project: {name: example, stage: production}", FINE, TEXT), "warning"),
        (CLASSICAL, "not_applicable"),
        (STATISTICS, "not_applicable"),
        # Something simpler, with a score or a reason.
        *(
            (spec(FINE, alternatives(f"family: {family}, {fact}")), "clear")
            for family in ("rules", "statistics", "classical_ml")
            for fact in ("score: 0.8", "reason: too slow", "status: rejected, reason: too slow")
        ),
        (spec(FINE, alternatives("family: classical_ml, status: considered")), "warning"),
        (spec(FINE, alternatives("family: classical_ml, score: unknown")), "possible"),
        (spec(FINE, alternatives("family: unknown, score: 0.8")), "possible"),
        (
            spec(FINE, alternatives(measured("deep_learning", 0.8, "training: prompting"))),
            "warning",
        ),
        (spec(FINE, "alternatives: unknown"), "possible"),
        # A baseline, of whatever kind.
        (spec(FINE, target("baseline: 0.8")), "clear"),
        (spec(FINE, target("baseline: 0.8, baseline_kind: constant")), "clear"),
        (spec(FINE, target("baseline: unknown")), "possible"),
        (spec(FINE, target("baseline_kind: classical_ml")), "warning"),
        (spec(FINE, target("pilot: 0.8")), "warning"),
        # Rules that were measured are the first step of the ladder.
        (spec(FINE, rules("exists: true, coverage: 40%, precision: 90%")), "clear"),
        (spec(FINE, rules("exists: true, coverage: 40%, precision: unknown")), "possible"),
        (spec(FINE, rules("exists: true, precision: 90%")), "warning"),
        (spec(FINE, rules("exists: true")), "warning"),
    ],
)
def test_ladder_skipped(facts: str, expected: str) -> None:
    assert verdict("DOM704", facts) == expected


def test_ladder_skipped_says_what_there_is() -> None:
    assert "no baseline and nothing simpler is declared" in told("DOM704", FINE).message
    listed = spec(FINE, alternatives("family: statistics, status: considered"))
    assert (
        "no baseline is declared beside deep learning, fine-tuned, and the simpler alternatives have "
        "neither a score nor a reason"
    ) in told("DOM704", listed).message


SIMPLE = "task: {type: classification, modality: text, complexity: simple}"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (spec(FINE, SIMPLE), "warning"),
        (spec(PROMPT, SIMPLE), "warning"),
        (spec(CLASSICAL, SIMPLE), "not_applicable"),
        (spec(FINE, SIMPLE.replace("simple", "moderate")), "not_applicable"),
        (spec(FINE, SIMPLE.replace("simple", "complex")), "not_applicable"),
        (spec(FINE, SIMPLE.replace("simple", "unknown")), "possible"),
        (spec(FINE, TEXT), "undecided"),
        (spec(FINE, SIMPLE, alternatives(measured("rules", 0.8))), "clear"),
        (
            spec(FINE, SIMPLE, alternatives(measured("deep_learning", 0.8, "training: zero_shot"))),
            "clear",
        ),
        (spec(FINE, SIMPLE, alternatives("family: rules, status: measured")), "warning"),
        (
            spec(FINE, SIMPLE, alternatives("family: rules, status: rejected, reason: no")),
            "warning",
        ),
        (spec(FINE, SIMPLE, "alternatives: unknown"), "possible"),
        (spec(FINE, SIMPLE, target("baseline: 0.8, baseline_kind: classical_ml")), "clear"),
        (spec(FINE, SIMPLE, target("baseline: 0.8, baseline_kind: constant")), "warning"),
        (spec(FINE, SIMPLE, target("baseline: 0.8")), "warning"),
        (spec(FINE, SIMPLE, target("baseline: 0.8, pilot: 0.9")), "not_applicable"),
    ],
)
def test_simple_problem(facts: str, expected: str) -> None:
    assert verdict("DOM705", facts) == expected


def test_simple_problem_says_that_it_is_a_judgement() -> None:
    message = told("DOM705", spec(FINE, SIMPLE)).message
    assert "a judgement" in message
    assert "deep learning, fine-tuned" in message


def compared(baseline: str, pilot: str, kind: str = "classical_ml", metric: str = "auc") -> str:
    return target(f"baseline: {baseline}, baseline_kind: {kind}, pilot: {pilot}", metric)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # On both sides of the simpler score, and as good.
        (spec(SCRATCH, compared("0.87", "0.86")), "warning"),
        (spec(SCRATCH, compared("0.87", "0.87")), "warning"),
        (spec(SCRATCH, compared("0.87", "0.871")), "clear"),
        (spec(SCRATCH, compared("3.1", "3.2", metric="rmse")), "warning"),
        (spec(SCRATCH, compared("3.1", "3.0", metric="rmse")), "clear"),
        (spec(SCRATCH, compared("3.1", "3.0", metric="other")), "undecided"),
        # The ladder.
        *(
            (spec(SCRATCH, compared("0.87", "0.86", kind)), "warning")
            for kind in ("constant", "rules", "statistics", "classical_ml")
        ),
        *(
            (spec(SCRATCH, compared("0.87", "0.86", kind)), "clear")
            for kind in ("current_process", "zero_shot", "simulation", "human", "previous_model")
        ),
        (spec(CLASSICAL, compared("0.87", "0.86", "statistics")), "warning"),
        (spec(CLASSICAL, compared("0.87", "0.86", "classical_ml")), "clear"),
        (spec(STATISTICS, compared("0.87", "0.86", "rules")), "not_applicable"),
        (spec(SCRATCH, compared("0.87", "0.86", "unknown")), "possible"),
        # Nobody said what the baseline is.
        (spec(SCRATCH, target("baseline: 0.87, pilot: 0.86", "auc")), "note"),
        (spec(SCRATCH, target("baseline: 0.85, pilot: 0.86", "auc")), "clear"),
        # Nothing measured, or nothing to compare with.
        (spec(SCRATCH, target("baseline: 0.87, baseline_kind: rules", "auc")), "undecided"),
        (spec(SCRATCH, target("pilot: 0.86", "auc")), "not_applicable"),
        (SCRATCH, "not_applicable"),
        # Alternatives, in the target's metric only.
        (
            spec(
                SCRATCH, target("pilot: 0.86", "auc"), alternatives(measured("classical_ml", 0.87))
            ),
            "warning",
        ),
        (
            spec(
                SCRATCH,
                target("pilot: 0.86", "auc"),
                alternatives(measured("classical_ml", 0.87, "metric: accuracy")),
            ),
            "clear",
        ),
        (
            spec(
                SCRATCH,
                target("pilot: 0.86", "auc"),
                alternatives("family: classical_ml, status: considered, score: 0.87"),
            ),
            "not_applicable",
        ),
        (
            spec(
                SCRATCH,
                target("pilot: 0.86", "auc"),
                alternatives(measured("deep_learning", 0.9, "training: fine_tuning")),
            ),
            "clear",
        ),
        # The approach itself may stand among the alternatives.
        (
            spec(
                SCRATCH,
                target("baseline: 0.87, baseline_kind: rules", "auc"),
                alternatives(measured("deep_learning", 0.86, "training: from_scratch")),
            ),
            "warning",
        ),
        (
            spec(
                SCRATCH,
                compared("0.87", "0.86"),
                alternatives(measured("deep_learning", 0.88, "training: from_scratch")),
            ),
            "clear",
        ),
        # A reason on the alternative, and for each of them.
        (
            spec(
                SCRATCH,
                target("pilot: 0.86", "auc"),
                alternatives(measured("classical_ml", 0.87, "reason: too slow on the device")),
            ),
            "clear",
        ),
        (
            spec(
                SCRATCH,
                target("pilot: 0.86", "auc"),
                alternatives(
                    measured("classical_ml", 0.88, "reason: too slow"),
                    measured("statistics", 0.87),
                ),
            ),
            "warning",
        ),
        (
            spec(
                SCRATCH,
                target("pilot: 0.86", "auc"),
                alternatives(measured("classical_ml", 0.87, "reason: unknown")),
            ),
            "possible",
        ),
        # The baseline may be the alternative that has the reason.
        (
            spec(
                SCRATCH,
                compared("0.87", "0.86"),
                alternatives(measured("classical_ml", 0.87, "reason: too slow")),
            ),
            "clear",
        ),
        (
            spec(
                SCRATCH,
                compared("0.88", "0.86"),
                alternatives(measured("classical_ml", 0.87, "reason: too slow")),
            ),
            "warning",
        ),
        (
            spec(
                SCRATCH,
                compared("0.87", "0.86"),
                alternatives(measured("statistics", 0.87, "reason: too slow")),
            ),
            "warning",
        ),
        # Ranges and unknowns.
        (spec(SCRATCH, compared("0.87", "0.86..0.88")), "possible"),
        (spec(SCRATCH, compared("0.88..0.9", "0.86..0.88")), "warning"),
        (spec(SCRATCH, compared("0.87", "unknown")), "possible"),
        (spec(SCRATCH, compared("unknown", "0.86")), "possible"),
        (spec(SCRATCH, target("pilot: 0.86", "auc"), "alternatives: unknown"), "possible"),
        (spec(SCRATCH, "alternatives: unknown"), "clear"),
        (spec(SCRATCH, compared("0.87", "0.86"), "alternatives: unknown"), "warning"),
    ],
)
def test_measured_and_behind(facts: str, expected: str) -> None:
    assert verdict("DOM706", facts) == expected


def test_measured_and_behind_waits_for_the_pilot() -> None:
    facts = spec(SCRATCH, target("baseline: 0.87, baseline_kind: rules", "auc"))
    assert outcome_of("DOM706", facts).missing == {"target.pilot"}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (compared("0.871", "0.868"), ("reaches 0.868", "the 0.871 of classical ML")),
        (compared("0.871", "0.868", "constant"), ("reaches 0.868", "the 0.871 of a constant")),
        (target("baseline: 0.871, pilot: 0.868", "auc"), ("reaches 0.868", "nobody said what")),
        (compared("0.87", "unknown"), ("an unknown score", "the 0.87 of")),
        (compared("unknown", "0.86"), ("reaches 0.86", "the unknown score of classical ML")),
        (
            spec(compared("0.87", "0.86"), alternatives(measured("rules", 0.88))),
            ("no better than the 0.87 of classical ML and the 0.88 of rules",),
        ),
        (
            spec(target("pilot: 0.868", "auc"), "alternatives: unknown"),
            ("reaches 0.868", "the alternatives, of which nothing is known"),
        ),
        (
            # Those that are certain are named, not the first one.
            spec(
                compared("0.8..0.9", "0.868"),
                alternatives(measured("statistics", 0.87)),
            ),
            ("no better than the 0.87 of statistics",),
        ),
        (compared("0.87", "0.86", "unknown"), ("the 0.87 of an approach of unknown kind",)),
        (
            # The approach was measured twice.
            spec(
                compared("0.87", "0.86"),
                alternatives(measured("deep_learning", 0.85, "training: from_scratch")),
            ),
            ("reaches 0.86 or 0.85, which",),
        ),
        (
            spec(
                compared("0.87", "0.86"),
                alternatives(measured("deep_learning", 0.86, "training: from_scratch")),
            ),
            ("reaches 0.86, which",),
        ),
    ],
)
def test_measured_and_behind_tells_the_numbers(facts: str, words: tuple[str, ...]) -> None:
    message = told("DOM706", spec(SCRATCH, facts)).message
    for each in words:
        assert each in message


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # A classical score is asked for once.
        (SCRATCH, ["DAT101"]),
        (spec(SCRATCH, "task: {type: forecasting, modality: time_series}"), ["DAT107"]),
        (spec(SCRATCH, "task: {type: classification, modality: time_series}"), ["DAT108"]),
        (spec(FINE, TEXT), ["DOM704"]),
        # What may be so does not silence what is.
        (
            spec("approach: {family: deep_learning, training: unknown}"),
            ["DAT101", "DOM704"],
        ),
    ],
)
def test_one_finding_for_a_skipped_ladder(facts: str, expected: list[str]) -> None:
    assert sorted(codes(check(facts, select="DAT101,DAT107,DAT108,DOM704,DOM706"))) == expected


@pytest.mark.parametrize(
    ("facts", "code", "expected"),
    [
        (
            spec(SCRATCH, GOOD_RULES, target("value: 0.95")),
            "DOM701",
            ["target.value >= 0.951", "target.pilot >= 0.951"],
        ),
        (spec(SCRATCH, compared("0.87", "0.86")), "DOM706", ["target.pilot >= 0.871"]),
        (spec(FINE, rules("exists: true")), "DOM702", []),
    ],
)
def test_what_clears_it(facts: str, code: str, expected: list[str]) -> None:
    assert flips(check(facts, select=code), code) == expected
