"""The people whose data are used or whom the model looks at."""

from __future__ import annotations

from typing import Literal

from mlspeclint.spec.definition.base import (
    Duration,
    Flag,
    Section,
    Text,
    Unknown,
    described,
    duty,
    fact,
)

Practice = Literal[
    "manipulation",
    "social_scoring",
    "crime_prediction_by_profiling",
    "face_scraping",
    "emotion_recognition_at_work_or_school",
    "sensitive_biometric_categorisation",
    "realtime_remote_biometric_identification",
    "intimate_imagery",
]


class People(Section):
    """The people whose data are used or whom the model looks at."""

    personal_data: Flag = fact("Whether the data are about identifiable people.")
    special_categories: Flag = fact("Whether they tell health, belief, origin or the like.")
    biometric: Flag = fact("Whether they are biometric.")
    children: Flag = fact("Whether they are about children.")
    employees_monitored: Flag = fact("Whether employees are watched.")
    infers_sensitive_traits: Flag = fact("Whether sensitive traits are inferred.")
    surprising_to_subjects: Flag = fact("Whether people would be surprised to learn of it.")
    legal_basis: Text = duty("The legal basis of the processing.", examples=["contract"])
    consent: Flag = duty("Whether people have agreed.")
    impact_assessment: Flag = duty("Whether an impact assessment was made.")
    retention: Duration = duty("How long the data are kept.", examples=["2 y"])
    erasure: Flag = duty("Whether data can be erased on request, also from the model.")
    processor_agreement: Flag = duty("Whether there is an agreement with the processor.")
    opt_out: Flag = duty("Whether people can opt out.")
    fairness_tested: Flag = duty("Whether outcomes were compared between groups of people.")
    practices: list[Practice | Unknown] | Unknown = described(
        "Practices that the EU AI Act prohibits. To list one says that no exemption applies."
    )
