"""What is wrong with a file, where, and what to write instead."""

from __future__ import annotations

import pytest

from .support import at, bad, cut, read

# The text, the line and column of the place, what is underlined, and words of the message and of the help.
NOT_YAML = [
    ("a:\n\tb: 1\n", (2, 1), "\t", "a tab indents", "spaces"),
    ("a:\n  \tb: 1\n", (2, 3), "\t", "a tab indents", "spaces"),
    ("a: 1\n\tb: 2\n", (2, 1), "\t", "a tab indents", "spaces"),
    ("a:\t1\n", (1, 3), "\t", "a tab stands", "by a space"),
    ("a: 1\t\nb: 2\n", (1, 5), "\t", "a tab stands", "by a space"),
    ("- a: 1\n\t- b\n", (2, 1), "\t", "a tab", "spaces"),
    ("a: 'x\nb: 1\n", (1, 4), "'x", "quote ' is never closed", "another '"),
    ('a: "x\nb: 1\n', (1, 4), '"x', 'quote " is never closed', 'another "'),
    ('a: "x\nb: "y"\nc: 1\n', (1, 4), '"x', "not closed on its line", "where the text ends"),
    ('a: "x" y # c\n', (1, 8), "y", "follows a closing quote", "the other kind"),
    ("a: 'it's'\n", (1, 8), "s'", "follows a closing quote", "the other kind"),
    ('a: "\\d"\n', (1, 5), "\\d", "`\\d` is not an escape", "single quotes"),
    ('a: "C:\\Users"\n', (1, 7), "\\U", "`\\U` is not an escape", "single quotes"),
    ('a: "\\x4g"\n', (1, 5), "\\x", "`\\x` is not an escape", "single quotes"),
    ('a: "\\UFFFFFFFF"\n', (1, 5), "\\UF", "is not an escape", "single quotes"),
    ('a: "x\\ud800y"\n', (1, 4), '"x\\ud800y"', "half of a character", ""),
    ("a:\n  b: >= 10k\n", (2, 6), ">= 10k", "begins with `>`", '`">= 10k"`'),
    ("a: >=10k # c\n", (1, 4), ">=10k", "begins with `>`", "in quotes"),
    ("a: > 10k\n", (1, 4), "> 10k", "begins with `>`", '`"> 10k"`'),
    ("a: >5\n", (1, 4), ">5", "begins with `>`", '`">5"`'),
    ("a: >5 # c\nb: 1\n", (1, 4), ">5", "begins with `>`", '`">5"`'),
    ("a: >95%\n", (1, 4), ">95%", "begins with `>`", '`">95%"`'),
    ("a: | text\n", (1, 4), "| text", "block of text", "next line"),
    ("a: |\n \n   \n  x\n", (1, 4), "|", "hold more spaces", "leave blank lines empty"),
    ("a: >\n \n  ", (1, 4), ">", "hold more spaces", "leave blank lines empty"),
    ("a: %x # c\n", (1, 4), "%x", "cannot begin with `%`", '`"%x"`'),
    ("a: @x y\n", (1, 4), "@x y", "cannot begin with `@`", '`"@x y"`'),
    ("a: `x`\n", (1, 4), "`x`", "cannot begin with ```", '`"`x`"`'),
    ('a: @"x"\n', (1, 4), '@"x"', "cannot begin with `@`", "`'@\"x\"'`"),
    ("%x: 1\n", (1, 1), "%x: 1", "cannot begin with `%`", "in quotes"),
    ("%x y\na: 1\n", (1, 1), "%x y", "cannot begin with `%`", "in quotes"),
    ("%YAML 3.0\n---\na: 1\n", (1, 1), "%YAML 3.0", "directive", "delete"),
    ("%YAML 1.2\n%YAML 1.2\n---\na: 1\n", (2, 1), "%YAML 1.2", "directive", "delete"),
    ("%YAML x\n---\na: 1\n", (1, 1), "%YAML x", "directive", "delete"),
    ("a: *.csv\n", (1, 4), "*.csv", "no anchor", '`"*.csv"`'),
    ("a: * b\n", (1, 4), "* b", "name of an alias", '`"* b"`'),
    ("a: & b\n", (1, 4), "& b", "name of an anchor", '`"& b"`'),
    ("a: b: c\n", (1, 4), "b: c", "colon and a space", '`a: "b: c"`'),
    ("- a: b: c # d\n", (1, 6), "b: c", "colon and a space", '`a: "b: c"`'),
    ("a:\n  key: it: 'b'\n", (2, 8), "it: 'b'", "colon and a space", "`key: \"it: 'b'\"`"),
    ("p:\n  name:x\n  b: 1\n", (2, 7), ":", "space is missing after this colon", "`name: x`"),
    ("a:1\nb: 2\n", (1, 2), ":", "space is missing", "`a: 1`"),
    ("a: 1\nb:2\nc: 3\n", (2, 2), ":", "space is missing", "`b: 2`"),
    ("- a:1\n  b: 2\n", (1, 4), ":", "space is missing", "`a: 1`"),
    ("a: 1\nwords\nb: 2\n", (2, 1), "words", "neither `key: value`", "colon"),
    ("some words\nb: 1\n", (1, 1), "some words", "neither `key: value`", "colon"),
    ("words\n\n# c\nb: 1\n", (1, 1), "words", "neither `key: value`", "colon"),
    ("p:\n  some words\n  b: 1\n", (2, 3), "some words", "neither `key: value`", "colon"),
    ("a: x\n  b: 1\n", (2, 3), "b", "as if it went on", "indentation"),
    ("a: 1\n b: 2\n", (2, 2), "b", "as if it went on", "indentation"),
    ("a: - b\n", (1, 4), "- b", "list cannot begin", "next line"),
    ("a: [1, 2\n", (1, 4), "[1, 2", "`[` is never closed", "`]`"),
    ("a: [1, 2\nb: 3\n", (1, 4), "[1, 2", "`[` is never closed", "`]`"),
    ("a: {b: 1\n---\nc: 1\n", (1, 4), "{b: 1", "`{` is never closed", "`}`"),
    ("a: {\n", (1, 4), "{", "`{` is never closed", "`}`"),
    ("[", (1, 1), "[", "`[` is never closed", "`]`"),
    ('a: ["x" "y"]\n', (1, 9), '"y"]', "comma or `]` is missing", "quotes"),
    ("a: [x}\n", (1, 6), "}", "comma or `]` is missing", "quotes"),
    ("a: {b: {c: d]}\n", (1, 13), "]}", "comma or `}` is missing", "quotes"),
    ("a: [, b]\n", (1, 5), ",", "`,` stands where a value", "quotes"),
    ("a: ]\n", (1, 4), "]", "`]` stands where a value", "quotes"),
    ("a: [b]]\n", (1, 7), "]", "outside of any brackets", "delete"),
    ("a: 1\n}\n", (2, 1), "}", "outside of any brackets", "delete"),
    ("a:\n    b: 1\n  c: 2\n", (3, 3), "c: 2", "fits none of the lines", "indentation"),
    ("a: 1\n- b\n", (2, 1), "- b", "list item stands among the keys", "below its key"),
    ("- a\nb: 1\n", (2, 1), "b: 1", "among the items of a list", "`- `"),
    ("a: ? x\n", (1, 4), "?", "`? ` begins a key", "quotes"),
    ("a: 1\n... b\n", (2, 5), "b", "after the end of the document", "`---`"),
    ("{a: 1}\nb: 2\n", (2, 1), "b: 2", "after the end of the document", "`---`"),
    ("a: 1\n<<<<<<< HEAD\nb: 1\n", (2, 1), "<<<<<<< HEAD", "merge conflict", "resolve"),
    ("a: 1\n=======\nb: 1\n", (2, 1), "=======", "merge conflict", "resolve"),
    ("a: x\x00y\n", (1, 5), "\x00", "NUL byte", "delete"),
    ("a: x\x1by\n", (1, 5), "\x1b", "control character U+001B", "delete"),
    ("a: 1\n\x7f\n", (2, 1), "\x7f", "control character U+007F", "delete"),
    ("a: é\x9b\n", (1, 5), "\x9b", "control character U+009B", "delete"),
    ("a: \ufffe\n", (1, 4), "\ufffe", "control character U+FFFE", "delete"),
    ("a: 1\n\ufeff---\nb: 1\n", (2, 1), "\ufeff", "byte order mark", "delete"),
]


