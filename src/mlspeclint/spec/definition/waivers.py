"""Findings that the team has decided to live with, for a time."""

from __future__ import annotations

from mlspeclint.spec.definition.base import Date, Section, Text, described, required


class Waiver(Section):
    """A finding that the team has decided to live with."""

    rule: Text = required("The rule, by its code or its name.", examples=["LBL301"])
    reason: Text = required("Why it is accepted.")
    by: Text = required("Who decided it.")
    until: Date = required("The last day on which it holds.", examples=["2027-06-30"])
    at: Text = described(
        "The path of a field: only findings there are waived.", examples=["labels"]
    )
