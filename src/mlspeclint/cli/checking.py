"""What `mlspeclint check` does once its options are read: inputs, run, reports, exit status."""

from __future__ import annotations

import os
import sys

from mlspeclint.cli import OTHER_COMMANDS
from mlspeclint.cli.configured import Configured
from mlspeclint.cli.options import SERVICE_FORMATS, STDIN
from mlspeclint.cli.output import fail, notice, style_for, write
from mlspeclint.document.limits import MAX_BYTES
from mlspeclint.engine.check import check_file
from mlspeclint.engine.finding import FileReport, Run
from mlspeclint.engine.next_facts import next_facts
from mlspeclint.engine.settings import UnknownRule
from mlspeclint.rules.rule import SEVERITIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mlspeclint.engine.settings import Settings
    from mlspeclint.report.style import Style

ERROR, NO_SPEC = 2, 3
MOST_TRIED = 5
"""Missing facts that are tried to find the one that decides most."""


class UsageProblem(Exception):
    """Options that do not go together. Raised before anything is read or written."""


def check(
    *,
    paths: tuple[str, ...],
    select: tuple[str, ...],
    extend_select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str | None,
    formats: tuple[str, ...],
    outputs: tuple[str, ...],
    evidence: bool,
    undecided: bool,
    today: date | None,
    no_waivers: bool,
    baseline: str | None,
    write_baseline: bool,
    since: str | None,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    statistics: bool,
    stdin_filename: str,
    force_exclude: bool,
    allow_empty: bool,
    quiet: bool,
    verbose: bool,
    colour: str,
) -> int:
    """Check and report; returns the exit status. Raises `UsageProblem`."""
    if diff and (formats or outputs or write_baseline):
        raise UsageProblem("--diff shows changes, and no report: it goes with none of its options")
    fixing = None
    if fix or diff:
        if "-" in paths and len(set(paths)) > 1:
            raise UsageProblem("fixes of standard input go to the output: name no other path")
        from mlspeclint.cli.fixing import Fixing

        fixing = Fixing(unsafe=unsafe_fixes, only_shown=diff, stdin="-" in paths)
    formats = formats or ("full",)
    if not len(formats) - 1 <= len(outputs) <= len(formats):
        raise UsageProblem("every format but the last needs an --output-file of its own")
    if quiet and verbose:
        raise UsageProblem("--quiet and --verbose contradict each other")
    if since is not None and write_baseline:
        raise UsageProblem("--write-baseline writes all findings, and --since leaves some out")
    if since is not None and "-" in paths and stdin_filename == STDIN:
        raise UsageProblem("--since needs to know which file standard input is: --stdin-filename")
    beside = None
    if evidence:
        from mlspeclint.engine.dependencies import Evidence

        beside = Evidence()
    configured = Configured(
        fail_on=fail_on,
        select=select,
        extend_select=extend_select,
        ignore=ignore,
        today=today,
        no_waivers=no_waivers,
        flips=any(name != "concise" for name in formats),
        evidence=beside,
    )
    inputs = _Inputs(configured, stdin_filename, force_exclude)
    try:
        # All settings are there before anything is read: what is wrong with the options is told at once.
        named = list(inputs.of(paths))
        idle = (named[0][1] if named else configured.plain).idle
    except UnknownRule as error:
        raise UsageProblem(str(error)) from None
    if idle:
        notice(f"{', '.join(sorted(idle))} is looked for with --evidence only")
    run = Run([])
    checked: list[tuple[FileReport, bytes, Settings]] = []
    for path, settings in named:
        name, data = inputs.read(path)
        if fixing is not None:
            data = fixing.fixed(name, data, settings)
        if diff:
            run.files.append(FileReport(name))
            continue
        report = check_file(data, name, settings)
        # Of many files only those with findings are summed up one by one.
        if "full" in formats and (undecided or report.findings or not run.files):
            # Whoever checks one file waits a millisecond for the best advice; of hundreds they add up.
            tried = 0 if run.files else MOST_TRIED
            report.next_facts = next_facts(report, None if undecided else tried)
        if verbose:
            from mlspeclint.cli.verbose import told

            for text in told(report, settings, configured.of(name)):
                notice(text)
        # Specs are large, and there may be thousands.
        report.specs.clear()
        run.files.append(report)
        if since is not None:
            checked.append((report, data, settings))
    for path in inputs.left_out if verbose else ():
        notice(f"{path}: left out by `exclude`")
    for text in beside.notices if beside else ():
        notice(text)
    if not run.files:
        if fixing is not None:
            fixing.let_through()
        # A hook names files, and has nothing to do where all of them are left out.
        if allow_empty or inputs.forced_out:
            return 0
        left_out = f" ({len(inputs.left_out)} left out by `exclude`)" if inputs.left_out else ""
        notice(f"no spec found{left_out}: a spec is called ml-project.yaml or NAME.ml-project.yaml")
        return NO_SPEC
    if fixing is not None:
        fixing.tell()
        if diff:
            return int(fixing.count > 0)
    if baseline is not None or write_baseline:
        from mlspeclint.cli.adoption import with_baseline

        with_baseline(run, baseline, write_baseline)
    if since is not None:
        from mlspeclint.cli.adoption import with_revision

        with_revision(run, checked, since, paths or (".",), configured)
    for index, name in enumerate(formats):
        to_file = index < len(outputs)
        style = style_for("never" if to_file else colour, to_file)
        text = _rendered(run, name, style, undecided, quiet, statistics)
        if to_file:
            write_file(outputs[index], text)
        elif fixing is not None and fixing.stdin:
            sys.stderr.write(text)
        else:
            write(text)
    if fixing is not None and fixing.failed:
        return ERROR
    return 0 if write_baseline else _status(run, configured)