@pytest.mark.parametrize(("text", "position", "underlined", "message", "advice"), NOT_YAML)
def test_not_yaml(
    text: str, position: tuple[int, int], underlined: str, message: str, advice: str
) -> None:
    file = read(text)
    (problem,) = file.problems
    assert problem.code == "SPC001"
    assert file.source.position(problem.start) == position
    assert cut(file, problem) == underlined
    assert message in problem.message
    assert advice in (problem.help or "")
    assert problem.document not in [document.index for document in file.documents]


@pytest.mark.parametrize("line_break", ["\r\n", "\r"])
def test_the_same_with_other_line_breaks(line_break: str) -> None:
    for text, position, underlined, *_ in NOT_YAML:
        file = read(text.replace("\n", line_break))
        assert [file.source.position(problem.start) for problem in file.problems] == [position], (
            text
        )
        assert cut(file, file.problems[0]) == underlined


def test_a_block_of_text_without_a_text_is_no_comparison() -> None:
    assert read("a: >\nb: >-\nc: |2\nd: >2\n   x\n").problems == ()


def test_a_bracket_that_is_open_is_related() -> None:
    (related,) = bad('a: ["x" "y"]\n').related
    assert (related.start, related.end) == (3, 4)


def test_the_block_that_is_broken_is_related() -> None:
    text = "a:\n    b: 1\n  c: 2\n"
    (related,) = bad(text).related
    assert text[related.start : related.end] == "a:"


