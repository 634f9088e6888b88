"""Declared rules: what they find, what they say, and what is refused when a policy is read."""

from __future__ import annotations

import json
import time
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies as st

from mlspeclint.engine.check import check_file
from mlspeclint.engine.finding import FileReport, Finding, Run
from mlspeclint.engine.next_facts import next_facts
from mlspeclint.engine.settings import Catalogue, Policy, Settings
from mlspeclint.policy.cel import ExpressionProblem
from mlspeclint.policy.declared import (
    BUILT_IN,
    KEYS,
    MOST_EXAMPLES,
    MOST_RULES,
    declared,
    declared_rules,
    together,
)
from mlspeclint.policy.messages import Message
from mlspeclint.policy.problem import ConfigProblem
from mlspeclint.report import full, sarif
from mlspeclint.report import json as json_report
from mlspeclint.report.catalogue import catalogue
from mlspeclint.report.pages import explained
from mlspeclint.report.style import Style
from mlspeclint.rules import RULES
from mlspeclint.rules.rule import Rule

from ..engine.support import complete
from ..rules.support import TODAY, spec_of
from ..rules.test_reads import random_specs

LABELS = {
    "code": "ACME101",
    "name": "labels-in-house",
    "severity": "error",
    "message": "{labels.required - labels.labelled} labels at {labels.cost_each} are above "
    "{budget.labelling}",
    "when": "(labels.required - labels.labelled) * labels.cost_each > budget.labelling",
    "instead": "ask the team of {project.owner}",
    "docs": "https://ml.acme.example/rules#ACME101",
    "labels": {"labels.required": "what is wanted"},
}
OWNER = {
    "code": "ACME102",
    "name": "an-owner",
    "severity": "warning",
    "message": "nobody answers for it",
    "when": "!has(project.owner)",
}
PLAN = """
project: {name: x, owner: vision}
labels:
  required: 10k
  labelled: 2k
  cost_each: 0.5..1
budget:
  labelling: 3k
"""


def settings(*rules: Rule, **rest: Any) -> Settings:
    """The settings of a run in which these rules are declared, and no others checked."""
    everything = (*RULES, *rules)
    names = Catalogue(everything)
    chosen = frozenset(rule.code for rule in rules)
    return Settings(policy=Policy(names, everything, chosen), today=TODAY, **rest)


def report(text: str, *entries: dict[str, Any]) -> FileReport:
    rules = declared_rules(entries, "acme.toml")
    return check_file(complete(text).encode(), "ml-project.yaml", settings(*rules))


def finding(text: str, entry: dict[str, Any]) -> Finding:
    (found,) = report(text, entry).findings
    return found


def outcome(text: str, **changes: object) -> str:
    (rule,) = declared_rules([{**LABELS, "labels": {}, **changes}], "acme.toml")
    return rule.check(spec_of(text)).kind


