"""The table of rules."""

from __future__ import annotations

from mlspeclint.rules import RULES
from mlspeclint.rules.names import (
    EVIDENCE_NAMES,
    POLICY_NAMES,
    SEVERITIES,
    SPEC_NAMES,
    WAIVER_NAMES,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from mlspeclint.engine.settings import Policy
    from mlspeclint.report.style import Style
    from mlspeclint.rules.rule import Rule


def catalogue(rules: Sequence[Rule] = RULES) -> list[dict[str, Any]]:
    """Every check with its metadata, in the order of the documentation; with an organisation's own rules,
    if they are among `rules`."""
    rows: list[dict[str, Any]] = [_row(code, name) for code, name in SPEC_NAMES.items()]
    rows += [
        {
            "code": rule.code,
            "name": rule.name,
            "severity": rule.severity,
            "basis": rule.basis,
            "state": "policy" if rule.origin else "on",
            "waivable": rule.waivable,
            "reads": list(rule.reads),
            "sources": list(rule.sources),
            "as_of": rule.as_of,
            "summary": summary(rule.page),
            "origin": rule.origin or None,
            "docs": rule.docs or None,
        }
        for rule in rules
    ]
    rows += [_row(code, name) for code, name in EVIDENCE_NAMES.items()]
    rows += [_row(code, name) for code, name in POLICY_NAMES.items()]
    return rows + [_row(code, name) for code, name in WAIVER_NAMES.items()]


def _row(code: str, name: str) -> dict[str, Any]:
    evidence, policy = code in EVIDENCE_NAMES, code in POLICY_NAMES
    asked_for = evidence or policy  # by --evidence, or by a configuration that demands fields
    return {
        "code": code,
        "name": name,
        "severity": SEVERITIES[code],
        "basis": "convention" if evidence else "policy" if policy else None,
        "state": "off" if asked_for else "on",
        "waivable": asked_for,
        "reads": [],
        "sources": [],
        "as_of": None,
        "summary": summary(page_of(code)),
        "origin": None,
        "docs": None,
    }


def set_states(
    rows: list[dict[str, Any]], policy: Policy, changes: Mapping[str, Sequence[str]]
) -> None:
    """Write into each row what a configuration makes of it: its level, whether it is on, off or changed by
    a policy, and what has been changed (`changes`, by code)."""
    for row in rows:
        code = row["code"]
        told = list(changes.get(code, ()))
        if code in policy.severities:
            row["severity"] = policy.severities[code][0]
        idle = code in EVIDENCE_NAMES or (code in POLICY_NAMES and not policy.required)
        reported = code in policy.chosen or (code in SPEC_NAMES and row["severity"] == "error")
        changed = told or row["state"] == "policy"
        row["state"] = "off" if idle or not reported else "policy" if changed else "on"
        row["policy"] = told


def page_of(code: str) -> str:
    """The page of a check that is not a rule over a spec alone. Raises KeyError for another code."""
    from mlspeclint.rules.evidence_pages import EVIDENCE_PAGES
    from mlspeclint.rules.policy_pages import POLICY_PAGES
    from mlspeclint.rules.spec_pages import PAGES
    from mlspeclint.rules.waiver_pages import WAIVER_PAGES

    return (PAGES | EVIDENCE_PAGES | POLICY_PAGES | WAIVER_PAGES)[code].strip()


def summary(page: str) -> str:
    """The first sentence of a page."""
    _, _, rest = page.partition("## What it does\n")
    paragraph = " ".join(rest.partition("\n\n")[0].split())
    return paragraph.partition(". ")[0].removesuffix(".") + "."


def render(rows: list[dict[str, Any]], style: Style) -> str:
    """The table as text; on a terminal a line of it is a line."""
    name = max(len(row["name"]) for row in rows)
    lines = (
        f"{row['code']}  {row['severity']:<7}  {row['state']:<6}  {row['basis'] or 'file':<10}  "
        f"{row['name']:<{name}}  {row['summary']}"
        for row in rows
    )
    return style.fit("".join(f"{_cut(line, style.width)}\n" for line in lines))


def _cut(line: str, width: int) -> str:
    return line if not width or len(line) <= width else f"{line[: width - 1]}…"
