"""What a change has brought, beside the findings: the counts, what is gone, and the facts that changed."""

from __future__ import annotations

from mlspeclint.report.text import plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from mlspeclint.engine.finding import Run
    from mlspeclint.engine.since import FileChange, Gone, RunChange, Since

MOST_GONE = 10
"""Findings of a file that are listed as gone; the others are counted."""
MOST_CHANGED = 8
"""Changed facts of a file that are listed; the others are counted."""


def counted(changes: Iterable[FileChange]) -> str:
    """How many findings are new, worse, gone and as they were."""
    new = worse = same = gone = 0
    for change in changes:
        new += change.new
        worse += change.worse
        same += change.same
        gone += len(change.gone)
    parts = [f"{new} new" if new else "", f"{worse} worse" if worse else ""]
    told = [part for part in parts if part] or ["nothing new"]
    told += [f"{gone} gone"] if gone else []
    told += [f"{same} as before"] if same else []
    return ", ".join(told)


def lines(change: FileChange, revision: str) -> list[tuple[str, str]]:
    """What is told of a file, each with a label: the counts, what is gone, and what changed."""
    told = [] if change.deleted else [(f"since {revision}", counted([change]))]
    told += [("gone", gone_text(gone)) for gone in change.gone[:MOST_GONE]]
    if len(change.gone) > MOST_GONE:
        told.append(("gone", plural(len(change.gone) - MOST_GONE, "other finding")))
    if change.changes:
        told.append(("changed", _listed([each.text for each in change.changes])))
    return told


def _listed(texts: Sequence[str]) -> str:
    told = list(texts[:MOST_CHANGED])
    if len(texts) > MOST_CHANGED:
        told.append(plural(len(texts) - MOST_CHANGED, "other fact"))
    return "; ".join(told)


def gone_text(gone: Gone) -> str:
    """A finding that is gone, and why; one of which a rule cannot tell any more is not mended."""
    finding = gone.finding
    told = f"{finding.code} {finding.name}"
    if gone.undecided:
        told += " (undecided now)"
    return f"{told}: {gone.text}" if gone.text else told


def finding_as_json(since: Since) -> dict[str, Any]:
    """Why a finding is reported, for programs."""
    severity, outcome = since.before or (None, None)
    return {
        "state": since.state,
        "before": since.before and {"severity": severity, "outcome": outcome},
        "changes": [{"path": each.path, "text": each.text} for each in since.changes],
        "text": since.text,
    }


def as_json(since: RunChange, run: Run) -> dict[str, Any]:
    """The summary for programs."""
    changes = since.files(run)
    return {
        "revision": since.revision,
        "commits": since.commits,
        "new": sum(change.new for change in changes),
        "worse": sum(change.worse for change in changes),
        "same": sum(change.same for change in changes),
        "gone": [
            {
                "code": gone.finding.code,
                "name": gone.finding.name,
                "severity": gone.finding.severity,
                "outcome": gone.finding.outcome,
                "message": gone.finding.message,
                "file": change.file,
                "document": gone.finding.document,
                "undecided": gone.undecided,
                "text": gone.text,
            }
            for change in changes
            for gone in change.gone
        ],
        "changes": [
            {"file": change.file, "path": each.path, "text": each.text}
            for change in changes
            for each in change.changes
        ],
        "deleted": [change.file for change in since.deleted],
    }
