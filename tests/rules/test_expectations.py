"""TGT: expectations, but for the learning curves."""

from __future__ import annotations

import pytest

from mlspeclint.knowledge import auc_gains

from ..engine.support import check, codes, flips
from .support import outcome_of, told, verdict

CODES = ["TGT801", "TGT802", "TGT803", "TGT804", "TGT807", "TGT808", "TGT809", "TGT810"]

SCRATCH = "approach: {family: deep_learning, training: from_scratch}"
FINE = "approach: {family: deep_learning, training: fine_tuning}"
CLASSICAL = "approach: {family: classical_ml, algorithm: xgboost}"
IDEA = "project: {name: example, stage: idea}"

IMAGENET = "\n".join(
    (
        SCRATCH,
        "project: {name: example, stage: pilot}",
        "task: {type: classification, modality: image}",
        "data: {examples: 1.33M, classes: 1000}",
        "labels: {test_examples: 50k, test_annotators: 10, test_noise: 5.83%}",
        "target: {metric: accuracy, value: 76%, baseline: 54.3%, baseline_kind: classical_ml,"
        " pilot: 76.1%, ground_truth: annotators}",
        "explainability: {affects_people: false, domain: none}",
    )
)
LIBRISPEECH = "\n".join(
    (
        SCRATCH,
        "task: {type: speech_recognition, modality: audio}",
        "labels: {test_examples: 2620, test_annotators: 2}",
        "alternatives: [{family: classical_ml, algorithm: gmm-hmm, status: measured, score: 0.082}]",
        "target: {metric: wer, value: 0.045, baseline: 0.082, baseline_kind: classical_ml,"
        " pilot: 0.038, ground_truth: annotators}",
    )
)
TRANSLATION = "\n".join(
    (
        SCRATCH,
        "task: {type: translation, modality: text}",
        "target: {metric: bleu, value: 27, baseline: 20.7, baseline_kind: statistics, pilot: 27.3,"
        " state_of_the_art: 26.5, external_test: true}",
    )
)
DEFECTS = "\n".join(
    (
        FINE,
        "project: {name: example, stage: production}",
        "task: {type: classification, modality: image}",
        "data: {examples: 300, classes: 6}",
        "labels: {test_examples: 90, test_annotators: 2, raw_agreement: 0.9}",
        "target: {metric: balanced_accuracy, value: 0.92, baseline: 0.83, baseline_kind: classical_ml,"
        " pilot: 0.94, human: 0.95, ground_truth: annotators}",
        "explainability: {affects_people: false, domain: none}",
    )
)
AHEAD_ON_A_TABLE = "\n".join(
    (
        SCRATCH,
        "alternatives: [{family: classical_ml, algorithm: lightgbm, status: measured, score: 0.86}]",
        "target: {metric: auc, value: 0.88, pilot: 0.885}",
    )
)


def spec(*parts: str) -> str:
    return "\n".join(parts)


def target(facts: str, metric: str = "accuracy") -> str:
    return f"target: {{metric: {metric}, {facts}}}"


def alternatives(*items: str) -> str:
    return f"alternatives: [{', '.join(f'{{{item}}}' for item in items)}]"


def measured(family: str, score: float, *more: str) -> str:
    return ", ".join((f"family: {family}, status: measured, score: {score}", *more))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("success", [IMAGENET, LIBRISPEECH, TRANSLATION, DEFECTS, AHEAD_ON_A_TABLE])
def test_silent_on_successes(code: str, success: str) -> None:
    assert outcome_of(code, success).tell is None


