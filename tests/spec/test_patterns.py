"""The patterns of the published schema accept the spellings that `Kind.read` accepts, and no others.

What a pattern cannot say is left out: a range that runs backwards, and one in two currencies.
"""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlspeclint.spec.kinds import KINDS, BadValue, Kind
from mlspeclint.spec.patterns import pattern

EXAMPLES = 150

BEYOND = "SPC010"
"""The code of what only reading can tell."""


@cache
def compiled(kind: Kind) -> re.Pattern[str]:
    return re.compile(pattern(kind))


def agree(kind: Kind, text: str) -> None:
    try:
        kind.read(text)
        accepted = True
    except BadValue as error:
        if error.code == BEYOND:
            # Backwards or of two currencies, and well formed in all else.
            assert compiled(kind).search(text), text
            return
        accepted = text == "unknown"
    assert bool(compiled(kind).search(text)) is accepted, text


digits = st.sampled_from(
    [
        "0",
        "1",
        "7",
        "00",
        "012",
        "12",
        "95",
        "100",
        "101",
        "999",
        "12_000",
        "1__0",
        "123456789012345",
    ]
)
decimals = st.sampled_from(
    ["", "", "", ".5", ".0", ".50", ".123", ".1234", ".123456789012", ".1234567890123", "."]
)
exponents = st.sampled_from(["", "", "", "", "e3", "E+05", "e-3", "e30", "e31", "e", "e100"])
words = [
    "weekly", "never", "unknown", "P7D", "PT1H", "P1Y2M3DT4H5M6.5S", "P", "PT", "P1.5W", "P1H",
    "2027-03-01", "2027-02-29", "2028-02-29", "1900-02-29", "2000-02-29", "2027-04-31", "2027-13-01",
    "0999-01-01", "3000-01-01", "2027-3-1", "2027-00-10", "2027-10-00", "",
]  # fmt: skip
signs = st.sampled_from(["", "", "", "", "+", "-", "--"])
dots = st.sampled_from(["..", "..", " .. ", "  ..", "...", ".", "-", " ..\t"])
comparisons = st.sampled_from([">= ", ">=", "<= ", "<=  ", "> ", "=> ", ">=\t"])
MONEY_SUFFIXES = ["k", "M", "B", " EUR", "EUR", "k USD", "MUSD", "BND", "BBND", " XYZ", "k  EUR"]


@cache
def values(kind: Kind) -> st.SearchStrategy[str]:
    """Texts that the kind accepts, and near misses."""
    units = [*kind.units, *(MONEY_SUFFIXES if kind.name == "money" else ())]
    spaced = [space + unit for unit in units for space in ("", " ", "  ")]
    suffixes = st.sampled_from(["", "", *units, *spaced, "k", "K", "m", "%", "h", " EUR"])
    number = st.tuples(signs, digits, decimals, exponents, suffixes).map("".join)
    atoms = number | number | st.sampled_from(words)
    return st.one_of(
        atoms,
        st.tuples(atoms, dots, atoms).map("".join),
        st.tuples(digits, decimals, dots, atoms).map("".join),
        st.tuples(comparisons, atoms).map("".join),
        st.tuples(comparisons, atoms, dots, atoms).map("".join),
    )


@st.composite
def mutated(draw: st.DrawFn, kind: Kind) -> str:
    """A value with a character more, less, or another."""
    text: str = draw(values(kind))
    at = draw(st.integers(0, len(text)))
    extra: str = draw(
        st.sampled_from([*"0123456789kMBe.+-_% shdTPEUR<>=~", "\n", "٣", "\u00a0", ""])
    )
    return text[:at] + extra + text[at + draw(st.integers(0, 1)) :]


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
class TestAgreement:
    @settings(derandomize=True, max_examples=EXAMPLES)
    @given(st.data())
    def test_on_values(self, kind: Kind, data: st.DataObject) -> None:
        agree(kind, data.draw(values(kind)))

    @settings(derandomize=True, max_examples=EXAMPLES)
    @given(st.data())
    def test_on_mutations(self, kind: Kind, data: st.DataObject) -> None:
        agree(kind, data.draw(mutated(kind)))

    @pytest.mark.parametrize("text", ["12k\n", "unknown", "unknown\n", "\n", "", "1\n..2"])
    def test_on_line_breaks(self, kind: Kind, text: str) -> None:
        agree(kind, text)

    @settings(derandomize=True, max_examples=EXAMPLES)
    @given(st.text("0123456789.kMBe+-_% sminhdPTDEURGgi<>=\n", max_size=10))
    def test_on_random_texts(self, kind: Kind, text: str) -> None:
        agree(kind, text)

    def test_on_every_unit(self, kind: Kind) -> None:
        for unit in (*kind.units, *getattr(kind, "words", ())):
            for text in (unit, f"5{unit}", f"5 {unit}", f"5  {unit}", f"5{unit} ", f"1..2{unit}"):
                agree(kind, text)

    def test_is_understood_by_other_engines(self, kind: Kind) -> None:
        """ECMA 262 knows no named groups of Python's kind, no \\Z, \\A, no possessive repetition."""
        assert not re.search(r"\(\?[^:=!]|\\[AZz]|[*+?}]\+", pattern(kind))

    def test_is_anchored(self, kind: Kind) -> None:
        example_ = kind.example.replace(" or ", ", ").split(", ")[0]
        assert compiled(kind).search(example_)
        for text in (f" {example_}", f"{example_} ", f"x{example_}", f"{example_}\n", ""):
            assert not compiled(kind).search(text)
