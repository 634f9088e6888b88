"""What people write for the site is true: commands say what is shown, specs are right, sums come out.

`pytest tests/docs --update-golden` writes what the commands say into the pages: review it like code.
"""

from __future__ import annotations

import doctest
import json
import re
import shlex
import tomllib

import pytest
from jsonschema import Draft202012Validator

from mlspeclint.document.parse import parse
from mlspeclint.spec.load import load

from ..running import ROOT, run
from .support import handwritten

CONSOLE = re.compile(r"(?<=^```console\n)\$ (mlspeclint .*)\n((?s:.*?))(?=^```$)", re.MULTILINE)
SPEC = re.compile(r"^```yaml\n((?:#.*\n)*mlspec: (?s:.*?))^```$", re.MULTILINE)
TOML = re.compile(r"^```toml\n((?s:.*?))^```$", re.MULTILINE)
SUM = re.compile(r"^```python\n(>>> (?s:.*?))^```$", re.MULTILINE)
PAGES = handwritten.sources()
OWN = {
    name: path
    for name, path in PAGES.items()
    if not re.match(
        r"(ci|cli|configuration|policies|fixes|adoption|changelog|contributing)\.md", name
    )
}
"""The others have tests of their own beside what they describe."""
SCHEMA = ROOT / "schemas" / "mlspeclint-config.v1.schema.json"
SETTINGS = [
    pytest.param(text, id=f"{name}-{index}")
    for name, path in PAGES.items()
    for index, text in enumerate(TOML.findall(path.read_text(encoding="utf-8")))
]


@pytest.mark.parametrize("name", OWN)
def test_commands_say_what_is_shown(name: str, request: pytest.FixtureRequest) -> None:
    text = PAGES[name].read_text(encoding="utf-8")
    said = CONSOLE.sub(lambda found: f"$ {found[1]}\n{_said(found[1])}", text)
    if request.config.getoption("--update-golden"):
        PAGES[name].write_text(said, encoding="utf-8", newline="\n")
    else:
        assert text == said


def _said(command: str) -> str:
    ran = run(*shlex.split(command)[1:])
    assert ran.err == ""
    return ran.out


@pytest.mark.parametrize("name", PAGES)
def test_specs_are_right(name: str) -> None:
    for text in SPEC.findall(PAGES[name].read_text(encoding="utf-8")):
        file = parse(text.encode())
        assert not file.problems
        assert not load(file.documents[0]).problems


@pytest.mark.parametrize("name", [name for name in OWN if name.startswith("calculations/")])
def test_sums_come_out(name: str) -> None:
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner()
    blocks = "\n".join(SUM.findall(PAGES[name].read_text(encoding="utf-8")))
    told: list[str] = []
    runner.run(parser.get_doctest(blocks, {}, name, None, None), out=told.append)
    assert not told, "".join(told)


def test_something_is_looked_at() -> None:
    """The patterns above find what they are meant for."""
    texts = [path.read_text(encoding="utf-8") for path in OWN.values()]
    for pattern, least in ((CONSOLE, 7), (SPEC, 4), (SUM, 5)):
        assert sum(len(pattern.findall(text)) for text in texts) >= least
    # Nothing escapes them by being written another way.
    for text in texts:
        assert text.count("```console") == len(CONSOLE.findall(text))
        assert text.count("```python") == len(SUM.findall(text))
    assert (ROOT / "docs" / "index.md") in OWN.values()


@pytest.mark.parametrize("text", SETTINGS)
def test_settings_are_right(text: str) -> None:
    """By the published schema: a whole file, or the table of a `pyproject.toml`."""
    table = tomllib.loads(text)
    if "project" in table:  # the package of a plug-in
        return
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    settings = table["tool"]["mlspeclint"] if "tool" in table else table
    assert [error.message for error in Draft202012Validator(schema).iter_errors(settings)] == []
