"""`check --write-baseline` and `--baseline`: findings from before a repository adopted the linter."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from mlspeclint.engine import baseline

from ..report.support import is_safe
from ..running import EXAMPLES, Ran, run
from .repositories import PLAN, Repository

OVER = PLAN.replace("30k", "15k")
"""LBL301 fires."""
BOTH = OVER.replace("  cost_each", "  agreement: 0.5\n  cost_each")
"""So does LBL303."""
NAME = ".mlspeclint-baseline.json"
ONLY = ("--select", "LBL301,LBL303,SPC,ETH001,WVR", "--quiet")
KNOWN = ("--baseline", NAME, *ONLY, "-f", "concise")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with a plan of two findings, and a baseline that has both."""
    made = Repository(tmp_path / "repository")
    made.write("a.ml-project.yaml", BOTH)
    assert made.run("--write-baseline", *ONLY).status == 0
    return made


def entries(repository: Repository, name: str = NAME) -> list[dict[str, str]]:
    loaded = json.loads((repository.folder / name).read_text(encoding="utf-8"))
    assert set(loaded) == {"version", "findings"}
    assert loaded["version"] == 1
    found: list[dict[str, str]] = loaded["findings"]
    return found


def codes(ran: Ran) -> list[str]:
    """The codes of the findings that count."""
    return re.findall(r"\[([A-Z]+\d+)\]", ran.out)


