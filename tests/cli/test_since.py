"""`check --since`: what a change has brought, in real repositories."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ..report.support import is_safe
from ..running import Ran, run
from .repositories import PLAN, Repository

HALVED = PLAN.replace("30k", "15k")
OPEN = PLAN.replace("30k", "15k..30k")
WAIVED = f"""{HALVED}waivers:
  - rule: LBL301
    reason: more money is on its way
    by: ana
    until: 2027-05-31
"""
ONLY = ("--select", "LBL301", "--quiet")
FOUND = "labelling 188,000 more items costs 18.8k USD, the labelling budget is 15k USD"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with one spec, in which LBL301 finds nothing."""
    made = Repository(tmp_path / "repository")
    made.commit(a=PLAN)
    return made


def concise(ran: Ran) -> list[str]:
    """The codes of the findings."""
    assert ran.err == "", ran
    return [line.partition("[")[2].partition("]")[0] for line in ran.out.splitlines()]


def report(ran: Ran) -> Any:
    assert ran.err == "", ran
    return json.loads(ran.out)


def since(ran: Ran) -> list[str]:
    """What each finding says of the change."""
    return [each["since"]["text"] for each in report(ran)["findings"]]


class TestOutput:
    def test_a_new_finding(self, repository: Repository) -> None:
        repository.write(
            "a.ml-project.yaml",
            HALVED.replace("fine_tuning", "few_shot").replace("12k", "12_000"),
        )
        ran = repository.run("--since", "main", "--select", "LBL", "--ignore", "LBL303")
        assert ran.status == 1
        assert ran.out == (
            f"error[LBL301] labelling-over-budget: {FOUND}\n"
            "   ┌─ a.ml-project.yaml:11:13\n"
            "   │\n"
            " 8 │   family: deep_learning\n"
            "   │           ------------- what needs them: deep learning, with few-shot training\n"
            "11 │   required: 200k\n"
            "   │             ^^^^ 188,000 are still unlabelled\n"
            "12 │   labelled: 12_000\n"
            "   │             ------ what there is\n"
            "13 │   cost_each: 0.10\n"
            "   │              ---- for each item and annotator\n"
            "15 │   labelling: 15k\n"
            "   │              --- the budget for labels\n"
            "   │\n"
            "  = since main: budget.labelling halved (30k -> 15k USD)\n"
            "  = clears when: labels.required <= 162k, or labels.labelled >= 50k, or labels.cost_each "
            "<= 0.0797 USD, or budget.labelling >= 18.8k USD\n"
            "  = instead: let a model choose what to label next, or use few-shot training or a classical "
            "method\n"
            "  = basis: arithmetic on the declared numbers · mlspeclint explain LBL301\n"
            "\n"
            "a.ml-project.yaml: 1 error · 6 of 13 facts that matter here declared, 3 rules undecided\n"
            "  since main: 1 new\n"
            "  changed: approach.training from fine_tuning to few_shot; budget.labelling halved (30k "
            "-> 15k USD)\n"
            "  next most useful fact: labels.source (decides LBL307)\n"
        )

    def test_nothing_has_changed(self, repository: Repository) -> None:
        repository.commit(a=HALVED)
        ran = repository.run("--since", "main", "--select", "LBL301")
        assert (ran.status, ran.err) == (0, "")
        assert ran.out == (
            "a.ml-project.yaml: no findings · 6 of 6 facts that matter here declared\n"
            "  since main: nothing new, 1 as before\n"
        )

    def test_several_files(self, repository: Repository) -> None:
        repository.commit(same=HALVED.replace("parcels", "letters"), gone=HALVED, mended=HALVED)
        (repository.folder / "gone.ml-project.yaml").unlink()
        repository.write("mended.ml-project.yaml", HALVED.replace("0.10", "0.05"))
        repository.write("a.ml-project.yaml", HALVED)
        ran = repository.run("--since", "HEAD", "--select", "LBL301", "--fail-on", "never")
        assert ran.out.partition("\n\n")[2] == (
            "a.ml-project.yaml: 1 error · 6 of 6 facts that matter here declared\n"
            "  since HEAD: 1 new\n"
            "  changed: budget.labelling halved (30k -> 15k USD)\n"
            "mended.ml-project.yaml: no findings · 6 of 6 facts that matter here declared\n"
            "  since HEAD: nothing new, 1 gone\n"
            "  gone: LBL301 labelling-over-budget: labels.cost_each halved (0.1 -> 0.05 USD)\n"
            "  changed: labels.cost_each halved (0.1 -> 0.05 USD)\n"
            "gone.ml-project.yaml: deleted since HEAD\n"
            "  gone: LBL301 labelling-over-budget: the spec is gone\n"
            "3 files: 1 error · since HEAD: 1 new, 2 gone, 1 as before\n"
        )

    def test_for_programs(self, repository: Repository) -> None:
        base = repository.git("rev-parse", "HEAD")
        repository.write("a.ml-project.yaml", HALVED)
        repository.write("b.ml-project.yaml", PLAN)
        loaded = report(repository.run("--since", "main", "--select", "LBL301", "-f", "json"))
        (finding,) = loaded["findings"]
        change = {
            "path": "budget.labelling",
            "text": "budget.labelling halved (30k -> 15k USD)",
        }
        assert finding["since"] == {
            "state": "new",
            "before": None,
            "changes": [change],
            "text": change["text"],
        }
        assert loaded["summary"]["since"] == {
            "revision": "main",
            "commits": [base],
            "new": 1,
            "worse": 0,
            "same": 0,
            "gone": [],
            "changes": [{"file": "a.ml-project.yaml", **change}],
            "deleted": [],
        }

    def test_without_the_option_there_is_nothing_of_it(self, repository: Repository) -> None:
        loaded = report(repository.run("-f", "json"))
        assert "since" not in loaded["summary"]
        assert all("since" not in each for each in loaded["findings"])

    def test_for_services(self, repository: Repository, tmp_path: Path) -> None:
        repository.commit(b=OPEN)
        repository.write("a.ml-project.yaml", HALVED)
        repository.write("b.ml-project.yaml", HALVED)
        names = ("sarif", "github", "github-summary", "gitlab", "junit", "rdjson", "jsonl")
        files = {name: tmp_path / name for name in names}
        formats = [part for name, file in files.items() for part in ("-f", name, "-o", str(file))]
        assert repository.run("--since", "HEAD", *ONLY, *formats).status == 1
        texts = {name: file.read_text(encoding="utf-8") for name, file in files.items()}
        results = json.loads(texts["sarif"])["runs"][0]["results"]
        assert [each["baselineState"] for each in results] == ["new", "updated"]
        said = ("budget.labelling halved", "possible before; budget.labelling settled")
        for result, text in zip(results, said, strict=True):
            assert result["properties"]["since"].startswith(text)
            assert f"since HEAD: {text}" in result["message"]["text"]
        for name in ("github", "junit", "rdjson", "github-summary"):
            for text in said:
                assert f"since HEAD: {text}" in texts[name]
        assert "Since HEAD: 1 new, 1 worse." in texts["github-summary"]
        assert "| a.ml-project.yaml | changed | budget.labelling halved" in texts["github-summary"]
        assert [json.loads(line)["since"]["state"] for line in texts["jsonl"].splitlines()] == [
            "new",
            "worse",
        ]

    def test_statistics_and_the_exit_status_see_only_what_is_left(
        self, repository: Repository
    ) -> None:
        repository.commit(a=HALVED)
        ran = repository.run("--since", "main", *ONLY, "--statistics")
        assert (ran.status, ran.out) == (0, "")