def noisy(noise: str, value: str, test: str = "", metric: str = "accuracy") -> str:
    examples = f", test_examples: {test}" if test else ""
    return spec(f"labels: {{test_noise: {noise}{examples}}}", target(f"value: {value}", metric))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # Without a test set every excess counts.
        (noisy("4%", "0.96"), "clear"),
        (noisy("4%", "0.961"), "warning"),
        (noisy("4%", "1"), "error"),
        (noisy("4%", "0.999"), "warning"),
        (noisy("0%", "1"), "clear"),
        # 1.96 sqrt(0.96 x 0.04 / 1000) = 0.0121: up to 0.9721 it may be chance.
        (noisy("4%", "0.97", "1000"), "note"),
        (noisy("4%", "0.972", "1000"), "note"),
        (noisy("4%", "0.973", "1000"), "warning"),
        (noisy("4%", "1", "1000"), "error"),
        # 1.96 sqrt(0.99 x 0.01 / 300) = 0.0113 is more than the noise of 0.01, on 500 it is 0.0087.
        (noisy("1%", "1", "300"), "note"),
        (noisy("1%", "1", "500"), "error"),
        (noisy("4%", "1", "0"), "note"),
        # Metrics.
        *(
            (noisy("4%", "0.99", metric=metric), "warning")
            for metric in ("accuracy", "balanced_accuracy", "precision", "recall", "f1")
        ),
        *(
            (noisy("4%", "0.99", metric=metric), "not_applicable")
            for metric in ("auc", "iou", "recall_at_k", "r2")
        ),
        (noisy("4%", "0.99", metric="unknown"), "possible"),
        # Ranges, unknowns, absent facts.
        (noisy("2%..6%", "0.96"), "possible"),
        (noisy("2%..6%", "0.985"), "warning"),
        (noisy("2%..6%", "0.94"), "clear"),
        (noisy("unknown", "0.9"), "possible"),
        (noisy("4%", "0.95..0.98"), "possible"),
        (noisy("4%", "unknown"), "possible"),
        (noisy("4%", "0.99", "unknown"), "note"),
        (noisy("4%", "0.9", "unknown"), "clear"),
        (target("value: 0.99"), "undecided"),
        ("labels: {test_noise: 4%}\ntarget: {metric: accuracy}", "undecided"),
        ("labels: {test_noise: 4%}\ntarget: {value: 0.99}", "undecided"),
        (spec(CLASSICAL, noisy("4%", "0.99")), "warning"),
    ],
)
def test_target_above_label_noise(facts: str, expected: str) -> None:
    assert verdict("TGT801", facts) == expected


def test_target_above_label_noise_tells_the_ceiling() -> None:
    message = told("TGT801", noisy("4%", "0.98", "1000")).message
    assert "accuracy 0.98" in message
    assert "0.04 of the test labels are wrong" in message
    assert "scores 0.96 (± 0.01215)" in message
    assert "±" not in told("TGT801", noisy("4%", "0.98")).message
    assert "1 cannot be shown" in told("TGT801", noisy("4%", "1")).message
    # On no examples at all the half-width has no number.
    assert "±" not in told("TGT801", noisy("4%", "1", "0")).message
    assert "within chance" in told("TGT801", noisy("4%", "0.97", "1000")).message


