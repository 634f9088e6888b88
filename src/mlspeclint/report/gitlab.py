"""The Code Quality report of GitLab: a list of findings as JSON.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from hashlib import sha256
from json import dumps

from mlspeclint.engine.repository import repository_root
from mlspeclint.report.places import below, line_of
from mlspeclint.report.text import safe, with_changes
from mlspeclint.rules.rule import POSSIBLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mlspeclint.engine.finding import Finding, Run

SEVERITIES = {"error": "critical", "warning": "major", "note": "minor"}


def render(run: Run) -> str:
    """The findings that no waiver covers."""
    root = repository_root()
    taken: set[str] = set()
    return (
        dumps(
            [_issue(each, root, taken) for each in run.findings() if each.waived is None],
            indent=2,
        )
        + "\n"
    )


def _issue(finding: Finding, root: str, taken: set[str]) -> dict[str, Any]:
    possible = finding.outcome == POSSIBLE
    return {
        "description": safe(f"{finding.code}: {with_changes(finding)}"),
        "check_name": finding.name,
        "fingerprint": _fingerprint(finding, taken),
        "severity": "info" if possible else SEVERITIES[finding.severity],
        "location": {
            "path": safe(below(root, finding.file)),
            "lines": {"begin": line_of(finding)},
        },
    }


def _fingerprint(finding: Finding, taken: set[str]) -> str:
    """That of the finding, or one of its own where another has it: GitLab takes them for the same one."""
    fingerprint = finding.fingerprint
    while fingerprint in taken:
        fingerprint = sha256(fingerprint.encode()).hexdigest()[:32]
    taken.add(fingerprint)
    return fingerprint