def test_long_text_is_cut_in_messages() -> None:
    problem = bad("a: @" + 300 * "x" + "\n")
    assert len(problem.help or "") < 100
    problem = bad(f"{'k' * 300}: 1\n{'k' * 300}: 2\n")
    assert len(problem.message) < 100


def test_what_cannot_be_seen_is_spelled_out_in_messages() -> None:
    problem = read('"a\\e[31m\\n  b\\u202e": 1\n"a\\e[31m\\n  b\\u202e": 2\n').problems[0]
    assert problem.message == "duplicate key `a\\x1b[31m b\\u202e`"
    assert "\\u200b" in (bad("a: @\u200b\n").help or "")


def test_a_duplicate_key() -> None:
    text = "a: 1\nb:\n  c: 2\n  d: {e: 1}\n  'c': {x: [1]}\n"
    file = read(text)
    (problem,) = file.problems
    assert problem.code == "SPC003"
    assert problem.message == "duplicate key `c`"
    assert at(file.source, problem) == ((5, 3), (5, 6))
    assert problem.path == "b.c"
    (related,) = problem.related
    assert file.source.position(related.start) == (3, 3)
    # The first one counts.
    assert [entry.value.start for entry in file.documents[0].root.entries.values()] == [3, 10]  # type: ignore[union-attr]


def test_each_further_key_of_a_name_is_one_problem() -> None:
    assert [problem.start for problem in read("a: 1\na: 2\na: 3\n").problems] == [5, 10]


def test_what_a_merge_brings_is_no_duplicate() -> None:
    assert read("a: &a {b: 1}\nc: {b: 2, <<: *a}\n").problems == ()


@pytest.mark.parametrize(
    ("key", "what"),
    [
        ("1", "a number"),
        ("1.5", "a number"),
        ("0x1F", "a number"),
        ("true", "a truth value"),
        ("~", "empty"),
        ("null", "empty"),
        ("!!int '1'", "a number"),
    ],
)
def test_a_key_that_is_no_text(key: str, what: str) -> None:
    text = f"a: {{{key}: {{x: 1}}, b: 2}}\n"
    file = read(text)
    (problem,) = file.problems
    assert problem.code == "SPC006"
    assert cut(file, problem) == key.removeprefix("!!int ")
    assert what in problem.message
    assert "quotes" in (problem.help or "")
    assert list(file.documents[0].root.entries["a"].value.entries) == ["b"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "key", ["no", "on", "'1'", '"true"', "2027-03-01", "!!str 1", "12_000", "y"]
)
def test_a_key_that_is_text(key: str) -> None:
    assert read(f"{key}: 1\n").problems == ()


@pytest.mark.parametrize(
    ("text", "underlined", "what"),
    [
        ("? [a, b]\n: 1\n", "[a, b]", "a list"),
        ("{a: 1}: 1\n", "{a: 1}", "a mapping"),
        ("? - a\n  - b\n: 1\n", "- a\n  - b", "a list"),
        ("? a: 1\n: {b: 2}\n", "a: 1", "a mapping"),
        ("a: {{ x }}\n", "{ x }", "a mapping"),
        ("[[a]: 1]", "[a]", "a list"),
    ],
)
def test_a_collection_as_a_key(text: str, underlined: str, what: str) -> None:
    file = read(text)
    (problem,) = file.problems
    assert problem.code == "SPC006"
    assert cut(file, problem) == underlined
    assert what in problem.message


def test_braces_of_a_template() -> None:
    assert '"{{ name }}"' in (bad("a: {{ x }}\n").help or "")


@pytest.mark.parametrize(
    ("text", "underlined"),
    [(": 1\n", ":"), ("a:\n  : 1\n", ":"), ("? : 1\n", ": 1"), ("{: 1}\n", ":"), ("?", "?")],
)
def test_a_key_that_is_missing(text: str, underlined: str) -> None:
    file = read(text)
    problem = file.problems[0]
    assert problem.code == "SPC006"
    assert cut(file, problem) == underlined
