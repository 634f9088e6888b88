"""What a repository shows of a project before it has a spec: its name, frameworks, and data files.

Only what is cheap is looked at, within limits, and nothing outside the repository. Files are read and
never run.
"""

from __future__ import annotations

import os
import re
from collections import deque
from itertools import islice
from pathlib import Path
from stat import S_ISREG
from unicodedata import normalize

from mlspeclint.document.limits import MAX_BYTES
from mlspeclint.document.parse import parse
from mlspeclint.document.tree import Mapping, Scalar, Sequence
from mlspeclint.engine.dependencies import Evidence, folders_up
from mlspeclint.engine.discovery import LEFT_OUT
from mlspeclint.engine.manifests import project_name
from mlspeclint.engine.repository import Unreadable, read_inside
from mlspeclint.engine.schema_line import SCHEMA, schema_near
from mlspeclint.engine.waivers import MARKER
from mlspeclint.rules.evidence import telling_frameworks
from mlspeclint.spec.suggest import slug_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlspeclint.rules.evidence import Dependency

MAX_ENTRIES = 5_000
"""Files and folders that are looked at."""
MAX_DEPTH = 4
"""Folders below that of the spec."""
MAX_FILES = 20
"""Data files that are told."""
MAX_COUNTED = 64_000_000
"""Bytes of a file whose rows are counted."""
MAX_COUNTED_IN_ALL = 128_000_000
"""Bytes that are read for counting in a run."""
MAX_PATH = 200
"""Characters of a path that is told."""
CHUNK = 1 << 20

