"""What was probably meant: the nearest field, option or name. Loaded only when something is wrong."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from mlspeclint.document.tree import Mapping, Scalar, Sequence
from mlspeclint.spec.compiled import Spec
from mlspeclint.spec.hints import hint
from mlspeclint.spec.kinds import BadValue
from mlspeclint.spec.shapes import (
    SLUG_CHARACTERS,
    ListShape,
    QuantityShape,
    SectionShape,
    Shape,
    dotted,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlspeclint.document.tree import Node, Path
    from mlspeclint.spec.facts import Section

OPTION_SYNONYMS = {
    "dl": "deep_learning",
    "deep": "deep_learning",
    "neural_network": "deep_learning",
    "nn": "deep_learning",
    "ml": "classical_ml",
    "machine_learning": "classical_ml",
    "scratch": "from_scratch",
    "finetuning": "fine_tuning",
    "fine_tuned": "fine_tuning",
    "frozen": "frozen_features",
    "prod": "production",
    "poc": "pilot",
    "images": "image",
    "table": "tabular",
    "tables": "tabular",
    "nlp": "text",
    "accuracy_score": "accuracy",
    "roc_auc": "auc",
    "summarization": "summarisation",
    "sequence_labeling": "sequence_labelling",
    "asr": "speech_recognition",
}


def suggested_field(name: str, section: type[Section], path: Path) -> str | None:
    """The field that an unknown key probably means: of this section first, then anywhere."""
    here = {field: dotted((*path, field)) for field in section.FIELDS}
    for field, full in here.items():
        if field == _plain(name):
            return full
    everywhere: dict[str, str] = {}
    for full in _all_fields(Spec, ""):
        everywhere.setdefault(full.rpartition(".")[2], full)
    if _plain(name) in everywhere:
        return everywhere[_plain(name)]
    # A key was most likely put in the right section, so that a distant likeness will do there.
    for names, likeness in ((here, 0.55), (everywhere, 0.8)):
        match = get_close_matches(_plain(name), names, n=1, cutoff=likeness)
        if match:
            return names[match[0]]
    return None


def _all_fields(section: type[Section], prefix: str) -> Iterator[str]:
    for name, shape in section.FIELDS.items():
        yield f"{prefix}{name}"
        inner: Shape = shape.item if isinstance(shape, ListShape) else shape
        if isinstance(inner, SectionShape):
            mark = "[]" if isinstance(shape, ListShape) else ""
            yield from _all_fields(inner.section, f"{prefix}{name}{mark}.")


def suggested_option(value: str, options: tuple[str, ...]) -> str | None:
    """The option that was probably meant."""
    plain = _plain(value)
    synonym = OPTION_SYNONYMS.get(plain)
    if synonym in options:
        return synonym
    by_spelling = {option.lower(): option for option in options}
    match = get_close_matches(plain, by_spelling, n=1, cutoff=0.7)
    return by_spelling[match[0]] if match else None


def listed(options: tuple[str, ...], field: str) -> str:
    """What to write in `field` where nothing is alike."""
    if len(options) > 30:
        return f"see `mlspeclint explain {field}`"
    return f"one of {', '.join(options)}"


def is_slip(written: str, meant: str, choices: Iterable[str]) -> bool:
    """Whether `written` is certainly `meant`, one of `choices`.

    It is where it differs in case or has hyphens or spaces, or so few wrong letters that no other choice is
    as near: two in nine, one in five, and none in a shorter word, for MSE is not RMSE. Digits must be right:
    a price of 100 is not one of 1,000.
    """
    plain = _plain(written)
    if plain == meant.lower():
        return True
    allowed = 2 if len(meant) >= 9 else 1 if len(meant) >= 5 else 0
    if (
        not allowed
        or _digits(plain) != _digits(meant)
        or _distance(plain, meant, allowed) > allowed
    ):
        return False
    near = allowed + 1
    return all(each == meant or _distance(plain, each.lower(), near) > near for each in choices)


def fits(node: Node, shape: Shape) -> bool:
    """Whether a value may be one of a field, so that no other is meant: a list of `features` is no count."""
    if isinstance(node, Scalar) and node.value == "unknown":
        return True
    if isinstance(shape, SectionShape):
        return isinstance(node, Mapping)
    if isinstance(shape, ListShape):
        return isinstance(node, Sequence)
    if not isinstance(node, Scalar) or node.value is None:
        return False
    if not isinstance(shape, QuantityShape):
        return True
    try:
        shape.kind.read(node.value)
    except BadValue:
        return hint(shape.kind, node.text) is not None
    return True


def _digits(name: str) -> str:
    return "".join(each for each in name if each.isdigit())


def _distance(one: str, other: str, most: int) -> int:
    """How many letters are to be put in, left out, changed or swapped with their neighbour.

    Optimal string alignment (https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance). Beyond `most`, it
    may be any number above it.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


def slug_suggestion(name: str) -> str | None:
    """A name made of what was written."""
    slug = slug_of(name)
    return f"did you mean {slug}?" if slug else None


def slug_of(name: str) -> str | None:
    """The project's name nearest to a text; None where nothing of it may stand in one."""
    slug = "".join(c if c in SLUG_CHARACTERS else "-" for c in name.lower())
    slug = "-".join(part for part in slug.split("-") if part)[:64].strip("-")
    return slug if slug and slug != "unknown" else None


def _plain(name: str) -> str:
    return name.strip().lower().replace("-", "_").replace(" ", "_")
