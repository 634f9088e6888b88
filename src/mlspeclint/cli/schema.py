"""`mlspeclint schema`: print the JSON Schema of a spec."""

from __future__ import annotations

import click

from mlspeclint.cli.output import write


@click.command(name="schema")
def command() -> None:
    """Print the JSON Schema of a spec (draft 2020-12), for editors and other tools.

    \b
    Examples:
      mlspeclint schema > ml-project.schema.json
    """
    from importlib.resources import files

    name = "ml-project.v1.schema.json"
    write(files("mlspeclint").joinpath("schemas", name).read_text(encoding="utf-8"))
