"""`explain` shows the published results behind a measured rule."""

from __future__ import annotations

import pytest

from mlspeclint.knowledge import tabular_wins
from mlspeclint.report.figures import WIDTH, figures
from mlspeclint.report.style import Style
from mlspeclint.rules import RULES, find_rule
from mlspeclint.rules.rule import Rule

from ..running import run

WITHOUT_TABLE = {
    "DAT103": "limits of the literature",
    "DAT106": "limits of the literature",
    "TGT806": "says that a curve is too thin",
}
MEASURED = [rule for rule in RULES if rule.basis == "measured" and rule.code not in WITHOUT_TABLE]


@pytest.mark.parametrize("rule", MEASURED, ids=lambda rule: rule.code)
def test_every_measured_rule_shows_its_table(rule: Rule) -> None:
    assert rule.figures
    page = run("explain", rule.code).out
    for topic in rule.figures:
        shown = figures(topic, Style())
        assert "\n".join(shown) in page
        assert all(len(line) <= WIDTH for line in shown if line[:2] != "  ")
        assert any(line.startswith("Computed by scripts/") for line in shown)


def test_the_counts_are_those_of_the_messages() -> None:
    count = tabular_wins(5000, 5000)
    row = [str(count.wins), str(count.ties), str(count.losses), str(count.total)]
    rows = [line.split() for line in figures("tabular_wins", Style())]
    assert ["all", "1,000", "10,000", *row] in rows


def test_only_rules_with_a_table_name_one() -> None:
    for code in WITHOUT_TABLE:
        rule = find_rule(code)
        assert rule is None or not rule.figures
