"""How right annotators are, told from how often they agree: what a score on their labels can reach.

Nobody knows which labels are wrong, but people who agree seldom cannot all be right. Every annotator
is taken to be right with the same chance, whatever the example and whatever the others say, and wrong
ones to spread evenly over the other classes. A perfect model then scores as high as the labels are
right, and no higher.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil, comb, factorial, floor, sqrt

from mlspeclint.spec.quantity import Quantity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

MOST_CLASSES = 1_000_000
"""Stands for any larger number: with more classes two wrong answers never meet."""
MOST_ANNOTATORS = 25
"""With more annotators for an item their majority counts as right."""


def annotator_ceiling(raw_agreement: Quantity, classes: Quantity) -> Quantity:
    """The chance (0..1) that one annotator is right, and so the accuracy that one's labels can show.

    Solves raw_agreement = q^2 + (1 - q)^2 / (classes - 1) for q >= 1 / classes: two annotators agree
    when both are right, or wrong in the same way. `raw_agreement` (0..1) is the share of examples on
    which two of them agree, without correction for chance. Agreement that is no better than chance
    gives 1 / classes.
    """
    return _over_classes(raw_agreement, classes, right_chance)


def majority_ceiling(raw_agreement: Quantity, classes: Quantity, annotators: Quantity) -> Quantity:
    """The chance (0..1) that the majority of several annotators is right; ties are settled by lot.

    Each of them is right as often as `annotator_ceiling` says. Two by lot are as good as one. Above
    MOST_ANNOTATORS it is 1, unless they agree by chance only.
    """
    few, many = annotators.at_least(1).low, annotators.at_least(1).high
    low = _over_classes(
        raw_agreement, classes, lambda a, m: majority_chance(right_chance(a, m), m, few)
    )
    high = _over_classes(
        raw_agreement, classes, lambda a, m: majority_chance(right_chance(a, m), m, many)
    )
    return Quantity(low.low, high.high, low.missing | annotators.missing)


def right_chance(agreement: float, classes: int) -> float:
    """The chance that an annotator is right: the root above 1 / classes of the quadratic equation."""
    root = sqrt(max((classes - 1) * (classes * agreement - 1), 0.0))
    return min((1 + root) / classes, 1.0)


@lru_cache(maxsize=1000)
def majority_chance(right: float, classes: int, annotators: float) -> float:
    """The chance that the class with the most votes is the true one, if each vote is with that chance.

    Adds up how many votes the true class gets, and how many other classes get as many.
    """
    if right * classes <= 1 + 1e-12:
        return 1 / classes
    if annotators > MOST_ANNOTATORS:
        return 1.0
    people = int(annotators)
    chance = 0.0
    for votes in range(1, people + 1):
        wrong = people - votes
        ways = comb(people, votes) * right**votes * (1 - right) ** wrong
        for tied in range(wrong // votes + 1):
            chance += ways * _tied_chance(wrong, classes - 1, votes, tied) / (tied + 1)
    return min(chance, 1.0)


def _tied_chance(wrong: int, others: int, votes: int, tied: int) -> float:
    """The chance that so many wrong votes, spread over the other classes, leave exactly `tied` of these
    with `votes` votes, and the rest with fewer."""
    left = wrong - tied * votes
    # Sequences of votes are counted by their exponential generating function.
    fewer = _coefficient([1 / factorial(i) for i in range(votes)], others - tied, left)
    sequences = comb(others, tied) / float(factorial(votes)) ** tied * fewer * factorial(wrong)
    return sequences / float(others) ** wrong


def _coefficient(series: list[float], power: int, degree: int) -> float:
    """The coefficient of x^degree in a power of a series that begins with 1 (Euler's recurrence)."""
    found = [1.0]
    for k in range(1, degree + 1):
        terms = range(1, min(k, len(series) - 1) + 1)
        found.append(sum((i * (power + 1) - k) * series[i] * found[k - i] for i in terms) / k)
    return found[degree] if power >= 0 else 0.0


def _over_classes(
    agreement: Quantity, classes: Quantity, chance: Callable[[float, int], float]
) -> Quantity:
    """All values of a chance that grows with the agreement.

    With the number of classes it falls as 1 / classes while the agreement is no better than chance, and
    grows afterwards: it is lowest at an end of the range, or where agreement is what chance gives.
    """
    agreement = agreement.at_least(0.0).at_most(1.0)
    ends = [int(max(2, min(end, MOST_CLASSES))) for end in (classes.low, classes.high)]
    turn = min(1 / agreement.low, MOST_CLASSES) if agreement.low else MOST_CLASSES
    turns = [each for each in (floor(turn), ceil(turn)) if ends[0] < each < ends[1]]
    return Quantity(
        min(chance(agreement.low, each) for each in ends + turns),
        max(chance(agreement.high, each) for each in ends),
        agreement.missing | classes.missing,
    )
