"""The guide to adoption: its commands run as they stand there, and its output is the real one."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from ..cli.repositories import GIT, PLAN, Repository
from ..running import ROOT, run

PAGE = ROOT / "docs" / "adoption.md"
GUIDE = PAGE.read_text(encoding="utf-8")
COMMANDS = re.findall(r"^```sh\nmlspeclint (.*)\n```$", GUIDE, re.MULTILINE)
HALVED = PLAN.replace("30k", "15k")


@pytest.fixture
def old(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "old")
    repository.write("parcels/ml-project.yaml", PLAN.replace("  cost", "  agreement: 0.85\n  cost"))
    repository.commit()
    return repository


def test_step_by_step(old: Repository) -> None:
    look, write, hold = (shlex.split(command) for command in COMMANDS)
    old.write("parcels/ml-project.yaml", HALVED)
    assert run("check", folder=old.folder, **GIT).status == 1  # type: ignore[arg-type]
    assert old.run(*look).status == 0
    assert "LBL301 labelling-over-budget: 1 finding\n" in old.run(*look).out
    assert old.run(*write).status == 0
    assert (old.folder / ".mlspeclint-baseline.json").exists()
    assert old.run(*hold).status == 0
    old.write("parcels/ml-project.yaml", PLAN)
    assert "found nothing any more" in old.run(*hold).err


def test_the_file_that_it_shows(old: Repository) -> None:
    old.write("parcels/ml-project.yaml", HALVED)
    old.run("--write-baseline", "--select", "LBL301")
    shown = re.search(r"```json\n((?s:.*?))```", GUIDE)
    assert shown is not None
    written = (old.folder / ".mlspeclint-baseline.json").read_text(encoding="utf-8")
    assert shown[1] == written
    assert json.loads(written)["version"] == 1


def test_the_change_that_it_shows(old: Repository, request: pytest.FixtureRequest) -> None:
    plan = (old.folder / "parcels" / "ml-project.yaml").read_text(encoding="utf-8")
    old.write("parcels/ml-project.yaml", plan.replace("30k", "15k").replace("0.85", "0.88"))
    shown = re.search(r"```console\n\$ mlspeclint (.*)\n((?s:.*?))```", GUIDE)
    assert shown is not None
    ran = run(*shlex.split(shown[1]), folder=old.folder, **GIT)  # type: ignore[arg-type]
    assert ran.status == 1
    if request.config.getoption("--update-golden"):
        text = GUIDE[: shown.start(2)] + ran.out + GUIDE[shown.end(2) :]
        PAGE.write_text(text, encoding="utf-8", newline="\n")
        return
    assert shown[2] == ran.out
