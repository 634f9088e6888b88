"""`mlspeclint cost`: what a plan costs in its parts, beside the same work by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlspeclint.cli.check import with_option
from mlspeclint.cli.output import fail
from mlspeclint.cli.parameters import Choice
from mlspeclint.cli.plans import (
    STATUS,
    deliver,
    output_style,
    plans,
    with_spec_options,
)
from mlspeclint.rules.cost_statement import CostStatement

if TYPE_CHECKING:
    from datetime import date

    from mlspeclint.cli.plans import Plan

FORMATS = ("text", "json", "csv", "markdown")


@click.command(name="cost", epilog=STATUS)
@with_spec_options
@click.option("-f", "--output-format", "form", type=Choice(FORMATS), default="text",
              show_default=True, help="How to show it.")  # fmt: skip
@click.option("--plot", "plot_file", type=click.Path(), metavar="FILE",
              help="Draw the cumulative cost, too: a .svg or .png (mlspeclint[plot]).")  # fmt: skip
@with_option("colour")
def command(
    path: str,
    document: int | None,
    today: date | None,
    stdin_filename: str,
    output: str | None,
    colour: str,
    form: str,
    plot_file: str | None,
) -> None:
    """Show what a plan costs: every part, low and high, once and a year, over the horizon.

    Beside it stands the same work by hand, with the volume and the month at which the model has paid
    back its cost. Facts that are absent count 0 at the low end and have no high end; defaults and
    estimates that entered are listed.

    \b
    Examples:
      mlspeclint cost ml-project.yaml                     # part by part
      mlspeclint cost ml-project.yaml -f csv -o cost.csv  # for a sheet
      mlspeclint cost ml-project.yaml --plot cost.svg     # with a picture
      mlspeclint cost - --document 2 < plans.yaml         # one of many
    """
    kind = _kind(plot_file)
    found = plans(path, document, today, stdin_filename, rules=False)
    statements = [statement_of(plan) for plan in found]
    if plot_file and len(found) != 1:
        raise click.UsageError(f"{path} holds {len(found)} documents: name one by --document")
    if form == "text":
        from mlspeclint.report.cost import render

        style = output_style(colour, output)
        texts = [
            render(plan.name, each, style) for plan, each in zip(found, statements, strict=True)
        ]
        text = "\n".join(texts)
    else:
        text = _formatted(form, found, statements)
    deliver(text, output)
    if plot_file:
        _plot(found[0], statements[0], plot_file, kind)


def statement_of(plan: Plan) -> CostStatement:
    """What a plan costs, with the limits of its configuration."""
    with plan.limits():
        return CostStatement(plan.spec)


def _kind(plot_file: str | None) -> str:
    """The format of the plot, by the end of its name."""
    if plot_file is None:
        return ""
    from mlspeclint.report.plot import FORMATS as DRAWN

    kind = plot_file.rpartition(".")[2].lower()
    if kind not in DRAWN:
        raise click.UsageError(f"{plot_file!r} is neither a .svg nor a .png file")
    return kind


def _formatted(form: str, found: tuple[Plan, ...], statements: list[CostStatement]) -> str:
    from mlspeclint.report.cost_formats import as_csv, as_json, as_markdown

    names = [plan.name for plan in found]
    if form == "csv":
        return as_csv(zip(names, statements, strict=True))
    if form == "markdown":
        return "\n".join(as_markdown(*each) for each in zip(names, statements, strict=True))
    from mlspeclint.report.plans import render

    entries = zip(found, statements, strict=True)
    return render("costs", [{**plan.identity, **as_json(each)} for plan, each in entries])


def _plot(plan: Plan, statement: CostStatement, path: str, kind: str) -> None:
    from mlspeclint.report.plot import NoPlotting, plot

    try:
        plot(plan.name, statement, path, kind)
    except NoPlotting:
        fail("--plot needs matplotlib: pip install 'mlspeclint[plot]'")
    except OSError as error:
        fail(f"cannot write {path}: {error.strerror}")
