"""What was probably meant: the nearest field, option or name. Loaded only when something is wrong."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from mlspeclint.spec.compiled import Spec
from mlspeclint.spec.shapes import SLUG_CHARACTERS, ListShape, SectionShape, Shape, dotted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlspeclint.document.tree import Path
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


def option_suggestion(value: str, options: tuple[str, ...], field: str) -> str:
    """The option of `field` that was probably meant, or all of them."""
    plain = _plain(value)
    synonym = OPTION_SYNONYMS.get(plain)
    if synonym in options:
        return f"did you mean {synonym}?"
    by_spelling = {option.lower(): option for option in options}
    match = get_close_matches(plain, by_spelling, n=1, cutoff=0.7)
    if match:
        return f"did you mean {by_spelling[match[0]]}?"
    if len(options) > 30:
        return f"see `mlspeclint explain {field}`"
    return f"one of {', '.join(options)}"


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
