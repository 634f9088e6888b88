"""Writing to the terminal, a pipe or a file, without ever failing halfway."""

from __future__ import annotations

import os
import sys

from mlspeclint.report.style import Style

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn


NO_OUTPUT = "there is no standard output to write to"


def style_for(colour: str, to_file: bool = False) -> Style:
    """The style of standard output, or of a file; `colour` is auto, always or never.

    With auto, NO_COLOR and FORCE_COLOR decide (when not empty), then whether it is a terminal.
    """
    if to_file:
        return Style(colour == "always")
    terminal = is_terminal()
    coloured = colour == "always"
    if colour == "auto":
        forced = bool(os.environ.get("FORCE_COLOR"))
        capable = terminal and os.environ.get("TERM") != "dumb"
        coloured = not os.environ.get("NO_COLOR") and (forced or capable)
    encoding = (sys.stdout.encoding or "ascii").lower().replace("_", "-")
    return Style(coloured, None if encoding == "utf-8" else encoding, _width() if terminal else 0)


def is_terminal() -> bool:
    """Whether standard output is one. Ends the run where there is no standard output."""
    if sys.stdout is None:
        fail(NO_OUTPUT)
    return sys.stdout.isatty()


def _width() -> int:
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit() and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return 80


def write(text: str | bytes) -> None:
    """Write to standard output, bytes as they are; a reader that has gone away is no error."""
    if sys.stdout is None:
        fail(NO_OUTPUT)
    try:
        if isinstance(text, bytes):
            sys.stdout.flush()
            sys.stdout.buffer.write(text)
        else:
            sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # Python would complain again when it closes the stream at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            fail(f"cannot write the report: {error.strerror}")


def notice(text: str) -> None:
    """Tell something of the tool itself, on standard error. Names of files in it cannot steer a terminal."""
    from mlspeclint.report.text import safe

    print(f"mlspeclint: {safe(text)}", file=sys.stderr)  # noqa: T201 - this is where notices are written


def fail(text: str) -> NoReturn:
    """End with an error of usage or of the tool itself."""
    notice(text)
    sys.exit(2)


def write_file(path: str, text: str) -> None:
    """Write a report to a file. Ends the run if that cannot be."""
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123
            file.write(text)
    except OSError as error:
        fail(f"cannot write {path}: {error.strerror}")
