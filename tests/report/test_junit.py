"""The XML of JUnit, read by an XML parser."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from mlspeclint.report.junit import render
from mlspeclint.report.text import safe

from ..running import EXAMPLES
from .services import ALL_KINDS, HOSTILE, both, finding, hostile, run_of

COUNTS = ("tests", "failures", "errors", "skipped")


def suites(text: str) -> ElementTree.Element:
    """The root of a report, whose numbers are right."""
    assert text.isascii()
    root = ElementTree.fromstring(text)  # noqa: S314 - it is our own
    assert root.tag == "testsuites"
    assert set(root.attrib) == {"name", *COUNTS}
    for each in (root, *root):
        actual = {
            "tests": len(each.findall(".//testcase")),
            "failures": len(each.findall(".//failure")),
            "errors": 0,
            "skipped": len(each.findall(".//skipped")),
        }
        assert {name: int(each.attrib[name]) for name in COUNTS} == actual
    for suite in root:
        assert suite.tag == "testsuite"
        names = [case.attrib["name"] for case in suite]
        assert len(set(names)) == len(names)
        for case in suite:
            assert case.tag == "testcase"
            assert case.attrib["classname"] == case.attrib["file"] == suite.attrib["name"]
            assert [each.tag for each in case] in (
                [],
                ["failure"],
                ["skipped"],
                ["system-out"],
            )
    return root


def test_a_case_for_each_finding(tmp_path: Path) -> None:
    clean = EXAMPLES / "support-tickets.ml-project.yaml"
    found = both("junit", tmp_path, *ALL_KINDS, clean)
    root = suites(found.text)
    assert [suite.attrib["name"] for suite in root] == [
        f"examples/{path.name}" for path in (*ALL_KINDS, clean)
    ]
    (passed,) = root[-1]
    assert passed.attrib["name"] == "no findings"
    cases = [case for suite in root[:-1] for case in suite]
    for case, each in zip(cases, found.findings, strict=True):
        assert case.attrib["name"] == f"{each['code']} {each['name']}: {each['path']}"
        assert case.attrib["line"] == str(each["range"]["start"]["line"])
        (told,) = case
        if each["waived"]:
            assert told.tag == "skipped"
            assert each["waived"]["reason"] in told.attrib["message"]
            assert f"until {each['waived']['until']}" in told.attrib["message"]
        elif each["severity"] == "note":
            assert told.tag == "system-out"
            assert f"note: {each['message']}" in (told.text or "").split("\n")
        else:
            assert told.attrib == {"type": each["severity"], "message": each["message"]}
            assert f"instead: {each['instead']}" in (told.text or "").split("\n")
    assert {case[0].tag for case in cases} == {"failure", "skipped", "system-out"}


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_specs(text: str, tmp_path: Path) -> None:
    found = hostile("junit", tmp_path, text)
    (suite,) = suites(found.text)
    for case, each in zip(suite, found.findings, strict=True):
        (told,) = case
        if told.tag == "failure":
            assert told.attrib["message"] == safe(each["message"])
        assert all(c.isprintable() for value in told.attrib.values() for c in value)
        assert all(c.isprintable() or c == "\n" for c in told.text or "")
    assert suite.attrib["failures"] != "0"


def test_cases_of_one_rule_at_one_place_stay_apart() -> None:
    (suite,) = suites(render(run_of(finding("a"), finding("b"), finding("c", path="p"))))
    assert [case.attrib["name"] for case in suite] == [
        "ACM001 a-rule-of-our-own",
        "ACM001 a-rule-of-our-own (2)",
        "ACM001 a-rule-of-our-own: p",
    ]
    assert {case.attrib["line"] for case in suite} == {"1"}
