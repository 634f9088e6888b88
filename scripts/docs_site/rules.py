"""A page for each rule, a page for each group, and the table of all rules."""

from __future__ import annotations

import re
from inspect import cleandoc
from typing import TYPE_CHECKING, Any

from docs_site.command import TODAY, output
from docs_site.fields import is_quantity
from docs_site.knowledge import figures, limit_rows, limits_of, works
from docs_site.sums import sums
from docs_site.text import ORPHAN, block, cells, code, escaped, hidden, in_cell
from mlspeclint.report.catalogue import catalogue, page_of
from mlspeclint.rules import RULES, find_rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mlspeclint.rules.rule import Rule

GROUPS = {
    "SPC": (
        "The file itself",
        "What cannot be read, what the format does not have, what cannot all be true. No other rule "
        "judges a spec of which that holds, and none of these can be waived.",
    ),
    "DAT": (
        "Data volume",
        "How much data an approach takes, which simpler methods to measure first, and what a number of "
        "examples can tell.",
    ),
    "LBL": (
        "Labels",
        "Much data is no help unlabelled, and labelling takes money, time and care.",
    ),
    "CST": (
        "Budget, infrastructure and total cost",
        "Cost and benefit must add up, and the machines must be there.",
    ),
    "XPL": ("Explanations", "Where transparency is owed, a black box cannot give it."),
    "RTR": ("Retraining", "Where the world moves fast, a model has to be replaced fast."),
    "DOM": ("Simpler ways first", "What rules, statistics or classical models may do as well."),
    "TGT": (
        "Expectations",
        "What a target asks for, what can be shown, and what is there already.",
    ),
    "TRF": (
        "Transfer learning",
        "A pretrained network saves data, and brings along what it knows.",
    ),
    "ETH": ("People", "An insight so clever that it frightens is no success."),
    "HYP": (
        "Motivation",
        "A network because it is the fashion answers no question of the business.",
    ),
    "EVD": (
        "Evidence in the repository",
        "What is declared, compared with what lies beside the spec, with `--evidence` only.",
    ),
    "WVR": ("Waivers", "What was accepted for a time, and how much of the time is left."),
    "POL": ("Policy", "What an organisation demands of its specs, by its configuration."),
}
"""The title of each group, and what it is about."""

REQUIRED = {
    "mlspec": "mlspec: 1\n",
    "project": "project: {name: example}\n",
    "task": "task: {type: classification, modality: tabular}\n",
    "approach": "approach: {family: deep_learning}\n",
}
"""The sections that every spec has, for the examples of pages, which leave them out."""

BESIDE = {"EVD007": {"requirements.txt": b"pandas\nscikit-learn\n"}}
"""What the page of a rule says in words that lies beside its example."""
CONFIGURATION = re.compile(r"^```toml\n(.*?)^```$", re.DOTALL | re.MULTILINE)
TABLES = {
    "laws.md": "laws to check",
    "explanation-levels.md": "levels of explanation",
    "accelerators.md": "accelerators and prices",
}
"""The pages of tables behind rules."""
ESTIMATED = ("CST401", "CST402", "CST403", "CST405", "CST406", "CST410", "RTR602")
"""Rules that take from a table what a plan does not say of its machines."""

FENCE = re.compile(r"^```yaml\n(.*?)^```\n?", re.DOTALL | re.MULTILINE)

BASES = {
    "arithmetic": "it follows from the declared numbers",
    "measured": "it rests on published comparisons",
    "regulation": "it rests on law, dated; a thing to check, no legal advice",
    "convention": "it is common practice or a judgement, and so never above a warning",
    "policy": "an organisation demands it",
}


def pages(reasons: Mapping[str, tuple[str, list[str]]]) -> Iterator[tuple[str, str]]:
    """All pages, by their path in the site. `reasons`: the title of each, and the rules that look for it."""
    rows = catalogue()
    known = {row["code"]: row["name"] for row in rows}
    for row in rows:
        yield f"rules/{row['code']}.md", _page(row, known, reasons)
    groups = list(dict.fromkeys(each[:3] for each in known))
    for group in groups:
        yield f"rules/{group}.md", _group(group, [row for row in rows if row["code"][:3] == group])
    yield "rules/index.md", _index(groups, rows)


