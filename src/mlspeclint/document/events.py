"""The events of a YAML text, from ruamel.yaml's parser or from libyaml, in one shape.

An event is a tuple `(kind, start, end, anchor, tag, text, style)`. `start` and `end` are offsets; those of a
node that has an anchor or a tag begin at the first of them. `text` is empty and `style` None except for scalars.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Event = tuple[int, int, int, str | None, str | None, str, str | None]
    NextEvent = Callable[[], Event]

SCALAR = 0
MAPPING_START = 1
MAPPING_END = 2
SEQUENCE_START = 3
SEQUENCE_END = 4
ALIAS = 5
DOCUMENT_START = 6
DOCUMENT_END = 7
STREAM_START = 8
STREAM_END = 9

KINDS = {
    "ScalarEvent": SCALAR,
    "MappingStartEvent": MAPPING_START,
    "MappingEndEvent": MAPPING_END,
    "SequenceStartEvent": SEQUENCE_START,
    "SequenceEndEvent": SEQUENCE_END,
    "AliasEvent": ALIAS,
    "DocumentStartEvent": DOCUMENT_START,
    "DocumentEndEvent": DOCUMENT_END,
    "StreamStartEvent": STREAM_START,
    "StreamEndEvent": STREAM_END,
}


def convert(event: Any) -> Event:
    """An event of ruamel.yaml's classes in our shape."""
    kind = KINDS[event.__class__.__name__]
    start, end = event.start_mark.index, event.end_mark.index
    if kind == SCALAR:
        return kind, start, end, event.anchor, event.tag, event.value, event.style or None
    if kind in (MAPPING_START, SEQUENCE_START):
        return kind, start, end, event.anchor, event.tag, "", None
    if kind == ALIAS:
        return kind, start, end, event.anchor, None, "", None
    return kind, start, end, None, None, "", None


class PureParser:
    """ruamel.yaml's own parser: the reference for what is YAML here. Slow to import and to run."""

    def __init__(self, text: str) -> None:
        from ruamel.yaml.docinfo import DocInfo
        from ruamel.yaml.parser import Parser
        from ruamel.yaml.reader import Reader
        from ruamel.yaml.scanner import Scanner

        class Loader(Reader, Scanner, Parser):
            processing_version = (1, 2)
            comment_handling = None

            def __init__(self, text: str) -> None:
                self._resolver = self
                self.doc_infos = [DocInfo()]
                Reader.__init__(self, text, loader=self)
                Scanner.__init__(self, loader=self)
                Parser.__init__(self, loader=self)

        self._loader = Loader(text)

    @property
    def offset(self) -> int:
        """How far the text was read."""
        return int(self._loader.index)

    def next_event(self) -> Event:
        """The next event. Raises whatever ruamel.yaml raises on a text that is not YAML, or that it cannot read."""
        return convert(self._loader.get_event())