def agreed(
    agreement: str, value: str, people: str = "1", classes: str = "2", metric: str = "accuracy"
) -> str:
    annotators = f", test_annotators: {people}" if people else ""
    return spec(
        f"data: {{classes: {classes}}}" if classes else "",
        f"labels: {{raw_agreement: {agreement}{annotators}}}",
        target(f"value: {value}, ground_truth: annotators", metric),
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # 0.82 = 0.9^2 + 0.1^2.
        (agreed("0.82", "0.9"), "clear"),
        (agreed("0.82", "0.901"), "warning"),
        (agreed("0.82", "0.901", "0"), "warning"),
        # Nobody said how many: one is assumed.
        (agreed("0.82", "0.901", ""), "note"),
        (agreed("0.82", "0.9", ""), "clear"),
        # The majority of three: 0.972; two are as good as one.
        (agreed("0.82", "0.901", "2"), "warning"),
        (agreed("0.82", "0.972", "3"), "clear"),
        (agreed("0.82", "0.973", "3"), "warning"),
        (agreed("0.82", "0.991", "5"), "clear"),
        # More classes: 0.815 = 0.9^2 + 0.1^2 / 2.
        (agreed("0.815", "0.9", classes="3"), "clear"),
        (agreed("0.815", "0.901", classes="3"), "warning"),
        # As many as one likes: certain on either side of 0.9..0.9055.
        (agreed("0.82", "0.9", classes=""), "clear"),
        (agreed("0.82", "0.903", classes=""), "undecided"),
        (agreed("0.82", "0.906", classes=""), "warning"),
        (agreed("0.82", "0.903", classes="unknown"), "possible"),
        # Where it does not apply.
        (agreed("0.82", "0.95", metric="auc"), "not_applicable"),
        (agreed("0.82", "0.95", metric="f1"), "warning"),
        (agreed("0.82", "0.95").replace("annotators}", "outcome}"), "not_applicable"),
        (agreed("0.82", "0.95").replace("annotators}", "unknown}"), "possible"),
        (agreed("0.82", "0.95").replace(", ground_truth: annotators", ""), "undecided"),
        (
            spec("task: {type: classification, modality: text, multilabel: true}")
            + "\n"
            + agreed("0.82", "0.95"),
            "not_applicable",
        ),
        # Ranges, unknowns, absent facts.
        (agreed("0.7..0.9", "0.9"), "possible"),
        (agreed("0.7..0.9", "0.95"), "warning"),
        (agreed("0.82", "0.95", "1..3"), "possible"),
        (agreed("0.82", "0.98", "1..3"), "warning"),
        (agreed("0.82", "0.95", "unknown"), "possible"),
        (agreed("unknown", "0.95"), "possible"),
        (target("value: 0.95, ground_truth: annotators"), "undecided"),
    ],
)
def test_target_above_annotators(facts: str, expected: str) -> None:
    assert verdict("TGT802", facts) == expected


def test_target_above_annotators_tells_the_ceiling() -> None:
    message = told("TGT802", agreed("0.82", "0.95")).message
    assert "agree on 0.82 of the examples, so that one of them is right on about 0.9:" in message
    message = told("TGT802", agreed("0.82", "0.98", "3")).message
    assert "the majority of 3 is right on about 0.972:" in message
    assert "one is assumed" in told("TGT802", agreed("0.82", "0.95", "")).message
    # From an unknown agreement no number follows, however many classes there may be.
    facts = agreed("unknown", "0.95").replace("classes: 2", "classes: unknown")
    assert "so that one of them is right on an unknown share:" in told("TGT802", facts).message


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (SCRATCH, "warning"),
        (CLASSICAL, "warning"),
        ("approach: {family: statistics}", "note"),
        ("approach: {family: rules}", "note"),
        (spec(IDEA, FINE), "note"),
        (spec("project: {name: example, stage: unknown}", FINE), "note"),
        (spec("project: {name: example, stage: production}", FINE), "warning"),
        (target("value: 0.9"), "warning"),
        *((target(f"value: 0.9, {each}: 0.8"), "clear") for each in ("baseline", "human", "pilot")),
        (target("value: 0.9, state_of_the_art: 0.95"), "warning"),
        (target("baseline: 0.8"), "warning"),
        ("target: {value: 0.9, baseline: 0.8}", "warning"),
        (spec(target("value: 0.9"), alternatives(measured("rules", 0.5))), "clear"),
        (spec(target("value: 0.9"), alternatives("family: rules, status: measured")), "warning"),
        (
            spec(target("value: 0.9"), alternatives("family: rules, status: considered, score: 1")),
            "warning",
        ),
        (spec(target("value: 0.9"), alternatives("family: rules, score: 0.5")), "undecided"),
        (spec(target("value: 0.9"), "alternatives: unknown"), "possible"),
        (target("value: unknown, baseline: 0.8"), "possible"),
        (target("value: 0.9, baseline: unknown"), "possible"),
        (target("value: 0.9, baseline: 0.8", "unknown"), "possible"),
        (target("value: 0.9, baseline: 0.8", "other"), "clear"),
        ("target: unknown", "possible"),
    ],
)
def test_nothing_to_compare_with(facts: str, expected: str) -> None:
    assert verdict("TGT803", facts) == expected


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (FINE, "no metric, no value to be reached and no score to compare with:"),
        (target("value: 0.9"), "has no score to compare with:"),
        (target("baseline: 0.9"), "has no value to be reached:"),
        ("target: {value: 0.9, pilot: 0.8}", "has no metric:"),
    ],
)
def test_nothing_to_compare_with_says_what_is_lacking(facts: str, words: str) -> None:
    assert words in told("TGT803", facts).message


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (
            target("value: 0.9"),
            "one of `target.baseline`, `human`, `pilot` or a measured alternative",
        ),
        (target("baseline: 0.9"), "`target.value`"),
        (
            "target: {value: 0.9}",
            "`target.metric` and one of `target.baseline`, `human`, `pilot` or a measured alternative",
        ),
    ],
)
def test_nothing_to_compare_with_asks_for_what_is_lacking(facts: str, expected: str) -> None:
    assert told("TGT803", facts).clears == expected


