"""The summary of a step, read by a Markdown parser with GitHub's tables and strikethrough."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from mlspeclint.report.github_summary import ROOM, render
from mlspeclint.report.text import safe

from .services import ALL_KINDS, HOSTILE, both, finding, hostile, run_of

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
BLOCKS = {"heading", "paragraph", "table", "thead", "tbody", "tr", "th", "td", "inline"}


def shown(inline: Token) -> str:
    """What a reader sees of a paragraph or a cell, in which nothing but bold text and breaks may stand."""
    text = ""
    for each in inline.children or []:
        if each.type == "html_inline":
            assert each.content == "<br>"
            text += "\n"
        else:
            assert each.type in ("text", "text_special", "strong_open", "strong_close"), each
            text += each.content
    return text


def tables(text: str) -> tuple[list[str], list[list[list[str]]]]:
    """The text outside tables, and the tables as rows of cells."""
    paragraphs: list[str] = []
    found: list[list[list[str]]] = []
    inside = False
    for token in PARSER.parse(text):
        assert re.sub("_(open|close)$", "", token.type) in BLOCKS, token
        if token.type == "table_open":
            found.append([])
            inside = True
        elif token.type == "table_close":
            inside = False
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type == "inline":
            (found[-1][-1] if inside else paragraphs).append(shown(token))
    return paragraphs, found


def one_line(text: str) -> str:
    return " ".join(safe(text).split())


def test_files_and_findings(tmp_path: Path) -> None:
    found = both("github-summary", tmp_path, *ALL_KINDS)
    (title, total), (files, findings) = tables(found.text)
    assert title == "mlspeclint"
    assert total.startswith("1 error, 2 warnings, 5 possible, 2 waived in 3 files, ")
    assert files == [
        ["File", "Errors", "Warnings", "Notes", "Possible", "Waived"],
        ["examples/chest-x-rays.ml-project.yaml", "1", "2", "0", "0", "0"],
        ["examples/pump-failures.ml-project.yaml", "0", "0", "0", "0", "2"],
        ["examples/claims-photos.ml-project.yaml", "0", "0", "0", "5", "0"],
    ]
    assert findings[0] == ["Severity", "Rule", "Place", "Finding"]
    for row, each in zip(findings[1:], found.open, strict=True):
        assert row[0] == ("possible" if each["outcome"] == "possible" else each["severity"])
        assert row[1] == f"{each['code']} {each['name']}"
        line = each["range"]["start"]["line"]
        assert row[2] == f"examples/{Path(each['file']).name}:{line}"
        message, *notes = row[3].split("\n")
        assert message == each["message"]
        assert f"instead: {each['instead']}" in notes


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_specs(text: str, tmp_path: Path) -> None:
    found = hostile("github-summary", tmp_path, text)
    _, (files, findings) = tables(found.text)
    assert len(files) == 2
    for row, each in zip(findings[1:], found.open, strict=True):
        assert row[3].split("\n")[0] == one_line(each["message"])


def test_it_leaves_room_for_other_summaries() -> None:
    text = render(run_of(*(finding(f"number {number} {'é' * 1000}") for number in range(200))))
    assert len(text.encode()) < ROOM + 2000
    paragraphs, (_, findings) = tables(text)
    assert 50 < len(findings) < 200
    assert paragraphs[-1] == f"{201 - len(findings)} more findings not shown here."


def test_nothing_to_report() -> None:
    assert render(run_of()) == "## mlspeclint\n\n**no findings** in 1 file\n\n"
