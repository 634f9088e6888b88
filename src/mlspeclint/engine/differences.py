"""What has changed between two versions of a spec, in words: `budget.total halved (40k -> 20k USD)`."""

from __future__ import annotations

from collections import Counter
from datetime import date
from math import inf

from mlspeclint.engine.check import spelt
from mlspeclint.spec.facts import (
    DECLARED,
    DEFAULT,
    UNKNOWN,
    UNREADABLE,
    Choice,
    Flag,
    Items,
    Measure,
    Section,
)
from mlspeclint.spec.kinds import DAY, MONTH, YEAR
from mlspeclint.spec.shapes import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlspeclint.spec.compiled import Spec
    from mlspeclint.spec.facts import Fact

    Held = Fact | Items[object]

LONGEST = 60
"""Characters of a text that are told."""
ABOUT = 5e-3
"""How far from a half or a double it is called that."""
WORDS = {0.25: "cut to a quarter", 0.5: "halved", 2.0: "doubled", 3.0: "tripled", 4.0: "quadrupled"}
MANY = 3.0
"""The ratio from which on it is told as one: nobody reads `up 1,150 %`."""
LEAST = 0.01
"""Per cent from which on a change is told as so many."""
POINTS = frozenset(("number", "fraction", "signed_fraction"))
"""Kinds of which nobody takes a share: an accuracy that rises from 0.90 to 0.95 is not up by 5.6 %."""


