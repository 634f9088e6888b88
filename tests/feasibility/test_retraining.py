"""The retraining cycle, against sums done by hand."""

from __future__ import annotations

from math import inf

import pytest

from mlspeclint.feasibility.retraining import (
    ageing,
    oldest_knowledge,
    retraining_cycle,
    retrainings_per_year,
    training_in_a_retraining,
)
from tests.rules.support import spec_of

HOUR = 3600.0
ALL = "preparation: 2 h, validation: 4 h, deployment: 1 h"


@pytest.mark.parametrize(
    ("every", "low", "high"),
    [
        ("yearly", 1, 1),
        ("quarterly", 4, 4),
        ("daily", 365.25, 365.25),
        ("monthly..quarterly", 4, 12),
        ("never", 0, 0),
        ("yearly..never", 0, 1),
        ("unknown", 0, inf),
    ],
)
def test_retrainings_per_year(every: str, low: float, high: float) -> None:
    yearly = retrainings_per_year(spec_of(f"retraining: {{every: {every}}}"))
    assert (yearly.low, yearly.high) == pytest.approx((low, high))
    assert not yearly.missing


def test_an_absent_interval_is_missing() -> None:
    assert retrainings_per_year(spec_of("")).missing == {"retraining.every"}


def test_the_cycle_is_the_sum_of_its_parts() -> None:
    spec = spec_of(f"compute: {{training_time: 10..12 h}}\nretraining: {{runs: 3, {ALL}}}")
    cycle = retraining_cycle(spec)
    assert (cycle.low, cycle.high) == (37 * HOUR, 43 * HOUR)
    assert not cycle.missing


def test_an_absent_part_counts_from_nothing_up() -> None:
    cycle = retraining_cycle(spec_of("compute: {training_time: 10 h}\nretraining: {runs: 2}"))
    assert (cycle.low, cycle.high) == (20 * HOUR, inf)
    assert cycle.missing == {
        "retraining.preparation", "retraining.validation", "retraining.deployment"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("approach", "missing"),
    [
        ("{family: rules}", set()),
        ("{family: deep_learning, training: prompting}", set()),
        ("{family: deep_learning, training: zero_shot}", set()),
        ("{family: deep_learning, training: fine_tuning}", {"compute.training_time"}),
        ("{family: deep_learning}", {"compute.training_time"}),
        ("{family: classical_ml}", {"compute.training_time"}),
    ],
)
def test_what_trains_nothing_takes_no_time(approach: str, missing: set[str]) -> None:
    training = training_in_a_retraining(spec_of(f"approach: {approach}"))
    assert training.missing == missing
    assert training.high == (inf if missing else 0)


def test_a_declared_training_time_counts_for_every_approach() -> None:
    text = "approach: {family: rules}\ncompute: {training_time: 2 h}"
    assert training_in_a_retraining(spec_of(text)).low == 2 * HOUR


@pytest.mark.parametrize(
    ("incremental", "low", "high"), [("false", 51, 51), ("true", 41, 41), ("unknown", 41, 51)]
)
def test_how_old_knowledge_gets(incremental: str, low: float, high: float) -> None:
    text = f"""
        approach: {{family: deep_learning, incremental: {incremental}}}
        compute: {{training_time: 10 h}}
        retraining: {{every: daily, label_wait: 10 h, {ALL}}}
    """
    age = oldest_knowledge(spec_of(text))
    assert (age.low, age.high) == (low * HOUR, high * HOUR)


def test_what_is_never_retrained_ages_without_end() -> None:
    age = oldest_knowledge(spec_of("retraining: {every: never}"))
    assert age.low == inf
    assert not age.missing


def test_ageing_names_its_parts() -> None:
    assert list(ageing(spec_of(""))) == [
        "wait for labels", "preparation", "training", "validation", "deployment", "interval"
    ]  # fmt: skip
