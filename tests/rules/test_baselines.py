"""DAT101, DAT102, DAT107, DAT108: what to measure before a network."""

from __future__ import annotations

import pytest

from mlspeclint.knowledge import forecasting_wins, foundation_model_wins, graph_wins, tabular_wins

from .support import outcome_of, told, verdict

SCRATCH = "approach: {family: deep_learning, training: from_scratch}"
UNTOLD = "approach: {family: deep_learning}"
FINE = "approach: {family: deep_learning, training: fine_tuning}"
TREES = "{family: classical_ml, algorithm: xgboost, status: measured, score: 0.86}"
RIDGE = "{family: classical_ml, algorithm: ridge, status: measured, score: 0.86}"


def spec(*parts: str) -> str:
    return "\n".join(parts)


def target(facts: str, metric: str = "auc") -> str:
    return f"target: {{metric: {metric}, {facts}}}"


def mase(facts: str) -> str:
    return target(facts, "mase")


def alternative(facts: str) -> str:
    return f"alternatives: [{facts}]"


def measured(facts: str) -> str:
    return alternative(f"{{family: {facts}, status: measured, score: 1}}")


def task(type: str, modality: str = "tabular") -> str:
    return f"task: {{type: {type}, modality: {modality}}}"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (SCRATCH, "warning"),
        (UNTOLD, "warning"),
        ("approach: {family: deep_learning, training: unknown}", "possible"),
        # Where it does not apply.
        (FINE, "not_applicable"),
        ("approach: {family: deep_learning, training: frozen_features}", "not_applicable"),
        ("approach: {family: classical_ml, algorithm: xgboost}", "not_applicable"),
        (spec(SCRATCH, task("classification", "text")), "not_applicable"),
        (spec(SCRATCH, task("classification", "unknown")), "possible"),
        (spec(SCRATCH, task("generation")), "not_applicable"),
        (spec(SCRATCH, task("clustering")), "not_applicable"),
        (spec(SCRATCH, task("anomaly_detection")), "warning"),
        # What counts as measured.
        (spec(SCRATCH, target("baseline: 0.86, baseline_kind: classical_ml")), "clear"),
        (spec(SCRATCH, target("baseline: unknown, baseline_kind: classical_ml")), "possible"),
        (spec(SCRATCH, target("baseline_kind: classical_ml")), "warning"),
        (spec(SCRATCH, target("baseline: 0.86, baseline_kind: rules")), "warning"),
        (spec(SCRATCH, target("baseline: 0.5, baseline_kind: constant")), "warning"),
        (spec(SCRATCH, target("baseline: 0.86, baseline_kind: previous_model")), "warning"),
        (spec(SCRATCH, target("baseline: 0.86, baseline_kind: unknown")), "possible"),
        (spec(SCRATCH, alternative(TREES)), "clear"),
        (
            spec(SCRATCH, alternative("{family: classical_ml, status: measured, score: 0.86}")),
            "clear",
        ),
        (spec(SCRATCH, alternative("{family: classical_ml, status: measured}")), "warning"),
        (
            spec(SCRATCH, alternative("{family: classical_ml, status: considered, score: 1}")),
            "warning",
        ),
        (spec(SCRATCH, alternative("{family: classical_ml, score: 0.86}")), "undecided"),
        (spec(SCRATCH, "alternatives: unknown"), "possible"),
        # Linear, statistical, or nobody said: a note.
        (spec(SCRATCH, alternative(RIDGE)), "note"),
        (spec(SCRATCH, target("baseline: 0.86, baseline_kind: statistics")), "note"),
        (spec(SCRATCH, alternative("{family: statistics, status: measured, score: 0.86}")), "note"),
        (spec(SCRATCH, alternative(f"{RIDGE}, {TREES}")), "clear"),
        (spec(SCRATCH, target("baseline: 0.86")), "note"),
        (spec(SCRATCH, target("baseline: 0.86"), alternative(TREES)), "clear"),
        # Ahead is silent, unless nobody said of what.
        (
            spec(SCRATCH, target("baseline: 0.86, baseline_kind: rules, pilot: 0.87")),
            "not_applicable",
        ),
        (spec(SCRATCH, target("baseline: 0.86, baseline_kind: rules, pilot: 0.86")), "warning"),
        (spec(SCRATCH, target("baseline: 0.86, baseline_kind: rules, pilot: unknown")), "possible"),
        (spec(SCRATCH, target("baseline: 0.86, pilot: 0.87")), "note"),
        (spec(SCRATCH, target("baseline: 0.5, baseline_kind: constant, pilot: 0.87")), "warning"),
        (spec(SCRATCH, target("pilot: 0.87"), alternative(RIDGE)), "not_applicable"),
        # Recommendation and ranking with very much to learn from.
        (spec(SCRATCH, task("ranking"), "data: {interactions: 10M}"), "not_applicable"),
        (spec(SCRATCH, task("recommendation"), "data: {interactions: 10M}"), "not_applicable"),
        (
            spec(SCRATCH, task("ranking"), "data: {interactions: 9999999, distinct_ids: 99999}"),
            "warning",
        ),
        (
            spec(SCRATCH, task("ranking"), "data: {interactions: 1M, distinct_ids: 100k}"),
            "not_applicable",
        ),
        (
            spec(SCRATCH, task("ranking"), "data: {interactions: 1M..20M, distinct_ids: 1k}"),
            "possible",
        ),
        (spec(SCRATCH, task("ranking"), "data: {interactions: 1M}"), "undecided"),
        (spec(SCRATCH, "data: {interactions: 20M}"), "warning"),
        # Tabular foundation models.
        (
            "approach: {family: deep_learning, base_model: {tabular_foundation_model: true}}",
            "not_applicable",
        ),
        (
            "approach: {family: deep_learning, base_model: {tabular_foundation_model: unknown}}",
            "possible",
        ),
        ("approach: {family: deep_learning, algorithm: TabPFN v2}", "not_applicable"),
        ("approach: {family: deep_learning, base_model: {name: TabICL}}", "not_applicable"),
        ("approach: {family: deep_learning, algorithm: ft-transformer}", "warning"),
    ],
)
def test_no_tree_baseline(facts: str, expected: str) -> None:
    assert verdict("DAT101", facts) == expected


