"""What fixes would change, as a unified diff that `git apply` and `patch -p1` take.

https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html
"""

from __future__ import annotations

import os
from difflib import unified_diff

from mlspeclint.report.places import below
from mlspeclint.report.text import safe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

NO_BREAK = "\\ No newline at end of file\n"
CONTEXT = 3
"""Lines that are shown around a change."""
MOST_LINES = 3_000
"""Lines of files that are compared line by line: what that costs grows with the square of their number, and
nobody writes longer ones."""
ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def diff(name: str, old: bytes, new: bytes) -> str:
    """The changes to a file, named as it lies below the current folder; empty if there are none.

    The bytes are UTF-8. Lines end at line feeds, as git has it: a carriage return before one belongs to them.
    """
    if old == new:
        return ""
    path = below(os.getcwd(), name)  # noqa: PTH109 - strings are what is joined and shown
    before, after = _lines(old), _lines(new)
    labels = _label(f"a/{path}"), _label(f"b/{path}")
    if max(len(before), len(after)) > MOST_LINES:
        lines = _as_one(before, after, *labels)
    else:
        lines = unified_diff(before, after, *labels, n=CONTEXT)
    return "".join(line if line.endswith("\n") else f"{line}\n{NO_BREAK}" for line in lines)


def _as_one(old: list[str], new: list[str], *labels: str) -> Iterator[str]:
    """The diff with all from the first change to the last one in one part."""
    shorter = min(len(old), len(new))
    start = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    rest = shorter - start
    same = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    first, behind = max(start - CONTEXT, 0), min(same, CONTEXT)
    ends = [len(each) - same for each in (old, new)]
    sizes = [end + behind - first for end in ends]
    yield f"--- {labels[0]}\n"
    yield f"+++ {labels[1]}\n"
    yield f"@@ -{first + 1},{sizes[0]} +{first + 1},{sizes[1]} @@\n"
    yield from (f" {line}" for line in old[first:start])
    yield from (f"-{line}" for line in old[start : ends[0]])
    yield from (f"+{line}" for line in new[start : ends[1]])
    yield from (f" {line}" for line in old[ends[0] : ends[0] + behind])


def shown(text: str) -> str:
    """The diff for a terminal: nothing in it may steer one."""
    return "".join(f"{safe(line)}\n" for line in text.split("\n")[:-1])


def _lines(data: bytes) -> list[str]:
    parts = data.decode("utf-8").split("\n")
    return [f"{part}\n" for part in parts[:-1]] + parts[-1:] * bool(parts[-1])


def _label(path: str) -> str:
    """A name as git writes it: in quotes where it holds what would end it, with a tab behind spaces."""
    if path.isprintable() and '"' not in path and "\\" not in path:
        return f"{path}\t" if " " in path else path
    quoted = "".join(
        ESCAPES.get(char) or (char if char.isascii() and char.isprintable() else _octal(char))
        for char in path
    )
    return f'"{quoted}"'


def _octal(char: str) -> str:
    return "".join(f"\\{byte:03o}" for byte in char.encode("utf-8", "surrogateescape"))
