"""What a command reads: files by name, the specs below folders, standard input."""

from __future__ import annotations

import os
import sys

from mlspeclint.cli import OTHER_COMMANDS
from mlspeclint.cli.output import fail
from mlspeclint.document.limits import MAX_BYTES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlspeclint.cli.configured import Configured
    from mlspeclint.engine.settings import Settings


class InputProblem(Exception):
    """A file that cannot be read; the message names it and says why."""


class Inputs:
    """What is to be checked.

    `left_out` is what a configuration excludes; `forced_out` counts what of that was named, and is left out
    because of `--force-exclude`.
    """

    def __init__(self, configured: Configured, stdin_filename: str, force_exclude: bool) -> None:
        self.configured = configured
        self.stdin_filename = stdin_filename
        self.force_exclude = force_exclude
        self.left_out: list[str] = []
        self.forced_out = 0

    def of(self, paths: tuple[str, ...]) -> Iterator[tuple[str, Settings]]:
        """The files with their settings. Raises `UnknownRule`.

        What is named twice, or lies in a folder that is named too, is checked once.
        """
        seen = set()
        for path, discovered in _files(paths or (".",)):
            real = os.path.realpath(path)
            if real in seen:
                continue
            seen.add(real)
            name = self.stdin_filename if path == "-" else path
            if (discovered or self.force_exclude) and self.configured.excludes(name):
                self.left_out.append(path)
                self.forced_out += not discovered
            else:
                yield path, self.configured.settings(name)

    def read(self, path: str) -> tuple[str, bytes]:
        """The name and the bytes of a file; of one too large, enough to see that. Raises `InputProblem`."""
        if path == "-":
            if sys.stdin is None:
                raise InputProblem("there is no standard input to read")
            return self.stdin_filename, sys.stdin.buffer.read(MAX_BYTES + 1)
        return path, contents(path, ("check", *OTHER_COMMANDS))


def _files(paths: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    """The files, and whether each was discovered in a folder."""
    for path in paths:
        if path != "-" and os.path.isdir(path):  # noqa: PTH112 - pathlib costs start-up time
            from mlspeclint.engine.discovery import specs_below

            for spec in specs_below(path):
                yield spec, True
        else:
            yield path, False


def contents(path: str, commands: tuple[str, ...] = ()) -> bytes:
    """The bytes of a file, of one too large enough to see that. Raises `InputProblem`.

    One of `commands` may have been meant by what is no file.
    """
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib costs start-up time
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        hint = ""
        if isinstance(error, FileNotFoundError):
            from mlspeclint.cli.missing import meant

            hint = meant(path, commands)
        reason = getattr(error, "strerror", None) or error
        raise InputProblem(f"cannot read {path}: {reason}{hint}") from None


def read_file(path: str) -> bytes:
    """The bytes of a file, as `contents`. Ends the run if it cannot be read."""
    try:
        return contents(path)
    except InputProblem as problem:
        fail(str(problem))
