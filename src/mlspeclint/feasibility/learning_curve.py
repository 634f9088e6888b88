"""Learning curves: the accuracy with more examples, and the examples for an accuracy, as intervals.

Two curves are fitted to the last eightfold of the measured points: one whose error levels off,
a + b n^-c, and one whose error falls for ever, b n^-c. The truth has mostly lain between them, so the
forecast is their mean. Its interval is that of past forecasts: how far the truth was above and below
them on published curves, told by the noise of the points around the fit, the gain that is forecast, the
error that is left and the distance (`knowledge/measured/learning_curves.toml`, computed by
`scripts/calibrate_curves.py`). It holds 90 % of the scores that a single later run reached.

Where a fit levels off is what it knows least: nothing here says that a score is impossible, and beyond
eight times the largest measured number there is no forecast at all.

The forms are the power laws of Viering and Loog 2022 (pow2 and pow3). Scores are accuracies in 0..1.
"""

from __future__ import annotations

from math import ceil, floor, inf, isfinite, log2, sqrt

from mlspeclint.knowledge import forecast_errors
from mlspeclint.spec.quantity import NOTHING, Quantity, hull

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mlspeclint.spec.compiled import CurvePoint
    from mlspeclint.spec.quantity import Truth

LEAST_POINTS = 4
"""Different numbers of examples that a forecast needs."""
LEAST_FACTOR = 8.0
"""How many times the smallest number the largest one must be."""
REACH = 8.0
"""How many times the largest measured number a forecast may be for."""
ROUNDING = 1.01
"""Numbers of examples that double in steps are rounded: 91 to 724 counts as eightfold."""
MOST_POINTS = 64
"""Points that are fitted at most, evenly chosen: a curve of thousands must not hold up a check."""
MOST_EXAMPLES = 1e15
"""More than anybody has: points above are left out."""
EXPONENTS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0)
"""The exponents c from which the search for the best one starts, from no fall to a steep one."""
GOLDEN = (sqrt(5) - 1) / 2
REFINEMENTS = 12
"""Steps of the search between two of them: each leaves GOLDEN of the distance."""
RESOLUTION = 0.001
"""The accuracy that a test set of a thousand can tell apart: no curve is known better than that."""
STEADY = 0.75
"""The share of the margin below a forecast that makes up for doubt about the curve itself.

The rest makes up for the chance of a single run, which does not count against having reached a score:
with this share nine of ten high ends of `examples_for` held (`learning_curves.toml`).
"""
EQUAL = 1e-9
"""Relative spread below which numbers of examples are the same."""
STEPS = 48
"""Steps in which numbers of examples are searched, on a logarithmic scale, before bisection."""


class PowerLaw:
    """An error (0..1) of floor + scale x ratio^-exponent, at `ratio` times the last number of examples.

    `misfit` is the sum of squares by which it misses the points.
    """

    __slots__ = ("exponent", "floor", "misfit", "scale")

    def __init__(self, floor: float, scale: float, exponent: float, misfit: float) -> None:
        self.floor = floor
        self.scale = scale
        self.exponent = exponent
        self.misfit = misfit

    def at(self, ratio: float) -> float:
        """The error at a ratio above 0."""
        return self.floor + float(self.scale * ratio**-self.exponent)


def fit_power_laws(ratios: Sequence[float], errors: Sequence[float]) -> tuple[PowerLaw, PowerLaw]:
    """The least-squares fits of a curve that levels off (floor >= 0) and of one that does not (floor 0).

    `ratios` are numbers of examples (above 0) over the last one, `errors` the errors there. For a given
    exponent, floor and scale follow from the normal equations; the exponent is the best of EXPONENTS,
    refined by golden-section search. An error that rises is taken as constant.
    """
    return (
        _least(lambda exponent: _levelling(ratios, errors, exponent)),
        _least(lambda exponent: _falling(ratios, errors, exponent)),
    )


