"""The statement of costs: what a plan costs in each part and year, beside the same work by hand.

The sums are those of `feasibility/cost_model.py`; this lays them out. A part of which facts are absent
counts 0 at its low end and has no high end (infinity).
"""

from __future__ import annotations

from math import ceil, inf

from mlspeclint.feasibility.cost_model import CostModel, ItemCosts, assumptions
from mlspeclint.spec.kinds import MONEY
from mlspeclint.spec.quantity import Quantity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlspeclint.feasibility.cost_model import Part
    from mlspeclint.spec.compiled import Spec

MODEL = "model"
PEOPLE = "people"
BY_HAND = "by hand"

NOT_KNOWN = "not known"

MOST_YEARS = 30
"""Years that are listed one by one; a horizon may be of any length."""
UNKNOWN_YEARS = 5
"""Years that are listed where the horizon is unknown."""


class Line:
    """One line of the statement.

    `side` is MODEL (what the model costs), PEOPLE (the work and the errors that it leaves) or BY_HAND;
    `each` is the amount once or a year (`yearly`), `total` that over the horizon. `missing` names the
    absent facts for which the low end counts 0.
    """

    __slots__ = ("each", "missing", "name", "side", "total", "yearly")

    def __init__(self, side: str, part: Part, years: Quantity) -> None:
        self.side = side
        self.name = part.name
        self.yearly = part.yearly
        self.each = part.cost
        self.total = part.over(years)
        self.missing = tuple(sorted(part.cost.missing))

    def in_year(self, number: int, years: Quantity) -> Quantity:
        """What it costs in a year of the horizon, from 1; in year 0, until the release."""
        if not self.yearly:
            return self.each if number == 0 else Quantity(0.0, 0.0)
        # The last year may be a part of one, and a range of horizons may or may not have it.
        share = (years - (number - 1)).at_least(0).at_most(1)
        return self.each * share if number else Quantity(0.0, 0.0)


class CostStatement:
    """What a plan costs, in money of `currency`, over `years` (the horizon, from the release on).

    `lines` are its parts, `volume` the items a month, `saving` what an item saves, `saved` what all do
    over the horizon, less what the model costs (below 0: the work by hand is cheaper).
    """

    __slots__ = (
        "assumed", "break_even_months", "break_even_volume", "currency", "lines", "saved", "saving",
        "volume", "years",
    )  # fmt: skip

    def __init__(self, spec: Spec) -> None:
        model, item = CostModel(spec), ItemCosts(spec)
        self.currency = spec.budget.currency.text
        self.years = years = model.years
        self.volume = model.items_per_month
        self.lines = (
            *(Line(MODEL, part, years) for part in model.parts),
            *(Line(PEOPLE, part, years) for part in model.left_to_people),
            *(Line(BY_HAND, part, years) for part in model.by_hand),
        )
        self.saving = item.saving
        self.break_even_volume = model.break_even_volume
        self.break_even_months = model.break_even_months
        # Multiplied out, so that the cost of an item by hand enters once for both sides.
        self.saved = (
            years * (12 * self.volume * item.saving - model.upkeep_per_year) - model.upfront
        )
        self.assumed = tuple(assumptions(spec, years, *(line.total for line in self.lines)))

    def side(self, *sides: str) -> tuple[Line, ...]:
        """The lines of these sides."""
        return tuple(line for line in self.lines if line.side in sides)

    def total(self, *sides: str) -> Quantity:
        """The sum of all lines of these sides over the horizon."""
        return _sum(line.total for line in self.side(*sides))

    @property
    def manual_known(self) -> bool:
        """Whether anything is known of what the work costs by hand."""
        by_hand = self.total(BY_HAND)
        return by_hand.low > 0 or by_hand.high < inf

    @property
    def last_year(self) -> int:
        """The last year to be listed, which may be a part of one."""
        longest = self.years.high
        return min(ceil(longest - 1e-9), MOST_YEARS) if longest < inf else UNKNOWN_YEARS

    def year(self, number: int, *sides: str) -> Quantity:
        """What the lines of these sides cost in a year of the horizon; in year 0, until the release."""
        return _sum(line.in_year(number, self.years) for line in self.side(*sides))

    def until(self, months: float, *sides: str) -> Quantity:
        """What they have cost some months after the release, while the model is in use."""
        return _sum(
            line.each * (months / 12) if line.yearly else line.each for line in self.side(*sides)
        )

    def undeclared(self) -> list[Line]:
        """The lines for which facts are absent."""
        return [line for line in self.lines if line.missing]


def money(value: float) -> str:
    """One amount, for people: `65.8k`, or that it is not known where it has no end."""
    return MONEY.show(value) if -inf < value < inf else NOT_KNOWN


def _sum(quantities: Iterable[Quantity]) -> Quantity:
    return sum(quantities, Quantity(0.0, 0.0))
