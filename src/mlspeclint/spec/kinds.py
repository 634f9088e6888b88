"""How quantities are spelt: the kinds of value of the format, their grammar, domain, unit and
display.

`Kind.read` turns what stands in a YAML file into the ends of an interval. `patterns.py` writes the
same grammar as regular expressions for the JSON Schema; a property test holds the two together.
"""

from __future__ import annotations

import re
from math import inf

from mlspeclint.spec.currencies import CURRENCIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.spec.quantity import Quantity

YEAR = 365.25 * 86400.0
"""Seconds of a year; a month is a twelfth of it."""
MONTH = YEAR / 12
DAY = 86400.0

LARGEST = 1e30
"""Numbers beyond this are refused, and larger exponents, so that no sum can overflow."""
LARGEST_EXPONENT = 30

MOST_KNOWN = 1000
"""Texts of a kind that are remembered: the specs of one team say the same things over and over."""

MAGNITUDES = {"k": 1e3, "M": 1e6, "B": 1e9}

SECONDS = {
    **dict.fromkeys(("ms", "millisecond", "milliseconds"), 0.001),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1.0),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), 60.0),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3600.0),
    **dict.fromkeys(("d", "day", "days"), DAY),
    **dict.fromkeys(("w", "wk", "week", "weeks"), 7 * DAY),
    **dict.fromkeys(("month", "months"), MONTH),
    **dict.fromkeys(("y", "yr", "year", "years"), YEAR),
}

CADENCES = {
    "hourly": 3600.0,
    "daily": DAY,
    "weekly": 7 * DAY,
    "monthly": MONTH,
    "quarterly": 3 * MONTH,
    "yearly": YEAR,
    "never": inf,
}

BYTES = {
    "B": 1.0,
    **{f"{prefix}B": 1000.0**power for power, prefix in enumerate("kMGTP", 1)},
    "KB": 1000.0,
    **{f"{prefix}iB": 1024.0**power for power, prefix in enumerate("KMGTP", 1)},
}

_NUMBER = re.compile(r"([+-]?(?:0|[1-9](?:_?[0-9]){0,14})(?:\.[0-9]{1,12})?)([eE][+-]?[0-9]{1,2})?")
_ISO_UNITS = {"Y": YEAR, "W": 7 * DAY, "D": DAY, "H": 3600.0, "S": 1.0}


