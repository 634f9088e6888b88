"""A runner for composite actions, as small as `action.yml` allows: it runs their steps as GitHub's does.

After actions/runner: `CompositeActionHandler` (steps and outputs), `ActionCommand` (what is a command in a
line of the log), `FileCommandManager` (files for outputs and the summary) and `ScriptHandlerHelpers` (bash).
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

BASH = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail")
EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}")
COMMANDS = ("error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "stop-commands")
PERCENT = {"%0D": "\r", "%0A": "\n", "%25": "%"}
PROPERTY = {"%3A": ":", "%2C": ","}


class Command:
    """A line of the log that the runner obeys."""

    def __init__(self, name: str, properties: dict[str, str], message: str) -> None:
        self.name = name
        self.properties = properties
        self.message = message

    def __repr__(self) -> str:
        return f"{self.name} {self.properties} {self.message!r}"


class Outcome:
    """What an action left behind."""

    def __init__(self) -> None:
        self.failed = False
        self.log = ""
        self.summary = ""
        self.outputs: dict[str, str] = {}

    @property
    def commands(self) -> list[Command]:
        """What the runner obeys in the log, but for commands that stop commands."""
        return obeyed(self.log)

    @property
    def titles(self) -> list[str]:
        """The titles of the annotations."""
        return [each.properties["title"] for each in self.commands]

    def __repr__(self) -> str:
        return f"<failed: {self.failed}, outputs: {self.outputs}>\n{self.log}\n{self.summary}"


class Runner:
    """A machine with a checkout and a folder for temporary files."""

    def __init__(self, checkout: Path, temporary: Path, environment: dict[str, str]) -> None:
        self.checkout = checkout
        self.temporary = temporary
        self.environment = environment

    def run(
        self,
        action: Path,
        inputs: dict[str, str],
        github: dict[str, Any],
        done: dict[str, dict[str, str]],
    ) -> Outcome:
        """Run an action. Steps in `done` are left out: these are their outputs."""
        manifest = YAML(typ="safe", pure=True).load(action / "action.yml")
        assert not inputs.keys() - manifest["inputs"].keys()
        given = {name: each["default"] for name, each in manifest["inputs"].items()} | inputs
        steps: dict[str, dict[str, dict[str, str]]] = {}
        contexts = {"inputs": given, "github": github, "steps": steps}
        outcome = Outcome()
        for step in manifest["runs"]["steps"]:
            name = step.get("id", "")
            if "if" in step and not evaluated(step["if"], contexts):
                continue
            if name in done:
                steps[name] = {"outputs": done[name]}
                continue
            assert "uses" not in step, f"an action that is not here: {step['uses']}"
            steps[name] = {"outputs": self._step(step, contexts, action, outcome)}
            if outcome.failed:
                break
        # Those of an action that has failed as well.
        for name, output in manifest["outputs"].items():
            outcome.outputs[name] = resolved(output["value"], contexts)
        return outcome

    def _step(
        self, step: dict[str, Any], contexts: dict[str, Any], action: Path, outcome: Outcome
    ) -> dict[str, str]:
        assert step["shell"] == "bash"
        assert not EXPRESSION.search(step["run"]), "an expression in a script is an injection"
        files = {name: self.temporary / f"_{name}" for name in ("output", "step_summary")}
        for file in files.values():
            file.write_bytes(b"")
        script = self.temporary / "_script.sh"
        script.write_text(step["run"], encoding="utf-8", newline="\n")
        done = subprocess.run(
            [*BASH, script],
            cwd=self.checkout / resolved(step.get("working-directory", "."), contexts),
            env=self.environment
            | {
                "GITHUB_ACTION_PATH": str(action),
                "GITHUB_WORKSPACE": str(self.checkout),
                "GITHUB_OUTPUT": str(files["output"]),
                "GITHUB_STEP_SUMMARY": str(files["step_summary"]),
                "RUNNER_TEMP": str(self.temporary),
                "GITHUB_REF": contexts["github"].get("ref", ""),
                "GITHUB_SHA": contexts["github"].get("sha", ""),
            }
            | {name: resolved(value, contexts) for name, value in step.get("env", {}).items()},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=300,
        )
        outcome.failed = done.returncode != 0
        # A name of a file may be any bytes; the runner shows what it cannot read as U+FFFD.
        outcome.log += done.stdout.decode("utf-8", "replace")
        outcome.summary += files["step_summary"].read_text(encoding="utf-8")
        return outputs_in(files["output"].read_text(encoding="utf-8"))


def resolved(text: str, contexts: dict[str, Any]) -> str:
    """The text with its expressions replaced, once: what a value holds is no expression."""
    return EXPRESSION.sub(lambda match: str(evaluated(match[1], contexts)), text)


def evaluated(expression: str, contexts: dict[str, Any]) -> str | bool:
    """The value of an expression: names with dots, texts, `!=` and `||`; what is not there is empty."""
    value: str | bool = ""
    for term in expression.split("||"):
        left, unequal, right = term.partition("!=")
        value = _operand(left, contexts)
        if unequal:
            value = value != _operand(right, contexts)
        if value:
            break
    return value


def _operand(text: str, contexts: dict[str, Any]) -> str:
    text = text.strip()
    if text.startswith("'"):
        assert re.fullmatch(r"'[^']*'", text), text
        return text[1:-1]
    assert re.fullmatch(r"\w+(\.[\w-]+)+", text), f"not understood: {text}"
    value: Any = contexts
    for name in text.split("."):
        value = value.get(name, {})
    assert isinstance(value, str) or value == {}, text
    return value or ""


def outputs_in(text: str) -> dict[str, str]:
    """The outputs in what a step wrote to its file for them."""
    outputs = {}
    for line in text.splitlines():
        name, equals, value = line.partition("=")
        assert equals, f"invalid format: {line}"
        assert "<<" not in name, "a value of several lines"
        outputs[name] = value
    return outputs


def obeyed(log: str) -> list[Command]:
    """The commands in a log, while commands are not stopped."""
    found = []
    word = None
    for line in log.split("\n"):
        command = _new(line, word) or _old(line, word)
        if word is not None:
            if command and command.name == word:
                word = None
        elif command and command.name == "stop-commands":
            word = command.message
        elif command:
            found.append(command)
    assert word is None, "commands are stopped for good"
    return found


def _new(line: str, word: str | None) -> Command | None:
    """`::name key=value,key=value::message`, with blanks before it at most."""
    line = line.lstrip()
    info, end, message = line[2:].partition("::")
    if not (line.startswith("::") and end):
        return None
    return _command(info, ",", message, word, PROPERTY)


def _old(line: str, word: str | None) -> Command | None:
    """`##[name key=value;key=value]message`, anywhere in a line."""
    _, start, rest = line.partition("##[")
    info, end, message = rest.partition("]")
    if not (start and end):
        return None
    return _command(info, ";", message, word, {"%3B": ";", "%5D": "]"})


def _command(
    info: str, separator: str, message: str, word: str | None, escapes: dict[str, str]
) -> Command | None:
    name, _, listed = info.partition(" ")
    if name.lower() not in COMMANDS and name != word:
        return None
    pairs = (each.partition("=") for each in listed.strip().split(separator))
    properties = {key: _plain(value, escapes | PERCENT) for key, equals, value in pairs if equals}
    return Command(name.lower(), properties, _plain(message, PERCENT))


def _plain(text: str, escapes: dict[str, str]) -> str:
    for escape, meant in escapes.items():
        text = text.replace(escape, meant)
    return text
