"""The value of information: which missing fact would decide most.

A missing fact is tried, not guessed at: it is set to the ends of its domain, or to some of its options, and
the undecided rules that lack it are evaluated again. A rule counts with its weight times the share of the
tried values that decide it. Texts and lists cannot be tried; they get an equal share of the rule with all
other facts that it lacks. Such shares also tell which facts are worth trying where time is short.
"""

from __future__ import annotations

from mlspeclint.engine.flip import FAR, altered, fact_at
from mlspeclint.engine.summary import WEIGHTS
from mlspeclint.rules.rule import UNDECIDED
from mlspeclint.spec.facts import Choice, Flag, Measure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.engine.finding import FileReport, Undecided
    from mlspeclint.spec.compiled import Spec
    from mlspeclint.spec.facts import Fact


MOST_OPTIONS = 6
"""Options of a list that are tried, spread over it."""


class NextFact:
    """A missing fact: the undecided rules that it decides alone, whatever its value is (`decides`), and
    those that it decides for some values, or together with other facts (`helps`).

    `worth` is the weight of what it decides; an undecided error weighs more than a note.
    """

    __slots__ = ("decides", "helps", "path", "worth")

    def __init__(self, path: str, lacking: list[Undecided]) -> None:
        self.path = path
        self._count(lacking, [1 / len(undecided.missing) for undecided in lacking])

    def _count(self, lacking: list[Undecided], shares: list[float]) -> None:
        """Take the share of each rule that the fact decides."""
        self.worth = 0.0
        decides: dict[str, bool] = {}
        for undecided, share in zip(lacking, shares, strict=True):
            self.worth += WEIGHTS[undecided.severity] * share
            decides[undecided.code] = share == 1.0 and decides.get(undecided.code, True)
        self.decides = tuple(code for code, alone in decides.items() if alone)
        self.helps = tuple(code for code, alone in decides.items() if not alone)

    def try_on(self, specs: dict[int, Spec], lacking: list[Undecided]) -> None:
        """Count what values of the fact decide, on the specs of the documents that lack it."""
        changed: dict[int, list[Spec]] = {}
        shares = []
        for undecided in lacking:
            index = undecided.document
            if index not in changed:
                changed[index] = _with_values(specs[index], self.path) if index in specs else []
            kinds = [undecided.rule.check(spec).kind for spec in changed[index]]
            decided = 1 - kinds.count(UNDECIDED) / len(kinds) if kinds else None
            shares.append(1 / len(undecided.missing) if decided is None else decided)
        self._count(lacking, shares)


def next_facts(report: FileReport, tried: int | None = None) -> list[NextFact]:
    """The missing facts of a file, most useful first.

    `tried`: how many are tried, of those with the largest shares (None: all); they come first.
    """
    lacking: dict[str, list[Undecided]] = {}
    for undecided in report.undecided:
        for path in undecided.missing:
            lacking.setdefault(path, []).append(undecided)
    facts = [NextFact(path, rules) for path, rules in lacking.items()]
    facts.sort(key=lambda fact: (-fact.worth, fact.path))
    specs = {document.index: spec for document, spec in report.specs}
    best, rest = facts[:tried], [] if tried is None else facts[tried:]
    for fact in best:
        fact.try_on(specs, lacking[fact.path])
    # The sort is stable: of equals the one with the larger share comes first.
    return sorted(best, key=lambda fact: -fact.worth) + rest


def _with_values(spec: Spec, path: str) -> list[Spec]:
    """The spec with each of the values of a fact that are worth trying; none for a text or a list."""
    fact = None if "[" in path else fact_at(spec, path)
    return [altered(spec, path, value) for value in _values(fact)]


def _values(fact: Fact | None) -> list[Fact]:
    if isinstance(fact, Measure):
        ends = (max(fact.kind.low, -FAR), min(fact.kind.high, FAR))
        return [fact.at(end, end) for end in ends]
    if isinstance(fact, Flag):
        return [fact.at(True), fact.at(False)]
    if isinstance(fact, Choice):
        step = -(-len(fact.options) // MOST_OPTIONS) or 1
        return [fact.at(option) for option in fact.options[::step]]
    return []
