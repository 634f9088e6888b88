"""The summary of a step on GitHub, in Markdown: the files, then the findings with what would clear them."""

from __future__ import annotations

from mlspeclint.engine.summary import Counts
from mlspeclint.report.full import counted, notes
from mlspeclint.report.markdown import escaped, table
from mlspeclint.report.places import below, line_of, repository_root
from mlspeclint.report.text import plural
from mlspeclint.rules.rule import POSSIBLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.engine.finding import FileReport, Finding, Run

ROOM = 256 * 1024
"""Bytes that each of the two tables may take. Of a step that writes more than 1 MiB in all, GitHub shows no
summary at all."""


def render(run: Run) -> str:
    """A summary, which ends in an empty line so that another may follow. Waived findings are counted only."""
    root = repository_root()
    findings = run.findings()
    total = f"**{counted(Counts(findings))}** in {plural(len(run.files), 'file')}"
    if run.undecided():
        total += f", {plural(len(run.undecided()), 'rule')} undecided"
    files = [_file(file, root) for file in run.files if file.findings]
    shown = [_finding(finding, root) for finding in findings if finding.waived is None]
    lines = ["## mlspeclint", "", total, ""]
    if files:
        head = ("File", "Errors", "Warnings", "Notes", "Possible", "Waived")
        lines += [*_table(head, files, "file", right=5), ""]
    if shown:
        lines += [*_table(("Severity", "Rule", "Place", "Finding"), shown, "finding"), ""]
    return "\n".join(lines) + "\n"


def _file(file: FileReport, root: str) -> tuple[str, ...]:
    counts = Counts(file.findings)
    numbers = (counts.errors, counts.warnings, counts.notes, counts.possible, counts.waived)
    return (escaped(below(root, file.file)), *map(str, numbers))


def _finding(finding: Finding, root: str) -> tuple[str, ...]:
    told = [finding.message, *(f"{label}: {text}" for label, text in notes(finding))]
    return (
        "possible" if finding.outcome == POSSIBLE else finding.severity,
        f"{escaped(finding.code)} {escaped(finding.name)}",
        escaped(f"{below(root, finding.file)}:{line_of(finding)}"),
        "<br>".join(escaped(each) for each in told),
    )


def _table(
    head: tuple[str, ...], rows: list[tuple[str, ...]], noun: str, right: int = 0
) -> list[str]:
    """The lines of a table of at most `ROOM` bytes, and how many rows had no room."""
    lines = table(head, rows, right=right)
    taken = 0
    for index, line in enumerate(lines):
        taken += len(line.encode()) + 1
        if taken > ROOM:
            more = plural(len(lines) - index, f"more {noun}")
            return [*lines[:index], "", f"{more} not shown here."]
    return lines
