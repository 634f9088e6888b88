"""The data: how much there is, of what kind, and how it changes."""

from __future__ import annotations

from typing import Literal

from mlspeclint.spec.definition.base import (
    Count,
    Duration,
    Flag,
    Fraction,
    Money,
    Positive,
    Section,
    Size,
    Text,
    Unknown,
    assumed,
    described,
    fact,
    required,
)


class DataSource(Section):
    """A file or a table that the data come from."""

    path: Text = required("Where it lies, relative to the spec.", examples=["data/train.csv"])
    format: Text = described("Its format.", examples=["csv"])
    label_column: Text = described("The column that holds the label.")
    unit: Text = described("What one row or file is.", examples=["invoice"])


class Data(Section):
    """The data: how much there is, of what kind, and how it changes."""

    examples: Count = fact("Examples at hand, labelled or not.", unit="examples", examples=["12k"])
    required: Count = fact("Examples that the plan needs.", unit="examples", examples=["200k"])
    features: Count = fact("Inputs of one example.", unit="features", examples=[40])
    classes: Count = fact("Classes to tell apart.", unit="classes", examples=[12])
    smallest_class: Count = fact(
        "Examples of the rarest class; objects in detection.", unit="examples", examples=[150]
    )
    instances: Count = fact("Boxes or objects, in detection.", unit="objects", examples=["25k"])
    unlabelled: Count = fact("Examples without a label.", unit="examples", examples=["1M"])
    groups: Count = fact(
        "People, machines or sites that the examples come from.", unit="groups", examples=[80]
    )
    positive_rate: Fraction = fact("Share of the positive class, of two.", examples=["3%"])
    size: Size = fact("Size on disk.", unit="bytes", examples=["40 GB"])
    hours: Positive = fact("Hours of audio or video.", unit="hours", examples=[960])
    words: Count = fact(
        "Words of text; the source side in translation.", unit="words", examples=["20M"]
    )
    series: Count = fact("Time series.", unit="series", examples=[500])
    history: Duration = fact("How far back the series go.", examples=["3 y"])
    interactions: Count = fact(
        "Interactions of users with items.", unit="interactions", examples=["10M"]
    )
    distinct_ids: Count = fact("Distinct users and items.", unit="ids", examples=["100k"])
    availability: Literal["available", "partial", "to_be_collected"] | Unknown = fact(
        "Whether the data are there."
    )
    obtainable: Count = fact(
        "The most examples that can be had by the deadline.", unit="examples", examples=["50k"]
    )
    collection_cost_each: Money = fact("What collecting one example costs.", examples=["0.40"])
    collection_per_day: Count = fact(
        "Examples that can be collected a day.", unit="examples a day", examples=[500]
    )
    synthetic: Flag = assumed(False, "Whether the training data are made rather than collected.")
    split: Literal["random", "stratified", "grouped", "time"] | Unknown = fact(
        "How training and test data are parted."
    )
    changes_every: Duration = fact(
        "How long until the relation that is learned has visibly moved.", examples=["6 months"]
    )
    sources: list[DataSource] | Unknown = described("The files or tables that the data come from.")
