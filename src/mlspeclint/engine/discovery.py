"""Finding the specs below a folder."""

from __future__ import annotations

import os

from mlspeclint.engine.repository import is_inside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

LEFT_OUT = frozenset(("node_modules", "__pycache__", "venv", "site-packages"))
"""Folders that hold no specs of one's own; hidden ones are left out too. Only where git cannot tell."""


ENDINGS = (".ml-project.yaml", ".ml-project.yml")
"""What the names of specs end in, where they do not consist of it."""


def is_spec(name: str) -> bool:
    """Whether a file of that name is a spec."""
    return f".{name}" in ENDINGS or name.endswith(ENDINGS)


def specs_below(folder: str) -> list[str]:
    """The specs below a folder, sorted; git decides what is ignored, where there is a repository.

    Links that lead out of the folder are left out: a spec may come from a stranger's pull request.
    """
    names = _tracked(folder)
    if names is None:
        names = _walked(folder)
    inside = os.path.realpath(folder)
    found = (
        os.path.normpath(os.path.join(folder, name))  # noqa: PTH118 - pathlib costs start-up time
        for name in names
        if is_spec(os.path.basename(name))  # noqa: PTH119
    )
    return sorted(path for path in found if _readable(path, inside))


def _readable(path: str, inside: str) -> bool:
    real = os.path.realpath(path)
    return os.path.isfile(real) and is_inside(real, inside)  # noqa: PTH113


def _tracked(folder: str) -> Iterable[str] | None:
    """The files below a folder that git does not ignore; None where there is no repository or no git."""
    import subprocess

    command = (
        "git", "-c", "core.fsmonitor=false", "-c", "core.quotepath=false", "ls-files", "-z", "--cached",
        "--others", "--exclude-standard",
    )  # fmt: skip
    try:
        run = subprocess.run(command, cwd=folder, capture_output=True, check=False)  # noqa: S603
    except OSError:
        return None
    if run.returncode:
        return None
    return set(os.fsdecode(run.stdout).split("\0")) - {""}


def _walked(folder: str) -> Iterable[str]:
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and name not in LEFT_OUT]
        for name in files:
            yield os.path.relpath(os.path.join(place, name), folder)  # noqa: PTH118
