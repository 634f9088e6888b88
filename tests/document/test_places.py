"""Every key and every value has its range: lines and columns from 1, counted in code points."""

from __future__ import annotations

import pytest

from mlspeclint.document.tree import Source

from .support import Range, good, places, read


def r(line: int, column: int, end_line: int, end_column: int) -> Range:
    return (line, column), (end_line, end_column)


def same(line: int, column: int, end: int) -> Range:
    return r(line, column, line, end)


CASES: list[tuple[str, str, dict[str, tuple[Range | None, Range]]]] = [
    (
        "block mappings",
        "project:\n  name: x # c\n  stage:  idea  \n\n# c\nlast: 1",
        {
            "": (None, r(1, 1, 6, 8)),
            ".project": (same(1, 1, 8), r(2, 3, 3, 15)),
            ".project.name": (same(2, 3, 7), same(2, 9, 10)),
            ".project.stage": (same(3, 3, 8), same(3, 11, 15)),
            ".last": (same(6, 1, 5), same(6, 7, 8)),
        },
    ),
    (
        "lists",
        "a:\n- x\n-   y z\nb:\n  - - p\n    - q\n  - k: v\n    l: w\n",
        {
            "": (None, r(1, 1, 8, 9)),
            ".a": (same(1, 1, 2), r(2, 1, 3, 8)),
            ".a[0]": (None, same(2, 3, 4)),
            ".a[1]": (None, same(3, 5, 8)),
            ".b": (same(4, 1, 2), r(5, 3, 8, 9)),
            ".b[0]": (None, r(5, 5, 6, 8)),
            ".b[0][0]": (None, same(5, 7, 8)),
            ".b[0][1]": (None, same(6, 7, 8)),
            ".b[1]": (None, r(7, 5, 8, 9)),
            ".b[1].k": (same(7, 5, 6), same(7, 8, 9)),
            ".b[1].l": (same(8, 5, 6), same(8, 8, 9)),
        },
    ),
    (
        "flow style",
        "a: {b: 1, 'c': [x, \"y\" , z: 2]}\nd: [\n  1, # c\n  2\n]\ne: {}\n",
        {
            "": (None, r(1, 1, 6, 6)),
            ".a": (same(1, 1, 2), same(1, 4, 32)),
            ".a.b": (same(1, 5, 6), same(1, 8, 9)),
            ".a.c": (same(1, 11, 14), same(1, 16, 31)),
            ".a.c[0]": (None, same(1, 17, 18)),
            ".a.c[1]": (None, same(1, 20, 23)),
            ".a.c[2]": (None, same(1, 26, 30)),
            ".a.c[2].z": (same(1, 26, 27), same(1, 29, 30)),
            ".d": (same(2, 1, 2), r(2, 4, 5, 2)),
            ".d[0]": (None, same(3, 3, 4)),
            ".d[1]": (None, same(4, 3, 4)),
            ".e": (same(6, 1, 2), same(6, 4, 6)),
        },
    ),
    (
        "text over several lines",
        "a: one\n  two\n\n  three # c\nb: 'one\n\n  two'\nc: \"one\\\n  two\" # c\n",
        {
            "": (None, r(1, 1, 9, 7)),
            ".a": (same(1, 1, 2), r(1, 4, 4, 8)),
            ".b": (same(5, 1, 2), r(5, 4, 7, 7)),
            ".c": (same(8, 1, 2), r(8, 4, 9, 7)),
        },
    ),
    (
        "block scalars",
        "a: |\n  one\n\n  two\n\n\nb: >-  # c\n    x \n   \nc: |2+\n   y\n\nd: |\ne: >+ # c\n\nf: |\n  z",
        {
            "": (None, r(1, 1, 17, 4)),
            ".a": (same(1, 1, 2), r(1, 4, 4, 6)),
            ".b": (same(7, 1, 2), r(7, 4, 8, 7)),
            ".c": (same(10, 1, 2), r(10, 4, 11, 5)),
            ".d": (same(13, 1, 2), same(13, 4, 5)),
            ".e": (same(14, 1, 2), same(14, 4, 6)),
            ".f": (same(16, 1, 2), r(16, 4, 17, 4)),
        },
    ),
    (
        "nothing where a value could be",
        "a:\nb: # c\n  \nc: [p, {q: , r}]\nd:\n-\n- x\n- # c\ne  :\n? f\n\n\n? g\n: 1\nh:",
        {
            "": (None, r(1, 1, 15, 3)),
            ".a": (same(1, 1, 2), same(1, 3, 3)),
            ".b": (same(2, 1, 2), same(2, 3, 3)),
            ".c": (same(4, 1, 2), same(4, 4, 17)),
            ".c[0]": (None, same(4, 5, 6)),
            ".c[1]": (None, same(4, 8, 16)),
            ".c[1].q": (same(4, 9, 10), same(4, 11, 11)),
            ".c[1].r": (same(4, 14, 15), same(4, 15, 15)),
            ".d": (same(5, 1, 2), r(6, 1, 8, 2)),
            ".d[0]": (None, same(6, 2, 2)),
            ".d[1]": (None, same(7, 3, 4)),
            ".d[2]": (None, same(8, 2, 2)),
            ".e": (same(9, 1, 2), same(9, 5, 5)),
            ".f": (same(10, 3, 4), same(10, 4, 4)),
            ".g": (same(13, 3, 4), same(14, 3, 4)),
            ".h": (same(15, 1, 2), same(15, 3, 3)),
        },
    ),
    (
        "anchors and tags stand outside of what they mark",
        "a: &x 1\nb: !!str &y two\nc: &z\n  &k d: 1\ne: &l\n- 1\nf: &m [1]\ng: &n |\n  t\nh: &o\n",
        {
            "": (None, r(1, 1, 10, 6)),
            ".a": (same(1, 1, 2), same(1, 7, 8)),
            ".b": (same(2, 1, 2), same(2, 13, 16)),
            ".c": (same(3, 1, 2), r(4, 3, 4, 10)),
            ".c.d": (same(4, 6, 7), same(4, 9, 10)),
            ".e": (same(5, 1, 2), r(6, 1, 6, 4)),
            ".e[0]": (None, same(6, 3, 4)),
            ".f": (same(7, 1, 2), same(7, 7, 10)),
            ".f[0]": (None, same(7, 8, 9)),
            ".g": (same(8, 1, 2), r(8, 7, 9, 4)),
            ".h": (same(10, 1, 2), same(10, 6, 6)),
        },
    ),
    (
        "wide characters, emoji and combining marks count as code points",
        "ключ: 値段 # 😀\n😀: e\u0301x\n'👩\u200d🔬': [é, 'ü']\n",
        {
            "": (None, r(1, 1, 3, 16)),
            ".ключ": (same(1, 1, 5), same(1, 7, 9)),
            ".😀": (same(2, 1, 2), same(2, 4, 7)),
            ".👩\u200d🔬": (same(3, 1, 6), same(3, 8, 16)),
            ".👩\u200d🔬[0]": (None, same(3, 9, 10)),
            ".👩\u200d🔬[1]": (None, same(3, 12, 15)),
        },
    ),
    (
        "the separators of YAML 1.1 are ordinary characters",
        "a: b\x85c\nd: e\u2028f # g\u2029h: i\nj: 'k\x85 l'\n",
        {
            "": (None, r(1, 1, 3, 10)),
            ".a": (same(1, 1, 2), same(1, 4, 7)),
            ".d": (same(2, 1, 2), same(2, 4, 7)),
            ".j": (same(3, 1, 2), same(3, 4, 10)),
        },
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "BOM"])
def test_every_key_and_value(
    text: str, expected: dict[str, tuple[Range | None, Range]], line_break: str, mark: str
) -> None:
    assert places(mark + text.replace("\n", line_break)) == expected


