"""The pages of SPC001 to SPC011: their parts, and their examples, which are executed."""

from __future__ import annotations

import re

import pytest

from mlspeclint.document import limits
from mlspeclint.document.parse import parse
from mlspeclint.rules.contradictions import contradictions
from mlspeclint.rules.names import SPEC_NAMES
from mlspeclint.rules.spec_pages import PAGES
from mlspeclint.spec.load import load

from .support import REST

PARTS = [
    "What it does",
    "Why it matters",
    "Example",
    "What to do instead",
    "When it stays quiet",
    "References",
]


def codes(data: bytes) -> set[str]:
    """The codes of all that is found in a file."""
    file = parse(data)
    found = {problem.code for problem in file.problems}
    for document in file.documents:
        loaded = load(document)
        found |= {problem.code for problem in loaded.problems}
        if loaded.spec is not None:
            found |= {problem.code for problem in contradictions(loaded.spec)}
    return found


def examples(code: str) -> list[str]:
    """The examples of a page; fragments get the sections that every spec has."""
    blocks = re.findall(r"^```yaml\n(.*?)^```$", PAGES[code], re.MULTILINE | re.DOTALL)
    whole = []
    for block in blocks:
        present = {line.split(":")[0] for line in block.splitlines()}
        rest = "" if "mlspec" in present else "".join(
            part for key, part in REST.items() if key not in present
        )  # fmt: skip
        whole.append(rest + block)
    return whole


def test_every_check_has_a_page() -> None:
    assert list(PAGES) == list(SPEC_NAMES)


@pytest.mark.parametrize("code", PAGES)
def test_has_its_parts_in_order(code: str) -> None:
    assert re.findall(r"^## (.+)$", PAGES[code], re.MULTILINE) == PARTS
    assert max(len(line) for line in PAGES[code].splitlines()) <= 110


@pytest.mark.parametrize("code", [code for code in PAGES if code != "SPC002"])
def test_examples(code: str) -> None:
    bad, good = examples(code)
    assert codes(bad.encode()) == {code}
    assert codes(good.encode()) == set()


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-16-le", "utf-32-be"])
def test_example_of_an_encoding(encoding: str) -> None:
    (text,) = examples("SPC002")
    assert codes(text.encode(encoding)) == {"SPC002"}
    assert codes(text.encode()) == set()


def test_the_limits_are_those_of_the_parser() -> None:
    page = PAGES["SPC009"]
    assert limits.MAX_BYTES == 1_000_000
    assert "1 MB" in page
    for limit in (limits.MAX_DEPTH, limits.MAX_NODES, limits.MAX_DOCUMENTS, limits.MAX_PROBLEMS):
        assert f"{limit:,}" in page
