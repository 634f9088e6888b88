"""The labels: who makes them, how many there are, what they cost and how good they are."""

from __future__ import annotations

from typing import Literal

from mlspeclint.spec.definition.base import (
    Count,
    Duration,
    Flag,
    Fraction,
    Money,
    Section,
    SignedFraction,
    Unknown,
    assumed,
    fact,
)


class Labels(Section):
    """The labels: who makes them, how many there are, what they cost and how good they are."""

    needed: Flag = fact(
        "Whether the task needs labels. Absent, it is true for classification, regression, ranking, "
        "object_detection, segmentation, sequence_labelling and speech_recognition, else false."
    )
    source: (
        Literal[
            "experts",
            "crowd",
            "users",
            "programmatic",
            "by_product",
            "measurement",
            "simulation",
            "model",
            "none",
        ]
        | Unknown
    ) = fact("Who or what makes the labels.")
    proxy: Flag = assumed(False, "Whether the label stands in for what is really wanted.")
    labelled: Count = fact(
        "All labelled items, the test set among them.", unit="items", examples=["12k"]
    )
    required: Count = fact("Labelled items that the plan needs.", unit="items", examples=["200k"])
    cost_each: Money = fact("What one label of one annotator costs.", examples=["0.35..0.50 USD"])
    time_each: Duration = fact("How long one label takes one annotator.", examples=["35 s"])
    wage_per_hour: Money = fact("What an annotator's hour costs.", examples=[18])
    per_item: Count = assumed(1, "Annotators for each item.", unit="annotators")
    review_share: Fraction = assumed(0, "Extra quality control, as a share of the labels.")
    per_day: Count = fact("Labels that can be made a day.", unit="labels a day", examples=[1500])
    agreement: SignedFraction = fact(
        "Agreement of annotators: Krippendorff's alpha or kappa.", examples=[0.74]
    )
    raw_agreement: Fraction = fact(
        "Share of items on which two annotators agree.", examples=["91%"]
    )
    noise: Fraction = fact("Share of wrong labels in the training data.", examples=["5%"])
    test_noise: Fraction = fact("Share of wrong labels in the test data.", examples=["2%"])
    latency: Duration = fact("From an event until its label is known.", examples=["30 d"])
    test_examples: Count = fact("Labelled items of the test set.", unit="items", examples=["2k"])
    test_annotators: Count = fact(
        "Annotators for each item of the test set.", unit="annotators", examples=[3]
    )