class TestWhatIsNew:
    def test_what_was_there_is_left_out(self, repository: Repository) -> None:
        repository.commit(a=HALVED)
        # The finding has other numbers and another fingerprint, and is the same for all that.
        repository.write("a.ml-project.yaml", HALVED.replace("200k", "180k"))
        ran = repository.run("--since", "HEAD", *ONLY, "-f", "concise")
        assert (ran.status, concise(ran)) == (0, [])

    @pytest.mark.parametrize(
        ("before", "after", "told"),
        [
            (OPEN, HALVED, "possible before; budget.labelling settled (15k..30k -> 15k USD)"),
            (
                HALVED.replace("0.10", "unknown"),
                HALVED,
                "possible before; labels.cost_each became known: 0.1 USD",
            ),
        ],
    )
    def test_what_got_worse(
        self, repository: Repository, before: str, after: str, told: str
    ) -> None:
        repository.commit(a=before)
        repository.write("a.ml-project.yaml", after)
        ran = repository.run("--since", "HEAD", *ONLY, "-f", "json")
        assert since(ran) == [told]
        (finding,) = report(ran)["findings"]
        assert finding["since"]["state"] == "worse"
        assert finding["since"]["before"] == {"severity": "note", "outcome": "possible"}
        # The other way round it is better, and no news.
        repository.commit()
        repository.write("a.ml-project.yaml", before)
        assert since(repository.run("--since", "HEAD", *ONLY, "-f", "json")) == []

    def test_a_note_that_became_a_warning(self, repository: Repository) -> None:
        doubtful = PLAN.replace("  cost_each: 0.10\n", "  agreement: 0.7\n")
        repository.commit(a=doubtful)
        repository.write("a.ml-project.yaml", doubtful.replace("0.7", "0.6"))
        ran = repository.run("--since", "HEAD", "--select", "LBL303", "-f", "json")
        assert since(ran) == ["note before; labels.agreement lowered (0.7 -> 0.6)"]

    def test_more_mistakes_of_one_kind(self, repository: Repository) -> None:
        repository.commit(a=f"{PLAN}serving: {{latency: 3, cost_per_1000: x}}\n")
        worse = f"{PLAN}# moved\nserving: {{latency: 4, latency_limit: 5, cost_per_1000: x}}\n"
        repository.write("a.ml-project.yaml", worse)
        ran = repository.run("--since", "HEAD", "--select", "SPC", "-f", "json")
        (finding,) = report(ran)["findings"]
        assert finding["path"] == "serving.latency_limit"
        assert since(ran) == ["serving.latency_limit has a mistake in it now"]

    def test_a_mistake(self, repository: Repository) -> None:
        repository.commit(a=f"{PLAN}serving: {{latency: 30 ms}}\n")
        repository.write("a.ml-project.yaml", f"{PLAN}serving: {{latency: 30}}\n")
        ran = repository.run("--since", "HEAD", "--select", "SPC", "-f", "json")
        assert since(ran) == ["serving.latency has a mistake in it now (was 30 ms)"]

    def test_a_field_that_is_unknown(self, repository: Repository) -> None:
        repository.write("a.ml-project.yaml", f"{PLAN}severing: {{latency: 30 ms}}\n")
        ran = repository.run("--since", "HEAD", "--select", "SPC", "-f", "json")
        assert since(ran) == ["it was not there before"]

    def test_a_waiver_that_is_gone(self, repository: Repository) -> None:
        repository.commit(a=WAIVED)
        repository.write("a.ml-project.yaml", HALVED)
        ran = repository.run("--since", "HEAD", *ONLY, "-f", "json")
        assert since(ran) == ["no waiver covers it any more"]

    def test_a_finding_that_comes_with_its_waiver(self, repository: Repository) -> None:
        repository.write("a.ml-project.yaml", WAIVED)
        ran = repository.run("--since", "HEAD", *ONLY, "-f", "json")
        (finding,) = report(ran)["findings"]
        assert finding["waived"]["via"] == "spec"
        assert ran.status == report(ran)["summary"]["since"]["new"] == 0
        # And one that was there and is waived now.
        repository.commit(a=HALVED)
        repository.write("a.ml-project.yaml", WAIVED)
        assert since(repository.run("--since", "HEAD", *ONLY, "-f", "json")) == []

    def test_what_is_wrong_with_waivers(self, repository: Repository) -> None:
        repository.commit(a=WAIVED)
        repository.write("a.ml-project.yaml", WAIVED.replace("15k", "30k"))
        ran = repository.run("--since", "HEAD", "--select", "WVR,LBL301", "-f", "json")
        assert since(ran) == ["a comment, or what it was for, has changed"]
        repository.write("a.ml-project.yaml", WAIVED.replace("2027-05-31", "2026-05-31"))
        ran = repository.run("--since", "HEAD", "--select", "WVR,LBL301", "-f", "json")
        assert set(since(ran)) == {"the waivers have changed", "no waiver covers it any more"}

    def test_a_day_that_passes_is_nobodys_change(self, repository: Repository) -> None:
        """Both versions are judged today."""
        repository.commit(a=WAIVED)
        repository.write("a.ml-project.yaml", f"# a comment\n{WAIVED}")
        options = ("--select", "LBL301,WVR", "-f", "concise", "--today", "2028-01-01")
        arguments = ("--since", "HEAD", *options)
        assert concise(run(*arguments, folder=repository.folder)) == []
        assert concise(run(*options, folder=repository.folder)) == ["LBL301", "WVR001"]

    def test_several_facts_of_which_one_decides(self, repository: Repository) -> None:
        changed = HALVED.replace("200k", "201k").replace("12k", "11k").replace("0.10", "0.099")
        repository.write("a.ml-project.yaml", changed)
        ran = repository.run("--since", "HEAD", *ONLY, "-f", "json")
        assert since(ran) == ["budget.labelling halved (30k -> 15k USD)"]

    def test_several_facts_that_decide_together(self, repository: Repository) -> None:
        """Either alone would do, so that none of them alone clears it; the third has no part in it."""
        changed = HALVED.replace("0.10", "0.30").replace("200k", "199k")
        repository.write("a.ml-project.yaml", changed)
        ran = repository.run("--since", "HEAD", *ONLY, "-f", "json")
        assert since(ran) == [
            "labels.cost_each tripled (0.1 -> 0.3 USD); budget.labelling halved (30k -> 15k USD)"
        ]

    def test_a_rule_that_yielded(self, repository: Repository) -> None:
        """DAT101 speaks when DOM703, which reports the same cause, has been answered."""
        plan = (
            "mlspec: 1\nproject: {name: churn}\ntask: {type: classification, modality: tabular}\n"
            "approach: {family: deep_learning, training: from_scratch}\n"
        )
        repository.commit(a=plan)
        found = concise(repository.run("-f", "concise"))
        repository.write(
            "a.ml-project.yaml", plan.replace("deep_learning, training: from_scratch", "rules")
        )
        ran = repository.run("--since", "HEAD", "-f", "json")
        gone = report(ran)["summary"]["since"]["gone"]
        assert {each["code"] for each in gone} == set(found) - set(
            concise(repository.run("-f", "concise"))
        )
        assert {each["text"] for each in gone} == {"approach.family from deep_learning to rules"}


