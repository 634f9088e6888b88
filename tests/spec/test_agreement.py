"""The definition, the compiled loader and the published schema accept the same documents.

Two things a JSON Schema cannot say, and it accepts: a range that runs backwards, and amounts in several
currencies. (It speaks of JSON, so `.nan` is nothing that it can be asked about either.)
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from mlspeclint.document.parse import parse
from mlspeclint.document.tree import Problem
from mlspeclint.spec import definition
from mlspeclint.spec.describe import FieldShape, SectionShape, Shape, describe
from mlspeclint.spec.load import load

ROOT = Path(__file__).parent.parent.parent
Tree = dict[str, Any]
Step = str | int


@cache
def validator() -> Draft202012Validator:
    text = (ROOT / "schemas" / "ml-project.v1.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


def of_the_loader(tree: object) -> list[Problem]:
    file = parse(json.dumps(tree).encode())
    assert file.problems == ()
    return load(file.documents[0]).problems


def defined(tree: object) -> bool:
    try:
        definition.Spec.model_validate(tree)
    except ValidationError:
        return False
    return True


def beyond_a_schema(problem: Problem) -> bool:
    return problem.code == "SPC010" and not problem.path.endswith("training")


def agree(tree: object) -> bool:
    """Whether all accept the document; fails where they differ."""
    problems = of_the_loader(tree)
    told = [(problem.code, problem.path, problem.message) for problem in problems]
    in_schema = [problem for problem in problems if not beyond_a_schema(problem)]
    assert defined(tree) is (not problems), (tree, told)
    assert validator().is_valid(tree) is (not in_schema), (tree, told)
    return not problems


# Values as they should be.

QUANTITIES: dict[str, list[Any]] = {
    "count": [
        0,
        7,
        12000,
        12.0,
        1e6,
        "12k",
        "1.2M",
        "10k..20k",
        "10..20k",
        ">= 10k",
        "<= 3B",
        "1_000",
    ],
    "number": [0, -3, 0.95, 12.5, "95%", "-1..2", "1e-3", ">= 0.5", 1e30, -1e30],
    "positive": [0, 12.5, 3e18, "1e20", "10..15", "<= 5"],
    "fraction": [0, 1, 0.5, "95%", "95..97%", "0.1..0.2", ">= 90 %"],
    "signed_fraction": [-1, 0, 0.72, "-0.2..0.4", "-20..40%", "<= 0.6"],
    "money": [0, 1.2, "20k", "0.35..0.50 USD", "1_000", ">= 5k USD", "1e3"],
    "duration": ["35 s", "180ms", "2 weeks", "P7D", "PT1H30M", "20..30 h", "<= 1 y"],
    "cadence": ["weekly", "never", "3 months", "daily..weekly", ">= 1 y"],
    "size": ["512 MB", "2GiB", "1..2 TB", "7 B"],
    "date": ["2027-03-01", "2028-02-29", "2027-03-01..2027-06-30", ">= 2027-03-01"],
}
texts = st.sampled_from(
    ["", "a text", "unknown", "12k", "yes", "null", "Ünïcode 🦊", "two\nlines\n", "1.0"]
)
slugs = st.sampled_from(["a", "invoice-routing", "7", "0-", "a" * 64])
extensions: st.SearchStrategy[Tree] = st.dictionaries(
    st.sampled_from(["x-a", "x-", "x-note"]), st.sampled_from([None, 1, "b", {"c": []}]), max_size=1
)


def values(shape: Shape) -> st.SearchStrategy[Any]:
    """What a field of this shape may hold."""
    strategy: st.SearchStrategy[Any]
    match shape.name:
        case "quantity" if shape.kind:
            strategy = st.sampled_from(QUANTITIES[shape.kind.name])
        case "choice":
            strategy = st.sampled_from(shape.options)
        case "flag":
            strategy = st.booleans()
        case "slug":
            return slugs
        case "version":
            return st.sampled_from([1, 1.0])
        case "section" if shape.section:
            strategy = sections(shape.section)
        case "list" if shape.item:
            strategy = st.lists(values(shape.item), max_size=2)
        case _:
            return texts
    takes_unknown = shape.unknown or shape.name in ("flag", "list")
    return st.one_of(strategy, strategy, st.just("unknown")) if takes_unknown else strategy


@st.composite
def sections(draw: st.DrawFn, section: SectionShape) -> Tree:
    """A section with some of its fields, and sometimes keys of its own."""
    optional = [field.name for field in section.fields if field.absence != "required"]
    most = 6 if section.name == "Spec" else 4
    names = (
        draw(st.lists(st.sampled_from(optional), max_size=most, unique=True)) if optional else []
    )
    tree: Tree = {}
    for field in section.fields:
        if field.absence == "required" or field.name in names:
            tree[field.name] = draw(fields()[section.name, field.name])
    if section.trained and tree.get("family") not in ("deep_learning", "unknown"):
        tree.pop("training", None)
    if tree.get("currency", "unknown") != "unknown":
        tree["currency"] = "USD"  # of the amounts in QUANTITIES
    tree.update(draw(extensions))
    return tree


@cache
def fields() -> dict[tuple[str, str], st.SearchStrategy[Any]]:
    return {(section.name, field.name): values(field.shape) for section, field, _ in all_fields()}


@cache
def all_fields() -> list[tuple[SectionShape, FieldShape, tuple[Step, ...]]]:
    """Every field with its section and its path; the first item stands for those of a list."""
    return list(_fields_below(describe(), ()))


def _fields_below(
    section: SectionShape, path: tuple[Step, ...]
) -> Iterator[tuple[SectionShape, FieldShape, tuple[Step, ...]]]:
    for field in section.fields:
        here: tuple[Step, ...] = (*path, field.name)
        yield section, field, here
        inner = field.shape.item or field.shape
        if inner.section:
            yield from _fields_below(inner.section, (*here, 0) if field.shape.item else here)


# Values as they should not be.

ODD: list[Any] = [
    None, True, False, 0, 1, -1, 2, 0.5, 1.5, -0.5, 12.0, 12.5, 95, 1e30, 1.5e30, 1e31, -1e31,
    10**40, -(10**40), "", " ", "?", "unknown", "Unknown", "unknown\n", "none", "yes", "no", "true",
    "1", "12", "12k", "12K", "12 k", "12.5", "0.5", "95%", "150%", "-5", "5 EUR", "5 GBP", "EUR 5",
    "€5", "5 m", "5 min", "6 h", "P7D", "P", "weekly", "Weekly", "never", "512 MB", "512 mb",
    "2027-03-01", "2027-02-29", "2027-03-01T10:00", "1..2", "2..1", "1..2 h", "2..1 h", "1...2",
    "1..", "..2", ">= 5", ">5", "> 5", "<= 5 h", "1_000", "1__0", "007", "1e5", "1.5e5", "1e31",
    "12k\n", "deep_learning", "Deep_Learning", "rules", "accuracy", "manipulation", "a-name",
    "A name", "-a", "a" * 65, "a\n", [], [None], [1], ["unknown"], ["a"], [{}],
    [{"family": "rules"}], {}, {"a": 1}, {"x-a": 1}, {"name": "a"}, {"family": "rules"},
    {"family": "rules", "training": "prompting"},
]  # fmt: skip
KEYS = [
    "foo",
    "x-foo",
    "X-foo",
    "x",
    "x_foo",
    "",
    " ",
    "mlspec",
    "training",
    "family",
    "name",
    "unknown",
]


def places(tree: Any, path: tuple[Step, ...] = ()) -> list[tuple[Step, ...]]:
    """The paths of all values in a tree, but for what lies below free keys."""
    if isinstance(tree, dict):
        below = [(key, item) for key, item in tree.items() if not key.startswith("x-")]
    else:
        below = list(enumerate(tree)) if isinstance(tree, list) else []
    return [path] + [place for step, item in below for place in places(item, (*path, step))]


def at(tree: Any, path: tuple[Step, ...]) -> Any:
    for step in path:
        tree = tree[step]
    return tree


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """A spec with one to three mistakes, or what may be one."""
    tree = copy.deepcopy(draw(sections(describe())))
    for _ in range(draw(st.integers(1, 3))):
        _mutate(draw, tree)
    return tree


def _mutate(draw: st.DrawFn, tree: Tree) -> None:
    path = draw(st.sampled_from(places(tree)))
    holder: Any = at(tree, path[:-1])
    value = at(tree, path)
    odd = copy.deepcopy(draw(st.sampled_from(ODD)))
    kinds = ["replace", "replace"] if path else []
    if isinstance(holder, dict) and path:
        kinds += ["remove", "rename"]
    if isinstance(value, str) and path:
        kinds += ["misspell"] * 3
    if isinstance(value, dict):
        kinds += ["add", "add"]
    if isinstance(value, list):
        kinds += ["append", "append"]
    match draw(st.sampled_from(kinds)):
        case "replace":
            holder[path[-1]] = odd
        case "remove":
            del holder[path[-1]]
        case "rename":
            key = str(path[-1])
            other = draw(st.sampled_from([f"{key}s", key[:-1], key.upper(), f"x-{key}", *KEYS]))
            holder[other] = holder.pop(key)
        case "misspell":
            where = draw(st.integers(0, len(value)))
            extra = draw(st.sampled_from([*"0129kMsh.-_% E\n", ""]))
            holder[path[-1]] = value[:where] + extra + value[where + draw(st.integers(0, 1)) :]
        case "add":
            value[draw(st.sampled_from(KEYS))] = odd
        case "append":
            value.append(odd)


many = settings(
    derandomize=True, max_examples=400, deadline=None, suppress_health_check=list(HealthCheck)
)


@many
@given(sections(describe()))
def test_what_is_as_it_should_be_is_accepted(tree: Tree) -> None:
    assert agree(tree)


@many
@given(mutated())
def test_what_is_not_is_judged_alike(tree: Any) -> None:
    agree(tree)


MINIMAL: Tree = {
    "mlspec": 1,
    "project": {"name": "a"},
    "task": {"type": "other", "modality": "other"},
    "approach": {"family": "deep_learning"},
}
ITEMS: dict[str, Tree] = {
    "alternatives": {"family": "rules"},
    "sources": {"path": "a"},
    "curve": {"examples": 1, "score": 1},
    "waivers": {"rule": "a", "reason": "b", "by": "c", "until": "2027-01-01"},
}


def with_field(path: tuple[Step, ...], value: object) -> Tree:
    """The smallest spec in which the field at `path` holds a value."""
    tree = copy.deepcopy(MINIMAL)
    holder: Any = tree
    for step, following in pairwise(path):
        if isinstance(step, int):
            holder = holder[step]
        else:
            empty = [dict(ITEMS[step])] if following == 0 and step in ITEMS else {}
            holder = holder.setdefault(step, empty)
    holder[path[-1]] = value
    return tree


@pytest.mark.parametrize(
    "path", [path for _, _, path in all_fields()], ids=lambda path: ".".join(map(str, path))
)
def test_every_field_with_every_odd_value(path: tuple[Step, ...]) -> None:
    verdicts = [agree(with_field(path, copy.deepcopy(value))) for value in ODD]
    assert not all(verdicts)


@pytest.mark.parametrize(
    "section", ["", "project", "data", "alternatives.0", "approach.base_model"]
)
@pytest.mark.parametrize("key", KEYS)
def test_keys(section: str, key: str) -> None:
    path = tuple(int(step) if step.isdigit() else step for step in section.split(".") if step)
    agree(with_field((*path, key), "unknown"))


@pytest.mark.parametrize(
    "tree", [None, [], "mlspec", 1, {}, [MINIMAL], {"mlspec": 2}, {"mlspec": 1}]
)
def test_what_is_no_spec(tree: object) -> None:
    assert not agree(tree)


@pytest.mark.parametrize(
    ("tree", "schema_says"),
    [
        ({"data": {"examples": "20k..10k"}}, True),
        ({"budget": {"total": "5 EUR"}}, True),
        ({"budget": {"currency": "EUR", "total": "5 USD"}}, True),
        ({"budget": {"currency": "EUR"}, "labels": {"cost_each": "5 EUR"}}, True),
        ({"budget": {"total": "5 EUR..6 USD"}}, True),
        ({"budget": {"total": "5 XYZ"}}, False),
    ],
)
def test_what_a_schema_cannot_say(tree: Tree, schema_says: bool) -> None:
    whole = {**MINIMAL, **tree}
    accepted = agree(whole)
    assert validator().is_valid(whole) is schema_says
    assert accepted is ("cost_each" in str(tree))


def test_the_schema_is_a_schema() -> None:
    schema = validator().schema
    assert isinstance(schema, dict)
    Draft202012Validator.check_schema(schema)
    assert "accepts" in schema["$comment"]