def _least(law_with: Callable[[float], PowerLaw]) -> PowerLaw:
    """The law of least misfit, of those with an exponent each."""
    laws = [law_with(exponent) for exponent in EXPONENTS]
    best = min(laws, key=lambda law: law.misfit)
    place = laws.index(best)
    low, high = EXPONENTS[max(place - 1, 0)], EXPONENTS[min(place + 1, len(EXPONENTS) - 1)]
    inner = [law_with(high - GOLDEN * (high - low)), law_with(low + GOLDEN * (high - low))]
    for _ in range(REFINEMENTS):
        if inner[0].misfit <= inner[1].misfit:
            high = inner[1].exponent
            inner = [law_with(high - GOLDEN * (high - low)), inner[0]]
        else:
            low = inner[0].exponent
            inner = [inner[1], law_with(low + GOLDEN * (high - low))]
    return min(best, *inner, key=lambda law: law.misfit)


def _levelling(ratios: Sequence[float], errors: Sequence[float], exponent: float) -> PowerLaw:
    powers = [ratio**-exponent for ratio in ratios]
    count, total, sum_x = len(errors), sum(errors), sum(powers)
    sum_xx = sum(x * x for x in powers)
    spread = count * sum_xx - sum_x * sum_x
    slope = count * sum(x * y for x, y in zip(powers, errors, strict=True)) - sum_x * total
    floor, scale = total / count, 0.0
    if slope > 0 and spread > EQUAL * sum_xx:
        scale = slope / spread
        floor = (total - scale * sum_x) / count
        if floor < 0:
            return _falling(ratios, errors, exponent)
    return PowerLaw(floor, scale, exponent, _misfit(powers, errors, floor, scale))


def _falling(ratios: Sequence[float], errors: Sequence[float], exponent: float) -> PowerLaw:
    powers = [ratio**-exponent for ratio in ratios]
    scale = sum(x * y for x, y in zip(powers, errors, strict=True)) / sum(x * x for x in powers)
    return PowerLaw(0.0, scale, exponent, _misfit(powers, errors, 0.0, scale))


def _misfit(powers: Sequence[float], errors: Sequence[float], floor: float, scale: float) -> float:
    return sum((y - floor - scale * x) ** 2 for x, y in zip(powers, errors, strict=True))


