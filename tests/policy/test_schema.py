"""The published schema of the configuration and its reader: what the schema refuses, the reader refuses."""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from mlspeclint.engine.settings import CATALOGUE
from mlspeclint.policy.cel import LONGEST
from mlspeclint.policy.configuration import Configuration
from mlspeclint.policy.declared import LONGEST_TEXT
from mlspeclint.policy.fields import REQUIRABLE
from mlspeclint.policy.keys import KEYS, STAGED, STAGES
from mlspeclint.policy.limits import level_kinds, limit_kinds
from mlspeclint.policy.problem import ConfigProblem
from mlspeclint.policy.reading import read_values
from mlspeclint.policy.schema import FILE, config_schema
from mlspeclint.policy.search import Found

from ..running import ROOT, run

SCHEMA = json.loads((ROOT / "schemas" / FILE).read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)

SCALARS = st.one_of(
    st.sampled_from(
        [True, False, 0, 1, -1, 0.5, 2.0, 1e20, "", " ", "error", "never", "full", "LBL", "note"]
    ),
    st.sampled_from(
        ["project.owner", "alternatives.score", "staged", "package:x", "a.toml", "a/", "x" * 1_100]
    ),
)
NAMES = st.sampled_from(
    [
        *(key.name for key in KEYS),
        *STAGES,
        *list(limit_kinds())[:30:7],
        *level_kinds()[::6],
        "explanation_levels", "overhead", "LBL303", "LBL", "selct", "x", "code", "when",
    ]
)  # fmt: skip
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)


@cache
def likely(key: str) -> st.SearchStrategy[Any]:
    """Values that are nearly right for a key."""
    rules = st.lists(st.sampled_from(["LBL", "LBL303", "no-kpi", "own-rule"]) | SCALARS, max_size=3)
    level = st.sampled_from(["error", "note", "never"]) | SCALARS
    numbers = st.sampled_from([0.3, 0.7, 1, 20]) | SCALARS
    limits = st.dictionaries(
        st.sampled_from(["agreement_good", "overhead", "utilisation", "graph_examples", "nothing"]),
        numbers | st.lists(numbers, min_size=1, max_size=3),
        max_size=2,
    )
    kinds = st.sampled_from(["forest", "prompting", "x"])
    levels = st.dictionaries(kinds, VALUES, max_size=2)
    limits |= st.fixed_dictionaries({"explanation_levels": levels})
    fields = st.lists(st.sampled_from(REQUIRABLE[::20]) | SCALARS, max_size=3)
    severity = st.dictionaries(st.sampled_from(["LBL303", "HYP", "1x", ""]), level, max_size=2)
    staged = {
        "severity": severity,
        "ignore": rules,
        "extend-select": rules,
        "require": fields,
        "limits": limits,
    }
    made = {
        **staged,
        "select": rules,
        "per-path-ignores": st.dictionaries(st.sampled_from(["a/", "*.yaml", ""]), rules, max_size=2),
        "stages": st.dictionaries(
            st.sampled_from(STAGES), st.fixed_dictionaries({}, optional=staged), max_size=2
        ),
    }  # fmt: skip
    return made.get(key, VALUES) | VALUES


@settings(derandomize=True, max_examples=1500, deadline=None)
@given(
    st.sampled_from([key.name for key in KEYS]).flatmap(
        lambda key: st.fixed_dictionaries({key: likely(key)})
    )
)
def test_the_reader_refuses_what_the_schema_refuses(table: dict[str, Any]) -> None:
    try:
        Configuration(Found("/repository/.mlspeclint.toml", table, "/repository"))
    except ConfigProblem:
        return
    assert [error.message for error in VALIDATOR.iter_errors(table)] == []


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert config_schema() == SCHEMA


def test_it_knows_every_key_and_documents_it() -> None:
    properties = SCHEMA["properties"]
    assert list(properties) == [key.name for key in KEYS]
    assert all(len(entry["description"]) > 30 for entry in properties.values())
    for entry in properties.values():
        for example in entry["examples"]:
            assert not list(
                VALIDATOR.evolve(schema={**entry, "$defs": SCHEMA["$defs"]}).iter_errors(example)
            )
    staged = properties["stages"]["properties"]["idea"]["properties"]
    assert list(staged) == [key.name for key in STAGED]


def test_it_knows_every_rule_limit_and_field() -> None:
    definitions = SCHEMA["$defs"]
    names = definitions["rule"]["anyOf"][0]["enum"]
    assert set(names) == {*CATALOGUE, *CATALOGUE.groups}
    assert definitions["field"]["enum"] == list(REQUIRABLE)
    limits = definitions["limits"]["properties"]
    assert list(limits) == [*limit_kinds(), "explanation_levels"]
    assert all("Unit: " in entry["description"] for entry in list(limits.values())[:-1])
    assert set(limits["explanation_levels"]["properties"]) == set(level_kinds())


@pytest.mark.parametrize(
    "text",
    [
        "selct = []",
        "fail-on = 'errors'",
        "severity.LBL303 = 'fatal'",
        "limits.agreement_low = 1.5",
        "limits.agreement_low = 0",
        "limits.agreement_low = [0.5, 0.6]",
        "limits.utilisation = [0.5]",
        "limits.explanation_levels.forest = 'best'",
        "require = ['project.ownr']",
        "stages.prod = {}",
        "stages.idea.select = []",
        "extends = ['acme.yaml']",
        "extends = ['package:a.b']",
        "exclude = ['']",
        "profile = 'strict'",
        "policies = [1]",
        "select = ['no such rule']",
    ],
)
def test_what_a_schema_can_tell_it_tells(text: str) -> None:
    assert not VALIDATOR.is_valid(tomllib.loads(text))


@pytest.mark.parametrize(
    ("key", "right", "wrong"),
    [
        ("message", "m" * LONGEST_TEXT, "m" * (LONGEST_TEXT + 1)),
        ("instead", "m" * LONGEST_TEXT, ""),
        ("when", " " * (LONGEST - 14) + "people.consent", " " * (LONGEST - 13) + "people.consent"),
        ("docs", "https://acme.example/a(b)?c=%7C", "http://acme.example"),
    ],
)
def test_declared_rules_are_bounded_as_the_reader_bounds_them(
    key: str, right: str, wrong: str
) -> None:
    rule = {"code": "ACME101", "name": "x", "severity": "note", "message": "m"}
    rule |= {"when": "people.consent"}
    for value, fits in ((right, True), (wrong, False)):
        table = {"policies": [{**rule, key: value}]}
        assert VALIDATOR.is_valid(table) is fits
        try:
            Configuration(Found("/repository/.mlspeclint.toml", table, "/repository"))
        except ConfigProblem:
            assert not fits
        else:
            assert fits


def test_the_profiles_and_the_documentation_are_valid() -> None:
    import mlspeclint.policy

    folder = Path(mlspeclint.policy.__path__[0]) / "profiles"
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.toml")]
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    shown = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    for text in shown:
        table = tomllib.loads(text)
        tables.append(table.get("tool", {}).get("mlspeclint", {}) if "tool" in table else table)
    assert len(tables) > 20
    for table in tables:
        if "..." not in str(table.get("policies")):
            read_values("x.toml", table)
        assert [error.message for error in VALIDATOR.iter_errors(table)] == []


def test_is_printed() -> None:
    ran = run("schema", "config")
    assert (ran.status, json.loads(ran.out)) == (0, SCHEMA)
    assert json.loads(run("schema", "spec").out) == json.loads(run("schema").out)
    assert run("schema", "other").status == 2
