"""The specs of `examples/`, with what the linter says of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from docs_site.command import TODAY
from docs_site.text import ORPHAN, block, cells, code, escaped, in_cell, prose

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
ENDING = ".ml-project.yaml"


class Example:
    """A spec, the sentence that it begins with, and what the linter says of it (a test keeps that true)."""

    def __init__(self, path: Path) -> None:
        self.name = path.name.removesuffix(ENDING)
        self.spec = path.read_text(encoding="utf-8")
        self.output = path.with_name(f"{self.name}.full.txt").read_text(encoding="utf-8")
        head = re.match(r"(?:#.*\n)+", self.spec)
        comments = head[0].splitlines()[1:] if head else []
        self.about = " ".join(line.removeprefix("#").strip() for line in comments)

    @property
    def codes(self) -> list[str]:
        """The rules that say more than a note."""
        return re.findall(r"^(?:error|warning)\[(\w+)\]", self.output, re.MULTILINE)


def examples() -> list[Example]:
    """All examples, by name."""
    return [Example(path) for path in sorted(EXAMPLES.glob(f"*{ENDING}"))]


def pages() -> Iterator[tuple[str, str]]:
    """All pages, by their path in the site."""
    found = examples()
    for example in found:
        yield f"examples/{example.name}.md", _page(example)
    yield "examples/index.md", _index(found)


def _page(example: Example) -> str:
    path = f"examples/{example.name}{ENDING}"
    command = f"$ mlspeclint check {path} --today {TODAY}\n"
    return ORPHAN + "\n".join(
        [
            f"# {escaped(example.name)}",
            "",
            "[Examples](index.md)",
            "",
            prose(example.about),
            "",
            "## The spec",
            "",
            *block(example.spec, "yaml"),
            "## What the linter says",
            "",
            *block(command + example.output, "console"),
        ]
    )


def _index(found: list[Example]) -> str:
    lines = [
        "# Examples",
        "",
        f"{len(found)} specs of recognisable projects, from ten lines to a full one, each with "
        f"what the linter really says of it on {TODAY}.",
        "",
    ]
    loud = [example for example in found if example.codes]
    rows = [(_link(each), ", ".join(each.codes), in_cell(prose(each.about))) for each in loud]
    lines += ["## With conflicts", "", *cells(("Example", "Reported", "What it is"), rows)]
    quiet = [example for example in found if not example.codes]
    lines += [
        "## Without",
        "",
        "Nothing at warning or above is said of these; [what it is silent on](../silence.md) tells why.",
        "",
        *cells(
            ("Example", "What it is"),
            [(_link(each), in_cell(prose(each.about))) for each in quiet],
        ),
    ]
    return "\n".join(lines)


def _link(example: Example) -> str:
    return f"[{code(example.name)}]({example.name}.md)"
