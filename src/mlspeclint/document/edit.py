"""Edits of a file's text at known places, so that all the rest stays as it is.

A round-trip writer (ruamel.yaml's, for example) builds the whole file anew from its tree, and with that
decides on indentation, widths of lines and quotes that nobody asked it about; some comments it loses. The
tree here knows the range of every key and value. So a fix replaces a few characters there, and all others,
with the line endings and the byte order mark, stay because nobody touches them.

The functions return None where the place cannot be told exactly: behind an alias or a merge key, in a block
scalar, in quotes with escapes, over several lines. None of them proves that the result is what was meant:
whoever applies an edit reads the text again and compares (`engine/fix.py`).
"""

from __future__ import annotations

from .scalars import resolve
from .tree import Mapping, Scalar, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from .tree import Document, Entry, Node, Path, Scalars

BLANK = " \t"
BREAKS = "\r\n"
MARK = "\ufeff".encode()


class Edit:
    """What stands from offset `start` to `end` (exclusive) gives way to `text`."""

    __slots__ = ("end", "start", "text")

    def __init__(self, start: int, end: int, text: str) -> None:
        self.start = start
        self.end = end
        self.text = text

    def meets(self, other: Edit) -> bool:
        """Whether the two touch the same place, so that they cannot both be applied."""
        if self.start == other.start:
            return True
        return self.start < other.end and other.start < self.end


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits applied, no two of which may meet."""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        parts += text[at : edit.start], edit.text
        at = edit.end
    return "".join(parts) + text[at:]


def encoded(text: str, bom: bool) -> bytes:
    """The bytes of a text that was read from a file with or without a byte order mark."""
    return (MARK if bom else b"") + text.encode()


class Found:
    """A node, its entry if it has a key, and the collection that it is in, if it is not the root."""

    __slots__ = ("entry", "node", "parent")

    def __init__(self, node: Node, parent: Node | None, entry: Entry | None) -> None:
        self.node = node
        self.parent = parent
        self.entry = entry


def find(document: Document, path: Path) -> Found | None:
    """What stands at a path, if the way there leads through neither an alias nor a merge key."""
    if document.root is None:
        return None
    found = Found(document.root, None, None)
    for step in path:
        node = found.node
        if node.origin is not None:
            return None
        if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
            entry = node.entries[step]
            if entry.via is not None:
                return None
            found = Found(entry.value, node, entry)
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            found = Found(node.items[step], node, None)
        else:
            return None
    return found


def rewrite(text: str, node: Node, new: str, *, quotes: bool | None = None) -> Edit | None:
    """The scalar with other content on the same line. `quotes` asks for them or for none; else they stay."""
    if not isinstance(node, Scalar) or node.origin is not None or node.start == node.end:
        return None
    raw = text[node.start : node.end]
    quote = raw[0] if raw[0] in "\"'" else ""
    if raw != f"{quote}{node.text}{quote}" or any(each in new for each in "\"'\\\r\n"):
        return None
    if quotes is None:
        # A comparison begins like a block of text.
        quotes = bool(quote) or new[:1] in "<>"
    quote = (quote or '"') if quotes else ""
    return Edit(node.start, node.end, f"{quote}{new}{quote}")


def content(edit: Edit) -> tuple[str, Scalars]:
    """The text and the value of the scalar that `rewrite` writes."""
    if edit.text[0] in "\"'":
        return edit.text[1:-1], edit.text[1:-1]
    return edit.text, resolve(edit.text)


def delete_item(text: str, sequence: Sequence, index: int) -> Edit | None:
    """A list without one of its items, of which it has others.

    Comments inside the item go with it, and those right above it; not those above the first item, which may
    be about the whole list.
    """
    node = sequence.items[index]
    if sequence.origin is not None:
        return None
    if text[sequence.start : sequence.start + 1] == "[":
        following = sequence.items[index + 1].start if index + 1 < len(sequence.items) else None
        return _delete_in_flow(text, node.start, node.end, following)
    dash = len(text[: node.start].rstrip())
    if text[dash - 1 : dash] != "-":
        return None
    start = _line_of(text, dash - 1)
    if start is None:
        return None
    if index > 0:
        start = _with_comments_above(text, start, sequence.items[index - 1].end, dash - 1 - start)
    return _delete_lines(text, start, node.end)


def delete_entry(text: str, mapping: Mapping, name: str) -> Edit | None:
    """A mapping without one of its keys and its value."""
    entry = mapping.entries[name]
    if mapping.origin is not None or entry.via is not None:
        return None
    end = max(entry.key.end, entry.value.end)
    if text[mapping.start : mapping.start + 1] == "{":
        starts = (other.key.start for other in mapping.entries.values() if other.via is None)
        following = min((start for start in starts if start > entry.key.start), default=None)
        return _delete_in_flow(text, entry.key.start, end, following)
    start = _line_of(text, entry.key.start)
    return None if start is None else _delete_lines(text, start, end)


def delete_duplicate(text: str, key: int) -> Edit | None:
    """A mapping in block style without the key at offset `key`, of whose value the tree knows nothing.

    It is taken to be the lines from there on that are indented deeper, or hold items of a list.
    """
    start = _line_of(text, key)
    if start is None:
        return None
    indent = key - start
    end = at = _next_line(text, key)
    while at < len(text):
        line = text[at : _next_line(text, at)]
        inner = line.strip()
        depth = len(line) - len(line.lstrip(" "))
        item = depth == indent and (inner == "-" or inner.startswith("- "))
        if inner and depth <= indent and not item:
            break
        at += len(line)
        if inner:
            end = at
    return _lines(text, start, end)


def delete_comment(text: str, start: int, end: int) -> Edit:
    """The text without a comment: with its line, if that holds nothing else, or with the blanks before it."""
    line = _line_of(text, start)
    if line is not None:
        return _lines(text, line, _next_line(text, end))
    return Edit(len(text[:start].rstrip(BLANK)), end, "")


def _line_of(text: str, offset: int) -> int | None:
    """Where the line of `offset` starts, if there are only spaces before it."""
    start = len(text[:offset].rstrip(" "))
    return start if start == 0 or text[start - 1] in BREAKS else None


def _next_line(text: str, offset: int) -> int:
    """Where the line after that of `offset` starts."""
    while offset < len(text) and text[offset] not in BREAKS:
        offset += 1
    return offset + (2 if text.startswith("\r\n", offset) else offset < len(text))


def _with_comments_above(text: str, start: int, floor: int, indent: int) -> int:
    """Where the comments begin that stand right above the line at `start`, as deep as it is."""
    while start > 0:
        last = start - (2 if text.endswith("\r\n", 0, start) else 1)
        above = max(text.rfind("\n", 0, last), text.rfind("\r", 0, last)) + 1
        line = text[above:start]
        if above < floor or line[indent : indent + 1] != "#" or line[:indent].strip(" "):
            break
        start = above
    return start


def _delete_lines(text: str, start: int, end: int) -> Edit | None:
    """The lines from `start` on to that on which a node ends, if nothing but a comment follows it there."""
    if end > start and text[end - 1] in BREAKS:
        return _lines(text, start, end)  # a block scalar that ends with its line
    stop = _next_line(text, end)
    rest = text[end:stop].strip()
    return _lines(text, start, stop) if not rest or rest.startswith("#") else None


def _lines(text: str, start: int, stop: int) -> Edit:
    """Delete whole lines.

    At the end of a file, the blank lines above them go too, and one without a line break there stays so.
    """
    if not text[stop:].strip():
        kept = text[:start].rstrip(BLANK + BREAKS)
        if text[-1:] not in BREAKS:
            return Edit(len(kept), len(text), "")
        start = _next_line(text, len(kept))
    return Edit(start, stop, "")


def _delete_in_flow(text: str, start: int, end: int, following: int | None) -> Edit | None:
    """Delete from a collection in brackets, up to `following` or, of the last part, from the comma before."""
    if following is not None:
        end = following
    else:
        before = text[:start].rstrip()
        if before.endswith(","):
            start = len(before) - 1
        elif not before.endswith(("[", "{")):
            return None
    return None if "#" in text[start:end] and "\n" in text[start:end] else Edit(start, end, "")
