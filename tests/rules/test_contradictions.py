"""SPC010, SPC006, SPC011 over a whole spec: certain contradictions, and texts that say nothing."""

from __future__ import annotations

import pytest

from mlspeclint.rules.contradictions import Contradiction, contradictions, is_placeholder, readable
from mlspeclint.rules.rule import ERROR, NOTE
from mlspeclint.spec.facts import UNREADABLE

from .support import spec_of


def found(text: str) -> list[tuple[str, str]]:
    """The code and the place of every problem."""
    return [(problem.code, problem.path) for problem in contradictions(spec_of(text))]


def only(text: str) -> Contradiction:
    (problem,) = contradictions(spec_of(text))
    return problem


MULTILABEL = "task: {type: classification, modality: image, multilabel: true}\n"
DETECTION = "task: {type: object_detection, modality: image}\n"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        # More labelled than there are: at the limit, beyond it, ranges that do and do not overlap.
        ("data: {examples: 12k}\nlabels: {labelled: 12k}", None),
        ("data: {examples: 12k}\nlabels: {labelled: 12001}", "labels.labelled"),
        ("data: {examples: 10k..12k}\nlabels: {labelled: 12k..15k}", None),
        ("data: {examples: 10k..12k}\nlabels: {labelled: 12001..15000}", "labels.labelled"),
        ('data: {examples: ">= 10k"}\nlabels: {labelled: 1M}', None),
        ('data: {examples: "<= 10k"}\nlabels: {labelled: 1M}', "labels.labelled"),
        ("data: {examples: unknown}\nlabels: {labelled: 1M}", None),
        ("data: {examples: 10}\nlabels: {labelled: unknown}", None),
        ("labels: {labelled: 1M}", None),
        ("data: {examples: 10, obtainable: 5}", None),
        ("data: {examples: 12k, unlabelled: 1M}", None),
        # A test set larger than what it is taken from.
        ("labels: {labelled: 2k, test_examples: 2k}", None),
        ("labels: {labelled: 2k, test_examples: 2001}", "labels.test_examples"),
        ("labels: {labelled: 2k..3k, test_examples: 2500..4000}", None),
        ("data: {examples: 2k}\nlabels: {test_examples: 2k}", None),
        ("data: {examples: 2k}\nlabels: {test_examples: 3k}", "labels.test_examples"),
        ("data: {examples: 2k}\nlabels: {labelled: 1k, test_examples: 3k}", "labels.test_examples"),
        # Classes that do not fit into the examples.
        ("data: {examples: 1000, classes: 10, smallest_class: 100}", None),
        ("data: {examples: 1000, classes: 10, smallest_class: 101}", "data.smallest_class"),
        ("data: {examples: 1000, classes: 9..20, smallest_class: 101}", None),
        ("data: {examples: 1000, classes: unknown, smallest_class: 101}", None),
        ("data: {examples: 1000, smallest_class: 1000}", None),
        ("data: {examples: 1000, smallest_class: 1001}", "data.smallest_class"),
        (f"{MULTILABEL}data: {{examples: 1000, classes: 10, smallest_class: 900}}", None),
        (
            f"{MULTILABEL}data: {{examples: 1000, classes: 10, smallest_class: 1001}}",
            "data.smallest_class",
        ),
        (f"{DETECTION}data: {{examples: 1000, classes: 10, smallest_class: 9000}}", None),
        (
            "task: {type: unknown, modality: image}\n"
            "data: {examples: 1000, classes: 10, smallest_class: 101}",
            None,
        ),
        # A rate of one of two classes.
        ("data: {classes: 2, positive_rate: 3%}", None),
        ("data: {classes: 3, positive_rate: 3%}", "data.positive_rate"),
        ("data: {classes: 2..5, positive_rate: 3%}", None),
        ("data: {classes: 3..5, positive_rate: 1%..3%}", "data.positive_rate"),
        ("data: {classes: 3, positive_rate: unknown}", None),
        ("data: {classes: 3}", None),
        # A direction that the metric does not have.
        ("target: {metric: accuracy, direction: minimize}", "target.direction"),
        ("target: {metric: wer, direction: maximize}", "target.direction"),
        ("target: {metric: wer, direction: minimize}", None),
        ("target: {metric: wer, direction: unknown}", None),
        ("target: {metric: wer}", None),
        ("target: {metric: other, direction: minimize}", None),
        ("target: {metric: unknown, direction: minimize}", None),
        ("target: {direction: minimize}", None),
    ],
)
def test_contradiction(text: str, path: str | None) -> None:
    assert found(text) == ([] if path is None else [("SPC010", path)])


