"""The JSON Schema of the format (draft 2020-12), for editors and other tools, made from the definition."""

from __future__ import annotations

import json
from typing import Any

from mlspeclint.spec.definition.base import SLUG
from mlspeclint.spec.describe import FieldShape, SectionShape, Shape, describe
from mlspeclint.spec.kinds import KINDS, LARGEST, Kind
from mlspeclint.spec.patterns import END, pattern

ABSENCE = {
    "fact": "Absent: not known, rules that need it are undecided.",
    "duty": "Absent: counts as not done.",
}
EXAMPLES: dict[str, list[Any]] = {
    "count": [12000, "12k", "10k..20k", ">= 10k", "unknown"],
    "number": [0.95, "95%", "0.9..0.95", "unknown"],
    "positive": [12.5, "10..15", "unknown"],
    "fraction": [0.95, "95%", "95%..97%", "unknown"],
    "signed_fraction": [0.72, "0.6..0.8", "unknown"],
    "money": [1.2, "20k", "0.35..0.50 USD", "unknown"],
    "duration": ["90 min", "6 h", "2 weeks", "P7D", "20..30 h", "unknown"],
    "cadence": ["weekly", "never", "3 months", "unknown"],
    "size": ["512 MB", "2 GiB", "unknown"],
    "date": ["2027-03-01", "unknown"],
}


def json_schema() -> dict[str, Any]:
    """The schema of a spec."""
    root = describe()
    definitions: dict[str, Any] = {name: _quantity(kind) for name, kind in KINDS.items()}
    schema = _section(root, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": "It accepts two things that mlspeclint does not, because a schema cannot say "
        "them: a range that runs backwards, and amounts in several currencies.",
        "title": "ml-project.yaml",
        **schema,
        "$defs": dict(sorted(definitions.items())),
    }


def json_schema_text() -> str:
    """The schema as it is committed."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _quantity(kind: Kind) -> dict[str, Any]:
    noun = kind.noun.split(" ", 1)[1]
    schema: dict[str, Any] = {
        "title": noun,
        "description": f"{kind.noun[0].upper()}{kind.noun[1:]} such as {kind.example}; a range such as "
        f"{EXAMPLES[kind.name][-2]} and `unknown` are values too.",
        "examples": EXAMPLES[kind.name],
    }
    if kind.bare:
        schema["type"] = ["integer" if kind.whole else "number", "string"]
        schema["minimum"] = max(kind.low, -LARGEST)
        schema["maximum"] = min(kind.high, LARGEST)
    else:
        schema["type"] = "string"
    schema["pattern"] = pattern(kind)
    return schema


def _section(section: SectionShape, definitions: dict[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "description": section.description,
        "type": "object",
        "properties": {field.name: _field(field, definitions) for field in section.fields},
        "patternProperties": {"^x-": {}},
        "additionalProperties": False,
    }
    needed = [field.name for field in section.fields if field.absence == "required"]
    if needed:
        schema["required"] = needed
    if section.trained:
        # `training` is told of deep learning only.
        untrained = {"enum": ["rules", "statistics", "classical_ml"]}
        schema["if"] = {"properties": {"family": untrained}, "required": ["family"]}
        schema["then"] = {"properties": {"training": False}}
    return schema


def _field(field: FieldShape, definitions: dict[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = {"title": field.name, "description": _description(field)}
    if field.default is not None:
        schema["default"] = field.default
    if field.examples:
        schema["examples"] = field.examples
    return schema | _shape(field.shape, definitions)


def _description(field: FieldShape) -> str:
    parts = [field.description]
    if field.unit:
        parts.append(f"Unit: {field.unit}.")
    if field.default is not None:
        parts.append(f"Absent: {json.dumps(field.default)} is assumed.".replace('"', ""))
    elif field.absence in ABSENCE:
        parts.append(ABSENCE[field.absence])
    return " ".join(parts)


def _shape(shape: Shape, definitions: dict[str, Any]) -> dict[str, Any]:
    match shape.name:
        case "quantity" if shape.kind:
            return {"$ref": f"#/$defs/{shape.kind.name}"}
        case "choice":
            return {"enum": [*shape.options, *(["unknown"] if shape.unknown else [])]}
        case "flag":
            return {"enum": [True, False, "unknown"]}
        case "slug":
            pattern_of_names = SLUG.removesuffix("$") + END
            return {"type": "string", "pattern": pattern_of_names, "not": {"const": "unknown"}}
        case "version":
            return {"const": 1}
        case "section" if shape.section:
            definitions[shape.section.name] = _section(shape.section, definitions)
            reference = {"$ref": f"#/$defs/{shape.section.name}"}
            return {"anyOf": [reference, {"const": "unknown"}]} if shape.unknown else reference
        case "list" if shape.item:
            items = {"type": "array", "items": _shape(shape.item, definitions)}
            return {"anyOf": [items, {"const": "unknown"}]}
    return {"type": "string"}
