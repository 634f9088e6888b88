"""The reasons why deep learning projects fail, and the rules for each: the table of `docs/reasons.md`."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reasons.md"


def reasons() -> dict[str, tuple[str, list[str]]]:
    """The title of each reason, and the codes of its rules, by its id."""
    rows = (
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if re.match(r"\| [AB][0-9] ", line)
    )
    return {row[0]: (row[1], row[-1].split()) for row in rows}
