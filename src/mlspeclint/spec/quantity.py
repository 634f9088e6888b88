"""Quantities as closed intervals, and comparisons with three answers: yes, no, cannot be told.

A plan says "10k to 20k", "unknown" or nothing at all. All three are intervals: a plain value is a
point, `unknown` spans the domain of its field, and so does an absent fact, which is remembered in
`missing`. A rule is then an ordinary formula, and its answer knows whether it is certain and which
facts it lacked.
"""

from __future__ import annotations

from math import inf, sqrt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    A = TypeVar("A")
    R = TypeVar("R")

NOTHING: frozenset[str] = frozenset()

TOLERANCE = 1e-9
"""Relative difference below which two numbers count as equal: 3 x 0.1 is not more than 0.3."""


class Truth:
    """An answer: yes (`value` True), no (False), or cannot be told (None).

    `missing` names the absent facts (field paths) without which the answer stays open; it is empty
    when the answer is certain, and when it is open only because a range or an `unknown` was
    declared.
    """

    __slots__ = ("missing", "value")

    value: bool | None
    missing: frozenset[str]

    def __init__(self, value: bool | None, missing: frozenset[str] = NOTHING) -> None:
        self.value = value
        self.missing = missing

    @property
    def certain(self) -> bool:
        """Whether the answer is yes, whatever the ranges hold."""
        return self.value is True

    @property
    def impossible(self) -> bool:
        """Whether the answer is no, whatever the ranges hold."""
        return self.value is False

    @property
    def open(self) -> bool:
        """Whether the answer cannot be told."""
        return self.value is None

    def __and__(self, other: Truth) -> Truth:
        if self.value is False or other.value is True:
            return self
        if other.value is False or self.value is True:
            return other
        return Truth(None, self.missing | other.missing)

    def __or__(self, other: Truth) -> Truth:
        if self.value is True or other.value is False:
            return self
        if other.value is True or self.value is False:
            return other
        return Truth(None, self.missing | other.missing)

    def __invert__(self) -> Truth:
        if self.value is None:
            return self
        return NO if self.value else YES

    def __bool__(self) -> bool:
        raise TypeError("a Truth has three values: ask for .certain, .impossible or .open")

    def __repr__(self) -> str:
        name = {True: "yes", False: "no", None: "open"}[self.value]
        return (
            f"<{name} missing {', '.join(sorted(self.missing))}>" if self.missing else f"<{name}>"
        )


YES = Truth(True)
NO = Truth(False)
MAYBE = Truth(None)


def truth(value: bool | None) -> Truth:
    """The answer for a plain Python value."""
    return MAYBE if value is None else YES if value else NO


