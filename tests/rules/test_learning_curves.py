from __future__ import annotations

import re
from math import inf

import pytest

from mlspeclint.engine.flip import flip_points
from mlspeclint.feasibility.learning_curve import LearningCurve
from mlspeclint.rules import find_rule
from mlspeclint.spec.facts import UNREADABLE, Items, Measure

from .support import outcome_of, spec_of, told, verdict

SCORES = {500: 0.78, 1000: 0.81, 2000: 0.835, 4000: 0.85}
POINTS = ", ".join(f"{{examples: {n}, score: {score}}}" for n, score in SCORES.items())
FORECAST = LearningCurve(list(SCORES.items()))


def optimistic(examples: float) -> float:
    forecast = FORECAST.score_at(examples)
    assert forecast is not None
    return forecast.high


def plan(
    *,
    value: object = 0.95,
    data: str = "{examples: 4000, obtainable: 16k}",
    points: str = POINTS,
    more: str = "",
    metric: str = "metric: accuracy, ",
) -> str:
    target = f"target: {{{metric}value: {value}, curve: [{points}]{more}}}"
    return f"data: {data}\n{target}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (plan(), "warning"),
        (plan(value=0.88), "clear"),
        # On either side of the optimistic end, and at it.
        (plan(value=round(optimistic(16_000) + 0.0005, 4)), "warning"),
        (plan(value=round(optimistic(16_000) - 0.0005, 4)), "clear"),
        (plan(value=optimistic(16_000)), "clear"),
        # The larger of what there is and what can be had.
        (plan(data="{examples: 16k}"), "warning"),
        (plan(data="{obtainable: 16k}"), "warning"),
        (plan(data="{examples: 32k, obtainable: 16k}", value=optimistic(20_000)), "clear"),
        (plan(data="{examples: 16k, obtainable: 32k}", value=optimistic(20_000)), "clear"),
        (plan(data="{examples: 16k, obtainable: 4000}", value=optimistic(20_000)), "warning"),
        # Up to eight times the last point, and no further.
        (plan(data="{examples: 32k}"), "warning"),
        (plan(data="{examples: 33k}"), "undecided"),
        (plan(data="{examples: 33k}", value=0.84), "clear"),
        (plan(data="{examples: 10k..32k}"), "warning"),
        (plan(data="{examples: 10k..33k}"), "possible"),
        (plan(data="{examples: 10k..33k}", value=0.86), "clear"),
        (plan(data="{examples: 10k..20k}", value=optimistic(16_000)), "possible"),
        # Measured with as many examples already.
        (plan(data="{examples: 4000}", value=0.851), "warning"),
        (plan(data="{examples: 4000}", value=0.85), "clear"),
        (plan(data="{examples: 3000}", value=0.851), "warning"),
        (plan(data="{examples: 4001}", value=0.851), "clear"),
        (plan(data="{examples: 3000..5000}", value=0.95), "warning"),
        (plan(data="{examples: 3000..5000}", value=0.851), "possible"),
        (plan(data="{examples: 4000}", value=0.9, more=", pilot: 0.91"), "clear"),
        (plan(data="{examples: 4000}", value=0.9, more=", pilot: 0.9"), "clear"),
        (plan(data="{examples: 4000}", value=0.9, more=", pilot: 0.89"), "warning"),
        (plan(data="{examples: 4000}", value=0.84, more=", pilot: 0.83"), "warning"),
        # A target that was reached is not too far, whatever the curve says.
        (plan(more=", pilot: 0.96"), "clear"),
        (plan(more=", pilot: 0.9"), "warning"),
        (plan(more=", pilot: unknown"), "possible"),
        (plan(value="0.88..0.95"), "possible"),
        (plan(value="unknown"), "possible"),
        (plan(data="{examples: unknown}"), "possible"),
        (plan(data="{examples: 4000, obtainable: unknown}"), "possible"),
        (plan(data="{}"), "undecided"),
        (f"data: {{examples: 4000}}\ntarget: {{metric: accuracy, curve: [{POINTS}]}}", "undecided"),
        (plan(metric=""), "undecided"),
        (plan(metric="metric: unknown, "), "possible"),
        # Any family.
        (f"approach: {{family: classical_ml}}\n{plan()}", "warning"),
        # Points with ranges, and points of which nothing is known.
        (plan(points=POINTS.replace("0.85}", "0.85..0.86}")), "warning"),
        (plan(points=POINTS.replace("0.85}", "0.8..0.95}")), "possible"),
        (plan(points=POINTS.replace("0.85}", "unknown}")), "possible"),
        (plan(points=POINTS.replace("500,", "400..500,")), "warning"),
        (plan(points=POINTS.replace("500,", "500..600,")), "possible"),
        (plan(points=POINTS + ", {examples: 100, score: unknown}"), "warning"),
        (plan(points=POINTS + ", {examples: unknown, score: 0.5}"), "warning"),
        (plan(value=0.88, points=POINTS + ", {examples: unknown, score: 0.5}"), "clear"),
        (plan(points="{examples: unknown, score: 0.5}"), "not_applicable"),
        # No curve, one that nobody knows, and those of which TGT806 speaks.
        ("data: {examples: 4000}\ntarget: {metric: accuracy, value: 0.95}", "not_applicable"),
        (plan(points=""), "not_applicable"),
        ("data: {examples: 4k}\ntarget: {metric: accuracy, value: 0.95, curve: unknown}", "possible"),
        ("target: {metric: accuracy, value: 0.95, curve: unknown}", "undecided"),
        (
            "data: {examples: 4k}\n"
            "target: {metric: accuracy, value: 0.9, pilot: 0.91, curve: unknown}",
            "clear",
        ),
        (plan(points=POINTS.replace("500,", "501,")), "warning"),  # eightfold, rounded
        (plan(points=POINTS.replace("500,", "550,")), "not_applicable"),
        (plan(points=POINTS.split(", {examples: 4000")[0]), "not_applicable"),
        # Another metric: nothing is forecast, but what was measured is compared.
        (plan(metric="metric: f1, "), "not_applicable"),
        (plan(metric="metric: f1, ", data="{examples: 4000}"), "warning"),
        (plan(metric="metric: f1, ", data="{examples: 4000}", value=0.85), "clear"),
        (plan(metric="metric: f1, ", data="{}"), "undecided"),
        (plan(metric="metric: rmse, ", data="{examples: 4000}", value=0.9), "clear"),
        (plan(metric="metric: rmse, ", data="{examples: 4000}", value=0.8), "warning"),
        (plan(metric="metric: accuracy, direction: minimize, "), "not_applicable"),
    ],
)  # fmt: skip
def test_pilot_too_far_from_target(text: str, expected: str) -> None:
    assert verdict("TGT805", text) == expected


