"""SARIF 2.1.0, the interchange format of static analysis, as GitHub's code scanning and others read it.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import os
from json import dumps
from urllib.parse import quote

from mlspeclint import __version__
from mlspeclint.engine.repository import repository_root
from mlspeclint.report.catalogue import catalogue, page_of
from mlspeclint.report.full import notes
from mlspeclint.report.markdown import page as shown_page
from mlspeclint.report.pages import explained
from mlspeclint.report.places import below
from mlspeclint.report.style import Style
from mlspeclint.report.text import safe
from mlspeclint.rules import RULES, find_rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from mlspeclint.engine.finding import Finding, Fix, Range, Run
    from mlspeclint.rules.rule import Rule

    Json = dict[str, Any]

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
ROOT = "%SRCROOT%"
LONGEST = 1024
"""Characters that GitHub takes of a description."""
PRECISION = {
    "arithmetic": "very-high",
    "measured": "high",
    "regulation": "high",
    "convention": "medium",
}
"""How often a rule is right, as GitHub sorts by it; what is wrong with the file itself is no matter of
opinion."""
PROBLEMS = {"error": "error", "warning": "warning", "note": "recommendation"}


def render(run: Run) -> str:
    """One run. Waived findings are among its results, as suppressed ones; rules are those with results."""
    root = repository_root()
    findings = run.findings()
    known = _rules_of(findings)
    rows = {row["code"]: row for row in catalogue(known)}
    names = {finding.code: finding.name for finding in findings}
    rules = {code: index for index, code in enumerate(sorted(names))}
    files = {file: index for index, file in enumerate(dict.fromkeys(f.file for f in run.files))}
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "mlspeclint",
                        "version": __version__,
                        "semanticVersion": __version__,
                        "rules": [
                            _rule(code, names[code], rows.get(code), known) for code in rules
                        ],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {
                    ROOT: {"description": {"text": "The root of the repository."}}
                },
                "artifacts": [
                    {"location": _artifact(file, root), "roles": ["analysisTarget"]}
                    for file in files
                ],
                "results": [
                    _result(finding, rules[finding.code], files[finding.file], root)
                    | _compared(finding, run)
                    for finding in findings
                ],
            }
        ],
    }
    return dumps(log, indent=2) + "\n"


def _rules_of(findings: Sequence[Finding]) -> tuple[Rule, ...]:
    """Our rules, and those of an organisation that have found something."""
    own = {each.rule.code: each.rule for each in findings if each.rule and each.rule.origin}
    return (*RULES, *own.values())


def _rule(code: str, name: str, row: Json | None, rules: Sequence[Rule]) -> Json:
    """A rule as the report tells it; of one that is not in the catalogue, no more than its name is known."""
    if row is None:
        text = {"text": _sentence(name)}
        return {
            "id": code,
            "name": name,
            "shortDescription": text,
            "fullDescription": text,
            "help": text,
        }
    rule = find_rule(code, rules)
    page = rule.page if rule else page_of(code)
    markdown = shown_page(page) if rule and rule.origin else page
    level = row["severity"]
    link = {"helpUri": rule.docs} if rule and rule.docs else {}
    return {
        "id": code,
        "name": name,
        "shortDescription": {"text": _cut(row["summary"])},
        "fullDescription": {"text": _cut(_what_it_does(page))},
        "help": {"text": explained(code, Style(), rules), "markdown": markdown},
        **link,
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": ["machine-learning", code.rstrip("0123456789")],
            "precision": PRECISION.get(row["basis"], "very-high"),
            "problem.severity": PROBLEMS[level],
        },
    }


def _what_it_does(page: str) -> str:
    """The first section of a page, on one line."""
    _, _, rest = page.partition("## What it does\n")
    return " ".join(rest.partition("\n## ")[0].split())


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _result(finding: Finding, rule: int, file: int, root: str) -> Json:
    told = [finding.message, *(f"{label}: {text}" for label, text in notes(finding))]
    result: Json = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": finding.severity,
        "message": {"text": "\n".join(_sentence(each) for each in told)},
        "locations": [_location(finding, finding.path, finding.range, finding.label, file, root)],
        "partialFingerprints": {"mlspeclint/v1": finding.fingerprint},
        # None has any unless all have them: an empty list says that a result is not suppressed.
        "suppressions": _suppressions(finding),
        "properties": {
            "outcome": finding.outcome,
            "basis": finding.basis or None,
            "policy": [safe(text) for text in finding.policy],
        },
    }
    if finding.since is not None:
        result["properties"]["since"] = safe(finding.since.text)
    if finding.related:
        result["relatedLocations"] = [
            _location(finding, each.path, each.range, each.label, file, root)
            for each in finding.related
        ]
        # GitHub shows related places only where a message links to them, but steps through a flow.
        flow = [*result["relatedLocations"], *result["locations"]]
        steps = [{"location": location} for location in flow]
        result["codeFlows"] = [{"threadFlows": [{"locations": steps}]}]
    if fix := finding.fix:
        artifact = _artifact(finding.file, root) | {"index": file}
        result["fixes"] = [_fix(fix, finding, artifact)]
    return result


def _fix(fix: Fix, finding: Finding, artifact: Json) -> Json:
    title = fix.title if fix.safe else f"{fix.title} (not safe: it may change what is meant)"
    replacements = [
        {"deletedRegion": _region(place), "insertedContent": {"text": text}}
        for place, text in fix.replacements(finding.source)
    ]
    change = {"artifactLocation": artifact, "replacements": replacements}
    return {"description": {"text": _sentence(title)}, "artifactChanges": [change]}


def _suppressions(finding: Finding) -> list[Json]:
    waiver = finding.waived
    if waiver is None:
        return []
    by = f" by {waiver.by}" if waiver.by else ""
    until = f" until {waiver.until}" if waiver.until else ""
    reason = safe(f"waived{by}{until}: {waiver.reason}")
    kind = "external" if waiver.via == "baseline" else "inSource"
    return [{"kind": kind, "status": "accepted", "justification": reason}]


def _compared(finding: Finding, run: Run) -> Json:
    """How a result compares with those of a revision or of a baseline. All results say so, or none."""
    if finding.since is not None:
        return {"baselineState": "updated" if finding.since.before else "new"}
    if run.baseline is not None:
        known = finding.waived is not None and finding.waived.via == "baseline"
        return {"baselineState": "unchanged" if known else "new"}
    return {}


def _location(
    finding: Finding, path: str, place: Range | None, label: str, file: int, root: str
) -> Json:
    artifact: Json = _artifact(finding.file, root) | {"index": file}
    location: Json = {"physicalLocation": {"artifactLocation": artifact, "region": _region(place)}}
    if path:
        location["logicalLocations"] = [{"fullyQualifiedName": safe(path), "kind": "property"}]
    if label:
        location["message"] = {"text": _plain(label)}
    return location


def _region(place: Range | None) -> Json:
    if place is None:
        return {"startLine": 1}  # GitHub refuses a result without a line
    return {
        "startLine": place.start[0],
        "startColumn": place.start[1],
        "endLine": place.end[0],
        "endColumn": place.end[1],
    }


def _artifact(file: str, root: str) -> Json:
    path = below(root, file)
    try:
        uri = quote(os.fsencode(path))
    except UnicodeEncodeError:  # no name of a file here: one that was given for standard input
        uri = quote(path.encode("utf-8", "surrogatepass"))
    if os.path.isabs(path):  # noqa: PTH117 - it has forward slashes on every system
        return {"uri": f"file:///{uri.lstrip('/').replace('%3A', ':', 1)}"}
    return {"uri": uri, "uriBaseId": ROOT}


def _sentence(text: str) -> str:
    text = _plain(text)
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _plain(text: str) -> str:
    """The text on one line, in which nothing is a link: in a message of SARIF, `[text](target)` is one."""
    text = safe(text)
    if "](" in text:
        text = text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return text
