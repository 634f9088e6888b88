"""`docs/cli.md`: that it has everything, and reads as Markdown. Whether it is fresh is tested elsewhere."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import click
import pytest
from markdown_it import MarkdownIt

from mlspeclint.cli.help import ENVIRONMENT
from mlspeclint.cli.options import FORMATS
from mlspeclint.cli.root import COMMANDS, root

from ..running import ROOT
from .test_help import RUN, examples

sys.path.insert(0, str(ROOT / "scripts"))
from command_line import marked, sections

DOCS = ROOT / "docs"
TEXT = (DOCS / "cli.md").read_text(encoding="utf-8")
PAGES = dict(re.findall(r"^## (.*)\n((?s:.*?))(?=^## |\Z)", TEXT, re.MULTILINE))


def command(words: tuple[str, ...]) -> click.Command:
    found: click.Command = root
    for word in words:
        assert isinstance(found, click.Group)
        below = found.get_command(click.Context(found), word)
        assert below is not None
        found = below
    return found


@pytest.mark.parametrize("words", RUN, ids=" ".join)
def test_every_command_with_its_options_and_examples(words: tuple[str, ...]) -> None:
    page = PAGES[f"`mlspeclint {' '.join(words)}`"]
    for parameter in command(words).params:
        if isinstance(parameter, click.Option):
            row = re.search(rf"^\| .*`{max(parameter.opts, key=len)}[ `].*$", page, re.MULTILINE)
            assert row, parameter.opts
            for spelling in parameter.opts:
                assert f"`{spelling}" in row[0]
    for line in examples(words):
        assert line in page


def rows() -> Iterator[list[str]]:
    cells: list[str] = []
    for token in MarkdownIt("commonmark").enable("table").parse(TEXT):
        if token.type == "tr_open":
            cells = []
        elif token.type == "inline":
            cells.append(token.content)
        elif token.type == "tr_close":
            yield [*cells]


def test_reads_as_markdown() -> None:
    every = [*rows()]
    assert len(every) > 100
    assert all(len(cells) == 2 for cells in every)
    assert not re.search(r"^\|", "".join(cell for cells in every for cell in cells), re.MULTILINE)
    assert "\b" not in TEXT


def test_formats_variables_and_exit_status() -> None:
    for name in FORMATS:
        assert f"\n| `{name}` | " in PAGES["Output formats of `check`"]
    for name in ENVIRONMENT:
        assert f"\n| `{name}` | " in PAGES["Environment"]
    assert re.findall(r"^\| (\d+) \|", PAGES["Exit status"], re.MULTILINE) == [
        "0",
        "1",
        "2",
        "3",
        "130",
    ]


def test_links_lead_somewhere() -> None:
    anchors = {re.sub(r"[^a-z0-9 -]", "", name.lower()).replace(" ", "-") for name in PAGES}
    targets = re.findall(r"\]\(([^)]*)\)", TEXT)
    assert {f"#mlspeclint-{name}" for name in COMMANDS} <= set(targets)
    for target in targets:
        assert target[1:] in anchors if target[0] == "#" else (DOCS / target).is_file(), target


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Leave --fix out.", "Leave `--fix` out."),
        ("a *.ml-project.yaml here", "a `*.ml-project.yaml` here"),
        ("a|b <c> [d] *e* f_g", r"a\|b \<c\> \[d\] \*e\* f\_g"),
        ("the `a|b` of it", r"the `a\|b` of it"),
        ("few-shot, and - for input", "few-shot, and - for input"),
    ],
)
def test_text_is_shown_as_it_is(text: str, shown: str) -> None:
    assert marked(text) == shown


def test_blocks_of_help() -> None:
    text, blocks = sections("One.\n\nTwo\nlines.\n\n\b\nExit status:\n  0  done\n  1  not --done\n")
    assert text == "One.\n\nTwo lines."
    assert blocks == ["**Exit status**\n\n- `0`: done\n- `1`: not `--done`"]
