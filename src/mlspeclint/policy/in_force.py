"""Every setting in force with its origin, for `mlspeclint config`."""

from __future__ import annotations

from mlspeclint.policy.keys import KEYS, STAGED, STAGES
from mlspeclint.policy.limits import shown as shown_limit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from mlspeclint.policy.configuration import Configuration, Merged, Origin

    Given = Mapping[str, tuple[str, ...]]
    """What a command line says of `select`, `extend-select`, `ignore` and `fail-on`."""

DEFAULT = "default"
COMMAND_LINE = "command line"
CHOOSING = ("select", "extend-select", "ignore")


class Setting:
    """A setting: its key, its value (None: there is none), and where that is from, in words (`origin`).

    `file` and `at` are the file and the key in it, and `chain` the files that led there; what is a default,
    or from the command line, has none of them.
    """

    __slots__ = ("at", "chain", "file", "key", "origin", "value")

    def __init__(self, key: str, value: Any, origin: Origin | str) -> None:
        self.key = key
        self.value = value
        self.file: str | None = None
        self.at: str | None = None
        self.chain: tuple[str, ...] = ()
        if isinstance(origin, str):
            self.origin = origin
        else:
            self.file, self.at, self.chain = origin.layer.name, origin.key, origin.layer.chain
            way = f" ({' > '.join(self.chain)})" if len(self.chain) > 1 else ""
            self.origin = f"{self.file}: {self.at}{way}"

    @property
    def identity(self) -> tuple[str, str, str]:
        """The same for settings that say the same."""
        return (self.key, str(self.value), self.origin)


def common(configuration: Configuration | None, given: Given) -> list[Setting]:
    """The settings that do not depend on the stage of a project."""
    found: list[Setting] = []
    for key in KEYS:
        if key.staged or key.kind == "stages" or key.name in CHOOSING:
            continue
        settings = list(_common(configuration, key.name)) if configuration else []
        if key.name in given:
            settings = [Setting(key.name, given[key.name][0], f"{COMMAND_LINE}: --{key.name}")]
        found += settings or [Setting(key.name, key.default or None, DEFAULT)]
    return found


def _common(configuration: Configuration, key: str) -> Iterator[Setting]:
    if key in ("profile", "fail-on"):
        last = configuration.last(key)
        if last is not None:
            yield Setting(key, *last)
    elif key == "per-path-ignores":
        for pattern, (_, names, origin) in configuration.path_ignores.items():
            yield Setting(f"{key}.{pattern}", list(names), origin)
    else:
        for origin, entry in configuration.every(key):
            yield Setting(key, entry.get("code") if isinstance(entry, dict) else entry, origin)


def by_stage(configuration: Configuration | None, given: Given) -> dict[str, list[Setting]]:
    """The settings of each stage that may differ from those of others."""
    return {
        stage: _of_stage(configuration.stages[stage] if configuration else None, given)
        for stage in STAGES
    }


def _of_stage(merged: Merged | None, given: Given) -> list[Setting]:
    chosen = dict(_chosen(merged)) if merged else {}
    if "select" in given:
        chosen = {"select": [Setting("select", list(given["select"]), f"{COMMAND_LINE}: --select")]}
    for choosing in ("extend-select", "ignore"):
        names = given.get(choosing, ())
        for settings in chosen.values():
            settings[:] = [each for each in settings if each.value not in names]
        origin = f"{COMMAND_LINE}: --{choosing}"
        chosen.setdefault(choosing, []).extend(Setting(choosing, name, origin) for name in names)
    found = chosen.get("select") or [Setting("select", "all rules", DEFAULT)]
    for key in STAGED:
        settings = chosen.get(key.name) or (list(_staged(merged, key.name)) if merged else [])
        found += settings or [Setting(key.name, None, DEFAULT)]
    return found


def _chosen(merged: Merged) -> Iterator[tuple[str, list[Setting]]]:
    if merged.selected:
        names, origin = merged.selected
        yield "select", [Setting("select", list(names), origin)]
    for key, entries in (("extend-select", merged.extended), ("ignore", merged.ignored)):
        yield key, [Setting(key, name, origin) for name, origin in entries.items()]


def _staged(merged: Merged, key: str) -> Iterator[Setting]:
    if key == "require":
        for path, origin in merged.required.items():
            yield Setting(key, path, origin)
    elif key == "severity":
        for code, (level, origin) in sorted(merged.severities.items()):
            yield Setting(f"{key}.{code}", level, origin)
    elif key == "limits":
        for name, (value, origin) in merged.limits.items():
            yield Setting(f"{key}.{name}", shown_limit(name, value), origin)
