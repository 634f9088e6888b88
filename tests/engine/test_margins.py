"""How much room a plan has: on one side of a limit a rule is clear, on the other it is not."""

from __future__ import annotations

import pytest

from mlspeclint.engine.flip import altered, fact_at
from mlspeclint.engine.margins import FARTHEST, Margin, margins
from mlspeclint.rules import RULES
from mlspeclint.rules.rule import CLEAR, CONFLICT, NOTE, POSSIBLE
from mlspeclint.spec.compiled import Spec
from mlspeclint.spec.facts import Measure

from ..rules.support import spec_of
from ..rules.test_approaches import examples
from ..rules.test_reads import SPECS


def texts(text: str, select: str) -> list[str]:
    return [margin.text for margin in found(text, select)]


def found(text: str, select: str) -> list[Margin]:
    return margins(spec_of(text), [rule for rule in RULES if rule.code in select.split(",")])


@pytest.mark.parametrize(
    "spec", [*examples(), *SPECS[:40]], ids=lambda spec: spec.project.name.text
)
def test_the_outcome_turns_there(spec: Spec) -> None:
    told = margins(spec, RULES)
    for margin in told:
        assert margin.rule.check(spec).kind is CLEAR
        fact = fact_at(spec, margin.path)
        assert isinstance(fact, Measure)
        last, first = margin.limits
        for value, expected in ((last, False), (first, True)):
            outcome = margin.rule.check(altered(spec, margin.path, fact.at(value, value)))
            found = outcome.kind in (CONFLICT, POSSIBLE) and outcome.severity != NOTE
            assert found is expected or value in (fact.low, fact.high), margin.text
        assert margin.room <= FARTHEST
    assert [margin.room for margin in told] == sorted(margin.room for margin in told)
    assert len({margin.rule for margin in told}) == len(told)
    assert not [margin for margin in told if margin.rule.severity == NOTE]


def test_the_limit_of_a_number() -> None:
    (margin,) = found("serving: {latency: 240 ms, latency_limit: 250 ms}", "CST408")
    assert margin.text in ("serving.latency above 250 ms", "serving.latency_limit below 240 ms")
    assert margin.room == pytest.approx(0.041, abs=1e-3)


def test_the_nearest_of_several_facts() -> None:
    # 1,000 labels at 1 are within 2,000: 1,000 more items are, or twice the price, or 1,000 labels less.
    text = "labels: {required: 10k, labelled: 9k, cost_each: 1}\nbudget: {labelling: 2k}"
    (margin,) = found(text, "LBL301")
    assert (margin.path, margin.text) == ("labels.required", "labels.required above 11k")
    assert margin.limits == (11000, 11001)


def test_money_has_its_currency() -> None:
    text = "labels: {required: 10k, labelled: 1k, cost_each: 1}\nbudget: {labelling: 9.5k, currency: EUR}"
    assert texts(text.replace("10k", "1001"), "LBL301") == []
    text = "budget: {total: 60k, operations_per_year: 0, build: 50k, horizon: 1 y, currency: EUR}"
    rest = """
data: {availability: available}
labels: {needed: false}
compute: {training_time: 0 h, price_per_hour: 0}
retraining: {every: never}
serving: {items_per_month: 0, cost_per_1000: 0}
"""
    assert texts(text + rest, "CST406")[0] in (
        "budget.total below 50k EUR",
        "budget.build above 60k EUR",
    )


def test_dates_turn_at_a_day() -> None:
    # 1,000 examples at 40 a day take 25 days.
    text = """
        project: {name: example, created: 2026-01-01, deadline: 2026-01-27}
        approach: {family: deep_learning, training: fine_tuning}
        data: {examples: 2000, required: 3000, availability: partial, collection_per_day: 40,
               obtainable: 90k}
    """
    (margin,) = found(text, "DAT110")
    assert margin.text == "project.deadline below 2026-01-26"
    assert margin.limits[0] - margin.limits[1] == 1
    assert margin.room == pytest.approx(2 / 365)


def test_of_a_range_the_nearer_end_counts() -> None:
    (margin,) = found("serving: {latency: 100..200 ms, latency_limit: 250 ms}", "CST408")
    assert margin.room == pytest.approx(0.223, abs=2e-3)


def test_what_is_far_away_is_not_told() -> None:
    assert found("serving: {latency: 10 ms, latency_limit: 250 ms}", "CST408") == []


def test_what_is_no_more_than_a_note_is_not_told() -> None:
    # Agreement of 0.667 to 0.8 is a note, below it a warning.
    assert texts("labels: {agreement: 0.85}", "LBL303") == ["labels.agreement below 0.667"]


def test_what_is_not_clear_has_no_room() -> None:
    assert found("serving: {latency: 300 ms, latency_limit: 250 ms}", "CST408") == []
    assert found("serving: {latency: 300 ms}", "CST408") == []
