"""The line at the top that names the schema: where it goes, and where it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlspeclint.document.parse import parse
from mlspeclint.engine.fix import mended
from mlspeclint.engine.schema_line import SCHEMA
from mlspeclint.engine.settings import Settings

from ..rules.support import TODAY

SPEC = """\
mlspec: 1
project: {name: example}
task: {type: classification, modality: tabular}
approach: {family: rules}
"""
FLOW = """\
{mlspec: 1, project: {name: a}, task: {type: classification, modality: tabular}, approach: {family: rules},
  labels: {agreement: 0.7}}
"""
LINE = f"# yaml-language-server: $schema=schemas/{SCHEMA}\n".replace("=s", "=./s")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository that holds the schema."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / SCHEMA).write_text("{}", encoding="utf-8")
    (tmp_path / "plans" / "deep").mkdir(parents=True)
    return tmp_path


def fixed(text: str, path: Path) -> str:
    settings = Settings(today=TODAY)
    result = mended(text.encode(), path.name, settings, unsafe=False, path=str(path))
    again = mended(result.data, path.name, settings, unsafe=False, path=str(path))
    assert again.data == result.data
    before, after = (parse(each).documents for each in (text.encode(), result.data))
    assert len(before) == len(after)
    return result.data.decode()


@pytest.mark.parametrize(
    ("folder", "way"), [(".", "./"), ("plans", "../"), ("plans/deep", "../../")]
)
def test_the_line_is_added_where_the_schema_is(repository: Path, folder: str, way: str) -> None:
    path = repository / folder / "ml-project.yaml"
    line = f"# yaml-language-server: $schema={way}schemas/{SCHEMA}\n"
    assert fixed(SPEC, path) == line + SPEC


def test_a_schema_beside_the_spec_is_nearer(repository: Path) -> None:
    (repository / "plans" / SCHEMA).write_text("{}", encoding="utf-8")
    line = f"# yaml-language-server: $schema=./{SCHEMA}\n"
    assert fixed(SPEC, repository / "plans" / "ml-project.yaml") == line + SPEC


def test_no_schema_no_line(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert fixed(SPEC, tmp_path / "ml-project.yaml") == SPEC


def test_nothing_is_looked_for_outside_the_repository(repository: Path) -> None:
    inner = repository / "inner"
    (inner / ".git").mkdir(parents=True)
    assert fixed(SPEC, inner / "ml-project.yaml") == SPEC


def test_a_place_outside_the_repository_is_none(repository: Path) -> None:
    inner = repository / "inner"
    (inner / ".git").mkdir(parents=True)
    (inner / SCHEMA).write_text("{}", encoding="utf-8")
    line = "# yaml-language-server: $schema={}\n"
    outside = line.format(f"../schemas/{SCHEMA}") + SPEC
    assert fixed(outside, inner / "ml-project.yaml") == line.format(f"./{SCHEMA}") + SPEC


def test_without_a_repository_only_the_folder_is_looked_into(repository: Path) -> None:
    (repository / ".git").rmdir()
    assert fixed(SPEC, repository / "plans" / "ml-project.yaml") == SPEC
    assert fixed(SPEC, repository / "ml-project.yaml") == LINE + SPEC


def test_without_a_place_there_is_no_line() -> None:
    result = mended(SPEC.encode(), "<stdin>", Settings(today=TODAY), unsafe=False)
    assert result.data.decode() == SPEC


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("", SPEC),
        ("", "---\n" + SPEC),
        ("", "# about the version\n" + SPEC),
        ("# Copyright 2026 Example\n# SPDX-License-Identifier: MIT\n", SPEC),
        ("# Copyright 2026 Example\n", "\n" + SPEC),
        ("# A plan.\n# Of more lines.\n", "\n" + SPEC),
        ("# -*- coding: utf-8 -*-\n", SPEC),
        ("# vim: set ft=yaml:\n", SPEC),
        ("%YAML 1.2\n---\n", SPEC),
        ("# Copyright 2026\n%YAML 1.2\n# c\n---\n", "# d\n" + SPEC),
        ("%YAML 1.2\n--- # c\n", SPEC),
        ("", "%YAML 1.2\n--- " + FLOW),
        ("# Copyright 2026\u2028 and \x85 after\n", "\n" + SPEC),
        ("# Copyright 2026\n", "# mlspeclint: ignore[LBL303] -- r\n" + FLOW.replace("\n ", "")),
        ("\ufeff", SPEC),
    ],
)
def test_what_has_to_be_on_top_stays_there(repository: Path, above: str, below: str) -> None:
    assert fixed(above + below, repository / "ml-project.yaml") == above + LINE + below


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_the_line_ends_as_the_others(repository: Path, ending: str) -> None:
    expected = (LINE + SPEC).replace("\n", ending)
    assert fixed(SPEC.replace("\n", ending), repository / "ml-project.yaml") == expected


@pytest.mark.parametrize(
    "line",
    [
        "# yaml-language-server: $schema=https://example.org/plans.json\n",
        "# yaml-language-server: $schema=other.schema.json\n",
        f"# yaml-language-server: $schema=https://example.org/{SCHEMA}\n",
        f"# yaml-language-server: $schema=schemas/{SCHEMA}\n",
        "# yaml-language-server: disable\n",
        "# $schema: https://example.org/plans.json\n",
    ],
)
def test_a_line_of_the_user_stays(repository: Path, line: str) -> None:
    for text in (line + SPEC, SPEC + line):
        assert fixed(text, repository / "ml-project.yaml") == text


@pytest.mark.parametrize(
    ("place", "right"),
    [
        ("./schemas/ml-project.v0.schema.json", f"./schemas/{SCHEMA}"),
        ("./schemas/ml-project.schema.json", f"./schemas/{SCHEMA}"),
        (f"./{SCHEMA}", f"./schemas/{SCHEMA}"),  # it is not there
        (f"../gone/{SCHEMA}", f"./schemas/{SCHEMA}"),
        ("https://example.org/ml-project.v0.schema.json", f"https://example.org/{SCHEMA}"),
        ("https://example.org/ml-project.schema.json", None),
    ],
)
def test_an_outdated_line_is_corrected(repository: Path, place: str, right: str | None) -> None:
    line = "# c\n# yaml-language-server: $schema={}  \n"
    before, after = (line.format(each) + SPEC for each in (place, right or place))
    assert fixed(before, repository / "ml-project.yaml") == after


def test_a_version_is_corrected_without_a_schema_at_hand(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    line = "# yaml-language-server: $schema=schemas/ml-project.v7.schema.json\n"
    expected = line.replace("v7", "v1") + SPEC
    assert fixed(line + SPEC, tmp_path / "ml-project.yaml") == expected


@pytest.mark.parametrize(
    "text",
    [
        SPEC.replace("mlspec: 1", "mlspec: 2"),
        SPEC.replace("mlspec: 1\n", ""),
        "a: 1\n",
        "- 1\n",
        "",
        "a: [\n",
        SPEC + "---\n" + SPEC,
        SPEC + "x-schema: $schema\n",
    ],
)
def test_what_is_no_single_spec_gets_no_line(repository: Path, text: str) -> None:
    assert fixed(text, repository / "ml-project.yaml") == text
