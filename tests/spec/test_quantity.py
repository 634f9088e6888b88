"""Quantities as intervals, and answers with three values."""

from __future__ import annotations

import operator
from collections.abc import Callable
from itertools import product
from math import inf, isnan, sqrt

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mlspeclint.spec.facts import DECLARED, Measure
from mlspeclint.spec.kinds import CADENCE, COUNT
from mlspeclint.spec.quantity import (
    MAYBE,
    NO,
    YES,
    Quantity,
    Truth,
    hull,
    largest,
    smallest,
    truth,
)

exhaustive = settings(derandomize=True, max_examples=200)

VALUES: list[bool | None] = [True, False, None]
PAIRS = list(product(VALUES, VALUES))


def answer(value: bool | None) -> Truth:
    return Truth(value)


class TestTruth:
    @pytest.mark.parametrize(("a", "b"), PAIRS)
    def test_and_or_as_kleene(self, a: bool | None, b: bool | None) -> None:
        worst_first: list[bool | None] = [False, None, True]
        lower, upper = sorted((a, b), key=worst_first.index)
        assert (answer(a) & answer(b)).value is lower
        assert (answer(a) | answer(b)).value is upper

    @pytest.mark.parametrize(("a", "b"), PAIRS)
    def test_de_morgan(self, a: bool | None, b: bool | None) -> None:
        left = ~(answer(a) & answer(b))
        right = ~answer(a) | ~answer(b)
        assert left.value is right.value

    @pytest.mark.parametrize(("value", "inverse"), [(True, False), (False, True), (None, None)])
    def test_not(self, value: bool | None, inverse: bool | None) -> None:
        assert (~answer(value)).value is inverse

    def test_what_is_missing_goes_with_what_is_open(self) -> None:
        a, b = Truth(None, frozenset("a")), Truth(None, frozenset("b"))
        assert (a & b).missing == (a | b).missing == {"a", "b"}
        assert (~a).missing == {"a"}
        assert (a & YES).missing == (YES & a).missing == {"a"}
        assert (a | NO).missing == (NO | a).missing == {"a"}
        assert (a & MAYBE).missing == {"a"}

    def test_what_is_missing_no_longer_matters_once_it_is_certain(self) -> None:
        a = Truth(None, frozenset("a"))
        for certain in (a & NO, NO & a, a | YES, YES | a):
            assert certain.missing == frozenset()
            assert not certain.open

    def test_has_no_truth_value_of_its_own(self) -> None:
        with pytest.raises(TypeError, match="three values"):
            bool(YES)

    def test_asks(self) -> None:
        assert (YES.certain, YES.impossible, YES.open) == (True, False, False)
        assert (NO.certain, NO.impossible, NO.open) == (False, True, False)
        assert (MAYBE.certain, MAYBE.impossible, MAYBE.open) == (False, False, True)
        assert [truth(value) for value in VALUES] == [YES, NO, MAYBE]


numbers = st.one_of(
    st.floats(-1e12, 1e12),
    st.integers(-5, 5).map(float),
)
ends = st.one_of(numbers, st.sampled_from([inf, -inf]))


@st.composite
def intervals_with_points(draw: st.DrawFn) -> tuple[Quantity, float]:
    """An interval, either end of which may be infinite, and a finite number in it."""
    point = draw(numbers)
    low = min(draw(ends), point)
    high = max(draw(ends), point)
    assume(low < inf and high > -inf)
    return Quantity(low, high), point


def holds(quantity: Quantity, number: float) -> bool:
    """Whether an interval holds a number, but for rounding."""
    slack = 1e-9 * max(1e-9, abs(number))
    return quantity.low - slack <= number <= quantity.high + slack


SUMS: list[Callable[..., Quantity]] = [operator.add, operator.sub, operator.mul]


