"""What was probably meant by a path that is not there. Loaded only then."""

from __future__ import annotations

import os
from difflib import get_close_matches
from typing import TYPE_CHECKING

from mlspeclint.engine.discovery import ENDINGS, is_spec

if TYPE_CHECKING:
    from collections.abc import Iterable


def meant(path: str, commands: Iterable[str] = ()) -> str:
    """A hint at a command, a spec or a folder of a similar name; empty if there is none."""
    folder, name = os.path.split(path.rstrip("/"))
    if not folder and (match := get_close_matches(name, commands, n=1, cutoff=0.7)):
        return f" (did you mean the command {match[0]}?)"
    try:
        with os.scandir(folder or ".") as entries:
            names = [entry.name for entry in entries if is_spec(entry.name) or entry.is_dir()]
    except (OSError, ValueError):
        return ""
    # What all specs are called by says nothing about which one was meant.
    called = _own if name.endswith(ENDINGS) else str
    ends = {called(each): each for each in names}
    match = [ends[each] for each in get_close_matches(called(name), ends, n=1, cutoff=0.7)]
    return (
        f" (did you mean {path.removesuffix('/').removesuffix(name)}{match[0]}?)" if match else ""
    )


def _own(name: str) -> str:
    """The part of a name that is a spec's own; all of it, where it has no other."""
    return next((name.removesuffix(end) for end in ENDINGS if name.endswith(end)), name)
