"""How much room a plan has: the values at which a rule that is clear would find an error or a warning.

The opposite of flip points: a declared number is moved towards each end of its domain, all others as they
are, and the place is found at which the rule has something to say that is more than a note.
"""

from __future__ import annotations

from math import floor, inf, log, sqrt

from mlspeclint.engine.flip import FAR, altered, fact_at
from mlspeclint.rules.rule import CLEAR, CONFLICT, NOTE, POSSIBLE
from mlspeclint.spec.facts import DECLARED, Measure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlspeclint.rules.rule import Rule
    from mlspeclint.spec.compiled import Spec

STEPS = 80
"""Halvings: enough to find any number to a ten-thousandth."""
FARTHEST = 2.31
"""The room beyond which a change is not worth telling: a factor of ten."""


class Margin:
    """A change of one fact after which a rule that is clear finds an error or a warning.

    `limits`: the last value at which it does not, and the first that was found at which it does (a
    ten-thousandth apart). `room` is how far it is to there, as the logarithm of a ratio; years for a date.
    """

    __slots__ = ("limits", "path", "room", "rule", "text")

    def __init__(
        self, rule: Rule, path: str, limits: tuple[float, float], room: float, text: str
    ) -> None:
        self.rule = rule
        self.path = path
        self.limits = limits
        self.room = room
        self.text = text


def margins(spec: Spec, rules: Iterable[Rule]) -> list[Margin]:
    """The smallest change of a single fact for each rule that is clear, nearest first."""
    nearest = (
        min(_of_rule(spec, rule), key=lambda margin: margin.room, default=None)
        for rule in rules
        if rule.severity != NOTE and rule.check(spec).kind is CLEAR
    )
    near = [margin for margin in nearest if margin is not None and margin.room <= FARTHEST]
    return sorted(near, key=lambda margin: (margin.room, margin.rule.code))


def _of_rule(spec: Spec, rule: Rule) -> Iterator[Margin]:
    for path in rule.reads:
        fact = fact_at(spec, path)
        if isinstance(fact, Measure) and fact.state is DECLARED and not fact.missing:
            for above in (True, False):
                start = fact.high if above else fact.low
                limits = _limit(spec, rule, path, fact, above)
                if limits is not None:
                    text = f"{path} {'above' if above else 'below'} {_shown(spec, fact, limits[0])}"
                    yield Margin(rule, path, limits, _room(fact, start, limits[1]), text)


def _limit(
    spec: Spec, rule: Rule, path: str, fact: Measure, above: bool
) -> tuple[float, float] | None:
    """The last value on the way to an end of the domain at which the rule finds nothing, and the first at
    which it does; None if it finds nothing at the end."""

    def turns(value: float) -> bool:
        outcome = rule.check(altered(spec, path, fact.at(value, value)))
        return outcome.kind in (CONFLICT, POSSIBLE) and outcome.severity != NOTE

    good = fact.high if above else fact.low
    bad = min(fact.kind.high, FAR) if above else max(fact.kind.low, -FAR if good < 0 else 0.0)
    if not abs(good) < inf or good == bad or not turns(bad):
        return None
    whole = fact.kind.whole or fact.kind.name == "date"
    for _ in range(STEPS):
        if abs(bad - good) <= (1.0 if whole else 1e-4 * max(abs(good), abs(bad), 1e-9)):
            break
        between = _middle(good, bad, whole)
        if turns(between):
            bad = between
        else:
            good = between
    return good, bad


def _middle(a: float, b: float, whole: bool) -> float:
    """Halfway between two numbers, on a logarithmic scale where they are far apart."""
    low, high = min(a, b), max(a, b)
    least = 1.0 if whole else max(high * 1e-9, 1e-12)
    between = (low + high) / 2
    if low >= 0 and high > 8 * max(low, least):
        between = sqrt(max(low, least) * high)
    return float(floor(between)) if whole else between


def _room(fact: Measure, start: float, turned: float) -> float:
    """How far it is from the declared value to the first at which the rule finds something."""
    if fact.kind.name == "date":
        return abs(turned - start) / 365
    return abs(log(turned / start)) if turned > 0 and start > 0 else inf


def _shown(spec: Spec, fact: Measure, limit: float) -> str:
    """The limit in three digits, as it could be written in a spec."""
    rounded = limit if fact.kind.name == "date" else float(f"{limit:.3g}")
    text = fact.kind.spell(rounded)
    currency = spec.budget.currency.text
    return f"{text} {currency}" if fact.kind.name == "money" and currency else text
