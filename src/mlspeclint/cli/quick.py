"""Reads a plainly spelt call of `check` without click."""

from __future__ import annotations

from mlspeclint.cli.options import CHECK, Option, rule_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

SPELLINGS = {spelling: option for option in CHECK for spelling in option.spellings}


def parameters(arguments: list[str], other_commands: Collection[str]) -> dict[str, Any] | None:
    """What click would pass to `check` for these arguments; None to leave the call to click."""
    if arguments[:1] == ["check"]:
        arguments = arguments[1:]
    elif arguments and arguments[0] in other_commands:
        return None
    given: dict[str, Any] = {
        option.name: () if option.collected else option.kind != "flag" and option.default
        for option in CHECK
    }
    given["today"] = None
    paths: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            paths += rest
        elif argument == "-" or not argument.startswith("-"):
            paths.append(argument)
        else:
            spelling, equals, value = argument.partition("=")
            option = SPELLINGS.get(spelling)
            if option is None or (equals and (option.kind == "flag" or spelling[:2] != "--")):
                return None
            if option.kind == "flag":
                given[option.name] = True
            elif not _take(given, option, value if equals else next(rest, None)):
                return None
    given["paths"] = tuple(paths)
    return given


def _take(given: dict[str, Any], option: Option, value: str | None) -> bool:
    """Take the value of an option; whether it is one that the option accepts."""
    if value is None or (option.choices and value not in option.choices):
        return False
    if option.kind == "rules":
        given[option.name] += rule_names((value,))
    elif option.collected:
        given[option.name] += (value,)
    elif option.kind == "date":
        from datetime import date

        try:
            given[option.name] = date.fromisoformat(value)
        except ValueError:
            return False
    else:
        given[option.name] = value
    return True
