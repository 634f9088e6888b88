"""SPC010, SPC006, SPC011: facts that are well formed, and cannot stand together or say nothing.

These are not rules of choice: a spec in which they occur cannot be judged, so they are found once,
are never waivable and have no flip points. What one value alone can show is reported while it is
loaded (see `spec/load.py`); what needs several is here. A contradiction is told only when it is
certain over the ranges.
"""

from __future__ import annotations

from mlspeclint.rules.rule import ERROR, NOTE
from mlspeclint.spec.facts import DECLARED, UNREADABLE, Choice, Items, Measure, Section
from mlspeclint.spec.metrics import ABOVE_ONE, PROPORTIONS, RANKS, direction_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, TypeVar

    from mlspeclint.spec.compiled import Spec
    from mlspeclint.spec.quantity import Quantity

    S = TypeVar("S", bound=Section)


class Contradiction:
    """A problem with what a spec says, at `path` with a `label`; `related` places have theirs."""

    __slots__ = ("code", "help", "label", "message", "path", "related", "severity")

    def __init__(
        self,
        code: str,
        message: str,
        path: str,
        label: str,
        *,
        related: tuple[tuple[str, str], ...] = (),
        help: str | None = None,
        severity: str = ERROR,
    ) -> None:
        self.code = code
        self.message = message
        self.path = path
        self.label = label
        self.related = related
        self.help = help
        self.severity = severity

    def __repr__(self) -> str:
        return f"<{self.code} {self.path}: {self.message}>"


def contradictions(spec: Spec) -> list[Contradiction]:
    """All that certainly cannot be in what a spec says, and the texts in it that say nothing."""
    return [*_counts(spec), *_rates(spec), *_direction(spec), *_scores(spec), *_texts(spec)]


def readable(spec: Spec, found: Iterable[Contradiction]) -> Spec:
    """The spec without the values that are certainly wrong: rules wait for them to be mended."""
    wrong = {each.path for each in found if each.code == "SPC006"}
    return _without(spec, wrong) if wrong else spec


def _without(section: S, wrong: set[str]) -> S:
    changes: dict[str, object] = {}
    for name, fact in vars(section).items():
        if isinstance(fact, Section):
            changes[name] = _without(fact, wrong)
        elif isinstance(fact, Items):
            items = (_without(each, wrong) if isinstance(each, Section) else each for each in fact)
            changes[name] = type(fact)(items)
        elif isinstance(fact, Measure) and fact.path in wrong:
            low, high, missing = fact.kind.low, fact.kind.high, frozenset((fact.path,))
            changes[name] = Measure(fact.path, fact.kind, low, high, UNREADABLE, missing)
    return section.having(**changes)


def _counts(spec: Spec) -> Iterator[Contradiction]:
    data, labels, task = spec.data, spec.labels, spec.task
    if (labels.labelled > data.examples).certain:
        yield Contradiction(
            "SPC010",
            f"{labels.labelled} items are labelled, there are {data.examples} examples",
            "labels.labelled",
            "labelled, the test set among them",
            related=(("data.examples", "all examples, labelled or not"),),
            help="`data.examples` counts all examples, labelled or not: correct one of the two",
        )
    if (labels.test_examples > labels.labelled).certain:
        yield Contradiction(
            "SPC010",
            f"the test set has {labels.test_examples} items, {labels.labelled} are labelled",
            "labels.test_examples",
            "the test set",
            related=(("labels.labelled", "all labelled items, the test set among them"),),
            help="`labels.labelled` counts the test set too: correct one of the two",
        )
    elif (labels.test_examples > data.examples).certain:
        yield Contradiction(
            "SPC010",
            f"the test set has {labels.test_examples} items, there are {data.examples} examples",
            "labels.test_examples",
            "the test set",
            related=(("data.examples", "all examples, the test set among them"),),
            help="`data.examples` counts the test set too: correct one of the two",
        )
    if not task.type.is_("classification").certain:
        return
    if (task.multilabel.impossible and not data.classes.absent) and (
        data.smallest_class * data.classes > data.examples
    ).certain:
        yield Contradiction(
            "SPC010",
            f"{data.classes} classes of {data.smallest_class} examples or more are "
            f"{data.smallest_class * data.classes:count}, there are {data.examples} examples",
            "data.smallest_class",
            "examples of the rarest class, so of every class",
            related=(("data.classes", "the classes"), ("data.examples", "all examples")),
            help="`data.smallest_class` is the number of examples of the rarest class: correct one "
            "of the three, or write `multilabel: true` if an example may have several classes",
        )
    elif (data.smallest_class > data.examples).certain:
        yield Contradiction(
            "SPC010",
            f"the rarest class has {data.smallest_class} examples, all have {data.examples}",
            "data.smallest_class",
            "examples of the rarest class",
            related=(("data.examples", "all examples"),),
            help="correct one of the two",
        )


