"""The machines that train the model."""

from __future__ import annotations

from typing import Literal

from mlspeclint.spec.definition.base import (
    Count,
    Duration,
    Flag,
    Fraction,
    Money,
    Positive,
    Section,
    Unknown,
    assumed,
    fact,
)


class Compute(Section):
    """The machines that train the model."""

    accelerator: (
        Literal["none", "T4", "L4", "A10G", "V100", "A100", "H100", "H200", "other"] | Unknown
    ) = fact("The accelerator at hand.")
    accelerators: Count = assumed(1, "Accelerators that a run uses.", unit="accelerators")
    owned: Flag = assumed(False, "Whether they belong to the organisation.")
    price_per_hour: Money = fact("Price of one accelerator's hour.", examples=["2.50"])
    training_time: Duration = fact("How long one training run takes.", examples=["12 h"])
    training_flops: Positive = fact(
        "Floating-point operations of one training run.", unit="FLOP", examples=[3e18]
    )
    experiments: Count = assumed("1..20", "Training runs until the release.", unit="runs")
    utilisation: Fraction = fact("Share of the peak FLOP/s that is reached.", examples=["35%"])