class TestDocuments:
    OTHER = "---\n" + HALVED.replace("parcels", "letters")

    def test_they_are_known_by_their_names(self, repository: Repository) -> None:
        repository.commit(a=PLAN + self.OTHER)
        repository.write("a.ml-project.yaml", f"{self.OTHER[4:]}---\n{PLAN}")
        ran = repository.run("--since", "HEAD", *ONLY, "-f", "json")
        assert report(ran)["findings"] == []
        assert report(ran)["summary"]["since"]["same"] == 1

    def test_or_by_their_place(self, repository: Repository) -> None:
        repository.commit(a=HALVED)
        repository.write("a.ml-project.yaml", HALVED.replace("parcels", "packages"))
        ran = repository.run("--since", "HEAD", *ONLY, "-f", "json")
        assert report(ran)["findings"] == []
        (change,) = report(ran)["summary"]["since"]["changes"]
        assert change["text"] == "project.name from parcels to packages"

    def test_of_two_with_one_name_the_first_is_the_one(self, repository: Repository) -> None:
        repository.commit(a=PLAN + self.OTHER)
        repository.write("a.ml-project.yaml", f"{PLAN}---\n{HALVED}")
        ran = repository.run("--since", "HEAD", *ONLY, "-f", "json")
        assert report(ran)["findings"] == []
        (change,) = report(ran)["summary"]["since"]["changes"]
        assert change["text"] == "parcels: project.name from letters to parcels"

    def test_changes_say_of_which_they_are(self, repository: Repository) -> None:
        repository.commit(a=PLAN + self.OTHER)
        repository.write("a.ml-project.yaml", HALVED + self.OTHER.replace("15k", "30k"))
        ran = repository.run("--since", "HEAD", "--select", "LBL301")
        assert (
            "  changed: parcels: budget.labelling halved (30k -> 15k USD); "
            "letters: budget.labelling doubled (15k -> 30k USD)\n"
        ) in ran.out
        assert "  = since HEAD: budget.labelling halved (30k -> 15k USD)\n" in ran.out

    def test_a_new_one(self, repository: Repository) -> None:
        repository.write("a.ml-project.yaml", PLAN + self.OTHER)
        ran = repository.run("--since", "HEAD", *ONLY, "-f", "json")
        assert since(ran) == ["the spec is new"]

    def test_one_that_is_gone(self, repository: Repository) -> None:
        repository.commit(a=PLAN + self.OTHER)
        repository.write("a.ml-project.yaml", PLAN)
        ran = repository.run("--since", "HEAD", *ONLY, "-f", "json")
        (gone,) = report(ran)["summary"]["since"]["gone"]
        assert (gone["code"], gone["text"]) == ("LBL301", "the spec is gone")


