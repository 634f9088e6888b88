"""New content in the place of a file. That it is whole when a run is killed is tested with `check --fix`."""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_IMODE

import pytest

from mlspeclint.engine.atomic import replace


@pytest.mark.parametrize("umask", [0o022, 0o077])
def test_a_new_file_is_as_open_as_any_other(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        replace(str(tmp_path / "new"), b"1")
        assert os.umask(umask) == umask
    finally:
        os.umask(before)
    assert (tmp_path / "new").read_bytes() == b"1"
    assert S_IMODE((tmp_path / "new").stat().st_mode) == 0o666 & ~umask


def test_the_mode_stays(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    file.chmod(0o640)
    replace(str(file), b"new")
    assert (file.read_bytes(), S_IMODE(file.stat().st_mode)) == (b"new", 0o640)


def test_a_link_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "file").chmod(0o700)
    (tmp_path / "link").symlink_to("file")
    replace(str(tmp_path / "link"), b"new")
    assert not (tmp_path / "link").is_symlink()
    assert not (tmp_path / "link").stat().st_mode & 0o111
    assert [(tmp_path / name).read_bytes() for name in ("file", "link")] == [b"old", b"new"]


def test_what_is_raised_last_leaves_all_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")

    def refuse() -> None:
        raise KeyError

    with pytest.raises(KeyError):
        replace(str(file), b"new", refuse)
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("file", b"old")]


def test_in_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    replace("file", b"new")
    assert Path("file").read_bytes() == b"new"
