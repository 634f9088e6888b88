"""What a run adds up to: counts and coverage."""

from __future__ import annotations

from mlspeclint.engine.summary import Counts

from .support import check


def test_facts_are_those_that_the_rules_at_hand_read() -> None:
    # CST408 reads two facts, one is declared; CST407 reads two, neither is.
    report = check("serving: {latency: 80 ms}", select="CST408")
    assert (report.declared, report.relevant) == (1, 2)
    assert [(each.code, each.missing) for each in report.undecided] == [
        ("CST408", ("serving.latency_limit",))
    ]
    report = check("serving: {latency: 80 ms}", select="CST407,CST408")
    assert (report.declared, report.relevant) == (1, 4)


def test_unknown_is_declared() -> None:
    report = check("serving: {latency: 80 ms, latency_limit: unknown}", select="CST408")
    assert (report.declared, report.relevant) == (2, 2)
    assert report.undecided == []


def test_facts_of_rules_that_do_not_apply_do_not_count() -> None:
    # DAT113 is about forecasts and time series.
    report = check("data: {split: random, groups: 3}", select="RTR606")
    assert report.declared <= report.relevant
    nothing = check("approach: {family: rules}", select="DAT101,DAT102,DAT104,CST410")
    assert (nothing.declared, nothing.relevant, nothing.undecided) == (0, 0, [])


def test_counts() -> None:
    report = check(
        """
        serving: {latency: 80 ms, latency_limit: 50 ms, model_memory: 1..3 GB, device_memory: 2 GB}
        labels: {agreement: 0.7}
        waivers: [{rule: LBL303, reason: known, by: me, until: 2027-11-21}]
        """,
        select="CST407,CST408,LBL303",
    )
    counts = Counts(report.findings)
    assert (counts.errors, counts.warnings, counts.notes) == (0, 1, 0)
    assert (counts.possible, counts.waived) == (1, 1)


def test_coverage_adds_up_over_documents() -> None:
    one = check("serving: {latency: 80 ms}", select="CST408")
    text = """mlspec: 1
project: {name: example}
task: {type: classification, modality: tabular}
approach: {family: deep_learning}
serving: {latency: 80 ms}
"""
    two = check(f"{text}---\n{text}", select="CST408", whole=True)
    assert (two.declared, two.relevant) == (2 * one.declared, 2 * one.relevant)
    assert [each.document for each in two.undecided] == [0, 1]