class TestUnreadable:
    def test_at_the_revision(self, repository: Repository) -> None:
        repository.commit(a="mlspec: [")
        repository.write("a.ml-project.yaml", HALVED)
        ran = repository.run("--since", "HEAD", *ONLY, "-f", "json")
        assert since(ran) == ["the spec could not be read before"]
        (gone,) = report(ran)["summary"]["since"]["gone"]
        assert gone["code"] == "SPC001"

    def test_now(self, repository: Repository) -> None:
        """What cannot be read is not mended."""
        repository.commit(a=HALVED)
        repository.write("a.ml-project.yaml", "mlspec: [")
        ran = repository.run("--since", "HEAD", "-f", "json")
        assert [each["code"] for each in report(ran)["findings"]] == ["SPC001"]
        assert report(ran)["summary"]["since"]["gone"] == []

    def test_a_fact_that_is_taken_out_mends_nothing(self, repository: Repository) -> None:
        repository.commit(a=HALVED)
        repository.write("a.ml-project.yaml", HALVED.replace("  cost_each: 0.10\n", ""))
        ran = repository.run("--since", "HEAD", "--select", "LBL301")
        assert (
            "  gone: LBL301 labelling-over-budget (undecided now): labels.cost_each removed "
            "(was 0.1 USD)\n"
        ) in ran.out

    def test_a_large_one(self, repository: Repository) -> None:
        repository.commit(a="#" * 3_000_000, b="x: 1\n", c=HALVED)
        repository.write("a.ml-project.yaml", PLAN)
        repository.write("b.ml-project.yaml", PLAN)
        repository.write("c.ml-project.yaml", f"# after a large one\n{HALVED}")
        ran = repository.run("--since", "HEAD", *ONLY, "-f", "json")
        assert report(ran)["findings"] == []
        gone = report(ran)["summary"]["since"]["gone"]
        assert "SPC009" in {each["code"] for each in gone}
        assert {each["file"] for each in gone} == {"a.ml-project.yaml", "b.ml-project.yaml"}


