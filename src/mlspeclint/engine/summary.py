"""What the findings add up to, and how much they weigh."""

from __future__ import annotations

from mlspeclint.rules.rule import ERROR, NOTE, POSSIBLE, WARNING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlspeclint.engine.finding import Finding

WEIGHTS = {ERROR: 4.0, WARNING: 2.0, NOTE: 1.0}
"""How much more an undecided error matters than an undecided note."""


class Counts:
    """How many findings of each kind count, and how many do not: all that are waived, and those among them
    that a baseline knows."""

    __slots__ = ("errors", "known", "notes", "possible", "waived", "warnings")

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.errors = self.warnings = self.notes = self.possible = self.waived = self.known = 0
        for finding in findings:
            if finding.waived is not None:
                self.waived += 1
                self.known += finding.waived.via == "baseline"
            elif finding.outcome == POSSIBLE:
                self.possible += 1
            elif finding.severity == ERROR:
                self.errors += 1
            elif finding.severity == WARNING:
                self.warnings += 1
            else:
                self.notes += 1
