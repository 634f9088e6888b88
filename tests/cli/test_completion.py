"""Completion in the real shells: each is driven at a pseudo-terminal, with names that want to be run."""

from __future__ import annotations

import json
import os
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mlspeclint.cli import COMPLETION
from mlspeclint.cli.completion import SHELLS
from mlspeclint.cli.options import FORMATS
from mlspeclint.cli.root import COMMANDS
from mlspeclint.engine.settings import CATALOGUE

from ..running import CONSOLE_SCRIPT, run

pty = pytest.importorskip("pty", reason="shells are driven at a pseudo-terminal")

HOSTILE = (
    "my plan.ml-project.yaml",
    "it's $(touch pwned).ml-project.yaml",
    "`touch pwned`.ml-project.yaml",
    ";touch pwned;.ml-project.yaml",
    '"quoted".ml-project.yaml',
    "-o.ml-project.yaml",
    "*.ml-project.yaml",
    "k=v:w.ml-project.yaml",
    "steers\x1b[31m.ml-project.yaml",
    "two\nlines.ml-project.yaml",
    "right\u202eleft.ml-project.yaml",
    "ends in a tab\t",
    "überall.ml-project.yaml",
)


def candidates(line: str, folder: Path, shell: str = "zsh", **environment: str) -> list[list[str]]:
    """The lines that a script gets for a command line up to the cursor, as type, value and help."""
    environment |= {"COMP_LINE": line, COMPLETION: f"{shell}_complete"}
    ran = run(folder=folder, **environment)  # type: ignore[arg-type]
    assert (ran.status, ran.err) == (0, "")
    return [row.split("\t") for row in ran.out.splitlines() if row]


