"""The table of rules."""

from __future__ import annotations

from mlspeclint.rules import RULES
from mlspeclint.rules.names import SEVERITIES, SPEC_NAMES, WAIVER_NAMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def catalogue() -> list[dict[str, Any]]:
    """Every check with its metadata, in the order of the documentation."""
    rows: list[dict[str, Any]] = [_row(code, name) for code, name in SPEC_NAMES.items()]
    rows += [
        {
            "code": rule.code,
            "name": rule.name,
            "severity": rule.severity,
            "basis": rule.basis,
            "state": "on",
            "waivable": rule.waivable,
            "reads": list(rule.reads),
            "sources": list(rule.sources),
            "as_of": rule.as_of,
            "summary": summary(rule.page),
        }
        for rule in RULES
    ]
    return rows + [_row(code, name) for code, name in WAIVER_NAMES.items()]


def _row(code: str, name: str) -> dict[str, Any]:
    from mlspeclint.rules.spec_pages import PAGES
    from mlspeclint.rules.waiver_pages import WAIVER_PAGES

    return {
        "code": code,
        "name": name,
        "severity": SEVERITIES[code],
        "basis": None,
        "state": "on",
        "waivable": False,
        "reads": [],
        "sources": [],
        "as_of": None,
        "summary": summary((PAGES | WAIVER_PAGES)[code]),
    }


def summary(page: str) -> str:
    """The first sentence of a page."""
    _, _, rest = page.partition("## What it does\n")
    paragraph = " ".join(rest.partition("\n\n")[0].split())
    return paragraph.partition(". ")[0].removesuffix(".") + "."


def render(rows: list[dict[str, Any]]) -> str:
    """The table as text."""
    width = max(len(row["name"]) for row in rows)
    return "".join(
        f"{row['code']}  {row['severity']:<8} {row['basis'] or 'file':<11} "
        f"{row['name']:<{width}}  {row['summary']}\n"
        for row in rows
    )
