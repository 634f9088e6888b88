"""The statement of costs: its lines, years and sides add up to the cost model."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlspeclint.feasibility.cost_model import CostModel
from mlspeclint.rules.cost_statement import BY_HAND, MODEL, PEOPLE, CostStatement, money
from mlspeclint.spec.quantity import Quantity

from .support import spec_of
from .test_reads import SPECS

COMPLETE = """
approach: {family: deep_learning, training: fine_tuning}
data: {availability: available}
labels: {required: 3k, labelled: 1k, cost_each: 0.50, per_item: 1, review_share: 0}
budget: {horizon: 2.5 y, build: 50k, operations_per_year: 10k}
compute: {training_time: 10 h, accelerators: 2, price_per_hour: 3, experiments: 5}
serving: {items_per_month: 10k, cost_per_1000: 2, error_rate: 4%, human_review_share: 10%}
manual_process: {cost_per_item: 0.60, error_rate: 3%, cost_per_error: 2}
retraining: {every: yearly, runs: 1, cost_each: 400}
"""


def ends(quantity: Quantity) -> tuple[float, float]:
    return quantity.low, quantity.high


def about(*pair: float) -> object:
    return pytest.approx(pair, rel=1e-9)


def amounts(text: str) -> dict[tuple[str, str], tuple[float, float]]:
    return {(line.side, line.name): ends(line.each) for line in CostStatement(spec_of(text)).lines}


def test_the_lines_are_the_parts_of_the_model_and_of_the_work_by_hand() -> None:
    lines = amounts(COMPLETE)
    assert lines[MODEL, "build"] == (50e3, 50e3)
    assert lines[MODEL, "collection"] == (0, 0)
    assert lines[MODEL, "labelling"] == (1000, 1000)
    # 5 runs of 10 h on 2 accelerators at 3, and up to two thirds on top.
    assert lines[MODEL, "training"] == about(300, 501)
    assert lines[MODEL, "operations"] == (10e3, 10e3)
    assert lines[MODEL, "retraining"] == about(460, 500.2)
    assert lines[MODEL, "serving"] == about(240, 240)
    assert lines[PEOPLE, "review"] == about(7200, 7200)
    assert lines[PEOPLE, "errors"] == about(9600, 9600)
    assert lines[BY_HAND, "work"] == about(72e3, 72e3)
    assert lines[BY_HAND, "errors"] == about(7200, 7200)


def test_the_saving_over_the_horizon() -> None:
    statement = CostStatement(spec_of(COMPLETE))
    # By hand 79,200 a year; 9,600 errors, 7,200 review and 240 serving are left: 62,160 a year are saved.
    assert ends(statement.saving) == about(0.518, 0.518)
    upfront, upkeep = (51300, 51501), (10460, 10500.2)
    assert ends(statement.saved) == about(
        2.5 * (62160 - upkeep[1]) - upfront[1], 2.5 * (62160 - upkeep[0]) - upfront[0]
    )


def test_the_last_year_is_a_part_of_one() -> None:
    statement = CostStatement(spec_of(COMPLETE))
    assert statement.last_year == 3
    (operations,) = [line for line in statement.lines if line.name == "operations"]
    years = [ends(operations.in_year(year, statement.years)) for year in range(5)]
    expected = [(0, 0), (10e3, 10e3), (10e3, 10e3), (5e3, 5e3), (0, 0)]
    assert years == [about(*year) for year in expected]


def test_a_range_of_horizons_may_or_may_not_have_a_year() -> None:
    statement = CostStatement(spec_of("budget: {operations_per_year: 10k}"))  # 1..3 y
    (operations,) = [line for line in statement.lines if line.name == "operations"]
    years = [ends(operations.in_year(year, statement.years)) for year in range(1, 4)]
    assert years == [about(*year) for year in [(10e3, 10e3), (0, 10e3), (0, 10e3)]]
    assert ends(operations.total) == about(10e3, 30e3)
    assert "a horizon of 1..3 years" in statement.assumed


def test_absent_facts_count_nothing_at_the_low_end_and_anything_at_the_high_end() -> None:
    statement = CostStatement(spec_of("budget: {operations_per_year: 10k, horizon: 1 y}"))
    assert ends(statement.total(MODEL)) == about(10e3, inf)
    absent = {line.name: line.missing for line in statement.undeclared()}
    assert absent["build"] == ("budget.build",)
    assert absent["labelling"] == ("labels.cost_each", "labels.labelled", "labels.required")
    assert "operations" not in absent
    assert not statement.manual_known


@pytest.mark.parametrize(
    ("horizon", "last"), [("2 y", 2), ("18 months", 2), ("2..3 y", 3), ("80 y", 30), ("unknown", 5)]
)
def test_the_years_that_are_listed(horizon: str, last: int) -> None:
    statement = CostStatement(spec_of(f"budget: {{horizon: {horizon}}}"))
    assert statement.last_year == last


def test_paid_until() -> None:
    statement = CostStatement(spec_of(COMPLETE))
    assert ends(statement.until(0, MODEL)) == ends(CostModel(spec_of(COMPLETE)).upfront)
    assert ends(statement.until(18, BY_HAND)) == about(1.5 * 79200, 1.5 * 79200)


def test_the_sides_cross_at_break_even() -> None:
    text = COMPLETE.replace("training_time: 10 h", "training_time: 0 h")  # then all is points
    statement = CostStatement(spec_of(text))
    month = statement.break_even_months
    assert month.is_point
    assert ends(statement.until(month.low, MODEL, PEOPLE)) == about(
        *ends(statement.until(month.low, BY_HAND))
    )


def test_money() -> None:
    assert money(65800) == "65.8k"
    assert money(inf) == money(-inf) == "not known"


@given(st.integers(0, len(SPECS) - 1))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_parts_years_and_sides_add_up(index: int) -> None:
    spec = SPECS[index]
    statement, model = CostStatement(spec), CostModel(spec)
    assert ends(statement.total(MODEL)) == about(*ends(model.total))
    assert ends(statement.total(MODEL, PEOPLE)) == about(
        *ends(statement.total(MODEL) + statement.total(PEOPLE))
    )
    if statement.years.high <= statement.last_year:
        years = [statement.year(year, MODEL) for year in range(statement.last_year + 1)]
        assert ends(sum(years, Quantity(0.0, 0.0))) == about(*ends(model.total))
    for line in statement.lines:
        assert 0 <= line.each.low <= line.each.high
