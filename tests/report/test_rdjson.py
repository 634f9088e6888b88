"""The Diagnostic Format of reviewdog, against its definition."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from mlspeclint.document.tree import Source
from mlspeclint.engine.finding import Range
from mlspeclint.report.rdjson import render
from mlspeclint.report.text import safe

from .services import ALL_KINDS, HOSTILE, both, finding, hostile, run_of

POSITION = {
    "type": "object",
    "required": ["line", "column"],
    "additionalProperties": False,
    "properties": {
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 1},
    },
}
SCHEMA = {
    "type": "object",
    "required": ["source", "diagnostics"],
    "additionalProperties": False,
    "properties": {
        "source": {"const": {"name": "mlspeclint"}},
        "diagnostics": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["message", "location", "severity", "code"],
                "additionalProperties": False,
                "properties": {
                    "message": {"type": "string", "minLength": 1},
                    "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
                    "code": {
                        "type": "object",
                        "required": ["value"],
                        "additionalProperties": False,
                        "properties": {"value": {"type": "string", "minLength": 1}},
                    },
                    "location": {
                        "type": "object",
                        "required": ["path"],
                        "additionalProperties": False,
                        "properties": {
                            "path": {"type": "string", "minLength": 1},
                            "range": {
                                "type": "object",
                                "required": ["start", "end"],
                                "additionalProperties": False,
                                "properties": {"start": POSITION, "end": POSITION},
                            },
                        },
                    },
                },
            },
        },
    },
}
"""What we write of https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto. reviewdog
refuses a report with a key that its version does not know."""


def diagnostics(text: str) -> list[dict[str, Any]]:
    loaded = json.loads(text)
    jsonschema.validate(loaded, SCHEMA)
    listed: list[dict[str, Any]] = loaded["diagnostics"]
    return listed


def test_a_diagnostic_for_each_finding(tmp_path: Path) -> None:
    found = both("rdjson", tmp_path, *ALL_KINDS)
    assert len(found.open) < len(found.findings)  # waived ones are left out
    for diagnostic, each in zip(diagnostics(found.text), found.open, strict=True):
        message, *notes = diagnostic["message"].split("\n")
        assert message == each["message"]
        assert f"instead: {each['instead']}" in notes
        assert diagnostic["code"] == {"value": each["code"]}
        assert diagnostic["location"] == {
            "path": f"examples/{Path(each['file']).name}",
            "range": each["range"],
        }
    severities = {each["severity"] for each in diagnostics(found.text)}
    assert severities == {"ERROR", "WARNING", "INFO"}


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_specs(text: str, tmp_path: Path) -> None:
    found = hostile("rdjson", tmp_path, text)
    for diagnostic, each in zip(diagnostics(found.text), found.open, strict=True):
        assert diagnostic["message"].split("\n")[0] == safe(each["message"])
        assert diagnostic["location"]["path"].isprintable()


def test_columns_count_bytes() -> None:
    source = Source("a: 1\né名🎉: value\n")
    (diagnostic,) = diagnostics(render(run_of(finding(source=source, range=Range((2, 3), (2, 6))))))
    assert diagnostic["location"]["range"] == {
        "start": {"line": 2, "column": 6},
        "end": {"line": 2, "column": 12},
    }


def test_the_whole_file() -> None:
    (diagnostic,) = diagnostics(render(run_of(finding())))
    assert diagnostic["location"] == {"path": "ml-project.yaml"}
