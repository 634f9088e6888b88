"""Builds the tree of a file from the events of a YAML parser, in one loop and without recursion.

Nothing is expanded here: an alias shares the children of its anchor, and what it would cost to
expand it is computed from the size and the height of the anchored node.
"""

from __future__ import annotations

from .events import (
    ALIAS,
    DOCUMENT_END,
    DOCUMENT_START,
    MAPPING_START,
    SCALAR,
    SEQUENCE_END,
    SEQUENCE_START,
    STREAM_END,
)
from .limits import MAX_DEPTH, MAX_DOCUMENTS, MAX_NODES, MAX_PROBLEMS
from .scalars import FIRST, resolve
from .tree import Document, Entry, Mapping, Problem, Related, Scalar, Sequence, format_path, shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .events import NextEvent
    from .tree import Node, Scalars, Source

    Frame = tuple[
        Node | None,
        dict[str, Entry] | None,
        list[Node] | None,
        Scalar | None,
        "_Open | None",
        Scalar | None,
    ]
    """The collection that is being filled, its `entries` or its `items`, the key that waits for its value,
    what is to be done at its end, and the key of the collection inside it that is being read."""

CORE = "tag:yaml.org,2002:"
_HEADER = frozenset("|>+-0123456789")
_ENDS_ANCHOR = frozenset(" \t\r\n,[]{}")
_ENDS_TAG = frozenset(" \t\r\n")


class _Dropped(Scalar):
    """A key whose value is read and forgotten: a second one of its name, or none that is a string."""

    __slots__ = ()


class Stopped(Exception):
    """A limit was hit: the rest of the file is not read."""


class _Anchored:
    """An anchored node, with its size in nodes and its height in collections, aliases expanded."""

    __slots__ = ("height", "node", "size")

    def __init__(self, node: Node | None = None, size: int = 1, height: int = 0) -> None:
        self.node = node
        """None while it is still being read."""
        self.size = size
        self.height = height


class _Open:
    """What is to be done at the end of a collection that has an anchor, or that stands for a key."""

    __slots__ = ("anchored", "deepest", "nodes", "problem")

    def __init__(self, nodes: int, deepest: int) -> None:
        self.nodes = nodes
        self.deepest = deepest
        self.anchored: _Anchored | None = None
        self.problem: Problem | None = None