class Quantity:
    """A closed interval `low..high` of real numbers (either end may be infinite).

    `missing` holds the paths of the absent facts that entered, `assumed` those that entered by
    their documented default. Units are those of the field: money in the budget's currency,
    durations in seconds, sizes in bytes, dates in days (proleptic Gregorian ordinals), fractions in
    0..1.
    """

    __slots__ = ("assumed", "high", "low", "missing")

    low: float
    high: float
    missing: frozenset[str]
    assumed: frozenset[str]

    def __init__(
        self,
        low: float,
        high: float,
        missing: frozenset[str] = NOTHING,
        assumed: frozenset[str] = NOTHING,
    ) -> None:
        self.low = low
        self.high = high
        self.missing = missing
        self.assumed = assumed

    @property
    def is_point(self) -> bool:
        """Whether it is one number rather than a range."""
        return self.low == self.high

    def _with(self, other: Quantity, low: float, high: float) -> Quantity:
        """An interval that depends on what both depend on."""
        missing, assumed = self.missing, self.assumed
        if other.missing:
            missing |= other.missing
        if other.assumed:
            assumed |= other.assumed
        return Quantity(low, high, missing, assumed)

    def __add__(self, other: Quantity | float) -> Quantity:
        if not isinstance(other, Quantity):
            return Quantity(self.low + other, self.high + other, self.missing, self.assumed)
        low, high = self.low + other.low, self.high + other.high
        # Infinite ends that cancel out (NaN) may come to anything.
        return self._with(other, low if low == low else -inf, high if high == high else inf)

    __radd__ = __add__

    def __neg__(self) -> Quantity:
        return Quantity(-self.high, -self.low, self.missing, self.assumed)

    def __sub__(self, other: Quantity | float) -> Quantity:
        if not isinstance(other, Quantity):
            return Quantity(self.low - other, self.high - other, self.missing, self.assumed)
        return self + -other

    def __rsub__(self, other: float) -> Quantity:
        return Quantity(other - self.high, other - self.low, self.missing, self.assumed)

    def __mul__(self, other: Quantity | float) -> Quantity:
        if not isinstance(other, Quantity):
            if other < 0:
                return -self * -other
            return Quantity(
                _product(self.low, other), _product(self.high, other), self.missing, self.assumed
            )
        if self.low >= 0 and other.low >= 0:
            return self._with(other, _product(self.low, other.low), _product(self.high, other.high))
        corners = [_product(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return self._with(other, min(corners), max(corners))

    __rmul__ = __mul__

    def __truediv__(self, other: Quantity | float) -> Quantity:
        if not isinstance(other, Quantity):
            other = Quantity(other, other)
        return self * other.inverse()

    def __rtruediv__(self, other: float) -> Quantity:
        return Quantity(other, other) * self.inverse()

    def inverse(self) -> Quantity:
        """1 / x. An interval that reaches 0 has an infinite end there."""
        if self.low < 0 < self.high:
            return Quantity(-inf, inf, self.missing, self.assumed)
        low = 1 / self.high if self.high else -inf if self.low < 0 else inf
        high = 1 / self.low if self.low else inf
        return Quantity(low, high, self.missing, self.assumed)

    def at_least(self, floor: float) -> Quantity:
        """The larger of this and a number."""
        if self.low >= floor:
            return self
        return Quantity(max(self.low, floor), max(self.high, floor), self.missing, self.assumed)

    def at_most(self, ceiling: float) -> Quantity:
        """The smaller of this and a number."""
        if self.high <= ceiling:
            return self
        return Quantity(min(self.low, ceiling), min(self.high, ceiling), self.missing, self.assumed)

    def __abs__(self) -> Quantity:
        if self.low >= 0:
            return self
        if self.high <= 0:
            return -self
        return Quantity(0.0, max(-self.low, self.high), self.missing, self.assumed)

    def root(self) -> Quantity:
        """The square root, of what is not below 0."""
        return Quantity(
            sqrt(max(self.low, 0.0)), sqrt(max(self.high, 0.0)), self.missing, self.assumed
        )

    # What every rule does over and over is written out here: a call of a function takes longer than the sum.

    def __gt__(self, other: Quantity | float) -> Truth:
        if isinstance(other, Quantity):
            low, high, missing = other.low, other.high, other.missing
        else:
            low, high, missing = other, other, NOTHING
        if _watched is not None:
            _watched.append(self.high - low)
            _watched.append(high - self.low)
        if self.low > high and _above(self.low, high):
            return YES
        if not (self.high > low and _above(self.high, low)):
            return NO
        return Truth(None, self.missing | missing)

    def __le__(self, other: Quantity | float) -> Truth:
        return ~(self > other)

    def __lt__(self, other: Quantity | float) -> Truth:
        if isinstance(other, Quantity):
            low, high, missing = other.low, other.high, other.missing
        else:
            low, high, missing = other, other, NOTHING
        if _watched is not None:
            _watched.append(high - self.low)
            _watched.append(self.high - low)
        if low > self.high and _above(low, self.high):
            return YES
        if not (high > self.low and _above(high, self.low)):
            return NO
        return Truth(None, missing | self.missing)

    def __ge__(self, other: Quantity | float) -> Truth:
        return ~(self < other)

    def __format__(self, kind: str) -> str:
        """For messages: `f"{cost:money}"` shows it as a value of that kind (see `kinds.KINDS`)."""
        from mlspeclint.spec.kinds import KINDS

        return KINDS[kind or "number"].show_range(self)

    def __repr__(self) -> str:
        ends = f"{self.low:g}" if self.is_point else f"{self.low:g}..{self.high:g}"
        return (
            f"<{ends} missing {', '.join(sorted(self.missing))}>" if self.missing else f"<{ends}>"
        )


_watched: list[float] | None = None


def watched(function: Callable[[A], R], argument: A) -> tuple[R, list[float]]:
    """What a function returns, and how its comparisons came out, in the order in which they were made.

    Each comparison of a with b leaves two numbers: how far a may be above b, and b above a (at most 0
    where it certainly is not). They lead to the value of a fact at which an answer changes.
    """
    global _watched
    _watched = []
    try:
        return function(argument), _watched
    finally:
        _watched = None


def _product(a: float, b: float) -> float:
    # Nothing times whatever is nothing: 0 x inf is 0 here, not NaN.
    return a * b if a and b else 0.0


def _above(a: float, b: float) -> bool:
    """Whether `a` is above `b` by more than rounding."""
    return a > b and (a == inf or b == -inf or a - b > TOLERANCE * max(abs(a), abs(b)))


def largest(*quantities: Quantity) -> Quantity:
    """The largest of several quantities, end by end."""
    return _joined(max(q.low for q in quantities), max(q.high for q in quantities), quantities)


def smallest(*quantities: Quantity) -> Quantity:
    """The smallest of several quantities, end by end."""
    return _joined(min(q.low for q in quantities), min(q.high for q in quantities), quantities)


def hull(*quantities: Quantity) -> Quantity:
    """The smallest interval that holds all of several quantities."""
    return _joined(min(q.low for q in quantities), max(q.high for q in quantities), quantities)


def _joined(low: float, high: float, quantities: tuple[Quantity, ...]) -> Quantity:
    return Quantity(
        low,
        high,
        NOTHING.union(*(q.missing for q in quantities)),
        NOTHING.union(*(q.assumed for q in quantities)),
    )
