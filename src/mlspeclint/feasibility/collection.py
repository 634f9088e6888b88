"""The collection of data: how many examples are missing, and how long they take."""

from __future__ import annotations

from mlspeclint.spec.kinds import DAY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.spec.compiled import Spec
    from mlspeclint.spec.facts import Measure
    from mlspeclint.spec.quantity import Quantity


class CollectionPlan:
    """The examples that are `required`, those that are still `missing`, and the `time` that collecting
    them takes, in seconds."""

    __slots__ = ("missing", "required", "time")

    def __init__(self, required: Measure, missing: Quantity, time: Quantity) -> None:
        self.required = required
        self.missing = missing
        self.time = time


def collection_plan(spec: Spec) -> CollectionPlan:
    """What is still to be collected: `data.required`, else `labels.required`, less `data.examples`."""
    data, labels = spec.data, spec.labels
    by_labels = data.required.absent and not labels.required.absent
    required = labels.required if by_labels else data.required
    missing = (required - data.examples).at_least(0)
    return CollectionPlan(required, missing, missing / data.collection_per_day * DAY)
