"""What `compare`, `cost` and `record` say of the examples: the very output.

`pytest tests/golden --update-golden` writes it anew; review it as you would review code.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ..running import TODAY, run

FOLDER = Path(__file__).parent / "plans"

GOLDEN = [
    ("record", "claims-photos", "markdown"),
    ("record", "chest-x-rays", "markdown"),
    ("record", "pump-failures", "markdown"),
    ("compare", "news-recommender", "text"),
    ("compare", "wildlife-cameras", "text"),
    ("compare", "credit-scoring", "text"),
    ("compare", "chest-x-rays", "text"),
    ("compare", "support-tickets", "text"),
    ("compare", "starter", "text"),
    ("cost", "support-tickets", "text"),
    ("cost", "claims-photos", "text"),
    ("cost", "archive-letters", "text"),
    ("cost", "starter", "text"),
    ("cost", "claims-photos", "json"),
    ("cost", "claims-photos", "csv"),
    ("cost", "claims-photos", "markdown"),
]
ENDS = {"text": "txt", "json": "json", "csv": "csv", "markdown": "md"}


def file_of(command: str, example: str, form: str) -> Path:
    return FOLDER / f"{example}.{command}.{ENDS[form]}"


@pytest.mark.parametrize(("command", "example", "form"), GOLDEN)
def test_output(command: str, example: str, form: str, request: pytest.FixtureRequest) -> None:
    options = [] if command == "record" else ["-f", form]
    ran = run(command, f"examples/{example}.ml-project.yaml", "--today", TODAY, *options)
    assert (ran.status, ran.err) == (0, "")
    golden = file_of(command, example, form)
    if request.config.getoption("--update-golden"):
        golden.write_text(ran.out, encoding="utf-8", newline="\n")
    assert ran.out == golden.read_text(encoding="utf-8")
    if form == "text":
        assert max(map(len, ran.out.splitlines())) <= 80


def test_every_output_belongs_to_a_test() -> None:
    assert set(FOLDER.iterdir()) == {file_of(*case) for case in GOLDEN}