def test_each_cause_is_told_once() -> None:
    assert found("data: {examples: 1k}\nlabels: {labelled: 2k, test_examples: 3k}") == [
        ("SPC010", "labels.labelled"),
        ("SPC010", "labels.test_examples"),
    ]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("data: {examples: 12k}\nlabels: {labelled: 20k}", ["12,000", "20,000"]),
        ("labels: {labelled: 2k, test_examples: 3k..4k}", ["2,000", "3,000..4,000"]),
        ("data: {examples: 1k}\nlabels: {test_examples: 3k}", ["1,000", "3,000"]),
        (
            "data: {examples: 1000, classes: 10, smallest_class: 101}",
            ["1,000", "10 classes", "101", "1,010"],
        ),
        ("data: {examples: 1000, smallest_class: 1001}", ["1,000", "1,001"]),
        ("data: {classes: 7, positive_rate: 3%}", ["7"]),
        ("target: {metric: wer, direction: maximize}", ["wer", "lower"]),
        ("target: {metric: accuracy, value: 95}", ["95", "accuracy", "0..1"]),
    ],
)
def test_a_contradiction_tells_its_numbers_and_both_places(text: str, numbers: list[str]) -> None:
    problem = only(text)
    assert problem.severity == ERROR
    assert problem.help
    for number in numbers:
        assert number in problem.message
    declared = {line.split(":")[0] for line in text.splitlines()}
    for path, label in ((problem.path, problem.label), *problem.related):
        assert path.split(".")[0] in declared
        assert label
    assert problem.related


ACCURACY = "target: {metric: accuracy, "


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (f"{ACCURACY}value: 1}}", None),
        (f"{ACCURACY}value: 1.01}}", "target.value"),
        (f"{ACCURACY}value: 95}}", "target.value"),
        (f"{ACCURACY}value: 95%}}", None),
        (f"{ACCURACY}value: 0.9..95}}", None),
        (f"{ACCURACY}value: 90..95}}", "target.value"),
        (f'{ACCURACY}value: ">= 0.9"}}', None),
        (f'{ACCURACY}value: ">= 90"}}', "target.value"),
        (f"{ACCURACY}value: unknown}}", None),
        (f"{ACCURACY}value: -0.1}}", "target.value"),
        (f"{ACCURACY}value: 0}}", None),
        (f"{ACCURACY}baseline: 90}}", "target.baseline"),
        (f"{ACCURACY}human: 90}}", "target.human"),
        (f"{ACCURACY}state_of_the_art: 90}}", "target.state_of_the_art"),
        (f"{ACCURACY}pilot: 90}}", "target.pilot"),
        (f"{ACCURACY}expected_gain: 3}}", "target.expected_gain"),
        (f"{ACCURACY}expected_gain: 0.03}}", None),
        (f"{ACCURACY}expected_gain: -0.03}}", None),
        (
            f"{ACCURACY}curve: [{{examples: 1k, score: 0.9}}, {{examples: 2k, score: 91}}]}}",
            "target.curve[1].score",
        ),
        ("target: {metric: auc, value: 92}", "target.value"),
        ("target: {metric: wer, value: 1.2}", None),
        ("target: {metric: cer, value: -1}", "target.value"),
        ("target: {metric: bleu, value: 34}", None),
        ("target: {metric: rmse, value: 95}", None),
        ("target: {metric: r2, value: -3}", None),
        ("target: {metric: unknown, value: 95}", None),
        ("target: {value: 95}", None),
        ("alternatives: [{family: rules, metric: f1, score: 80}]", "alternatives[0].score"),
        (f"alternatives: [{{family: rules, score: 80}}]\n{ACCURACY}}}", "alternatives[0].score"),
        (f"alternatives: [{{family: rules, metric: rmse, score: 80}}]\n{ACCURACY}}}", None),
        (f"alternatives: [{{family: rules, metric: unknown, score: 80}}]\n{ACCURACY}}}", None),
        ("alternatives: [{family: rules, score: 80}]", None),
        ("alternatives: unknown\ntarget: unknown", None),
    ],
)
def test_score_outside_its_metric(text: str, path: str | None) -> None:
    assert found(text) == ([] if path is None else [("SPC006", path)])


