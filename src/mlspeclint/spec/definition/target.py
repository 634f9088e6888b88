"""What is to be reached, and what it is compared with."""

from __future__ import annotations

from typing import Literal

from mlspeclint.spec.definition.approach import Metric
from mlspeclint.spec.definition.base import (
    Count,
    Flag,
    Number,
    Section,
    Unknown,
    described,
    duty,
    fact,
    required,
)


class CurvePoint(Section):
    """The score that was measured with some number of training examples."""

    examples: Count = required("Training examples.", unit="examples", examples=[4000])
    score: Number = required("The score with them, in `target.metric`.", examples=[0.83])


class Target(Section):
    """What is to be reached, and what it is compared with."""

    metric: Metric | Unknown = fact("The metric of all scores here.", examples=["f1"])
    direction: Literal["maximize", "minimize"] | Unknown = fact(
        "Whether more is better. Absent, it follows from the metric."
    )
    value: Number = fact("The score that is wanted.", examples=[0.92])
    expected_gain: Number = fact("The gain over the baseline that is expected.", examples=[0.03])
    baseline: Number = fact("The score of the baseline.", examples=[0.86])
    baseline_kind: (
        Literal[
            "constant",
            "rules",
            "statistics",
            "classical_ml",
            "current_process",
            "zero_shot",
            "simulation",
            "human",
            "previous_model",
        ]
        | Unknown
    ) = fact("What the baseline is.")
    human: Number = fact("The score of people.", examples=[0.95])
    state_of_the_art: Number = fact("The best published score on such a task.", examples=[0.94])
    pilot: Number = fact("The score of the chosen approach, measured.", examples=[0.9])
    pilot_examples: Count = fact(
        "Training examples of the pilot.", unit="examples", examples=["8k"]
    )
    curve: list[CurvePoint] | Unknown = described(
        "Scores with different numbers of training examples."
    )
    ground_truth: Literal["annotators", "measurement", "outcome"] | Unknown = fact(
        "What tells whether a prediction was right."
    )
    external_test: Flag = duty(
        "Whether it was tested on data from another site, period or population."
    )
