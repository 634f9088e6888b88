"""Flip points: the smallest change of a single fact that clears a finding, by evaluating the rule again.

No rule has code of its own for this. A fact is moved towards each end of its domain; where the rule is
clear there, the limit is found, and rounded to three digits towards the clear side. How far the rule's
comparison is from a no leads to the limit in a few steps; bisection does where it does not. What is shown
is what was tried: the limit is read back from its own spelling before it counts.
"""

from __future__ import annotations

from math import floor, isfinite, log10, sqrt

from mlspeclint.engine.finding import Flip
from mlspeclint.rules.rule import CLEAR, CONFLICT, NOT_APPLICABLE
from mlspeclint.spec.facts import Choice, Flag, Measure
from mlspeclint.spec.kinds import BadValue
from mlspeclint.spec.metrics import ABOVE_ONE, PROPORTIONS, RANKS
from mlspeclint.spec.quantity import watched

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mlspeclint.rules.rule import Rule
    from mlspeclint.spec.compiled import Spec
    from mlspeclint.spec.facts import Fact, Section
    from mlspeclint.spec.kinds import Kind

    Tried = tuple[str, list[float]]

LABELLED = "labels.labelled"
STOOD_IN_FOR = (LABELLED, "data.required", "manual_process.cost_per_item", "serving.error_rate")
"""Facts for which another one stands in where they are absent: to change one of the two is enough."""
FAR = 1e15
"""Stands for the infinite end of a domain."""
SCORES = frozenset(("target.value", "target.pilot", "target.baseline", "target.human"))
"""Facts in the unit of `target.metric`."""
MOST_STEPS = 8
"""Steps along straight lines before bisection takes over."""


def fact_at(spec: Spec, path: str) -> Fact | None:
    """The fact at a path; None for lists and for sections."""
    section, name = _holder(spec, path)
    fact = getattr(section, name)
    return fact if isinstance(fact, Measure | Choice | Flag) else None


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


def _holder(spec: Spec, path: str) -> tuple[Section, str]:
    """The section that holds the fact at a path, and the fact's name in it."""
    *steps, name = path.split(".")
    section: Section = spec
    for step in steps:
        section = getattr(section, step)
    return section, name


def flip_points(rule: Rule, spec: Spec) -> tuple[Flip, ...]:
    """The single changes that clear the rule's finding on this spec."""
    paths = rule.reads if rule.flips is None else rule.flips
    flips: list[Flip] = []
    outcome, gaps = watched(rule.check, spec)
    base = (outcome.kind, gaps)
    for path in paths:
        fact = fact_at(spec, path)
        if isinstance(fact, Measure):
            if not fact.absent or (rule.flips is not None and path not in STOOD_IN_FOR):
                flips += _measure_flips(rule, spec, path, fact, base)
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


def _measure_flips(rule: Rule, spec: Spec, path: str, fact: Measure, base: Tried) -> list[Flip]:
    """The flip points of one quantity. `base` is how the rule comes out on the spec as it is."""
    kind = fact.kind
    # This copy is nobody else's: changing it in place saves a copy for every value that is tried.
    changed = altered(spec, path, moved := fact.at(fact.low, fact.high))
    tried: dict[float, Tried] = {fact.low: base} if fact.is_point else {}

    def at(value: float) -> Tried:
        if value not in tried:
            moved.low = moved.high = value
            changed.forget()
            outcome, gaps = watched(rule.check, changed)
            tried[value] = (outcome.kind, gaps)
        return tried[value]

    flips = []
    bottom, top = max(kind.low, -FAR if fact.low < 0 else 0.0), _top(spec, path, kind)
    for good, bad, operator in (
        (bottom, min(fact.high, top), "<="),
        (top, max(fact.low, bottom), ">="),
    ):
        if good != bad:
            if kind.name == "date" and operator == "<=":
                continue  # an earlier day is no way out of anything
            limit = _limit(at, good, bad, kind)
            if path == LABELLED and limit is not None and limit > spec.data.examples.high:
                continue  # more labels than examples contradict each other
            # "At most nothing" is no change that anybody can make.
            if limit or (limit is not None and operator == ">="):
                flips.append(_flip(path, operator, kind, limit, spec))
    return flips


