"""RTR601 to RTR606: whether a model can be replaced as fast as the world moves."""

from __future__ import annotations

import pytest

from mlspeclint.rules import find_rule
from mlspeclint.rules.retraining import RETRAINING
from mlspeclint.spec.compiled import Compute

from .support import outcome_of, spec_of, told, verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.rules.rule import Rule

SUCCESSES = {
    "imagenet from scratch": """
        task: {type: classification, modality: image}
        approach: {family: deep_learning, training: from_scratch}
        compute: {training_time: 6 d, accelerators: 8, accelerator: V100}
        retraining: {every: never}
        data: {examples: 1.28M, classes: 1000, split: random}
    """,
    "defects on 300 images": """
        task: {type: classification, modality: image}
        approach: {family: deep_learning, training: fine_tuning}
        data: {examples: 300, changes_every: 2 y, split: stratified}
        labels: {latency: 1 d}
        compute: {training_time: 30 min, accelerator: T4}
        retraining: {every: quarterly, preparation: 2 d, validation: 1 d, deployment: 1 h,
                     cost_each: 200}
        budget: {operations_per_year: 5k}
    """,
    "a ranking that is updated all the time": """
        task: {type: recommendation, modality: tabular}
        approach: {family: deep_learning, training: from_scratch, incremental: true}
        data: {changes_every: 7 d, split: time}
        labels: {latency: 2 h}
        compute: {training_time: 3 d}
        retraining: {every: hourly, preparation: 10 min, validation: 10 min, deployment: 5 min,
                     monitoring: true}
    """,
    "nothing said of retraining": "approach: {family: deep_learning, training: fine_tuning}",
}


@pytest.mark.parametrize("text", SUCCESSES.values(), ids=SUCCESSES)
@pytest.mark.parametrize("rule", RETRAINING, ids=lambda rule: rule.code)
def test_silent_on_successes(rule: Rule, text: str) -> None:
    assert rule.check(spec_of(text)).tell is None


# RTR601: 20 h of training and 8 h besides make 28 h.

PARTS = "preparation: 3 h, validation: 4 h, deployment: 1 h"


@pytest.mark.parametrize(
    ("time", "retraining", "expected"),
    [
        ("20 h", f"every: 28 h, {PARTS}", "clear"),
        ("20 h", f"every: 27.9 h, {PARTS}", "error"),
        ("20.1 h", f"every: 28 h, {PARTS}", "error"),
        ("10 h", f"every: 28 h, runs: 2, {PARTS}", "clear"),
        ("10 h", f"every: 28 h, runs: 3, {PARTS}", "error"),
        ("20 h", f"every: daily, {PARTS}", "error"),
        ("20 h", f"every: never, {PARTS}", "clear"),
        ("16..20 h", f"every: daily, {PARTS}", "possible"),
        ("17..20 h", f"every: daily, {PARTS}", "error"),
        ("unknown", f"every: daily, {PARTS}", "possible"),
        ("20 h", f"every: unknown, {PARTS}", "possible"),
        ("20 h", f"every: daily..weekly, {PARTS}", "possible"),
        # parts that are not declared: certain without them, or not decided
        ("25 h", "every: daily", "error"),
        ("24 h", "every: daily", "undecided"),
        ("20 h", "every: daily, preparation: 5 h", "error"),
        ("20 h", PARTS, "undecided"),
        (None, f"every: daily, {PARTS}", "undecided"),
        (None, f"every: 7 h, {PARTS}", "error"),
        (None, "every: never", "clear"),
    ],
)
def test_retraining_slower_than_its_interval(
    time: str | None, retraining: str, expected: str
) -> None:
    compute = f"compute: {{training_time: {time}}}" if time else ""
    assert verdict("RTR601", f"{compute}\nretraining: {{{retraining}}}") == expected


