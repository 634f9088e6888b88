"""Flip points: each one clears its finding, and a step short of it does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from mlspeclint.document.parse import parse
from mlspeclint.engine.finding import Flip
from mlspeclint.engine.flip import altered, fact_at, flip_points, settling_facts
from mlspeclint.rules import RULES, find_rule
from mlspeclint.rules.rule import CLEAR, CONFLICT, NOT_APPLICABLE, POSSIBLE, Rule
from mlspeclint.spec.compiled import Spec
from mlspeclint.spec.facts import Choice, Flag, Measure
from mlspeclint.spec.load import load

from ..rules.support import TODAY, spec_of
from ..running import EXAMPLES
from .support import check, finding, flips

RANGES = """
data: {examples: 8k..60k, features: 30..90, classes: 2, positive_rate: 2%..9%, changes_every: 3..9 months}
labels: {required: 20k..200k, labelled: 5k..12k, cost_each: unknown, per_item: 1..3, agreement: 0.5..0.9,
         latency: unknown, test_examples: 100..5000}
budget: {total: 150k, labelling: 20k, compute: 5k..9k, operations_per_year: 10k}
compute: {accelerator: unknown, training_time: 3..90 h, price_per_hour: 1..4, accelerators: unknown}
serving: {latency: 80..400 ms, latency_limit: 200 ms, model_memory: unknown, device_memory: 4 GiB,
          items_per_month: 1k..9k, cost_per_1000: unknown, error_rate: 2%..8%}