@pytest.mark.parametrize(
    ("data", "low", "high"),
    [
        ("data: {examples: 4200}", 4200, 4200),
        ("data: {examples: 900}", 900, 900),
        ("data: {examples: 400..900}", 400, 900),
        ("data: {examples: 9k}\nlabels: {labelled: 1200, test_examples: 300}", 900, 900),
        # In no single band: all comparisons.
        ("data: {examples: 0.9k..12k}", 900, 12_000),
        ("", 0, float("inf")),
    ],
)
def test_no_tree_baseline_quotes_comparisons_of_that_size(
    data: str, low: float, high: float
) -> None:
    count = tabular_wins(low, high)
    message = told("DAT101", spec(SCRATCH, data)).message
    assert (
        f"won {count.wins}, tied {count.ties} and lost {count.losses} of {count.total}" in message
    )
    assert count.band in message
    assert "does not tell which one will win" in message


def test_bands_differ() -> None:
    """The test above can fail: the bands have different counts."""
    bands = [tabular_wins(*ends).wins for ends in ((4200, 4200), (900, 900), (0, float("inf")))]
    assert len(set(bands)) == 3


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (SCRATCH, "no boosted trees were measured"),
        (spec(SCRATCH, alternative(RIDGE)), "only a linear or statistical baseline"),
        (spec(SCRATCH, target("baseline: 0.86")), "nobody said what it is"),
    ],
)
def test_no_tree_baseline_says_what_there_is(facts: str, words: str) -> None:
    finding = told("DAT101", facts)
    assert words in finding.message
    assert "baseline_kind: classical_ml" in finding.clears


@pytest.mark.parametrize(
    ("code", "more"),
    [("DAT101", ""), ("DAT107", task("forecasting")), ("DAT108", task("recommendation"))],
)
def test_a_baseline_of_unknown_kind_is_to_be_told_first(code: str, more: str) -> None:
    untold = told(code, spec(SCRATCH, more, target("baseline: 0.86")))
    assert untold.instead.startswith("say in `target.baseline_kind` what the baseline is, or ")
    assert "baseline_kind" not in told(code, spec(SCRATCH, more)).instead