def values(line: str, folder: Path) -> list[str]:
    return [value for _, value, _ in candidates(line, folder)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "here"
    (place / "plans").mkdir(parents=True)
    (place / ".hidden").mkdir()
    (place / "node_modules").mkdir()
    for name in ("ml-project.yaml", "a.ml-project.yml", "notes.txt", "plans/b.ml-project.yaml"):
        (place / name).write_text("")
    return place


class TestWhatIsOffered:
    def test_first_commands_then_what_check_takes(self, folder: Path) -> None:
        offered = values("mlspeclint ", folder)
        assert offered == [*COMMANDS, "a.ml-project.yml", "ml-project.yaml", "plans/"]
        assert values("mlspeclint --sel", folder) == ["--select"]
        assert values("mlspeclint --vers", folder) == ["--version"]
        assert values("mlspeclint -h", folder) == ["-h"]
        assert candidates("mlspeclint com", folder)[0] == ["plain", "compare", COMMANDS["compare"]]

    @pytest.mark.parametrize("name", COMMANDS)
    def test_the_options_of_every_command(self, name: str, folder: Path) -> None:
        help_ = run(name, "--help").out
        offered = values(f"mlspeclint {name} -", folder)
        assert sorted(set(offered)) == sorted(offered)
        assert set(re.findall(r"^  .*?(--[a-z-]+)", help_, re.MULTILINE)) <= set(offered)

    @pytest.mark.parametrize("line", ["mlspeclint check -f ", "mlspeclint --output-format="])
    def test_formats(self, line: str, folder: Path) -> None:
        head = line.rpartition(" ")[2]
        assert values(line, folder) == [f"{head}{name}" for name in FORMATS]

    @pytest.mark.parametrize("option", ["--select", "--ignore", "--extend-select"])
    def test_rules(self, option: str, folder: Path) -> None:
        codes = {entry.code for entry in CATALOGUE.values()}
        groups = {code[:3] for code in codes}
        assert set(values(f"mlspeclint check {option} ", folder)) == codes | groups
        assert values(f"mlspeclint {option} labelling-o", folder) == ["labelling-over-budget"]
        assert values(f"mlspeclint {option}=LBL301,labelling-o", folder) == [
            f"{option}=LBL301,labelling-over-budget"
        ]
        after = values(f"mlspeclint {option} LBL301,LBL30", folder)
        assert "LBL301,LBL302" in after
        assert "LBL301,LBL301" not in after

    def test_what_can_be_explained(self, folder: Path) -> None:
        at_once = values("mlspeclint explain ", folder)
        assert {"LBL301", "SPC001", "WVR001", "labels"} <= set(at_once)
        assert not {"labels.cost_each", "labelling-over-budget"} & set(at_once)
        assert values("mlspeclint explain labelling-o", folder) == ["labelling-over-budget"]
        assert "labels.cost_each" in values("mlspeclint explain labels.", folder)
        for subject in at_once[::20]:
            assert run("explain", subject).status == 0

    @pytest.mark.parametrize("command", ["", "check", "cost", "compare", "record"])
    def test_specs_then_folders(self, command: str, folder: Path) -> None:
        line = f"mlspeclint {command} ".replace("  ", " ")
        rows = [row[:2] for row in candidates(line, folder) if row[0] != "plain"]
        assert rows == [
            ["path", name] for name in ("a.ml-project.yml", "ml-project.yaml", "plans/")
        ]
        assert values(f"{line}plans/", folder) == ["plans/b.ml-project.yaml"]
        assert values(f"{line}.//pl", folder) == [".//plans/"]
        assert values(f"{line}.h", folder) == [".hidden/"]

    def test_the_shell_completes_all_other_files(self, folder: Path) -> None:
        for word in ("notes", "~/", "$HOME/", "no-such-folder/"):
            assert candidates(f"mlspeclint check {word}", folder) == [["file", word, ""]]
        for option in ("--output-file ", "-o ", "-f json -o "):
            assert candidates(f"mlspeclint check {option}", folder)[0][0] == "file"

    def test_names_that_are_no_options(self, folder: Path) -> None:
        (folder / "-q.ml-project.yaml").write_text("")
        assert "./-q.ml-project.yaml" in values("mlspeclint check ", folder)
        assert values("mlspeclint check -- -", folder) == ["-q.ml-project.yaml"]

    def test_names_that_could_steer_a_terminal(self, folder: Path) -> None:
        for name in HOSTILE:
            (folder / name).write_text("")
        offered = values("mlspeclint check ", folder)
        assert len(offered) == 3 + len(HOSTILE) - 4
        assert all(name.isprintable() for name in offered)

    @pytest.mark.parametrize(
        ("line", "word", "value"),
        [
            ("mlspeclint --select=LBL301", "LBL301", "LBL301"),
            ("mlspeclint --select=LBL,DAT101", "LBL,DAT101", "LBL,DAT101"),
            ("mlspeclint check k=v:", "", "w.ml-project.yaml"),
            ("mlspeclint check k=", "", "v:w.ml-project.yaml"),
            ("mlspeclint check 'k=v", "k=v", "k=v:w.ml-project.yaml"),
        ],
    )
    def test_bash_gets_what_follows_an_equals_sign_or_a_colon(
        self, line: str, word: str, value: str, folder: Path
    ) -> None:
        (folder / "k=v:w.ml-project.yaml").write_text("")
        assert candidates(line, folder, "bash", COMP_WORD=word)[0][1] == value

    @pytest.mark.parametrize("shell", SHELLS)
    def test_without_a_line(self, shell: str) -> None:
        variables = {COMPLETION: f"{shell}_complete"}
        ran = run(**variables)  # type: ignore[arg-type]
        assert (ran.status, ran.err) == (0, "")

    def test_a_wrong_line_offers_nothing_and_says_nothing(self, folder: Path) -> None:
        for line in ("mlspeclint explain LBL301 ", "mlspeclint rules ", "mlspeclint --today "):
            assert candidates(line, folder) == []
        assert candidates("mlspeclint bogus --sel", folder)[0][1] == "--select"


class TestCommand:
    @pytest.mark.parametrize("shell", SHELLS)
    def test_prints_the_script(self, shell: str) -> None:
        ran = run("completion", shell)
        assert (ran.status, ran.err) == (0, "")
        assert COMPLETION in ran.out
        by_click = {COMPLETION: f"{shell}_source"}
        assert run(**by_click).out.rstrip() == ran.out.rstrip()  # type: ignore[arg-type]

    def test_another_shell(self) -> None:
        ran = run("completion", "fsh")
        assert (ran.status, ran.out) == (2, "")
        assert "'fsh' is not one of 'bash', 'zsh', 'fish'. Did you mean 'fish'?" in ran.err

    def test_imports_nothing_heavy(self) -> None:
        script = f"{CONSOLE_SCRIPT.replace('sys.exit(main())', 'main()')}"
        told = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); "
        for line in ("mlspeclint ", "mlspeclint --select ", "mlspeclint explain l", "mlspeclint c"):
            done = subprocess.run(
                [sys.executable, "-c", told + script],
                env=os.environ | {COMPLETION: "zsh_complete", "COMP_LINE": line},
                capture_output=True,
                text=True,
                check=True,
            )
            assert done.stdout
            loaded = {name.partition(".")[0] for name in done.stderr.split()}
            assert not loaded & {"pydantic", "jsonschema", "rich", "ruamel"}