manual_process: {minutes_per_item: 1..4, wage_per_hour: 30, error_rate: 3%}
target: {metric: accuracy, value: 0.9, expected_gain: 1%..4%}
explainability: {required: unknown, affects_people: unknown, decision: unknown, domain: unknown}
retraining: {every: 1..60 d, preparation: 1 d, validation: unknown, deployment: 1 h, monitoring: unknown}
"""


def cases() -> Iterator[tuple[str, Rule, Spec]]:
    specs = {path.name: path.read_bytes() for path in sorted(EXAMPLES.glob("*.yaml"))}
    for name, data in specs.items():
        spec = load(parse(data).documents[0], float(TODAY.toordinal())).spec
        assert spec is not None
        yield from ((f"{name} {rule.code}", rule, spec) for rule in RULES)
    for rule in RULES:
        bad = re.findall(r"^```yaml\n(.*?)^```$", rule.page, re.MULTILINE | re.DOTALL)[0]
        yield f"page {rule.code}", rule, spec_of(bad)
        yield f"ranges {rule.code}", rule, spec_of(RANGES)


FOUND = [case for case in cases() if case[1].check(case[2]).kind in (CONFLICT, POSSIBLE)]


def changed(spec: Spec, flip: Flip) -> Iterator[Spec]:
    """The spec with the change that a flip point names, taken from its text."""
    fact = fact_at(spec, flip.path)
    path, operator, spelling = flip.text.split(" ", 2)
    assert path == flip.path
    if isinstance(fact, Measure):
        assert operator == flip.operator
        amount = re.sub(r" [A-Z]{3}$", "", spelling) if fact.kind.name == "money" else spelling
        value = fact.kind.read(amount).low
        told = (
            date.fromisoformat(flip.value).toordinal()
            if isinstance(flip.value, str)
            else flip.value
        )
        assert value == pytest.approx(told, rel=1e-12)
        yield altered(spec, path, fact.at(value, value))
    elif isinstance(fact, Flag):
        assert isinstance(flip.value, bool)
        assert spelling == str(flip.value).lower()
        yield altered(spec, path, fact.at(flip.value))
    else:
        assert isinstance(fact, Choice)
        options = flip.value if isinstance(flip.value, list) else [str(flip.value)]
        words = spelling.removeprefix("not ").split(" or ")
        if spelling.startswith("not "):
            assert {*options, *words} == set(fact.options)
        else:
            assert options == words
        for option in options:
            yield altered(spec, path, fact.at(option))


def a_step_short(fact: Measure, flip: Flip) -> float:
    """A value beyond the limit by more than the rounding to three digits."""
    if isinstance(flip.value, str):
        day = date.fromisoformat(flip.value).toordinal()
        return day + (1.0 if flip.operator == "<=" else -1.0)
    assert isinstance(flip.value, int | float)
    limit = float(flip.value)
    step = max(abs(limit) * 0.02, 1.0 if fact.kind.whole else 1e-8)
    return limit + step if flip.operator == "<=" else limit - step


def test_the_cases_hold_flip_points_of_every_shape() -> None:
    shapes = {flip.operator for _, rule, spec in FOUND for flip in flip_points(rule, spec)}
    assert shapes == {"<=", ">=", "==", "in"}


@pytest.mark.parametrize(("rule", "spec"), [case[1:] for case in FOUND], ids=[c[0] for c in FOUND])
class TestFlipPoint:
    def test_clears(self, rule: Rule, spec: Spec) -> None:
        for flip in flip_points(rule, spec):
            for after in changed(spec, flip):
                kind = rule.check(after).kind
                assert kind == CLEAR or (flip.operator in ("==", "in") and kind == NOT_APPLICABLE)

    def test_a_step_short_of_it_does_not_clear(self, rule: Rule, spec: Spec) -> None:
        for flip in flip_points(rule, spec):
            fact = fact_at(spec, flip.path)
            if isinstance(fact, Measure):
                value = a_step_short(fact, flip)
                if fact.kind.low <= value <= fact.kind.high:
                    after = rule.check(altered(spec, flip.path, fact.at(value, value)))
                    assert after.kind != CLEAR, (flip.text, value)

    def test_nothing_is_no_limit(self, rule: Rule, spec: Spec) -> None:
        assert not [
            flip.text
            for flip in flip_points(rule, spec)
            if flip.operator == "<=" and not isinstance(flip.value, str | list) and flip.value <= 0
        ]

    def test_what_settles_it_decides_it(self, rule: Rule, spec: Spec) -> None:
        if rule.check(spec).kind != POSSIBLE:
            return
        names = settling_facts(rule, spec)
        assert names
        for name in names:
            fact = fact_at(spec, name)
            assert fact is not None
            assert not fact.absent
            if isinstance(fact, Measure):
                ends = (max(fact.low, 0.0), min(fact.high, 1e15))
                ways = [altered(spec, name, fact.at(end, end)) for end in ends]
            elif isinstance(fact, Flag):
                ways = [altered(spec, name, fact.at(value)) for value in (True, False)]
            else:
                ways = [altered(spec, name, fact.at(option)) for option in fact.options]
            assert any(rule.check(way).kind in (CONFLICT, CLEAR, NOT_APPLICABLE) for way in ways)


def test_the_example_of_the_documentation() -> None:
    # 20k / 0.50 = 40,000 labels on top of 12,000; 20k / 188,000 = 0.10638; 188,000 x 0.50 = 94k.
    report = check(
        """
        labels: {required: 200k, labelled: 12k, cost_each: 0.35..0.50}
        budget: {labelling: 20k}
        """,
        select="LBL301",
    )
    assert flips(report, "LBL301") == [
        "labels.required <= 52k",
        "labels.labelled >= 160k",
        "labels.cost_each <= 0.106 USD",
        "budget.labelling >= 94k USD",
    ]


def test_an_amount_names_its_currency() -> None:
    report = check(
        """
        labels: {required: 200k, labelled: 12k, cost_each: 0.50}
        budget: {labelling: 20k, currency: EUR}
        """,
        select="LBL301",
    )
    assert "budget.labelling >= 94k EUR" in flips(report, "LBL301")


def test_a_date_is_found_to_the_day() -> None:
    # 1,000 labels at 10 a day take 100 days from 2026-01-01 on.
    report = check(
        """
        project: {name: example, created: 2026-01-01, deadline: 2026-02-01}
        labels: {required: 1000, labelled: 0, per_day: 10}
        """,
        select="LBL302",
        today=date(2026, 1, 1),
    )
    assert "project.deadline >= 2026-04-11" in flips(report, "LBL302")
    (flip,) = [f for f in finding(report, "LBL302").clears_when if f.path == "project.deadline"]
    assert flip.value == "2026-04-11"


def test_an_earlier_deadline_clears_nothing() -> None:
    report = check(
        """
        project: {name: example, created: 2026-01-01, deadline: 2026-01-05}
        approach: {family: deep_learning, training: fine_tuning}
        compute: {accelerator: none, training_time: 5 d}
        """,
        select="CST405",
        today=date(2026, 1, 1),
    )
    dates = [text for text in flips(report, "CST405") if text.startswith("project.deadline")]
    assert dates == ["project.deadline >= 2026-01-06"]


def test_more_labels_clear_it_where_there_are_examples_to_be_labelled() -> None:
    def cures(examples: str) -> list[str]:
        text = f"""
            task: {{type: classification, modality: image}}
            approach: {{family: deep_learning, training: from_scratch}}
            data: {{classes: 10, examples: {examples}}}
            labels: {{labelled: 500}}
            """
        return flips(check(text, select="DAT104"), "DAT104")[1:]

    assert cures("50k") == ["labels.labelled >= 10k"]
    # More labels than examples cannot be.
    assert cures("5k") == []


def test_what_is_not_declared_is_no_second_way() -> None:
    text = """
        task: {type: classification, modality: text}
        approach: {family: deep_learning, training: fine_tuning}
        data: {classes: 10, examples: 500}
        """
    assert flips(check(text, select="DAT105"), "DAT105") == ["data.examples >= 641"]
    text = """
        approach: {family: deep_learning, training: fine_tuning}
        data: {examples: 5k, availability: partial, obtainable: 90k}
        labels: {required: 200k}
        """
    assert flips(check(text, select="DAT110"), "DAT110") == [
        "labels.required <= 90k", "data.examples >= 200k", "data.obtainable >= 200k",
    ]  # fmt: skip


def test_people_who_err_more_are_no_way_to_make_it_pay() -> None:
    report = check(
        """
        manual_process: {minutes_per_item: 3, wage_per_hour: 30, error_rate: 1%, cost_per_error: 50}
        serving: {cost_per_1000: 100}
        target: {metric: accuracy, value: 0.9}
        """,
        select="CST402",
    )
    assert flips(report, "CST402") == [
        # At 0.962 exactly nothing is saved and nothing lost.
        "target.value >= 0.963",
        "manual_process.minutes_per_item >= 9.21",
        "manual_process.cost_per_error <= 15.5 USD",
    ]


def test_a_number_has_no_more_digits_than_its_spelling() -> None:
    report = check(
        """
        compute: {training_time: 5 h, experiments: 40, accelerators: 2, price_per_hour: 3}
        budget: {compute: 1k}
        """,
        select="CST401",
    )
    found = {flip.path: flip for flip in finding(report, "CST401").clears_when}
    assert found["budget.compute"].text == "budget.compute >= 2.01k USD"
    assert found["budget.compute"].value == 2010


def test_a_duration_is_rounded_in_the_unit_that_it_is_spelt_in() -> None:
    # 7 d - 1.234 d of other work leave 5.766 days.
    report = check(
        """
        compute: {training_time: 20 d}
        retraining: {every: 7 d, preparation: 1.234 d, validation: 0 s, deployment: 0 s}
        """,
        select="RTR601",
    )
    assert "compute.training_time <= 5.76 days" in flips(report, "RTR601")


@pytest.mark.parametrize(
    ("metric", "baseline", "expected"),
    [
        # A share cannot be above 1, however it would clear the finding; an error may be.
        ("accuracy", "0.98", ["target.value >= 0.981"]),
        ("accuracy", "1", []),
        ("auc", "1", []),
        ("wer", "1", ["target.value <= 0.999"]),
        ("r2", "1", ["target.value >= 1.01"]),
    ],
)
def test_no_score_beyond_its_metric(metric: str, baseline: str, expected: list[str]) -> None:
    value = "2" if metric == "wer" else "0.9"
    text = f"target: {{metric: {metric}, value: {value}, baseline: {baseline}}}"
    assert flips(check(text, select="TGT809"), "TGT809") == expected


def test_whole_numbers_stay_whole() -> None:
    # 7B parameters x 16 bytes = 112 GB, on accelerators of 80 GB and more.
    report = check(
        """
        approach: {family: deep_learning, training: fine_tuning, parameters: 7B}
        compute: {accelerator: H100}
        """,
        select="CST410",
    )
    assert "compute.accelerators >= 2" in flips(report, "CST410")
    assert {type(flip.value) for flip in finding(report, "CST410").clears_when} <= {int, str, list}


def test_settled_by_the_range_that_decides() -> None:
    report = check(
        """
        labels: {required: 100k..101k, labelled: 0, cost_each: 0.10..5}
        budget: {labelling: 20k}
        """,
        select="LBL301",
    )
    found = finding(report, "LBL301")
    assert (found.outcome, found.severity) == ("possible", "note")
    # Whatever is required, 0.10 is cheap enough and 5 is not; the few more or less decide nothing.
    assert found.settles == ("labels.cost_each",)


def test_all_other_options_are_told_as_one() -> None:
    rule = find_rule("DAT104")
    assert rule is not None
    report = check(
        """
        task: {type: classification, modality: image}
        approach: {family: deep_learning, training: from_scratch}
        data: {classes: 10}
        labels: {labelled: 500}
        """,
        select="DAT104",
    )
    assert flips(report, "DAT104")[0] == "approach.training is not from_scratch"
    flip = finding(report, "DAT104").clears_when[0]
    assert flip.operator == "in"
    assert flip.value == ["fine_tuning", "frozen_features", "few_shot", "zero_shot", "prompting"]