def auc(facts: str) -> str:
    return target(facts, "auc")


TREES = "baseline: 0.86, baseline_kind: classical_ml"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # 0.005 above is at the limit.
        (spec(SCRATCH, auc(f"value: 0.866, {TREES}")), "warning"),
        (spec(SCRATCH, auc(f"value: 0.865, {TREES}")), "clear"),
        (spec(SCRATCH, auc(f"value: 0.8651, {TREES}")), "warning"),
        (spec(SCRATCH, target(f"value: 0.9, {TREES}", "accuracy")), "not_applicable"),
        (spec(SCRATCH, target(f"value: 0.9, {TREES}", "unknown")), "possible"),
        # The approach.
        (spec(FINE, auc(f"value: 0.9, {TREES}")), "not_applicable"),
        (spec(CLASSICAL, auc(f"value: 0.9, {TREES}")), "not_applicable"),
        (spec("approach: {family: deep_learning}", auc(f"value: 0.9, {TREES}")), "undecided"),
        (
            spec(
                SCRATCH,
                "task: {type: classification, modality: text}",
                auc(f"value: 0.9, {TREES}"),
            ),
            "not_applicable",
        ),
        # What counts as boosted trees: the best of them.
        (spec(SCRATCH, auc("value: 0.9, baseline: 0.86")), "clear"),
        (spec(SCRATCH, auc("value: 0.9, baseline: 0.86, baseline_kind: rules")), "clear"),
        (spec(SCRATCH, auc("value: 0.9")), "clear"),
        (
            spec(
                SCRATCH,
                auc("value: 0.9"),
                alternatives(measured("classical_ml", 0.86, "algorithm: catboost")),
            ),
            "warning",
        ),
        (
            spec(SCRATCH, auc("value: 0.9"), alternatives(measured("classical_ml", 0.86))),
            "warning",
        ),
        (
            spec(
                SCRATCH,
                auc("value: 0.9"),
                alternatives(measured("classical_ml", 0.86, "algorithm: ridge")),
            ),
            "clear",
        ),
        (
            spec(
                SCRATCH,
                auc("value: 0.9"),
                alternatives(measured("classical_ml", 0.86, "algorithm: unknown")),
            ),
            "possible",
        ),
        (
            spec(
                SCRATCH,
                auc(f"value: 0.9, {TREES}"),
                alternatives(measured("classical_ml", 0.898, "algorithm: catboost")),
            ),
            "clear",
        ),
        (
            spec(
                SCRATCH,
                auc("value: 0.9"),
                alternatives(
                    measured("classical_ml", 0.86, "algorithm: catboost", "metric: accuracy")
                ),
            ),
            "clear",
        ),
        (spec(SCRATCH, auc("value: 0.9"), "alternatives: unknown"), "possible"),
        # A pilot, or the network itself among the alternatives.
        (spec(SCRATCH, auc(f"value: 0.9, {TREES}, pilot: 0.84")), "clear"),
        (spec(SCRATCH, auc(f"value: 0.9, {TREES}, pilot: 0.87")), "not_applicable"),
        (spec(SCRATCH, auc(f"value: 0.9, {TREES}, pilot: unknown")), "possible"),
        (
            spec(
                SCRATCH,
                auc(f"value: 0.9, {TREES}"),
                alternatives(measured("deep_learning", 0.87, "training: from_scratch")),
            ),
            "not_applicable",
        ),
        # DAT101's exemptions.
        (
            spec(
                SCRATCH,
                "task: {type: recommendation, modality: tabular}\ndata: {interactions: 20M}",
                auc(f"value: 0.9, {TREES}"),
            ),
            "not_applicable",
        ),
        (
            spec(
                "approach: {family: deep_learning, training: from_scratch, algorithm: TabPFN}",
                auc(f"value: 0.9, {TREES}"),
            ),
            "not_applicable",
        ),
        # Ranges, unknowns, absent facts.
        (spec(SCRATCH, auc(f"value: 0.86..0.9, {TREES}")), "possible"),
        (spec(SCRATCH, auc(f"value: unknown, {TREES}")), "possible"),
        (spec(SCRATCH, auc(TREES)), "undecided"),
        (
            spec(SCRATCH, auc("value: 0.9, baseline: unknown, baseline_kind: classical_ml")),
            "possible",
        ),
        # Whether it was measured does not matter where the target is not above it.
        *(
            (
                spec(
                    SCRATCH,
                    auc(f"value: {value}"),
                    alternatives("family: classical_ml, status: unknown, score: 0.86"),
                ),
                expected,
            )
            for value, expected in (("0.85", "clear"), ("0.9", "possible"))
        ),
    ],
)
def test_gain_seldom_seen(facts: str, expected: str) -> None:
    assert verdict("TGT804", facts) == expected


