"""The cost of a plan for other programs (JSON, CSV) and for documents (Markdown)."""

from __future__ import annotations

from math import inf

from mlspeclint.report.cost import SIDES, name_of, sentences
from mlspeclint.report.markdown import escaped, table
from mlspeclint.rules.cost_statement import CostStatement, money

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from mlspeclint.rules.cost_statement import Line

COLUMNS = ("project", "side", "part", "period", "low", "high", "currency")


def as_json(statement: CostStatement) -> dict[str, Any]:
    """The statement for programs. An end that is not known, or has no end, is null."""
    return {
        "currency": statement.currency,
        "years": ends(statement.years),
        "items_per_month": ends(statement.volume),
        "parts": [
            {
                "side": line.side,
                "name": line.name,
                "per_year": line.yearly,
                "amount": ends(line.each),
                "total": ends(line.total),
                "by_year": [
                    ends(line.in_year(year, statement.years)) for year in range(statement.last_year + 1)
                ],
                "missing": list(line.missing),
            }
            for line in statement.lines
        ],
        "total": {title.replace(" ", "_"): ends(statement.total(*sides)) for title, sides in SIDES},
        "saving_per_item": ends(statement.saving),
        "saved": ends(statement.saved),
        "break_even": {
            "volume": {**ends(statement.break_even_volume), "never": statement.break_even_volume.low == inf},
            "months": {**ends(statement.break_even_months), "never": statement.break_even_months.low == inf},
        },
        "assumed": list(statement.assumed),
    }  # fmt: skip


def ends(amount: Any) -> dict[str, float | None]:
    """The ends of an amount, rounded to what a sum of money can mean."""
    return {"low": _number(amount.low), "high": _number(amount.high)}


def _number(value: float) -> float | None:
    return float(f"{value:.12g}") if -inf < value < inf else None


def as_csv(statements: Iterable[tuple[str, CostStatement]]) -> str:
    """A line an amount: project, side, part, period (the release, a year, the horizon), low and high end.

    An end that is not known is empty.
    """
    from csv import writer
    from io import StringIO

    text = StringIO()
    rows = writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for name, statement in statements:
        for line in statement.lines:
            for period, amount in _periods(line, statement):
                cells = [line.side, line.name, period]
                low, high = (_number(end) for end in (amount.low, amount.high))
                rows.writerow([name, *cells, low, high, statement.currency])
    return text.getvalue()


def _periods(line: Line, statement: CostStatement) -> list[tuple[str, Any]]:
    years = range(1, statement.last_year + 1)
    return [
        ("release", line.in_year(0, statement.years)),
        *((f"year {year}", line.in_year(year, statement.years)) for year in years),
        ("horizon", line.total),
    ]


def as_markdown(name: str, statement: CostStatement) -> str:
    """The statement as a section of a document."""
    currency = statement.currency or "an unknown currency"
    lines = [f"## Cost of {escaped(name)}", "", *markdown_tables(statement), ""]
    lines += [f"- {escaped(sentence)}" for sentence in sentences(statement)]
    lines.insert(2, f"Over {statement.years:number} years, in {currency}.")
    lines.insert(3, "")
    return "\n".join(lines) + "\n"


def markdown_tables(statement: CostStatement) -> list[str]:
    """The table of parts, with a sum for each side."""
    rows = []
    for title, sides in SIDES:
        for line in statement.side(*sides):
            when = "a year" if line.yearly else "once"
            amounts = [*_shown(line.each), *_shown(line.total)]
            rows.append([name_of(line), when, *amounts])
        total = [f"**{amount}**" for amount in _shown(statement.total(*sides))]
        rows.append([f"**{title}**", "", "", "", *total])
    head = ("Part", "When", "Low", "High", "In all: low", "High")
    return table(head, rows, right=4)


def _shown(amount: Any) -> list[str]:
    return [money(amount.low), money(amount.high)]
