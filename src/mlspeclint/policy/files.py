"""Reading configuration files, which may come from a stranger's pull request.

Only regular files inside the repository are read, up to a limit. What is wrong with one is told in a line.
"""

from __future__ import annotations

import os
import re
import sys

from mlspeclint.engine.repository import Unreadable, is_inside, read_inside
from mlspeclint.policy.problem import ConfigProblem
from mlspeclint.policy.search import SHARED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MAX_BYTES = 128 * 1024
"""The size of a configuration."""
MAX_SHARED_BYTES = 4 * 1024 * 1024
"""The size of a `pyproject.toml` in which nothing is meant for us."""
MAX_DOTS = 100
"""Dots in a line: reading a key of many parts takes a time that grows with their square."""


def mentions_us(data: bytes) -> bool:
    """Whether a `pyproject.toml` may have a table for us; that it depends on mlspeclint is no mention.

    Such a table is `[tool.mlspeclint]`, or stands in `[tool]`.
    """
    form = (
        rb"""^[ \t\[]*(?:tool|"tool"|'tool')[ \t]*(?:\.[ \t]*["']?mlspeclint["']?[ \t]*[].=]|]|=)"""
    )
    return b"mlspeclint" in data and re.search(form, data, re.MULTILINE) is not None


def shown_path(path: str) -> str:
    """A path as users know it: relative to the working folder, with forward slashes."""
    try:
        shown = os.path.relpath(path)
    except (OSError, ValueError):  # a working folder that is gone, another drive
        shown = path
    return shown.replace(os.sep, "/")


def load(path: str, root: str | None) -> dict[str, Any] | None:
    """What a configuration file holds; of a `pyproject.toml` the table that is ours, None if there is none.

    The file must lie inside `root` (None: anywhere). Raises `ConfigProblem`.
    """
    name = shown_path(path)
    data = _read(path, name, root)
    if os.path.basename(path) != SHARED:  # noqa: PTH119
        return _toml(name, data)
    table = _toml(name, data) if mentions_us(data) else {}
    for key in ("tool", "mlspeclint"):
        if key not in table:
            return None
        below = table[key]
        if not isinstance(below, dict):
            place = "tool" if key == "tool" else "tool.mlspeclint"
            raise ConfigProblem("it is no table", file=name, key=place)
        table = below
    return table


def _read(path: str, name: str, root: str | None) -> bytes:
    shared = os.path.basename(path) == SHARED  # noqa: PTH119
    try:
        data = read_inside(path, root, MAX_SHARED_BYTES if shared else MAX_BYTES)
        if len(data) > MAX_BYTES and mentions_us(data):
            raise Unreadable(f"it has more than {MAX_BYTES:,} bytes")
    except Unreadable as problem:
        raise ConfigProblem(str(problem), file=name) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ConfigProblem(f"cannot be read: {why}", file=name) from None
    return data


def prefixes() -> tuple[str, ...]:
    """Where the running interpreter and its packages are at home."""
    return (sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix)


def is_strange(folder: str, root: str) -> bool:
    """Whether a folder of packages, without links, came with the repository at `root`.

    It did where it lies inside, unless the interpreter itself is at home there, as in `.venv`.
    """
    homes = map(os.path.realpath, prefixes())
    inside = is_inside(folder, os.path.realpath(root))
    return inside and not any(is_inside(folder, home) for home in homes)


def _toml(name: str, data: bytes) -> dict[str, Any]:
    import tomllib

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data.count(b"\n", 0, error.start)
        raise ConfigProblem("is not UTF-8", file=name, line=before + 1) from None
    for index, row in enumerate(text.split("\n")):
        if row.count(".") > MAX_DOTS:
            told = f"has more than {MAX_DOTS} dots in a line"
            raise ConfigProblem(told, file=name, line=index + 1)
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ConfigProblem("is nested too deeply", file=name) from None
    except ValueError as error:
        place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", str(error))
        told = str(error) if place is None else str(error)[: place.start()]
        number = int(place[1]) if place and place[1] else None
        raise ConfigProblem(f"is not TOML: {told}", file=name, line=number) from None
