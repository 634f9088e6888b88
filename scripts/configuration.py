"""The reference of the configuration in `docs/configuration.md`, from the table of keys and the limits."""

from __future__ import annotations

from pathlib import Path

from mlspeclint.knowledge.limits import NETWORKS, in_force
from mlspeclint.policy.keys import KEYS, LEVELS_TABLE
from mlspeclint.policy.limits import LEVEL_NAMES, level_kinds, limit_kinds, shown

DOC = Path(__file__).resolve().parent.parent / "docs" / "configuration.md"
BEGIN = (
    "<!-- Written by scripts/generate.py, from the tables of keys and limits: change it there. -->"
)
END = "<!-- Written by hand again. -->"


def documented() -> str:
    """The page with its generated part as it should be."""
    before, begin, rest = DOC.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{DOC.name} has lost the marks of its generated part")
    return f"{before}{BEGIN}\n\n{_keys()}{_limits()}{_levels()}\n{END}{after}"


def _keys() -> str:
    lines: list[str] = []
    for key in KEYS:
        parts = [key.doc, "May stand in a stage, too." if key.staged else ""]
        parts.append(f"Default: {key.default}." if key.default else "")
        parts.append(f"Of several files: {key.merging}.")
        lines += [f"### `{key.name}`", "", " ".join(filter(None, parts)), ""]
        lines += ["```toml", f"{key.name} = {key.example}", "```", ""]
    return "\n".join([*lines, ""])


def _limits() -> str:
    lines = [
        "## The limits",
        "",
        "| limit | published | unit | range | rule |",
        "|---|---|---|---|---|",
    ]
    for name, kind in limit_kinds().items():
        value = shown(name, tuple(kind.value) if kind.interval else kind.value)
        lines.append(f"| `{name}` | {value} | {kind.unit} | {kind.range} | {kind.rule} |")
    return "\n".join(lines) + "\n"


def _levels() -> str:
    levels, networks = in_force().levels, in_force().networks
    lines = [
        "",
        f"`limits.{LEVELS_TABLE}` sets the level of explanation that a kind of algorithm reaches "
        f"({', '.join(LEVEL_NAMES)}, or 0 to 4): one, or `[without validation, validated]`.",
        "",
        "| kind | without validation | validated |",
        "|---|---|---|",
    ]
    for kind in level_kinds():
        reached = [
            LEVEL_NAMES[low]
            for low, _ in (networks[NETWORKS[kind]] if kind in NETWORKS else levels[kind])
        ]
        more = (
            f" ({reached[2]} by an inherent method)"
            if reached[1:2] != reached[2:] and kind in NETWORKS
            else ""
        )
        lines.append(f"| `{kind}` | {reached[0]} | {reached[1]}{more} |")
    return "\n".join(lines) + "\n"