class LearningCurve:
    """A measured learning curve, to be asked for forecasts.

    `points` are pairs of a number of training examples (above 0) and the accuracy (0..1) with them, in
    any order; several runs with the same number are welcome. `weights` are those of `features` for the
    truth above and below a forecast, by default those of the published curves. Raises ValueError
    for fewer than LEAST_POINTS different numbers, or where the largest is less than LEAST_FACTOR times
    the smallest.

    `last` is the largest measured number, `levelling` and `falling` are the two fits, `noise` is the
    standard deviation of the points around the first, and `drop` the deepest fall of the measured
    accuracy below an earlier one.
    """

    __slots__ = (
        "_above", "_below", "_error", "_points", "drop", "falling", "last", "levelling", "noise",
    )  # fmt: skip

    def __init__(
        self,
        points: Iterable[tuple[float, float]],
        weights: tuple[Sequence[float], Sequence[float]] | None = None,
    ) -> None:
        self._above, self._below = weights or forecast_errors()
        self._points = sorted(points)
        sizes = sorted({examples for examples, _ in self._points})
        if len(sizes) < LEAST_POINTS or sizes[-1] * ROUNDING < LEAST_FACTOR * sizes[0]:
            raise ValueError(
                f"a forecast needs {LEAST_POINTS} numbers of examples over a factor of {LEAST_FACTOR:g}"
            )
        self.last = sizes[-1]
        # What came before the last eightfold tells little about what follows.
        start = min(sizes[-LEAST_POINTS], self.last / (LEAST_FACTOR * ROUNDING))
        used = [point for point in self._points if point[0] >= start]
        used = used[:: -ceil(len(used) / MOST_POINTS)]
        ratios = [examples / self.last for examples, _ in used]
        errors = [1 - score for _, score in used]
        self.levelling, self.falling = fit_power_laws(ratios, errors)
        # Three numbers were fitted to the points.
        self.noise = sqrt(self.levelling.misfit / max(len(used) - 3, 1))
        self._error = self._error_at(1.0)
        self.drop = best = 0.0
        for _, score in self._points:
            best = max(best, score)
            self.drop = max(self.drop, best - score)

    def _error_at(self, ratio: float) -> float:
        return (self.levelling.at(ratio) + self.falling.at(ratio)) / 2

    def features(self, ratio: float) -> tuple[float, ...]:
        """What tells how far a forecast at `ratio` (from 1 up) times the last number may be off.

        The noise; the gain that is forecast; RESOLUTION; the rise that may be hidden; and the drop. All
        are accuracies. The hidden rise is the geometric mean of the noise and the error that is left
        (noise may hide a rise, and the more error is left, the larger one), growing with the root of the
        doublings. A curve that has fallen before may fall again.
        """
        gain = self._error - self._error_at(ratio)
        hidden = sqrt(max(self._error, 0.0) * (self.noise + RESOLUTION) * log2(ratio))
        return self.noise, gain, RESOLUTION, hidden, self.drop

    def middle_at(self, ratio: float) -> float:
        """The accuracy that the two fits forecast on average at `ratio` times the last number."""
        return 1 - self._error_at(ratio)

    def _optimistic(self, ratio: float) -> float:
        return min(self.middle_at(ratio) + _weighted(self._above, self.features(ratio)), 1.0)

    def _pessimistic(self, ratio: float, share: float = 1.0) -> float:
        margin = share * _weighted(self._below, self.features(ratio))
        return max(self.middle_at(ratio) - margin, 0.0)

    def score_at(self, examples: float) -> Quantity | None:
        """The accuracy (0..1) of one training run with so many examples: a 90 % interval.

        None where there is no forecast: below the largest measured number, and above REACH times it.
        """
        ratio = examples / self.last
        if not 1 <= ratio <= REACH * ROUNDING:
            return None
        return Quantity(self._pessimistic(ratio), self._optimistic(ratio))

    def examples_for(self, score: float) -> Quantity:
        """The number of examples with which an accuracy (0..1) is reached, as an interval.

        Its low end is where the optimistic end of `score_at` reaches the score, at most REACH times the
        largest measured number. Its high end is where the curve does for all that is known: where the
        forecast less STEADY of the margin below it reaches the score, infinite if that is not within
        REACH. What was measured counts: the low end of a score that a measured point reaches is that
        point's number, and the high end is at least the largest measured number.
        """
        fewest = min(
            (examples for examples, reached in self._points if reached >= score), default=inf
        )
        if fewest > self.last:
            ratio = _first(lambda ratio: self._optimistic(ratio) >= score)
            fewest = float(floor(self.last * min(ratio, REACH)))
        most = self.last * _first(lambda ratio: self._pessimistic(ratio, STEADY) >= score)
        return Quantity(fewest, float(ceil(most)) if most < inf else inf)


def _weighted(weights: Sequence[float], features: Sequence[float]) -> float:
    return sum(weight * feature for weight, feature in zip(weights, features, strict=True))


def _first(reached: Callable[[float], bool]) -> float:
    """The least ratio of 1..REACH at which something is reached; infinite if it never is."""
    before = 1.0
    for step in range(STEPS + 1):
        ratio: float = REACH ** (step / STEPS)
        if reached(ratio):
            break
        before = ratio
    else:
        return inf
    while ratio > before * 1.0001:
        middle = sqrt(ratio * before)
        if reached(middle):
            ratio = middle
        else:
            before = middle
    return ratio


