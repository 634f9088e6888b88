"""Compiles the definition into `compiled.py`, the module that a check runs.

Importing pydantic and building the models costs more time than everything else that a check does,
so the models are read here, once, and what a check needs of them is written down as plain Python.
"""

from __future__ import annotations

from mlspeclint.spec.describe import FieldShape, SectionShape, Shape, describe
from mlspeclint.spec.kinds import KINDS

HEADER = '''"""The sections of a spec. Generated from `definition/` by `scripts/generate.py`: do not edit."""

# ruff: noqa: E501, SIM905
from __future__ import annotations

from mlspeclint.spec import facts as f
from mlspeclint.spec import kinds as k
from mlspeclint.spec import shapes as s

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar

'''

TODAY = (
    "    today: float | None = None",
    '    """The day that the check was asked to take for today (an ordinal), if it was."""',
    "    now: float = 1.0",
    '    """That day, or the day of the check; set by the loader."""',
)


def compiled() -> str:
    """The source of `compiled.py`."""
    parts: list[str] = []
    _section(describe(), "", parts)
    return HEADER + "\n\n".join(parts)


def _section(section: SectionShape, prefix: str, parts: list[str]) -> None:
    """Add the class of a section after those of the sections in it."""
    for field in section.fields:
        inner = field.shape.item if field.shape.item else field.shape
        if inner.section:
            mark = "[]" if field.shape.item else ""
            _section(inner.section, f"{prefix}{field.name}{mark}.", parts)
    lines = [f"class {section.name}(f.Section):", f'    """{section.description}"""', ""]
    for field in section.fields:
        if field.shape.name != "version":
            absent = _absent(field, prefix + field.name)
            lines += [f"    {field.name}: {_type(field.shape)} = {absent}"]
    if not prefix and section.name == "Spec":
        lines += TODAY
    lines += ["", "    FIELDS: ClassVar[dict[str, Any]] = {"]
    lines += [f'        "{field.name}": {_reader(field.shape)},' for field in section.fields]
    lines.append("    }")
    needed = [field.name for field in section.fields if field.absence == "required"]
    if needed:
        lines.append(
            f"    REQUIRED = ({', '.join(repr(name) for name in needed)},)".replace("'", '"')
        )
    if section.trained:
        lines.append("    TRAINED = True")
    parts.append("\n".join(lines) + "\n")


def _type(shape: Shape) -> str:
    if shape.name == "list":
        item = shape.item
        assert item is not None  # noqa: S101 - a list has an item
        return f"f.Items[{_type(item)}]"
    if shape.section:
        return shape.section.name
    return {"quantity": "f.Measure", "flag": "f.Flag"}.get(shape.name, "f.Choice")


def _reader(shape: Shape) -> str:
    match shape.name:
        case "quantity" if shape.kind:
            return f"s.QuantityShape(k.{shape.kind.name.upper()})"
        case "choice":
            return f"s.ChoiceShape({_options(shape)}{'' if shape.unknown else ', unknown=False'})"
        case "section" if shape.section:
            return (
                f"s.SectionShape({shape.section.name}{'' if shape.unknown else ', unknown=False'})"
            )
        case "list" if shape.item:
            return f"s.ListShape({_reader(shape.item)})"
        case name:
            return f"s.{name.capitalize()}Shape()"


def _options(shape: Shape) -> str:
    if len(shape.options) > 100:
        return f'tuple("{" ".join(shape.options)}".split())'
    return '("' + '", "'.join(shape.options) + '",)'


def _absent(field: FieldShape, path: str) -> str:
    """The fact that stands for a field which nobody declared."""
    shape, default = field.shape, field.default
    options = f", {_options(shape)}" if shape.name == "choice" else ""
    if shape.name == "list":
        return "f.NO_ITEMS"
    if shape.section:
        return f"{shape.section.name}()"
    if shape.kind:
        if default is None:
            return f'f.absent_measure("{path}", k.{shape.kind.name.upper()})'
        reading = KINDS[shape.kind.name].read(default)
        kind = f"k.{shape.kind.name.upper()}"
        return f'f.default_measure("{path}", {kind}, {reading.low!r}, {reading.high!r})'
    if shape.name == "flag":
        if default is not None:
            return f'f.default_flag("{path}", {default})'
        return f'f.{"undone_duty" if field.absence == "duty" else "absent_flag"}("{path}")'
    if default is not None:
        return f'f.default_choice("{path}", "{default}"{options})'
    if field.absence == "duty":
        none = '"none"' if "none" in shape.options else "None"
        return f'f.undone_choice("{path}", {none}{options})'
    return f'f.absent_choice("{path}"{options})'
