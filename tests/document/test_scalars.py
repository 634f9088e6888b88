"""The core schema of YAML 1.2: what an unquoted text means."""

from __future__ import annotations

import math

import pytest

from mlspeclint.document.limits import MAX_DIGITS
from mlspeclint.document.scalars import FIRST, resolve
from mlspeclint.document.tree import Scalar

from .support import bad, root

VALUES: list[tuple[str, object]] = [
    *((text, None) for text in ("", "~", "null", "Null", "NULL")),
    *((text, True) for text in ("true", "True", "TRUE")),
    *((text, False) for text in ("false", "False", "FALSE")),
    *(("0", 0), ("12", 12), ("012", 12), ("-3", -3), ("+3", 3), ("-0", 0), ("007", 7)),
    *(("0o14", 12), ("0x1F", 31), ("0xfF", 255), ("0o0", 0)),
    *(("1.5", 1.5), ("1e6", 1e6), ("1E+2", 100.0), ("-.5", -0.5), ("5.", 5.0), ("1e-3", 0.001)),
    *((".inf", math.inf), ("-.Inf", -math.inf), ("+.INF", math.inf), ("1e999", math.inf)),
    # Everything else is text, much of what YAML 1.1 read otherwise among it.
    *((text, text) for text in ("no", "on", "off", "yes", "y", "NO", "tRue", "nULL", "nil")),
    *((text, text) for text in ("12_000", "1_0.5", "2027-03-01", "12:30", "190:20:30", "0b11")),
    *((text, text) for text in ("0o8", "0o", "0x", "0xG", "-0x1F", "+0o7", "0X1F", "0O7")),
    *((text, text) for text in (".", "-", "+", "e5", ".e5", "1e", "1e+", "--1", "1.2.3", "+-1")),
    *((text, text) for text in ("inf", "nan", ".iNf", "-.nan", "1.2.", "0.1e1.5", "１２", "²")),
    *((text, text) for text in ("10k", "10k..20k", "95%", "35 s", "= 3", "<= 20k", "1 2", "1,5")),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_an_unquoted_text(text: str, value: object) -> None:
    found = resolve(text)
    assert (type(found), found) == (type(value), value)
    # The builder asks `resolve` for no other first character.
    assert found == text or not text or text[0] in FIRST


@pytest.mark.parametrize("text", [".nan", ".NaN", ".NAN"])
def test_not_a_number(text: str) -> None:
    value = resolve(text)
    assert isinstance(value, float)
    assert math.isnan(value)


def test_a_number_of_many_digits_stays_text() -> None:
    for sign in ("", "-", "+"):
        longest = sign + "1" * MAX_DIGITS
        assert resolve(longest) == int(longest)
        assert resolve(longest + "1") == longest + "1"
    assert resolve("0x" + "f" * (MAX_DIGITS - 2)) == 16 ** (MAX_DIGITS - 2) - 1
    assert resolve("0x" + "f" * MAX_DIGITS) == "0x" + "f" * MAX_DIGITS
    assert resolve("1." + "0" * (MAX_DIGITS - 2)) == 1.0
    assert resolve("1." + "0" * MAX_DIGITS) == "1." + "0" * MAX_DIGITS


@pytest.mark.parametrize(
    ("text", "value", "plain"),
    [
        ("12", 12, True),
        ("'12'", "12", False),
        ('"12"', "12", False),
        ("|\n  12", "12", False),
        (">-\n  12\n", "12", False),
        ("''", "", False),
        ("", None, True),
        ("!!str 12", "12", False),
        ("! 12", "12", False),
        ("!!str", "", False),
        ("!!int '12'", 12, False),
        ("!!int 0x1F", 31, True),
        ("!!float 1", 1.0, True),
        ("!!float 1.5", 1.5, True),
        ("!!bool 'true'", True, False),
        ("!!null ''", None, False),
        ("!!null", None, True),
        ("!<tag:yaml.org,2002:int> 3", 3, True),
        ("!!str &a 12", "12", False),
        ("&a !!str 12", "12", False),
    ],
)
def test_a_value_with_its_style_and_tag(text: str, value: object, plain: bool) -> None:
    node = root(f"a: {text}").entries["a"].value
    assert isinstance(node, Scalar)
    assert (type(node.value), node.value, node.plain) == (type(value), value, plain)


@pytest.mark.parametrize("text", ["!!map {b: 1}", "!!seq [1]", "! [1]", "! {b: 1}", "!!seq\n- 1\n"])
def test_a_tag_of_a_collection(text: str) -> None:
    assert root(f"a: {text}")


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("!x 1", "!x"),
        ("!!set {b}", "!!set"),
        ("!!timestamp 2027-03-01", "!!timestamp"),
        ("!!python/object:os.system ls", "!!python/object:os.system"),
        ("!<x> 1", "!<x>"),
        ("&b !x 1", "!x"),
        ("!x &b 1", "!x"),
        ("!x &b\n  c: !!str d", "!x"),
        ("[1, !x 2]", "!x"),
        ("!!int x", "!!int"),
        ("!!float x", "!!float"),
        ("!!bool 1", "!!bool"),
        ("!!null x", "!!null"),
        ("!!int 1.5", "!!int"),
        ("!!map [1]", "!!map"),
        ("!!seq {b: 1}", "!!seq"),
        ("!!int {b: 1}", "!!int"),
        ("!!map 1", "!!map"),
        ("!!binary aGk=", "!!binary"),
        # These the parser itself rejects.
        ("!e!x 1", "!e!x"),
        ("!<x 1", "!<x"),
        ("!é 1", "!é"),
    ],
)
def test_a_tag_that_is_not_taken(text: str, tag: str) -> None:
    source = f"a: {text}\n"
    problem = bad(source)
    assert problem.code == "SPC006"
    assert source[problem.start : problem.end] == tag
    assert "tag" in problem.message
