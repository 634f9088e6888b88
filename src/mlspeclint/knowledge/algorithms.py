"""What kind of method a name means (`curated/algorithms.toml`)."""

from __future__ import annotations

from mlspeclint.knowledge._tables import (
    ALGORITHM_FAMILIES,
    ALGORITHMS,
    ALGORITHMS_ALONE,
    NO_PENALTY_WORDS,
    PENALTY_WORDS,
)

LINEAR = frozenset(("linear_unpenalised", "linear_penalised"))
TREES = frozenset(("tree", "forest", "boosted_trees"))

_LONGEST = 5
_ANYWHERE: dict[str, str] = {}
_ALONE: dict[str, str] = {}
_SUFFIXES = (
    "classifier",
    "regressor",
    "ranker",
    "forecaster",
    "regression",
    "model",
    "baseline",
    "cv",
    "s",
)


def algorithm_kind(text: str | None) -> str | None:
    """Return the kind of an algorithm, or None when the text is absent, unknown or names several.

    Kinds are the tables of `algorithms.toml`: rules, scorecard, linear_unpenalised,
    linear_penalised, additive, tree, forest, boosted_trees, svm, ... Case, `-`, `_` and spaces do
    not matter, versions and remarks are skipped: "XGBoost 2.0 (monotone)" is boosted_trees.
    """
    if text is None:
        return None
    words = _words(text)
    penalised = any(word in PENALTY_WORDS for word in words)
    unpenalised = any(word in NO_PENALTY_WORDS for word in words)
    rest = [w for w in words if w not in PENALTY_WORDS and w not in NO_PENALTY_WORDS]
    kind = _alone(words) or _alone(rest) or _one(_mentioned(words))
    if kind in LINEAR and (penalised or unpenalised):
        return "linear_unpenalised" if unpenalised else "linear_penalised"
    return kind


def algorithm_family(text: str | None) -> str | None:
    """Return the family of the spec that an algorithm belongs to, or None when it is not known.

    One of rules, statistics, classical_ml, deep_learning.
    """
    kind = algorithm_kind(text)
    return None if kind is None else ALGORITHM_FAMILIES[kind]


def _fill(known: dict[str, str], by_kind: dict[str, str]) -> dict[str, str]:
    """Return the kind of each name, taken apart at the first call."""
    if not known:
        known.update((name, kind) for kind, names in by_kind.items() for name in names.split())
    return known


def _words(text: str) -> list[str]:
    """Split a text into lower-case words; a point stays inside a word (`c4.5`)."""
    spaced = "".join(c if c.isalnum() or c == "." else " " for c in text.lower())
    return [word for word in (part.strip(".") for part in spaced.split()) if word]


def _look_up(words: list[str], names: dict[str, str]) -> str | None:
    """Return the kind of a name written in these words, with or without a usual ending.

    A version at the end does not matter either: "yolov8", "resnet50", "tabpfn 2.5".
    """
    key = "".join(words)
    if key in names:
        return names[key]
    for suffix in _SUFFIXES:
        if key.endswith(suffix) and key[: -len(suffix)] in names:
            return names[key[: -len(suffix)]]
    return names.get(key.rstrip("0123456789.").removesuffix("v"))


def _alone(words: list[str]) -> str | None:
    """Return the kind when the words are a name and nothing else."""
    anywhere, alone = _fill(_ANYWHERE, ALGORITHMS), _fill(_ALONE, ALGORITHMS_ALONE)
    return _look_up(words, anywhere) or _look_up(words, alone)


def _mentioned(words: list[str]) -> set[str]:
    """Return the kinds that are named, reading the longest name at each place."""
    known = _fill(_ANYWHERE, ALGORITHMS)
    kinds = set()
    start = 0
    while start < len(words):
        for length in range(min(_LONGEST, len(words) - start), 0, -1):
            kind = _look_up(words[start : start + length], known)
            if kind is not None:
                kinds.add(kind)
                start += length
                break
        else:
            start += 1
    return kinds


def _one(kinds: set[str]) -> str | None:
    """Return the kind when only one is meant: a stack of models, or an ensemble of trees."""
    if "mixture" in kinds:
        return "mixture"
    if "forest" in kinds or "boosted_trees" in kinds:
        kinds = kinds - {"tree"}
    if kinds <= LINEAR and len(kinds) > 1:
        return "linear_penalised"
    return kinds.pop() if len(kinds) == 1 else None
