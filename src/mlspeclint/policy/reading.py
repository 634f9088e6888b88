"""What one configuration file says: its keys and values, checked, with every mistake told by file and key.

Names of rules are checked later, when all files have been read that declare rules.
"""

from __future__ import annotations

from mlspeclint.policy.keys import (
    BY_NAME,
    FAIL_ON,
    KEYS,
    LEVELS,
    LEVELS_TABLE,
    MAX_ENTRIES,
    MAX_PATTERNS,
    MAX_TEXT,
    PACKAGE,
    PROFILES,
    STAGED,
    STAGES,
)
from mlspeclint.policy.problem import ConfigProblem
from mlspeclint.spec.shapes import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any, NoReturn

    from mlspeclint.policy.keys import Key

    Values = dict[str, Any]


def read_values(file: str, table: dict[str, Any]) -> Values:
    """The values of a file by key, as tuples and mappings. Raises `ConfigProblem`."""
    return _Reader(file).keys(table, "", KEYS)


def suggestion(word: str, known: Iterable[str]) -> str:
    """What was probably meant, or all that there is if that is little."""
    names = list(known)
    return closest(word, names) or (f"there are {', '.join(names)}" if len(names) <= 16 else "")


def closest(word: str, known: Iterable[str]) -> str:
    """What was probably meant; empty where nothing is like it."""
    from difflib import get_close_matches

    # No name is that long, and a long one would take a long time.
    match = get_close_matches(word[:100], known, n=1, cutoff=0.6)
    return f"did you mean {match[0]}?" if match else ""


