"""One cause, one finding: a finding yields to one of equal or stronger outcome that reports the same."""

from __future__ import annotations

import pytest

from .support import check, codes

LABELS_OVER_EVERY_BUDGET = """
    labels: {required: 200k, labelled: 12k, cost_each: 0.50}
    budget: {labelling: 20k, total: 60k, horizon: 1 y, build: %s, operations_per_year: 10k}
    compute: {training_time: 1 h, price_per_hour: 1}
    retraining: {every: never}
    serving: {items_per_month: 1k, cost_per_1000: 1}
"""
COMPUTE_OVER_EVERY_BUDGET = """
    budget: {compute: 20k, total: 60k, horizon: 1 y, build: %s, operations_per_year: 10k}
    compute: {training_time: 100 h, price_per_hour: 100, experiments: 10}
    retraining: {every: never}
    serving: {items_per_month: 1k, cost_per_1000: 1}
"""
BOTH_OVER_EVERY_BUDGET = """
    labels: {required: 200k, labelled: 12k, cost_each: 0.50}
    budget: {total: 60k, horizon: 1 y, build: %s, operations_per_year: 10k}
    compute: {training_time: 100 h, price_per_hour: 100, experiments: 10}
    retraining: {every: never}
    serving: {items_per_month: 1k, cost_per_1000: 1}
"""
RETRAINED_OFTEN = """
    budget: {compute: 500, total: 60k, horizon: 1 y, build: 20k, operations_per_year: 10k}
    compute: {training_time: 10 h, price_per_hour: 10, experiments: 10}
    retraining: {every: %s, cost_each: 0}
"""
STALE = """
    data: {changes_every: %s}
    compute: {training_time: 10 d}
    retraining: {every: 7 d, label_wait: 3 d, preparation: 1 d, validation: 1 d, deployment: 1 d}
"""
REASONS = """
    approach: {family: deep_learning, training: fine_tuning}
    explainability: {required: %s, method: attribution, validated: %s}
"""


@pytest.mark.parametrize(
    ("text", "select", "expected"),
    [
        # The total is over budget because of the labels, and only because of them.
        (LABELS_OVER_EVERY_BUDGET % "20k", "LBL301,CST406", ["LBL301"]),
        # With 60k for people it is over budget without them, too.
        (LABELS_OVER_EVERY_BUDGET % "60k", "LBL301,CST406", ["CST406", "LBL301"]),
        # Alone, there is nothing to yield to.
        (LABELS_OVER_EVERY_BUDGET % "20k", "CST406", ["CST406"]),
        (COMPUTE_OVER_EVERY_BUDGET % "20k", "CST401,CST406", ["CST401"]),
        (COMPUTE_OVER_EVERY_BUDGET % "60k", "CST401,CST406", ["CST401", "CST406"]),
        # Both parts are reported: without the two 30k are affordable, 70k are not.
        (BOTH_OVER_EVERY_BUDGET % "20k", "LBL301,CST401,CST406", ["CST401", "LBL301"]),
        (BOTH_OVER_EVERY_BUDGET % "60k", "LBL301,CST401,CST406", ["CST401", "CST406", "LBL301"]),
        # 10 runs until the release cost 1k and more; what 365 retrainings cost is another cause.
        (RETRAINED_OFTEN % "yearly", "CST401,CST406", ["CST401"]),
        (RETRAINED_OFTEN % "daily", "CST401,CST406", ["CST401", "CST406"]),
        # 10 d of training are the cause: without them 3 + 3 + 7 = 13 d are no more than a month.
        (STALE % "1 month", "RTR601,RTR605", ["RTR601"]),
        (STALE % "12 d", "RTR601,RTR605", ["RTR601", "RTR605"]),
        (STALE % "1 month", "RTR605", []),
        (STALE % "20 d", "RTR605", ["RTR605"]),
        # Reasons are not reached whatever was tested.
        (REASONS % ("reasons", "false"), "XPL501,XPL502", ["XPL501"]),
        (REASONS % ("local", "false"), "XPL501,XPL502", ["XPL501"]),
        (REASONS % ("local", "false"), "XPL502", ["XPL502"]),
        (REASONS % ("local", "true"), "XPL501,XPL502", []),
        (
            "explainability: {affects_people: true, decision: decides, domain: credit}",
            "XPL503,XPL504",
            ["XPL503"],
        ),
        (
            "explainability: {affects_people: true, decision: decides, domain: none}",
            "XPL503,XPL504",
            ["XPL504"],
        ),
    ],
)
def test_who_yields(text: str, select: str, expected: list[str]) -> None:
    assert sorted(codes(check(text, select=select))) == expected


def test_a_conflict_does_not_yield_to_what_is_only_possible() -> None:
    # Whether the domain is regulated is unknown; that people are flagged is certain.
    report = check(
        "explainability: {affects_people: true, decision: decides, domain: unknown}",
        select="XPL503,XPL504",
    )
    assert {each.code: each.outcome for each in report.findings} == {
        "XPL503": "possible",
        "XPL504": "conflict",
    }
