"""Which rules rest on which sums: the pages of `docs/calculations/` name them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

PAGES = Path(__file__).resolve().parents[2] / "docs" / "calculations"
BLOCK = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"\b[A-Z]{3}[0-9]{3}\b")


@cache
def sums() -> dict[str, list[tuple[str, str]]]:
    """The title and the page (in `calculations/`) of each sum behind a rule, by the code of the rule."""
    found: dict[str, list[tuple[str, str]]] = {}
    for path in sorted(PAGES.glob("*.md")):
        text = BLOCK.sub("", path.read_text(encoding="utf-8"))
        title = text.partition("\n")[0].removeprefix("# ")
        for number in sorted(set(CODE.findall(text))):
            found.setdefault(number, []).append((title, path.name))
    return found
