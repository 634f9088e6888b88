"""How far an approach can be explained (`curated/explanation_levels.toml`).

Levels: none 0, global 1, local 2, reasons 3, full 4. A convention that a policy can override (see
`limits`).
"""

from __future__ import annotations

from mlspeclint.knowledge._tables import LEVEL_NAMES
from mlspeclint.knowledge.algorithms import algorithm_kind
from mlspeclint.knowledge.limits import DEEP_LEARNING, NETWORKS, in_force


def level_of(name: str) -> int:
    """Return the number of a level of `explainability.required`. Raises ValueError for another."""
    return LEVEL_NAMES.index(name)


def level_name(level: int) -> str:
    """Return the name of a level from 0 to 4."""
    return LEVEL_NAMES[level]


def explanation_level(
    family: str,
    training: str | None = None,
    algorithm: str | None = None,
    method: str | None = None,
    validated: bool | None = False,
) -> tuple[int, int]:
    """Return the level that an approach reaches, as low and high end.

    `family`, `training`, `algorithm` are those of the approach, `method` and `validated` those of
    the explanation; None means not known, which widens the interval: `validated=None` spans both
    answers, a deep network whose training is not known may be a prompted one, an algorithm that
    is not known reaches 0 to 4.
    """
    levels = in_force().levels
    if family == "rules":
        return levels["rules"][0]
    if family == "deep_learning":
        if training == "prompting":
            return _network("prompting", method, validated)
        low, high = _network(DEEP_LEARNING, method, validated)
        return (0, high) if training is None else (low, high)
    kind = algorithm_kind(algorithm)
    if kind in NETWORKS:
        return _network(NETWORKS[kind], method, validated)
    plain, proven = levels[kind] if kind in levels else in_force().networks["unknown"][:2]
    if validated is None:
        return plain[0], proven[1]
    return proven if validated else plain


def _network(training: str, method: str | None, validated: bool | None) -> tuple[int, int]:
    """Return the level of a network; a validated method counts more when it is inherent."""
    plain, proven, inherent = in_force().networks[training]
    if validated is False or method == "none":
        return plain
    best = inherent if method in ("inherent", None) else proven
    least = inherent if method == "inherent" else proven
    return (plain[0] if validated is None else least[0]), best[1]
