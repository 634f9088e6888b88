"""The published results behind a measured rule, as `explain` shows them."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from mlspeclint.knowledge.pages import table
from mlspeclint.report.table import wrapped

if TYPE_CHECKING:
    from typing import Any

    from mlspeclint.report.style import Style

WIDTH = 100
"""The most columns of a line of prose."""


def figures(topic: str, style: Style) -> list[str]:
    """The lines that show a table of `knowledge/measured/`: what was counted, how, and the counts."""
    content = table(topic)
    width = min(style.width or WIDTH, WIDTH)
    lines = [style.paint(f"Figures: {content['title']}", "bold"), ""]
    for key, label in (("counted", "Counted"), ("how", "How"), ("limits", "Limits")):
        lines += wrapped(f"{label}: {content[key]}", width)
    if not content["discriminates"]:
        lines += wrapped("The size does not tell which way a comparison goes.", width)
    script = content.get("computed_by", "scripts/build_knowledge.py")
    computed = f"Computed by {script} from {', '.join(content['evidence'])}"
    lines += wrapped(f"{computed}, as of {content['as_of']}. Licence: {content['licence']}.", width)
    for rows in content.values():
        if isinstance(rows, list) and rows and isinstance(rows[0], dict):
            lines += ["", *_aligned(rows)]
    return lines


def _aligned(rows: list[dict[str, Any]]) -> list[str]:
    """Rows with a column for every key, numbers to the right."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    cells = [[column.replace("_", " ") for column in columns]]
    cells += [[_cell(row.get(column)) for column in columns] for row in rows]
    widths = [max(len(row[index]) for row in cells) for index in range(len(columns))]
    right = [not isinstance(rows[0].get(column), str) for column in columns]
    return [
        "  "
        + "  ".join(
            cell.rjust(width) if to_the_right else cell.ljust(width)
            for cell, width, to_the_right in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in cells
    ]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value == inf:
        return "no limit"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
