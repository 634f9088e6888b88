"""Making and writing the reports of a check, each in its format and to its place."""

from __future__ import annotations

import sys

from mlspeclint.cli.options import SERVICE_FORMATS
from mlspeclint.cli.output import style_for, write, write_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.engine.finding import Run
    from mlspeclint.report.style import Style


def write_reports(
    run: Run,
    formats: tuple[str, ...],
    outputs: tuple[str, ...],
    *,
    colour: str,
    undecided: bool,
    quiet: bool,
    statistics: bool,
    to_error: bool,
) -> None:
    """Write each format to its file, and the one that has none to standard output.

    With `to_error` it goes to standard error: the output is taken by something else.
    """
    for index, name in enumerate(formats):
        to_file = index < len(outputs)
        style = style_for("never" if to_file else colour, to_file)
        text = _rendered(run, name, style, undecided, quiet, statistics)
        if to_file:
            write_file(outputs[index], text)
        elif to_error:
            sys.stderr.write(text)
        else:
            write(text)


def _rendered(
    run: Run, name: str, style: Style, undecided: bool, quiet: bool, statistics: bool
) -> str:
    if name == "full":
        from mlspeclint.report.full import render

        text = render(run, style, undecided=undecided, quiet=quiet)
    elif name == "concise":
        from mlspeclint.report.concise import render as render_concise

        text = render_concise(run, style)
    elif name in SERVICE_FORMATS:
        from importlib import import_module

        report = import_module(f"mlspeclint.report.{name.replace('-', '_')}")
        return style.fit(report.render(run))
    else:
        from mlspeclint.report import json

        return json.render(run) if name == "json" else json.render_lines(run)
    if statistics:
        from mlspeclint.report.statistics import render as render_statistics

        text += render_statistics(run, style)
    return text
