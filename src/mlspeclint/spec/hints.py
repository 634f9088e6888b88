"""What to write instead: guesses for values that a kind does not accept. Loaded only when one is wrong."""

from __future__ import annotations

import re

from mlspeclint.spec.currencies import CURRENCIES, SYMBOLS
from mlspeclint.spec.kinds import SECONDS, BadValue, Kind

PLACEHOLDERS = {
    "",
    "?",
    "??",
    "???",
    "n/a",
    "na",
    "none",
    "null",
    "tbd",
    "tba",
    "todo",
    "unclear",
    "-",
    "--",
}


def hint(kind: Kind, text: str) -> str | None:
    """The nearest spelling that `kind` accepts, as a sentence; None when there is no good guess."""
    if text.strip().lower() in PLACEHOLDERS:
        return "write `unknown` where nobody knows yet, or leave the field out"
    if kind.name in ("duration", "cadence") and re.fullmatch(r"[0-9.]+ ?m", text):
        number = text.rstrip("m ")
        return f"m could be minutes or months: write {number} min or {number} months"
    for guess in _guesses(kind, text.strip()):
        try:
            kind.read(guess)
        except BadValue:
            continue
        quoted = f'"{guess}"' if guess[:1] in "<>" else guess
        return f"did you mean {quoted}?"
    return None


def _guesses(kind: Kind, text: str) -> list[str]:
    guesses = []
    plain = re.sub(r"(?<=[0-9])[ ,'’](?=[0-9]{3}\b)", "", text)
    for candidate in dict.fromkeys((plain, plain.lower(), plain.upper())):
        guesses.append(candidate)
        guesses.append(re.sub(r"(?<=[0-9]) ?([kKmMbB])\b", lambda m: _magnitude(m[1]), candidate))
        guesses.append(re.sub(r"(?<=[0-9])(?=[a-zA-Z])", " ", candidate))
    guesses.append(re.sub(r" ?(?:-|–|—|\bto\b|…|\.\.\.) ?", "..", plain, count=1))
    comparison = re.fullmatch(
        r"(>|<|≥|≤|~|≈|=<|=>|at least |at most |max\.? |min\.? )=? ?(.*)", plain
    )
    if comparison:
        word, rest = comparison.groups()
        if word in ("~", "≈"):
            guesses.append(rest)
        else:
            sign = ">=" if word in (">", "≥", "=>", "at least ", "min ", "min. ") else "<="
            guesses.append(f"{sign} {_corrected(kind, rest)}")
    if plain.endswith("+"):
        guesses.append(f">= {plain[:-1].rstrip()}")
    if kind.name == "money":
        guesses += _money(plain)
    if kind.units is SECONDS:
        guesses += [plain.lower().replace("-", " "), re.sub(r"\ba\b|\bone\b", "1", plain.lower())]
        guesses += {
            "day": ["1 day"],
            "week": ["1 week"],
            "month": ["1 month"],
            "year": ["1 year"],
        }.get(plain.lower(), [])
    if kind.whole and re.fullmatch(r"0[0-9]+", plain):
        guesses.append(plain.lstrip("0") or "0")
    return [guess for guess in guesses if guess != text]


def _magnitude(letter: str) -> str:
    return {"k": "k", "m": "M", "b": "B"}[letter.lower()]


def _corrected(kind: Kind, text: str) -> str:
    return (
        re.sub(r"(?<=[0-9]) ?([kKmMbB])\b", lambda m: _magnitude(m[1]), text)
        if kind.whole
        else text
    )


def _money(text: str) -> list[str]:
    """Currency symbols and codes that stand before the amount, or in the wrong case."""
    symbols = "".join(re.escape(symbol) for symbol in SYMBOLS)
    amount = r"([0-9][0-9_.]* ?[kKmMbB]?)"
    guesses = []
    for pattern, currency_first in (
        (rf"([{symbols}]|[A-Za-z]{{3}}) ?{amount}", True),
        (rf"{amount} ?([{symbols}]|[A-Za-z]{{3}})", False),
    ):
        match = re.fullmatch(pattern, text)
        if match:
            currency, number = match.groups() if currency_first else match.groups()[::-1]
            code = SYMBOLS.get(currency, currency.upper())
            if code in CURRENCIES:
                number = re.sub(r" ?([kKmMbB])$", lambda m: _magnitude(m[1]), number)
                guesses.append(f"{number} {code}")
    return guesses
