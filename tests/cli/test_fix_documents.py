"""`docs/fixes.md` tells what is fixed, and whether that is safe, as it is."""

from __future__ import annotations

import re

import pytest

from mlspeclint.engine.waivers import FIXED
from mlspeclint.rules.names import SPEC_NAMES, WAIVER_NAMES
from mlspeclint.spec.hints import hint
from mlspeclint.spec.kinds import KINDS, BadValue, Kind

from ..running import ROOT, run

TEXT = (ROOT / "docs" / "fixes.md").read_text(encoding="utf-8")
PAIR = re.compile(r"((?:`[^`]+`(?:,| or) )*`[^`]+`) to `([^`]+)`")
CODE = re.compile(r"\[([A-Z]{3}[0-9]{3})\]\(rules/\1\.md\)")


def rows() -> list[tuple[str, str, str]]:
    """The table of fixes: the code of the finding, the fix, and whether that is safe."""
    found = []
    code = ""
    for line in TEXT.partition("| finding | fix | safe |")[2].partition("\n\n")[0].splitlines()[2:]:
        finding, fix, safe = (cell.strip() for cell in line.strip("|").split(" | "))
        match = CODE.match(finding)
        code = match[1] if match else "" if finding else code
        found.append((code, fix, safe))
    return found


def spellings() -> list[tuple[str, str, bool]]:
    """What is written for what, of the values, and whether that is safe."""
    return [
        (wrong, pair[2].strip('"'), not safe.startswith("no"))
        for code, fix, safe in rows()
        if code in ("SPC006", "SPC010")
        for pair in PAIR.finditer(fix)
        for wrong in re.findall("`([^`]+)`", pair[1])
    ]


def guesses(kind: Kind, value: str | float) -> list[tuple[str | None, bool]]:
    """What a finding would propose for a value of a kind, if it is none."""
    try:
        kind.read(value)
    except BadValue as error:
        if error.help:
            return [(error.guess, False)]
        found = hint(kind, str(value), "USD")
        return [(found.text, found.certain)] if found else []
    return []


@pytest.mark.parametrize(("wrong", "right", "safe"), spellings())
def test_values(wrong: str, right: str, safe: bool) -> None:
    if right == "true":  # yes and no are no quantities
        return
    value = float(wrong) if wrong.isdigit() else wrong
    found = [guess for kind in KINDS.values() for guess in guesses(kind, value)]
    assert (right, safe) in found


def test_the_table_is_read() -> None:
    assert len(spellings()) > 20
    assert {safe for *_, safe in spellings()} == {True, False}


def test_all_findings_with_a_fix_are_listed() -> None:
    listed = {code for code, *_ in rows()} - {""}
    assert listed <= SPEC_NAMES.keys() | WAIVER_NAMES.keys()
    assert listed >= {*FIXED, "SPC001", "SPC003", "SPC004", "SPC006", "SPC007", "SPC010"}


def test_the_example_says_what_is_shown() -> None:
    command, said = re.search(r"```console\n\$ (.*)\n((?s:.*?))```", TEXT).groups()  # type: ignore[union-attr]
    spec = re.search(r"printf '(.*)' \| mlspeclint check - --diff$", command)
    assert spec is not None
    ran = run("check", "-", "--diff", stdin=spec[1].replace("\\n", "\n").encode())
    assert ran.out + ran.err == said