@pytest.mark.parametrize(("value", "gain"), [("0.89", 0.03), ("0.868", 0.008), ("0.96", 0.1)])
def test_gain_seldom_seen_quotes_comparisons_with_such_a_gain(value: str, gain: float) -> None:
    message = told("TGT804", spec(SCRATCH, auc(f"value: {value}, {TREES}"))).message
    seen = auc_gains(gain)
    assert f"{gain:g} above the 0.86 of boosted trees" in message
    assert f"more than {seen.above:g} in {seen.count} of {seen.total} published" in message


def test_gain_seldom_seen_names_the_best_trees() -> None:
    facts = spec(SCRATCH, auc(f"value: 0.9, {TREES}"), alternatives(measured("classical_ml", 0.87)))
    assert "0.03 above the 0.87 of boosted trees" in told("TGT804", facts).message


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        # The gain that the ranges leave open, and how often the least of it was seen.
        (
            auc("value: 0.89, baseline: 0.85..0.88, baseline_kind: classical_ml"),
            "0.01..0.04 above the 0.85..0.88 of boosted trees: networks from scratch gained more than 0.01",
        ),
        (
            auc("value: 0.87..0.9, baseline: 0.86, baseline_kind: classical_ml"),
            "0.01..0.04 above the 0.86 of boosted trees",
        ),
        # Nobody knows the score of the trees: no gain can be told, so the smallest that counts is quoted.
        (
            auc("value: 0.9, baseline: unknown, baseline_kind: classical_ml"),
            "and what boosted trees reach is unknown: networks from scratch gained more than 0.005 in",
        ),
        (
            spec(auc("value: 0.9"), "alternatives: unknown"),
            "and what boosted trees reach is unknown",
        ),
    ],
)
def test_gain_seldom_seen_tells_no_more_than_is_known(facts: str, words: str) -> None:
    message = told("TGT804", spec(SCRATCH, facts)).message
    assert words in message
    assert "inf" not in message
    assert "∞" not in message