def _top(spec: Spec, path: str, kind: Kind) -> float:
    """The highest value that anybody can declare there: of a share or a rank it is 1."""
    metric = spec.target.metric.text
    share = metric in PROPORTIONS or metric in RANKS
    return 1.0 if path in SCORES and share and metric not in ABOVE_ONE else min(kind.high, FAR)


def _limit(at: Callable[[float], Tried], good: float, bad: float, kind: Kind) -> float | None:
    """The value nearest to `bad` at which it is clear, to three digits, as it can be spelt.

    None if it is not clear at `good`, if it is at `bad` too, or if no spelling is. A number so high or
    low that the rule does not apply any more solves nothing. Dates are found to the day.
    """
    (good_kind, good_gaps), (bad_kind, bad_gaps) = at(good), at(bad)
    if good_kind is not CLEAR or bad_kind is CLEAR:
        return None
    exact = kind.name == "date"
    whole = exact or kind.whole
    limit = None
    if len(good_gaps) == len(bad_gaps):
        # The comparisons that turn on the way: one of them decides.
        pairs = enumerate(zip(bad_gaps, good_gaps, strict=True))
        turning = [index for index, (before, after) in pairs if before > 0 >= after]
        for index in turning:
            limit = limit or _root(at, index, bad, good, whole, only=len(turning) == 1)
    if limit is None:
        limit = _bisected(at, good, bad, exact, whole)
    for candidate in (limit,) if exact else _round(limit, good < bad, _unit(kind, limit)):
        spelt = _spelt(kind, candidate)
        if spelt is not None and at(spelt)[0] is CLEAR:
            return spelt
    return None


def _root(
    at: Callable[[float], Tried], index: int, bad: float, good: float, whole: bool, only: bool
) -> float | None:
    """Where the comparison of that index turns between two values, if that is where it clears.

    Most sums are linear in a fact or in its inverse, so a line through two points near the start leads
    there at once, in x or in 1/x. None where it does not.
    """
    down = good < bad
    first, gap = bad, at(bad)[1][index]
    second = max(good, bad - _near(bad)) if down else min(good, bad + _near(bad))
    for attempt in range(MOST_STEPS):
        gaps = at(second)[1]
        if index >= len(gaps) or not isfinite(gaps[index]):
            return None
        if gaps[index] == gap:
            return None
        share = gap / (gap - gaps[index])
        # What the line says is still missing on the way.
        if abs(gaps[index] * (second - first) / (gap - gaps[index])) <= 1e-7 * abs(second):
            if whole:
                second = float(floor(second + 1e-6) if down else -floor(1e-6 - second))
            if at(second)[0] is not CLEAR:
                return None
            # Where other comparisons turn too, it may have been clear before.
            return second if only or at(_short_of(second, bad, whole))[0] is not CLEAR else None
        if attempt % 2 and first and second:
            inverse = 1 / first + (1 / second - 1 / first) * share
            guess = 1 / inverse if inverse else bad
        else:
            guess = first + (second - first) * share
        if not min(good, bad) <= guess <= max(good, bad):
            return None
        first, gap, second = second, gaps[index], guess
    return None


def _near(value: float) -> float:
    """A small step from a value."""
    return max(0.01 * abs(value), 1e-3)


def _short_of(limit: float, bad: float, whole: bool) -> float:
    """A little less of a change than to `limit`."""
    step = max(1e-3 * abs(limit), 1.0 if whole else 1e-9)
    return max(limit - step, bad) if bad < limit else min(limit + step, bad)


def _bisected(
    at: Callable[[float], Tried], good: float, bad: float, exact: bool, whole: bool
) -> float:
    """The value nearest to `bad` at which it is clear, to a thousandth (to the day where `exact`)."""
    step = 1.0 if whole else 1e-9
    while abs(good - bad) > (step if exact else max(1e-3 * max(abs(good), abs(bad)), step)):
        middle = _middle(good, bad, whole)
        if at(middle)[0] is CLEAR:
            good = middle
        else:
            bad = middle
    return good


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
        round_already = abs(scaled - low) < 1e-6
        yield (low if down or round_already else low + 1) / scale * unit
        if round_already:
            # Right at the limit rounding errors may decide: the next number does not leave it to them.
            yield (low - 1 if down else low + 1) / scale * unit
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
    # Of 2.01k x 1000 only the digits that were written count.
    value: float | str = kind.spell(limit) if kind.name == "date" else float(f"{limit:.12g}")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return Flip(path, operator, value, text)
