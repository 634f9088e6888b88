"""Training compute against sums done by hand."""

from __future__ import annotations

import pytest

from mlspeclint.feasibility.training_compute import (
    TrainingCompute,
    accelerator_hours,
    accelerator_memory,
    price_per_hour,
    training_memory,
    training_operations,
    training_time,
)
from mlspeclint.knowledge import accelerator, interval
from tests.rules.support import spec_of

TEXT = """
task: {type: classification, modality: text}
approach: {family: deep_learning, training: from_scratch, parameters: 100M}
data: {words: 1B}
"""


def test_the_cost_of_all_runs() -> None:
    compute = TrainingCompute(
        spec_of(
            "compute: {training_time: 12 h, experiments: 20, accelerators: 8,"
            " price_per_hour: 2.50..3.10}"
        )
    )
    assert (compute.hours.low, compute.hours.high) == (96, 96)
    # 96 h x 2.50 x 1.0 and 96 h x 3.10 x 1.67
    assert compute.run.low == pytest.approx(240)
    assert compute.run.high == pytest.approx(496.992)
    assert compute.cost.low == pytest.approx(4800)
    assert compute.cost.high == pytest.approx(9939.84)
    assert compute.cost.assumed == {"overhead"}
    assert not compute.cost.missing


def test_defaults_that_enter_are_named() -> None:
    cost = TrainingCompute(spec_of("compute: {training_time: 10 h, price_per_hour: 1}")).cost
    assert cost.low == pytest.approx(10)
    assert cost.high == pytest.approx(10 * 20 * 1.67)
    assert cost.assumed == {"overhead", "compute.accelerators", "compute.experiments"}


def test_an_absent_part_is_anything_from_0_up_and_missing() -> None:
    cost = TrainingCompute(spec_of("compute: {training_time: 10 h}")).cost
    assert (cost.low, cost.high) == (0, float("inf"))
    assert cost.missing == {"compute.price_per_hour"}
    cost = TrainingCompute(spec_of("compute: {price_per_hour: 2}")).cost
    assert cost.missing == {"compute.training_time"}


class TestPrice:
    def test_list_price(self) -> None:
        price = price_per_hour(spec_of("compute: {accelerator: A100}"))
        listed = accelerator("A100")
        assert listed is not None
        assert (price.low, price.high) == listed.price_per_hour
        assert price.assumed == {"compute.price_per_hour"}

    def test_a_declared_price_goes_first(self) -> None:
        price = price_per_hour(spec_of("compute: {accelerator: A100, price_per_hour: 9}"))
        assert (price.low, price.high, price.assumed) == (9, 9, frozenset())

    @pytest.mark.parametrize(
        "text",
        [
            "compute: {accelerator: A100, owned: true}",
            "compute: {accelerator: A100}\nbudget: {currency: EUR}",
            "compute: {accelerator: A100}\nbudget: {currency: unknown}",
            "compute: {accelerator: other}",
            "compute: {accelerator: none}",
            "compute: {accelerator: unknown}",
            "compute: {experiments: 3}",
        ],
    )
    def test_no_estimate(self, text: str) -> None:
        price = price_per_hour(spec_of(text))
        assert (price.low, price.high) == (0, float("inf"))
        assert price.missing == {"compute.price_per_hour"}

    def test_who_owns_them_is_unknown(self) -> None:
        price = price_per_hour(spec_of("compute: {accelerator: A100, owned: unknown}"))
        listed = accelerator("A100")
        assert listed is not None
        assert (price.low, price.high) == (0, listed.price_per_hour[1])
        assert not price.missing