def best(value: str, sota: str, *more: str, metric: str = "accuracy") -> str:
    return target(", ".join((f"value: {value}, state_of_the_art: {sota}", *more)), metric)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (best("0.95", "0.94"), "warning"),
        (best("0.94", "0.94"), "clear"),
        (best("0.93", "0.94"), "clear"),
        (best("0.04", "0.05", metric="wer"), "warning"),
        (best("0.06", "0.05", metric="wer"), "clear"),
        (spec(CLASSICAL, best("0.95", "0.94")), "warning"),
        # A pilot that is as good.
        (best("0.95", "0.94", "pilot: 0.939"), "warning"),
        (best("0.95", "0.94", "pilot: 0.94"), "clear"),
        (best("0.95", "0.94", "pilot: 0.96"), "clear"),
        (best("0.95", "0.94", "pilot: 0.93..0.95"), "possible"),
        (best("0.95", "0.94", "pilot: unknown"), "possible"),
        (best("0.04", "0.05", "pilot: 0.05", metric="wer"), "clear"),
        # Research, and ideas.
        (spec("project: {name: x, motivation_kind: research}", best("0.95", "0.94")), "note"),
        (spec("project: {name: x, motivation_kind: regulation}", best("0.95", "0.94")), "warning"),
        (spec("project: {name: x, motivation_kind: unknown}", best("0.95", "0.94")), "note"),
        (spec(IDEA, best("0.95", "0.94")), "not_applicable"),
        (spec("project: {name: x, stage: unknown}", best("0.95", "0.94")), "possible"),
        # Ranges, unknowns, absent facts.
        (best("0.93..0.95", "0.94"), "possible"),
        (best("0.95", "unknown"), "possible"),
        (target("value: 0.95"), "undecided"),
        (target("state_of_the_art: 0.95"), "undecided"),
        ("target: {value: 0.95, state_of_the_art: 0.94}", "undecided"),
        (best("0.95", "0.94", metric="other"), "undecided"),
        (best("0.95", "0.94", "direction: minimize", metric="other"), "clear"),
    ],
)
def test_beyond_state_of_the_art(facts: str, expected: str) -> None:
    assert verdict("TGT807", facts) == expected


def test_beyond_state_of_the_art_tells_the_scores() -> None:
    message = told("TGT807", best("0.95", "0.943")).message
    assert "accuracy 0.95, the best published score 0.943, and no pilot is declared" in message
    assert "the pilot reaches 0.9:" in told("TGT807", best("0.95", "0.943", "pilot: 0.9")).message


def human(value: str, people: str, truth: str = "annotators", metric: str = "accuracy") -> str:
    return target(f"value: {value}, human: {people}, ground_truth: {truth}", metric)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (human("0.96", "0.93"), "note"),
        (human("0.93", "0.93"), "clear"),
        (human("0.9", "0.93"), "clear"),
        (human("0.04", "0.05", metric="cer"), "note"),
        (human("0.05", "0.05", metric="cer"), "clear"),
        (human("0.96", "0.93", "measurement"), "not_applicable"),
        (human("0.96", "0.93", "outcome"), "not_applicable"),
        (human("0.96", "0.93", "unknown"), "possible"),
        (target("value: 0.96, human: 0.93"), "undecided"),
        (human("0.92..0.96", "0.93"), "possible"),
        (human("0.96", "unknown"), "possible"),
        (target("value: 0.96, ground_truth: annotators"), "undecided"),
    ],
)
def test_beyond_human(facts: str, expected: str) -> None:
    assert verdict("TGT808", facts) == expected