class Builder:
    """Collects the documents and the problems of a file."""

    def __init__(self, source: Source) -> None:
        self.text = source.text
        self.source = source
        self.documents: list[Document] = []
        self.problems: list[Problem] = []
        self.nodes = 0
        self.seen = 0
        """Documents that began, empty ones included."""
        self.index = 0
        """Documents that began and are not empty: the number of the next one."""
        self.start = 0
        """Where the document that is being read begins."""
        self.failed = False
        self._last: Document | None = None
        """The document that was read last: it ends where the next one begins."""
        self._stack: list[Frame] = []
        self._frame: Frame = (None, None, None, None, None, None)
        """The collection that is being filled, for the sake of a problem in it."""

    def run(self, next_event: NextEvent, base: int = 0) -> None:
        """Reads all events of a parser that was given the text from offset `base` on.

        Raises Stopped at a limit, and whatever the parser raises.
        """
        # The loop of the hot path: state in locals, the frequent cases first, the rare ones in methods.
        nodes = self.nodes
        anchors: dict[str, _Anchored] = {}
        stack: list[Frame] = []
        self._stack = stack
        node: Node | None = None
        entries: dict[str, Entry] | None = None
        items: list[Node] | None = None
        key: Scalar | None = None
        opened: _Open | None = None
        root: Node | None = None
        value: Scalar | Mapping | Sequence
        content: Scalars
        depth = deepest = tagged = last = 0
        while True:
            kind, start, end, anchor, tag, text, style = next_event()
            if base:
                start += base
                end += base
            if kind == SCALAR:
                nodes += 1
                if nodes > MAX_NODES:
                    raise self._too_many_nodes(start, end)
                if anchor is not None or tag is not None:
                    start, tagged = self._content(start, end, anchor, tag)
                plain = style is None
                content = text
                if plain:
                    if not text:
                        content = None
                        if key is not None and anchor is None and tag is None:
                            start = end = self._empty_value(last)
                    elif text[0] in FIRST:
                        content = resolve(text)
                elif style == "|" or style == ">":
                    end = self._block_end(start, end)
                    if not text and style == ">":
                        self._check_comparison(start, end)
                if tag is not None:
                    self._frame = node, entries, items, key, opened, key
                    content, plain = self._tagged_scalar(tag, tagged, text, plain)
                last = end
                value = Scalar(start, end, text, content, plain)
                if anchor is not None:
                    anchors[anchor] = _Anchored(value)
                if entries is None:
                    if items is None:
                        root = value
                    else:
                        items.append(value)
                elif key is None:
                    if content.__class__ is str and text not in entries:
                        key = value
                    else:
                        self._frame = node, entries, items, key, opened, key
                        key = self._bad_key(value, entries)
                else:
                    if key.__class__ is Scalar:
                        entries[key.text] = Entry(key, value)
                    key = None
            elif kind <= SEQUENCE_START:
                nodes += 1
                depth += 1
                if depth > MAX_DEPTH:
                    raise self._too_deep(start, start + 1)
                if nodes > MAX_NODES:
                    raise self._too_many_nodes(start, start + 1)
                later: _Open | None = None
                name = key
                if anchor is not None or tag is not None:
                    start, tagged = self._content(start, len(self.text), anchor, tag)
                    if tag is not None:
                        self._frame = node, entries, items, key, opened, key
                        self._tagged_collection(tag, tagged, kind)
                    if anchor is not None:
                        later = _Open(nodes - 1, deepest)
                        later.anchored = anchors[anchor] = _Anchored()
                        deepest = depth
                if depth > deepest:
                    deepest = depth
                value = (
                    Mapping(start, end, {}) if kind == MAPPING_START else Sequence(start, end, [])
                )
                if entries is None:
                    if items is None:
                        root = value
                    else:
                        items.append(value)
                elif key is None:
                    self._frame = node, entries, items, key, opened, key
                    later = later or _Open(0, 0)
                    later.problem = self._collection_as_key(start, kind)
                    key = _Dropped(start, end, "", None, False)
                else:
                    if key.__class__ is Scalar:
                        entries[key.text] = Entry(key, value)
                    key = None
                stack.append((node, entries, items, key, opened, name))
                node, key, opened = value, None, later
                if value.__class__ is Mapping:
                    entries, items = value.entries, None
                else:
                    entries, items = None, value.items  # type: ignore[union-attr]
            elif kind <= SEQUENCE_END:
                # The end of a block collection has no width, and stands wherever the next thing is.
                if end > start:
                    last = end
                node.end = last  # type: ignore[union-attr]
                if entries is not None and "<<" in entries:
                    self._frame = node, entries, items, key, opened, key
                    self._merge(entries)
                if opened is not None:
                    if opened.anchored is not None:
                        opened.anchored.node = node
                        opened.anchored.size = nodes - opened.nodes
                        opened.anchored.height = deepest - depth + 1
                        if opened.deepest > deepest:
                            deepest = opened.deepest
                    if opened.problem is not None:
                        opened.problem.end = last
                node, entries, items, key, opened, name = stack.pop()
                depth -= 1
            elif kind == ALIAS:
                assert anchor is not None  # noqa: S101 - tells the type checker
                self._frame = node, entries, items, key, opened, key
                target = anchors.get(anchor)
                if target is None or target.node is None:
                    value = self._bad_alias(anchor, start, end, known=target is not None)
                    nodes += 1
                else:
                    nodes += target.size
                    if depth + target.height > deepest:
                        deepest = depth + target.height
                        if deepest > MAX_DEPTH:
                            raise self._too_deep(start, end)
                    value = _alias(target.node, start, end)
                if nodes > MAX_NODES:
                    raise self._too_many_nodes(start, end)
                last = end
                if entries is None:
                    if items is None:
                        root = value
                    else:
                        items.append(value)
                elif key is None:
                    if (
                        value.__class__ is Scalar
                        and value.value.__class__ is str
                        and value.text not in entries
                    ):
                        key = value
                    else:
                        key = self._bad_key(value, entries)
                else:
                    if key.__class__ is Scalar:
                        entries[key.text] = Entry(key, value)
                    key = None
            elif kind == DOCUMENT_START:
                self._begin(start, end)
                anchors = {}
                root = None
                deepest = 0
            elif kind == DOCUMENT_END:
                self.nodes = nodes
                self._finish(root)
            elif kind == STREAM_END:
                return

    # Documents

    def _begin(self, start: int, end: int) -> None:
        self.seen += 1
        if self.seen > MAX_DOCUMENTS:
            raise self._stop(
                start, end, f"the file has more than {MAX_DOCUMENTS} documents", "split the file"
            )
        # The comments above the first document belong to it.
        self.start = start if self.seen > 1 else 0
        if self._last is not None:
            self._last.end = self.start
            self._last = None
        self.failed = False

    def _finish(self, root: Node | None) -> None:
        if self.failed:
            self.index += 1
        elif root is not None and not _empty(root):
            self._last = Document(self.index, root, self.start, len(self.text), self.source)
            self.documents.append(self._last)
            self.index += 1

    # Places

    def _content(
        self, start: int, limit: int, anchor: str | None, tag: str | None
    ) -> tuple[int, int]:
        """Where the node begins whose anchor or tag begins at `start`, and where its tag does.

        `limit` is its end when it is empty.
        """
        text = self.text
        tagged = start
        if anchor is not None and tag is not None:
            # Where the tag comes first, the event starts at the anchor all the same.
            word = start
            while word > 0 and text[word - 1] in _ENDS_TAG:
                word -= 1
            while word > 0 and text[word - 1] not in _ENDS_TAG:
                word -= 1
            tagged = text.find("!", word, start)
            if tagged >= 0:
                tag = None
        for _ in range((anchor is not None) + (tag is not None)):
            if text[start : start + 1] == "!":
                tagged, ends = start, _ENDS_TAG
            else:
                ends = _ENDS_ANCHOR
            while start < limit and text[start] not in ends:
                start += 1
            start = _skip_blank(text, start, limit)
        return start, max(tagged, 0)

    def _empty_value(self, end: int) -> int:
        """Where a value stands that is written as nothing at all: behind its colon, if its key has one.

        The parsers see it in various places between its key, which ends at `end`, and the next thing.
        """
        colon = _skip_blank(self.text, end, len(self.text))
        return colon + 1 if self.text[colon : colon + 1] == ":" else end

    def _block_end(self, start: int, end: int) -> int:
        """Where a block scalar ends that stands at `start`: without blank lines below it."""
        text = self.text
        cut = end
        while text[end - 1] in " \r\n":
            end -= 1
            if text[end] != " ":
                cut = end
        if text.find("\n", start, end) < 0 and text.find("\r", start, end) < 0:
            # It is empty: its header is all there is, perhaps with a comment behind it.
            cut = start + 1
            while text[cut : cut + 1] in _HEADER:
                cut += 1
        return cut

    # Problems

    def fail(self, problem: Problem) -> bool:
        """Gives up the document that is being read. Says whether to go on with the next one."""
        if self._last is not None and isinstance(self._last.root, Scalar):
            # A text that seemed to be a document of its own, until the next line made no sense.
            self.documents.remove(self._last)
            self.index = self._last.index
        self._last = None
        try:
            self._add(problem)
        except Stopped:
            return False
        self.index += 1
        return True

    def _add(self, problem: Problem) -> Problem:
        problem.document = self.index
        self.problems.append(problem)
        if len(self.problems) > MAX_PROBLEMS:
            raise self._stop(
                problem.start, problem.end, f"the file has more than {MAX_PROBLEMS} problems", None
            )
        return problem

    def _path(self) -> str:
        """The field that is being read."""
        path: list[str | int] = []
        for frame in (*self._stack, self._frame):
            _, entries, items, _, _, name = frame
            if entries is not None and name is not None:
                path += [name.text] if name.text else []
            elif items is not None:
                # The item that is being read is in the list already, unless the list is the innermost.
                path.append(len(items) - (frame is not self._frame))
        return format_path(path)

    def _stop(self, start: int, end: int, message: str, advice: str | None) -> Stopped:
        problem = Problem("SPC009", message, start, end, help=advice)
        problem.document = self.index
        self.problems.append(problem)
        return Stopped()

    def _visible(self, at: int) -> tuple[int, int]:
        """The character at an offset, or the last one before it where there is none."""
        if self.text[at : at + 1].strip():
            return at, at + 1
        end = max(len(self.text[:at].rstrip()), 1)
        return end - 1, end

    def _too_many_nodes(self, start: int, end: int) -> Stopped:
        if start == end:
            start, end = self._visible(start)
        return self._stop(
            start,
            end,
            f"the file holds more than {MAX_NODES:,} keys and values once its aliases are expanded",
            "split the file, or repeat less by aliases",
        )

    def _too_deep(self, start: int, end: int) -> Stopped:
        return self._stop(
            start, end, f"this is nested more than {MAX_DEPTH} levels deep", "nest less deeply"
        )

    def _bad_key(self, key: Node, entries: dict[str, Entry]) -> Scalar:
        """Reports a key that is a second one of its name or not a string. Its value will be dropped."""
        if not isinstance(key, Scalar):
            kind = MAPPING_START if isinstance(key, Mapping) else SEQUENCE_START
            self._collection_as_key(key.start, kind).end = key.end
            return _Dropped(key.start, key.end, "", None, False)
        dropped = _Dropped(key.start, key.end, key.text, None, False)
        self._frame = (*self._frame[:5], dropped)
        if isinstance(key.value, str):
            first = entries[key.text].key
            if key.text == "<<":
                advice = "merge several mappings with a list: `<<: [*a, *b]`"
            else:
                advice = "delete one of the two, or rename it"
            problem = Problem(
                "SPC003",
                f"duplicate key `{shorten(key.text)}`",
                key.start,
                key.end,
                path=self._path(),
                help=advice,
                related=(Related(first.start, first.end, "the first one, which counts"),),
            )
        elif not key.text:
            # Written as nothing at all, it has the place of its colon.
            problem = Problem(
                "SPC006",
                "a key is missing here",
                *self._visible(key.start),
                path=self._path(),
                help="write `key: value`; quote text that holds a colon",
            )
        else:
            problem = Problem(
                "SPC006",
                f"the key `{shorten(key.text)}` is {_kind(key)}, keys are text",
                key.start,
                key.end,
                path=self._path(),
                help=f'put it in quotes if it is meant: `"{shorten(key.text)}"`',
            )
        self._add(problem)
        return dropped

    def _collection_as_key(self, start: int, kind: int) -> Problem:
        what = "mapping" if kind == MAPPING_START else "list"
        if "{" in self.text[max(start - 1, 0) : start + 2]:
            advice = 'put text that holds braces in quotes: `"{{ name }}"`'
        else:
            advice = (
                "write `key: value` with a text as the key; quote text that begins with a bracket"
            )
        return self._add(
            Problem(
                "SPC006",
                f"a {what} stands where a key should be",
                start,
                start + 1,
                path=self._path(),
                help=advice,
            )
        )

    def _check_comparison(self, start: int, end: int) -> None:
        """Reports `>5`, which is a block of text without a text: nobody means that."""
        if any(character.isdigit() for character in self.text[start:end]):
            from .errors import comparison

            self.failed = True
            self._add(comparison(self.text, start))

    def _tag_problem(self, start: int, message: str, advice: str) -> None:
        end = start
        while end < len(self.text) and self.text[end] not in _ENDS_TAG:
            end += 1
        self._add(Problem("SPC006", message, start, end, path=self._path(), help=advice))

    def _tagged_scalar(self, tag: str, place: int, text: str, plain: bool) -> tuple[Scalars, bool]:
        """The value of a scalar with a tag, and whether it may still be read as more than a text."""
        if tag == "!" or tag == CORE + "str":
            return text, False
        value = resolve(text)
        if tag == CORE + "float" and value.__class__ is int:
            return float(value), plain
        if tag in _TYPES:
            if value.__class__ is _TYPES[tag]:
                return value, plain
            name = tag.removeprefix(CORE)
            self._tag_problem(
                place,
                f"the tag `!!{name}` does not fit `{shorten(text)}`",
                "leave the tag out",
            )
        else:
            self._unknown_tag(tag, place)
        return (value if plain else text), plain

    def _tagged_collection(self, tag: str, place: int, kind: int) -> None:
        if tag not in ("!", CORE + ("map" if kind == MAPPING_START else "seq")):
            self._unknown_tag(tag, place)

    def _unknown_tag(self, tag: str, place: int) -> None:
        self._tag_problem(
            place,
            "tags are not used in a spec",
            "leave the tag out; put text that begins with `!` in quotes",
        )

    # Aliases and merges

    def _bad_alias(self, name: str, start: int, end: int, known: bool) -> Scalar:
        """Reports an alias that leads nowhere, which fails the document, or into itself."""
        self.failed = True
        if known:
            problem = Problem(
                "SPC009",
                f"the alias `*{shorten(name)}` stands inside what it stands for: it would never end",
                start,
                end,
                path=self._path(),
                help="repeat the value instead",
            )
        else:
            problem = Problem(
                "SPC001",
                f"the alias `*{shorten(name)}` has no anchor `&{shorten(name)}` above it",
                start,
                end,
                path=self._path(),
                help=f'put text that begins with `*` in quotes: `"*{shorten(name)}"`',
            )
        self._add(problem)
        return Scalar(start, end, "*" + name, "*" + name, True)

    def _merge(self, entries: dict[str, Entry]) -> None:
        """Replaces a merge key by the entries that it brings: explicit keys win, then earlier mappings."""
        merge = entries["<<"]
        if not merge.key.plain:
            return
        del entries["<<"]
        several = isinstance(merge.value, Sequence)
        for value in merge.value.items if isinstance(merge.value, Sequence) else [merge.value]:
            # In a list that came through an alias, the items do not stand here.
            via = value if several and merge.value.origin is None else merge.value
            if not isinstance(value, Mapping):
                self._frame = (*self._frame[:5], merge.key)
                if not self.failed:
                    place = via if via.end > via.start else merge.key
                    self._add(
                        Problem(
                            "SPC006",
                            f"the merge key `<<` takes a mapping, this is {_kind(value)}",
                            place.start,
                            place.end,
                            path=self._path(),
                            help="merge an anchored mapping: `<<: *name`",
                        )
                    )
                continue
            for name, entry in value.entries.items():
                if name not in entries:
                    entries[name] = Entry(entry.key, entry.value, via)


