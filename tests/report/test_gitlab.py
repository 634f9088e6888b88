"""The Code Quality report, against what GitLab's documentation asks of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from mlspeclint.engine.finding import Range
from mlspeclint.report.gitlab import render
from mlspeclint.report.text import safe

from .services import ALL_KINDS, HOSTILE, both, finding, hostile, run_of

SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "additionalProperties": False,
                "properties": {
                    # "without ./ at the start"
                    "path": {"type": "string", "minLength": 1, "pattern": r"^(?!\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""After https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format"""


def issues(text: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads(text)
    jsonschema.validate(loaded, SCHEMA)
    fingerprints = [each["fingerprint"] for each in loaded]
    assert len(set(fingerprints)) == len(
        fingerprints
    )  # GitLab shows one of those that are the same
    return loaded


def test_an_issue_for_each_finding(tmp_path: Path) -> None:
    found = both("gitlab", tmp_path, *ALL_KINDS)
    assert len(found.open) < len(found.findings)  # waived ones are left out
    for issue, each in zip(issues(found.text), found.open, strict=True):
        assert issue["description"] == f"{each['code']}: {each['message']}"
        assert issue["check_name"] == each["name"]
        assert issue["fingerprint"] == each["fingerprint"]
        assert issue["location"] == {
            "path": f"examples/{Path(each['file']).name}",
            "lines": {"begin": each["range"]["start"]["line"]},
        }
    severities = {(each["severity"], each["outcome"]) for each in found.open}
    assert severities == {("error", "conflict"), ("warning", "conflict"), ("note", "possible")}
    assert {issue["severity"] for issue in issues(found.text)} == {"critical", "major", "info"}


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_specs(text: str, tmp_path: Path) -> None:
    found = hostile("gitlab", tmp_path, text)
    for issue, each in zip(issues(found.text), found.open, strict=True):
        assert issue["description"] == safe(f"{each['code']}: {each['message']}")
        assert issue["description"].isprintable()
        assert issue["location"]["path"].isprintable()


def test_findings_that_rest_on_the_same_facts_stay_apart() -> None:
    first, second, other = issues(render(run_of(finding(), finding(), finding(path="a"))))
    assert first["fingerprint"] == finding().fingerprint
    assert other["fingerprint"] == finding(path="a").fingerprint
    again = issues(render(run_of(finding(), finding(), finding(path="a"))))
    assert again[1]["fingerprint"] == second["fingerprint"]


def test_places() -> None:
    whole, placed = issues(
        render(run_of(finding(), finding(path="b", range=Range((2, 1), (2, 2)))))
    )
    assert whole["location"] == {"path": "ml-project.yaml", "lines": {"begin": 1}}
    assert placed["location"]["lines"] == {"begin": 2}


def test_nothing_to_report() -> None:
    assert issues(render(run_of())) == []
