"""A page for each field of the format, and the table of all sections."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from docs_site.text import ORPHAN, block, cells, code, escaped, hidden, in_cell, prose
from mlspeclint.report.catalogue import catalogue
from mlspeclint.spec.describe import FieldShape, SectionShape, Shape, describe
from mlspeclint.spec.json_schema import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator

VALUES = Path(__file__).resolve().parents[2] / "docs" / "values.toml"

ABSENT = {
    "required": "Every spec has it.",
    "fact": "It is a fact that is not known: the rules that need it are undecided, and nothing is held "
    "against the plan. `unknown` says that somebody asked: the rules report what is possible.",
    "duty": "It is a duty that counts as not done; `unknown` makes the finding a possible one.",
    "prose": "Nothing is said of it.",
}
WHEN_REQUIRED_IN_A_LIST = "Every entry of the list has it."
A_SECTION = "All facts in it are absent; `unknown` makes all of them unknown."
TYPES = {
    "choice": "a word",
    "flag": "true or false",
    "text": "text",
    "slug": "a name",
    "version": "a version",
    "section": "a section",
    "list": "a list",
}


class Field(NamedTuple):
    """A field of the format with its path, and the section that it is in."""

    path: str
    shape: FieldShape
    listed: bool
    """Whether it is in the entries of a list."""

    @property
    def inner(self) -> SectionShape | None:
        """The section that it is, or that the items of its list are."""
        kind = self.shape.shape
        return kind.section or (kind.item.section if kind.item else None)


@cache
def fields() -> dict[str, Field]:
    """Every section and field by its path, in the order of the definition."""
    return {field.path: field for field in _below(describe(), "", listed=False)}


def _below(section: SectionShape, prefix: str, *, listed: bool) -> Iterator[Field]:
    for each in section.fields:
        field = Field(f"{prefix}{each.name}", each, listed)
        yield field
        if field.inner:
            inside = listed or each.shape.name == "list"
            yield from _below(field.inner, f"{field.path}.", listed=inside)


def is_quantity(path: str) -> bool:
    """Whether a field holds a number, an amount, a time or the like."""
    return path in fields() and fields()[path].shape.shape.name == "quantity"


@cache
def meanings() -> dict[str, dict[str, str]]:
    """What the words of each field mean."""
    with VALUES.open("rb") as file:
        return tomllib.load(file)


def meanings_of(path: str) -> dict[str, str]:
    """What the words of a field mean; alternatives are told in the words of the approach."""
    same = {"family": "approach.family", "training": "approach.training", "metric": "target.metric"}
    section, _, name = path.rpartition(".")
    return meanings().get(same[name] if section == "alternatives" and name in same else path, {})


def pages() -> Iterator[tuple[str, str]]:
    """All pages, by their path in the site."""
    for field in fields().values():
        yield f"fields/{field.path}.md", _page(field)
    yield "fields/index.md", _index()


def _page(field: Field) -> str:
    above = field.path.split(".")[:-1]
    trail = ["[Fields](index.md)"]
    trail += [
        f"[{'.'.join(above[: n + 1])}]({'.'.join(above[: n + 1])}.md)" for n in range(len(above))
    ]
    lines = [
        f"# {field.path}",
        "",
        *([" › ".join(trail), ""] if above else []),
        prose(field.shape.description),
        "",
        *_facts(field),
    ]
    if field.inner:
        lines += ["## Fields", "", *_overview(field.path, field.inner)]
    lines += [*_values(field), *_examples(field), *_readers(field.path)]
    head = ORPHAN if above else ""
    return head + "\n".join(lines)


def _facts(field: Field) -> list[str]:
    shape = field.shape
    facts = [("Type", _type(shape.shape))]
    if shape.unit:
        facts.append(("Unit", escaped(shape.unit)))
    elif shape.shape.kind and shape.shape.kind.name == "money":
        facts.append(("Unit", "`budget.currency`"))
    facts.append(("`unknown`", "is accepted" if _takes_unknown(shape.shape) else "is not accepted"))
    if shape.default is not None:
        default = json.dumps(shape.default).strip('"')
        facts.append(
            ("Absent", f"{code(default)} is assumed, and a finding that rests on it says so.")
        )
    elif shape.absence == "required":
        facts.append(("Required", WHEN_REQUIRED_IN_A_LIST if field.listed else ABSENT["required"]))
    elif field.inner:
        facts.append(("Absent", A_SECTION))
    else:
        facts.append(("Absent", ABSENT[shape.absence]))
    return [*(f"- **{name}**: {text}" for name, text in facts), ""]


def _type(shape: Shape) -> str:
    if shape.kind:
        noun = shape.kind.noun.split(" ", 1)[1]
        place = shape.kind.name.replace("_", "-")
        return f"[{noun}](../format.md#{place}), or a [range](../format.md#ranges) of it"
    if shape.item:
        return f"a list of {'sections' if shape.item.section else 'words' if shape.item.options else 'texts'}"
    plain = shape.name in ("choice", "flag", "text", "slug", "version")
    return f"[{TYPES[shape.name]}](../format.md#words-and-text)" if plain else TYPES[shape.name]


def _takes_unknown(shape: Shape) -> bool:
    # Of flags, texts and lists the definition says it in their type.
    return shape.unknown or shape.name in ("flag", "list")


def _overview(path: str, section: SectionShape) -> list[str]:
    absence = {"required": "required", "duty": "not done", "default": "its default"}
    rows = [
        (
            f"[{code(each.name)}]({path}.{each.name}.md)",
            absence.get(each.absence, "not known"),
            in_cell(prose(each.description)),
        )
        for each in section.fields
    ]
    return cells(("Field", "Absent, it is", "What it says"), rows)


def _values(field: Field) -> list[str]:
    shape = field.shape.shape
    options = shape.options or (shape.item.options if shape.item else ())
    if not options:
        return []
    known = meanings_of(field.path)
    if not known:
        return ["## Allowed values", "", ", ".join(map(code, options)), ""]
    rows = [(code(option), in_cell(prose(known[option]))) for option in options]
    return ["## Allowed values", "", *cells(("Value", "Meaning"), rows)]


def _examples(field: Field) -> list[str]:
    """The field as it may be written, each way as a spec has it."""
    shape = field.shape.shape
    if shape.kind:
        values = [*(field.shape.examples or []), *EXAMPLES[shape.kind.name]]
    elif field.shape.examples:
        values = list(field.shape.examples)
    elif shape.options:
        values = [field.shape.default or shape.options[0]]
    elif shape.name == "flag":
        values = [True]
    else:
        return []
    if _takes_unknown(shape) and shape.name != "text" and "unknown" not in values:
        values.append("unknown")
    lines = [
        f"{field.shape.name}: {_written(value)}" for value in dict.fromkeys(map(_written, values))
    ]
    return [
        "## Examples",
        "",
        "Each line is one way to write it:",
        "",
        *block("\n".join(lines), "yaml"),
    ]


def _written(value: object) -> str:
    if isinstance(value, str) and value.startswith((">", "<")):
        return f'"{value}"'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    return f"{value:g}" if isinstance(value, float) else str(value)


@cache
def _rows() -> list[dict[str, Any]]:
    return catalogue()


def _readers(path: str) -> list[str]:
    rows = [row for row in _rows() if path in row["reads"]]
    # What is said of the entries of a list is read with the list.
    if not rows and "." in path:
        head = path.rpartition(".")[0]
        rows = [row for row in _rows() if head in row["reads"]]
    if not rows:
        return []
    return [
        "## Read by",
        "",
        *cells(
            ("Rule", "What it does"),
            [
                (
                    f"[{row['code']} {escaped(row['name'])}](../rules/{row['code']}.md)",
                    in_cell(row["summary"]),
                )
                for row in rows
            ],
        ),
    ]


def _index() -> str:
    top = [field for field in fields().values() if "." not in field.path]
    rows = [
        (
            f"[{code(field.path)}]({field.path}.md)",
            "required" if field.shape.absence == "required" else "optional",
            in_cell(prose(field.shape.description)),
        )
        for field in top
    ]
    needed = [
        code(each.path)
        for each in fields().values()
        if each.shape.absence == "required" and not each.listed and not each.inner
    ]
    lines = [
        "# Fields",
        "",
        f"A spec is a mapping of these sections. {len(needed)} fields are required: {', '.join(needed)}. "
        "How values are written says [the format](../format.md). "
        "`mlspeclint explain FIELD` shows what a field means in the terminal.",
        "",
        *hidden(field.path for field in top),
        *cells(("Section", "Needed", "What it says"), rows),
        "## All fields",
        "",
    ]
    for field in top:
        if field.inner:
            lines += [f"### {field.path}", "", *_all_below(field.path)]
    return "\n".join(lines)


def _all_below(path: str) -> list[str]:
    rows = [
        (f"[{code(each.path)}]({each.path}.md)", in_cell(prose(each.shape.description)))
        for each in fields().values()
        if each.path.startswith(f"{path}.")
    ]
    return cells(("Field", "What it says"), rows)
