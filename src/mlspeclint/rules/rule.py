"""What a rule is: metadata beside one pure function from a spec to an outcome.

A rule computes with intervals as with numbers; its answer is a `Truth`, and `decide` makes an outcome of
it. What a finding says is a function too, because rules are evaluated far more often than they are shown
(flip points, comparison): it is called only for what is reported.
"""

from __future__ import annotations

from mlspeclint.spec.quantity import NOTHING, YES, Truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mlspeclint.spec.compiled import Spec

    Cause = Mapping[str, float] | Callable[[Spec], Spec]

ERROR = "error"
"""What is declared cannot all come true, or must not be done."""
WARNING = "warning"
"""What is declared conflicts with the choice."""
NOTE = "note"
"""Worth knowing, or cannot be ruled out."""
SEVERITIES = (NOTE, WARNING, ERROR)

ARITHMETIC = "arithmetic"
"""Follows from the declared numbers."""
MEASURED = "measured"
"""Rests on published comparisons."""
REGULATION = "regulation"
"""Rests on law, dated."""
CONVENTION = "convention"
"""Common practice or judgement: said so in the message, never above a warning."""
POLICY = "policy"
"""What an organisation has decided for itself."""

CONFLICT = "conflict"
POSSIBLE = "possible"
UNDECIDED = "undecided"
CLEAR = "clear"
NOT_APPLICABLE = "not_applicable"


class Told:
    """What a finding says.

    `message` says what conflicts with what, with the numbers; `instead` what to do; `clears` what would
    clear it where that is more than one number (the engine finds single numbers by itself). `at` is the
    path of the primary place; `marks` are labels for places that replace those of the rule's `reads`.
    `policy` says what of it an organisation's configuration has set.
    """

    __slots__ = ("at", "clears", "instead", "marks", "message", "policy")

    def __init__(
        self,
        message: str,
        *,
        instead: str = "",
        clears: str = "",
        at: str | None = None,
        marks: Mapping[str, str] | None = None,
    ) -> None:
        self.message = message
        self.instead = instead
        self.clears = clears
        self.at = at
        self.marks = marks or {}
        self.policy: tuple[str, ...] = ()


class Claim:
    """That something is wrong if `truth` is yes, how bad that is, and how to tell it."""

    __slots__ = ("severity", "tell", "truth")

    def __init__(self, truth: Truth, severity: str, tell: Callable[[], Told]) -> None:
        self.truth = truth
        self.severity = severity
        self.tell = tell


class Outcome:
    """What a rule says of a spec.

    `kind` is CONFLICT, POSSIBLE, UNDECIDED, CLEAR or NOT_APPLICABLE. `missing` names the absent facts of
    an undecided one. `severity` and `tell` are those of the claim behind a conflict or a possible one.
    """

    __slots__ = ("kind", "missing", "severity", "tell")

    def __init__(
        self,
        kind: str,
        missing: frozenset[str] = NOTHING,
        severity: str = "",
        tell: Callable[[], Told] | None = None,
    ) -> None:
        self.kind = kind
        self.missing = missing
        self.severity = severity
        self.tell = tell

    def __repr__(self) -> str:
        return f"<{self.kind} {self.severity} {', '.join(sorted(self.missing))}>"


CLEARED = Outcome(CLEAR)
SILENT = Outcome(NOT_APPLICABLE)


def decide(applies: Truth, *claims: Claim) -> Outcome:
    """The outcome of a rule that applies where `applies` says, with its claims from worst to mildest.

    The first claim that is certain is a conflict. If none is, one that cannot be told from what is
    declared is possible, and one for which a fact is absent is undecided. A claim that is only open
    does not hide a milder one that is certain.
    """
    if applies.value is False:
        return SILENT
    doubt: Claim | None = None
    missing = NOTHING
    for claim in claims:
        truth = claim.truth if applies is YES else applies & claim.truth
        if truth.value is True:
            return Outcome(CONFLICT, NOTHING, claim.severity, claim.tell)
        if truth.value is None:
            if truth.missing:
                missing |= truth.missing
            elif doubt is None:
                doubt = claim
    if doubt is not None:
        return Outcome(POSSIBLE, NOTHING, doubt.severity, doubt.tell)
    if missing:
        return Outcome(UNDECIDED, missing)
    return CLEARED


class Rule:
    """A rule: its name, what it reads, what it rests on, and its function.

    `reads` maps every field path that the function touches to the label that its place gets in a finding
    (empty: not shown); its order is the order of importance, and the first declared one is the primary
    place unless the finding says otherwise. `flips` are the facts to vary for the flip points (None: all
    quantities of `reads`). `yields_to` maps the code of a rule that reports the same cause to the facts
    that take that cause away, or to a function that makes a spec without it: the finding stays if it
    would stand without the cause. `figures` names the tables of published results that it quotes. Of a rule
    that is not the tool's own, `origin` says where it comes from, and `docs` is the address of its page.
    """

    __slots__ = (
        "as_of", "basis", "check", "code", "docs", "figures", "flips", "name", "origin", "paths", "reads",
        "severity", "sources", "waivable", "yields_to",
    )  # fmt: skip

    def __init__(
        self,
        check: Callable[[Spec], Outcome],
        code: str,
        name: str,
        *,
        severity: str,
        basis: str,
        reads: Mapping[str, str],
        sources: tuple[str, ...] = (),
        as_of: str | None = None,
        flips: tuple[str, ...] | None = None,
        yields_to: Mapping[str, Cause] | None = None,
        waivable: bool = True,
        figures: tuple[str, ...] = (),
        docs: str = "",
        origin: str = "",
    ) -> None:
        self.check = check
        self.code = code
        self.name = name
        self.severity = severity
        self.basis = basis
        self.reads = reads
        self.paths = frozenset(reads)
        self.sources = sources
        self.as_of = as_of
        self.flips = flips
        self.yields_to = yields_to or {}
        self.waivable = waivable
        self.figures = figures
        self.docs = docs
        self.origin = origin

    @property
    def group(self) -> str:
        """The letters of its group."""
        return self.code.rstrip("0123456789")

    @property
    def page(self) -> str:
        """Its documentation page: the docstring of its function."""
        from inspect import cleandoc

        return cleandoc(self.check.__doc__ or "")

    def having(self, **changes: object) -> Rule:
        """A copy with other values for some of its attributes."""
        copy = object.__new__(Rule)
        for name in Rule.__slots__:
            setattr(copy, name, changes.get(name, getattr(self, name)))
        return copy

    def __repr__(self) -> str:
        return f"<rule {self.code} {self.name}>"


def rule(
    code: str,
    name: str,
    *,
    severity: str,
    basis: str,
    reads: Mapping[str, str],
    sources: tuple[str, ...] = (),
    as_of: str | None = None,
    flips: tuple[str, ...] | None = None,
    yields_to: Mapping[str, Cause] | None = None,
    waivable: bool = True,
    figures: tuple[str, ...] = (),
    docs: str = "",
) -> Callable[[Callable[[Spec], Outcome]], Rule]:
    """Make a rule of a function (see `Rule` for the arguments)."""

    def wrap(check: Callable[[Spec], Outcome]) -> Rule:
        return Rule(
            check,
            code,
            name,
            severity=severity,
            basis=basis,
            reads=reads,
            sources=sources,
            as_of=as_of,
            flips=flips,
            yields_to=yields_to,
            waivable=waivable,
            figures=figures,
            docs=docs,
        )

    return wrap
