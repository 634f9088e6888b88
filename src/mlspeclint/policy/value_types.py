"""What an expression may be of: the types of its parts, in the words of the spec's fields.

Quantities have a dimension, so that a duration is never compared with an amount of money, and a cost per
hour has to be multiplied by hours. Numbers that are written in an expression have none yet: they are taken
for what they stand beside, as in a spec, where only kinds with a unit insist on it.
"""

from __future__ import annotations

from mlspeclint.spec.kinds import COUNT, DATE, DURATION, FRACTION, MONEY, NUMBER, SIZE, Kind
from mlspeclint.spec.shapes import (
    ChoiceShape,
    FlagShape,
    ListShape,
    QuantityShape,
    SectionShape,
    Shape,
    TextShape,
)

Dimension = tuple[int, int, int]
"""The powers of money, time and memory in a quantity."""

PLAIN: Dimension = (0, 0, 0)
DIMENSIONS: dict[str, Dimension] = {
    "money": (1, 0, 0),
    "duration": (0, 1, 0),
    "cadence": (0, 1, 0),
    "size": (0, 0, 1),
}
KIND_OF: dict[Dimension, Kind] = {
    PLAIN: NUMBER,
    (1, 0, 0): MONEY,
    (0, 1, 0): DURATION,
    (0, 0, 1): SIZE,
}
"""The kind that a sum of that dimension is shown and read as."""
UNITS = ("an amount of money", "a duration", "a size")
EXAMPLES = {DURATION: "ms", SIZE: "MB"}
"""The unit that is proposed where one is missing."""


class Type:
    """The type of a part. `name` is bool, number, date, text, literal, list, item or section.

    A number has a `dimension` and the `kind` whose spelling it has; None for a number of the expression
    itself (`loose`). A text has the `options` of its enumeration, a list and its item their `shape`.
    """

    __slots__ = ("dimension", "kind", "name", "options", "shape")

    def __init__(
        self,
        name: str,
        *,
        dimension: Dimension = PLAIN,
        kind: Kind | None = None,
        options: tuple[str, ...] = (),
        shape: Shape | None = None,
    ) -> None:
        self.name = name
        self.dimension = dimension
        self.kind = kind
        self.options = options
        self.shape = shape

    @property
    def loose(self) -> bool:
        """Whether it is a number of the expression itself, which takes the kind of its neighbour."""
        return self.name == "number" and self.kind is None

    def __str__(self) -> str:
        if self.name == "number":
            return _quantity(self.dimension, self.kind)
        return NAMES[self.name]


NAMES = {
    "bool": "true or false",
    "date": "a date",
    "text": "a text",
    "literal": "a text",
    "list": "a list",
    "item": "an entry of a list",
    "section": "a section",
}

BOOL = Type("bool")
LOOSE = Type("number")
DAY = Type("date", kind=DATE)
LITERAL = Type("literal")


def number(dimension: Dimension, kind: Kind | None = None) -> Type:
    """The type of a quantity; of a sum, where no kind is given."""
    return Type("number", dimension=dimension, kind=kind or KIND_OF.get(dimension, NUMBER))


def type_of(shape: Shape) -> Type | None:
    """The type of a field; None for the version, which no rule may ask for."""
    if isinstance(shape, QuantityShape):
        kind = shape.kind
        return DAY if kind is DATE else number(DIMENSIONS.get(kind.name, PLAIN), kind)
    if isinstance(shape, ChoiceShape):
        return Type("text", options=shape.options)
    if isinstance(shape, TextShape):
        return Type("text")
    if isinstance(shape, FlagShape):
        return BOOL
    if isinstance(shape, ListShape):
        return Type("list", shape=shape.item)
    if isinstance(shape, SectionShape):
        return Type("section", shape=shape)
    return None


def _quantity(dimension: Dimension, kind: Kind | None) -> str:
    if dimension == PLAIN:
        return {COUNT: "a count", FRACTION: "a fraction"}.get(kind, "a plain number")  # type: ignore[arg-type]
    if dimension in KIND_OF:
        return UNITS[dimension.index(1)]
    powers = [
        f"{unit}{f' to the power of {abs(power)}' if abs(power) > 1 else ''}"
        for unit, power in zip(UNITS, dimension, strict=True)
        if power > 0
    ]
    below = [unit for unit, power in zip(UNITS, dimension, strict=True) if power < 0]
    text = " times ".join(powers) or "a number"
    return f"{text} divided by {' and '.join(below)}" if below else text
