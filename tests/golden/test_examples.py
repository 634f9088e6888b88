"""What the command says of every example: the findings that the contract asks for, and the very output.

`pytest tests/golden --update-golden` writes the output anew; review it as you would review code.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from mlspeclint.document.parse import parse
from mlspeclint.document.tree import Mapping, Node, Scalar, Sequence

from ..running import EXAMPLES, ROOT, TODAY, run, run_process

NAMES = sorted(path.name.removesuffix(".ml-project.yaml") for path in EXAMPLES.glob("*.yaml"))

SILENT = {
    "starter",
    "imagenet-from-scratch",
    "speech-librispeech",
    "translation-wmt14",
    "surface-defects",
    "delivery-time",
    "support-tickets",
    "claims-photos",
    "pump-failures",
}
"""Examples of which nothing is to be said at warning or above."""
FROM_PAPERS = {"imagenet-from-scratch", "speech-librispeech", "translation-wmt14"}
"""Those that hold what a paper tells: nobody is in charge of them."""

CONFLICTS = {
    "chest-x-rays": {"LBL301": "error", "LBL302": "warning", "LBL303": "warning"},
    "wildlife-cameras": {"DAT104": "error", "DAT109": "warning", "DAT110": "warning"},
    "telco-churn": {"DAT101": "warning", "DAT112": "warning"},
    "store-demand": {"DAT107": "warning", "DAT113": "warning"},
    "legal-language-model": {"CST401": "error", "CST410": "warning"},
    "archive-letters": {"CST403": "warning"},
    "number-plates": {"CST405": "warning", "CST407": "error", "CST408": "warning"},
    "credit-scoring": {"XPL501": "warning"},
    "cv-screening": {"LBL308": "warning", "XPL503": "warning"},
    "staff-voices": {"ETH001": "error", "ETH003": "warning", "ETH004": "warning"},
    "news-recommender": {"RTR601": "error", "RTR602": "warning"},
}
"""What the catalogue of rules says of the others, at warning and above."""

FORMATS = {"full": "full.txt", "concise": "concise.txt", "json": "json"}
GOLDEN = [(name, "full") for name in NAMES] + [
    ("wildlife-cameras", "concise"),
    ("telco-churn", "concise"),
    ("chest-x-rays", "json"),
    ("claims-photos", "json"),
    ("pump-failures", "json"),
]
AS_PROCESSES = {("starter", "full"), ("chest-x-rays", "full"), ("pump-failures", "json")}


def plain(node: Node | None) -> object:
    """What a node holds, in Python's own types."""
    match node:
        case Mapping():
            return {key: plain(entry.value) for key, entry in node.entries.items()}
        case Sequence():
            return [plain(item) for item in node.items]
        case Scalar():
            return node.value
    raise AssertionError(node)


def arguments(name: str, output: str) -> list[str]:
    return ["check", f"examples/{name}.ml-project.yaml", "--today", TODAY, "-f", output]


@pytest.mark.parametrize(("name", "output"), GOLDEN)
def test_output(name: str, output: str, request: pytest.FixtureRequest) -> None:
    started = run_process if (name, output) in AS_PROCESSES else run
    ran = started(*arguments(name, output))
    assert ran.err == ""
    assert ran.status == (0 if name in SILENT else 1)
    golden = EXAMPLES / f"{name}.{FORMATS[output]}"
    if request.config.getoption("--update-golden"):
        golden.write_text(ran.out, encoding="utf-8", newline="\n")
    assert ran.out == golden.read_text(encoding="utf-8")


def test_every_output_belongs_to_an_example() -> None:
    expected = {f"{name}.{FORMATS[output]}" for name, output in GOLDEN}
    assert {path.name for path in EXAMPLES.iterdir() if path.suffix != ".yaml"} == expected


def test_every_example_is_judged() -> None:
    assert sorted([*SILENT, *CONFLICTS]) == NAMES


@pytest.mark.parametrize("name", NAMES)
class TestExample:
    def test_raises_what_the_contract_says_and_nothing_else(self, name: str) -> None:
        report = json.loads(run(*arguments(name, "json")).out)
        told = [
            (finding["code"], finding["severity"])
            for finding in report["findings"]
            if finding["severity"] != "note" and finding["waived"] is None
        ]
        assert sorted(told) == sorted(CONFLICTS.get(name, {}).items())

    def test_says_what_it_shows(self, name: str) -> None:
        text = (EXAMPLES / f"{name}.ml-project.yaml").read_text(encoding="utf-8")
        first, second, *_ = text.splitlines()
        assert first == "# yaml-language-server: $schema=../schemas/ml-project.v1.schema.json"
        assert second.startswith("# ")
        assert max(map(len, text.splitlines())) <= 120

    def test_is_valid_by_the_published_schema(self, name: str) -> None:
        schema = json.loads(
            (ROOT / "schemas" / "ml-project.v1.schema.json").read_text(encoding="utf-8")
        )
        file = parse((EXAMPLES / f"{name}.ml-project.yaml").read_bytes())
        spec = plain(file.documents[0].root)
        problems = [error.message for error in Draft202012Validator(schema).iter_errors(spec)]
        assert problems == []


@pytest.mark.parametrize("name", sorted(SILENT - FROM_PAPERS))
def test_what_is_silent_is_silent_by_the_profile_for_stages_too(name: str, tmp_path: Path) -> None:
    text = (EXAMPLES / f"{name}.ml-project.yaml").read_text(encoding="utf-8")
    (tmp_path / "ml-project.yaml").write_text(text, encoding="utf-8")
    (tmp_path / ".mlspeclint.toml").write_text("profile = 'staged'\n", encoding="utf-8")
    ran = run("check", str(tmp_path / "ml-project.yaml"), "--today", TODAY, "-f", "concise")
    assert (ran.status, ran.err) == (0, "")


def test_waived_findings_stay_in_the_report() -> None:
    report = json.loads(run(*arguments("pump-failures", "json")).out)
    assert [(each["code"], each["waived"]["via"]) for each in report["findings"]] == [
        ("RTR604", "comment"),
        ("RTR603", "spec"),
    ]
    assert report["summary"]["warnings"] == 0
    assert report["summary"]["waived"] == 2
