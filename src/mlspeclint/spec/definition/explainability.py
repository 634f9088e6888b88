"""Which explanations are needed, by whom, and how they are made."""

from __future__ import annotations

from typing import Literal

from mlspeclint.spec.definition.base import Flag, Section, Text, Unknown, described, duty, fact


class Explainability(Section):
    """Which explanations are needed, by whom, and how they are made."""

    required: Literal["none", "global", "local", "reasons", "full"] | Unknown = duty(
        "What must be explained: nothing, the model as a whole, single decisions, the true reasons of "
        "single decisions, or everything."
    )
    method: Literal["none", "attribution", "surrogate", "counterfactual", "inherent"] | Unknown = (
        fact("How explanations are made.")
    )
    validated: Flag = duty("Whether somebody tested that the explanations are faithful.")
    audience: Literal["developers", "operators", "customers", "regulator"] | Unknown = fact(
        "Whom the explanations are for."
    )
    affects_people: Flag = fact("Whether the model's output touches people's lives.")
    decision: Literal["informs", "recommends", "decides"] | Unknown = fact(
        "What the output does to a decision."
    )
    domain: (
        Literal[
            "biometrics",
            "critical_infrastructure",
            "education",
            "employment",
            "essential_services",
            "credit",
            "insurance",
            "law_enforcement",
            "migration",
            "justice",
            "health",
            "none",
        ]
        | Unknown
    ) = fact("The regulated domain in which it is used.")
    regimes: list[Text] | Unknown = described("Laws and standards that apply.", examples=[["GDPR"]])
