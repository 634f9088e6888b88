"""Checks of the built site, without a network: what a reader's browser would stumble over."""

from __future__ import annotations

import posixpath
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOADS = {"script": "src", "img": "src", "iframe": "src", "source": "src", "audio": "src", "video": "src",
         "embed": "src", "object": "data", "track": "src", "use": "href"}  # fmt: skip
"""Elements that load something, and where they say from where."""
STYLES = ("url(", "@import")


class Page(HTMLParser):
    """A page: its title, its anchors, its links, what it loads, and its headings."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.language = ""
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.headings: list[int] = []
        self.without_text: list[str] = []
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element says."""
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            if given["id"] in self.anchors:
                self.without_text.append(f"the id {given['id']} stands twice")
            self.anchors.add(given["id"])
        if tag == "html":
            self.language = given.get("lang", "")
        elif tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "link":
            # Other kinds say what a page is; these are fetched.
            if set(given.get("rel", "").split()) & {
                "stylesheet",
                "icon",
                "preload",
                "manifest",
                "search",
            }:
                self.loaded.append(given.get("href", ""))
        elif LOADS.get(tag) in given:
            self.loaded.append(given[LOADS[tag]])
        if tag == "img" and "alt" not in given:
            self.without_text.append(f"the image {given.get('src', '')} has no text")
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        self._in_title = tag == "title" and not self.title

    def handle_data(self, data: str) -> None:
        """Note the title."""
        if self._in_title:
            self.title += data.strip()

    def handle_endtag(self, tag: str) -> None:
        """Note the end of the title."""
        self._in_title = False


def problems(folder: Path) -> list[str]:
    """What is wrong with the site in a folder, a line each."""
    pages = {}
    for path in sorted(folder.rglob("*.html")):
        page = Page()
        page.feed(path.read_text(encoding="utf-8"))
        pages[path.relative_to(folder).as_posix()] = page
    if not pages:
        return [f"{folder}: no pages"]
    found = [f"{name}: {each}" for name, page in pages.items() for each in _of_page(name, page)]
    found += [
        f"{name}: {each}"
        for name, page in pages.items()
        for each in _links(name, page, pages, folder)
    ]
    for style in sorted(folder.rglob("*.css")):
        found += _of_style(style, style.relative_to(folder).as_posix())
    index = folder / "searchindex.js"
    if not index.is_file() or "Search.setIndex(" not in index.read_text(encoding="utf-8"):
        found.append("searchindex.js: there is no search index")
    return found


def _of_page(name: str, page: Page) -> Iterator[str]:
    if not page.title:
        yield "no title"
    if page.language != "en":
        yield "does not say its language"
    yield from page.without_text
    for address in page.loaded:
        if urlsplit(address).scheme not in ("", "data") or address.startswith("//"):
            yield f"loads {address}"
    before = 0
    for level in page.headings:
        if level > before + 1:
            yield f"a heading of level {level} follows one of level {before}"
        before = level


def _links(name: str, page: Page, pages: dict[str, Page], folder: Path) -> Iterator[str]:
    for address in {*page.links, *page.loaded}:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            continue
        path = unquote(parts.path)
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
        if target not in pages:
            if not (folder / target).is_file():
                yield f"the link {address} leads nowhere"
        elif parts.fragment and unquote(parts.fragment) not in pages[target].anchors:
            yield f"the link {address} leads to no such place"


def _of_style(path: Path, name: str) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    for word in STYLES:
        _, *rest = text.split(word)
        for each in rest:
            address = each.partition(")")[0].strip(" '\"")
            if address.startswith(("http:", "https:", "//")):
                yield f"{name}: loads {address}"
