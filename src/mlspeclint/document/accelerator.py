"""libyaml's parser, from ruamel.yaml.clib, loaded without importing ruamel.yaml.

When it is loaded, the C module imports the classes of ruamel.yaml that it makes its events, tokens and
errors of, and with them the whole package, which takes twice as long as starting Python does. But all
that it ever does with them is to call them. So it is loaded with stand-ins in their place: functions
that return events in the shape of `events`. Whoever asks for the C module later in the same process, as
ruamel.yaml itself does, gets it with the real classes, and so do we from then on.
"""

from __future__ import annotations

import sys

from .events import ALIAS, KINDS, MAPPING_START, SCALAR, SEQUENCE_START, convert

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any

    from .events import Event, NextEvent

NAME = "_ruamel_yaml"
_PARTS = (
    *("error", "reader", "scanner", "parser", "composer", "constructor"),
    *("emitter", "serializer", "representer", "tokens", "events", "nodes"),
)

_module: ModuleType | None = None
_tried = False


def event_source(text: str) -> NextEvent | None:
    """What returns the next event of `text` from libyaml; None where the C module is not at hand."""
    global _module, _tried
    if not _tried:
        _tried = True
        _module = _load()
    if _module is None:
        return None
    get_event: Callable[[], Any] = _module.CParser(text).get_event
    if _module.__dict__["ScalarEvent"] is _scalar_event:
        return get_event
    return lambda: convert(get_event())


def _load() -> ModuleType | None:
    """The C module; None where it is not installed, or does not fit: ruamel.yaml does the same, slower."""
    threads = sys.modules.get("threading")
    alone = threads is None or threads.active_count() == 1
    if alone and NAME not in sys.modules and "ruamel" not in sys.modules:
        try:
            return _load_with_stand_ins()
        except Exception as error:
            if isinstance(error, ModuleNotFoundError) and error.name == NAME:
                return None
            # It wants more of ruamel.yaml than it used to: then with everything.
    try:
        return __import__(NAME)
    except Exception:
        return None


def _load_with_stand_ins() -> ModuleType:
    served: list[tuple[str, str]] = []
    names = ["ruamel", "ruamel.yaml", *(f"ruamel.yaml.{part}" for part in _PARTS)]
    for name in names:
        sys.modules[name] = _StandIn(name, served)  # type: ignore[assignment]
    try:
        module = __import__(NAME)
    finally:
        for name in names:
            del sys.modules[name]
    del sys.modules[NAME]
    sys.meta_path.insert(0, _Handback(module, served))
    return module


class _StandIn:
    """A module of ruamel.yaml, as far as the C module needs it. `served` notes what is taken from it."""

    def __init__(self, module: str, served: list[tuple[str, str]]) -> None:
        self._module = module
        self._served = served

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        self._served.append((self._module, name))
        if name in _EVENTS:
            return _EVENTS[name]
        return type(name, (Exception,), {})


class _Handback:
    """Gives the C module to whoever imports it after us, with the classes that it is made for."""

    def __init__(self, module: ModuleType, served: list[tuple[str, str]]) -> None:
        self._module = module
        self._served = served

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        """Answers for the C module alone, and only once."""
        if name != NAME:
            return None
        from importlib.machinery import ModuleSpec

        sys.meta_path.remove(self)
        return ModuleSpec(name, self)  # type: ignore[arg-type]

    def create_module(self, _: ModuleSpec) -> ModuleType:
        """The module as it was loaded."""
        return self._module

    def exec_module(self, module: ModuleType) -> None:
        """Puts the real classes where the stand-ins were."""
        from importlib import import_module

        for name, attribute in self._served:
            setattr(module, attribute, getattr(import_module(name), attribute))


# What the C module calls to make an event, with the arguments that it passes.


def _scalar_event(
    anchor: str | None, tag: str | None, _: object, text: str, start: Any, end: Any, style: str
) -> Event:
    return SCALAR, start.index, end.index, anchor, tag, text, style or None


def _mapping_start_event(
    anchor: str | None, tag: str | None, _: object, start: Any, end: Any, __: object
) -> Event:
    return MAPPING_START, start.index, end.index, anchor, tag, "", None


def _sequence_start_event(
    anchor: str | None, tag: str | None, _: object, start: Any, end: Any, __: object
) -> Event:
    return SEQUENCE_START, start.index, end.index, anchor, tag, "", None


def _alias_event(anchor: str, start: Any, end: Any) -> Event:
    return ALIAS, start.index, end.index, anchor, None, "", None


def _other(kind: int) -> Callable[..., Event]:
    def event(start: Any, end: Any, *_: object) -> Event:
        return kind, start.index, end.index, None, None, "", None

    return event


_EVENTS: dict[str, Callable[..., Event]] = {name: _other(kind) for name, kind in KINDS.items()}
_EVENTS |= {
    "ScalarEvent": _scalar_event,
    "MappingStartEvent": _mapping_start_event,
    "SequenceStartEvent": _sequence_start_event,
    "AliasEvent": _alias_event,
}


def agrees(text: str) -> bool:
    """Whether libyaml is known to read a text as ruamel.yaml does. Cheap, and no when in doubt.

    Where libyaml reports an error, ruamel.yaml is asked anyway: this is about what libyaml accepts
    and ruamel.yaml does not, or reads otherwise. The tests compare the two on random texts.
    """
    return not (
        any(sign in text for sign in _NEVER)
        or text[:1] == "%"
        or (("|" in text or ">" in text) and _odd_block(text))
        or any(sign in text and _may_be_token(text, sign) for sign in "!?&*")
        or (("[" in text or "{" in text) and _tight_colon(text))
    )


_NEVER = ("\t", "\n%", "\r%", "\n...", "\r...")
"""Tabs, directives and the marks of a document's end."""
_NAME = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
_SPACE = frozenset(["", *" \n\r"])
_AFTER_NAME = frozenset(["", *" \n\r,]}"])
_BEFORE_TOKEN = frozenset(["", *" \n\r[]{},:"])
_BEFORE_COLON = _BEFORE_TOKEN | {"'", '"'}


def _odd_block(text: str) -> bool:
    """Whether a comment may touch the header of a block scalar, or spaces fill a line right below it.

    Above the text of a block scalar, the two parsers count such spaces differently.
    """
    if any(f"{character}#" in text for character in "|>+-0123456789"):
        return True
    if " \n" not in text and " \r" not in text and text[-1:] != " ":
        return False
    header = False
    for line in text.replace("\r", "\n").split("\n"):
        if line and not line.isspace():
            header = "|" in line or ">" in line
        elif line and header:
            return True
    return False


def _may_be_token(text: str, sign: str) -> bool:
    """Whether a tag, the indicator of a key, or an anchor or alias with an unusual name may be there."""
    at = text.find(sign)
    while at >= 0:
        if text[max(at - 1, 0) : at] in _BEFORE_TOKEN:
            if sign in "!?":
                return True
            end = at + 1
            while text[end : end + 1] in _NAME:
                end += 1
            if text[end : end + 1] not in _AFTER_NAME:
                return True
        at = text.find(sign, at + 1)
    return False


def _tight_colon(text: str) -> bool:
    """Whether a colon that may begin a token touches what comes next."""
    if text.count(":") == text.count(": ") + text.count(":\n"):
        return False
    at = text.find(":")
    while at >= 0:
        if text[at + 1 : at + 2] not in _SPACE and text[max(at - 1, 0) : at] in _BEFORE_COLON:
            return True
        at = text.find(":", at + 1)
    return False
