"""Checking many files on all processors.

The work is shared among processes that are forked from this one: they have the rules and settings already,
whatever these are made of, and send back nothing but reports. A file that a process could not finish is
checked again here, so that a mistake is told once, and in its place.
"""

from __future__ import annotations

import os
import pickle
from contextlib import closing
from io import BytesIO

from mlspeclint.rules.rule import Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from mlspeclint.engine.finding import FileReport
    from mlspeclint.engine.settings import Settings

AT_ONCE = 20
"""Files that a process takes at once."""


def processors() -> int:
    """On how many processors this process may run, where it can be forked without harm; otherwise 1.

    Elsewhere than on Linux, a process that has loaded libraries of the system cannot be forked with safety.
    """
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def in_parallel(
    check: Callable[[int], FileReport], settings: list[Settings], processes: int
) -> Iterator[FileReport]:
    """The reports that `check` makes of all files by their numbers, in order, settled (see `FileReport`).

    `settings` are those of each file.
    """
    global _work  # what is forked inherits it
    work = _work = _Work(check, settings)
    number, done = len(settings), 0
    with closing(_started(number, processes)) as ready:
        while several := _next(ready):
            for packed in several:
                yield check(done) if packed is None else work.unpacked(packed)
                done += 1
    for index in range(done, number):
        yield check(index)


def _next(ready: Iterator[list[bytes | None]]) -> list[bytes | None] | None:
    """What comes next from the processes; None at the end, or where there are no processes any more."""
    from concurrent.futures import BrokenExecutor

    try:
        return next(ready, None)
    except BrokenExecutor:  # one was killed
        return None
    except (ImportError, OSError):  # a system without semaphores, or without room for processes
        return None


def _started(number: int, processes: int) -> Generator[list[bytes | None]]:
    """Start the processes; what they send, in the order of the files."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    starts = range(0, number, AT_ONCE)
    parts = [range(start, min(start + AT_ONCE, number)) for start in starts]
    pool = ProcessPoolExecutor(processes, get_context("fork"), _begin)
    try:
        yield from pool.map(_packed_reports, parts)
    finally:
        # Waited for: a pool that winds up while Python ends may write to a pipe that is closed already.
        pool.shutdown(cancel_futures=True)


class _Work:
    """What the processes have in common. `rules` are known by their address, which a fork does not change."""

    def __init__(self, check: Callable[[int], FileReport], settings: Iterable[Settings]) -> None:
        self.check = check
        self.rules = {
            id(rule): rule
            for each in set(settings)
            for stage in (each, *each.stages.values())
            for rule in stage.rules
        }

    def packed(self, index: int) -> bytes | None:
        """A report, ready to be sent; None where that could not be done."""
        try:
            report = self.check(index)
            report.settle()
            room = BytesIO()
            _Packer(room, self.rules).dump(report)
        except Exception:
            return None
        return room.getvalue()

    def unpacked(self, packed: bytes) -> FileReport:
        """A report that a process has sent."""
        report: FileReport = _Unpacker(BytesIO(packed), self.rules).load()
        return report


_work: _Work | None = None


def _begin() -> None:
    """What each process does first: end without a word when the user stops the run."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _packed_reports(indices: range) -> list[bytes | None]:
    assert _work is not None  # noqa: S101 - it was set before the fork
    return [_work.packed(index) for index in indices]


class _Packer(pickle.Pickler):
    """Names rules instead of packing them: they are made of functions."""

    def __init__(self, room: BytesIO, rules: dict[int, Rule]) -> None:
        super().__init__(room, pickle.HIGHEST_PROTOCOL)
        self._rules = rules

    def persistent_id(self, obj: object) -> int | None:
        """The name of a rule."""
        return id(obj) if type(obj) is Rule and id(obj) in self._rules else None


class _Unpacker(pickle.Unpickler):
    """Finds the rules that are named. It reads what our own processes have sent, and nothing else."""

    def __init__(self, room: BytesIO, rules: dict[int, Rule]) -> None:
        super().__init__(room)
        self._rules = rules

    def persistent_load(self, pid: int) -> Rule:
        """The rule of that name."""
        return self._rules[pid]
