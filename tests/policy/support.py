"""Repositories with configurations in them, made of a few lines."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from textwrap import dedent

from mlspeclint.engine.check import check_file
from mlspeclint.engine.finding import FileReport, Finding
from mlspeclint.policy.configuration import Configuration
from mlspeclint.policy.problem import ConfigProblem
from mlspeclint.policy.search import Search

TODAY = date(2026, 11, 21)
SPEC = """
mlspec: 1
project: {name: example, stage: STAGE}
task: {type: classification, modality: text}
approach: {family: deep_learning, training: fine_tuning}
"""


def spec(more: str = "", stage: str = "proposal") -> str:
    """A small spec of a stage, with more lines."""
    return SPEC.replace("STAGE", stage).lstrip() + dedent(more)


def repository(folder: Path, files: dict[str, str]) -> Path:
    """A repository with these files."""
    (folder / ".git").mkdir(parents=True)
    write(folder, files)
    return folder


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8", newline="\n")


@contextmanager
def working_in(folder: Path) -> Iterator[None]:
    """With that working folder."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def configured(folder: Path, path: str = "ml-project.yaml") -> Configuration:
    """The configuration of a path in a repository. Raises `ConfigProblem`."""
    with working_in(folder):
        found = Search().of(path)
        assert found is not None
        return Configuration(found)


def problem(folder: Path, path: str = "ml-project.yaml") -> str:
    """What is wrong with the configuration of a path."""
    try:
        configured(folder, path)
    except ConfigProblem as found:
        return str(found)
    raise AssertionError("nothing is wrong")


def mistake(folder: Path, text: str) -> str:
    """What is wrong with a configuration of that text, without the name of the file."""
    repository(folder, {".mlspeclint.toml": text})
    told = problem(folder)
    assert told.startswith(".mlspeclint.toml"), told
    return told.removeprefix(".mlspeclint.toml").removeprefix(": ")


def report(folder: Path, text: str, path: str = "ml-project.yaml", **asked: object) -> FileReport:
    """What a check says of a spec of that text at a path in a repository."""
    with working_in(folder):
        settings = configured(folder, path).settings(path, **{"today": TODAY, **asked})
        return check_file(text.encode(), path, settings)


def of(found: FileReport, code: str) -> list[Finding]:
    """The findings of a rule."""
    return [each for each in found.findings if each.code == code]


def level(found: FileReport, code: str) -> str | None:
    """The severity of the only finding of a rule; None where there is none."""
    findings = of(found, code)
    assert len(findings) <= 1
    return findings[0].severity if findings else None
