"""The Diagnostic Format of reviewdog, as JSON.

https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
"""

from __future__ import annotations

from json import dumps

from mlspeclint.engine.repository import repository_root
from mlspeclint.report.full import notes
from mlspeclint.report.places import below
from mlspeclint.report.text import safe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mlspeclint.engine.finding import Finding, Position, Run

SEVERITIES = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def render(run: Run) -> str:
    """The findings that no waiver covers."""
    root = repository_root()
    report = {
        "source": {"name": "mlspeclint"},
        "diagnostics": [_diagnostic(f, root) for f in run.findings() if f.waived is None],
    }
    return dumps(report, indent=2) + "\n"


def _diagnostic(finding: Finding, root: str) -> dict[str, Any]:
    told = [finding.message, *(f"{label}: {text}" for label, text in notes(finding))]
    location: dict[str, Any] = {"path": safe(below(root, finding.file))}
    if finding.range:
        location["range"] = {
            "start": _position(finding.range.start, finding),
            "end": _position(finding.range.end, finding),
        }
    diagnostic: dict[str, Any] = {
        "message": "\n".join(safe(each) for each in told),
        "location": location,
        "severity": SEVERITIES[finding.severity],
        "code": {"value": finding.code},
    }
    fix = finding.fix
    # A suggestion is taken by a click, and has no room to say what it may change: safe ones only.
    if fix and fix.safe:
        diagnostic["suggestions"] = [
            {
                "range": {
                    "start": _position(place.start, finding),
                    "end": _position(place.end, finding),
                },
                "text": text,
            }
            for place, text in fix.replacements(finding.source)
        ]
    return diagnostic


def _position(position: Position, finding: Finding) -> dict[str, int]:
    """Columns count the bytes of UTF-8 here."""
    line, column = position
    before = finding.source.line(line)[: column - 1]
    return {"line": line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}
