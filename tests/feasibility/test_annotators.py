"""How right annotators and their majority are, against values by hand and by going through all votes."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise, product
from math import inf, prod

import pytest

from mlspeclint.feasibility.annotators import (
    MOST_ANNOTATORS,
    annotator_ceiling,
    majority_ceiling,
    majority_chance,
    right_chance,
)
from mlspeclint.spec.quantity import Quantity


def point(value: float) -> Quantity:
    return Quantity(value, value)


@pytest.mark.parametrize(
    ("agreement", "classes", "right"),
    [
        (0.82, 2, 0.9),  # 0.81 + 0.01
        (0.815, 3, 0.9),  # 0.81 + 0.01 / 2
        (0.5, 10, 0.7),  # 0.49 + 0.09 / 9
        (1.0, 2, 1.0),
        (1.0, 50, 1.0),
        # What chance gives, and less.
        (0.5, 2, 0.5),
        (0.3, 2, 0.5),
        (0.1, 10, 0.1),
        (0.0, 4, 0.25),
        # With very many classes nobody is wrong in the same way: q^2.
        (0.81, 1e12, 0.9),
        (0.81, inf, 0.9),
        # There are no fewer than two classes.
        (0.82, 0, 0.9),
    ],
)
def test_annotator_ceiling(agreement: float, classes: float, right: float) -> None:
    found = annotator_ceiling(point(agreement), point(classes))
    assert found.low == pytest.approx(right, abs=1e-6)
    assert found.is_point


@pytest.mark.parametrize("classes", [2, 3, 7, 100])
@pytest.mark.parametrize("right", [0.55, 0.8, 0.99])
def test_it_solves_the_equation(classes: int, right: float) -> None:
    agreement = right**2 + (1 - right) ** 2 / (classes - 1)
    assert right_chance(agreement, classes) == pytest.approx(right)


@pytest.mark.parametrize(
    ("right", "classes", "annotators", "majority"),
    [
        (0.9, 2, 1, 0.9),
        (0.9, 2, 2, 0.9),  # two who differ are settled by lot
        (0.9, 2, 3, 0.972),  # 0.729 + 3 x 0.81 x 0.1
        (0.9, 2, 5, 0.99144),
        # 0.216 + 3 x 0.36 x 0.4 + 3 x 0.6 x 0.16 x 1/2 (all differ) / 3 (by lot)
        (0.6, 3, 3, 0.696),
        # By chance it stays chance, however many they are.
        (0.5, 2, 9, 0.5),
        (0.25, 4, 1000, 0.25),
        (1.0, 2, 3, 1.0),
        (0.6, 2, MOST_ANNOTATORS + 1, 1.0),
        (0.6, 2, inf, 1.0),
    ],
)
def test_majority_chance(right: float, classes: int, annotators: float, majority: float) -> None:
    assert majority_chance(right, classes, annotators) == pytest.approx(majority)


def by_all_votes(right: float, classes: int, annotators: int) -> float:
    """The same by going through everything that people may say; class 0 is the true one."""
    chance = 0.0
    for votes in product(range(classes), repeat=annotators):
        counts = Counter(votes)
        winners = [each for each, count in counts.items() if count == max(counts.values())]
        if 0 in winners:
            each = (right if vote == 0 else (1 - right) / (classes - 1) for vote in votes)
            chance += prod(each) / len(winners)
    return chance


@pytest.mark.parametrize("classes", [2, 3, 5])
@pytest.mark.parametrize("annotators", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("right", [0.52, 0.7, 0.95])
def test_majority_chance_goes_through_all_votes(
    right: float, classes: int, annotators: int
) -> None:
    expected = by_all_votes(right, classes, annotators)
    assert majority_chance(right, classes, annotators) == pytest.approx(expected)


def test_more_annotators_are_never_worse() -> None:
    for classes in (2, 3, 10, 1_000_000):
        for right in (0.51, 0.6, 0.8, 0.95):
            chances = [majority_chance(right, classes, k) for k in range(1, MOST_ANNOTATORS + 2)]
            assert all(more >= fewer - 1e-9 for fewer, more in pairwise(chances))


def test_ranges_hold_every_value_in_them() -> None:
    source = random.Random(7)
    for _ in range(300):
        low, high = sorted(source.random() for _ in range(2))
        few, many = sorted(source.choice((2, 3, 4, 6, 9, 30, 2000)) for _ in range(2))
        one, several = sorted(source.randint(1, 6) for _ in range(2))
        agreement, classes = Quantity(low, high), Quantity(few, many)
        single = annotator_ceiling(agreement, classes)
        majority = majority_ceiling(agreement, classes, Quantity(one, several))
        for _ in range(10):
            a, m = source.uniform(low, high), source.randint(few, many)
            k = source.randint(one, several)
            assert single.low - 1e-12 <= right_chance(a, m) <= single.high + 1e-12
            chance = majority_chance(right_chance(a, m), m, k)
            assert majority.low - 1e-12 <= chance <= majority.high + 1e-12


@pytest.mark.parametrize(
    ("agreement", "classes", "low", "high"),
    [
        (Quantity(0.68, 0.82), point(2), 0.8, 0.9),
        # From two classes to as many as one likes.
        (point(0.82), Quantity(0, inf), 0.9, 0.82**0.5),
        # Agreement by chance: lowest where the classes are as many as chance says.
        (point(0.25), Quantity(2, 8), 0.25, 0.5),
        (Quantity(0, 1), Quantity(0, inf), 0.0, 1.0),
    ],
)
def test_ends_of_ranges(agreement: Quantity, classes: Quantity, low: float, high: float) -> None:
    found = annotator_ceiling(agreement, classes)
    assert (found.low, found.high) == pytest.approx((low, high), abs=2e-6)


def test_a_majority_of_an_unknown_number() -> None:
    found = majority_ceiling(point(0.82), point(2), Quantity(0, inf))
    assert (found.low, found.high) == pytest.approx((0.9, 1.0))


def test_missing_facts_are_remembered() -> None:
    agreement = Quantity(0, 1, frozenset(("labels.raw_agreement",)))
    classes = Quantity(0, inf, frozenset(("data.classes",)))
    annotators = Quantity(0, inf, frozenset(("labels.test_annotators",)))
    found = majority_ceiling(agreement, classes, annotators)
    assert found.missing == {"labels.raw_agreement", "data.classes", "labels.test_annotators"}
    assert annotator_ceiling(agreement, point(2)).missing == {"labels.raw_agreement"}
