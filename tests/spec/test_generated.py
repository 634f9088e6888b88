"""What is generated from the definition is committed as it is generated now."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from mlspeclint.spec import compiled
from mlspeclint.spec.describe import FieldShape, SectionShape, describe
from mlspeclint.spec.facts import Section
from mlspeclint.spec.kinds import KINDS

ROOT = Path(__file__).parent.parent.parent


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "scripts" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "scripts"))
        spec.loader.exec_module(module)
    return module


def test_nothing_is_stale() -> None:
    generated: dict[Path, str] = script().generated()
    names = {str(path.relative_to(ROOT)) for path in generated}
    assert "src/mlspeclint/spec/compiled.py" in names
    assert "schemas/ml-project.v1.schema.json" in names
    for path, text in generated.items():
        assert path.read_text(encoding="utf-8") == text, f"run scripts/generate.py: {path.name}"


def schema() -> dict[str, Any]:
    text = (ROOT / "schemas" / "ml-project.v1.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def every_section(section: SectionShape) -> Iterator[SectionShape]:
    yield section
    for field in section.fields:
        inner = (field.shape.item or field.shape).section
        if inner:
            yield from every_section(inner)


SECTIONS = list({section.name: section for section in every_section(describe())}.values())
FIELDS = [(section, field) for section in SECTIONS for field in section.fields]


def properties(section: SectionShape) -> dict[str, Any]:
    whole = schema()
    found: dict[str, Any] = (whole if section.name == "Spec" else whole["$defs"][section.name])[
        "properties"
    ]
    return found


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
class TestSections:
    def test_is_documented(self, section: SectionShape) -> None:
        assert section.description.endswith(".")
        assert list(properties(section)) == [field.name for field in section.fields]

    def test_is_compiled_in_the_same_order(self, section: SectionShape) -> None:
        there: type[Section] = getattr(compiled, section.name)
        assert list(there.FIELDS) == [field.name for field in section.fields]
        needed = [field.name for field in section.fields if field.absence == "required"]
        assert list(there.REQUIRED) == needed
        assert section.trained == there.TRAINED


@pytest.mark.parametrize(
    ("section", "field"), FIELDS, ids=lambda part: getattr(part, "name", str(part))
)
class TestFields:
    def test_is_documented_for_editors(self, section: SectionShape, field: FieldShape) -> None:
        shown = properties(section)[field.name]
        assert shown["title"] == field.name
        assert re.match(r"[A-Z].*\.", shown["description"])
        if field.absence == "duty":
            assert "counts as not done" in shown["description"]
        if field.default is not None:
            assert shown["default"] == field.default
            assert "is assumed" in shown["description"]
        if field.absence == "fact":
            assert "not known" in shown["description"]

    def test_examples_are_accepted(self, section: SectionShape, field: FieldShape) -> None:
        for example in field.examples:
            if field.shape.kind:
                field.shape.kind.read(example)
            elif field.shape.name == "choice":
                assert example in field.shape.options

    def test_a_count_says_of_what(self, section: SectionShape, field: FieldShape) -> None:
        if field.shape.kind and field.shape.kind.name in ("count", "size"):
            assert field.unit, f"{section.name}.{field.name} has no unit"


def test_every_kind_is_described() -> None:
    definitions = schema()["$defs"]
    for name, kind in KINDS.items():
        assert kind.example in definitions[name]["description"]
        for example in definitions[name]["examples"]:
            if example != "unknown":
                kind.read(example)


# The duties and defaults that the format names; everything else that is absent is not known.
DUTIES = {
    "Project.kpi", "Budget.operations_per_year", "Explainability.required", "BaseModel.licence_reviewed",
    "BaseModel.bias_reviewed", "Retraining.monitoring", "Retraining.rollback", "People.legal_basis",
    "People.consent", "People.impact_assessment", "People.retention", "People.erasure",
    "People.processor_agreement", "People.opt_out", "People.fairness_tested", "Target.external_test",
    "Explainability.validated",
}  # fmt: skip
DEFAULTS = {
    "Project.stage": "proposal", "Task.multilabel": False, "Approach.adapter": "none",
    "Approach.incremental": False, "BaseModel.tabular_foundation_model": False, "Data.synthetic": False,
    "Labels.proxy": False, "Labels.per_item": 1, "Labels.review_share": 0, "Budget.currency": "USD",
    "Budget.horizon": "1..3 y", "Compute.accelerators": 1, "Compute.owned": False,
    "Compute.experiments": "1..20", "Serving.human_review_share": 0, "ManualProcess.cost_per_error": 0,
    "Retraining.label_wait": "0 s", "Retraining.runs": 1,
}  # fmt: skip
REQUIRED = {
    "Spec.mlspec", "Spec.project", "Spec.task", "Spec.approach", "Project.name", "Task.type",
    "Task.modality", "Approach.family", "Alternative.family", "Waiver.rule", "Waiver.reason",
    "Waiver.by", "Waiver.until", "CurvePoint.examples", "CurvePoint.score", "DataSource.path",
}  # fmt: skip


def absent_as(absence: str) -> set[str]:
    return {f"{section.name}.{field.name}" for section, field in FIELDS if field.absence == absence}


def test_what_absence_means_is_what_the_format_says() -> None:
    assert absent_as("duty") == DUTIES
    assert absent_as("required") == REQUIRED
    assert absent_as("default") == set(DEFAULTS)
    assert {
        f"{section.name}.{field.name}": field.default
        for section, field in FIELDS
        if field.absence == "default"
    } == DEFAULTS


def test_what_may_not_be_unknown_is_what_the_format_says() -> None:
    definitions = schema()["$defs"]
    never = {
        f"{section.name}.{field.name}"
        for section, field in FIELDS
        if not Draft202012Validator(
            {**properties(section)[field.name], "$defs": definitions}
        ).is_valid("unknown")
    }
    # A project has a name and an approach a family, and so they are not unknown as a whole.
    assert never == {
        "Spec.mlspec", "Spec.project", "Spec.approach", "Project.name", "Approach.family"
    }  # fmt: skip
