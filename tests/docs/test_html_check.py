"""The checks of the built site: a good page passes, and each mistake is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .support import html_check

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """<!doctype html><html lang="en"><head><title>One</title><link rel="stylesheet" href="a.css"></head>
<body><h1 id="top">One</h1><h2>Two</h2><h2>Two</h2><p><a href="#top">up</a>
<a href="sub/two.html#there">two</a> <a href="https://example.com/">out</a></p></body></html>"""
TWO = '<html lang="en"><title>Two</title><h1 id="there"><a href="../index.html">x</a></h1></html>'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "sub" / "two.html").write_text(TWO)
    (tmp_path / "a.css").write_text("body { background: url(data:x) }")
    (tmp_path / "searchindex.js").write_text("Search.setIndex({})")
    return tmp_path


def test_a_good_site(site: Path) -> None:
    assert html_check.problems(site) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("<title>One</title>", "", "no title"),
        (' lang="en"', "", "does not say its language"),
        ("sub/two.html#there", "sub/three.html", "the link sub/three.html leads nowhere"),
        ("#there", "#here", "the link sub/two.html#here leads to no such place"),
        ("#top", "#bottom", "the link #bottom leads to no such place"),
        ('"a.css"', '"https://example.com/a.css"', "loads https://example.com/a.css"),
        ("</p>", '<script src="//example.com/x.js"></script></p>', "loads //example.com/x.js"),
        ("<h2>", "<h3>", "a heading of level 3 follows one of level 1"),
        ("</p>", '<img src="a.css"></p>', "the image a.css has no text"),
        ("</p>", '<i id="top"></i></p>', "the id top stands twice"),
    ],
)
def test_a_mistake_in_a_page(site: Path, old: str, new: str, problem: str) -> None:
    assert old in PAGE
    (site / "index.html").write_text(PAGE.replace(old, new))
    assert html_check.problems(site) == [f"index.html: {problem}"]


@pytest.mark.parametrize("address", ["http://example.com/a.woff", "'//example.com/a.woff'"])
def test_a_style_that_loads_something(site: Path, address: str) -> None:
    (site / "a.css").write_text(f"@font-face {{ src: url({address}) }}")
    assert html_check.problems(site) == [f"a.css: loads {address.strip(chr(39))}"]


def test_no_search_index(site: Path) -> None:
    (site / "searchindex.js").unlink()
    assert html_check.problems(site) == ["searchindex.js: there is no search index"]


def test_no_site(tmp_path: Path) -> None:
    assert html_check.problems(tmp_path) == [f"{tmp_path}: no pages"]