def _page(
    row: dict[str, Any],
    known: Mapping[str, str],
    reasons: Mapping[str, tuple[str, list[str]]],
) -> str:
    number, group = row["code"], row["code"][:3]
    rule = find_rule(number)
    lines = [
        f"# {number} {escaped(row['name'])}",
        "",
        f"[Rules](index.md) › [{GROUPS[group][0]} ({group})]({group}.md)",
        "",
        *_metadata(row, number, reasons),
        *_body(number, rule.page if rule else page_of(number)),
    ]
    if rule:
        lines += [*_reads(rule), *_yielding(rule, known), *_limits(number)]
        for topic in rule.figures:
            lines += [
                f"## Published results: {topic.replace('_', ' ')}",
                "",
                *figures(topic, level=3),
            ]
        if rule.sources:
            lines += ["## Sources", "", *works(rule.sources)]
    lines += _waiving(row)
    return ORPHAN + "\n".join(lines)


def _metadata(
    row: dict[str, Any], number: str, reasons: Mapping[str, tuple[str, list[str]]]
) -> list[str]:
    basis = f"{row['basis']}: {BASES[row['basis']]}" if row["basis"] else "the file itself"
    state = "on" if row["state"] == "on" else "only with `--evidence`"
    facts = [
        ("Severity", f"[{row['severity']}](../findings.md#severity), at most"),
        ("Basis", f"[{escaped(basis)}](../findings.md#basis)"),
        ("State", state),
    ]
    if row["as_of"]:
        facts.append(("As of", escaped(row["as_of"])))
    because = [
        f"{name} ({escaped(title)})" for name, (title, codes) in reasons.items() if number in codes
    ]
    if because:
        facts.append(("Reason", f"[{', '.join(because)}](../reasons.md)"))
    tables = [f"[{TABLES[page]}](../{page})" for page in _tables(row)]
    if tables:
        facts.append(("Tables", ", ".join(tables)))
    if number in sums():
        links = [f"[{escaped(title)}](../calculations/{page})" for title, page in sums()[number]]
        facts.append(("Computed", ", ".join(links)))
    return [f"- **{name}**: {text}" for name, text in facts] + [""]


def _tables(row: dict[str, Any]) -> Iterator[str]:
    if row["basis"] == "regulation":
        yield "laws.md"
    if row["code"][:3] == "XPL":
        yield "explanation-levels.md"
    if row["code"] in ESTIMATED:
        yield "accelerators.md"


def _body(number: str, page: str) -> list[str]:
    """The page of a rule, with what the command really says below each of its examples."""
    before, _, rest = page.partition("## Example\n")
    example, _, after = rest.partition("\n## ")
    shown = iter(("Reported", "Not reported"))
    beside = dict(BESIDE.get(number, {}))
    if found := CONFIGURATION.search(example):
        beside["pyproject.toml"] = found[1].encode()
    lines = [before, "## Example", ""]
    end = 0
    for fence in FENCE.finditer(example):
        lines += [example[end : fence.start()].strip(), ""]
        end = fence.end()
        for title in shown if number == "SPC002" else [next(shown)]:
            data = _example(number, fence[1], broken=title == "Reported")
            lines += _shown(number, title, data, beside)
    return [*lines, example[end:].strip(), "", f"## {after}", ""]


def _example(number: str, text: str, *, broken: bool) -> bytes:
    """A whole spec from the fragment on a page."""
    present = {line.split(":")[0] for line in text.splitlines()}
    if "mlspec" not in present:
        text = "".join(part for key, part in REQUIRED.items() if key not in present) + text
    return text.encode("latin-1" if broken and number == "SPC002" else "utf-8")


def _shown(number: str, title: str, data: bytes, beside: Mapping[str, bytes]) -> list[str]:
    # A waiver is unused where the rule that it waives is not looked at.
    selected = "WVR,LBL303" if number[:3] == "WVR" else number
    options = ["--select", selected]
    # A plan with a beginning is judged from there; `--today` would move it to a later day.
    options += [] if b"created:" in data else ["--today", TODAY]
    options += ["--evidence"] if number[:3] == "EVD" else []
    said = output("check", *options, files={"ml-project.yaml": data, **beside})
    if (f"[{number}]" in said) != (title == "Reported"):
        raise ValueError(f"the example of {number} is not {title.lower()}:\n{said}")
    encoding = "latin-1" if _is_latin(data) else "utf-8"
    command = f"$ mlspeclint check ml-project.yaml {' '.join(options)}\n"
    note = ", saved as Latin-1" if encoding == "latin-1" else ""
    return [
        f"**{title}**{note}:",
        "",
        *block(data.decode(encoding), "yaml"),
        *block(command + said, "console"),
    ]


