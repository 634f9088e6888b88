from __future__ import annotations

import random
from math import inf
from typing import Any

import numpy as np
import pytest
from scipy.optimize import curve_fit

from mlspeclint.feasibility.learning_curve import (
    MOST_POINTS,
    STEADY,
    Forecasts,
    LearningCurve,
    different_sizes,
    enough_points,
    fit_power_laws,
)
from mlspeclint.knowledge.pages import table
from mlspeclint.spec.compiled import CurvePoint
from mlspeclint.spec.facts import UNKNOWN, Measure
from mlspeclint.spec.kinds import COUNT, NUMBER

Points = list[tuple[float, float]]

SIZES = [500.0 * 2 ** (step / 2) for step in range(7)]


def power(floor: float, scale: float, exponent: float, sizes: list[float] = SIZES) -> Points:
    """A curve without noise: accuracy 1 - floor - scale (n / last)^-exponent."""
    return [(n, 1 - floor - scale * (n / sizes[-1]) ** -exponent) for n in sizes]


def noisy(seed: int, deviation: float = 0.01) -> Points:
    source = random.Random(seed)
    floor, first, exponent = (
        source.uniform(0, 0.3),
        source.uniform(0.1, 0.5),
        source.uniform(0.1, 1.2),
    )
    curve = power(floor, first * 8**-exponent, exponent)
    return [(n, min(score + source.gauss(0, deviation), 1.0)) for n, score in curve]


def ratios_and_errors(points: Points) -> tuple[list[float], list[float]]:
    return [n / points[-1][0] for n, _ in points], [1 - score for _, score in points]


def point(examples: float | tuple[float, float], score: float | tuple[float, float]) -> CurvePoint:
    def ends(value: float | tuple[float, float]) -> tuple[float, float]:
        return value if isinstance(value, tuple) else (value, value)

    return CurvePoint(
        {
            "examples": Measure("target.curve[].examples", COUNT, *ends(examples)),
            "score": Measure("target.curve[].score", NUMBER, *ends(score)),
        }
    )


def unknown_point(examples: float) -> CurvePoint:
    score = Measure("target.curve[].score", NUMBER, -inf, inf, UNKNOWN)
    return point(examples, 0.5).having(score=score)


class TestFits:
    @pytest.mark.parametrize("seed", range(20))
    def test_are_those_of_scipy(self, seed: int) -> None:
        ratios, errors = ratios_and_errors(noisy(seed))
        x, y = np.array(ratios), np.array(errors)

        def levels(x: Any, a: float, b: float, c: float) -> Any:
            return a + b * x**-c

        def falls(x: Any, b: float, c: float) -> Any:
            return b * x**-c

        ours = fit_power_laws(ratios, errors)
        for law, form, start, most in (
            (ours[0], levels, (0.1, 0.1, 0.5), (1, 1, 2)),
            (ours[1], falls, (0.1, 0.5), (1, 2)),
        ):
            least = [0.0] * len(start)
            theirs, _ = curve_fit(form, x, y, start, bounds=(least, most), max_nfev=20_000)
            misfit = float(((form(x, *theirs) - y) ** 2).sum())
            assert law.misfit <= misfit * 1.01
            assert law.misfit == pytest.approx(
                sum((law.at(r) - e) ** 2 for r, e in zip(ratios, errors, strict=True)), abs=1e-12
            )
            assert law.at(8.0) == pytest.approx(float(form(8.0, *theirs)), abs=0.004)

    def test_find_a_curve_without_noise(self) -> None:
        levelling, falling = fit_power_laws(*ratios_and_errors(power(0.1, 0.05, 0.62)))
        assert (levelling.floor, levelling.scale) == pytest.approx((0.1, 0.05), abs=5e-4)
        assert levelling.exponent == pytest.approx(0.62, abs=5e-3)
        assert levelling.misfit < 1e-8
        # The other form has no floor: it can only follow it.
        assert falling.floor == 0
        assert falling.misfit > 1e-6

    def test_both_find_an_error_that_falls_for_ever(self) -> None:
        levelling, falling = fit_power_laws(*ratios_and_errors(power(0, 0.2, 0.17)))
        assert levelling.at(8.0) == pytest.approx(0.2 * 8.0**-0.17, abs=1e-3)
        assert falling.at(8.0) == pytest.approx(0.2 * 8.0**-0.17, abs=1e-3)

    def test_an_error_that_rises_is_taken_as_constant(self) -> None:
        for law in fit_power_laws([0.125, 0.25, 0.5, 1.0], [0.1, 0.1, 0.2, 0.2]):
            assert law.at(1.0) == law.at(8.0) == pytest.approx(0.15)

    def test_no_floor_is_below_0(self) -> None:
        # On a straight line down to no error the best floor would be far below 0.
        levelling, _ = fit_power_laws([0.125, 0.25, 0.5, 1.0], [0.3, 0.2, 0.1, 0.0])
        assert levelling.floor == 0

    def test_a_perfect_score_stays(self) -> None:
        for law in fit_power_laws([0.125, 0.25, 0.5, 1.0], [0.0] * 4):
            assert law.at(8.0) == 0


