"""The comparison of approaches: all rules, on the spec as it would be with each of them.

No rule has code of its own for this: `rules/approaches.py` alters the spec, and the pure rules judge it.
"""

from __future__ import annotations

from mlspeclint.engine.change import Change, cheapest_change
from mlspeclint.engine.check import yields
from mlspeclint.engine.summary import WEIGHTS
from mlspeclint.rules.approaches import APPROACHES, chosen, reaches_target, unusual, variants
from mlspeclint.rules.rule import (
    CLEAR,
    CONFLICT,
    ERROR,
    NOT_APPLICABLE,
    NOTE,
    POLICY,
    POSSIBLE,
    SEVERITIES,
    UNDECIDED,
    WARNING,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from mlspeclint.rules.approaches import Altered, Approach
    from mlspeclint.rules.rule import Outcome, Rule
    from mlspeclint.spec.compiled import Spec
    from mlspeclint.spec.quantity import Truth

CONCERNS: dict[str, tuple[str, ...]] = {
    "data": ("DAT",),
    "labels": ("LBL",),
    "cost": ("CST",),
    "explanations": ("XPL",),
    "retraining": ("RTR",),
    "simpler ways": ("DOM",),
    "expectations": ("TGT",),
    "transfer": ("TRF",),
    "people": ("ETH",),
    "motivation": ("HYP",),
}
"""The groups of rules that speak of each concern."""

WAIVED = "waived"


class Judged:
    """What a rule says of an approach.

    `waived`: a waiver of the plan covers it. `told_elsewhere`: another finding reports the same cause.
    `estimated`: without the estimates that entered it would be another outcome.
    """

    __slots__ = ("estimated", "outcome", "rule", "told_elsewhere", "waived")

    def __init__(
        self, rule: Rule, outcome: Outcome, *, waived: bool, told_elsewhere: bool, estimated: bool
    ) -> None:
        self.rule = rule
        self.outcome = outcome
        self.waived = waived
        self.told_elsewhere = told_elsewhere
        self.estimated = estimated

    @property
    def counts(self) -> bool:
        """Whether it is a conflict that counts: no waiver covers it, and no other finding tells it."""
        return (
            self.outcome.kind is CONFLICT
            and not self.waived
            and not self.told_elsewhere
            and not self.estimated
        )

    @property
    def verdict(self) -> str:
        """The severity of a conflict, else the kind of the outcome; `waived` where a waiver covers it."""
        if self.outcome.tell is not None and self.waived:
            return WAIVED
        return self.outcome.severity if self.outcome.kind is CONFLICT else self.outcome.kind

    @property
    def rank(self) -> tuple[int, bool]:
        """Its place from bad to good; a verdict that rests on an estimate comes after one that does not."""
        return VERDICTS.index(self.verdict), self.estimated


VERDICTS = (ERROR, WARNING, NOTE, POSSIBLE, UNDECIDED, WAIVED, CLEAR, NOT_APPLICABLE)
"""All verdicts, worst first."""


class Column:
    """An approach with all that is said of it.

    `unusual` tells why it is not customary for the task, `target` whether what was measured reaches the
    target (None: nothing was measured, or there is no target).
    """

    __slots__ = ("altered", "chosen", "judged", "target", "unusual")

    def __init__(
        self,
        altered: Altered,
        judged: Sequence[Judged],
        *,
        chosen: bool,
        unusual: str | None,
        target: Truth | None,
    ) -> None:
        self.altered = altered
        self.judged = judged
        self.chosen = chosen
        self.unusual = unusual
        self.target = target

    @property
    def approach(self) -> Approach:
        """The approach."""
        return self.altered.approach

    @property
    def concerns(self) -> dict[str, tuple[str, ...]]:
        """The groups of rules that speak of each concern; an organisation's own rules are one more."""
        known = {group for groups in CONCERNS.values() for group in groups}
        groups = dict.fromkeys(each.rule.group for each in self.judged)
        own = tuple(group for group in groups if group not in known)
        return {**CONCERNS, POLICY: own} if own else CONCERNS

    def of(self, groups: Collection[str]) -> list[Judged]:
        """What the rules of these groups say."""
        return [each for each in self.judged if each.rule.group in groups]

    def worst(self, groups: Collection[str]) -> Judged | None:
        """The worst that a group says; None where no rule of it is switched on."""
        told = [each for each in self.of(groups) if not each.told_elsewhere]
        return min(told, key=lambda each: each.rank, default=None)

    def conflicts(self) -> list[Judged]:
        """The conflicts that count, worst first."""
        found = [each for each in self.judged if each.counts]
        return sorted(found, key=lambda each: -SEVERITIES.index(each.outcome.severity))

    @property
    def possible(self) -> list[Judged]:
        """What cannot be ruled out: open intervals, and conflicts that rest on an estimate."""
        return [
            each
            for each in self.judged
            if not each.waived
            and not each.told_elsewhere
            and (
                each.outcome.kind is POSSIBLE or (each.outcome.kind is CONFLICT and each.estimated)
            )
        ]

    @property
    def undecided(self) -> list[Judged]:
        """What cannot be told for want of facts."""
        return [each for each in self.judged if each.outcome.kind is UNDECIDED]

    @property
    def serious(self) -> frozenset[str]:
        """The codes of its conflicts that are more than notes."""
        return frozenset(
            each.rule.code for each in self.conflicts() if each.outcome.severity != NOTE
        )

    def open_where(self, codes: Collection[str]) -> list[Judged]:
        """What nobody can tell yet, of these rules."""
        return [each for each in (*self.possible, *self.undecided) if each.rule.code in codes]

    @property
    def weights(self) -> tuple[float, float, float]:
        """The weight of the conflicts, of what is possible, and of what is undecided."""
        return (
            sum(WEIGHTS[each.outcome.severity] for each in self.conflicts()),
            sum(WEIGHTS[each.outcome.severity] for each in self.possible),
            sum(WEIGHTS[each.rule.severity] for each in self.undecided),
        )

    @property
    def missing(self) -> dict[str, list[str]]:
        """The absent facts, and the rules that wait for each."""
        waiting: dict[str, list[str]] = {}
        for each in self.undecided:
            for path in each.outcome.missing:
                waiting.setdefault(path, []).append(each.rule.code)
        return dict(sorted(waiting.items(), key=lambda item: (-len(item[1]), item[0])))


class Comparison:
    """All approaches, the best of those that nothing rules out, and what would make the chosen one clean.

    `best` are the approaches with the fewest conflicts; several where they have the same, and only the
    chosen one where none has fewer. `ruled_out` are those with no more conflicts than they, each with what
    rules it out.
    """

    __slots__ = ("best", "change", "chosen", "columns", "ruled_out")

    def __init__(
        self,
        columns: Sequence[Column],
        best: Sequence[Column],
        ruled_out: Sequence[tuple[Column, str]],
        change: Change,
    ) -> None:
        self.columns = columns
        self.chosen = next(column for column in columns if column.chosen)
        self.best = best
        self.ruled_out = ruled_out
        self.change = change


def compare(spec: Spec, rules: Sequence[Rule], waived: Collection[str] = ()) -> Comparison:
    """Compare all approaches on a spec; `waived` are the codes of the findings that its waivers cover."""
    own = chosen(spec)
    approaches = list(APPROACHES)
    if all(approach.key != own.key for approach in approaches):
        # Used as it is, like what is prompted; or nobody has said how it is trained.
        approaches.insert(4 if own.key == "zero_shot" else len(approaches), own)
    columns = [
        min(
            (
                _column(altered, rules, waived, approach.key == own.key)
                for altered in variants(spec, approach)
            ),
            key=_preference,
        )
        for approach in approaches
    ]
    (declared,) = [column for column in columns if column.chosen]
    best, ruled_out = _best(columns, declared)
    return Comparison(columns, best, ruled_out, cheapest_change(spec, declared.conflicts(), rules))


def _preference(column: Column) -> tuple[object, ...]:
    """Which entry of `alternatives` stands for an approach: the first with the fewest conflicts, of those
    that were neither rejected nor measured below the target."""
    missed = column.target is not None and column.target.impossible
    return (column.altered.rejected is not None, missed, column.weights)


def _column(
    altered: Altered, rules: Sequence[Rule], waived: Collection[str], chosen: bool
) -> Column:
    spec = altered.spec
    return Column(
        altered,
        judged(altered, rules, waived),
        chosen=chosen,
        unusual=unusual(spec, altered.approach),
        target=reaches_target(spec),
    )


def judged(altered: Altered, rules: Iterable[Rule], waived: Collection[str]) -> list[Judged]:
    """What the rules say of an approach."""
    outcomes = {rule: rule.check(altered.spec) for rule in rules}
    by_code = {rule.code: outcome for rule, outcome in outcomes.items()}
    return [
        Judged(
            rule,
            outcome,
            waived=rule.code in waived,
            told_elsewhere=outcome.tell is not None and yields(rule, outcome, by_code, altered.spec),
            estimated=altered.certain is not altered.spec
            and _other(outcome, rule.check(altered.certain)),
        )
        for rule, outcome in outcomes.items()
    ]  # fmt: skip


def _other(outcome: Outcome, certain: Outcome) -> bool:
    return outcome.kind is not certain.kind or outcome.severity != certain.severity


def _best(
    columns: Sequence[Column], declared: Column
) -> tuple[list[Column], list[tuple[Column, str]]]:
    """The approaches with the fewest conflicts of those that nothing rules out, and those that something
    does though they have no more. The chosen approach is never ruled out, and wins where another one has
    as many. Of several, those win that were measured and reach the target."""
    own = declared.serious

    def rank(column: Column) -> tuple[float, float]:
        # Where the chosen approach has a conflict and nobody can tell for another one, that has no less.
        counted = [each.outcome.severity for each in column.conflicts()]
        serious = [severity for severity in counted if severity != NOTE]
        serious += [each.rule.severity for each in column.open_where(own)]
        return sum(map(WEIGHTS.__getitem__, serious)), counted.count(NOTE) + column.weights[1]

    candidates = [column for column in columns if _obstacle(column, columns) is None]
    fewest = min(rank(column) for column in candidates)
    if fewest[0] >= rank(declared)[0]:
        best, fewest = [declared], rank(declared)
    else:
        best = [column for column in candidates if rank(column) == fewest]
    proven = [column for column in best if column.target is not None and column.target.certain]
    ruled_out = [
        (column, obstacle)
        for column in columns
        if rank(column)[0] <= fewest[0] and (obstacle := _obstacle(column, columns))
    ]
    return proven or best, ruled_out


def _obstacle(column: Column, columns: Sequence[Column]) -> str | None:
    """Why an approach is not proposed, however few conflicts it has; None if nothing stands in its way."""
    if column.chosen:
        return None
    rejected = column.altered.rejected
    if rejected is not None:
        return f"rejected: {rejected}"
    if column.target is not None:
        return "measured, and below the target" if column.target.impossible else None
    if column.unusual:
        return f"not customary: {column.unusual}"
    for other in columns:
        if _is_simpler(column, other) and other.target is not None and other.target.impossible:
            return f"simpler than {other.approach.words}, which was measured below the target"
    return None


def _is_simpler(column: Column, other: Column) -> bool:
    """Whether an approach is of a lower family on the ladder."""
    from mlspeclint.rules.standing import LADDER

    family, other_family = column.approach.family, other.approach.family
    return LADDER.index(family) < LADDER.index(other_family) and not other.chosen