def test_beyond_human_tells_the_scores() -> None:
    message = told("TGT808", human("0.96", "0.93")).message
    assert "accuracy 0.96, better than the 0.93 of people" in message


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (target("value: 0.9, baseline: 0.9"), "warning"),
        (target("value: 0.9, baseline: 0.91"), "warning"),
        (target("value: 0.9, baseline: 0.89"), "clear"),
        (target("value: 0.1, baseline: 0.09", "wer"), "warning"),
        (target("value: 0.1, baseline: 0.11", "wer"), "clear"),
        *(
            (target(f"value: 0.9, baseline: 0.9, baseline_kind: {kind}"), "warning")
            for kind in (
                "constant",
                "rules",
                "statistics",
                "classical_ml",
                "current_process",
                "zero_shot",
                "simulation",
                "previous_model",
            )
        ),
        (target("value: 0.9, baseline: 0.9, baseline_kind: human"), "clear"),
        (target("value: 0.9, baseline: 0.9, baseline_kind: unknown"), "possible"),
        (spec("approach: {family: rules}", target("value: 0.9, baseline: 0.9")), "warning"),
        # Alternatives of a simpler family, measured, in the same metric.
        *(
            (spec(FINE, target("value: 0.9"), alternatives(measured(family, 0.9))), "warning")
            for family in ("rules", "statistics", "classical_ml")
        ),
        (
            spec(
                FINE,
                target("value: 0.9"),
                alternatives(measured("deep_learning", 0.95, "training: zero_shot")),
            ),
            "clear",
        ),
        (
            spec(CLASSICAL, target("value: 0.9"), alternatives(measured("classical_ml", 0.95))),
            "clear",
        ),
        (
            spec(CLASSICAL, target("value: 0.9"), alternatives(measured("statistics", 0.95))),
            "warning",
        ),
        (
            spec(
                FINE,
                target("value: 0.9"),
                alternatives("family: rules, status: considered, score: 0.95"),
            ),
            "not_applicable",
        ),
        (
            spec(FINE, target("value: 0.9"), alternatives(measured("rules", 0.95, "metric: auc"))),
            "clear",
        ),
        (spec(FINE, target("value: 0.9"), "alternatives: unknown"), "possible"),
        (spec(FINE, "alternatives: unknown"), "clear"),
        # Ranges, unknowns, absent facts.
        (target("value: 0.9, baseline: 0.88..0.92"), "possible"),
        (target("value: 0.9, baseline: unknown"), "possible"),
        (target("value: unknown, baseline: 0.9"), "possible"),
        (target("baseline: 0.9"), "undecided"),
        (target("value: 0.9"), "not_applicable"),
        ("target: {value: 0.9, baseline: 0.95}", "undecided"),
    ],
)
def test_target_already_met(facts: str, expected: str) -> None:
    assert verdict("TGT809", facts) == expected


def test_target_already_met_tells_the_scores() -> None:
    message = told("TGT809", target("value: 0.9, baseline: 0.912")).message
    assert message == "the target is accuracy 0.9, and the baseline reaches 0.912 already"
    facts = spec(
        FINE,
        target("value: 0.9, baseline: 0.8"),
        alternatives(measured("statistics", 0.92)),
    )
    assert "and statistics reaches 0.92 already" in told("TGT809", facts).message
    message = told("TGT809", facts.replace("0.8}", "0.93}")).message
    assert "the baseline reaches 0.93 and statistics reaches 0.92 already" in message
    message = told("TGT809", spec(FINE, target("value: 0.9"), "alternatives: unknown")).message
    assert "what the alternatives reach is unknown" in message


