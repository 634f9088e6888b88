"""Repositories of git, made by tests, and the command run in them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from ..running import TODAY, Ran, run

GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Somebody",
    "GIT_AUTHOR_EMAIL": "somebody@example.com",
    "GIT_COMMITTER_NAME": "Somebody",
    "GIT_COMMITTER_EMAIL": "somebody@example.com",
    "GIT_AUTHOR_DATE": "2026-11-01T12:00:00Z",
    "GIT_COMMITTER_DATE": "2026-11-01T12:00:00Z",
}
"""The same commits on every machine, whatever its owner has set."""

PLAN = """\
mlspec: 1
project:
  name: parcels
task:
  type: classification
  modality: text
approach:
  family: deep_learning
  training: fine_tuning
labels:
  required: 200k
  labelled: 12k
  cost_each: 0.10
budget:
  labelling: 30k
"""
"""188,000 labels are missing: they cost 18.8k of 30k."""


class Repository:
    """A working copy."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, folder: str = ".") -> str:
        """Run git, which must succeed."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder / folder,
            env=kept | GIT,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def write(self, name: str, text: str) -> Path:
        """Write a file."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def commit(self, **files: str) -> str:
        """Write specs (`a` is a.ml-project.yaml) and commit all that there is; the name of the commit."""
        for name, text in files.items():
            self.write(f"{name}.ml-project.yaml", text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=A step")
        return self.git("rev-parse", "HEAD")

    def run(
        self, *arguments: str | Path, folder: str = ".", stdin: bytes = b"", **environment: str
    ) -> Ran:
        """Run the command in the working copy, or in a folder of it."""
        return run(
            *arguments,
            "--today",
            TODAY,
            folder=self.folder / folder,
            stdin=stdin,
            **(GIT | environment),  # type: ignore[arg-type]  # no variable is called `columns`
        )