_TYPES = {
    CORE + "int": int,
    CORE + "float": float,
    CORE + "bool": bool,
    CORE + "null": type(None),
}
_KINDS = {int: "a number", float: "a number", bool: "a truth value", str: "a text"}


def _kind(node: Node) -> str:
    if isinstance(node, Scalar):
        return _KINDS.get(type(node.value), "empty")
    return "a mapping" if isinstance(node, Mapping) else "a list"


def _alias(target: Node, start: int, end: int) -> Scalar | Mapping | Sequence:
    """The node at an alias: it stands there, and shares what its origin holds."""
    if isinstance(target, Scalar):
        return Scalar(start, end, target.text, target.value, target.plain, target)
    if isinstance(target, Mapping):
        return Mapping(start, end, target.entries, target)
    assert isinstance(target, Sequence)  # noqa: S101 - there are no other nodes
    return Sequence(start, end, target.items, target)


def _empty(root: Node) -> bool:
    return isinstance(root, Scalar) and root.start == root.end


def _skip_blank(text: str, start: int, limit: int) -> int:
    """The first offset from `start` on that is neither white space nor in a comment; at most `limit`."""
    while start < limit:
        character = text[start]
        if character == "#":
            while start < limit and text[start] not in "\r\n":
                start += 1
        elif character in " \t\r\n":
            start += 1
        else:
            return start
    return limit