class TestFiles:
    def test_a_new_one(self, repository: Repository) -> None:
        repository.write("b.ml-project.yaml", HALVED)
        ran = repository.run("--since", "main", *ONLY, "-f", "json")
        assert since(ran) == ["the spec is new"]
        assert report(ran)["findings"][0]["file"] == "b.ml-project.yaml"

    def test_one_with_another_name(self, repository: Repository) -> None:
        repository.commit(a=HALVED)
        (repository.folder / "plans").mkdir()
        repository.git("mv", "a.ml-project.yaml", "plans/b.ml-project.yaml")
        repository.write("plans/b.ml-project.yaml", f"{HALVED}# edited as well\n")
        ran = repository.run("--since", "HEAD", *ONLY, "-f", "json")
        assert report(ran)["findings"] == []
        told = report(ran)["summary"]["since"]
        assert (told["same"], told["gone"], told["deleted"]) == (1, [], [])

    def test_deleted_ones_below_the_folders_that_are_checked(self, repository: Repository) -> None:
        repository.write("b/ml-project.yaml", HALVED)
        repository.write("bb/ml-project.yaml", HALVED)
        repository.write("b/notes.yaml", HALVED)
        repository.write("b/other.ml-project.yaml", PLAN)
        repository.commit(c=HALVED)
        for name in ("b/ml-project.yaml", "b/notes.yaml", "bb/ml-project.yaml"):
            (repository.folder / name).unlink()
        gone: tuple[tuple[list[str], set[str]], ...] = (
            (["b"], {"b/ml-project.yaml"}),
            (["a.ml-project.yaml"], set()),
            ([], {"b/ml-project.yaml", "bb/ml-project.yaml"}),
        )
        for paths, names in gone:
            ran = repository.run(*paths, "--since", "HEAD", "-f", "json")
            told = report(ran)["summary"]["since"]
            assert set(told["deleted"]) == {each["file"] for each in told["gone"]} == names
        told = report(repository.run("--since", "HEAD", "-f", "json", folder="b"))["summary"][
            "since"
        ]
        assert told["deleted"] == ["ml-project.yaml"]

    def test_odd_names(self, repository: Repository) -> None:
        names = ["a\nb\t'\" c", "-x", "*", ":(top)", "ü"]
        repository.commit(**dict.fromkeys(names, PLAN))
        repository.commit(**dict.fromkeys(names, HALVED))
        ran = repository.run("--since", "HEAD~1", *ONLY, "-f", "json")
        assert since(ran) == ["budget.labelling halved (30k -> 15k USD)"] * len(names)

    def test_a_name_that_is_no_text(self, repository: Repository) -> None:
        name = os.fsdecode(b"\xff.ml-project.yaml")
        try:
            repository.write(name, HALVED)
        except OSError:
            pytest.skip("this file system has only names that are text")
        repository.commit()
        repository.write(name, f"#\n{HALVED}")
        assert since(repository.run("--since", "HEAD", *ONLY, "-f", "json")) == []

    def test_from_a_folder_and_by_a_link(self, repository: Repository) -> None:
        repository.commit(a=HALVED)
        repository.write("a.ml-project.yaml", f"#\n{HALVED}")
        (repository.folder / "below").mkdir()
        (repository.folder / "below" / "link.yaml").symlink_to("../a.ml-project.yaml")
        for path in ("../a.ml-project.yaml", "link.yaml", repository.folder / "a.ml-project.yaml"):
            ran = repository.run(path, "--since", "HEAD", *ONLY, "-f", "json", folder="below")
            assert report(ran)["summary"]["since"]["same"] == 1

    def test_standard_input(self, repository: Repository) -> None:
        arguments = ("-", "--since", "HEAD", *ONLY, "-f", "json")
        ran = repository.run(
            *arguments, "--stdin-filename", "a.ml-project.yaml", stdin=HALVED.encode()
        )
        assert since(ran) == ["budget.labelling halved (30k -> 15k USD)"]
        ran = repository.run(*arguments, "--stdin-filename", "new.yaml", stdin=HALVED.encode())
        assert since(ran) == ["the spec is new"]
        ran = repository.run(*arguments, stdin=HALVED.encode())
        assert ran.status == 2
        assert "--since needs to know which file standard input is: --stdin-filename" in ran.err

    def test_no_spec_is_left(self, repository: Repository) -> None:
        (repository.folder / "a.ml-project.yaml").unlink()
        assert repository.run("--since", "HEAD").status == 3


