"""mlspeclint: a linter for machine learning project specs."""

from __future__ import annotations

__version__ = "0.1.0"
