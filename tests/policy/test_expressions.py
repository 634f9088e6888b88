"""Expressions of policies: what they say, with what is certain, possible and not known; and every mistake."""

from __future__ import annotations

import time
from random import Random
from typing import Any

import cel
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlspeclint.policy.cel import LONGEST, ExpressionProblem
from mlspeclint.policy.expressions import compiled, condition
from mlspeclint.policy.values import MOST_ITEMS
from mlspeclint.spec.compiled import Spec
from mlspeclint.spec.quantity import Truth

from ..rules.support import spec_of
from ..rules.test_reads import Recorder, random_specs
from .expressions import PLAIN, Writer, refined

SPEC = """
approach: {family: deep_learning, algorithm: random_forest}
project: {name: x, deadline: 2027-03-01}
data: {examples: 10k..20k, classes: 3}
labels: {required: 200k, noise: unknown, time_each: 2 min}
serving: {latency: 150..250 ms}
budget: {labelling: 15k}
compute: {training_time: 10 h, price_per_hour: 2..3}
people: {practices: [face_scraping], consent: unknown}
retraining: {every: weekly}
explainability: {regimes: [gdpr]}
alternatives:
  - {family: rules, status: measured, score: 0.8}
  - {family: classical_ml, status: considered}
"""


def answer(expression: str, text: str = SPEC) -> str:
    """yes, no, open, or the facts that the answer lacks."""
    found: Truth = condition(expression).run(spec_of(text))
    if found.value is None:
        return ", ".join(sorted(found.missing)) or "open"
    return "yes" if found.value else "no"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        # Quantities, with limits read as the field's own values.
        ('serving.latency > "100 ms"', "yes"),
        ('serving.latency > "149 ms"', "yes"),
        ('serving.latency > "150 ms"', "open"),
        ('serving.latency >= "150 ms"', "yes"),
        ('serving.latency > "0.25 s"', "no"),
        ('serving.latency == "200 ms"', "open"),
        ('serving.latency != "1 s"', "yes"),
        ("data.examples < 15k", "open"),
        ("data.examples >= 10000", "yes"),
        ('data.examples >= "10k"', "yes"),
        ('retraining.every > "daily"', "yes"),
        ('retraining.every > "weekly"', "no"),
        ("budget.labelling < 20000", "yes"),
        ('budget.labelling < "20k USD"', "yes"),
        ('budget.labelling < "20k EUR"', "open"),
        ('labels.noise > "5%"', "open"),
        ("labels.noise > 0.05", "open"),
        ("data.classes in [2, 3]", "yes"),
        ("data.examples in [5000, 15000]", "open"),
        # Absent facts.
        ("labels.cost_each > 1", "labels.cost_each"),
        ("labels.cost_each * labels.labelled > 1", "labels.cost_each, labels.labelled"),
        ('labels.cost_each > 1 && approach.family == "rules"', "no"),
        ('labels.cost_each > 1 || approach.family == "deep_learning"', "yes"),
        ("labels.cost_each > 1 || data.examples < 15000", "labels.cost_each"),
        ("has(labels.cost_each)", "no"),
        ("has(labels.required)", "yes"),
        ("has(labels.noise)", "open"),
        ("has(alternatives)", "yes"),
        ("has(data.sources)", "no"),
        # A duty that nobody declared is not done; a field with a default takes it, but is not declared.
        ("!people.opt_out", "yes"),
        ("people.consent", "open"),
        ('project.kpi == "revenue"', "no"),
        ('project.kpi.contains("a")', "no"),
        ("labels.per_item == 1", "yes"),
        ("has(labels.per_item)", "no"),
        ('project.stage == "proposal"', "yes"),
        # Sums, and dimensions that fit.
        ("data.examples * 2 > 19999", "yes"),
        ("labels.required - data.examples >= 180000", "yes"),
        ("labels.required - data.examples > 180000", "open"),
        ('compute.training_time / "1 h" * compute.price_per_hour > "19 USD"', "yes"),
        ('compute.training_time / "1 h" * compute.price_per_hour > "20 USD"', "open"),
        ("math.greatest(data.examples, 30000) == 30000", "yes"),
        ("math.least(data.examples, 15000) > 9999", "yes"),
        ("math.abs(data.examples - 30000) >= 10000", "yes"),
        ("-data.examples < 0", "yes"),
        # Nothing divided by nothing may come to anything; anything else divided by it is beyond all limits.
        ("data.classes * 0 / (data.classes - 3) > 0", "open"),
        ("data.classes / (data.classes - 3) > 1e30", "yes"),
        # Days.
        ('project.deadline > "2027-02-28"', "yes"),
        ('project.deadline - today == "100 days"', "yes"),
        ('project.deadline < today + "101 days"', "yes"),
        ('project.deadline - "100 days" > today', "no"),
        # Words.
        ('approach.family in ["rules", "deep_learning"]', "yes"),
        ('approach.family != "rules"', "yes"),
        ('approach.algorithm.startsWith("random")', "yes"),
        ('approach.algorithm.endsWith("random")', "no"),
        ('approach.architecture.contains("a")', "approach.architecture"),
        ('target.metric == "f1" ? people.opt_out : people.opt_out', "no"),
        ('target.metric == "f1" ? data.examples > 1 : data.examples > 2', "yes"),
        ('(target.metric == "f1" ? data.examples : data.classes) > 2', "yes"),
        ("(target.value > 0.5 ? data.examples : data.classes) > 100", "target.value"),
        ("(target.value > 0.5 ? data.examples : data.classes) > 2", "yes"),
        ("people.opt_out == false", "yes"),
        # Lists.
        ("size(alternatives) == 2", "yes"),
        ('alternatives.exists(a, a.status == "measured")', "yes"),
        ("alternatives.exists(a, a.score > 0.8)", "alternatives[].score"),
        ("alternatives.all(a, a.score > 0.8)", "no"),
        ("alternatives.all(a, has(a.score))", "no"),
        ("alternatives.filter(a, has(a.score)).size() == 1", "yes"),
        ('alternatives.filter(a, a.family == "rules").all(a, a.score > 0.7)', "yes"),
        ("alternatives.filter(a, a.score > 0.7).size() == 2", "alternatives[].score"),
        ("alternatives.filter(a, a.score > 0.7).size() >= 1", "yes"),
        ('"face_scraping" in people.practices', "yes"),
        ('people.practices.exists(p, p == "manipulation")', "no"),
        ('"gdpr" in explainability.regimes', "yes"),
        ("data.sources.all(source, has(source.path))", "yes"),
        ("data.sources.exists(source, has(source.path))", "no"),
    ],
)
def test_answers(expression: str, expected: str) -> None:
    expression = expression.replace("15k", "15000")
    assert answer(expression) == expected