class TestSoundness:
    """Whatever is computed with numbers in the ranges lies in the range that is computed."""

    @exhaustive
    @given(intervals_with_points(), intervals_with_points(), st.sampled_from(SUMS))
    def test_sums_and_products(
        self,
        a: tuple[Quantity, float],
        b: tuple[Quantity, float],
        operation: Callable[..., Quantity],
    ) -> None:
        result = operation(a[0], b[0])
        assert holds(result, operation(a[1], b[1]))  # type: ignore[arg-type]

    @exhaustive
    @given(intervals_with_points(), numbers, st.sampled_from(SUMS))
    def test_with_plain_numbers(
        self, a: tuple[Quantity, float], number: float, operation: Callable[..., Quantity]
    ) -> None:
        assert holds(operation(a[0], number), operation(a[1], number))  # type: ignore[arg-type]
        assert holds(operation(number, a[0]), operation(number, a[1]))  # type: ignore[arg-type]

    @exhaustive
    @given(intervals_with_points(), intervals_with_points())
    def test_quotients(self, a: tuple[Quantity, float], b: tuple[Quantity, float]) -> None:
        assume(abs(b[1]) > 1e-6)
        assert holds(a[0] / b[0], a[1] / b[1])
        assert holds(a[0] / b[1], a[1] / b[1])
        assert holds(a[1] / b[0], a[1] / b[1])
        assert holds(b[0].inverse(), 1 / b[1])

    @exhaustive
    @given(intervals_with_points(), numbers)
    def test_one_sided(self, a: tuple[Quantity, float], limit: float) -> None:
        quantity, point = a
        assert holds(-quantity, -point)
        assert holds(abs(quantity), abs(point))
        assert holds(quantity.at_least(limit), max(point, limit))
        assert holds(quantity.at_most(limit), min(point, limit))
        assert holds(quantity.at_least(0).root(), sqrt(max(point, 0)))
        assert quantity.at_least(limit).low >= limit
        assert quantity.at_most(limit).high <= limit

    @exhaustive
    @given(st.lists(intervals_with_points(), min_size=1, max_size=4))
    def test_of_several(self, several: list[tuple[Quantity, float]]) -> None:
        quantities, points = zip(*several, strict=True)
        assert holds(largest(*quantities), max(points))
        assert holds(smallest(*quantities), min(points))
        for point in points:
            assert holds(hull(*quantities), point)

    @exhaustive
    @given(intervals_with_points(), intervals_with_points(), st.sampled_from(SUMS))
    def test_ends_are_in_order_and_numbers(
        self,
        a: tuple[Quantity, float],
        b: tuple[Quantity, float],
        operation: Callable[..., Quantity],
    ) -> None:
        for result in (operation(a[0], b[0]), a[0] / b[0], abs(a[0]), -a[0]):
            assert not isnan(result.low)
            assert not isnan(result.high)
            assert result.low <= result.high

    @exhaustive
    @given(intervals_with_points(), intervals_with_points())
    def test_comparisons(self, a: tuple[Quantity, float], b: tuple[Quantity, float]) -> None:
        (left, x), (right, y) = a, b
        # Numbers that differ by rounding count as equal.
        differs = abs(x - y) > 1e-6 * max(abs(x), abs(y))
        for compare in (operator.gt, operator.lt, operator.ge, operator.le):
            verdict = compare(left, right)
            if differs and verdict.value is not None:
                assert verdict.value is compare(x, y)

    @exhaustive
    @given(intervals_with_points(), intervals_with_points())
    def test_what_is_open_can_go_either_way(
        self, a: tuple[Quantity, float], b: tuple[Quantity, float]
    ) -> None:
        left, right = a[0], b[0]
        if (left > right).open:
            assert Quantity.__gt__(at(left.high), at(right.low)).certain
            assert Quantity.__gt__(at(left.low), at(right.high)).impossible


def at(number: float) -> Quantity:
    return Quantity(number, number)


