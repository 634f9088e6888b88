"""The plot of the cumulative cost, as SVG or PNG. Needs matplotlib, which only this module imports."""

from __future__ import annotations

from math import ceil, inf

from mlspeclint.rules.cost_statement import BY_HAND, MODEL, PEOPLE, CostStatement, money

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FORMATS = ("svg", "png")
POINTS = 120
"""Steps in which the months are drawn: the lines are straight, so that few would do."""
SIDES = (("with the model", (MODEL, PEOPLE), "#0b6e99"), ("by hand", (BY_HAND,), "#d9730d"))


class NoPlotting(Exception):
    """Matplotlib is not installed."""


def plot(name: str, statement: CostStatement, path: str, kind: str) -> None:
    """Draw the cumulative cost with the model and by hand into a file; the same input gives the same SVG.

    Raises `NoPlotting` without matplotlib, and OSError when the file cannot be written.
    """
    try:
        import matplotlib
    except ImportError:
        raise NoPlotting from None
    matplotlib.use("Agg")
    from matplotlib.figure import Figure

    with matplotlib.rc_context({"svg.hashsalt": "mlspeclint", "svg.fonttype": "none"}):
        figure = Figure(figsize=(8, 4.5), layout="constrained")
        _draw(figure.add_subplot(), name, statement)
        # Without a date and a version in it, the file changes only with the spec.
        absent = {"Date": None, "Creator": None} if kind == "svg" else {"Software": None}
        figure.savefig(path, format=kind, dpi=144, metadata=absent)


def _draw(axes: Any, name: str, statement: CostStatement) -> None:
    horizon = 12 * min(statement.years.high, float(statement.last_year))
    months = [horizon * step / POINTS for step in range(POINTS + 1)]
    for title, sides, colour in SIDES:
        if sides == (BY_HAND,) and not statement.manual_known:
            continue
        paid = [statement.until(month, *sides) for month in months]
        low, high = [amount.low for amount in paid], [amount.high for amount in paid]
        if any(end == inf for end in high):
            axes.plot(months, low, color=colour, linestyle="--", label=f"{title}, at least")
            continue
        axes.fill_between(months, low, high, color=colour, alpha=0.3, linewidth=0)
        axes.plot(months, low, color=colour, label=title)
        axes.plot(months, high, color=colour)
    even = statement.break_even_months
    if 0 < even.low < inf:
        axes.axvspan(
            even.low, min(even.high, horizon), color="#888888", alpha=0.15, label="break-even"
        )
        axes.axvline(even.low, color="#888888", linewidth=0.8)
    axes.set_xlim(0, horizon or 1)
    axes.set_xticks(range(0, int(horizon) + 1, 6 if horizon <= 60 else 12 * ceil(horizon / 120)))
    axes.set_ylim(bottom=0)
    axes.set_title(f"{name}: cost of ownership", parse_math=False)
    axes.set_xlabel("months after the release")
    axes.set_ylabel(f"paid so far, {statement.currency or 'unknown currency'}", parse_math=False)
    axes.yaxis.set_major_formatter(lambda value, _: money(value))
    axes.legend()
