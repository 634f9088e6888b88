"""`check --fix` and `check --diff`: what becomes of each file on the way to its report."""

from __future__ import annotations

import sys

from mlspeclint.cli.options import STDIN
from mlspeclint.cli.output import is_terminal, notice, write
from mlspeclint.cli.replace import NotReplaced, replace_file
from mlspeclint.document.limits import MAX_BYTES
from mlspeclint.engine.fix import mended
from mlspeclint.report.diff import diff, shown
from mlspeclint.report.text import plural

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.engine.settings import Settings


class Fixing:
    """The fixes of a run. With `only_shown` they are written as a diff, and no file is touched.

    With `stdin`, the one input is standard input, and its fixed text goes to standard output.
    """

    __slots__ = ("count", "failed", "files", "only_shown", "stdin", "unsafe")

    def __init__(self, *, unsafe: bool, only_shown: bool, stdin: bool) -> None:
        self.unsafe = unsafe
        self.only_shown = only_shown
        self.stdin = stdin
        self.count = 0
        self.files = 0
        self.failed = False

    def fixed(self, name: str, data: bytes, settings: Settings) -> bytes:
        """Fix an input. What is returned is what the report is about."""
        path = None if name == STDIN and self.stdin else name
        result = mended(data, name, settings, unsafe=self.unsafe, path=path)
        if self.only_shown:
            self._show(diff(name, data, result.data))
        elif self.stdin:
            write(result.data)
            if len(data) > MAX_BYTES:
                # It was read as far as it takes to see that it is too large.
                self.let_through()
        elif result.count and not self._written(name, data, result.data):
            return data
        if result.count:
            self.count += result.count
            self.files += 1
        return result.data

    def let_through(self) -> None:
        """Standard input that is not looked at comes out as it is: it may be about to replace a file."""
        if self.stdin and not self.only_shown:
            write(sys.stdin.buffer.read())

    def _written(self, name: str, old: bytes, new: bytes) -> bool:
        try:
            replace_file(name, old, new)
        except NotReplaced as problem:
            notice(f"cannot write {name}: {problem}")
            self.failed = True
            return False
        return True

    def _show(self, text: str) -> None:
        if is_terminal():
            write(shown(text))
        else:
            # As bytes: a patch has to be what the file is, whatever the locale.
            write(text.encode())

    def tell(self) -> None:
        """Say on standard error what was done, if anything was."""
        if self.count:
            what = f"{plural(self.count, 'problem')} in {plural(self.files, 'file')}"
            notice(f"{'would fix' if self.only_shown else 'fixed'} {what}")
