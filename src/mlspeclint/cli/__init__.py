"""The command line. Each command is a file of its own; none is imported before it is asked for."""

from __future__ import annotations

import gc

__all__ = ["main"]


def main() -> None:
    """Run the command line (the console script)."""
    # A check lives for some tens of milliseconds: collecting garbage while importing only costs.
    gc.disable()
    from mlspeclint.cli.root import root

    root(prog_name="mlspeclint")
