"""Every spelling of a value: what is accepted and what it means, what is refused and what is said."""

from __future__ import annotations

from datetime import date
from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlspeclint.document.scalars import resolve
from mlspeclint.spec.hints import LONGEST, hint
from mlspeclint.spec.kinds import (
    CADENCE,
    CADENCES,
    COUNT,
    DATE,
    DAY,
    DURATION,
    FRACTION,
    KINDS,
    MONEY,
    MONTH,
    NUMBER,
    POSITIVE,
    SIGNED_FRACTION,
    SIZE,
    YEAR,
    BadValue,
    Kind,
)
from mlspeclint.spec.quantity import Quantity

Value = str | int | float


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


LONG = YEAR + 2 * MONTH + 25 * DAY + 18367

ACCEPTED: list[tuple[Kind, Value, float, float]] = [
    (COUNT, 12000, 12000, 12000),
    (COUNT, 0, 0, 0),
    (COUNT, 12.0, 12, 12),
    (COUNT, 1e6, 1e6, 1e6),
    (COUNT, "12000", 12000, 12000),
    (COUNT, "12_000", 12000, 12000),
    (COUNT, "1e6", 1e6, 1e6),
    (COUNT, "1E+06", 1e6, 1e6),
    (COUNT, "12k", 12000, 12000),
    (COUNT, "1.2M", 1.2e6, 1.2e6),
    (COUNT, "1.28M", 1.28e6, 1.28e6),
    (COUNT, "3B", 3e9, 3e9),
    (COUNT, "0.001k", 1, 1),
    (COUNT, "1.000", 1, 1),
    (COUNT, "1.500k", 1500, 1500),
    (COUNT, "10k..20k", 10000, 20000),
    (COUNT, "10..20k", 10000, 20000),
    (COUNT, "1.5..2k", 1500, 2000),
    (COUNT, "10k .. 20k", 10000, 20000),
    (COUNT, "10  ..  20", 10, 20),
    (COUNT, "10_000..20_000", 10000, 20000),
    (COUNT, ">= 10k", 10000, inf),
    (COUNT, ">=10k", 10000, inf),
    (COUNT, "<= 20k", 0, 20000),
    (COUNT, "5..5", 5, 5),
    (NUMBER, 0.95, 0.95, 0.95),
    (NUMBER, -3, -3, -3),
    (NUMBER, "95%", 0.95, 0.95),
    (NUMBER, "95 %", 0.95, 0.95),
    (NUMBER, "+0.5", 0.5, 0.5),
    (NUMBER, "-2..3", -2, 3),
    (NUMBER, "90..95%", 0.9, 0.95),
    (NUMBER, "1e-3", 0.001, 0.001),
    (NUMBER, "1.5e-3..2e3", 0.0015, 2000),
    (NUMBER, ">= -1", -1, inf),
    (NUMBER, "<= 5", -inf, 5),
    (POSITIVE, 12.5, 12.5, 12.5),
    (POSITIVE, 3e18, 3e18, 3e18),
    (POSITIVE, "1e20..2.5e20", 1e20, 2.5e20),
    (POSITIVE, "10..15", 10, 15),
    (FRACTION, 0, 0, 0),
    (FRACTION, 1, 1, 1),
    (FRACTION, 0.95, 0.95, 0.95),
    (FRACTION, "0.95", 0.95, 0.95),
    (FRACTION, "95%", 0.95, 0.95),
    (FRACTION, "100 %", 1, 1),
    (FRACTION, "0.5%", 0.005, 0.005),
    (FRACTION, "95%..97%", 0.95, 0.97),
    (FRACTION, "95..97%", 0.95, 0.97),
    (FRACTION, "0.1..0.2", 0.1, 0.2),
    (FRACTION, ">= 90%", 0.9, 1),
    (FRACTION, "<= 0.2", 0, 0.2),
    (SIGNED_FRACTION, -1, -1, -1),
    (SIGNED_FRACTION, 0.72, 0.72, 0.72),
    (SIGNED_FRACTION, "-0.2..0.4", -0.2, 0.4),
    (SIGNED_FRACTION, "-20..40%", -0.2, 0.4),
    (SIGNED_FRACTION, ">= 0.6", 0.6, 1),
    (SIGNED_FRACTION, "<= 0.6", -1, 0.6),
    (MONEY, 1.20, 1.2, 1.2),
    (MONEY, 0, 0, 0),
    (MONEY, "20k", 20000, 20000),
    (MONEY, "1.2M", 1.2e6, 1.2e6),
    (MONEY, "1_000", 1000, 1000),
    (MONEY, "1e3", 1000, 1000),
    (MONEY, "1.20 EUR", 1.2, 1.2),
    (MONEY, "20k EUR", 20000, 20000),
    (MONEY, "20kEUR", 20000, 20000),
    (MONEY, "5BND", 5, 5),
    (MONEY, "5B BND", 5e9, 5e9),
    (MONEY, "0.35..0.50 USD", 0.35, 0.5),
    (MONEY, "10..20k EUR", 10000, 20000),
    (MONEY, "5 EUR..10", 5, 10),
    (MONEY, ">= 5k CHF", 5000, inf),
    (DURATION, "35 s", 35, 35),
    (DURATION, "35s", 35, 35),
    (DURATION, "180 ms", 0.18, 0.18),
    (DURATION, "90 min", 5400, 5400),
    (DURATION, "6 h", 21600, 21600),
    (DURATION, "1.5 hours", 5400, 5400),
    (DURATION, "7 d", 7 * DAY, 7 * DAY),
    (DURATION, "1 day", DAY, DAY),
    (DURATION, "2 weeks", 14 * DAY, 14 * DAY),
    (DURATION, "3 months", 3 * MONTH, 3 * MONTH),
    (DURATION, "1 y", YEAR, YEAR),
    (DURATION, "P7D", 7 * DAY, 7 * DAY),
    (DURATION, "PT1H30M", 5400, 5400),
    (DURATION, "P1Y2M3W4DT5H6M7S", LONG, LONG),
    (DURATION, "P0.5D", DAY / 2, DAY / 2),
    (DURATION, "20..30 h", 72000, 108000),
    (DURATION, "1 h..2 d", 3600, 2 * DAY),
    (DURATION, "PT1H..2 d", 3600, 2 * DAY),
    (DURATION, ">= 2 weeks", 14 * DAY, inf),
    (DURATION, "<= 2 weeks", 0, 14 * DAY),
    (DURATION, "0 s", 0, 0),
    (CADENCE, "weekly", 7 * DAY, 7 * DAY),
    (CADENCE, "3 months", 3 * MONTH, 3 * MONTH),
    (CADENCE, "never", inf, inf),
    (CADENCE, "weekly..monthly", 7 * DAY, MONTH),
    (CADENCE, "1 y..never", YEAR, inf),
    (CADENCE, ">= monthly", MONTH, inf),
    (SIZE, "512 MB", 512e6, 512e6),
    (SIZE, "512MB", 512e6, 512e6),
    (SIZE, "2 GiB", 2 * 1024**3, 2 * 1024**3),
    (SIZE, "1 kB", 1000, 1000),
    (SIZE, "1 KB", 1000, 1000),
    (SIZE, "1 KiB", 1024, 1024),
    (SIZE, "5 TB", 5e12, 5e12),
    (SIZE, "1 PiB", 1024.0**5, 1024.0**5),
    (SIZE, "7 B", 7, 7),
    (SIZE, "1..2 GB", 1e9, 2e9),
    (DATE, "2027-03-01", day("2027-03-01"), day("2027-03-01")),
    (DATE, "2028-02-29", day("2028-02-29"), day("2028-02-29")),
    (DATE, "2000-02-29", day("2000-02-29"), day("2000-02-29")),
    (DATE, "2027-03-01..2027-06-30", day("2027-03-01"), day("2027-06-30")),
    (DATE, ">= 2027-03-01", day("2027-03-01"), day("9999-12-31")),
    (DATE, "<= 2027-03-01", 1, day("2027-03-01")),
]


