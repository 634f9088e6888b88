"""How much a file may ask of us. Beyond it, it ends in SPC009; the documentation for users says so."""

from __future__ import annotations

MAX_BYTES = 1_000_000
"""The size of a file."""

MAX_DEPTH = 64
"""Collections inside one another, aliases expanded; the root is the first."""

MAX_NODES = 100_000
"""Keys, values and collections of a file, aliases expanded."""

MAX_DOCUMENTS = 100
"""Documents in a file, empty ones included."""

MAX_DIGITS = 64
"""A longer number stays text: converting it would take time that grows with its square."""

MAX_PROBLEMS = 1_000
"""Problems that are worth listing: a file that has more of them is not a spec."""
