"""`mlspeclint record`: a decision record in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlspeclint.cli.compare import comparison_of
from mlspeclint.cli.cost import statement_of
from mlspeclint.cli.plans import STATUS, deliver, output_style, plans, with_spec_options
from mlspeclint.engine.margins import margins
from mlspeclint.engine.next_facts import next_facts
from mlspeclint.report.record import Subject, render

if TYPE_CHECKING:
    from datetime import date

    from mlspeclint.cli.plans import Plan


@click.command(name="record", epilog=STATUS)
@with_spec_options
def command(
    path: str, document: int | None, today: date | None, stdin_filename: str, output: str | None
) -> None:
    """Write an architecture decision record of a plan, in Markdown.

    It tells the decision, the facts (declared, unknown, missing), the conflicts with their numbers, the
    waivers with owner and last day, the alternatives, the cost, what would change the verdict, and what
    to find out next. Keep it in the repository beside the spec, and write it anew when the plan changes.

    \b
    Examples:
      mlspeclint record ml-project.yaml                           # print it
      mlspeclint record ml-project.yaml -o docs/decisions/0007.md # keep it
      mlspeclint record ml-project.yaml --today 2026-11-21        # as on a day
    """
    found = plans(path, document, today, stdin_filename)
    text = "\n".join(render(subject_of(plan)) for plan in found)
    deliver(output_style("never", output).fit(text), output)


def subject_of(plan: Plan) -> Subject:
    """Everything that a record tells of a plan."""
    return Subject(
        plan.name,
        plan.spec,
        plan.report,
        comparison=comparison_of(plan),
        cost=statement_of(plan),
        next_facts=next_facts(plan.report),
        margins=margins(plan.spec, plan.settings.rules),
        day=plan.settings.day,
    )