class TestLimits:
    @pytest.mark.parametrize(
        ("a", "b", "above"),
        [
            (at(5), at(5), False),
            (at(5.1), at(5), True),
            (at(4.9), at(5), False),
            (at(0.1) * 3, at(0.3), False),
            (at(0.3), at(0.1) * 3, False),
            (at(1.1) * 1.1, at(1.21), False),
            (at(1 + 1e-8), at(1), True),
            (Quantity(4, 5), at(5), False),
            (Quantity(4, 6), at(5), None),
            (Quantity(5, 6), at(5), None),
            (Quantity(5.01, 6), at(5), True),
            (Quantity(1, 3), Quantity(3, 9), False),
            (Quantity(1, 3), Quantity(2, 9), None),
            (Quantity(0, inf), at(1e15), None),
            (at(inf), at(1e15), True),
            (at(inf), at(inf), False),
            (at(5), at(-inf), True),
            (at(0), at(0), False),
            (at(0), at(-0.0), False),
        ],
    )
    def test_above(self, a: Quantity, b: Quantity, above: bool | None) -> None:
        assert (a > b).value is above
        assert (b < a).value is above
        assert (a <= b).value is (None if above is None else not above)
        assert (b >= a).value is (None if above is None else not above)

    @pytest.mark.parametrize(("number", "at_least_5"), [(4.9, False), (5, True), (5.1, True)])
    def test_at_a_plain_number(self, number: float, at_least_5: bool) -> None:
        assert (at(number) >= 5).value is at_least_5
        assert (at(number) < 5).value is not at_least_5
        assert (5 <= at(number)).value is at_least_5  # noqa: SIM300 - either side
        assert (5 > at(number)).value is not at_least_5  # noqa: SIM300

    def test_a_declared_fact_on_either_side(self) -> None:
        fact = Measure("data.examples", COUNT, 5, 5, DECLARED)
        for compare in (operator.gt, operator.lt, operator.ge, operator.le):
            assert compare(at(6), fact).value is compare(6, 5)
            assert compare(fact, at(6)).value is compare(5, 6)
            assert compare(fact, 6).value is compare(5, 6)

    def test_nothing_times_whatever_is_nothing(self) -> None:
        product_ = at(0) * Quantity(0, inf)
        assert (product_.low, product_.high) == (0, 0)
        assert (Quantity(0, inf) * 0).high == 0

    def test_division_by_what_reaches_zero(self) -> None:
        per_day = at(10) / Quantity(0, 5)
        assert (per_day.low, per_day.high) == (2, inf)
        negative = at(10) / Quantity(-5, 0)
        assert (negative.low, negative.high) == (-inf, -2)
        both = at(10) / Quantity(-5, 5)
        assert (both.low, both.high) == (-inf, inf)
        assert (at(1) / at(inf)).high == 0

    def test_never_stays_never(self) -> None:
        never = Measure("retraining.every", CADENCE, inf, inf)
        for later in (never + 5, never - 5, never - Quantity(0, 5), never * 2, never / 2):
            assert (later.low, later.high) == (inf, inf)
        yearly = 31557600.0 / never
        assert (yearly.low, yearly.high) == (0, 0)

    def test_infinite_ends_cancel_to_anything(self) -> None:
        anything = Quantity(0, inf) - Quantity(0, inf)
        assert (anything.low, anything.high) == (-inf, inf)
        opposite = at(inf) + Quantity(-inf, 0)
        assert (opposite.low, opposite.high) == (-inf, inf)


class TestProvenance:
    """Which absent facts and which defaults entered a sum."""

    a = Quantity(1, 2, frozenset("a"), frozenset("A"))
    b = Quantity(3, 4, frozenset("b"), frozenset("B"))

    @pytest.mark.parametrize("operation", [*SUMS, operator.truediv, largest, smallest, hull])
    def test_is_joined(self, operation: Callable[..., Quantity]) -> None:
        result = operation(self.a, self.b)
        assert result.missing == {"a", "b"}
        assert result.assumed == {"A", "B"}

    @pytest.mark.parametrize(
        "operation",
        [
            lambda q: q + 1, lambda q: 1 + q, lambda q: q - 1, lambda q: 1 - q, lambda q: q * 2,
            lambda q: 2 * q, lambda q: q / 2, lambda q: 2 / q, lambda q: -q, abs,
            Quantity.inverse, Quantity.root, lambda q: abs(q - 9), lambda q: abs(q - 1.5),
            lambda q: q.at_least(0), lambda q: q.at_least(1.5), lambda q: q.at_least(9),
            lambda q: q.at_most(0), lambda q: q.at_most(1.5), lambda q: q.at_most(9),
            lambda q: sum([q, 1]), lambda q: q + Quantity(0, 0), lambda q: Quantity(0, 0) + q,
        ],
    )  # fmt: skip
    def test_is_kept(self, operation: Callable[[Quantity], Quantity]) -> None:
        result = operation(self.a)
        assert result.missing == {"a"}
        assert result.assumed == {"A"}

    def test_enters_an_open_comparison_only(self) -> None:
        assert (self.a > 1.5).missing == {"a"}
        assert (Quantity(0, 9) < self.a).missing == {"a"}
        assert (self.a > Quantity(1.5, 1.5, frozenset("c"))).missing == {"a", "c"}
        assert (self.a > 5).missing == frozenset()
        assert (self.a > 0).missing == frozenset()

    def test_is_not_shared_between_quantities(self) -> None:
        plain = Quantity(1, 2)
        _ = plain + self.a
        assert (plain.missing, plain.assumed) == (frozenset(), frozenset())


class TestDisplay:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (f"{Quantity(1000, 2000):count}", "1,000..2,000"),
            (f"{Quantity(65800, 94000):money}", "65.8k..94k"),
            (f"{Quantity(3600, 7200):duration}", "1..2 h"),
            (f"{Quantity(0.25, 0.5)}", "0.25..0.5"),
            (repr(Quantity(1, 2)), "<1..2>"),
            (repr(Quantity(1, 1, frozenset("a"))), "<1 missing a>"),
            (repr(YES), "<yes>"),
            (repr(Truth(None, frozenset(("b", "a")))), "<open missing a, b>"),
        ],
    )
    def test_for_people(self, text: str, expected: str) -> None:
        assert text == expected