def test_marks_on_a_baseline_of_another_kind() -> None:
    finding = told("DAT101", spec(SCRATCH, target("baseline: 0.86, baseline_kind: rules")))
    assert finding.marks == {"target.baseline": "a baseline of kind rules"}
    finding = told("DAT101", spec(SCRATCH, target("baseline: 0.86")))
    assert finding.marks == {"target.baseline": "nobody said what this is the score of"}
    assert told("DAT101", SCRATCH).marks == {}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (spec(SCRATCH, "data: {examples: 50k}"), "note"),
        (spec(SCRATCH, "data: {examples: 50001}"), "clear"),
        (spec(SCRATCH, "data: {examples: 52k}", "labels: {test_examples: 2k}"), "note"),
        (spec(SCRATCH, "data: {examples: 40k..60k}"), "possible"),
        (spec(SCRATCH, "data: {examples: unknown}"), "possible"),
        (SCRATCH, "undecided"),
        (spec(FINE, "data: {examples: 5k}"), "note"),
        (spec(UNTOLD, "data: {examples: 5k}"), "undecided"),
        (spec(FINE, task("regression"), "data: {examples: 5k}"), "note"),
        (spec(FINE, task("recommendation"), "data: {examples: 5k}"), "not_applicable"),
        (spec(FINE, task("classification", "text"), "data: {examples: 5k}"), "not_applicable"),
        ("approach: {family: classical_ml}\ndata: {examples: 5k}", "not_applicable"),
        (
            "approach: {family: deep_learning, training: frozen_features}\ndata: {examples: 5k}",
            "not_applicable",
        ),
        # It is one, or one was looked at.
        (
            "approach: {family: deep_learning, training: fine_tuning, algorithm: tabpfn}\n"
            "data: {examples: 5k}",
            "not_applicable",
        ),
        (
            "approach: {family: deep_learning, training: fine_tuning,"
            " base_model: {tabular_foundation_model: true}}\ndata: {examples: 5k}",
            "not_applicable",
        ),
        (
            spec(
                SCRATCH,
                "data: {examples: 5k}",
                alternative(
                    "{family: deep_learning, algorithm: TabPFN, status: measured, score: 0.9}"
                ),
            ),
            "clear",
        ),
        (
            spec(
                SCRATCH,
                "data: {examples: 5k}",
                alternative(
                    "{family: deep_learning, algorithm: TabPFN, status: rejected, reason: slow}"
                ),
            ),
            "clear",
        ),
        (
            spec(
                SCRATCH,
                "data: {examples: 5k}",
                alternative("{family: deep_learning, algorithm: TabPFN, status: rejected}"),
            ),
            "note",
        ),
        (spec(SCRATCH, "data: {examples: 5k}", alternative(TREES)), "note"),
        (spec(SCRATCH, "data: {examples: 5k}", "alternatives: unknown"), "possible"),
        (
            spec(
                SCRATCH,
                "data: {examples: 5k}",
                target("baseline: 0.8, baseline_kind: classical_ml, pilot: 0.9"),
            ),
            "not_applicable",
        ),
    ],
)
def test_tabular_foundation_model(facts: str, expected: str) -> None:
    assert verdict("DAT102", facts) == expected


def test_tabular_foundation_model_quotes_comparisons_of_that_size() -> None:
    small, large = foundation_model_wins(5_000, 5_000), foundation_model_wins(30_000, 30_000)
    assert small.total != large.total
    for rows, count in (("5k", small), ("30k", large)):
        message = told("DAT102", spec(SCRATCH, f"data: {{examples: {rows}}}")).message
        assert f"{count.wins} of {count.total} published comparisons ({count.band})" in message


SERIES = task("forecasting", "time_series")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (spec(SERIES, SCRATCH), "warning"),
        (spec(SERIES, FINE), "warning"),
        (spec(SERIES, "approach: {family: deep_learning, training: few_shot}"), "warning"),
        (spec(SERIES, "approach: {family: deep_learning, training: zero_shot}"), "not_applicable"),
        (spec(SERIES, "approach: {family: deep_learning, training: prompting}"), "not_applicable"),
        (spec(SERIES, "approach: {family: deep_learning, training: unknown}"), "possible"),
        (spec(SERIES, UNTOLD), "undecided"),
        (spec(SERIES, "approach: {family: statistics}"), "not_applicable"),
        (spec(task("classification", "time_series"), SCRATCH), "not_applicable"),
        (spec(task("forecasting"), SCRATCH), "warning"),
        *(
            (spec(SERIES, SCRATCH, mase(f"baseline: 0.9, baseline_kind: {kind}")), "clear")
            for kind in ("statistics", "classical_ml", "zero_shot", "simulation", "current_process")
        ),
        *(
            (spec(SERIES, SCRATCH, mase(f"baseline: 0.9, baseline_kind: {kind}")), "warning")
            for kind in ("rules", "human", "previous_model")
        ),
        (spec(SERIES, SCRATCH, mase("baseline: 1, baseline_kind: constant")), "note"),
        (spec(SERIES, SCRATCH, mase("baseline: 1")), "note"),
        (spec(SERIES, SCRATCH, mase("baseline: 1, baseline_kind: unknown")), "possible"),
        (
            spec(SERIES, SCRATCH, measured("statistics, algorithm: auto arima")),
            "clear",
        ),
        (
            spec(SERIES, SCRATCH, measured("statistics, algorithm: seasonal naive")),
            "note",
        ),
        (
            spec(SERIES, SCRATCH, measured("deep_learning, training: zero_shot")),
            "clear",
        ),
        (
            spec(SERIES, SCRATCH, measured("deep_learning, training: fine_tuning")),
            "warning",
        ),
        (spec(SERIES, SCRATCH, "alternatives: unknown"), "possible"),
        # Ahead, in a metric of which less is better.
        (
            spec(SERIES, SCRATCH, mase("baseline: 1, baseline_kind: rules, pilot: 0.9")),
            "not_applicable",
        ),
        (
            spec(SERIES, SCRATCH, mase("baseline: 1, baseline_kind: rules, pilot: 1.1")),
            "warning",
        ),
        (spec(SERIES, SCRATCH, mase("baseline: 1, pilot: 0.9")), "note"),
    ],
)
def test_no_forecast_baseline(facts: str, expected: str) -> None:
    assert verdict("DAT107", facts) == expected


