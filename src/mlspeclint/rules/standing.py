"""Measured beats prior: how the chosen approach stands against the scores that were measured.

A published comparison says what is usual; a score on the project's own data says what is. So the rules
that rest on priors ask here first whether the approach is ahead, and what it was compared with.
"""

from __future__ import annotations

from mlspeclint.knowledge import LINEAR, algorithm_kind
from mlspeclint.rules.common import DEEP
from mlspeclint.spec.facts import remembered
from mlspeclint.spec.quantity import MAYBE, NO, YES, Quantity, Truth, truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mlspeclint.spec.compiled import Alternative, Spec
    from mlspeclint.spec.facts import Choice

LADDER = ("rules", "statistics", "classical_ml", DEEP)
"""The families, from the simplest one up."""

MOST_ALTERNATIVES = 200
"""Alternatives that are looked at: scores are compared with each other, and a file may hold thousands."""

STANDING_READS = (
    "target.pilot", "target.baseline", "target.baseline_kind", "alternatives", "target.metric",
    "target.direction", "approach.family", "approach.training",
)  # fmt: skip
"""What the questions of this module read."""


def reading(shown: Mapping[str, str], *others: tuple[str, ...]) -> dict[str, str]:
    """The `reads` of a rule: the places that it shows, with their labels, then what else it depends on."""
    reads = dict(shown)
    for paths in others:
        for path in paths:
            reads.setdefault(path, "")
    return reads


class Score:
    """A score of `target.baseline` or of an alternative.

    `measured` tells whether it was really measured, `comparable` whether it is in the target's metric,
    `of` what it is the score of: the kind of the baseline (None when nobody said) or the family of the
    alternative. `algorithm`, `training` and `reason` (why it was not taken) are those of the alternative.
    """

    __slots__ = ("algorithm", "comparable", "measured", "of", "reason", "training", "value")

    def __init__(
        self,
        value: Quantity,
        measured: Truth,
        comparable: Truth,
        of: Choice | None,
        algorithm: Choice | None = None,
        training: Choice | None = None,
        reason: Choice | None = None,
    ) -> None:
        self.value = value
        self.measured = measured
        self.comparable = comparable
        self.of = of
        self.algorithm = algorithm
        self.training = training
        self.reason = reason

    @property
    def counts(self) -> Truth:
        """Whether it was measured, in the target's metric."""
        return self.measured & self.comparable

    def is_(self, *kinds: str) -> Truth:
        """Whether it is of one of these kinds or families; no when nobody said of which it is."""
        return NO if self.of is None else self.of.is_(*kinds)

    def trained(self, *trainings: str) -> Truth:
        """Whether it is of a network that was trained in one of these ways."""
        if self.training is None:
            return NO
        return self.is_(DEEP) & self.training.is_(*trainings)

    @property
    def linear(self) -> Truth:
        """Whether it is of a linear model, or of kind or family statistics."""
        return self.is_("statistics") | uses(self.algorithm, *LINEAR)

    @property
    def naive(self) -> Truth:
        """Whether it is of a constant, or of the last value: what any model should beat."""
        return self.is_("constant") | uses(self.algorithm, "naive_forecast")


def uses(algorithm: Choice | None, *kinds: str) -> Truth:
    """Whether an algorithm is of one of these kinds (see `algorithms.toml`).

    A name that the table does not know is of none of them, nor is an algorithm that nobody named.
    """
    if algorithm is None or algorithm.absent:
        return NO
    return MAYBE if algorithm.text is None else truth(algorithm_kind(algorithm.text) in kinds)


def simpler_families(spec: Spec) -> tuple[str, ...]:
    """The families below that of the chosen approach on the ladder."""
    family = spec.approach.family.text
    return LADDER[: LADDER.index(family)] if family in LADDER else ()


@remembered
def measured_scores(spec: Spec) -> list[Score]:
    """The scores with which the chosen approach can be compared, of the baseline and the alternatives."""
    target = spec.target
    scores = []
    if not target.baseline.absent:
        kind = None if target.baseline_kind.absent else target.baseline_kind
        scores.append(Score(target.baseline, target.baseline.given, YES, kind))
    for each in spec.alternatives[:MOST_ALTERNATIVES]:
        measured = each.status.is_("measured") & each.score.given
        if not measured.impossible:
            comparable = _in_the_target_metric(spec, each)
            scores.append(
                Score(
                    each.score,
                    measured,
                    comparable,
                    each.family,
                    each.algorithm,
                    each.training,
                    each.reason,
                )
            )
    return scores


