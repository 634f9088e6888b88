"""The specs of the benchmark are what its figures are said to be about."""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from mlspeclint.engine.check import check_file
from mlspeclint.engine.settings import Settings

BENCHMARKS = Path(__file__).resolve().parent.parent.parent / "benchmarks"


def benchmark() -> ModuleType:
    """The script, as a module."""
    spec = importlib.util.spec_from_file_location("benchmark", BENCHMARKS / "run.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def text_of(name: str) -> str:
    return (BENCHMARKS / "specs" / f"{name}.ml-project.yaml").read_text(encoding="utf-8")


def codes(text: str) -> list[str]:
    """The codes of the findings of a spec."""
    report = check_file(text.encode(), "ml-project.yaml", Settings(today=date(2026, 11, 21)))
    return [finding.code for finding in report.findings]


@pytest.mark.parametrize(("name", "least", "most"), [("clean", 0, 0), ("findings", 4, 6)])
def test_length_and_findings(name: str, least: int, most: int) -> None:
    text = text_of(name)
    assert text.count("\n") == 120
    assert least <= len(codes(text)) <= most


@pytest.mark.parametrize("name", ["clean", "findings"])
def test_copies_differ_and_have_the_same_findings(name: str) -> None:
    text, script = text_of(name), benchmark()
    copies = {script.varied(text, index) for index in range(1000)}
    assert len(copies) == 1000
    for index in (1, 50, 96, 97, 999):
        copy = script.varied(text, index)
        assert f"-{index}\n" in copy
        # The numbers come again after 97 copies, at first as they are in the template.
        assert (copy.replace(f"-{index}\n", "\n") == text) is (index == 97)
        assert codes(copy) == codes(text)
