"""What has changed between two specs, in words."""

from __future__ import annotations

import random

import pytest

from mlspeclint.engine.differences import all_paths, differences

from ..rules.support import spec_of
from ..running import EXAMPLES

SPEC_TEXTS = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.yaml"))]


def words(before: str, after: str) -> list[str]:
    """All changes between two fragments."""
    old, new = spec_of(before), spec_of(after)
    return [each.text for each in differences(old, new, all_paths(old, new))]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        # a number and another
        ("40k", "20k", "halved (40k -> 20k USD)"),
        ("20k", "40k", "doubled (20k -> 40k USD)"),
        ("20k", "60k", "tripled (20k -> 60k USD)"),
        ("40k", "10k", "cut to a quarter (40k -> 10k USD)"),
        ("10k", "40k", "quadrupled (10k -> 40k USD)"),
        ("20k", "27k", "up 35 % (20k -> 27k USD)"),
        ("20k", "19k", "down 5 % (20k -> 19k USD)"),
        ("20k", "20_010", "up 0.05 % (20k -> 20.01k USD)"),
        ("20k", "39.5k", "up 98 % (20k -> 39.5k USD)"),
        ("100k", "100_020", "up 0.02 % (about 100k USD)"),
        ("100k", "99_999", "down a little (about 100k USD)"),
        ("2k", "7k", "is 3.5 times what it was (2k -> 7k USD)"),
        ("2k", "250k", "is 125 times what it was (2k -> 250k USD)"),
        ("100k", "4k", "cut to 4 % (100k -> 4k USD)"),
        ("0", "4k", "raised (0 -> 4k USD)"),
        ("4k", "0", "lowered (4k -> 0 USD)"),
        # ranges
        ("20k", "10k..30k", "became a range (20k -> 10k..30k USD)"),
        ("10k..30k", "20k", "settled (10k..30k -> 20k USD)"),
        ("10k..30k", "40k", "moved (10k..30k -> 40k USD)"),
        ("10k..30k", "10k..50k", "range widened (10k..30k -> 10k..50k USD)"),
        ("10k..30k", "15k..30k", "range narrowed (10k..30k -> 15k..30k USD)"),
        ("10k..30k", "20k..50k", "range moved up (10k..30k -> 20k..50k USD)"),
        ("20k..50k", "10k..30k", "range moved down (20k..50k -> 10k..30k USD)"),
        ('">= 10k"', "20k", "settled (>= 10k -> 20k USD)"),
        # what is not known
        ("20k", "unknown", "became unknown (was 20k USD)"),
        ("unknown", "20k", "became known: 20k USD"),
    ],
)
def test_an_amount(before: str, after: str, told: str) -> None:
    changed = words(f"budget: {{total: {before}}}", f"budget: {{total: {after}}}")
    assert changed == [f"budget.total {told}"]


def test_spelling_is_no_change() -> None:
    assert words("budget: {total: 20k}", "budget: {total: 20_000 USD}") == []
    assert words("serving: {latency: 60 s}", "serving: {latency: PT1M}") == []
    assert words("labels: {per_item: 1..2}", "# 1\nlabels: {per_item: '1 .. 2'}") == []


