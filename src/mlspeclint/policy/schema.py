"""The JSON Schema of a configuration (draft 2020-12), for editors and other tools, from the table of keys.

What it refuses, the reader refuses too. The reader refuses more: names of rules that nobody has declared,
packs that are not there, and limits that cross.
"""

from __future__ import annotations

import json

from mlspeclint.engine.settings import CATALOGUE
from mlspeclint.policy.cel import LONGEST
from mlspeclint.policy.declared import (
    CODE,
    LINK,
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST_EXAMPLES,
    NAME,
    REQUIRED,
)
from mlspeclint.policy.declared import KEYS as DECLARED_KEYS
from mlspeclint.policy.fields import REQUIRABLE
from mlspeclint.policy.keys import (
    FAIL_ON,
    KEYS,
    LEVELS,
    LEVELS_TABLE,
    MAX_ENTRIES,
    MAX_PATTERNS,
    MAX_TEXT,
    PROFILES,
    STAGED,
    STAGES,
)
from mlspeclint.policy.limits import LEVEL_NAMES, level_kinds, limit_kinds
from mlspeclint.policy.patterns import MAX_LENGTH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from mlspeclint.policy.keys import Key
    from mlspeclint.policy.limits import LimitKind

    Json = dict[str, Any]

FILE = "mlspeclint-config.v1.schema.json"
OWN_RULE = "^[A-Za-z][A-Za-z0-9-]*$"
"""A rule that an organisation has declared: a code, a name or a group."""


