"""What an unquoted text means: the core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema)."""

from __future__ import annotations

from .limits import MAX_DIGITS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .tree import Scalars

FIRST = frozenset("~nNtTfF+-.0123456789")
"""The characters with which a text that is not a string can begin. `resolve` is needed for no other."""

_WORDS: dict[str, Scalars] = {
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
    ".nan": float("nan"),
    ".NaN": float("nan"),
    ".NAN": float("nan"),
}
_WORDS |= {
    sign + word: float(sign + "inf") for sign in ("", "+", "-") for word in (".inf", ".Inf", ".INF")
}
_DIGITS = {"0x": frozenset("0123456789abcdefABCDEF"), "0o": frozenset("01234567")}
_DECIMAL = frozenset("0123456789.eE+-")


def resolve(text: str) -> Scalars:
    """The value of an unquoted `text`: None, a truth value, an int, a float, or the text itself.

    >>> [resolve(text) for text in ("012", "0x1F", "1e3", "no", "12_000", "2027-03-01", "")]
    [12, 31, 1000.0, 'no', '12_000', '2027-03-01', None]
    """
    if not text:
        return None
    if text in _WORDS:
        return _WORDS[text]
    digits = text[1:] if text[0] in "+-" else text
    if len(digits) > MAX_DIGITS:
        return text
    if digits.isdecimal() and digits.isascii():
        return int(text)
    prefix = text[:2]
    if prefix in _DIGITS:
        return (
            int(text[2:], 16 if prefix == "0x" else 8) if _only(text[2:], _DIGITS[prefix]) else text
        )
    if _only(text, _DECIMAL):
        # Made of these characters alone, Python's literals are exactly those of the core schema.
        try:
            return float(text)
        except ValueError:
            return text
    return text


def _only(text: str, characters: frozenset[str]) -> bool:
    return bool(text) and characters.issuperset(text)
