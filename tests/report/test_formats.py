"""What programs read: JSON (version 1), one finding a line, and the concise form."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from mlspeclint import __version__

from ..running import EXAMPLES, TODAY, run

FINDING: dict[str, type | tuple[type, ...]] = {
    "code": str,
    "name": str,
    "severity": str,
    "outcome": str,
    "message": str,
    "file": str,
    "document": int,
    "path": str,
    "range": (dict, type(None)),
    "related": list,
    "clears_when": list,
    "instead": (str, type(None)),
    "basis": (str, type(None)),
    "sources": list,
    "docs": str,
    "fingerprint": str,
    "waived": (dict, type(None)),
    "fix": (dict, type(None)),
}
"""The keys that `cli.md` promises of a finding."""
SUMMARY = (
    "files",
    "errors",
    "warnings",
    "notes",
    "waived",
    "undecided",
    "facts_declared",
    "facts_relevant",
)
WITH_WAIVERS = EXAMPLES / "pump-failures.ml-project.yaml"
WITH_ERRORS = EXAMPLES / "chest-x-rays.ml-project.yaml"
WITH_POSSIBLE = EXAMPLES / "claims-photos.ml-project.yaml"


def report(*arguments: Any, stdin: bytes = b"") -> dict[str, Any]:
    ran = run("check", *arguments, "--today", TODAY, "-f", "json", stdin=stdin)
    loaded: dict[str, Any] = json.loads(ran.out)
    return loaded


def is_a_range(place: Any) -> bool:
    return set(place) == {"start", "end"} and all(
        set(end) == {"line", "column"} and end["line"] >= 1 and end["column"] >= 1
        for end in place.values()
    )


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.name)
def test_the_shape_of_version_1(path: Any) -> None:
    loaded = report(path)
    assert loaded["version"] == 1
    assert loaded["tool"] == {"name": "mlspeclint", "version": __version__}
    assert set(SUMMARY) <= set(loaded["summary"])
    assert all(isinstance(number, int) for number in loaded["summary"].values())
    for finding in loaded["findings"]:
        for key, kind in FINDING.items():
            assert isinstance(finding[key], kind), key
        assert finding["severity"] in ("error", "warning", "note")
        assert finding["outcome"] in ("conflict", "possible")
        assert finding["basis"] in ("arithmetic", "measured", "regulation", "convention")
        assert re.fullmatch("[0-9a-f]{32}", finding["fingerprint"])
        assert is_a_range(finding["range"])
        for place in finding["related"]:
            assert set(place) == {"path", "range", "label"}
            assert is_a_range(place["range"])
            assert place["label"]
        for flip in finding["clears_when"]:
            assert {"path", "operator", "value"} <= set(flip)
            assert flip["operator"] in ("<=", ">=", "==", "in")


def test_a_finding_as_documented() -> None:
    (finding, *_) = report(WITH_ERRORS)["findings"]
    assert finding["code"] == "LBL301"
    assert finding["path"] == "labels.required"
    assert finding["range"] == {
        "start": {"line": 43, "column": 13},
        "end": {"line": 43, "column": 16},
    }
    (budget,) = [place for place in finding["related"] if place["path"] == "budget.labelling"]
    assert budget["label"] == "the budget for labels"
    required = finding["clears_when"][0]
    assert (required["path"], required["operator"], required["value"]) == (
        "labels.required",
        "<=",
        20200,
    )
    assert finding["docs"] == "mlspeclint explain LBL301"


def test_the_summary_counts_what_is_there() -> None:
    loaded = report(WITH_ERRORS, WITH_WAIVERS, WITH_POSSIBLE)
    open_ones = [each for each in loaded["findings"] if each["waived"] is None]
    summary = loaded["summary"]
    for key, severity in (("errors", "error"), ("warnings", "warning"), ("notes", "note")):
        assert summary[key] == sum(each["severity"] == severity for each in open_ones)
    assert summary["possible"] == sum(each["outcome"] == "possible" for each in open_ones) > 0
    assert summary["waived"] == len(loaded["findings"]) - len(open_ones) == 2
    assert summary["files"] == 3
    assert summary["undecided"] == len(loaded["undecided"]) > 0
    assert 0 < summary["facts_declared"] < summary["facts_relevant"]


def test_a_possible_finding_says_what_settles_it() -> None:
    possible = [each for each in report(WITH_POSSIBLE)["findings"] if each["outcome"] == "possible"]
    assert possible
    assert all(each["settled_by"] for each in possible)
    assert all(each["severity"] == "note" for each in possible)


def test_a_waived_finding_tells_why() -> None:
    by_comment, in_spec = (each["waived"] for each in report(WITH_WAIVERS)["findings"])
    assert in_spec == {
        "reason": "Opening bearings earlier costs more than a missed failure; reviewed with the plant "
        "in October",
        "by": "Maintenance lead",
        "until": "2027-06-30",
        "via": "spec",
    }
    assert by_comment["via"] == "comment"
    assert by_comment["by"] is None


def test_columns_count_code_points_and_ends_are_exclusive() -> None:
    text = 'mlspec: 1\nproject: {summary: "🎉é名", name: a, stage: nope}\n'
    problems = [
        each for each in report("-", stdin=text.encode())["findings"] if each["code"] == "SPC007"
    ]
    assert problems[0]["range"] == {
        "start": {"line": 2, "column": 43},
        "end": {"line": 2, "column": 47},
    }
    assert text.splitlines()[1][42:46] == "nope"


def test_problems_of_the_file_have_no_basis() -> None:
    for finding in report("-", stdin=b"a: [")["findings"]:
        assert finding["code"] == "SPC001"
        assert finding["basis"] is None
        assert finding["clears_when"] == []


def test_it_is_ascii_whatever_the_spec_holds() -> None:
    ran = run("check", "-", "-f", "json", stdin='mlspec: 1\nproject: {name: "名前"}\n'.encode())
    assert ran.out.isascii()
    assert "名前" in json.dumps(json.loads(ran.out), ensure_ascii=False)


def test_one_finding_a_line() -> None:
    whole = report(WITH_ERRORS, WITH_WAIVERS)["findings"]
    lines = run(
        "check", WITH_ERRORS, WITH_WAIVERS, "--today", TODAY, "-f", "jsonl"
    ).out.splitlines()
    assert [json.loads(line) for line in lines] == whole


def test_concise() -> None:
    ran = run("check", WITH_ERRORS, WITH_WAIVERS, "--today", TODAY, "-f", "concise")
    lines = ran.out.splitlines()
    assert len(lines) == 3  # waived findings are left out
    for line in lines:
        assert re.fullmatch(
            r".*/chest-x-rays\.ml-project\.yaml:\d+:\d+: (error|warning)\[LBL30\d\] .+", line
        )


def test_statistics() -> None:
    ran = run("check", WITH_ERRORS, WITH_WAIVERS, "--today", TODAY, "-f", "concise", "--statistics")
    lines = ran.out.splitlines()[3:]
    assert "LBL301 labelling-over-budget: 1 finding" in lines
    assert "RTR603 labels-later-than-drift: 0 findings, 1 waived" in lines
    waivers = [line for line in lines if line.startswith("waived ")]
    assert len(waivers) == 2
    assert any("by Maintenance lead until 2027-06-30: Opening bearings" in line for line in waivers)


class TestTheDefaultOutput:
    def test_holds_what_the_documentation_promises(self) -> None:
        out = run("check", WITH_ERRORS, "--today", TODAY).out
        assert "error[LBL301] labelling-over-budget: labelling 51,000 more items costs" in out
        assert "chest-x-rays.ml-project.yaml:43:13" in out
        assert "  = clears when: labels.required <= 20.2k, or labels.labelled >= " in out
        assert "  = instead: " in out
        assert "  = basis: arithmetic on the declared numbers · mlspeclint explain LBL301" in out
        assert re.search(r": 1 error, 2 warnings · \d+ of \d+ facts that matter here declared", out)
        assert re.search(r"\n  next most useful fact: [a-z_.]+ \((decides|helps to decide) ", out)

    def test_of_a_possible_finding(self) -> None:
        out = run("check", WITH_POSSIBLE, "--today", TODAY).out
        assert "note[LBL301] labelling-over-budget: cannot be ruled out: " in out
        assert "  = settled by: a firm value of labels.cost_each" in out

    def test_sources_are_named(self) -> None:
        out = run("check", EXAMPLES / "credit-scoring.ml-project.yaml", "--today", TODAY).out
        assert (
            "  = basis: common practice, a judgement (rudin2019) · mlspeclint explain XPL501" in out
        )
        assert "(convention)" not in out

    def test_undecided_rules_are_listed_when_asked_for(self) -> None:
        plain = run("check", WITH_ERRORS, "--today", TODAY).out
        out = run("check", WITH_ERRORS, "--today", TODAY, "--undecided").out
        assert "undecided[" not in plain
        listed = [line for line in out.splitlines() if line.startswith("undecided[")]
        assert len(listed) == report(WITH_ERRORS)["summary"]["undecided"]
        assert all(": lacks " in line for line in listed)

    def test_missing_facts_are_listed_best_first(self) -> None:
        out = run("check", WITH_ERRORS, "--today", TODAY, "--undecided").out
        _, _, listed = out.partition(": missing facts, most useful first:\n")
        facts = [line for line in listed.partition("\n\n")[0].splitlines() if line[:2] == "  "]
        missing = {fact for each in report(WITH_ERRORS)["undecided"] for fact in each["missing"]}
        assert {line.split()[0] for line in facts} == missing
        assert f"next most useful fact: {facts[0].strip()}\n" in out

    def test_quiet(self) -> None:
        out = run("check", WITH_ERRORS, "--today", TODAY, "--quiet").out
        assert "facts that matter" not in out
        assert "error[LBL301]" in out
        assert run("check", WITH_WAIVERS, "--today", TODAY, "--quiet").out == ""

    def test_several_files_are_summed_up(self) -> None:
        starter = EXAMPLES / "support-tickets.ml-project.yaml"
        out = run("check", WITH_ERRORS, starter, "--today", TODAY).out
        assert out.splitlines()[-1] == "2 files: 1 error, 2 warnings"
        assert "support-tickets" not in out  # nothing was found there

    def test_of_many_single_changes_the_rest_is_counted(self) -> None:
        text = b"""mlspec: 1
project: {name: example}
task: {type: classification, modality: image}
approach: {family: deep_learning}
labels: {required: 200k, labelled: 12k, time_each: 4 min, wage_per_hour: 20, per_item: 1..9}
budget: {labelling: 500k}
"""
        (finding,) = report("-", "--select", "LBL301", stdin=text)["findings"]
        more = len(finding["clears_when"]) - 4
        assert more > 1
        out = run("check", "-", "--today", TODAY, "--select", "LBL301", stdin=text).out
        assert f", or {more} other single changes (--output-format json)" in out
