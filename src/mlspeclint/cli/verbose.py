"""What `check --verbose` tells of each file: which rules ran, and what came of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mlspeclint.report.text import plural
from mlspeclint.rules.rule import CLEAR, CONFLICT, NOT_APPLICABLE, POSSIBLE, UNDECIDED

if TYPE_CHECKING:
    from mlspeclint.engine.finding import FileReport
    from mlspeclint.engine.settings import Settings

WORDS = {
    CLEAR: "clear",
    NOT_APPLICABLE: "not applicable",
    UNDECIDED: "undecided",
    POSSIBLE: "possible",
    CONFLICT: "in conflict",
}


def told(report: FileReport, settings: Settings) -> str:
    """What was done with a file. Rules are pure: asking them again is cheaper than to keep every answer."""
    if not report.specs:
        return f"{report.file}: no rule ran, as it cannot be read as a spec"
    outcomes = Counter(rule.check(spec).kind for _, spec in report.specs for rule in settings.rules)
    counts = ", ".join(f"{outcomes[kind]} {word}" for kind, word in WORDS.items())
    documents = len(report.specs)
    where = f" on each of {documents} documents" if documents > 1 else ""
    return f"{report.file}: {plural(len(settings.rules), 'rule')}{where}: {counts}"
