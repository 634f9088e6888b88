"""The approach that was chosen, and those that were weighed against it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from mlspeclint.spec.definition.base import (
    Count,
    Duration,
    Flag,
    Money,
    Number,
    Section,
    Text,
    Unknown,
    assumed,
    described,
    duty,
    fact,
    required,
)

Metric = Literal[
    "accuracy",
    "balanced_accuracy",
    "precision",
    "recall",
    "f1",
    "auc",
    "average_precision",
    "rmse",
    "mae",
    "mape",
    "smape",
    "mase",
    "r2",
    "wer",
    "cer",
    "bleu",
    "rouge",
    "map",
    "iou",
    "dice",
    "ndcg",
    "recall_at_k",
    "top5_accuracy",
    "kappa",
    "log_loss",
    "sensitivity_at_specificity",
    "other",
]
Family = Literal["rules", "statistics", "classical_ml", "deep_learning"]
Training = Literal[
    "from_scratch", "fine_tuning", "frozen_features", "few_shot", "zero_shot", "prompting"
]
TRAINED_FAMILIES = ("deep_learning", "unknown")
"""The families of which `training` is told."""


class BaseModel(Section):
    """The pretrained model that is built upon."""

    name: Text = described("Its name and version.", examples=["distilbert-base-uncased"])
    licence: Text = described("The licence of its weights.", examples=["Apache-2.0"])
    source_domain: Text = described("What it was trained on.", examples=["English Wikipedia"])
    same_domain: Flag = fact("Whether it was trained on data like the project's.")
    licence_reviewed: Flag = duty("Whether somebody has checked that its licence allows the use.")
    bias_reviewed: Flag = duty("Whether somebody has checked it for bias and blind spots.")
    tabular_foundation_model: Flag = assumed(
        False, "Whether it is a foundation model for tables (TabPFN and the like)."
    )


class _Trained(Section):
    """What has a family, and a training where the family is deep learning."""

    @model_validator(mode="after")
    def _training_fits_family(self) -> Any:
        family, training = getattr(self, "family", None), getattr(self, "training", None)
        if training is not None and family not in TRAINED_FAMILIES:
            raise PydanticCustomError("training", "training is told of deep learning only")
        return self


class Approach(_Trained):
    """The approach that was chosen."""

    family: Family = required("The family of methods.", examples=["deep_learning"])
    training: Training | Unknown = fact("How the network is trained. For deep learning only.")
    algorithm: Text = fact("The method by its usual name.", examples=["gradient_boosting"])
    architecture: Text = described("The network's architecture.", examples=["ResNet-50"])
    parameters: Count = fact("Parameters of the network.", unit="parameters", examples=["66M"])
    adapter: Literal["lora", "none"] | Unknown = assumed(
        "none", "Whether only a small adapter is trained."
    )
    hosting: Literal["own", "vendor"] | Unknown = fact("Who runs the model.")
    incremental: Flag = assumed(False, "Whether it is updated without training from scratch.")
    base_model: BaseModel | Unknown = described("The pretrained model that is built upon.")


class Alternative(_Trained):
    """An approach that was measured, considered or rejected."""

    family: Family | Unknown = required("The family of methods.", examples=["classical_ml"])
    training: Training | Unknown = fact("How the network is trained. For deep learning only.")
    algorithm: Text = fact("The method by its usual name.", examples=["logistic_regression"])
    status: Literal["measured", "considered", "rejected"] | Unknown = fact("What became of it.")
    score: Number = fact("Its score in `metric`.", examples=[0.91])
    metric: Metric | Unknown = fact("The metric of its score; `target.metric` when absent.")
    training_time: Duration = fact("How long one training run takes.", examples=["20 min"])
    cost: Money = fact("What it costs until the first release.", examples=["5k"])
    reason: Text = fact("Why it was not taken.")
