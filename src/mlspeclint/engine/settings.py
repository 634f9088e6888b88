"""What a run was asked to do, and the catalogue in which rules are found by code, name and group."""

from __future__ import annotations

from datetime import date

from mlspeclint.rules import RULES
from mlspeclint.rules.names import EVIDENCE_NAMES, SPEC_NAMES, WAIVER_NAMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlspeclint.engine.dependencies import Evidence


class Named:
    """An entry of the catalogue: a rule, or one of the checks of the file and of waivers themselves."""

    __slots__ = ("code", "name", "waivable")

    def __init__(self, code: str, name: str, waivable: bool) -> None:
        self.code = code
        self.name = name
        self.waivable = waivable


def _catalogue() -> dict[str, Named]:
    """Every code and every name that can be told, in the order of the documentation."""
    entries = [Named(code, name, False) for code, name in SPEC_NAMES.items()]
    entries += [Named(rule.code, rule.name, rule.waivable) for rule in RULES]
    entries += [Named(code, name, True) for code, name in EVIDENCE_NAMES.items()]
    entries += [Named(code, name, False) for code, name in WAIVER_NAMES.items()]
    return {key: entry for entry in entries for key in (entry.code, entry.name)}


CATALOGUE = _catalogue()
GROUPS = frozenset(entry.code[:3] for entry in CATALOGUE.values())


class UnknownRule(Exception):
    """A code, name or group that does not exist; the message has a suggestion."""


def rule_suggestion(name: str, *, waivable: bool = False) -> str:
    """The rule or group that was probably meant; with `waivable`, the rule that can be waived."""
    from difflib import get_close_matches

    names = [key for key, entry in CATALOGUE.items() if entry.waivable or not waivable]
    if not waivable:
        names += GROUPS
    match = get_close_matches(name, names, n=1, cutoff=0.6)
    return f"did you mean {match[0]}?" if match else "`mlspeclint rules` lists them"


class Settings:
    """What a run was asked to do.

    `select` and `ignore` hold codes, names and groups (raises `UnknownRule` for others). `today` is the
    ordinal of the day to take for today, if one was given. `flips` asks for what would clear a finding.
    `evidence` is what lies beside the specs, if it shall be compared with them; `idle` are the codes that
    were selected and need it, if not.
    """

    __slots__ = (
        "catalogue", "chosen", "day", "evidence", "flips", "groups", "idle", "no_waivers", "rules",
        "today",
    )  # fmt: skip

    def __init__(
        self,
        *,
        select: Iterable[str] = (),
        extend_select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        today: date | None = None,
        no_waivers: bool = False,
        flips: bool = True,
        evidence: bool = False,
    ) -> None:
        chosen = _codes(select) or frozenset(entry.code for entry in CATALOGUE.values())
        self.chosen = (chosen | _codes(extend_select)) - _codes(ignore)
        self.evidence: Evidence | None = None
        self.idle: frozenset[str] = frozenset()
        if evidence:
            from mlspeclint.engine.dependencies import Evidence

            self.evidence = Evidence()
        else:
            # What is not looked for is not missed: its waivers are not called unused.
            self.idle = (_codes(select) | _codes(extend_select)) & EVIDENCE_NAMES.keys()
            self.chosen -= EVIDENCE_NAMES.keys()
        self.rules = tuple(rule for rule in RULES if rule.code in self.chosen)
        self.catalogue = CATALOGUE
        self.groups = GROUPS
        self.today = None if today is None else float(today.toordinal())
        self.day = today or date.today()
        self.no_waivers = no_waivers
        self.flips = flips

    def selects(self, code: str) -> bool:
        """Whether findings of a rule are wanted."""
        return code in self.chosen


def _codes(names: Iterable[str]) -> frozenset[str]:
    """The codes that codes, names and groups stand for."""
    codes: set[str] = set()
    for name in names:
        if name in CATALOGUE:
            codes.add(CATALOGUE[name].code)
        elif name in GROUPS:
            codes.update(entry.code for entry in CATALOGUE.values() if entry.code[:3] == name)
        else:
            raise UnknownRule(f"there is no rule or group `{name}`: {rule_suggestion(name)}")
    return frozenset(codes)