class Difference:
    """A field whose value is not what it was: its path, and the change in words."""

    __slots__ = ("path", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text


def held(spec: Spec, path: str) -> Held:
    """The fact or the list at a path without indices."""
    value: object = spec
    for step in path.split("."):
        value = getattr(value, step)
    assert isinstance(value, Measure | Choice | Flag | Items)  # noqa: S101 - not a section
    return value


def differences(before: Spec, after: Spec, paths: Iterable[str]) -> list[Difference]:
    """The fields among `paths` that changed, in that order; how a value is spelt does not matter."""
    found = []
    for path in paths:
        old, new = held(before, path), held(after, path)
        if _key(old) != _key(new):
            found.append(Difference(path, f"{path} {_words(old, new, before, after)}"))
    return found


def all_paths(before: Spec, after: Spec) -> Iterator[str]:
    """The paths of all that either spec declares, in the order of the format. Waivers are no facts."""
    return _paths([before, after], "")


def _paths(sections: list[Section], prefix: str) -> Iterator[str]:
    for name in sections[0].FIELDS:
        values = [vars(section)[name] for section in sections if name in vars(section)]
        nested = [value for value in values if isinstance(value, Section)]
        if nested:
            yield from _paths(nested, f"{prefix}{name}.")
        elif name != "waivers" and any(map(_is_declared, values)):
            yield f"{prefix}{name}"


def _is_declared(value: object) -> bool:
    return isinstance(value, Items) or (
        isinstance(value, Measure | Choice | Flag) and value.state is not DEFAULT
    )


def _key(fact: Held) -> tuple[object, ...]:
    """What a change is a change of: the value, or why there is none."""
    if isinstance(fact, Items):
        return (fact.unknown, *map(spelt, fact))
    if fact.state is DECLARED:
        return (spelt(fact),)
    return (fact.state,) if fact.state in (UNKNOWN, UNREADABLE) else ("by default", spelt(fact))


def _words(old: Held, new: Held, before: Spec, after: Spec) -> str:
    if isinstance(old, Items) or isinstance(new, Items):
        assert isinstance(old, Items) and isinstance(new, Items)  # noqa: S101 - one field
        return _of_lists(old, new)
    was, now = _shown(old, before), _shown(new, after)
    if new.state is UNREADABLE:
        return "has a mistake in it now" + (f" (was {was})" if old.state is DECLARED else "")
    if old.state is UNREADABLE:
        return f"has no mistake in it any more{f': {now}' if new.state is DECLARED else ''}"
    if new.state is UNKNOWN:
        return f"became unknown (was {was})" if old.state is DECLARED else "added: unknown"
    if old.state is UNKNOWN:
        return f"became known: {now}" if new.state is DECLARED else "removed (was unknown)"
    if new.state is not DECLARED:
        gone = old.state is DECLARED
        return (
            f"removed (was {was})"
            if gone
            else f"is {now or 'open'} by default (was {was or 'open'})"
        )
    if old.state is not DECLARED:
        return f"added: {now}"
    if isinstance(old, Measure) and isinstance(new, Measure):
        same_currency = before.budget.currency.text == after.budget.currency.text
        if old.kind.name != "money" or same_currency:
            return _of_measures(old, new, before)
    return f"from {was} to {now}"


def _shown(fact: Fact, spec: Spec) -> str:
    if isinstance(fact, Measure):
        currency = spec.budget.currency.text if fact.kind.name == "money" else None
        return f"{fact} {currency}" if currency else f"{fact}"
    if isinstance(fact, Choice):
        return shown(fact.text or "", LONGEST)
    return str(fact.value).lower()


def _of_measures(old: Measure, new: Measure, spec: Spec) -> str:
    now = _shown(new, spec)
    # What differs in its last digits alone looks the same.
    pair = f"(about {now})" if f"{old}" == f"{new}" else f"({old} -> {now})"
    if old.is_point and new.is_point:
        return f"{_step(old, new)} {pair}"
    inside = old.low <= new.low and new.high <= old.high
    if new.is_point:
        return f"{'settled' if inside else 'moved'} {pair}"
    around = new.low <= old.low and old.high <= new.high
    if old.is_point:
        return f"became a range {pair}"
    if inside or around:
        return f"range {'narrowed' if inside else 'widened'} {pair}"
    return f"range moved {'up' if new.low > old.low else 'down'} {pair}"


def _step(old: Measure, new: Measure) -> str:
    """From one number to another."""
    first, second = old.low, new.low
    if old.kind.name == "date":
        by = _days(first, second)
        return f"put off by {by}" if second > first else f"brought forward by {by}"
    if old.kind.name in POINTS or not (0 < first < inf and 0 < second < inf):
        return "raised" if second > first else "lowered"
    ratio = second / first
    for factor, word in WORDS.items():
        if abs(ratio / factor - 1) <= ABOUT:
            return word
    if ratio >= MANY:
        return f"is {ratio:{',.0f' if ratio >= 10 else '.2g'}} times what it was"
    if ratio <= 1 / MANY:
        return f"cut to {100 * ratio:.2g} %"
    percent = 100 * abs(ratio - 1)
    by = "a little" if percent < LEAST else f"{percent:{'.0f' if percent >= 10 else '.2g'}} %"
    return f"{'up' if ratio > 1 else 'down'} {by}"


def _days(first: float, second: float) -> str:
    """The time between two days, in whole months where it is some."""
    early, late = (date.fromordinal(int(day)) for day in sorted((first, second)))
    months = 12 * (late.year - early.year) + late.month - early.month
    if late.day == early.day:
        return _plural(months // 12, "year") if months % 12 == 0 else _plural(months, "month")
    days = abs(second - first)
    for unit, length in (("years", YEAR), ("months", MONTH)):
        if days * DAY >= 2 * length:
            return f"{days * DAY / length:.2g} {unit}"
    return _plural(int(days), "day")


def _plural(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _of_lists(old: Items[object], new: Items[object]) -> str:
    if new.unknown and not old.unknown:
        return "became unknown"
    was, now = Counter(map(spelt, old)), Counter(map(spelt, new))
    more, less = now - was, was - now
    if not more and not less:
        return "became known" if old.unknown else "in another order"
    if all(isinstance(each, Choice) for each in (*old, *new)):
        words = (("added", more), ("removed", less))
        told = [f"{word}: {', '.join(each)}" for word, each in words if each]
        return shown(", ".join(told), LONGEST)
    changed = min(more.total(), less.total())
    counts = (
        (changed, "changed"),
        (more.total() - changed, "added"),
        (less.total() - changed, "removed"),
    )
    return f"entries: {', '.join(f'{count} {word}' for count, word in counts if count)}"
