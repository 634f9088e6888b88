"""What the rules know: limits, published results, machines, laws, levels of explanation; its sources."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from math import inf
from typing import TYPE_CHECKING, Any

from docs_site.text import cells, cited, code, escaped, hidden, in_cell, prose
from mlspeclint.knowledge._bibliography import SOURCES
from mlspeclint.knowledge.limits import LEVELS_PREFIX
from mlspeclint.knowledge.pages import source, table
from mlspeclint.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TABLES = "mlspeclint.knowledge"


@cache
def _all(folder: str) -> dict[str, dict[str, Any]]:
    """All tables of a folder of `knowledge/`, by topic."""
    found = (files(TABLES) / folder).iterdir()
    names = sorted(each.name for each in found if each.name.endswith(".toml"))
    return {
        name.removesuffix(".toml"): tomllib.loads(
            (files(TABLES) / folder / name).read_text(encoding="utf-8")
        )
        for name in names
    }


def topics() -> list[str]:
    """The tables of published results."""
    return list(_all("measured"))


def limits() -> dict[str, dict[str, Any]]:
    """The limits that rules compare with, by name."""
    return _all("curated")["thresholds"]


def limits_of(number: str) -> list[str]:
    """The names of the limits that a rule compares with."""
    return [name for name, entry in limits().items() if entry["rule"] == number]


def pages() -> Iterator[tuple[str, str]]:
    """All pages, by their path in the site."""
    yield "bibliography.md", _bibliography()
    yield "limits.md", _limits_page()
    yield "explanation-levels.md", _levels()
    yield "accelerators.md", _accelerators()
    yield "laws.md", _laws()
    for topic in topics():
        yield f"evidence/{topic}.md", _evidence(topic)
    yield "evidence/index.md", _evidence_index()


def figures(topic: str, level: int) -> list[str]:
    """A table of published results: what was counted, how, and the counts."""
    content = table(topic)
    lines = [f"**{escaped(content['title'])}**", ""]
    for key, label in (("counted", "Counted"), ("how", "How"), ("limits", "Limits")):
        lines += [f"- {label}: {prose(content[key])}"]
    if not content["discriminates"]:
        lines.append("- The size does not tell which way a comparison goes.")
    script = content.get("computed_by", "scripts/build_knowledge.py")
    lines += [
        f"- Computed by {code(script)} from {', '.join(map(code, content['evidence']))}, as of "
        f"{escaped(content['as_of'])}. Licence: {escaped(content['licence'])}.",
        f"- Sources: {cited(content['sources'])}",
        "",
    ]
    tables = {name: rows for name, rows in content.items() if _is_table(rows)}
    for name, rows in tables.items():
        if len(tables) > 1:
            lines += [f"{'#' * level} {name.replace('_', ' ').capitalize()}", ""]
        lines += _rows(rows)
    return lines


def _is_table(rows: Any) -> bool:
    return isinstance(rows, list) and bool(rows) and isinstance(rows[0], dict)


def _rows(rows: list[dict[str, Any]]) -> list[str]:
    """Rows with a column for every key: words first, numbers to the right."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    columns.sort(key=lambda column: not isinstance(rows[0].get(column), str))
    numbers = sum(not isinstance(rows[0].get(column), str) for column in columns)
    head = [escaped(column.replace("_", " ")) for column in columns]
    shown = [[_cell(row.get(column)) for column in columns] for row in rows]
    return cells(head, shown, right=numbers)


def _cell(value: Any) -> str:
    if value is None:
        return "—"
    if isinstance(value, float) and value == inf:
        return "no limit"
    if isinstance(value, list):
        return in_cell("..".join(_cell(each) for each in value))
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return in_cell(
        escaped(f"{value:,g}" if isinstance(value, float) and value >= 1e4 else str(value))
    )


def works(names: Iterable[str]) -> list[str]:
    """Entries of the bibliography, as a list with links."""
    return [*(f"- {cited([name])}: {_work(name)}" for name in names), ""]


def _work(name: str) -> str:
    work = source(name)
    text = escaped(f"{work.authors}: {work.title}. {work.venue}, {work.year}.")
    link = work.link or (work.identifier if work.identifier.startswith("https://") else "")
    if link:
        return f"{text} <{link}>"
    return f"{text} {escaped(work.identifier)}".rstrip()


