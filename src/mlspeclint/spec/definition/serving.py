"""The model in use, and the manual process that it replaces."""

from __future__ import annotations

from typing import Literal

from mlspeclint.spec.definition.base import (
    Count,
    Duration,
    Fraction,
    Money,
    Positive,
    Section,
    Size,
    Unknown,
    assumed,
    fact,
)


class Serving(Section):
    """The model in use."""

    items_per_month: Count = fact("Items to be handled a month.", unit="items", examples=["50k"])
    latency: Duration = fact("Measured 95th percentile of the response time.", examples=["180 ms"])
    latency_limit: Duration = fact(
        "The longest response time that is acceptable.", examples=["1 s"]
    )
    cost_per_1000: Money = fact("What 1,000 predictions cost.", examples=["0.80"])
    error_rate: Fraction = fact("Share of wrong predictions.", examples=["4%"])
    device: Literal["server", "browser", "mobile", "embedded"] | Unknown = fact("Where it runs.")
    device_memory: Size = fact("Memory of the device.", unit="bytes", examples=["512 MB"])
    model_memory: Size = fact("Memory that the model needs.", unit="bytes", examples=["300 MB"])
    human_review_share: Fraction = assumed(0, "Share of items that a person still looks at.")


class ManualProcess(Section):
    """How the items are handled today, by people."""

    minutes_per_item: Positive = fact("Minutes that one item takes.", unit="minutes", examples=[3])
    wage_per_hour: Money = fact("What an hour of that work costs.", examples=[32])
    cost_per_item: Money = fact(
        "What one item costs, instead of minutes and wage.", examples=["1.60"]
    )
    error_rate: Fraction = fact("Share of items that people get wrong.", examples=["3%"])
    cost_per_error: Money = assumed(0, "What one mistake costs.")
