"""The hook, run by the real pre-commit, on repositories as users have them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from mlspeclint.engine.discovery import is_spec
from tests.hook.conftest import ROOT, Hook, Repository

MANIFEST = ".pre-commit-hooks.yaml"
CONFIGURATION = ".pre-commit-config.yaml"

GOOD = """\
mlspec: 1
project:
  name: invoice-routing
  stage: idea
task:
  type: classification
  modality: text
approach:
  family: deep_learning
  training: fine_tuning
"""

BAD = (
    GOOD
    + """\
labels:
  labelled: 1k
  required: 10k
  cost_each: 2.50
budget:
  labelling: 500
"""
)


class TestTryRepo:
    """`pre-commit try-repo`: what somebody types who wants a first look. It installs the hook each time."""

    def test_a_bad_spec_fails_with_its_diagnostics(self, project: Repository, hook: Hook) -> None:
        project.add("ml-project.yaml", BAD)
        process = project.pre_commit("try-repo", str(hook.repository.folder), "mlspeclint")
        assert process.returncode == 1, process.stdout
        assert "Failed" in process.stdout
        assert "error[LBL301] labelling-over-budget" in process.stdout
        assert "ml-project.yaml:13:" in process.stdout
        assert "13 │   required: 10k" in process.stdout
        assert "ml-project.yaml: 1 error" in process.stdout

    def test_a_good_spec_passes(self, project: Repository, hook: Hook) -> None:
        project.add("ml-project.yaml", GOOD)
        process = project.pre_commit("try-repo", str(hook.repository.folder), "mlspeclint")
        assert process.returncode == 0, process.stdout
        assert "Passed" in process.stdout


def run(project: Repository, *arguments: str, id: str = "mlspeclint") -> tuple[str, str]:
    """What pre-commit says of the hook (Passed, Failed or Skipped), and its whole output."""
    process = project.pre_commit("run", id, *arguments)
    said = re.search(
        r"^mlspeclint(?: --fix)?\.+(?:\(no files to check\))?(\w+)$", process.stdout, re.MULTILINE
    )
    assert said, process.stdout
    assert (process.returncode != 0) is (said[1] == "Failed"), process.stdout
    return said[1], process.stdout


class TestRun:
    """`pre-commit run` with a configuration, which keeps what it has installed."""

    def test_every_spec_is_checked_in_one_run(self, project: Repository, hook: Hook) -> None:
        project.add(CONFIGURATION, hook.configuration())
        paths = ("ml-project.yaml", "a/ml-project.yml", "b c/churn.ml-project.yaml")
        for path in paths:
            project.add(path, BAD)
        verdict, output = run(project)
        assert verdict == "Failed"
        for path in paths:
            assert f"{path}:13:13" in output
        assert len(re.findall(r"^.*3 errors", output, re.MULTILINE)) == 1

    def test_specs_that_the_configuration_excludes(self, project: Repository, hook: Hook) -> None:
        project.add("drafts/ml-project.yaml", BAD)
        project.add("ml-project.yaml", GOOD)
        project.add(CONFIGURATION, hook.configuration(top="exclude: ^drafts/"))
        assert run(project, "--all-files")[0] == "Passed"
        project.add(CONFIGURATION, hook.configuration("exclude: ^drafts/"))
        assert run(project, "--all-files")[0] == "Passed"
        project.add(CONFIGURATION, hook.configuration())
        assert run(project, "--all-files")[0] == "Failed"

    @pytest.mark.parametrize("id", ["mlspeclint", "mlspeclint-fix"])
    def test_specs_that_mlspeclint_is_told_to_leave_out(
        self, project: Repository, hook: Hook, id: str
    ) -> None:
        project.add(".mlspeclint.toml", 'exclude = ["drafts/"]\n')
        project.add("drafts/ml-project.yaml", BAD)
        project.add(CONFIGURATION, hook.configuration(id=id))
        assert run(project, "--all-files", id=id)[0] == "Passed"
        project.add("ml-project.yaml", BAD)
        verdict, output = run(project, "--all-files", id=id)
        assert verdict == "Failed"
        assert "drafts" not in output

    def test_other_files_are_not_its_business(self, project: Repository, hook: Hook) -> None:
        project.add(CONFIGURATION, hook.configuration())
        project.add("config.yaml", "a: [")
        project.add(".github/workflows/test.yml", BAD)
        project.add("not-ml-project.yaml", BAD)
        project.add("ml-project.yaml.orig", BAD)
        project.add("ml-project.json", "{}")
        assert run(project, "--all-files")[0] == "Skipped"

    def test_a_deleted_spec_does_no_harm(self, project: Repository, hook: Hook) -> None:
        project.add(CONFIGURATION, hook.configuration())
        project.add("ml-project.yaml", BAD)
        project.commit()
        project.git("rm", "--quiet", "ml-project.yaml")
        assert run(project)[0] == "Skipped"
        assert run(project, "--all-files")[0] == "Skipped"

    def test_a_renamed_spec_is_checked_where_it_is_now(
        self, project: Repository, hook: Hook
    ) -> None:
        project.add(CONFIGURATION, hook.configuration())
        project.add("old/ml-project.yaml", BAD)
        project.commit()
        (project.folder / "new").mkdir()
        project.git("mv", "old/ml-project.yaml", "new/ml-project.yaml")
        verdict, output = run(project)
        assert verdict == "Failed"
        assert "new/ml-project.yaml:13:13" in output
        assert "old/" not in output

    def test_a_link_is_not_followed(self, project: Repository, hook: Hook, tmp_path: Path) -> None:
        project.add(CONFIGURATION, hook.configuration())
        (tmp_path / "elsewhere.yaml").write_text(BAD, encoding="utf-8")
        (project.folder / "ml-project.yaml").symlink_to(tmp_path / "elsewhere.yaml")
        project.git("add", "ml-project.yaml")
        assert run(project, "--all-files")[0] == "Skipped"

    def test_a_file_that_is_called_like_an_option(self, project: Repository, hook: Hook) -> None:
        project.add(CONFIGURATION, hook.configuration())
        project.add("--output-file=x.ml-project.yaml", BAD)
        verdict, output = run(project)
        assert verdict == "Failed"
        assert "--output-file=x.ml-project.yaml:13:13" in output
        assert not (project.folder / "x.ml-project.yaml").exists()

    def test_a_user_may_set_options(self, project: Repository, hook: Hook) -> None:
        project.add("ml-project.yaml", BAD)
        project.add(CONFIGURATION, hook.configuration("args: [--fail-on=never]"))
        assert run(project)[0] == "Passed"

    def test_a_commit_is_held_back_until_the_spec_is_clean(
        self, project: Repository, hook: Hook
    ) -> None:
        project.add(CONFIGURATION, hook.configuration())
        before = project.commit()
        assert project.pre_commit("install").returncode == 0
        project.add("ml-project.yaml", BAD)
        refused = project.run("git", "commit", "--message", "Plan")
        assert refused.returncode == 1, refused.stdout
        assert "error[LBL301] labelling-over-budget" in refused.stdout
        assert project.git("rev-parse", "HEAD") == before
        project.add("ml-project.yaml", GOOD)
        accepted = project.run("git", "commit", "--message", "Plan")
        assert accepted.returncode == 0, accepted.stdout
        assert project.git("rev-parse", "HEAD~1") == before

    def test_the_whole_package_is_installed(self, project: Repository, hook: Hook) -> None:
        project.add(CONFIGURATION, hook.configuration())
        assert project.pre_commit("install-hooks").returncode == 0
        home = Path(project.environment["PRE_COMMIT_HOME"])
        (installed,) = home.glob("repo*/py_env-*/lib/python*/site-packages/mlspeclint")
        assert files_below(installed) == files_below(ROOT / "src" / "mlspeclint")


class TestFix:
    """The hook that mends."""

    def test_mends_and_stops_the_commit(self, project: Repository, hook: Hook) -> None:
        project.add(CONFIGURATION, hook.configuration(id="mlspeclint-fix"))
        project.add("ml-project.yaml", GOOD.replace("modality: text", "modality: Text # what"))
        verdict, output = run(project, id="mlspeclint-fix")
        assert verdict == "Failed"
        assert "files were modified by this hook" in output
        file = project.folder / "ml-project.yaml"
        assert file.read_text(encoding="utf-8") == GOOD.replace("text\n", "text # what\n")
        project.git("add", "ml-project.yaml")
        assert run(project, id="mlspeclint-fix")[0] == "Passed"

    def test_reports_what_remains(self, project: Repository, hook: Hook) -> None:
        project.add(CONFIGURATION, hook.configuration(id="mlspeclint-fix"))
        project.add("ml-project.yaml", BAD)
        verdict, output = run(project, id="mlspeclint-fix")
        assert verdict == "Failed"
        assert "error[LBL301]" in output
        assert "modified" not in output
        assert (project.folder / "ml-project.yaml").read_text(encoding="utf-8") == BAD


def files_below(folder: Path) -> set[str]:
    """The files of a package, as paths relative to it."""
    files = (file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
    return {file.as_posix() for file in files if "__pycache__" not in file.parts}


@pytest.mark.parametrize(
    "name",
    [
        "ml-project.yaml",
        "ml-project.yml",
        "churn.ml-project.yaml",
        "a.b.ml-project.yml",
        ".ml-project.yaml",
        "not-ml-project.yaml",
        "ml-project.yaml.orig",
        "ml-project.json",
        "ml-project-yaml",
        "mlproject.yaml",
        "ML-PROJECT.YAML",
    ],
)
def test_the_hook_takes_the_files_that_the_command_finds(name: str) -> None:
    for hook in YAML(typ="safe").load(ROOT / MANIFEST):
        for path in (name, f"team/plan/{name}", f"{name}/other.txt"):
            file = path.rpartition("/")[2]
            assert (re.search(hook["files"], path) is not None) is is_spec(file), path


def test_the_manifest_is_valid() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", MANIFEST]
    process = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert process.returncode == 0, process.stdout + process.stderr
