"""Checking many files by several processes: the same reports, whatever happens to a process."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mlspeclint.engine.check import check_file
from mlspeclint.engine.finding import FileReport, Run
from mlspeclint.engine.next_facts import next_facts
from mlspeclint.engine.parallel import AT_ONCE, in_parallel, processors
from mlspeclint.engine.settings import Settings
from mlspeclint.report import full, gitlab, json, rdjson, sarif
from mlspeclint.report.style import Style

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux")

EXAMPLES = sorted(Path(__file__).parents[2].joinpath("examples").glob("*.ml-project.yaml"))
SLIP = b"mlspec: 1\nproject: {name: a}\ntask: {type: clasification, modality: text}\n"
SETTINGS = Settings()
MANY = 3 * AT_ONCE + 1


def report_of(index: int) -> FileReport:
    """The report of an example, of a broken one every now and then."""
    path = EXAMPLES[index % len(EXAMPLES)]
    data = SLIP if index % 7 == 3 else path.read_bytes()
    report = check_file(data, f"{index}.ml-project.yaml", SETTINGS)
    report.next_facts = next_facts(report, 2)
    return report


def reports_of(check: Callable[[int], FileReport], number: int = MANY) -> list[FileReport]:
    return list(in_parallel(check, [SETTINGS] * number, 2))


def where(index: int) -> FileReport:
    """A report that names the process which made it."""
    return FileReport(f"{index} {os.getpid()}")


def told(reports: list[FileReport]) -> list[tuple[int, bool]]:
    """The numbers of reports, and whether another process made each."""
    pairs = (report.file.split() for report in reports)
    return [(int(index), int(pid) != os.getpid()) for index, pid in pairs]


def test_the_reports_are_the_same() -> None:
    one, many = Run([report_of(index) for index in range(MANY)]), Run(reports_of(report_of))
    for render in (json.render, sarif.render, gitlab.render, rdjson.render):
        assert render(many) == render(one)
    assert full.render(many, Style(), undecided=True) == full.render(one, Style(), undecided=True)


def test_others_make_them_all() -> None:
    assert told(reports_of(where)) == [(index, True) for index in range(MANY)]
    # Also those that hold rules, findings, waivers and fixes: none has to be made again.
    parent = os.getpid()

    def only_elsewhere(index: int) -> FileReport:
        assert os.getpid() != parent
        return report_of(index)

    assert len(reports_of(only_elsewhere)) == MANY


def test_what_fails_elsewhere_is_done_again_here() -> None:
    parent = os.getpid()

    def fails_elsewhere(index: int) -> FileReport:
        if index % 10 == 4 and os.getpid() != parent:
            raise ValueError(index)
        return where(index)

    assert told(reports_of(fails_elsewhere)) == [(index, index % 10 != 4) for index in range(MANY)]


def test_what_fails_everywhere_fails_here() -> None:
    def fails(index: int) -> FileReport:
        if index == AT_ONCE + 2:
            raise ValueError(f"number {index}")
        return where(index)

    with pytest.raises(ValueError, match=f"number {AT_ONCE + 2}"):
        reports_of(fails)


def test_a_process_that_is_killed() -> None:
    parent = os.getpid()

    def killed(index: int) -> FileReport:
        if index == 2 * AT_ONCE and os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return where(index)

    found = told(reports_of(killed))
    assert [index for index, _ in found] == list(range(MANY))
    assert found[-1] == (MANY - 1, False)


def test_no_processes_to_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError("no semaphores here")

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", refused)
    assert told(reports_of(where)) == [(index, False) for index in range(MANY)]


def test_as_many_processes_as_may_run() -> None:
    assert processors() == len(os.sched_getaffinity(0))
