"""`mlspeclint compare`: every approach against every concern, on one spec."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlspeclint.cli.check import with_option
from mlspeclint.cli.parameters import Choice
from mlspeclint.cli.plans import (
    STATUS,
    deliver,
    output_style,
    plans,
    with_spec_options,
)
from mlspeclint.engine.compare import compare

if TYPE_CHECKING:
    from datetime import date

    from mlspeclint.cli.plans import Plan
    from mlspeclint.engine.compare import Comparison


@click.command(name="compare", epilog=STATUS)
@with_spec_options
@click.option("-f", "--output-format", "form", type=Choice(["text", "json"]), default="text",
              show_default=True, help="How to show it.")  # fmt: skip
@click.option("--rules", is_flag=True, help="Show what each rule says, too.")
@with_option("colour")
def command(
    path: str,
    document: int | None,
    today: date | None,
    stdin_filename: str,
    output: str | None,
    colour: str,
    form: str,
    rules: bool,
) -> None:
    """Compare every approach on one plan: rules, statistics, classical ML, prompting, few-shot, frozen
    features, fine-tuned and from scratch.

    All rules are evaluated on the spec as it would be with each approach, and the worst outcome of each
    concern is shown. Facts of the chosen approach (training time, serving cost, scores, ...) say nothing
    of another one: they come from its entry in `alternatives`, from published figures as an interval, or
    leave rules undecided. It names the approach with the fewest conflicts, and the cheapest change that
    would make the chosen one clean.

    \b
    Examples:
      mlspeclint compare ml-project.yaml           # concern by concern
      mlspeclint compare ml-project.yaml --rules   # rule by rule
      mlspeclint compare ml-project.yaml -f json -o comparison.json
    """
    found = plans(path, document, today, stdin_filename)
    compared = [(plan, comparison_of(plan)) for plan in found]
    if form == "json":
        from mlspeclint.report.compare import as_json
        from mlspeclint.report.plans import render as render_json

        entries = [{**plan.identity, **as_json(comparison)} for plan, comparison in compared]
        text = render_json("comparisons", entries)
    else:
        from mlspeclint.report.compare import render

        style = output_style(colour, output)
        text = "\n".join(render(plan.name, each, style, rules=rules) for plan, each in compared)
    deliver(text, output)


def comparison_of(plan: Plan) -> Comparison:
    """The approaches compared on a plan, with its waivers."""
    waived = {finding.code for finding in plan.report.findings if finding.waived is not None}
    with plan.limits():
        return compare(plan.spec, plan.settings.rules, waived)