def test_separators_stay_in_the_values() -> None:
    document = good("a: 'b\x85c'\nd: \"e\u2028f\\N\"\n")
    assert document.root is not None
    assert document.source is not None
    texts = [entry.value.text for entry in document.root.entries.values()]  # type: ignore[attr-defined]
    assert texts == ["b\x85c", "e\u2028f\x85"]
    assert document.source.line(2) == 'd: "e\u2028f\\N"'


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    file = read("\ufeffa: 1\n")
    assert file.source.bom
    assert file.source.text == "a: 1\n"
    assert not read("a: 1\n").source.bom


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a\n", ["a", ""]),
        ("a\nb\r\nc\rd", ["a", "b", "c", "d"]),
        ("\n\r\n\r\r\n\n", ["", "", "", "", "", ""]),
        ("a\x0bb\x0cc\x1cd\x85e\u2028f", ["a\x0bb\x0cc\x1cd\x85e\u2028f"]),
        ("a \n b\t\n", ["a ", " b\t", ""]),
    ],
)
def test_the_lines_of_a_text(text: str, lines: list[str]) -> None:
    source = Source(text)
    assert [source.line(number + 1) for number in range(len(source.starts))] == lines
    for offset in range(len(text) + 1):
        line, column = source.position(offset)
        assert source.starts[line - 1] + column - 1 == offset
        assert source.line_start(offset) == source.starts[line - 1]
        assert source.line_end(offset) == source.starts[line - 1] + len(lines[line - 1])
    assert source.position(len(text))[0] == len(lines)
