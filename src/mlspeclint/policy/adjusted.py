"""Rules with another severity and with other limits than their own."""

from __future__ import annotations

from mlspeclint.engine.flip import flip_points
from mlspeclint.rules.rule import CONFLICT, Outcome, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mlspeclint.knowledge.limits import Limits
    from mlspeclint.rules.rule import Told
    from mlspeclint.spec.compiled import Spec


class SetLimits:
    """Limits that a configuration has set, and who has set each, by name."""

    __slots__ = ("limits", "set_by", "values")

    def __init__(
        self, limits: Limits, values: Mapping[str, object], set_by: Mapping[str, str]
    ) -> None:
        self.limits = limits
        self.values = values
        self.set_by = set_by

    def told(self, name: str) -> str:
        """Who has set a limit to what, for people."""
        from mlspeclint.policy.limits import shown

        value = shown(name, self.values[name])  # type: ignore[arg-type]  # as they were read
        return f"limit {name} = {value} set by {self.set_by[name]}"


def adjusted(rule: Rule, severity: tuple[str, str] | None, limits: SetLimits | None) -> Rule:
    """The rule with another severity, and who has set it, and with other limits.

    What it tells says so, where it would say something else without.
    """
    if severity is None and limits is None:
        return rule
    level = severity[0] if severity else None

    def check(spec: Spec) -> Outcome:
        outcome = _checked(rule, limits, spec)
        if outcome.tell is None:
            return outcome
        tell = outcome.tell

        def told() -> Told:
            said = _told(tell, limits)
            if severity and outcome.kind is CONFLICT and outcome.severity != level:
                said.policy += (f"severity {level} set by {severity[1]}",)
            if limits:
                said.policy += tuple(map(limits.told, _resting_on(rule, limits, spec)))
            return said

        return Outcome(outcome.kind, outcome.missing, level or outcome.severity, told)

    check.__doc__ = rule.check.__doc__
    return rule.having(check=check, severity=level or rule.severity)


def _checked(rule: Rule, limits: SetLimits | None, spec: Spec) -> Outcome:
    if limits is None:
        return rule.check(spec)
    with limits.limits:
        return rule.check(spec)


def _told(tell: Callable[[], Told], limits: SetLimits | None) -> Told:
    if limits is None:
        return tell()
    with limits.limits:
        return tell()


def _resting_on(rule: Rule, limits: SetLimits, spec: Spec) -> list[str]:
    """The limits without which the rule would say something else of the spec."""
    ours = limits.limits
    ours.read.clear()
    said = _said(rule, ours, spec)
    read = [name for name in ours.names if name in ours.read]
    alone = [name for name in read if _said(rule, ours.without(name), spec) != said]
    if alone or not read:
        return alone
    # Each of two may be enough for what it says.
    return read if _said(rule, ours.without(*read), spec) != said else []


def _said(rule: Rule, limits: Limits, spec: Spec) -> tuple[object, ...]:
    """All that a rule says of a spec with these limits. What a spec remembers of others is left behind."""
    spec = spec.having()
    with limits:
        outcome = rule.check(spec)
        if outcome.tell is None:
            return (outcome.kind,)
        told = outcome.tell()
        flips = [flip.text for flip in flip_points(rule, spec)]
        return (outcome.kind, outcome.severity, told.message, told.instead, told.clears, flips)