class TestRevisions:
    def test_the_merge_base_is_what_counts(self, repository: Repository) -> None:
        repository.git("switch", "--quiet", "--create", "branch")
        repository.commit(b=PLAN)
        repository.git("switch", "--quiet", "main")
        # On main the budget was halved meanwhile; the branch has no part in it.
        repository.commit(a=HALVED, b=HALVED)
        repository.git("switch", "--quiet", "branch")
        ran = repository.run("--since", "main", *ONLY, "-f", "json")
        assert report(ran)["findings"] == []
        assert report(ran)["summary"]["since"]["commits"] == [repository.git("rev-parse", "main~1")]

    @pytest.mark.parametrize(
        "name", ["HEAD", "HEAD~0", "@", "main", "v1", "v1^{commit}", "hash", ":/A st"]
    )
    def test_names(self, repository: Repository, name: str) -> None:
        repository.git("tag", "--annotate", "--message=a", "v1")
        if name == "hash":
            name = repository.git("rev-parse", "--short", "HEAD")
        repository.write("a.ml-project.yaml", HALVED)
        ran = repository.run(f"--since={name}", *ONLY, "-f", "concise")
        assert concise(ran) == ["LBL301"]

    @pytest.mark.parametrize(
        "name",
        [
            "nowhere", ":/nowhere", "0" * 40,
            "main:a.ml-project.yaml", "main..HEAD", "^main", "HEAD^{tree}", "main HEAD",
            "--help", "-1", "--output=x", "", "\n", "main\0", "\x1b[31m", "a" * 10_000,
        ],
        ids=ascii,
    )  # fmt: skip
    def test_what_is_none(self, repository: Repository, name: str) -> None:
        ran = repository.run(f"--since={name}")
        assert (ran.status, ran.out) == (2, "")
        assert "cannot compare with" in ran.err
        assert is_safe(Ran(2, ran.err.encode(), b""))
        left = sorted(each.name for each in repository.folder.iterdir())
        assert left == [".git", "a.ml-project.yaml"]

    def test_no_repository(self, tmp_path: Path) -> None:
        (tmp_path / "ml-project.yaml").write_text(PLAN, encoding="utf-8")
        ran = run("--since", "main", folder=tmp_path)
        assert (ran.status, ran.out) == (2, "")
        assert "ml-project.yaml is in no git repository" in ran.err

    def test_nothing_is_committed(self, tmp_path: Path) -> None:
        repository = Repository(tmp_path / "empty")
        repository.write("ml-project.yaml", PLAN)
        ran = repository.run("--since", "HEAD")
        assert ran.status == 2
        assert "cannot compare with HEAD: nothing is committed yet" in ran.err

    def test_nothing_in_common(self, repository: Repository) -> None:
        repository.git("switch", "--quiet", "--orphan", "other")
        repository.commit(b=PLAN)
        ran = repository.run("--since", "main")
        assert ran.status == 2
        assert "main and HEAD have no common ancestor here" in ran.err
        assert "fetch" not in ran.err

    def test_without_git(self, repository: Repository) -> None:
        ran = repository.run("a.ml-project.yaml", "--since", "main", PATH="")
        assert ran.status == 2
        assert "git cannot be run: No such file or directory" in ran.err

    def test_a_broken_repository(self, repository: Repository) -> None:
        (repository.folder / ".git" / "HEAD").write_text("nonsense", encoding="utf-8")
        ran = repository.run("a.ml-project.yaml", "--since", "main")
        assert ran.status == 2
        assert "cannot compare with main: git says: fatal: not a git repository" in ran.err

    def test_another_repository_in_the_environment(
        self, repository: Repository, tmp_path: Path
    ) -> None:
        """A hook of git runs with such variables."""
        other = Repository(tmp_path / "other")
        other.commit(z=PLAN)
        repository.write("a.ml-project.yaml", HALVED)
        ran = repository.run(
            "a.ml-project.yaml", "--since", "main", *ONLY, "-f", "json",
            GIT_DIR=str(other.folder / ".git"), GIT_INDEX_FILE="nowhere", GIT_WORK_TREE="/",
        )  # fmt: skip
        assert since(ran) == ["budget.labelling halved (30k -> 15k USD)"]


