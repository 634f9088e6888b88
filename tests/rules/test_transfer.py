"""TRF901 and TRF902: what a pretrained network brings along, and whether anybody has looked."""

from __future__ import annotations

import pytest

from mlspeclint.rules import find_rule

from .support import outcome_of, told, verdict

PILOT = "target: {metric: accuracy, pilot: 0.9}"
FINE, FROZEN = "fine_tuning", "frozen_features"


def spec(training: str, base: str | None = "{name: m}", rest: str = "") -> str:
    how = f", training: {training}" if training else ""
    base = f", base_model: {base}" if base else ""
    return f"approach: {{family: deep_learning{how}{base}}}\n{rest}"


class TestOtherDomain:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (spec(FINE, "{same_domain: false}"), "warning"),
            (spec(FROZEN, "{same_domain: false}"), "warning"),
            (spec(FINE, "{same_domain: true}"), "clear"),
            (spec(FINE, "{same_domain: unknown}"), "possible"),
            (spec(FINE, "unknown"), "possible"),
            (spec(FINE), "undecided"),
            (spec(FINE, None), "undecided"),
            # A pilot settles it, whatever it came to.
            (spec(FINE, "{same_domain: false}", PILOT), "clear"),
            (spec(FINE, "{same_domain: unknown}", PILOT), "clear"),
            (spec(FINE, "{same_domain: false}", "target: {pilot: unknown}"), "possible"),
            # How it is trained decides whether it matters.
            (spec("from_scratch", None), "not_applicable"),
            (spec("few_shot", "{same_domain: false}"), "not_applicable"),
            (spec("zero_shot", "{same_domain: false}"), "not_applicable"),
            (spec("prompting", "{same_domain: false}"), "not_applicable"),
            (spec("unknown", "{same_domain: false}"), "possible"),
            (spec("", "{same_domain: false}"), "undecided"),
            (
                "approach: {family: classical_ml, base_model: {same_domain: false}}",
                "not_applicable",
            ),
        ],
    )
    def test_verdict(self, text: str, expected: str) -> None:
        assert verdict("TRF901", text) == expected

    @pytest.mark.parametrize(
        ("own", "expected"),
        [("0.9", "clear"), ("0.8", "warning"), ("0.7", "warning"), ("0.7..0.9", "possible")],
    )
    def test_quiet_when_measured_ahead(self, own: str, expected: str) -> None:
        text = spec(
            FINE,
            "{same_domain: false}",
            f"""target: {{metric: accuracy}}
alternatives:
  - {{family: classical_ml, algorithm: svm, status: measured, score: 0.8}}
  - {{family: deep_learning, training: fine_tuning, status: measured, score: {own}}}""",
        )
        assert verdict("TRF901", text) == expected

    def test_what_is_missing(self) -> None:
        assert outcome_of("TRF901", spec(FINE, None)).missing == {"approach.base_model.same_domain"}

    def test_says_what_it_was_trained_on(self) -> None:
        found = told("TRF901", spec(FINE, "{same_domain: false, source_domain: Wikipedia}"))
        assert "other data than the project's (Wikipedia)" in found.message
        assert "target.pilot" in found.clears


