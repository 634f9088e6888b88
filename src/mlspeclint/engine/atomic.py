"""Puts new content in the place of a file: whatever happens, it is the old or the new one, whole."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from tempfile import mkstemp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


def replace(path: str, data: bytes, last: Callable[[], None] | None = None) -> None:
    """Give the name `path` to a new file that holds `data`. Raises `OSError`, and `ValueError` for no path.

    The content is written beside the file, and takes its name when it has reached the disk. The mode of a
    file that was there stays, and the owner if it can. A link is replaced and not followed. `last` is called
    before the name changes hands; what it raises leaves all as it was.
    """
    folder = os.path.dirname(path) or os.curdir  # noqa: PTH120
    descriptor, beside = mkstemp(prefix=".mlspeclint-", suffix=".tmp", dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            _make_like(path, beside)
            os.fsync(file.fileno())
        if last is not None:
            last()
        os.replace(beside, path)  # noqa: PTH105
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


def _make_like(path: str, beside: str) -> None:
    """Give a new file the owner and the mode of the one that it replaces, or the mode of any new file."""
    try:
        old = os.lstat(path)
    except OSError:
        old = None
    if old is None or not stat.S_ISREG(old.st_mode):
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(beside, 0o666 & ~umask)  # noqa: PTH101
        return
    if hasattr(os, "chown"):
        with suppress(PermissionError):
            os.chown(beside, old.st_uid, old.st_gid)
    os.chmod(beside, stat.S_IMODE(old.st_mode))  # noqa: PTH101