def named(value: object) -> str:
    return value.name if isinstance(value, Kind) else repr(value)


@pytest.mark.parametrize(("kind", "value", "low", "high"), ACCEPTED, ids=named)
def test_accepted(kind: Kind, value: Value, low: float, high: float) -> None:
    reading = kind.read(value)
    assert reading.low == pytest.approx(low, rel=1e-12)
    assert reading.high == pytest.approx(high, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("20k", None),
        ("20k EUR", "EUR"),
        ("1..2 GBP", "GBP"),
        ("1 GBP..2", "GBP"),
        ("1 GBP..2 GBP", "GBP"),
        (">= 1 JPY", "JPY"),
    ],
)
def test_currency(text: str, currency: str | None) -> None:
    assert MONEY.read(text).currency == currency


def test_every_word_of_a_cadence() -> None:
    assert list(CADENCES) == [
        "hourly",
        "daily",
        "weekly",
        "monthly",
        "quarterly",
        "yearly",
        "never",
    ]
    for word, seconds in CADENCES.items():
        assert CADENCE.read(word).low == seconds


@pytest.mark.parametrize(
    ("plain", "exact"),
    [("95%", 0.95), ("7%", 0.07), ("29%", 0.29), ("57%", 0.57), ("0.1%", 0.001), ("58.3%", 0.583)],
)
def test_percent_is_what_the_fraction_is(plain: str, exact: float) -> None:
    assert FRACTION.read(plain).low == exact


