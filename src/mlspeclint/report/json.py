"""The report for programs: JSON, version 1 (keys may be added, never changed), or one finding a line."""

from __future__ import annotations

from json import dumps

from mlspeclint import __version__
from mlspeclint.engine.summary import Counts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mlspeclint.engine.finding import Finding, Range, Run


def render(run: Run) -> str:
    """One JSON object. Everything beyond ASCII is escaped, so that no console can spoil it."""
    counts = Counts(run.findings())
    report = {
        "version": 1,
        "tool": {"name": "mlspeclint", "version": __version__},
        "findings": [_finding(finding) for finding in run.findings()],
        "undecided": [
            {
                "code": rule.code,
                "name": rule.name,
                "file": rule.file,
                "document": rule.document,
                "missing": list(rule.missing),
            }
            for rule in run.undecided()
        ],
        "summary": {
            "files": len(run.files),
            "errors": counts.errors,
            "warnings": counts.warnings,
            "notes": counts.notes + counts.possible,
            "possible": counts.possible,
            "waived": counts.waived,
            "undecided": len(run.undecided()),
            "facts_declared": sum(file.declared for file in run.files),
            "facts_relevant": sum(file.relevant for file in run.files),
        }
        | _compared(run),
    }
    return dumps(report, indent=2) + "\n"


def render_lines(run: Run) -> str:
    """One JSON object a finding, a line each."""
    return "".join(f"{dumps(_finding(finding))}\n" for finding in run.findings())


def _compared(run: Run) -> dict[str, Any]:
    """What a run was held against, if it was."""
    told: dict[str, Any] = {}
    if run.baseline is not None:
        told["baseline"] = {"known": run.baseline.known, "stale": len(run.baseline.stale)}
    if run.since is not None:
        from mlspeclint.report.since import as_json

        told["since"] = as_json(run.since, run)
    return told


def _finding(finding: Finding) -> dict[str, Any]:
    told = {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "outcome": finding.outcome,
        "message": finding.message,
        "file": finding.file,
        "document": finding.document,
        "path": finding.path,
        "range": _range(finding.range),
        "related": [
            {"path": place.path, "range": _range(place.range), "label": place.label}
            for place in finding.related
        ],
        "clears_when": [
            {"path": flip.path, "operator": flip.operator, "value": flip.value, "text": flip.text}
            for flip in finding.clears_when
        ],
        "clears": finding.clears or None,
        "settled_by": list(finding.settles),
        "instead": finding.instead or None,
        "basis": finding.basis or None,
        "sources": list(finding.sources),
        "policy": list(finding.policy),
        "docs": (finding.rule and finding.rule.docs) or f"mlspeclint explain {finding.code}",
        "fingerprint": finding.fingerprint,
        "waived": _waived(finding),
        "fix": _fix(finding),
    }
    if finding.since is not None:
        from mlspeclint.report.since import finding_as_json

        told["since"] = finding_as_json(finding.since)
    return told


def _range(place: Range | None) -> dict[str, dict[str, int]] | None:
    if place is None:
        return None
    return {
        "start": {"line": place.start[0], "column": place.start[1]},
        "end": {"line": place.end[0], "column": place.end[1]},
    }


def _fix(finding: Finding) -> dict[str, Any] | None:
    fix = finding.fix
    if fix is None:
        return None
    return {
        "title": fix.title,
        "safe": fix.safe,
        "edits": [
            {"range": _range(place), "text": text}
            for place, text in fix.replacements(finding.source)
        ],
    }


def _waived(finding: Finding) -> dict[str, str | None] | None:
    waiver = finding.waived
    if waiver is None:
        return None
    return {"reason": waiver.reason, "by": waiver.by, "until": waiver.until, "via": waiver.via}