class TestCurve:
    @pytest.mark.parametrize(
        "sizes",
        [[100, 200, 800], [100, 100, 200, 800], [100, 200, 400, 700], [100, 200, 400, 791], []],
    )
    def test_needs_four_numbers_of_examples_over_a_factor_of_eight(
        self, sizes: list[float]
    ) -> None:
        with pytest.raises(ValueError, match="4 numbers of examples over a factor of 8"):
            LearningCurve([(n, 0.8) for n in sizes])

    @pytest.mark.parametrize("sizes", [[100, 200, 400, 800], [91, 181, 362, 724]])
    def test_takes_rounded_numbers(self, sizes: list[float]) -> None:
        assert LearningCurve([(n, 0.8) for n in sizes]).last == sizes[-1]

    def test_order_does_not_matter(self) -> None:
        points = noisy(3)
        shuffled = random.Random(1).sample(points, len(points))
        assert _ends(LearningCurve(shuffled), 8000) == _ends(LearningCurve(points), 8000)

    def test_forecasts_from_the_last_eightfold(self) -> None:
        points = power(0.1, 0.1, 0.5)
        longer = [(10.0, 0.3), (100.0, 0.4), *points]
        assert _ends(LearningCurve(longer), 8000) == _ends(LearningCurve(points), 8000)

    def test_but_from_four_numbers_at_least(self) -> None:
        points = power(0.1, 0.1, 0.5, [10.0, 100.0, 1000.0, 10_000.0])
        low, high = _ends(LearningCurve(points), 20_000)
        assert low < 1 - 0.1 - 0.1 * 2**-0.5 < high

    def test_noise_is_that_of_the_points_around_the_fit(self) -> None:
        assert LearningCurve(power(0.1, 0.1, 0.4)).noise == pytest.approx(0, abs=1e-4)
        points = [(n, s + 0.02 * (-1) ** i) for i, (n, s) in enumerate(power(0.1, 0.05, 0.5))]
        curve = LearningCurve(points)
        # Seven points of which three numbers were fitted.
        assert curve.noise == pytest.approx((curve.levelling.misfit / 4) ** 0.5)
        assert 0.015 < curve.noise < 0.03

    def test_drop_is_the_deepest_fall(self) -> None:
        scores = [0.5, 0.7, 0.6, 0.8, 0.75, 0.9]
        curve = LearningCurve([(100.0 * 2**i, score) for i, score in enumerate(scores)])
        assert curve.drop == pytest.approx(0.1)

    def test_features_by_hand(self) -> None:
        # Nothing is learnt and nothing is known better than a thousandth: noise 0, gain 0.
        curve = LearningCurve([(n, 0.6) for n in SIZES])
        assert curve.features(1.0) == pytest.approx((0, 0, 0.001, 0, 0), abs=1e-12)
        assert curve.features(8.0) == pytest.approx(
            (0, 0, 0.001, (0.4 * 0.001 * 3) ** 0.5, 0), abs=1e-12
        )

    def test_ends_are_weighted_sums_of_the_features(self) -> None:
        weights = ((1.0, 0.0, 0.0, 0.1, 0.0), (3.0, 0.5, 0.0, 0.0, 1.0))
        curve = LearningCurve(noisy(5, 0.005), weights)
        noise, gain, _, hidden, drop = curve.features(4.0)
        middle = curve.middle_at(4.0)
        low, high = _ends(curve, 4 * curve.last)
        assert high == pytest.approx(middle + noise + 0.1 * hidden)
        assert low == pytest.approx(middle - 3 * noise - 0.5 * gain - drop)

    @pytest.mark.parametrize("seed", range(10))
    def test_the_interval_grows_with_distance_and_its_optimistic_end_never_falls(
        self, seed: int
    ) -> None:
        curve = LearningCurve(noisy(seed))
        ends = [_ends(curve, curve.last * 2 ** (step / 4)) for step in range(13)]
        widths = [high - low for low, high in ends]
        assert widths == sorted(widths) or max(high for _, high in ends) == 1
        assert [high for _, high in ends] == sorted(high for _, high in ends)
        assert all(0 <= low < high <= 1 for low, high in ends)

    def test_more_noise_more_doubt(self) -> None:
        widths = []
        for deviation in (0.0, 0.005, 0.02, 0.05):
            low, high = _ends(LearningCurve(noisy(7, deviation)), 16_000)
            widths.append(high - low)
        assert widths == sorted(widths)
        assert widths[-1] > 2 * widths[0]

    def test_no_forecast_beyond_eight_times_and_below_the_last_number(self) -> None:
        curve = LearningCurve([(n, 0.8) for n in (91, 181, 362, 724)])
        assert curve.score_at(724) is not None
        assert curve.score_at(723) is None
        assert curve.score_at(5793) is not None  # eightfold, rounded
        assert curve.score_at(5900) is None

    def test_thousands_of_points_are_thinned(self) -> None:
        source = random.Random(2)
        sizes = [100 * 8 ** source.random() for _ in range(5000)]
        points = power(0.1, 0.1, 0.5, [*sorted(sizes), 800.0])
        low, high = _ends(LearningCurve(points), 6400)
        assert low < 1 - 0.1 - 0.1 * 8**-0.5 < high
        # All but three of the points are at one number: nothing to fit a slope to after thinning.
        crowded = [(1.0, 0.5), (2.0, 0.6), (4.0, 0.7), *[(8.0, 0.8)] * (100 * MOST_POINTS)]
        assert LearningCurve(crowded).middle_at(8.0) == pytest.approx(0.8)


