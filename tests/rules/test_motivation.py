"""HYP001 and HYP002: why it is done, and how anybody will know whether it was worth it."""

from __future__ import annotations

import pytest

from mlspeclint.engine.check import check_file
from mlspeclint.engine.settings import Settings

from .support import REST, TODAY, outcome_of, told, verdict

KPI = "kpi: returns a month"


def project(facts: str, family: str = "deep_learning") -> str:
    return f"project: {{name: example, {facts}}}\napproach: {{family: {family}}}"


class TestBecauseItIsCool:
    @pytest.mark.parametrize(
        ("facts", "expected"),
        [
            ("motivation_kind: innovation", "warning"),
            ("motivation_kind: competitor_pressure", "warning"),
            ("motivation_kind: innovation, stage: idea", "warning"),
            ("motivation_kind: business_need", "clear"),
            ("motivation_kind: cost_reduction", "clear"),
            ("motivation_kind: regulation", "clear"),
            # Research may look around, but not in production.
            ("motivation_kind: research", "clear"),
            ("motivation_kind: research, stage: pilot", "clear"),
            ("motivation_kind: research, stage: production", "warning"),
            ("motivation_kind: research, stage: unknown", "possible"),
            ("motivation_kind: unknown", "possible"),
            ("stage: pilot", "undecided"),
            # A number that shall move is enough, whatever the motive.
            (f"motivation_kind: innovation, {KPI}", "clear"),
            (f"motivation_kind: unknown, {KPI}", "clear"),
            (KPI, "clear"),
            ("motivation_kind: innovation, kpi: unknown", "possible"),
            ("motivation_kind: innovation, kpi: none", "warning"),
            ("motivation_kind: innovation, kpi: TBD", "warning"),
        ],
    )
    def test_verdict(self, facts: str, expected: str) -> None:
        assert verdict("HYP001", project(facts)) == expected

    def test_what_is_missing(self) -> None:
        assert outcome_of("HYP001", project("stage: pilot")).missing == {"project.motivation_kind"}

    @pytest.mark.parametrize(
        ("facts", "motive"),
        [
            ("motivation_kind: innovation", "chosen for innovation"),
            ("motivation_kind: competitor_pressure", "chosen for pressure of competitors"),
            ("motivation_kind: research, stage: production", "chosen for research, in production"),
            ("motivation_kind: unknown", "chosen for fashion"),
        ],
    )
    def test_says_why(self, facts: str, motive: str) -> None:
        message = told("HYP001", project(facts)).message
        assert motive in message
        assert "judgement" in message


class TestNoKpi:
    @pytest.mark.parametrize(
        ("facts", "expected"),
        [
            ("stage: idea", "not_applicable"),
            ("stage: proposal", "note"),
            ("stage: pilot", "note"),
            ("stage: production", "note"),
            ("stage: retired", "not_applicable"),
            ("stage: unknown", "possible"),
            ("owner: somebody", "note"),  # a proposal, by default
            (f"stage: pilot, {KPI}", "clear"),
            ("stage: pilot, kpi: unknown", "possible"),
            ("stage: pilot, kpi: none", "note"),
            ('stage: pilot, kpi: "..."', "note"),
        ],
    )
    def test_verdict(self, facts: str, expected: str) -> None:
        assert verdict("HYP002", project(facts)) == expected


@pytest.mark.parametrize("code", ["HYP001", "HYP002"])
@pytest.mark.parametrize("family", ["rules", "statistics", "classical_ml"])
def test_only_deep_learning_is_asked(code: str, family: str) -> None:
    text = project("stage: production, motivation_kind: innovation", family)
    assert verdict(code, text) == "not_applicable"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ("motivation_kind: innovation", ["HYP001"]),
        ("motivation_kind: business_need", ["HYP002"]),
        # One that is only possible does not hide what is certain.
        ("motivation_kind: unknown", ["HYP001", "HYP002"]),
        (f"motivation_kind: innovation, {KPI}", []),
    ],
)
def test_one_cause_one_finding(facts: str, expected: list[str]) -> None:
    text = project(facts) + "\n"
    rest = "".join(part for key, part in REST.items() if key not in ("project", "approach"))
    report = check_file((rest + text).encode(), "x.yaml", Settings(select=["HYP"], today=TODAY))
    assert sorted(finding.code for finding in report.findings) == expected
