"""From the bytes of a file to its tree, whatever the bytes are."""

from __future__ import annotations

import gc

from .build import Builder, Stopped
from .decode import decode
from .tree import Document, File, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .events import Event, NextEvent


def parse(data: bytes, *, accelerate: bool = True) -> File:
    """Reads a file. Never raises: what is wrong with the file is among the problems of the result.

    `accelerate` allows the use of libyaml where it is installed; the result is the same without it.
    """
    collecting = gc.isenabled()
    # Nothing here makes cycles, and a tree of thousands of nodes would set the collector off again and again.
    gc.disable()
    try:
        return _parse(data, accelerate)
    finally:
        if collecting:
            gc.enable()


def _parse(data: bytes, accelerate: bool) -> File:
    source, problem = decode(data)
    if problem is not None:
        return File(source, (), (problem,))
    text = source.text
    restore = None
    if not text.isascii() and any(character in text for character in _LINE_SEPARATORS):
        text, restore = _without_separators(text)
    builder = _accelerated(source, text, restore) if accelerate else None
    if builder is None:
        builder = Builder(source)
        _read(builder, text, restore)
    documents = tuple(builder.documents)
    if not documents and not builder.problems:
        documents = (Document(0, None, 0, len(text), source),)
    builder.problems.sort(key=lambda problem: problem.start)
    return File(source, documents, tuple(builder.problems))


def _accelerated(source: Source, text: str, restore: dict[int, str] | None) -> Builder | None:
    """What libyaml makes of the text; None where it cannot or may not be used, or meets anything odd."""
    from . import accelerator

    if not accelerator.agrees(text):
        return None
    next_event = accelerator.event_source(text)
    if next_event is None:
        return None
    builder = Builder(source)
    try:
        builder.run(_restored(next_event, restore))
    except Stopped:
        return builder
    except Exception:
        return None
    return builder


def _read(builder: Builder, text: str, restore: dict[int, str] | None) -> None:
    """Reads a text with the reference parser. After an error it goes on with the next document."""
    from .events import PureParser

    base = 0
    while True:
        parser = PureParser(text[base:] if base else text)
        try:
            builder.run(_restored(parser.next_event, restore), base)
        except Stopped:
            return
        except Exception as error:
            from .errors import diagnose, next_document

            problem, at = diagnose(error, builder.text, base, parser.offset)
            try:
                builder.fail(problem)
            except Stopped:
                return
            base = next_document(text, max(at, base + 1))
            if base < 0:
                return
        else:
            return


# ruamel.yaml and libyaml still break lines at the separators of YAML 1.1, which YAML 1.2 counts as ordinary characters.
_LINE_SEPARATORS = "\x85\u2028\u2029"


def _without_separators(text: str) -> tuple[str, dict[int, str]]:
    """The text with ordinary characters in the place of the separators, and the way back."""
    used = set(text)
    escapes = text.lower()
    free = (
        code
        for code in range(0xE000, 0x110000)
        if not 0xFDD0 <= code <= 0xFFFF and chr(code) not in used and f"{code:04x}" not in escapes
    )
    stands_for = {character: next(free) for character in _LINE_SEPARATORS}
    table = {ord(character): code for character, code in stands_for.items()}
    return text.translate(table), {code: character for character, code in stands_for.items()}


def _restored(next_event: NextEvent, restore: dict[int, str] | None) -> NextEvent:
    if restore is None:
        return next_event

    def restored() -> Event:
        kind, start, end, anchor, tag, text, style = next_event()
        return kind, start, end, anchor, tag, text.translate(restore), style

    return restored
