"""The top command: it finds the subcommands, and stands for `check` when none is named."""

from __future__ import annotations

from importlib import import_module
from inspect import cleandoc
from typing import TYPE_CHECKING

import click

from mlspeclint import __version__
from mlspeclint.cli.help import ENVIRONMENT, environment

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS = {
    "check": "Lint specs; the default command.",
    "compare": "Compare all approaches on one plan.",
    "completion": "Print the script for completion in a shell.",
    "config": "Show the settings in force, and where each is from.",
    "cost": "Show what a plan costs, beside the same work by hand.",
    "explain": "Show the page of a rule, or what a field means.",
    "init": "Write a commented starter spec.",
    "policy": "Try the rules that an organisation declares.",
    "record": "Write a decision record of a plan, in Markdown.",
    "rules": "List the rules.",
    "schema": "Print the JSON Schema of a spec.",
}

REMINDER = f"\b\nEnvironment: {', '.join(ENVIRONMENT)}\n(see mlspeclint --help)"
"""What ends the help of every command."""


class Root(click.Group):
    """Loads a command only when it is used, and takes `check` where no command is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"mlspeclint.cli.{cmd_name}")
        command: click.Command = module.command
        for each in (command, *getattr(command, "commands", {}).values()):
            if REMINDER not in (each.epilog or ""):
                each.epilog = f"{cleandoc(each.epilog or '')}\n\n{REMINDER}".lstrip()
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands, without importing them, or the options of the top."""
        from click.shell_completion import CompletionItem

        if incomplete.startswith("-"):
            return click.Command.shell_complete(self, ctx, incomplete)
        return [
            CompletionItem(name, help=about)
            for name, about in COMMANDS.items()
            if name.startswith(incomplete)
        ]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `check` in front where the first argument is neither a command nor an option of the top."""
        if not args or (args[0] not in COMMANDS and args[0] not in ("--help", "-h", "--version")):
            args = ["check", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=Root, context_settings={"help_option_names": ["-h", "--help"]}, epilog=environment()
)
@click.version_option(__version__, prog_name="mlspeclint")
def root() -> None:
    """A linter for machine learning project specs (ml-project.yaml).

    It warns where what a plan declares (data, labels, budget, explanations, retraining) conflicts with
    choosing deep learning. Alone, it checks every spec below the current folder.

    \b
    Examples:
      mlspeclint                           # check all specs here and below
      mlspeclint check ml-project.yaml     # check one
      mlspeclint init --yes                # write a first spec
      mlspeclint explain LBL301            # what a rule is about
      mlspeclint explain labels.cost_each  # what a field means
      mlspeclint check --help              # all about a command
    """
