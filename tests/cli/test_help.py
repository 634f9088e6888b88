"""Help, of whatever commands there are: what it says, how wide it is, and that its examples run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from inspect import cleandoc
from itertools import pairwise
from pathlib import Path

import click
import pytest

from mlspeclint.cli.help import ENVIRONMENT, option_groups
from mlspeclint.cli.options import CHECK, FORMATS
from mlspeclint.cli.root import COMMANDS, root

from ..running import CONSOLE_SCRIPT, EXAMPLES, ROOT, run

WIDTH = 80
PLAN = (EXAMPLES / "chest-x-rays.ml-project.yaml").read_text(encoding="utf-8")
PACK = """
[[policies]]
code = "ACME101"
name = "owner-named"
severity = "warning"
message = "nobody answers for it"
when = "!has(project.owner)"
bad = ["project: {name: a}"]
good = ["project: {name: a, owner: Ada}"]
"""


def commands(group: click.Group = root, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words that name each command, those below other commands too."""
    yield path
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name)


ALL = [*commands()]
RUN = [words for words in ALL if words]


def told(words: tuple[str, ...]) -> str:
    ran = run(*words, "--help")
    assert (ran.status, ran.err) == (0, "")
    return ran.out


def examples(words: tuple[str, ...]) -> list[str]:
    """The lines of the examples in the help of a command, without their comments."""
    block = re.search(r"^  Examples:\n((?:    .*\n)+)", told(words), re.MULTILINE)
    assert block, f"the help of mlspeclint {' '.join(words)} has no examples"
    lines = cleandoc(block[1]).splitlines()
    return [line for line in lines if line[0] != "#"]


EXAMPLE_LINES = sorted({line for words in ALL for line in examples(words)})


class TestText:
    @pytest.mark.parametrize("words", ALL, ids=" ".join)
    def test_fits_a_terminal(self, words: tuple[str, ...]) -> None:
        out = told(words)
        assert max(map(len, out.splitlines())) <= WIDTH
        assert "\x1b" not in out
        assert out == run(*words, "-h").out

    @pytest.mark.parametrize("words", ALL, ids=" ".join)
    def test_says_what_it_is_for_then_shows_it(self, words: tuple[str, ...]) -> None:
        usage, purpose, *rest = told(words).split("\n\n")
        assert usage.startswith("Usage: mlspeclint")
        assert re.match(r"  [A-Z].*\.$", purpose, re.DOTALL)
        (start,) = (index for index, part in enumerate(rest) if part.startswith("  Examples:\n"))
        options = [index for index, part in enumerate(rest) if re.match(r"\w+:\n  -", part)]
        assert start < min(options)

    @pytest.mark.parametrize("words", RUN, ids=" ".join)
    def test_ends_with_the_environment(self, words: tuple[str, ...]) -> None:
        assert all(name in told(words).rpartition("\n\n")[2] for name in ENVIRONMENT)

    def test_the_top_explains_the_environment(self) -> None:
        *_, last = told(()).split("\n\n")
        assert re.findall(r"^    ([A-Z_]+)  +\w", last, re.MULTILINE) == list(ENVIRONMENT)

    def test_each_variable_is_one_that_the_tool_reads(self) -> None:
        sources = [path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")]
        for name in ENVIRONMENT:
            assert any(re.search(rf'environ.*"{name}"|^TRACEBACK = "{name}"', text, re.MULTILINE)
                       for text in sources), name  # fmt: skip

    def test_lists_every_command(self) -> None:
        _, _, listed = told(()).partition("\nCommands:\n")
        assert re.findall(r"^  (\w+)  ", listed, re.MULTILINE) == list(COMMANDS)


class TestGroups:
    def test_every_option_of_check_stands_under_its_heading(self) -> None:
        parts = told(("check",)).split("\n\n")
        for option in CHECK:
            heading = option.group or "Options"
            (part,) = (part for part in parts if part.startswith(f"{heading}:\n"))
            for spelling in option.spellings:
                assert re.search(rf"^  (-\w, )?{spelling}\b", part, re.MULTILINE), spelling

    def test_those_of_no_group_come_last(self) -> None:
        command = root.get_command(click.Context(root), "explain")
        assert command is not None
        context = click.Context(command, help_option_names=["-h", "--help"])
        (heading, options), = option_groups(command, context).items()  # fmt: skip
        assert heading == "Options"
        assert [max(option.opts, key=len) for option in options] == ["--color", "--help"]

    def test_the_formats_are_all_named(self) -> None:
        out = " ".join(told(("check",)).replace("-\n", "-").split())
        assert all(name in out.replace("- ", "-") for name in FORMATS)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """`mlspeclint` on the path of a shell."""
    programs = tmp_path_factory.mktemp("programs")
    program = programs / "mlspeclint"
    program.write_text(f"#!{sys.executable}\n{CONSOLE_SCRIPT}\n")
    program.chmod(0o755)
    return {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "HOME": str(programs),
        "GIT_CONFIG_NOSYSTEM": "1",
    }


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with what the examples name."""
    files = {
        "ml-project.yaml": PLAN,
        "plans.yaml": f"{PLAN}---\n{PLAN}",
        "plans/b.ml-project.yaml": PLAN,
        "policies/acme.toml": PACK,
        "pyproject.toml": '[tool.mlspeclint]\nextends = ["policies/acme.toml"]\n',
        ".config/fish/completions/.keep": "",
        "docs/decisions/.keep": "",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    git = ("git", "-c", "user.name=a", "-c", "user.email=a@example.com")
    for arguments in (
        ("init", "-q", "-b", "main"),
        ("add", "."),
        ("commit", "-qm", "start"),
        ("update-ref", "refs/remotes/origin/main", "HEAD"),
        ("tag", "v1"),
    ):
        subprocess.run([*git, *arguments], cwd=tmp_path, check=True)
    return tmp_path


@pytest.mark.parametrize("line", EXAMPLE_LINES)
def test_every_example_runs(line: str, project: Path, environment: dict[str, str]) -> None:
    words = shlex.split(line, comments=True)
    if "--plot" in words:
        pytest.importorskip("matplotlib")
    if words[:2] == ["mlspeclint", "init"]:
        (project / "ml-project.yaml").unlink()
        if "--yes" not in words:
            line = f"{line.partition('#')[0]} --yes"  # there is no terminal to ask at
    shell = "bash"
    if words[0] == "eval":
        shell = "zsh" if "zsh" in line else "bash"
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    if shell == "zsh":
        line = f"autoload -U compinit; compinit -u -D; {line}"
    done = subprocess.run(
        [shell, "-e", "-c", line],
        cwd=project,
        env=environment | {"HOME": str(project)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    for option, name in pairwise(words):
        if option in (">", "-o", "--output-file", "--plot"):
            assert Path(project, name.replace("~", ".")).stat().st_size
