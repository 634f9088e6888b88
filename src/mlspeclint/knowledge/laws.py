"""What to check in a regulated domain, where data are about people, and what is prohibited.

From `curated/regulation.toml`, `duties.toml` and `prohibited_practices.toml`. Dated; not legal advice.
"""

from __future__ import annotations

from mlspeclint.knowledge._tables import DUTIES, PRACTICES, REGULATION


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


def duty_laws(duty: str) -> tuple[Law, ...]:
    """Return the laws behind a duty towards people, such as `impact_assessment`.

    Raises KeyError for a duty that the table does not know.
    """
    return tuple(Law(*entry) for entry in DUTIES[duty])


class Practice:
    """A prohibited practice: in words, the law with the point in it, and the first day of the
    prohibition (an ordinal)."""

    __slots__ = ("applies", "law", "point", "words")

    def __init__(self, words: str, law: str, point: str, applies: int) -> None:
        self.words = words
        self.law = law
        self.point = point
        self.applies = applies


def practice(name: str) -> Practice:
    """Return a practice of `people.practices`. Raises KeyError for one that the table does not know."""
    return Practice(*PRACTICES[name])
