"""The retraining cycle: how long a retraining takes, how often it happens, how old a model gets."""

from __future__ import annotations

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


def handling_of_a_retraining(spec: Spec) -> Quantity:
    """What a retraining takes besides training: preparation, validation, deployment, in seconds."""
    retraining = spec.retraining
    return retraining.preparation + retraining.validation + retraining.deployment


def training_in_a_retraining(spec: Spec) -> Quantity:
    """How long the training runs of one retraining take, one after the other, in seconds.

    As declared: where `compute.training_time` is absent it is anything from 0 up, and 0 for rules
    and for models that are used as they are.
    """
    time = spec.compute.training_time
    if time.absent and trains_nothing(spec):
        return NO_TIME
    return spec.retraining.runs * time


def retraining_cycle(spec: Spec) -> Quantity:
    """From the first step of a retraining until its model is deployed, in seconds.

    Preparation + runs x training time + validation + deployment. An absent part is anything from 0
    up, so that a comparison is certain where the known parts settle it.
    """
    return handling_of_a_retraining(spec) + training_in_a_retraining(spec)


def oldest_knowledge(spec: Spec) -> Quantity:
    """How old what the model in use has learned gets before its successor replaces it, in seconds.

    The wait for labels + the retraining cycle + the time between retrainings; without end where it
    is never retrained. Incremental updates wait for no full training.
    """
    retraining = spec.retraining
    training = training_in_a_retraining(spec)
    if not spec.approach.incremental.impossible:
        share = 0.0 if spec.approach.incremental.certain else 1.0
        training = training * Quantity(0.0, share)
    return retraining.label_wait + handling_of_a_retraining(spec) + training + retraining.every
