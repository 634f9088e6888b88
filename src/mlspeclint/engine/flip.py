"""Flip points: the smallest change of a single fact that clears a finding, by evaluating the rule again.

No rule has code of its own for this. A fact is moved towards each end of its domain; where the rule is
clear there, the limit is found by bisection and rounded to three digits towards the clear side.
"""

from __future__ import annotations

from math import floor, inf, log10, sqrt

from mlspeclint.engine.finding import Flip
from mlspeclint.rules.rule import CLEAR, CONFLICT, NOT_APPLICABLE
from mlspeclint.spec.facts import Choice, Flag, Measure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from mlspeclint.rules.rule import Rule
    from mlspeclint.spec.compiled import Spec
    from mlspeclint.spec.facts import Fact, Section

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
        return [fact.at(end, end) for end in (fact.low, fact.high) if abs(end) != inf]
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
            if fact.value is not value and _clear(rule, altered(spec, path, fact.at(value)))
        ]
    options = [
        option
        for option in fact.options
        if option != fact.text and _clear(rule, altered(spec, path, fact.at(option)))
    ]
    if len(options) == 1:
        return [Flip(path, "==", options[0], f"{path} is {options[0]}")]
    return [Flip(path, "in", options, f"{path} is {' or '.join(options)}")] if options else []


def _measure_flips(rule: Rule, spec: Spec, path: str, fact: Measure) -> list[Flip]:
    kind = fact.kind
    exact = kind.name == "date"

    def clear(value: float) -> bool:
        return _clear(rule, altered(spec, path, fact.at(value, value)))

    flips = []
    bottom, top = max(kind.low, -FAR if fact.low < 0 else 0.0), min(kind.high, FAR)
    if fact.high > bottom and clear(bottom):
        limit = _limit(clear, bottom, min(fact.high, top), exact)
        if limit is not None:
            flips.append(_flip(path, "<=", fact, limit, spec))
    if fact.low < top and clear(top):
        limit = _limit(clear, top, max(fact.low, bottom), exact)
        if limit is not None:
            flips.append(_flip(path, ">=", fact, limit, spec))
    return flips


def _limit(clear: Callable[[float], bool], good: float, bad: float, exact: bool) -> float | None:
    """The value nearest to `bad` at which it is clear, to three digits; None if `bad` is clear too.

    `exact` asks for the whole number itself, for dates.
    """
    if clear(bad):
        return None
    tolerance = 0.0 if exact else 1e-3
    while abs(good - bad) > max(tolerance * max(abs(good), abs(bad)), 0.5 if exact else 1e-9):
        middle = _middle(good, bad)
        if clear(middle):
            good = middle
        else:
            bad = middle
    if exact:
        return good
    # Prefer a round number nearby, then three digits and more, rounded towards the clear side.
    for digits in (2, 3):
        nearest = float(f"{good:.{digits}g}")
        if abs(nearest - good) <= 2 * tolerance * abs(good) and clear(nearest):
            return nearest
    for digits in (3, 4, 5):
        rounded = _rounded(good, good < bad, digits)
        if clear(rounded):
            return rounded
    return good


def _middle(a: float, b: float) -> float:
    """Halfway between two numbers, on a logarithmic scale where they are far apart."""
    low, high = min(a, b), max(a, b)
    if low >= 0 and high > 8 * max(low, 1e-9):
        return sqrt(max(low, high * 1e-9, 1e-9) * high)
    return (low + high) / 2


def _rounded(value: float, down_wanted: bool, digits: int) -> float:
    if value == 0:
        return 0.0
    scale = 10.0 ** (digits - 1 - floor(log10(abs(value))))
    scaled = value * scale
    down = floor(scaled + 1e-9)
    return (down if down_wanted or abs(scaled - down) < 1e-6 else down + 1) / scale


def _clear(rule: Rule, spec: Spec) -> bool:
    return rule.check(spec).kind in (CLEAR, NOT_APPLICABLE)


def _flip(path: str, operator: str, fact: Measure, limit: float, spec: Spec) -> Flip:
    kind = fact.kind
    if kind.whole or kind.name == "date":
        limit = float(floor(limit)) if operator == "<=" else float(-floor(-limit))
    text = f"{path} {operator} {kind.spell(limit)}"
    if kind.name == "money" and spec.budget.currency.text:
        text += f" {spec.budget.currency.text}"
    value: float | str = kind.spell(limit) if kind.name == "date" else limit
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return Flip(path, operator, value, text)
