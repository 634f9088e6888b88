"""The limits, on both sides, and files that are made to hurt."""

from __future__ import annotations

import subprocess
import sys

import pytest

from mlspeclint.document.limits import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_DOCUMENTS,
    MAX_NODES,
    MAX_PROBLEMS,
)
from mlspeclint.document.parse import parse

from .support import cut, read


def codes(text: str | bytes) -> list[str]:
    return [problem.code for problem in read(text).problems]


def test_the_limits_of_the_contract() -> None:
    assert (MAX_BYTES, MAX_DEPTH, MAX_NODES, MAX_DOCUMENTS) == (1_000_000, 64, 100_000, 100)


def test_bytes() -> None:
    assert codes("#" * MAX_BYTES) == []
    file = read("a: 1\n#" + "é" * (MAX_BYTES // 2))
    (problem,) = file.problems
    assert problem.code == "SPC009"
    assert "1,000,006 bytes" in problem.message
    assert cut(file, problem) == "a: 1"


@pytest.mark.parametrize(
    ("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("- ", ""), ("[{a: ", "}]"), ("? ", "")]
)
def test_depth(opening: str, closing: str) -> None:
    levels = MAX_DEPTH // (2 if opening == "[{a: " else 1)
    assert "SPC009" not in codes(opening * levels + closing * levels)
    deep = opening * (levels + 1) + closing * (levels + 1)
    file = read(deep)
    problem = file.problems[-1]
    assert problem.code == "SPC009"
    assert problem.start == len(opening) * levels
    assert file.documents == ()


def test_depth_of_mappings_in_blocks() -> None:
    def text(levels: int) -> str:
        return "".join(f"{' ' * level}a:\n" for level in range(levels))

    assert codes(text(MAX_DEPTH)) == []
    assert codes(text(MAX_DEPTH + 1)) == ["SPC009"]


def test_depth_of_expanded_aliases() -> None:
    def chain(links: int) -> str:
        # Link n holds an alias of link n - 1, so that it is n levels high; the root is one more.
        lines = ["- &a1 [x]", *(f"- &a{n} [*a{n - 1}]" for n in range(2, links + 1))]
        return "\n".join(lines)

    assert codes(chain(MAX_DEPTH - 1)) == []
    file = read(chain(MAX_DEPTH))
    assert [problem.code for problem in file.problems] == ["SPC009"]
    assert cut(file, file.problems[0]) == f"*a{MAX_DEPTH - 1}"


def test_depth_of_an_alias_counts_from_where_it_is_used() -> None:
    high = "- &a " + "[" * 40 + "]" * 40 + "\n"
    assert codes(high + "- " + "[" * 23 + "*a" + "]" * 23) == []
    assert codes(high + "- " + "[" * 24 + "*a" + "]" * 24) == ["SPC009"]
    # What was as deep before does not matter, nor what comes after an anchor.
    assert codes(high + "- &b " + "[" * 20 + "]" * 20 + "\n- " + "[" * 43 + "*b" + "]" * 43) == []
    assert codes(high + "- &c [[x], &d [y]]\n- " + "[" * 61 + "*c" + "]" * 61) == []
    assert codes(high + "- &c [[x], &d [y]]\n- " + "[" * 62 + "*c" + "]" * 62) == ["SPC009"]


@pytest.fixture
def thousand_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lower limit, for the sake of the time that the slow parser takes."""
    monkeypatch.setattr("mlspeclint.document.build.MAX_NODES", 1000)


@pytest.mark.usefixtures("thousand_nodes")
def test_nodes() -> None:
    # The list and its items.
    assert codes("[" + "x," * 999 + "]") == []
    file = read("[" + "x," * 1000 + "]")
    (problem,) = file.problems
    assert problem.code == "SPC009"
    assert problem.start == 1 + 2 * 999
    # Keys count as well, and so do collections.
    assert codes("".join(f"k{number}: x\n" for number in range(499))) == []
    assert codes("".join(f"k{number}: x\n" for number in range(500))) == ["SPC009"]
    assert codes("[" + "[x]," * 499 + "]") == []
    assert codes("[" + "[x]," * 500 + "]") == ["SPC009"]


@pytest.mark.usefixtures("thousand_nodes")
def test_nodes_that_are_nothing() -> None:
    file = read("-\n" * 1000)
    (problem,) = file.problems
    assert (problem.code, problem.end - problem.start) == ("SPC009", 1)


def test_all_nodes() -> None:
    text = "[" + "x," * (MAX_NODES - 1) + "]"
    assert parse(text.encode()).problems == ()
    (problem,) = parse(text.replace("]", "x]").encode()).problems
    assert problem.code == "SPC009"
    assert "100,000" in problem.message


@pytest.mark.usefixtures("thousand_nodes")
def test_nodes_of_expanded_aliases() -> None:
    # The root, the anchored list with eight items, and as many again for each alias.
    text = "[&a [" + "x," * 8 + "]" + ",*a" * 110
    assert codes(text + ",x" * 0 + "]") == []
    assert codes("[&a [" + "x," * 8 + "]" + ",*a" * 109 + ",x" * 9 + "]") == []
    assert codes("[&a [" + "x," * 8 + "]" + ",*a" * 109 + ",x" * 10 + "]") == ["SPC009"]
    assert codes(text + ",*a]") == ["SPC009"]


@pytest.mark.usefixtures("thousand_nodes")
def test_nodes_are_those_of_all_documents() -> None:
    half = "[" + "x," * 499 + "]\n"
    assert codes(f"{half}---\n{half}") == []
    file = read(f"{half}---\n{half}---\nx\n")
    assert [problem.code for problem in file.problems] == ["SPC009"]
    assert len(file.documents) == 2


@pytest.mark.usefixtures("thousand_nodes")
def test_nodes_that_merges_bring() -> None:
    wide = "a: &a {" + "".join(f"k{number}: 1, " for number in range(20)) + "}\n"
    merges = "".join(f"b{number}: {{<<: *a}}\n" for number in range(21))
    assert codes(wide + merges) == []
    assert codes(wide + merges + "b: {<<: *a}\n") == ["SPC009"]
    assert codes(wide + "b: {<<: [" + "*a, " * 23 + "]}\n") == []
    assert codes(wide + "b: {<<: [" + "*a, " * 24 + "]}\n") == ["SPC009"]


def test_documents() -> None:
    assert codes("---\na: 1\n" * MAX_DOCUMENTS) == []
    file = read("---\na: 1\n" * (MAX_DOCUMENTS + 1))
    (problem,) = file.problems
    assert problem.code == "SPC009"
    assert problem.start == 9 * MAX_DOCUMENTS
    assert len(file.documents) == MAX_DOCUMENTS
    assert codes("---\n" * (MAX_DOCUMENTS + 1)) == ["SPC009"]


def test_problems() -> None:
    assert codes("a: 1\n" * (MAX_PROBLEMS + 1)) == ["SPC003"] * MAX_PROBLEMS
    assert codes("a: 1\n" * (MAX_PROBLEMS + 2)) == ["SPC003"] * (MAX_PROBLEMS + 1) + ["SPC009"]


def test_what_a_limit_cuts_off_does_not_count() -> None:
    file = read("a: 1\n---\nb: " + "[" * 100)
    assert [document.index for document in file.documents] == [0]
    assert file.problems[0].document == 1


LAUGHS = "\n".join(
    ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    + [f"a{n}: &a{n} [{', '.join(9 * [f'*a{n - 1}'])}]" for n in range(1, 30)]
)
MAPPED_LAUGHS = "\n".join(
    ["a0: &a0 {x: x}"]
    + [f"a{n}: &a{n} {{{', '.join(f'k{k}: *a{n - 1}' for k in range(9))}}}" for n in range(1, 30)]
)
HOSTILE = {
    "a billion laughs": LAUGHS,
    "a billion laughs of mappings": MAPPED_LAUGHS,
    "100,000 brackets": "[" * 100_000,
    "100,000 braces": "{" * 100_000,
    "100,000 dashes": "- " * 100_000,
    "100,000 question marks": "? " * 100_000,
    "as much indentation": "".join(f"{' ' * n}a:\n" for n in range(1_400)),
    "quotes": "'" * 199_999,
    "backslashes": '"' + "\\" * 199_999,
    "a tag without an end": "!" * 199_999,
    "errors without an end": "@\n---\n" * 100_000,
    "comments above an error": "a: 1\n" + "#\n" * 100_000 + "b: c: d\n",
    "unclosed quotes": "a: '\n---\n" * 50_000,
    "a directive without an end": "%YAML 1." + "9" * 199_999,
    "blank lines in front of an error": "a: 1" + "\n" * 200_000 + "  b: c: d\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_a_problem(name: str) -> None:
    file = read(HOSTILE[name])
    assert file.problems
    assert file.documents == () or name in ("100,000 question marks",)
    laughing = "laughs" in name or "100,000" in name or name == "as much indentation"
    assert ("SPC009" in [problem.code for problem in file.problems]) >= laughing
    for problem in file.problems:
        assert 0 <= problem.start < problem.end <= len(file.source.text)


MEMORY = """
import resource, sys
from mlspeclint.document.parse import parse
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
data = sys.stdin.buffer.read()
for accelerate in (True, False):
    assert [problem.code for problem in parse(data, accelerate=accelerate).problems] == ["SPC009"]
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is in kilobytes on Linux only")
@pytest.mark.parametrize(
    "text", [LAUGHS, MAPPED_LAUGHS, "[" * 100_000], ids=["lists", "mappings", "deep"]
)
def test_memory_of_a_billion_laughs(text: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEMORY], input=text.encode(), capture_output=True, check=True
    )
    assert int(done.stdout) < 100
