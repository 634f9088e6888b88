"""The retraining cycle: how long a retraining takes, how often it happens, how old a model gets."""

from __future__ import annotations

from math import inf

from mlspeclint.feasibility.training_compute import trains_nothing
from mlspeclint.spec.kinds import YEAR
from mlspeclint.spec.quantity import Quantity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.spec.compiled import Spec

NO_TIME = Quantity(0.0, 0.0)


def retrainings_per_year(spec: Spec) -> Quantity:
    """How many retrainings a year has: 1 year / `retraining.every`, 0 for `never`."""
    return YEAR / spec.retraining.every


def training_in_a_retraining(spec: Spec) -> Quantity:
    """How long the training runs of one retraining take, one after the other, in seconds.

    As declared: where `compute.training_time` is absent it is anything from 0 up, and 0 for rules
    and for models that are used as they are.
    """
    time = spec.compute.training_time
    if time.absent and trains_nothing(spec):
        return NO_TIME
    return spec.retraining.runs * time


def parts_of_a_retraining(spec: Spec) -> dict[str, Quantity]:
    """What happens one after the other in a retraining, by name, in seconds.

    An absent part is anything from 0 up, so that a comparison is certain where the known parts
    settle it.
    """
    retraining = spec.retraining
    return {
        "preparation": retraining.preparation,
        "training": training_in_a_retraining(spec),
        "validation": retraining.validation,
        "deployment": retraining.deployment,
    }


def retraining_cycle(spec: Spec) -> Quantity:
    """From the first step of a retraining until its model is deployed, in seconds."""
    return sum(parts_of_a_retraining(spec).values(), NO_TIME)


def ageing(spec: Spec) -> dict[str, Quantity]:
    """What adds up to the age of a model's knowledge when its successor arrives, in seconds.

    The wait for labels, the retraining and the time between two, which has no end where the model
    is never retrained. Incremental updates wait for no full training.
    """
    retraining, incremental = spec.retraining, spec.approach.incremental
    parts = parts_of_a_retraining(spec)
    if not incremental.impossible:
        parts["training"] *= Quantity(0.0, 0.0 if incremental.certain else 1.0)
    return {"wait for labels": retraining.label_wait, **parts, "interval": retraining.every}


def oldest_knowledge(spec: Spec) -> Quantity:
    """How old what the model in use has learned gets, in seconds (the sum of `ageing`)."""
    every = spec.retraining.every
    # Without end it is so whatever the other parts are, declared or not.
    if every.low == inf:
        return every
    return sum(ageing(spec).values(), NO_TIME)