def different_sizes(points: Sequence[CurvePoint]) -> tuple[Quantity, Quantity]:
    """How many different numbers of examples the points of a spec have, and how many times the smallest
    one the largest is.

    Points with the same number count once, points without examples not at all; those that are `unknown`
    may be anything.
    """
    told = _told(points)
    sizes = {(point.examples.low, point.examples.high) for point in told}
    untold = len(points) - len(told)
    # Ranges that begin or end with the same number may be the same number.
    surely = min(len({low for low, _ in sizes}), len({high for _, high in sizes}))
    # Points with a mistake in them are waited for.
    missing = NOTHING.union(*(each.examples.missing | each.score.missing for each in points))
    count = Quantity(float(surely), float(len(sizes) + untold), missing)
    if not sizes:
        return count, Quantity(1.0, inf, missing)
    smallest = Quantity(min(low for low, _ in sizes), min(high for _, high in sizes))
    largest = Quantity(max(low for low, _ in sizes), max(high for _, high in sizes))
    factor = (largest / smallest).at_least(1)
    return count, Quantity(factor.low, inf, missing) if untold else factor


def enough_points(points: Sequence[CurvePoint]) -> Truth:
    """Whether the points of a spec suffice for a forecast: LEAST_POINTS over LEAST_FACTOR."""
    count, factor = different_sizes(points)
    return (count >= LEAST_POINTS) & (factor * ROUNDING >= LEAST_FACTOR)


def _told(points: Sequence[CurvePoint]) -> list[CurvePoint]:
    """The points of which something is known: `unknown` is nothing to fit."""
    return [
        point
        for point in points
        if point.examples.low > 0
        and point.examples.high <= MOST_EXAMPLES
        and isfinite(point.score.low)
        and isfinite(point.score.high)
    ]


class Forecasts:
    """The forecasts from the points of a spec, whose numbers may be ranges.

    With ranges the curve is fitted at their ends: all scores low, all high, the first half low and the
    second high (the steepest), and the other way round (the flattest), and a forecast is the hull of
    theirs. Raises ValueError where `LearningCurve` does.
    """

    __slots__ = ("_curves",)

    def __init__(self, points: Sequence[CurvePoint]) -> None:
        told = sorted(_told(points), key=lambda point: point.examples.low)
        half = len(told) / 2
        corners = {
            tuple(
                (
                    point.examples.low if fewer else point.examples.high,
                    point.score.low if (first if rank < half else second) else point.score.high,
                )
                for rank, point in enumerate(told)
            )
            for fewer in (True, False)
            for first in (True, False)
            for second in (True, False)
        }
        self._curves = [LearningCurve(corner) for corner in sorted(corners)]

    def score_at(self, examples: float) -> Quantity | None:
        """As `LearningCurve.score_at`."""
        forecasts = [curve.score_at(examples) for curve in self._curves]
        told = [forecast for forecast in forecasts if forecast is not None]
        return hull(*told) if len(told) == len(forecasts) else None

    def optimistic_at(self, examples: float) -> Quantity | None:
        """The optimistic end of `score_at`: a range where the points are ranges."""
        forecasts = [curve.score_at(examples) for curve in self._curves]
        ends = [forecast.high for forecast in forecasts if forecast is not None]
        return Quantity(min(ends), max(ends)) if len(ends) == len(forecasts) else None

    def examples_for(self, score: float) -> Quantity:
        """As `LearningCurve.examples_for`."""
        return hull(*(curve.examples_for(score) for curve in self._curves))


_latest: tuple[Sequence[CurvePoint], Forecasts] | None = None


def forecasts_of(points: Sequence[CurvePoint]) -> Forecasts:
    """The forecasts from the points of a spec (see `Forecasts`).

    The last answer is kept: the search for a flip point asks again and again about the same curve.
    """
    global _latest
    if _latest is None or _latest[0] is not points:
        _latest = (points, Forecasts(points))
    return _latest[1]
