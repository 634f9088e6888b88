"""The collection of data: how many examples are missing, and how long they take."""

from __future__ import annotations

from mlspeclint.spec.kinds import DAY
from mlspeclint.spec.quantity import Quantity, largest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.spec.compiled import Spec
    from mlspeclint.spec.facts import Measure


class CollectionPlan:
    """The examples that are `required`, those that are still `missing`, the `time` that collecting them
    takes, in seconds, and the most that can be `had` by the deadline."""

    __slots__ = ("had", "missing", "required", "time")

    def __init__(self, required: Measure, missing: Quantity, time: Quantity, had: Quantity) -> None:
        self.required = required
        self.missing = missing
        self.time = time
        self.had = had


def collection_plan(spec: Spec) -> CollectionPlan:
    """What is still to be collected: `data.required`, else `labels.required`, less `data.examples`."""
    data, labels = spec.data, spec.labels
    by_labels = data.required.absent and not labels.required.absent
    required = labels.required if by_labels else data.required
    missing = (required - data.examples).at_least(0)
    # What is there already can be had; where nobody said what there is, `obtainable` stands alone.
    had = data.obtainable if data.examples.absent else largest(data.obtainable, data.examples)
    return CollectionPlan(required, missing, missing / data.collection_per_day * DAY, had)
