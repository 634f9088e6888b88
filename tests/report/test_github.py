"""Workflow commands, read back as the runner of GitHub Actions reads the lines of a step."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlspeclint.engine.finding import AppliedWaiver, Range
from mlspeclint.report.github import render
from mlspeclint.report.text import safe

from .services import ALL_KINDS, HOSTILE, both, finding, hostile, run_of

COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


class Command:
    """A line as the runner understands it (after `ActionCommand.TryParseV2` of actions/runner)."""

    def __init__(self, line: str) -> None:
        assert line.startswith("::"), line
        info, found, data = line[2:].partition("::")
        assert found
        self.name, _, listed = info.partition(" ")
        self.properties: dict[str, str] = {}
        for each in listed.strip().split(","):
            key, equals, value = each.partition("=")
            assert equals, each
            assert key not in self.properties
            self.properties[key] = unescaped(unescaped(value, {"%3A": ":", "%2C": ","}))
        self.message = unescaped(data)


def unescaped(text: str, tokens: dict[str, str] | None = None) -> str:
    """The text without escapes; the one for `%` is replaced last, as the runner does."""
    for escape, token in (tokens or {"%0D": "\r", "%0A": "\n", "%25": "%"}).items():
        text = text.replace(escape, token)
    return text


def commands(text: str) -> list[Command]:
    return [Command(line) for line in text.removesuffix("\n").split("\n")]


def test_a_command_for_each_finding(tmp_path: Path) -> None:
    found = both("github", tmp_path, *ALL_KINDS)
    assert {each["severity"] for each in found.open} == set(COMMANDS)
    assert len(found.open) < len(found.findings)  # waived ones are left out
    for command, each in zip(commands(found.text), found.open, strict=True):
        start, end = each["range"]["start"], each["range"]["end"]
        assert command.name == COMMANDS[each["severity"]]
        assert command.properties == {
            "file": f"examples/{Path(each['file']).name}",
            "line": str(start["line"]),
            "endLine": str(end["line"]),
            "col": str(start["column"]),
            "endColumn": str(end["column"]),
            "title": f"{each['code']} {each['name']}",
        }
        message, *notes = command.message.split("\n")
        assert message == each["message"]
        assert f"instead: {each['instead']}" in notes


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_specs(text: str, tmp_path: Path) -> None:
    found = hostile("github", tmp_path, text)
    for command, each in zip(commands(found.text), found.open, strict=True):
        assert command.message.split("\n")[0] == safe(each["message"])
        assert set(command.properties) >= {"file", "line", "title"}
        assert set(command.properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert command.properties["title"] == f"{each['code']} {each['name']}"
        assert all(c.isprintable() or c == "\n" for c in command.message)


@pytest.mark.parametrize("text", ["a%0Ab", "100%", "a,b=c:d", "::error::x", "%25"])
def test_escapes(text: str) -> None:
    (command,) = commands(render(run_of(finding(text, file=text))))
    assert command.message.split("\n")[0] == text
    assert command.properties["file"] == text


def test_columns_of_different_lines_are_left_out() -> None:
    (command,) = commands(render(run_of(finding(range=Range((1, 1), (2, 2))))))
    assert command.properties.keys() == {"file", "line", "endLine", "title"}
    assert (command.properties["line"], command.properties["endLine"]) == ("1", "2")


def test_what_ends_with_its_line_break_ends_on_its_line() -> None:
    (command,) = commands(render(run_of(finding(range=Range((1, 1), (2, 1))))))
    assert (command.properties["line"], command.properties["endLine"]) == ("1", "1")


def test_the_whole_file() -> None:
    (command,) = commands(render(run_of(finding())))
    assert command.properties == {
        "file": "ml-project.yaml",
        "line": "1",
        "title": "ACM001 a-rule-of-our-own",
    }


def test_nothing_to_report() -> None:
    waived = finding()
    waived.waived = AppliedWaiver("known", None, None, "spec")
    assert render(run_of(waived)) == ""
