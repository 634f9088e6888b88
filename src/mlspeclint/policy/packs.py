"""Policy packs: the files that a configuration extends, in the order in which they are merged."""

from __future__ import annotations

import os
import sys

from mlspeclint.engine.repository import is_inside
from mlspeclint.policy.files import is_strange, load, shown_path
from mlspeclint.policy.keys import PACKAGE
from mlspeclint.policy.problem import ConfigProblem
from mlspeclint.policy.reading import read_values
from mlspeclint.spec.shapes import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mlspeclint.policy.search import Found

MAX_PACKS = 32
"""Packs of a configuration."""
MAX_ALL_BYTES = 512 * 1024
"""Bytes of all packs of a configuration."""
MAX_DEPTH = 16
"""Packs that extend one another."""
PACK = "mlspeclint.toml"
"""What the file of a pack is called in a package."""


class Layer:
    """What one file says. `chain` names the files that led to it, the one that was found first and itself
    last; `path` is None for a profile."""

    __slots__ = ("chain", "name", "path", "values")

    def __init__(
        self, name: str, path: str | None, chain: tuple[str, ...], values: dict[str, Any]
    ) -> None:
        self.name = name
        self.path = path
        self.chain = chain
        self.values = values


def layers_of(found: Found) -> list[Layer]:
    """All that a configuration is merged of, first what counts least. Raises `ConfigProblem`."""
    stack = _Stack(found)
    stack.add(found.path, found.table, shown_path(found.path), found.root, ())
    profile = next(
        (each.values["profile"] for each in reversed(stack.layers) if "profile" in each.values),
        None,
    )
    return [_profile(profile), *stack.layers] if profile else stack.layers


def _profile(name: str) -> Layer:
    path = os.path.join(os.path.dirname(__file__), "profiles", f"{name}.toml")  # noqa: PTH118, PTH120
    title = f"profile {name}"
    return Layer(title, None, (title,), read_values(title, load(path, None) or {}))


class _Stack:
    """Collects the layers of a configuration."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.layers: list[Layer] = []
        self._done: set[str] = set()
        self._count = self._bytes = 0

    def add(
        self,
        path: str,
        table: dict[str, Any],
        name: str,
        root: str,
        above: tuple[tuple[str, str], ...],
    ) -> None:
        """Add what a file extends, and then the file. `above` are the files that led to it, by name and by
        path without links; `root` is the folder that its packs must lie in."""
        real = os.path.realpath(path)
        chain = (*(each for each, _ in above), name)
        values = read_values(name, table)
        here = (*above, (name, real))
        for index, pack in enumerate(values.get("extends", ())):
            self._extend(pack, path, name, f"extends[{index}]", root, here)
        self._done.add(real)
        self.layers.append(Layer(name, path, chain, values))

    def _extend(
        self,
        pack: str,
        path: str,
        name: str,
        key: str,
        root: str,
        above: tuple[tuple[str, str], ...],
    ) -> None:
        limit: str | None = None
        if pack.startswith(PACKAGE):
            target = self._in_package(pack.removeprefix(PACKAGE), name, key)
            title, inside = pack, os.path.dirname(target)  # noqa: PTH120
        else:
            target = os.path.join(os.path.dirname(path), pack)  # noqa: PTH118, PTH120
            title, inside, limit = shown_path(target), root, root
            self._check_place(pack, target, name, key, root)
            if name.startswith(PACKAGE):
                # Where packages are installed is no concern of whoever reads a report.
                place = os.path.relpath(target, root).replace(os.sep, "/")
                title, limit = f"{name.partition('/')[0]}/{place}", None
        real = os.path.realpath(target)
        names = [each for each, _ in above]
        if real in (each for _, each in above):
            raise ConfigProblem(
                f"the packs extend one another: {' > '.join([*names, title])}", file=name, key=key
            )
        if real in self._done:
            return
        self._count += 1
        if self._count > MAX_PACKS:
            raise ConfigProblem(f"there are more than {MAX_PACKS} packs", file=name, key=key)
        if len(above) > MAX_DEPTH:
            raise ConfigProblem(
                f"more than {MAX_DEPTH} packs extend one another", file=name, key=key
            )
        if not os.path.lexists(target):
            raise ConfigProblem(f"there is no file `{shown(pack)}`", file=name, key=key)
        table = load(target, limit) or {}
        self._bytes += os.path.getsize(real)  # noqa: PTH202
        if self._bytes > MAX_ALL_BYTES:
            told = f"the packs have more than {MAX_ALL_BYTES:,} bytes together, the limit"
            raise ConfigProblem(told, file=name, key=key)
        self.add(target, table, title, inside, above)

    def _check_place(self, pack: str, target: str, name: str, key: str, root: str) -> None:
        """Refuse what lies outside, by its name or by links on the way, before anything is asked of it."""
        inside = is_inside(os.path.abspath(target), os.path.abspath(root))  # noqa: PTH100
        if not name.startswith(PACKAGE):
            inside = inside and is_inside(os.path.realpath(target), os.path.realpath(root))
        if not inside:
            what = "package" if name.startswith(PACKAGE) else "repository"
            raise ConfigProblem(f"`{shown(pack)}` lies outside the {what}", file=name, key=key)

    def _in_package(self, package: str, name: str, key: str) -> str:
        """The file of a pack in an installed package, which is not imported."""
        from importlib.machinery import PathFinder

        spec = PathFinder.find_spec(package, _installed(self.found.root))
        places = list(spec.submodule_search_locations or ()) if spec else []
        if not places:
            raise ConfigProblem(f"there is no installed package `{package}`", file=name, key=key)
        for place in places:
            path = os.path.join(place, PACK)  # noqa: PTH118
            if os.path.lexists(path):
                return path
        raise ConfigProblem(f"the package `{package}` has no {PACK}", file=name, key=key)


def _installed(root: str) -> list[str]:
    """Where packages are looked for: neither in the working folder nor in what came with the repository,
    such as a `src` on a `PYTHONPATH`, for those may be a stranger's."""
    working = os.path.realpath(os.curdir)
    places = {place: os.path.realpath(place) for place in sys.path if place}
    return [
        place for place, real in places.items() if real != working and not is_strange(real, root)
    ]
