"""Bytes that are not UTF-8."""

from __future__ import annotations

import codecs

import pytest

from mlspeclint.document.tree import Problem

from .support import cut, read

TEXT = "mlspec: 1\nname: é\n"


def problem_of(data: bytes) -> Problem:
    (problem,) = read(data).problems
    assert problem.code == "SPC002"
    assert problem.help == "save the file as UTF-8"
    return problem


@pytest.mark.parametrize(
    ("data", "line", "column", "byte"),
    [
        (TEXT.encode("latin-1"), 2, 7, "0xE9"),
        (b"\x80a: 1\n", 1, 1, "0x80"),
        ("é: ".encode() + b"\xff\n", 1, 4, "0xFF"),
        ("😀\n値: ".encode() + b"\xe5\x80", 2, 4, "0xE5"),
        (b"a: \xc0\xaf", 1, 4, "0xC0"),
        (b"a: \xed\xa0\x80", 1, 4, "0xED"),
        (b"a: \xf4\x90\x80\x80", 1, 4, "0xF4"),
        (codecs.BOM_UTF8 + b"a: \xff", 1, 4, "0xFF"),
    ],
)
def test_the_first_bad_byte(data: bytes, line: int, column: int, byte: str) -> None:
    file = read(data)
    problem = problem_of(data)
    assert file.source.position(problem.start) == (line, column)
    assert cut(file, problem) == "\ufffd"
    assert byte in problem.message
    assert file.documents == ()


@pytest.mark.parametrize(
    ("encoding", "mark", "name"),
    [
        ("utf-16-le", codecs.BOM_UTF16_LE, "UTF-16"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "UTF-16"),
        ("utf-32-le", codecs.BOM_UTF32_LE, "UTF-32"),
        ("utf-32-be", codecs.BOM_UTF32_BE, "UTF-32"),
        ("utf-16-le", b"", "UTF-16"),
        ("utf-16-be", b"", "UTF-16"),
        ("utf-32-le", b"", "UTF-32"),
        ("utf-32-be", b"", "UTF-32"),
    ],
)
def test_another_encoding_is_named(encoding: str, mark: bytes, name: str) -> None:
    data = mark + TEXT.encode(encoding)
    problem = problem_of(data)
    assert problem.message == f"the file is {name}, not UTF-8"
    file = read(data)
    # The text can be shown all the same.
    assert file.source.text == TEXT
    assert cut(file, problem) == "mlspec: 1"


def test_a_nul_byte_at_the_beginning_is_no_encoding() -> None:
    (problem,) = read(b"a\0b: 1\n").problems
    assert problem.code == "SPC001"


def test_marks_alone() -> None:
    assert problem_of(codecs.BOM_UTF16_LE).start == 0
    assert read(codecs.BOM_UTF8).problems == ()


@pytest.mark.parametrize("character", ["\x85", "\xa0", "\ud7ff", "\ue000", "\ufffd", "\U0010ffff"])
def test_characters_at_the_edges_of_what_yaml_allows(character: str) -> None:
    assert read(f"a: x{character}x\n").problems == ()
