"""A commented starter spec: what was answered and found, and the most useful facts to add, as comments."""

from __future__ import annotations

import re
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from mlspeclint.engine.surroundings import tellable
from mlspeclint.report.pages import ORDINARY, fields

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from mlspeclint.engine.surroundings import DataFile, Surroundings

WIDTH = 96
FACTS = {
    "project": ("summary", "owner", "motivation_kind", "kpi", "deadline"),
    "task": ("description", "domain", "complexity"),
    "approach": ("algorithm", "hosting", "base_model"),
    "approach.base_model": ("name", "licence", "licence_reviewed", "bias_reviewed", "same_domain"),
    "alternatives": ("family", "algorithm", "status", "score"),
    "data": ("examples", "required", "features", "classes", "smallest_class", "hours", "series",
             "history", "interactions", "availability", "split", "changes_every", "size", "sources"),
    "data.sources": ("path", "format", "label_column"),
    "labels": ("source", "labelled", "required", "cost_each", "per_day", "agreement", "test_examples"),
    "budget": ("currency", "total", "labelling", "compute", "operations_per_year"),
    "compute": ("accelerator", "price_per_hour", "training_time", "experiments"),
    "serving": ("items_per_month", "latency_limit", "cost_per_1000", "error_rate"),
    "manual_process": ("minutes_per_item", "wage_per_hour", "error_rate", "cost_per_error"),
    "rules_baseline": ("exists", "coverage", "precision"),
    "domain_knowledge": ("experts", "features_known"),
    "target": ("metric", "value", "baseline", "baseline_kind", "human", "pilot", "pilot_examples"),
    "explainability": ("required", "affects_people", "decision", "domain"),
    "retraining": ("every", "monitoring", "rollback"),
    "people": ("personal_data", "legal_basis", "impact_assessment", "retention"),
}  # fmt: skip
"""The most useful optional facts, section by section."""

EXAMPLES = {
    "project.summary": "Routes incoming invoices to the team that handles them.",
    "project.motivation_kind": "cost_reduction",
    "task.description": "Which of 12 teams an invoice goes to",
    "task.complexity": "moderate",
    "approach.hosting": "own",
    "approach.base_model.licence_reviewed": "true",
    "approach.base_model.bias_reviewed": "true",
    "approach.base_model.same_domain": "false",
    "alternatives.family": "classical_ml",
    "alternatives.status": "measured",
    "data.availability": "available",
    "data.split": "time",
    "data.sources.label_column": "team",
    "labels.source": "experts",
    "budget.currency": "USD",
    "compute.accelerator": "A100",
    "compute.experiments": "20",
    "manual_process.cost_per_error": "25",
    "rules_baseline.exists": "true",
    "domain_knowledge.experts": "available",
    "domain_knowledge.features_known": "true",
    "target.baseline_kind": "classical_ml",
    "explainability.required": "reasons",
    "explainability.affects_people": "true",
    "explainability.decision": "recommends",
    "explainability.domain": "none",
    "retraining.monitoring": "true",
    "retraining.rollback": "true",
    "people.personal_data": "true",
    "people.impact_assessment": "true",
}
"""Where the field's documentation has none, or one that says little here."""

PRETRAINED = ("fine_tuning", "frozen_features", "few_shot", "zero_shot", "prompting", "unknown")
CLASSES = ("classification", "object_detection", "segmentation", "sequence_labelling", "unknown")
ROWS_ARE_EXAMPLES = ("tabular", "text", "time_series", "unknown")
"""Modalities whose examples lie in the rows of tables; pictures and sound lie in files of their own."""
MOST_OPTIONS = 20
"""How many values a comment lists."""


class Answers(NamedTuple):
    """What the starter declares; `training` is None where the family is not deep learning, `guessed` tells
    that the family was taken from the dependencies and nobody was asked."""

    name: str
    stage: str
    type: str
    modality: str
    family: str
    training: str | None
    guessed: bool


def render(answers: Answers, found: Surroundings) -> str:
    """The text of the spec."""
    lines = [f"# yaml-language-server: $schema={found.schema}"]
    if not found.has_schema:
        lines += _comment(
            "The schema, for editors: `mlspeclint schema` prints it, to be kept at that path."
        )
    lines += [
        *_comment(
            "Facts to add stand behind a #, each with an example: take the # and the space behind it away, "
            "and put in what holds. A range (10k..20k) and `unknown` are fine, too; what is left out is not "
            "declared. `mlspeclint check` tells which fact to find out next, and `mlspeclint explain "
            "data.examples` what a field means."
        ),
        "mlspec: 1",
    ]
    return "\n".join([*lines, *_Starter(answers, found).sections()]) + "\n"


def quoted(text: str) -> str:
    """A text that can be shown as a value in YAML."""
    plain = re.fullmatch(r"[A-Za-z][A-Za-z0-9_./-]*", text)
    if plain and text.lower() not in ("true", "false", "null", "unknown", "yes", "no", "on", "off"):
        return text
    return "'" + text.replace("'", "''") + "'"


def file_size(size: int) -> str:
    """A number of bytes as specs have it, with three digits."""
    amount, units = float(size), ["B", "kB", "MB", "GB", "TB", "PB"]
    while amount >= 999.5 and len(units) > 1:
        amount /= 1000
        del units[0]
    return f"{amount:.3g} {units[0]}"


