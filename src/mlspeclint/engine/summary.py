"""What the findings add up to, and which missing fact would help most."""

from __future__ import annotations

from mlspeclint.rules.rule import ERROR, NOTE, POSSIBLE, WARNING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlspeclint.engine.finding import Finding, Undecided

WEIGHTS = {ERROR: 4.0, WARNING: 2.0, NOTE: 1.0}
"""How much more an undecided error matters than an undecided note."""


class NextFact:
    """A missing fact: the undecided rules that lack nothing else (`decides`), and those that lack more
    (`helps`)."""

    __slots__ = ("decides", "helps", "path")

    def __init__(self, path: str, decides: tuple[str, ...], helps: tuple[str, ...]) -> None:
        self.path = path
        self.decides = decides
        self.helps = helps


def next_facts(undecided: Iterable[Undecided]) -> list[NextFact]:
    """The missing facts, most useful first.

    A fact gets a share of the weight of each rule that lacks it: all of it when nothing else is missing.
    """
    worth: dict[str, float] = {}
    decides: dict[str, list[str]] = {}
    helps: dict[str, list[str]] = {}
    for rule in undecided:
        alone = len(rule.missing) == 1
        for path in rule.missing:
            worth[path] = worth.get(path, 0.0) + WEIGHTS[rule.severity] / len(rule.missing)
            codes = (decides if alone else helps).setdefault(path, [])
            if rule.code not in codes:
                codes.append(rule.code)
    ranked = sorted(worth, key=lambda path: (-worth[path], path))
    return [
        NextFact(path, tuple(decides.get(path, ())), tuple(helps.get(path, ()))) for path in ranked
    ]


class Counts:
    """How many findings of each kind count, and how many a waiver covers."""

    __slots__ = ("errors", "notes", "possible", "waived", "warnings")

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.errors = self.warnings = self.notes = self.possible = self.waived = 0
        for finding in findings:
            if finding.waived is not None:
                self.waived += 1
            elif finding.outcome == POSSIBLE:
                self.possible += 1
            elif finding.severity == ERROR:
                self.errors += 1
            elif finding.severity == WARNING:
                self.warnings += 1
            else:
                self.notes += 1
