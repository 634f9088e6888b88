"""Runs the command on the examples of pages, in this process: there are some two hundred of them."""

from __future__ import annotations

import gc
import io
import os
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

from mlspeclint.cli import main

TODAY = "2026-11-21"
"""The day of all examples, so that the site is the same whenever it is built."""


def output(*arguments: str, files: dict[str, bytes]) -> str:
    """What the command prints on files of a folder of their own. What it says of itself is an error."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n", write_through=True)
    err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n", write_through=True)
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        os.chdir(folder)
        try:
            with (
                mock.patch.object(sys, "argv", ["mlspeclint", *arguments]),
                mock.patch.dict(os.environ, {"COLUMNS": "100"}),
                redirect_stdout(out),
                redirect_stderr(err),
            ):
                main()
        except SystemExit as end:
            status = end.code
        finally:
            gc.enable()  # the command disables it: it does not live long
            os.chdir(before)
    complaint = err.buffer.getvalue().decode()
    if complaint or status not in (0, 1):
        raise RuntimeError(f"mlspeclint {' '.join(arguments)} ended with {status}: {complaint}")
    return out.buffer.getvalue().decode()
