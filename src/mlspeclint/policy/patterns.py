"""Patterns of paths as in `.gitignore`, by the library pathspec; imported only where a configuration has any.

Patterns and names of files may both come from a stranger. The expressions that the library makes of patterns
such as `*a*a*a*b` would take hours on a long name, so that they are made steady here, and how many `**` there
may be has a limit.
"""

from __future__ import annotations

import os
import re
import warnings

from pathspec import GitIgnoreSpec
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import AnyStr

MAX_LENGTH = 200
"""Characters of a pattern."""
MAX_DOUBLE_STARS = 2
STAR = "[^/]*"
"""What pathspec makes of `*`."""


class SteadyPattern(GitIgnoreSpecPattern):
    """A pattern whose expression does not try again what has failed."""

    @classmethod
    def pattern_to_regex(cls, pattern: AnyStr) -> tuple[AnyStr | None, bool | None]:
        """The regular expression of a pattern, and whether it includes or excludes."""
        regex, include = super().pattern_to_regex(pattern)
        if isinstance(regex, str):
            return steady(regex), include  # type: ignore[return-value]  # a str, of a str
        return regex, include


def steady(regex: str) -> str:
    """The same expression, in which each `*` but the last takes the first place that fits, for good.

    If what follows a `*` fits somewhere, then its first place leaves the most to all that follows.
    """
    first, *pieces = regex.split(STAR)
    if len(pieces) < 2:
        return regex
    *middle, last = pieces
    # What follows `**` may fit in many folders: there the first place is not as good as any other.
    return (
        first
        + "".join(STAR + each if "(" in each else f"(?>[^/]*?{each})" for each in middle)
        + STAR
        + last
    )


def mistake(pattern: str) -> str | None:
    """What is wrong with a pattern; None if nothing is."""
    if len(pattern) > MAX_LENGTH:
        return f"has more than {MAX_LENGTH} characters"
    if not pattern.isprintable():
        return "holds characters that cannot be shown"
    if len(re.findall(r"\*\*+", pattern.removesuffix("/**"))) > MAX_DOUBLE_STARS:
        return f"has more than {MAX_DOUBLE_STARS} times `**` before its end"
    if re.search(r"\[[^\]]*[\[(]", pattern):
        return "has a bracket in brackets"
    try:
        matches_nothing = all(each.include is None for each in _compiled((pattern,)).patterns)
    except (ValueError, re.error):
        return "is not a pattern as in .gitignore"
    return "matches nothing" if matches_nothing else None


class PathPatterns:
    """Patterns relative to a folder; of those that match a path, the last decides (`!` takes back)."""

    def __init__(self, folder: str, patterns: Iterable[str]) -> None:
        self._folder = folder
        self._spec = _compiled(patterns)

    def match(self, path: str) -> bool:
        """Whether a path is matched; one outside of the folder never is."""
        try:
            inside = os.path.relpath(path, self._folder)
        except ValueError:  # another drive
            return False
        if inside == os.pardir or inside.startswith(os.pardir + os.sep):
            return False
        return self._spec.match_file(inside)


def _compiled(patterns: Iterable[str]) -> GitIgnoreSpec:
    with warnings.catch_warnings():
        # `[[a]` is a class of two characters here, and always will be.
        warnings.simplefilter("ignore", FutureWarning)
        compiled = [SteadyPattern(pattern) for pattern in patterns]
    return GitIgnoreSpec(compiled, backend="simple")
