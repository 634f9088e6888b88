"""`check --verbose`: what is told on standard error of each file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mlspeclint.rules import RULES

from ..running import EXAMPLES, TODAY, run

PLAN = EXAMPLES / "chest-x-rays.ml-project.yaml"


@pytest.mark.parametrize("option", ["-v", "--verbose"])
def test_tells_what_came_of_the_rules(option: str) -> None:
    ran = run("check", option, PLAN, "--today", TODAY)
    silent = run("check", PLAN, "--today", TODAY)
    assert (ran.status, ran.out) == (silent.status, silent.out)
    line = re.fullmatch(
        rf"mlspeclint: {re.escape(str(PLAN))}: {len(RULES)} rules: "
        r"(\d+) clear, (\d+) not applicable, (\d+) undecided, (\d+) possible, (\d+) in conflict; "
        r"configuration: none\n",
        ran.err,
    )
    assert line, ran.err
    clear, inapplicable, undecided, possible, conflict = map(int, line.groups())
    assert clear + inapplicable + undecided + possible + conflict == len(RULES)
    assert f"{undecided} rules undecided" in ran.out
    assert conflict >= ran.out.count("= basis") == 3
    assert clear
    assert inapplicable


def test_counts_what_was_selected_for_each_document(tmp_path: Path) -> None:
    file = tmp_path / "two.ml-project.yaml"
    file.write_text(f"{PLAN.read_text()}---\n{PLAN.read_text()}")
    ran = run("check", "-v", "--select", "LBL301,LBL303", file)
    first, second = ran.err.splitlines()
    assert ", document 1: 2 rules: 0 clear, " in first
    assert first.endswith(" 0 possible, 2 in conflict; configuration: none")
    assert second == first.replace("document 1", "document 2")


def test_names_the_configuration_and_what_it_leaves_out(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".mlspeclint.toml").write_text(
        'extends = ["pack.toml"]\nexclude = ["old/"]\nselect = ["LBL"]\n'
        '[stages.pilot]\nignore = ["LBL301"]\n'
    )
    (tmp_path / "pack.toml").write_text('fail-on = "error"\n')
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "ml-project.yaml").write_text("mlspec: 1\n")
    text = PLAN.read_text()
    (tmp_path / "ml-project.yaml").write_text(text.replace("stage: proposal", "stage: pilot"))
    (tmp_path / "other.ml-project.yaml").write_text(text)
    ran = run("check", "-v", folder=tmp_path)
    labels = sum(rule.code.startswith("LBL") for rule in RULES)
    first, second, third = ran.err.splitlines()
    assert first.startswith(f"mlspeclint: ml-project.yaml: {labels - 1} rules: ")
    assert second.startswith(f"mlspeclint: other.ml-project.yaml: {labels} rules: ")
    assert second.endswith("; configuration: pack.toml, .mlspeclint.toml")
    assert third == "mlspeclint: old/ml-project.yaml: left out by `exclude`"
    assert "left out" not in run("check", folder=tmp_path).err


def test_tells_of_every_file_in_order(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.ml-project.yaml").write_text("mlspec: [")
    ran = run("check", "-v", tmp_path, "-f", "json")
    lines = ran.err.splitlines()
    assert [re.search(r"/(\w)\.ml", line)[1] for line in lines] == ["a", "b"]  # type: ignore[index]
    assert all(line.endswith("no rule ran, as it cannot be read as a spec") for line in lines)


def test_names_cannot_steer_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "\x1b[31m.ml-project.yaml").write_text("mlspec: 1\n")
    assert "\x1b" not in run("check", "-v", tmp_path).err


def test_not_with_quiet() -> None:
    ran = run("check", "-q", "-v", PLAN)
    assert (ran.status, ran.out) == (2, "")
    assert "--quiet and --verbose contradict each other" in ran.err