class TestFindings:
    def test_a_conflict_says_what_clears_it(self) -> None:
        found = finding(PLAN, LABELS)
        assert (found.code, found.name, found.severity) == ("ACME101", "labels-in-house", "error")
        assert found.message == "8,000 labels at 0.5..1 USD are above 3k USD"
        assert found.instead == "ask the team of vision"
        assert found.policy == ("declared in acme.toml",)
        assert [flip.text for flip in found.clears_when] == [
            "labels.required <= 5k",
            "labels.labelled >= 7k",
            "labels.cost_each <= 0.375 USD",
            "budget.labelling >= 8k USD",
        ]

    def test_places_are_labelled(self) -> None:
        found = finding(PLAN, LABELS)
        assert (found.path, found.label) == ("labels.required", "what is wanted")
        assert {each.path: each.label for each in found.related} == {
            "labels.labelled": "labels labelled",
            "labels.cost_each": "labels cost each",
            "budget.labelling": "budget labelling",
        }

    def test_a_duty_that_is_done_clears_it(self) -> None:
        when = "people.personal_data && !people.opt_out && data.examples > 1000"
        text = "data: {examples: 5k}\npeople: {personal_data: true}"
        found = finding(text, {**OWNER, "when": when})
        assert [flip.text for flip in found.clears_when] == [
            "people.opt_out is true",
            "data.examples <= 1k",
        ]

    def test_what_a_range_leaves_open_is_a_note(self) -> None:
        found = finding(PLAN.replace("3k", "6k"), LABELS)
        assert (found.severity, found.outcome) == ("note", "possible")
        assert found.message.startswith("cannot be ruled out: 8,000 labels")
        assert found.settles == ("labels.cost_each",)

    def test_what_lacks_a_fact_is_undecided(self) -> None:
        found = report(PLAN.replace("  labelled: 2k\n", ""), {**LABELS, "when": LABELS["when"]})
        assert not found.findings
        assert [each.missing for each in found.undecided] == [("labels.labelled",)]
        assert [fact.path for fact in next_facts(found)] == ["labels.labelled"]

    def test_nothing_is_found_on_the_other_side_of_the_limit(self) -> None:
        assert outcome(PLAN.replace("0.5..1", "0.375")) == "clear"
        assert outcome(PLAN.replace("0.5..1", "0.376")) == "conflict"

    def test_a_field_that_is_absent_is_shown_where_it_would_stand(self) -> None:
        found = finding("task: {type: classification, modality: text}", OWNER)
        assert (found.path, found.range and found.range.start) == ("project.owner", (2, 1))

    def test_a_waiver_covers_it(self) -> None:
        waiver = "waivers: [{rule: an-owner, reason: none yet, by: Ada, until: 2027-01-31}]"
        (found,) = report(waiver, OWNER).findings
        assert found.waived is not None

    def test_the_fingerprint_stays_when_other_facts_change(self) -> None:
        before, after = finding(PLAN, LABELS), finding(PLAN + "serving: {latency: 1 s}", LABELS)
        assert before.fingerprint == after.fingerprint
        other = finding(PLAN.replace("10k", "11k"), LABELS)
        assert before.fingerprint != other.fingerprint

    def test_two_codes_may_read_the_same(self) -> None:
        found = report(PLAN, LABELS, {**LABELS, "code": "ACME103", "name": "again"})
        assert [each.code for each in found.findings] == ["ACME101", "ACME103"]


