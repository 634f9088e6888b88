"""The fields of a spec that can be demanded."""

from __future__ import annotations

from mlspeclint.spec.compiled import Spec
from mlspeclint.spec.shapes import ListShape, SectionShape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlspeclint.spec.facts import Section

NOT_ASKED = ("mlspec", "waivers")
"""The version is always there, and nobody has to waive anything."""


def _paths(section: type[Section], prefix: str, lists: bool) -> Iterator[str]:
    """The paths of sections and fields; with `lists`, those of fields of the entries of lists instead."""
    for name, shape in section.FIELDS.items():
        if prefix or name not in NOT_ASKED:
            path = f"{prefix}{name}"
            inner = shape.item if isinstance(shape, ListShape) else shape
            if not lists:
                yield path
            if isinstance(inner, SectionShape) and isinstance(shape, ListShape):
                if lists:
                    yield from _paths(inner.section, f"{path}.", lists=False)
            elif isinstance(inner, SectionShape):
                yield from _paths(inner.section, f"{path}.", lists)


REQUIRABLE = tuple(_paths(Spec, "", lists=False))
"""Every section and field outside of lists, in the order of the format."""
_IN_LISTS = frozenset(_paths(Spec, "", lists=True))


def in_a_list(path: str) -> str | None:
    """The list whose entries have that field; None where it is no such field."""
    return path.rpartition(".")[0] if path in _IN_LISTS else None