def _bibliography() -> str:
    lines = [
        "# Bibliography",
        "",
        f"The {len(SOURCES)} sources that rules, limits and tables name, by their ids, with those "
        "that cite them. `convention` stands for a judgement of this project.",
        "",
    ]
    for name in sorted(SOURCES):
        lines += [f"(source-{name})=", f"**{escaped(name)}**: {_work(name)}", ""]
        used = _used(name)
        if used:
            lines += [f"Cited by {', '.join(used)}.", ""]
    return "\n".join(lines)


def _used(name: str) -> list[str]:
    """Links to the rules, limits and tables that rest on a source."""
    used = [f"[{rule.code}](rules/{rule.code}.md)" for rule in RULES if name in rule.sources]
    used += [
        f"limit [{escaped(limit)}](#limit-{limit})"
        for limit, entry in limits().items()
        if name in entry["sources"]
    ]
    used += [
        f"table [{escaped(topic.replace('_', ' '))}](evidence/{topic}.md)"
        for topic, content in _all("measured").items()
        if name in content["sources"]
    ]
    return used


def limit_rows(names: Iterable[str], *, linked: bool) -> list[str]:
    """A table of limits; with `linked` the names lead to the table of all of them."""
    rows = []
    for name in names:
        entry = limits()[name]
        rows.append(
            (
                f"[{code(name)}](#limit-{name})" if linked else f"{code(name)}{{#limit-{name}}}",
                _cell(entry["value"]),
                in_cell(escaped(entry["unit"])),
                in_cell(
                    f"{escaped(entry['basis'].capitalize())}: {prose(entry['note'])} "
                    f"({cited(entry['sources'])}, {entry['as_of']})"
                ),
            )
        )
    return cells(("Name", "Value", "Unit", "Where it comes from"), rows)


def _limits_page() -> str:
    lines = [
        "# Limits",
        "",
        f"The {len(limits())} limits with which rules compare, by name. A "
        "[configuration](configuration.md) can set them: a number, or `[low, high]` where the "
        "value is a range. Each is listed with the rule that it was made for; sums such as the "
        "total cost use those of computing, too.",
        "",
    ]
    for number in dict.fromkeys(entry["rule"] for entry in limits().values()):
        lines += [f"## {number}", ""]
        lines += limit_rows(limits_of(number), linked=False)
    return "\n".join(lines)


def _levels() -> str:
    content = _all("curated")["explanation_levels"]
    names = content["names"]

    def shown(value: Any) -> str:
        low, high = value if isinstance(value, list) else (value, value)
        ends = [f"{names[low]} ({low})", f"{names[high]} ({high})"]
        return escaped(" to ".join(dict.fromkeys(ends)))

    rows = [
        (
            ", ".join(code(f"{LEVELS_PREFIX}{kind}") for kind in entry["kinds"] or [name]),
            shown(entry["level"]),
            shown(entry["validated"]),
            shown(entry["validated_inherent"]) if "validated_inherent" in entry else "—",
        )
        for name, entry in content.items()
        # Of what nobody has named nothing can be set.
        if isinstance(entry, dict) and name != "unknown"
    ]
    levels = ", ".join(f"{name} {level}" for level, name in enumerate(names))
    return "\n".join(
        [
            "# Levels of explanation",
            "",
            f"How far an approach can be explained: {levels}. The rules XPL501 to XPL504 compare "
            "the level that is required (`explainability.required`) with the one that the "
            f"approach reaches. It is a convention of this project ({cited(content['sources'])}, "
            f"as of {content['as_of']}); a [configuration](configuration.md) can set the levels by "
            "these names. An algorithm that is not named, or not known, reaches anything from 0 "
            "to 4.",
            "",
            *cells(
                (
                    "Algorithms, by the name of their limit",
                    "Level",
                    "Validated",
                    "Validated, method inherent",
                ),
                rows,
            ),
            "*Validated*: somebody tested that the explanations are faithful (`explainability.validated`). "
            "*Method inherent*: the model can be read itself (`explainability.method`).",
            "",
        ]
    )


