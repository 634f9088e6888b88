"""Fingerprints: the same under edits elsewhere, another one when the facts that a rule read change."""

from __future__ import annotations

import pytest

from .support import check, finding

PLAN = """
labels: {required: 200k, labelled: 12k, cost_each: 0.50}
budget: {labelling: 20k}
serving: {latency: 80 ms}
"""


def fingerprint(text: str, code: str = "LBL301", **how: str) -> str:
    return finding(check(text, **how), code).fingerprint  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "edited",
    [
        f"# a comment\n\n{PLAN}",
        PLAN.replace("80 ms", "90 ms"),
        f"{PLAN}people: {{personal_data: true}}\n",
        PLAN.replace("200k", "200_000").replace("12k", "12000").replace("0.50", "0.5"),
        "budget:\n  labelling: 20k  # agreed\n"
        "labels:\n  cost_each: 0.5 USD\n  labelled: 12k\n  required: 0.2M\n",
    ],
    ids=["comment", "other fact", "other section", "spelling", "order"],
)
def test_edits_elsewhere_leave_it(edited: str) -> None:
    assert fingerprint(edited) == fingerprint(PLAN)


@pytest.mark.parametrize(
    "edited",
    [
        PLAN.replace("200k", "200_001"),
        PLAN.replace("0.50", "0.50..0.60"),
        PLAN.replace("cost_each: 0.50", "cost_each: 0.50, per_item: 2"),
        PLAN.replace("20k}", "21k}"),
        f"project: {{name: another}}\n{PLAN}",
    ],
    ids=["number", "range", "new fact", "budget", "project"],
)
def test_other_facts_change_it(edited: str) -> None:
    assert fingerprint(edited) != fingerprint(PLAN)


def test_the_name_of_the_file_does_not_matter() -> None:
    assert fingerprint(PLAN, name="./ml-project.yaml") == fingerprint(PLAN, name="a/b.yaml")


def test_without_the_name_of_the_project_that_of_the_file_does() -> None:
    broken = "project: {stage: pilot}\nserving: {latency: 3}\n"
    first = fingerprint(broken, "SPC006", name="a.yaml")
    assert first == fingerprint(f"# moved\n{broken}", "SPC006", name="a.yaml")
    assert first != fingerprint(broken, "SPC006", name="b.yaml")


def test_what_a_list_holds_is_a_fact() -> None:
    with_reason = "alternatives: [{family: classical_ml, status: measured, reason: slow}]\n"
    with_another = with_reason.replace("slow", "too slow")
    assert fingerprint(with_reason, "DAT101") != fingerprint(with_another, "DAT101")
    spelt_out = "alternatives:\n  - reason: slow\n    status: measured\n    family: classical_ml\n"
    assert fingerprint(with_reason, "DAT101") == fingerprint(spelt_out, "DAT101")


def test_findings_of_a_report_can_be_told_apart() -> None:
    report = check(
        """
        labels: {required: 200k, labelled: 12k, cost_each: 0.50, agreement: 0.5, x: 1, y: 2}
        budget: {labelling: 20k, z: 3}
        """
    )
    fingerprints = [each.fingerprint for each in report.findings]
    assert len(fingerprints) > 5
    assert len(set(fingerprints)) == len(fingerprints)


def test_problems_of_the_shape_have_one_too() -> None:
    text = "serving: {latency: 3}\n"
    assert fingerprint(text, "SPC006") == fingerprint(f"labels: {{noise: 3%}}\n{text}", "SPC006")
