"""What is known without learning: rules in use, and people who know the field."""

from __future__ import annotations

from typing import Literal

from mlspeclint.spec.definition.base import (
    Count,
    Flag,
    Fraction,
    Section,
    Text,
    Unknown,
    described,
    fact,
)


class RulesBaseline(Section):
    """Hand-written rules that do the task today, or could."""

    exists: Flag = fact("Whether there are such rules.")
    coverage: Fraction = fact("Share of the items that the rules decide.", examples=["70%"])
    precision: Fraction = fact("Share of those that they decide rightly.", examples=["96%"])
    rules: Count = fact("How many rules there are.", unit="rules", examples=[25])


class DomainKnowledge(Section):
    """What people know of the field."""

    experts: Literal["none", "some", "available"] | Unknown = fact(
        "Whether people who know the field can help."
    )
    features_known: Flag = fact("Whether it is known which inputs matter.")
    notes: Text = described("What is known.")
