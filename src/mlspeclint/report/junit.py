"""The XML of JUnit, which every CI service can show: a suite for a file, a test case for a finding.

Errors and warnings are failures and waived findings are skipped. A note fails nothing: it is told in the
output of its test case. A file without findings is one test case that passed.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from mlspeclint.engine.repository import repository_root
from mlspeclint.report.full import notes
from mlspeclint.report.places import below, line_of
from mlspeclint.report.text import safe
from mlspeclint.rules.rule import NOTE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.engine.finding import FileReport, Finding, Run


def render(run: Run) -> str:
    """An XML document in ASCII, so that no console can spoil it."""
    root = repository_root()
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="mlspeclint"{_counts(run.files)}>',
    ]
    for file in run.files:
        lines += _suite(file, root)
    lines.append("</testsuites>")
    return "".join(f"{line}\n" for line in lines).encode("ascii", "xmlcharrefreplace").decode()


def _counts(files: list[FileReport]) -> str:
    findings = [finding for file in files for finding in file.findings]
    counts = {
        "tests": sum(max(1, len(file.findings)) for file in files),
        "failures": sum(f.waived is None and f.severity != NOTE for f in findings),
        "errors": 0,
        "skipped": sum(f.waived is not None for f in findings),
    }
    return "".join(f' {name}="{number}"' for name, number in counts.items())


def _suite(file: FileReport, root: str) -> list[str]:
    name = _quoted(below(root, file.file))
    lines = [f"  <testsuite name={name}{_counts([file])}>"]
    if not file.findings:
        lines.append(f'    <testcase name="no findings" classname={name} file={name}/>')
    seen: dict[str, int] = {}
    for finding in file.findings:
        title = f"{finding.code} {finding.name}"
        if finding.path:
            title += f": {finding.path}"
        # Services tell test cases of a file by their names.
        seen[title] = seen.get(title, 0) + 1
        if seen[title] > 1:
            title += f" ({seen[title]})"
        lines += [
            f"    <testcase name={_quoted(title)} classname={name} file={name}"
            f' line="{line_of(finding)}">',
            _result(finding, root),
            "    </testcase>",
        ]
    return [*lines, "  </testsuite>"]


def _result(finding: Finding, root: str) -> str:
    if finding.waived is not None:
        by = f" (by {finding.waived.by})" if finding.waived.by else ""
        until = f" until {finding.waived.until}" if finding.waived.until else ""
        return f"      <skipped message={_quoted(f'waived{until}{by}: {finding.waived.reason}')}/>"
    told = [f"at {below(root, finding.file)}:{line_of(finding)}"]
    if finding.severity == NOTE:
        told.append(f"{finding.severity}: {finding.message}")
    told += [f"{label}: {text}" for label, text in notes(finding)]
    text = escape("\n".join(safe(each) for each in told))
    if finding.severity == NOTE:
        return f"      <system-out>{text}</system-out>"
    message = _quoted(finding.message)
    return f'      <failure type="{finding.severity}" message={message}>{text}</failure>'


def _quoted(text: str) -> str:
    """The text as an attribute with its quotes; what XML 1.0 forbids is written as an escape."""
    return quoteattr(safe(text))