def test_another_currency_is_no_other_number() -> None:
    eur = "budget: {total: 40k, currency: EUR}"
    assert words("budget: {total: 20k}", eur) == [
        "budget.currency added: EUR",
        "budget.total from 20k USD to 40k EUR",
    ]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("2027-06-30", "2027-03-30", "brought forward by 3 months (2027-06-30 -> 2027-03-30)"),
        ("2027-03-31", "2028-03-31", "put off by 1 year (2027-03-31 -> 2028-03-31)"),
        ("2027-03-31", "2027-04-01", "put off by 1 day (2027-03-31 -> 2027-04-01)"),
        ("2027-03-31", "2027-04-30", "put off by 30 days (2027-03-31 -> 2027-04-30)"),
        ("2027-06-30", "2027-03-31", "brought forward by 3 months (2027-06-30 -> 2027-03-31)"),
        ("2027-01-01", "2030-01-02", "put off by 3 years (2027-01-01 -> 2030-01-02)"),
        ("2027-01-01", "unknown", "became unknown (was 2027-01-01)"),
    ],
)
def test_a_day(before: str, after: str, told: str) -> None:
    changed = words(
        f"project: {{name: a, deadline: {before}}}", f"project: {{name: a, deadline: {after}}}"
    )
    assert changed == [f"project.deadline {told}"]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        # of a score nobody takes a share
        ("target: {value: 0.90}", "target: {value: 0.95}", ["target.value raised (0.9 -> 0.95)"]),
        (
            "target: {metric: r2, value: 0.5}",
            "target: {metric: r2, value: -1}",
            ["target.value lowered (0.5 -> -1)"],
        ),
        ("labels: {noise: 10%}", "labels: {noise: 5%}", ["labels.noise lowered (0.1 -> 0.05)"]),
        (
            "retraining: {every: never}",
            "retraining: {every: weekly}",
            ["retraining.every lowered (never -> 7 days)"],
        ),
        (
            "retraining: {every: weekly}",
            "retraining: {every: 2 weeks}",
            ["retraining.every doubled (7 days -> 14 days)"],
        ),
        (
            "approach: {family: deep_learning, training: frozen_features}",
            "approach: {family: deep_learning, training: fine_tuning}",
            ["approach.training from frozen_features to fine_tuning"],
        ),
        ("", "labels: {required: 200k}", ["labels.required added: 200,000"]),
        (
            "serving: {latency_limit: 50 ms}",
            "",
            ["serving.latency_limit removed (was 50 ms)"],
        ),
        ("", "serving: {latency: unknown}", ["serving.latency added: unknown"]),
        ("serving: {latency: unknown}", "", ["serving.latency removed (was unknown)"]),
        (
            "people: {consent: true}",
            "people: {consent: false}",
            ["people.consent from true to false"],
        ),
        ("people: {consent: true}", "", ["people.consent removed (was true)"]),
        ("", "people: {consent: true}", ["people.consent added: true"]),
        (
            "data: {split: random}",
            "data: {split: unknown}",
            ["data.split became unknown (was random)"],
        ),
        ("data: {split: unknown}", "data: {split: time}", ["data.split became known: time"]),
        (
            "people: {practices: [social_scoring]}",
            "people: {practices: [face_scraping]}",
            ["people.practices added: face_scraping, removed: social_scoring"],
        ),
        (
            "alternatives: [{family: rules}]",
            "alternatives: [{family: statistics, score: 0.5}, {family: rules}]",
            ["alternatives entries: 1 added"],
        ),
        (
            "alternatives: [{family: rules}, {family: statistics}]",
            "alternatives: [{family: rules, score: 0.5}]",
            ["alternatives entries: 1 changed, 1 removed"],
        ),
        ("alternatives: unknown", "alternatives: []", ["alternatives became known"]),
        ("alternatives: []", "alternatives: unknown", ["alternatives became unknown"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_field(before: str, after: str, told: list[str]) -> None:
    assert words(before, after) == told


def test_long_texts_are_cut() -> None:
    (told,) = words(
        "task: {type: other, modality: text}",
        f"project: {{name: a, kpi: {'x' * 500}}}\ntask: {{type: other, modality: text}}",
    )[1:]
    assert len(told) < 100
    assert told.endswith("xxx...")


def test_defaults_that_follow_from_other_facts() -> None:
    """No one declared them, so that they are no change of the spec; but a rule may read them."""
    old = spec_of("task: {type: generation, modality: text}")
    new = spec_of("task: {type: classification, modality: text}")
    assert [each.path for each in differences(old, new, all_paths(old, new))] == ["task.type"]
    (told,) = differences(old, new, ["labels.needed"])
    assert told.text == "labels.needed is true by default (was false)"


def test_waivers_are_no_facts() -> None:
    waiver = "waivers: [{rule: LBL301, reason: a, by: b, until: 2027-01-01}]"
    assert words("", waiver) == []


def test_in_the_order_of_the_format() -> None:
    text = "retraining: {every: weekly}\ndata: {examples: 5}\ncompute: {accelerators: 2}\n"
    assert [told.split()[0] for told in words("", text)] == [
        "data.examples",
        "compute.accelerators",
        "retraining.every",
    ]


def test_any_two_specs() -> None:
    """Nothing of a spec against itself, and the same fields either way; no field twice."""
    chance = random.Random(1)
    specs = [spec_of(text) for text in SPEC_TEXTS]
    for spec in specs:
        assert differences(spec, spec, all_paths(spec, spec)) == []
    for _ in range(60):
        old, new = chance.sample(specs, 2)
        there = [each.path for each in differences(old, new, all_paths(old, new))]
        back = [each.path for each in differences(new, old, all_paths(new, old))]
        assert there == back
        assert len(set(there)) == len(there) > 5
