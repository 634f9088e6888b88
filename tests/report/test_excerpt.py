"""The source in a report: safe to show, and underlined in the right columns, whatever it holds."""

from __future__ import annotations

from typing import Any

import pytest

from ..running import Ran, run
from .support import columns, is_safe, marked

HEAD = """mlspec: 1
task: {type: classification, modality: tabular}
approach: {family: deep_learning}
"""


def checked(
    text: str, *options: str, columns: int | None = None, encoding: str = "utf-8", **variables: Any
) -> Ran:
    """The report on the shape of a spec (the sections of HEAD are in front)."""
    arguments = ("check", "-", "--select", "SPC,CST408", "--today", "2026-11-21", *options)
    data = (HEAD + text).encode("utf-8", "surrogatepass")
    return run(*arguments, stdin=data, columns=columns, encoding=encoding, **variables)


@pytest.mark.parametrize(
    ("before", "shown"),
    [
        ("a", "a"),
        ("ä é ß", "ä é ß"),
        ("日本語", "日本語"),
        ("한국어", "한국어"),
        ("e\u0301e\u0301", "e\u0301e\u0301"),  # combining marks take no column
        ("🎉🚀", "🎉🚀"),
        ("👩\u200d🔬", "👩\\u200d🔬"),  # what joins them is shown, or nobody would see it
        ("a\u202eb", "a\\u202eb"),  # right to left
        ("a\u2066b\u2069", "a\\u2066b\\u2069"),
        ("a\u200bb", "a\\u200bb"),  # no width
        ("a\u00adb", "a\\xadb"),
        ("a\ue000b", "a\\ue000b"),  # private use
        ("a\U000e0041b", "a\\U000e0041b"),  # an invisible tag
        ("a\u00a0b", "a\\xa0b"),
        (r"\e[31m\0\u202e", r"\e[31m\0\u202e"),  # escapes of YAML stay what they are
        ("ﷺ", "ﷺ"),
    ],
)
def test_what_stands_before_does_not_move_the_underline(before: str, shown: str) -> None:
    ran = checked(f'project: {{summary: "{before}", name: example, stage: nope}}\n')
    assert is_safe(ran)
    assert f'"{shown}"' in ran.out
    assert (4, "^", "nope", "") in marked(ran.out)


def test_what_is_underlined_may_be_wide() -> None:
    ran = checked("project: {name: example, stage: 名前}\n")
    assert (4, "^", "名前", "") in marked(ran.out)
    assert "^^^^\n" in ran.out


def test_tabs_are_shown_as_spaces() -> None:
    ran = checked("project: {name:\texample,\t\tstage:\tnope}\n")
    assert is_safe(ran)
    assert "\t" not in ran.out
    assert (4, "^", "nope", "") in marked(ran.out)


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_line_breaks(line_break: str) -> None:
    text = (HEAD + "project:\n  name: example\n  stage: nope\nlabels: {x: 1}\n").replace(
        "\n", line_break
    )
    ran = run("check", "-", "--select", "SPC", stdin=text.encode())
    assert is_safe(ran)
    assert [mark[:3] for mark in marked(ran.out)] == [(6, "^", "nope"), (7, "^", "x")]


def test_separators_that_are_no_line_breaks() -> None:
    ran = checked('project: {summary: "a\u2028b\u2029c\x85d", name: example, stage: nope}\n')
    assert is_safe(ran)
    assert (4, "^", "nope", "") in marked(ran.out)


def test_a_byte_order_mark_takes_no_column() -> None:
    text = f"\ufeff{HEAD}project: {{name: example, stage: nope}}\n"
    ran = run("check", "-", "--select", "SPC", stdin=text.encode())
    assert is_safe(ran)
    assert marked(ran.out) == [(4, "^", "nope", "")]


def test_several_places_on_a_line() -> None:
    ran = checked("project: {name: x}\nserving: {latency: 80 ms, latency_limit: 50 ms}\n")
    assert marked(ran.out) == [
        (5, "-", "50 ms", "the longest that is acceptable"),
        (5, "^", "80 ms", "measured"),
    ]


def test_a_value_of_several_lines_is_underlined_to_the_end_of_its_first() -> None:
    ran = checked("project:\n  name: example\n  summary: {a: 1,\n    b: 2}\n")
    assert [mark[:3] for mark in marked(ran.out)] == [(6, "^", "{a: 1,")]


