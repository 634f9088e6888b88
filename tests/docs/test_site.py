"""A small site, built with the settings of the real one: what a text names is a link, and it stays text."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ..running import ROOT
from .support import html_check

PAGES = {
    "index.md": """# LBL301 in a title

LBL301, `labels.required`, `labelling-over-budget`, `data`, [a LBL302](rules/LBL302.md), `x LBL301`, XYZ999.
Unsafe: <script>alert(1)</script> <b>bold</b> and -- dashes.

| a | b |
|---|---|
| LBL302 | `labels` |

```text
LBL301
```

```{toctree}
rules/LBL301
rules/LBL302
fields/labels.required
```
""",
    "rules/LBL301.md": "# One\n\nIt is LBL301, not LBL302.\n",
    "rules/LBL302.md": "---\norphan: true\n---\n\n# Two\n\nText.\n",
    "fields/labels.required.md": "# Three\n\nText.\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sphinx")
    folder = tmp_path_factory.mktemp("site")
    for name, text in PAGES.items():
        path = folder / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    options = [
        "-q",
        "-n",
        "-W",
        "-c",
        str(ROOT / "docs"),
        str(folder / "source"),
        str(folder / "html"),
    ]
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", *options],
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'scripts'}{os.pathsep}{ROOT / 'src'}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder / "html"


def body(site: Path, name: str) -> str:
    text = (site / name).read_text(encoding="utf-8")
    return text.partition('<article role="main"')[2].partition("</article>")[0]


def test_what_is_named_is_a_link(site: Path) -> None:
    page = body(site, "index.html")
    assert page.count('href="rules/LBL301.html"') == 3  # the code, the name and the list of pages
    assert '<a class="reference internal" href="rules/LBL301.html">LBL301</a>, <a' in page
    assert 'href="fields/labels.required.html"><code' in page
    assert page.count('href="rules/LBL302.html"') == 3  # the link, the table and the list of pages
    assert ">XYZ999" not in page


def test_what_is_something_else_is_none(site: Path) -> None:
    page = body(site, "index.html")
    assert "<h1>LBL301 in a title" in page
    assert "fields/data.html" not in page
    assert "It is LBL301, not <a" in body(site, "rules/LBL301.html")


def test_text_stays_text(site: Path) -> None:
    page = body(site, "index.html")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &lt;b&gt;bold&lt;/b&gt; and -- dashes" in page


def test_what_scrolls_can_be_reached(site: Path) -> None:
    page = body(site, "index.html")
    assert '<pre tabindex="0">' in page
    assert '<div tabindex="0" class="table-wrapper' in page


def test_it_is_whole(site: Path) -> None:
    assert html_check.problems(site) == []
