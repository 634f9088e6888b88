"""The tree of a YAML file, in which every key and every value knows where it stands.

A place is a pair of offsets into the text, counted in code points; `Source` turns an offset into a
line and a column when somebody asks, because most places are never shown.
"""

from __future__ import annotations

from bisect import bisect_right

Scalars = str | int | float | bool | None
Path = tuple[str | int, ...]
"""Steps from the root of a document: names of keys and indices of lists."""


def format_path(path: Path | list[str | int]) -> str:
    """A path as people write it: `alternatives[0].score`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def shorten(text: str) -> str:
    """At most 40 characters of a text from a file, for a message: on one line, all of them visible."""
    text = " ".join(text[:200].split())
    if not text.isprintable():
        text = "".join(each if each.isprintable() else repr(each)[1:-1] for each in text)
    return text if len(text) <= 40 else text[:39] + "…"


class Node:
    """What every node has: `start` and `end` offsets (`end` exclusive), and where it came from.

    A node that was reached through an alias stands at the alias; `origin` is then the anchored node.
    """

    __slots__ = ("end", "origin", "start")

    start: int
    end: int
    origin: Node | None


class Scalar(Node):
    """A leaf. `text` is its content, `value` what YAML 1.2 makes of it, `plain` whether it is unquoted."""

    __slots__ = ("plain", "text", "value")

    def __init__(
        self,
        start: int,
        end: int,
        text: str,
        value: Scalars,
        plain: bool,
        origin: Node | None = None,
    ) -> None:
        self.start = start
        self.end = end
        self.origin = origin
        self.text = text
        self.value = value
        self.plain = plain


class Entry:
    """A key and its value. `via` is the value of the merge key (`<<`) that brought them, if one did."""

    __slots__ = ("key", "value", "via")

    def __init__(self, key: Scalar, value: Node, via: Node | None = None) -> None:
        self.key = key
        self.value = value
        self.via = via


class Mapping(Node):
    """A mapping with string keys, in the order of the text; merged entries come last."""

    __slots__ = ("entries",)

    def __init__(
        self, start: int, end: int, entries: dict[str, Entry], origin: Node | None = None
    ) -> None:
        self.start = start
        self.end = end
        self.origin = origin
        self.entries = entries


class Sequence(Node):
    """A list."""

    __slots__ = ("items",)

    def __init__(self, start: int, end: int, items: list[Node], origin: Node | None = None) -> None:
        self.start = start
        self.end = end
        self.origin = origin
        self.items = items


class Related:
    """A second place that a problem speaks of, and what to say there."""

    __slots__ = ("end", "label", "start")

    def __init__(self, start: int, end: int, label: str) -> None:
        self.start = start
        self.end = end
        self.label = label


class Repair:
    """What to write where a problem is: `text` in place of the value at `path`, or of its key (`key`).

    Without a path, it takes the place of what the problem points at, in a document that cannot be read.
    `quotes` asks for quotes or for none, where it matters; `certain` says that nothing else can be meant.
    """

    __slots__ = ("certain", "key", "path", "quotes", "text")

    def __init__(
        self,
        path: Path | None,
        text: str,
        certain: bool,
        *,
        key: bool = False,
        quotes: bool | None = None,
    ) -> None:
        self.path = path
        self.text = text
        self.certain = certain
        self.key = key
        self.quotes = quotes


class Problem:
    """Something wrong with the file itself (the SPC codes): what, where, and what to write instead.

    `document` is the number of the document that it is in, as `Document.index` counts.
    """

    __slots__ = ("code", "document", "end", "help", "message", "path", "related", "repair", "start")

    def __init__(
        self,
        code: str,
        message: str,
        start: int,
        end: int,
        *,
        path: str = "",
        help: str | None = None,
        related: tuple[Related, ...] = (),
        document: int = 0,
        repair: Repair | None = None,
    ) -> None:
        self.code = code
        self.document = document
        self.repair = repair
        self.message = message
        self.start = start
        self.end = end
        self.path = path
        self.help = help
        self.related = related


class Place:
    """Where a field stands. `exact` is false when it is missing and a parent's key stands in for it.

    `origin` is the range of the anchored value where the field came through an alias or a merge key.
    """

    __slots__ = ("end", "exact", "origin", "start")

    def __init__(
        self, start: int, end: int, exact: bool, origin: tuple[int, int] | None = None
    ) -> None:
        self.start = start
        self.end = end
        self.exact = exact
        self.origin = origin


class Source:
    """The text of a file, without its byte order mark, and its lines (broken at LF, CR LF and CR)."""

    __slots__ = ("_starts", "bom", "text")

    def __init__(self, text: str, bom: bool = False) -> None:
        self.text = text
        self.bom = bom
        self._starts: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """The offset at which each line starts."""
        if self._starts is None:
            text = self.text
            if "\r" in text:
                text = text.replace("\r\n", " \n").replace("\r", "\n")
            starts = [0]
            at = text.find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = text.find("\n", at + 1)
            self._starts = starts
        return self._starts

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column (both from 1, columns in code points) of an offset."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def line_start(self, offset: int) -> int:
        """The offset at which the line of an offset starts."""
        return self.starts[bisect_right(self.starts, offset) - 1]

    def line_end(self, offset: int) -> int:
        """The offset at which the line of an offset ends, before its line break."""
        number, column = self.position(offset)
        return offset - column + 1 + len(self.line(number))

    def line(self, number: int) -> str:
        """The text of a line (from 1), without its line break."""
        starts = self.starts
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")


class Document:
    """One YAML document of a file, from the line after the one before to the next one.

    `root` is None when it is empty. One that could not be read is not among the documents of its file.
    """

    __slots__ = ("end", "index", "root", "source", "start")

    def __init__(
        self, index: int, root: Node | None, start: int, end: int, source: Source | None = None
    ) -> None:
        self.index = index
        self.root = root
        self.start = start
        self.end = end
        self.source = source

    def locate(self, path: Path) -> Place:
        """Where the value of the field at `path` stands, or the key of its nearest present parent.

        A value that is written as nothing at all (`key:`) has its key's place. One that came through
        an alias or a merge key has the place of that, and an `origin`.
        """
        return self._locate(path, key=False)

    def locate_key(self, path: Path) -> Place:
        """Where the key of the field at `path` stands; the same as `locate` for an item of a list."""
        return self._locate(path, key=True)

    def _locate(self, path: Path, *, key: bool) -> Place:
        if self.root is None:
            return Place(*self._first_line(), exact=not path)
        node = self.root
        named: tuple[int, int] | None = None
        """The key of `node`, when it has one."""
        use: Node | None = None
        """The first alias or merge on the way: all that is below it stands elsewhere."""
        own = True
        """Whether `named` stands where it is used."""
        parent = _first_key(node) or self._first_line()
        for step in path:
            if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
                entry = node.entries[step]
                use = use or entry.via
                node = entry.value
                named = entry.key.start, entry.key.end
            elif (
                isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items)
            ):
                node = node.items[step]
                named = None
            else:
                return Place(*parent, exact=False)
            own = use is None
            if use is not None:
                parent = use.start, use.end
            else:
                if node.origin is not None:
                    use = node
                # An item has no key of its own: its first one stands in, or the item itself.
                parent = named or (not use and _first_key(node)) or _extent(node, None)
        if key and named is not None:
            extent = named
        else:
            extent = _extent(node.origin, None) if node.origin else _extent(node, named)
            own = use is None
        if own or use is None:
            return Place(*extent, exact=True)
        return Place(use.start, use.end, exact=True, origin=extent)

    def _first_line(self) -> tuple[int, int]:
        start = self.start if self.root is None else self.root.start
        if self.source is None:
            return start, self.end
        return start, self.source.line_end(start)


def _first_key(node: Node) -> tuple[int, int] | None:
    for entry in node.entries.values() if isinstance(node, Mapping) else ():
        if entry.via is None:
            return entry.key.start, entry.key.end
    return None


def _extent(node: Node, key: tuple[int, int] | None) -> tuple[int, int]:
    """The range of a node; that of its key, or of its dash, when it is written as nothing at all."""
    if node.start < node.end:
        return node.start, node.end
    return key or (max(node.start - 1, 0), node.start)


class File:
    """A file that was read: its text, its documents, and what was wrong with it."""

    __slots__ = ("documents", "problems", "source")

    def __init__(
        self, source: Source, documents: tuple[Document, ...], problems: tuple[Problem, ...]
    ) -> None:
        self.source = source
        self.documents = documents
        self.problems = problems