def test_an_empty_file_has_a_place() -> None:
    ran = run("check", "-", stdin=b"")
    assert ran.status == 1
    assert "<stdin>:1:1" in ran.out
    assert "^" in ran.out


class TestNarrowTerminals:
    TEXT = (
        "project: {name: x}\n"
        f"serving: {{x-note: {'very ' * 20}long, latency: 80 ms, latency_limit: 50 ms}}\n"
    )

    @pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
    def test_excerpts_fit(self, width: int) -> None:
        ran = checked(self.TEXT, columns=width, NO_COLOR="1")
        excerpt = [row for row in ran.out.splitlines() if "│" in row]
        assert max(map(columns, excerpt)) <= width
        assert (5, "^", "80 ms") in [mark[:3] for mark in marked(ran.out)]
        assert (5, "-", "50 ms") in [mark[:3] for mark in marked(ran.out)]

    def test_labels_go_below_where_they_do_not_fit(self) -> None:
        ran = checked(
            "project: {name: x}\nserving:\n  latency: 80 ms\n  latency_limit: 50 ms\n",
            columns=40,
            NO_COLOR="1",
        )
        assert "the longest that is acceptable" in ran.out
        assert (7, "-", "50 ms", "") in marked(ran.out)
        rows = [row for row in ran.out.splitlines() if "│" in row]
        assert max(map(columns, rows)) <= 40

    @pytest.mark.parametrize("filler", ["x", "名", "e\u0301", "\u202e", "\t"])
    def test_a_line_as_long_as_a_file(self, filler: str) -> None:
        long = filler * 100_000
        ran = checked(
            f'project: {{x-note: "{long}", name: x, stage: nope, x-more: "{long}"}}\n', columns=80
        )
        assert max(columns(row) for row in ran.out.splitlines() if "│" in row) <= 100
        assert (4, "^", "nope") in [mark[:3] for mark in marked(ran.out)]

    def test_without_a_terminal_long_lines_are_cut_too(self) -> None:
        long = "x" * 100_000
        ran = checked(
            f"project: {{x-note: {long}, name: x, stage: nope, owner: [], x-more: {long}, zzz: 1}}\n"
        )
        assert len(ran.out) < 5_000
        assert [mark[2] for mark in marked(ran.out)] == ["nope", "[]", "zzz"]

    def test_places_far_apart_on_one_line_get_an_excerpt_each(self) -> None:
        ran = checked(
            "project: {name: x}\n"
            f"serving: {{latency: 80 ms, x-note: {'x' * 1000}, latency_limit: 50 ms}}\n"
        )
        assert marked(ran.out) == [
            (5, "^", "80 ms", "measured"),
            (5, "-", "50 ms", "the longest that is acceptable"),
        ]
        assert max(len(row) for row in ran.out.splitlines()) < 400

    def test_a_thousand_problems_on_one_line_end_soon(self) -> None:
        keys = ", ".join(f"k{number}: {'x' * 500}" for number in range(900))
        ran = checked(f"project: {{name: x, {keys}}}\n")
        assert ran.status == 1
        assert len(ran.out) < 2_000_000


class TestOtherCharacterSets:
    TEXT = 'project: {summary: "naïve 名前 ✓", name: example, stage: nope}\n'

    def test_ascii(self) -> None:
        ran = checked(self.TEXT, encoding="ascii")
        assert ran.out.isascii()
        assert "  -- <stdin>:4:" in ran.out
        assert r"na\xefve \u540d\u524d \u2713" in ran.out
        assert (4, "^", "nope", "") in marked(ran.out)

    def test_latin_1(self) -> None:
        ran = checked(self.TEXT, encoding="latin-1")
        assert r"naïve \u540d\u524d \u2713" in ran.out
        assert "│" not in ran.out
        assert (4, "^", "nope", "") in marked(ran.out)

    def test_what_latin_1_can_show_stays(self) -> None:
        ran = checked('project: {summary: "naïve", name: "Zürich"}\n', "-q", encoding="latin-1")
        assert "`Zürich` is not a name" in ran.out

    def test_code_page_437_has_frames(self) -> None:
        ran = checked("project: {name: example, stage: nope}\n", "-q", encoding="cp437")
        assert "┌─ <stdin>:4:33" in ran.out
