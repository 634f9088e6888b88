"""What the tests of the formats for services share: hostile specs, and a run whose findings are known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mlspeclint.document.tree import Source
from mlspeclint.engine.finding import FileReport, Finding, Run

from ..running import EXAMPLES, TODAY, Ran, run
from .test_safety import NASTY, spec

HOSTILE = [
    *NASTY,
    "]]>",
    "]]><x/>",
    "a | b",
    "<script>alert(1)</script>",
    "<!-- -->",
    "\"'><b>&amp;",
    "`code` **bold** ~~gone~~",
    "[a](http://b)",
    "![a](b)",
    "@everyone #1",
    "# head",
    "- item",
    "%0A::error::x",
    "%25%3A",
    "a,title=b::c",
    "##[error]x",
    "{0} {1}",
    "\\",
]
WITH_ERRORS = EXAMPLES / "chest-x-rays.ml-project.yaml"
WITH_WAIVERS = EXAMPLES / "pump-failures.ml-project.yaml"
WITH_POSSIBLE = EXAMPLES / "claims-photos.ml-project.yaml"
ALL_KINDS = (WITH_ERRORS, WITH_WAIVERS, WITH_POSSIBLE)


class Both:
    """What one run wrote in a format, and the same findings as JSON."""

    def __init__(self, text: str, findings: list[dict[str, Any]]) -> None:
        self.text = text
        self.findings = findings

    @property
    def open(self) -> list[dict[str, Any]]:
        """The findings that no waiver covers."""
        return [each for each in self.findings if each["waived"] is None]


def both(form: str, folder: Path, *arguments: str | Path, **how: Any) -> Both:
    """Check in both formats at once."""
    plain = folder / "findings.json"
    ran: Ran = run(
        "check", *arguments, "--today", TODAY, "-f", "json", "-o", plain, "-f", form, **how
    )
    assert "Traceback" not in ran.err
    return Both(ran.out, json.loads(plain.read_text(encoding="utf-8"))["findings"])


def hostile(form: str, folder: Path, text: str) -> Both:
    """Check a spec that holds the text wherever a text may stand, and has it in its name."""
    found = both(form, folder, "-", "--stdin-filename", text, stdin=spec(text, True))
    assert found.open
    return found


def finding(message: str = "a message", **details: Any) -> Finding:
    """A finding about a file as a whole, unless details tell otherwise."""
    known: dict[str, Any] = {
        "file": "ml-project.yaml",
        "source": Source("a: 1\nb: 2\n"),
        "document": 0,
        "path": "",
        "range": None,
    }
    return Finding("ACM001", "a-rule-of-our-own", "warning", message, **known | details)


def run_of(*findings: Finding) -> Run:
    """A run that found this in one file."""
    report = FileReport("ml-project.yaml")
    report.findings += findings
    return Run([report])