def test_a_score_that_cannot_be_is_not_known_to_rules() -> None:
    spec = spec_of(
        """
        target: {metric: accuracy, value: 95, baseline: 0.8, curve: [{examples: 1, score: 80}]}
        alternatives: [{family: rules, score: 0.7}, {family: statistics, score: 70}]
        """
    )
    mended = readable(spec, contradictions(spec))
    for fact in (mended.target.value, mended.target.curve[0].score, mended.alternatives[1].score):
        assert fact.state is UNREADABLE
        assert fact.missing == {fact.path}
    assert mended.target.baseline.low == 0.8
    assert mended.alternatives[0].score.low == 0.7
    assert spec.target.value.low == 95
    assert readable(spec, []) is spec
    assert contradictions(mended) == []


@pytest.mark.parametrize(
    ("score", "help"),
    [
        ("95", "did you mean 95 % (0.95)?"),
        ("97.5", "did you mean 97.5 % (0.975)?"),
        ("90..95", "did you mean 90%..95%?"),
        ("950", None),
        ("-0.2", None),
    ],
)
def test_hint_for_a_score(score: str, help: str | None) -> None:
    assert only(f"{ACCURACY}value: {score}}}").help == help


def test_a_score_points_at_the_metric_that_it_is_in() -> None:
    assert only(f"{ACCURACY}value: 95}}").related[0][0] == "target.metric"
    own = only("alternatives: [{family: rules, metric: f1, score: 80}]")
    assert own.related[0][0] == "alternatives[0].metric"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\n",
        "?",
        "???",
        "...",
        "…",
        "-",
        "--",
        "TODO",
        "todo",
        "Todo.",
        "TODO: ask Anna",
        "TODO(anna)",
        "[TODO]",
        "TBD",
        "tbd",
        "to be determined",
        "To be decided.",
        "TBD (finance)",
        "We will say (TBD)",
        "FIXME",
        "fixme",
        "FIXME: wrong",
        "xxx",
        "XXX",
        "lorem",
        "Lorem ipsum dolor sit",
        "<owner>",
        "<your team here>",
        "n/a",
        "N/A",
        "placeholder",
        "change me",
        "CHANGEME",
        "fill in",
        "To do",
    ],
)
def test_placeholder(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize(
    "text",
    [
        "unknown",
        "none",
        "a to-do list for teams",
        "Finds TODO comments in code",
        "methodology",
        "Todoist clone",
        "xxl sizes",
        "team-documents",
        "We know <5 % of it",
        "contract",
        "0",
        "bert-base",
        "lorikeet photographs",
        "Finds comments that say TODO",
        "Tbdata",
        "fill-in forms are read",
    ],
)
def test_no_placeholder(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("project: {name: todo, owner: TODO}", ["project.owner"]),
        ('project: {name: a, owner: "", kpi: " "}', ["project.owner", "project.kpi"]),
        ("project: {name: a, owner: unknown}", []),
        (
            "approach: {family: deep_learning, base_model: {name: tbd}}",
            ["approach.base_model.name"],
        ),
        (
            "alternatives: [{family: rules, reason: slow}, {family: rules, reason: FIXME}]",
            ["alternatives[1].reason"],
        ),
        ("explainability: {regimes: [GDPR, TBD]}", ["explainability.regimes[1]"]),
        ("data: {sources: [{path: '<path>'}]}", ["data.sources[0].path"]),
        # Which rule is waived is judged with the waivers; why it is waived is a text.
        (
            "waivers: [{rule: TODO, reason: TODO, by: anna, until: 2027-01-01}]",
            ["waivers[0].reason"],
        ),
        # What is free is not read.
        ("x-notes: TODO", []),
        # Enumerations are not texts.
        ("labels: {source: none}", []),
    ],
)
def test_texts(text: str, paths: list[str]) -> None:
    assert found(text) == [("SPC011", path) for path in paths]


def test_a_placeholder_is_a_note_that_shows_it() -> None:
    problem = only("project: {name: a, kpi: 'TODO: ask\tAnna'}")
    assert problem.severity == NOTE
    assert problem.message == "`project.kpi` holds a placeholder, `TODO: ask Anna`"
    assert only('project: {name: a, kpi: ""}').message == "`project.kpi` is empty"


def test_a_full_plan_that_stands_together_is_silent() -> None:
    assert (
        found(
            """
            task: {type: classification, modality: image}
            data: {examples: 1.28M, classes: 1000, smallest_class: 732}
            labels: {labelled: 1.28M, test_examples: 50k}
            target: {metric: top5_accuracy, value: 94%, curve: [{examples: 1M, score: 0.92}]}
            alternatives: [{family: classical_ml, metric: accuracy, score: 0.51, status: measured}]
            """
        )
        == []
    )
