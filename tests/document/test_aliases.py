"""Aliases and merge keys: what they stand for, and where."""

from __future__ import annotations

from mlspeclint.document.tree import Mapping, Scalar, Sequence
from mlspeclint.document.values import to_python

from .support import bad, cut, good, read, root


def test_an_alias_stands_at_its_place_and_shares_what_its_anchor_holds() -> None:
    mapping = root("a: &x {b: [1]}\nc: *x\n")
    anchored, alias = mapping.entries["a"].value, mapping.entries["c"].value
    assert isinstance(anchored, Mapping)
    assert isinstance(alias, Mapping)
    assert (alias.start, alias.end) == (18, 20)
    assert alias.origin is anchored
    assert anchored.origin is None
    assert alias.entries is anchored.entries
    assert to_python(mapping) == {"a": {"b": [1]}, "c": {"b": [1]}}


def test_aliases_of_lists_and_scalars() -> None:
    mapping = root("a: &x [1]\nb: &y 'no'\nc: [*x, *y]\n*y : *x\n")
    assert to_python(mapping) == {"a": [1], "b": "no", "c": [[1], "no"], "no": [1]}
    items = mapping.entries["c"].value
    assert isinstance(items, Sequence)
    first, second = items.items
    assert isinstance(first, Sequence)
    assert isinstance(second, Scalar)
    assert (second.text, second.plain) == ("no", False)
    assert (second.start, second.end) == (29, 31)
    assert mapping.entries["no"].key.origin is mapping.entries["b"].value


def test_an_anchor_may_be_given_again() -> None:
    assert to_python(root("a: &x 1\nb: *x\nc: &x 2\nd: *x\n")) == {"a": 1, "b": 1, "c": 2, "d": 2}
    # The anchor inside comes later in the text, so it is the one that counts afterwards.
    assert to_python(root("a: &x {b: &x 1}\nc: *x\n")) == {"a": {"b": 1}, "c": 1}


def test_an_anchor_ends_with_its_document() -> None:
    file = read("a: &x 1\n---\nb: *x\n")
    assert [problem.code for problem in file.problems] == ["SPC001"]
    assert [document.index for document in file.documents] == [0]


def test_merging_one_mapping() -> None:
    mapping = root("a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3\n  r: 4\n")
    merged = mapping.entries["b"].value
    assert isinstance(merged, Mapping)
    assert to_python(merged) == {"q": 3, "r": 4, "p": 1}
    # What a merge brings comes last, and says by what it came.
    assert list(merged.entries) == ["q", "r", "p"]
    via = merged.entries["p"].via
    assert via is not None
    assert (via.start, via.end) == (28, 30)
    assert merged.entries["q"].via is None
    assert merged.entries["p"].key.start == 7


def test_merging_several() -> None:
    text = "a: &x {p: 1}\nb: &y {p: 2, q: 2}\nc:\n  <<: [*x, *y, {q: 3, r: 3}]\n"
    mapping = root(text)
    merged = mapping.entries["c"].value
    assert isinstance(merged, Mapping)
    assert to_python(merged) == {"p": 1, "q": 2, "r": 3}
    via = {
        name: entry.via and text[entry.via.start : entry.via.end]
        for name, entry in merged.entries.items()
    }
    assert via == {"p": "*x", "q": "*y", "r": "{q: 3, r: 3}"}


def test_merging_what_was_merged() -> None:
    text = "a: &x {p: 1}\nb: &y {<<: *x, q: 2}\nc: {<<: *y}\n"
    merged = root(text).entries["c"].value
    assert isinstance(merged, Mapping)
    assert to_python(merged) == {"q": 2, "p": 1}
    assert {entry.via and entry.via.start for entry in merged.entries.values()} == {
        text.index("*y")
    }


def test_merging_a_list_of_mappings_through_an_alias() -> None:
    text = "a: &x [{p: 1}, {q: 2}]\nb: {<<: *x}\n"
    merged = root(text).entries["b"].value
    assert isinstance(merged, Mapping)
    assert to_python(merged) == {"p": 1, "q": 2}
    assert {
        entry.via and text[entry.via.start : entry.via.end] for entry in merged.entries.values()
    } == {"*x"}


def test_a_quoted_merge_key_is_a_key() -> None:
    assert to_python(root('a: {"<<": {b: 1}}\n')) == {"a": {"<<": {"b": 1}}}


def test_merging_nothing() -> None:
    assert to_python(root("a: {<<: [], b: 1}\nc: {<<: {}}\n")) == {"a": {"b": 1}, "c": {}}


def test_a_merge_of_no_mapping() -> None:
    for text, place, what in (
        ("a: &x 1\nb:\n  <<: *x\n", "*x", "a number"),
        ("b:\n  <<: text\n", "text", "a text"),
        ("b:\n  <<: [{}, [1]]\n", "[1]", "a list"),
        ("b:\n  <<:\n", "<<", "empty"),
    ):
        file = read(text)
        (problem,) = file.problems
        assert (problem.code, cut(file, problem), problem.path) == ("SPC006", place, "b.<<")
        assert what in problem.message
        assert len(file.documents) == 1


def test_a_second_merge_key() -> None:
    problem = bad("a: &x {}\nb:\n  <<: *x\n  <<: *x\n")
    assert problem.code == "SPC003"
    assert problem.help == "merge several mappings with a list: `<<: [*a, *b]`"


def test_an_alias_of_a_collection_as_a_key() -> None:
    file = read("a: &x [1]\n*x : 2\nb: 3\n")
    (problem,) = file.problems
    assert (problem.code, cut(file, problem)) == ("SPC006", "*x")
    assert to_python(file.documents[0].root) == {"a": [1], "b": 3}


def test_the_number_of_an_alias_as_a_key() -> None:
    file = read("a: &x 1\n*x : 2\n")
    (problem,) = file.problems
    assert (problem.code, cut(file, problem)) == ("SPC006", "*x")


def test_a_key_that_an_alias_repeats() -> None:
    problem = bad("&x a: 1\nb: 2\n*x : 3\n")
    assert problem.code == "SPC003"
    (related,) = problem.related
    assert (related.start, related.end) == (3, 4)


def test_an_unknown_anchor_fails_its_document_and_no_other() -> None:
    file = read("a: *x\nb: *y\n---\nc: &x 1\n")
    assert [(problem.code, cut(file, problem), problem.path) for problem in file.problems] == [
        ("SPC001", "*x", "a"),
        ("SPC001", "*y", "b"),
    ]
    assert [document.index for document in file.documents] == [1]


def test_an_alias_inside_of_its_anchor() -> None:
    for text, place, path in (
        ("a: &x [*x]\n", "*x", "a[0]"),
        ("&x\na: {b: *x}\n", "*x", "a.b"),
        ("a: &x\n  <<: *x\n", "*x", "a.<<"),
        ("a: &x\n  *x : 1\n", "*x", "a"),
        ("a: &x\n- &y [*y]\n", "*y", "a[0][0]"),
    ):
        file = read(text)
        assert file.documents == ()
        problem = file.problems[0]
        assert (problem.code, cut(file, problem), problem.path) == ("SPC009", place, path)


def test_to_python() -> None:
    text = "a: [1, 2.5, true, ~, text, '', {}, []]\n"
    assert to_python(good(text).root) == {"a": [1, 2.5, True, None, "text", "", {}, []]}
    assert to_python(None) is None
