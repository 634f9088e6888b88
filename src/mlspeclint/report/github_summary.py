"""The summary of a step on GitHub, in Markdown: the files, then the findings with what would clear them."""

from __future__ import annotations

from mlspeclint.engine.repository import repository_root
from mlspeclint.engine.summary import Counts
from mlspeclint.report.full import counted, notes
from mlspeclint.report.markdown import escaped, table
from mlspeclint.report.places import below, line_of
from mlspeclint.report.since import counted as counted_since
from mlspeclint.report.since import lines
from mlspeclint.report.text import plural
from mlspeclint.rules.rule import POSSIBLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.engine.finding import FileReport, Finding, Run
    from mlspeclint.engine.since import RunChange

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
    told = ["## mlspeclint", "", total, ""]
    if run.since is not None:
        told += [*_since(run.since, run, root), ""]
    if files:
        head = ("File", "Errors", "Warnings", "Notes", "Possible", "Waived")
        told += [*_table(head, files, "file", right=5), ""]
    if shown:
        told += [*_table(("Severity", "Rule", "Place", "Finding"), shown, "finding"), ""]
    return "\n".join(told) + "\n"


def _since(since: RunChange, run: Run, root: str) -> list[str]:
    """What a change has brought: the counts, then a row for what is gone and what changed in each file."""
    changes = since.files(run)
    rows: list[tuple[str, ...]] = [
        (escaped(below(root, change.file)), escaped(label), escaped(text))
        for change in changes
        for label, text in lines(change, since.revision)[0 if change.deleted else 1 :]
    ]
    told = [f"Since {escaped(since.revision)}: {counted_since(changes)}."]
    return [*told, "", *_table(("File", "What", "Since then"), rows, "row")] if rows else told


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
