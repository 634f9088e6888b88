"""Puts new content in the place of a file: whatever happens, it is the old or the new one, whole."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from tempfile import mkstemp

from mlspeclint.engine.repository import is_inside, repository_root


class NotReplaced(Exception):
    """The file is as it was; the message says why."""


def replace_file(path: str, old: bytes, new: bytes) -> None:
    """Write `new` to the file at `path`, which held `old` when it was read.

    The new content is written beside the file, and takes its name when it has reached the disk. The mode
    stays, and the owner if it can. So does a link; what it leads to is written only inside the repository.
    Raises `NotReplaced`.
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
    folder = os.path.dirname(target)  # noqa: PTH120
    descriptor, beside = mkstemp(prefix=".mlspeclint-", suffix=".tmp", dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(new)
            file.flush()
            if hasattr(os, "chown"):
                with suppress(PermissionError):
                    os.chown(beside, state.st_uid, state.st_gid)
            os.chmod(beside, stat.S_IMODE(state.st_mode))  # noqa: PTH101
            os.fsync(file.fileno())
        with open(target, "rb") as file:  # noqa: PTH123
            if file.read(len(old) + 1) != old:
                raise NotReplaced("it has changed since it was read")
        os.replace(beside, target)  # noqa: PTH105
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)  # noqa: PTH108
        raise
    # The name is on the disk when the folder is. Not every system can be asked for that.
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
