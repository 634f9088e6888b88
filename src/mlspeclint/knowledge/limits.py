"""The limits that rules compare with, by name (`curated/thresholds.toml`)."""

from __future__ import annotations

from mlspeclint.knowledge._tables import THRESHOLDS


def threshold(name: str) -> float:
    """Return a limit, in the unit that its entry in `thresholds.toml` states.

    Raises KeyError when there is no such limit and TypeError when the limit is an interval.
    """
    value = THRESHOLDS[name]
    if isinstance(value, tuple):
        raise TypeError(f"{name} is an interval")
    return value


def interval(name: str) -> tuple[float, float]:
    """Return a limit as low and high end; both are the same for a plain number.

    Raises KeyError when there is no such limit.
    """
    value = THRESHOLDS[name]
    return value if isinstance(value, tuple) else (value, value)