@pytest.mark.parametrize(
    ("approach", "expected"),
    [
        ("{family: classical_ml}", "error"),
        ("{family: statistics}", "error"),
        ("{family: deep_learning, incremental: true}", "not_applicable"),
        ("{family: deep_learning, incremental: false}", "error"),
        ("{family: deep_learning, incremental: unknown}", "possible"),
    ],
)
def test_any_family_that_retrains(approach: str, expected: str) -> None:
    text = f"approach: {approach}\ncompute: {{training_time: 20 h}}\nretraining: {{every: 12 h}}"
    assert verdict("RTR601", text) == expected


def test_prompts_take_no_training() -> None:
    approach = "approach: {family: deep_learning, training: prompting}"
    assert verdict("RTR601", f"{approach}\nretraining: {{every: daily, {PARTS}}}") == "clear"
    assert verdict("RTR601", f"{approach}\nretraining: {{every: 7 h, {PARTS}}}") == "error"


def test_retraining_slower_tells_its_parts() -> None:
    compute = "compute: {training_time: 20 h}"
    message = told("RTR601", f"{compute}\nretraining: {{every: daily, {PARTS}}}").message
    assert message == (
        "a retraining takes 1.17 days (preparation 3 h, training 20 h, validation 4 h, "
        "deployment 1 h), the time between two retrainings is 1 day"
    )
    message = told("RTR601", f"{compute}\nretraining: {{every: 12 h, validation: 4 h}}").message
    assert message == (
        "a retraining takes >= 1 day (training 20 h, validation 4 h), the time between two "
        "retrainings is 12 h (not declared, counted as 0: `retraining.deployment`, "
        "`retraining.preparation`)"
    )


# RTR602: 10 h x 2 accelerators x 1.50 are 30 to 50.1 with overhead; 70 besides; 4 times a year.


@pytest.mark.parametrize(
    ("retraining", "budget", "expected"),
    [
        ("every: quarterly, cost_each: 70", "operations_per_year: 481", "clear"),
        ("every: quarterly, cost_each: 70", "operations_per_year: 480", "possible"),
        ("every: quarterly, cost_each: 70", "operations_per_year: 400", "possible"),
        ("every: quarterly, cost_each: 70", "operations_per_year: 399", "warning"),
        ("every: never, cost_each: 70", "operations_per_year: 0", "clear"),
        ("every: never", "operations_per_year: 0", "clear"),
        ("every: quarterly..never, cost_each: 70", "operations_per_year: 399", "possible"),
        ("every: unknown, cost_each: 70", "operations_per_year: 399", "possible"),
        ("every: quarterly, cost_each: unknown", "operations_per_year: 481", "possible"),
        ("every: quarterly, cost_each: 70", "operations_per_year: unknown", "possible"),
        ("every: quarterly, cost_each: 70, runs: 3", "operations_per_year: 639", "warning"),
        # what is not declared counts 0 towards a conflict, and leaves the rest undecided
        ("every: quarterly", "operations_per_year: 119", "warning"),
        ("every: quarterly", "operations_per_year: 120", "undecided"),
        ("cost_each: 70", "operations_per_year: 399", "undecided"),
        ("every: quarterly, cost_each: 70", "total: 1", "undecided"),
    ],
)
def test_retraining_over_budget(retraining: str, budget: str, expected: str) -> None:
    text = f"""
        compute: {{training_time: 10 h, accelerators: 2, price_per_hour: 1.50}}
        retraining: {{{retraining}}}
        budget: {{{budget}}}
    """
    assert verdict("RTR602", text) == expected


def test_retraining_over_budget_tells_the_sum() -> None:
    text = """
        compute: {training_time: 10 h, accelerators: 2, price_per_hour: 1.50}
        retraining: {every: monthly, cost_each: 70, runs: 1}
        budget: {operations_per_year: 1k, currency: EUR}
    """
    assert told("RTR602", text).message == (
        "retraining 12 times a year costs 1.2k..1.441k EUR a year, the budget for operations is "
        "1k EUR (assumed: overhead 1..1.67)"
    )


