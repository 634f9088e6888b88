"""The comments of a file. Parsers drop them, so they are found by what is not a scalar."""

from __future__ import annotations

from bisect import bisect_right

from .parse import read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .parse import Span
    from .tree import File


class Comment:
    """A comment, from its `#` at `offset` to its last visible character at `end`."""

    __slots__ = ("alone_on_line", "end", "offset", "text")

    def __init__(self, offset: int, end: int, text: str, alone_on_line: bool) -> None:
        self.offset = offset
        self.end = end
        self.text = text
        self.alone_on_line = alone_on_line


def comments(file: File, marker: str, *, accelerate: bool = True) -> list[Comment]:
    """The comments of the documents that could be read that hold `marker`, in their order.

    Costs next to nothing where the text does not hold it, and one more reading of the text elsewhere.
    """
    text = file.source.text
    if not file.documents or marker not in text:
        return []
    spans: list[Span] = []
    read(file.source, accelerate=accelerate, spans=spans)
    # Of a block scalar, the header may have a comment behind it.
    blocks = [
        (file.source.line_end(start), end) if style in ("|", ">") else (start, end)
        for start, end, style in spans
    ]
    starts = [start for start, _ in blocks]
    found = []
    at = text.find(marker)
    while at >= 0:
        line = file.source.line_start(at)
        end = file.source.line_end(at)
        offset = text.find("#", line, end)
        while offset >= 0:
            span = bisect_right(starts, offset) - 1
            inside = span >= 0 and offset < blocks[span][1]
            if not inside and text[max(offset - 1, 0) : offset] in _BEFORE:
                comment = text[offset:end].rstrip()
                if marker in comment and any(
                    document.start <= offset < document.end for document in file.documents
                ):
                    alone = not text[line:offset].strip()
                    found.append(Comment(offset, offset + len(comment), comment, alone))
                break
            offset = text.find("#", offset + 1, end)
        at = text.find(marker, end)
    return found


_BEFORE = frozenset(["", *" \t\r\n[]{},'\""])
