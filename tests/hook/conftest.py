"""Throw-away repositories, and the hook installed into them by the real pre-commit."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = (".pre-commit-hooks.yaml", "LICENSE", "README.md", "pyproject.toml", "src")


class Repository:
    """A git repository in a folder, with nothing of the machine's or the caller's settings for git."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder = folder
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("GIT_", "PRE_COMMIT_")) and name != "SKIP"
        } | {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "PRE_COMMIT_HOME": str(cache),
            "PRE_COMMIT_COLOR": "never",
        }
        folder.mkdir(exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "user.name", "Somebody")
        self.git("config", "user.email", "somebody@example.com")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the folder; standard error goes into the output."""
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )

    def git(self, *arguments: str) -> str:
        """Run git, which must succeed."""
        process = self.run("git", *arguments)
        assert process.returncode == 0, process.stdout
        return process.stdout.strip()

    def pre_commit(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run pre-commit."""
        return self.run(sys.executable, "-m", "pre_commit", *arguments)

    def add(self, path: str, text: str) -> None:
        """Write a file and stage it."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        self.git("add", "--", path)

    def commit(self) -> str:
        """Commit what is staged, whatever hooks say; the name of the commit."""
        self.git("commit", "--quiet", "--no-verify", "--message", "A step")
        return self.git("rev-parse", "HEAD")


class Hook:
    """The hook at a commit of a repository of its own, as a user's configuration names it."""

    def __init__(self, repository: Repository, revision: str) -> None:
        self.repository = repository
        self.revision = revision

    def configuration(self, *settings: str, top: str = "", id: str = "mlspeclint") -> str:
        """The text of a `.pre-commit-config.yaml` with settings of the hook and of the top."""
        lines = [
            *([top] if top else []),
            "repos:",
            f"- repo: {self.repository.folder}",
            f"  rev: {self.revision}",
            "  hooks:",
            f"  - id: {id}",
            *(f"    {setting}" for setting in settings),
        ]
        return "".join(f"{line}\n" for line in lines)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps the environments that it makes."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture(scope="session")
def hook(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Hook:
    """This working copy's package, committed to a repository: the hook that pre-commit is to install."""
    if shutil.which("git") is None:
        pytest.skip("pre-commit needs git")
    folder = tmp_path_factory.mktemp("index")
    probe = [sys.executable, "-m", "pip", "download", "--quiet", "--retries=2", "--no-deps"]
    asked = subprocess.run([*probe, "hatchling"], cwd=folder, capture_output=True, check=False)
    if asked.returncode:
        pytest.skip("pre-commit installs the hook with pip, which reaches no package index")
    repository = Repository(tmp_path_factory.mktemp("hook") / "mlspeclint", cache)
    for name in PACKAGE:
        if (ROOT / name).is_dir():
            leave = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, repository.folder / name, ignore=leave)
        else:
            shutil.copy(ROOT / name, repository.folder)
    repository.git("add", "--all", "--force")
    return Hook(repository, repository.commit())


@pytest.fixture
def project(tmp_path: Path, cache: Path, hook: Hook) -> Repository:
    """A user's repository with one commit."""
    repository = Repository(tmp_path / "project", cache)
    repository.add("README.md", "A project.\n")
    repository.commit()
    return repository