class TestClones:
    @pytest.fixture
    def origin(self, repository: Repository) -> str:
        """The address of a repository whose branch `change` has a new finding."""
        repository.git("switch", "--quiet", "--create", "change")
        repository.commit(b=HALVED)
        repository.commit(a=HALVED)
        repository.git("config", "uploadpack.allowFilter", "true")
        return f"file://{repository.folder}"

    def clone(self, origin: str, tmp_path: Path, *options: str) -> Repository:
        clone = Repository(tmp_path / "clone")
        clone.git("remote", "add", "origin", origin)
        clone.git("-c", "protocol.file.allow=always", "fetch", "--quiet", *options)
        clone.git(
            "-c", "protocol.file.allow=always", "checkout", "--quiet", "--detach", "origin/change"
        )
        return clone

    def test_a_whole_one(self, origin: str, tmp_path: Path) -> None:
        clone = self.clone(origin, tmp_path, "origin")
        ran = clone.run("a.ml-project.yaml", "--since", "origin/main", *ONLY, "-f", "json")
        assert since(ran) == ["budget.labelling halved (30k -> 15k USD)"]

    def test_a_shallow_one_without_the_branch(self, origin: str, tmp_path: Path) -> None:
        clone = self.clone(
            origin, tmp_path, "--depth=1", "origin", "change:refs/remotes/origin/change"
        )
        ran = clone.run("--since", "origin/main")
        assert (ran.status, ran.out) == (2, "")
        assert "git knows no commit origin/main; the history of this clone is cut off" in ran.err
        assert "`fetch-depth: 0` of actions/checkout" in ran.err

    def test_a_shallow_one_without_the_merge_base(self, origin: str, tmp_path: Path) -> None:
        clone = self.clone(origin, tmp_path, "--depth=1", "origin")
        ran = clone.run("--since", "origin/main")
        assert (ran.status, ran.out) == (2, "")
        assert "have no common ancestor here: the history of this clone is cut off" in ran.err
        assert "`git fetch --unshallow`" in ran.err

    def test_a_partial_one_fetches_nothing(self, origin: str, tmp_path: Path) -> None:
        clone = self.clone(origin, tmp_path, "--filter=blob:none", "origin")
        objects = clone.git("count-objects", "-v")
        ran = clone.run("--since", "origin/main")
        assert (ran.status, ran.out) == (2, "")
        assert "this clone is a partial one" in ran.err
        assert clone.git("count-objects", "-v") == objects
        # The same commit needs nothing that is not there.
        assert clone.run("--since", "HEAD", *ONLY).status == 0

    def test_a_partial_one_without_folders(self, origin: str, tmp_path: Path) -> None:
        clone = self.clone(origin, tmp_path, "--filter=tree:0", "origin")
        ran = clone.run("--since", "origin/main")
        assert (ran.status, ran.out) == (2, "")
        assert "this clone is a partial one" in ran.err

    def test_a_worktree(self, repository: Repository, tmp_path: Path) -> None:
        repository.git("worktree", "add", "--quiet", str(tmp_path / "tree"), "-b", "branch")
        tree = Repository.__new__(Repository)
        tree.folder = tmp_path / "tree"
        tree.write("a.ml-project.yaml", HALVED)
        ran = tree.run("--since", "main", *ONLY, "-f", "json")
        assert since(ran) == ["budget.labelling halved (30k -> 15k USD)"]


class TestSubmodules:
    @pytest.fixture
    def above(self, repository: Repository, tmp_path: Path) -> Repository:
        """A repository with the other one as a submodule, at its first commit."""
        above = Repository(tmp_path / "above")
        above.write("ml-project.yaml", PLAN)
        above.commit()
        file = ("-c", "protocol.file.allow=always")
        above.git(*file, "submodule", "--quiet", "add", str(repository.folder), "sub/module")
        above.git("tag", "empty")
        above.commit()
        above.git("tag", "there")
        return above

    def test_at_the_commit_that_the_revision_records(self, above: Repository) -> None:
        """The revision is one of the repository around it, and its name is unknown in the submodule."""
        above.write("sub/module/a.ml-project.yaml", HALVED)
        arguments = ("sub/module", "ml-project.yaml", *ONLY, "-f", "json")
        ran = above.run(*arguments, "--since", "there")
        assert since(ran) == ["budget.labelling halved (30k -> 15k USD)"]
        assert len(report(ran)["summary"]["since"]["commits"]) == 2
        above.git("commit", "--all", "--quiet", "--message=b", folder="sub/module")
        assert since(above.run(*arguments, "--since", "there")) != []
        above.commit()
        assert since(above.run(*arguments, "--since", "HEAD")) == []

    def test_where_it_was_not_there(self, above: Repository) -> None:
        above.write("sub/module/a.ml-project.yaml", HALVED)
        ran = above.run("sub/module", "--since", "empty", *ONLY, "-f", "json")
        assert since(ran) == ["the spec is new"]

    def test_from_inside_its_own_revisions_count(self, above: Repository) -> None:
        above.write("sub/module/a.ml-project.yaml", HALVED)
        ran = above.run("--since", "main", *ONLY, "-f", "json", folder="sub/module")
        assert since(ran) == ["budget.labelling halved (30k -> 15k USD)"]
        assert above.run("--since", "there", folder="sub/module").status == 2


