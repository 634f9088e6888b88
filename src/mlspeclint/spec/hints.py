"""What to write instead: guesses for values that a kind does not accept. Loaded when one is wrong.

A guess is only made of what was written (another case, order or separator), and only proposed when the
kind accepts it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlspeclint.spec.currencies import CURRENCIES, SYMBOLS
from mlspeclint.spec.kinds import CADENCES, SECONDS, BadValue, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlspeclint.spec.kinds import Reading

LONGEST = 80
"""Characters of a text of which a guess is made: each `-` in a sentence may be that of a range."""
PLACEHOLDERS = frozenset(
    (
        "", "?", "??", "???", "-", "--", "...", "n/a", "na", "none", "nil", "null", "tba", "tbc", "tbd",
        "todo", "unclear", "unsure", "not known", "not sure",
    )
)  # fmt: skip

_AT_LEAST = r">=|=>|>|≥|at least|more than|over|min\.?|minimum"
_AT_MOST = r"<=|=<|<|≤|at most|less than|up to|under|max\.?|maximum"
_ABOUT = r"~|≈|about|around|approximately|approx\.?|circa|ca\.?|roughly"
_DOUBTFUL = (
    rf"(?i:>(?!=)|more than|over|<(?!=)|less than|under|{_ABOUT})|.*[0-9] ?m(?![a-z])"
    r"|(?!(?i:between) ).* and "
)
"""Spellings that not every reader takes for the same: no range has an open end, what is about right is no
number, an m is a thousand to some and a million to others, and `5 and 6` may be a list."""
_DOUBTFUL_SIZES = r".*(?:[kKMGTP0-9 ]b|[0-9 ][kKMGTPmgtp]i?)(?![A-Za-z])"
"""Bits, perhaps; and without a B, perhaps 1,024 times as many."""
_DOUBTFUL_THOUSAND = r"(?<![0-9.,])[1-9][0-9]*[.,][0-9]{3}(?![0-9.,])"
"""One and a half, or one thousand five hundred."""
_DOUBTFUL_WHOLE = r"(?<![0-9.,])[1-9][0-9]*(?:\.[0-9]{3}(?![0-9.,])|,[0-9]{3} ?[kKmMbB])"
"""The same where one and a half cannot be, but fifteen hundred as `1,500k` can."""
_GROUPED = r"(?<![0-9.,])[1-9][0-9]{0,2}([ ,'’])[0-9]{3}(?:\1[0-9]{3})*(?![0-9])"
"""Digits in groups of thousands."""
_OF_MANY = "$¥"
"""Symbols that several currencies have."""
_TO = r"-|–|—|−|…|\.{2,}|to|until|and"
_PER = {"hour": "hourly", "day": "daily", "week": "weekly", "month": "monthly", "year": "yearly"}
_LASTING = {
    "hourly": "1 h",
    "daily": "1 day",
    "weekly": "1 week",
    "monthly": "1 month",
    "quarterly": "3 months",
    "yearly": "1 year",
}


class Hint:
    """What to write, in a sentence and as the text itself, if there is one.

    `certain` says that it is the only meaning that the spelling can have.
    """

    __slots__ = ("certain", "sentence", "text")

    def __init__(self, sentence: str, text: str | None = None, certain: bool = False) -> None:
        self.sentence = sentence
        self.text = text
        self.certain = certain


def hint(kind: Kind, text: str, currency: str | None = None) -> Hint | None:
    """The nearest spelling that `kind` accepts; None when there is no good guess.

    `currency` is what the spec counts in: a `$` may be the dollar of many countries.
    """
    plain = " ".join(text.split())
    if len(plain) > LONGEST:
        return None
    if plain.lower() == "unknown":
        return Hint("did you mean unknown?", "unknown", certain=True)
    if plain.lower() in PLACEHOLDERS:
        return Hint("write `unknown` where nobody knows yet, or leave the field out", "unknown")
    if kind.units is SECONDS and re.fullmatch(r"[0-9.]+ ?m", plain):
        number = plain.rstrip("m ")
        return Hint(f"m could be minutes or months: write {number} min or {number} months")
    readings = {
        guess: reading for guess in _guesses(kind, plain) if (reading := _read(kind, guess))
    }
    for guess in readings:
        said = f'did you mean "{guess}"?' if guess[0] in "<>" else f"did you mean {guess}?"
        meanings = {(reading.low, reading.high) for reading in readings.values()}
        certain = len(meanings) == 1 and not re.match(_DOUBTFUL, plain)
        if kind.name != "fraction":  # which is no thousand
            doubtful = _DOUBTFUL_WHOLE if kind.whole else _DOUBTFUL_THOUSAND
            certain = certain and not re.search(doubtful, plain)
        if kind.name == "size":
            certain = certain and not re.match(_DOUBTFUL_SIZES, plain)
        if any(symbol in plain for symbol in _OF_MANY):
            certain = certain and currency is not None and currency == readings[guess].currency
        return Hint(said, guess, certain)
    return None


def _read(kind: Kind, text: str) -> Reading | None:
    try:
        return kind.read(text) if text else None
    except BadValue:
        return None


def _guesses(kind: Kind, text: str) -> Iterator[str]:
    """Spellings of a value, a comparison or a range, the likeliest first."""
    if kind.name == "money":
        amounts, code = _without_currency(text)
        if code:
            for amount in _forms(kind, amounts):
                yield f"{amount} {code}"
            return
    yield from _forms(kind, text)


def _forms(kind: Kind, text: str) -> Iterator[str]:
    yield from _values(kind, text)
    for sign, words in ((">=", _AT_LEAST), ("<=", _AT_MOST)):
        match = re.fullmatch(rf"(?:{words}) ?(.+)", text, re.IGNORECASE)
        if match:
            for value in _values(kind, match[1]):
                yield f"{sign} {value}"
    if text.endswith("+"):
        for value in _values(kind, text[:-1].rstrip()):
            yield f">= {value}"
    whole = re.sub(r"^(?:between|from) ", "", text, flags=re.IGNORECASE)
    for match in re.finditer(_TO, whole, re.IGNORECASE):
        left, right = whole[: match.start()].rstrip(), whole[match.end() :].lstrip()
        for low in _values(kind, left):
            for high in _values(kind, right):
                yield f"{low}..{high}"


def _values(kind: Kind, text: str) -> Iterator[str]:
    """Spellings of a single value."""
    text = re.sub(rf"^(?:{_ABOUT}) ?", "", text, flags=re.IGNORECASE)
    text = re.sub(r" ?(?:percent|per cent|pct\.?)$", "%", text, flags=re.IGNORECASE)
    text = re.sub(_GROUPED, lambda match: match[0].replace(match[1], ""), text)
    yield text
    decimal = re.sub(r"(?<![0-9.,])([0-9]+),([0-9]+)(?![0-9.,])", r"\1.\2", text)
    yield decimal
    if kind.name in ("count", "money"):
        yield re.sub(r"^0+(?=[0-9])", "", _magnified(text))
        yield _magnified(decimal)
    elif kind.units is SECONDS:
        yield from _times(kind, text.lower())
    elif kind.name == "size":
        yield from _sizes(kind, text)
    elif kind.name == "date":
        match = re.fullmatch(r"([0-9]{4})([-/. ]?)([0-9]{1,2})\2([0-9]{1,2})", text)
        if match and (match[2] or len(text) == len("20270301")):
            yield f"{match[1]}-{match[3]:0>2}-{match[4]:0>2}"


def _magnified(text: str) -> str:
    """The magnitude of a number directly behind it, in its right case."""
    letters = {"k": "k", "m": "M", "b": "B"}
    return re.sub(r"(?<=[0-9]) ?([kKmMbB])$", lambda match: letters[match[1].lower()], text)


def _times(kind: Kind, text: str) -> Iterator[str]:
    text = re.sub(r"^(?:every|each|once an?|once per) ", "", text)
    text = re.sub(r"^(?:an?|one) ", "1 ", text.replace("-", " "))
    word = {"annually": "yearly", "annual": "yearly"}.get(text, text)
    word = _PER.get(word.removeprefix("1 "), word)
    if word in CADENCES:
        yield word
        yield _LASTING.get(word, word)
    yield text


def _sizes(kind: Kind, text: str) -> Iterator[str]:
    match = re.fullmatch(r"([0-9_.]+) ?([A-Za-z]+)", text)
    for unit in kind.units if match else ():
        if match and match[2].lower() in (unit.lower(), unit[:-1].lower()):
            yield f"{match[1]} {unit}"


def _without_currency(text: str) -> tuple[str, str | None]:
    """The amounts in a text, and the currency that its symbols or codes name, if it is one."""
    symbols = "".join(re.escape(symbol) for symbol in SYMBOLS)
    codes = set()

    def taken(match: re.Match[str]) -> str:
        code = SYMBOLS.get(match[1], match[1].upper())
        if code not in CURRENCIES:
            return match[0]
        codes.add(code)
        return ""

    rest = re.sub(rf"([{symbols}]|(?<![A-Za-z])[A-Za-z]{{3}}(?![A-Za-z]))", taken, text)
    code = codes.pop() if len(codes) == 1 else None
    return " ".join(rest.split()), code
