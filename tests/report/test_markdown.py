"""Text in Markdown: whatever it holds, it is shown as text, on one line and in one cell."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from mlspeclint.report.markdown import escaped, page, table

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain words, 12 % of 3.5 (about)", "plain words, 12 % of 3.5 (about)"),
        ("labels.cost_each", "labels.cost_each"),
        ("_a_ and __b__", r"\_a\_ and \_\_b\_\_"),
        ("a | b", r"a \| b"),
        (r"a \| b", r"a \\\| b"),
        ("`code`", r"\`code\`"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("&amp;", "&amp;amp;"),
        ("[a](http://b)", r"\[a\](http\://b)"),
        ("![a](b)", r"!\[a\](b)"),
        ("see http://a.b and www.c.d", r"see http\://a.b and www\.c.d"),
        ("# head", r"\# head"),
        ("- item", r"\- item"),
        ("1. item", r"1\. item"),
        ("1) item", r"1\) item"),
        ("a\nb\r\nc\u2028d\te", "a b c d e"),
        ("  four spaces", "four spaces"),
        ("a\x1b[31mb\u202ec", r"a\\x1b\[31mb\\u202ec"),
        ("*a* ~~b~~ $c$ @d", r"\*a\* \~\~b\~\~ \$c\$ \@d"),
    ],
)
def test_escapes(text: str, expected: str) -> None:
    assert escaped(text) == expected


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_nothing_begins_markup(text: str) -> None:
    shown = escaped(text)
    assert "\n" not in shown
    assert shown.isprintable()
    # With letters in the place of the escapes, nothing is left that has a meaning.
    bare = re.sub(r"\\[\\`*{}\[\]#|~$@:.)_=+-]|&(?:amp|lt|gt);", "x", shown)
    assert not set(bare) & set("\\`*{}[]#|~$@<>&")
    assert not re.match(r"[-+=]|\d{1,9}[.)](?: |$)", bare)
    assert not re.search(r"\b_|_\b|://", bare)


def test_a_long_text_takes_no_time() -> None:
    assert len(escaped("." * 300_000)) == 300_000


def test_a_table_has_as_many_cells_in_every_row() -> None:
    lines = table(("a", "b"), [("1", escaped("x|y")), ("2", "z")], right=1)
    assert lines == ["| a | b |", "| --- | ---: |", r"| 1 | x\|y |", "| 2 | z |"]


@given(
    st.lists(
        st.sampled_from(
            [
                "## Head",
                "## <b>",
                "",
                "    ",
                "    <i> code",
                "```yaml",
                "```",
                "  ```",
                "~~~",
                "<u>",
                "[a](b)",
                "- item",
                "`<x>` <y>",
                "> quote",
                "1. one",
                "| a | b |",
                "|---|---|",
                "===",
                "---",
                "<!-- ",
                "[a]: b",
                "http://x.y",
                "\t<p>",
                " # h",
                "plain",
            ]
        ),
        max_size=12,
    )
)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_a_page_has_headings_code_and_text(lines: list[str]) -> None:
    tokens = PARSER.parse(page("\n".join(lines)))
    inner = [child for token in tokens for child in token.children or ()]
    kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in (*tokens, *inner)}
    assert kinds <= {
        "heading",
        "paragraph",
        "inline",
        "text",
        "softbreak",
        "code_inline",
        "code_block",
    }
    assert all(token.tag == "h2" for token in tokens if token.type == "heading_open")
