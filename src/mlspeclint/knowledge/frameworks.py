"""What the name of a Python package says of the approach (`curated/frameworks.toml`).

Nothing here is imported by a plain check: only `--evidence` asks.
"""

from __future__ import annotations

import re
from functools import cache

from mlspeclint.knowledge.pages import table

_BUILD = re.compile(
    r"-(?:cpu|gpu|cuda[\w.]*|cu\d+\w*|rocm[\w.]*|nightly|macos|intel|metal|directml)$"
)


def package_kind(name: str) -> str | None:
    """What a package is: frameworks, runtimes, clients, other_uses or tools; None for all others.

    The name is in lower case, with hyphens. Another build of a package (`-gpu`) is the same package.
    """
    kinds = _kinds()
    return kinds.get(name) or kinds.get(_BUILD.sub("", name))


@cache
def _kinds() -> dict[str, str]:
    return {name: kind for kind, entry in table("frameworks").items() for name in entry["names"]}