def _accelerators() -> str:
    content = _all("curated")["accelerators"]

    def ends(value: Any, scale: float = 1) -> str:
        low, high = (f"{end / scale:g}" for end in value)
        return low if low == high else f"{low}..{high}"

    rows = [
        (
            code(name),
            ends(entry["memory_gb"]),
            ends(entry["peak_flops"], 1e12),
            ends(entry["price_usd"]),
            in_cell(escaped(f"{entry['price_from']}, {entry['as_of']}")),
            cited(entry["sources"]),
        )
        for name, entry in content.items()
    ]
    return "\n".join(
        [
            "# Accelerators and prices",
            "",
            "What is known of each value of `compute.accelerator`, from the slowest and cheapest "
            "version or seller to the other end. It serves where a plan declares no price or no "
            "training time (CST401, CST405, CST410 and the total cost). A price that you declare "
            "goes first: these move.",
            "",
            *cells(
                (
                    "Accelerator",
                    "Memory in GB",
                    "Peak in TFLOP/s, 16 bit",
                    "USD an hour",
                    "Sellers, as of",
                    "Sources",
                ),
                rows,
            ),
        ]
    )


def _laws() -> str:
    lines = [
        "# Laws to check",
        "",
        "What the rules on [explanations](rules/XPL.md) and [people](rules/ETH.md) name. It is "
        "dated, and it is not legal advice: each entry says what to check.",
        "",
    ]
    tables = _all("curated")
    for title, topic in (("Domains", "regulation"), ("Duties towards people", "duties")):
        lines += [f"## {title}", ""]
        for name, entries in tables[topic].items():
            lines += [f"### {escaped(name.replace('_', ' ').capitalize())}", ""]
            for entry in entries:
                note = f" {entry['note']}" if "note" in entry else ""
                lines.append(
                    f"- **{escaped(entry['law'])}** ({escaped(entry['region'])}; "
                    f"{escaped(entry['point'])}): check "
                    f"{escaped(entry['check'])}.{escaped(note)} As of {entry['as_of']}, "
                    f"{cited(entry['sources'])}."
                )
            lines.append("")
    practices = {
        name: entry
        for name, entry in tables["prohibited_practices"].items()
        if isinstance(entry, dict)
    }
    rows = [
        (code(name), str(e["applies"]), in_cell(escaped(f"{e['words']}: {e['law']}, {e['point']}")))
        for name, e in practices.items()
    ]
    lines += [
        "## Prohibited practices",
        "",
        "The values of `people.practices`, for ETH001.",
        "",
        *cells(("Value", "Since", "Law"), rows),
    ]
    return "\n".join(lines)


def _evidence(topic: str) -> str:
    users = [rule for rule in RULES if topic in rule.figures]
    lines = [f"# {topic.replace('_', ' ').capitalize()}", ""]
    if users:
        links = ", ".join(f"[{rule.code}](../rules/{rule.code}.md)" for rule in users)
        lines += [
            f"The rules {links} rest on it." if len(users) > 1 else f"{links} rests on it.",
            "",
        ]
    return "\n".join([*lines, *figures(topic, level=2)])


def _evidence_index() -> str:
    rows = []
    for topic, content in _all("measured").items():
        users = [
            f"[{rule.code}](../rules/{rule.code}.md)" for rule in RULES if topic in rule.figures
        ]
        size = sum(len(value) for value in content.values() if _is_table(value))
        rows.append(
            (
                f"[{escaped(content['title'])}]({topic}.md)",
                ", ".join(users) or "—",
                str(size),
                cited(content["sources"]),
            )
        )
    return "\n".join(
        [
            "# Published results",
            "",
            "Rules of the basis *measured* quote counts from published comparisons. The tables "
            "below were computed from the published files by `scripts/build_knowledge.py` "
            "(learning curves: `scripts/calibrate_curves.py`), which says what counts as a win, a "
            "tie and a loss; each table tells what was counted, how, and what it cannot tell. No "
            "figure here was written by hand.",
            "",
            "A score that was measured on the project's own data always goes before such a count: a "
            "measured baseline, "
            "pilot or learning curve silences the rules that rest on what is usual.",
            "",
            *hidden(topics()),
            *cells(("Table", "Rules", "Rows", "Sources"), rows),
        ]
    )