def test_a_list_that_may_hold_more_leaves_it_open() -> None:
    expression = 'people.practices.exists(p, p == "manipulation")'
    assert answer(expression, "people: {practices: unknown}") == "open"
    assert answer("size(people.practices) >= 0", "people: {practices: unknown}") == "yes"
    assert answer("size(people.practices) > 3", "people: {practices: unknown}") == "open"
    assert answer("has(people.practices)", "people: {practices: unknown}") == "open"


def test_what_lies_beyond_the_entries_that_are_looked_at_is_open() -> None:
    rows = "".join(
        f"  - {{examples: {100 + index}, score: 0.5}}\n" for index in range(MOST_ITEMS + 1)
    )
    text = f"target:\n curve:\n{rows}"
    assert answer("target.curve.exists(c, c.examples > 1000)", text) == "open"
    assert answer("target.curve.exists(c, c.examples == 100)", text) == "yes"
    assert answer("target.curve.all(c, c.examples < 1000)", text) == "open"
    assert answer("target.curve.all(c, c.examples > 100)", text) == "no"
    assert answer(f"size(target.curve) == {MOST_ITEMS + 1}", text) == "yes"


def test_an_amount_in_another_currency_may_be_worth_anything() -> None:
    text = "budget: {labelling: 15k, currency: EUR}"
    assert answer('budget.labelling < "20k USD"', text) == "open"
    assert answer('budget.labelling < "20k EUR"', text) == "yes"
    assert answer("budget.labelling < 20000", text) == "yes"
    assert condition('budget.labelling < "20k EUR"').reads == (
        "budget.labelling",
        "budget.currency",
    )


