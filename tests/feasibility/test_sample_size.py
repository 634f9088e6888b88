"""The precision of a test score and the events of a feature, against hand-computed values."""

from __future__ import annotations

from math import inf, isinf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlspeclint.feasibility.sample_size import (
    events_per_feature,
    rarer_share,
    standard_error_of_auc,
    standard_error_of_share,
)
from mlspeclint.spec.quantity import Quantity


def q(low: float, high: float | None = None) -> Quantity:
    return Quantity(low, low if high is None else high)


@pytest.mark.parametrize(
    ("share", "examples", "low", "high"),
    [
        (q(0.9), q(100), 0.03, 0.03),
        (q(0.5), q(400), 0.025, 0.025),
        (q(1.0), q(50), 0.0, 0.0),
        # Widest at one half, which the range holds.
        (q(0.1, 0.9), q(100), 0.03, 0.05),
        (q(0.9), q(100, 400), 0.015, 0.03),
        # Not a share: as near as one can be.
        (q(-inf, inf), q(100), 0.0, 0.05),
    ],
)
def test_standard_error_of_share(
    share: Quantity, examples: Quantity, low: float, high: float
) -> None:
    error = standard_error_of_share(share, examples)
    assert (error.low, error.high) == pytest.approx((low, high))


def test_without_a_test_set_nothing_is_known_of_a_score() -> None:
    assert isinf(standard_error_of_share(q(0.9), q(0)).low)


def test_standard_error_keeps_what_is_missing() -> None:
    share = Quantity(0.0, 1.0, frozenset(("target.value",)))
    examples = Quantity(0.0, inf, frozenset(("labels.test_examples",)))
    missing = {"target.value", "labels.test_examples"}
    assert standard_error_of_share(share, examples).missing == missing
    assert standard_error_of_auc(share, examples, q(0.5)).missing == missing


@pytest.mark.parametrize(
    ("auc", "positives", "negatives", "error"),
    [
        # By hand: Q1 = 0.80668, Q2 = 0.84252; variance (0.09555 + 50 x 0.00924 + 57 x 0.04508) / 2958.
        (0.893, 51, 58, 0.0325),
        # By hand: Q1 = Q2 = 1/3, variance (0.25 + 18 (1/3 - 0.25)) / 100.
        (0.5, 10, 10, 0.1323),
        # By hand: Q1 = 2/3, Q2 = 32/45; variance (0.16 + 9 x 0.02667 + 89 x 0.07111) / 900.
        (0.8, 10, 90, 0.0863),
        (1.0, 10, 90, 0.0),
    ],
)
def test_standard_error_of_auc(auc: float, positives: int, negatives: int, error: float) -> None:
    examples = positives + negatives
    found = standard_error_of_auc(q(auc), q(examples), q(positives / examples))
    assert found.is_point
    assert found.low == pytest.approx(error, abs=5e-4)


@given(
    st.tuples(st.floats(0.01, 0.99), st.floats(0.01, 0.99), st.floats(0, 1)),
    st.tuples(st.integers(30, 5000), st.integers(30, 5000), st.floats(0, 1)),
    st.tuples(st.floats(0.05, 0.95), st.floats(0.05, 0.95), st.floats(0, 1)),
)
@settings(derandomize=True, deadline=None)
def test_a_range_holds_the_errors_of_its_members(
    auc: tuple[float, float, float],
    examples: tuple[float, float, float],
    rate: tuple[float, float, float],
) -> None:
    ranges, members = [], []
    for a, b, share in (auc, examples, rate):
        low, high = min(a, b), max(a, b)
        ranges.append(q(low, high))
        members.append(q(min(low + share * (high - low), high)))
    whole, one = standard_error_of_auc(*ranges), standard_error_of_auc(*members)
    assert whole.low <= one.low + 1e-9
    assert one.high <= whole.high + 1e-9
    whole, one = (
        standard_error_of_share(*ranges[:2]),
        standard_error_of_share(*members[:2]),
    )
    assert whole.low <= one.low + 1e-9
    assert one.high <= whole.high + 1e-9


@pytest.mark.parametrize(
    ("share", "low", "high"),
    [
        (q(0.03), 0.03, 0.03),
        (q(0.97), 0.03, 0.03),
        (q(0.2, 0.7), 0.2, 0.5),
        (q(0.6, 0.9), 0.1, 0.4),
        (q(0, 1), 0.0, 0.5),
    ],
)
def test_rarer_share(share: Quantity, low: float, high: float) -> None:
    rarer = rarer_share(share)
    assert (rarer.low, rarer.high) == pytest.approx((low, high))


def test_events_per_feature() -> None:
    assert events_per_feature(q(100), q(40)).low == 2.5
    ratio = events_per_feature(q(100, 200), q(10, 20))
    assert (ratio.low, ratio.high) == (5, 20)
    assert isinf(events_per_feature(q(100), q(0)).low)
