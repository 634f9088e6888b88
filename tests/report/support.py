"""Reading a report back: what stands above an underline, in columns of the terminal."""

from __future__ import annotations

import re
from unicodedata import category, east_asian_width

from ..running import Ran

SOURCE = re.compile(r" *(\d+) [│|] ?(.*)")
MARK = re.compile(r" *[│|] ( *)(\^+|-+)(?: (.*))?")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(
        0 if category(c) in ("Mn", "Me") else 2 if east_asian_width(c) in "WF" else 1 for c in text
    )


def marked(out: str) -> list[tuple[int, str, str, str]]:
    """Each underline of a report: the line number, its sign, what it stands under, and its label."""
    found = []
    number, source = 0, ""
    for row in COLOUR.sub("", out).splitlines():
        if mark := MARK.fullmatch(row):
            spaces, sign, label = mark.groups()
            found.append((number, sign[0], _between(source, len(spaces), len(sign)), label or ""))
        elif line := SOURCE.fullmatch(row):
            number, source = int(line[1]), line[2]
    return found


def _between(text: str, start: int, width: int) -> str:
    """The characters of a text that stand in columns `start` to `start + width`."""
    shown, column = "", 0
    for character in text:
        if start <= column < start + width:
            shown += character
        column += columns(character)
    return shown


def is_safe(ran: Ran) -> bool:
    """Whether an output holds nothing but what can be printed, and line breaks."""
    return all(character.isprintable() or character == "\n" for character in ran.out)