def test_retraining_over_budget_once_a_year() -> None:
    text = "retraining: {every: yearly, cost_each: 70}\nbudget: {operations_per_year: 10}"
    assert told("RTR602", text).message.startswith("retraining once a year costs >= 70 USD a year")


def test_retraining_over_budget_takes_list_prices() -> None:
    text = """
        compute: {training_time: 100 h, accelerators: 8, accelerator: H100}
        retraining: {every: daily}
        budget: {operations_per_year: 100k}
    """
    message = told("RTR602", text).message
    assert "retraining 365.2 times a year" in message
    assert "list price" in message
    assert "counted as 0: `retraining.cost_each`" in message


@pytest.mark.parametrize(("budget", "expected"), [("1", "warning"), ("1B", "clear")])
def test_retraining_over_budget_estimates_the_time(budget: str, expected: str) -> None:
    text = f"""
        task: {{type: classification, modality: text}}
        approach: {{family: deep_learning, training: fine_tuning, parameters: 300M}}
        data: {{words: 100M}}
        compute: {{accelerator: A100}}
        retraining: {{every: weekly, cost_each: 0}}
        budget: {{operations_per_year: {budget}}}
    """
    assert verdict("RTR602", text) == expected
    if expected == "warning":
        assert "training time from 6 operations" in told("RTR602", text).message


# RTR603


@pytest.mark.parametrize(
    ("latency", "moves", "expected"),
    [
        ("30 d", "30 d", "clear"),
        ("31 d", "30 d", "warning"),
        ("720 h", "30 d", "clear"),
        ("20..40 d", "30 d", "possible"),
        ("31..40 d", "30 d", "warning"),
        ("unknown", "30 d", "possible"),
        ("31 d", "unknown", "possible"),
        ("0 s", "unknown", "clear"),
        ("31 d", None, "undecided"),
        (None, "30 d", "undecided"),
    ],
)
def test_labels_later_than_drift(latency: str | None, moves: str | None, expected: str) -> None:
    labels = f"labels: {{latency: {latency}}}" if latency else ""
    data = f"data: {{changes_every: {moves}}}" if moves else ""
    assert verdict("RTR603", f"{labels}\n{data}") == expected


def test_labels_later_than_drift_tells_both() -> None:
    message = told("RTR603", "labels: {latency: 31 d}\ndata: {changes_every: 7 d}").message
    assert message == (
        "the label of an event is known 31 days later, and what is learned moves within 7 days"
    )
    message = told("RTR603", "labels: {latency: unknown}\ndata: {changes_every: 7 d}").message
    assert message.startswith("the label of an event comes after an unknown time, and what")
    message = told("RTR603", "labels: {latency: 31 d}\ndata: {changes_every: unknown}").message
    assert message.endswith("how fast what is learned moves is unknown")


# RTR604


@pytest.mark.parametrize(
    ("data", "monitoring", "expected"),
    [
        ("changes_every: 30 d", None, "warning"),
        ("changes_every: 30 d", "false", "warning"),
        ("changes_every: 30 d", "true", "clear"),
        ("changes_every: 30 d", "unknown", "possible"),
        ("changes_every: 30 d, split: time", "true", "clear"),
        ("changes_every: 30 d, split: random", "true", "warning"),
        ("changes_every: 30 d, split: stratified", "true", "warning"),
        ("changes_every: 30 d, split: grouped", "true", "warning"),
        ("changes_every: 30 d, split: unknown", "true", "possible"),
        ("changes_every: 30 d, split: unknown", "false", "warning"),
        ("changes_every: 1 y", None, "clear"),
        ("changes_every: 365 d", None, "warning"),
        ("changes_every: 12 months", None, "clear"),
        ("changes_every: 6 months..2 y", None, "possible"),
        ("changes_every: unknown", None, "possible"),
        ("changes_every: unknown", "true", "clear"),
        ("split: random", None, "not_applicable"),
    ],
)
def test_drift_unwatched(data: str, monitoring: str | None, expected: str) -> None:
    watched = f"retraining: {{monitoring: {monitoring}}}" if monitoring else ""
    assert verdict("RTR604", f"data: {{{data}}}\n{watched}") == expected


