"""Configuration files that come from strangers: what is wrong is told, and nothing else happens."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlspeclint.policy.configuration import Configuration
from mlspeclint.policy.files import MAX_BYTES, MAX_DOTS, _toml
from mlspeclint.policy.problem import ConfigProblem
from mlspeclint.policy.search import Found

from .support import configured, problem, repository


def root_with(tmp_path: Path, data: bytes, name: str = ".mlspeclint.toml") -> Path:
    root = repository(tmp_path / "r", {})
    (root / name).write_bytes(data)
    return root


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"a = 1\nselect = [\n", ".mlspeclint.toml: is not TOML: "),
        (b"a = 1\n= 2\n", ".mlspeclint.toml:2: is not TOML: Invalid statement"),
        (b"ignore = ['A']\nignore = ['B']\n", ".mlspeclint.toml:2: is not TOML: Cannot overwrite"),
        (b"a = 1\nb = '\xff'\n", ".mlspeclint.toml:2: is not UTF-8"),
        (b"a = " + b"[" * 50_000, ".mlspeclint.toml: is nested too deeply"),
        (b"a = " + b"{b=" * 30_000, ".mlspeclint.toml: is nested too deeply"),
        (b"a = " + b"1" * 10_000, ".mlspeclint.toml: is not TOML: Exceeds the limit"),
        (b"#" * (MAX_BYTES + 1), ".mlspeclint.toml: it has more than 131,072 bytes"),
        (b"\n" + b"a." * (MAX_DOTS + 1) + b"b = 1", ".mlspeclint.toml:2: has more than 100 dots"),
        (b"a = 2027-02-30\n", ".mlspeclint.toml:1: is not TOML: Invalid date"),
    ],
)  # fmt: skip
def test_broken_files(tmp_path: Path, data: bytes, told: str) -> None:
    assert problem(root_with(tmp_path, data)).startswith(told)


def test_the_sizes_that_are_read(tmp_path: Path) -> None:
    configured(root_with(tmp_path / "a", b"#" * MAX_BYTES))
    dots = b"# " + b"." * MAX_DOTS
    configured(root_with(tmp_path / "b", dots))
    # Of a file that is not about us more is looked through.
    root = root_with(tmp_path / "c", b"#" * (MAX_BYTES + 1), "pyproject.toml")
    (root / ".mlspeclint.toml").write_text("")
    configured(root)


def test_a_large_shared_file_is_a_mistake_only_if_it_is_ours(tmp_path: Path) -> None:
    data = b"[tool.mlspeclint]\n" + b"#" * MAX_BYTES
    assert "has more than" in problem(root_with(tmp_path, data, "pyproject.toml"))


def test_a_byte_order_mark(tmp_path: Path) -> None:
    root = root_with(tmp_path, b"\xef\xbb\xbfselect = ['LBL']\n")
    assert configured(root).stages["pilot"].selected


@pytest.mark.parametrize("name", [".mlspeclint.toml", "pyproject.toml"])
class TestNoRegularFile:
    def test_a_pipe(self, tmp_path: Path, name: str) -> None:
        root = repository(tmp_path / "r", {})
        os.mkfifo(root / name)
        assert problem(root) == f"{name}: it is no regular file"

    def test_a_folder(self, tmp_path: Path, name: str) -> None:
        root = repository(tmp_path / "r", {f"{name}/x": ""})
        assert problem(root) == f"{name}: it is no regular file"

    def test_a_device(self, tmp_path: Path, name: str) -> None:
        root = repository(tmp_path / "r", {})
        (root / name).symlink_to("/dev/zero")
        assert problem(root) == f"{name}: it lies outside the repository"

    def test_a_link_to_the_outside(self, tmp_path: Path, name: str) -> None:
        root = repository(tmp_path / "r", {})
        (tmp_path / "secret.toml").write_text("select = ['LBL']")
        (root / name).symlink_to("../secret.toml")
        assert problem(root) == f"{name}: it lies outside the repository"

    def test_a_link_to_nothing(self, tmp_path: Path, name: str) -> None:
        root = repository(tmp_path / "r", {})
        (root / name).symlink_to("nowhere.toml")
        assert problem(root) == f"{name}: cannot be read: No such file or directory"

    def test_a_link_to_itself(self, tmp_path: Path, name: str) -> None:
        root = repository(tmp_path / "r", {})
        (root / name).symlink_to(name)
        assert problem(root).startswith(f"{name}: cannot be read: ")


def test_a_link_inside(tmp_path: Path) -> None:
    root = repository(tmp_path / "r", {"conf/shared.toml": "fail-on = 'note'"})
    (root / ".mlspeclint.toml").symlink_to("conf/shared.toml")
    assert configured(root).fail_on == "note"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tool = 1\n", "pyproject.toml: tool: it is no table"),
        ("[tool]\nmlspeclint = []\n", "pyproject.toml: tool.mlspeclint: it is no table"),
    ],
)
def test_what_is_no_table(tmp_path: Path, text: str, told: str) -> None:
    data = f"# mlspeclint\n{text}".encode()
    assert problem(root_with(tmp_path, data, "pyproject.toml")) == told


VALID = b"""extends = []
select = ["LBL", 'DAT101']
exclude = ["archive/", "**/x*y"]
fail-on = "error"
[severity]
LBL303 = "note" # why
[limits]
agreement_low = 0.7
utilisation = [0.3, 5e-1]
[limits.explanation_levels]
forest = 1
[stages.production]
require = ["project.owner"]
"""


@settings(derandomize=True, max_examples=400, deadline=None)
@given(st.data())
def test_random_damage_is_a_mistake_or_nothing(data: st.DataObject) -> None:
    text = bytearray(VALID)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text) - 1))
        piece = data.draw(
            st.sampled_from(
                [b"", b"[", b"]", b'"', b"=", b".", b"\xff", b"\0", b"{", b"9" * 30, b"\n"]
            )
        )
        text[at : at + data.draw(st.integers(0, 6))] = piece
    try:
        table = _toml("x.toml", bytes(text))
        Configuration(Found("/r/x.toml", table, "/r"))
    except ConfigProblem as problem:
        assert str(problem).startswith("x.toml") or "x.toml: " in str(problem)