def config_schema() -> Json:
    """The schema of `.mlspeclint.toml`, of a policy pack, and of `[tool.mlspeclint]` in `pyproject.toml`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": "It accepts what a schema cannot tell: names of rules that nobody has declared, packs "
        "that are not there, intervals that run backwards, and limits that cross "
        "(agreement_low above agreement_good).",
        "title": "mlspeclint configuration",
        "description": "The keys of .mlspeclint.toml, of a policy pack, and of [tool.mlspeclint] in "
        "pyproject.toml.",
        **_table(KEYS),
        "$defs": {
            "rule": _rule(),
            "rules": _list({"$ref": "#/$defs/rule"}),
            "level": {"description": "How bad it is.", "enum": list(LEVELS)},
            "severities": _map({"$ref": "#/$defs/level"}, {"$ref": "#/$defs/rule"}),
            "limits": _limits(),
            "explanation_level": _level(),
            "field": {
                "description": "The path of a section or a field of a spec.",
                "enum": list(REQUIRABLE),
            },
            "fields": _list({"$ref": "#/$defs/field"}),
            "pattern": {
                "description": "A pattern of paths as in .gitignore.",
                "type": "string",
                "minLength": 1,
                "maxLength": MAX_LENGTH,
            },
        },
    }


def config_schema_text() -> str:
    """The schema as it is committed."""
    return json.dumps(config_schema(), indent=2, ensure_ascii=False) + "\n"


def _table(keys: Iterable[Key]) -> Json:
    return {
        "type": "object",
        "properties": {key.name: _key(key) for key in keys},
        "additionalProperties": False,
    }


def _key(key: Key) -> Json:
    schema: Json = {
        "title": key.name,
        "description": f"{key.doc} Of several files: {key.merging}.",
        **_shape(key.kind),
    }
    if key.kind in ("profile", "level"):
        schema["default"] = key.default
    schema["examples"] = [_value(key.example)]
    return schema


def _value(toml: str) -> Any:
    import tomllib

    return tomllib.loads(f"value = {toml}")["value"]


def _shape(kind: str) -> Json:
    match kind:
        case "profile":
            return {"enum": list(PROFILES)}
        case "level":
            return {"enum": list(FAIL_ON)}
        case "rules" | "severities" | "limits" | "fields":
            return {"$ref": f"#/$defs/{kind}"}
        case "packs":
            form = r"^(package:[A-Za-z_][A-Za-z0-9_]*|(?!package:).*\.toml)$"
            return _list({"type": "string", "pattern": form, "maxLength": MAX_TEXT})
        case "rules_by_pattern":
            rules = _map({"$ref": "#/$defs/rules"}, {"$ref": "#/$defs/pattern"})
            return {**rules, "maxProperties": MAX_PATTERNS}
        case "patterns":
            return {**_list({"$ref": "#/$defs/pattern"}), "maxItems": MAX_PATTERNS}
        case "stages":
            return {
                "type": "object",
                "properties": {stage: _table(STAGED) for stage in STAGES},
                "additionalProperties": False,
            }
        case "policies":
            return _list(_declared_rule())
        case "plugins":
            return _list({"type": "string", "minLength": 1, "maxLength": MAX_TEXT})
    raise ValueError(f"there is no kind of keys {kind}")


def _list(item: Json) -> Json:
    return {"type": "array", "items": item, "maxItems": MAX_ENTRIES}


def _map(value: Json, name: Json) -> Json:
    return {
        "type": "object",
        "additionalProperties": value,
        "propertyNames": name,
        "maxProperties": MAX_ENTRIES,
    }


def _rule() -> Json:
    names = [*CATALOGUE, *sorted(CATALOGUE.groups)]
    return {
        "description": "A rule: its code, its name, or the letters of its group.",
        "anyOf": [
            {"enum": names},
            {
                "description": "A rule that the organisation has declared, or that a plug-in brings.",
                "type": "string",
                "pattern": OWN_RULE,
                "maxLength": MAX_TEXT,
            },
        ],
    }


def _declared_rule() -> Json:
    text = {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}
    shapes: dict[str, Json] = {
        "code": {"type": "string", "pattern": f"^{CODE.pattern}$"},
        "name": {"type": "string", "pattern": f"^{NAME.pattern}$", "maxLength": LONGEST_NAME},
        "severity": {"enum": list(LEVELS)},
        "message": text,
        "when": {"type": "string", "minLength": 1, "maxLength": LONGEST},
        "instead": text,
        "docs": {**text, "pattern": f"^{LINK.pattern}$"},
        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        "bad": {"type": "array", "items": {"type": "string"}, "maxItems": MOST_EXAMPLES},
        "good": {"type": "array", "items": {"type": "string"}, "maxItems": MOST_EXAMPLES},
    }
    return {
        "description": "A rule of the organisation.",
        "type": "object",
        "properties": {
            name: {"description": doc, **shapes.get(name, {"type": "string"})}
            for name, doc in DECLARED_KEYS.items()
        },
        "required": list(REQUIRED),
        "additionalProperties": False,
    }


def _limits() -> Json:
    kinds = level_kinds()
    levels = {
        "description": "The explanation level that a kind of algorithm reaches: one level, or "
        "[without validation, validated].",
        "type": "object",
        "properties": {kind: {"$ref": "#/$defs/explanation_level"} for kind in kinds},
        "additionalProperties": False,
    }
    properties = {name: _limit(kind) for name, kind in limit_kinds().items()}
    return {
        "type": "object",
        "properties": {**properties, LEVELS_TABLE: levels},
        "additionalProperties": False,
    }


def _limit(kind: LimitKind) -> Json:
    number: Json = {"type": "number", "exclusiveMinimum": 0, "maximum": kind.high}
    interval: Json = {"type": "array", "items": number, "minItems": 2, "maxItems": 2}
    return {
        "title": kind.name,
        "description": f"{kind.note} Unit: {kind.unit}. Used by {kind.rule}.",
        "default": kind.value,
        **({"anyOf": [number, interval]} if kind.interval else number),
    }


def _level() -> Json:
    level: Json = {
        "anyOf": [
            {"enum": list(LEVEL_NAMES)},
            {"type": "integer", "minimum": 0, "maximum": len(LEVEL_NAMES) - 1},
        ]
    }
    return {
        "description": f"{', '.join(LEVEL_NAMES)}, or a number from 0 to {len(LEVEL_NAMES) - 1}.",
        "anyOf": [level, {"type": "array", "items": level, "minItems": 2, "maxItems": 2}],
    }
