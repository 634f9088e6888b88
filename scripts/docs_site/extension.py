"""A Sphinx extension: every rule and every field that a text names is a link to its page.

It also makes the sidebar of the pages that are not in it only once for each folder, and what scrolls can be
reached by the keyboard.
"""

from __future__ import annotations

import posixpath
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from docs_site.fields import fields
from mlspeclint.report.catalogue import catalogue

if TYPE_CHECKING:
    from sphinx.application import Sphinx

RULE = re.compile(r"\b([A-Z]{3}[0-9]{3})\b")
PLAIN = (nodes.reference, nodes.literal, nodes.literal_block, nodes.title, nodes.target)
"""What holds no links of this kind: they are links already, or shown as they are."""


@cache
def pages() -> dict[str, str]:
    """The page of each rule, by code and name, and of each field, by path."""
    rules = {row[key]: f"rules/{row['code']}" for row in catalogue() for key in ("code", "name")}
    return {path: f"fields/{path}" for path in fields()} | rules


class Links(SphinxPostTransform):
    """Makes links of the codes of rules, and of names and paths that are set as code."""

    default_priority = 500  # when other links are made

    def run(self, **kwargs: Any) -> None:
        """Change the document."""
        known = {name: page for name, page in pages().items() if page != self.env.docname}
        for literal in list(self.document.findall(nodes.literal)):
            page = known.get(literal.astext())
            if page and _names_one(literal.astext()) and not _inside(literal, PLAIN):
                link = self._link(page)
                literal.replace_self(link)
                link += literal
        for text in list(self.document.findall(nodes.Text)):
            parts = RULE.split(text.astext())
            if known.keys() & set(parts[1::2]) and not _inside(text, PLAIN):
                text.parent.replace(text, [self._linked(part, known) for part in parts if part])

    def _linked(self, part: str, known: dict[str, str]) -> nodes.Node:
        if part not in known or not RULE.fullmatch(part):
            return nodes.Text(part)
        link = self._link(known[part])
        link += nodes.Text(part)
        return link

    def _link(self, page: str) -> nodes.reference:
        address = self.app.builder.get_relative_uri(self.env.docname, page)
        return nodes.reference("", "", internal=True, refuri=address)


def _names_one(text: str) -> bool:
    # A word such as `data` is a section only where somebody says so.
    return "." in text or "-" in text or bool(RULE.fullmatch(text)) or "_" in text


def _inside(node: nodes.Node, kinds: tuple[type[nodes.Node], ...]) -> bool:
    parent = node.parent
    while parent is not None:
        if isinstance(parent, kinds):
            return True
        parent = parent.parent
    return False


class Sidebar:
    """Hundreds of pages of rules and fields are in no sidebar: it is the same for all of a folder."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], str] = {}

    def share(
        self,
        app: Sphinx,
        page: str,
        template: str,
        context: dict[str, Any],
        tree: nodes.document | None,
    ) -> None:
        """Let the theme, which comes next, have what was made for another page."""
        if "orphan" not in app.env.metadata.get(page, {}):
            return
        make = context["toctree"]

        def made(**options: Any) -> str:
            key = (posixpath.dirname(page), repr(sorted(options.items())))
            if key not in self._made:
                self._made[key] = make(**options)
            return self._made[key]

        context["toctree"] = made


SCROLLS = (
    ("<pre>", '<pre tabindex="0">'),
    ('<div class="table-wrapper', '<div tabindex="0" class="table-wrapper'),
)
LEVEL = (' role="heading"', ' role="heading" aria-level="2"')


def reachable(
    app: Sphinx, page: str, template: str, context: dict[str, Any], tree: nodes.document | None
) -> None:
    """Let the keyboard scroll wide outputs and tables, and tell the level of the sidebar's headings."""
    for old, new in SCROLLS:
        context["body"] = context.get("body", "").replace(old, new)
    context["furo_navigation_tree"] = context["furo_navigation_tree"].replace(*LEVEL)


def setup(app: Sphinx) -> dict[str, Any]:
    """Tell Sphinx of it."""
    app.add_post_transform(Links)
    app.connect("html-page-context", Sidebar().share, priority=100)
    app.connect("html-page-context", reachable, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
