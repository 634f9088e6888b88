"""`mlspeclint rules`: list the rules."""

from __future__ import annotations

import click

from mlspeclint.cli.output import style_for, write
from mlspeclint.cli.parameters import Choice


@click.command(name="rules")
@click.option("-f", "--output-format", "name", type=Choice(["text", "json"]), default="text",
              show_default=True, help="How to show them.")  # fmt: skip
def command(name: str) -> None:
    """List the rules: code, severity, state, basis, name, and what each looks for.

    The state is that of a proposal in the working folder: on, off, or policy where the configuration sets its
    severity or a limit, or where the rule is the organisation's own.

    \b
    Examples:
      mlspeclint rules                     # a line a rule
      mlspeclint rules -f json             # for programs
    """
    from mlspeclint.cli.configured import Configured
    from mlspeclint.policy.keys import DEFAULT_STAGE
    from mlspeclint.report.catalogue import catalogue, render, set_states

    configuration = Configured().of(".")
    if configuration is None:
        rows = [{**row, "policy": []} for row in catalogue()]
    else:
        policy = configuration.policy(DEFAULT_STAGE)
        rows = catalogue(policy.rules)
        set_states(rows, policy, configuration.changes(DEFAULT_STAGE))
    if name == "json":
        from json import dumps

        write(dumps(rows, indent=2) + "\n")
    else:
        write(render(rows, style_for("never")))
