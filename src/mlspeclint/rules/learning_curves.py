"""TGT: learning curves (reason A1). What a pilot's scores with fewer examples tell about more of them."""

from __future__ import annotations

from math import floor, inf, log10

from mlspeclint.feasibility.learning_curve import (
    LEAST_FACTOR,
    LEAST_POINTS,
    different_sizes,
    enough_points,
    forecasts_of,
)
from mlspeclint.rules.common import count_of, known
from mlspeclint.rules.rule import (
    MEASURED,
    NOTE,
    SILENT,
    WARNING,
    Claim,
    Outcome,
    Told,
    decide,
    rule,
)
from mlspeclint.rules.standing import better
from mlspeclint.spec.quantity import MAYBE, YES, Quantity, Truth, largest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.spec.compiled import Spec

ACCURACY = "accuracy"
"""The metric of the curves on which forecasts are calibrated."""
ANYTHING = Quantity(-inf, inf)
DIGITS = 3
"""Digits to which numbers of examples are told: more would look as if they were known."""


def _covered(spec: Spec) -> Truth:
    """Whether the calibration of the forecasts covers the metric of the scores."""
    metric, direction = spec.target.metric, spec.target.direction
    return direction.is_("maximize") if metric.text == ACCURACY else metric.is_(ACCURACY)


class _Outlook:
    """What a spec's learning curve tells about the examples that the plan can have.

    `planned` is their number, `measured` the score that was reached (the pilot's, else that with most
    examples), `last` the number of examples with which the curve ends, `within` whether the plan has no
    more than that, and `forecasts` the forecasts, None where there can be none.
    """

    __slots__ = ("enough", "forecasts", "last", "measured", "planned", "within")

    def __init__(self, spec: Spec) -> None:
        target, curve = spec.target, spec.target.curve
        examples, obtainable = spec.data.examples, spec.data.obtainable
        if obtainable.absent or examples.absent:
            self.planned: Quantity = examples if obtainable.absent else obtainable
        else:
            self.planned = largest(examples, obtainable)
        self.enough = MAYBE if curve.unknown else enough_points(curve)
        placed = [point for point in curve if point.examples.high < inf]
        self.last = largest(*(point.examples for point in placed)) if placed else ANYTHING
        self.measured: Quantity = target.pilot
        if target.pilot.absent:
            last = max(placed, key=lambda point: point.examples.high, default=None)
            self.measured = last.score if last else ANYTHING
        self.within = self.planned <= self.last
        certain = self.enough.certain and _covered(spec).certain
        self.forecasts = forecasts_of(curve) if certain else None

    def best(self) -> Quantity:
        """The best score to be hoped for: the optimistic end of the forecast, or what was measured."""
        if self.within.certain:
            return self.measured
        if self.forecasts is None:
            return Quantity(-inf, inf, self.planned.missing)
        low, high = self.measured.low, inf
        if self.planned.low > self.last.high:
            nearest = self.forecasts.optimistic_at(self.planned.low)
            if nearest is None:
                # So far ahead nothing is known: a longer curve would tell.
                return Quantity(-inf, inf, self.planned.missing | {"target.curve"})
            low = nearest.low
        if self.planned.high <= self.last.high:
            high = self.measured.high
        else:
            farthest = self.forecasts.optimistic_at(self.planned.high)
            high = inf if farthest is None else farthest.high
        return Quantity(min(low, high), high, self.planned.missing)

    def forecast(self) -> Quantity | None:
        """The forecast of the score, None where there is none."""
        if self.forecasts is None or not self.planned.low > self.last.high:
            return None
        nearest = self.forecasts.score_at(self.planned.low)
        farthest = self.forecasts.score_at(self.planned.high)
        if nearest is None or farthest is None:
            return None
        return Quantity(min(nearest.low, farthest.low), farthest.high)

    def needed(self, value: Quantity) -> Quantity | None:
        """The examples with which a score is reached by the curve, None where nothing tells."""
        if self.forecasts is None or value.low == -inf or value.high == inf:
            return None
        return Quantity(
            _rounded(self.forecasts.examples_for(value.low).low),
            _rounded(self.forecasts.examples_for(value.high).high),
        )


def _rounded(examples: float) -> float:
    if examples in (0, inf):
        return examples
    digits = DIGITS - 1 - floor(log10(examples))
    return float(round(examples, min(digits, 0)))


