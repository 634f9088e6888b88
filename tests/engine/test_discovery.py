"""Which specs are found below a folder."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from mlspeclint.engine import discovery
from mlspeclint.engine.discovery import is_spec, specs_below


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ml-project.yaml", True),
        ("ml-project.yml", True),
        ("churn.ml-project.yaml", True),
        ("churn.ml-project.yml", True),
        ("my-ml-project.yaml", False),
        ("ml-project.yaml.bak", False),
        ("ml-project.json", False),
        ("ML-PROJECT.YAML", False),
    ],
)
def test_names_of_specs(name: str, expected: bool) -> None:
    assert is_spec(name) is expected


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder with specs here and there."""
    top = tmp_path / "project"
    for name in (
        "ml-project.yaml",
        "a/churn.ml-project.yaml",
        "a/deep/er/ml-project.yml",
        "b/notes.yaml",
        "build/ml-project.yaml",
        "ünïcode/na me.ml-project.yaml",
        ".hidden/ml-project.yaml",
        "venv/ml-project.yaml",
    ):
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mlspec: 1\n", encoding="utf-8")
    return top


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def names(folder: Path) -> list[str]:
    return [Path(path).relative_to(folder).as_posix() for path in specs_below(str(folder))]


EVERYWHERE = [
    "a/churn.ml-project.yaml",
    "a/deep/er/ml-project.yml",
    "build/ml-project.yaml",
    "ml-project.yaml",
    "ünïcode/na me.ml-project.yaml",
]


def test_without_a_repository_hidden_folders_and_environments_are_left_out(tree: Path) -> None:
    assert names(tree) == EVERYWHERE


def test_without_git(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(tree, "init", "-q")
    (tree / ".gitignore").write_text("build/\n", encoding="utf-8")
    monkeypatch.setenv("PATH", str(tree))
    assert names(tree) == EVERYWHERE


class TestInARepository:
    def test_what_git_ignores_is_left_out(self, tree: Path) -> None:
        git(tree, "init", "-q")
        (tree / ".gitignore").write_text("build/\nvenv/\n", encoding="utf-8")
        assert names(tree) == [
            ".hidden/ml-project.yaml",
            *(name for name in EVERYWHERE if not name.startswith("build/")),
        ]

    def test_what_was_added_all_the_same_is_checked(self, tree: Path) -> None:
        git(tree, "init", "-q")
        (tree / ".gitignore").write_text("build/\nvenv/\n", encoding="utf-8")
        git(tree, "add", "-f", "build/ml-project.yaml")
        assert "build/ml-project.yaml" in names(tree)

    def test_what_was_deleted_is_not(self, tree: Path) -> None:
        git(tree, "init", "-q")
        git(tree, "add", ".")
        (tree / "ml-project.yaml").unlink()
        assert "ml-project.yaml" not in names(tree)

    def test_below_a_folder_only(self, tree: Path) -> None:
        git(tree, "init", "-q")
        assert specs_below(str(tree / "a")) == [
            str(tree / "a/churn.ml-project.yaml"),
            str(tree / "a/deep/er/ml-project.yml"),
        ]

    def test_its_own_programs_are_not_run(self, tree: Path) -> None:
        git(tree, "init", "-q")
        proof = tree / "proof"
        program = tree / "monitor"
        program.write_text(f"#!/bin/sh\ntouch '{proof}'\n", encoding="utf-8")
        program.chmod(0o755)
        git(tree, "config", "core.fsmonitor", str(program))
        assert names(tree)
        assert not proof.exists()


def test_the_folder_itself_is_named_as_it_was_asked_for(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tree)
    assert "ml-project.yaml" in specs_below(".")
    assert specs_below("a") == ["a/churn.ml-project.yaml", "a/deep/er/ml-project.yml"]


class TestLinks:
    def test_that_lead_out_are_left_out(self, tree: Path, tmp_path: Path) -> None:
        outside = tmp_path / "outside.yaml"
        outside.write_text("secret: 1\n", encoding="utf-8")
        (tree / "b" / "ml-project.yaml").symlink_to(outside)
        assert "b/ml-project.yaml" not in names(tree)
        git(tree, "init", "-q")
        assert "b/ml-project.yaml" not in names(tree)

    def test_that_stay_inside_are_followed(self, tree: Path) -> None:
        (tree / "b" / "ml-project.yaml").symlink_to(tree / "ml-project.yaml")
        assert "b/ml-project.yaml" in names(tree)

    def test_that_lead_nowhere_are_left_out(self, tree: Path) -> None:
        (tree / "b" / "ml-project.yaml").symlink_to(tree / "nowhere")
        assert "b/ml-project.yaml" not in names(tree)

    def test_to_folders_above_are_not_walked_for_ever(self, tree: Path) -> None:
        (tree / "b" / "loop").symlink_to(tree, target_is_directory=True)
        assert names(tree) == EVERYWHERE


def test_names_that_are_not_utf_8(tree: Path) -> None:
    name = os.fsencode(tree) + b"/\xff.ml-project.yaml"
    try:
        with open(name, "wb"):  # noqa: PTH123
            pass
    except OSError:
        pytest.skip("this file system takes no such names")
    found = [os.fsencode(path) for path in specs_below(str(tree))]
    assert name in found


def test_folders_that_are_left_out_are_those_of_others() -> None:
    assert {"node_modules", "venv", "site-packages"} <= discovery.LEFT_OUT
