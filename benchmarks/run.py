"""Times whole processes of `mlspeclint check` beside `python -c pass`, yamllint and check-jsonschema.

    python benchmarks/run.py            the whole benchmark, some minutes; status 1 where a target is missed
    python benchmarks/run.py --quick    fewer rounds and 100 files: a first idea
    python benchmarks/run.py --venv V   the tools that are installed in V, instead of a fresh installation

It needs Python and pip, and installs this working copy with the other tools into a virtual environment of its
own (`.[bench]`, not editable). Everything is compiled to bytecode first, and PYTHONDONTWRITEBYTECODE is
unset: otherwise every start compiles the sources again. Console scripts are timed, as users call them.

Machines differ and drift, so the commands take turns, and what counts are ratios: the median of the ratios
within a round. check-jsonschema validates against our published schema. The specs are those of
`benchmarks/specs/`, one without and one with findings, and for the throughput copies of both with other names
and numbers. The targets of throughput are for 1,000 files: in the few of `--quick`, start-up weighs too much.
From a hundred files on mlspeclint shares the work among the processors (on Linux); the others do not.

The memory is the largest resident set (ru_maxrss) of a process; Linux and macOS only.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
SPECS = ROOT / "benchmarks" / "specs"
SCHEMA = ROOT / "schemas" / "ml-project.v1.schema.json"
TEMPLATES = ("clean", "findings")

# What a copy of a spec multiplies: together, so that the relations between the numbers stay as they are.
COUNTS = re.compile(r"(?m)^( +(?:examples|labelled|required|smallest_class|groups): )(\d+)$")

# Without site-packages and in its own process: ru_maxrss of a child starts at the size of its parent.
PEAK = """
import os, sys
out = os.open(os.devnull, os.O_WRONLY)
actions = [(os.POSIX_SPAWN_DUP2, out, 1)]
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=actions)
print(os.wait4(child, 0)[2].ru_maxrss)
"""

# A plain start, but for the C parser: as where there is no wheel of ruamel.yaml.clib.
PURE = "import sys; sys.modules['_ruamel_yaml'] = None; from mlspeclint.cli import main; main()"


class Tools:
    """The commands that are compared, as installed in one virtual environment."""

    def __init__(self, folder: Path) -> None:
        self.python = str(folder / "bin" / "python")
        self.mlspeclint = [str(folder / "bin" / "mlspeclint"), "check"]
        self.pure = [self.python, "-c", PURE, "check"]
        self.yamllint = [str(folder / "bin" / "yamllint")]
        self.check_jsonschema = [
            str(folder / "bin" / "check-jsonschema"),
            "--schemafile",
            str(SCHEMA),
        ]


class Series:
    """The seconds that commands took, round by round."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}

    def take(self, name: str, seconds: float) -> None:
        """Note one run."""
        self.seconds.setdefault(name, []).append(seconds)

    def ratio(self, name: str, other: str) -> float:
        """How many times as long one took as the other: the median over the rounds."""
        pairs = zip(self.seconds[name], self.seconds[other], strict=True)
        return median(one / two for one, two in pairs)

    def show(self, title: str, unit: str, base: str) -> None:
        """Print the medians, and their ratios to one of the commands."""
        scale = 1000 if unit == "ms" else 1
        print(f"\n{title}")
        print(f"  {'':<34}{'median ' + unit:>12}{'lowest':>10}{'ratio':>9}")
        for name, seconds in self.seconds.items():
            row = f"  {name:<34}{median(seconds) * scale:>12.1f}{min(seconds) * scale:>10.1f}"
            print(f"{row}{self.ratio(name, base):>9.2f}")


def varied(text: str, index: int) -> str:
    """A copy of a spec with a name of its own and other numbers, in the same relations."""
    factor = 1 + index % 97 / 200
    text = re.sub(r"(?m)^(  name: [a-z-]+)$", rf"\1-{index}", text, count=1)
    return COUNTS.sub(lambda count: f"{count[1]}{round(int(count[2]) * factor)}", text)


def write_specs(folder: Path, number: int) -> dict[str, list[str]]:
    """Write so many specs of each template; their paths by the name of the template."""
    paths: dict[str, list[str]] = {}
    for name in TEMPLATES:
        text = (SPECS / f"{name}.ml-project.yaml").read_text(encoding="utf-8")
        for index in range(number):
            path = folder / f"{name}-{index}.ml-project.yaml"
            path.write_text(varied(text, index), encoding="utf-8")
            paths.setdefault(name, []).append(str(path))
    return paths


