"""`mlspeclint check` and its options: what is checked, what is said, the exit status."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from ..engine.support import complete
from ..running import EXAMPLES, TODAY, run

ERROR = EXAMPLES / "chest-x-rays.ml-project.yaml"
WARNING = EXAMPLES / "credit-scoring.ml-project.yaml"
NOTE = EXAMPLES / "claims-photos.ml-project.yaml"
CLEAN = EXAMPLES / "support-tickets.ml-project.yaml"
SLOW = complete("serving: {latency: 80 ms, latency_limit: 50 ms}").encode()


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """An empty folder, outside of any repository."""
    return tmp_path


class TestExitStatus:
    @pytest.mark.parametrize(
        ("path", "fail_on", "status"),
        [
            (ERROR, None, 1),
            (WARNING, None, 1),
            (NOTE, None, 0),
            (CLEAN, None, 0),
            (ERROR, "error", 1),
            (WARNING, "error", 0),
            (NOTE, "note", 1),
            (CLEAN, "note", 0),
            (ERROR, "never", 0),
        ],
    )
    def test_follows_the_severity(self, path: Path, fail_on: str | None, status: int) -> None:
        options = ["--fail-on", fail_on] if fail_on else []
        assert run("check", path, "--today", TODAY, *options).status == status

    @pytest.mark.parametrize(
        "text",
        [b"", b"# only a comment\n", b"---\n", b"a: [", b"\xff\xfe", b"- a list\n", b"mlspec: 2\n"],
        ids=["empty", "comment", "empty document", "broken", "UTF-16", "list", "version"],
    )
    def test_what_is_no_spec_is_a_finding(self, text: bytes) -> None:
        ran = run("check", "-", stdin=text)
        assert ran.status == 1
        assert "error[SPC0" in ran.out
        assert ran.err == ""

    def test_nothing_to_check(self, here: Path) -> None:
        ran = run("check", folder=here)
        assert (ran.status, ran.out) == (3, "")
        assert ran.err == (
            "mlspeclint: no spec found: a spec is called ml-project.yaml or NAME.ml-project.yaml"
            " (mlspeclint init writes one)\n"
        )
        ran = run("check", "--allow-empty", folder=here)
        assert (ran.status, ran.out, ran.err) == (0, "", "")

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (["--nonsense"], "--nonsense"),
            (["--fail-on", "always"], "always"),
            (["-f", "xml"], "xml"),
            (["--today", "tomorrow"], "'tomorrow' is not a day such as 2027-03-01"),
            (["--today", "2027-02-30"], "2027-02-30"),
            (["--select", "LBL999"], "there is no rule or group `LBL999`: did you mean LBL"),
            (["--ignore", "labels-over-budget"], "did you mean labelling-over-budget?"),
            (["--extend-select", "ZZZ"], "`mlspeclint rules` lists them"),
            (["--select"], "--select"),
            (["-f", "json", "-f", "full"], "every format but the last needs an --output-file"),
            (["-o", "a", "-o", "b"], "every format but the last needs an --output-file"),
        ],
    )
    def test_wrong_usage(self, arguments: list[str], told: str) -> None:
        ran = run("check", CLEAN, *arguments)
        assert (ran.status, ran.out) == (2, "")
        assert told in ran.err
        assert "Traceback" not in ran.err

    @pytest.mark.parametrize(
        ("path", "told"),
        [
            ("nowhere.yaml", "cannot read nowhere.yaml: No such file or directory"),
            ("a" * 300, "File name too long"),
            (f"{CLEAN}/x", "Not a directory"),
            ("a\x1b[31mb", r"cannot read a\x1b[31mb: No such file"),
        ],
    )
    def test_what_cannot_be_read(self, path: str, told: str) -> None:
        ran = run("check", path)
        assert (ran.status, ran.out) == (2, "")
        assert told in ran.err
        assert "Traceback" not in ran.err
        assert "\x1b" not in ran.err

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
    def test_without_permission(self, here: Path) -> None:
        (here / "ml-project.yaml").write_bytes(SLOW)
        (here / "ml-project.yaml").chmod(0)
        assert run("check", folder=here).status == 2

    def test_an_output_that_cannot_be_written(self, here: Path) -> None:
        ran = run("check", CLEAN, "-o", here / "no" / "where.txt")
        assert ran.status == 2
        assert "cannot write" in ran.err


class TestPaths:
    def test_what_is_named_twice_is_checked_once(self, here: Path) -> None:
        (here / "ml-project.yaml").write_bytes(SLOW)
        ran = run("-f", "concise", "--select", "CST408", "ml-project.yaml", ".", here, folder=here)
        assert len(ran.out.splitlines()) == 1

    def test_the_current_folder_without_any(self, here: Path) -> None:
        (here / "sub").mkdir()
        (here / "ml-project.yaml").write_bytes(SLOW)
        (here / "sub" / "x.ml-project.yml").write_bytes(SLOW)
        (here / "notes.yaml").write_bytes(SLOW)
        ran = run("-f", "concise", "--select", "CST408", folder=here)
        assert ran.status == 1
        assert [line.split(":")[0] for line in ran.out.splitlines()] == [
            "ml-project.yaml",
            os.path.join("sub", "x.ml-project.yml"),  # noqa: PTH118
        ]

    def test_check_is_the_default_command(self, here: Path) -> None:
        (here / "ml-project.yaml").write_bytes(SLOW)
        assert run(folder=here).out == run("check", folder=here).out

    def test_what_is_named_is_checked_whatever_its_name(self, here: Path) -> None:
        (here / "plan.txt").write_bytes(SLOW)
        ran = run("check", "plan.txt", "-f", "concise", "--select", "CST408", folder=here)
        assert ran.out.startswith("plan.txt:5:20: warning[CST408] ")

    def test_a_folder(self, here: Path) -> None:
        (here / "sub" / "ml-project.yaml").parent.mkdir()
        (here / "sub" / "ml-project.yaml").write_bytes(SLOW)
        ran = run("check", "sub", "-f", "concise", "--select", "CST408", folder=here)
        assert ran.out.startswith("sub/ml-project.yaml:5:20:")

    def test_a_folder_that_is_called_like_a_spec(self, here: Path) -> None:
        (here / "ml-project.yaml").mkdir()
        assert run("check", folder=here).status == 3
        assert run("check", "ml-project.yaml", folder=here).status == 3

    def test_a_name_that_looks_like_an_option(self, here: Path) -> None:
        (here / "-x.yaml").write_bytes(SLOW)
        ran = run("check", "-f", "concise", "--", "-x.yaml", folder=here)
        assert ran.out.startswith("-x.yaml:")

    def test_standard_input(self) -> None:
        ran = run("check", "-", "-f", "concise", "--select", "CST408", stdin=SLOW)
        assert ran.out.startswith("<stdin>:5:20: ")
        ran = run(
            *("check", "-", "-f", "concise", "--select", "CST408"),
            *("--stdin-filename", "plans/ml-project.yaml"),
            stdin=SLOW,
        )
        assert ran.out.startswith("plans/ml-project.yaml:5:20: ")

    def test_the_order_is_that_of_the_arguments(self) -> None:
        ran = run("check", WARNING, ERROR, "-f", "concise", "--today", TODAY)
        files = [Path(line.split(":")[0]).name for line in ran.out.splitlines()]
        assert files == [WARNING.name, *[ERROR.name] * 3]

    def test_a_large_file_is_not_read_to_its_end(self, here: Path) -> None:
        with (here / "ml-project.yaml").open("wb") as file:
            file.truncate(10**12)  # sparse: it takes no space
        ran = run("check", folder=here)
        assert ran.status == 1
        assert "error[SPC009]" in ran.out


class TestSelection:
    def codes(self, *options: str) -> set[str]:
        ran = run("check", ERROR, "--today", TODAY, "-f", "json", *options)
        return {finding["code"] for finding in json.loads(ran.out)["findings"]}

    def test_everything_without_any(self) -> None:
        assert self.codes() == {"LBL301", "LBL302", "LBL303"}

    @pytest.mark.parametrize(
        ("options", "expected"),
        [
            (["--select", "LBL303"], {"LBL303"}),
            (["--select", "annotators-disagree"], {"LBL303"}),
            (["--select", "LBL"], {"LBL301", "LBL302", "LBL303"}),
            (["--select", "DAT"], set()),
            (["--select", "LBL301,LBL303"], {"LBL301", "LBL303"}),
            (["--select", " LBL301 , annotators-disagree"], {"LBL301", "LBL303"}),
            (["--select", "LBL301", "--select", "LBL303"], {"LBL301", "LBL303"}),
            (["--select=LBL301"], {"LBL301"}),
            (["--ignore", "LBL302"], {"LBL301", "LBL303"}),
            (["--ignore", "LBL,CST"], set()),
            # What it costs is over the whole budget too, which was told by the finding left out.
            (["--ignore", "LBL301"], {"CST406", "LBL302", "LBL303"}),
            (["--select", "LBL", "--ignore", "labelling-over-budget"], {"LBL302", "LBL303"}),
            (["--select", "DAT", "--extend-select", "LBL302"], {"LBL302"}),
        ],
    )
    def test_by_code_name_and_group(self, options: list[str], expected: set[str]) -> None:
        assert self.codes(*options) == expected

    def test_an_error_of_the_file_is_told_all_the_same(self) -> None:
        ran = run("check", "-", "--select", "LBL", "-f", "concise", stdin=b"a: [")
        assert "SPC001" in ran.out


class TestToday:
    LATE = complete("""
        project: {name: example, deadline: 2027-01-31}
        labels: {required: 1000, labelled: 0, per_day: 10}
    """).encode()

    @pytest.mark.parametrize(
        ("today", "severity"),
        [("2026-10-01", None), ("2026-12-01", "warning"), ("2027-02-01", "note")],
    )
    def test_is_the_start_of_a_plan(self, today: str, severity: str | None) -> None:
        ran = run(
            *("check", "-", "--select", "LBL302", "--today", today, "-f", "json"), stdin=self.LATE
        )
        found = [finding["severity"] for finding in json.loads(ran.out)["findings"]]
        assert found == ([severity] if severity else [])


class TestOutputs:
    def test_to_a_file(self, here: Path) -> None:
        ran = run("check", ERROR, "--today", TODAY, "-o", here / "report.txt")
        assert (ran.status, ran.out) == (1, "")
        printed = run("check", ERROR, "--today", TODAY)
        assert (here / "report.txt").read_text(encoding="utf-8") == printed.out

    def test_each_format_to_its_own(self, here: Path) -> None:
        ran = run(
            *("check", ERROR, "--today", TODAY),
            *("-f", "json", "-o", here / "a.json", "-f", "concise", "-o", here / "b.txt"),
            *("-f", "full"),
        )
        assert ran.out == run("check", ERROR, "--today", TODAY).out
        assert json.loads((here / "a.json").read_text(encoding="utf-8"))["version"] == 1
        assert (here / "b.txt").read_text(encoding="utf-8").count("\n") == 3

    def test_a_file_is_in_utf_8_and_without_colours(self, here: Path) -> None:
        run(
            *("check", ERROR, "--today", TODAY, "-o", here / "report.txt"),
            encoding="ascii",
            FORCE_COLOR="1",
        )
        text = (here / "report.txt").read_text(encoding="utf-8")
        assert "┌─" in text
        assert "\x1b" not in text


class TestColours:
    def coloured(self, *options: str, columns: int | None = None, **variables: Any) -> bool:
        ran = run("check", ERROR, "--today", TODAY, *options, columns=columns, **variables)
        return "\x1b[" in ran.out

    def test_on_a_terminal_only(self) -> None:
        assert self.coloured(columns=100)
        assert not self.coloured()

    def test_options_win(self) -> None:
        assert self.coloured("--color", "always", NO_COLOR="1")
        assert not self.coloured("--color", "never", columns=100, FORCE_COLOR="1")

    def test_no_color(self) -> None:
        assert not self.coloured(columns=100, NO_COLOR="1")
        assert not self.coloured(columns=100, NO_COLOR="1", FORCE_COLOR="1")
        assert self.coloured(columns=100, NO_COLOR="")

    def test_force_color(self) -> None:
        assert self.coloured(FORCE_COLOR="1")
        assert not self.coloured(FORCE_COLOR="")

    def test_a_terminal_that_knows_none(self) -> None:
        assert not self.coloured(columns=100, TERM="dumb")

    def test_they_are_all_that_differs(self) -> None:
        from ..report.support import COLOUR

        plain = run("check", ERROR, "--today", TODAY).out
        coloured = run("check", ERROR, "--today", TODAY, "--color", "always").out
        assert COLOUR.sub("", coloured) == plain

    def test_json_has_none(self) -> None:
        ran = run("check", ERROR, "-f", "json", "--color", "always")
        assert "\x1b" not in ran.out