FORMATS = {".csv": "csv", ".tsv": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
NO_DATA = LEFT_OUT | {
    "benchmarks", "build", "dist", "doc", "docs", "env", "examples", "fixtures", "test", "testdata", "tests",
}  # fmt: skip
"""Folders whose files are not what a project learns from."""
LFS = b"version https://git-lfs"
"""How a file begins that stands for one that git has elsewhere."""
FALLBACK_NAME = "ml-project"


class DataFile:
    """A data file: its path relative to the spec, its format, and its rows; what DVC tracks has a size in
    bytes instead, and a number of files where it is a folder. What is not known is None."""

    __slots__ = ("files", "format", "path", "rows", "size")

    def __init__(
        self,
        path: str,
        format: str | None,
        *,
        rows: int | None = None,
        size: int | None = None,
        files: int | None = None,
    ) -> None:
        self.path = path
        self.format = format
        self.rows = rows
        self.size = size
        self.files = files


class Surroundings:
    """What lies around a spec that is to be written at `path`, which need not exist.

    `schema` is the path of the schema relative to the spec: where it is, or else where it would be
    (`has_schema` tells).
    """

    def __init__(self, path: str) -> None:
        spec = Path(path)
        self._folder = spec.parent.resolve()
        self._root = folders_up(self._folder)[-1]
        self._left = MAX_COUNTED_IN_ALL
        self.name = self._name(spec.name)
        found = Evidence().dependencies(str(self._folder / spec.name), "")
        self.frameworks: list[Dependency] = telling_frameworks(found)
        self.data = self._data()
        schema = schema_near(self._folder)
        self.has_schema = schema is not None
        self.schema = self._relative(schema or self._root / "schemas" / SCHEMA)

    def _name(self, spec: str) -> str:
        """A name for the project: that of `NAME.ml-project.yaml`, of the package here, or of the folder."""
        stem = re.fullmatch(r"(.+)\.ml-project\.ya?ml", spec)
        names = [stem[1] if stem else None, self._package(), self._folder.name]
        for name in names:
            plain = normalize("NFKD", name or "").encode("ascii", "ignore").decode()
            # An apostrophe parts no words.
            slug = slug_of(plain.replace("'", ""))
            if slug:
                return slug
        return FALLBACK_NAME

    def _package(self) -> str | None:
        try:
            text = self._start(self._folder / "pyproject.toml").decode("utf-8-sig")
            return project_name(text)
        except (Unreadable, OSError, ValueError, RuntimeError):
            return None

    def _start(self, path: Path) -> bytes:
        """The bytes of a small file inside the repository. Raises `Unreadable`, `OSError`, `ValueError`."""
        return read_inside(str(path), str(self._root), MAX_BYTES)

    def _size(self, path: Path) -> int:
        """The size of a regular file inside the repository. Raises like `_start`."""
        real = path.resolve()
        told = real.stat()
        if not real.is_relative_to(self._root) or not S_ISREG(told.st_mode):
            raise Unreadable("it is no file of the repository")
        return told.st_size

    def _relative(self, path: Path) -> str:
        relative = os.path.relpath(path, self._folder).replace(os.sep, "/")
        return relative if relative.startswith("../") else f"./{relative}"

    def _data(self) -> list[DataFile]:
        """The data files below the folder, those with most rows first."""
        found: dict[str, DataFile] = {}
        for path in self._files():
            if len(found) == MAX_FILES:
                break
            try:
                file = self._table(path) if path.suffix.lower() in FORMATS else self._tracked(path)
            except (Unreadable, OSError, ValueError, RuntimeError):
                continue
            # What is at hand tells more than what DVC says of it, which comes later by its name.
            if file is not None and file.path not in found and tellable(file.path):
                found[file.path] = file
        return sorted(found.values(), key=lambda each: -(each.rows or 0))

    def _files(self) -> Iterator[Path]:
        """The data files below the folder by their endings, the nearest first; links to folders are not
        followed."""
        left = MAX_ENTRIES
        waiting = deque([(self._folder, 0)])
        while waiting and left > 0:
            folder, depth = waiting.popleft()
            try:
                with os.scandir(folder) as listed:
                    entries = sorted(islice(listed, left), key=lambda entry: entry.name)
            except OSError:
                continue
            left -= len(entries)
            for entry in entries:
                name = entry.name
                if name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if depth < MAX_DEPTH and name.lower() not in NO_DATA:
                        waiting.append((folder / name, depth + 1))
                elif name.lower().endswith((*FORMATS, ".dvc")):
                    yield folder / name

    def _table(self, path: Path) -> DataFile:
        size = self._size(path)
        format = FORMATS[path.suffix.lower()]
        rows = None
        if size <= min(MAX_COUNTED, self._left):
            self._left -= size
            rows = rows_of(path, format)
        return DataFile(self._below(path), format, rows=rows)

    def _tracked(self, path: Path) -> DataFile | None:
        """What a `.dvc` file says of the one file or folder that it tracks."""
        file = parse(self._start(path))
        root = file.documents[0].root if file.documents and not file.problems else None
        outs = root.entries.get("outs") if isinstance(root, Mapping) else None
        items = outs.value.items if outs and isinstance(outs.value, Sequence) else ()
        if len(items) != 1 or not isinstance(items[0], Mapping):
            return None
        told = {
            key: entry.value.text
            for key, entry in items[0].entries.items()
            if isinstance(entry.value, Scalar)
        }
        place = os.path.normpath(path.parent / told.get("path", path.stem))
        if not Path(place).is_relative_to(self._folder):
            return None
        format = FORMATS.get(Path(place).suffix.lower())
        size, files = _whole(told.get("size")), _whole(told.get("nfiles"))
        return DataFile(self._below(Path(place)), format, size=size, files=files)

    def _below(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()


def tellable(path: str) -> bool:
    """Whether a path can stand in a comment: it is short, holds nothing that is not shown, and waives
    nothing."""
    return len(path) <= MAX_PATH and path.isprintable() and MARKER not in path


def _whole(text: str | None) -> int | None:
    """A whole number as DVC writes them, of at most an exabyte."""
    return int(text) if text and re.fullmatch("[0-9]{1,18}", text) else None


def rows_of(path: Path, format: str) -> int | None:
    """The rows of a file, without the header of a table; None where they cannot be told from its lines.

    A line break between quotes parts no rows. Memory is that of a chunk, whatever the file holds.
    """
    lines = quotes = 0
    first = last = b""
    tabular = format != "jsonl"
    with path.open("rb") as file:
        left = MAX_COUNTED  # it may grow while it is read
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            if not first:
                first = chunk
                if first.startswith(LFS) or b"\0" in first:
                    return None
            if not tabular or b'"' not in chunk:
                if quotes % 2 == 0:
                    lines += chunk.count(b"\n")
            else:
                for index, part in enumerate(chunk.split(b'"'), start=quotes):
                    if index % 2 == 0:
                        lines += part.count(b"\n")
                quotes += chunk.count(b'"')
            last = chunk
    if quotes % 2:
        return None
    # The last line needs no end.
    lines += bool(last) and not last.endswith(b"\n")
    return max(lines - (tabular and _has_header(first)), 0)


def _has_header(start: bytes) -> bool:
    """Whether the first line of a table names its columns: no field of it is a number."""
    line = start.partition(b"\n")[0][:MAX_BYTES]
    fields = re.split(rb"[,;\t]", line)
    return not any(re.fullmatch(rb'\s*"?[-+]?\.?[0-9][0-9.eE+-]*"?\s*', each) for each in fields)
