"""Checking so many files that several processes share them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from mlspeclint.cli import checking

from ..running import EXAMPLES, TODAY, run, run_process

if TYPE_CHECKING:
    from pathlib import Path

LINUX = sys.platform == "linux"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As many specs as it takes, every third of them with findings."""
    folder = tmp_path_factory.mktemp("specs")
    texts = [path.read_bytes() for path in sorted(EXAMPLES.glob("*.ml-project.yaml"))]
    for index in range(checking.FEWEST_SHARED + 5):
        data = texts[index % len(texts)] if index % 3 == 0 else texts[0]
        (folder / f"{index:03}.ml-project.yaml").write_bytes(data)
    return folder


@pytest.mark.skipif(not LINUX or len(os.sched_getaffinity(0)) < 2, reason="one processor")
@pytest.mark.parametrize("form", ["full", "concise", "jsonl"])
def test_the_same_report_as_by_one_process(form: str, folder: Path) -> None:
    arguments = ("-f", form, "--statistics", "--today", TODAY)
    shared = run_process(*arguments, folder=folder)
    processors = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(processors)})
    try:
        alone = run_process(*arguments, folder=folder)
    finally:
        os.sched_setaffinity(0, processors)
    assert shared.status == alone.status == 1
    assert shared.out == alone.out
    assert shared.err == alone.err == ""


def test_only_many_files_are_shared(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = []

    def one() -> int:
        shared.append("asked")
        return 1

    monkeypatch.setattr("mlspeclint.engine.parallel.processors", one)
    paths = sorted(folder.iterdir())
    few = paths[: checking.FEWEST_SHARED - 1]
    assert run(*few, "--today", TODAY).status == 1
    assert not shared
    assert run(*few, paths[-1], "--today", TODAY).status == 1
    assert shared


def test_a_file_that_cannot_be_read_ends_the_run_with_one_line(folder: Path) -> None:
    paths = sorted(folder.iterdir())
    done = run_process(*paths[:50], "no-such-spec", *paths[50:], folder=folder)
    assert done.status == 2
    assert done.out == ""
    assert done.err == "mlspeclint: cannot read no-such-spec: No such file or directory\n"
