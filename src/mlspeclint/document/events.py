"""The events of a YAML text, from ruamel.yaml's parser or from libyaml, in one shape.

An event is a tuple `(kind, start, end, anchor, tag, text, style)`. `start` and `end` are offsets; a node
that has an anchor or a tag starts at the first of them. `text` is empty and `style` None for all but
scalars, and `style` is None for plain ones.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Event = tuple[int, int, int, str | None, str | None, str, str | None]
    NextEvent = Callable[[], Event]

MAX_TAG = 1_000
"""Characters of a tag that are worth decoding."""

SCALAR = 0
MAPPING_START = 1
SEQUENCE_START = 2
MAPPING_END = 3
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

            def scan_tag(self) -> Any:
                token = super().scan_tag()
                if token.end_mark.index - token.start_mark.index > MAX_TAG:
                    # Decoding it takes time that grows with its square, and no tag that we know is long.
                    token.value = None, "!too-long"
                return token

        self._loader = Loader(text)

    def close(self) -> None:
        """Cuts the cycles by which the parser would stay in memory."""
        self._loader.__dict__.clear()

    @property
    def offset(self) -> int:
        """How far the text was read."""
        return int(self._loader.index)

    def next_event(self) -> Event:
        """The next event.

        Raises whatever ruamel.yaml raises on a text that is not YAML, or that it cannot read.
        """
        event = convert(self._loader.get_event())
        if event[6] == '"' and not event[5].isascii():
            kind, start, end, anchor, tag, text, style = event
            return kind, start, end, anchor, tag, _without_surrogates(text, start, end), style
        return event


def _without_surrogates(text: str, start: int, end: int) -> str:
    """The content of a quoted scalar with pairs of escaped surrogates, as JSON has them, joined."""
    try:
        text.encode()
    except UnicodeEncodeError:
        try:
            return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError:
            from .errors import NotYaml

            message = "an escape in this text is half of a character (a surrogate)"
            raise NotYaml(message, start, end) from None
    return text
