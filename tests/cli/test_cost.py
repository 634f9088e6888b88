"""`mlspeclint cost`: formats, documents, mistakes, and the plot."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from mlspeclint.report.plans import render

from ..engine.support import complete
from ..report.support import COLOUR, is_safe
from ..running import EXAMPLES, TODAY, run

TICKETS = EXAMPLES / "support-tickets.ml-project.yaml"
CLAIMS = EXAMPLES / "claims-photos.ml-project.yaml"
STARTER = EXAMPLES / "starter.ml-project.yaml"
BROKEN = complete("approach: {family: x}").encode()
TWO = (complete("project: {name: one}") + "---\n" + complete("project: {name: two}")).encode()


def told(text: str, **options: Any) -> str:
    ran = run("cost", "-", stdin=complete(text).encode(), **options)
    assert (ran.status, ran.err) == (0, "")
    return ran.out


def flat(text: str) -> str:
    return " ".join(text.split())


class TestText:
    def test_says_when_it_pays(self) -> None:
        out = flat(run("cost", TICKETS).out)
        assert "break-even: month 5 after the release" in out
        assert "break-even volume: 17,382..17,407 items a month (planned: 60,000)" in out
        assert "over the horizon the model saves 254.1k..254.3k EUR" in out

    def test_says_when_it_never_does(self) -> None:
        text = "manual_process: {cost_per_item: 0.01}\nserving: {items_per_month: 1k, cost_per_1000: 20}"
        out = flat(told(text))
        assert "break-even volume: none, an item saves nothing" in out
        assert "break-even: never at this volume" in out

    def test_says_what_is_assumed_and_what_is_not_declared(self) -> None:
        out = flat(run("cost", CLAIMS).out)
        assert "assumed: 1 accelerator, overhead 1..1.67" in out
        assert "not known at the high end: retraining (retraining.cost_each)" in out

    def test_without_the_manual_process_there_is_no_break_even(self) -> None:
        out = flat(run("cost", STARTER).out)
        assert "there is no break-even: not declared: manual_process.cost_per_item" in out
        assert "by hand" in out

    def test_beyond_the_horizon(self) -> None:
        text = """
            budget: {build: 100k, operations_per_year: 0, horizon: 1 y}
            data: {availability: available}
            labels: {needed: false}
            compute: {training_time: 0 h, price_per_hour: 1}
            retraining: {every: never}
            serving: {items_per_month: 1k, cost_per_1000: 0}
            manual_process: {cost_per_item: 1}
        """
        assert "break-even: month 100 after the release, beyond the horizon" in flat(told(text))

    def test_perhaps_never(self) -> None:
        text = """
            budget: {build: 10k, operations_per_year: 0}
            data: {availability: available}
            labels: {needed: false}
            compute: {training_time: 0 h, price_per_hour: 1}
            retraining: {every: never}
            serving: {items_per_month: 1k, cost_per_1000: 0..2k}
            manual_process: {cost_per_item: 1}
        """
        assert "month 10 after the release at the earliest, perhaps never" in flat(told(text))

    def test_a_long_horizon_is_cut(self) -> None:
        out = flat(told("budget: {horizon: 80 y}"))
        assert "only the first 30 years are listed" in out
        assert "the end of year 30" in out
        assert "the end of year 31" not in out

    @pytest.mark.parametrize("columns", [30, 60, 80, 200])
    def test_the_chart_fits_the_terminal(self, columns: int) -> None:
        out = COLOUR.sub("", run("cost", TICKETS, columns=columns).out)
        drawn = [line for line in out.splitlines() if "│" in line or "└" in line]
        assert drawn
        assert max(map(len, drawn)) <= columns

    def test_on_an_ascii_console(self) -> None:
        ran = run("cost", TICKETS, encoding="ascii")
        assert ran.out.isascii()
        assert "#" in ran.out
        assert "\\u" not in ran.out

    def test_colours_are_all_that_differs(self) -> None:
        plain = run("cost", TICKETS).out
        coloured = run("cost", TICKETS, "--color", "always").out
        assert plain != coloured
        assert COLOUR.sub("", coloured) == plain

    def test_is_safe(self) -> None:
        assert is_safe(run("cost", CLAIMS))


class TestFormats:
    def test_json(self) -> None:
        report = json.loads(run("cost", CLAIMS, "-f", "json").out)
        assert (report["version"], report["tool"]["name"]) == (1, "mlspeclint")
        (cost,) = report["costs"]
        assert (cost["document"], cost["name"], cost["currency"]) == (0, "claims-photos", "EUR")
        parts = {(part["side"], part["name"]): part for part in cost["parts"]}
        assert parts["model", "build"]["amount"] == {"low": 90000.0, "high": 90000.0}
        assert parts["model", "retraining"]["amount"]["high"] is None
        assert parts["model", "retraining"]["missing"] == ["retraining.cost_each"]
        assert cost["break_even"]["months"]["never"] is False
        lows = [part["total"]["low"] for part in cost["parts"] if part["side"] != "by hand"]
        assert cost["total"]["with_the_model"]["low"] == pytest.approx(sum(lows))

    def test_json_never(self) -> None:
        text = "manual_process: {cost_per_item: 0}\nserving: {items_per_month: 9, cost_per_1000: 1}"
        ran = run("cost", "-", "-f", "json", stdin=complete(text).encode())
        (cost,) = json.loads(ran.out)["costs"]
        assert cost["break_even"]["volume"] == {"low": None, "high": None, "never": True}

    def test_json_refuses_what_json_has_not(self) -> None:
        with pytest.raises(ValueError, match="Out of range"):
            render("costs", [{"low": float("inf")}])

    def test_csv(self) -> None:
        rows = list(csv.DictReader(io.StringIO(run("cost", CLAIMS, "-f", "csv").out)))
        assert {row["project"] for row in rows} == {"claims-photos"}
        build = {row["period"]: row["low"] for row in rows if row["part"] == "build"}
        assert build == {
            "release": "90000.0", "year 1": "0.0", "year 2": "0.0", "year 3": "0.0", "horizon": "90000.0",
        }  # fmt: skip
        (open_end,) = [r for r in rows if (r["part"], r["period"]) == ("retraining", "horizon")]
        assert open_end["high"] == ""

    def test_markdown(self) -> None:
        out = run("cost", CLAIMS, "-f", "markdown").out
        assert out.startswith("## Cost of claims-photos\n\nOver 2..3 years, in EUR.\n\n| Part |")
        tables = [line for line in out.splitlines() if line.startswith("|")]
        assert {line.count("|") for line in tables} == {7}

    def test_to_a_file(self, tmp_path: Path) -> None:
        ran = run("cost", CLAIMS, "-f", "csv", "-o", tmp_path / "cost.csv")
        assert (ran.status, ran.out) == (0, "")
        written = (tmp_path / "cost.csv").read_text(encoding="utf-8")
        assert written == run("cost", CLAIMS, "-f", "csv").out
        assert run("cost", CLAIMS, "-o", tmp_path / "no" / "where").status == 2


class TestDocuments:
    def test_all_in_turn(self) -> None:
        out = run("cost", "-", stdin=TWO).out
        assert out.index("one: cost of ownership") < out.index("two: cost of ownership")
        assert [
            each["document"]
            for each in json.loads(run("cost", "-", "-f", "json", stdin=TWO).out)["costs"]
        ] == [
            0,
            1,
        ]

    def test_one_by_its_number(self) -> None:
        out = run("cost", "-", "--document", "2", stdin=TWO).out
        assert "two: cost" in out
        assert "one: cost" not in out

    @pytest.mark.parametrize("number", ["0", "3", "x"])
    def test_a_number_that_does_not_exist(self, number: str) -> None:
        ran = run("cost", "-", "--document", number, stdin=TWO)
        assert (ran.status, ran.out) == (2, "")
        assert "Usage" in ran.err

    def test_a_mistake_in_another_document_does_not_matter(self) -> None:
        both = TWO + b"---\n" + BROKEN
        assert run("cost", "-", "--document", "1", stdin=both).status == 0
        assert run("cost", "-", "--document", "3", stdin=both).status == 1
        assert run("cost", "-", stdin=both).status == 1


class TestMistakes:
    def test_of_the_spec(self) -> None:
        ran = run("cost", "-", "--stdin-filename", "plan.yaml", stdin=BROKEN)
        assert (ran.status, ran.out) == (1, "")
        assert "error[SPC007] not-an-allowed-value: " in ran.err
        assert "plan.yaml:4:20" in ran.err

    @pytest.mark.parametrize("data", [b"", b"a: [", b"- 1\n", b"mlspec: 2\n", b"\xff\xfe\xff"])
    def test_of_the_file(self, data: bytes) -> None:
        ran = run("cost", "-", stdin=data)
        assert (ran.status, ran.out) == (1, "")
        assert "error[SPC00" in ran.err

    def test_notes_are_no_mistakes(self) -> None:
        text = complete("project: {name: example, summary: TODO}")
        ran = run("cost", "-", stdin=text.encode())
        assert (ran.status, ran.err) == (0, "")

    def test_a_file_that_cannot_be_read(self, tmp_path: Path) -> None:
        assert run("cost", tmp_path / "none.yaml").status == 2
        assert run("cost", tmp_path).status == 2

    def test_usage(self) -> None:
        assert run("cost").status == 2
        assert run("cost", TICKETS, "-f", "yaml").status == 2
        assert run("cost", TICKETS, "--today", "soon").status == 2

    def test_help_has_examples(self) -> None:
        ran = run("cost", "--help")
        assert ran.status == 0
        assert "mlspeclint cost ml-project.yaml --plot cost.svg" in ran.out


class TestPlot:
    def test_without_matplotlib(self, tmp_path: Path) -> None:
        with mock.patch.dict(sys.modules, {"matplotlib": None}):
            ran = run("cost", TICKETS, "--plot", tmp_path / "a.svg")
        assert ran.status == 2
        assert "pip install 'mlspeclint[plot]'" in ran.err
        assert not (tmp_path / "a.svg").exists()

    @pytest.mark.parametrize("name", ["a.pdf", "svg", "a.svg.gz"])
    def test_of_another_format(self, name: str, tmp_path: Path) -> None:
        ran = run("cost", TICKETS, "--plot", tmp_path / name)
        assert (ran.status, ran.out) == (2, "")
        assert "neither a .svg nor a .png" in ran.err

    def test_of_two_documents(self, tmp_path: Path) -> None:
        ran = run("cost", "-", "--plot", tmp_path / "a.svg", stdin=TWO)
        assert (ran.status, ran.out) == (2, "")
        assert "--document" in ran.err

    def test_svg_is_the_same_every_time(self, tmp_path: Path) -> None:
        pytest.importorskip("matplotlib")
        for name in ("a.svg", "b.svg"):
            assert run("cost", CLAIMS, "--plot", tmp_path / name).status == 0
        first = (tmp_path / "a.svg").read_bytes()
        assert first == (tmp_path / "b.svg").read_bytes()
        text = first.decode()
        assert "claims-photos: cost of ownership" in text
        assert ">with the model, at least<" in text
        assert "<dc:date>" not in text

    def test_png(self, tmp_path: Path) -> None:
        pytest.importorskip("matplotlib")
        assert run("cost", STARTER, "--plot", tmp_path / "a.PNG").status == 0
        assert (tmp_path / "a.PNG").read_bytes().startswith(b"\x89PNG")

    def test_a_file_that_cannot_be_written(self, tmp_path: Path) -> None:
        pytest.importorskip("matplotlib")
        ran = run("cost", TICKETS, "--plot", tmp_path / "no" / "a.svg")
        assert ran.status == 2
        assert "cannot write" in ran.err


def test_today_does_not_matter_to_a_sum() -> None:
    assert run("cost", TICKETS, "--today", TODAY).out == run("cost", TICKETS).out
