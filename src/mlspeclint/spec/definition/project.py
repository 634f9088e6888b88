"""What the project is, how far it has come, and why it is done."""

from __future__ import annotations

from typing import Literal

from mlspeclint.spec.definition.base import (
    Date,
    Section,
    Slug,
    Text,
    Unknown,
    assumed,
    described,
    duty,
    fact,
    required,
)


class Project(Section):
    """What the project is, how far it has come, and why it is done."""

    name: Slug = required(
        "The project's short name: lower case letters, digits and hyphens, at most 64.",
        examples=["invoice-routing"],
    )
    summary: Text = described("One sentence that says what is built for whom.")
    owner: Text = described("Who answers for the spec.", examples=["team-documents"])
    stage: Literal["idea", "proposal", "pilot", "production", "retired"] | Unknown = assumed(
        "proposal", "How far the project has come."
    )
    motivation: Text = described("Why the project is done, in a sentence.")
    motivation_kind: (
        Literal[
            "business_need",
            "cost_reduction",
            "regulation",
            "research",
            "innovation",
            "competitor_pressure",
        ]
        | Unknown
    ) = fact("What drives the project.")
    kpi: Text = duty(
        "The figure of the business that the project is to move.",
        examples=["share of invoices routed without a person"],
    )
    created: Date = fact("The day on which the plan starts.", examples=["2027-01-11"])
    deadline: Date = fact("The day by which the first release is due.", examples=["2027-09-30"])
