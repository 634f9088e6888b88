"""Checkouts as actions/checkout makes them, and a runner beside each."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ..running import CONSOLE_SCRIPT, OF_THE_CALLER, ROOT
from .runner import Outcome, Runner

ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(("GIT_", "GITHUB_", "RUNNER_")) and name not in OF_THE_CALLER
} | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8"}


class Project:
    """A checkout of somebody's repository on a runner."""

    def __init__(self, folder: Path, installed: Path | None) -> None:
        self.folder = folder / "checkout"
        self.installed = installed
        self.temporary = folder / "temporary"
        self.folder.mkdir()
        self.temporary.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "user.name", "Somebody")
        self.git("config", "user.email", "somebody@example.com")
        self.commit({"README.md": "A project.\n"})

    def git(self, *arguments: str) -> str:
        """Run git, which must succeed."""
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env=ENVIRONMENT,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def write(self, files: dict[str, str]) -> None:
        """Write files."""
        for name, text in files.items():
            file = self.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

    def commit(self, files: dict[str, str]) -> str:
        """Write files and commit all that there is; the name of the commit."""
        self.write(files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=A step")
        return self.git("rev-parse", "HEAD")

    def run(
        self, event: dict[str, Any] | None = None, ref: str = "refs/heads/main", /, **inputs: str
    ) -> Outcome:
        """Run the action, with inputs whose `-` is written `_` here."""
        given = {name.replace("_", "-"): value for name, value in inputs.items()}
        sha = self.git("rev-parse", "HEAD")
        github = {"event": event or {}, "ref": ref, "sha": sha}
        done = {"python": {"python-path": sys.executable}}
        if self.installed:
            done["install"] = {"folder": str(self.installed)}
        runner = Runner(self.folder, self.temporary, ENVIRONMENT)
        return runner.run(ROOT, given, github, done)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A repository with one commit, on a runner on which mlspeclint is installed: this working copy."""
    if shutil.which("git") is None or shutil.which("bash") is None:
        pytest.skip("the action needs git and bash")
    programs = tmp_path / "installed" / "venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "python").symlink_to(sys.executable)
    script = programs / "mlspeclint"
    script.write_text(f"#!{sys.executable}\n{CONSOLE_SCRIPT}\n", encoding="utf-8")
    script.chmod(0o755)
    return Project(tmp_path, programs.parent.parent)


@pytest.fixture
def bare_project(tmp_path: Path) -> Project:
    """The same on a runner on which the action has to install it, from a package index."""
    probe = [sys.executable, "-m", "pip", "download", "--quiet", "--retries=2", "--no-deps"]
    asked = subprocess.run([*probe, "hatchling"], cwd=tmp_path, capture_output=True, check=False)
    if asked.returncode:
        pytest.skip("the action installs with pip, which reaches no package index")
    return Project(tmp_path, None)
