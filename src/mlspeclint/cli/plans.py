"""What `compare`, `cost` and `record` share: one file, and the plans in it."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from mlspeclint.cli.check import with_option
from mlspeclint.cli.configured import Configured
from mlspeclint.cli.inputs import read_file
from mlspeclint.cli.output import style_for, write, write_file
from mlspeclint.cli.parameters import Specs
from mlspeclint.document.limits import MAX_BYTES
from mlspeclint.engine.check import check_file
from mlspeclint.engine.finding import FileReport, Run
from mlspeclint.report.full import render
from mlspeclint.report.style import Style
from mlspeclint.rules.names import SPEC_NAMES
from mlspeclint.rules.rule import ERROR

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import date
    from typing import Any

    from mlspeclint.engine.finding import Finding
    from mlspeclint.engine.settings import Settings
    from mlspeclint.spec.compiled import Spec

STATUS = """\b
Exit status:
  0  it is done
  1  the spec has mistakes, which standard error tells
  2  an error of usage or of the tool itself
"""
"""What ends the help of a command on one spec."""


class Plan:
    """One document of a file, counted from 0; `report` is what `check` says of it alone."""

    __slots__ = ("document", "report", "settings", "spec")

    def __init__(self, spec: Spec, document: int, report: FileReport, settings: Settings) -> None:
        self.spec = spec
        self.document = document
        self.report = report
        self.settings = settings

    @property
    def name(self) -> str:
        """The project's name."""
        return self.spec.project.name.text or "unnamed"

    def limits(self) -> AbstractContextManager[object]:
        """Puts the limits that the configuration sets in force, for what is computed without rules."""
        return self.settings.limits or nullcontext()

    @property
    def identity(self) -> dict[str, Any]:
        """Which document it is, for programs."""
        return {"file": self.report.file, "document": self.document, "name": self.name}


def with_spec_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the argument and the options that all commands on one spec have."""
    for add in reversed(
        (
            click.argument("path", metavar="SPEC", type=Specs()),
            click.option("--document", type=click.IntRange(min=1), metavar="N",
                         help="Only the Nth document of the file, counted from 1."),
            with_option("today"),
            with_option("stdin_filename"),
            click.option("-o", "--output-file", "output", type=click.Path(), metavar="FILE",
                         help="Write to a file instead of the output."),
        )
    ):  # fmt: skip
        command = add(command)
    return command


def plans(
    path: str, document: int | None, today: date | None, stdin_filename: str, *, rules: bool = True
) -> tuple[Plan, ...]:
    """The plans in a file (`-`: standard input), or the one of that number, judged by all rules or none.

    What is wrong with them as specs is told on standard error, and ends the run with status 1.
    """
    if path == "-":
        data, name = sys.stdin.buffer.read(MAX_BYTES + 1), stdin_filename
    else:
        data, name = read_file(path), path
    configured = Configured(select=() if rules else ("SPC",), today=today)
    whole = check_file(data, name, configured.settings(name))
    indices = {each.document for each in whole.findings} | {each.index for each, _ in whole.specs}
    count = 1 + max(indices)
    if document is not None and document > count:
        raise click.UsageError(f"there is no document {document} in {name}, which has {count}")
    wanted = range(count) if document is None else range(document - 1, document)
    mistakes = [each for each in whole.findings if each.document in wanted and _is_mistake(each)]
    if mistakes:
        _tell(name, mistakes)
        sys.exit(1)
    return tuple(
        Plan(spec, each.index, _part(whole, each.index), whole.settings[each.index])
        for each, spec in whole.specs
        if each.index in wanted
    )


def _is_mistake(finding: Finding) -> bool:
    return finding.code in SPEC_NAMES and finding.severity == ERROR


def _tell(name: str, mistakes: list[Finding]) -> None:
    """Report on standard error what is wrong with a spec."""
    report = FileReport(name)
    report.findings = mistakes
    encoding = (sys.stderr.encoding or "ascii").lower()
    style = Style(False, None if encoding in ("utf-8", "utf8") else encoding)
    sys.stderr.write(render(Run([report]), style, quiet=True))


def _part(whole: FileReport, document: int) -> FileReport:
    """What a report says of one document."""
    part = FileReport(whole.file)
    part.findings = [each for each in whole.findings if each.document == document]
    part.undecided = [each for each in whole.undecided if each.document == document]
    part.specs = [each for each in whole.specs if each[0].index == document]
    return part


def output_style(colour: str, output: str | None) -> Style:
    """The style of the output, or of the file that takes its place."""
    return style_for("never" if output else colour, output is not None)


def deliver(text: str, output: str | None) -> None:
    """Write to the file, or to standard output."""
    if output is None:
        write(text)
    else:
        write_file(output, text)