class TestStrangers:
    def test_nothing_of_the_repository_is_run(self, repository: Repository, tmp_path: Path) -> None:
        program = tmp_path / "program"
        program.write_text(f"#!/bin/sh\ntouch {tmp_path}/pwned\ncat\n", encoding="utf-8")
        program.chmod(0o755)
        for key in ("core.fsmonitor", "diff.external", "diff.x.textconv", "diff.x.command", "core.pager",
                    "filter.x.clean", "filter.x.smudge", "core.sshCommand", "core.askPass"):  # fmt: skip
            repository.git("config", key, str(program))
        hooks = tmp_path / "hooks"
        hooks.mkdir()
        for name in ("post-index-change", "post-checkout", "reference-transaction"):
            (hooks / name).symlink_to(program)
        repository.write(".gitattributes", "*.yaml diff=x filter=x\n")
        (repository.folder / "plans").mkdir()
        repository.git("mv", "a.ml-project.yaml", "plans/b.ml-project.yaml")
        (tmp_path / "pwned").unlink(missing_ok=True)
        repository.git("config", "core.hooksPath", str(hooks))
        repository.write("plans/b.ml-project.yaml", f"{HALVED}# x\n")
        done = repository.run("plans/b.ml-project.yaml", "--since", "main", *ONLY, "-f", "json")
        assert since(done) == ["budget.labelling halved (30k -> 15k USD)"]
        assert not (tmp_path / "pwned").exists()

    def test_texts_of_a_spec_are_shown_as_text(self, repository: Repository) -> None:
        hostile = "\x1b[31m::error::x\u202e|<b>](x)"
        repository.commit(a=PLAN.replace("parcels", f"parcels\n  kpi: {json.dumps(hostile)}"))
        repository.write("a.ml-project.yaml", HALVED.replace("parcels", 'parcels\n  kpi: "a kpi"'))
        ran = repository.run("--since", "HEAD", "--select", "LBL301")
        assert "changed: project.kpi from \\x1b[31m::error::x\\u202e|<b>](x) to a kpi;" in ran.out
        assert is_safe(ran)
        ran = repository.run("--since", "HEAD", "--select", "LBL301", "-f", "github-summary")
        assert "<b>" not in ran.out
        assert is_safe(ran)


def test_with_a_baseline(repository: Repository) -> None:
    """What it knows is no news either; what has come and is in it stays, waived."""
    repository.commit(b=HALVED)
    repository.write("a.ml-project.yaml", HALVED.replace("parcels", "letters"))
    assert repository.run("--write-baseline", *ONLY).status == 0
    ran = repository.run(
        "--since", "HEAD", "--baseline", ".mlspeclint-baseline.json", *ONLY, "-f", "json"
    )
    assert ran.status == 0
    (finding,) = report(ran)["findings"]
    assert (finding["file"], finding["waived"]["via"]) == ("a.ml-project.yaml", "baseline")
    ran = repository.run("--since", "HEAD", "--write-baseline")
    assert ran.status == 2
    assert "--write-baseline writes all findings" in ran.err


def test_the_cost_of_many_files_that_have_not_changed(repository: Repository) -> None:
    """One process of git reads all, whatever their number: they are told by the processes that start."""
    files = {f"plan{number}": HALVED.replace("parcels", f"p{number}") for number in range(40)}
    repository.commit(**files)
    started: list[Any] = []
    real = subprocess.Popen.__init__

    def counting(self: Any, *arguments: Any, **options: Any) -> None:
        started.append(arguments)
        real(self, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subprocess.Popen, "__init__", counting)
        ran = repository.run("--since", "HEAD", *ONLY, "-f", "json")
    assert report(ran)["summary"]["since"]["same"] == 40
    assert len(started) < 10


def test_a_whole_name_of_a_commit_is_shortened(repository: Repository) -> None:
    base = repository.git("rev-parse", "HEAD")
    repository.write("a.ml-project.yaml", HALVED)
    ran = repository.run("--since", base, *ONLY)
    assert f"  = since {base[:10]}: budget.labelling halved" in ran.out
    assert base not in ran.out


class TestConfiguration:
    STAGES = '[stages.production.severity]\nLBL303 = "error"\n[stages.pilot]\nignore = ["LBL303"]\n'

    def test_a_stage_in_which_a_rule_weighs_more(self, repository: Repository) -> None:
        repository.write(".mlspeclint.toml", self.STAGES)
        plan = PLAN.replace("  cost_each: 0.10\n", "  agreement: 0.6\n")
        repository.commit(a=plan)
        repository.write(
            "a.ml-project.yaml", plan.replace("parcels", "parcels\n  stage: production")
        )
        ran = repository.run("--since", "HEAD", "--select", "LBL303", "-f", "json")
        assert since(ran) == ["warning before; project.stage added: production"]

    def test_what_it_excludes_is_not_told_as_deleted(self, repository: Repository) -> None:
        repository.write(".mlspeclint.toml", 'exclude = ["old/"]\n')
        repository.write("old/ml-project.yaml", HALVED)
        repository.commit()
        (repository.folder / "old" / "ml-project.yaml").unlink()
        ran = repository.run("--since", "HEAD", *ONLY, "-f", "json")
        assert report(ran)["summary"]["since"]["deleted"] == []
