"""Writes a fixed spec in the place of the old one, where that is what was read, and may be written."""

from __future__ import annotations

import os
import stat

from mlspeclint.engine.atomic import replace
from mlspeclint.engine.repository import is_inside, repository_root


class NotReplaced(Exception):
    """The file is as it was; the message says why."""


def replace_file(path: str, old: bytes, new: bytes) -> None:
    """Write `new` to the file at `path`, which held `old` when it was read.

    It is the old or the new one, whole. A link stays one; what it leads to is written only inside the
    repository. Raises `NotReplaced`.
    """
    target = os.path.realpath(path)
    root = os.path.realpath(repository_root(_folder(path)))
    if not is_inside(target, root):
        raise NotReplaced(f"it is a link that leads out of {root}")
    try:
        _replace(target, old, new)
    except OSError as error:
        raise NotReplaced(error.strerror or str(error)) from None


def _folder(path: str) -> str:
    return os.path.dirname(os.path.abspath(path))  # noqa: PTH100, PTH120


def _replace(target: str, old: bytes, new: bytes) -> None:
    state = os.stat(target)  # noqa: PTH116 - strings are what is joined and shown
    if not stat.S_ISREG(state.st_mode):
        raise NotReplaced("it is no regular file")
    if not state.st_mode & 0o222:
        # Its name could be given to another file all the same, but that is not what was meant by it.
        raise NotReplaced("it is read-only")

    def refuse_change() -> None:
        with open(target, "rb") as file:  # noqa: PTH123
            if file.read(len(old) + 1) != old:
                raise NotReplaced("it has changed since it was read")

    replace(target, new, refuse_change)
