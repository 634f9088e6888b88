"""What to check in a regulated domain (`curated/regulation.toml`). Dated; not legal advice."""

from __future__ import annotations

from mlspeclint.knowledge._tables import REGULATION


class Law:
    """A law to check: its short name, where it applies, what to find out, when it was looked at."""

    __slots__ = ("as_of", "check", "name", "region", "sources")

    def __init__(
        self, name: str, region: str, check: str, as_of: str, sources: tuple[str, ...]
    ) -> None:
        self.name = name
        self.region = region
        self.check = check
        self.as_of = as_of
        self.sources = sources


def laws(domain: str | None) -> tuple[Law, ...]:
    """Return the laws of a domain of `explainability.domain`, those of every domain last.

    Nothing for None and `none`. Raises KeyError for a domain that the table does not know.
    """
    if domain is None or domain == "none":
        return ()
    return tuple(Law(*entry) for entry in (*REGULATION[domain], *REGULATION["everywhere"]))
