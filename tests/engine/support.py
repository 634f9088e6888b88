"""Checking a few lines of YAML with the whole pipeline."""

from __future__ import annotations

from datetime import date
from textwrap import dedent

from mlspeclint.engine.check import check_file
from mlspeclint.engine.finding import FileReport, Finding
from mlspeclint.engine.settings import Settings

from ..rules.support import REST, TODAY


def complete(text: str) -> str:
    """A fragment with the required sections that it lacks in front."""
    text = dedent(text).strip("\n") + "\n"
    present = {line.split(":")[0] for line in text.splitlines()}
    return "".join(part for key, part in REST.items() if key not in present) + text


def check(
    text: str,
    *,
    select: str = "",
    today: date = TODAY,
    name: str = "ml-project.yaml",
    whole: bool = False,
    no_waivers: bool = False,
) -> FileReport:
    """The report on a fragment (or, if it is `whole`, on the very text)."""
    chosen = select.split(",") if select else ()
    settings = Settings(select=chosen, today=today, no_waivers=no_waivers)
    data = (text if whole else complete(text)).encode()
    return check_file(data, name, settings)


def codes(report: FileReport) -> list[str]:
    """The codes of the findings that count, in the order of the report."""
    return [finding.code for finding in report.findings if finding.waived is None]


def finding(report: FileReport, code: str) -> Finding:
    """The only finding of a rule."""
    (found,) = [each for each in report.findings if each.code == code]
    return found


def flips(report: FileReport, code: str) -> list[str]:
    """What clears the finding of a rule."""
    return [flip.text for flip in finding(report, code).clears_when]
