"""Reads texts with both parsers and shows trees as plain values, so that tests can compare them."""

from __future__ import annotations

from mlspeclint.document.parse import parse
from mlspeclint.document.tree import (
    Document,
    File,
    Mapping,
    Node,
    Path,
    Place,
    Problem,
    Scalar,
    Sequence,
    Source,
)

Position = tuple[int, int]
Range = tuple[Position, Position]


def read(data: str | bytes) -> File:
    """The file, after checking that both parsers see the same in it."""
    data = data.encode() if isinstance(data, str) else data
    pure, fast = parse(data, accelerate=False), parse(data, accelerate=True)
    assert shown(fast) == shown(pure)
    return pure


def good(data: str | bytes) -> Document:
    """The only document of a file without problems."""
    file = read(data)
    assert [problem.message for problem in file.problems] == []
    (document,) = file.documents
    return document


def bad(data: str | bytes) -> Problem:
    """The only problem of a file."""
    (problem,) = read(data).problems
    return problem


def root(data: str | bytes) -> Mapping:
    """The mapping at the top of a file without problems."""
    node = good(data).root
    assert isinstance(node, Mapping)
    return node


def shown(file: File) -> object:
    """All that a file holds, as plain values."""
    return (
        file.source.text,
        [
            (document.index, document.start, document.end, document.root and tree(document.root))
            for document in file.documents
        ],
        [
            (
                problem.code,
                problem.message,
                problem.help,
                problem.start,
                problem.end,
                problem.path,
                problem.document,
                [(related.start, related.end, related.label) for related in problem.related],
            )
            for problem in file.problems
        ],
    )


def tree(node: Node) -> object:
    origin = node.origin and (node.origin.start, node.origin.end)
    if isinstance(node, Scalar):
        return node.start, node.end, origin, node.text, repr(node.value), node.plain
    if isinstance(node, Mapping):
        entries = [
            (
                name,
                tree(entry.key),
                tree(entry.value),
                entry.via and (entry.via.start, entry.via.end),
            )
            for name, entry in node.entries.items()
        ]
        return node.start, node.end, origin, entries
    assert isinstance(node, Sequence)
    return node.start, node.end, origin, [tree(item) for item in node.items]


def cut(file: File, thing: Place | Problem | Node) -> str:
    """The text at a place."""
    return file.source.text[thing.start : thing.end]


def at(source: Source, thing: Place | Problem | Node) -> Range:
    """Where something starts and ends, as lines and columns."""
    return source.position(thing.start), source.position(thing.end)


def places(data: str | bytes) -> dict[str, tuple[Range | None, Range]]:
    """The ranges of the key and of the value at every path of a file without problems."""
    document = good(data)
    found: dict[str, tuple[Range | None, Range]] = {}
    assert document.source is not None

    def walk(node: Node, path: str, key: Range | None) -> None:
        assert document.source is not None
        found[path] = key, at(document.source, node)
        if isinstance(node, Mapping):
            for name, entry in node.entries.items():
                walk(entry.value, f"{path}.{name}", at(document.source, entry.key))
        elif isinstance(node, Sequence):
            for index, item in enumerate(node.items):
                walk(item, f"{path}[{index}]", None)

    assert document.root is not None
    walk(document.root, "", None)
    return found


def located(data: str | bytes, *path: str | int) -> tuple[str, bool, str | None]:
    """What `locate` underlines for a path, whether exactly, and the text of its origin."""
    return _text(data, path, key=False)


def located_key(data: str | bytes, *path: str | int) -> tuple[str, bool, str | None]:
    """The same for `locate_key`."""
    return _text(data, path, key=True)


def _text(data: str | bytes, path: Path, *, key: bool) -> tuple[str, bool, str | None]:
    document = good(data)
    assert document.source is not None
    place = document.locate_key(path) if key else document.locate(path)
    text = document.source.text
    origin = text[slice(*place.origin)] if place.origin else None
    return text[place.start : place.end], place.exact, origin
