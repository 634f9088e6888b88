"""Running the command: in this process, where it is fast, or as a process of its own, as users do."""

from __future__ import annotations

import gc
import io
import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

from mlspeclint.cli import main

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
TODAY = "2026-11-21"
CONSOLE_SCRIPT = "import sys; from mlspeclint.cli import main; sys.exit(main())"
"""What the script does that pip makes of the entry point."""
OF_THE_CALLER = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM", "PYTHONIOENCODING", "PYTHONUTF8")


class Ran:
    """What a run left behind: its exit status, its output and its notices."""

    def __init__(self, status: int, out: bytes, err: bytes, encoding: str = "utf-8") -> None:
        self.status = status
        self.out = out.decode(encoding)
        self.err = err.decode(encoding)

    def __repr__(self) -> str:
        return f"<status {self.status}>\n{self.out}\n{self.err}"


class _Stream(io.TextIOWrapper):
    """A standard stream in memory; `terminal` tells what it says of itself."""

    terminal = False

    def isatty(self) -> bool:
        return self.terminal


def run(
    *arguments: str | Path,
    stdin: bytes = b"",
    folder: Path = ROOT,
    encoding: str = "utf-8",
    columns: int | None = None,
    **environment: str,
) -> Ran:
    """Run the command in this process; with `columns`, on a terminal of that width."""
    out = _Stream(io.BytesIO(), encoding=encoding, newline="\n", write_through=True)
    err = _Stream(io.BytesIO(), encoding=encoding, errors="backslashreplace", newline="\n")
    kept = {name: value for name, value in os.environ.items() if name not in OF_THE_CALLER}
    if columns is not None:
        out.terminal = True
        kept |= {"COLUMNS": str(columns), "TERM": "xterm-256color"}
    before = Path.cwd()
    os.chdir(folder)
    try:
        with (
            mock.patch.object(sys, "argv", ["mlspeclint", *map(str, arguments)]),
            mock.patch.object(sys, "stdin", _Stream(io.BytesIO(stdin), encoding=encoding)),
            mock.patch.object(sys, "stdout", out),
            mock.patch.object(sys, "stderr", err),
            mock.patch.dict(os.environ, kept | environment, clear=True),
        ):
            main()
    except SystemExit as end:
        status = end.code
    else:
        status = 0
    finally:
        gc.enable()  # the command disables it: it does not live long
        os.chdir(before)
    err.flush()
    assert status is None or isinstance(status, int), status
    return Ran(status or 0, _bytes(out), _bytes(err), encoding)


def _bytes(stream: _Stream) -> bytes:
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue()


def run_process(
    *arguments: str | Path, stdin: bytes = b"", folder: Path = ROOT, **environment: str
) -> Ran:
    """Run the command as a process of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in OF_THE_CALLER}
    done = subprocess.run(
        [sys.executable, "-c", CONSOLE_SCRIPT, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        check=False,
        cwd=folder,
        env={**kept, "PYTHONUTF8": "1", **environment},
        timeout=60,
    )
    return Ran(
        done.returncode, done.stdout, done.stderr, environment.get("PYTHONIOENCODING", "utf-8")
    )
