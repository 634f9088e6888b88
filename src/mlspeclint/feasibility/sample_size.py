"""How much a number of examples can tell: the precision of a test score, and the events behind a feature."""

from __future__ import annotations

from math import sqrt

from mlspeclint.spec.quantity import Quantity, smallest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

PEAK = (sqrt(5) - 1) / 2
"""Where a^2 (1 - a) / (1 + a) is largest; its mirror image peaks at 1 - PEAK."""


def standard_error_of_share(share: Quantity, examples: Quantity) -> Quantity:
    """The standard error of a share (0..1) that was counted on so many examples.

    Binomial: sqrt(v (1 - v) / n). It is the least that precision and recall have, which are counted on
    a part of the examples only.
    """
    rarer = rarer_share(share)
    variance = Quantity(rarer.low * (1 - rarer.low), rarer.high * (1 - rarer.high), rarer.missing)
    return (variance / examples).root()


def standard_error_of_auc(auc: Quantity, examples: Quantity, positive_rate: Quantity) -> Quantity:
    """The standard error of an area under the ROC curve (0..1), on so many examples of two classes.

    Hanley and McNeil 1982: sqrt((A (1 - A) + (p - 1)(Q1 - A^2) + (n - 1)(Q2 - A^2)) / (p n)) with p
    positives, n negatives, Q1 = A / (2 - A) and Q2 = 2 A^2 / (1 + A). `positive_rate` is the share of
    positives (0..1). Exact for numbers; for ranges an interval that holds all values.
    """
    area = auc.at_least(0.0).at_most(1.0)
    positives = examples * positive_rate
    negatives = examples * (1 - positive_rate)
    even = _hump(area, 0.5, lambda a: a * (1 - a))
    first = _hump(area, 1 - PEAK, lambda a: a * (1 - a) ** 2 / (2 - a))
    second = _hump(area, PEAK, lambda a: a**2 * (1 - a) / (1 + a))
    variance = (
        even / positives / negatives
        + first * (1 - 1 / positives).at_least(0) / negatives
        + second * (1 - 1 / negatives).at_least(0) / positives
    )
    return variance.root()


def rarer_share(share: Quantity) -> Quantity:
    """The smaller of a share (0..1) and the rest, at most a half."""
    share = share.at_least(0.0).at_most(1.0)
    return smallest(share, 1 - share).at_most(0.5)


def _hump(x: Quantity, peak: float, of: Callable[[float], float]) -> Quantity:
    """The values of a function that rises up to `peak` and falls after it."""
    ends = (of(x.low), of(x.high))
    high = of(peak) if x.low <= peak <= x.high else max(ends)
    return Quantity(min(ends), high, x.missing, x.assumed)


def events_per_feature(events: Quantity, features: Quantity) -> Quantity:
    """Events (examples of the rarer class) for each feature that a model may use.

    Van der Ploeg, Austin and Steyerberg 2014 call it events per variable and simulate how many a method
    needs until its discrimination is stable.
    """
    return events / features
