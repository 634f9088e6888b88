"""The line at the top of a spec that tells editors its schema: `# yaml-language-server: $schema=...`.

No finding asks for it, since a spec is right without. `--fix` adds it where the schema lies in the same
repository, and corrects one that names another version of it, or a place where it is not.
"""

from __future__ import annotations

import os
import re
from io import StringIO
from pathlib import Path

from mlspeclint.document.comments import comments
from mlspeclint.document.edit import Edit
from mlspeclint.document.tree import Mapping, Scalar
from mlspeclint.engine.dependencies import folders_up
from mlspeclint.engine.finding import Fix
from mlspeclint.engine.fix import Draft
from mlspeclint.engine.waivers import MARKER
from mlspeclint.spec.load import VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.document.tree import File

SCHEMA = f"ml-project.v{VERSION}.schema.json"
PLACES = (f"schemas/{SCHEMA}", SCHEMA)
"""Where a schema is looked for, in the folder of the spec and in those above it."""
_NAMED = re.compile(
    r"#\s*yaml-language-server:\s*\$schema=(?P<place>\S*?)ml-project(?:\.v(?P<version>[0-9]+))?\.schema\.json"
)
_HEADER = re.compile(r"SPDX-|copyright|licen[cs]e|^#!|-\*-|\bvim?:", re.IGNORECASE)
"""What has to stay at the top: licences, and the lines by which editors know the kind of a file."""


def schema_line(file: File, path: str | None) -> Draft | None:
    """The line, added or corrected; None where it is right, is the user's own, or there is no schema to name.

    `path` is where the spec lies; without it nothing can be added. Files with several documents, which would
    need a line each, get none.
    """
    text = file.source.text
    if file.problems or len(file.documents) != 1 or not _is_spec(file):
        return None
    if "yaml-language-server" in text or "$schema" in text:
        return _corrected(file, path)
    place = _place_near(path)
    if place is None:
        return None
    at = _top(text)
    ending = "\r\n" if "\r\n" in text else "\n" if "\n" in text or "\r" not in text else "\r"
    edit = Edit(at, at, f"# yaml-language-server: $schema={place}{ending}")
    return Draft(Fix("add the line with the schema", (edit,), safe=True), 0)


def _corrected(file: File, path: str | None) -> Draft | None:
    """The line of a user that names our schema, but not where or as what it is known."""
    for comment in comments(file, "yaml-language-server"):
        named = _NAMED.match(comment.text)
        if named is None:
            continue
        folder, version = named["place"], named["version"]
        start, end = named.span("place")
        end = named.end()
        found = None if "://" in folder else _place_near(path)
        if found is not None and path is not None:
            new = folder + SCHEMA if _is_there(path, folder + SCHEMA) else found
        elif version is not None and int(version) != VERSION:
            new = folder + SCHEMA
        else:
            continue
        if new != comment.text[start:end]:
            edit = Edit(comment.offset + start, comment.offset + end, new)
            return Draft(Fix(f"name the schema {new}", (edit,), safe=True), 0)
    return None


def _is_spec(file: File) -> bool:
    root = file.documents[0].root
    entry = root.entries.get("mlspec") if isinstance(root, Mapping) else None
    return entry is not None and isinstance(entry.value, Scalar) and entry.value.value == VERSION


def schema_near(folder: Path) -> Path | None:
    """The schema in a folder (a whole path) or above it, up to the repository's root, if there is one."""
    places = (above / name for above in folders_up(folder) for name in PLACES)
    return next((place for place in places if place.is_file()), None)


def _place_near(path: str | None) -> str | None:
    """Where the schema is, as seen from a spec."""
    if path is None:
        return None
    folder = Path(path).parent.resolve()
    schema = schema_near(folder)
    if schema is None:
        return None
    place = os.path.relpath(schema, folder).replace(os.sep, "/")
    return place if place.startswith("../") else f"./{place}"


def _is_there(path: str, place: str) -> bool:
    """Whether a place that a spec names is one of a schema in its repository."""
    folder = Path(path).parent.resolve()
    named = (folder / place).resolve()
    return named.is_relative_to(folders_up(folder)[-1]) and named.is_file()


def _top(text: str) -> int:
    """Where the line goes: on top, but below what has to be there: a licence and the like, and directives."""
    # `splitlines` knows breaks that are none in YAML.
    lines = StringIO(text, newline="").readlines()
    comment = blank = 0
    # A waiver stays right above what it is about.
    while comment < len(lines) and lines[comment].startswith("#") and MARKER not in lines[comment]:
        comment += 1
    while comment + blank < len(lines) and not lines[comment + blank].strip():
        blank += 1
    following = lines[comment + blank : comment + blank + 1]
    if following and following[0].startswith("%"):
        start = next(index for index, line in enumerate(lines) if line.startswith("---"))
        if re.match(r"---\s*(#|$)", lines[start]):
            return sum(map(len, lines[: start + 1]))
    header = comment and (blank or _HEADER.search("".join(lines[:comment])))
    return sum(map(len, lines[:comment])) if header else 0
