"""The README shows what the command really says. `--update-golden` writes its output anew."""

from __future__ import annotations

import re
import shlex

import pytest

from mlspeclint.document.parse import parse
from mlspeclint.spec.load import load

from ..running import ROOT, run

README = ROOT / "README.md"
CONSOLE = re.compile(r"```console\n\$ mlspeclint (.*)\n((?s:.*?))```\n")


def test_shows_the_real_output(request: pytest.FixtureRequest) -> None:
    text = README.read_text(encoding="utf-8")
    shown = CONSOLE.search(text)
    assert shown is not None
    ran = run(*shlex.split(shown[1]))
    if request.config.getoption("--update-golden"):
        text = text[: shown.start(2)] + ran.out + text[shown.end(2) :]
        README.write_text(text, encoding="utf-8", newline="\n")
        shown = CONSOLE.search(text)
        assert shown is not None
    assert shown[2] == ran.out


def test_shows_a_spec_that_is_right() -> None:
    text = README.read_text(encoding="utf-8")
    shown = re.search(r"```yaml\n(# yaml-language-server(?s:.*?))```\n", text)
    assert shown is not None
    file = parse(shown[1].encode())
    assert not file.problems
    assert not load(file.documents[0]).problems


def test_names_the_commands_and_options_that_there_are() -> None:
    text = README.read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `mlspeclint (\w+)", text, re.MULTILINE))
    help_ = run("--help").out
    assert listed == set(
        re.findall(r"^  (\w+)  +\w", help_.partition("Commands:")[2], re.MULTILINE)
    )
    check_help = run("check", "--help").out
    for option in re.findall(r"`(--[a-z-]+)", text):
        assert option in check_help, option