@pytest.mark.parametrize(
    ("expression", "message", "at", "help"),
    [
        (
            "labels.requird > 3",
            "`labels` has no field `requird`",
            0,
            "did you mean `labels.required`?",
        ),
        ("true && label.required > 3", "a spec has no field `label`", 8, "did you mean `labels`?"),
        (
            "approach.base_model.nam == 'x'",
            "`approach.base_model` has no field `nam`",
            0,
            "approach.base_model.name",
        ),
        (
            "alternatives.exists(a, a.scor > 1)",
            "`a` has no field `scor`",
            23,
            "did you mean `a.score`?",
        ),
        (
            "alternatives.score > 1",
            "`alternatives` (a list) has no field `score`",
            0,
            "alternatives.exists(a, a.score",
        ),
        (
            "alternatives[0].score > 1",
            "entries of a list have no numbers here",
            0,
            "exists(a, ...)",
        ),
        ("task.type.foo > 1", "`task.type` (a text) has no field `foo`", 0, ""),
        (
            'approach.family == "deep_lerning"',
            '"deep_lerning" is not a value of `approach.family`',
            19,
            "did you mean deep_learning?",
        ),
        (
            '"face_scrapin" in people.practices',
            '"face_scrapin" is not a value of `people.practices`',
            0,
            "did you mean face_scraping?",
        ),
        (
            'project.stage == "unknown"',
            '"unknown" is not a value of `project.stage`',
            17,
            "has(project.stage)",
        ),
        (
            "serving.latency > 200",
            "cannot compare `serving.latency` (a duration) and `200` (a plain number)",
            0,
            '"200 ms"',
        ),
        (
            "data.size > 100",
            "cannot compare `data.size` (a size) and `100` (a plain number)",
            0,
            '"100 MB"',
        ),
        (
            "project.deadline > 100",
            "cannot compare `project.deadline` (a date) and `100` (a plain number)",
            0,
            '"2027-03-01"',
        ),
        ('serving.latency > "200"', "200 has no unit", 18, ""),
        ('serving.latency > "200 milis"', "'200 milis' is not a duration", 18, ""),
        ('serving.latency > "200..300 ms"', "is a range", 18, ""),
        ('budget.total < "€20k"', "is not an amount of money", 15, "20k EUR"),
        ("labels.noise > 5", "5.0 is out of bounds", 15, "0.05"),
        ("data.examples > -1", "negative", 16, ""),
        (
            "budget.total > labels.required",
            "cannot compare `budget.total` (an amount of money) and `labels.required` (a count)",
            0,
            "",
        ),
        (
            "serving.latency + data.size > 1",
            "cannot add `serving.latency` (a duration) and `data.size` (a size)",
            0,
            "",
        ),
        (
            "compute.training_time * compute.price_per_hour > 20",
            "(an amount of money times a duration)",
            0,
            "",
        ),
        ("1 / serving.latency > 20", "(a number divided by a duration)", 0, ""),
        ("project.deadline + project.created > today", "two dates cannot be added", 0, ""),
        ("project.deadline * 2 > today", "a date cannot be multiplied", 0, ""),
        ("project.deadline + 3 > today", "a date and a plain number do not add up", 0, "3 ms"),
        ("!data.examples", "`!` asks for true or false, not `data.examples` (a count)", 1, ""),
        ("data.examples && people.consent", "`&&` asks for true or false", 0, ""),
        (
            "approach.algorithm + 1 > 2",
            "`+` asks for quantities, not `approach.algorithm` (a text)",
            0,
            "",
        ),
        ("task.modality == approach.family", "have no value in common", 0, ""),
        ('task.modality < "text"', "texts have no order", 0, ""),
        ("people.consent < true", "have no order", 0, ""),
        ('people.consent == "yes"', "cannot compare", 0, "people.consent == true"),
        ("data.examples", "the expression is a count, not true or false", 0, "compare it"),
        ("approach", "the expression is a section", 0, ""),
        ("alternatives", "the expression is a list", 0, ""),
        ("true", "asks for no field", 0, ""),
        ('"text"', "a text alone", 0, ""),
        ('"a" == "b"', "two texts of the expression itself", 0, ""),
        ("mlspec == 1", "the version of the format", 0, ""),
        ("data.examples = 3", "`=` was not expected here", 14, "write =="),
        ("people.consent and people.erasure", "`and` was not expected here", 15, "write &&"),
        ("people.consent & people.erasure", "`&` was not expected here", 15, "write &&"),
        ("data.examples >", "the expression ends too early", 15, ""),
        ("", "the expression ends too early", 0, ""),
        ('data.examples > "3', "without its closing quotes", 16, ""),
        ('project.name == "a\\"b"', "a backslash", 18, "no escapes"),
        ("foo(1)", "there is no function `foo`", 0, "has"),
        ("data.examples.foo(1)", "there is no function `foo`", 0, ""),
        ("math.sqrt(data.examples) > 1", "`math.sqrt`", 0, "math."),
        ("matches(project.name)", "there is no function `matches`", 0, ""),
        ('project.name.matches("(a*)*$")', "there are no regular expressions", 0, "contains"),
        ("project.name.contains(project.owner)", "contains takes a text", 0, ""),
        ("alternatives.map(a, a.score)", "there is no function `map`", 0, ""),
        ("alternatives.exists(a)", "exists takes a name and a condition", 0, ""),
        ("alternatives.exists(project, true)", "`project` has a meaning of its own", 20, ""),
        (
            "alternatives.exists(a, alternatives.exists(b, b.score > 1))",
            "a macro inside a macro",
            23,
            "",
        ),
        ("data.examples.exists(a, true)", "exists asks for a list, not `data.examples`", 0, ""),
        ("size(data.examples) > 1", "size counts the entries of a list", 5, ""),
        ("has(labels)", "has takes a field, not `labels` (a section)", 0, ""),
        ("has(data.examples > 1)", "has takes one field", 0, ""),
        ("data.examples % 2 == 0", "the rest of a division", 0, ""),
        ("data.classes in []", "an empty list", 16, ""),
        ("data.classes in data.examples", "`in` asks for a list", 16, ""),
        ("[1] == data.examples", "behind `in`", 0, ""),
        ("data.examples > 1e31", "is too large", 16, ""),
        ("null == data.examples", "a spec has no field `null`", 0, "has(...)"),
        ("data.examples == unknown", "a spec has no field `unknown`", 17, "has(...)"),
        ('data.examples == "unknown"', "'unknown' is not a count", 17, "ask with has(...)"),
        ("data.examples > 20k", "`k` was not expected here", 18, '"20 k"'),
        ("serving.latency > 200 ms", "`ms` was not expected here", 22, '"20 ms"'),
        ("1 < data.classes < 9", "cannot compare", 0, "join two comparisons with &&"),
    ],
)
def test_mistakes(expression: str, message: str, at: int, help: str) -> None:
    with pytest.raises(ExpressionProblem) as raised:
        condition(expression)
    assert message in raised.value.message
    assert help in raised.value.help
    assert raised.value.at == at