def test_drift_unwatched_tells_what_is_missing() -> None:
    both = told("RTR604", "data: {changes_every: 30 d, split: random}")
    assert both.message.startswith(
        "what is learned moves within 30 days, and the model is not watched in production and the "
        "test split is random (by custom"
    )
    assert both.clears == "`retraining.monitoring: true` and `data.split: time`"
    one = told("RTR604", "data: {changes_every: 30 d}")
    assert "split" not in one.message
    assert one.clears == ""
    split = "data: {changes_every: 30 d, split: random}\nretraining: {monitoring: true}"
    assert "not watched" not in told("RTR604", split).message
    assert "and perhaps the model is not watched in production (by" in (
        told("RTR604", "data: {changes_every: 30 d}\nretraining: {monitoring: unknown}").message
    )
    # Of a model that is watched nobody need doubt it.
    text = "data: {changes_every: 30 d, split: unknown}\nretraining: {monitoring: true}"
    assert "and perhaps the test split is not by time (by" in told("RTR604", text).message


# RTR605: 1 d of waiting, 8 h of handling, 16 h of training and 7 d between two are 9 d.

WAIT = f"label_wait: 1 d, {PARTS}"


@pytest.mark.parametrize(
    ("time", "retraining", "moves", "expected"),
    [
        ("16 h", f"every: weekly, {WAIT}", "9 d", "clear"),
        ("16 h", f"every: weekly, {WAIT}", "8.9 d", "warning"),
        ("16.1 h", f"every: weekly, {WAIT}", "9 d", "warning"),
        ("8 h", f"every: weekly, runs: 2, {WAIT}", "9 d", "clear"),
        ("8 h", f"every: weekly, runs: 3, {WAIT}", "9 d", "warning"),
        ("8..24 h", f"every: weekly, {WAIT}", "9 d", "possible"),
        ("unknown", f"every: weekly, {WAIT}", "9 d", "possible"),
        ("16 h", f"every: weekly, {WAIT}", "unknown", "possible"),
        ("16 h", f"every: unknown, {WAIT}", "9 d", "possible"),
        # never retrained is always stale, unless nothing is said about what moves
        ("16 h", "every: never", "20 y", "warning"),
        (None, "every: never", "30 d", "warning"),
        (None, "every: never", "\">= 1 y\"", "possible"),
        (None, "every: never", None, "undecided"),
        # what is not declared counts 0
        (None, "every: 8 d", "7 d", "warning"),
        (None, "every: 7 d", "7 d", "undecided"),
        (None, "label_wait: 8 d", "7 d", "warning"),
        ("16 h", "label_wait: 1 d", "7 d", "undecided"),
        ("16 h", f"every: weekly, {WAIT}", None, "undecided"),
    ],
)  # fmt: skip
def test_stale_between_retrainings(
    time: str | None, retraining: str, moves: str | None, expected: str
) -> None:
    compute = f"compute: {{training_time: {time}}}" if time else ""
    data = f"data: {{changes_every: {moves}}}" if moves else ""
    assert verdict("RTR605", f"{compute}\n{data}\nretraining: {{{retraining}}}") == expected


@pytest.mark.parametrize(
    ("incremental", "every", "expected"),
    [
        ("true", "daily", "clear"),
        ("false", "daily", "warning"),
        ("unknown", "daily", "possible"),
        ("true", "weekly", "warning"),
    ],
)
def test_updates_wait_for_no_training(incremental: str, every: str, expected: str) -> None:
    text = f"""
        approach: {{family: deep_learning, training: from_scratch, incremental: {incremental}}}
        compute: {{training_time: 5 d}}
        data: {{changes_every: 5 d}}
        retraining: {{every: {every}, {PARTS}}}
    """
    assert verdict("RTR605", text) == expected


