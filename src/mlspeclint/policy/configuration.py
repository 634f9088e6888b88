"""A configuration with all that it is merged of: what it makes of the rules, and where each value is from."""

from __future__ import annotations

from mlspeclint.engine.settings import CATALOGUE, Catalogue, Policy, Settings, UnknownRule
from mlspeclint.policy.adjusted import SetLimits, adjusted
from mlspeclint.policy.keys import DEFAULT_STAGE, MAX_PATTERNS, STAGES
from mlspeclint.policy.packs import layers_of
from mlspeclint.policy.problem import ConfigProblem
from mlspeclint.rules import RULES
from mlspeclint.rules.names import POLICY_NAMES, SEVERITIES, SPEC_NAMES
from mlspeclint.spec.shapes import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from mlspeclint.policy.packs import Layer
    from mlspeclint.policy.search import Found
    from mlspeclint.rules.rule import Rule


class Origin:
    """Where a value is from: a file, and the key in it."""

    __slots__ = ("key", "layer", "stage")

    def __init__(self, layer: Layer, key: str, stage: str | None = None) -> None:
        self.layer = layer
        self.key = key if stage is None else f"stages.{stage}.{key}"
        self.stage = stage

    def __str__(self) -> str:
        """Who has set it, for a finding."""
        return self.layer.name if self.stage is None else f"{self.layer.name} for {self.stage}"

    def problem(self, message: str, help: str = "") -> ConfigProblem:
        """What is wrong with the value."""
        return ConfigProblem(message, file=self.layer.name, key=shown(self.key, 200), help=help)


class Merged:
    """What all files together say of the projects of a stage, each value with its origin.

    `selected` are the rules of the last `select`, `extended` and `ignored` those of what came after it.
    """

    __slots__ = ("chosen", "extended", "ignored", "limits", "required", "selected", "severities")

    def __init__(self, chosen: frozenset[str]) -> None:
        self.chosen = chosen
        self.selected: tuple[tuple[str, ...], Origin] | None = None
        self.extended: dict[str, Origin] = {}
        self.ignored: dict[str, Origin] = {}
        self.severities: dict[str, tuple[str, Origin]] = {}
        self.limits: dict[str, tuple[Any, Origin]] = {}
        self.required: dict[str, Origin] = {}

    def set_limits(self) -> SetLimits | None:
        """The limits to put in force; None where none was set."""
        if not self.limits:
            return None
        from mlspeclint.policy.limits import make_limits

        values = {name: value for name, (value, _) in self.limits.items()}
        set_by = {name: str(origin) for name, (_, origin) in self.limits.items()}
        return SetLimits(make_limits(values), values, set_by)


