"""The tree as plain Python values, without places."""

from __future__ import annotations

from .tree import Mapping, Scalar, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .tree import Node


def to_python(node: Node | None) -> object:
    """A node as dict, list, str, int, float, bool or None, with aliases and merge keys expanded."""
    if isinstance(node, Mapping):
        return {name: to_python(entry.value) for name, entry in node.entries.items()}
    if isinstance(node, Sequence):
        return [to_python(item) for item in node.items]
    return node.value if isinstance(node, Scalar) else None
