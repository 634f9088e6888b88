"""The labelling plan, against sums done by hand."""

from __future__ import annotations

import pytest

from mlspeclint.feasibility.labelling import (
    cost_of_a_label,
    labelling_plan,
    missing_labels,
    missing_share,
)
from mlspeclint.spec.kinds import DAY
from tests.rules.support import spec_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.spec.quantity import Quantity


def ends(quantity: Quantity) -> tuple[float, float]:
    return quantity.low, quantity.high


def test_the_plan_of_a_plain_spec() -> None:
    plan = labelling_plan(
        spec_of(
            "labels: {required: 200k, labelled: 12k, cost_each: 0.35..0.50, per_item: 3,"
            " review_share: 10%, per_day: 1000}"
        )
    )
    # 188,000 items x 3 annotators x 1.1 = 620,400 labels, at 1,000 a day
    assert ends(plan.missing) == (188_000, 188_000)
    assert ends(plan.labels) == (620_400, 620_400)
    assert ends(plan.cost) == (217_140, 310_200)
    assert ends(plan.time) == (620.4 * DAY, 620.4 * DAY)


@pytest.mark.parametrize(
    ("labels", "low", "high"),
    [
        ("required: 100, labelled: 30", 70, 70),
        ("required: 100, labelled: 100", 0, 0),
        ("required: 100, labelled: 130", 0, 0),
        ("required: 100..200, labelled: 150", 0, 50),
        ("required: 100, labelled: 80..120", 0, 20),
        ("required: 100, labelled: unknown", 0, 100),
    ],
)
def test_missing_is_never_negative(labels: str, low: float, high: float) -> None:
    assert ends(missing_labels(spec_of(f"labels: {{{labels}}}"))) == (low, high)


def test_what_is_absent_is_remembered() -> None:
    assert missing_labels(spec_of("labels: {required: 100}")).missing == {"labels.labelled"}
    plan = labelling_plan(spec_of("labels: {required: 100, labelled: 0}"))
    assert plan.cost.missing == {"labels.cost_each"}
    assert plan.time.missing == {"labels.per_day"}
    assert (plan.cost.low, plan.time.low) == (0, 0)


@pytest.mark.parametrize(
    ("labels", "low", "high"),
    [
        ("required: 200, labelled: 50", 0.75, 0.75),
        ("required: 200, labelled: 300", 0, 0),
        ("required: 100..200, labelled: 50", 0.5, 0.75),
        ("required: 200, labelled: unknown", 0, 1),
    ],
)
def test_the_share_that_is_missing(labels: str, low: float, high: float) -> None:
    assert ends(missing_share(spec_of(f"labels: {{{labels}}}"))) == (low, high)


@pytest.mark.parametrize(
    ("labels", "low", "high"),
    [
        ("cost_each: 0.35", 0.35, 0.35),
        # 36 s at 20 an hour
        ("time_each: 36 s, wage_per_hour: 20", 0.2, 0.2),
        ("time_each: 18..36 s, wage_per_hour: 20", 0.1, 0.2),
        # What is declared outright wins, and time and wage say more than nothing.
        ("cost_each: 0.35, time_each: 36 s, wage_per_hour: 20", 0.35, 0.35),
        ("cost_each: unknown, time_each: 36 s, wage_per_hour: 20", 0.2, 0.2),
    ],
)
def test_cost_of_a_label(labels: str, low: float, high: float) -> None:
    assert ends(cost_of_a_label(spec_of(f"labels: {{{labels}}}"))) == (low, high)


@pytest.mark.parametrize("labels", ["time_each: 36 s", "wage_per_hour: 20", "required: 5"])
def test_half_a_wage_is_no_cost(labels: str) -> None:
    assert cost_of_a_label(spec_of(f"labels: {{{labels}}}")).missing == {"labels.cost_each"}


def test_nobody_labels_with_less_than_one_annotator() -> None:
    labels = "required: 100, labelled: 0, cost_each: 1, per_item: 0"
    assert ends(labelling_plan(spec_of(f"labels: {{{labels}}}")).cost) == (100, 100)


def test_nothing_missing_costs_nothing_however_slow_and_dear() -> None:
    labels = "required: 10, labelled: 10, cost_each: unknown, per_day: 0"
    plan = labelling_plan(spec_of(f"labels: {{{labels}}}"))
    assert ends(plan.cost) == (0, 0)
    assert ends(plan.time) == (0, 0)