def _is_latin(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return True
    return False


def _reads(rule: Rule) -> list[str]:
    facts = rule.reads if rule.flips is None else rule.flips
    tried = {path for path in facts if rule.flips is not None or is_quantity(path)}
    rows = [
        (
            f"[{code(path)}](../fields/{path}.md)",
            "yes" if path in tried else "no",
            in_cell(escaped(label)) or "—",
        )
        for path, label in rule.reads.items()
    ]
    title = "What it reads, and what clears it" if tried else "What it reads"
    lines = [f"## {title}", "", "A finding marks these places.", ""]
    if not tried:
        return [*lines, *cells(("Field", "What a finding says of it"), [row[::2] for row in rows])]
    lines[2] += (
        " *Clears when* tries the facts with a yes, one at a time, and names the value from which "
        "on the rule is clear whatever the ranges hold."
    )
    return [*lines, *cells(("Field", "Tried", "What a finding says of it"), rows)]


def _yielding(rule: Rule, known: Mapping[str, str]) -> list[str]:
    """To which rules it yields, and which yield to it."""
    lines = [
        f"- It yields to [{other} {escaped(known[other])}]({other}.md){_unless(cause)}."
        for other, cause in rule.yields_to.items()
    ]
    lines += [
        f"- [{each.code} {escaped(each.name)}]({each.code}.md) yields to "
        f"it{_unless(each.yields_to[rule.code])}."
        for each in RULES
        if rule.code in each.yields_to
    ]
    if not lines:
        return []
    return [
        "## One cause, one finding",
        "",
        "Where a rule with an outcome that is at least as strong reports the same cause, the finding is "
        "left out:",
        "",
        *lines,
        "",
    ]


def _unless(cause: Any) -> str:
    if callable(cause):
        what = cleandoc(cause.__doc__).partition(":")[0]
        return f", unless it would stand for {what[0].lower()}{what[1:]}"
    facts = [f"{code(path)} at {value:g}" for path, value in cause.items()]
    return f", unless it would stand with {' and '.join(facts)}" if facts else ""


def _limits(number: str) -> list[str]:
    names = limits_of(number)
    if not names:
        return []
    return [
        "## Limits",
        "",
        "A [configuration](../configuration.md) can set them by name, under `limits`; all are "
        "[in one table](../limits.md).",
        "",
        *limit_rows(names, linked=True),
    ]


def _waiving(row: dict[str, Any]) -> list[str]:
    lines = ["## To live with it", ""]
    if not row["waivable"]:
        return [*lines, "It cannot be waived.", ""]
    return [
        *lines,
        "A team that decides to live with a finding says so in the spec, with a reason, a name and a last "
        "day:",
        "",
        *block(
            f"waivers:\n  - rule: {row['code']}\n    reason: why it is accepted\n    by: who decided it\n"
            f"    until: 2027-06-30",
            "yaml",
        ),
        "or on the line:",
        "",
        *block(
            f"# mlspeclint: ignore[{row['code']}] until=2027-06-30 -- why it is accepted", "yaml"
        ),
        f"To leave the rule out of a run: `--ignore {row['code']}`, or {code(row['name'])}.",
        "",
    ]


def _group(group: str, rows: list[dict[str, Any]]) -> str:
    title, about = GROUPS[group]
    return "\n".join([f"# {title} ({group})", "", about, "", *_table(rows)])


def _table(rows: list[dict[str, Any]]) -> list[str]:
    return cells(
        ("Rule", "Severity", "Basis", "What it does"),
        [
            (
                f"[{row['code']}]({row['code']}.md) {escaped(row['name'])}",
                row["severity"],
                row["basis"] or "the file",
                in_cell(row["summary"]),
            )
            for row in rows
        ],
    )


def _index(groups: list[str], rows: list[dict[str, Any]]) -> str:
    lines = [
        "# Rules",
        "",
        f"All {len(rows)} rules, by group. `mlspeclint explain CODE` shows the page of a rule in "
        "the terminal, `mlspeclint rules` this table. The address of a page is `rules/CODE.html`; "
        "`rules/NAME.html` leads there.",
        "",
        *hidden(groups),
    ]
    for group in groups:
        title, about = GROUPS[group]
        lines += [f"## [{title} ({group})]({group}.md)", "", about, ""]
        lines += _table([row for row in rows if row["code"][:3] == group])
    return "\n".join(lines)
