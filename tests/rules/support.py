"""Evaluating one rule on a few lines of YAML."""

from __future__ import annotations

from datetime import date
from textwrap import dedent

from mlspeclint.document.parse import parse
from mlspeclint.rules.rule import CONFLICT, POSSIBLE, Outcome, Told
from mlspeclint.spec.compiled import Spec
from mlspeclint.spec.load import load

REST = {
    "mlspec": "mlspec: 1\n",
    "project": "project: {name: example}\n",
    "task": "task: {type: classification, modality: tabular}\n",
    "approach": "approach: {family: deep_learning}\n",
}
TODAY = date(2026, 11, 21)


def spec_of(text: str, today: date | None = None) -> Spec:
    """The spec of a fragment; required sections that it lacks are filled in. Its shape must be right."""
    text = dedent(text).strip() + "\n"
    present = {line.split(":")[0] for line in text.splitlines()}
    text = "".join(part for key, part in REST.items() if key not in present) + text
    file = parse(text.encode())
    assert not file.problems, [problem.message for problem in file.problems]
    loaded = load(file.documents[0], float((today or TODAY).toordinal()) if today else None)
    assert not loaded.problems, [problem.message for problem in loaded.problems]
    assert loaded.spec is not None
    # The tests are the same on every day.
    return loaded.spec.having(now=float((today or TODAY).toordinal()))


def outcome_of(rule_name: str, text: str, today: date | None = None) -> Outcome:
    """The outcome of the rule of that code or name on a fragment."""
    from mlspeclint.rules import find_rule

    rule = find_rule(rule_name)
    assert rule is not None, rule_name
    return rule.check(spec_of(text, today))


def verdict(rule_name: str, text: str, today: date | None = None) -> str:
    """The outcome as a word: its severity for a conflict, else its kind."""
    outcome = outcome_of(rule_name, text, today)
    return outcome.severity if outcome.kind == CONFLICT else outcome.kind


def told(rule_name: str, text: str, today: date | None = None) -> Told:
    """What a finding of the rule says; the rule must find something."""
    outcome = outcome_of(rule_name, text, today)
    assert outcome.kind in (CONFLICT, POSSIBLE), outcome
    assert outcome.tell is not None
    return outcome.tell()