def _rates(spec: Spec) -> Iterator[Contradiction]:
    data = spec.data
    if data.positive_rate.given.certain and (data.classes > 2).certain:
        yield Contradiction(
            "SPC010",
            "`data.positive_rate` is the share of one of two classes, "
            f"`data.classes` is {data.classes}",
            "data.positive_rate",
            "the share of the positive class",
            related=(("data.classes", "more than two"),),
            help="leave `positive_rate` out and say how rare the rarest class is: `smallest_class`",
        )


def _direction(spec: Spec) -> Iterator[Contradiction]:
    metric, direction = spec.target.metric.text, spec.target.direction
    right = direction_of(metric) if metric else None
    if right and direction.text not in (None, right):
        yield Contradiction(
            "SPC010",
            f"`target.direction` is {direction.text}, {metric} is better when it is "
            f"{'higher' if right == 'maximize' else 'lower'}",
            "target.direction",
            "the declared direction",
            related=(("target.metric", f"{right} follows from this"),),
            help="leave `direction` out: it follows from the metric",
        )


def _scores(spec: Spec) -> Iterator[Contradiction]:
    """Scores that their metric cannot take."""
    target = spec.target
    metric = target.metric
    for score in (
        target.value, target.baseline, target.human, target.state_of_the_art, target.pilot,
        *(point.score for point in target.curve),
    ):  # fmt: skip
        yield from _score(score, metric, 0.0)
    yield from _score(target.expected_gain, metric, -1.0)
    for alternative in spec.alternatives:
        own = alternative.metric
        yield from _score(alternative.score, metric if own.absent else own, 0.0)


def _score(score: Measure, metric: Choice, least: float) -> Iterator[Contradiction]:
    """A score of a metric in 0..1, or a gain in it (`least` -1), that lies outside for certain."""
    name = metric.text
    if score.absent or name is None or not (name in PROPORTIONS or name in RANKS):
        return
    too_high = name not in ABOVE_ONE and (score > 1).certain
    if too_high or (score < least).certain:
        yield Contradiction(
            "SPC006",
            f"`{score.path}` is {score}, "
            f"{'a gain in ' if least else ''}{name} lies in {least:g}..1",
            score.path,
            "out of bounds",
            related=((metric.path, "the metric"),),
            help=_percent(score) if too_high else None,
        )


def _percent(score: Quantity) -> str | None:
    """The score that is meant where 95 stands for 95 %."""
    if score.high > 100:
        return None
    if score.is_point:
        return f"did you mean {score.low:g} % ({score.low / 100:g})?"
    return f"did you mean {score.low:g}%..{score.high:g}%?"


def _texts(spec: Spec) -> Iterator[Contradiction]:
    for text in _declared_texts(spec):
        written = text.text or ""
        if not is_placeholder(written):
            continue
        shown = " ".join(written.split())
        yield Contradiction(
            "SPC011",
            f"`{text.path}` holds a placeholder, `{shown[:40]}`"
            if shown
            else f"`{text.path}` is empty",
            text.path,
            "says nothing",
            help="say it, write `unknown` where nobody knows yet, or leave the field out",
            severity=NOTE,
        )


def _declared_texts(part: Section | Items[Any]) -> Iterator[Choice]:
    """The texts that a section or a list declares, at any depth."""
    for fact in vars(part).values() if isinstance(part, Section) else part:
        kind = type(fact)
        if kind is Choice:
            if not fact.options and fact.state is DECLARED and not _judged_elsewhere(fact.path):
                yield fact
        elif kind is not Measure and isinstance(fact, Section | Items):
            yield from _declared_texts(fact)


def _judged_elsewhere(path: str) -> bool:
    """Whether a text without options is a name: of the project, or of the rule that is waived."""
    return path == "project.name" or path.endswith("].rule")


_MARKS = frozenset(("TODO", "TBD", "TBA", "TBC", "FIXME", "XXX"))
_EMPTY_WORDS = frozenset(
    (
        "", "todo", "to do", "tbd", "tba", "tbc", "fixme", "fix me", "xx", "xxx", "xxxx", "n/a",
        "to be determined", "to be decided", "to be defined", "to be confirmed", "to be announced",
        "to be done", "fill in", "fill me in", "please fill in", "placeholder", "changeme",
        "change me", "insert text here", "your text here", "lorem", "asdf",
    )
)  # fmt: skip
_PUNCTUATION = " .,:;!?…()[]{}<>*_#'\"`~-–—/"


def is_placeholder(text: str) -> bool:
    """Whether a text is empty, or stands for one that is still to be written.

    >>> [is_placeholder(text) for text in (" ", "TBD", "TODO: ask Anna", "<owner>", "a to-do")]
    [True, True, True, True, False]
    """
    whole = text.strip()
    words = whole.split()
    plain = " ".join(words).strip(_PUNCTUATION).casefold()
    return (
        plain in _EMPTY_WORDS
        or plain.startswith("lorem ipsum")
        or (whole[0] == "<" and whole[-1] == ">")
        or words[0].partition("(")[0].strip(_PUNCTUATION) in _MARKS
        or words[-1].strip(_PUNCTUATION) in _MARKS - {"TODO"}
    )
