"""The total cost of ownership, in its parts, and what an item costs with the model and by hand.

    total = build + collection + labelling + training      once
            + years x (operations + retraining + serving)  every year
    saving of an item = (1 - share reviewed) x cost by hand - serving
                        - (model's - people's error rate) x cost of an error
    break-even volume = (once / years + operations + retraining) / (12 x saving of an item)

All amounts are intervals in the budget's currency. A part of which facts are absent is anything
from 0 up, so that a sum is above a budget only if what is known is. A fact that occurs twice in a
formula pulls the same way both times, so that no interval is wider than the facts make it.
"""

from __future__ import annotations

from math import inf

from mlspeclint.feasibility.labelling import labelling_plan
from mlspeclint.feasibility.retraining import retrainings_per_year
from mlspeclint.feasibility.training_compute import (
    OVERHEAD,
    price_per_hour,
    training_compute,
    trains_nothing,
)
from mlspeclint.knowledge import accelerator, interval
from mlspeclint.spec.facts import remembered
from mlspeclint.spec.kinds import YEAR
from mlspeclint.spec.quantity import NOTHING, Quantity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from mlspeclint.spec.compiled import Spec

ZERO = Quantity(0.0, 0.0)


class Part:
    """One part of the cost: what it is called, and its amount, once or a year."""

    __slots__ = ("cost", "name", "yearly")

    def __init__(self, name: str, cost: Quantity, *, yearly: bool = False) -> None:
        self.name = name
        # What comes to nothing does so whatever the absent facts are, and rests on no assumption.
        self.cost = cost if cost.high else ZERO
        self.yearly = yearly

    def over(self, years: Quantity) -> Quantity:
        """Its amount over so many years."""
        return years * self.cost if self.yearly else self.cost

    @property
    def known(self) -> bool:
        """Whether anything is known of it."""
        return self.cost.low > 0 or self.cost.high < inf


class CostModel:
    """What the project costs over its horizon.

    `years` is the horizon; `once` are the parts until the release, `upkeep` those that every year
    brings whatever the volume, which is `items_per_month`, `serving` the one that grows with it.
    """

    __slots__ = ("items_per_month", "once", "serving", "spec", "upkeep", "years")

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.years = spec.budget.horizon / YEAR
        self.items_per_month: Quantity = spec.serving.items_per_month
        compute = training_compute(spec)
        self.once = (
            Part("build", spec.budget.build),
            Part("collection", collection_cost(spec)),
            Part("labelling", labelling_cost(spec)),
            Part("training", compute.cost),
        )
        self.upkeep = (
            Part("operations", spec.budget.operations_per_year, yearly=True),
            Part("retraining", retraining_cost_per_year(spec), yearly=True),
        )
        serving = 12 * self.items_per_month * serving_cost_of_an_item(spec)
        self.serving = Part("serving", serving, yearly=True)

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts of the total."""
        return (*self.once, *self.upkeep, self.serving)

    @property
    def fixed(self) -> tuple[Part, ...]:
        """The parts that do not depend on the volume."""
        return (*self.once, *self.upkeep)

    @property
    def upfront(self) -> Quantity:
        """The cost until the release."""
        return total_of(self.once)

    @property
    def upkeep_per_year(self) -> Quantity:
        """The yearly cost that does not depend on the volume."""
        return total_of(self.upkeep)

    @property
    def total(self) -> Quantity:
        """The cost over the horizon."""
        return self.upfront + self.years * (self.upkeep_per_year + self.serving.cost)

    @property
    def fixed_per_year(self) -> Quantity:
        """What a year of the horizon costs before the first item: upfront / years + upkeep."""
        return self.upfront / self.years + self.upkeep_per_year

    @property
    def break_even_volume(self) -> Quantity:
        """Items a month from which on the model pays; infinite: never."""
        return _quotient(self.fixed_per_year, 12 * item_costs(self.spec).saving)

    @property
    def break_even_months(self) -> Quantity:
        """Months after the release until the model has earned its cost; infinite: never."""
        monthly = self.items_per_month * item_costs(self.spec).saving - self.upkeep_per_year / 12
        return _quotient(self.upfront, monthly)

    @property
    def by_hand(self) -> tuple[Part, ...]:
        """What people's work on all items costs, and their errors."""
        item = item_costs(self.spec)
        return self._per_item(("work", item.by_hand), ("errors", item.errors_by_hand))

    @property
    def left_to_people(self) -> tuple[Part, ...]:
        """What the model leaves beside its own cost: the work of reviewing, and its errors."""
        item = item_costs(self.spec)
        return self._per_item(("review", item.review), ("errors", item.errors))

    def _per_item(self, *costs: tuple[str, Quantity]) -> tuple[Part, ...]:
        items = 12 * self.items_per_month
        return tuple(Part(name, items * cost, yearly=True) for name, cost in costs)


class ItemCosts:
    """What one item costs, in the budget's currency.

    `by_hand` is people's work and `errors_by_hand` their errors; with the model it is `serving`,
    the `review` by people and the `errors`. The `saving` is below 0 where the model costs more.
    """

    __slots__ = ("by_hand", "errors", "errors_by_hand", "review", "saving", "serving")

    def __init__(self, spec: Spec) -> None:
        self.by_hand = cost_of_an_item_by_hand(spec)
        self.serving = serving_cost_of_an_item(spec)
        share, error = spec.serving.human_review_share, spec.manual_process.cost_per_error
        self.review = share * self.by_hand
        # Errors that cost nothing do so whatever their rates are, declared or not.
        self.errors = self.errors_by_hand = more = Quantity(0.0, 0.0, NOTHING, error.assumed)
        if error.high:
            rate, rate_by_hand = model_error_rate(spec), spec.manual_process.error_rate
            self.errors = rate * error
            self.errors_by_hand = rate_by_hand * error
            more = (rate - rate_by_hand) * error
        self.saving = (1 - share) * self.by_hand - self.serving - more


