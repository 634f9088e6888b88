"""libyaml's parser, from ruamel.yaml.clib, loaded without importing ruamel.yaml.

The C module imports, when it is loaded, the classes of ruamel.yaml that it makes its events, tokens and errors of, and
with them the whole package: 30 ms, three quarters of a cold run. But all it ever does with them is to call them, so it is
loaded with stand-ins in their place: functions that return events in the shape of `events`, which also saves the time
for making the objects. When anybody else in the process asks for the C module later on, as ruamel.yaml itself
does, it gets it with the real classes, and we go on with those.
"""

from __future__ import annotations

import sys
from types import ModuleType

from . import events

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.machinery import ModuleSpec
    from typing import Any

    from .events import Event, NextEvent

NAME = "_ruamel_yaml"
_PARTS = "error reader scanner parser composer constructor emitter serializer representer tokens events nodes"

_module: ModuleType | None = None
_tried = False


def event_source(text: str) -> NextEvent | None:
    """A function that returns the next event of `text` from libyaml; None where the C module is not at hand."""
    global _module, _tried
    if not _tried:
        _tried = True
        _module = _load()
    if _module is None:
        return None
    get_event: Callable[[], Any] = _module.CParser(text).get_event
    if _module.__dict__["ScalarEvent"] is _scalar_event:
        return get_event
    return lambda: events.convert(get_event())


def _load() -> ModuleType | None:
    threads = sys.modules.get("threading")
    alone = threads is None or threads.active_count() == 1
    try:
        if alone and NAME not in sys.modules and "ruamel" not in sys.modules:
            return _load_with_stand_ins()
        return __import__(NAME)
    except Exception:
        # Not installed, or one that does not fit: the pure parser does the same, slower.
        return None


def _load_with_stand_ins() -> ModuleType:
    served: list[tuple[str, str]] = []
    names = ["ruamel", "ruamel.yaml", *(f"ruamel.yaml.{part}" for part in _PARTS.split())]
    for name in names:
        sys.modules[name] = _StandIn(name, served)
    try:
        module = __import__(NAME)
    finally:
        for name in names:
            del sys.modules[name]
    del sys.modules[NAME]
    sys.meta_path.insert(0, _Handback(module, served))
    return module


class _StandIn(ModuleType):
    """A module of ruamel.yaml, as far as the C module needs it. Notes in `served` what was taken from it."""

    def __init__(self, name: str, served: list[tuple[str, str]]) -> None:
        super().__init__(name)
        self._served = served

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        self._served.append((self.__name__, name))
        if name in _EVENTS:
            return _EVENTS[name]
        return type(name, (Exception,), {})


class _Handback:
    """Gives the C module to whoever imports it after us, with the classes that it is made for."""

    def __init__(self, module: ModuleType, served: list[tuple[str, str]]) -> None:
        self._module = module
        self._served = served

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if name != NAME:
            return None
        from importlib.machinery import ModuleSpec

        sys.meta_path.remove(self)  # type: ignore[arg-type]
        return ModuleSpec(name, self)  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return self._module

    def exec_module(self, module: ModuleType) -> None:
        from importlib import import_module

        for name, attribute in self._served:
            setattr(module, attribute, getattr(import_module(name), attribute))


# What the C module calls to make an event, with the arguments that it passes.


def _scalar_event(
    anchor: str | None,
    tag: str | None,
    implicit: object,
    text: str,
    start: Any,
    end: Any,
    style: str,
) -> Event:
    return 0, start.index, end.index, anchor, tag, text, style or None


def _mapping_start_event(
    anchor: str | None, tag: str | None, implicit: object, start: Any, end: Any, flow: object
) -> Event:
    return 1, start.index, end.index, anchor, tag, "", None


def _sequence_start_event(
    anchor: str | None, tag: str | None, implicit: object, start: Any, end: Any, flow: object
) -> Event:
    return 3, start.index, end.index, anchor, tag, "", None


def _alias_event(anchor: str, start: Any, end: Any) -> Event:
    return 5, start.index, end.index, anchor, None, "", None


def _other(kind: int) -> Callable[..., Event]:
    def event(start: Any, end: Any, *_: object) -> Event:
        return kind, start.index, end.index, None, None, "", None

    return event


_EVENTS: dict[str, Callable[..., Event]] = {
    name: _other(kind) for name, kind in events.KINDS.items()
}
_EVENTS |= {
    "ScalarEvent": _scalar_event,
    "MappingStartEvent": _mapping_start_event,
    "SequenceStartEvent": _sequence_start_event,
    "AliasEvent": _alias_event,
}


def agrees(text: str) -> bool:
    """Whether libyaml is known to see in a text what ruamel.yaml sees in it. Cheap, and errs on the side of no."""
    return "\t" not in text and "%" not in text and "!" not in text
