"""The tests of declared rules: specs in which a rule must find something, and specs in which it must not.

An example is a spec or a part of one: what every spec has to declare may be left out, and is then not known
to the rule either. Anything else that is wrong with it fails the example, for a rule that waits for a
misspelt field would pass whatever it says.
"""

from __future__ import annotations

from mlspeclint.document.parse import parse
from mlspeclint.rules.contradictions import contradictions
from mlspeclint.rules.rule import ERROR, UNDECIDED
from mlspeclint.spec.load import load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mlspeclint.policy.declared import Declared
    from mlspeclint.rules.rule import Rule

BAD, GOOD = "bad", "good"
INVALID = "invalid"
"""The outcome of an example that is no spec."""
MISSING_FIELD = "SPC005"


class Tried:
    """An example that was tried: its `kind` (BAD or GOOD), its `number` among those (from 1), its text.

    `outcome` is that of the rule, or INVALID; `told` are the message of the finding, the facts that an
    undecided rule lacks, or what is wrong with the example.
    """

    __slots__ = ("kind", "number", "outcome", "passed", "text", "told")

    def __init__(
        self, kind: str, number: int, text: str, outcome: str, told: str, found: bool
    ) -> None:
        self.kind = kind
        self.number = number
        self.text = text
        self.outcome = outcome
        self.told = told
        self.passed = outcome != INVALID and found is (kind == BAD)


class Tested:
    """A declared rule with its examples tried. It passes where all of them passed, and one of each kind does
    not leave it undecided: an example without a word on what a rule asks for says nothing about it."""

    __slots__ = ("examples", "rule")

    def __init__(self, rule: Rule, examples: tuple[Tried, ...]) -> None:
        self.rule = rule
        self.examples = examples

    @property
    def lacks(self) -> tuple[str, ...]:
        """The kinds of which no example decides the rule."""
        kinds = {each.kind for each in self.examples if each.outcome != UNDECIDED}
        return tuple(kind for kind in (BAD, GOOD) if kind not in kinds)

    @property
    def passed(self) -> bool:
        """Whether nothing is left to say."""
        return not self.lacks and all(each.passed for each in self.examples)


def tested(declared: Sequence[Declared], today: date | None = None) -> list[Tested]:
    """All examples of rules, tried as on a day."""
    day = None if today is None else float(today.toordinal())
    return [
        Tested(
            each.rule,
            tuple(
                _tried(each.rule, kind, number, text, day)
                for kind, texts in ((BAD, each.bad), (GOOD, each.good))
                for number, text in enumerate(texts, start=1)
            ),
        )
        for each in declared
    ]


def _tried(rule: Rule, kind: str, number: int, text: str, day: float | None) -> Tried:
    file = parse(text.encode())
    if file.problems:
        return Tried(kind, number, text, INVALID, file.problems[0].message, False)
    if len(file.documents) != 1:
        return Tried(kind, number, text, INVALID, "an example is one document", False)
    loaded = load(file.documents[0], day)
    problems = [each for each in loaded.problems if each.code != MISSING_FIELD]
    if loaded.spec is None or problems:
        wrong = (problems or loaded.problems)[0]
        help = f"; {wrong.help}" if wrong.help else ""
        return Tried(kind, number, text, INVALID, f"{wrong.message}{help}", False)
    for contradiction in contradictions(loaded.spec):
        if contradiction.severity == ERROR:
            return Tried(kind, number, text, INVALID, contradiction.message, False)
    outcome = rule.check(loaded.spec)
    told = outcome.tell().message if outcome.tell else ""
    if outcome.kind == UNDECIDED:
        told = f"lacks {', '.join(sorted(outcome.missing))}"
    return Tried(kind, number, text, outcome.kind, told, outcome.tell is not None)
