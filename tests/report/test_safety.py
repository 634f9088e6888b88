"""Nothing in a spec can steer a terminal: the output holds printable characters and line breaks only."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlspeclint.report.text import plural, safe

from ..running import Ran, run
from .support import is_safe

NASTY = [
    "\x1b[31mred",
    "\x1b]0;title\x07",
    "\x1b]8;;http://example.org\x1b\\link\x1b]8;;\x1b\\",
    "\x9b31m",
    "\x00",
    "\x07\x08\x7f",
    "a\rb",
    "a\nb",
    "a\u2028b\u2029c\x85d",
    "\u202eevil",
    "\u2066\u2067\u2068\u2069",
    "\u200b\u200d\ufeff",
    "\U000e0001\U000e0061",
    "\ud800",
    "\udc80",
    "\ue000",
    "\uffff",
    "::error::x",
    "é́́́́",
]
FORMATS = ("full", "concise", "json", "jsonl")


def spec(text: str, ascii_only: bool) -> bytes:
    """A spec with the text in names, values of every kind, keys, waivers and comments."""
    quoted = json.dumps(text, ensure_ascii=ascii_only)
    comment = " ".join(text.split()) or "-"
    return f"""mlspec: 1
project: {{name: {quoted}, summary: {quoted}, stage: {quoted}, created: {quoted}, {quoted}: 1}}
task: {{type: {quoted}, modality: tabular}}
approach: {{family: deep_learning, training: {quoted}, algorithm: {quoted}}}
alternatives: [{{family: classical_ml, status: rejected, reason: {quoted}, {quoted}: {quoted}}}]
labels: {{labelled: {quoted}, required: 200k, cost_each: 3, agreement: 0.5}}
budget: {{currency: {quoted}, labelling: 1}}
serving: {{latency: 80 ms, latency_limit: 50 ms}} # mlspeclint: ignore[{comment}] until={comment} -- x
target: {{metric: {quoted}, value: 0.9}}
explainability: {{required: reasons, regimes: [{quoted}]}}
waivers:
  - {{rule: LBL303, reason: {quoted}, by: {quoted}, until: 2027-01-01}}
  - {{rule: {quoted}, reason: {quoted}, by: {quoted}, until: {quoted}, at: {quoted}}}
---
mlspec: 1
project: {{name: second}}
task: {{type: classification, modality: tabular}}
approach: {{family: classical_ml, algorithm: {quoted}}}
explainability: {{required: full, method: attribution, validated: false}}
""".encode("utf-8", "surrogatepass")


def checked(text: str, ascii_only: bool, output: str, **how: Any) -> Ran:
    return run(
        *("check", "-", "--today", "2026-11-21", "--undecided", "--statistics", "-f", output),
        *("--stdin-filename", text),
        stdin=spec(text, ascii_only),
        **how,
    )


@pytest.mark.parametrize("output", FORMATS)
@pytest.mark.parametrize("ascii_only", [True, False], ids=["escaped", "raw"])
@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_known_tricks(text: str, ascii_only: bool, output: str) -> None:
    ran = checked(text, ascii_only, output)
    assert is_safe(ran)
    assert ran.status == 1
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("output", ["full", "concise"])
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_known_tricks_on_other_consoles(text: str, encoding: str, output: str) -> None:
    assert is_safe(checked(text, True, output, encoding=encoding))


ANY_TEXT = st.text(
    st.one_of(
        st.characters(),
        st.characters(codec=None, categories=("Cc", "Cf", "Cs", "Co", "Zl", "Zp", "Zs", "Mn")),
        st.sampled_from("#:,[]{}&*!|>'\"%@`-? \n"),
    ),
    max_size=12,
)


@settings(
    derandomize=True,
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(text=ANY_TEXT, ascii_only=st.booleans(), output=st.sampled_from(FORMATS))
def test_random_texts(text: str, ascii_only: bool, output: str) -> None:
    ran = checked(text, ascii_only, output)
    assert is_safe(ran)
    assert ran.status == 1
    assert "Traceback" not in ran.err


@settings(derandomize=True, max_examples=50, deadline=None)
@given(text=ANY_TEXT, width=st.integers(1, 90))
def test_on_a_terminal_only_colours_are_added(text: str, width: int) -> None:
    from .support import COLOUR

    ran = checked(text, True, "full", columns=width)
    ran.out = COLOUR.sub("", ran.out)
    assert is_safe(ran)


class TestSafe:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("plain", "plain"),
            ("é 名前 🎉", "é 名前 🎉"),
            ("a\tb\nc\rd", "a b c d"),
            ("\x1b[31m", "\\x1b[31m"),
            ("\u202e", "\\u202e"),
            ("\ud800", "\\ud800"),
            ("\U000e0001", "\\U000e0001"),
            ("", ""),
        ],
    )
    def test_writes_escapes(self, text: str, expected: str) -> None:
        assert safe(text) == expected

    @settings(derandomize=True, max_examples=300)
    @given(st.text(st.characters(exclude_categories=())))
    def test_what_it_returns_can_be_printed(self, text: str) -> None:
        shown = safe(text)
        assert all(character.isprintable() for character in shown)
        shown.encode("utf-8")
        assert safe(shown) == shown


def test_plural() -> None:
    assert [plural(number, "error") for number in (0, 1, 2)] == ["0 errors", "1 error", "2 errors"]
