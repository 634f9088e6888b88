"""Finding the configuration of a spec: the nearest file upwards, up to the root of its repository.

Every check comes through here, and most specs have no configuration: then this costs a few looks at the file
system, and nothing else is imported.
"""

from __future__ import annotations

import os

from mlspeclint.engine.repository import way_up

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

OWN = ".mlspeclint.toml"
SHARED = "pyproject.toml"


class Found:
    """A configuration file: its path, what it holds, and the folder that it must not reach beyond."""

    __slots__ = ("path", "root", "table")

    def __init__(self, path: str, table: dict[str, Any], root: str) -> None:
        self.path = path
        self.table = table
        self.root = root

    @property
    def folder(self) -> str:
        """Where it lies."""
        return os.path.dirname(self.path)  # noqa: PTH120 - pathlib costs start-up time


class Search:
    """Looks for configuration files, and remembers what it has found for each folder.

    `looked_at` are the files that there were on the way, used or passed over.
    """

    def __init__(self) -> None:
        self.looked_at: list[str] = []
        self._in_folder: dict[str, Found | None] = {}
        self._of_folder: dict[str, Found | None] = {}

    def of(self, path: str) -> Found | None:
        """The configuration of a file or a folder, by its path as it is named. Raises `ConfigProblem`."""
        whole = os.path.abspath(path)  # noqa: PTH100
        return self.of_folder(whole if os.path.isdir(whole) else os.path.dirname(whole))  # noqa: PTH112, PTH120

    def of_folder(self, folder: str) -> Found | None:
        """The configuration of all that lies in a folder, by its absolute path. Raises `ConfigProblem`."""
        if folder not in self._of_folder:
            way = _way_up(folder)
            found = (self._in(each, way[-1]) for each in way)
            self._of_folder[folder] = next((each for each in found if each is not None), None)
        return self._of_folder[folder]

    def _in(self, folder: str, root: str) -> Found | None:
        if folder not in self._in_folder:
            self._in_folder[folder] = self._look(folder, root)
        return self._in_folder[folder]

    def _look(self, folder: str, root: str) -> Found | None:
        for name in (OWN, SHARED):
            path = os.path.join(folder, name)  # noqa: PTH118
            if os.path.lexists(path):
                from mlspeclint.policy.files import load

                self.looked_at.append(path)
                table = load(path, root)
                if table is not None:
                    return Found(path, table, root)
        return None


def _way_up(folder: str) -> list[str]:
    """The folder and those above it, up to the root of the repository.

    Outside of a repository nobody can tell whose the files above are: it ends at the working folder, if that
    is one of them, or else with the folder itself.
    """
    way, in_repository = way_up(folder)
    if in_repository:
        return way
    try:
        working = os.getcwd()  # noqa: PTH109
    except OSError:  # somebody has removed it
        working = ""
    return way[: way.index(working) + 1] if working in way else way[:1]