class TestWriting:
    def test_the_file(self, repository: Repository) -> None:
        text = (repository.folder / NAME).read_text(encoding="utf-8")
        lines = [re.sub(r'"[0-9a-f]{32}"', '"…"', line) for line in text.splitlines()]
        lines = [re.sub(r"limit 0.667: [^\"]*", "limit …", line) for line in lines]
        assert (
            "\n".join(lines)
            == """\
{
  "version": 1,
  "findings": [
    {
      "code": "LBL301",
      "file": "a.ml-project.yaml",
      "path": "labels.required",
      "message": "labelling 188,000 more items costs 18.8k USD, the labelling budget is 15k USD",
      "fingerprint": "…"
    },
    {
      "code": "LBL303",
      "file": "a.ml-project.yaml",
      "path": "labels.agreement",
      "message": "the annotators' agreement beyond chance is 0.5, the customary limit …",
      "fingerprint": "…"
    }
  ]
}"""
        )
        assert text.endswith("}\n")

    def test_what_is_said(self, repository: Repository) -> None:
        repository.write("b.ml-project.yaml", OVER.replace("parcels", "letters"))
        ran = repository.run("--write-baseline", "--select", "LBL301,LBL303")
        assert (ran.status, ran.err) == (0, f"mlspeclint: wrote 3 findings of 2 files to {NAME}\n")
        assert ran.out.endswith("2 files: 3 in the baseline\n")

    def test_it_is_replaced(self, repository: Repository) -> None:
        repository.write("a.ml-project.yaml", OVER)
        assert repository.run("--write-baseline", *ONLY).status == 0
        assert [each["code"] for each in entries(repository)] == ["LBL301"]
        repository.write("a.ml-project.yaml", PLAN)
        ran = repository.run("--write-baseline", *ONLY)
        assert ran.err == f"mlspeclint: wrote 0 findings of 0 files to {NAME}\n"
        assert entries(repository) == []

    def test_it_is_the_same_whatever_the_order(self, repository: Repository) -> None:
        for name in ("z", "m", "b"):
            repository.write(f"{name}.ml-project.yaml", BOTH.replace("parcels", name))
        repository.run("--write-baseline", *ONLY)
        first = (repository.folder / NAME).read_bytes()
        repository.run("z.ml-project.yaml", ".", "--write-baseline", *ONLY)
        assert (repository.folder / NAME).read_bytes() == first
        files = [each["file"] for each in entries(repository)]
        assert files == sorted(files)
        assert len(files) == 8

    def test_from_a_folder_below(self, repository: Repository) -> None:
        repository.write("plans/ml-project.yaml", OVER.replace("parcels", "letters"))
        ran = repository.run("--write-baseline", *ONLY, folder="plans")
        assert ran.err == f"mlspeclint: wrote 1 finding of 1 file to ../{NAME}\n"
        assert [each["file"] for each in entries(repository)] == ["plans/ml-project.yaml"]

    def test_to_another_file(self, repository: Repository) -> None:
        (repository.folder / ".github").mkdir()
        ran = repository.run("--write-baseline", "--baseline", ".github/known.json", *ONLY)
        assert ran.status == 0
        written = entries(repository, ".github/known.json")
        assert written == entries(repository)
        assert written[0]["file"] == "a.ml-project.yaml"

    def test_outside_of_a_repository(self, tmp_path: Path) -> None:
        (tmp_path / "ml-project.yaml").write_text(OVER, encoding="utf-8")
        assert run("--write-baseline", *ONLY, folder=tmp_path).status == 0
        assert codes(run("--baseline", NAME, *ONLY, "-f", "concise", folder=tmp_path)) == []

    def test_what_a_waiver_covers_is_not_in_it(self, repository: Repository) -> None:
        waiver = "waivers: [{rule: LBL301, reason: a, by: b, until: 2027-05-31}]\n"
        repository.write("a.ml-project.yaml", BOTH + waiver)
        repository.run("--write-baseline", *ONLY)
        assert [each["code"] for each in entries(repository)] == ["LBL303"]

    def test_what_cannot_be_in_it(self, repository: Repository) -> None:
        hidden = "people: {practices: [social_scoring]}\nserving: {latency: 3}\n"
        repository.write("a.ml-project.yaml", BOTH + hidden)
        repository.write("b.ml-project.yaml", OVER.replace("name: parcels", "stage: pilot"))
        ran = repository.run("--write-baseline", *ONLY, "-f", "concise")
        assert ran.status == 0
        assert ran.err.splitlines()[1:] == [
            "mlspeclint: 4 findings cannot be in a baseline (ETH001, LBL301, SPC005, SPC006): what "
            "cannot be waived, and what is found in a spec without a name"
        ]
        # They are reported at once, and go on counting.
        assert sorted(codes(ran)) == ["ETH001", "LBL301", "SPC005", "SPC006"]
        assert repository.run(*KNOWN).status == 1

    def test_without_a_spec_nothing_is_written(self, tmp_path: Path) -> None:
        repository = Repository(tmp_path / "empty")
        assert repository.run("--write-baseline").status == 3
        assert repository.run("--write-baseline", "--allow-empty").status == 0
        assert [each.name for each in repository.folder.iterdir()] == [".git"]

    def test_a_link_is_replaced(self, repository: Repository, tmp_path: Path) -> None:
        outside = tmp_path / "outside.json"
        outside.write_text("precious", encoding="utf-8")
        file = repository.folder / NAME
        file.unlink()
        file.symlink_to(outside)
        assert repository.run("--write-baseline", *ONLY).status == 0
        assert not file.is_symlink()
        assert outside.read_text(encoding="utf-8") == "precious"

    def test_its_mode_is_kept(self, repository: Repository) -> None:
        file = repository.folder / NAME
        file.chmod(0o640)
        repository.run("--write-baseline", *ONLY)
        assert file.stat().st_mode & 0o777 == 0o640

    def test_a_crash_leaves_it_whole(
        self, repository: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = (repository.folder / NAME).read_bytes()
        repository.write("a.ml-project.yaml", PLAN)

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "replace", full)
        ran = repository.run("--write-baseline", *ONLY)
        assert (ran.status, ran.out) == (2, "")
        assert f"cannot write the baseline {NAME}: No space left on device" in ran.err
        assert (repository.folder / NAME).read_bytes() == before
        names = {each.name for each in repository.folder.iterdir()}
        assert names == {".git", NAME, "a.ml-project.yaml"}

    @pytest.mark.parametrize("name", [".", "nowhere/b.json", "fifo", "a\0b", "/dev/null/x"])
    def test_where_it_cannot_be(self, repository: Repository, name: str) -> None:
        os.mkfifo(repository.folder / "fifo")
        ran = repository.run("--write-baseline", "--baseline", name, *ONLY)
        assert (ran.status, ran.out) == (2, "")
        assert "cannot write the baseline" in ran.err


