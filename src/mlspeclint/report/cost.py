"""The cost of a plan: tables for people, programs and documents."""

from __future__ import annotations

from math import ceil, inf

from mlspeclint.report.table import aligned, wrapped
from mlspeclint.rules.cost_statement import BY_HAND, MODEL, PEOPLE, CostStatement, money

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mlspeclint.report.style import Style
    from mlspeclint.rules.cost_statement import Line

SIDES = (
    ("with the model", (MODEL, PEOPLE)),
    ("by hand", (BY_HAND,)),
)
LINE_NAMES = {
    (PEOPLE, "review"): "review by people",
    (PEOPLE, "errors"): "errors that are left",
    (BY_HAND, "work"): "work by hand",
    (BY_HAND, "errors"): "errors by hand",
}
MOST_FACTS = 4
"""Absent facts that are listed for one line."""


def name_of(line: Line) -> str:
    """What a line is called in a table."""
    return LINE_NAMES.get((line.side, line.name), line.name)


def render(name: str, statement: CostStatement, style: Style) -> str:
    """The statement as text for the terminal, with a chart where there is room."""
    currency = statement.currency or "an unknown currency"
    head = f"cost of ownership over {_years(statement)}, in {currency}"
    lines = [f"{style.paint(name, 'bold')}: {head}", ""]
    lines += _painted(aligned(_parts(statement), left=2), style)
    lines += ["", *_painted(aligned(_cumulative(statement)), style)]
    drawn = _chart(statement, style)
    if drawn:
        lines += ["", *drawn]
    lines.append("")
    for sentence in sentences(statement):
        lines += wrapped(sentence, style.width, "  ")
    return style.fit("\n".join(lines) + "\n")


def _years(statement: CostStatement) -> str:
    years = f"{statement.years:number}"
    if not 0 < statement.years.high < inf:
        return "a horizon that is unknown"
    return f"{years} year" if years == "1" else f"{years} years"


def _parts(statement: CostStatement) -> list[list[str]]:
    """The table of parts: once or a year, and over the horizon."""
    rows = [["part", "", "low", "high", "in all: low", "high"]]
    for title, sides in SIDES:
        for line in statement.side(*sides):
            when = "a year" if line.yearly else "once"
            rows.append([name_of(line), when, *_ends(line.each), *_ends(line.total)])
        rows.append([title, "", "", "", *_ends(statement.total(*sides))])
    return rows


def _cumulative(statement: CostStatement) -> list[list[str]]:
    """The table of years: what has been paid at the end of each, with the model and by hand."""
    rows = [["paid until", "with the model: low", "high", "by hand: low", "high"]]
    for year in range(statement.last_year + 1):
        label = "the release" if not year else f"the end of year {year}"
        rows.append([label])
        for _, sides in SIDES:
            rows[-1] += _ends(statement.until(12 * _within(statement, year), *sides))
    return rows


def _within(statement: CostStatement, year: int) -> float:
    """The years at the end of that year, which may be the end of the horizon."""
    return min(float(year), statement.years.high)


def _ends(amount: Any) -> list[str]:
    return [money(amount.low), money(amount.high)]


def _painted(lines: list[str], style: Style) -> list[str]:
    """A table with its head and its sums in bold."""
    sums = tuple(title for title, _ in SIDES)
    return [
        style.paint(line, "bold") if index == 0 or line.startswith(sums) else line
        for index, line in enumerate(lines)
    ]


def sentences(statement: CostStatement) -> list[str]:
    """What the tables come to, in words: break-even, what was assumed, what is not declared."""
    told = [*_comparison(statement)]
    if statement.assumed:
        told.append(f"assumed: {', '.join(statement.assumed)}")
    undeclared = [
        f"{name_of(line)} ({_facts(line.missing)})"
        for line in statement.undeclared()
        if line.side != BY_HAND or statement.manual_known
    ]
    if undeclared:
        told.append(
            "not declared, 0 at the low end and not known at the high end: " + ", ".join(undeclared)
        )
    if statement.years.high > statement.last_year:
        told.append(f"only the first {statement.last_year} years are listed")
    return told


def _facts(missing: tuple[str, ...]) -> str:
    shown = list(missing[:MOST_FACTS])
    if len(missing) > MOST_FACTS:
        shown.append(f"{len(missing) - MOST_FACTS} more")
    return ", ".join(shown)


def _comparison(statement: CostStatement) -> list[str]:
    """The sentences on whether and when the model pays."""
    if not statement.manual_known:
        missing = next((line.missing for line in statement.side(BY_HAND) if line.missing), ())
        lacks = f": not declared: {_facts(missing)}" if missing else ""
        return [f"what the work costs by hand is not known, so there is no break-even{lacks}"]
    currency = f" {statement.currency}" if statement.currency else ""
    told = []
    if statement.saving.low > -inf or statement.saving.high < inf:
        told.append(
            f"an item saves {statement.saving:money}{currency} before the model's fixed costs"
        )
    told += [f"break-even volume: {_volume(statement)}", f"break-even: {_months(statement)}"]
    saved = statement.saved
    if saved.low > -inf or saved.high < inf:
        verb = "saves" if saved.high >= 0 else "loses"
        amount = saved if saved.high >= 0 else -saved
        told.append(f"over the horizon the model {verb} {amount:money}{currency}")
    return told


def _volume(statement: CostStatement) -> str:
    volume, planned = statement.break_even_volume, statement.volume
    if volume.low == inf:
        return "none, an item saves nothing"
    if volume.low <= 0 and volume.high == inf:
        return (
            f"not known, without {_facts(tuple(sorted(volume.missing)))}"
            if volume.missing
            else "not known"
        )
    text = f"{volume:count} items a month"
    if not (planned.low <= 0 and planned.high == inf):
        text += f" (planned: {planned:count})"
    return text


def _months(statement: CostStatement) -> str:
    """The month of break-even, counted from the release."""
    months = statement.break_even_months
    if months.low == inf:
        return "never at this volume"
    first = max(1, ceil(months.low - 1e-9))
    if months.high < inf:
        last = max(1, ceil(months.high - 1e-9))
        text = f"month {first}" if first == last else f"month {first} to {last}"
        text += " after the release"
    elif not months.missing:
        text = f"month {first} after the release at the earliest, perhaps never"
    elif months.low > 0:
        text = f"month {first} after the release at the earliest, the latest is not known"
    else:
        return f"not known, without {_facts(tuple(sorted(months.missing)))}"
    if (months > 12 * statement.years).certain:
        text += ", beyond the horizon"
    return text


def _chart(statement: CostStatement, style: Style) -> list[str]:
    from mlspeclint.report.chart import chart

    horizon = 12 * min(statement.years.high, float(statement.last_year))
    if horizon <= 0:
        return []
    months = statement.break_even_months
    # Known to be somewhere is no news, and nothing to be marked.
    marked = None if months.low in (0.0, inf) else (months.low, months.high)

    def with_the_model(month: float) -> tuple[float, float]:
        paid = statement.until(month, MODEL, PEOPLE)
        return paid.low, paid.high

    def by_hand(month: float) -> tuple[float, float]:
        paid = statement.until(month, BY_HAND)
        return paid.low, paid.high

    return chart(
        with_the_model,
        by_hand if statement.manual_known else None,
        months=horizon,
        marked=marked,
        names=("with the model", "by hand"),
        amount=money,
        style=style,
    )
