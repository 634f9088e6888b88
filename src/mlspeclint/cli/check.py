"""`mlspeclint check`: lint specs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from mlspeclint.cli.help import GroupedCommand
from mlspeclint.cli.options import CHECK, Option, rule_names
from mlspeclint.cli.parameters import Choice, Specs

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Any, TypeVar

    from click.shell_completion import CompletionItem

    _Command = TypeVar("_Command", bound=Callable[..., Any] | click.Command)


def _rules(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return rule_names(values)


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """The day that an option names."""
    if value is None:
        return None
    from datetime import date

    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a day such as 2027-03-01") from None


def _completed(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from mlspeclint.cli.candidates import rules

    return rules(ctx, param, incomplete)


def _type(option: Option) -> click.ParamType[Any]:
    if option.choices:
        return Choice(option.choices)
    return click.Path() if option.metavar == "FILE" else click.STRING


def _attributes(option: Option) -> dict[str, Any]:
    if option.kind == "flag":
        return {"is_flag": True, "help": option.help}
    return {
        "multiple": option.collected,
        "type": _type(option),
        "default": option.default,
        "show_default": bool(option.choices and option.default),
        "callback": {"rules": _rules, "date": _day}.get(option.kind),
        "metavar": option.metavar,
        "shell_complete": _completed if option.kind == "rules" else None,
        "help": option.help,
    }


def as_click(option: Option) -> click.Option:
    """The option as click wants it."""
    return click.Option([option.name, *option.spellings], **_attributes(option))


def with_option(name: str, **other: Any) -> Callable[[_Command], _Command]:
    """Gives a command the option of `check` whose parameter has that name; `other` says what differs."""
    option = next(each for each in CHECK if each.name == name)
    return click.option(*option.spellings, name, **(_attributes(option) | other))


def _run(**parameters: Any) -> None:
    # Completion and help do without what a check needs.
    from mlspeclint.cli.checking import UsageProblem, check

    try:
        sys.exit(check(**parameters))
    except UsageProblem as problem:
        raise click.UsageError(str(problem)) from None


command = GroupedCommand(
    "check",
    callback=_run,
    params=[
        click.Argument(["paths"], nargs=-1, type=Specs()),
        *(as_click(option) for option in CHECK),
    ],
    groups={option.name: option.group for option in CHECK},
    help="""Lint specs: files, folders (every spec below them), or - for standard input.

    Without a path, every ml-project.yaml, ml-project.yml and *.ml-project.yaml below the current folder
    is checked; what git ignores is left out.

    \b
    Examples:
      mlspeclint check                                # all here and below
      mlspeclint check ml-project.yaml plans/         # a file, a whole folder
      mlspeclint check --select LBL,DAT101            # only these rules
      mlspeclint check --fail-on error                # warnings do not fail
      mlspeclint check -f json -o report.json -f full # and the terminal
      mlspeclint check --undecided                    # what is not known yet
      mlspeclint check --today 2027-06-30             # as on that day
      mlspeclint check --since origin/main            # what a change brought
      mlspeclint check --write-baseline               # begin with what is there
      mlspeclint check --diff                         # what --fix would mend
      mlspeclint check - < ml-project.yaml            # standard input
    """,
    epilog="""\b
    Exit status:
      0  nothing to report at or above --fail-on
      1  findings
      2  an error of usage or of the tool itself
      3  no spec found
    """,
)