class TestReports:
    def test_full(self) -> None:
        text = full.render(Run([report(PLAN, LABELS)]), Style())
        assert "= policy: declared in acme.toml" in text
        assert (
            "= basis: the organisation's policy · mlspeclint explain ACME101 · https://ml.acme.example/rules"
            in text
        )

    def test_json(self) -> None:
        shown = json.loads(json_report.render(Run([report(PLAN, LABELS, OWNER)])))
        (found,) = shown["findings"]
        assert (found["basis"], found["docs"]) == ("policy", LABELS["docs"])
        shown = json.loads(json_report.render(Run([report("", OWNER)])))
        assert shown["findings"][0]["docs"] == "mlspeclint explain ACME102"

    def test_sarif_has_its_page_and_its_link(self) -> None:
        log = json.loads(sarif.render(Run([report(PLAN, LABELS)])))
        (rule,) = log["runs"][0]["tool"]["driver"]["rules"]
        assert rule["helpUri"] == LABELS["docs"]
        assert rule["properties"]["tags"] == ["machine-learning", "ACME"]
        assert "ask the team of `project.owner`" in rule["help"]["markdown"]
        assert rule["shortDescription"]["text"].startswith(
            "Reports: `labels.required - labels.labelled`"
        )

    def test_the_page_takes_off_what_texts_are_indented_by(self) -> None:
        when = "\n  labels.required > 3\n  && labels.labelled < 2\n"
        bad = "\n  project: {name: x}\n  labels:\n    required: 9\n    labelled: 1\n"
        entry = {**LABELS, "when": when, "labels": {}, "bad": [bad], "good": []}
        page = explained("ACME101", Style(), (*RULES, *declared_rules([entry], "acme.toml")))
        assert page is not None
        assert "    labels.required > 3\n    && labels.labelled < 2\n" in page
        assert "    project: {name: x}\n    labels:\n      required: 9\n      labelled: 1\n" in page

    def test_the_page_does_not_call_a_good_example_a_bad_one(self) -> None:
        entry = {**LABELS, "good": [PLAN], "bad": []}
        page = explained("ACME101", Style(), (*RULES, *declared_rules([entry], "acme.toml")))
        assert page is not None
        assert "# this is" not in page

    def test_the_table_and_the_page(self) -> None:
        entry = {**LABELS, "bad": [PLAN], "good": ["labels: {required: 1}"]}
        rules = (*RULES, *declared_rules([entry], "acme.toml"))
        (row,) = (row for row in catalogue(rules) if row["code"] == "ACME101")
        assert (row["state"], row["origin"], row["basis"]) == ("policy", "acme.toml", "policy")
        page = explained("labels-in-house", Style(), rules)
        assert page is not None
        assert page.startswith("ACME101 labels-in-house\nerror, basis: policy, from acme.toml\n")
        assert "    # this is reported\n    project: {name: x, owner: vision}" in page
        assert "    # this is not\n    labels: {required: 1}" in page
        field = explained("labels.required", Style(), rules)
        assert field is not None and "ACME101 labels-in-house" in field
        assert explained("ACME101", Style()) is None


@pytest.mark.parametrize(
    ("quoted", "expected"),
    [
        ("{labels.required}", "10,000"),
        ("{labels.cost_each}", "0.5..1 USD"),
        ("{labels.cost_each * 1000}", "500..1,000 USD"),
        ("{labels.noise}", "not declared"),
        ("{labels.noise * 2}", "not known"),
        ("{serving.latency}", "unknown"),
        ("{compute.training_time}", "10 h"),
        ("{compute.training_time / 2}", "5 h"),
        ("{data.size}", "4 GB"),
        ("{labels.review_share}", "0.05"),
        ("{project.deadline}", "2027-03-01"),
        ("{project.deadline - today}", "3.29 months"),
        ("{project.owner}", "vision"),
        ("{project.summary}", "not declared"),
        ("{task.domain}", "unknown"),
        ("{approach.family}", "deep_learning"),
        ("{labels.proxy}", "true"),
        ("{data.synthetic}", "false"),
        ("{people.consent}", "unknown"),
        ("{labels.required > 5}", "true"),
        ("{people.practices}", "face_scraping, social_scoring"),
        ("{alternatives}", "2"),
        ("{alternatives.filter(a, a.status == 'measured')}", "1"),
        ("{target.curve}", "not declared"),
        ("{explainability.regimes}", "a, b, c, d, e and 2 more"),
        ("{{}} {{labels}}", "{} {labels}"),
    ],
)
def test_what_a_message_quotes(quoted: str, expected: str) -> None:
    text = """
    project: {name: x, owner: vision, deadline: 2027-03-01}
    task: {type: classification, modality: text, domain: unknown}
    labels: {required: 10k, cost_each: 0.5..1, proxy: true, review_share: 5%}
    serving: {latency: unknown}
    compute: {training_time: 10 h}
    data: {size: 4 GB}
    people: {consent: unknown, practices: [face_scraping, social_scoring]}
    alternatives: [{family: rules, status: measured}, {family: classical_ml, status: rejected}]
    explainability: {regimes: [a, b, c, d, e, f, g]}
    """
    (rule,) = declared_rules([{**OWNER, "when": "has(labels.required)", "message": quoted}], "p")
    told = rule.check(spec_of(text)).tell
    assert told is not None
    assert told().message == expected