# The kind, what is written, a part of the message, and the whole advice.
REFUSED: list[tuple[Kind, Value, str, str | None]] = [
    (COUNT, "12m", "not a count", "did you mean 12M?"),
    (COUNT, "12K", "not a count", "did you mean 12k?"),
    (COUNT, "12 k", "not a count", "did you mean 12k?"),
    (COUNT, "3b", "not a count", "did you mean 3B?"),
    (COUNT, "12,000", "not a count", "did you mean 12000?"),
    (COUNT, "12 000", "not a count", "did you mean 12000?"),
    (COUNT, "12'000", "not a count", "did you mean 12000?"),
    (COUNT, "10k-20k", "not a count", "did you mean 10k..20k?"),
    (COUNT, "10k - 20k", "not a count", "did you mean 10k..20k?"),
    (COUNT, "10-20K", "not a count", "did you mean 10..20k?"),
    (COUNT, "10k to 20k", "not a count", "did you mean 10k..20k?"),
    (COUNT, "10k–20k", "not a count", "did you mean 10k..20k?"),
    (COUNT, "10...20", "not a count", "did you mean 10..20?"),
    (COUNT, "between 10k and 20k", "not a count", "did you mean 10k..20k?"),
    (COUNT, "> 10k", "not a count", 'did you mean ">= 10k"?'),
    (COUNT, "≥ 10K", "not a count", 'did you mean ">= 10k"?'),
    (COUNT, "at least 10k", "not a count", 'did you mean ">= 10k"?'),
    (COUNT, "more than 10k", "not a count", 'did you mean ">= 10k"?'),
    (COUNT, "10k+", "not a count", 'did you mean ">= 10k"?'),
    (COUNT, "< 10k", "not a count", 'did you mean "<= 10k"?'),
    (COUNT, "up to 10k", "not a count", 'did you mean "<= 10k"?'),
    (COUNT, "max. 10k", "not a count", 'did you mean "<= 10k"?'),
    (COUNT, "~12k", "not a count", "did you mean 12k?"),
    (COUNT, "about 12k", "not a count", "did you mean 12k?"),
    (COUNT, "ca. 12k", "not a count", "did you mean 12k?"),
    (COUNT, "007", "not a count", "did you mean 7?"),
    (COUNT, " 12k", "not a count", "did you mean 12k?"),
    (COUNT, "12k\n", "not a count", "did you mean 12k?"),
    (COUNT, "twelve", "not a count", None),
    (COUNT, "12 images", "not a count", None),
    (COUNT, "1.5e3", "not a count", None),
    (COUNT, "1e31", "not a count", None),
    (COUNT, "-5", "not a count", None),
    (COUNT, "12__000", "not a count", None),
    (COUNT, "1234567890123456", "not a count", None),
    (COUNT, -5, "negative", None),
    (COUNT, 12.5, "not a whole number", "write a count such as 12000, 12k or 1.2M"),
    (COUNT, "12.5", "not a whole number", "write a count such as 12000, 12k or 1.2M"),
    (COUNT, "1.2345k", "not a whole number", "write a count such as 12000, 12k or 1.2M"),
    (COUNT, 1e31, "out of bounds", None),
    (COUNT, inf, "out of bounds", None),
    (COUNT, nan, "out of bounds", None),
    (COUNT, "?", "not a count", "write `unknown` where nobody knows yet, or leave the field out"),
    (COUNT, "TBD", "not a count", "write `unknown` where nobody knows yet, or leave the field out"),
    (COUNT, "", "not a count", "write `unknown` where nobody knows yet, or leave the field out"),
    (COUNT, "20k..10k", "backwards", "write 10k..20k"),
    (COUNT, "20..10", "backwards", "write 10..20"),
    (
        COUNT,
        "500..1k",
        "500,000 is above 1,000",
        "the suffix on the right serves the left end too: repeat it where the two differ",
    ),
    (
        COUNT,
        "10k..20",
        "10,000 is above 20",
        "a suffix on the left serves the left end only: repeat it on the right",
    ),
    (COUNT, "..20", "not a count", None),
    (COUNT, "10..", "not a count", None),
    (COUNT, "1..2..3", "not a count", None),
    (COUNT, ">= 10..20", "not a count", None),
    (NUMBER, "0,95", "not a number", "did you mean 0.95?"),
    (NUMBER, "95 percent", "not a number", "did you mean 95%?"),
    (NUMBER, "1_000", "not a number", None),
    (POSITIVE, "-1", "not a number", None),
    (POSITIVE, -1, "negative", None),
    (POSITIVE, "1e-3", "not a number", None),
    (FRACTION, 95, "out of bounds", "did you mean 95 % (0.95)?"),
    (FRACTION, "95", "out of bounds", "did you mean 95 % (0.95)?"),
    (FRACTION, 2.5, "out of bounds", "did you mean 2.5 % (0.025)?"),
    (FRACTION, 950, "out of bounds", None),
    (FRACTION, -0.1, "out of bounds", None),
    (FRACTION, "150%", "out of bounds", None),
    (FRACTION, "95..97", "out of bounds", "did you mean 97 % (0.97)?"),
    (FRACTION, "0,95", "not a fraction", "did you mean 0.95?"),
    (FRACTION, "1e-2", "not a fraction", None),
    (SIGNED_FRACTION, 72, "out of bounds", "did you mean 72 % (0.72)?"),
    (SIGNED_FRACTION, -1.5, "-1..1", None),
    (MONEY, "EUR 20k", "not an amount of money", "did you mean 20k EUR?"),
    (MONEY, "€20k", "not an amount of money", "did you mean 20k EUR?"),
    (MONEY, "$1.20", "not an amount of money", "did you mean 1.20 USD?"),
    (MONEY, "20k €", "not an amount of money", "did you mean 20k EUR?"),
    (MONEY, "20K eur", "not an amount of money", "did you mean 20k EUR?"),
    (MONEY, "20 k EUR", "not an amount of money", "did you mean 20k EUR?"),
    (MONEY, "$1,200", "not an amount of money", "did you mean 1200 USD?"),
    (MONEY, "1,20 EUR", "not an amount of money", "did you mean 1.20 EUR?"),
    (MONEY, "€10k-20k", "not an amount of money", "did you mean 10k..20k EUR?"),
    (MONEY, "20 doubloons", "not an amount of money", None),
    (MONEY, "20 XYZ", "not an amount of money", None),
    (MONEY, -5, "negative", None),
    (MONEY, "5 EUR..6 USD", "mixes EUR and USD", None),
    (DURATION, 6, "has no unit", None),
    (DURATION, "6", "has no unit", None),
    (DURATION, "5 m", "not a duration", "m could be minutes or months: write 5 min or 5 months"),
    (DURATION, "5m", "not a duration", "m could be minutes or months: write 5 min or 5 months"),
    (DURATION, "6 Hours", "not a duration", "did you mean 6 hours?"),
    (DURATION, "2-weeks", "not a duration", "did you mean 2 weeks?"),
    (DURATION, "a week", "not a duration", "did you mean 1 week?"),
    (DURATION, "week", "not a duration", "did you mean 1 week?"),
    (DURATION, "weekly", "not a duration", "did you mean 1 week?"),
    (DURATION, "2  weeks", "not a duration", "did you mean 2 weeks?"),
    (DURATION, "P", "not a duration", None),
    (DURATION, "PT", "not a duration", None),
    (DURATION, "P1", "not a duration", None),
    (DURATION, "-1 h", "not a duration", None),
    (DURATION, "1e3 s", "not a duration", None),
    (DURATION, "2 h..1 h", "backwards", "write 1 h..2 h"),
    (DURATION, "5..2 h", "backwards", None),
    (DURATION, "5..P7D", "has no unit", None),
    (CADENCE, "Weekly", "not a cadence", "did you mean weekly?"),
    (CADENCE, "every week", "not a cadence", "did you mean weekly?"),
    (CADENCE, "annually", "not a cadence", "did you mean yearly?"),
    (CADENCE, 7, "has no unit", None),
    (SIZE, 512, "has no unit", None),
    (SIZE, "512", "has no unit", None),
    (SIZE, "512mb", "not a size", "did you mean 512 MB?"),
    (SIZE, "2 gib", "not a size", "did you mean 2 GiB?"),
    (SIZE, "2 G", "not a size", "did you mean 2 GB?"),
    (SIZE, "512 megabytes", "not a size", None),
    (DATE, "2027-02-29", "not a day of the calendar", None),
    (DATE, "2100-02-29", "not a day of the calendar", None),
    (DATE, "2027-13-01", "not a day of the calendar", None),
    (DATE, "2027-03-01T10:00:00Z", "has a time", "write 2027-03-01"),
    (DATE, "2027-03-01 10:00", "has a time", "write 2027-03-01"),
    (DATE, "2027-3-1", "not a date", "did you mean 2027-03-01?"),
    (DATE, "2027/03/01", "not a date", "did you mean 2027-03-01?"),
    (DATE, "31 January 2027", "not a date", None),
    (DATE, "01.03.2027", "not a date", None),
    (DATE, "0927-03-01", "not a date", None),
    (DATE, 2027, "not a date", None),
    (DATE, 20270301, "not a date", "did you mean 2027-03-01?"),
    (DATE, "2027-06-30..2027-03-01", "backwards", "write 2027-03-01..2027-06-30"),
]


