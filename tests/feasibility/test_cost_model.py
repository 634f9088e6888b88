"""The cost model against sums done by hand, and its intervals against their corners."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlspeclint.feasibility.cost_model import (
    CostModel,
    ItemCosts,
    assumptions,
    cost_of_an_item_by_hand,
    model_error_rate,
    undeclared,
)
from mlspeclint.knowledge import accelerator, interval
from mlspeclint.spec.quantity import Quantity
from tests.rules.support import spec_of

PLAN = """
budget: {build: 100k, operations_per_year: 10k, horizon: 2 y}
data: {examples: 5k, required: 10k, collection_cost_each: 2}
labels: {required: 10k, labelled: 5k, cost_each: 0.5, per_item: 2, review_share: 10%}
compute: {training_time: 10 h, experiments: 10, accelerators: 2, price_per_hour: 2}
retraining: {every: quarterly, runs: 1, cost_each: 500}
serving: {items_per_month: 50k, cost_per_1000: 4, error_rate: 3%, human_review_share: 10%}
manual_process: {minutes_per_item: 3, wage_per_hour: 20, error_rate: 5%, cost_per_error: 2}
"""


def model_of(text: str) -> CostModel:
    return CostModel(spec_of(text))


def ends(quantity: Quantity) -> tuple[float, float]:
    return quantity.low, quantity.high


def near(low: float, high: float) -> object:
    return pytest.approx((low, high), rel=1e-9)


class TestTotal:
    def test_its_parts(self) -> None:
        parts = {part.name: part for part in model_of(PLAN).parts}
        assert {name: ends(part.cost) for name, part in parts.items()} == {
            "build": (100e3, 100e3),
            "collection": (10e3, 10e3),
            "labelling": near(5500, 5500),  # 5,000 x 2 x 1.1 x 0.50
            "training": near(400, 668),  # 10 runs x 20 h x 2 x 1..1.67
            "operations": (10e3, 10e3),
            "retraining": near(2160, 2267.2),  # 4 x (20 h x 2 x 1..1.67 + 500)
            "serving": near(2400, 2400),  # 600,000 x 0.004
        }
        assert [name for name, part in parts.items() if part.yearly] == [
            "operations",
            "retraining",
            "serving",
        ]

    def test_over_the_horizon(self) -> None:
        model = model_of(PLAN)
        assert ends(model.upfront) == near(115900, 116168)
        assert ends(model.upkeep_per_year) == near(12160, 12267.2)
        assert ends(model.total) == near(115900 + 2 * 14560, 116168 + 2 * 14667.2)
        assert not model.total.missing
        assert ends(sum((part.over(model.years) for part in model.parts), Quantity(0, 0))) == near(
            *ends(model.total)
        )

    def test_the_default_horizon_is_one_to_three_years(self) -> None:
        model = model_of(PLAN.replace(", horizon: 2 y", ""))
        assert ends(model.total) == near(115900 + 14560, 116168 + 3 * 14667.2)
        assert "budget.horizon" in model.total.assumed

    def test_an_absent_part_counts_0_at_its_low_end(self) -> None:
        model = model_of("budget: {build: 100k, horizon: 1 y}")
        assert ends(model.total) == (100e3, inf)
        assert undeclared(model.parts) == [
            "collection",
            "labelling",
            "training",
            "operations",
            "retraining",
            "serving",
        ]

    def test_a_part_that_comes_to_nothing_misses_nothing(self) -> None:
        model = model_of(
            """
            budget: {build: 100k, operations_per_year: 0}
            data: {availability: available}
            labels: {needed: false}
            compute: {training_time: 0 s}
            retraining: {every: yearly, cost_each: 0}
            serving: {items_per_month: 0}
            """
        )
        assert undeclared(model.parts) == []
        assert ends(model.total) == (100e3, 100e3)

    def test_data_that_are_required_are_counted_whatever_is_available(self) -> None:
        model = model_of(
            "data: {examples: 1k, required: 2k, availability: available, collection_cost_each: 1}"
        )
        assert ends(model.once[1].cost) == (1000, 1000)

    def test_labels_that_are_required_are_counted_even_if_not_needed(self) -> None:
        model = model_of("labels: {needed: false, required: 1k, labelled: 0, cost_each: 1}")
        assert ends(model.once[2].cost) == (1000, 1000)

    def test_what_is_not_trained_needs_no_retraining(self) -> None:
        model = model_of("approach: {family: deep_learning, training: prompting}")
        assert undeclared(model.once) == ["build", "collection", "labelling"]
        assert undeclared(model.upkeep) == ["operations"]


class TestItem:
    def test_saving(self) -> None:
        item = ItemCosts(spec_of(PLAN))
        # 0.9 x 1 - 0.004 - (0.03 - 0.05) x 2
        assert ends(item.saving) == near(0.936, 0.936)
        assert ends(item.by_hand) == near(1, 1)
        assert ends(item.review) == near(0.1, 0.1)
        assert ends(item.errors) == near(0.06, 0.06)
        assert ends(item.errors_by_hand) == near(0.1, 0.1)

    def test_errors_that_cost_nothing_need_no_rates(self) -> None:
        saving = ItemCosts(
            spec_of("manual_process: {cost_per_item: 1}\nserving: {cost_per_1000: 100}")
        ).saving
        assert ends(saving) == near(0.9, 0.9)
        assert not saving.missing
        assert saving.assumed == {
            "manual_process.cost_per_error",
            "serving.human_review_share",
        }

    @pytest.mark.parametrize(
        ("manual", "cost", "missing"),
        [
            ("cost_per_item: 1.60", (1.6, 1.6), set()),
            ("minutes_per_item: 3, wage_per_hour: 32", (1.6, 1.6), set()),
            ("cost_per_item: 2, minutes_per_item: 3, wage_per_hour: 32", (2, 2), set()),
            ("cost_per_item: unknown, minutes_per_item: 3, wage_per_hour: 32", (1.6, 1.6), set()),
            ("minutes_per_item: 3", (0, inf), {"manual_process.wage_per_hour"}),
            ("error_rate: 5%", (0, inf), {"manual_process.cost_per_item"}),
        ],
    )
    def test_by_hand(self, manual: str, cost: tuple[float, float], missing: set[str]) -> None:
        by_hand = cost_of_an_item_by_hand(spec_of(f"manual_process: {{{manual}}}"))
        assert ends(by_hand) == near(*cost)
        assert by_hand.missing == missing

    @pytest.mark.parametrize(
        ("text", "rate"),
        [
            ("serving: {error_rate: 4%}\ntarget: {metric: accuracy, value: 0.9}", (0.04, 0.04)),
            ("target: {metric: accuracy, value: 0.9..0.92}", (0.08, 0.1)),
            ("target: {metric: accuracy, value: unknown}", (0, 1)),
        ],
    )
    def test_error_rate_of_the_model(self, text: str, rate: tuple[float, float]) -> None:
        found = model_error_rate(spec_of(text))
        assert ends(found) == near(*rate)
        assert not found.missing

    @pytest.mark.parametrize(
        "text", ["target: {metric: f1, value: 0.9}", "target: {metric: accuracy}", ""]
    )
    def test_error_rate_is_not_told(self, text: str) -> None:
        assert model_error_rate(spec_of(text)).missing == {"serving.error_rate"}


class TestBreakEven:
    def test_volume(self) -> None:
        # (115,900 / 2 + 12,160) / (12 x 0.936) .. (116,168 / 2 + 12,267.2) / (12 x 0.936)
        assert ends(model_of(PLAN).break_even_volume) == near(70110 / 11.232, 70351.2 / 11.232)

    def test_months(self) -> None:
        # upfront / (50,000 x 0.936 - upkeep / 12)
        assert ends(model_of(PLAN).break_even_months) == near(
            115900 / (46800 - 12160 / 12), 116168 / (46800 - 12267.2 / 12)
        )

    def test_never(self) -> None:
        model = model_of(PLAN.replace("cost_per_1000: 4", "cost_per_1000: 2k"))
        assert ends(model.break_even_volume) == (inf, inf)
        assert ends(model.break_even_months) == (inf, inf)

    def test_where_neither_cost_nor_saving_has_an_end_nobody_can_tell(self) -> None:
        spec = spec_of("retraining: {every: 0 s, cost_each: 1}\ncompute: {training_time: 1 h}")
        assert ends(CostModel(spec).break_even_volume) == (0, inf)

    def test_perhaps_never(self) -> None:
        model = model_of(PLAN.replace("cost_per_1000: 4", "cost_per_1000: 4..2000"))
        assert ends(model.break_even_volume) == near(70110 / 11.232, inf)

    def test_total_and_manual_process_differ_by_the_saving(self) -> None:
        model = model_of(PLAN)
        by_hand = [part.cost.low for part in model.by_hand]
        left = [part.cost.low for part in model.left_to_people]
        assert by_hand == pytest.approx([600e3, 60e3])
        assert left == pytest.approx([60e3, 36e3])
        saved = sum(by_hand) - sum(left) - model.serving.cost.low
        assert saved == pytest.approx(12 * 50e3 * 0.936)


class TestAssumptions:
    def test_all_that_entered_is_told(self) -> None:
        spec = spec_of(
            """
            compute: {accelerator: A100, training_flops: 1e20}
            labels: {required: 2k, labelled: 1k, cost_each: 1}
            retraining: {every: yearly, cost_each: 1}
            manual_process: {cost_per_item: 1}
            serving: {cost_per_1000: 1, items_per_month: 1k}
            """
        )
        told = assumptions(spec, CostModel(spec).total, ItemCosts(spec).saving)
        listed = accelerator("A100")
        assert listed is not None
        assert told == [
            "a horizon of 1..3 years",
            "1..20 runs",
            "training time from `compute.training_flops`",
            "{:g}..{:g} of peak speed".format(*interval("utilisation")),
            "list price ({}) {:g}..{:g} USD an hour".format(listed.as_of, *listed.price_per_hour),
            "overhead 1..1.67",
            "1 run for each retraining",
            "1 annotator an item",
            "no review of labels",
            "no review by people",
            "errors cost nothing",
        ]

    def test_nothing_is_told_of_what_is_declared(self) -> None:
        spec = spec_of(PLAN)
        model = CostModel(spec)
        assert assumptions(spec, model.total, ItemCosts(spec).saving) == ["overhead 1..1.67"]

    def test_a_time_from_words(self) -> None:
        spec = spec_of(
            """
            task: {type: classification, modality: text}
            approach: {family: deep_learning, training: from_scratch, parameters: 100M}
            data: {words: 1B}
            compute: {accelerator: A100, accelerators: 8, utilisation: 40%, price_per_hour: 2}
            """
        )
        assert assumptions(spec, CostModel(spec).once[3].cost) == [
            "1..20 runs",
            "training time from 6 operations a parameter and token "
            "(1..2 tokens a word and 1..40 passes)",
            "overhead 1..1.67",
        ]


RANGES = {
    "build": (1e3, 1e5),
    "time": (1.0, 100.0),
    "price": (0.5, 5.0),
    "every": (30.0, 300.0),
    "volume": (1e3, 1e5),
    "serving": (1.0, 400.0),
    "by_hand": (0.5, 2.0),
    "review": (0.0, 0.3),
    "years": (1.0, 3.0),
}
RISING = ("build", "time", "price", "volume", "serving", "years")
"""Of these more makes the total larger; of `every` less; the others do not enter."""


def ranged(values: dict[str, tuple[float, float]]) -> CostModel:
    text = {name: f"{low:.6f}..{high:.6f}" for name, (low, high) in values.items()}
    volume = f"{values['volume'][0]:.0f}..{values['volume'][1]:.0f}"
    return model_of(
        f"""
        budget: {{build: {text["build"]}, operations_per_year: 1k, horizon: {text["years"]} y}}
        data: {{availability: available}}
        labels: {{needed: false}}
        compute:
          training_time: {text["time"]} h
          experiments: 3
          price_per_hour: {text["price"]}
        retraining: {{every: {text["every"]} d, cost_each: 100}}
        serving:
          items_per_month: {volume}
          cost_per_1000: {text["serving"]}
          human_review_share: {text["review"]}
        manual_process: {{cost_per_item: {text["by_hand"]}}}
        """
    )


def interval_within(low: float, high: float) -> st.SearchStrategy[tuple[float, float]]:
    end = st.integers(round(low * 10), round(high * 10)).map(lambda tenth: tenth / 10)
    return st.tuples(end, end).map(lambda pair: (min(pair), max(pair)))


@settings(derandomize=True, max_examples=40, deadline=None)
@given(st.fixed_dictionaries({name: interval_within(*ends) for name, ends in RANGES.items()}))
def test_the_total_is_as_wide_as_the_facts_make_it(values: dict[str, tuple[float, float]]) -> None:
    total = ranged(values).total

    def corner(end: int) -> CostModel:
        chosen = {name: pair[end if name in RISING else 1 - end] for name, pair in values.items()}
        return ranged({name: (value, value) for name, value in chosen.items()})

    assert total.low == pytest.approx(corner(0).total.low)
    assert total.high == pytest.approx(corner(1).total.high)


@settings(derandomize=True, max_examples=40, deadline=None)
@given(st.fixed_dictionaries({name: interval_within(*ends) for name, ends in RANGES.items()}))
def test_the_break_even_is_as_wide_as_the_facts_make_it(
    values: dict[str, tuple[float, float]],
) -> None:
    model = ranged(values)

    def corner(end: int) -> CostModel:
        dear = ("build", "time", "price", "serving", "review")
        chosen = {name: pair[end if name in dear else 1 - end] for name, pair in values.items()}
        return ranged({name: (value, value) for name, value in chosen.items()})

    assert model.break_even_volume.low == pytest.approx(corner(0).break_even_volume.low)
    assert model.break_even_volume.high == pytest.approx(corner(1).break_even_volume.high)
    assert model.break_even_months.low == pytest.approx(corner(0).break_even_months.low)
    assert model.break_even_months.high == pytest.approx(corner(1).break_even_months.high)
