"""The steps of `action.yml`, run as GitHub's runner runs them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from ..hook.test_hook import BAD, GOOD
from ..running import ROOT, run
from .conftest import ENVIRONMENT, Project
from .runner import Runner, obeyed

BOTH = {"good.ml-project.yaml": GOOD, "bad.ml-project.yaml": BAD}
FOUND = "LBL301 labelling-over-budget"
PULL_REQUEST = "refs/pull/7/merge"


class TestCheck:
    def test_a_bad_spec_fails_with_annotations(self, project: Project) -> None:
        project.write(BOTH)
        outcome = project.run()
        assert outcome.failed
        (found,) = [each for each in outcome.commands if each.properties["title"] == FOUND]
        assert found.name == "error"
        assert found.properties["file"] == "bad.ml-project.yaml"
        assert found.properties["line"] == "13"
        assert "labelling 9,000 more" in found.message
        assert "| bad.ml-project.yaml |" in outcome.summary
        assert FOUND in outcome.summary

    def test_its_outputs(self, project: Project) -> None:
        project.write(BOTH)
        outcome = project.run()
        names = [each.name for each in outcome.commands]
        assert outcome.outputs == {
            "status": "1",
            "files": "2",
            "errors": str(names.count("error")),
            "warnings": str(names.count("warning")),
            "notes": str(names.count("notice")),
            "sarif-file": "",
        }
        assert outcome.outputs["errors"] != "0"

    def test_a_good_spec_passes(self, project: Project) -> None:
        project.write({"ml-project.yaml": GOOD})
        outcome = project.run()
        assert not outcome.failed
        assert {each.name for each in outcome.commands} <= {"notice"}
        assert outcome.outputs["status"] == "0"
        assert outcome.outputs["files"] == "1"
        assert "## mlspeclint" in outcome.summary

    def test_without_a_spec_it_fails(self, project: Project) -> None:
        outcome = project.run()
        assert outcome.failed
        assert outcome.outputs["status"] == "3"
        (told,) = outcome.commands
        assert told.name == "error"
        assert "No spec found" in told.message
        assert outcome.summary == ""

    def test_only_these_paths(self, project: Project) -> None:
        project.write({"a/ml-project.yaml": GOOD, "b c.yaml": GOOD, "ml-project.yaml": BAD})
        outcome = project.run(paths="a\n\nb c.yaml\n")
        assert not outcome.failed
        assert outcome.outputs["files"] == "2"

    def test_what_fails(self, project: Project) -> None:
        project.write(BOTH)
        outcome = project.run(fail_on="never")
        assert not outcome.failed
        assert FOUND in outcome.titles

    def test_rules(self, project: Project) -> None:
        project.write(BOTH)
        assert set(project.run(select="LBL301").titles) == {FOUND}
        assert FOUND not in project.run(ignore="LBL").titles

    def test_a_working_directory(self, project: Project) -> None:
        project.write({"sub/ml-project.yaml": BAD, "ml-project.yaml": GOOD})
        outcome = project.run(working_directory="sub", sarif_file="found.sarif")
        assert {each.properties["file"] for each in outcome.commands} == {"sub/ml-project.yaml"}
        assert outcome.outputs["files"] == "1"
        assert outcome.outputs["sarif-file"] == str(project.folder / "sub" / "found.sarif")

    def test_sarif(self, project: Project) -> None:
        project.write(BOTH)
        file = project.temporary / "a b.sarif"
        outcome = project.run(sarif_file=str(file))
        assert outcome.failed
        assert outcome.outputs["sarif-file"] == str(file)
        log = json.loads(file.read_text(encoding="utf-8"))
        assert "LBL301" in {each["ruleId"] for each in log["runs"][0]["results"]}

    def test_no_sarif_of_a_run_that_has_failed(self, project: Project) -> None:
        project.write({"old.sarif": "{}"})
        assert project.run(sarif_file="old.sarif").outputs["sarif-file"] == ""

    def test_a_link_is_not_written_through(self, project: Project) -> None:
        target = project.temporary / "target"
        target.write_text("whole", encoding="utf-8")
        (project.folder / "found.sarif").symlink_to(target)
        project.write(BOTH)
        outcome = project.run(sarif_file="found.sarif")
        assert outcome.failed
        assert "sarif-file is a link" in outcome.commands[0].message
        assert target.read_text(encoding="utf-8") == "whole"

    @pytest.mark.parametrize(
        "inputs",
        [{"fail_on": "info"}, {"select": "LBL999"}, {"paths": "absent.ml-project.yaml"}],
        ids=str,
    )
    def test_a_mistake_is_told_in_the_log(self, project: Project, inputs: dict[str, str]) -> None:
        project.write(BOTH)
        outcome = project.run(**inputs)
        assert outcome.failed
        assert outcome.outputs["status"] == "2"
        assert [each.name for each in outcome.commands] == ["error"]
        (value,) = inputs.values()
        assert value in outcome.log


def pull_request(project: Project, files: dict[str, str]) -> dict[str, Any]:
    """Check out a pull request with these files, merged as GitHub does it; its event."""
    base = project.git("rev-parse", "HEAD")
    project.git("checkout", "--quiet", "-b", "theirs")
    project.commit(files)
    project.git("checkout", "--quiet", "--detach", "main")
    project.git("merge", "--quiet", "--no-ff", "--message=Merge", "theirs")
    return {"pull_request": {"base": {"sha": base}}}


def shallow(project: Project, folder: Path, depth: int) -> None:
    """Go on in a clone that has only so many commits of what is checked out."""
    whole = project.folder
    project.git("branch", "merged", "HEAD")
    project.folder = folder / "shallow"
    project.folder.mkdir()
    project.git("clone", "--quiet", f"--depth={depth}", "--branch=merged", f"file://{whole}", ".")


class TestChangedOnly:
    def test_what_a_pull_request_brings(self, project: Project) -> None:
        project.commit({"old.ml-project.yaml": BAD})
        event = pull_request(
            project,
            {"new.ml-project.yaml": GOOD, "sub/ml-project.yml": GOOD, "html-project.yaml": ""},
        )
        outcome = project.run(event, PULL_REQUEST, changed_only="true")
        assert not outcome.failed, outcome
        assert outcome.outputs["files"] == "2"

    def test_a_bad_change(self, project: Project) -> None:
        project.commit({"old.ml-project.yaml": GOOD})
        event = pull_request(project, {"old.ml-project.yaml": BAD})
        outcome = project.run(event, PULL_REQUEST, changed_only="true")
        assert outcome.failed
        assert FOUND in outcome.titles

    def test_not_what_has_come_to_the_base_meanwhile(self, project: Project) -> None:
        event = {"pull_request": {"base": {"sha": project.git("rev-parse", "HEAD")}}}
        project.commit({"theirs.ml-project.yaml": BAD})
        pull_request(project, {"ours.ml-project.yaml": GOOD})
        outcome = project.run(event, PULL_REQUEST, changed_only="true")
        assert not outcome.failed, outcome
        assert outcome.outputs["files"] == "1"

    def test_the_head_of_a_pull_request(self, project: Project) -> None:
        project.commit({"old.ml-project.yaml": BAD})
        event = pull_request(project, {"new.ml-project.yaml": GOOD})
        project.git("checkout", "--quiet", "theirs")
        outcome = project.run(event, changed_only="true")
        assert not outcome.failed, outcome
        assert outcome.outputs["files"] == "1"

    @pytest.mark.parametrize("name", ["push", "merge_group"])
    def test_other_events(self, project: Project, name: str) -> None:
        before = project.commit({"old.ml-project.yaml": BAD})
        project.commit({"new.ml-project.yaml": GOOD})
        event = {"before": before} if name == "push" else {"merge_group": {"base_sha": before}}
        outcome = project.run(event, changed_only="true")
        assert not outcome.failed, outcome
        assert outcome.outputs["files"] == "1"

    @pytest.mark.parametrize("event", [{}, {"before": "0" * 40}, {"before": "12" * 20}], ids=str)
    def test_all_where_the_base_is_not_known(self, project: Project, event: dict[str, str]) -> None:
        project.commit({"old.ml-project.yaml": BAD})
        outcome = project.run(event, changed_only="true")
        assert outcome.failed
        assert "fetch-depth" in outcome.commands[0].message
        assert FOUND in outcome.titles

    @pytest.mark.parametrize("depth", [1, 2])
    def test_a_clone_without_history(self, project: Project, tmp_path: Path, depth: int) -> None:
        """actions/checkout fetches one commit unless told otherwise, and two suffice."""
        project.commit({"old.ml-project.yaml": BAD})
        event = pull_request(project, {"new.ml-project.yaml": GOOD})
        shallow(project, tmp_path, depth)
        outcome = project.run(event, PULL_REQUEST, changed_only="true")
        assert outcome.failed is (depth == 1), outcome
        assert outcome.outputs["files"] == ("2" if depth == 1 else "1")

    def test_no_spec_has_changed(self, project: Project) -> None:
        project.commit({"old.ml-project.yaml": BAD})
        event = pull_request(project, {"README.md": "Changed.\n"})
        file = project.temporary / "found.sarif"
        outcome = project.run(event, PULL_REQUEST, changed_only="true", sarif_file=str(file))
        assert not outcome.failed, outcome
        assert "No spec has changed." in outcome.log
        counts = dict.fromkeys(("status", "files", "errors", "warnings", "notes"), "0")
        assert outcome.outputs == {**counts, "sarif-file": ""}
        assert not file.exists()

    def test_what_is_gone_and_links(self, project: Project) -> None:
        secret = project.temporary / "secret"
        secret.write_text("secret: of the runner\n", encoding="utf-8")
        project.commit({"gone.ml-project.yaml": BAD, "here/ml-project.yaml": GOOD})
        (project.folder / "gone.ml-project.yaml").unlink()
        (project.folder / "link.ml-project.yaml").symlink_to(secret)
        event = {"before": project.git("rev-parse", "HEAD")}
        project.commit({})
        outcome = project.run(event, changed_only="true")
        assert not outcome.failed, outcome
        assert outcome.outputs["files"] == "0"

    def test_below_paths_and_a_working_directory(self, project: Project) -> None:
        before = project.commit({"README.md": "."})
        files = ("w/a/ml-project.yaml", "w/b/ml-project.yaml", "w/plan.yaml", "w/other.yaml")
        project.commit({**dict.fromkeys(files, GOOD), "ml-project.yaml": BAD})
        event = {"before": before}
        how = {"changed_only": "true", "working_directory": "w"}
        assert project.run(event, **how, paths="a\nplan.yaml").outputs["files"] == "2"
        assert project.run(event, **how).outputs["files"] == "2"
        unchanged = project.run({"before": project.git("rev-parse", "HEAD")}, **how)
        assert unchanged.outputs["files"] == "0"

    def test_a_path_is_no_pattern(self, project: Project) -> None:
        before = project.git("rev-parse", "HEAD")
        project.commit({"*.yaml": GOOD, "ml-project.yaml": GOOD})
        outcome = project.run({"before": before}, changed_only="true", paths="*.yaml")
        assert outcome.outputs["files"] == "1"

    def test_a_path_that_is_not_there(self, project: Project) -> None:
        event = pull_request(project, {"ml-project.yaml": GOOD})
        outcome = project.run(event, PULL_REQUEST, changed_only="true", paths="plan")
        assert outcome.failed
        assert "does not exist" in outcome.commands[0].message

    def test_neither_true_nor_false(self, project: Project) -> None:
        project.write(BOTH)
        outcome = project.run(changed_only="yes")
        assert outcome.failed
        assert outcome.titles == ["mlspeclint"]


class TestConfiguration:
    def test_what_it_excludes_is_left_out_though_it_has_changed(self, project: Project) -> None:
        before = project.commit({".mlspeclint.toml": 'exclude = ["drafts/"]\n'})
        project.commit({"drafts/ml-project.yaml": BAD})
        outcome = project.run({"before": before}, changed_only="true")
        assert not outcome.failed, outcome
        assert "leaves out all" in outcome.log
        counts = dict.fromkeys(("status", "files", "errors", "warnings", "notes"), "0")
        assert outcome.outputs == {**counts, "sarif-file": ""}
        project.commit({"ml-project.yaml": GOOD})
        assert project.run({"before": before}, changed_only="true").outputs["files"] == "1"
        assert project.run(paths="drafts/ml-project.yaml").outputs["files"] == "1"

    def test_what_fails(self, project: Project) -> None:
        project.write({**BOTH, ".mlspeclint.toml": 'fail-on = "never"\n'})
        assert not project.run().failed
        assert project.run(fail_on="error").failed


class TestNewOnly:
    def test_what_was_found_before_is_not_reported(self, project: Project) -> None:
        project.commit({"old.ml-project.yaml": BAD})
        event = pull_request(project, {"old.ml-project.yaml": f"# A plan.\n{BAD}"})
        assert project.run(event, PULL_REQUEST, changed_only="true").failed
        for changed_only in ("true", "false"):
            how = {"new_only": "true", "changed_only": changed_only}
            outcome = project.run(event, PULL_REQUEST, **how)
            assert not outcome.failed, outcome
            assert outcome.titles == []
            assert outcome.outputs["files"] == "1"

    def test_what_a_change_brings_is(self, project: Project) -> None:
        project.commit({"old.ml-project.yaml": BAD, "plan.ml-project.yaml": GOOD})
        event = pull_request(project, {"plan.ml-project.yaml": BAD})
        outcome = project.run(event, PULL_REQUEST, new_only="true")
        assert outcome.failed
        assert {each.properties["file"] for each in outcome.commands} == {"plan.ml-project.yaml"}
        assert FOUND in outcome.titles

    @pytest.mark.parametrize("depth", [1, 2])
    def test_a_clone_without_history(self, project: Project, tmp_path: Path, depth: int) -> None:
        project.commit({"old.ml-project.yaml": BAD})
        event = pull_request(project, {"old.ml-project.yaml": f"# A plan.\n{BAD}"})
        shallow(project, tmp_path, depth)
        outcome = project.run(event, PULL_REQUEST, new_only="true")
        assert outcome.failed is (depth == 1), outcome
        assert outcome.outputs["status"] == ("1" if depth == 1 else "0")

    def test_all_where_the_base_is_not_known(self, project: Project) -> None:
        project.commit({"old.ml-project.yaml": BAD})
        outcome = project.run({"before": "0" * 40}, new_only="true")
        assert outcome.failed
        assert "all findings reported" in outcome.commands[0].message
        assert FOUND in outcome.titles


class TestBaseline:
    def test_known_findings_count_for_nothing(self, project: Project) -> None:
        project.write({"sub/old.ml-project.yaml": BAD})
        run("check", "--write-baseline", "--baseline", "known.json", folder=project.folder)
        outcome = project.run(baseline="../known.json", working_directory="sub")
        assert not outcome.failed, outcome
        assert outcome.outputs["errors"] == "0"
        project.write({"sub/new.ml-project.yaml": BAD.replace("invoice-routing", "claims")})
        outcome = project.run(baseline="known.json")
        assert outcome.failed
        assert {each.properties["file"] for each in outcome.commands} == {"sub/new.ml-project.yaml"}

    def test_one_that_is_not_there(self, project: Project) -> None:
        project.write(BOTH)
        outcome = project.run(baseline="absent.json")
        assert outcome.outputs["status"] == "2"
        assert "absent.json" in outcome.log


HOSTILE = [
    "$(touch pwned)",
    "`touch pwned`",
    "; touch pwned;",
    "'; touch pwned; '",
    '"; touch pwned; "',
    "a\ntouch pwned",
    "\n::error title=pwned::x",
    "::error title=pwned::x",
    "##[error title=pwned]x",
    "%0A::error title=pwned::x",
    "x\nstatus=pwned\nEND\n",
    "--help",
    "-o",
    "--output-file=pwned",
    "warning --fail-on=never",
    "*",
    "é\u202e",
]
INPUTS = (
    "paths",
    "changed_only",
    "new_only",
    "baseline",
    "fail_on",
    "select",
    "ignore",
    "sarif_file",
)


def unharmed(project: Project, log: str) -> None:
    """Nothing has been run or obeyed that a stranger wrote."""
    assert not list(project.folder.parent.rglob("pwned*"))
    for command in obeyed(log):
        assert command.name in ("error", "warning", "notice")
        assert command.properties["title"] != "pwned"


class TestHostile:
    @pytest.mark.parametrize("text", HOSTILE, ids=ascii)
    def test_inputs(self, project: Project, text: str) -> None:
        project.write(BOTH)
        for name in INPUTS:
            outcome = project.run(**{name: text})
            unharmed(project, outcome.log)
            assert "pwned" not in outcome.outputs["status"]
            assert outcome.failed

    @pytest.mark.parametrize("text", HOSTILE, ids=ascii)
    @pytest.mark.parametrize("changed_only", ["true", "false"])
    def test_names_of_files(self, project: Project, text: str, changed_only: str) -> None:
        before = project.git("rev-parse", "HEAD")
        # A file cannot have a slash in its name; a folder can be called the same.
        name = text.replace("/", "_")
        project.commit({f"{name}.ml-project.yaml": BAD, f"{name}/ml-project.yaml": BAD})
        outcome = project.run({"before": before}, changed_only=changed_only)
        unharmed(project, outcome.log)
        assert outcome.failed
        assert outcome.outputs["files"] == "2"
        assert outcome.titles.count(FOUND) == 2
        assert "\n::" not in outcome.summary

    # An input has one path a line: a name of several can only be found below a folder.
    @pytest.mark.parametrize("text", [text for text in HOSTILE if "\n" not in text], ids=ascii)
    def test_names_that_are_told_in_notices(self, project: Project, text: str) -> None:
        """A spec that cannot be read is told of on standard error, with its name."""
        name = f"{text.replace('/', '_')}.ml-project.yaml"
        (project.folder / name).symlink_to(name)
        outcome = project.run(paths=name)
        assert "cannot read" in outcome.log
        unharmed(project, outcome.log)
        assert outcome.titles == ["mlspeclint"]

    def test_names_that_are_no_text(self, project: Project) -> None:
        name = os.fsdecode(b"\xff\xfe.ml-project.yaml")
        before = project.git("rev-parse", "HEAD")
        try:
            project.commit({name: BAD})
        except OSError:
            pytest.skip("this file system has only names that are text")
        outcome = project.run({"before": before}, changed_only="true")
        assert outcome.titles.count(FOUND) == 1, outcome

    def test_modules_in_the_checkout_are_not_imported(self, project: Project) -> None:
        code = "open('pwned', 'w')\n"
        names = ("json", "secrets", "sys", "mlspeclint", "click", "sitecustomize")
        project.write({**BOTH, **{f"{name}.py": code for name in names}})
        outcome = project.run(select="LBL999")
        assert outcome.outputs["status"] == "2"
        unharmed(project, outcome.log)
        assert project.run().outputs["files"] == "2"
        unharmed(project, outcome.log)


class TestInstall:
    def test_from_the_start(self, bare_project: Project) -> None:
        """The whole action, with a stranger's modules where pip and venv might be looked for."""
        code = "open('pwned', 'w')\n"
        names = ("pip", "venv", "ensurepip", "hatchling")
        bare_project.write({**BOTH, **{f"{name}.py": code for name in names}})
        outcome = bare_project.run()
        unharmed(bare_project, outcome.log)
        assert outcome.outputs["status"] == "1", outcome
        assert outcome.outputs["files"] == "2"
        assert FOUND in outcome.titles

    def test_an_old_python(self, tmp_path: Path) -> None:
        programs = tmp_path / "bin"
        programs.mkdir()
        python = programs / "python3"
        python.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
        python.chmod(0o755)
        path = f"{programs}{os.pathsep}{ENVIRONMENT['PATH']}"
        outcome = Runner(tmp_path, tmp_path, ENVIRONMENT | {"PATH": path}).run(ROOT, {}, {}, {})
        assert outcome.failed
        (told,) = outcome.commands
        assert "set python-version" in told.message

    def test_a_python_of_its_own(self, tmp_path: Path) -> None:
        """What setup-python has set up is what installs, wherever the PATH leads."""
        python = tmp_path / "python"
        python.write_text('#!/bin/sh\necho "asked: $*"; exit 1\n', encoding="utf-8")
        python.chmod(0o755)
        runner = Runner(tmp_path, tmp_path, ENVIRONMENT)
        done = {"python": {"python-path": str(python)}}
        outcome = runner.run(ROOT, {"python-version": "3.13"}, {}, done)
        assert "asked: -I -c" in outcome.log


def test_the_runner_obeys_what_the_real_one_obeys() -> None:
    """The tests above see nothing if this does not hold."""
    log = (
        "text ::error::no\n  ::error title=a%3Ab,file=c::d%0Ae\nx ##[warning title=f]g\n::unknown::x\n"
        "::stop-commands::word\n::error::no\n##[error]no\n::word::\n::notice::yes\n"
    )
    seen = [(each.name, each.properties, each.message) for each in obeyed(log)]
    assert seen == [
        ("error", {"title": "a:b", "file": "c"}, "d\ne"),
        ("warning", {"title": "f"}, "g"),
        ("notice", {}, "yes"),
    ]


def test_bash_is_as_old_as_that_of_macos() -> None:
    """Builtins and expansions that came after bash 3.2."""
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    for new in ("mapfile", "readarray", "declare -A", "${!", "@Q}", ",,}", "^^}", "&>>", "|&"):
        assert new not in text
