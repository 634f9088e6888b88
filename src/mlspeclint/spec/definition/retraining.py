"""How the model is kept up to date."""

from __future__ import annotations

from mlspeclint.spec.definition.base import (
    Cadence,
    Count,
    Duration,
    Flag,
    Money,
    Section,
    assumed,
    duty,
    fact,
)


class Retraining(Section):
    """How the model is kept up to date."""

    every: Cadence = fact("How often it is retrained.", examples=["weekly"])
    label_wait: Duration = assumed("0 s", "How long the pipeline waits for labels.")
    preparation: Duration = fact("How long preparing the data takes.", examples=["2 h"])
    runs: Count = assumed(1, "Training runs for each retraining.", unit="runs")
    validation: Duration = fact("How long validation takes.", examples=["1 d"])
    deployment: Duration = fact("How long deployment takes.", examples=["4 h"])
    cost_each: Money = fact("What one retraining costs besides computing.", examples=[500])
    monitoring: Flag = duty("Whether drift and quality are watched in production.")
    rollback: Flag = duty("Whether an older model can be put back.")
