"""From the bytes of a file to its tree, whatever the bytes are."""

from __future__ import annotations

import gc

from . import accelerator
from .build import Builder, Stopped
from .decode import decode
from .tree import Document, File, Scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .events import Event, NextEvent
    from .tree import Source

    Span = tuple[int, int, str | None]
    """A scalar: where it starts and ends, and its style."""


def parse(data: bytes, *, accelerate: bool = True) -> File:
    """Reads a file. Never raises: what is wrong with the file is among the problems of the result.

    `accelerate` allows the use of libyaml where it is installed; the result is the same without.
    """
    source, problem = decode(data)
    if problem is not None:
        return File(source, (), (problem,))
    builder = read(source, accelerate=accelerate)
    documents = tuple(builder.documents)
    if not documents and not builder.problems:
        documents = (Document(0, None, 0, len(source.text), source),)
    builder.problems.sort(key=lambda problem: problem.start)
    return File(source, documents, tuple(builder.problems))


def read(source: Source, *, accelerate: bool, spans: list[Span] | None = None) -> Builder:
    """Reads a text. `spans`, when given, receives what is no comment: all scalars, in their order,
    and what could not be read."""
    text, restore = source.text, None
    if not text.isascii() and any(character in text for character in _SEPARATORS):
        text, restore = _without_separators(text)
    collecting = gc.isenabled()
    # The tree has no cycles, and its thousands of nodes would set the collector off again and again.
    gc.disable()
    try:
        builder = _accelerated(source, text, restore, spans) if accelerate else None
        return builder or _pure(source, text, restore, spans)
    finally:
        if collecting:
            gc.enable()


def _accelerated(
    source: Source, text: str, restore: dict[int, str] | None, spans: list[Span] | None
) -> Builder | None:
    """What libyaml makes of the text; None where it must not be asked, or meets anything odd."""
    next_event = accelerator.event_source(text) if accelerator.agrees(text) else None
    if next_event is None:
        return None
    builder = Builder(source)
    agreed = True
    try:
        builder.run(_wrapped(next_event, 0, restore, spans))
    except Stopped:
        if spans is not None:
            spans.append((builder.problems[-1].start, len(text), None))
    except Exception:
        # libyaml's error, or its mistake: the reference parser has the last word.
        agreed = False
    # A block scalar that is a whole document: the two disagree about `---` in it.
    if agreed and not any(document.root.__class__ is Scalar for document in builder.documents):
        return builder
    if spans is not None:
        spans.clear()
    return None


def _pure(
    source: Source, text: str, restore: dict[int, str] | None, spans: list[Span] | None
) -> Builder:
    """What ruamel.yaml makes of the text. After an error it goes on with the next document."""
    from .errors import diagnose, next_document
    from .events import PureParser

    builder = Builder(source)
    base = 0
    while base >= 0:
        parser = PureParser(text[base:] if base else text)
        try:
            builder.run(_wrapped(parser.next_event, base, restore, spans), base)
            break
        except Stopped:
            at = builder.problems[-1].start
            base = -1
        except Exception as error:
            problem, at = diagnose(error, source.text, base, parser.offset)
            base = next_document(text, max(at, base + 1)) if builder.fail(problem) else -1
        finally:
            parser.close()
        if spans is not None:
            spans.append((at, base if base >= 0 else len(text), None))
    return builder


# ruamel.yaml and libyaml still break lines at the separators of YAML 1.1. In YAML 1.2 they are
# ordinary characters, and that is what the parsers are given in their place.
_SEPARATORS = "\x85\u2028\u2029"


def _without_separators(text: str) -> tuple[str, dict[int, str]]:
    """The text with ordinary characters in the place of the separators, and the way back."""
    used = set(text)
    escapes = text.lower()
    free = (
        code
        for code in range(0xE000, 0x110000)
        if not 0xFDD0 <= code <= 0xFFFF and chr(code) not in used and f"{code:04x}" not in escapes
    )
    stand_ins = {character: next(free) for character in _SEPARATORS}
    table = {ord(character): code for character, code in stand_ins.items()}
    return text.translate(table), {code: character for character, code in stand_ins.items()}


def _wrapped(
    next_event: NextEvent, base: int, restore: dict[int, str] | None, spans: list[Span] | None
) -> NextEvent:
    """The events with their separators restored, and their scalars noted in `spans`."""
    if restore is None and spans is None:
        return next_event

    def wrapped() -> Event:
        kind, start, end, anchor, tag, text, style = next_event()
        if spans is not None and text:
            spans.append((base + start, base + end, style))
        if restore is not None:
            text = text.translate(restore)
        return kind, start, end, anchor, tag, text, style

    return wrapped
