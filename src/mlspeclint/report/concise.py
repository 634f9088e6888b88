"""One line a finding, for editors and for grep."""

from __future__ import annotations

from mlspeclint.report.text import safe, with_changes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.engine.finding import Finding, Run
    from mlspeclint.report.style import Style


def render(run: Run, style: Style) -> str:
    """`path:line:column: severity[CODE] message`, for findings that no waiver covers."""
    lines = (_line(finding) for finding in run.findings() if finding.waived is None)
    return style.fit("".join(f"{line}\n" for line in lines))


def _line(finding: Finding) -> str:
    line, column = finding.range.start if finding.range else (1, 1)
    place = f"{safe(finding.file)}:{line}:{column}"
    return f"{place}: {finding.severity}[{finding.code}] {safe(with_changes(finding))}"
