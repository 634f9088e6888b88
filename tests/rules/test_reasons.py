"""The page that maps the reasons of failure to rules: every reason and every rule is on it."""

from __future__ import annotations

import re

from mlspeclint.rules import RULES

from ..running import ROOT

ROWS = {
    row[0]: row[-1].split()
    for line in (ROOT / "docs" / "reasons.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| [AB][1-6] ", line)
    for row in [[cell.strip() for cell in line.strip("|").split("|")]]
}


def test_every_reason_is_looked_for() -> None:
    assert list(ROWS) == [f"{letter}{number}" for letter in "AB" for number in range(1, 7)]
    assert all(ROWS.values())


def test_every_rule_has_a_reason() -> None:
    listed = {code for codes in ROWS.values() for code in codes}
    assert listed == {rule.code for rule in RULES}
