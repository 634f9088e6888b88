"""The pages that people write: those of `docs/`, and the changelog and the guide for contributors.

They are read in the repository, too. So they link to files there, and the links are changed to pages here.
"""

from __future__ import annotations

import posixpath
import re
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parents[2]
OTHERS = {"CHANGELOG.md": "changelog.md", "CONTRIBUTING.md": "contributing.md"}
"""Pages that do not lie in `docs/`, and where they stand in the site."""
PLACES = {
    **OTHERS,
    "README.md": "index.md",
    "examples": "examples/index.md",
    "docs": "index.md",
}
"""What other files and folders of the repository are called in the site."""
FILES = "files/"
"""Where files of the repository lie in the site that are no pages."""
LINK = re.compile(r"(?P<text>\[[^\]]*\]\()(?P<target>[^)\s#]*)(?P<anchor>#[^)\s]*)?\)")
FENCED = re.compile(r"^(?P<fence>`{3,}|~{3,})[^\n]*\n(?s:.*?)^(?P=fence)[ ]*$", re.MULTILINE)
COMMENT = re.compile(r"^<!--(?s:.*?)-->\n", re.MULTILINE)
DOCSTRING = re.compile(r"```\{docstring\} (?P<module>[\w.]+)(?::(?P<name>[\w.]+))?\n```")


class NoSuchPage(Exception):
    """A link to a file that the site does not have."""


def sources() -> dict[str, Path]:
    """The file of each page that people write, by its path in the site."""
    pages = {
        str(path.relative_to(ROOT / "docs")): path for path in sorted((ROOT / "docs").rglob("*.md"))
    }
    return pages | {place: ROOT / name for name, place in OTHERS.items()}


def pages(generated: set[str]) -> Iterator[tuple[str, str]]:
    """All pages, by their path in the site; `generated` are those that they may link to besides."""
    there = generated | set(sources())
    for place, path in sources().items():
        text = with_docstrings(path.read_text(encoding="utf-8"))
        yield place, linked(text, str(path.relative_to(ROOT)), place, there)


def downloads(texts: Iterable[str]) -> set[str]:
    """The files of the repository that pages link to as they are."""
    links = (found["target"] for text in texts for found in LINK.finditer(text))
    return {link.partition(FILES)[2] for link in links if FILES in link}


def linked(text: str, origin: str, place: str, there: set[str]) -> str:
    """The text of a file of the repository (`origin`) for its `place` in the site: with other links, and
    without comments.

    A link to what is not `there` leads to a copy of that file. Raises NoSuchPage where there is none.
    """

    def moved(found: re.Match[str]) -> str:
        target, anchor = found["target"], found["anchor"] or ""
        if not target or re.match(r"[a-z]+:", target):
            return found[0]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(origin), target))
        page = PLACES.get(path) or _page_of(path)
        if page not in there:
            page = FILES + path
            if not (ROOT / path).is_file():
                raise NoSuchPage(f"{origin}: no page for the link to {target}")
        return f"{found['text']}{posixpath.relpath(page, posixpath.dirname(place))}{anchor})"

    def changed(prose: str) -> str:
        return LINK.sub(moved, COMMENT.sub("", prose))

    whole, end = [], 0
    for block in FENCED.finditer(text):
        whole += [changed(text[end : block.start()]), block[0]]
        end = block.end()
    return "".join([*whole, changed(text[end:])])


def with_docstrings(text: str) -> str:
    """The text with docstrings of the program where it asks for them: formulas are written down once."""
    return DOCSTRING.sub(lambda found: _docstring(found["module"], found["name"]), text)


def _docstring(module: str, name: str | None) -> str:
    found = import_module(module)
    for part in name.split(".") if name else ():
        found = getattr(found, part)
    if not found.__doc__:
        raise NoSuchPage(f"{module}:{name} has no docstring")
    text = cleandoc(found.__doc__)
    # The first paragraph of a module is its title, which the page has already.
    return text if name else text.partition("\n\n")[2]


def _page_of(path: str) -> str:
    if path.startswith("examples/"):
        return path.removesuffix(".ml-project.yaml").removesuffix(".full.txt") + ".md"
    return path.removeprefix("docs/")
