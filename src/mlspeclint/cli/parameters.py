"""Types of parameters: choices that suggest what was meant, and specs that complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from typing import Any

    from click.shell_completion import CompletionItem


class Choice(click.Choice):  # type: ignore[type-arg]  # generic since click 8.2
    """A choice whose mistakes come with a suggestion."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The choice. Raises `click.BadParameter` for anything else."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as problem:
            from difflib import get_close_matches

            match = get_close_matches(str(value).lower(), self.choices, n=1, cutoff=0.5)
            if match:
                hint = f"{problem.message} Did you mean {match[0]!r}?"
                raise click.BadParameter(hint, ctx, param) from None
            raise


class Specs(click.Path):
    """The path of a spec or of a folder of them, or - for standard input."""

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Specs first, then folders; all files where there is neither."""
        from mlspeclint.cli.candidates import specs

        return specs(incomplete)