@remembered
def item_costs(spec: Spec) -> ItemCosts:
    """What an item costs, from what a spec declares."""
    return ItemCosts(spec)


@remembered
def cost_model(spec: Spec) -> CostModel:
    """What the project costs, from what its spec declares."""
    return CostModel(spec)


def cost_of_an_item_by_hand(spec: Spec) -> Quantity:
    """`manual_process.cost_per_item`, or minutes x wage / 60 where those are declared instead."""
    manual = spec.manual_process
    by_time = not (manual.minutes_per_item.absent and manual.wage_per_hour.absent)
    if by_time and not manual.cost_per_item.given.certain:
        return manual.minutes_per_item * manual.wage_per_hour / 60
    return manual.cost_per_item


def serving_cost_of_an_item(spec: Spec) -> Quantity:
    """What the model's answer for one item costs."""
    return spec.serving.cost_per_1000 / 1000


def model_error_rate(spec: Spec) -> Quantity:
    """`serving.error_rate`, else 1 - `target.value` where the metric is accuracy."""
    declared, target = spec.serving.error_rate, spec.target
    if declared.absent and not target.value.absent and target.metric.is_("accuracy").certain:
        return (1 - target.value).at_least(0).at_most(1)
    return declared


def collection_cost(spec: Spec) -> Quantity:
    """(required - present examples) x what one costs; none where all data are said to be there."""
    data = spec.data
    if data.required.absent and data.availability.is_("available").certain:
        return ZERO
    return (data.required - data.examples).at_least(0) * data.collection_cost_each


def labelling_cost(spec: Spec) -> Quantity:
    """The cost of the labels that are missing; none where no labels are needed."""
    if spec.labels.required.absent and spec.labels.needed.impossible:
        return ZERO
    return labelling_plan(spec).cost


def retraining_cost_per_year(spec: Spec) -> Quantity:
    """Retrainings a year x (their computing + `retraining.cost_each`)."""
    if spec.retraining.every.absent and trains_nothing(spec):
        return ZERO
    each = training_compute(spec).cost_of_a_retraining + spec.retraining.cost_each
    return retrainings_per_year(spec) * each


def total_of(parts: tuple[Part, ...]) -> Quantity:
    """The sum of parts of one kind, all once or all yearly."""
    return sum((part.cost for part in parts), ZERO)


def _quotient(amount: Quantity, rate: Quantity) -> Quantity:
    """How often an amount of 0 or more takes a rate; infinite where the rate is not above 0."""
    low = amount.low / rate.high if rate.high > 0 else inf
    high = amount.high / rate.low if rate.low > 0 else inf
    # Without end both, they may come to anything (NaN).
    low, high = low if low == low else 0.0, high if high == high else inf
    return Quantity(low, high, amount.missing | rate.missing, amount.assumed | rate.assumed)


def undeclared(parts: tuple[Part, ...]) -> list[str]:
    """The names of the parts that count 0, or less than they may cost, because facts are absent."""
    return [part.name for part in parts if part.cost.missing]


def assumptions(spec: Spec, *quantities: Quantity) -> list[str]:
    """In words, the defaults and estimates that entered any of these quantities."""
    entered = NOTHING.union(*(quantity.assumed for quantity in quantities))
    return [words(spec) for path, words in _ASSUMPTIONS.items() if path in entered]


def _limit(name: str) -> str:
    return f"{Quantity(*interval(name)):number}"


def _list_price(spec: Spec) -> str:
    listed = accelerator(spec.compute.accelerator.text)
    when = f" ({listed.as_of})" if listed else ""
    return f"list price{when} {price_per_hour(spec):money} USD an hour"


def _estimated_time(spec: Spec) -> str:
    if spec.compute.training_flops.given.certain:
        return "training time from `compute.training_flops`"
    return (
        f"training time from {_limit('flops_per_parameter_and_token')} operations a parameter and "
        f"token ({_limit('tokens_per_word')} tokens a word and {_limit('passes_over_data')} passes)"
    )


_ASSUMPTIONS: dict[str, Callable[[Spec], str]] = {
    "budget.horizon": lambda spec: f"a horizon of {spec.budget.horizon / YEAR:number} years",
    "compute.experiments": lambda spec: f"{spec.compute.experiments} runs",
    "compute.accelerators": lambda spec: f"{spec.compute.accelerators} accelerator",
    "compute.training_time": _estimated_time,
    "compute.utilisation": lambda _: f"{_limit('utilisation')} of peak speed",
    "compute.price_per_hour": _list_price,
    OVERHEAD: lambda _: f"overhead {_limit('overhead')}",
    "retraining.runs": lambda spec: f"{spec.retraining.runs} run for each retraining",
    "labels.per_item": lambda _: "1 annotator an item",
    "labels.review_share": lambda _: "no review of labels",
    "serving.human_review_share": lambda _: "no review by people",
    "manual_process.cost_per_error": lambda _: "errors cost nothing",
}
"""The words for each default and estimate, in the order in which they are told."""