@pytest.mark.parametrize(
    "expression",
    [
        "!" * 5000 + "people.consent",
        "!" * 900 + "people.consent",
        "(" * 5000,
        "-" * 900 + "1 > data.examples",
        "data.examples" + " + 1" * 200 + " > 1",
        "[" * 900,
        '"' * 901,
        "'\"" * 450,
        '"' + "\\n" * 400,
        "a." * 450 + "a",
        "people.consent ? " * 50 + "true",
        "alternatives.exists(a," * 40,
        f"alternatives.exists(a, {' && '.join(['a.score > 0.1'] * 20)})",
        " || ".join(f"data.{name} > 1" for name in ["examples"] * 80),
        "9" * 400 + " > data.examples",
        "1e999 > data.examples",
    ],
)
def test_hostile_expressions_are_refused_at_once(expression: str) -> None:
    began = time.process_time()
    with pytest.raises(ExpressionProblem):
        condition(expression)
    assert time.process_time() - began < 5  # seconds of the processor; it takes milliseconds


def test_the_longest_expression_is_read() -> None:
    text = "people.consent"
    condition(text + " " * (LONGEST - len(text)))
    with pytest.raises(ExpressionProblem, match="1,001 characters"):
        condition(text + " " * (LONGEST - len(text) + 1))


SPECS = random_specs(60)


