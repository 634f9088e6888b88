"""Flip points: the smallest change of a single fact that clears a finding, by evaluating the rule again.

No rule has code of its own for this. A fact is moved towards each end of its domain; where the rule is
clear there, the limit is found by bisection and rounded to three digits towards the clear side. What is
shown is what was tried: the limit is read back from its own spelling before it counts.
"""

from __future__ import annotations

from math import floor, log10, sqrt

from mlspeclint.engine.finding import Flip
from mlspeclint.rules.rule import CLEAR, CONFLICT, NOT_APPLICABLE
from mlspeclint.spec.facts import Choice, Flag, Measure
from mlspeclint.spec.kinds import BadValue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mlspeclint.rules.rule import Rule
    from mlspeclint.spec.compiled import Spec
    from mlspeclint.spec.facts import Fact, Section
    from mlspeclint.spec.kinds import Kind

FAR = 1e15
"""Stands for the infinite end of a domain."""


def fact_at(spec: Spec, path: str) -> Fact | None:
    """The fact at a path; None for lists and for sections."""
    holder: object = spec
    for step in path.split("."):
        holder = getattr(holder, step)
    return holder if isinstance(holder, Measure | Choice | Flag) else None


def altered(spec: Spec, path: str, fact: object) -> Spec:
    """The spec with another fact at a path."""
    steps = path.split(".")
    holders: list[Section] = [spec]
    for step in steps[:-1]:
        holders.append(getattr(holders[-1], step))
    value = fact
    for holder, step in zip(reversed(holders), reversed(steps), strict=True):
        value = holder.having(**{step: value})
    return value  # type: ignore[return-value]  # the outermost holder is the spec


def flip_points(rule: Rule, spec: Spec) -> tuple[Flip, ...]:
    """The single changes that clear the rule's finding on this spec."""
    paths = rule.reads if rule.flips is None else rule.flips
    flips: list[Flip] = []
    for path in paths:
        fact = fact_at(spec, path)
        if isinstance(fact, Measure):
            if not fact.absent or rule.flips is not None:
                flips += _measure_flips(rule, spec, path, fact)
        elif rule.flips is not None and fact is not None:
            flips += _choice_flips(rule, spec, path, fact)
    return tuple(flips)


def settling_facts(rule: Rule, spec: Spec) -> tuple[str, ...]:
    """The declared facts that are open (`unknown` or a range) and would settle a possible finding."""
    names = []
    for path in rule.reads:
        fact = fact_at(spec, path)
        if fact is None or fact.absent:
            continue
        if any(_decided(rule, altered(spec, path, value)) for value in _closed(fact)):
            names.append(path)
    return tuple(names)


def _closed(fact: Fact) -> list[Fact]:
    """An open fact, closed in each of the ways that matter."""
    if isinstance(fact, Measure):
        if fact.is_point:
            return []
        ends = (max(fact.low, -FAR), min(fact.high, FAR))
        return [fact.at(end, end) for end in ends]
    if isinstance(fact, Flag):
        return [fact.at(True), fact.at(False)] if fact.value is None else []
    return [fact.at(option) for option in fact.options] if fact.text is None else []


def _decided(rule: Rule, spec: Spec) -> bool:
    return rule.check(spec).kind in (CONFLICT, CLEAR, NOT_APPLICABLE)


def _choice_flips(rule: Rule, spec: Spec, path: str, fact: Choice | Flag) -> list[Flip]:
    if isinstance(fact, Flag):
        return [
            Flip(path, "==", value, f"{path} is {str(value).lower()}")
            for value in (True, False)
            if fact.value is not value
            and rule.check(altered(spec, path, fact.at(value))).kind in (CLEAR, NOT_APPLICABLE)
        ]
    kinds = {
        option: rule.check(altered(spec, path, fact.at(option))).kind
        for option in fact.options
        if option != fact.text
    }
    # An option that meets what the rule asks for comes before one for which the rule does not ask.
    options = [option for option, kind in kinds.items() if kind is CLEAR]
    options = options or [option for option, kind in kinds.items() if kind is NOT_APPLICABLE]
    if not options:
        return []
    if len(options) == 1:
        return [Flip(path, "==", options[0], f"{path} is {options[0]}")]
    if len(options) == len(fact.options) - 1 and fact.text:
        return [Flip(path, "in", options, f"{path} is not {fact.text}")]
    return [Flip(path, "in", options, f"{path} is {' or '.join(options)}")]


