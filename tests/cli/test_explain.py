"""`explain`, `rules` and `schema`: the documentation in the terminal."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from mlspeclint.engine.settings import CATALOGUE
from mlspeclint.report.pages import explained, fields
from mlspeclint.report.style import Style
from mlspeclint.rules import RULES

from ..running import ROOT, run

SCHEMA = json.loads((ROOT / "schemas" / "ml-project.v1.schema.json").read_text(encoding="utf-8"))
CODES = sorted({entry.code for entry in CATALOGUE.values()})
READ = sorted({path for rule in RULES for path in rule.reads})

ALL = [*CODES, *(path for path, _ in fields())]


@pytest.mark.parametrize("subject", ALL)
def test_prose_fits_a_terminal(subject: str) -> None:
    wide, narrow = (explained(subject, Style(width=width)) for width in (0, 60))
    assert wide and narrow
    assert wide.split() == narrow.split()
    example = False
    for line in narrow.splitlines():
        example = line.startswith("    ") and (example or line.startswith("    # this is "))
        # Examples stay as they are, and so do the tables of figures; what is too long is one word.
        table = line.startswith("Figures: ") or len(re.findall(r"\S  +\S", line)) > 1
        if not example and not table:
            assert len(line) <= 60 or len(line.split()) <= 2, line
    assert explained(subject, Style(width=10_000)) == wide


class TestExplain:
    @pytest.mark.parametrize("code", CODES)
    def test_every_code(self, code: str) -> None:
        ran = run("explain", code)
        assert (ran.status, ran.err) == (0, "")
        assert ran.out.startswith(f"{code} {CATALOGUE[code].name}\n")
        assert "What to do instead" in ran.out
        assert "    # this is reported\n" in ran.out
        assert run("explain", CATALOGUE[code].name).out == ran.out
        assert run("explain", code.lower()).out == ran.out

    def test_a_configuration_in_an_example_is_not_what_is_reported(self) -> None:
        told = run("explain", "POL001").out
        assert "    [tool.mlspeclint]\n" in told
        assert "    # this is reported\n    project: {name: example}\n" in told
        assert "    # this is not\n    project: {name: example, owner: triage team}\n" in told

    @pytest.mark.parametrize("path", READ)
    def test_every_field_that_a_rule_reads(self, path: str) -> None:
        ran = run("explain", path)
        assert ran.status == 0
        assert ran.out.startswith(f"{path}\n\n")
        readers = [f"  {rule.code} {rule.name}" for rule in RULES if path in rule.reads]
        assert ran.out.split("Read by\n\n")[1].splitlines() == readers

    @pytest.mark.parametrize("section", sorted(SCHEMA["properties"]))
    def test_every_section(self, section: str) -> None:
        ran = run("explain", section)
        assert ran.status == 0
        assert ran.out.startswith(f"{section}\n\n")

    def test_a_rule_names_its_sources(self) -> None:
        out = run("explain", "XPL501").out
        assert "[rudin2019]" in out
        assert "1811.10154" in out

    def test_a_field_says_what_it_takes(self) -> None:
        assert (
            "One of: none, global, local, reasons, full"
            in run("explain", "explainability.required").out
        )
        assert "Examples: " in run("explain", "labels.cost_each").out

    def test_the_two_examples_of_a_page_stand_apart(self) -> None:
        out = run("explain", "WVR002").out
        assert "until: 2027-06-30}\n    labels: {agreement: 0.9}\n\n    # this is not\n" in out

    @pytest.mark.parametrize(
        ("subject", "told"),
        [
            ("nonsense", "there is no rule, field or section `nonsense`\n"),
            ("cost_each", "did you mean labels.cost_each or retraining.cost_each?"),
            ("LBL3O1", "did you mean LBL301?"),
            ("labels.cost_eech", "did you mean labels.cost_each?"),
            ("a\x1b[31mb", "a\\x1b[31mb"),
        ],
    )
    def test_what_does_not_exist(self, subject: str, told: str) -> None:
        ran = run("explain", subject)
        assert (ran.status, ran.out) == (2, "")
        assert told in ran.err
        assert "\x1b" not in ran.err

    def test_on_an_ascii_console(self) -> None:
        for code in CODES:
            assert run("explain", code, encoding="ascii").out.isascii()

    def test_without_a_subject(self) -> None:
        assert run("explain").status == 2


class TestRules:
    def rows(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = json.loads(run("rules", "--output-format", "json").out)
        return rows

    def test_lists_every_code_once(self) -> None:
        rows = self.rows()
        assert sorted(row["code"] for row in rows) == CODES
        assert [line[:6] for line in run("rules").out.splitlines()] == [row["code"] for row in rows]

    def test_tells_what_a_rule_is(self) -> None:
        (row,) = [row for row in self.rows() if row["code"] == "LBL301"]
        assert row["name"] == "labelling-over-budget"
        assert (row["severity"], row["basis"], row["state"]) == ("error", "arithmetic", "on")
        assert row["waivable"] is True
        assert "budget.labelling" in row["reads"]
        assert row["summary"].startswith("Adds up what the missing labels cost")

    def test_a_line_is_a_line_on_a_terminal(self) -> None:
        lines = run("rules", columns=80).out.splitlines()
        assert max(map(len, lines)) == 80
        assert len(lines) == len(CODES)


def test_schema() -> None:
    ran = run("schema")
    assert ran.status == 0
    assert json.loads(ran.out) == SCHEMA