def written(seed: int, plain: bool = False) -> str:
    source = Random(seed)
    while True:
        text = Writer(source, plain).boolean(3)
        try:
            condition(text)
        except ExpressionProblem as problem:
            # Chance writes 0.25 beside whole numbers, long texts and much nesting; nothing else is wrong.
            assert (
                "steps" in problem.message
                or "asks for" in problem.message
                or "characters" in problem.message
            ), text
            continue
        return text


@pytest.mark.parametrize("seed", range(60))
def test_what_is_certain_stays_certain_when_more_is_known(seed: int) -> None:
    source = Random(seed)
    expression = condition(written(seed))
    for spec in SPECS:
        before: Truth = expression.run(spec)
        for _ in range(3):
            after: Truth = expression.run(refined(spec, source))
            if before.value is not None:
                assert after.value is before.value, expression.text
            else:
                # What lacks a fact still does, unless it is decided by others.
                assert after.value is not None or after.missing <= before.missing, expression.text


@pytest.mark.parametrize("seed", range(60))
def test_reads_what_it_says(seed: int) -> None:
    expression = condition(written(seed))
    touched: set[str] = set()
    for spec in SPECS:
        recorder: Any = Recorder(spec, touched)
        expression.run(recorder)
    assert touched <= set(expression.reads)


def as_values(section: Any) -> dict[str, Any]:
    """A spec of firm facts as plain values."""
    result: dict[str, Any] = {}
    for name, shape in type(section).FIELDS.items():
        if name == "mlspec":
            continue
        fact = getattr(section, name)
        if hasattr(shape, "section"):
            result[name] = as_values(fact)
        elif hasattr(fact, "low"):
            result[name] = float(fact.low)
        elif hasattr(fact, "text"):
            result[name] = fact.text
        elif hasattr(fact, "value"):
            result[name] = fact.value
    return result


def firm_spec(source: Random) -> Spec:
    """A spec in which every fact is declared and firm."""
    whole: Any = Spec(
        {
            name: shape.unknown_fact(name)
            for name, shape in Spec.FIELDS.items()
            if hasattr(shape, "section")
        }
    )
    spec: Spec = refined(whole, source)
    for path in PLAIN:
        section, name = path.split(".")
        fact = getattr(getattr(spec, section), name)
        value = (
            source.choice((0.0, 0.25, 0.5, 1.0))
            if fact.kind.high == 1
            else float(source.randint(0, 4))
        )
        spec = spec.having(
            **{section: getattr(spec, section).having(**{name: fact.at(value, value)})}
        )
    return spec


@pytest.mark.parametrize("seed", range(60))
def test_is_what_others_call_cel(seed: int) -> None:
    expression = condition(written(seed))
    roots = {path.partition(".")[0] for path in expression.reads if path != "budget.currency"}
    assert roots <= {*cel.compile(expression.text).variables(), "budget"}


@pytest.mark.parametrize("seed", range(150))
def test_agrees_with_another_implementation_of_cel(seed: int) -> None:
    expression = condition(written(seed, plain=True))
    spec = firm_spec(Random(seed))
    program = cel.compile(expression.text)
    try:
        theirs = program.execute(as_values(spec))
    except (TypeError, ValueError):  # ours has an answer where others divide by nothing
        assert "/" in expression.text
        return
    assert expression.run(spec).value in (theirs, None), expression.text
    if "/" not in expression.text:
        assert expression.run(spec).value is theirs, expression.text


WORDS = st.sampled_from(
    (
        "data", "examples", "labels", "noise", "alternatives", "people", "consent", "today", "approach",
        "family",
        ".", ".", ".", "(", ")", "[", "]", ",", "?", ":", "&&", "||", "!", "-", "+", "*", "/", "%", "<", ">=",
        "==", "in", "has", "size", "exists", "all", "filter", "a", "math", "abs", "1", "0.5", '"5%"', '"2 h"',
        '"rules"', "true", "false", " ", "\n", "{", "\\", "é", "//", "'",
    )
)  # fmt: skip


@settings(max_examples=400, derandomize=True, deadline=None)
@given(st.lists(WORDS, max_size=24).map("".join) | st.text(max_size=60))
def test_any_text_is_an_expression_or_a_problem_with_a_place(text: str) -> None:
    try:
        expression = compiled(text)
    except ExpressionProblem as problem:
        assert 0 <= problem.at <= len(text)
        assert problem.message
        return
    for spec in SPECS[:5]:
        expression.run(spec)
