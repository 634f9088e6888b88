"""Markdown of generated pages. Text from the sources is either Markdown already or goes through `escaped`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlspeclint.report.markdown import escaped, prose, table

__all__ = ["ORPHAN", "block", "cells", "cited", "code", "escaped", "hidden", "in_cell", "prose"]

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ORPHAN = "---\norphan: true\n---\n\n"
"""For the many pages that their overview lists: in the sidebar they would be too many to find anything."""


def code(text: object) -> str:
    """The text as code, whatever it holds."""
    shown = " ".join(str(text).split())
    fence = "``" if "`" in shown else "`"
    return f"{fence} {shown} {fence}" if fence == "``" else f"`{shown}`"


def in_cell(markdown: str) -> str:
    """Markdown that is to stand in the cell of a table."""
    return re.sub(r"(?<!\\)\|", r"\\|", markdown)


def block(text: str, language: str = "text") -> list[str]:
    """A block of code. `force`: what a lexer cannot read is shown as it is."""
    fence = "`" * max(3, _longest_run(text) + 1)
    return [
        f"{fence}{{code-block}} {language}",
        ":force:",
        "",
        *text.rstrip("\n").split("\n"),
        fence,
        "",
    ]


def _longest_run(text: str) -> int:
    longest = run = 0
    for character in text:
        run = run + 1 if character == "`" else 0
        longest = max(longest, run)
    return longest


def cells(head: Sequence[str], rows: Iterable[Sequence[str]], *, right: int = 0) -> list[str]:
    """A table and the empty line behind it. Cells are Markdown."""
    return [*table(head, rows, right=right), ""]


def hidden(pages: Iterable[str]) -> list[str]:
    """Says that pages belong below this one; links to them stand elsewhere in it."""
    return ["```{toctree}", ":hidden:", "", *pages, "```", ""]


def cited(sources: Iterable[str]) -> str:
    """Links to the entries of the bibliography."""
    return ", ".join(f"[{escaped(name)}](#source-{name})" for name in sources)
