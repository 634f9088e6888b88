"""What all commands share of their help: options under headings, and the variables that they obey."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

ENVIRONMENT = {
    "NO_COLOR": "set: no colours where --color is auto",
    "FORCE_COLOR": "set: colours even where there is no terminal",
    "COLUMNS": "the width of the terminal",
    "MLSPECLINT_TRACEBACK": "set: an internal error tells where it happened",
}
"""The environment variables that the tool obeys, and what for."""


def environment() -> str:
    """The variables and what they are for, for the end of the top command's help."""
    width = max(map(len, ENVIRONMENT))
    return "\b\nEnvironment:\n" + "\n".join(
        f"  {name:<{width}}  {use}" for name, use in ENVIRONMENT.items()
    )


def option_groups(command: click.Command, ctx: click.Context) -> dict[str, list[click.Parameter]]:
    """The options of a command by their heading, in order; those of no group come last."""
    heading: Mapping[str | None, str] = getattr(command, "groups", {})
    grouped: dict[str, list[click.Parameter]] = {each: [] for each in heading.values() if each}
    grouped["Options"] = []
    for parameter in command.get_params(ctx):
        if isinstance(parameter, click.Option) and not parameter.hidden:
            grouped[heading.get(parameter.name) or "Options"].append(parameter)
    return grouped


class GroupedCommand(click.Command):
    """A command whose help lists its options under headings; `groups` has the heading of each by name."""

    def __init__(self, *args: Any, groups: Mapping[str | None, str], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.groups = groups

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, group by group."""
        for heading, parameters in option_groups(self, ctx).items():
            records = [each.get_help_record(ctx) for each in parameters]
            with formatter.section(heading):
                formatter.write_dl([record for record in records if record])