def said(kind: Kind, text: str) -> str | None:
    found = hint(kind, text)
    return found.sentence if found else None


@pytest.mark.parametrize(("kind", "value", "message", "advice"), REFUSED, ids=named)
def test_refused(kind: Kind, value: Value, message: str, advice: str | None) -> None:
    with pytest.raises(BadValue) as caught:
        kind.read(value)
    error = caught.value
    assert message in error.message
    backwards = "backwards" in error.message or "mixes" in error.message
    assert error.code == ("SPC010" if backwards else "SPC006")
    help = error.help or said(kind, str(value))
    if advice is not None or "backwards" not in error.message:
        assert help == advice


@pytest.mark.parametrize("kind", KINDS.values(), ids=named)
@pytest.mark.parametrize("value", [True, False, None, [], {}, b"12"])
def test_other_types_are_refused(kind: Kind, value: object) -> None:
    with pytest.raises(BadValue, match="expected"):
        kind.read(value)


@pytest.mark.parametrize("kind", KINDS.values(), ids=named)
def test_the_example_of_a_kind_is_accepted(kind: Kind) -> None:
    for example in kind.example.replace(" or ", ", ").split(", "):
        kind.read(example)


@settings(derandomize=True, max_examples=400)
@given(st.sampled_from(list(KINDS.values())), st.text(max_size=12))
def test_hints_never_fail(kind: Kind, text: str) -> None:
    help = said(kind, text)
    assert help is None or "\n" not in help


