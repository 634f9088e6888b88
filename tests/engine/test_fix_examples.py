"""Slips of the pen in the example specs: a fix takes back the slip and nothing else, or leaves it."""

from __future__ import annotations

from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlspeclint.document.parse import parse
from mlspeclint.document.tree import Mapping, Node, Scalar, Sequence
from mlspeclint.engine.fix import mended
from mlspeclint.engine.settings import Settings

from ..rules.support import TODAY
from ..running import EXAMPLES

SETTINGS = Settings(today=TODAY)
SPECS = {path.name: path.read_text(encoding="utf-8") for path in EXAMPLES.glob("*.ml-project.yaml")}
LONG = 9
"""Names of so many letters may have two wrong ones."""


def fixed(data: bytes, *, unsafe: bool = False) -> bytes:
    result = mended(data, "ml-project.yaml", SETTINGS, unsafe=unsafe)
    again = mended(result.data, "ml-project.yaml", SETTINGS, unsafe=unsafe)
    assert again.data == result.data
    return result.data


def encoded(text: str, ending: str, bom: bool) -> bytes:
    return (b"\xef\xbb\xbf" if bom else b"") + text.replace("\n", ending).encode()


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize("name", SPECS)
def test_a_good_spec_stays_as_it_is(name: str, unsafe: bool) -> None:
    data = SPECS[name].encode()
    assert fixed(data, unsafe=unsafe) == data


Spot = tuple[int, int, bool]
"""Where a word stands, and whether it is a key."""


@cache
def spots(name: str) -> list[Spot]:
    """The keys and the values of a spec that stand on one line."""
    found: list[Spot] = []
    text = SPECS[name]

    def walk(node: Node | None) -> None:
        if isinstance(node, Mapping):
            for entry in node.entries.values():
                found.append((entry.key.start, entry.key.end, True))
                walk(entry.value)
        elif isinstance(node, Sequence):
            for item in node.items:
                walk(item)
        elif isinstance(node, Scalar) and "\n" not in text[node.start : node.end]:
            found.append((node.start, node.end, False))

    for document in parse(text.encode()).documents:
        walk(document.root)
    return found


def swapped(word: str, random: Random) -> str:
    at = random.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def shortened(word: str, random: Random) -> str:
    at = random.randrange(len(word) - 1)
    return word[:at] + word[at + 1 :]


def doubled(word: str, random: Random) -> str:
    at = random.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def other_case(word: str, random: Random) -> str:
    return random.choice((word.upper(), word.title()))


def hyphens(word: str, _: Random) -> str:
    return word.replace("_", "-")


def spaced(word: str, random: Random) -> str:
    return word.replace("_", " ")


SLIPS = (swapped, shortened, doubled, other_case, hyphens, spaced)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(
    st.sampled_from(sorted(SPECS)),
    st.randoms(use_true_random=False),
    st.sampled_from(SLIPS),
    st.sampled_from(("\n", "\r\n", "\r")),
    st.booleans(),
)
def test_a_slip_is_taken_back_or_left(
    name: str, random: Random, slip: object, ending: str, bom: bool
) -> None:
    assert callable(slip)
    text = SPECS[name]
    start, end, _ = random.choice([each for each in spots(name) if each[1] - each[0] > 1])
    word = slip(text[start:end], random)
    # A range that begins with a zero is another one, spelt wrong: no slip that could be seen.
    if word[:1] == "0":
        return
    broken = encoded(text[:start] + word + text[end:], ending, bom)
    assert fixed(broken) in (broken, encoded(text, ending, bom))


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.sampled_from(sorted(SPECS)), st.randoms(use_true_random=False), st.integers(2, 6))
def test_several_slips_in_long_names_are_all_taken_back(
    name: str, random: Random, count: int
) -> None:
    """One swap in each of several long keys, outside of free keys and of texts."""
    text = SPECS[name]
    keys = [(start, end) for start, end, key in spots(name) if key and end - start >= LONG]
    # Of compute.accelerator and compute.accelerators, nobody can tell which was meant.
    keys = [(start, end) for start, end in keys if not text.startswith("accelerator", start)]
    chosen = random.sample(keys, min(count, len(keys)))
    broken = text
    for start, end in sorted(chosen, reverse=True):
        broken = broken[:start] + swapped(text[start:end], random) + broken[end:]
    assert fixed(broken.encode()).decode() == text


@pytest.mark.parametrize("name", SPECS)
def test_comments_anywhere_stay(name: str) -> None:
    """A comment behind each line and one above it, and a slip in every long key."""
    lines: list[str] = []
    for number, line in enumerate(SPECS[name].splitlines()):
        indent = " " * (len(line) - len(line.lstrip(" ")))
        # A waiver that stands alone is about the line right below it.
        waiver = any("# mlspeclint" in each for each in (line, *lines[-1:]))
        plain = line.strip() and not waiver and not line.rstrip().endswith((">", "|", ">-", "|-"))
        lines += [f"{indent}# above {number}", f"{line}  # behind {number}"] if plain else [line]
    text = "\n".join(lines)
    wrong = text.replace("family:", "fammily:").replace("training:", "trainnig:")
    assert wrong != text
    assert not parse(text.encode()).problems
    assert fixed(wrong.encode()).decode() == text