RULES_SUFFICE = "rules_baseline: {exists: true, coverage: 98%, precision: 97%}"
RULES = "value: 0.9, baseline: 0.95, baseline_kind: rules"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        # The rules are what meets the target, and DOM701 says so.
        (spec(RULES_SUFFICE, target(RULES)), ["DOM701"]),
        (
            spec(RULES_SUFFICE, target("value: 0.9"), alternatives(measured("rules", 0.95))),
            ["DOM701"],
        ),
        # Something else meets it too.
        (
            spec(RULES_SUFFICE, target(RULES), alternatives(measured("statistics", 0.95))),
            ["DOM701", "TGT809"],
        ),
        (
            spec(RULES_SUFFICE, target(RULES.replace("rules", "statistics"))),
            ["DOM701", "TGT809"],
        ),
        # What DOM701 cannot tell does not silence what is certain.
        (target(RULES), ["TGT809"]),
        (
            spec(RULES_SUFFICE.replace("98%", "unknown"), target(RULES)),
            ["DOM701", "TGT809"],
        ),
    ],
)
def test_one_finding_for_rules_that_meet_the_target(facts: str, expected: list[str]) -> None:
    assert sorted(codes(check(facts, select="DOM701,TGT809"))) == expected


PILOT = "project: {name: example, stage: pilot}"


def piloted(people: str, test: str = "") -> str:
    return spec(PILOT, f"explainability: {{{people}}}", f"target: {{{test}}}" if test else "")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (piloted("affects_people: true"), "warning"),
        (piloted("affects_people: false, domain: health"), "warning"),
        (piloted("domain: health"), "warning"),
        (piloted("affects_people: true, domain: health"), "warning"),
        (piloted("affects_people: true", "external_test: false"), "warning"),
        (piloted("affects_people: true", "external_test: true"), "clear"),
        (piloted("affects_people: true", "external_test: unknown"), "possible"),
        (piloted("affects_people: false, domain: credit"), "not_applicable"),
        (piloted("affects_people: false, domain: none"), "not_applicable"),
        (piloted("affects_people: unknown, domain: none"), "possible"),
        (piloted("affects_people: false, domain: unknown"), "possible"),
        (piloted("affects_people: false"), "undecided"),
        (PILOT, "undecided"),
        (spec(PILOT, CLASSICAL, "explainability: {affects_people: true}"), "warning"),
        (piloted("affects_people: true").replace("pilot", "production"), "warning"),
        *(
            (piloted("affects_people: true").replace("pilot", stage), "not_applicable")
            for stage in ("idea", "proposal", "retired")
        ),
        (piloted("affects_people: true").replace("pilot", "unknown"), "possible"),
    ],
)
def test_not_tested_elsewhere(facts: str, expected: str) -> None:
    assert verdict("TGT810", facts) == expected


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ("affects_people: true", "at stage pilot, where people are affected, "),
        ("affects_people: false, domain: health", "where the domain is health, "),
        ("affects_people: unknown, domain: none", "where people may be affected, "),
    ],
)
def test_not_tested_elsewhere_says_why(people: str, words: str) -> None:
    assert words in told("TGT810", piloted(people)).message


@pytest.mark.parametrize(
    ("facts", "code", "expected"),
    [
        (
            noisy("6%", "0.97"),
            "TGT801",
            ["target.value <= 0.94", "labels.test_noise <= 0.03"],
        ),
        (
            agreed("0.82", "0.95"),
            "TGT802",
            [
                "target.value <= 0.9",
                "labels.test_annotators >= 3",
                "labels.raw_agreement >= 0.905",
            ],
        ),
        (spec(SCRATCH, auc(f"value: 0.9, {TREES}")), "TGT804", ["target.value <= 0.865"]),
        (
            best("0.95", "0.94"),
            "TGT807",
            ["target.value <= 0.94", "target.pilot >= 0.94"],
        ),
        (human("0.96", "0.93"), "TGT808", ["target.value <= 0.93"]),
        (target("value: 0.9, baseline: 0.912"), "TGT809", ["target.value >= 0.913"]),
        (piloted("affects_people: true"), "TGT810", ["target.external_test is true"]),
    ],
)
def test_what_clears_it(facts: str, code: str, expected: list[str]) -> None:
    assert flips(check(facts, select=code), code) == expected
