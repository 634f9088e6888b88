"""The labelling plan: how many labels are missing, what they cost, and how long they take."""

from __future__ import annotations

from mlspeclint.spec.facts import remembered
from mlspeclint.spec.kinds import DAY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.spec.compiled import Spec
    from mlspeclint.spec.quantity import Quantity


class LabellingPlan:
    """`missing` items, and the `labels` that they need: items x annotators x (1 + review)."""

    __slots__ = ("_spec", "labels", "missing")

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self.missing = missing_labels(spec)
        # Nobody labels with less than one annotator, so fewer is no way out of a cost either.
        annotators = spec.labels.per_item.at_least(1)
        self.labels: Quantity = self.missing * annotators * (1 + spec.labels.review_share)

    @property
    def cost(self) -> Quantity:
        """What the labels cost, in the budget's currency."""
        return self.labels * cost_of_a_label(self._spec)

    @property
    def time(self) -> Quantity:
        """How long making the labels takes, in seconds of the calendar.

        `labels.per_day` counts labels: three annotators an item take three times as long.
        """
        return self.labels / self._spec.labels.per_day * DAY


def cost_of_a_label(spec: Spec) -> Quantity:
    """What one label of one annotator costs, in the budget's currency: `labels.cost_each`, or an
    annotator's time at an annotator's wage where only those are declared."""
    labels = spec.labels
    by_time = not labels.time_each.absent and not labels.wage_per_hour.absent
    if by_time and not labels.cost_each.given.certain:
        return labels.time_each * labels.wage_per_hour / 3600.0
    return labels.cost_each


def missing_labels(spec: Spec) -> Quantity:
    """Items that are still to be labelled: required less labelled, never below 0."""
    return (spec.labels.required - spec.labels.labelled).at_least(0)


def missing_share(spec: Spec) -> Quantity:
    """The share of the required items that are still to be labelled, in 0..1."""
    return (1 - spec.labels.labelled / spec.labels.required).at_least(0)


@remembered
def labelling_plan(spec: Spec) -> LabellingPlan:
    """What is still to be labelled, from what `labels` declares."""
    return LabellingPlan(spec)
