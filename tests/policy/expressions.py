"""Random expressions and specs, the same in every run."""

from __future__ import annotations

from random import Random
from typing import Any

from mlspeclint.spec.compiled import Spec
from mlspeclint.spec.facts import DECLARED, UNKNOWN, Choice, Flag, Items, Measure, Section
from mlspeclint.spec.shapes import ChoiceShape, FlagShape, QuantityShape, SectionShape

POINT = {
    "money": "20k USD",
    "duration": "3 h",
    "cadence": "weekly",
    "size": "4 GB",
    "date": "2027-03-01",
}


def fields(shape: type[QuantityShape | ChoiceShape | FlagShape]) -> list[tuple[str, Any]]:
    """All fields of a shape outside of lists, with the shapes themselves."""
    return [each for each in _fields(Spec, "") if isinstance(each[1], shape)]


def _fields(section: type[Section], prefix: str) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, shape in section.FIELDS.items():
        if isinstance(shape, SectionShape):
            found += _fields(shape.section, f"{prefix}{name}.")
        else:
            found.append((f"{prefix}{name}", shape))
    return found


MEASURES = fields(QuantityShape)
CHOICES = [each for each in fields(ChoiceShape) if each[0] != "budget.currency"]
FLAGS = fields(FlagShape)
PLAIN = [
    path
    for path, shape in MEASURES
    if shape.kind.name in ("count", "number", "fraction", "positive")
]


class Writer:
    """Writes expressions; `plain` ones hold nothing that another implementation of CEL reads otherwise."""

    def __init__(self, source: Random, plain: bool = False) -> None:
        self.source = source
        self.plain = plain

    def boolean(self, depth: int) -> str:
        """Something that is true or false."""
        kinds = ["flag", "choice", "compare", "compare"]
        if depth:
            kinds += ["and", "or", "not", "if"]
            kinds += [] if self.plain else ["has", "list", "both"]
        match self.source.choice(kinds):
            case "flag":
                return self.source.choice(FLAGS)[0]
            case "choice":
                return self.choice()
            case "compare":
                return self.compare(depth)
            case "and" | "or" as word:
                sign = " && " if word == "and" else " || "
                parts = (self.boolean(depth - 1) for _ in range(self.source.randint(2, 3)))
                return f"({sign.join(parts)})"
            case "not":
                return f"!({self.boolean(depth - 1)})"
            case "if":
                return f"({' '.join((self.boolean(0), '?', self.boolean(depth - 1), ':', self.boolean(0)))})"
            case "has":
                return f"has({self.source.choice(MEASURES + CHOICES + FLAGS)[0]})"
            case "both":
                return f"(({self.boolean(0)}) == ({self.boolean(0)}))"
        return self.source.choice(
            (
                f'alternatives.exists(a, a.status == "measured" && a.score > {self.number()})',
                f"alternatives.all(a, has(a.reason) || a.score < {self.number()})",
                f'alternatives.filter(a, a.family == "rules").size() >= {self.source.randint(0, 3)}',
                f"size(target.curve) > {self.source.randint(0, 4)}",
                '"manipulation" in people.practices',
                "target.curve.exists(point, point.examples > data.examples)",
            )
        )

    def choice(self) -> str:
        """A test of an enumeration."""
        path, shape = self.source.choice(CHOICES)
        options = self.source.choices(shape.options, k=2)
        if self.source.random() < 0.5:
            return f'{path} {self.source.choice(("==", "!="))} "{options[0]}"'
        return f'{path} in ["{options[0]}", "{options[1]}"]'

    def compare(self, depth: int) -> str:
        """A comparison of quantities of one dimension."""
        sign = self.source.choice(("<", "<=", ">", ">=", "==", "!="))
        if self.plain or self.source.random() < 0.5:
            return f"{self.sum(depth)} {sign} {self.sum(0)}"
        path, shape = self.source.choice(MEASURES)
        kind = shape.kind.name
        alike = [other for other, each in MEASURES if each.kind.name == kind]
        if kind in POINT and self.source.random() < 0.5:
            return f'{path} {sign} "{POINT[kind]}"'
        return f"{path} {sign} {self.source.choice(alike)}"

    def sum(self, depth: int) -> str:
        """A plain number."""
        if not depth or self.source.random() < 0.3:
            return self.number() if self.source.random() < 0.4 else self.source.choice(PLAIN)
        left, right = self.sum(depth - 1), self.sum(depth - 1)
        if not self.plain and self.source.random() < 0.2:
            return f"math.{self.source.choice(('greatest', 'least'))}({left}, {right})"
        return f"({left} {self.source.choice('+-*/')} {right})"

    def number(self) -> str:
        """A number that no field refuses."""
        return self.source.choice(("0.25", "0.5", "1.0", "0.9"))


def refined(section: Any, source: Random) -> Any:
    """The same spec with one value for each fact that is declared as a range or as unknown."""
    facts = {}
    for name, value in vars(section).items():
        if isinstance(value, Section):
            facts[name] = refined(value, source)
        elif isinstance(value, Items) and not value.unknown:
            facts[name] = Items(
                refined(each, source) if isinstance(each, Section) else each for each in value
            )
        elif isinstance(value, Measure | Choice | Flag) and value.state in (DECLARED, UNKNOWN):
            facts[name] = _firm(value, source)
    return section.having(**facts)


def _firm(fact: Measure | Choice | Flag, source: Random) -> Any:
    if isinstance(fact, Measure):
        low, high = max(fact.low, -1e12), min(fact.high, 1e12)
        return fact.at(*[source.choice((low, high, source.uniform(low, high)))] * 2)
    if isinstance(fact, Flag):
        return fact if fact.value is not None else fact.at(source.random() < 0.5)
    if fact.text is not None:
        return fact
    return fact.at(source.choice(fact.options) if fact.options else "anything")
