"""The retraining cycle: how long a retraining takes, how often it happens, and how old a model gets."""

from __future__ import annotations

from mlspeclint.spec.kinds import YEAR
from mlspeclint.spec.quantity import Quantity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.spec.compiled import Spec


def retrainings_per_year(spec: Spec) -> Quantity:
    """How many retrainings a year has: 1 year / `retraining.every`, 0 for `never`."""
    return YEAR / spec.retraining.every


def training_in_a_retraining(spec: Spec) -> Quantity:
    """How long the training runs of one retraining take, one after the other, in seconds."""
    return spec.retraining.runs * spec.compute.training_time


def handling_of_a_retraining(spec: Spec) -> Quantity:
    """What a retraining takes besides training: preparation, validation and deployment, in seconds."""
    retraining = spec.retraining
    return retraining.preparation + retraining.validation + retraining.deployment


def retraining_cycle(spec: Spec) -> Quantity:
    """From the first step of a retraining until its model is deployed, in seconds:
    preparation + runs x training time + validation + deployment.

    An absent part is anything from 0 up, so that a comparison is certain where the known parts settle it.
    """
    return handling_of_a_retraining(spec) + training_in_a_retraining(spec)