def _ends(curve: LearningCurve, examples: float) -> tuple[float, float]:
    forecast = curve.score_at(examples)
    assert forecast is not None
    return forecast.low, forecast.high


class TestExamplesFor:
    STEEP = LearningCurve(power(0.02, 0.2, 0.6))

    @pytest.mark.parametrize("score", [0.8, 0.82, 0.85])
    def test_ends_are_where_the_ends_of_the_forecast_reach_the_score(self, score: float) -> None:
        needed = self.STEEP.examples_for(score)
        assert self.STEEP.last < needed.low < needed.high < inf
        low, high = _ends(self.STEEP, needed.low)
        assert high == pytest.approx(score, abs=5e-4)
        low, high = _ends(self.STEEP, needed.high)
        middle = self.STEEP.middle_at(needed.high / self.STEEP.last)
        assert middle - STEADY * (middle - low) == pytest.approx(score, abs=5e-4)
        truth = self.STEEP.last * ((0.98 - score) / 0.2) ** (-1 / 0.6)
        assert needed.low <= truth <= needed.high

    def test_higher_scores_take_more(self) -> None:
        ends = [self.STEEP.examples_for(0.7 + step / 100) for step in range(30)]
        assert [end.low for end in ends] == sorted(end.low for end in ends)
        assert [end.high for end in ends] == sorted(end.high for end in ends)
        assert ends[-1].high == inf

    def test_never_says_impossible(self) -> None:
        curve = LearningCurve([(n, 0.6) for n in SIZES])
        needed = curve.examples_for(0.99)
        assert (needed.low, needed.high) == (8 * curve.last, inf)

    def test_a_score_that_was_measured(self) -> None:
        points = power(0.1, 0.1, 0.5)
        needed = LearningCurve(points).examples_for(points[3][1])
        assert (needed.low, needed.high) == (points[3][0], points[-1][0])

    def test_a_score_that_another_run_might_reach_with_the_same_examples(self) -> None:
        curve = LearningCurve(power(0.1, 0.1, 0.5))
        assert 0.8 < 0.8001 < _ends(curve, curve.last)[1]
        assert curve.examples_for(0.8001).low == curve.last


class TestForecasts:
    SCORES = (0.78, 0.81, 0.835, 0.85)

    def points(self, spread: float = 0.0) -> list[CurvePoint]:
        return [
            point(500.0 * 2**i, (score - spread, score + spread))
            for i, score in enumerate(self.SCORES)
        ]

    def test_of_numbers_are_those_of_the_curve(self) -> None:
        curve = LearningCurve([(500.0 * 2**i, score) for i, score in enumerate(self.SCORES)])
        forecasts = Forecasts(self.points())
        forecast, needed = forecasts.score_at(16_000), forecasts.examples_for(0.9)
        assert forecast is not None
        assert (forecast.low, forecast.high) == _ends(curve, 16_000)
        expected = curve.examples_for(0.9)
        assert (needed.low, needed.high) == (expected.low, expected.high)
        assert forecasts.score_at(40_000) is None

    @pytest.mark.parametrize(
        "shifts", [(-1, -1, -1, -1), (1, 1, 1, 1), (-1, -1, 1, 1), (0, 0, 0, 0)]
    )
    def test_of_ranges_hold_those_of_curves_within(self, shifts: tuple[int, ...]) -> None:
        wide = Forecasts(self.points(0.01))
        narrow = LearningCurve(
            [
                (500.0 * 2**i, score + 0.01 * shift)
                for i, (score, shift) in enumerate(zip(self.SCORES, shifts, strict=True))
            ]
        )
        forecast, needed = wide.score_at(16_000), wide.examples_for(0.87)
        assert forecast is not None
        low, high = _ends(narrow, 16_000)
        assert forecast.low <= low < high <= forecast.high
        assert needed.low <= narrow.examples_for(0.87).low
        assert narrow.examples_for(0.87).high <= needed.high

    def test_ranges_of_examples(self) -> None:
        points = [
            point((n, 1.1 * n), s)
            for n, s in zip((500, 1000, 2000, 4000), self.SCORES, strict=True)
        ]
        forecasts = Forecasts(points)
        assert forecasts.score_at(4200) is None  # measured or not: nobody knows
        assert forecasts.score_at(33_000) is None
        assert forecasts.score_at(16_000) is not None

    def test_points_that_are_unknown_are_left_out(self) -> None:
        with_unknown = [*self.points(), unknown_point(8000)]
        one, other = (
            Forecasts(points).score_at(16_000) for points in (with_unknown, self.points())
        )
        assert one is not None
        assert other is not None
        assert (one.low, one.high) == (other.low, other.high)


