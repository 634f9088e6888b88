"""The frame of what `compare` and `cost` tell other programs: JSON, version 1 (keys may be added)."""

from __future__ import annotations

from json import dumps

from mlspeclint import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def render(key: str, entries: list[dict[str, Any]]) -> str:
    """One JSON object with an entry a document under `key`; everything beyond ASCII is escaped."""
    report = {"version": 1, "tool": {"name": "mlspeclint", "version": __version__}, key: entries}
    return dumps(report, indent=2, allow_nan=False) + "\n"