@rule(
    "TGT805",
    "pilot-too-far-from-target",
    severity=WARNING,
    basis=MEASURED,
    sources=("lcdb2022", "viering2022", "figueroa2012", "mahmood2022"),
    figures=("learning_curves",),
    reads={
        "target.value": "the target",
        "target.curve": "what was measured",
        "data.obtainable": "the most examples that can be had",
        "data.examples": "the examples",
        "target.pilot": "the pilot",
        "target.metric": "",
        "target.direction": "",
    },
    flips=("target.value",),
)
def pilot_too_far_from_target(spec: Spec) -> Outcome:
    """
    ## What it does
    Forecasts from the learning curve (`target.curve`) the score with the examples that there are or can
    be had (the larger of `data.examples` and `data.obtainable`), as an interval that holds 90 % of such
    runs, and warns when even its optimistic end misses the target. It says how many examples would
    reach the target, as an interval that may have no upper end: a curve never shows that a score is
    impossible. Where the curve was measured with that many examples already, nothing is forecast: the
    pilot, or else the score with most examples, is compared with the target. For any family.

    ## Why it matters
    A pilot with a good start is often extended in the hope that more data will do the rest. Curves
    flatten: each doubling gains less than the last one, and what it will gain can be told within a few
    points beforehand, for the price of training with a half, a quarter and an eighth of the data.

    ## Example
    ```yaml
    target:
      metric: accuracy
      value: 0.95
      curve:
        - {examples: 500, score: 0.78}
        - {examples: 1000, score: 0.81}
        - {examples: 2000, score: 0.835}
        - {examples: 4000, score: 0.85}
    data: {examples: 4000, obtainable: 16k}
    ```
    ```yaml
    target:
      metric: accuracy
      value: 0.88
      curve:
        - {examples: 500, score: 0.78}
        - {examples: 1000, score: 0.81}
        - {examples: 2000, score: 0.835}
        - {examples: 4000, score: 0.85}
    data: {examples: 4000, obtainable: 16k}
    ```

    ## What to do instead
    Plan for the number of examples that the finding states; look at what the model gets wrong, since
    better labels or features may gain more than a doubling; lower the target; or ask whether a score
    that can be reached is worth the project.

    ## When it stays quiet
    When the target lies within the interval or was reached; without a curve, and where TGT806 says why
    the curve cannot be used. Beyond eight times the examples of the last point nothing is concluded:
    it is undecided. So it is while the number of examples is not declared.

    ## References
    Intervals from 470 published curves (Mohr and others 2022), checked on datasets that were left out:
    90 to 93 % of the later scores lay inside at 2, 4 and 8 times the examples, and a target that was
    reached was claimed to be missed in at most 5 %. They are curves on tables; a network's (a multilayer
    perceptron's) fell below the interval more often, which makes the warning milder. Fitting such
    curves to tell the examples that are needed: Figueroa and others 2012; Mahmood and others 2022.
    Their shapes: Viering and Loog 2022. Quality of the intervals: `learning_curves.toml`.
    """
    target, curve = spec.target, spec.target.curve
    if not curve and not curve.unknown:
        return SILENT
    outlook = _Outlook(spec)
    value, measured = target.value, outlook.measured
    missed = better(spec, value, measured) & better(spec, value, outlook.best())

    def told() -> Told:
        who = "a score" if target.pilot.absent else "the pilot"
        reached = known(f"{measured:number}", "an unknown score")
        examples = count_of(outlook.planned)
        forecast, needed = outlook.forecast(), outlook.needed(value)
        if outlook.within.certain:
            found = (
                f"the learning curve was measured with as many examples as can be had ({examples}): "
                f"{who} of {reached} is what they lead to"
            )
        elif forecast is None:
            found = f"the learning curve does not tell what {examples} examples lead to"
        else:
            found = (
                f"by the learning curve {examples} examples lead to {forecast:number} (90 % of such "
                f"runs; {reached} was measured)"
            )
        enough = (
            "" if needed is None else f"; reaching it takes {needed:count} examples by the curve"
        )
        return Told(
            f"the target is {target.metric.text or 'a score of'} {known(f'{value}', 'of unknown size')}, "
            f"and {found}{enough}",
            instead="plan for more examples, look for what the model gets wrong, or lower the target",
        )

    return decide(outlook.enough & (_covered(spec) | outlook.within), Claim(missed, WARNING, told))


@rule(
    "TGT806",
    "curve-too-thin",
    severity=NOTE,
    basis=MEASURED,
    sources=("lcdb2022",),
    reads={
        "target.curve": "the learning curve",
        "target.metric": "",
        "target.direction": "",
    },
    flips=(),
)
def curve_too_thin(spec: Spec) -> Outcome:
    """
    ## What it does
    Notes why nothing can be forecast from a learning curve: it has fewer than four numbers of examples,
    the largest is less than eight times the smallest, or the metric is not accuracy.

    ## Why it matters
    Three points lie on many curves, and a curve over a doubling looks straight. The intervals that
    TGT805 works with were checked on curves of accuracy with at least four points over a factor of
    eight; what they are worth elsewhere nobody has measured.

    ## Example
    ```yaml
    target:
      metric: accuracy
      curve:
        - {examples: 2000, score: 0.835}
        - {examples: 4000, score: 0.85}
    ```
    ```yaml
    target:
      metric: accuracy
      curve:
        - {examples: 500, score: 0.78}
        - {examples: 1000, score: 0.81}
        - {examples: 2000, score: 0.835}
        - {examples: 4000, score: 0.85}
    ```

    ## What to do instead
    Train with a half, a quarter and an eighth of the examples too, on the same test set: that takes
    less time than the training with all of them. For another metric, give the curve in accuracy where
    accuracy makes sense.

    ## When it stays quiet
    Without a curve, or with one that suffices. Points with the same number of examples count once.

    ## References
    The requirement is that of the calibration on the curves of Mohr and others 2022 (see TGT805).
    """
    target, curve = spec.target, spec.target.curve
    if not curve:
        return SILENT
    enough, covered = enough_points(curve), _covered(spec)

    def told_thin() -> Told:
        sizes, factor = different_sizes(curve)
        return Told(
            f"the learning curve has {sizes:count} different numbers of examples, the largest "
            f"{factor:positive} times the smallest: a forecast needs {LEAST_POINTS} over a factor of "
            f"{LEAST_FACTOR:g}",
            instead="train with a half, a quarter and an eighth of the examples too",
        )

    def told_metric() -> Told:
        words = "minimized " if target.metric.text == ACCURACY else ""
        return Told(
            f"the metric of the learning curve is {words}{target.metric.text or 'unknown'}: forecasts are "
            f"calibrated on accuracy only, so that nothing is forecast from it",
            instead="give the curve in accuracy, where accuracy makes sense",
        )

    return decide(YES, Claim(~enough, NOTE, told_thin), Claim(~covered, NOTE, told_metric))
