"""The cheapest change that makes a plan clean: the fewest facts, and of those the smallest steps.

It is made of flip points, which clear one finding each. What is proposed was tried: with all of its steps
the rules find no conflict that counts any more, and no new one.
"""

from __future__ import annotations

from itertools import combinations
from math import inf, log

from mlspeclint.engine.flip import altered, fact_at, flip_points
from mlspeclint.rules.contradictions import contradictions
from mlspeclint.rules.rule import CONFLICT, ERROR, NOTE
from mlspeclint.spec.facts import Measure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Protocol

    from mlspeclint.engine.finding import Flip
    from mlspeclint.rules.rule import Outcome, Rule
    from mlspeclint.spec.compiled import Spec

    class _Conflict(Protocol):
        rule: Rule
        outcome: Outcome


THE_CHOICE = ("approach.family", "approach.training", "approach.algorithm")
"""Facts that make another approach of it."""
MOST_FACTS = 3
MOST_TRIES = 200
ANOTHER_WORD = 1.0
"""The size of a step from one word of a list to another."""
FROM_NOTHING = 5.0
"""The size of a step from 0 or to it, and from what is not known."""


class Change:
    """The steps that make a plan clean.

    `left` are the rules whose conflicts no single number clears. `stuck` are those whose steps, in every
    combination, contradict other facts or raise another conflict. With none of the three it is clean.
    """

    __slots__ = ("left", "steps", "stuck")

    def __init__(
        self, steps: tuple[Flip, ...], left: tuple[Rule, ...], stuck: tuple[Rule, ...] = ()
    ) -> None:
        self.steps = steps
        self.left = left
        self.stuck = stuck


def cheapest_change(spec: Spec, conflicts: Sequence[_Conflict], rules: Sequence[Rule]) -> Change:
    """The cheapest change after which no rule finds an error or a warning among these conflicts."""
    serious = [each.rule for each in conflicts if each.outcome.severity != NOTE]
    flips = {rule: _usable(rule, spec) for rule in serious}
    left = tuple(rule for rule in serious if not flips[rule])
    wanted = {rule: points for rule, points in flips.items() if points}
    if not wanted:
        return Change((), left)
    allowed = {rule for rule in rules if _serious(rule.check(spec))} - set(wanted)
    for steps in _by_size(spec, wanted):
        if _clean(_after(spec, steps), rules, allowed):
            return Change(steps, left)
    return Change((), left, tuple(wanted))


def _usable(rule: Rule, spec: Spec) -> list[Flip]:
    return [flip for flip in flip_points(rule, spec) if flip.path not in THE_CHOICE]


def _serious(outcome: Outcome) -> bool:
    return outcome.kind is CONFLICT and outcome.severity != NOTE


def _by_size(spec: Spec, wanted: dict[Rule, list[Flip]]) -> Iterator[tuple[Flip, ...]]:
    """The combinations of steps that touch every conflict, cheapest first."""
    keys = sorted({_key(flip) for flips in wanted.values() for flip in flips})
    found: list[tuple[int, float, tuple[Flip, ...]]] = []
    for count in range(1, min(MOST_FACTS, len(wanted)) + 1):
        for chosen in combinations(keys, count):
            steps = _steps(spec, chosen, wanted)
            if steps is not None and len({flip.path for flip in steps}) == count:
                found.append((count, sum(step_size(spec, step) for step in steps), steps))
    if not found:
        # More facts than can be tried in all combinations: the smallest step for each conflict.
        smallest = [min(each, key=lambda f: step_size(spec, f)) for each in wanted.values()]
        steps = _steps(spec, tuple({_key(flip) for flip in smallest}), wanted)
        found = [] if steps is None else [(len(steps), 0.0, steps)]
    found.sort(key=lambda each: (*each[:2], [step.path for step in each[2]]))
    for _, _, steps in found[:MOST_TRIES]:
        yield steps


def _key(flip: Flip) -> tuple[str, str]:
    return flip.path, flip.operator


def _steps(
    spec: Spec, keys: tuple[tuple[str, str], ...], wanted: dict[Rule, list[Flip]]
) -> tuple[Flip, ...] | None:
    """A step for each key, as far as the conflicts need that have no smaller one; None if one has none."""
    steps: dict[tuple[str, str], Flip] = {}
    for flips in wanted.values():
        usable = [flip for flip in flips if _key(flip) in keys]
        if not usable:
            return None
        flip = min(usable, key=lambda each: step_size(spec, each))
        held = steps.get(_key(flip))
        if held is None or step_size(spec, held) < step_size(spec, flip):
            steps[_key(flip)] = flip
    return tuple(steps.values())


def step_size(spec: Spec, flip: Flip) -> float:
    """How far a step goes: the logarithm of the ratio of a number, years for a date, 1 for a word."""
    fact = fact_at(spec, flip.path)
    if not isinstance(fact, Measure):
        return ANOTHER_WORD
    new = _number(fact, flip)
    old = fact.high if flip.operator == "<=" else fact.low
    if fact.kind.name == "date" and not fact.absent:
        return abs(new - old) / 365
    if fact.absent or not 0 < old < inf or new <= 0:
        return FROM_NOTHING
    return abs(log(new / old))


def _number(fact: Measure, flip: Flip) -> float:
    if isinstance(flip.value, str):
        return fact.kind.read(flip.value).low
    return float(flip.value)  # type: ignore[arg-type]  # the flip of a quantity holds a number


def _after(spec: Spec, steps: tuple[Flip, ...]) -> Spec:
    """The spec with the steps done."""
    for step in steps:
        fact = fact_at(spec, step.path)
        if isinstance(fact, Measure):
            number = _number(fact, step)
            spec = altered(spec, step.path, fact.at(number, number))
        elif fact is not None:
            value = step.value[0] if isinstance(step.value, list) else step.value
            spec = altered(spec, step.path, fact.at(value))  # type: ignore[arg-type]
    return spec


def _clean(spec: Spec, rules: Sequence[Rule], allowed: set[Rule]) -> bool:
    """Whether no rule but those that are allowed to finds a conflict, and the facts fit together."""
    return not any(_serious(rule.check(spec)) for rule in rules if rule not in allowed) and not any(
        each.severity == ERROR for each in contradictions(spec)
    )
