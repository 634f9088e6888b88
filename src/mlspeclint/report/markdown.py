"""Text from a spec, made safe for Markdown: it stays text, on its line and in its cell."""

from __future__ import annotations

from mlspeclint.report.text import safe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
MEANINGFUL = frozenset("\\`*{}[]#|~$@")
"""Characters that may begin something; a backslash before them makes them plain. On some sites `$` begins
a formula, and `@` a mention."""
AT_THE_START = frozenset("-+=")
"""Characters that may begin a list, a rule or a heading at the start of a line."""


def escaped(text: str) -> str:
    """The text as Markdown that shows it: no markup, no link and no HTML comes of it.

    Line breaks become spaces; control characters and direction marks are written as escapes.
    """
    shown = " ".join(safe(text).split())
    return "".join(_escaped(shown, index) for index in range(len(shown)))


def _escaped(text: str, index: int) -> str:
    character = text[index]
    if character in ENTITIES:
        return ENTITIES[character]
    if (
        character in MEANINGFUL
        or (index == 0 and character in AT_THE_START)
        # The second half of what becomes a link without any brackets: `http://`, `www.`.
        or (character == ":" and text[index + 1 : index + 2] == "/")
        or (character == "." and text[max(0, index - 3) : index].lower() == "www")
        # A numbered list, whose numbers have at most nine digits and a space behind them.
        or (
            character in ".)"
            and index < 10
            and text[index + 1 : index + 2] in ("", " ")
            and text[:index].isdigit()
        )
        # Emphasis, but not the middle of a word.
        or (
            character == "_"
            and not (
                text[max(0, index - 1) : index].isalnum() and text[index + 1 : index + 2].isalnum()
            )
        )
    ):
        return "\\" + character
    return character


def prose(text: str) -> str:
    """A text as Markdown in which only what stands in backticks is marked: as code."""
    from re import split

    parts = split(r"(`[^`]+`)", text)
    return "".join(safe(part) if index % 2 else _kept(part) for index, part in enumerate(parts))


def _kept(part: str) -> str:
    """The part escaped, with the spaces that part it from the next one."""
    return " " * part.startswith(" ") + escaped(part) + " " * (part.endswith(" ") and len(part) > 1)


def page(text: str) -> str:
    """The page of a rule whose words are not ours: headings, code and what stands in backticks stay.

    Code is set off by its indent: a fence would end where what is in it says so.
    """
    lines: list[str] = []
    fenced = False
    for line in text.splitlines():
        if line.startswith("```"):
            fenced = not fenced
            lines.append("")
        elif fenced or line.startswith("    "):
            if lines and lines[-1] and not lines[-1].startswith("    "):
                lines.append("")
            lines.append(f"    {safe(line if fenced else line[4:])}")
        elif line.startswith("## "):
            lines.append(f"## {escaped(line[3:])}")
        else:
            lines.append(prose(line))
    return "\n".join(lines)


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, right: int = 0) -> list[str]:
    """The lines of a table; its last `right` columns are set to the right. Cells are Markdown already."""
    marks = ["---"] * (len(head) - right) + ["---:"] * right
    return [_row(head), _row(marks), *(_row(row) for row in rows)]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