class _Inputs:
    """What is to be checked. `left_out` is what a configuration excludes; `forced_out` counts what of that
    was named, and is left out because of `--force-exclude`."""

    def __init__(self, configured: Configured, stdin_filename: str, force_exclude: bool) -> None:
        self.configured = configured
        self.stdin_filename = stdin_filename
        self.force_exclude = force_exclude
        self.left_out: list[str] = []
        self.forced_out = 0

    def of(self, paths: tuple[str, ...]) -> Iterator[tuple[str, Settings]]:
        """The files with their settings. Raises `UnknownRule`.

        What is named twice, or lies in a folder that is named too, is checked once.
        """
        seen = set()
        for path, discovered in _files(paths or (".",)):
            real = os.path.realpath(path)
            if real in seen:
                continue
            seen.add(real)
            name = self.stdin_filename if path == "-" else path
            if (discovered or self.force_exclude) and self.configured.excludes(name):
                self.left_out.append(path)
                self.forced_out += not discovered
            else:
                yield path, self.configured.settings(name)

    def read(self, path: str) -> tuple[str, bytes]:
        """The name and the bytes of a file; of one too large, enough to see that."""
        if path == "-":
            return self.stdin_filename, sys.stdin.buffer.read(MAX_BYTES + 1)
        return path, read_file(path, ("check", *OTHER_COMMANDS))


def _files(paths: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    """The files, and whether each was discovered in a folder."""
    for path in paths:
        if path != "-" and os.path.isdir(path):  # noqa: PTH112 - pathlib costs start-up time
            from mlspeclint.engine.discovery import specs_below

            for spec in specs_below(path):
                yield spec, True
        else:
            yield path, False


def read_file(path: str, commands: tuple[str, ...] = ()) -> bytes:
    """The bytes of a file, of one too large enough to see that. Ends the run if it cannot be read.

    One of `commands` may have been meant by what is no file.
    """
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib costs start-up time
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        hint = ""
        if isinstance(error, FileNotFoundError):
            from mlspeclint.cli.missing import meant

            hint = meant(path, commands)
        fail(f"cannot read {path}: {getattr(error, 'strerror', None) or error}{hint}")


def _rendered(
    run: Run, name: str, style: Style, undecided: bool, quiet: bool, statistics: bool
) -> str:
    if name == "full":
        from mlspeclint.report.full import render

        text = render(run, style, undecided=undecided, quiet=quiet)
    elif name == "concise":
        from mlspeclint.report.concise import render as render_concise

        text = render_concise(run, style)
    elif name in SERVICE_FORMATS:
        from importlib import import_module

        report = import_module(f"mlspeclint.report.{name.replace('-', '_')}")
        return style.fit(report.render(run))
    else:
        from mlspeclint.report import json

        return json.render(run) if name == "json" else json.render_lines(run)
    if statistics:
        from mlspeclint.report.statistics import render as render_statistics

        text += render_statistics(run, style)
    return text


def write_file(path: str, text: str) -> None:
    """Write a report to a file. Ends the run if that cannot be."""
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123
            file.write(text)
    except OSError as error:
        fail(f"cannot write {path}: {error.strerror}")


def _status(run: Run, configured: Configured) -> int:
    """1 if a file has findings that count and are as bad as its configuration or the command line says."""
    for file in run.files:
        fail_on = configured.fail_on(file.file)
        bad = () if fail_on == "never" else SEVERITIES[SEVERITIES.index(fail_on) :]
        if any(each.severity in bad and each.waived is None for each in file.findings):
            return 1
    return 0