class BadValue(Exception):
    """A value that its kind does not accept: a message for people, and what to write instead.

    `guess` is what `help` says as a value, where it is one.
    """

    def __init__(
        self,
        message: str,
        help: str | None = None,
        code: str = "SPC006",
        guess: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.guess = guess
        self.code = code


class Reading:
    """The ends of the interval that a text or number stands for, and the currency if it names one."""

    __slots__ = ("currency", "high", "low")

    def __init__(self, low: float, high: float, currency: str | None = None) -> None:
        self.low = low
        self.high = high
        self.currency = currency


class Kind:
    """A kind of quantity: its domain `low..high`, its unit words and how it is shown.

    `units` maps a suffix to its factor; `bare` tells whether a number without one is accepted;
    `signed`, `whole`, `underscores` and `exponent` tell which spellings are.
    """

    __slots__ = (
        "_known", "bare", "example", "exponent", "high", "low", "name", "noun", "signed", "underscores",
        "units", "whole",
    )  # fmt: skip

    def __init__(
        self,
        name: str,
        noun: str,
        example: str,
        units: dict[str, float],
        *,
        low: float = 0.0,
        high: float = inf,
        bare: bool = True,
        whole: bool = False,
        underscores: bool = False,
        exponent: bool = False,
    ) -> None:
        self.name = name
        self.noun = noun
        self.example = example
        self.units = units
        self.low = low
        self.high = high
        self.bare = bare
        self.signed = low < 0
        self.whole = whole
        self.underscores = underscores
        self.exponent = exponent
        self._known: dict[str, Reading] = {}

    def read(self, value: object) -> Reading:
        """The interval that `value` (text or number) stands for.

        Raises `BadValue` for what the kind does not accept; low > high has the code SPC010.
        """
        if isinstance(value, str):
            reading = self._known.get(value)
            if reading is None:
                reading = self._read_text(value)
                if len(self._known) < MOST_KNOWN:
                    self._known[value] = reading
            return reading
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise BadValue(f"expected {self.noun} such as {self.example}")
        if not self.bare:
            raise self._unitless(f"{value}")
        if not -LARGEST <= value <= LARGEST:
            raise BadValue(f"{value} is out of bounds: {self.noun} lies within 1e30 of zero")
        if self.whole and value != int(value):
            raise BadValue(
                f"{value} is not a whole number", f"write {self.noun} such as {self.example}"
            )
        end = self._bounded(value, f"{value}")
        return Reading(end, end)

    def _read_text(self, text: str) -> Reading:
        if text[:2] in (">=", "<="):
            low, currency = self._atom(text[2:].lstrip(" "))
            return (
                Reading(low, self.high, currency)
                if text[0] == ">"
                else Reading(self.low, low, currency)
            )
        left, dots, right = text.partition("..")
        if not dots:
            value, currency = self._atom(text)
            return Reading(value, value, currency)
        left, right = left.rstrip(" "), right.lstrip(" ")
        high, currency = self._atom(right)
        low, left_currency = self._atom(left, serving=right)
        if left_currency and currency and left_currency != currency:
            raise BadValue(f"{text} mixes {left_currency} and {currency}", code="SPC010")
        if low > high:
            raise self._reversed(text, left, right, low, high)
        return Reading(low, high, currency or left_currency)

    def _reversed(self, text: str, left: str, right: str, low: float, high: float) -> BadValue:
        help = guess = None
        bare_left, bare_right = _NUMBER.fullmatch(left), _NUMBER.fullmatch(right)
        if bare_left and not bare_right:
            help = "the suffix on the right serves the left end too: repeat it where the two differ"
        elif bare_right and not bare_left:
            help = "a suffix on the left serves the left end only: repeat it on the right"
        else:
            guess = f"{right}..{left}"
        return BadValue(
            f"{text} runs backwards: {self.show(low)} is above {self.show(high)}",
            help or f"write {guess}",
            "SPC010",
            guess,
        )

    def _atom(self, text: str, serving: str = "") -> tuple[float, str | None]:
        """The value of one end; a bare left end takes the suffix of the right one (`serving`)."""
        match = _NUMBER.match(text)
        if match is None:
            raise self._bad(text)
        digits, exponent = match.groups()
        suffix = text[match.end() :]
        if not suffix and not exponent and serving:
            right = _NUMBER.match(serving)
            suffix = serving[right.end() :] if right else ""
        factor, currency = self._factor(suffix, text)
        if (
            ("_" in digits and not self.underscores)
            or (digits[0] in "+-" and not self.signed)
            or (exponent and not self._takes(digits, exponent, factor))
        ):
            raise self._bad(text)
        if self.whole and len(digits.partition(".")[2].rstrip("0")) > _ZEROS[factor]:
            raise BadValue(
                f"{text} is not a whole number", f"write {self.noun} such as {self.example}"
            )
        value = float(digits + (exponent or ""))
        # Dividing by a whole number is exact where multiplying by 0.01 is not.
        value = value * factor if factor >= 1 else value / round(1 / factor)
        return self._bounded(round(value) if self.whole else value, text), currency

    def _takes(self, digits: str, exponent: str, factor: float) -> bool:
        """Whether `digits` may have an exponent."""
        if not self.exponent or int(exponent[1:].lstrip("+-")) > LARGEST_EXPONENT:
            return False
        if self.signed:
            return True
        return "-" not in exponent and factor == 1.0 and not (self.whole and "." in digits)

    def _factor(self, suffix: str, text: str) -> tuple[float, str | None]:
        """What a suffix multiplies by, and the currency that it names."""
        if not suffix:
            if not self.bare:
                raise self._unitless(text)
            return 1.0, None
        factor = self.units.get(suffix)
        if factor is None:
            raise self._bad(text)
        return factor, None

    def _bounded(self, value: float, text: str) -> float:
        if not self.low <= value <= self.high:
            raise self._outside(text)
        return float(value)

    def _outside(self, text: str) -> BadValue:
        if self.high == inf:
            return BadValue(f"{text} is negative: expected {self.noun} such as {self.example}")
        return BadValue(f"{text} is out of bounds: {self.noun} lies in {self.low:g}..{self.high:g}")

    def _unitless(self, text: str) -> BadValue:
        return BadValue(f"{text} has no unit: expected {self.noun} such as {self.example}")

    def _bad(self, text: str) -> BadValue:
        brief = text if len(text) <= 40 else f"{text[:37]}..."
        return BadValue(f"{brief!r} is not {self.noun} such as {self.example}")

    def show(self, value: float) -> str:
        """One value of this kind, for people."""
        return _number(value)

    def spell(self, value: float) -> str:
        """One value of this kind, as it may be written in a spec."""
        return f"{value:.10g}"

    def _as_shown(self, value: float) -> str:
        """The spelling of kinds whose display can be read back."""
        return self.show(value).replace(",", "")

    def show_range(self, quantity: Quantity) -> str:
        """An interval of this kind, for people: a point, `low..high`, `>= low`, `<= high` or unknown."""
        low, high = quantity.low, quantity.high
        if low <= self.low and high >= self.high and low != high:
            return "unknown"
        if low == high:
            return self.show(low)
        if high == inf:
            return f">= {self.show(low)}"
        if low == -inf:
            return f"<= {self.show(high)}"
        first, last = self.show(low), self.show(high)
        if low and first[-1].isdigit() and last[-1] in "kMB":
            # A suffix on the right serves a bare left end, so that neither has one.
            last = f"{high:,.0f}"
        return first if first == last else _joined(first, last)

    def __repr__(self) -> str:
        return f"<kind {self.name}>"


def _joined(first: str, last: str) -> str:
    """`low..high` with a unit that both share written once."""
    if " " in first and first.split(" ", 1)[1] == last.split(" ", 1)[-1]:
        first = first.split(" ", 1)[0]
    return f"{first}..{last}"


class CountKind(Kind):
    """Whole numbers."""

    __slots__ = ()

    def show(self, value: float) -> str:
        """All digits with thousands separators, shortened from a billion on."""
        if value == inf:
            return "any number"
        return f"{value:,.0f}" if value < 1e9 else _short(value)

    def spell(self, value: float) -> str:
        """All digits, with a magnitude where that leaves at most two decimals."""
        for suffix, factor in (("B", 1e9), ("M", 1e6), ("k", 1e3)):
            if value >= factor and value * 100 % factor == 0:
                return f"{value / factor:.15g}{suffix}"
        return f"{value:.0f}"


class FractionKind(Kind):
    """Shares, shown as they are usually written in a spec."""

    __slots__ = ()

    def _outside(self, text: str) -> BadValue:
        value = _NUMBER.match(text)
        number = float(value[1]) if value else inf
        percent = 1 < number <= 100
        help = f"did you mean {number:g} % ({number / 100:g})?" if percent else None
        guess = f"{number:g}%" if percent else None
        message = f"{text} is out of bounds: a fraction lies in {self.low:g}..1"
        return BadValue(message, help, guess=guess)


class MoneyKind(Kind):
    """Amounts, in the currency of the budget."""

    __slots__ = ()

    def _factor(self, suffix: str, text: str) -> tuple[float, str | None]:
        currency = suffix.removeprefix(" ")
        if not suffix or currency in CURRENCIES:
            return 1.0, currency or None
        magnitude = MAGNITUDES.get(suffix[0])
        currency = suffix[1:].removeprefix(" ")
        if magnitude is None or not (suffix[1:] == "" or currency in CURRENCIES):
            raise self._bad(text)
        return magnitude, currency or None

    def show(self, value: float) -> str:
        """Four digits and a magnitude: 65.8k."""
        return _short(value)

    spell = Kind._as_shown


class DurationKind(Kind):
    """Times, in seconds; ISO 8601 durations beside the usual units."""

    __slots__ = ("words",)

    def __init__(self, name: str, noun: str, example: str, words: dict[str, float]) -> None:
        super().__init__(name, noun, example, SECONDS, bare=False)
        self.words = words

    def _atom(self, text: str, serving: str = "") -> tuple[float, str | None]:
        if text in self.words:
            return self.words[text], None
        if text[:1] == "P":
            return self._iso(text), None
        return super()._atom(text, serving)

    def _iso(self, text: str) -> float:
        match = re.fullmatch(ISO_DURATION, text)
        if match is None:
            raise self._bad(text)
        factors = (YEAR, MONTH, 7 * DAY, DAY, 3600.0, 60.0, 1.0)
        return sum(
            float(part) * factor
            for part, factor in zip(match.groups(), factors, strict=True)
            if part
        )

    def _factor(self, suffix: str, text: str) -> tuple[float, str | None]:
        return super()._factor(suffix.removeprefix(" "), text)

    def show(self, value: float) -> str:
        """In the largest unit of which there is at least one: 6 h, 3.5 days."""
        if value < 0:
            return f"-{self.show(-value)}"
        if value == inf:
            return "never" if self.words else "any time"
        for word, seconds in (
            ("years", YEAR), ("months", MONTH), ("days", DAY), ("h", 3600.0), ("min", 60.0), ("s", 1.0),
        ):  # fmt: skip
            if value >= seconds and (word != "months" or value >= 2 * MONTH):
                amount = _number(value / seconds, 3)
                return f"{amount} {word[:-1] if amount == '1' and len(word) > 3 else word}"
        return f"{_number(value * 1000, 3)} ms" if value else "0 s"

    spell = Kind._as_shown


_ZEROS = {1.0: 0, 1e3: 3, 1e6: 6, 1e9: 9}

ISO_DURATION = (
    r"P(?=[0-9]|T[0-9])"
    + "".join(rf"(?:([0-9]{{1,6}}(?:\.[0-9]{{1,6}})?){unit})?" for unit in "YMWD")
    + r"(?:T(?=[0-9])"
    + "".join(rf"(?:([0-9]{{1,6}}(?:\.[0-9]{{1,6}})?){unit})?" for unit in "HMS")
    + ")?"
)


class SizeKind(Kind):
    """Memory, in bytes."""

    __slots__ = ()

    def _factor(self, suffix: str, text: str) -> tuple[float, str | None]:
        return super()._factor(suffix.removeprefix(" "), text)

    def show(self, value: float) -> str:
        """In decimal prefixes."""
        for unit in ("PB", "TB", "GB", "MB", "kB"):
            if value >= BYTES[unit]:
                return f"{_number(value / BYTES[unit], 3)} {unit}"
        return f"{_number(value)} B"

    spell = Kind._as_shown


class DateKind(Kind):
    """Calendar dates, as proleptic Gregorian ordinals (days)."""

    __slots__ = ()

    def _atom(self, text: str, serving: str = "") -> tuple[float, str | None]:
        day = self._day(text)
        if day is not None:
            return day, None
        if text[10:11] in ("T", " ") and self._day(text[:10]) is not None:
            raise BadValue(f"{text} has a time: expected {self.noun}", f"write {text[:10]}")
        raise self._bad(text)

    def _day(self, text: str) -> float | None:
        """The ordinal of a day of the years 1000 to 2999; None for a text of another shape."""
        from datetime import date

        if not (len(text) == 10 and text[0] in "12" and text[4] == "-" == text[7]):
            return None
        try:
            return float(date.fromisoformat(text).toordinal())
        except ValueError as error:
            raise BadValue(f"{text} is not a day of the calendar") from error

    def _unitless(self, text: str) -> BadValue:
        return self._bad(text)

    def show(self, value: float) -> str:
        """ISO 8601."""
        from datetime import date

        if not 1 <= value <= 3652059:
            return "any day"
        return date.fromordinal(int(value)).isoformat()

    spell = Kind._as_shown

    def show_range(self, quantity: Quantity) -> str:
        """The ends of the calendar are not worth showing."""
        low, high = quantity.low, quantity.high
        if low <= self.low < high < self.high:
            return f"<= {self.show(high)}"
        if self.low < low < self.high <= high:
            return f">= {self.show(low)}"
        return super().show_range(quantity)


def _number(value: float, digits: int = 4) -> str:
    if value in (inf, -inf):
        return "∞" if value > 0 else "-∞"
    text = f"{value:.{digits}g}"
    if "e-0" in text:
        return f"{value:.7f}".rstrip("0") if abs(value) >= 1e-6 else text
    return f"{value:,.0f}" if abs(value) >= 1000 or "e+" in text else text


def _short(value: float) -> str:
    for suffix, factor in (("B", 1e9), ("M", 1e6), ("k", 1e3)):
        # 999,999 is shown as 1M, not as 1000k.
        if abs(value) >= 0.99995 * factor and value != inf:
            return _number(value / factor) + suffix
    return _number(value)


COUNT = CountKind(
    "count",
    "a count",
    "12000, 12k or 1.2M",
    MAGNITUDES,
    whole=True,
    underscores=True,
    exponent=True,
)
NUMBER = Kind("number", "a number", "0.95", {"%": 0.01, " %": 0.01}, low=-inf, exponent=True)
POSITIVE = Kind("positive", "a number from 0 up", "12.5", {}, exponent=True)
FRACTION = FractionKind("fraction", "a fraction", "0.95 or 95%", {"%": 0.01, " %": 0.01}, high=1.0)
SIGNED_FRACTION = FractionKind(
    "signed_fraction", "a number from -1 to 1", "0.72", {"%": 0.01, " %": 0.01}, low=-1.0, high=1.0
)
MONEY = MoneyKind(
    "money", "an amount of money", "1.20, 20k or 20k EUR", {}, underscores=True, exponent=True
)
DURATION = DurationKind("duration", "a duration", "90 min, 6 h or 2 weeks", {})
CADENCE = DurationKind("cadence", "a cadence", "weekly, never or 3 months", CADENCES)
SIZE = SizeKind("size", "a size", "512 MB or 2 GiB", BYTES, bare=False)
DATE = DateKind("date", "a date", "2027-03-01", {}, low=1.0, high=3652059.0, bare=False)

KINDS = {
    kind.name: kind
    for kind in (
        COUNT, NUMBER, POSITIVE, FRACTION, SIGNED_FRACTION, MONEY, DURATION, CADENCE, SIZE, DATE,
    )
}  # fmt: skip
