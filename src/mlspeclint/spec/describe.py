"""Reads the definition once, for everything that is generated from it."""

from __future__ import annotations

from types import UnionType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from mlspeclint.spec.definition import Spec
from mlspeclint.spec.definition.base import Quantity

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from mlspeclint.spec.kinds import Kind


class Shape(NamedTuple):
    """What a field may hold: `name` is quantity, choice, text, slug, flag, version, section or list."""

    name: str
    kind: Kind | None = None
    options: tuple[str, ...] = ()
    section: SectionShape | None = None
    item: Shape | None = None
    unknown: bool = True
    """Whether `unknown` is accepted."""


class FieldShape(NamedTuple):
    """A field of a section. `absence` is required, fact, duty, default or prose."""

    name: str
    shape: Shape
    absence: str
    default: Any
    unit: str | None
    description: str
    examples: list[Any]


class SectionShape(NamedTuple):
    """A section, with its fields in the order of the definition."""

    name: str
    description: str
    fields: tuple[FieldShape, ...]
    trained: bool
    """Whether it has a training that only deep learning may tell."""


def describe(model: type[BaseModel] = Spec) -> SectionShape:
    """The shape of a section and of all that lies below it."""
    fields = tuple(_field(name, info) for name, info in model.model_fields.items())
    names = {field.name for field in fields}
    doc = (model.__doc__ or "").strip()
    return SectionShape(model.__name__, doc, fields, {"family", "training"} <= names)


def _field(name: str, info: FieldInfo) -> FieldShape:
    extra = info.json_schema_extra
    if not isinstance(extra, dict):
        raise TypeError(f"{name} was not defined with the words of definition/base.py")
    return FieldShape(
        name,
        _shape(info.annotation, info.metadata),
        str(extra["absence"]),
        extra["default"],
        None if extra["unit"] is None else str(extra["unit"]),
        info.description or "",
        info.examples or [],
    )


def _shape(annotation: Any, metadata: list[Any]) -> Shape:
    quantity = next((item for item in metadata if isinstance(item, Quantity)), None)
    if quantity:
        return Shape("quantity", kind=quantity.kind)
    if hasattr(annotation, "__metadata__"):
        return _shape(annotation.__origin__, list(annotation.__metadata__))
    if get_origin(annotation) in (Union, UnionType):
        members = [member for member in get_args(annotation) if get_args(member) != ("unknown",)]
        if len(members) == 1:
            return _shape(members[0], [])._replace(unknown=True)
        raise TypeError(f"no shape for the union {annotation}")
    if get_origin(annotation) is Literal:
        options = get_args(annotation)
        return Shape("version", unknown=False) if options == (1,) else _choice(options)
    if get_origin(annotation) is list:
        return Shape("list", item=_shape(get_args(annotation)[0], []), unknown=False)
    if annotation is bool:
        return Shape("flag", unknown=False)
    if annotation is str:
        slug = any(getattr(item, "pattern", None) for item in metadata)
        return Shape("slug", unknown=False) if slug else Shape("text")
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return Shape("section", section=describe(annotation), unknown=False)
    raise TypeError(f"no shape for {annotation}")


def _choice(options: tuple[str, ...]) -> Shape:
    """An enumeration; pydantic flattens `Literal[...] | Unknown` in some versions, so look for it."""
    if "unknown" in options:
        return Shape("choice", options=tuple(o for o in options if o != "unknown"))
    return Shape("choice", options=options, unknown=False)
