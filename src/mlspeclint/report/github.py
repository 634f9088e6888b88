"""Workflow commands: what GitHub Actions reads in the output of a step, and shows beside the lines.

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from mlspeclint.engine.repository import repository_root
from mlspeclint.report.full import notes
from mlspeclint.report.places import below, line_of
from mlspeclint.report.text import safe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.engine.finding import Finding, Run

COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def render(run: Run) -> str:
    """A line for each finding that no waiver covers."""
    root = repository_root()
    return "".join(_command(each, root) for each in run.findings() if each.waived is None)


def _command(finding: Finding, root: str) -> str:
    properties = {"file": below(root, finding.file), "line": str(line_of(finding))}
    if finding.range:
        start, end = finding.range.start, finding.range.end
        properties["endLine"] = str(finding.range.lines()[-1])
        # The runner drops columns of different lines, and says so in the log of every step.
        if start[0] == end[0]:
            properties |= {"col": str(start[1]), "endColumn": str(end[1])}
    properties["title"] = f"{finding.code} {finding.name}"
    told = [finding.message, *(f"{label}: {text}" for label, text in notes(finding))]
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = "%0A".join(_data(each) for each in told)
    return f"::{COMMANDS[finding.severity]} {listed}::{message}\n"


def _data(text: str) -> str:
    # Line breaks cannot come: `safe` makes spaces of them.
    return safe(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
