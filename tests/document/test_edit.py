"""Edits at known places: what they change, what stays, and where they are refused."""

from __future__ import annotations

from textwrap import dedent

import pytest

from mlspeclint.document.edit import (
    Edit,
    content,
    delete_comment,
    delete_duplicate,
    delete_entry,
    delete_item,
    edited,
    encoded,
    find,
    rewrite,
)
from mlspeclint.document.parse import parse
from mlspeclint.document.tree import Mapping, Path, Sequence

from .support import good


def rewritten(text: str, path: Path, new: str, *, key: bool = False, **how: bool) -> str | None:
    """The text with another value, or another key, at a path."""
    found = find(good(text), path)
    assert found is not None
    node = found.entry.key if key and found.entry else found.node
    edit = rewrite(text, node, new, **how)
    return None if edit is None else edited(text, [edit])


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a: old\n", "a: new\n"),
        ("a: 'old' # why\r\n", "a: 'new' # why\r\n"),
        ('a:   "old"', 'a:   "new"'),
        ("{a: old, b: 1}\n", "{a: new, b: 1}\n"),
        ("a: &x old\nb: 1\n", "a: &x new\nb: 1\n"),
        ("a:\n  # über\n  old\n", "a:\n  # über\n  new\n"),
        ("? a\n: old\n", "? a\n: new\n"),
    ],
)
def test_a_value_is_written_and_all_else_stays(text: str, after: str) -> None:
    assert rewritten(text, ("a",), "new") == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("old: 1 # c\n", "new: 1 # c\n"),
        ('"old": 1\n', '"new": 1\n'),
        ("{'old': 1}\n", "{'new': 1}\n"),
        ("? old\n: 1\n", "? new\n: 1\n"),
        ("b:\n- old: 1\n", "b:\n- new: 1\n"),
    ],
)
def test_a_key_is_written_and_keeps_its_quotes(text: str, after: str) -> None:
    path: Path = ("b", 0, "old") if text.startswith("b") else ("old",)
    assert rewritten(text, path, "new", key=True) == after


@pytest.mark.parametrize(
    "text",
    [
        "a: |\n  old\n",
        "a: >-\n  old\n",
        'a: "o\\x6cd"\n',
        "a: 'it''s'\n",
        "a: two\n  lines\n",
        'a: "two\n  lines"\n',
        "a:\n",
        "x: &x old\na: *x\n",
    ],
)
def test_what_cannot_be_told_exactly_is_left_alone(text: str) -> None:
    assert rewritten(text, ("a",), "new") is None


@pytest.mark.parametrize("new", ['"', "'", "a\nb", "a\\b", "a\rb"])
def test_a_text_that_would_need_an_escape_is_not_written(new: str) -> None:
    assert rewritten("a: old\n", ("a",), new) is None


@pytest.mark.parametrize(
    ("text", "quotes", "after"),
    [
        ("a: 12\n", True, 'a: "12"\n'),
        ("a: '12'\n", True, "a: '12'\n"),
        ("a: '12'\n", False, "a: 12\n"),
        ("a: 12\n", None, "a: 12\n"),
    ],
)
def test_quotes_are_put_and_taken_away(text: str, quotes: bool, after: str) -> None:
    assert rewritten(text, ("a",), "12", quotes=quotes) == after


def test_a_comparison_gets_quotes() -> None:
    assert rewritten("a: at least 5\n", ("a",), ">= 5") == 'a: ">= 5"\n'
    assert rewritten("a: 'at most 5'\n", ("a",), "<= 5") == "a: '<= 5'\n"


def test_the_content_of_what_is_written() -> None:
    assert content(Edit(0, 1, "12")) == ("12", 12)
    assert content(Edit(0, 1, '"12"')) == ("12", "12")


@pytest.mark.parametrize(
    "path", [("a", "c"), ("d", "b"), ("e", "b"), ("a", "b", "c"), ("f", 1), ("g",), ("f", "b")]
)
def test_no_way_leads_through_an_alias_a_merge_or_nothing(path: Path) -> None:
    text = "a: &a {b: 1}\nd: *a\ne: {<<: *a}\nf: [1]\n"
    assert find(good(text), path) is None


def test_finding_tells_the_parent() -> None:
    document = good("a: {b: [1]}\n")
    item = find(document, ("a", "b", 0))
    assert item is not None and item.entry is None and isinstance(item.parent, Sequence)
    root = find(document, ())
    assert root is not None and root.parent is None


def without_item(text: str, index: int) -> str | None:
    found = find(good(text), ("w",))
    assert found is not None and isinstance(found.node, Sequence)
    edit = delete_item(text, found.node, index)
    return None if edit is None else edited(text, [edit])


LIST = dedent("""\
    a: 1
    w:
      # about all of them
      - r: one   # why one
        s: 1
      # about two
      # and more of it
      - r: two

        # inside two
        s: 2  # last of two

      # about three
      - r: three
    b: 2
    """)


def test_the_first_item_leaves_the_comment_above_the_list() -> None:
    expected = LIST.replace("  - r: one   # why one\n    s: 1\n", "")
    assert without_item(LIST, 0) == expected
    crlf = LIST.replace("\n", "\r\n")
    assert without_item(crlf, 0) == expected.replace("\n", "\r\n")


