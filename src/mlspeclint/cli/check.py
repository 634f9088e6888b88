"""`mlspeclint check`: lint specs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from mlspeclint.cli.checking import UsageProblem, check
from mlspeclint.cli.options import CHECK, Option, rule_names

if TYPE_CHECKING:
    from datetime import date
    from typing import Any


def _rules(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return rule_names(values)


def day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """The day that an option names."""
    if value is None:
        return None
    from datetime import date

    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a day such as 2027-03-01") from None


def _parameter(option: Option) -> click.Option:
    """The option as click wants it."""
    names = [option.name, *option.spellings]
    if option.kind == "flag":
        return click.Option(names, is_flag=True, help=option.help)
    callback = {"rules": _rules, "date": day}.get(option.kind)
    return click.Option(
        names,
        multiple=option.collected,
        type=click.Choice(option.choices) if option.choices else click.STRING,
        default=option.default,
        show_default=bool(option.choices and option.default),
        callback=callback,
        metavar=option.metavar,
        help=option.help,
    )


def _run(**parameters: Any) -> None:
    try:
        sys.exit(check(**parameters))
    except UsageProblem as problem:
        raise click.UsageError(str(problem)) from None


command = click.Command(
    "check",
    callback=_run,
    params=[
        click.Argument(["paths"], nargs=-1, type=click.Path()),
        *(_parameter(option) for option in CHECK),
    ],
    help="""Lint specs: files, folders (every spec below them), or - for standard input.

    Without a path, every ml-project.yaml, ml-project.yml and *.ml-project.yaml below the current folder
    is checked; what git ignores is left out.

    \b
    Exit status:
      0  nothing to report at or above --fail-on
      1  findings
      2  an error of usage
      3  no spec found
    """,
)