def _measure_flips(rule: Rule, spec: Spec, path: str, fact: Measure) -> list[Flip]:
    kind = fact.kind

    def clear(value: float) -> bool:
        # A number so high or low that the rule does not apply any more solves nothing.
        return rule.check(altered(spec, path, fact.at(value, value))).kind is CLEAR

    flips = []
    bottom, top = max(kind.low, -FAR if fact.low < 0 else 0.0), min(kind.high, FAR)
    if fact.high > bottom and clear(bottom):
        limit = _limit(clear, bottom, min(fact.high, top), kind)
        if limit:  # "at most nothing" is no change that anybody can make
            flips.append(_flip(path, "<=", kind, limit, spec))
    if fact.low < top and clear(top):
        limit = _limit(clear, top, max(fact.low, bottom), kind)
        if limit is not None:
            flips.append(_flip(path, ">=", kind, limit, spec))
    return flips


def _limit(clear: Callable[[float], bool], good: float, bad: float, kind: Kind) -> float | None:
    """The value nearest to `bad` at which it is clear, to three digits, as it can be spelt.

    None if `bad` is clear too, or if no spelling is. Dates are found to the day.
    """
    if clear(bad):
        return None
    down = good < bad
    exact = kind.name == "date"
    whole = exact or kind.whole
    step = 1.0 if whole else 1e-9
    while abs(good - bad) > (step if exact else max(1e-3 * max(abs(good), abs(bad)), step)):
        middle = _middle(good, bad, whole)
        if clear(middle):
            good = middle
        else:
            bad = middle
    for candidate in (good,) if exact else _round(good, down, _unit(kind, good)):
        spelt = _spelt(kind, candidate)
        if spelt is not None and clear(spelt):
            return spelt
    return None


def _middle(a: float, b: float, whole: bool) -> float:
    """Halfway between two numbers, on a logarithmic scale where they are far apart."""
    low, high = min(a, b), max(a, b)
    middle = (low + high) / 2
    if low >= 0 and high > 8 * max(low, 1.0 if whole else 1e-9):
        middle = sqrt(max(low, high * 1e-9, 1.0 if whole else 1e-9) * high)
    return float(floor(middle)) if whole else middle


def _round(value: float, down: bool, unit: float) -> Iterator[float]:
    """Rounder numbers near `value`, best first: one just beside it, then towards the clear side."""
    number = value / unit
    for digits in (2, 3):
        nearest = float(f"{number:.{digits}g}")
        if abs(nearest - number) <= 2e-3 * abs(number):
            yield nearest * unit
    for digits in (3, 4, 5):
        scale = 10.0 ** (digits - 1 - floor(log10(abs(number)))) if number else 1.0
        scaled = number * scale
        low = floor(scaled + 1e-9)
        yield (low if down or abs(scaled - low) < 1e-6 else low + 1) / scale * unit
    yield value


def _unit(kind: Kind, value: float) -> float:
    """What one unit of the spelling of `value` is worth: a duration of days is rounded in days."""
    spelt = _spelt(kind, value)
    if kind.bare or not spelt:
        return 1.0
    return spelt / float(kind.spell(value).split(" ")[0])


def _spelt(kind: Kind, value: float) -> float | None:
    """What stands in a spec when `value` is spelt there; None where that cannot be read."""
    if kind.whole and not value.is_integer():
        return None
    try:
        return kind.read(kind.spell(value)).low
    except BadValue:
        return None


def _flip(path: str, operator: str, kind: Kind, limit: float, spec: Spec) -> Flip:
    text = f"{path} {operator} {kind.spell(limit)}"
    if kind.name == "money" and spec.budget.currency.text:
        text += f" {spec.budget.currency.text}"
    value: float | str = kind.spell(limit) if kind.name == "date" else limit
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return Flip(path, operator, value, text)
