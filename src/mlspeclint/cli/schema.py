"""`mlspeclint schema`: print the JSON Schema of a spec, or of a configuration."""

from __future__ import annotations

import click

from mlspeclint.cli.output import write
from mlspeclint.cli.parameters import Choice

FILES = {"spec": "ml-project.v1.schema.json", "config": "mlspeclint-config.v1.schema.json"}


@click.command(name="schema")
@click.argument("what", type=Choice(list(FILES)), default="spec")
def command(what: str) -> None:
    """Print the JSON Schema (draft 2020-12) of a spec, or of a configuration, for editors and other tools.

    \b
    Examples:
      mlspeclint schema > ml-project.schema.json
      mlspeclint schema config > mlspeclint.schema.json
    """
    from importlib.resources import files

    write(files("mlspeclint").joinpath("schemas", FILES[what]).read_text(encoding="utf-8"))
