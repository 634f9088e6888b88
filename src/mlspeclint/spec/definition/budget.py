"""The money: what may be spent, on what, and for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from mlspeclint.spec.currencies import CURRENCIES
from mlspeclint.spec.definition.base import Duration, Money, Section, Unknown, assumed, duty, fact

if TYPE_CHECKING:
    Currency = str
else:
    Currency = Literal[tuple(sorted(CURRENCIES))]


class Budget(Section):
    """The money: what may be spent, on what, and for how long."""

    currency: Currency | Unknown = assumed("USD", "The currency of all amounts (ISO 4217).")
    horizon: Duration = assumed("1..3 y", "The time over which costs are added up.")
    total: Money = fact("All that may be spent over the horizon.", examples=["250k"])
    labelling: Money = fact("What may be spent on labels.", examples=["20k"])
    compute: Money = fact("What may be spent on computing until the release.", examples=["15k"])
    operations_per_year: Money = duty(
        "What may be spent a year on running and keeping the model.", examples=["30k"]
    )
    build: Money = fact("People's cost until the first release.", examples=["120k"])
