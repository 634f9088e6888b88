"""The command line. Each command is a file of its own; none is imported before it is asked for."""

from __future__ import annotations

import gc
import os
import sys

__all__ = ["main"]

OTHER_COMMANDS = (
    "compare", "completion", "config", "cost", "explain", "init", "policy", "record", "rules", "schema",
)  # fmt: skip
COMPLETION = "_MLSPECLINT_COMPLETE"
TRACEBACK = "MLSPECLINT_TRACEBACK"
INTERRUPTED = 130
"""The exit status of what the user has stopped, as shells have it."""


def main() -> None:
    """Run the command line (the console script). Ends with `SystemExit`, whatever happens."""
    # A check lives for some tens of milliseconds: collecting garbage while importing only costs.
    gc.disable()
    try:
        _main()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        from mlspeclint.cli.output import fail
        from mlspeclint.policy.problem import ConfigProblem

        if isinstance(error, ConfigProblem):  # of a plug-in, whose rules fail while they run
            fail(str(error))
        fail(f"internal error, please report it: {error!r} ({TRACEBACK}=1 shows where)")


def _main() -> None:
    if COMPLETION not in os.environ:
        from mlspeclint.cli.quick import parameters

        given = parameters(sys.argv[1:], OTHER_COMMANDS)
        if given is not None:
            from mlspeclint.cli.checking import UsageProblem, check

            try:
                sys.exit(check(**given))
            except UsageProblem:
                given = None  # click tells it, with the usage
    else:
        from mlspeclint.cli.completion import register

        register()
    from mlspeclint.cli.root import root

    root(prog_name="mlspeclint")
