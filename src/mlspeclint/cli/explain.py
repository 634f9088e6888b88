"""`mlspeclint explain`: the page of a rule, or the documentation of a field."""

from __future__ import annotations

import click

from mlspeclint.cli.output import fail, style_for, write


@click.command(name="explain")
@click.argument("subject")
@click.option("--color", "colour", type=click.Choice(["auto", "always", "never"]), default="auto",
              show_default=True, help="Colours on the terminal.")  # fmt: skip
def command(subject: str, colour: str) -> None:
    """Show the page of a rule (by code or name), or what a field or a section of the spec means."""
    from mlspeclint.report.pages import explained, nearest

    style = style_for(colour)
    text = explained(subject, style)
    if text is None:
        fail(f"there is no rule, field or section `{subject}`{nearest(subject)}")
    write(style.fit(text))
