"""Random texts: both parsers see the same, nothing is ever raised, and every problem has a place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlspeclint.document.comments import comments
from mlspeclint.document.parse import parse
from mlspeclint.document.tree import File, Mapping, Node, Sequence
from mlspeclint.document.values import to_python

from .support import shown

FEW = settings(derandomize=True, max_examples=150, deadline=None, database=None)
MANY = settings(derandomize=True, max_examples=700, deadline=None, database=None)

WORDS = st.sampled_from(
    [
        "a",
        "b c",
        "12",
        "1e3",
        "no",
        "null",
        "~",
        "x: y",
        "x #y",
        "é",
        "😀",
        "it's",
        '"q"',
        "",
        " ",
        "-",
        "- a",
        "#",
        "a#b",
        "http://x:80/y",
        "[",
        "}",
        ">= 10k",
        "*a",
        "&b",
        "!c",
        "%d",
        "@e",
        "\\",
        "<<",
        "...",
        "?",
    ]
)
PLAIN = st.sampled_from(
    [
        "a",
        "b c",
        "12",
        "1.5",
        "no",
        "true",
        "null",
        "~",
        "10k..20k",
        "95%",
        "é",
        "😀x",
        "http://x:80/y",
        "a#b",
        "<= 3",
    ]
)


def in_quotes(word: str) -> st.SearchStrategy[str]:
    single = "'" + word.replace("'", "''") + "'"
    double = '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return st.sampled_from([single, double])


SCALARS = st.one_of(PLAIN, WORDS.flatmap(in_quotes))
KEYS = st.one_of(st.sampled_from(["a", "b", "key", "k l", "é"]), WORDS.flatmap(in_quotes))
TAILS = st.sampled_from(["", " # c", "  ", " # lint: x"])
GAPS = st.sampled_from([*[""] * 5, "\n", "# c\n", "   \n"])


@st.composite
def flow(draw: st.DrawFn, depth: int = 2) -> str:
    """A value in brackets, or on one line."""
    kind = draw(st.integers(0, 3)) if depth else 0
    space = draw(st.sampled_from(["", " ", "\n   "]))
    if kind == 1:
        items = draw(st.lists(flow(depth - 1), max_size=3))
        return f"[{space}{f',{space}'.join(items)}{space}]"
    if kind == 2:
        entries = draw(st.lists(st.tuples(KEYS, flow(depth - 1)), max_size=3))
        return "{" + space + ", ".join(f"{key}: {value}" for key, value in entries) + space + "}"
    return draw(SCALARS)


@st.composite
def block(draw: st.DrawFn, indent: int = 0, depth: int = 2) -> str:
    """What follows a key or a dash, or stands at the top of a document."""
    kind = draw(st.integers(0, 7)) if depth else draw(st.integers(0, 3))
    margin = " " * indent
    head = " " + draw(st.sampled_from(["", "&a ", "&b "]))
    if kind == 0:
        return draw(st.sampled_from(["", " *a", " *b"])) + draw(TAILS) + "\n"
    if kind == 1:
        style = draw(st.sampled_from(["|", ">", "|-", ">+"]))
        lines = draw(st.lists(st.one_of(WORDS, PLAIN), max_size=3))
        tail = draw(TAILS)
        return f"{head}{style}{tail}\n" + "".join(f"{margin}  {line}\n" for line in lines)
    if kind == 2:
        return f"{head}{draw(PLAIN)}\n{margin} {draw(PLAIN)}{draw(TAILS)}\n"
    if kind == 3:
        return f"{head}{draw(flow())}{draw(TAILS)}\n"
    step = draw(st.integers(1, 3))
    text = f"{head.rstrip()}{draw(TAILS)}\n"
    if kind == 4:
        dashes = margin + draw(st.sampled_from(["", "  "]))
        for _ in range(draw(st.integers(1, 3))):
            text += draw(GAPS) + f"{dashes}-{draw(block(len(dashes) + 1, depth - 1))}"
        return text
    margin += " " * step
    for _ in range(draw(st.integers(1, 3))):
        key = draw(st.one_of(KEYS, st.just("<<")))
        text += draw(GAPS) + f"{margin}{key}:{draw(block(indent + step, depth - 1))}"
    return text


@st.composite
def document(draw: st.DrawFn) -> str:
    text = ""
    for _ in range(draw(st.integers(1, 3))):
        text += draw(GAPS) + f"{draw(KEYS)}:{draw(block())}"
    return text


FILES = st.lists(document(), min_size=1, max_size=2).map("---\n".join)
PIECES = st.sampled_from(
    [
        *"ab:-?[]{},'\"|>#&*!%@`\\ \n\r\t.=~<0",
        "  ",
        "\n  ",
        "\n    ",
        ": ",
        "- ",
        "? ",
        ", ",
        " # ",
        "&a ",
        "*a",
        "<<: *a",
        "---\n",
        "...\n",
        "--- ",
        "|\n",
        ">-\n",
        "a: b\n",
        "- a\n",
        "\r\n",
        "!!str ",
        "!x ",
        "é",
        "😀",
        "\x85",
        "\u2028",
        "\ufeff",
        "\x00",
        "\x1b",
        "%YAML 1.2\n",
        '"\\',
        "\\u0041",
        "''",
        "k" * 1030,
    ]
)
SNIPPETS = st.lists(PIECES, max_size=16).map("".join)


def check(text: str) -> None:
    """Everything that holds for every text."""
    data = text.encode()
    pure, fast = parse(data, accelerate=False), parse(data)
    assert shown(fast) == shown(pure)
    check_ranges(pure)
    for file_comments in (comments(pure, "lint"), comments(pure, "lint", accelerate=False)):
        assert all(comment.text.startswith("#") for comment in file_comments)
    assert [(c.offset, c.end) for c in comments(pure, "lint")] == [
        (c.offset, c.end) for c in comments(pure, "lint", accelerate=False)
    ]


def check_ranges(file: File) -> None:
    size = len(file.source.text)
    for problem in file.problems:
        assert problem.code in ("SPC001", "SPC002", "SPC003", "SPC006", "SPC009")
        assert 0 <= problem.start <= problem.end <= size
        assert problem.start < problem.end or not size
        assert problem.message
        for related in problem.related:
            assert 0 <= related.start < related.end <= size
    for item in file.documents:
        assert 0 <= item.start <= item.end <= size
        to_python(item.root)
        if item.root is not None:
            check_node(item.root, size)


def check_node(node: Node, size: int) -> None:
    assert 0 <= node.start <= node.end <= size
    if node.origin is not None:
        return
    if isinstance(node, Mapping):
        for name, entry in node.entries.items():
            assert entry.key.text == name
            check_node(entry.key, size)
            if entry.via is None:
                assert node.start <= entry.key.start <= entry.key.end <= node.end
                assert entry.key.end <= entry.value.start <= entry.value.end <= node.end
                check_node(entry.value, size)
    elif isinstance(node, Sequence):
        for item in node.items:
            assert node.start <= item.start <= item.end <= node.end
            check_node(item, size)


@FEW
@given(FILES)
def test_structured_texts(text: str) -> None:
    check(text)


@FEW
@given(FILES, st.integers(0, 200), st.integers(0, 8), SNIPPETS)
def test_structured_texts_with_a_mistake(text: str, place: int, cut: int, snippet: str) -> None:
    check(text[:place] + snippet + text[place + cut :])


@MANY
@given(SNIPPETS)
def test_snippets(text: str) -> None:
    check(text)


@FEW
@given(st.sampled_from(["a: ", "- ", "["]), SNIPPETS, st.sampled_from(["", "]", "\n"]))
def test_snippets_in_place(before: str, text: str, after: str) -> None:
    check(before + text + after)


@FEW
@given(st.text(max_size=40))
def test_any_text(text: str) -> None:
    check(text)


@FEW
@given(st.one_of(st.binary(max_size=40), SNIPPETS.map(lambda text: text.encode("utf-16"))))
def test_any_bytes(data: bytes) -> None:
    check_ranges(parse(data))
    assert shown(parse(data)) == shown(parse(data, accelerate=False))


@FEW
@given(st.one_of(FILES, SNIPPETS))
def test_only_the_parser_finds_errors(text: str) -> None:
    """An error of our own would pass for one of the text: only those of the parser may come up."""
    from ruamel.yaml.error import YAMLError

    from mlspeclint.document import errors

    original = errors.diagnose

    def spy(error: Exception, *arguments: object) -> object:
        innocent = isinstance(error, YAMLError | errors.NotYaml)
        # chr() and int() of what an escape or a directive holds.
        assert innocent or isinstance(error, ValueError | OverflowError), repr(error)
        return original(error, *arguments)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(errors, "diagnose", spy)
        parse(text.encode(), accelerate=False)
