"""The grammar of `kinds.py` as regular expressions for the JSON Schema (ECMA 262 and Python alike)."""

from __future__ import annotations

import re

from mlspeclint.spec.currencies import CURRENCIES
from mlspeclint.spec.kinds import ISO_DURATION, Kind

WHOLE = "(?:0|[1-9][0-9]{0,14})"
UNDERSCORED = "(?:0|[1-9](?:_?[0-9]){0,14})"
DECIMALS = r"(?:\.[0-9]{1,12})?"
POWER = "(?:0?[0-9]|[12][0-9]|30)"
END = r"$(?!\n)"
"""The end of the text: Python's `$` alone would let a line break pass."""


def pattern(kind: Kind) -> str:
    """The texts that `kind` accepts: a value, a range, a comparison, `unknown`."""
    atom, bare, served = _parts(kind)
    forms = [atom, f"[<>]= *{atom}", f"{atom} *\\.\\. *{atom}"]
    if bare:
        # A bare left end takes the suffix of the right one, and so may be what alone it could not.
        forms += [f"{left} *\\.\\. *{right}" for left, right in zip(bare, served, strict=True)]
    return f"^(?:unknown|{'|'.join(forms)}){END}"


def _parts(kind: Kind) -> tuple[str, list[str], list[str]]:
    """The pattern of one end, and pairs of a bare left end with the right ends that serve it."""
    match kind.name:
        case "count":
            exact = {
                suffix: f"{UNDERSCORED}(?:\\.[0-9]{{1,{digits}}}0{{0,{12 - digits}}})?"
                for suffix, digits in (("k", 3), ("M", 6), ("B", 9))
            }
            plain = f"{UNDERSCORED}(?:\\.0{{1,12}})?"
            suffixed = [f"{number}{suffix}" for suffix, number in exact.items()]
            atom = f"(?:{'|'.join([plain, f'{UNDERSCORED}[eE][+]?{POWER}', *suffixed])})"
            return atom, list(exact.values()), suffixed
        case "fraction" | "signed_fraction":
            sign = "[+-]?" if kind.signed else ""
            zeros = r"(?:\.0{1,12})?"
            share = f"(?:0{DECIMALS}|1{zeros})"
            percent = f"(?:[1-9]?[0-9]{DECIMALS}|100{zeros})"
            return (
                f"{sign}(?:{share}|{percent} ?%)",
                [f"{sign}{percent}"],
                [f"{sign}{percent} ?%"],
            )
        case "number":
            return f"[+-]?{WHOLE}{DECIMALS}(?:[eE][+-]?{POWER})?(?: ?%)?", [], []
        case "positive":
            return f"{WHOLE}{DECIMALS}(?:[eE][+]?{POWER})?", [], []
        case "money":
            currency = f"(?: ?(?:{'|'.join(sorted(CURRENCIES))}))?"
            return f"{UNDERSCORED}{DECIMALS}(?:[eE][+]?{POWER}|[kMB])?{currency}", [], []
        case "date":
            return _date(), [], []
    number = f"{WHOLE}{DECIMALS}"
    units = "|".join(sorted(kind.units, key=len, reverse=True))
    measured = f"{number} ?(?:{units})"
    others = list(getattr(kind, "words", ()))
    if kind.name in ("duration", "cadence"):
        others.append(re.sub(r"\((?!\?)", "(?:", ISO_DURATION))
    return f"(?:{'|'.join([measured, *others])})", [number], [measured]


def _date() -> str:
    """A day of the years 1000 to 2999 that exists."""
    days = (
        "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
        "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
        "|02-(?:0[1-9]|1[0-9]|2[0-8])"
    )
    leap = "(?:[12][0-9](?:0[48]|[2468][048]|[13579][26])|(?:1[26]|2[048])00)"
    return f"(?:[12][0-9]{{3}}-(?:{days})|{leap}-02-29)"