def test_points_with_a_mistake_are_waited_for() -> None:
    spec = spec_of(plan())
    last = spec.target.curve[-1]
    broken = Measure(last.score.path, last.score.kind, -inf, inf, UNREADABLE, frozenset(("there",)))
    curve = Items((*spec.target.curve[:-1], last.having(score=broken)))
    spec = spec.having(target=spec.target.having(curve=curve))
    for code in ("TGT805", "TGT806"):
        rule = find_rule(code)
        assert rule is not None
        outcome = rule.check(spec)
        assert outcome.kind == "undecided"
        assert outcome.missing == {"there"}


def test_undecided_says_what_would_tell() -> None:
    assert outcome_of("TGT805", plan(data="{examples: 33k}")).missing == {"target.curve"}
    assert outcome_of("TGT805", plan(data="{}")).missing == {"data.examples"}
    assert outcome_of("TGT805", plan(metric="")).missing == {"target.metric"}


def numbers(text: str) -> list[float]:
    return [float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*\.?\d*", text)]


class TestMessages:
    def test_a_forecast(self) -> None:
        message = told("TGT805", plan()).message
        assert message.startswith("the target is accuracy 0.95, and by the learning curve 16,000")
        _, examples, low, high, share, measured, needed = numbers(message)
        forecast = FORECAST.score_at(16_000)
        assert forecast is not None
        assert (low, high) == pytest.approx((forecast.low, forecast.high), abs=1e-4)
        assert (examples, share, measured) == (16_000, 90, 0.85)
        assert needed == 8 * 4000
        assert ">= 32,000 examples" in message
        assert "impossible" not in message

    def test_the_examples_needed_have_both_ends_where_the_curve_tells_them(self) -> None:
        steep = {500: 0.5, 1000: 0.66, 2000: 0.78, 4000: 0.86}
        points = ", ".join(f"{{examples: {n}, score: {score}}}" for n, score in steep.items())
        message = told("TGT805", plan(value=0.89, points=points, data="{examples: 4000}")).message
        assert "measured with as many examples as can be had (4,000): a score of 0.86" in message
        needed = LearningCurve(list(steep.items())).examples_for(0.89)
        low, high = numbers(message.split("reaching it takes")[1])[:2]
        assert (low, high) == pytest.approx((needed.low, needed.high), rel=0.01)

    def test_the_pilot(self) -> None:
        message = told("TGT805", plan(data="{examples: 4000}", more=", pilot: 0.84")).message
        assert "the pilot of 0.84 is what they lead to" in message

    def test_another_metric_is_compared_without_a_forecast(self) -> None:
        message = told("TGT805", plan(metric="metric: f1, ", data="{examples: 4000}")).message
        assert message.startswith("the target is f1 0.95, and the learning curve was measured with")
        assert "takes" not in message

    @pytest.mark.parametrize(
        "text",
        [
            plan(data="{examples: 10k..33k}"),
            plan(data="{examples: unknown}"),
            plan(value="unknown"),
            plan(more=", pilot: unknown"),
            plan(metric="metric: unknown, "),
            "data: {examples: 4k}\ntarget: {metric: accuracy, value: 0.95, curve: unknown}",
        ],
    )
    def test_of_what_cannot_be_ruled_out(self, text: str) -> None:
        message = told("TGT805", text).message
        assert message.startswith("the target is ")
        assert "inf" not in message
        assert "unknown 0" not in message

    def test_the_flip_point_is_the_optimistic_end(self) -> None:
        rule = find_rule("TGT805")
        assert rule is not None
        (flip,) = flip_points(rule, spec_of(plan()))
        assert (flip.path, flip.operator) == ("target.value", "<=")
        assert flip.value == pytest.approx(optimistic(16_000), abs=1e-3)

    def test_a_thin_curve(self) -> None:
        message = told("TGT806", plan(points=POINTS.split(", {examples: 4000")[0])).message
        assert message.startswith(
            "the learning curve has 3 different numbers of examples, the largest 4"
        )
        assert "a forecast needs 4 over a factor of 8" in message
        message = told("TGT806", plan(points=POINTS.replace("500,", "550,"))).message
        assert (
            "has 4 different numbers of examples, the largest 7.273 times the smallest" in message
        )

    def test_another_metric(self) -> None:
        assert "curve is f1: forecasts" in told("TGT806", plan(metric="metric: f1, ")).message
        minimized = plan(metric="metric: accuracy, direction: minimize, ")
        assert "curve is minimized accuracy:" in told("TGT806", minimized).message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (plan(), "clear"),
        (plan(points=POINTS.split(", {examples: 4000")[0]), "note"),
        (plan(points=POINTS.replace("500,", "550,")), "note"),
        (plan(points=POINTS.replace("500,", "501,")), "clear"),
        (plan(points=POINTS + ", {examples: 4000, score: 0.86}"), "clear"),
        (plan(points=POINTS.replace("2000,", "1000,")), "note"),
        (plan(points=POINTS.replace("500,", "400..600,")), "possible"),
        (plan(points=POINTS.replace("500,", "unknown,")), "possible"),
        (plan(points="{examples: unknown, score: 0.8}"), "note"),
        (plan(metric="metric: f1, "), "note"),
        (plan(metric="metric: auc, "), "note"),
        (plan(metric="metric: rmse, "), "note"),
        (plan(metric="metric: accuracy, direction: minimize, "), "note"),
        (plan(metric=""), "undecided"),
        (plan(metric="", points="{examples: 100, score: 0.8}"), "note"),
        (plan(metric="metric: unknown, "), "possible"),
        (plan(points=""), "not_applicable"),
        ("target: {metric: accuracy, value: 0.9}", "not_applicable"),
        ("target: {metric: f1, value: 0.9, curve: unknown}", "not_applicable"),
    ],
)
def test_curve_too_thin(text: str, expected: str) -> None:
    assert verdict("TGT806", text) == expected


def test_quiet_on_success() -> None:
    """A multilayer perceptron on MNIST, from the curves of lcdb2022: it reached 0.9646."""
    text = """
        task: {type: classification, modality: image}
        data: {examples: 60k}
        target:
          metric: accuracy
          value: 0.96
          curve:
            - {examples: 1024, score: 0.8126}
            - {examples: 2048, score: 0.8468}
            - {examples: 4096, score: 0.886}
            - {examples: 8192, score: 0.9126}
    """
    assert verdict("TGT805", text) == "clear"
    assert verdict("TGT806", text) == "clear"
