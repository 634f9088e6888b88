"""The causes of a finding: the changes without which a rule would say as much as before."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from mlspeclint.engine import since
from mlspeclint.engine.check import check_file
from mlspeclint.engine.differences import differences, held
from mlspeclint.engine.finding import Run
from mlspeclint.engine.flip import altered
from mlspeclint.engine.since import causes
from mlspeclint.rules import RULES, find_rule
from mlspeclint.rules.rule import CLEAR, CONFLICT, POSSIBLE, Rule
from mlspeclint.spec.compiled import Spec

from ..cli.test_hostile import HOSTILE, SETTINGS
from ..rules.support import spec_of
from ..running import EXAMPLES

BY_CODE = {rule.code: rule for rule in RULES}
SPECS = [spec_of(path.read_text(encoding="utf-8")) for path in sorted(EXAMPLES.glob("*.yaml"))]
LABELS = "labels: {required: 200k, labelled: 12k, cost_each: 0.10}\nbudget: {labelling: 30k}\n"


def told(code: str, before: str, after: str) -> list[str]:
    """The causes, in words."""
    rule = BY_CODE[code]
    return [each.text for each in causes(rule, spec_of(before), spec_of(after), BY_CODE)]


def says(rule: Rule, spec: Spec) -> tuple[str, str] | None:
    outcome = rule.check(spec)
    return (outcome.kind, outcome.severity) if outcome.kind in (CONFLICT, POSSIBLE) else None


class TestCauses:
    def test_one_that_decides(self) -> None:
        after = LABELS.replace("30k", "15k").replace("200k", "205k").replace("12k", "11.9k")
        assert told("LBL301", LABELS, after) == ["budget.labelling halved (30k -> 15k USD)"]

    def test_each_of_two_that_it_takes(self) -> None:
        """Either change alone would have been within the budget: to set back one of them is enough."""
        after = LABELS.replace("30k", "22k").replace("0.10", "0.14").replace("12k", "11k")
        assert told("LBL301", LABELS, after) == [
            "labels.cost_each up 40 % (0.1 -> 0.14 USD)",
            "budget.labelling down 27 % (30k -> 22k USD)",
        ]

    def test_both_of_two_that_each_do(self) -> None:
        after = LABELS.replace("30k", "15k").replace("0.10", "0.30").replace("12k", "11k")
        assert told("LBL301", LABELS, after) == [
            "labels.cost_each tripled (0.1 -> 0.3 USD)",
            "budget.labelling halved (30k -> 15k USD)",
        ]

    def test_what_took_a_finding_away(self) -> None:
        before = LABELS.replace("30k", "15k")
        after = LABELS.replace("12k", "13k")
        assert told("LBL301", before, after) == ["budget.labelling doubled (15k -> 30k USD)"]

    def test_a_fact_that_is_there_now(self) -> None:
        before = LABELS.replace("required: 200k, ", "")
        after = LABELS.replace("30k", "15k")
        assert told("LBL301", before, after) == [
            "labels.required added: 200,000",
            "budget.labelling halved (30k -> 15k USD)",
        ]

    def test_the_same_outcome_has_none(self) -> None:
        assert told("LBL301", LABELS, LABELS.replace("12k", "11k")) == []
        over = LABELS.replace("30k", "15k")
        assert told("LBL301", over, over.replace("15k", "5k")) == []

    def test_facts_that_the_rule_does_not_read(self) -> None:
        after = LABELS.replace("30k", "15k") + "serving: {latency: 5 s}\n"
        assert told("LBL301", LABELS, after) == ["budget.labelling halved (30k -> 15k USD)"]

    def test_a_default_that_follows_from_another_fact(self) -> None:
        """`labels.needed` was declared by nobody; the task decides."""
        before = "task: {type: generation, modality: text}\nlabels: {labelled: 0}\n"
        after = before.replace("generation", "classification")
        fine = "approach: {family: deep_learning, training: fine_tuning}\n"
        assert told("LBL304", fine + before, fine + after)

    def test_a_rule_to_which_it_yielded(self) -> None:
        """CST403 says nothing while CST402 reports the same cause, which reads other facts."""
        yielding = [rule for rule in RULES if rule.yields_to]
        assert yielding
        plan = (
            "serving: {items_per_month: 10, cost_per_1000: 100, human_review_share: 0}\n"
            "manual_process: {minutes_per_item: 1, wage_per_hour: 30, error_rate: 0}\n"
            "target: {metric: accuracy, value: 1}\n"
            "budget: {build: 50k, operations_per_year: 1k, horizon: 2 y}\n"
            "compute: {accelerator: none, training_time: 1 h, price_per_hour: 0, experiments: 1}\n"
            "retraining: {every: never}\n"
        )
        rule = find_rule("CST403")
        assert rule is not None
        assert says(rule, spec_of(plan))
        changed = told("CST403", plan.replace("1000: 100", "1000: 9000"), plan)
        assert changed == ["serving.cost_per_1000 cut to 1.1 % (9k -> 100 USD)"]


@pytest.mark.parametrize("seed", range(4))
def test_any_two_plans(seed: int) -> None:
    """What is told as a cause makes the difference, alone or with the others; and nothing is told in vain."""
    chance = random.Random(seed)
    pairs = chance.sample(list(combinations(SPECS, 2)), 12)
    seen = 0
    for before, after in pairs:
        for rule in RULES:
            if rule.yields_to or (says(rule, before) is None) == (says(rule, after) is None):
                continue
            found = causes(rule, before, after, BY_CODE)
            assert found, rule
            seen += 1

            def turned(
                paths: list[str], rule: Rule = rule, old: Spec = before, new: Spec = after
            ) -> bool:
                spec = new
                for path in paths:
                    spec = altered(spec, path, held(old, path))
                return (says(rule, spec) is None) != (says(rule, new) is None)

            alone = [each.path for each in found if turned([each.path])]
            if alone:
                assert len(alone) == len(found), rule
            else:
                assert turned([each.path for each in found]), rule
                for each in found:
                    assert not turned([other.path for other in found if other is not each]), rule
            assert {each.path for each in found} <= set(rule.reads)
            changed = {each.path for each in differences(before, after, rule.reads)}
            assert {each.path for each in found} <= changed
    assert seen > 20


def test_a_clear_rule_stays_clear_where_nothing_changed() -> None:
    for spec in SPECS:
        for rule in RULES:
            if rule.check(spec).kind is CLEAR:
                assert causes(rule, spec, spec, BY_CODE) == []


@pytest.mark.parametrize("forward", [True, False])
def test_any_two_texts(forward: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever two versions of a file hold, what is left is new or worse, and the rest is counted."""

    class Then:
        """Stands for a repository in which every file was a good plan, or the hostile text."""

        commits = ("c0ffee",)

        def __init__(self, *_: object) -> None:
            pass

        def content(self, _: str) -> bytes:
            return old

        def deleted(self) -> tuple[()]:
            return ()

        def close(self) -> None:
            pass

    monkeypatch.setattr(since, "Past", Then)
    plan = (EXAMPLES / "chest-x-rays.ml-project.yaml").read_bytes()
    for hostile in HOSTILE.values():
        new, old = (hostile, plan) if forward else (plan, hostile)
        report = check_file(new, "a.yaml", SETTINGS)
        open_ones = sum(each.waived is None for each in report.findings)
        since.compare(Run([report]), [(report, new, SETTINGS)], "main", [], lambda _: None)
        change = report.since
        assert change is not None
        left = [each for each in report.findings if each.waived is None]
        assert len(left) == change.new + change.worse
        assert open_ones == len(left) + change.same
        assert all(each.since is not None and each.since.text for each in left)