class Configuration:
    """The configuration that begins with a file that was found. Raises `ConfigProblem`."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.layers = layers_of(found)
        own = self._declared()
        self.rules = (*RULES, *own)
        self.catalogue = Catalogue(self.rules) if own else CATALOGUE
        self._codes: dict[str, frozenset[str]] = {}
        self.staged = any("stages" in layer.values for layer in self.layers)
        self.stages = {stage: self._merged(stage) for stage in STAGES}
        self.path_ignores = self._path_ignores()
        self.excluded = [(pattern, origin) for origin, pattern in self.every("exclude")]
        for key, patterns in (("exclude", self.excluded), ("per-path-ignores", self.path_ignores)):
            if len(patterns) > MAX_PATTERNS:
                told = f"all files together have {len(patterns):,} patterns, the limit is {MAX_PATTERNS}"
                raise Origin(self.layers[-1], key).problem(told)
        self._patterns: dict[tuple[str, ...], Any] = {}
        self._settings: dict[frozenset[str], Settings] = {}

    def last(self, key: str) -> tuple[Any, Origin] | None:
        """The value of a key that the last file sets, and its origin."""
        for layer in reversed(self.layers):
            if key in layer.values:
                return layer.values[key], Origin(layer, key)
        return None

    def every(self, key: str) -> list[tuple[Origin, Any]]:
        """The entries of a list that adds up, each with its origin."""
        return [
            (Origin(layer, key), entry)
            for layer in self.layers
            for entry in layer.values.get(key, ())
        ]

    @property
    def fail_on(self) -> str | None:
        """The mildest finding for which the exit status is 1, if a file says so."""
        last = self.last("fail-on")
        return last[0] if last else None

    # -- rules ---------------------------------------------------------------------------------

    def _declared(self) -> tuple[Rule, ...]:
        """The rules that the organisation has made itself."""
        rules: list[Rule] = []
        for layer in self.layers:
            if layer.values.get("policies"):
                from mlspeclint.policy.declared import declared_rules

                rules += declared_rules(layer.values["policies"], layer.name)
        loaded: set[str] = set()
        for layer in self.layers:
            names = [each for each in layer.values.get("plugins", ()) if each not in loaded]
            if names:
                from mlspeclint.policy.plugins import plugin_rules

                names = list(dict.fromkeys(names))
                rules += plugin_rules(names, self.found.root, layer.name)
                loaded.update(names)
        if rules:
            from mlspeclint.policy.declared import together

            together(rules)
        return tuple(rules)

    def codes(self, names: Sequence[str], origin: Origin) -> frozenset[str]:
        """The codes that codes, names and groups stand for. Raises `ConfigProblem`."""
        try:
            known = self._codes
            for name in names:
                if name not in known:
                    known[name] = self.catalogue.codes((name,))
            return frozenset().union(*(known[name] for name in names))
        except UnknownRule as error:
            raise origin.problem(str(error)) from None

    # -- merging -------------------------------------------------------------------------------

    def _merged(self, stage: str) -> Merged:
        merged = Merged(self.catalogue.all_codes)
        for layer in self.layers:
            self._merge(merged, layer, layer.values, None)
            staged = layer.values.get("stages", {}).get(stage)
            if staged:
                self._merge(merged, layer, staged, stage)
        self._check_limits(merged)
        return merged

    def _merge(
        self, merged: Merged, layer: Layer, values: dict[str, Any], stage: str | None
    ) -> None:
        def origin(key: str) -> Origin:
            return Origin(layer, key, stage)

        if "select" in values:
            merged.chosen = self.codes(values["select"], origin("select"))
            merged.selected = (values["select"], origin("select"))
            merged.extended, merged.ignored = {}, {}
        if values.get("require") or (merged.required and "select" in values):
            # Who demands fields wants to hear of them, whatever else is selected, here or in a later file.
            merged.chosen |= POLICY_NAMES.keys()
        for name in values.get("extend-select", ()):
            merged.chosen |= self.codes((name,), origin("extend-select"))
            merged.extended[name] = origin("extend-select")
            merged.ignored.pop(name, None)
        for name in values.get("ignore", ()):
            merged.chosen -= self.codes((name,), origin("ignore"))
            merged.ignored[name] = origin("ignore")
            merged.extended.pop(name, None)
        # What is said of a rule wins over what is said of its group.
        by_scope = sorted(
            values.get("severity", {}).items(), key=lambda entry: entry[0] in self.catalogue
        )
        for name, level in by_scope:
            for code in self._adjustable(name, origin(f"severity.{name}")):
                merged.severities[code] = (level, origin(f"severity.{name}"))
        for name, value in values.get("limits", {}).items():
            merged.limits[name] = (value, origin(f"limits.{name}"))
        for path in values.get("require", ()):
            merged.required[path] = origin("require")

    def _adjustable(self, name: str, origin: Origin) -> frozenset[str]:
        """The codes of a code, name or group, whose level may be set."""
        codes = self.codes((name,), origin)
        for code in sorted(codes):
            if code in SPEC_NAMES and SEVERITIES[code] == "error":
                raise origin.problem(
                    f"{code} {SPEC_NAMES[code]} is a mistake in the file itself, and stays an error",
                    "" if name == code else "name other rules by their codes",
                )
        return codes

    def _check_limits(self, merged: Merged) -> None:
        if not merged.limits:
            return
        from mlspeclint.knowledge.limits import threshold
        from mlspeclint.policy.limits import crossed

        values = {name: value for name, (value, _) in merged.limits.items()}
        pair = crossed(values)
        if pair is not None:
            low, high = pair
            origin = (merged.limits.get(low) or merged.limits[high])[1]
            told = (f"{name} ({values.get(name) or threshold(name):g})" for name in pair)
            raise origin.problem(" is above ".join(told))

    def _path_ignores(self) -> dict[str, tuple[frozenset[str], tuple[str, ...], Origin]]:
        """The codes that are left out for each pattern, as they are named, and where that is written."""
        found = {}
        for layer in self.layers:
            for pattern, names in layer.values.get("per-path-ignores", {}).items():
                origin = Origin(layer, f"per-path-ignores.{pattern}")
                found[pattern] = (self.codes(names, origin), names, origin)
        return found

    # -- what a check needs --------------------------------------------------------------------

    def policy(self, stage: str) -> Policy:
        """What it makes of the rules for projects of a stage."""
        merged = self.stages[stage]
        limits = merged.set_limits()
        severities = {code: (level, str(who)) for code, (level, who) in merged.severities.items()}
        own = {rule.code for rule in self.rules}
        return Policy(
            self.catalogue,
            tuple(adjusted(rule, severities.get(rule.code), limits) for rule in self.rules),
            merged.chosen,
            {code: each for code, each in severities.items() if code not in own},
            tuple((path, str(origin)) for path, origin in merged.required.items()),
            None if limits is None else limits.limits,
        )

    def changes(self, stage: str) -> dict[str, list[str]]:
        """What was set of each rule for projects of a stage, in words, by code."""
        merged = self.stages[stage]
        told: dict[str, list[str]] = {}
        levels = {rule.code: rule.severity for rule in self.rules} | SEVERITIES
        for code, (level, who) in merged.severities.items():
            if level != levels[code]:
                told.setdefault(code, []).append(f"severity {level} set by {who}")
        limits = merged.set_limits()
        if limits is not None:
            from mlspeclint.policy.limits import rules_of

            for name in limits.limits.names:
                for code in rules_of(name):
                    told.setdefault(code, []).append(limits.told(name))
        return told

    def said_of(self, subject: str) -> list[str]:
        """What it sets of a rule (by code or name), or demands of a field, at any stage, in words."""
        entry = self.catalogue.get(subject) or self.catalogue.get(subject.upper())
        told: list[str] = []
        for stage, merged in self.stages.items():
            if entry is not None:
                told += self.changes(stage).get(entry.code, ())
            elif subject in merged.required:
                told.append(f"required by {merged.required[subject]}")
        return list(dict.fromkeys(told))

    def excludes(self, path: str) -> bool:
        """Whether a file is not to be checked."""
        patterns = tuple(pattern for pattern, _ in self.excluded)
        return bool(patterns) and self._matches(patterns, path)

    def ignored_at(self, path: str) -> list[str]:
        """The rules that are left out for a file because of its path, as they are named."""
        return [
            name
            for pattern, (_, names, _) in self.path_ignores.items()
            if self._matches((pattern,), path)
            for name in names
        ]

    def settings(self, path: str, **asked: Any) -> Settings:
        """The settings for a file; `asked` is what `Settings` takes from a command line, the same for all
        files. Raises `UnknownRule`."""
        left_out = frozenset(
            code
            for pattern, (codes, _, _) in self.path_ignores.items()
            if self._matches((pattern,), path)
            for code in codes
        )
        if left_out not in self._settings:
            asked = {**asked, "left_out": left_out}
            settings = Settings(policy=self.policy(DEFAULT_STAGE), **asked)
            if self.staged:
                settings.stages = {
                    stage: Settings(policy=self.policy(stage), **asked)
                    for stage in STAGES
                    if stage != DEFAULT_STAGE
                }
            self._settings[left_out] = settings
        return self._settings[left_out]

    def _matches(self, patterns: tuple[str, ...], path: str) -> bool:
        if patterns not in self._patterns:
            from mlspeclint.policy.patterns import PathPatterns

            self._patterns[patterns] = PathPatterns(self.found.folder, patterns)
        matches: bool = self._patterns[patterns].match(path)
        return matches
