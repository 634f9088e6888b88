"""SARIF, against the schema and, where it is installed, the official validator with GitHub's rules.

The validator is `Sarif.Multitool` of the npm package `@microsoft/sarif-multitool-linux`.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from mlspeclint import __version__
from mlspeclint.engine.finding import AppliedWaiver, Range, RelatedPlace
from mlspeclint.report.catalogue import catalogue
from mlspeclint.report.sarif import render
from mlspeclint.report.text import safe

from ..running import run
from .services import ALL_KINDS, HOSTILE, both, finding, hostile, run_of

SCHEMA = json.loads(
    (Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8")
)
VALIDATOR = Draft202012Validator(SCHEMA)
MULTITOOL = shutil.which("Sarif.Multitool")


MISTAKES = b"""\
mlspec: 1
project: {name: 'My Plan', owner: 12}
task: {type: Classification, modality: text}
approach: {family: rules}
data: {examples: 10 K}
"""


def the_run(text: str) -> dict[str, Any]:
    """The run of a log that is right as far as the schema tells, and refers to what is there."""
    log = json.loads(text)
    assert text.isascii()
    problems = [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(log)]
    assert not problems
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        for location in [*result["locations"], *result.get("relatedLocations", [])]:
            artifact = location["physicalLocation"]["artifactLocation"]
            listed = run["artifacts"][artifact["index"]]["location"]
            assert listed == {key: value for key, value in artifact.items() if key != "index"}
            assert re.fullmatch(r"(?:[\w.~/-]|%[0-9A-F]{2}|^file:)+", artifact["uri"], re.ASCII)
    return dict(run)


def region(place: dict[str, dict[str, int]]) -> dict[str, int]:
    return {
        "startLine": place["start"]["line"],
        "startColumn": place["start"]["column"],
        "endLine": place["end"]["line"],
        "endColumn": place["end"]["column"],
    }


def test_a_result_for_each_finding(tmp_path: Path) -> None:
    found = both("sarif", tmp_path, *ALL_KINDS)
    run = the_run(found.text)
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["tool"]["driver"]["version"] == __version__
    assert [each["location"]["uri"] for each in run["artifacts"]] == [
        f"examples/{path.name}" for path in ALL_KINDS
    ]
    for result, each in zip(run["results"], found.findings, strict=True):
        assert result["ruleId"] == each["code"]
        assert result["level"] == each["severity"]
        assert result["partialFingerprints"] == {"mlspeclint/v1": each["fingerprint"]}
        message, *notes = result["message"]["text"].split("\n")
        assert message == f"{each['message']}."
        assert f"instead: {each['instead']}." in notes
        (location,) = result["locations"]
        artifact = location["physicalLocation"]["artifactLocation"]
        assert artifact["uri"] == f"examples/{Path(each['file']).name}"
        assert artifact["uriBaseId"] == "%SRCROOT%"
        assert location["physicalLocation"]["region"] == region(each["range"])
        assert location["logicalLocations"][0]["fullyQualifiedName"] == each["path"]
        related = result.get("relatedLocations", [])
        for place, other in zip(related, each["related"], strict=True):
            assert place["message"] == {"text": other["label"]}
            assert place["physicalLocation"]["region"] == region(other["range"])
        # The facts one after the other, and last where they collide.
        flows = [
            [step["location"] for step in each["locations"]]
            for flow in result.get("codeFlows", [])
            for each in flow["threadFlows"]
        ]
        assert flows == ([[*related, location]] if related else [])


def test_waivers_are_suppressions(tmp_path: Path) -> None:
    found = both("sarif", tmp_path, *ALL_KINDS)
    waived = 0
    for result, each in zip(the_run(found.text)["results"], found.findings, strict=True):
        if each["waived"] is None:
            assert result["suppressions"] == []
            continue
        waived += 1
        (suppression,) = result["suppressions"]
        assert suppression["kind"] == "inSource"
        assert suppression["status"] == "accepted"
        assert each["waived"]["reason"] in suppression["justification"]
        assert f"until {each['waived']['until']}" in suppression["justification"]
    assert waived == 2


def test_rules_are_documented(tmp_path: Path) -> None:
    rules = the_run(both("sarif", tmp_path, *ALL_KINDS).text)["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({rule["id"] for rule in rules})
    rows = {row["code"]: row for row in catalogue()}
    for rule in rules:
        row = rows[rule["id"]]
        assert rule["name"] == row["name"]
        assert rule["defaultConfiguration"] == {"level": row["severity"]}
        assert rule["shortDescription"] == {"text": row["summary"]}
        first = rule["shortDescription"]["text"].removesuffix(".")
        assert rule["fullDescription"]["text"].startswith(first)
        assert rule["help"]["text"].startswith(f"{rule['id']} {rule['name']}\n")
        assert "## What to do instead\n" in rule["help"]["markdown"]
        assert "\x1b" not in rule["help"]["text"]
        assert rule["id"][:3] in rule["properties"]["tags"]


def test_every_rule_can_be_described() -> None:
    codes = {row["code"]: row["name"] for row in catalogue()}
    findings = []
    for code, name in codes.items():
        each = finding()
        each.code, each.name = code, name
        findings.append(each)
    rules = the_run(render(run_of(*findings)))["tool"]["driver"]["rules"]
    assert {rule["id"]: rule["name"] for rule in rules} == codes
    for rule in rules:
        # GitHub's limit.
        assert len(rule["shortDescription"]["text"]) <= 1024
        assert len(rule["fullDescription"]["text"]) <= 1024


def test_a_rule_that_is_not_ours() -> None:
    (rule,) = the_run(render(run_of(finding())))["tool"]["driver"]["rules"]
    assert rule["id"] == "ACM001"
    assert rule["shortDescription"] == {"text": "a-rule-of-our-own."}


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_specs(text: str, tmp_path: Path) -> None:
    found = hostile("sarif", tmp_path, text)
    run = the_run(found.text)
    for result, each in zip(run["results"], found.findings, strict=True):
        message = result["message"]["text"].split("\n")[0]
        if "](" not in message:
            assert message.removesuffix(".") == safe(each["message"]).removesuffix(".")
        # A message may hold links, [text](target); nothing that a spec holds becomes one.
        assert not re.search(r"(?<!\\)\[[^]]*\]\(", message)
        assert all(c.isprintable() or c == "\n" for c in result["message"]["text"])


def test_what_looks_like_a_link_is_none() -> None:
    (result,) = the_run(render(run_of(finding(r"see [a](http://b) \ here"))))["results"]
    assert result["message"]["text"] == r"see \[a\](http://b) \\ here."
    (result,) = the_run(render(run_of(finding("data[0] and (b)."))))["results"]
    assert result["message"]["text"] == "data[0] and (b)."


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("a b/ä#?.yaml", "a%20b/%C3%A4%23%3F.yaml"),
        ("c:d.yaml", "c%3Ad.yaml"),
        ("100%.yaml", "100%25.yaml"),
        ("/elsewhere/a b.yaml", "file:///elsewhere/a%20b.yaml"),
        ("\udce4.yaml", "%E4.yaml"),  # a name that is not UTF-8
        ("\ud800.yaml", "%ED%A0%80.yaml"),
    ],
    ids=ascii,
)
def test_uris(file: str, uri: str) -> None:
    run = run_of(finding(file=file))
    run.files[0].file = file
    (result,) = the_run(render(run))["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact["uri"] == uri
    assert ("uriBaseId" in artifact) == (not uri.startswith("file:"))
    if uri.isascii() and file.isprintable() and not uri.startswith("file:"):
        assert unquote(uri) == file


def test_the_whole_file() -> None:
    (result,) = the_run(render(run_of(finding())))["results"]
    (location,) = result["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 1}
    assert "logicalLocations" not in location


def test_nothing_to_report() -> None:
    run = the_run(render(run_of()))
    assert run["results"] == run["tool"]["driver"]["rules"] == []
    assert len(run["artifacts"]) == 1


PACK = r"""
[[policies]]
code = "ACME101"
name = "hostile"
severity = "error"
message = "<img src=x> [a](javascript:1) `<b>` {project.name} | it's"
when = '''
  project.name != "<i>"

  && project.name != "</i>"
'''
instead = "<script>1</script> ``` http://x.example"
bad = ["project: {name: a}\nx-a: |\n  ```\n\n  <u>\n  ```yaml\n  ```\n  <u>\n"]
"""


def test_what_an_organisation_says_of_its_rules_is_text(tmp_path: Path) -> None:
    (tmp_path / ".mlspeclint.toml").write_text(PACK, encoding="utf-8")
    (tmp_path / "ml-project.yaml").write_text(
        "mlspec: 1\nproject: {name: a}\ntask: {type: other, modality: text}\napproach: {family: rules}\n"
    )
    ran = run("check", "--select", "ACME", "-f", "sarif", folder=tmp_path)
    (rule,) = the_run(ran.out)["tool"]["driver"]["rules"]
    tokens = (
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(rule["help"]["markdown"])
    )
    inner = [child for token in tokens for child in token.children or ()]
    assert {token.type for token in (*tokens, *inner)} == {
        "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text",
        "code_inline", "code_block",
    }  # fmt: skip
    shown = "\n".join(token.content for token in (*inner, *tokens) if token.type != "inline")
    for text in (
        "<img src=x>",
        "<b>",
        "project.name",
        "| it's",
        "<u>",
        '"</i>"',
        "<script>",
        "```",
    ):
        assert text in shown


@pytest.mark.skipif(MULTITOOL is None, reason="Sarif.Multitool is not on the PATH")
def test_the_official_validator_finds_no_error(tmp_path: Path) -> None:
    logs = {"examples": both("sarif", tmp_path, *ALL_KINDS).text}
    logs |= {f"hostile{n}": hostile("sarif", tmp_path, text).text for n, text in enumerate(HOSTILE)}
    logs["fixes"] = both("sarif", tmp_path, "-", stdin=MISTAKES).text
    assert logs["fixes"].count('"deletedRegion"') == 4
    waived = finding(
        "all at once",
        path="a",
        range=Range((1, 1), (2, 1)),
        label="here",
        related=(RelatedPlace("b", Range((2, 1), (2, 1)), "there"),),
    )
    waived.waived = AppliedWaiver("known", "us", None, "comment")
    logs["own"] = render(run_of(finding(), waived, finding("{0} {")))
    logs["empty"] = render(run_of())
    for name, text in logs.items():
        (tmp_path / f"{name}.sarif").write_text(text, encoding="utf-8")
    assert MULTITOOL is not None
    report = tmp_path / "report.json"
    files = [str(tmp_path / f"{name}.sarif") for name in logs]
    subprocess.run(
        [MULTITOOL, "validate", "--rule-kind", "Sarif;Ghas", "--output", str(report), *files],
        check=True,
        capture_output=True,
        timeout=300,
    )
    (run,) = json.loads(report.read_text(encoding="utf-8-sig"))["runs"]
    errors = [
        f"{each['ruleId']}: {each['message']}"
        for each in run.get("results", [])
        if each.get("level", "warning") == "error"
    ]
    assert not errors
    assert run["invocations"][0]["executionSuccessful"]