@pytest.mark.parametrize(
    ("changes", "where", "message"),
    [
        ({"code": "LBL900"}, "policies.LBL900.code", "the group LBL is the tool's own"),
        ({"code": "POL002"}, "policies.POL002.code", "the group POL is the tool's own"),
        ({"code": "ab1"}, "policies[0].code", "`ab1` does not fit: `code` is the letters"),
        ({"code": "ACME1"}, "policies[0].code", "three digits"),
        ({"code": 7}, "policies[0].code", "is no text"),
        ({"name": "Labels In House"}, "policies.ACME101.name", "does not fit: `name` is"),
        ({"name": "rare-class"}, "policies.ACME101.name", "`rare-class` is the name of DAT109"),
        ({"name": "not-yaml"}, "policies.ACME101.name", "`not-yaml` is the name of SPC001"),
        ({"severity": "fatal"}, "policies.ACME101.severity", "write error, warning or note"),
        ({"message": ""}, "policies.ACME101.message", "is empty"),
        ({"message": "a\nb"}, "policies.ACME101.message", "line breaks or control characters"),
        ({"message": "a\x1b[31m"}, "policies.ACME101.message", "line breaks or control characters"),
        ({"message": "a\u202eb"}, "policies.ACME101.message", "line breaks or control characters"),
        ({"message": "x" * 501}, "policies.ACME101.message", "501 characters"),
        (
            {"message": "{labels.requird}"},
            "policies.ACME101.message",
            "column 2: `labels` has no field `requird`; did you mean `labels.required`?",
        ),
        ({"message": "of {labels"}, "policies.ACME101.message", "column 4: a brace is not closed"),
        ({"message": "of }"}, "policies.ACME101.message", "column 4: a brace was not opened"),
        ({"message": "{labels}"}, "policies.ACME101.message", "is a section: quote a field of it"),
        ({"message": "{budget.total * data.size}"}, "policies.ACME101.message", "cannot be shown"),
        ({"message": "{data.size}" * 9}, "policies.ACME101.message", "at most 8 facts"),
        ({"instead": "{labels.requird}"}, "policies.ACME101.instead", "did you mean"),
        (
            {"when": "labels.requird > 1"},
            "policies.ACME101.when",
            "column 1: `labels` has no field `requird`; did you mean `labels.required`?",
        ),
        (
            {"when": "has(project.owner)\n  && labels.requird > 1"},
            "policies.ACME101.when",
            "line 2, column 6: ",
        ),
        (
            {"when": "serving.latency > 200"},
            "policies.ACME101.when",
            'write it with its unit, such as "200 ms"',
        ),
        ({"when": "labels.required"}, "policies.ACME101.when", "not true or false"),
        ({"when": 3}, "policies.ACME101.when", "is no text"),
        ({"docs": "http://acme.example"}, "policies.ACME101.docs", "https://"),
        (
            {"docs": "https://acme.example/a b"},
            "policies.ACME101.docs",
            "does not fit: `docs` is a link",
        ),
        (
            {"docs": "javascript:alert(1)"},
            "policies.ACME101.docs",
            "does not fit: `docs` is a link",
        ),
        (
            {"labels": {"data.examples": "x"}},
            "policies.ACME101.labels",
            "does not read `data.examples`; it reads labels.required",
        ),
        (
            {"labels": {"labels.required": 3}},
            "policies.ACME101.labels.labels.required",
            "is no text",
        ),
        ({"labels": "x"}, "policies.ACME101.labels", "is no table"),
        ({"bad": "x"}, "policies.ACME101.bad", "is no list of texts"),
        ({"good": [1]}, "policies.ACME101.good", "is no list of texts"),
        ({"good": ["a: 1"] * (MOST_EXAMPLES + 1)}, "policies.ACME101.good", "at most 20"),
        ({"good": ["a" * 20_001]}, "policies.ACME101.good", "20,000 characters"),
        ({"good": ["a\x1b"]}, "policies.ACME101.good", "control characters"),
        ({"whem": "x"}, "policies[0]", "has no key `whem`; did you mean `when`?"),
        ({"zzz": "x"}, "policies[0]", "has no key `zzz`; a rule has code, name"),
    ],
)
def test_mistakes(changes: dict[str, Any], where: str, message: str) -> None:
    with pytest.raises(ConfigProblem) as raised:
        declared_rules([{**LABELS, **changes}], "acme.toml")
    problem = raised.value
    assert problem.file == "acme.toml"
    assert problem.key == where
    assert message in str(problem)