def _in_the_target_metric(spec: Spec, alternative: Alternative) -> Truth:
    if alternative.metric.absent:
        return YES
    metric = spec.target.metric
    return alternative.metric.is_(metric.text) if metric.text else Truth(None, metric.missing)


def was_measured(spec: Spec, wanted: Callable[[Score], Truth]) -> Truth:
    """Whether a score that is `wanted` was measured. A list of alternatives that is `unknown` may hold it."""
    answer = MAYBE if spec.alternatives.unknown else NO
    for score in measured_scores(spec):
        answer |= score.measured & wanted(score)
    return answer


def untold_baseline(spec: Spec) -> Truth:
    """Whether there is a baseline of which nobody said what it is."""
    target = spec.target
    return target.baseline.given if target.baseline_kind.absent else NO


def better(spec: Spec, score: Quantity, other: Quantity) -> Truth:
    """Whether a score is strictly better than another one, in the target's metric."""
    up = _more_is_better(spec)
    return (up & (score > other)) | (~up & (score < other))


def _more_is_better(spec: Spec) -> Truth:
    target = spec.target
    if target.direction.absent and target.metric.text is None:
        # The direction follows from the metric: that is the fact to ask for.
        return target.metric.is_()
    return target.direction.is_("maximize")


@remembered
def ahead(spec: Spec) -> Truth:
    """Whether the approach was measured strictly better than every measured score of another family.

    It takes at least one such score that is not of a constant. Scores in another metric do not count.
    """
    rivals = _rivals(spec)
    compared = NO
    for rival, counts in rivals:
        compared |= counts & ~rival.naive
    return _or_unknown_alternatives(spec, compared & _best(spec, rivals))


def behind(spec: Spec, score: Score) -> Truth:
    """Whether the approach was measured, and no better than this score.

    It waits for `target.pilot` where nothing of the approach was measured.
    """
    pilot = spec.target.pilot
    measured = Truth(None, pilot.missing) if pilot.absent else NO
    for _, counts in own_scores(spec):
        measured |= counts
    return measured & score.counts & ~_best(spec, [(score, YES)])


@remembered
def above_linear(spec: Spec) -> Truth:
    """Whether the approach was measured strictly better than every measured linear model, and than one
    at least."""
    linear = [(score, score.counts & score.linear) for score in measured_scores(spec)]
    compared = NO
    for _, counts in linear:
        compared |= counts
    return _or_unknown_alternatives(spec, compared & _best(spec, linear))


def _or_unknown_alternatives(spec: Spec, answer: Truth) -> Truth:
    """Alternatives of which nothing is known may hold scores that change any answer."""
    return MAYBE if spec.alternatives.unknown else answer


def _rivals(spec: Spec) -> list[tuple[Score, Truth]]:
    """The scores of other families, and whether each counts."""
    family = spec.approach.family.text or ""
    return [(score, score.counts & ~score.is_(family)) for score in measured_scores(spec)]


@remembered
def own_scores(spec: Spec) -> list[tuple[Quantity, Truth]]:
    """The scores of the approach itself, and whether each counts: the pilot's, and those that may be of the
    same family and training among the alternatives (only deep learning tells its training)."""
    pilot, approach = spec.target.pilot, spec.approach
    own: list[tuple[Quantity, Truth]] = [] if pilot.absent else [(pilot, pilot.given)]
    if approach.family.text != DEEP:
        return own
    training = approach.training.text
    for score in measured_scores(spec):
        if score.training is not None:
            same = score.training.is_(training) if training else approach.training.is_()
            counts = score.counts & score.is_(DEEP) & same
            if not counts.impossible:
                own.append((score.value, counts))
    return own


def _best(spec: Spec, others: list[tuple[Score, Truth]]) -> Truth:
    """Whether one of the approach's own scores is better than all the others that count."""
    best = NO
    for own, counts in own_scores(spec):
        for other, other_counts in others:
            if counts.impossible:
                break
            counts &= ~other_counts | better(spec, own, other.value)
        best |= counts
    return best
