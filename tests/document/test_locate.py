"""`Document.locate`: from a path to what is underlined."""

from __future__ import annotations

import pytest

from mlspeclint.document.tree import Document, Mapping, format_path

from .support import located, located_key

SPEC = """\
# a comment
mlspec: 1
project: {name: x}
labels:
  cost_each: 0.35 USD
  empty:
  void: &v
alternatives:
  - family: rules
    score: 1
  -
  - plain
  - {}
  - - deep
"""

ALIASES = """\
a: &a
  one: 1
  two: {three: [4]}
b: *a
c:
  <<: *a
  one: own
d:
- *a
- <<: {p: 1}
e: &e text
f: *e
g: {<<: [*a]}
h:
  <<: *a
  i: {<<: *a}
j: &j
  k: *e
l: *j
"""


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("mlspec",), "1"),
        (("project",), "{name: x}"),
        (("project", "name"), "x"),
        (("labels", "cost_each"), "0.35 USD"),
        # Where the value is nothing at all there is only its key, or its dash, to underline.
        (("labels", "empty"), "empty"),
        (("labels", "void"), "void"),
        (("alternatives", 1), "-"),
        (("alternatives", 0), "family: rules\n    score: 1"),
        (("alternatives", 0, "score"), "1"),
        (("alternatives", 2), "plain"),
        (("alternatives", 4, 0), "deep"),
        ((), SPEC.strip().removeprefix("# a comment\n")),
    ],
)
def test_a_value(path: tuple[str | int, ...], text: str) -> None:
    assert located(SPEC, *path) == (text, True, None)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("labels", "required"), "labels"),
        (("labels", "cost_each", "unit"), "cost_each"),
        (("labels", "empty", "unit"), "empty"),
        (("labels", "required", "low"), "labels"),
        (("project", 0), "project"),
        # An item has no key of its own: its first key, or the item itself, stands in.
        (("alternatives", 0, "metric"), "family"),
        (("alternatives", 1, "metric"), "-"),
        (("alternatives", 2, "metric"), "plain"),
        (("alternatives", 3, "metric"), "{}"),
        (("alternatives", 4, 1), "- deep"),
        (("alternatives", 9), "alternatives"),
        (("alternatives", -1), "alternatives"),
        (("alternatives", "family"), "alternatives"),
        # Without a parent, the first key of the document does.
        (("budget",), "mlspec"),
        (("budget", "total"), "mlspec"),
        ((0,), "mlspec"),
    ],
)
def test_a_missing_value(path: tuple[str | int, ...], text: str) -> None:
    assert located(SPEC, *path) == (text, False, None)
    assert located_key(SPEC, *path) == (text, False, None)


@pytest.mark.parametrize(
    ("path", "text", "origin"),
    [
        (("a", "one"), "1", None),
        (("b",), "*a", "one: 1\n  two: {three: [4]}"),
        (("b", "one"), "*a", "1"),
        (("b", "two", "three", 0), "*a", "4"),
        (("c", "one"), "own", None),
        (("c", "two"), "*a", "{three: [4]}"),
        (("c", "two", "three", 0), "*a", "4"),
        (("d", 0), "*a", "one: 1\n  two: {three: [4]}"),
        (("d", 0, "one"), "*a", "1"),
        (("d", 1, "p"), "{p: 1}", "1"),
        (("f",), "*e", "text"),
        (("g", "one"), "*a", "1"),
        (("h", "i", "one"), "*a", "1"),
        # Two aliases on the way: the one that is written here is shown, with the value at the end.
        (("l", "k"), "*j", "text"),
    ],
)
def test_a_value_that_came_from_elsewhere(
    path: tuple[str | int, ...], text: str, origin: str | None
) -> None:
    assert located(ALIASES, *path) == (text, True, origin)


@pytest.mark.parametrize(
    ("path", "text", "origin"),
    [
        (("a",), "a", None),
        (("a", "two"), "two", None),
        (("b",), "b", None),
        (("b", "two"), "*a", "two"),
        (("c", "one"), "one", None),
        (("c", "two"), "*a", "two"),
        (("c", "two", "three"), "*a", "three"),
        (("d", 0), "*a", "one: 1\n  two: {three: [4]}"),
        (("d", 1, "p"), "{p: 1}", "p"),
    ],
)
def test_a_key(path: tuple[str | int, ...], text: str, origin: str | None) -> None:
    assert located_key(ALIASES, *path) == (text, True, origin)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("b", "none"), "b"),
        (("b", "two", "none"), "*a"),
        (("c", "two", "none"), "*a"),
        (("c", "none"), "c"),
        (("d", 0, "none"), "*a"),
        (("d", 1, "none"), "<<: {p: 1}"),
        (("f", "none"), "f"),
    ],
)
def test_a_value_that_is_missing_elsewhere(path: tuple[str | int, ...], text: str) -> None:
    assert located(ALIASES, *path) == (text, False, None)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\n# c\n- a\n- b\n", "- a"),
        ("# c\n'x' # d\n", "'x' # d"),
        ("---\n{}\n", "{}"),
        ("# only a comment\n", "# only a comment"),
        ("", ""),
    ],
)
def test_the_first_line_stands_in_where_there_is_no_key(text: str, line: str) -> None:
    assert located(text, "project") == (line, False, None)


def test_a_merged_key_is_no_first_key() -> None:
    assert located("<<: {c: 1} # d\n", "project") == ("<<: {c: 1} # d", False, None)


def test_a_document_without_its_source() -> None:
    root = Mapping(3, 5, {})
    assert Document(0, root, 0, 9).locate(("a",)).exact is False


def test_a_path_as_people_write_it() -> None:
    assert format_path(()) == ""
    assert format_path(("labels", "cost_each")) == "labels.cost_each"
    assert format_path(("alternatives", 0, "score")) == "alternatives[0].score"
    assert format_path((0, 1, "a")) == "[0][1].a"