@pytest.mark.parametrize("key", ["code", "name", "severity", "message", "when"])
def test_what_every_rule_has(key: str) -> None:
    entry = {name: value for name, value in LABELS.items() if name != key}
    with pytest.raises(ConfigProblem, match=f"has no `{key}`"):
        declared_rules([entry], "acme.toml")


def test_an_entry_is_a_table() -> None:
    with pytest.raises(ConfigProblem, match=r"policies\[1\]: is no table"):
        declared_rules([LABELS, 3], "acme.toml")


def test_codes_and_names_are_taken_once() -> None:
    with pytest.raises(ConfigProblem, match="labels-in-house has the code `ACME101`"):
        declared_rules([LABELS, {**OWNER, "code": "ACME101"}], "acme.toml")
    with pytest.raises(
        ConfigProblem, match="ACME101 labels-in-house has the name `labels-in-house`"
    ):
        declared_rules([LABELS, {**OWNER, "name": "labels-in-house"}], "acme.toml")
    (first,), (second,) = declared_rules([LABELS], "a.toml"), declared_rules([LABELS], "b.toml")
    with pytest.raises(ConfigProblem, match=r"b\.toml: .*labels-in-house in a\.toml has the code"):
        together([first, second])


def test_no_code_and_no_name_of_ours_is_free() -> None:
    for code, name in BUILT_IN.items():
        for changes in ({"code": code}, {"name": name}):
            with pytest.raises(ConfigProblem):
                declared_rules([{**OWNER, **changes}], "acme.toml")


def numbered(count: int, **changes: object) -> list[dict[str, Any]]:
    return [
        {**OWNER, "code": f"ACME{index:03}", "name": f"rule-{index}", **changes}
        for index in range(count)
    ]


def test_there_are_only_so_many() -> None:
    rules = declared_rules(numbered(MOST_RULES), "acme.toml")
    assert len(rules) == MOST_RULES
    with pytest.raises(ConfigProblem, match="at most 200 rules"):
        declared_rules(numbered(MOST_RULES + 1), "acme.toml")
    with pytest.raises(ConfigProblem, match="201 rules"):
        together((*rules, *declared_rules([LABELS], "b.toml")))


def test_a_pack_that_many_configurations_extend_is_understood_once() -> None:
    (first,) = declared_rules([OWNER], "acme.toml")
    (again,) = declared_rules([dict(OWNER)], "acme.toml")
    (elsewhere,) = declared_rules([OWNER], "b.toml")
    (changed,) = declared_rules([{**OWNER, "severity": "note"}], "acme.toml")
    assert first is again
    assert (elsewhere.origin, changed.severity) == ("b.toml", "note")


def test_all_conditions_together_are_bounded() -> None:
    when = "alternatives.exists(a, a.score > 0.1 && a.score < 0.9 && has(a.reason))"
    with pytest.raises(ConfigProblem, match="steps together, at most 20,000"):
        declared_rules(numbered(60, when=when), "acme.toml")


