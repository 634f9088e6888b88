"""What a run was asked to do, and the catalogue in which rules are found by code, name and group."""

from __future__ import annotations

from datetime import date

from mlspeclint.rules import RULES
from mlspeclint.rules.names import EVIDENCE_NAMES, POLICY_NAMES, SPEC_NAMES, WAIVER_NAMES
from mlspeclint.spec.shapes import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from contextlib import AbstractContextManager

    from mlspeclint.engine.dependencies import Evidence
    from mlspeclint.rules.rule import Rule


class Named:
    """An entry of the catalogue: a rule, or one of the checks of the file and of waivers themselves."""

    __slots__ = ("code", "name", "waivable")

    def __init__(self, code: str, name: str, waivable: bool) -> None:
        self.code = code
        self.name = name
        self.waivable = waivable


class UnknownRule(Exception):
    """A code, name or group that does not exist; the message has a suggestion."""


MOST_SUGGESTED = 4
"""Rules that are suggested to who has typed how they begin."""


class Catalogue(dict[str, Named]):
    """Every code and every name that can be told, in the order of the documentation.

    `groups` are the letters that codes begin with.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        entries = [Named(code, name, False) for code, name in SPEC_NAMES.items()]
        entries += [Named(rule.code, rule.name, rule.waivable) for rule in rules]
        entries += [Named(code, name, True) for code, name in EVIDENCE_NAMES.items()]
        entries += [Named(code, name, True) for code, name in POLICY_NAMES.items()]
        entries += [Named(code, name, False) for code, name in WAIVER_NAMES.items()]
        super().__init__((key, entry) for entry in entries for key in (entry.code, entry.name))
        self.all_codes = frozenset(entry.code for entry in entries)
        self.groups = frozenset(_group(code) for code in self.all_codes)

    def codes(self, names: Iterable[str]) -> frozenset[str]:
        """The codes that codes, names and groups stand for. Raises `UnknownRule`."""
        codes: set[str] = set()
        for name in names:
            if name in self:
                codes.add(self[name].code)
            elif name in self.groups:
                codes.update(code for code in self.all_codes if _group(code) == name)
            else:
                told = f"there is no rule or group `{shown(name)}`: {self.suggestion(name)}"
                raise UnknownRule(told)
        return frozenset(codes)

    def suggestion(self, name: str, *, waivable: bool = False) -> str:
        """The rule or group that was probably meant; with `waivable`, the rule that can be waived."""
        from difflib import get_close_matches

        names = [key for key, entry in self.items() if entry.waivable or not waivable]
        if not waivable:
            names += self.groups
        # Somebody may have typed it in small letters, or the beginning only.
        match = [each for each in names if each == name.upper()]
        match = match or [each for each in names if len(name) > 2 and each.startswith(name)]
        match = match[:MOST_SUGGESTED]
        # No name is that long, and a long one would take a long time.
        match = match or get_close_matches(name[:100], names, n=1, cutoff=0.6)
        return f"did you mean {' or '.join(match)}?" if match else "`mlspeclint rules` lists them"


def _group(code: str) -> str:
    """The letters that a code begins with."""
    return code.rstrip("0123456789")


CATALOGUE = Catalogue(RULES)


class Policy:
    """What an organisation has made of the rules, for the projects of one stage.

    `rules` are all that there are, with its own among them and with its severities and limits. `chosen` are
    the codes that are switched on, before a command line chooses. `severities` maps the codes of what is no
    rule over a spec to a level and to who has set it. `required` are the fields that it demands, each with
    who demands it. `limits` are to be in force for what is computed without rules.
    """

    __slots__ = ("catalogue", "chosen", "limits", "required", "rules", "severities")

    def __init__(
        self,
        catalogue: Catalogue = CATALOGUE,
        rules: tuple[Rule, ...] = RULES,
        chosen: frozenset[str] = CATALOGUE.all_codes,
        severities: Mapping[str, tuple[str, str]] | None = None,
        required: tuple[tuple[str, str], ...] = (),
        limits: AbstractContextManager[object] | None = None,
    ) -> None:
        self.catalogue = catalogue
        self.rules = rules
        self.chosen = chosen
        self.severities = severities or {}
        self.required = required
        self.limits = limits


NO_POLICY = Policy()


class Settings:
    """What a run was asked to do.

    `select` and `ignore` hold codes, names and groups (raises `UnknownRule` for others); they go beyond
    what `policy` has chosen, but not beyond `left_out`. `today` is the ordinal of the day to take for today,
    if one was given. `flips` asks for what would clear a finding. `evidence` is what lies beside the specs,
    if it shall be compared with them; `idle` are the codes that were selected and need it, if not. `stages`
    are the settings for projects of other stages, where they differ.
    """

    __slots__ = (
        "catalogue", "chosen", "day", "evidence", "flips", "idle", "limits", "no_waivers", "required",
        "rules", "severities", "stages", "today",
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
        evidence: Evidence | None = None,
        policy: Policy = NO_POLICY,
        left_out: frozenset[str] = frozenset(),
    ) -> None:
        codes = policy.catalogue.codes
        chosen = codes(select) or policy.chosen
        self.chosen = (chosen | codes(extend_select)) - codes(ignore) - left_out
        self.evidence = evidence
        self.idle: frozenset[str] = frozenset()
        if evidence is None:
            # What is not looked for is not missed: its waivers are not called unused.
            self.idle = (codes(select) | codes(extend_select)) & EVIDENCE_NAMES.keys()
            self.chosen -= EVIDENCE_NAMES.keys()
        self.rules = tuple(rule for rule in policy.rules if rule.code in self.chosen)
        self.catalogue = policy.catalogue
        self.severities = policy.severities
        self.required = policy.required
        self.limits = policy.limits
        self.today = None if today is None else float(today.toordinal())
        self.day = today or date.today()
        self.no_waivers = no_waivers
        self.flips = flips
        self.stages: Mapping[str, Settings] = {}

    def selects(self, code: str) -> bool:
        """Whether findings of a rule are wanted."""
        return code in self.chosen

    def of_stage(self, stage: str | None) -> Settings:
        """The settings for a project of that stage (None: nobody knows)."""
        return self.stages.get(stage, self) if stage else self
