"""The repository around a file: where it begins, what lies in it, and reading what may be a stranger's."""

from __future__ import annotations

import os

MAX_FOLDERS = 64
"""Folders that are looked at on the way up to a root."""


class Unreadable(Exception):
    """A file that is not read; the message tells why."""


def way_up(folder: str) -> tuple[list[str], bool]:
    """A folder (its whole path) and those above it, up to the root of the repository (the folder with `.git`,
    a file in a work tree), and whether there is one."""
    way: list[str] = []
    while len(way) < MAX_FOLDERS and folder not in way[-1:]:
        way.append(folder)
        if os.path.lexists(os.path.join(folder, ".git")):  # noqa: PTH118 - pathlib costs start-up time
            return way, True
        folder = os.path.dirname(folder)  # noqa: PTH120
    return way, False


def repository_root(start: str | None = None) -> str:
    """The root of the repository that a folder (its whole path, else the working folder) is in; that folder
    where there is none."""
    folder = start or os.getcwd()  # noqa: PTH109
    way, found = way_up(folder)
    return way[-1] if found else folder


def is_inside(path: str, folder: str) -> bool:
    """Whether a whole path lies in a folder or is that folder. Links are taken for what they are called."""
    try:
        return os.path.commonpath((path, folder)) == folder
    except ValueError:  # another drive
        return False


def read_inside(path: str, root: str | None, most: int) -> bytes:
    """The bytes of a regular file of at most `most` bytes that lies inside `root` (None: anywhere), whatever
    links lead there. Raises `Unreadable`, `OSError`, and `ValueError` for what cannot be a path."""
    from stat import S_ISREG

    real = os.path.realpath(path)
    if root is not None and not is_inside(real, os.path.realpath(root)):
        raise Unreadable("it lies outside the repository")
    # Asked before it is opened: a pipe would keep us waiting for somebody to write.
    if not S_ISREG(os.stat(real).st_mode):  # noqa: PTH116
        raise Unreadable("it is no regular file")
    with open(real, "rb") as file:  # noqa: PTH123
        data = file.read(most + 1)
    if len(data) > most:
        raise Unreadable(f"it has more than {most:,} bytes")
    return data
