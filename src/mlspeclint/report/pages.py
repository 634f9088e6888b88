"""Documentation in the terminal: the page of a rule, or what a field means."""

from __future__ import annotations

import json
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING

from mlspeclint.knowledge.pages import source
from mlspeclint.report.catalogue import catalogue, page_of
from mlspeclint.report.figures import figures
from mlspeclint.report.table import wrapped
from mlspeclint.report.text import safe
from mlspeclint.rules import RULES, find_rule
from mlspeclint.rules.names import (
    EVIDENCE_NAMES,
    POLICY_NAMES,
    SEVERITIES,
    SPEC_NAMES,
    WAIVER_NAMES,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from mlspeclint.report.style import Style
    from mlspeclint.rules.rule import Rule


STATES = {"EVD": "only with --evidence", "POL": "only where a configuration has `require`"}
"""When the checks are made that are not made of every spec."""
ORDINARY = " Absent: not known, rules that need it are undecided."
"""What most fields say; a list of fields is easier to read without it."""


def explained(subject: str, style: Style, rules: Sequence[Rule] = RULES) -> str | None:
    """The documentation of a rule (by code or name), a field or a section; None if there is none.

    `rules` are all that there are, an organisation's own among them.
    """
    rule = find_rule(subject, rules) or find_rule(subject.upper(), rules)
    if rule:
        return _rule_page(rule, style)
    for code, name in (SPEC_NAMES | EVIDENCE_NAMES | POLICY_NAMES | WAIVER_NAMES).items():
        if subject.upper() == code or subject == name:
            head = style.paint(f"{code} {name}", "bold")
            state = STATES.get(code[:3], "cannot be waived")
            return f"{head}\n{SEVERITIES[code]}, {state}\n\n{_body(page_of(code), style)}\n"
    known = dict(fields())
    return _field_page(subject, known[subject], style, rules) if subject in known else None


def nearest(subject: str, rules: Sequence[Rule] = RULES) -> str:
    """A hint at what was probably meant."""
    from difflib import get_close_matches

    names = [row[key] for row in catalogue(rules) for key in ("code", "name")]
    names += [path for path, _ in fields()]
    by_end = [name for name in names if name.rpartition(".")[2] == subject]
    match = by_end or get_close_matches(subject, names, n=1, cutoff=0.6)
    return f": did you mean {' or '.join(match[:4])}?" if match else ""


def policy_section(told: Sequence[str], style: Style) -> str:
    """What a configuration has set of a rule, or demands of a field, as the end of its page."""
    if not told:
        return ""
    lines = ["", style.paint("Policy", "bold"), "", *(f"  {safe(each)}" for each in told)]
    return "".join(f"{line}\n" for line in lines)


def _rule_page(rule: Rule, style: Style) -> str:
    lines = [
        style.paint(f"{rule.code} {rule.name}", "bold"),
        f"{rule.severity}, basis: {rule.basis}",
    ]
    if rule.as_of:
        lines[-1] += f", as of {rule.as_of}"
    if rule.origin:
        lines[-1] += f", from {rule.origin}"
    lines += ["", _body(rule.page, style), "", style.paint("Reads", "bold"), ""]
    lines += [f"  {path}" for path in rule.reads]
    for topic in rule.figures:
        lines += ["", *figures(topic, style)]
    if rule.sources:
        lines += ["", style.paint("Sources", "bold"), ""]
        for each in rule.sources:
            lines += _filled(f"  [{each}] {source(each)}", style.width, "    ")
    return "\n".join(lines) + "\n"


def _body(page: str, style: Style) -> str:
    """A page with bold headings and indented examples: of specs, first what is reported, then what is not."""
    lines: list[str] = []
    prose: list[str] = []
    shown = iter(("# this is reported", "# this is not"))
    code = False
    for line in page.splitlines():
        if prose and (code or not line or line.startswith(("## ", "```", "- "))):
            lines += _paragraph(prose, style.width)
            prose = []
        if line.startswith("```"):
            code = not code
            if lines[-1]:
                lines.append("")
            if line == "```yaml":
                lines.append(f"    {style.paint(next(shown, ''), 'quiet')}")
        elif code:
            lines.append(f"    {line}")
        elif line.startswith("## "):
            lines.append(style.paint(line[3:], "bold"))
        elif line:
            prose.append(line)
        elif lines[-1]:
            lines.append("")
    return "\n".join(lines + _paragraph(prose, style.width))


def _paragraph(lines: list[str], width: int) -> list[str]:
    """Lines of a paragraph, or of an item of a list, for a terminal; where they fit they stay as they are."""
    if not width or all(len(line) <= width for line in lines):
        return lines
    indent = "  " if lines[0].startswith("- ") else ""
    return wrapped(" ".join(line.strip() for line in lines), width, indent)


def _filled(line: str, width: int, indent: str = "") -> list[str]:
    """A line for a terminal, parted where it is too long; what follows is indented."""
    return wrapped(line, width, indent) if width and len(line) > width else [line]


def _schema() -> dict[str, Any]:
    text = files("mlspeclint").joinpath("schemas", "ml-project.v1.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def fields() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every section and field of the format with its schema, by its path."""
    schema = _schema()
    yield from _below(schema, "", schema["$defs"])


def _below(
    section: dict[str, Any], prefix: str, definitions: dict[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, field in section["properties"].items():
        resolved = _resolved(field, definitions)
        yield f"{prefix}{name}", {**resolved, **field, "$kind": resolved}
        item = resolved.get("items")
        inner = _resolved(item, definitions) if item else resolved
        if "properties" in inner:
            yield from _below(inner, f"{prefix}{name}.", definitions)


def _resolved(field: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """What a field may hold, besides `unknown`."""
    choices = field.get("anyOf", [field])
    chosen: dict[str, Any] = next(each for each in choices if each != {"const": "unknown"})
    if "$ref" in chosen:
        chosen = definitions[chosen["$ref"].rpartition("/")[2]]
    return chosen


def _field_page(path: str, field: dict[str, Any], style: Style, rules: Sequence[Rule]) -> str:
    fill = partial(_filled, width=style.width)
    lines = [style.paint(path, "bold"), "", *fill(field["description"]), ""]
    kind = field["$kind"]
    if "properties" in kind:
        lines += [style.paint("Fields", "bold"), ""]
        width = max(map(len, kind["properties"]))
        for name, each in kind["properties"].items():
            told = f"  {name:<{width}}  {each['description'].removesuffix(ORDINARY)}"
            lines += fill(told, indent=" " * (width + 4))
    elif "enum" in field:
        lines += fill(f"One of: {', '.join(str(v).lower() for v in field['enum'])}")
    elif "pattern" in kind and "title" in kind:
        lines += fill(kind["description"])
    if field.get("examples"):
        lines += fill(f"Examples: {', '.join(str(value) for value in field['examples'])}")
    readers = [f"{rule.code} {rule.name}" for rule in rules if path in rule.reads]
    if readers:
        lines += ["", style.paint("Read by", "bold"), "", *(f"  {reader}" for reader in readers)]
    return "\n".join(lines) + "\n"
