"""What a rule says that it reads is what it touches: the list drives places, flip points and coverage."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest

from mlspeclint.rules import RULES
from mlspeclint.rules.rule import Rule
from mlspeclint.spec.compiled import Spec
from mlspeclint.spec.facts import Items, Section
from mlspeclint.spec.shapes import ChoiceShape, FlagShape, ListShape, QuantityShape, SectionShape

from .support import spec_of

NOT_FACTS = ("today", "now", "mlspec")


class Recorder:
    """Stands for a section and notes the paths of the facts that are asked of it."""

    def __init__(self, section: Section, touched: set[str], prefix: str = "") -> None:
        self._section = section
        self._touched = touched
        self._prefix = prefix

    def __getattr__(self, name: str) -> object:
        value = getattr(self._section, name)
        path = f"{self._prefix}{name}"
        if isinstance(value, Section):
            return Recorder(value, self._touched, f"{path}.")
        if name not in NOT_FACTS:
            self._touched.add(path)
        return value


def touched_by(rule: Rule, spec: Spec) -> set[str]:
    touched: set[str] = set()
    recorder: Any = Recorder(spec, touched)
    outcome = rule.check(recorder)
    if outcome.tell is not None:
        outcome.tell()
    return touched


def random_specs(count: int) -> list[Spec]:
    """Specs with any facts at all, each field declared with probability one half; the same every time."""
    source = random.Random(2026)
    return [_random_section(Spec, source, "") for _ in range(count)]


def _random_section(section: type[Any], source: random.Random, prefix: str) -> Any:
    facts = {}
    for name, shape in section.FIELDS.items():
        if name != "mlspec" and source.random() < (0.9 if isinstance(shape, SectionShape) else 0.5):
            fact = _random_fact(shape, source, f"{prefix}{name}")
            if fact is not None:
                facts[name] = fact
    return section(facts)


def _random_fact(shape: Any, source: random.Random, path: str) -> Any:
    fact = shape.unknown_fact(path)
    if isinstance(shape, SectionShape):
        return _random_section(shape.section, source, f"{path}.")
    if isinstance(shape, QuantityShape):
        low = source.choice((0.0, 0.3, 0.9, 1.0, 20.0, 5e3, 3e5, 2e7, 1e9))
        low = min(max(low, shape.kind.low), shape.kind.high)
        return fact.at(low, min(low * source.choice((1, 1, 3)), shape.kind.high))
    if isinstance(shape, ChoiceShape):
        return fact.at(source.choice(shape.options))
    if isinstance(shape, FlagShape):
        return fact.at(source.random() < 0.5)
    if isinstance(shape, ListShape):
        if not isinstance(shape.item, SectionShape):
            return None
        items = [_random_fact(shape.item, source, f"{path}[{i}]") for i in range(3)]
        return Items(items) if source.random() < 0.9 else fact
    return fact.at(source.choice(("gradient_boosting", "logistic_regression", "mlp", "legitimate")))


SPECS = random_specs(1500)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_reads_what_it_says(rule: Rule) -> None:
    touched: set[str] = set()
    for spec in SPECS:
        touched |= touched_by(rule, spec)
    for block in re.findall(r"^```yaml\n(.*?)^```$", rule.page, re.MULTILINE | re.DOTALL):
        touched |= touched_by(rule, spec_of(block))
    assert touched == set(rule.reads)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_paths_exist(rule: Rule) -> None:
    for path in (*rule.reads, *(rule.flips or ())):
        section: Any = Spec
        *steps, last = path.split(".")
        for step in steps:
            section = section.FIELDS[step].section
        assert last in section.FIELDS, path
    assert set(rule.flips or ()) <= set(rule.reads)
    for cause in rule.yields_to.values():
        assert callable(cause) or set(cause) <= set(rule.reads)