class TestReading:
    def test_what_it_knows_does_not_count(self, repository: Repository) -> None:
        ran = repository.run("--baseline", NAME, "--select", "LBL301,LBL303")
        assert (ran.status, ran.err) == (0, "")
        assert ran.out == (
            "a.ml-project.yaml: 2 in the baseline · 7 of 7 facts that matter here declared\n"
        )

    def test_what_it_does_not_know_does(self, repository: Repository) -> None:
        repository.write("b.ml-project.yaml", OVER.replace("parcels", "letters"))
        ran = repository.run(*KNOWN)
        assert ran.status == 1
        assert ran.out.startswith("b.ml-project.yaml:")
        assert codes(ran) == ["LBL301"]

    def test_without_the_option_it_is_not_looked_at(self, repository: Repository) -> None:
        assert codes(repository.run(*ONLY, "-f", "concise")) == ["LBL301", "LBL303"]

    def test_edits_elsewhere(self, repository: Repository) -> None:
        edited = f"# moved\n\n{BOTH}serving: {{latency: 80 ms}}\n"
        repository.write("a.ml-project.yaml", edited.replace("200k", "200_000"))
        assert (codes(ran := repository.run(*KNOWN)), ran.err) == ([], "")

    def test_other_numbers(self, repository: Repository) -> None:
        repository.write("a.ml-project.yaml", BOTH.replace("15k", "14k"))
        ran = repository.run(*KNOWN)
        assert codes(ran) == ["LBL301"]
        assert ran.err.splitlines() == [
            f"mlspeclint: 1 entry of {NAME} found nothing any more: --write-baseline writes it without",
            "mlspeclint:   LBL301 a.ml-project.yaml: labelling 188,000 more items costs 18.8k USD, the "
            "labelling budget is 15k USD",
        ]

    def test_another_day(self, repository: Repository) -> None:
        late = BOTH.replace("name: parcels", "name: parcels\n  deadline: 2027-01-01").replace(
            "  cost_each", "  per_day: 100\n  cost_each"
        )
        repository.write("a.ml-project.yaml", late)
        options = ("--select", "LBL302", "-f", "concise")
        assert repository.run("--write-baseline", *options).status == 0
        for day in ("2026-12-01", "2026-12-31"):
            ran = run("--baseline", NAME, *options, "--today", day, folder=repository.folder)
            assert (codes(ran), ran.err) == ([], "")

    def test_waivers_come_first(self, repository: Repository) -> None:
        waiver = "waivers: [{rule: LBL301, reason: a, by: b, until: 2027-05-31}]\n"
        repository.write("a.ml-project.yaml", BOTH + waiver)
        loaded = report(repository.run("--baseline", NAME, *ONLY, "-f", "json"))
        via = {each["code"]: each["waived"]["via"] for each in loaded["findings"]}
        assert via == {"LBL301": "spec", "LBL303": "baseline"}
        assert loaded["summary"]["waived"] == 2
        assert loaded["summary"]["baseline"] == {"known": 1, "stale": 0}


def report(ran: Ran) -> Any:
    return json.loads(ran.out)


