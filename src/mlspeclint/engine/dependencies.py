"""The Python dependencies that files beside a spec declare, from its folder up to the repository's root.

The files may come from a stranger's pull request: they are read and never run, links that lead out of the
repository are not followed, and how much is read has a limit. Of a file that cannot be read a notice is
kept, and what it may have said stays open.
"""

from __future__ import annotations

import os
import re
from itertools import islice
from pathlib import Path

from mlspeclint.document.limits import MAX_BYTES
from mlspeclint.engine.discovery import specs_below
from mlspeclint.engine.manifests import (
    is_lock,
    package_name,
    reader,
    requirements,
)
from mlspeclint.engine.repository import Unreadable, read_inside, way_up
from mlspeclint.rules.evidence import Dependencies, Dependency, is_framework, is_tool
from mlspeclint.spec.shapes import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from mlspeclint.engine.manifests import Declared

MAX_LOCK_BYTES = 20 * MAX_BYTES
"""The size of a lock file, which no person writes."""
MAX_FILES = 64
"""Files that are read for one folder."""
MAX_ALL_FILES = 2_000
"""Files that are read in a run."""
MAX_SPECS = 64
"""Specs of a repository that are asked whether a network is theirs."""
MAX_ENTRIES = 10_000
"""Entries of a folder that are looked at."""
MAX_NAME = 100
"""Characters of a package's name."""


def declares_network(text: str) -> bool:
    """Whether a line of a spec declares deep learning, as its approach or as an alternative."""
    form = r"""^[^#\n]*\bfamily["']?\s*:\s*["']?deep_learning\b"""
    return re.search(form, text, re.MULTILINE) is not None


def folders_up(folder: Path) -> list[Path]:
    """A folder and those above it, up to the root of the repository; the folder alone where there is none."""
    way, in_repository = way_up(str(folder))
    return [*map(Path, way)] if in_repository else [folder]


class _Manifest:
    """A file that declares packages: its path, the direct ones with the line that names each, others."""

    def __init__(self, path: Path, declared: Declared, text: str) -> None:
        self.path = path
        self.others = _names(declared.others)
        self.direct = dict.fromkeys(_names(declared.direct), 1)
        for name in self.direct:
            # Only the lines of what a message may name are looked for.
            if is_framework(name):
                self.direct[name] = _line_of(name, text)
        self.says_something = not all(map(is_tool, (*self.direct, *self.others)))


def _names(names: list[str]) -> list[str]:
    return [package_name(name) for name in names if len(name) <= MAX_NAME]


def _line_of(name: str, text: str) -> int:
    """The first line that names a package, from 1."""
    spelt = "[-_.]+".join(map(re.escape, name.split("-")))
    form = re.compile(rf"(?<![\w.-]){spelt}(?![\w-])", re.IGNORECASE)
    lines = enumerate(text.splitlines(), start=1)
    return next((number for number, line in lines if form.search(line)), 1)