def test_the_worst_that_is_allowed_ends_soon() -> None:
    counts = [f"data.{name}" for name in (
        "examples", "features", "classes", "unlabelled", "groups", "words", "series", "interactions",
        "instances", "required", "distinct_ids", "smallest_class", "obtainable", "collection_per_day",
    )]  # fmt: skip
    when = " && ".join(f"{path} > 1" for path in counts)
    when += " && alternatives.all(a, a.score * a.score < 0.9 || a.score * 2.0 > 0.1)"
    rules = declared_rules(numbered(30, when=when, severity="error"), "acme.toml")
    data = "".join(f"  {path.partition('.')[2]}: 1k..2k\n" for path in counts)
    rows = "".join("  - {family: rules, status: measured, score: 0.4}\n" for _ in range(200))
    began = time.process_time()
    found = check_file(
        complete(f"data:\n{data}alternatives:\n{rows}").encode(), "a.yaml", settings(*rules)
    )
    assert {each.code for each in found.findings} >= {rule.code for rule in rules}
    assert time.process_time() - began < 60  # seconds of the processor; it takes two


def test_no_spec_makes_a_rule_fail() -> None:
    rules = declared_rules(
        [
            LABELS,
            OWNER,
            {
                **OWNER,
                "code": "ACME103",
                "name": "all-kinds",
                "message": "{alternatives} {people.practices} {target.curve} {project.deadline - today}",
                "when": "alternatives.all(a, a.score / target.value > 0.5) || size(people.practices) > 1"
                ' || project.deadline - today < compute.training_time || budget.total < "5k EUR"',
            },
        ],
        "acme.toml",
    )
    for spec in random_specs(300):
        for rule in rules:
            found = rule.check(spec)
            if found.tell is not None:
                assert found.tell().message


def test_a_strange_name_of_a_file_cannot_steer_a_terminal() -> None:
    (rule,) = declared_rules([LABELS], "a\x1b[31m\u202e.toml")
    assert rule.origin == "a?[31m?.toml"
    page = explained("ACME101", Style(), (rule,))
    assert page is not None
    assert all(character.isprintable() or character == "\n" for character in page)


def test_a_comment_waives_it() -> None:
    plan = "project:\n  name: x # mlspeclint: ignore[ACME104] -- it is a toy\n"
    entry = {**OWNER, "code": "ACME104", "when": 'project.name == "x"'}
    (found,) = report(plan, entry).findings
    assert found.waived is not None


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
    | st.sampled_from(("ACME101", "a-b", "error", "!has(project.owner)", "{labels.required}", "https://a.b")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
ENTRIES = st.dictionaries(st.sampled_from([*KEYS]) | st.text(max_size=5), VALUES, max_size=8)


@hypothesis.settings(max_examples=300, derandomize=True, deadline=None)
@hypothesis.given(ENTRIES, st.booleans())
def test_any_entry_is_a_rule_or_a_problem(changes: dict[str, Any], whole: bool) -> None:
    entry = {**OWNER, **changes} if whole else changes
    try:
        (rule,) = declared_rules([entry], "acme.toml")
    except ConfigProblem as problem:
        assert str(problem).startswith("acme.toml: policies")
        return
    rule.check(spec_of(""))


@hypothesis.settings(max_examples=300, derandomize=True, deadline=None)
@hypothesis.given(
    st.lists(
        st.sampled_from(
            ("{", "}", "{{", "}}", "labels", ".", "noise", "*", "2", "data.size", " ", "é")
        ),
        max_size=12,
    ).map("".join)
)
def test_any_message_is_told_or_a_problem(text: str) -> None:
    try:
        message = Message(text)
    except ExpressionProblem as problem:
        assert 0 <= problem.at <= len(text)
        return
    assert isinstance(message.of(spec_of("")), str)
    assert isinstance(message.plain, str)


def test_the_keys_are_those_that_are_documented() -> None:
    assert set(LABELS) | {"bad", "good"} == set(KEYS)
    (each,) = declared([{**LABELS, "bad": ["a: 1"], "good": ["b: 2"]}], "acme.toml")
    assert (each.bad, each.good) == (("a: 1",), ("b: 2",))
