"""The limits that rules compare with, by name (`curated/thresholds.toml`), and those of an organisation.

An organisation may set limits of its own. They are in force within a `with` block, and only there:

    with Limits({"agreement_low": 0.75}):
        rule.check(spec)
"""

from __future__ import annotations

from mlspeclint.knowledge._tables import LEVELS, LEVELS_OF_TRAINING, THRESHOLDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    Levels = tuple[tuple[int, int], tuple[int, int]]
    NetworkLevels = tuple[tuple[int, int], tuple[int, int], tuple[int, int]]

DEEP_LEARNING = "deep_learning"
NETWORKS = {
    "neural_network": DEEP_LEARNING,
    "tabular_foundation_model": "tabular_foundation_model",
    "prompting": "prompting",
}
"""The kinds of `explanation_levels.toml` whose level depends on the method of the explanation, and where
their levels stand."""
LEVELS_PREFIX = "explanation_levels."
"""How the name of a limit begins that is the level of an algorithm kind."""


class Limits:
    """Limits that differ from the published ones.

    `values` are numbers or intervals by the names of `thresholds.toml`, `levels` the explanation levels that
    a kind of algorithm reaches, without and with a validated explanation, each from 0 to 4. Names must be
    known. `read` collects the names of those that were asked for.
    """

    def __init__(
        self,
        values: Mapping[str, float | tuple[float, float]] | None = None,
        levels: Mapping[str, tuple[int, int]] | None = None,
    ) -> None:
        self.values = dict(values or {})
        self.own_levels = dict(levels or {})
        self.read: set[str] = set()
        plain = {kind: pair for kind, pair in self.own_levels.items() if kind not in NETWORKS}
        networks = {kind: pair for kind, pair in self.own_levels.items() if kind in NETWORKS}
        self.thresholds: dict[str, float | tuple[float, float]] = _noted(
            THRESHOLDS | self.values, {name: name for name in self.values}, self.read
        )
        self.levels: dict[str, Levels] = _noted(
            LEVELS | {kind: ((a, a), (b, b)) for kind, (a, b) in plain.items()},
            {kind: LEVELS_PREFIX + kind for kind in plain},
            self.read,
        )
        self.networks: dict[str, NetworkLevels] = _noted(
            LEVELS_OF_TRAINING
            | {"tabular_foundation_model": LEVELS_OF_TRAINING[DEEP_LEARNING]}
            # What was validated counts the same here, whatever the method.
            | {NETWORKS[kind]: ((a, a), (b, b), (b, b)) for kind, (a, b) in networks.items()},
            {NETWORKS[kind]: LEVELS_PREFIX + kind for kind in networks},
            self.read,
        )
        self._before: list[Limits] = []

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all that differ."""
        return (*self.values, *(LEVELS_PREFIX + kind for kind in self.own_levels))

    def without(self, *names: str) -> Limits:
        """The same, with the published values for some."""
        return Limits(
            {name: value for name, value in self.values.items() if name not in names},
            {
                kind: pair
                for kind, pair in self.own_levels.items()
                if LEVELS_PREFIX + kind not in names
            },
        )

    def __enter__(self) -> Limits:
        global _in_force
        self._before.append(_in_force)
        _in_force = self
        return self

    def __exit__(self, *_: object) -> None:
        global _in_force
        _in_force = self._before.pop()


class _Noted(dict):  # type: ignore[type-arg]
    """A table that notes which of its own entries are asked for."""

    __slots__ = ("names", "read")

    names: Mapping[str, str]
    read: set[str]

    def __getitem__(self, key: str) -> Any:
        if key in self.names:
            self.read.add(self.names[key])
        return super().__getitem__(key)


def _noted(table: dict[str, Any], names: Mapping[str, str], read: set[str]) -> dict[str, Any]:
    """The table; one that notes what is asked for only where there is something to note."""
    if not names:
        return table
    noted = _Noted(table)
    noted.names, noted.read = names, read
    return noted


_in_force = Limits()


def in_force() -> Limits:
    """Return the limits that rules are to use now: the published ones outside of every `with` block."""
    return _in_force


def threshold(name: str) -> float:
    """Return a limit, in the unit that its entry in `thresholds.toml` states.

    Raises KeyError when there is no such limit and TypeError when the limit is an interval.
    """
    value = _in_force.thresholds[name]
    if isinstance(value, tuple):
        raise TypeError(f"{name} is an interval")
    return value


def interval(name: str) -> tuple[float, float]:
    """Return a limit as low and high end; both are the same for a plain number.

    Raises KeyError when there is no such limit.
    """
    value = _in_force.thresholds[name]
    return value if isinstance(value, tuple) else (value, value)
