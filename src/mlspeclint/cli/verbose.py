"""What `check --verbose` tells of each file: which rules ran, and what came of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mlspeclint.report.text import plural
from mlspeclint.rules.rule import CLEAR, CONFLICT, NOT_APPLICABLE, POSSIBLE, UNDECIDED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlspeclint.engine.finding import FileReport
    from mlspeclint.engine.settings import Settings
    from mlspeclint.policy.configuration import Configuration

WORDS = {
    CLEAR: "clear",
    NOT_APPLICABLE: "not applicable",
    UNDECIDED: "undecided",
    POSSIBLE: "possible",
    CONFLICT: "in conflict",
}


def told(
    report: FileReport, settings: Settings, configuration: Configuration | None
) -> Iterator[str]:
    """What was done with each document of a file, with `settings` or those of its stage.

    Rules are pure: asking them again is cheaper than to keep every answer.
    """
    if not report.specs:
        yield f"{report.file}: no rule ran, as it cannot be read as a spec"
    several = len(report.specs) > 1
    files = ", ".join(layer.name for layer in configuration.layers) if configuration else "none"
    for document, spec in report.specs:
        rules = report.settings.get(document.index, settings).rules
        outcomes = Counter(rule.check(spec).kind for rule in rules)
        counts = ", ".join(f"{outcomes[kind]} {word}" for kind, word in WORDS.items())
        name = f"{report.file}, document {document.index + 1}" if several else report.file
        yield f"{name}: {plural(len(rules), 'rule')}: {counts}; configuration: {files}"