def run(command: Sequence[str], environment: dict[str, str], folder: Path) -> float:
    """The seconds that a process takes. Its output is thrown away; anything but 0 and 1 is an error."""
    start = perf_counter()
    process = subprocess.run(
        command,
        env=environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    seconds = perf_counter() - start
    if process.returncode not in (0, 1):
        sys.exit(f"{command[0]} ended with status {process.returncode}")
    return seconds


def peak(command: Sequence[str], tools: Tools, environment: dict[str, str], folder: Path) -> float:
    """The largest resident set of a process, in MB."""
    measured = subprocess.run(
        [tools.python, "-I", "-S", "-c", PEAK, *command],
        env=environment,
        cwd=folder,
        capture_output=True,
        check=True,
    )
    unit = 1 if sys.platform == "darwin" else 1024
    return int(measured.stdout) * unit / 1e6


@contextlib.contextmanager
def installed(folder: Path | None) -> Iterator[Tools]:
    """The tools in a virtual environment that exists, or in a new one that holds this working copy."""
    with tempfile.TemporaryDirectory(prefix="mlspeclint-bench-") as temporary:
        if folder is None:
            folder = Path(temporary)
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
            pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet"]
            subprocess.run([*pip, f"{ROOT}[bench]"], check=True)
        tools = Tools(folder.absolute())
        sources = [*map(str, folder.glob("lib/python*/site-packages")), str(ROOT / "src")]
        # No check: some packages ship files that are templates or for other versions of Python.
        subprocess.run([tools.python, "-m", "compileall", "-qq", *sources], check=False)
        yield tools


def cold(
    tools: Tools,
    environment: dict[str, str],
    folder: Path,
    specs: dict[str, list[str]],
    rounds: int,
) -> Series:
    """One spec, each command a process; the first round only warms up."""
    series = Series()
    for number in range(rounds + 1):
        runs = [("python -c pass", [tools.python, "-c", "pass"])]
        for kind, paths in specs.items():
            runs += [
                (f"mlspeclint, {kind}", [*tools.mlspeclint, paths[0]]),
                (f"yamllint, {kind}", [*tools.yamllint, paths[0]]),
                (f"check-jsonschema, {kind}", [*tools.check_jsonschema, paths[0]]),
                (f"mlspeclint, {kind}, no C parser", [*tools.pure, paths[0]]),
            ]
        for name, command in runs:
            seconds = run(command, environment, folder)
            if number:
                series.take(name, seconds)
    return series


def throughput(
    tools: Tools,
    environment: dict[str, str],
    folder: Path,
    specs: dict[str, list[str]],
    rounds: int,
) -> Series:
    """Many specs in one call: half of them with findings, then each half's kind alone."""
    half = len(specs["clean"]) // 2
    mixed = [path for paths in specs.values() for path in paths[:half]]
    series = Series()
    for _ in range(rounds):
        for name, command in (
            ("mlspeclint, mixed", [*tools.mlspeclint, *mixed]),
            ("yamllint, mixed", [*tools.yamllint, *mixed]),
            ("check-jsonschema, mixed", [*tools.check_jsonschema, *mixed]),
            ("mlspeclint, clean", [*tools.mlspeclint, *specs["clean"]]),
            ("mlspeclint, findings", [*tools.mlspeclint, *specs["findings"]]),
            ("mlspeclint, mixed, no C parser", [*tools.pure, *mixed]),
        ):
            series.take(name, run(command, environment, folder))
    return series


def judged(rows: Sequence[tuple[str, float, float]]) -> bool:
    """Print what was measured beside the targets; whether all are met."""
    print(f"\n  {'target':<52}{'measured':>10}{'at most':>9}")
    for name, measured, limit in rows:
        print(f"  {name:<52}{measured:>10.3f}{limit:>9}  {'ok' if measured <= limit else 'MISSED'}")
    return all(measured <= limit for _, measured, limit in rows)


def main() -> int:
    """Measure and print; 1 where a target is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="fewer rounds, 100 files")
    parser.add_argument("--venv", type=Path, help="measure the tools in this virtual environment")
    options = parser.parse_args()
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONPYCACHEPREFIX", "PYTHONSTARTUP"):
        os.environ.pop(name, None)
    environment = dict(os.environ)
    number, many_rounds, cold_rounds = (100, 1, 7) if options.quick else (1000, 3, 25)
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} processors")
    rows: list[tuple[str, float, float]] = []
    with installed(options.venv) as tools, tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        specs = write_specs(folder, number)

        one = cold(tools, environment, folder, specs, cold_rounds)
        one.show(f"one spec of 120 lines, {cold_rounds} rounds", "ms", "python -c pass")
        for kind in TEMPLATES:
            name = f"mlspeclint, {kind}"
            rows += [
                (f"{name} / yamllint", one.ratio(name, f"yamllint, {kind}"), 0.75),
                (f"{name} / check-jsonschema", one.ratio(name, f"check-jsonschema, {kind}"), 0.25),
                (f"{name} / python -c pass", one.ratio(name, "python -c pass"), 7),
            ]

        print("\nmemory for one spec, MB")
        for name, command in (
            ("python -c pass", [tools.python, "-c", "pass"]),
            *((f"mlspeclint, {kind}", [*tools.mlspeclint, specs[kind][0]]) for kind in TEMPLATES),
            ("mlspeclint, findings, no C parser", [*tools.pure, specs["findings"][0]]),
        ):
            megabytes = peak(command, tools, environment, folder)
            print(f"  {name:<34}{megabytes:>12.1f}")
            if name in ("mlspeclint, clean", "mlspeclint, findings"):
                rows.append((f"{name}, MB", megabytes, 40))

        many = throughput(tools, environment, folder, specs, many_rounds)
        title = f"{number} specs of 120 lines in one call, rounds: {many_rounds}"
        many.show(title, "s", "mlspeclint, mixed")
        for other in () if options.quick else ("yamllint", "check-jsonschema"):
            ratio = many.ratio("mlspeclint, mixed", f"{other}, mixed")
            rows.append((f"{number} specs: mlspeclint / {other}", ratio, 0.1))
    return 0 if judged(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
