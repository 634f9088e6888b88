"""Findings that are no news to `check`: those of a baseline, and those that were there at a revision."""

from __future__ import annotations

import os

from mlspeclint.cli.output import fail, notice
from mlspeclint.engine.repository import repository_root
from mlspeclint.report.places import below
from mlspeclint.report.text import plural
from mlspeclint.spec.shapes import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlspeclint.cli.configured import Configured
    from mlspeclint.engine.baseline import Entry
    from mlspeclint.engine.finding import FileReport, Finding, Run
    from mlspeclint.engine.settings import Settings

LONGEST = 400
"""Characters of an entry that are told."""
MOST_STALE = 50
"""Stale entries that are listed; the others are counted."""


def with_baseline(run: Run, path: str | None, write: bool) -> None:
    """Waive what the baseline knows, and tell which of its entries are stale; with `write`, make it first of
    what counts now. Ends the run where that cannot be."""
    from mlspeclint.engine import baseline

    if path is None:
        path = os.path.relpath(os.path.join(repository_root(), baseline.NAME))  # noqa: PTH118
    root = repository_root(os.path.realpath(os.path.dirname(path)))  # noqa: PTH120

    def place(file: str) -> str:
        return below(root, os.path.realpath(file))

    try:
        entries = baseline.write(run, path, place) if write else baseline.read(path, root)
    except baseline.BaselineProblem as problem:
        fail(f"cannot {'write' if write else 'read'} the baseline {path}: {problem}")
    run.baseline = baseline.apply(run, entries, root, place)
    if write:
        rest = [finding for finding in run.findings() if finding.waived is None]
        _tell_written(path, entries, rest)
    elif run.baseline.stale:
        _tell_stale(path, run.baseline.stale)


def _tell_written(path: str, entries: list[Entry], rest: list[Finding]) -> None:
    files = len({entry.file for entry in entries})
    notice(f"wrote {plural(len(entries), 'finding')} of {plural(files, 'file')} to {path}")
    if rest:
        codes = ", ".join(sorted({finding.code for finding in rest}))
        notice(
            f"{plural(len(rest), 'finding')} cannot be in a baseline ({codes}): what cannot be waived, and"
            " what is found in a spec without a name"
        )


def _tell_stale(path: str, stale: list[Entry]) -> None:
    number = "1 entry" if len(stale) == 1 else f"{len(stale):,} entries"
    notice(f"{number} of {path} found nothing any more: --write-baseline writes it without")
    for entry in stale[:MOST_STALE]:
        told = shown(f"{entry.code} {entry.file}: {entry.message}", LONGEST)
        notice(f"  {told}")
    if len(stale) > MOST_STALE:
        notice(f"  and {len(stale) - MOST_STALE} more")


def with_revision(
    run: Run,
    checked: list[tuple[FileReport, bytes, Settings]],
    revision: str,
    paths: Iterable[str],
    configured: Configured,
) -> None:
    """Leave what a change has brought. Ends the run where there is nothing to compare with."""
    from mlspeclint.engine.revision import RevisionProblem
    from mlspeclint.engine.settings import UnknownRule
    from mlspeclint.engine.since import compare

    def settings_for(name: str) -> Settings | None:
        try:
            return None if configured.excludes(name) else configured.settings(name)
        except UnknownRule:  # another configuration than that of the files that are there
            return None

    folders = [path for path in paths if os.path.isdir(path)]  # noqa: PTH112
    try:
        compare(run, checked, revision, folders, settings_for)
    except RevisionProblem as problem:
        fail(f"cannot compare with {revision}: {problem}")
