"""Which file is the configuration of a spec."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlspeclint.policy.files import mentions_us
from mlspeclint.policy.search import Search

from .support import repository, working_in, write

TABLE = "[tool.mlspeclint]\n"
OTHER = '[project]\nname = "mlspeclint-user"\ndependencies = ["mlspeclint>=0.1"]\n'


def found(folder: Path, path: str) -> str | None:
    with working_in(folder):
        file = Search().of(path)
    return None if file is None else Path(file.path).relative_to(folder).as_posix()


def test_the_nearest_upwards(tmp_path: Path) -> None:
    repository(
        tmp_path / "r",
        {
            "pyproject.toml": TABLE,
            "a/.mlspeclint.toml": "",
            "a/b/pyproject.toml": OTHER,
            "a/b/x.yaml": "",
            "c/d/x.yaml": "",
        },
    )
    root = tmp_path / "r"
    assert found(root, "a/b/x.yaml") == "a/.mlspeclint.toml"
    assert found(root, "a/b") == "a/.mlspeclint.toml"
    assert found(root, "c/d/x.yaml") == "pyproject.toml"
    assert found(root, "not-there.yaml") == "pyproject.toml"


def test_our_own_file_comes_first(tmp_path: Path) -> None:
    repository(tmp_path / "r", {"pyproject.toml": TABLE, ".mlspeclint.toml": ""})
    assert found(tmp_path / "r", "x.yaml") == ".mlspeclint.toml"


def test_ends_at_the_root_of_the_repository(tmp_path: Path) -> None:
    write(tmp_path, {".mlspeclint.toml": ""})
    repository(tmp_path / "r", {"a/x.yaml": ""})
    assert found(tmp_path / "r", "a/x.yaml") is None


def test_a_work_tree_has_a_file_for_its_git_folder(tmp_path: Path) -> None:
    write(tmp_path, {".mlspeclint.toml": "", "r/.git": "gitdir: elsewhere\n", "r/a/x.yaml": ""})
    assert found(tmp_path / "r", "a/x.yaml") is None


def test_outside_of_a_repository_it_ends_at_the_working_folder(tmp_path: Path) -> None:
    write(tmp_path, {".mlspeclint.toml": "", "a/.mlspeclint.toml": "", "a/b/c/x.yaml": ""})
    assert found(tmp_path / "a", "b/c/x.yaml") == ".mlspeclint.toml"
    assert found(tmp_path / "a" / "b", "c/x.yaml") is None
    with working_in(tmp_path / "a" / "b" / "c"):
        # Elsewhere only its own folder counts.
        assert Search().of(str(tmp_path / "a" / "x.yaml")) is not None
        (tmp_path / "a" / ".mlspeclint.toml").unlink()
        assert Search().of(str(tmp_path / "a" / "x.yaml")) is None


def test_a_working_folder_that_is_gone(tmp_path: Path) -> None:
    write(tmp_path, {"a/.mlspeclint.toml": "", "b/x": ""})
    with working_in(tmp_path / "b"):
        (tmp_path / "b" / "x").unlink()
        (tmp_path / "b").rmdir()
        assert Search().of(str(tmp_path / "a" / "x.yaml")) is not None


def test_each_file_is_looked_at_once(tmp_path: Path) -> None:
    root = repository(tmp_path / "r", {"pyproject.toml": OTHER, "a/.mlspeclint.toml": ""})
    search = Search()
    with working_in(root):
        results = [search.of(path) for path in ("a/x.yaml", "a/b/y.yaml", "x.yaml", "y.yaml")]
    assert [result is not None for result in results] == [True, True, False, False]
    assert results[0] is results[1]
    assert [Path(path).name for path in search.looked_at] == [".mlspeclint.toml", "pyproject.toml"]


def test_by_the_name_of_the_path_and_not_where_a_link_leads(tmp_path: Path) -> None:
    root = repository(tmp_path / "r", {"a/.mlspeclint.toml": "", "b/x.yaml": ""})
    (root / "a" / "link").symlink_to("../b")
    assert found(root, "a/link/x.yaml") == "a/.mlspeclint.toml"


@pytest.mark.parametrize(
    "text",
    [
        "[tool.mlspeclint]\n",
        "[ tool . mlspeclint ]\n",
        '[tool."mlspeclint"]\n',
        "[\"tool\".'mlspeclint']\n",
        "[tool.mlspeclint.limits]\n",
        "[tool]\nmlspeclint = {}\n",
        "[tool]\nmlspeclint.select = []\n",
        "tool.mlspeclint.select = []\n",
        "tool = {mlspeclint = {}}\n",
        "[[tool.mlspeclint.policies]]\n",
    ],
)
def test_tables_that_are_ours(tmp_path: Path, text: str) -> None:
    assert mentions_us(text.encode())
    root = repository(tmp_path / "r", {"pyproject.toml": text})
    assert found(root, "x.yaml") == "pyproject.toml"


@pytest.mark.parametrize(
    "text",
    [
        OTHER,
        '[project.scripts]\nmlspeclint = "mlspeclint.cli:main"\n',
        '[tool.poetry.dependencies]\nmlspeclint = "^0.1"\n',
        '[tool.other]\nx = """\n[tool.mlspeclint]\n"""\n',
        "# [tool.mlspeclint]\n",
        "[tool.mlspeclint-extra]\n",
        "",
    ],
)
def test_tables_that_are_not(tmp_path: Path, text: str) -> None:
    root = repository(tmp_path / "r", {"pyproject.toml": text})
    assert found(root, "x.yaml") is None


def test_dependencies_cost_no_reading_of_toml() -> None:
    assert not mentions_us(OTHER.encode())
    assert not mentions_us(b'[project.scripts]\nmlspeclint = "mlspeclint.cli:main"\n')
