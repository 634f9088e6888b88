"""The labelling plan: how many labels are missing, what they cost, and how long they take."""

from __future__ import annotations

from mlspeclint.spec.kinds import DAY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.spec.compiled import Spec
    from mlspeclint.spec.quantity import Quantity


class LabellingPlan:
    """What is still to be labelled.

    `missing` items, the `labels` that they need (items x annotators x (1 + review)), their `cost`
    in the budget's currency, and the `time` that making them takes, in seconds.
    """

    __slots__ = ("cost", "labels", "missing", "time")

    def __init__(self, missing: Quantity, labels: Quantity, cost: Quantity, time: Quantity) -> None:
        self.missing = missing
        self.labels = labels
        self.cost = cost
        self.time = time


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


def labelling_plan(spec: Spec) -> LabellingPlan:
    """What is still to be labelled, from what `labels` declares.

    `labels.per_day` counts labels, so that three annotators an item take three times as long. Days
    are those of the calendar.
    """
    labels = spec.labels
    missing = missing_labels(spec)
    # Nobody labels with less than one annotator, so fewer is no way out of a cost either.
    made = missing * labels.per_item.at_least(1) * (1 + labels.review_share)
    return LabellingPlan(missing, made, made * cost_of_a_label(spec), made / labels.per_day * DAY)
