"""`mlspeclint policy`: what helps those who write policies for others."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from mlspeclint.cli.check import with_option
from mlspeclint.cli.output import fail, style_for, write
from mlspeclint.cli.parameters import Choice
from mlspeclint.policy.problem import ConfigProblem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from typing import Any

    from mlspeclint.policy.declared import Declared

STATUS = """\b
Exit status:
  0  all rules pass
  1  a rule fails
  2  an error of usage or in a policy, or no declared rule
"""


@click.group(name="policy")
def command() -> None:
    """Work on the policies of an organisation.

    \b
    Examples:
      mlspeclint policy test               # the rules of the configuration here
      mlspeclint policy test policies/acme.toml
    """


@command.command(name="test", short_help="Try the examples of declared rules.", epilog=STATUS)
@click.argument("files", nargs=-1, type=click.Path())
@click.option("-f", "--output-format", "name", type=Choice(["text", "json"]), default="text",
              show_default=True, help="How to show it.")  # fmt: skip
@with_option("today", help="Take this day for today in examples.")
@with_option("colour")
def test(files: tuple[str, ...], name: str, today: date | None, colour: str) -> None:
    """Try the examples of declared rules: each bad one must give a finding of its rule, each good one none.

    Without FILES, the rules are those of the configuration in force here, with all packs that it extends. A
    rule without a bad and a good example that decide it fails.

    \b
    Examples:
      mlspeclint policy test
      mlspeclint policy test policies/acme.toml
      mlspeclint policy test -f json       # for programs

    """
    from mlspeclint.policy.declared import together
    from mlspeclint.policy.examples import tested

    try:
        declared = list(_declared(files))
        together([each.rule for each in declared])
    except ConfigProblem as problem:
        fail(str(problem))
    if not declared:
        where = ", ".join(files) if files else "the configuration here"
        fail(f"{where} declares no rules (`policies`)")
    results = tested(declared, today)
    if name == "json":
        from json import dumps

        from mlspeclint.report.policy_tests import as_json

        write(dumps(as_json(results), indent=2) + "\n")
    else:
        from mlspeclint.report.policy_tests import render

        write(render(results, style_for(colour)))
    sys.exit(int(not all(each.passed for each in results)))


def _declared(files: tuple[str, ...]) -> Iterator[Declared]:
    """The declared rules of files, or of the configuration that is in force here. Raises `ConfigProblem`."""
    from mlspeclint.policy.declared import declared

    for name, values in _of_files(files) if files else _in_force():
        yield from declared(values.get("policies", ()), name)


def _of_files(files: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    from mlspeclint.policy.files import load, shown_path
    from mlspeclint.policy.reading import read_values

    for file in files:
        name = shown_path(file)
        yield name, read_values(name, load(file, None) or {})


def _in_force() -> Iterator[tuple[str, dict[str, Any]]]:
    from mlspeclint.policy.packs import layers_of
    from mlspeclint.policy.search import Search

    found = Search().of(".")
    for layer in layers_of(found) if found else ():
        yield layer.name, layer.values