# Makes standard input the terminal that controls the process, as jobs of a shell need, and becomes the shell.
ON_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execvp(sys.argv[1], sys.argv[1:])
"""


class Terminal:
    """A shell at a pseudo-terminal, waiting for keys."""

    def __init__(self, command: list[str], folder: Path, environment: dict[str, str]) -> None:
        self.terminal, other = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", ON_TERMINAL, *command],
            stdin=other,
            stdout=other,
            stderr=other,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )
        os.close(other)

    def send(self, keys: str, awaited: str) -> str:
        """Type keys, and wait for what is to come; returns what came."""
        os.write(self.terminal, keys.encode())
        came = b""
        late = time.monotonic() + 60
        while not re.search(awaited, came.decode(errors="replace"), re.DOTALL):
            assert time.monotonic() < late, came
            if select.select([self.terminal], [], [], 1)[0]:
                came += os.read(self.terminal, 65536)
        return came.decode(errors="replace")

    def close(self) -> None:
        """End the shell."""
        self.process.kill()
        self.process.wait()
        os.close(self.terminal)


# How each shell starts, and how Control-X is made to show the line between marks.
PROMPT = "READY> "
STARTS = {
    "bash": (
        ["bash", "--norc", "--noprofile", "-i"],
        "PS1='REA''DY> '",
        'eval "$(mlspeclint completion bash)"; '
        """bind -x '"\\C-x": printf "<%s>" "<$READLINE_LINE>"'""",
    ),
    "zsh": (
        ["zsh", "-f", "-i"],
        "PS1='REA''DY> '",
        'autoload -U compinit; compinit -u -D; eval "$(mlspeclint completion zsh)"; '
        'show() { print -rn -- "<""<$BUFFER>>" }; zle -N show; bindkey \'^X\' show',
    ),
    "fish": (
        ["fish", "--no-config", "-i"],
        "function fish_prompt; printf 'REA%s> ' DY; end",
        "mlspeclint completion fish | source; bind \\cx \"printf '<%s>' '<'(commandline)'>'\"",
    ),
}
OPENED = Callable[[str], Terminal]


@pytest.fixture
def opened(folder: Path, tmp_path: Path) -> Iterator[OPENED]:
    """Opens shells in which `mlspeclint` is a program on the path."""
    programs = tmp_path / "programs"
    programs.mkdir()
    program = programs / "mlspeclint"
    program.write_text(f"#!{sys.executable}\n{CONSOLE_SCRIPT}\n")
    program.chmod(0o755)
    environment = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "HOME": str(tmp_path),
        "TERM": "dumb",
        "LC_ALL": "C.UTF-8",
    }
    terminals: list[Terminal] = []

    def start(shell: str) -> Terminal:
        command, prompt, setup = STARTS[shell]
        if shutil.which(command[0]) is None:
            pytest.skip(f"{shell} is not installed")
        terminals.append(Terminal(command, folder, environment))
        for line in (prompt, setup):
            terminals[-1].send(f"{line}\n", PROMPT)
        return terminals[-1]

    yield start
    for each in terminals:
        each.close()


def completed(terminal: Terminal, typed: str) -> str:
    """The command line after TAB; it is cleared again."""
    came = terminal.send(f"{typed}\t\x18", "<<.*>>")
    terminal.send("\x15", "")
    return came.rpartition("<<")[2].partition(">>")[0]


@pytest.mark.parametrize("shell", SHELLS)
class TestShells:
    def test_words(self, shell: str, opened: OPENED) -> None:
        terminal = opened(shell)
        for typed, line in (
            ("mlspeclint exp", "mlspeclint explain "),
            ("mlspeclint --sel", "mlspeclint --select "),
            ("mlspeclint check --fail-on n", None),
            ("mlspeclint check --fail-on=nev", "mlspeclint check --fail-on=never "),
            (
                "mlspeclint --select LBL,annotators-d",
                "mlspeclint --select LBL,annotators-disagree ",
            ),
            (
                "mlspeclint --select=LBL,annotators-d",
                "mlspeclint --select=LBL,annotators-disagree ",
            ),
            ("mlspeclint explain labels.cost_e", "mlspeclint explain labels.cost_each "),
            ("mlspeclint check ml", "mlspeclint check ml-project.yaml "),
            ("mlspeclint cost pl", None),
            ("mlspeclint cost plans/", "mlspeclint cost plans/b.ml-project.yaml "),
            ("mlspeclint check not", "mlspeclint check notes.txt "),
            ("mlspeclint check -o not", "mlspeclint check -o notes.txt "),
        ):
            shown = completed(terminal, typed)
            assert shown.startswith(typed) if line is None else shown == line, (typed, shown)

    def test_hostile_names_run_nothing(self, shell: str, opened: OPENED, folder: Path) -> None:
        for name in HOSTILE:
            (folder / name).write_text("mlspec: 1\n")
        terminal = opened(shell)
        # Whatever is offered, and what is said of the only one.
        terminal.send("mlspeclint check \t\t\x18", "<<.*>>")
        terminal.send("\x15", "")
        for start, index in (("my", 0), ("it", 1), ("'`", 2), ("';", 3), ("k=v:", 7), ("üb", 12)):
            line = f"mlspeclint check -f json -o out.json {start}\t; echo DO''NE\n"
            came = terminal.send(line, "DONE")
            assert (folder / "out.json").exists(), (start, came)
            report = json.loads((folder / "out.json").read_text(encoding="utf-8"))
            assert {each["file"] for each in report["findings"]} == {HOSTILE[index]}
            (folder / "out.json").unlink()
        assert not (folder / "pwned").exists()


def test_bash_lists_folders_with_one_slash(opened: OPENED) -> None:
    terminal = opened("bash")
    came = terminal.send("mlspeclint cost \t\t\x18", "<<.*>>")
    assert "plans/" in came
    assert "//" not in came
