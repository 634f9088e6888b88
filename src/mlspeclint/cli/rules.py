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

    \b
    Examples:
      mlspeclint rules                     # a line a rule
      mlspeclint rules -f json             # for programs
    """
    from mlspeclint.report.catalogue import catalogue, render

    if name == "json":
        from json import dumps

        write(dumps(catalogue(), indent=2) + "\n")
    else:
        write(render(catalogue(), style_for("never")))
