"""What is to be predicted, and from which kind of data."""

from __future__ import annotations

from typing import Literal

from mlspeclint.spec.definition.base import (
    Flag,
    Section,
    Text,
    Unknown,
    assumed,
    described,
    fact,
    required,
)


class Task(Section):
    """What is to be predicted, and from which kind of data."""

    type: (
        Literal[
            "classification",
            "regression",
            "ranking",
            "recommendation",
            "forecasting",
            "anomaly_detection",
            "clustering",
            "object_detection",
            "segmentation",
            "sequence_labelling",
            "generation",
            "summarisation",
            "translation",
            "speech_recognition",
            "retrieval",
            "representation",
            "control",
            "other",
        ]
        | Unknown
    ) = required("What the model does.", examples=["classification"])
    modality: (
        Literal[
            "tabular",
            "text",
            "image",
            "video",
            "audio",
            "time_series",
            "graph",
            "multimodal",
            "other",
        ]
        | Unknown
    ) = required("What kind of data it does it on.", examples=["text"])
    description: Text = described("The task in a sentence.")
    domain: Text = described("The field of application.", examples=["accounting"])
    complexity: Literal["simple", "moderate", "complex"] | Unknown = fact(
        "How hard the problem is for a person who knows the field."
    )
    multilabel: Flag = assumed(False, "Whether an example may have several classes.")