class TestFiles:
    @pytest.mark.parametrize(
        ("folder", "path"),
        [
            (".", "."),
            (".", "./a.ml-project.yaml"),
            ("below", ".."),
            ("below", "../a.ml-project.yaml"),
        ],
    )
    def test_from_wherever(self, repository: Repository, folder: str, path: str) -> None:
        (repository.folder / "below").mkdir()
        known = os.path.relpath(repository.folder / NAME, repository.folder / folder)
        ran = repository.run(path, "--baseline", known, *ONLY, "-f", "concise", folder=folder)
        assert (codes(ran), ran.err) == ([], "")
        whole = repository.folder / "a.ml-project.yaml"
        ran = run(whole, "--baseline", repository.folder / NAME, *ONLY, folder=Path("/"))
        assert (ran.status, ran.err) == (0, "")

    def test_one_that_has_moved(self, repository: Repository) -> None:
        (repository.folder / "plans").mkdir()
        (repository.folder / "a.ml-project.yaml").rename(
            repository.folder / "plans/new.ml-project.yaml"
        )
        ran = repository.run(*KNOWN)
        assert (codes(ran), ran.err) == ([], "")

    def test_a_copy_is_news(self, repository: Repository) -> None:
        """It has the same name, the same facts and so the same fingerprints; but its file is another."""
        repository.write("b.ml-project.yaml", BOTH)
        ran = repository.run(*KNOWN)
        assert ran.out.count("b.ml-project.yaml") == 2
        assert "a.ml-project.yaml" not in ran.out
        assert codes(ran) == ["LBL301", "LBL303"]
        # And if only the copy is looked at, or the first one has been mended.
        assert len(codes(repository.run("b.ml-project.yaml", *KNOWN))) == 2
        repository.write("a.ml-project.yaml", PLAN)
        assert len(codes(repository.run(*KNOWN))) == 2

    def test_two_of_a_kind_need_two_entries(self, repository: Repository) -> None:
        repository.write("a.ml-project.yaml", f"{BOTH}---\n{BOTH}")
        assert codes(repository.run(*KNOWN)) == ["LBL301", "LBL303"]
        repository.run("--write-baseline", *ONLY)
        assert len({each["fingerprint"] for each in entries(repository)}) == 2
        assert len(entries(repository)) == 4
        assert codes(repository.run(*KNOWN)) == []
        # The same in two files.
        repository.write("a.ml-project.yaml", BOTH)
        repository.write("b.ml-project.yaml", BOTH)
        repository.run("--write-baseline", *ONLY)
        assert [each["file"][0] for each in entries(repository)] == ["a", "a", "b", "b"]
        assert codes(repository.run(*KNOWN)) == []

    def test_standard_input(self, repository: Repository) -> None:
        for name in ((), ("--stdin-filename", "a.ml-project.yaml")):
            ran = repository.run("-", *name, *KNOWN, stdin=BOTH.encode())
            assert (codes(ran), ran.err) == ([], "")


class TestStale:
    def test_a_mended_file(self, repository: Repository) -> None:
        repository.write("a.ml-project.yaml", PLAN)
        ran = repository.run(*KNOWN)
        assert ran.status == 0
        assert f"2 entries of {NAME} found nothing any more" in ran.err
        assert "  LBL301 a.ml-project.yaml: labelling 188,000 more" in ran.err
        assert "  LBL303 a.ml-project.yaml: the annotators' agreement" in ran.err
        assert report(repository.run("--baseline", NAME, *ONLY, "-f", "json"))["summary"][
            "baseline"
        ] == {"known": 0, "stale": 2}
        repository.run("--write-baseline", *ONLY)
        assert repository.run(*KNOWN).err == ""

    def test_a_file_that_is_gone(self, repository: Repository) -> None:
        (repository.folder / "a.ml-project.yaml").unlink()
        repository.write("b.ml-project.yaml", PLAN)
        assert "2 entries" in repository.run(*KNOWN).err

    def test_a_file_that_is_not_looked_at(self, repository: Repository) -> None:
        repository.write("b.ml-project.yaml", PLAN)
        repository.write("a.ml-project.yaml", PLAN)
        assert repository.run("b.ml-project.yaml", *KNOWN).err == ""

    def test_a_file_that_lies_elsewhere(self, repository: Repository) -> None:
        """Nobody asks for it: it may be on another machine."""
        file = repository.folder / NAME
        listed = json.loads(file.read_text(encoding="utf-8"))
        for entry, name in zip(listed["findings"], ("/a.yaml", "../a.yaml"), strict=True):
            entry["file"] = name
        file.write_text(json.dumps(listed), encoding="utf-8")
        repository.write("a.ml-project.yaml", PLAN)
        assert repository.run(*KNOWN).err == ""

    def test_a_rule_that_is_not_looked_at(self, repository: Repository) -> None:
        repository.write("a.ml-project.yaml", PLAN)
        ran = repository.run("--baseline", NAME, "--select", "LBL303")
        assert "1 entry" in ran.err
        assert "LBL301" not in ran.err

    def test_a_rule_that_there_is_not(self, repository: Repository) -> None:
        text = (repository.folder / NAME).read_text(encoding="utf-8")
        (repository.folder / NAME).write_text(text.replace("LBL301", "OLD301"), encoding="utf-8")
        repository.write("a.ml-project.yaml", PLAN)
        assert "OLD301 a.ml-project.yaml" in repository.run(*KNOWN).err

    @pytest.mark.parametrize("broken", ["mlspec: [", BOTH.replace("200k", "200 k"), ""])
    def test_a_spec_that_cannot_be_read(self, repository: Repository, broken: str) -> None:
        repository.write("a.ml-project.yaml", broken)
        ran = repository.run(*KNOWN)
        assert ran.status == 1
        assert ran.err == ""

    def test_very_many(self, repository: Repository) -> None:
        """They are counted, and not all of them told."""
        found = [
            entry | {"fingerprint": f"{n}"} for n in range(500) for entry in entries(repository)
        ]
        (repository.folder / NAME).write_text(json.dumps({"version": 1, "findings": found}))
        ran = repository.run(*KNOWN)
        assert "1,000 entries" in ran.err
        assert "and 950 more" in ran.err
        assert len(ran.err.splitlines()) == 52


