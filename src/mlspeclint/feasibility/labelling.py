"""The labelling plan: how many labels are missing, what they cost, and how long they take."""

from __future__ import annotations

from mlspeclint.spec.kinds import DAY
from mlspeclint.spec.quantity import Quantity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.spec.compiled import Spec


class LabellingPlan:
    """`missing` items, the `labels` that they need (items x annotators x (1 + review)), their `cost` in
    the budget's currency, and the `time` that making them takes, in seconds."""

    __slots__ = ("cost", "labels", "missing", "time")

    def __init__(self, missing: Quantity, labels: Quantity, cost: Quantity, time: Quantity) -> None:
        self.missing = missing
        self.labels = labels
        self.cost = cost
        self.time = time


def cost_of_a_label(spec: Spec) -> Quantity:
    """`labels.cost_each`, or an annotator's time at an annotator's wage where only those are declared."""
    labels = spec.labels
    by_time = not labels.time_each.absent and not labels.wage_per_hour.absent
    if labels.cost_each.absent and by_time:
        return labels.time_each * labels.wage_per_hour / 3600.0
    return labels.cost_each


def labelling_plan(spec: Spec) -> LabellingPlan:
    """What is still to be labelled, from what `labels` declares."""
    labels = spec.labels
    missing = (labels.required - labels.labelled).at_least(0)
    made = missing * labels.per_item * (1 + labels.review_share)
    return LabellingPlan(missing, made, made * cost_of_a_label(spec), made / labels.per_day * DAY)
