"""The most useful missing fact: tried out on the undecided rules, best first."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlspeclint.cli.checking import MOST_TRIED
from mlspeclint.engine.finding import FileReport, Undecided
from mlspeclint.engine.next_facts import NextFact, next_facts
from mlspeclint.rules import RULES

from ..running import EXAMPLES
from .support import check


def report_of(text: str, select: str) -> FileReport:
    return check(text, select=select)


def facts(text: str, select: str, tried: int | None = None) -> dict[str, NextFact]:
    return {fact.path: fact for fact in next_facts(report_of(text, select), tried)}


def untried(*undecided: Undecided) -> list[NextFact]:
    report = FileReport("ml-project.yaml")
    report.undecided = list(undecided)
    return next_facts(report)


def lacking(code: str, severity: str, *missing: str) -> Undecided:
    rule = RULES[0].having(code=code, severity=severity)
    return Undecided(rule, missing, "ml-project.yaml", 0)


def test_a_fact_that_settles_a_rule_whatever_it_is() -> None:
    found = facts("serving: {latency: 80 ms}", "CST408")
    assert found["serving.latency_limit"].decides == ("CST408",)
    assert found["serving.latency_limit"].worth == 2


def test_a_fact_that_settles_it_for_some_values() -> None:
    # Upkeep without end is above any budget; without any the other parts are still open.
    text = "budget: {total: 100k, build: 50k, horizon: 1 y}"
    found = facts(text, "CST406")["budget.operations_per_year"]
    assert (found.decides, found.helps, found.worth) == ((), ("CST406",), 2)


def test_a_fact_that_settles_nothing_alone_is_worth_nothing_yet() -> None:
    found = facts("project: {name: example}", "CST408")["serving.latency_limit"]
    assert (found.decides, found.helps, found.worth) == ((), ("CST408",), 0)


def test_an_equal_share_does_not_tell_what_trying_does() -> None:
    text = "data: {availability: available}\nlabels: {needed: false}\nbudget: {total: 100k, build: 50k}"
    tried, shared = facts(text, "CST406"), facts(text, "CST406", tried=0)
    assert set(tried) == set(shared)
    # Operations without end are above any budget; without any the rest is still open.
    assert tried["budget.operations_per_year"].worth == 2
    assert shared["budget.operations_per_year"].worth == pytest.approx(4 / len(shared))


def test_flags_and_options_are_tried_too() -> None:
    text = "explainability: {affects_people: true, decision: decides, audience: customers}"
    found = facts(text, "ETH003,XPL503")
    assert found["people.personal_data"].helps or found["people.personal_data"].decides
    assert found["explainability.domain"].worth > 0


def test_the_best_comes_first() -> None:
    ordered = next_facts(report_of("serving: {latency: 80 ms}", "CST,LBL,RTR"))
    assert [fact.worth for fact in ordered] == sorted((f.worth for f in ordered), reverse=True)
    assert len({fact.path for fact in ordered}) == len(ordered)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.name)
class TestExamples:
    def test_every_missing_fact_is_told_with_all_rules_that_lack_it(self, path: Path) -> None:
        report = check(path.read_text(encoding="utf-8"), whole=True)
        everything = next_facts(report)
        missing = {fact for each in report.undecided for fact in each.missing}
        assert {fact.path for fact in everything} == missing
        for fact in everything:
            lacking_it = {each.code for each in report.undecided if fact.path in each.missing}
            assert {*fact.decides, *fact.helps} == lacking_it
            assert not set(fact.decides) & set(fact.helps)

    def test_a_few_tries_find_one_of_the_best(self, path: Path) -> None:
        report = check(path.read_text(encoding="utf-8"), whole=True)
        everything, few = next_facts(report), next_facts(report, MOST_TRIED)
        assert {fact.path for fact in few} == {fact.path for fact in everything}
        if everything:
            assert few[0].worth >= 0.75 * everything[0].worth


def test_a_fact_that_cannot_be_tried_gets_an_equal_share() -> None:
    ordered = untried(
        lacking("AAA001", "warning", "data.examples", "data.classes"),
        lacking("AAA002", "warning", "target.value"),
    )
    assert [fact.path for fact in ordered] == ["target.value", "data.classes", "data.examples"]
    assert ordered[0].decides == ("AAA002",)
    assert ordered[0].helps == ()
    assert ordered[1].helps == ("AAA001",)
    assert ordered[1].worth == 1


def test_an_error_is_worth_more_than_a_note() -> None:
    ordered = untried(
        lacking("AAA001", "note", "data.classes"),
        lacking("AAA002", "note", "data.classes"),
        lacking("AAA003", "error", "budget.total"),
        lacking("AAA004", "note", "data.classes", "budget.total"),
    )
    assert [fact.path for fact in ordered] == ["budget.total", "data.classes"]
    assert ordered[0].decides == ("AAA003",)
    assert ordered[0].helps == ("AAA004",)


def test_equals_come_in_a_fixed_order() -> None:
    ordered = untried(lacking("AAA001", "note", "b"), lacking("AAA002", "note", "a"))
    assert [fact.path for fact in ordered] == ["a", "b"]


def test_several_documents_add_up() -> None:
    text = """mlspec: 1
project: {name: example}
task: {type: classification, modality: tabular}
approach: {family: deep_learning}
serving: {latency: 80 ms}
"""
    one = next_facts(check(text, select="CST408", whole=True))[0]
    two = next_facts(check(f"{text}---\n{text}", select="CST408", whole=True))[0]
    assert (two.path, two.decides) == (one.path, one.decides)
    assert two.worth == 2 * one.worth


def test_where_nothing_is_undecided_there_is_none() -> None:
    assert next_facts(report_of("labels: {agreement: 0.9}", "LBL303")) == []