def test_a_later_item_takes_its_comments_along() -> None:
    start, end = LIST.index("  # about two"), LIST.index("\n  # about three")
    assert without_item(LIST, 1) == LIST[:start] + LIST[end:]
    crlf = LIST.replace("\n", "\r\n")
    assert without_item(crlf, 1) == (LIST[:start] + LIST[end:]).replace("\n", "\r\n")


def test_the_last_item() -> None:
    assert without_item(LIST, 2) == LIST.replace("  # about three\n  - r: three\n", "")


@pytest.mark.parametrize(
    ("text", "index", "after"),
    [
        ("w: [1, 2, 3]\n", 0, "w: [2, 3]\n"),
        ("w: [1, 2, 3]\n", 1, "w: [1, 3]\n"),
        ("w: [1, 2, 3 ]\n", 2, "w: [1, 2 ]\n"),
        ("w: [1, 2, 3,]\n", 2, "w: [1, 2,]\n"),
        ("w: [\n  {a: 1},\n  {a: 2}\n]\n", 1, "w: [\n  {a: 1}\n]\n"),
        ("w: [\n  {a: 1}, # one\n  {a: 2}\n]\n", 0, None),
        ("w:\n- 1\n- |\n  two\n- 3\n", 1, "w:\n- 1\n- 3\n"),
        ("w:\n- 1\n- |\n  two\n\nb: 3\n", 1, "w:\n- 1\n\nb: 3\n"),
        ("w:\n-\n  a: 1\n-\n  a: 2\n", 0, "w:\n-\n  a: 2\n"),
        ("w:\n- 1\n- 2", 1, "w:\n- 1"),
        ("w:\n- 1\n\n- 2\n", 1, "w:\n- 1\n"),
        ("w:\n- 1\n- 2\n\n\n", 1, "w:\n- 1\n\n\n"),
        ("w:\n- &a 1\n- 2\n", 0, None),
        ("x: &x [1, 2]\nw: *x\n", 0, None),
    ],
)
def test_items_in_all_styles(text: str, index: int, after: str | None) -> None:
    assert without_item(text, index) == after


def without_entry(text: str, name: str) -> str | None:
    root = good(text).root
    assert isinstance(root, Mapping)
    edit = delete_entry(text, root, name)
    return None if edit is None else edited(text, [edit])


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a: 1\nw:\n  - 1 # c\nb: 2\n", "a: 1\nb: 2\n"),
        ("# head\nw: [1]\n# tail\nb: 2\n", "# head\n# tail\nb: 2\n"),
        ("a: 1\n\nw:\n- 1\n", "a: 1\n"),
        ("a: 1\r\n\r\nw:\r\n- 1", "a: 1"),
        ("{a: 1, w: [1], b: 2}\n", "{a: 1, b: 2}\n"),
        ("{a: 1, w: [1]}\n", "{a: 1}\n"),
        ("{w: [1], a: 1}\n", "{a: 1}\n"),
        ("w:\nb: 1\n", "b: 1\n"),
        ("a: &a {w: 1}\n<<: *a\n", None),
    ],
)
def test_entries(text: str, after: str | None) -> None:
    assert without_entry(text, "w") == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a: 1\na: 2 # c\nb: 3\n", "a: 1\nb: 3\n"),
        ("a: 1\na:\n  x: 1\n\n  y: 2\n# b's\nb: 3\n", "a: 1\n# b's\nb: 3\n"),
        ("a: 1\na:\n- 1\n-\n  2\nb: 3\n", "a: 1\nb: 3\n"),
        ("a: 1\na: |\n  text\n", "a: 1\n"),
        ("{a: 1, a: 2}\n", None),
    ],
)
def test_a_duplicate_goes_with_its_lines(text: str, after: str | None) -> None:
    (problem,) = parse(text.encode()).problems
    edit = delete_duplicate(text, problem.start)
    assert (None if edit is None else edited(text, [edit])) == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a: 1   # c\nb: 2\n", "a: 1\nb: 2\n"),
        ("a: 1\n  # c\r\nb: 2\n", "a: 1\nb: 2\n"),
        ("# c\nb: 2\n", "b: 2\n"),
        ("a: 1\n# c", "a: 1"),
        ("a: 1 # c", "a: 1"),
    ],
)
def test_comments(text: str, after: str) -> None:
    start = text.index("# c")
    assert edited(text, [delete_comment(text, start, start + 3)]) == after


def test_several_edits_at_once() -> None:
    edits = [Edit(4, 5, "Y"), Edit(0, 1, "X"), Edit(2, 2, "+")]
    assert edited("a b c", edits) == "X +b Y"


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ((0, 2), (2, 3), False),
        ((0, 2), (1, 3), True),
        ((1, 1), (1, 1), True),
        ((0, 3), (1, 2), True),
    ],
)
def test_edits_that_meet(one: tuple[int, int], other: tuple[int, int], meet: bool) -> None:
    first, second = Edit(*one, ""), Edit(*other, "")
    assert first.meets(second) is meet
    assert second.meets(first) is meet


def test_the_byte_order_mark_comes_back() -> None:
    assert encoded("ä: 1\r\n", True) == b"\xef\xbb\xbf\xc3\xa4: 1\r\n"
    assert encoded("a", False) == b"a"