def test_stale_between_retrainings_tells_its_parts() -> None:
    text = f"""
        compute: {{training_time: 16 h}}
        data: {{changes_every: 3 d}}
        retraining: {{every: weekly, {WAIT}}}
    """
    assert told("RTR605", text).message == (
        "before a newer model is there, what the model in use knows is 9 days old (wait for labels "
        "1 day, preparation 3 h, training 16 h, validation 4 h, deployment 1 h, interval 7 days), "
        "and what is learned moves within 3 days"
    )
    never = told("RTR605", "data: {changes_every: 3 d}\nretraining: {every: never}").message
    assert never == "the model is never retrained, and what is learned moves within 3 days"
    short = told("RTR605", "data: {changes_every: 3 d}\nretraining: {every: weekly}").message
    assert "knows is >= 7 days old (interval 7 days)" in short
    assert "counted as 0: `compute.training_time`" in short


@pytest.mark.parametrize(("moves", "stands"), [("2 d", False), ("1.9 d", True)])
def test_stale_yields_where_only_the_training_is_too_long(moves: str, stands: bool) -> None:
    """8 h of handling, 16 h of waiting and 1 d between two make 2 d without the training."""
    text = f"""
        compute: {{training_time: 30 h}}
        data: {{changes_every: {moves}}}
        retraining: {{every: daily, label_wait: 16 h, {PARTS}}}
    """
    assert verdict("RTR601", text) == "error"
    assert verdict("RTR605", text) == "warning"
    rule = find_rule("RTR605")
    assert rule is not None
    assert rule.yields_to["RTR601"] == {"compute.training_time": 0}
    spec = spec_of(text)
    without = spec.having(compute=Compute({"training_time": spec.compute.training_time.at(0, 0)}))
    assert (rule.check(without).kind == "conflict") is stands


# RTR606


@pytest.mark.parametrize(
    ("approach", "every", "expected"),
    [
        ("training: from_scratch", "daily", "note"),
        ("training: fine_tuning", "hourly", "note"),
        ("training: from_scratch", "25 h", "clear"),
        ("training: from_scratch", "never", "clear"),
        ("training: from_scratch", "hourly..weekly", "possible"),
        ("training: from_scratch", "unknown", "possible"),
        ("training: unknown", "daily", "possible"),
        ("training: frozen_features", "daily", "not_applicable"),
        ("training: prompting", "daily", "not_applicable"),
        ("training: from_scratch, incremental: true", "daily", "not_applicable"),
        ("training: from_scratch, incremental: unknown", "daily", "possible"),
    ],
)
def test_frequent_deep_retraining(approach: str, every: str, expected: str) -> None:
    text = f"approach: {{family: deep_learning, {approach}}}\nretraining: {{every: {every}}}"
    assert verdict("RTR606", text) == expected


@pytest.mark.parametrize(
    ("time", "expected"), [("1 h", "clear"), ("30 h", "clear"), ("unknown", "possible")]
)
def test_a_declared_training_time_is_for_rtr601(time: str, expected: str) -> None:
    text = f"""
        approach: {{family: deep_learning, training: from_scratch}}
        compute: {{training_time: {time}}}
        retraining: {{every: daily}}
    """
    assert verdict("RTR606", text) == expected


def test_frequent_deep_retraining_needs_a_trained_network() -> None:
    deep = "approach: {family: deep_learning, training: from_scratch}"
    assert verdict("RTR606", deep) == "undecided"
    assert outcome_of("RTR606", "retraining: {every: daily}").missing == {"approach.training"}
    other = "approach: {family: classical_ml}\nretraining: {every: daily}"
    assert verdict("RTR606", other) == "not_applicable"
    said = told("RTR606", f"{deep}\nretraining: {{every: 12 h}}")
    assert "`retraining.every` is 12 h for deep learning, trained from scratch" in said.message
    assert "customary" in said.message
    assert "compute.training_time" in said.clears
