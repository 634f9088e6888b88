"""What completion offers where click does not know: rules, subjects of `explain`, specs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from click.shell_completion import CompletionItem

from mlspeclint.engine.discovery import LEFT_OUT, is_spec

if TYPE_CHECKING:
    from collections.abc import Iterator

    import click

SHELLS_OWN = "file"
"""The type of an item that has the shell complete names of files itself."""


def rules(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Codes, names and groups, the last of a list with commas; none that the list has already."""
    given, comma, last = incomplete.rpartition(",")
    taken = set(given.split(","))
    return [
        CompletionItem(f"{given}{comma}{name}", help=about)
        for name, about in (*_groups(), *_rules(last))
        if name.startswith(last) and name not in taken
    ]


def subjects(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """What `explain` explains: codes, names, sections and fields; the fields once a section is named."""
    from mlspeclint.report.pages import fields

    known = [
        (path, field["description"].partition(". ")[0].removesuffix("."))
        for path, field in fields()
        if incomplete or "." not in path
    ]
    return [
        CompletionItem(name, help=about)
        for name, about in (*_rules(incomplete), *known)
        if name.startswith(incomplete)
    ]


def _groups() -> Iterator[tuple[str, str]]:
    from mlspeclint.engine.settings import CATALOGUE

    codes: dict[str, list[str]] = {}
    for entry in CATALOGUE.values():
        codes.setdefault(entry.code.rstrip("0123456789"), []).append(entry.code)
    for group, members in codes.items():
        yield group, f"{members[0]} to {members[-1]}"


def _rules(start: str) -> Iterator[tuple[str, str]]:
    """The rules by code; also by name, where something is typed already: nobody wants to see all twice."""
    from mlspeclint.engine.settings import CATALOGUE

    for key, entry in CATALOGUE.items():
        if key == entry.code:
            yield key, entry.name
        elif start:
            yield key, entry.code


def specs(incomplete: str) -> list[CompletionItem]:
    """Specs, then folders; all files where there is neither.

    Names that could steer a terminal, and what only the shell can expand, are left to the shell.
    """
    folder, name = os.path.split(incomplete)
    start = incomplete.removesuffix(name)
    found: list[str] = []
    folders: list[str] = []
    for entry in () if incomplete.startswith("~") or "$" in folder else _entries(folder):
        if not entry.name.startswith(name) or not entry.name.isprintable():
            continue
        # It would be taken for an option. A hyphen that is typed already stands behind `--`.
        path = f"./{entry.name}" if entry.name[0] == "-" and not incomplete else start + entry.name
        if entry.is_dir():
            if entry.name not in LEFT_OUT and (name or entry.name[0] != "."):
                folders.append(f"{path}/")
        elif is_spec(entry.name):
            found.append(path)
    items = [CompletionItem(path, type="path") for path in (*sorted(found), *sorted(folders))]
    return items or [CompletionItem(incomplete, type=SHELLS_OWN)]


def _entries(folder: str) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder or ".") as entries:
            yield from entries
    except OSError:
        return
