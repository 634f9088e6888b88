"""Tables of text in columns."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def aligned(rows: Sequence[Sequence[str]], *, left: int = 1, gap: int = 2) -> list[str]:
    """Rows of cells as lines; the first `left` columns are set to the left, the others to the right.

    Cells are plain text without colours: their length is their width.
    """
    widths = [max(len(row[i]) for row in rows if i < len(row)) for i in range(max(map(len, rows)))]
    lines = []
    for row in rows:
        cells = [
            cell.ljust(width) if index < left else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=False))
        ]
        lines.append((" " * gap).join(cells).rstrip())
    return lines


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """A sentence in lines of at most `width` columns (80 when 0), the second and later ones indented."""
    from textwrap import wrap

    return wrap(
        text,
        max(width or 80, len(indent) + 20),
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def packed(entries: Sequence[str], width: int, gap: str = "   ") -> list[str]:
    """Entries one after the other in lines of at most `width` columns (80 when 0), none of them broken."""
    lines: list[str] = []
    for entry in entries:
        if lines and len(lines[-1]) + len(gap) + len(entry) <= (width or 80):
            lines[-1] += gap + entry
        else:
            lines.append(entry)
    return lines
