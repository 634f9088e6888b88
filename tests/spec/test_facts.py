"""What a fact says of itself: declared, unknown, absent or assumed."""

from __future__ import annotations

from math import inf

import pytest

from mlspeclint.spec.compiled import Data, Spec
from mlspeclint.spec.facts import ABSENT, DECLARED, DEFAULT, UNKNOWN, Choice, Flag, Measure
from mlspeclint.spec.kinds import COUNT
from mlspeclint.spec.metrics import (
    ABOVE_ONE,
    ACCURACY_LIKE,
    MINIMIZED,
    PROPORTIONS,
    RANKS,
    direction_of,
)
from mlspeclint.spec.quantity import MAYBE, NO, YES

from .support import read

# Each state, by a fact of each of the three shapes.
STATES = {
    DECLARED: read("data: {examples: 5, split: time, synthetic: true}").spec.data,
    UNKNOWN: read("data: {examples: unknown, split: unknown, synthetic: unknown}").spec.data,
}
ABSENT_FACTS = (Spec().data.examples, Spec().data.split, Spec().labels.needed)
ASSUMED = (Spec().labels.per_item, Spec().project.stage, Spec().data.synthetic)
UNDONE = (Spec().budget.operations_per_year, Spec().project.kpi, Spec().people.consent)


class TestStates:
    @pytest.mark.parametrize("name", ["examples", "split", "synthetic"])
    def test_declared_and_unknown(self, name: str) -> None:
        declared, unknown = getattr(STATES[DECLARED], name), getattr(STATES[UNKNOWN], name)
        assert declared.given is YES
        assert unknown.given is MAYBE
        assert (declared.absent, unknown.absent) == (False, False)

    @pytest.mark.parametrize("fact", ABSENT_FACTS, ids=lambda fact: fact.path)
    def test_an_absent_fact_is_missing(self, fact: Measure | Choice | Flag) -> None:
        assert fact.state is ABSENT
        assert fact.absent
        assert fact.given is NO
        assert fact.missing == {fact.path}

    @pytest.mark.parametrize("fact", ASSUMED, ids=lambda fact: fact.path)
    def test_a_default_is_not_missing(self, fact: Measure | Choice | Flag) -> None:
        assert fact.state is DEFAULT
        assert not fact.absent
        assert fact.given is NO
        assert fact.missing == frozenset()

    @pytest.mark.parametrize("fact", UNDONE, ids=lambda fact: fact.path)
    def test_an_absent_duty_is_not_declared(self, fact: Measure | Choice | Flag) -> None:
        assert fact.absent
        assert fact.given is NO


class TestMeasure:
    def test_absent_spans_the_domain(self) -> None:
        rate = Spec().data.positive_rate
        assert (rate.low, rate.high) == (0, 1)
        assert (Spec().target.value.low, Spec().target.value.high) == (-inf, inf)
        assert (rate > 0.5).missing == {"data.positive_rate"}
        assert (rate >= 0).certain

    def test_a_default_is_named_in_what_it_enters(self) -> None:
        spec = Spec()
        assert (spec.compute.experiments.low, spec.compute.experiments.high) == (1, 20)
        total = spec.compute.experiments * 5 + spec.data.examples
        assert total.assumed == {"compute.experiments"}
        assert total.missing == {"data.examples"}

    def test_at_another_value(self) -> None:
        other = Spec().data.examples.at(5, 9)
        assert (other.low, other.high, other.state) == (5, 9, DECLARED)
        assert (other.path, other.kind) == ("data.examples", COUNT)
        assert other.missing == frozenset()

    def test_is_shown_as_its_kind(self) -> None:
        data = read("data: {examples: 10k..20k, size: 2 GB, changes_every: 2 weeks}").spec.data
        assert f"{data.examples}" == "10,000..20,000"
        assert f"{data.size}" == "2 GB"
        assert f"{data.changes_every}" == "14 days"
        assert f"{data.examples:money}" == "10k..20k"
        assert f"{Spec().data.features}" == "unknown"


class TestChoice:
    def test_is(self) -> None:
        split = STATES[DECLARED].split
        assert split.is_("time", "random") is YES
        assert split.is_("random") is NO
        assert split.is_() is NO

    def test_is_open_when_nobody_knows(self) -> None:
        assert STATES[UNKNOWN].split.is_("time") is MAYBE
        absent = Spec().data.split.is_("time")
        assert absent.open
        assert absent.missing == {"data.split"}

    def test_an_undone_duty_is_none(self) -> None:
        assert Spec().explainability.required.is_("none") is YES
        assert Spec().explainability.required.given is NO

    def test_at_another_value(self) -> None:
        other = Spec().data.split.at("time")
        assert other.is_("time") is YES
        assert other.given is YES
        assert "grouped" in other.options

    def test_repr(self) -> None:
        assert repr(Spec().data.split) == "<data.split: absent>"
        assert repr(STATES[DECLARED].split) == "<data.split: time>"


class TestFlag:
    def test_is_an_answer(self) -> None:
        assert (STATES[DECLARED].synthetic & YES).certain
        assert STATES[UNKNOWN].synthetic.open
        assert (~Spec().people.consent).certain
        assert Spec().labels.needed.missing == {"labels.needed"}

    def test_at_another_value(self) -> None:
        assert Spec().people.consent.at(True).certain
        assert Spec().people.consent.at(True).given is YES


class TestSection:
    def test_is_frozen(self) -> None:
        with pytest.raises(AttributeError, match="frozen"):
            Spec().data = Data()

    def test_having(self) -> None:
        spec = read("data: {examples: 5, classes: 3}").spec
        other = spec.having(data=spec.data.having(examples=spec.data.examples.at(9, 9)))
        assert (spec.data.examples.low, other.data.examples.low) == (5, 9)
        assert other.data.classes.low == 3
        assert type(other) is Spec

    def test_absent_facts_know_their_place(self) -> None:
        assert Spec().approach.base_model.licence.path == "approach.base_model.licence"


class TestMetrics:
    def test_every_metric_has_a_direction_but_other(self) -> None:
        options = Spec().target.metric.options
        assert set(options) >= PROPORTIONS | RANKS | MINIMIZED
        for metric in options:
            direction = direction_of(metric)
            assert (direction is None) is (metric == "other")
            assert (direction == "minimize") is (metric in MINIMIZED)

    def test_families(self) -> None:
        assert not PROPORTIONS & RANKS
        assert ABOVE_ONE <= PROPORTIONS
        assert ACCURACY_LIKE <= PROPORTIONS
        assert len(PROPORTIONS) == 12
