"""The command as a process of its own: pipes that close, disks that are full, consoles of all kinds."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from ..running import CONSOLE_SCRIPT, EXAMPLES, ROOT, TODAY, run, run_process

ERROR = EXAMPLES / "chest-x-rays.ml-project.yaml"
COMMAND = [sys.executable, "-c", CONSOLE_SCRIPT, "check", str(ERROR), "--today", TODAY]


def test_says_the_same_as_in_the_tests_process() -> None:
    arguments = ("check", ERROR, "--today", TODAY, "-f", "full")
    here, there = run(*arguments), run_process(*arguments)
    assert (here.status, here.out, here.err) == (there.status, there.out, there.err)


def test_the_entry_point_is_what_the_tests_run() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"mlspeclint": "mlspeclint.cli:main"}


@pytest.mark.parametrize("output", ["full", "json"])
def test_a_reader_that_goes_away(output: str) -> None:
    started = subprocess.Popen(
        [*COMMAND, *map(str, sorted(EXAMPLES.glob("*.yaml"))), "-f", output],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert started.stdout is not None
    assert started.stderr is not None
    started.stdout.close()
    err = started.stderr.read()
    started.stderr.close()
    assert (started.wait(60), err) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(COMMAND, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr.decode() == "mlspeclint: cannot write the report: No space left on device\n"


@pytest.mark.skipif(os.name != "posix", reason="a shell closes it")
@pytest.mark.parametrize("options", [(), ("--diff",), ("--fix", "-")])
def test_no_output_at_all(options: tuple[str, ...]) -> None:
    command = COMMAND[:4] if "-" in options else COMMAND
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" >&-', "sh", *command, *options],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    assert done.stderr == b"mlspeclint: there is no standard output to write to\n"
    assert done.returncode == 2


@pytest.mark.skipif(os.name != "posix", reason="a shell closes it")
def test_no_input_at_all() -> None:
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" <&-', "sh", *COMMAND[:4], "-"], capture_output=True, check=False
    )
    assert done.stderr == b"mlspeclint: there is no standard input to read\n"
    assert done.returncode == 2


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437", "utf-8", "utf8", "utf-16"])
def test_consoles(encoding: str) -> None:
    ran = run_process("check", ERROR, "--today", TODAY, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert (ran.status, ran.err) == (1, "")
    assert "error[LBL301]" in ran.out
    assert ("┌─" in ran.out) == encoding.startswith(("utf", "cp437"))


def test_without_a_locale() -> None:
    ran = run_process("check", ERROR, "--today", TODAY, LC_ALL="C", PYTHONUTF8="0", LANG="")
    assert (ran.status, ran.err) == (1, "")
    assert "error[LBL301]" in ran.out


def test_names_of_files_that_are_not_utf_8(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    try:
        with open(folder + b"/\xff.ml-project.yaml", "wb") as file:  # noqa: PTH123
            file.write(b"mlspec: 1\n")
    except OSError:
        pytest.skip("this file system takes no such names")
    for output in ("full", "concise", "json", "jsonl"):
        ran = run_process("check", tmp_path, "-f", output)
        assert (ran.status, ran.err) == (1, "")
        assert "SPC005" in ran.out


def test_help_names_every_command() -> None:
    ran = run_process("--help")
    assert ran.status == 0
    assert all(name in ran.out for name in ("check", "explain", "rules", "schema"))
    ran = run_process("check", "--help")
    assert ran.status == 0
    assert all(option in ran.out for option in ("--select", "--fail-on", "--today", "3  no spec"))


def test_version() -> None:
    from mlspeclint import __version__

    ran = run_process("--version")
    assert (ran.status, ran.out) == (0, f"mlspeclint, version {__version__}\n")


def test_an_interrupt_is_no_traceback() -> None:
    started = subprocess.Popen(
        [*COMMAND, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert started.stdin is not None
    # It waits for its standard input by now, or soon will.
    started.stdin.write(b"mlspec: 1\n" * 10_000)
    started.stdin.flush()
    started.send_signal(2)
    _, err = started.communicate(timeout=60)
    assert b"Traceback" not in err
    assert started.returncode == 130


def test_a_bug_is_told_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    import mlspeclint.cli.checking

    def broken(*_: object) -> None:
        raise ZeroDivisionError("a \x1b[31mbug")

    monkeypatch.setattr(mlspeclint.cli.checking, "check_file", broken)
    ran = run("check", ERROR)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("mlspeclint: internal error, please report it: ZeroDivisionError(")
    assert ran.err.count("\n") == 1
    with pytest.raises(ZeroDivisionError):
        run("check", ERROR, MLSPECLINT_TRACEBACK="1")