def _comment(text: str, indent: str = "") -> list[str]:
    return wrap(
        text, WIDTH, initial_indent=f"{indent}# ", subsequent_indent=f"{indent}# ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


class _Starter:
    """Writes the sections in their order."""

    def __init__(self, answers: Answers, found: Surroundings) -> None:
        self.answers = answers
        self.found = found
        self.fields = dict(fields())

    def sections(self) -> Iterator[str]:
        """The lines of all sections, an empty one before each."""
        answers = self.answers
        given: dict[str, dict[str, str | None]] = {
            "project": {"name": quoted(answers.name), "stage": answers.stage},
            "task": {"type": answers.type, "modality": answers.modality},
            "approach": {"family": answers.family, "training": answers.training},
        }
        only = self.found.data[0] if len(self.found.data) == 1 else None
        for section in FACTS:
            if "." in section or (section == "compute" and answers.family != "deep_learning"):
                continue
            yield ""
            description = self.fields[section]["description"]
            if section == "data" and only is not None:
                yield from self._one_file(only, description)
            elif section in given:
                yield from _comment(description)
                yield f"{section}:"
                if section == "approach" and answers.guessed:
                    yield from self._guess()
                told = {name: value for name, value in given[section].items() if value}
                for name, value in told.items():
                    yield from self._about(f"{section}.{name}", "  ")
                    yield f"  {name}: {value}"
                yield from (f"  {line}" for line in self._facts(section))
            else:
                yield from _comment(description)
                if section == "data":
                    yield from self._several_files()
                yield f"# {section}:"
                yield from (f"#   {line[2:]}" for line in self._facts(section))

    def _guess(self) -> Iterator[str]:
        first = self.found.frameworks[0]
        place = f"{first.file}:{first.line}" if tellable(first.file) else "a file here"
        yield from _comment(
            f"A guess: this repository depends on {first.name} ({place}). Check that it is right.",
            "  ",
        )

    def _one_file(self, file: DataFile, description: str) -> Iterator[str]:
        """The section of the data with what the only data file shows."""
        yield from _comment(description)
        yield "data:"
        yield from _comment(
            f"Found here: {_told(file)}. Check that this is what is learned from.", "  "
        )
        shown = ["sources"]
        if file.rows is not None and self.answers.modality in ROWS_ARE_EXAMPLES:
            shown.append("examples")
            yield f"  examples: {file.rows}"
        if file.size is not None:
            shown.append("size")
            yield f"  size: {file_size(file.size)}"
        yield "  sources:"
        yield f"    - path: {quoted(file.path)}"
        if file.format:
            yield f"      format: {file.format}"
        yield from (f"  {line}" for line in self._facts("data", shown))

    def _several_files(self) -> Iterator[str]:
        if self.found.data:
            yield "# Found here:"
            yield from (f"# - {_told(file)}" for file in self.found.data)

    def _about(self, path: str, indent: str) -> list[str]:
        """What a field means, and what it may hold."""
        field: dict[str, Any] = self.fields[path]
        text = field["description"].removesuffix(ORDINARY)
        options = [each for each in field.get("enum", ()) if each not in (True, False, "unknown")]
        if 0 < len(options) <= MOST_OPTIONS:
            text += f" One of: {', '.join(options)}."
        return _comment(text, indent)

    def _facts(self, section: str, declared: list[str] | None = None) -> Iterator[str]:
        """The facts of a section, commented out; what they mean stands behind a second #.

        With the first # and the space behind it taken away from all lines, it is a section with comments.
        """
        is_list = self.fields[section].get("type") == "array"
        indent, mark = ("  ", "- ") if is_list else ("", "")
        for name in FACTS[section]:
            path = f"{section}.{name}"
            if name in (declared or ()) or not self._fits(path):
                continue
            yield from (f"# {indent}{line}" for line in self._about(path, ""))
            if path in FACTS:
                yield f"# {name}:"
                yield from (f"#   {line[2:]}" for line in self._facts(path))
            else:
                yield f"# {mark or indent}{name}: {self._example(path)}"
            mark = ""

    def _example(self, path: str) -> str:
        return EXAMPLES.get(path) or str(self.fields[path]["examples"][0])

    def _fits(self, path: str) -> bool:
        """Whether a fact is worth a line for this task and this approach."""
        answers = self.answers
        series = answers.type == "forecasting" or answers.modality == "time_series"
        conditions = {
            "approach.algorithm": answers.family in ("classical_ml", "statistics"),
            "approach.hosting": answers.family == "deep_learning",
            "approach.base_model": answers.training in PRETRAINED,
            "data.features": answers.modality in ("tabular", "unknown"),
            "data.classes": answers.type in CLASSES,
            "data.smallest_class": answers.type in CLASSES,
            "data.hours": answers.modality in ("audio", "video"),
            "data.series": series,
            "data.history": series,
            "data.interactions": answers.type == "recommendation",
        }
        return conditions.get(path, True)


def _told(file: DataFile) -> str:
    """What is known of a data file."""
    known = [
        None if file.rows is None else f"{file.rows:,} {'row' if file.rows == 1 else 'rows'}",
        None if file.size is None else f"{file_size(file.size)} by DVC",
        None if file.files is None else f"{file.files:,} {'file' if file.files == 1 else 'files'}",
    ]
    return ", ".join([file.path, *(each for each in known if each)])
