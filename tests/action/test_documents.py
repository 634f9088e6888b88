"""The action and the recipes of `docs/ci.md`, read by those who judge such files, and their commands run."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from ruamel.yaml import YAML

from ..hook.test_hook import BAD, GOOD
from ..running import ROOT
from .conftest import ENVIRONMENT, Project

GUIDE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
PINNED = "example/mlspeclint@0123456789abcdef0123456789abcdef01234567"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(language: str) -> list[str]:
    """The blocks of the guide in a language."""
    return [text for name, text in FENCE.findall(GUIDE) if name == language]


def loaded(text: str) -> Any:
    # A workflow's `on` is a truth value in YAML 1.1; this is a parser of YAML 1.2, as GitHub's is.
    return YAML(typ="safe", pure=True).load(text)


MANIFEST = loaded((ROOT / "action.yml").read_text(encoding="utf-8"))
RECIPES = blocks("yaml")
WORKFLOWS = [text.replace("OWNER/mlspeclint@COMMIT", PINNED) for text in RECIPES[:2]]
GITLAB, PRE_COMMIT = RECIPES[2:]
CONCISE, CHANGED, _, SINCE, BASELINE = blocks("sh")


def valid(schema: str, file: Path) -> None:
    pytest.importorskip("check_jsonschema")
    command = ["-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(file)]
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def audited(folder: Path) -> None:
    program = Path(sys.executable).with_name("zizmor")
    zizmor = str(program) if program.exists() else shutil.which("zizmor")
    if zizmor is None:
        pytest.skip("zizmor is not installed")
    command = [zizmor, "--offline", "--no-progress", "--strict-collection", "--persona=auditor"]
    done = subprocess.run([*command, str(folder)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No findings" in done.stdout


class TestAction:
    def test_the_published_schema(self) -> None:
        valid("github-actions", ROOT / "action.yml")

    def test_an_audit(self, tmp_path: Path) -> None:
        shutil.copy(ROOT / "action.yml", tmp_path)
        audited(tmp_path)

    def test_the_guide_lists_its_inputs_and_outputs(self) -> None:
        first, second = re.findall(r"^\| (?:in|out)put .*?\n\n", GUIDE, re.DOTALL | re.MULTILINE)
        for table, key in ((first, "inputs"), (second, "outputs")):
            rows = table.strip().splitlines()[2:]
            listed = [name for row in rows for name in re.findall(r"`([\w-]+)`", row.split("|")[1])]
            assert sorted(listed) == sorted(MANIFEST[key])

    def test_the_guide_tells_its_defaults(self) -> None:
        told = re.findall(r"^\| `([\w-]+)` \| `([\w.-]+)` \|", GUIDE, re.MULTILINE)
        defaults = {name: entry["default"] for name, entry in MANIFEST["inputs"].items()}
        assert dict(told) == {name: default for name, default in defaults.items() if default}


class TestWorkflows:
    @pytest.mark.parametrize("text", WORKFLOWS, ids=("annotations", "scanning"))
    def test_schema_and_audit(self, text: str, tmp_path: Path) -> None:
        file = written(tmp_path, ".github/workflows/mlspeclint.yml", text)
        audited(tmp_path)
        valid("github-workflows", file)

    @pytest.mark.parametrize("text", WORKFLOWS, ids=("annotations", "scanning"))
    def test_what_it_may_and_what_it_runs(self, text: str) -> None:
        workflow = loaded(text)
        assert "pull_request" in workflow["on"]
        assert "pull_request_target" not in workflow["on"]
        assert workflow["permissions"] == {}
        (job,) = workflow["jobs"].values()
        assert job["permissions"].pop("contents") == "read"
        assert job["permissions"] in ({}, {"security-events": "write"})
        for step in job["steps"]:
            assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", step["uses"])
            if step["uses"] == PINNED:
                assert step["with"].keys() <= MANIFEST["inputs"].keys()

    def test_what_pins_one_action_pins_it_everywhere(self) -> None:
        texts = (*WORKFLOWS, (ROOT / "action.yml").read_text(encoding="utf-8"))
        pins = {pin for text in texts for pin in re.findall(r"uses: (\S+@\S+)", text)}
        assert len({pin.partition("@")[0] for pin in pins}) == len(pins) == 4


@pytest.fixture
def changed(project: Project) -> Project:
    """A repository with a bad spec since a while, and a good one that a branch has added."""
    base = project.commit({"old.ml-project.yaml": BAD})
    project.git("update-ref", "refs/remotes/origin/main", base)
    project.commit(
        {"a 'new\n.ml-project.yaml": GOOD, "html-project.yaml": "", "b/ml-project.yml": GOOD}
    )
    return project


def sh(project: Project, script: str) -> subprocess.CompletedProcess[str]:
    """Run a script where mlspeclint is installed."""
    path = f"{project.installed}/venv/bin:{ENVIRONMENT['PATH']}"
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=project.folder,
        env=ENVIRONMENT | {"PATH": path},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


class TestOthers:
    def test_gitlab(self, changed: Project, tmp_path: Path) -> None:
        valid("gitlab-ci", written(tmp_path, ".gitlab-ci.yml", GITLAB))
        (job,) = loaded(GITLAB).values()
        (script,) = job["script"]
        done = sh(changed, script.replace("/opt/mlspeclint/bin/", ""))
        assert done.returncode == 1, done.stderr
        assert "error[LBL301]" in done.stdout
        reports = {
            name: changed.folder / file for name, file in job["artifacts"]["reports"].items()
        }
        issues = json.loads(reports["codequality"].read_text(encoding="utf-8"))
        assert "labelling-over-budget" in {each["check_name"] for each in issues}
        assert ElementTree.parse(reports["junit"]).getroot().tag == "testsuites"  # noqa: S314 - it is ours

    def test_pre_commit(self) -> None:
        (repository,) = loaded(PRE_COMMIT)["repos"]
        hooks = loaded((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
        assert repository["hooks"] == [{"id": hooks[0]["id"]}]
        named = re.findall(r"`(mlspeclint-\w+)`", GUIDE)
        assert set(named) == {hook["id"] for hook in hooks[1:]}
        assert repository.keys() == {"repo", "rev", "hooks"}

    def test_a_report_and_a_log(self, changed: Project) -> None:
        done = sh(changed, CONCISE)
        assert done.returncode == 1, done.stderr
        assert "old.ml-project.yaml:13:" in done.stdout
        assert (changed.folder / "mlspeclint.xml").exists()

    def test_what_has_changed(self, changed: Project) -> None:
        done = sh(changed, CHANGED)
        assert done.returncode == 0, done
        assert "2 files: " in done.stdout
        changed.commit({"bad.ml-project.yaml": BAD})
        assert sh(changed, CHANGED).returncode == 123

    def test_what_a_change_brings(self, changed: Project) -> None:
        done = sh(changed, SINCE)
        assert done.returncode == 0, done
        assert "LBL301" not in done.stdout
        changed.commit({"b/ml-project.yml": BAD})
        done = sh(changed, SINCE)
        assert done.returncode == 1
        assert "error[LBL301]" in done.stdout

    def test_a_baseline(self, changed: Project) -> None:
        assert sh(changed, BASELINE).returncode == 2
        (written,) = re.findall(r"`(mlspeclint check --write.*)`", GUIDE)
        assert sh(changed, written).returncode == 0
        assert sh(changed, BASELINE).returncode == 0
        changed.commit({"old.ml-project.yaml": BAD.replace("10k", "20k")})
        assert sh(changed, BASELINE).returncode == 1
