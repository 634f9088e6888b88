"""Comments that hold a marker, and what only looks like one."""

from __future__ import annotations

import pytest

from mlspeclint.document.comments import comments
from mlspeclint.document.parse import parse

MARK = "lint:"


def found(text: str) -> list[tuple[str, bool]]:
    """The comments with a marker, by both parsers: their texts, and whether they stand alone."""
    file = parse(text.encode())
    fast, pure = (comments(file, MARK, accelerate=accelerate) for accelerate in (True, False))
    assert [(each.offset, each.end) for each in fast] == [(each.offset, each.end) for each in pure]
    for comment in fast:
        assert file.source.text[comment.offset : comment.end] == comment.text
    return [(comment.text, comment.alone_on_line) for comment in fast]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_comments(line_break: str) -> None:
    text = """\
# lint: one
a: 1 # lint: two  \n\
  # lint: three # four
b: # lint: five
  - c #lint: six
# none
- no: list # lint: never
"""
    text = text.replace("- no: list # lint: never\n", "").replace("\n", line_break)
    assert found(text) == [
        ("# lint: one", True),
        ("# lint: two", False),
        ("# lint: three # four", True),
        ("# lint: five", False),
        ("#lint: six", False),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a: 'x # lint: y'\n",
        'a: "x # lint: y"\n',
        "a: 'x\n\n  # lint: y'\n",
        "a: x#lint: y\n",
        "a: x#lint:\n",
        "a: |\n  # lint: y\n",
        "a: |\n  x\n  # lint: y\n  # lint: z\n\n\nb: 1\n",
        "a: >-\n  x # lint: y\n",
        "'# lint: x': 1\n",
        "? |\n  # lint: x\n: 1\n",
        "[a, '# lint: b']\n",
        "a: {'b # lint:': c#lint:d}\n",
        "a: lint: # x" + "\n",
        "a: 'lint:' # x\n",
        "a: 1\n",
        # Neither can be told where the parser gave up.
        "a: [ # lint: x\n",
        "a: '\n# lint: x\n",
        "a: b: c # lint: x\n",
        "a: \x00 # lint: x\n",
        "a: \x00\n---\nb: 1 # lint: x\n",
    ],
)
def test_no_comments(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "comment"),
    [
        ("a: | # lint: x\n  y # lint: z\n", "# lint: x"),
        ("a: &b |2- # lint: x\n   y # lint: z\n", "# lint: x"),
        ("a: |\n  x\n# lint: y\n", "# lint: y"),
        ("a:\n  b: |\n    x\n # lint: y\n", "# lint: y"),
        ("a: one\n  two # lint: x\n", "# lint: x"),
        ("a: 'x' # lint: y 'z'\n", "# lint: y 'z'"),
        ("a: [b, # lint: x\n  c]\n", "# lint: x"),
        ("a: [b, c] # lint: x\n", "# lint: x"),
        ("a: &b # lint: x\n  c: 1\n", "# lint: x"),
        ("a: &b 1\nc: *b # lint: x\n", "# lint: x"),
        ("a: 'x # y' # lint: z\n", "# lint: z"),
        ("--- # lint: x\na: 1\n", "# lint: x"),
        ("a: 1\n... # lint: x\n", "# lint: x"),
        ("a: 1\na: 2 # lint: x\n", "# lint: x"),
        ("1: 2 # lint: x\n", "# lint: x"),
        ("a: b#c # lint: x\n", "# lint: x"),
        ("a: !x#y 1 # lint: x\n", "# lint: x"),
        ("ключ: 😀 # lint: ü\n", "# lint: ü"),
        ("a: b\x85 # lint: x\u2028y\n", "# lint: x\u2028y"),
        ("a: '\n---\nb: 1 # lint: x\n", "# lint: x"),
        ("a: 1 # lint: x\n---\nb: [ # lint: y\n", "# lint: x"),
    ],
)
def test_one_comment(text: str, comment: str) -> None:
    assert [text for text, _ in found(text)] == [comment]


def test_comments_up_to_a_limit() -> None:
    text = "a: 1 # lint: x\n---\nb: " + "[" * 100 + " # lint: y\n"
    assert [comment for comment, _ in found(text)] == ["# lint: x"]


def test_a_file_without_the_marker_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    file = parse(b"a: 1 # nothing\n")
    monkeypatch.setattr("mlspeclint.document.comments.read", None)
    assert comments(file, MARK) == []
    assert comments(parse(b""), MARK) == []
