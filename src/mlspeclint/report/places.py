"""Where files lie for those who show a report: below the root of their repository, with forward slashes."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

    from mlspeclint.engine.finding import Finding


def below(root: str, file: str, paths: ModuleType = os.path) -> str:
    """The path of a file from the root; an absolute one if it lies elsewhere. Parts are joined by `/`.

    `paths` is the module for the paths of a system.
    """
    try:
        whole = paths.abspath(file)
        inside = paths.relpath(whole, root)
    except ValueError:  # another drive, or no path at all
        whole = inside = file
    outside = inside == paths.pardir or inside.startswith(paths.pardir + paths.sep)
    path: str = whole if outside else inside
    return path.replace(paths.sep, "/")


def line_of(finding: Finding) -> int:
    """The line to show a finding at: the first one if it is about the whole file."""
    return finding.range.start[0] if finding.range else 1
