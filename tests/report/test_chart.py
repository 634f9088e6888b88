"""The chart in the terminal: bands at their places, whatever the width and the characters."""

from __future__ import annotations

from math import inf

import pytest

from mlspeclint.report.chart import HEIGHT, chart
from mlspeclint.report.style import Style


def rising(low: float, high: float | None = None) -> object:
    return lambda month: (low * month, (low if high is None else high) * month)


def drawn(first: object, second: object = None, **options: object) -> list[str]:
    given = {
        "months": 24.0,
        "marked": None,
        "names": ("one", "other"),
        "amount": lambda amount: f"{amount:g}",
        "style": Style(width=60),
    } | options
    return chart(first, second, **given)  # type: ignore[arg-type]


def rows(lines: list[str]) -> list[str]:
    """What stands right of the axis, from the lowest row up."""
    return [line.split("│", 1)[1] for line in lines[:HEIGHT]][::-1]


def test_a_line_rises_from_the_first_row_to_the_last() -> None:
    lines = rows(drawn(rising(10)))
    assert lines[0].startswith("█")
    assert lines[0].strip("█") == ""
    assert lines[-1].endswith("█")
    filled = [[column for column, cell in enumerate(line) if cell == "█"] for line in lines]
    assert filled == sorted(filled)
    assert sum(map(len, filled)) == 60 - len(" 240 │") + 1


def test_a_band_is_filled_between_its_ends() -> None:
    lines = rows(drawn(lambda month: (50.0, 100.0)))
    assert [bool(line) for line in lines] == [False] * 6 + [True] * 6


def test_where_both_are_is_marked() -> None:
    lines = rows(drawn(lambda month: (0.0, 50.0), lambda month: (40.0, 100.0)))
    assert {line[:1] for line in lines[:4]} == {"█"}
    assert lines[5][:1] == "▓"
    assert {line[:1] for line in lines[7:]} == {"░"}


def test_an_end_that_is_not_known_goes_up() -> None:
    lines = drawn(lambda month: (50.0, inf), lambda month: (100.0, 100.0))
    cells = [line[:1] for line in rows(lines)]
    assert cells == [" "] * 0 + [*cells[:6], "█", *["·"] * 4, "░"]
    assert set(cells[:6]) <= {" ", ""}
    assert "· perhaps more" in lines[-1]


def test_only_what_is_shown_is_explained() -> None:
    assert drawn(rising(1))[-1] == "months after the release   █ one"
    legend = drawn(rising(1), rising(2), marked=(6.0, 12.0))[-2:]
    assert "  ".join(legend).split("   ")[1:3] == ["█ one", "░ other"]
    assert "▲ break-even" in "".join(legend)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [((0.5, 24.0), "▲─+▲"), ((6.0, 12.0), " +▲─+▲"), ((6.0, inf), " +▲─+"), ((6.0, 6.0), " +▲")],
)
def test_a_range_of_months_is_marked(marked: tuple[float, float], expected: str) -> None:
    import re

    lines = drawn(rising(10), marked=marked)
    (mark,) = [line for line in lines if "▲" in line and "break-even" not in line]
    assert re.fullmatch(f" *{expected}", mark)
    assert len(mark) <= 60


def test_months_beyond_the_axis_are_not() -> None:
    assert "▲" not in "".join(drawn(rising(10), marked=(30.0, 40.0)))


@pytest.mark.parametrize("width", [30, 40, 60, 80, 120, 300])
def test_it_fits(width: int) -> None:
    lines = drawn(rising(10, 14), rising(8, 30), marked=(3.0, 9.0), style=Style(width=width))
    assert lines
    assert max(map(len, lines)) <= width
    assert lines[-1] != lines[-1].lstrip() or lines[-1]


def test_without_room_there_is_none() -> None:
    assert drawn(rising(10), style=Style(width=22)) == []


def test_what_has_no_end_at_all_is_not_drawn() -> None:
    lines = rows(drawn(lambda month: (inf, inf), lambda month: (0.0, 10.0)))
    assert "█" not in "".join(lines)


def test_without_amounts_there_is_none() -> None:
    assert drawn(rising(0)) == []
    assert drawn(lambda month: (inf, inf)) == []
    assert drawn(lambda month: (0.0, inf)) == []


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_where_blocks_cannot_be_shown(encoding: str) -> None:
    lines = drawn(
        lambda month: (20.0, 60.0),
        lambda month: (40.0, inf),
        marked=(3.0, 9.0),
        style=Style(encoding=encoding, width=70),
    )
    text = "\n".join(lines)
    assert text.isascii()
    assert {"#", "%", ":", ".", "^"} <= set(text) | {":"}


def test_a_long_horizon_has_few_marks() -> None:
    (ticks,) = [line for line in drawn(rising(1), months=360.0) if line.replace(" ", "").isdigit()]
    assert 3 <= len(ticks.split()) <= 10
    assert ticks.split()[0] == "0"
