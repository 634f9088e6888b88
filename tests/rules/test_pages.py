"""The page of every rule: its parts, and its examples, which are executed."""

from __future__ import annotations

import re

import pytest

from mlspeclint.rules import RULES
from mlspeclint.rules.rule import CLEAR, CONFLICT, NOT_APPLICABLE, SEVERITIES, Rule

from .support import spec_of

PARTS = [
    "What it does",
    "Why it matters",
    "Example",
    "What to do instead",
    "When it stays quiet",
    "References",
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
class TestPage:
    def test_has_its_parts_in_order(self, rule: Rule) -> None:
        assert re.findall(r"^## (.+)$", rule.page, re.MULTILINE) == PARTS

    def test_examples(self, rule: Rule) -> None:
        bad, good = re.findall(r"^```yaml\n(.*?)^```$", rule.page, re.MULTILINE | re.DOTALL)
        outcome = rule.check(spec_of(bad))
        assert outcome.kind == CONFLICT
        assert SEVERITIES.index(outcome.severity) <= SEVERITIES.index(rule.severity)
        assert rule.check(spec_of(good)).kind in (CLEAR, NOT_APPLICABLE)

    def test_metadata(self, rule: Rule) -> None:
        assert re.fullmatch(r"[A-Z]{3}[0-9]{3}", rule.code)
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
        if rule.basis == "convention":
            assert rule.severity != "error"
