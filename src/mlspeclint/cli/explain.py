"""`mlspeclint explain`: the page of a rule, or the documentation of a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlspeclint.cli.check import with_option
from mlspeclint.cli.output import fail, style_for, write

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def _completed(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from mlspeclint.cli.candidates import subjects

    return subjects(ctx, param, incomplete)


@click.command(name="explain")
@click.argument("subject", shell_complete=_completed)
@with_option("colour")
def command(subject: str, colour: str) -> None:
    """Show the page of a rule (by code or name), or what a field or a section of the spec means.

    Rules are those of the tool, and those of the configuration in the working folder. What that sets of a
    rule, or demands of a field, is told at the end.

    \b
    Examples:
      mlspeclint explain LBL301                 # the page of a rule
      mlspeclint explain labelling-over-budget  # the same
      mlspeclint explain labels.cost_each       # what a field means
      mlspeclint explain labels                 # a section and its fields
    """
    from mlspeclint.cli.configured import Configured
    from mlspeclint.report.pages import explained, nearest, policy_section
    from mlspeclint.rules import RULES

    style = style_for(colour)
    configuration = Configured().of(".")
    rules = configuration.rules if configuration else RULES
    text = explained(subject, style, rules)
    if text is None:
        fail(f"there is no rule, field or section `{subject}`{nearest(subject, rules)}")
    if configuration:
        text += policy_section(configuration.said_of(subject), style)
    write(style.fit(text))
