"""The limits that a configuration may set: their names, what they may be, and which must not cross."""

from __future__ import annotations

from math import isfinite

from mlspeclint.knowledge import level_name, level_of
from mlspeclint.knowledge.limits import LEVELS_PREFIX, NETWORKS, Limits, in_force, threshold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    Value = float | tuple[float, float]

LARGEST = 1e18
"""No limit is larger: what is counted is not."""
SHARES = ("fraction", "Krippendorff's alpha", "AUC")
"""How the units of limits begin that are from 0 to 1."""
ORDERED = (
    ("agreement_low", "agreement_good"),
    ("events_per_feature_linear", "events_per_feature_flexible"),
    ("images_from_scratch_per_class_error", "images_from_scratch_per_class_warning"),
    ("few_shot_per_class", "few_labels_per_class"),
)
"""Pairs of limits of which the first must not be above the second."""


class LimitKind:
    """What a limit may be: a number or an interval, above 0 and at most `high`."""

    __slots__ = ("high", "interval", "name", "note", "rule", "unit", "value")

    def __init__(self, name: str, entry: Mapping[str, Any]) -> None:
        self.name = name
        self.unit: str = entry["unit"]
        self.note: str = entry["note"]
        self.rule: str = entry["rule"]
        self.interval = isinstance(entry["value"], list)
        self.value = entry["value"]
        self.high = 1.0 if self.unit.startswith(SHARES) else LARGEST

    @property
    def range(self) -> str:
        """The range in words."""
        return "above 0 and at most 1" if self.high == 1 else "above 0"


def limit_kinds() -> dict[str, LimitKind]:
    """All limits that can be set, by name, in the order of `thresholds.toml`."""
    from mlspeclint.knowledge.pages import table

    return {name: LimitKind(name, entry) for name, entry in table("thresholds").items()}


def level_kinds() -> tuple[str, ...]:
    """The algorithm kinds whose explanation level can be set."""
    return (*(kind for kind in in_force().levels if kind not in NETWORKS), *NETWORKS)


OF_LEVELS = ("XPL501", "XPL502", "XPL503", "XPL504")
"""The rules that compare explanation levels."""


def rules_of(name: str) -> tuple[str, ...]:
    """The codes of the rules that a limit is for."""
    return OF_LEVELS if name.startswith(LEVELS_PREFIX) else (limit_kinds()[name].rule,)


LEVEL_NAMES = tuple(level_name(level) for level in range(5))


class BadLimit(Exception):
    """A value that a limit cannot have; the message says what it may be."""


def read_limit(kind: LimitKind, value: object) -> Value:
    """A limit as a number, or as low and high. Raises `BadLimit`."""
    if isinstance(value, list):
        if not kind.interval:
            raise BadLimit(f"it is one number ({kind.unit}), not a list")
        if len(value) != 2:
            raise BadLimit("an interval is [low, high]")
        low, high = _number(kind, value[0]), _number(kind, value[1])
        if low > high:
            raise BadLimit(f"the interval [{low:g}, {high:g}] runs backwards")
        return (low, high)
    number = _number(kind, value)
    return (number, number) if kind.interval else number


def _number(kind: LimitKind, value: object) -> float:
    wanted = f"a number {kind.range} ({kind.unit})"
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadLimit(f"it is {wanted}")
    # A whole number of TOML can be larger than any float.
    if not -LARGEST <= value <= LARGEST or not isfinite(value) or not 0 < value <= kind.high:
        raise BadLimit(f"it is {wanted}")
    return float(value)


def read_level(value: object) -> tuple[int, int]:
    """The explanation levels without and with validation. Raises `BadLimit`."""
    if isinstance(value, list):
        if len(value) != 2:
            raise BadLimit("two levels are [without validation, validated]")
        without, validated = _level(value[0]), _level(value[1])
        if without > validated:
            raise BadLimit("an explanation does not lose by being validated")
        return (without, validated)
    return (_level(value), _level(value))


def _level(value: object) -> int:
    if isinstance(value, str) and value in LEVEL_NAMES:
        return level_of(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(LEVEL_NAMES):
        return value
    raise BadLimit(f"a level is one of {', '.join(LEVEL_NAMES)}, or a number from 0 to 4")


def shown(name: str, value: Value | tuple[int, int]) -> str:
    """The value of a limit as it is written in TOML."""
    if name.startswith(LEVELS_PREFIX) and isinstance(value, tuple):
        low, high = (level_name(int(end)) for end in value)
        return f'"{low}"' if low == high else f'["{low}", "{high}"]'
    if isinstance(value, tuple):
        return f"[{value[0]:.10g}, {value[1]:.10g}]"
    return f"{value:.10g}"


def crossed(values: Mapping[str, Value]) -> tuple[str, str] | None:
    """A pair of limits of which the first is above the second, with these values for some."""
    for low, high in ORDERED:
        if low in values or high in values:
            ends = (values.get(low, threshold(low)), values.get(high, threshold(high)))
            if ends[0] > ends[1]:  # type: ignore[operator]  # those of pairs are numbers
                return low, high
    return None


def make_limits(values: Mapping[str, Value | tuple[int, int]]) -> Limits:
    """The limits to put in force, of values by name as a configuration has them."""
    levels = {
        name.removeprefix(LEVELS_PREFIX): value
        for name, value in values.items()
        if name.startswith(LEVELS_PREFIX)
    }
    plain = {name: value for name, value in values.items() if not name.startswith(LEVELS_PREFIX)}
    return Limits(plain, levels)  # type: ignore[arg-type]  # levels were read as pairs of whole numbers
