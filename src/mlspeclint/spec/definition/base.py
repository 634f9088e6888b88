"""The words in which a section is defined: the types of fields, and what their absence means.

These models are the one definition of the format. People read and edit them; `generate.py` compiles them
into the module that a check runs and into the JSON Schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    StrictBool,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError, core_schema

from mlspeclint.spec import kinds

Unknown = Literal["unknown"]
"""`unknown`: we were asked and do not know."""


class Quantity:
    """Marks a field as a quantity of a kind. The model keeps the value as it was written."""

    def __init__(self, kind: kinds.Kind) -> None:
        self.kind = kind

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Validate by reading the value as the compiled loader reads it."""
        return core_schema.no_info_plain_validator_function(self._validated)

    def _validated(self, value: Any) -> Any:
        if value == "unknown":
            return value
        try:
            self.kind.read(value)
        except kinds.BadValue as error:
            raise PydanticCustomError("quantity", "{reason}", {"reason": error.message}) from error
        return value


Count = Annotated[Any, Quantity(kinds.COUNT)]
Number = Annotated[Any, Quantity(kinds.NUMBER)]
Positive = Annotated[Any, Quantity(kinds.POSITIVE)]
Fraction = Annotated[Any, Quantity(kinds.FRACTION)]
SignedFraction = Annotated[Any, Quantity(kinds.SIGNED_FRACTION)]
Money = Annotated[Any, Quantity(kinds.MONEY)]
Duration = Annotated[Any, Quantity(kinds.DURATION)]
Cadence = Annotated[Any, Quantity(kinds.CADENCE)]
Size = Annotated[Any, Quantity(kinds.SIZE)]
Date = Annotated[Any, Quantity(kinds.DATE)]
Text = Annotated[str, StringConstraints(strict=True)]


def _named(value: str) -> str:
    if value == "unknown":
        raise PydanticCustomError("slug", "a project has a name")
    return value


SLUG = "^[a-z0-9][a-z0-9-]{0,63}$"
Slug = Annotated[str, StringConstraints(strict=True, pattern=SLUG), AfterValidator(_named)]
Flag = StrictBool | Unknown


def _numeric(value: Any) -> Any:
    # Python takes True for 1.
    if isinstance(value, bool):
        raise PydanticCustomError("version", "a version is a number")
    return value


Version = Annotated[Literal[1], BeforeValidator(_numeric)]


class Section(BaseModel):
    """A mapping of the spec: no unknown keys, but those that begin with `x-` are free."""

    # Some releases of pydantic keep names that begin with `model_` to themselves.
    model_config = ConfigDict(extra="forbid", frozen=True, protected_namespaces=())

    @model_validator(mode="before")
    @classmethod
    def _without_extensions(cls, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: item for key, item in value.items() if not str(key).startswith("x-")}
        return value

    def currencies(self) -> Iterator[str]:
        """The currencies that amounts in it name."""
        for name, info in type(self).model_fields.items():
            value = getattr(self, name)
            for part in value if isinstance(value, list) else [value]:
                if isinstance(part, Section):
                    yield from part.currencies()
            if isinstance(value, str) and value != "unknown":
                kinds_ = (item.kind for item in info.metadata if isinstance(item, Quantity))
                currency = next((kind.read(value).currency for kind in kinds_), None)
                if currency:
                    yield currency


def required(description: str, **extra: Any) -> Any:
    """A field that every spec has."""
    return _field(..., description, "required", **extra)


def fact(description: str, **extra: Any) -> Any:
    """A fact: when it is absent, rules that need it are undecided."""
    return _field(None, description, "fact", **extra)


def duty(description: str, **extra: Any) -> Any:
    """A duty: when it is absent, it counts as not done."""
    return _field(None, description, "duty", **extra)


def assumed(default: Any, description: str, **extra: Any) -> Any:
    """A field with a documented default, which may be a range."""
    return _field(None, description, "default", default=default, **extra)


def described(description: str, **extra: Any) -> Any:
    """A part of the spec that no rule computes with: prose, or a list or section of other fields."""
    return _field(None, description, "prose", **extra)


def _field(
    value: Any,
    description: str,
    absence: str,
    *,
    default: Any = None,
    unit: str | None = None,
    examples: list[Any] | None = None,
) -> Any:
    extra = {"absence": absence, "default": default, "unit": unit}
    return Field(value, description=description, examples=examples, json_schema_extra=extra)
