"""The collection of data, against hand-computed values."""

from __future__ import annotations

from math import inf

import pytest

from mlspeclint.feasibility.collection import collection_plan
from mlspeclint.spec.kinds import DAY
from tests.rules.support import spec_of


@pytest.mark.parametrize(
    ("facts", "required", "missing", "days"),
    [
        # By data.required, which wins over the labels'.
        (
            "data: {examples: 2k, required: 50k, collection_per_day: 300}\nlabels: {required: 9k}",
            (50_000, 50_000),
            (48_000, 48_000),
            (160, 160),
        ),
        (
            "data: {examples: 2k, collection_per_day: 100}\nlabels: {required: 9k}",
            (9_000, 9_000),
            (7_000, 7_000),
            (70, 70),
        ),
        # Enough is there.
        ("data: {examples: 9k, required: 8k, collection_per_day: 10}", (8e3, 8e3), (0, 0), (0, 0)),
        ("data: {examples: 9k, required: 8k, collection_per_day: 0}", (8e3, 8e3), (0, 0), (0, 0)),
        (
            "data: {examples: 1k..2k, required: 5k..6k, collection_per_day: 100..200}",
            (5_000, 6_000),
            (3_000, 5_000),
            (15, 50),
        ),
        # Nothing comes in.
        (
            "data: {examples: 1k, required: 2k, collection_per_day: 0}",
            (2e3, 2e3),
            (1e3, 1e3),
            (inf, inf),
        ),
    ],
)
def test_plan(
    facts: str,
    required: tuple[float, float],
    missing: tuple[float, float],
    days: tuple[float, float],
) -> None:
    plan = collection_plan(spec_of(facts))
    assert (plan.required.low, plan.required.high) == required
    assert (plan.missing.low, plan.missing.high) == missing
    assert (plan.time.low / DAY, plan.time.high / DAY) == pytest.approx(days)


def test_what_is_missing_is_named() -> None:
    plan = collection_plan(spec_of("data: {examples: 1k}"))
    assert plan.missing.missing == {"data.required"}
    assert plan.time.missing == {"data.required", "data.collection_per_day"}