class TestUnreviewed:
    REVIEWED = "{licence_reviewed: true, bias_reviewed: true}"
    NOBODY = "explainability: {affects_people: false}\npeople: {personal_data: false}"
    AFFECTED = "explainability: {affects_people: true}"
    PERSONAL = "people: {personal_data: true}"

    @pytest.mark.parametrize(
        ("base", "rest", "expected"),
        [
            (REVIEWED, "", "clear"),
            ("{name: m}", NOBODY, "warning"),  # the licence is nobody's matter but ours
            ("{same_domain: true}", NOBODY, "warning"),  # anything declares a base model
            ("{licence_reviewed: false}", NOBODY, "warning"),
            ("{licence_reviewed: true}", NOBODY, "clear"),
            ("{licence_reviewed: true, bias_reviewed: false}", NOBODY, "clear"),
            ("{licence_reviewed: true}", AFFECTED, "warning"),
            ("{licence_reviewed: true}", PERSONAL, "warning"),
            ("{licence_reviewed: true, bias_reviewed: true}", AFFECTED, "clear"),
            ("{licence_reviewed: true}", "", "undecided"),
            ("{licence_reviewed: true}", "people: {personal_data: false}", "undecided"),
            ("{licence_reviewed: true}", "people: {personal_data: unknown}", "undecided"),
            ("{licence_reviewed: unknown, bias_reviewed: true}", "", "possible"),
            ("{licence_reviewed: true, bias_reviewed: unknown}", PERSONAL, "possible"),
            ("{licence_reviewed: true, bias_reviewed: unknown}", NOBODY, "clear"),
            ("{licence_reviewed: false}", "people: {personal_data: unknown}", "warning"),
            ("unknown", NOBODY, "possible"),
            (None, "", "note"),
            (None, PERSONAL, "note"),
        ],
    )
    def test_verdict(self, base: str | None, rest: str, expected: str) -> None:
        assert verdict("TRF902", spec(FINE, base, rest)) == expected

    @pytest.mark.parametrize(
        ("training", "expected"),
        [
            (FINE, "warning"),
            (FROZEN, "warning"),
            ("few_shot", "warning"),
            ("zero_shot", "warning"),
            ("prompting", "warning"),
            ("from_scratch", "not_applicable"),
            ("unknown", "possible"),
            ("", "undecided"),
        ],
    )
    def test_which_trainings_build_on_a_model(self, training: str, expected: str) -> None:
        assert verdict("TRF902", spec(training)) == expected

    def test_another_family_has_no_base_model(self) -> None:
        assert verdict("TRF902", "approach: {family: classical_ml}") == "not_applicable"

    @pytest.mark.parametrize(
        ("base", "rest", "lacks"),
        [
            ("{name: m}", NOBODY, "nobody has reviewed its licence (common"),
            ("{name: m}", PERSONAL, "reviewed its licence and its bias and blind spots (common"),
            ("{licence_reviewed: true}", PERSONAL, "reviewed its bias and blind spots (common"),
            # Only what is certain is held against it.
            ("{name: m}", "", "nobody has reviewed its licence (common"),
            ("{licence_reviewed: unknown}", NOBODY, "nobody has reviewed its licence (common"),
        ],
    )
    def test_names_what_was_not_reviewed(self, base: str, rest: str, lacks: str) -> None:
        assert lacks in told("TRF902", spec(FINE, base, rest)).message

    def test_names_the_model_and_the_training(self) -> None:
        message = told("TRF902", spec("prompting", "{name: some model}")).message
        assert "(deep learning, by prompting) builds on a pretrained model `some model`" in message

    def test_labels_speak_only_of_what_counts(self) -> None:
        found = told("TRF902", spec(FINE, "{name: m, bias_reviewed: true}", self.PERSONAL))
        hidden = {path for path, label in found.marks.items() if not label}
        assert hidden == {
            "approach.base_model.bias_reviewed",
            "explainability.affects_people",
            "people.personal_data",
        }


SUCCESSES = [
    # ImageNet, LibriSpeech and WMT from scratch; a tabular network with its baseline.
    "task: {type: classification, modality: image}\n" + spec("from_scratch", None),
    "task: {type: speech_recognition, modality: audio}\n" + spec("from_scratch", None),
    "task: {type: translation, modality: text}\n" + spec("from_scratch", None),
    spec("from_scratch", None, "target: {pilot: 0.9, baseline: 0.8, baseline_kind: classical_ml}"),
    # 300 pictures of defects, fine-tuned and measured.
    spec(
        FINE,
        "{same_domain: false, licence_reviewed: true, bias_reviewed: true}",
        "task: {type: classification, modality: image}\n"
        "target: {metric: balanced_accuracy, pilot: 0.94, baseline: 0.83, baseline_kind: classical_ml}",
    ),
]  # fmt: skip


@pytest.mark.parametrize("text", SUCCESSES)
@pytest.mark.parametrize("code", ["TRF901", "TRF902"])
def test_quiet_on_successes(code: str, text: str) -> None:
    assert verdict(code, text) in ("clear", "not_applicable")


@pytest.mark.parametrize("code", ["TRF901", "TRF902"])
def test_a_judgement_says_so(code: str) -> None:
    rule = find_rule(code)
    assert rule is not None
    message = told(code, spec(FINE, "{same_domain: false}")).message
    assert rule.basis == "convention"
    assert "judgement" in message or "common practice" in message


def test_both_reviews_clear_what_lacks_both() -> None:
    people = "people: {personal_data: true}"
    assert told("TRF902", spec(FINE, "{name: m}", people)).clears == (
        "`licence_reviewed: true` and `bias_reviewed: true` in `approach.base_model`"
    )
    # A single flag clears it: the flip points tell which.
    assert told("TRF902", spec(FINE, "{name: m, licence_reviewed: true}", people)).clears == ""
    assert "reviewed" in told("TRF902", spec(FINE, None, people)).clears
