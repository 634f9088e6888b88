"""Where services look for files: from the root of the repository, with forward slashes."""

from __future__ import annotations

import ntpath
from pathlib import Path

import pytest

from mlspeclint.report.places import below

from ..running import run


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("/repo/ml-project.yaml", "ml-project.yaml"),
        ("/repo/a/../b/./x.yaml", "b/x.yaml"),
        ("/repo/..x/y.yaml", "..x/y.yaml"),
        ("/elsewhere/x.yaml", "/elsewhere/x.yaml"),
        ("/repository/x.yaml", "/repository/x.yaml"),
    ],
)
def test_below(file: str, expected: str) -> None:
    assert below("/repo", file) == expected


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (r"C:\repo\a\x.yaml", "a/x.yaml"),
        (r"c:\REPO\a/x.yaml", "a/x.yaml"),
        (r"C:\elsewhere\x.yaml", "C:/elsewhere/x.yaml"),
        (r"D:\repo\x.yaml", "D:/repo/x.yaml"),
    ],
)
def test_below_on_windows(file: str, expected: str) -> None:
    assert below(r"C:\repo", file, ntpath) == expected


def test_a_check_in_a_folder_tells_places_from_the_root(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "ml-project.yaml").write_text("a: [", encoding="utf-8")
    assert run("check", "-f", "github", folder=folder).out.startswith(
        "::error file=plans/ml-project.yaml,line=1,"
    )
