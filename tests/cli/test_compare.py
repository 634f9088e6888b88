"""`mlspeclint compare`: the table, the verdict, the facts behind it, and JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mlspeclint.engine.compare import CONCERNS
from mlspeclint.rules import RULES
from mlspeclint.rules.approaches import APPROACHES

from ..engine.support import complete
from ..report.support import COLOUR, columns, is_safe
from ..running import EXAMPLES, TODAY, run

NAMES = sorted(path.name.removesuffix(".ml-project.yaml") for path in EXAMPLES.glob("*.yaml"))
NEWS = EXAMPLES / "news-recommender.ml-project.yaml"
PUMPS = EXAMPLES / "pump-failures.ml-project.yaml"
RULES_AT_HAND = {rule.code for rule in RULES if not rule.code.startswith("EVD")}


def told(text: str, *options: str, **settings: Any) -> str:
    ran = run("compare", "-", "--today", TODAY, *options, stdin=complete(text).encode(), **settings)
    assert (ran.status, ran.err) == (0, "")
    return ran.out


def flat(text: str) -> str:
    return " ".join(text.split())


def report(name: str) -> dict[str, Any]:
    ran = run("compare", EXAMPLES / f"{name}.ml-project.yaml", "--today", TODAY, "-f", "json")
    assert (ran.status, ran.err) == (0, "")
    (comparison,) = json.loads(ran.out)["comparisons"]
    assert isinstance(comparison, dict)
    return comparison


class TestText:
    def test_names_the_approach_with_the_fewest_conflicts(self) -> None:
        out = flat(run("compare", EXAMPLES / "wildlife-cameras.ml-project.yaml").out)
        assert "fewest conflicts: prompting and few-shot: no conflict" in out
        assert "nobody has measured them here" in out
        assert "classical ML (rejected: half of the pictures" in out

    def test_says_why_others_are_not_proposed(self) -> None:
        out = flat(run("compare", NEWS).out)
        assert "fewest conflicts: from scratch, the chosen one" in out
        assert "statistics and classical ML (measured, and below the target)" in out

    def test_names_the_cheapest_change(self) -> None:
        out = flat(run("compare", NEWS).out)
        assert "cheapest change: retraining.every >= 5.86 h (now 1 h)" in out

    def test_says_where_facts_come_from(self) -> None:
        out = flat(run("compare", NEWS).out)
        assert "target.pilot 0.231, compute.training_time 4 min (alternatives[1])" in out
        assert "left out: approach.training," in out

    def test_an_estimate_is_named(self) -> None:
        out = flat(run("compare", EXAMPLES / "telco-churn.ml-project.yaml").out)
        assert "compute.training_time 15.7 s..2.31 min (networks took 2.6 to 22.87 times" in out

    def test_the_chosen_approach_is_marked(self) -> None:
        lines = run("compare", NEWS).out.splitlines()
        (head,) = [line for line in lines if line.strip() == "chosen"]
        first = next(line for line in lines if line.lstrip().startswith("rules  "))
        assert head.index("chosen") == first.index("from")

    @pytest.mark.parametrize(
        ("approach", "head"),
        [("deep_learning, training: zero_shot", "zero-"), ("deep_learning", "deep")],
    )
    def test_an_approach_of_its_own_has_a_column(self, approach: str, head: str) -> None:
        out = told(f"approach: {{family: {approach}}}")
        assert f" {head}" in out.splitlines()[2]
        assert max(map(len, out.splitlines())) <= 80

    def test_rules(self) -> None:
        out = told("serving: {latency: 3 s, latency_limit: 1 s}", "--rules")
        rows = {line.split()[0]: line.split()[1:] for line in out.splitlines() if line[:2] == "  "}
        assert rows["CST408"] == ["?", "?", "?", "?", "?", "?", "?", "?", "warn"]
        assert "DAT107" not in rows  # it applies to no approach
        assert "CST408" not in told("serving: {latency: 3 s}").partition("chosen: ")[0]

    def test_waived(self) -> None:
        out = run("compare", PUMPS, "--today", TODAY, "--rules").out
        (row,) = [line for line in out.splitlines() if line.startswith("  RTR603")]
        assert set(row.split()[1:]) == {"waived"}
        assert "waived: a waiver of the plan covers it" in flat(out)
        after = run("compare", PUMPS, "--today", "2028-01-01", "--rules").out
        assert "waived" not in after

    def test_only_signs_that_occur_are_explained(self) -> None:
        out = flat(told("labels: {agreement: 0.5}"))
        assert "waived:" not in out
        assert "~:" not in out

    @pytest.mark.parametrize("name", NAMES)
    def test_fits_80_columns(self, name: str) -> None:
        for option in ((), ("--rules",)):
            out = run("compare", EXAMPLES / f"{name}.ml-project.yaml", *option).out
            assert max(map(columns, out.splitlines())) <= 80

    def test_on_a_narrow_terminal_sentences_are_wrapped(self) -> None:
        out = COLOUR.sub("", run("compare", NEWS, columns=50).out)
        sentences = out.partition("chosen: ")[2].splitlines()
        assert max(map(len, sentences)) <= 60

    def test_colours_are_all_that_differs(self) -> None:
        plain = run("compare", NEWS).out
        coloured = run("compare", NEWS, "--color", "always").out
        assert plain != coloured
        assert COLOUR.sub("", coloured) == plain

    def test_on_an_ascii_console(self) -> None:
        assert run("compare", NEWS, encoding="ascii").out.isascii()

    def test_what_a_spec_says_cannot_steer_the_terminal(self) -> None:
        text = r"""
            alternatives:
              - {family: rules, status: rejected, reason: "a\x1b[31mb\r\nc\u202e"}
              - {family: classical_ml, algorithm: "x\x07\ny", status: considered}
        """
        ran = run("compare", "-", stdin=complete(text).encode())
        assert ran.status == 0
        assert is_safe(ran)


class TestJson:
    @pytest.mark.parametrize("name", NAMES)
    def test_every_approach_and_every_concern(self, name: str) -> None:
        comparison = report(name)
        keys = [each["approach"] for each in comparison["approaches"]]
        assert [approach.key for approach in APPROACHES] == keys
        (chosen,) = [each for each in comparison["approaches"] if each["chosen"]]
        assert chosen["approach"] == comparison["chosen"]
        for each in comparison["approaches"]:
            assert set(each["concerns"]) == set(CONCERNS)
            assert {rule["code"] for rule in each["rules"]} >= RULES_AT_HAND
            outcomes = {concern["outcome"] for concern in each["concerns"].values()}
            assert outcomes <= {
                "conflict", "possible", "undecided", "waived", "clear", "not_applicable",
            }  # fmt: skip

    @pytest.mark.parametrize("name", NAMES)
    def test_the_chosen_approach_is_judged_as_check_judges_it(self, name: str) -> None:
        comparison = report(name)
        (chosen,) = [each for each in comparison["approaches"] if each["chosen"]]
        path = EXAMPLES / f"{name}.ml-project.yaml"
        checked = json.loads(run("check", path, "--today", TODAY, "-f", "json").out)
        reported = {
            rule["code"]: rule
            for rule in chosen["rules"]
            if rule["message"] and not rule["told_elsewhere"]
        }
        findings = {f["code"]: f for f in checked["findings"] if f["code"] in RULES_AT_HAND}
        assert set(reported) == set(findings)
        for code, finding in findings.items():
            rule = reported[code]
            assert rule["outcome"] == finding["outcome"]
            assert finding["message"].endswith(rule["message"])
            assert rule["waived"] == (finding["waived"] is not None)
            assert rule["clears_when"] == finding["clears_when"]
        undecided = {rule["code"]: rule["missing"] for rule in chosen["rules"] if rule["missing"]}
        assert undecided == {each["code"]: sorted(each["missing"]) for each in checked["undecided"]}

    def test_facts_of_others(self) -> None:
        approaches = {each["approach"]: each for each in report("news-recommender")["approaches"]}
        trees = approaches["classical_ml"]
        assert trees["algorithm"] == "item nearest neighbours"
        assert (trees["alternative"], trees["score"]) == (1, {"low": 0.231, "high": 0.231})
        assert trees["reaches_target"] is False
        facts = {fact["path"]: fact for fact in trees["facts"]}
        assert facts["compute.training_time"]["source"] == "alternatives[1]"
        assert facts["compute.price_per_hour"]["estimate"] is True
        assert "serving.cost_per_1000" in trees["left_out"]
        assert approaches["from_scratch"]["left_out"] == []

    def test_the_cheapest_change(self) -> None:
        change = report("news-recommender")["cheapest_change"]
        (step,) = change["changes"]
        assert (step["path"], step["operator"]) == ("retraining.every", ">=")
        assert (change["left"], change["stuck"]) == ([], [])
        assert report("credit-scoring")["cheapest_change"]["left"][0]["code"] == "XPL501"

    def test_what_is_not_proposed(self) -> None:
        reasons = {e["approach"]: e["reason"] for e in report("news-recommender")["not_proposed"]}
        assert reasons["classical_ml"] == "measured, and below the target"

    def test_open_ends_are_null(self) -> None:
        ran = run(
            *("compare", "-", "-f", "json"),
            stdin=complete("""
                target: {metric: mae, value: 10, pilot: '>= 3'}
                retraining: {every: never}
            """).encode(),
        )
        chosen = next(e for e in json.loads(ran.out)["comparisons"][0]["approaches"] if e["chosen"])
        assert chosen["score"] == {"low": 3.0, "high": None}


class TestDocumentsAndMistakes:
    TWO = (complete("project: {name: one}") + "---\n" + complete("project: {name: two}")).encode()

    def test_documents(self) -> None:
        out = run("compare", "-", stdin=self.TWO).out
        assert out.index("one: the approaches") < out.index("two: the approaches")
        second = run("compare", "-", "--document", "2", stdin=self.TWO).out
        assert second.startswith("two: ")
        assert run("compare", "-", "--document", "3", stdin=self.TWO).status == 2

    def test_a_mistake_in_the_spec(self) -> None:
        ran = run("compare", "-", stdin=complete("budget: {total: 1 USD, build: 2 EUR}").encode())
        assert (ran.status, ran.out) == (1, "")
        assert "error[SPC010]" in ran.err

    def test_usage(self) -> None:
        assert run("compare").status == 2
        assert run("compare", NEWS, "-f", "csv").status == 2
        assert run("compare", "no-such-file.yaml").status == 2

    def test_to_a_file(self, tmp_path: Path) -> None:
        assert run("compare", NEWS, "-o", tmp_path / "a.txt").out == ""
        assert (tmp_path / "a.txt").read_text(encoding="utf-8") == run("compare", NEWS).out

    def test_help_has_examples(self) -> None:
        assert "mlspeclint compare ml-project.yaml --rules" in run("compare", "--help").out

    def test_many_alternatives_take_no_time(self) -> None:
        entries = "".join("  - {family: classical_ml, status: considered}\n" for _ in range(2000))
        ran = run("compare", "-", stdin=(complete("") + f"alternatives:\n{entries}").encode())
        assert ran.status == 0
