"""What fixes would change, as a unified diff that `git apply` and `patch -p1` take.

https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html
"""

from __future__ import annotations

import os
from difflib import unified_diff

from mlspeclint.report.places import below
from mlspeclint.report.text import safe

NO_BREAK = "\\ No newline at end of file\n"
ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def diff(name: str, old: bytes, new: bytes) -> str:
    """The changes to a file, named as it lies below the current folder; empty if there are none.

    The bytes are UTF-8. Lines end at line feeds, as git has it: a carriage return before one belongs to them.
    """
    if old == new:
        return ""
    path = below(os.getcwd(), name)  # noqa: PTH109 - strings are what is joined and shown
    lines = unified_diff(
        _lines(old), _lines(new), _label(f"a/{path}"), _label(f"b/{path}"), lineterm="\n"
    )
    return "".join(line if line.endswith("\n") else f"{line}\n{NO_BREAK}" for line in lines)


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