def test_of_a_long_text_nobody_makes_a_guess() -> None:
    number = "0" * (LONGEST - 3) + "1"
    assert said(COUNT, f"{number} K") is not None
    assert said(COUNT, f"0{number} K") is None


@settings(derandomize=True, max_examples=400)
@given(
    st.sampled_from(list(KINDS.values())),
    st.text("0123456789kMBmbKs%.-+~<>=≥ ,€$EURtohdayw", max_size=12),
)
def test_what_a_hint_proposes_is_accepted(kind: Kind, text: str) -> None:
    help = said(kind, text)
    if help is not None and help.startswith("did you mean "):
        kind.read(help.removeprefix("did you mean ").removesuffix("?").strip('"'))


@pytest.mark.parametrize(
    ("kind", "low", "high", "shown"),
    [
        (COUNT, 12000, 12000, "12,000"),
        (COUNT, 1.28e9, 1.28e9, "1.28B"),
        (COUNT, 0, inf, "unknown"),
        (COUNT, 10000, inf, ">= 10,000"),
        (COUNT, 0, 20000, "0..20,000"),
        (COUNT, 10000, 20000, "10,000..20,000"),
        (COUNT, inf, inf, "any number"),
        (NUMBER, 0.95, 0.95, "0.95"),
        (NUMBER, -inf, inf, "unknown"),
        (NUMBER, -inf, 5, "<= 5"),
        (NUMBER, 0.12345, 0.12345, "0.1235"),
        (NUMBER, 7296, 7296, "7,296"),
        (NUMBER, 12345.6, 12345.6, "12,346"),
        (FRACTION, 0, 1, "unknown"),
        (FRACTION, 0.9, 1, "0.9..1"),
        (MONEY, 0.35, 0.5, "0.35..0.5"),
        (MONEY, 65800, 94000, "65.8k..94k"),
        (MONEY, 999_999, 999_999, "1M"),
        # In a spec a suffix on the right serves a bare left end: 40..1.336k would be 40k..1.336k.
        (MONEY, 40, 1336, "40..1,336"),
        (MONEY, 0, 1336, "0..1.336k"),
        (MONEY, 9.315, 724_000, "9.315..724,000"),
        (MONEY, -352, 2000, "-352..2,000"),
        (MONEY, 900_000, 2_100_000, "900k..2.1M"),
        (COUNT, 5000, 2e9, "5,000..2,000,000,000"),
        (MONEY, 2e-5, 2e-5, "0.00002"),
        (NUMBER, -5.0204e-5, -5.0204e-5, "-0.0000502"),
        (NUMBER, 1e-30, 1e-30, "1e-30"),
        (MONEY, 999, 999, "999"),
        (MONEY, 1e9, 1e9, "1B"),
        (MONEY, -12000, -12000, "-12k"),
        (DURATION, 0, 0, "0 s"),
        (DURATION, 0.18, 0.18, "180 ms"),
        (DURATION, 35, 35, "35 s"),
        (DURATION, 3600, 3600, "1 h"),
        (DURATION, DAY, DAY, "1 day"),
        (DURATION, DAY, 3.5 * DAY, "1 day..3.5 days"),
        (DURATION, 20 * 3600, 23 * 3600, "20..23 h"),
        (DURATION, 45 * DAY, 45 * DAY, "45 days"),
        (DURATION, 3 * MONTH, 3 * MONTH, "3 months"),
        (DURATION, YEAR, YEAR, "1 year"),
        (DURATION, 3 * YEAR, inf, ">= 3 years"),
        (DURATION, -2 * DAY, -DAY, "-2 days..-1 day"),
        (DURATION, inf, inf, "any time"),
        (CADENCE, inf, inf, "never"),
        (SIZE, 512e6, 512e6, "512 MB"),
        (SIZE, 1e9, 2e9, "1..2 GB"),
        (SIZE, 7, 7, "7 B"),
        (SIZE, 999.7e6, 999.7e6, "1,000 MB"),
        (DATE, day("2027-03-01"), day("2027-03-01"), "2027-03-01"),
        (DATE, day("2027-03-01"), day("9999-12-31"), ">= 2027-03-01"),
        (DATE, 1, day("2027-03-01"), "<= 2027-03-01"),
        (DATE, 1, day("9999-12-31"), "unknown"),
        (DATE, inf, inf, "any day"),
    ],
    ids=named,
)
def test_shown(kind: Kind, low: float, high: float, shown: str) -> None:
    assert kind.show_range(Quantity(low, high)) == shown


# Three digits, as flip points are told; days for dates.
spelled = st.tuples(st.integers(100, 999), st.integers(-3, 12)).map(lambda t: t[0] * 10.0 ** t[1])


@settings(derandomize=True, max_examples=300)
@given(st.sampled_from([kind for kind in KINDS.values() if kind is not DATE]), spelled)
def test_a_spelled_value_can_be_read_back(kind: Kind, value: float) -> None:
    if kind.whole:
        value = float(round(value))
    if kind.high == 1:
        value /= 1e16
    read = kind.read(resolve(kind.spell(value)))
    assert read.low == read.high == pytest.approx(value, rel=0.01)


@settings(derandomize=True, max_examples=50)
@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_a_spelled_date_can_be_read_back(value: date) -> None:
    ordinal = float(value.toordinal())
    assert DATE.read(DATE.spell(ordinal)).low == ordinal