def described(value: object) -> str:
    """A value of TOML for a message: short, and never the whole of a table."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"the text `{shown(value)}`"
    if isinstance(value, int):
        # Whole numbers may have thousands of digits.
        return f"the number {value}" if abs(value) < 10**20 else "a very large number"
    if isinstance(value, float):
        return f"the number {value:g}"
    return (
        "a list" if isinstance(value, list) else "a table" if isinstance(value, dict) else "a date"
    )


class _Reader:
    """Reads the values of one file."""

    def __init__(self, file: str) -> None:
        self.file = file

    def fail(self, key: str, message: str, help: str = "") -> NoReturn:
        raise ConfigProblem(message, file=self.file, key=shown(key, 200), help=help)

    def keys(self, table: dict[str, Any], prefix: str, known: Iterable[Key]) -> Values:
        names = {key.name: key for key in known}
        values = {}
        for name, value in table.items():
            if name not in names:
                if prefix and name in BY_NAME:
                    help = f"in a stage there are {', '.join(names)}"
                elif not prefix and name == "tool":
                    help = "in this file the keys stand at the top, without [tool.mlspeclint]"
                else:
                    help = suggestion(name, names)
                self.fail(prefix + name, "there is no such key", help)
            read: Callable[[object, str], object] = getattr(self, names[name].kind)
            values[name] = read(value, prefix + name)
        return values

    # -- shapes --------------------------------------------------------------------------------

    def text(self, value: object, key: str, what: str = "a text") -> str:
        if not isinstance(value, str):
            self.fail(key, f"it is {described(value)}, not {what}")
        if not value.strip():
            self.fail(key, "it is empty")
        if len(value) > MAX_TEXT:
            self.fail(key, f"it has more than {MAX_TEXT:,} characters")
        return value

    def texts(self, value: object, key: str, what: str) -> tuple[str, ...]:
        if not isinstance(value, list):
            parts = value.split(",") if isinstance(value, str) else ()
            help = f"write [{', '.join(_quoted(each.strip()) for each in parts)}]" if parts else ""
            self.fail(key, f"it is {described(value)}, not a list of {what}", help)
        self.bounded(value, key)
        return tuple(self.text(item, f"{key}[{index}]") for index, item in enumerate(value))

    def table(self, value: object, key: str, what: str) -> Iterator[tuple[str, str, object]]:
        """The entries of a table: name, key path and value."""
        if not isinstance(value, dict):
            self.fail(key, f"it is {described(value)}, not a table of {what}")
        self.bounded(value, key)
        for name, item in value.items():
            if len(name) > MAX_TEXT:
                self.fail(key, f"it has a key of more than {MAX_TEXT:,} characters")
            yield name, f"{key}.{name}", item

    def bounded(self, value: list[Any] | dict[str, Any], key: str, most: int = MAX_ENTRIES) -> None:
        if len(value) > most:
            self.fail(key, f"it has {len(value):,} entries, the limit is {most:,}")

    def choice(self, value: object, key: str, options: tuple[str, ...]) -> str:
        if not isinstance(value, str) or value not in options:
            match = closest(value, options) if isinstance(value, str) else ""
            listed = f"one of {', '.join(options)}"
            self.fail(key, f"it is {described(value)}, not {listed}", match)
        return value

    # -- kinds of keys -------------------------------------------------------------------------

    def profile(self, value: object, key: str) -> str:
        return self.choice(value, key, PROFILES)

    def level(self, value: object, key: str) -> str:
        return self.choice(value, key, FAIL_ON)

    def rules(self, value: object, key: str) -> tuple[str, ...]:
        return self.texts(value, key, "rules (codes, names or groups)")

    def packs(self, value: object, key: str) -> tuple[str, ...]:
        names = self.texts(value, key, "policy packs")
        for index, name in enumerate(names):
            place = f"{key}[{index}]"
            if name.startswith(PACKAGE):
                package = name.removeprefix(PACKAGE)
                if not (package.isascii() and package.isidentifier()):
                    self.fail(
                        place,
                        f"`{shown(package)}` is not the name of a top-level package",
                        "write package:NAME with the name that is imported",
                    )
            elif not name.endswith(".toml") or "\0" in name:
                self.fail(
                    place, f"`{shown(name)}` is neither the path of a .toml file nor package:NAME"
                )
        return names

    def plugins(self, value: object, key: str) -> tuple[str, ...]:
        return self.texts(value, key, "entry points")

    def patterns(self, value: object, key: str) -> tuple[str, ...]:
        if isinstance(value, list):
            self.bounded(value, key, MAX_PATTERNS)
        patterns = self.texts(value, key, "patterns")
        for index, pattern in enumerate(patterns):
            self.pattern(pattern, f"{key}[{index}]")
        return patterns

    def pattern(self, pattern: str, key: str) -> None:
        from mlspeclint.policy.patterns import mistake

        problem = mistake(pattern)
        if problem:
            self.fail(key, f"`{shown(pattern)}` {problem}")

    def rules_by_pattern(self, value: object, key: str) -> dict[str, tuple[str, ...]]:
        if isinstance(value, dict):
            self.bounded(value, key, MAX_PATTERNS)
        read = {}
        for pattern, place, rules in self.table(value, key, "rules by pattern"):
            self.pattern(pattern, place)
            read[pattern] = self.rules(rules, place)
        return read

    def severities(self, value: object, key: str) -> dict[str, str]:
        entries = self.table(value, key, "levels by rule")
        return {name: self.choice(level, place, LEVELS) for name, place, level in entries}

    def limits(self, value: object, key: str) -> dict[str, Any]:
        from mlspeclint.policy.limits import BadLimit, limit_kinds, read_limit

        kinds = limit_kinds()
        read: dict[str, Any] = {}
        for name, place, given in self.table(value, key, "limits by name"):
            if name == LEVELS_TABLE:
                read |= self.levels(given, place)
            elif name not in kinds:
                self.fail(place, "there is no such limit", suggestion(name, [*kinds, LEVELS_TABLE]))
            else:
                try:
                    read[name] = read_limit(kinds[name], given)
                except BadLimit as bad:
                    self.fail(place, f"{described(given)} cannot be it", str(bad))
        return read

    def levels(self, value: object, key: str) -> dict[str, tuple[int, int]]:
        from mlspeclint.policy.limits import BadLimit, level_kinds, read_level

        kinds = level_kinds()
        read = {}
        for kind, place, given in self.table(value, key, "levels by algorithm kind"):
            if kind not in kinds:
                self.fail(place, "there is no such kind of algorithm", suggestion(kind, kinds))
            try:
                read[f"{LEVELS_TABLE}.{kind}"] = read_level(given)
            except BadLimit as bad:
                self.fail(place, f"{described(given)} cannot be it", str(bad))
        return read

    def fields(self, value: object, key: str) -> tuple[str, ...]:
        from mlspeclint.policy.fields import REQUIRABLE, in_a_list

        paths = self.texts(value, key, "fields")
        for index, path in enumerate(paths):
            place = f"{key}[{index}]"
            if holder := in_a_list(path):
                self.fail(
                    place,
                    f"`{shown(path)}` is a field of the entries of a list",
                    f"require `{holder}`",
                )
            if path not in REQUIRABLE:
                same_end = [each for each in REQUIRABLE if each.endswith(f".{path}")]
                help = f"did you mean {same_end[0]}?" if same_end else suggestion(path, REQUIRABLE)
                self.fail(place, f"there is no field `{shown(path)}`", help)
        return paths

    def stages(self, value: object, key: str) -> dict[str, Values]:
        read = {}
        for stage, place, table in self.table(value, key, "settings by stage"):
            if stage not in STAGES:
                self.fail(place, "there is no such stage", suggestion(stage, STAGES))
            if not isinstance(table, dict):
                self.fail(place, f"it is {described(table)}, not a table of settings")
            read[stage] = self.keys(table, f"{place}.", STAGED)
        return read

    def policies(self, value: object, key: str) -> list[dict[str, Any]]:
        if not isinstance(value, list):
            self.fail(key, f"it is {described(value)}, not a list of tables", "write [[policies]]")
        self.bounded(value, key)
        for index, entry in enumerate(value):
            if not isinstance(entry, dict):
                self.fail(f"{key}[{index}]", f"it is {described(entry)}, not a table")
        return value


def _quoted(text: str) -> str:
    return '"' + shown(text).replace("\\", "\\\\").replace('"', '\\"') + '"'