class TestTime:
    def test_from_declared_operations(self) -> None:
        spec = spec_of(
            "compute: {accelerator: A100, accelerators: 4, training_flops: 1e21, utilisation: 40%}"
        )
        # 1e21 / (312e12 x 0.4) = 8.0128e6 s of one accelerator
        hours, time = accelerator_hours(spec), training_time(spec)
        assert hours.low == hours.high == pytest.approx(2225.78, rel=1e-5)
        assert time.low == pytest.approx(8.0128e6 / 4, rel=1e-4)
        assert hours.assumed == {"compute.training_time"}

    def test_from_parameters_and_words(self) -> None:
        operations = training_operations(spec_of(TEXT))
        assert operations is not None
        # 6 x 1e8 x 1e9 words x (1 token, once .. 2 tokens, 40 times)
        assert operations.low == pytest.approx(6e17)
        assert operations.high == pytest.approx(4.8e19)

    def test_with_the_usual_utilisation(self) -> None:
        hours = accelerator_hours(
            spec_of("compute: {accelerator: T4, training_flops: 65e16, price_per_hour: 1}")
        )
        # 10,000 s at the peak
        slow, fast = interval("utilisation")
        assert hours.low == pytest.approx(10000 / fast / 3600)
        assert hours.high == pytest.approx(10000 / slow / 3600)
        assert hours.assumed == {"compute.training_time", "compute.utilisation"}

    def test_on_processors(self) -> None:
        spec = spec_of(TEXT + "compute: {accelerator: none, accelerators: 4}")
        time = training_time(spec)
        # The number of accelerators that are not there changes nothing.
        fastest = interval("processor_peak_flops")[1] * interval("utilisation")[1]
        assert time.low == pytest.approx(6e17 / fastest)

    def test_more_accelerators_cost_the_same_and_take_less_time(self) -> None:
        one = spec_of("compute: {accelerator: A100, training_flops: 1e21}")
        eight = spec_of("compute: {accelerator: A100, training_flops: 1e21, accelerators: 8}")
        assert accelerator_hours(one).low == accelerator_hours(eight).low
        assert training_time(one).low == pytest.approx(8 * training_time(eight).low)

    @pytest.mark.parametrize(
        "text",
        [
            "compute: {accelerator: A100}",
            TEXT.replace("modality: text", "modality: image") + "compute: {accelerator: A100}",
            TEXT.replace("from_scratch", "frozen_features") + "compute: {accelerator: A100}",
            TEXT.replace("100M", "100M, adapter: lora") + "compute: {accelerator: A100}",
            TEXT.replace("100M", "unknown") + "compute: {accelerator: A100}",
            TEXT + "compute: {accelerator: other}",
            TEXT,
        ],
    )
    def test_no_estimate(self, text: str) -> None:
        assert training_time(spec_of(text)).missing == {"compute.training_time"}
        assert accelerator_hours(spec_of(text)).missing == {"compute.training_time"}

    @pytest.mark.parametrize(
        "approach",
        [
            "{family: rules}",
            "{family: deep_learning, training: zero_shot}",
            "{family: deep_learning, training: prompting}",
        ],
    )
    def test_what_is_not_trained_takes_none(self, approach: str) -> None:
        spec = spec_of(f"approach: {approach}\ncompute: {{price_per_hour: 2}}")
        assert training_time(spec).high == 0
        cost = TrainingCompute(spec).cost
        assert (cost.low, cost.high, cost.missing) == (0, 0, frozenset())


class TestRetraining:
    COMPUTE = "compute: {training_time: 10 h, price_per_hour: 2}\n"

    def test_its_runs(self) -> None:
        cost = TrainingCompute(spec_of(self.COMPUTE + "retraining: {runs: 3}")).cost_of_a_retraining
        assert cost.low == pytest.approx(60)
        assert cost.high == pytest.approx(60 * 1.67)

    def test_an_update_of_a_model_takes_any_part_of_a_training(self) -> None:
        cost = TrainingCompute(
            spec_of(self.COMPUTE + "approach: {family: deep_learning, incremental: true}")
        ).cost_of_a_retraining
        assert cost.low == 0
        assert cost.high == pytest.approx(20 * 1.67)


class TestMemory:
    def test_of_training(self) -> None:
        spec = spec_of("approach: {family: deep_learning, parameters: 7B}")
        assert training_memory(spec).low == training_memory(spec).high == 112e9

    def test_of_accelerators(self) -> None:
        memory = accelerator_memory(spec_of("compute: {accelerator: A100, accelerators: 2}"))
        assert memory is not None
        # The smaller A100 has 40 GB, the larger 80; a GB may be 2^30 bytes.
        assert memory.low == 2 * 40e9
        assert memory.high == 2 * 80 * 2**30

    @pytest.mark.parametrize("name", ["none", "other"])
    def test_of_no_known_one(self, name: str) -> None:
        assert accelerator_memory(spec_of(f"compute: {{accelerator: {name}}}")) is None

    def test_of_one_that_is_not_named(self) -> None:
        absent = accelerator_memory(spec_of("compute: {accelerators: 2}"))
        unknown = accelerator_memory(spec_of("compute: {accelerator: unknown}"))
        assert absent is not None and unknown is not None
        assert absent.missing == {"compute.accelerator"}
        assert unknown.high == float("inf") and not unknown.missing
