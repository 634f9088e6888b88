"""Files with several documents, empty ones, and ones that cannot be read."""

from __future__ import annotations

import pytest

from mlspeclint.document.tree import File
from mlspeclint.document.values import to_python

from .support import read


def seen(file: File) -> list[tuple[int, str, object]]:
    """The number, the text and the values of each document."""
    return [
        (document.index, file.source.text[document.start : document.end], to_python(document.root))
        for document in file.documents
    ]


def test_one_document() -> None:
    assert seen(read("# c\na: 1\n# d\n")) == [(0, "# c\na: 1\n# d\n", {"a": 1})]


def test_several_documents() -> None:
    text = "# c\na: 1\n# d\n---\n# e\nb: 2\n...\n# f\n--- {c: 3}\n--- # g\nd: 4\n"
    assert seen(read(text)) == [
        (0, "# c\na: 1\n# d\n", {"a": 1}),
        (1, "---\n# e\nb: 2\n...\n# f\n", {"b": 2}),
        (2, "--- {c: 3}\n", {"c": 3}),
        (3, "--- # g\nd: 4\n", {"d": 4}),
    ]


def test_a_document_after_an_end_needs_no_beginning() -> None:
    assert seen(read("a: 1\n...\nb: 2\n")) == [
        (0, "a: 1\n...\n", {"a": 1}),
        (1, "b: 2\n", {"b": 2}),
    ]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "# c\n", "---\n", "---\n---\n", "--- # c\n...\n", " ", "&a"]
)
def test_a_file_of_nothing_is_one_empty_document(text: str) -> None:
    file = read(text)
    assert file.problems == ()
    assert seen(file) == [(0, text, None)]
    assert file.documents[0].root is None


def test_empty_documents_beside_others_are_skipped() -> None:
    assert seen(read("---\n---\na: 1\n---\n# c\n---\nb: 2\n---\n")) == [
        (0, "---\na: 1\n", {"a": 1}),
        (1, "---\nb: 2\n", {"b": 2}),
    ]


def test_null_is_not_empty() -> None:
    (document,) = read("--- ~\n").documents
    assert document.root is not None


@pytest.mark.parametrize("value", ["[1, 2]", "text", "12", "'q'"])
def test_what_is_no_mapping_is_left_to_others(value: str) -> None:
    file = read(value)
    assert file.problems == ()
    assert len(file.documents) == 1


def test_a_syntax_error_keeps_the_documents_before_it_and_after_it() -> None:
    file = read("a: 1\n---\nb: 2\n---\nc: [\n---\nd: 4\n---\ne: '\n---\nf: 6\n")
    assert seen(file) == [
        (0, "a: 1\n", {"a": 1}),
        (1, "---\nb: 2\n", {"b": 2}),
        (3, "---\nd: 4\n", {"d": 4}),
        (5, "---\nf: 6\n", {"f": 6}),
    ]
    assert [(problem.code, problem.document) for problem in file.problems] == [
        ("SPC001", 2),
        ("SPC001", 4),
    ]


def test_anchors_do_not_outlive_an_error() -> None:
    file = read("a: &x 1\n---\nb: &y @\n---\nc: [*x, *y]\n")
    assert [problem.path for problem in file.problems] == ["", "c[0]", "c[1]"]


def test_each_problem_knows_its_document_and_its_path() -> None:
    file = read(
        "a: {b: 1, b: 2}\n---\n---\nc: [{d: !x 1}, {1: 2}]\n---\ne: *f\n---\ng: 1\ng: {h: !y 1}\n"
    )
    assert [(problem.code, problem.document, problem.path) for problem in file.problems] == [
        ("SPC003", 0, "a.b"),
        ("SPC006", 1, "c[0].d"),
        ("SPC006", 1, "c[1].1"),
        ("SPC001", 2, "e"),
        ("SPC003", 3, "g"),
        ("SPC006", 3, "g.h"),
    ]


def test_problems_come_in_the_order_of_the_text() -> None:
    file = read("a: 1\na: {? [x] : 1, b: !x 1}\n3: 4\n---\n@\n---\nc: *d\n")
    starts = [problem.start for problem in file.problems]
    assert starts == sorted(starts)
    assert len(starts) == 6


def test_a_text_that_is_followed_by_nonsense_is_no_document() -> None:
    file = read("words\n\nkey: 1\n---\nb: 2\n")
    assert seen(file) == [(1, "---\nb: 2\n", {"b": 2})]
    assert [problem.document for problem in file.problems] == [0]


def test_dashes_inside_of_a_text_begin_no_document() -> None:
    assert len(read("a: |\n  ---\n  b\nc: 'x\n  --- y'\n").documents) == 1
    assert len(read("a: 1\n----\nb: 2\n").problems) == 1