class _Folder:
    """A folder: the files in it that declare packages, and whether all of them could be read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.manifests: list[_Manifest] = []
        self.complete = True
        self._network: bool | None = None

    @property
    def telling(self) -> list[_Manifest]:
        """The files that name a package that is more than a tool."""
        return [manifest for manifest in self.manifests if manifest.says_something]

    def network_below(self) -> bool:
        """Whether a spec in it or below declares deep learning; of very many specs, one probably does."""
        if self._network is None:
            specs = specs_below(str(self.path))
            self._network = len(specs) > MAX_SPECS or any(map(_declares_network_at, specs))
        return self._network


def _declares_network_at(spec: str) -> bool:
    try:
        with Path(spec).open("rb") as file:
            return declares_network(file.read(MAX_BYTES).decode("utf-8", "replace"))
    except OSError:
        return False


class Evidence:
    """What lies beside specs. It remembers what it has read: a repository may hold many specs.

    `notices` tells which files could not be read, by their paths below the repository's root.
    """

    def __init__(self) -> None:
        self.notices: list[str] = []
        self._folders: dict[Path, _Folder] = {}
        self._files = 0

    def dependencies(self, spec: str, text: str) -> Dependencies:
        """What is declared on the way from the spec of that path and text up to the root.

        Without a repository only the folder of the spec is looked at.
        """
        start = Path(spec).parent.resolve()
        way = folders_up(start)
        folders = [self._folder(folder, way[-1]) for folder in way]
        telling = [folder for folder in folders if folder.telling]
        near = [
            Dependency(name, _relative(manifest.path, start), line)
            for folder in telling[:1]
            for manifest in folder.telling
            for name, line in manifest.direct.items()
        ]
        manifests = [manifest for folder in folders for manifest in folder.manifests]
        files = [_relative(each.path, start) for folder in telling for each in folder.telling]
        names = {name for each in manifests for name in (*each.direct, *each.others)}
        has_framework = any(is_framework(each.name) for each in near)
        return Dependencies(
            near,
            names,
            dict.fromkeys(files),
            complete=all(folder.complete for folder in folders),
            network_beside=declares_network(text) or (has_framework and telling[0].network_below()),
        )

    def _folder(self, path: Path, root: Path) -> _Folder:
        known = self._folders.get(path)
        if known is None:
            known = self._folders[path] = _Folder(path)
            _Reading(self, known, root).read()
        return known

    def count_file(self) -> None:
        """Count a file that is to be read. Raises `Unreadable` when there were too many."""
        self._files += 1
        if self._files > MAX_ALL_FILES:
            raise Unreadable(f"more than {MAX_ALL_FILES:,} files were read already")


def _relative(path: Path, folder: Path) -> str:
    return shown(os.path.relpath(path, folder).replace(os.sep, "/"))


class _Reading:
    """Reads what a folder holds."""

    def __init__(self, evidence: Evidence, folder: _Folder, root: Path) -> None:
        self.evidence = evidence
        self.folder = folder
        self.root = root
        self.seen: set[Path] = set()

    def read(self) -> None:
        """Read the files of the folder, and the lists in a folder `requirements` in it."""
        for path in _entries(self.folder.path):
            read = reader(path.name)
            if read is not None:
                self.manifest(path, read)
        below = self.folder.path / "requirements"
        if not below.is_symlink():
            for path in _entries(below):
                if path.suffix in (".txt", ".in"):
                    self.manifest(path, requirements)

    def manifest(self, path: Path, read: Callable[[str], Declared]) -> None:
        """Read a file and those that it includes."""
        waiting = [(path, read)]
        while waiting:
            path, read = waiting.pop()
            try:
                real = path.resolve()
                if real in self.seen:
                    continue
                self.seen.add(real)
                text = self.text(real)
                declared = read(text)
            except (Unreadable, OSError, ValueError, RuntimeError) as problem:
                self.fail(path, getattr(problem, "strerror", None) or str(problem))
                continue
            self.folder.complete &= not declared.opaque
            self.folder.manifests.append(_Manifest(path, declared, text))
            waiting += [(path.parent / name, requirements) for name in declared.includes]

    def text(self, path: Path) -> str:
        """The text of a file, by its path without links.

        Raises `Unreadable`, `OSError` and `ValueError`.
        """
        if len(self.seen) > MAX_FILES:
            raise Unreadable(f"{MAX_FILES} files were read already")
        self.evidence.count_file()
        most = MAX_LOCK_BYTES if is_lock(path.name) else MAX_BYTES
        data = read_inside(str(path), str(self.root), most)
        try:
            # PowerShell writes UTF-16 where pip's output is sent to a file.
            return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        except ValueError:
            raise Unreadable("it is not UTF-8") from None

    def fail(self, path: Path, why: str) -> None:
        """Note that a file was not read."""
        self.folder.complete = False
        name = shown(os.path.relpath(path, self.root), 200)
        self.evidence.notices.append(f"{name} was not read for --evidence: {why}")


def _entries(folder: Path) -> list[Path]:
    """The paths in a folder, sorted; none where it is no folder or cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return sorted(folder / entry.name for entry in islice(entries, MAX_ENTRIES))
    except OSError:
        return []