@pytest.mark.parametrize(
    ("points", "count", "factor", "enough"),
    [
        ([point(n, 0.8) for n in (100, 200, 400, 800)], (4, 4), (8, 8), True),
        ([point(n, 0.8) for n in (91, 181, 362, 724)], (4, 4), (724 / 91, 724 / 91), True),
        ([point(n, 0.8) for n in (100, 200, 400, 790)], (4, 4), (7.9, 7.9), False),
        ([point(n, 0.8) for n in (100, 200, 800)], (3, 3), (8, 8), False),
        ([point(n, 0.8) for n in (100, 200, 800, 800)], (3, 3), (8, 8), False),
        ([point(n, 0.8) for n in (0, 100, 200, 800)], (3, 4), (8, inf), None),
        ([*(point(n, 0.8) for n in (100, 200, 400)), unknown_point(800)], (3, 4), (4, inf), None),
        ([*(point(n, 0.8) for n in (100, 200)), unknown_point(800)], (2, 3), (2, inf), False),
        ([unknown_point(800)], (0, 1), (1, inf), False),
        ([point(n, 0.8) for n in ((100, 120), 200, 400, 800)], (4, 4), (800 / 120, 8), None),
        ([point(n, 0.8) for n in ((80, 100), 200, 400, 800)], (4, 4), (8, 10), True),
        # The first two may be one number.
        ([point(n, 0.8) for n in ((80, 90), (80, 100), 400, 800)], (3, 4), (800 / 90, 10), None),
        ([*(point(n, 0.8) for n in (100, 200, 400)), point(1e16, 0.8)], (3, 4), (4, inf), None),
    ],
)
def test_enough_points(
    points: list[CurvePoint],
    count: tuple[float, float],
    factor: tuple[float, float],
    enough: bool | None,
) -> None:
    sizes, spread = different_sizes(points)
    assert (sizes.low, sizes.high) == count
    assert (spread.low, spread.high) == pytest.approx(factor)
    assert enough_points(points).value is enough


class TestCalibration:
    """What the table says of the forecasts, out of sample: the promise that the pages make."""

    TABLE = table("learning_curves")

    def rows(self, intervals: str, factor: int) -> list[dict[str, float]]:
        return [
            row
            for row in self.TABLE["quality"]
            if row["intervals"] == intervals and row["factor"] == factor and "score" in row["of"]
        ]

    @pytest.mark.parametrize("factor", [2, 4, 8])
    def test_nine_of_ten_scores_lie_in_the_interval(self, factor: int) -> None:
        ours, bands = self.rows("new datasets", factor), self.rows("constant bands", factor)
        assert len(ours) == len(bands) == 2
        for row, band in zip(ours, bands, strict=True):
            assert 0.90 <= row["coverage"] <= 0.93
            assert row["above"] <= 0.05
            assert row["median_width"] < 0.6 * band["median_width"]

    def test_a_target_that_is_reached_is_seldom_claimed_to_be_missed(self) -> None:
        for row in self.TABLE["claim"]:
            for factor in (2, 4, 8):
                if row["target_less_score"] <= 0:
                    assert row[f"claimed_at_{factor}x"] <= 0.05
                elif row["target_less_score"] >= 0.1:
                    assert row[f"claimed_at_{factor}x"] >= 0.75

    def test_the_examples_needed_lie_in_their_interval(self) -> None:
        assert all(row["coverage"] >= 0.9 for row in self.TABLE["required"])
        assert all(row["high_end_held"] >= 0.9 for row in self.TABLE["high_end"])