def test_no_forecast_baseline_quotes_comparisons_of_that_size() -> None:
    few, any_number = forecasting_wins(8, 8), forecasting_wins()
    assert few.total != any_number.total
    for data, count in (("data: {series: 8}", few), ("", any_number)):
        message = told("DAT107", spec(SERIES, SCRATCH, data)).message
        assert f"won {count.wins}, tied {count.ties} and lost {count.losses}" in message
    naive = spec(SERIES, SCRATCH, mase("baseline: 1, baseline_kind: constant"))
    assert "only a naive forecast" in told("DAT107", naive).message


TSC = task("classification", "time_series")
GRAPH = task("classification", "graph")
RECOMMENDS = task("recommendation")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (spec(TSC, SCRATCH), "warning"),
        (spec(TSC, FINE), "not_applicable"),
        (spec(TSC, UNTOLD), "undecided"),
        (spec(task("regression", "time_series"), SCRATCH), "not_applicable"),
        (spec(task("classification", "text"), SCRATCH), "not_applicable"),
        (spec(TSC, SCRATCH, target("baseline: 0.9, baseline_kind: classical_ml")), "clear"),
        (spec(TSC, SCRATCH, target("baseline: 0.9, baseline_kind: statistics")), "clear"),
        (spec(TSC, SCRATCH, target("baseline: 0.9, baseline_kind: rules")), "warning"),
        (spec(TSC, SCRATCH, target("baseline: 0.9")), "note"),
        (spec(TSC, SCRATCH, target("baseline: 0.9, pilot: 0.95")), "note"),
        (
            spec(TSC, SCRATCH, target("baseline: 0.9, baseline_kind: rules, pilot: 0.95")),
            "not_applicable",
        ),
        (spec(GRAPH, SCRATCH, "data: {examples: 4999}"), "warning"),
        (spec(GRAPH, SCRATCH, "data: {examples: 5k}"), "not_applicable"),
        (spec(GRAPH, SCRATCH, "data: {examples: 4k..6k}"), "possible"),
        (spec(GRAPH, SCRATCH), "undecided"),
        (spec(GRAPH, SCRATCH, "data: {examples: 4k}", alternative(TREES)), "clear"),
        # Recommendation, whatever its size.
        (spec(RECOMMENDS, SCRATCH, "data: {interactions: 20M}"), "warning"),
        (spec(task("recommendation", "other"), SCRATCH), "warning"),
        (spec(RECOMMENDS, SCRATCH, measured("classical_ml")), "clear"),
        (spec(RECOMMENDS, SCRATCH, "alternatives: unknown"), "possible"),
        (spec(task("ranking"), SCRATCH), "not_applicable"),
    ],
)
def test_no_specialised_baseline(facts: str, expected: str) -> None:
    assert verdict("DAT108", facts) == expected


def test_no_specialised_baseline_speaks_of_the_task() -> None:
    assert "random convolutions" in told("DAT108", spec(TSC, SCRATCH)).message
    assert "recommenders" in told("DAT108", spec(RECOMMENDS, SCRATCH)).message
    count = graph_wins()
    message = told("DAT108", spec(GRAPH, SCRATCH, "data: {examples: 900}")).message
    assert f"{count.total} published comparisons" in message


def test_what_is_missing_is_named() -> None:
    assert outcome_of("DAT102", SCRATCH).missing == {"data.examples"}
    assert outcome_of("DAT107", spec(SERIES, UNTOLD)).missing == {"approach.training"}
    assert outcome_of("DAT108", spec(GRAPH, SCRATCH)).missing == {"data.examples"}
