"""The repository around a file: where it begins, and what is read in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mlspeclint.engine.repository import (
    MAX_FOLDERS,
    Unreadable,
    is_inside,
    read_inside,
    repository_root,
    way_up,
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = Path(os.path.realpath(tmp_path)) / "root"
    (root / "a" / "b").mkdir(parents=True)
    (root / "file").write_bytes(b"12345")
    (root.parent / "outside").write_bytes(b"secret")
    return root


class TestRoot:
    def test_is_where_git_is(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (root / ".git").touch()  # a file in a work tree, a folder elsewhere
        below = root / "a" / "b"
        assert way_up(str(below)) == ([str(below), str(root / "a"), str(root)], True)
        assert repository_root(str(below)) == str(root)
        monkeypatch.chdir(below)
        assert repository_root() == str(root)

    def test_is_the_nearest(self, root: Path) -> None:
        (root / ".git").mkdir()
        (root / "a" / ".git").mkdir()
        assert repository_root(str(root / "a" / "b")) == str(root / "a")

    def test_without_git_the_folder_counts(self, root: Path) -> None:
        way, found = way_up(str(root / "a"))
        assert not found
        assert way[:2] == [str(root / "a"), str(root)]
        assert way[-1] == Path(way[-1]).anchor
        assert repository_root(str(root / "a")) == str(root / "a")

    def test_is_looked_for_in_so_many_folders(self, root: Path) -> None:
        (root / ".git").mkdir()
        last = root.joinpath(*(["x"] * (MAX_FOLDERS - 1)))
        assert repository_root(str(last)) == str(root)
        assert way_up(str(last / "x"))[1] is False


@pytest.mark.parametrize(
    ("path", "inside"),
    [("/a/b", True), ("/a/b/c", True), ("/a", False), ("/a/bc", False), ("/c/a/b", False)],
)
def test_inside(path: str, inside: bool) -> None:
    assert is_inside(path, "/a/b") is inside


def test_what_cannot_be_compared_is_not_inside() -> None:
    assert not is_inside("relative", "/a")


class TestRead:
    def test_up_to_the_limit(self, root: Path) -> None:
        assert read_inside(str(root / "file"), str(root), 5) == b"12345"
        with pytest.raises(Unreadable, match="it has more than 4 bytes"):
            read_inside(str(root / "file"), str(root), 4)

    @pytest.mark.parametrize("name", ["link", "a/../../outside", "below/outside"])
    def test_nothing_outside(self, name: str, root: Path) -> None:
        (root / "link").symlink_to("../outside")
        (root / "below").symlink_to("..")
        with pytest.raises(Unreadable, match="it lies outside the repository"):
            read_inside(str(root / name), str(root), 100)
        assert read_inside(str(root / name), None, 100) == b"secret"

    def test_by_links_that_stay_inside(self, root: Path) -> None:
        (root / "a" / "link").symlink_to("../file")
        (root.parent / "other").symlink_to("root")
        assert read_inside(str(root / "a" / "link"), str(root.parent / "other"), 5) == b"12345"

    def test_only_files(self, root: Path) -> None:
        os.mkfifo(root / "pipe")
        for name in ("pipe", "a"):
            with pytest.raises(Unreadable, match="it is no regular file"):
                read_inside(str(root / name), str(root), 100)

    @pytest.mark.parametrize(("name", "error"), [("none", OSError), ("a\0b", ValueError)])
    def test_what_the_system_refuses(self, name: str, error: type[Exception], root: Path) -> None:
        with pytest.raises(error):
            read_inside(str(root / name), str(root), 100)