class TestHostile:
    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("", "it is no JSON: Expecting value"),
            ("{", "it is no JSON"),
            ("\xff", "it is no JSON"),
            ("[" * 300_000, "it is nested too deeply"),
            ('{"a":' * 300_000, "it is nested too deeply"),
            ("9" * 100_000, "it is no JSON"),
            ("[]", "it is no baseline: `--write-baseline` writes one"),
            ("null", "it is no baseline"),
            ("{}", "it is no baseline"),
            ('{"findings": []}', "it is not of version 1"),
            ('{"version": 2, "findings": []}', "it is not of version 1"),
            ('{"version": true, "findings": []}', "it is not of version 1"),
            ('{"version": 1, "findings": {}}', "it is no baseline"),
            ('{"version": 1, "findings": [1]}', "finding 1 lacks one of code, file, path"),
            ('{"version": 1, "findings": [{"code": 1}]}', "finding 1 lacks one of"),
        ],
        ids=lambda value: value[:30].encode("unicode_escape").decode(),
    )
    def test_what_is_none(self, repository: Repository, text: str, told: str) -> None:
        (repository.folder / NAME).write_bytes(text.encode("latin-1"))
        ran = repository.run(*KNOWN)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith(f"mlspeclint: cannot read the baseline {NAME}: {told}")
        assert len(ran.err) < 300

    def test_a_mark_and_more_keys(self, repository: Repository) -> None:
        loaded = {"version": 1, "note": "ours", "findings": entries(repository)}
        loaded["findings"][0]["why"] = "people may write more"  # type: ignore[index]
        (repository.folder / NAME).write_text("\ufeff" + json.dumps(loaded), encoding="utf-8")
        assert codes(repository.run(*KNOWN)) == []

    def test_one_that_is_too_large(
        self, repository: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = repository.folder / NAME
        monkeypatch.setattr(baseline, "LARGEST", file.stat().st_size)
        assert repository.run(*KNOWN).status == 0
        with file.open("a", encoding="utf-8") as more:
            more.write(" ")
        ran = repository.run(*KNOWN)
        assert ran.status == 2
        assert "it has more than" in ran.err

    def test_what_is_no_file(self, repository: Repository, tmp_path: Path) -> None:
        os.mkfifo(repository.folder / "fifo")
        secret = tmp_path / "secret.json"
        secret.write_text('{"version": 1, "findings": []}', encoding="utf-8")
        (repository.folder / "link").symlink_to(secret)
        (repository.folder / "round").symlink_to("round")
        (repository.folder / "inside").symlink_to(NAME)
        for name, told in (
            ("fifo", "it is no regular file"),
            (".", "it is no regular file"),
            ("nowhere.json", "No such file or directory"),
            ("link", "it lies outside the repository"),
            ("round", "Too many levels of symbolic links"),
            ("/dev/zero", "it is no regular file"),
            ("a\0b", "embedded null"),
        ):
            ran = repository.run("--baseline", name)
            assert (ran.status, ran.out) == (2, ""), name
            assert told in ran.err
        assert codes(repository.run("--baseline", "inside", *ONLY, "-f", "concise")) == []

    def test_texts_in_it(self, repository: Repository) -> None:
        hostile = "\x1b[31m\n::error::\u202e\ud800\0" + "x" * 10_000
        keys = ("code", "path", "message", "fingerprint", "file")
        found = [{**dict.fromkeys(keys, hostile)}]
        (repository.folder / NAME).write_text(json.dumps({"version": 1, "findings": found}))
        ran = repository.run(*KNOWN)
        assert "\\x1b[31m" in ran.err
        assert is_safe(Ran(0, ran.err.encode(), b""))
        assert not re.search(r"^::", ran.err, re.MULTILINE)
        assert len(ran.err) < 1000

    def test_texts_of_a_spec_in_it(self, repository: Repository) -> None:
        """They are written in ASCII, on one line and not at any length."""
        text = (EXAMPLES / "chest-x-rays.ml-project.yaml").read_text(encoding="utf-8")
        hostile = f'"\\e[31m::error::\\u202e{"é" * 5000}"'
        other = text.replace("target:\n", f"x-a: {hostile}\ntarget:\n").replace(
            "algorithm:", f"architecture: {hostile}\n  algorithm:"
        )
        repository.write("a.ml-project.yaml", other)
        assert repository.run("--write-baseline").status == 0
        data = (repository.folder / NAME).read_bytes()
        assert data.isascii()
        assert b"\x1b" not in data
        assert max(map(len, data.splitlines())) < 2500


class TestFormats:
    def run(self, repository: Repository, name: str, *options: str) -> str:
        ran = repository.run("--baseline", NAME, *ONLY, "-f", name, *options)
        assert ran.status == 0
        return ran.out

    def test_json(self, repository: Repository) -> None:
        loaded = json.loads(self.run(repository, "json"))
        waived = {"reason": "in the baseline", "by": None, "until": None, "via": "baseline"}
        assert [each["waived"] for each in loaded["findings"]] == [waived, waived]
        assert loaded["summary"]["errors"] == loaded["summary"]["warnings"] == 0
        assert loaded["summary"]["waived"] == 2
        assert "baseline" not in json.loads(repository.run(*ONLY, "-f", "json").out)["summary"]

    def test_sarif(self, repository: Repository) -> None:
        repository.write("b.ml-project.yaml", OVER.replace("parcels", "letters"))
        ran = repository.run("--baseline", NAME, *ONLY, "-f", "sarif")
        results = json.loads(ran.out)["runs"][0]["results"]
        assert [each["baselineState"] for each in results] == ["unchanged", "unchanged", "new"]
        accepted = {
            "kind": "external",
            "status": "accepted",
            "justification": "waived: in the baseline",
        }
        assert [each["suppressions"] for each in results] == [[accepted], [accepted], []]
        without = json.loads(repository.run(*ONLY, "-f", "sarif").out)["runs"][0]["results"]
        assert all("baselineState" not in each for each in without)

    def test_others(self, repository: Repository) -> None:
        assert "**2 in the baseline** in 1 file" in self.run(repository, "github-summary")
        assert self.run(repository, "github") == self.run(repository, "concise") == ""
        assert json.loads(self.run(repository, "gitlab")) == []
        assert json.loads(self.run(repository, "rdjson"))["diagnostics"] == []
        assert self.run(repository, "junit").count("<skipped message=") == 2
        assert self.run(repository, "jsonl").count('"via": "baseline"') == 2

    def test_statistics(self, repository: Repository) -> None:
        repository.write("b.ml-project.yaml", OVER.replace("parcels", "letters"))
        ran = repository.run("--baseline", NAME, *ONLY, "--statistics", "--fail-on", "never")
        assert ran.out.endswith(
            "LBL301 labelling-over-budget: 1 finding, 1 in the baseline\n"
            "LBL303 annotators-disagree: 0 findings, 1 in the baseline\n"
        )
