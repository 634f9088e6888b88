"""Sources and tables in full, for `explain` and links: nothing here is imported by a check."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Source:
    """A publication, a vendor's page or a law."""

    __slots__ = ("authors", "identifier", "link", "name", "title", "venue", "year")

    def __init__(
        self,
        name: str,
        authors: str,
        title: str,
        year: int,
        venue: str,
        identifier: str,
        link: str,
    ) -> None:
        self.name = name
        self.authors = authors
        self.title = title
        self.year = year
        self.venue = venue
        self.identifier = identifier
        self.link = link

    def __str__(self) -> str:
        text = f"{self.authors}: {self.title}. {self.venue}, {self.year}."
        return f"{text} {self.link or self.identifier}".rstrip()


def source(name: str) -> Source:
    """Return the source with this id. Raises KeyError when there is none."""
    from mlspeclint.knowledge._bibliography import SOURCES

    return Source(name, *SOURCES[name])


def table(topic: str) -> dict[str, Any]:
    """Read a table in full, by the name of its TOML file: `tabular_wins`, `thresholds`, ...

    Raises KeyError when there is none.
    """
    import tomllib
    from importlib.resources import files

    for folder in ("measured", "curated"):
        file = files("mlspeclint.knowledge") / folder / f"{topic}.toml"
        if file.is_file():
            return tomllib.loads(file.read_text(encoding="utf-8"))
    raise KeyError(topic)
