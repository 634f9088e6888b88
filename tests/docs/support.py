"""The modules that make the pages of the site: they are scripts, no part of the package."""

from __future__ import annotations

import sys

from ..running import ROOT

sys.path.insert(0, str(ROOT / "scripts"))

from docs_site import examples, fields, handwritten, html_check, knowledge, reasons, rules, text

__all__ = [
    "examples",
    "fields",
    "handwritten",
    "html_check",
    "knowledge",
    "reasons",
    "rules",
    "text",
]
