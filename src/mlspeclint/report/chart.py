"""A chart for the terminal: bands of amounts over months, in block characters or plain ASCII."""

from __future__ import annotations

from math import inf

from mlspeclint.report.table import packed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from mlspeclint.report.style import Style

    Ends = tuple[float, float]
    """Low and high end of an amount; the high end may be infinite."""

HEIGHT = 12
"""Rows of the drawing."""
MOST_COLUMNS = 100
FEWEST_COLUMNS = 20
"""Columns of the drawing below which it would show nothing."""
TICK = 12
"""Months between two marks of the axis, where there is room."""


class Glyphs:
    """The characters of a drawing, each one column wide."""

    __slots__ = ("both", "corner", "first", "high", "line", "mark", "second", "side")

    def __init__(self, characters: str) -> None:
        one, two, both, high, side, corner, line, mark = list(characters)
        self.first = one
        self.second = two
        self.both = both
        self.high = high
        self.side = side
        self.corner = corner
        self.line = line
        self.mark = mark


BLOCKS = "█░▓·│└─▲"
ASCII = "#:%.|+-^"


def glyphs_for(style: Style) -> Glyphs:
    """Block characters, or ASCII where the output cannot hold them."""
    try:
        BLOCKS.encode(style.encoding or "utf-8")
    except UnicodeEncodeError:
        return Glyphs(ASCII)
    return Glyphs(BLOCKS)


def chart(
    first: Callable[[float], Ends],
    second: Callable[[float], Ends] | None,
    *,
    months: float,
    marked: Ends | None,
    names: tuple[str, str],
    amount: Callable[[float], str],
    style: Style,
) -> list[str]:
    """The lines of a chart of one band or two over `months`; none without room, or anything to draw.

    `first` and `second` tell the ends of the bands at a month, `marked` is a range of months to be marked
    below the axis, `amount` writes an amount at the axis.
    """
    glyphs = glyphs_for(style)
    drawn = [band for band in (first, second) if band]
    # Costs never fall, so that the last month has the highest ones.
    top = max((end for band in drawn for end in band(months) if end < inf), default=0.0)
    if top <= 0:
        return []
    labels = {HEIGHT - 1: amount(top), HEIGHT // 2: amount(top / 2), 0: "0"}
    margin = max(map(len, labels.values())) + 1
    columns = min((style.width or 80) - margin - 1, MOST_COLUMNS)
    if columns < FEWEST_COLUMNS:
        return []
    at = [months * column / (columns - 1) for column in range(columns)]
    bands = [[band(month) for month in at] for band in drawn]

    def row_of(value: float) -> int:
        return min(int(value / top * HEIGHT), HEIGHT - 1) if value < inf else HEIGHT

    lines = []
    for row in reversed(range(HEIGHT)):
        cells = [
            _cell([band[column] for band in bands], row, row_of, glyphs)
            for column in range(columns)
        ]
        side = style.paint(glyphs.side, "frame")
        lines.append(f"{labels.get(row, ''):>{margin - 1}} {side}{''.join(cells).rstrip()}")
    axis = glyphs.corner + glyphs.line * columns
    lines.append(f"{'':>{margin}}{style.paint(axis, 'frame')}")
    indent = " " * (margin + 1)
    lines.append(indent + _ticks(months, columns))
    legend = ["months after the release", f"{glyphs.first} {names[0]}"]
    if second:
        legend += [f"{glyphs.second} {names[1]}", f"{glyphs.both} both"]
    if any(ends[1] == inf for band in bands for ends in band):
        legend.append(f"{glyphs.high} perhaps more")
    if marked and marked[0] <= months:
        lines.append(indent + _marks(marked, months, columns, glyphs))
        legend.append(f"{glyphs.mark} break-even")
    return [*lines, *packed(legend, style.width)]


def _cell(ends: list[Ends], row: int, row_of: Callable[[float], int], glyphs: Glyphs) -> str:
    """The character at a row of one column."""
    inside = [row_of(low) <= row <= row_of(low if high == inf else high) for low, high in ends]
    if all(inside) and len(inside) == 2:
        return glyphs.both
    if inside[0]:
        return glyphs.first
    if inside[-1]:
        return glyphs.second
    above = any(high == inf and row > row_of(low) for low, high in ends)
    return glyphs.high if above else " "


def _ticks(months: float, columns: int) -> str:
    """The months below the axis, as many as there is room for."""
    step = TICK
    while months / step * 6 > columns:
        step *= 2
    line = [" "] * columns
    for month in range(0, int(months + 1e-6) + 1, step):
        label = f"{month}"
        start = min(_column(month, months, columns), columns - len(label))
        line[start : start + len(label)] = label
    return "".join(line).rstrip()


def _marks(marked: Ends, months: float, columns: int, glyphs: Glyphs) -> str:
    """A mark at the first and at the last month of a range, as far as they are on the axis."""
    start, end = (_column(min(month, months), months, columns) for month in marked)
    line = glyphs.mark + glyphs.line * (end - start)
    if end > start and marked[1] <= months:
        line = line[:-1] + glyphs.mark
    return " " * start + line


def _column(month: float, months: float, columns: int) -> int:
    return round(month / months * (columns - 1))
