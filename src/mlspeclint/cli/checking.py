"""What `mlspeclint check` does once its options are read: inputs, run, reports, exit status."""

from __future__ import annotations

from mlspeclint.cli.configured import Configured
from mlspeclint.cli.inputs import InputProblem, Inputs
from mlspeclint.cli.options import STDIN
from mlspeclint.cli.output import fail, notice
from mlspeclint.cli.reports import write_reports
from mlspeclint.engine.check import check_file
from mlspeclint.engine.finding import FileReport, Run
from mlspeclint.engine.next_facts import next_facts
from mlspeclint.engine.settings import UnknownRule
from mlspeclint.rules.rule import SEVERITIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from typing import Any

    from mlspeclint.cli.fixing import Fixing
    from mlspeclint.engine.dependencies import Evidence
    from mlspeclint.engine.settings import Settings

ERROR, NO_SPEC = 2, 3
MOST_TRIED = 5
"""Missing facts that are tried to find the one that decides most."""
FEWEST_SHARED = 100
"""Files from which on processes share the work: to import and start what that takes costs as much as
some tens of files."""


class UsageProblem(Exception):
    """Options that do not go together. Raised before anything is read or written."""


class Asked:
    """What a call asks for: the value of every option of `CHECK`, by its name there, and the paths."""

    paths: tuple[str, ...]
    select: tuple[str, ...]
    extend_select: tuple[str, ...]
    ignore: tuple[str, ...]
    evidence: bool
    today: date | None
    no_waivers: bool
    baseline: str | None
    write_baseline: bool
    since: str | None
    fail_on: str | None
    allow_empty: bool
    fix: bool
    unsafe_fixes: bool
    diff: bool
    formats: tuple[str, ...]
    outputs: tuple[str, ...]
    undecided: bool
    statistics: bool
    quiet: bool
    verbose: bool
    colour: str
    force_exclude: bool
    stdin_filename: str

    def __init__(self, given: dict[str, Any]) -> None:
        vars(self).update(given)
        self._refuse_contradictions()
        self.formats = self.formats or ("full",)

    def _refuse_contradictions(self) -> None:
        """Raise `UsageProblem` for options that do not go together."""
        if self.diff and (self.formats or self.outputs or self.write_baseline):
            raise UsageProblem(
                "--diff shows changes, and no report: it goes with none of its options"
            )
        formats = max(1, len(self.formats))
        if len(self.outputs) not in (formats - 1, formats):
            raise UsageProblem("every format but the last needs an --output-file of its own")
        if self.quiet and self.verbose:
            raise UsageProblem("--quiet and --verbose contradict each other")
        if self.since is not None and self.write_baseline:
            raise UsageProblem("--write-baseline writes all findings, and --since leaves some out")
        if self.since is not None and "-" in self.paths and self.stdin_filename == STDIN:
            raise UsageProblem(
                "--since needs to know which file standard input is: --stdin-filename"
            )
        if (self.fix or self.diff) and "-" in self.paths and len(set(self.paths)) > 1:
            raise UsageProblem("fixes of standard input go to the output: name no other path")


def check(**given: Any) -> int:
    """Check and report; returns the exit status. `given` is what `Asked` has. Raises `UsageProblem`."""
    asked = Asked(given)
    files = _Files(asked)
    try:
        run = Run(list(files.reports()))
    except InputProblem as problem:
        fail(str(problem))
    files.tell()
    fixing = files.fixing
    if not run.files:
        return files.none()
    if fixing is not None:
        fixing.tell()
        if asked.diff:
            return int(fixing.count > 0)
    if asked.baseline is not None or asked.write_baseline:
        from mlspeclint.cli.adoption import with_baseline

        with_baseline(run, asked.baseline, asked.write_baseline)
    if asked.since is not None:
        from mlspeclint.cli.adoption import with_revision

        with_revision(run, files.checked, asked.since, asked.paths or (".",), files.configured)
    write_reports(
        run,
        asked.formats,
        asked.outputs,
        colour=asked.colour,
        undecided=asked.undecided,
        quiet=asked.quiet,
        statistics=asked.statistics,
        to_error=fixing is not None and fixing.stdin,
    )
    if fixing is not None and fixing.failed:
        return ERROR
    return 0 if asked.write_baseline else _status(run, files.configured)


class _Files:
    """The files of a call on their way to their reports.

    Making one settles what is read and by which settings, so that what is wrong with the options is told
    before anything is read. Raises `UsageProblem`. `checked` is what `--since` compares.
    """

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.fixing = _fixing(asked) if asked.fix or asked.diff else None
        self.evidence = _evidence() if asked.evidence else None
        self.configured = Configured(
            fail_on=asked.fail_on,
            select=asked.select,
            extend_select=asked.extend_select,
            ignore=asked.ignore,
            today=asked.today,
            no_waivers=asked.no_waivers,
            flips=any(name != "concise" for name in asked.formats),
            evidence=self.evidence,
        )
        self.inputs = Inputs(self.configured, asked.stdin_filename, asked.force_exclude)
        self.checked: list[tuple[FileReport, bytes, Settings]] = []
        try:
            self.named = list(self.inputs.of(asked.paths))
            settings = self.named[0][1] if self.named else self.configured.plain
        except UnknownRule as error:
            raise UsageProblem(str(error)) from None
        if settings.idle:
            notice(f"{', '.join(sorted(settings.idle))} is looked for with --evidence only")

    def reports(self) -> Iterable[FileReport]:
        """The reports of all files, in order; of many, made by several processes. Raises `InputProblem`."""
        number = len(self.named)
        # What keeps something from file to file, or tells it on the way, is done here and in order.
        alone = self.fixing or self.evidence or self.asked.verbose or self.asked.since is not None
        if number >= FEWEST_SHARED and not alone:
            from mlspeclint.engine.parallel import in_parallel, processors

            if (processes := processors()) > 1:
                return in_parallel(
                    self._report, [settings for _, settings in self.named], processes
                )
        return map(self._report, range(number))

    def _report(self, index: int) -> FileReport:
        """Check the file of that number."""
        asked = self.asked
        path, settings = self.named[index]
        name, data = self.inputs.read(path)
        if self.fixing is not None:
            data = self.fixing.fixed(name, data, settings)
        if asked.diff:
            return FileReport(name)
        report = check_file(data, name, settings)
        # Of many files only those with findings are summed up one by one.
        if "full" in asked.formats and (asked.undecided or report.findings or index == 0):
            # Whoever checks one file waits a millisecond for the best advice; of hundreds they add up.
            tried = MOST_TRIED if index == 0 else 0
            report.next_facts = next_facts(report, None if asked.undecided else tried)
        if asked.verbose:
            from mlspeclint.cli.verbose import told

            for text in told(report, settings, self.configured.of(name)):
                notice(text)
        # Specs are large, and there may be thousands.
        report.specs.clear()
        if asked.since is not None:
            self.checked.append((report, data, settings))
        return report

    def tell(self) -> None:
        """Say what was left out, and what could not be read beside the specs."""
        for path in self.inputs.left_out if self.asked.verbose else ():
            notice(f"{path}: left out by `exclude`")
        for text in self.evidence.notices if self.evidence else ():
            notice(text)

    def none(self) -> int:
        """Say that there was nothing to check; the exit status."""
        if self.fixing is not None:
            self.fixing.let_through()
        # A hook names files, and has nothing to do where all of them are left out.
        if self.asked.allow_empty or self.inputs.forced_out:
            return 0
        number = len(self.inputs.left_out)
        left_out = f" ({number} left out by `exclude`)" if number else ""
        hint = "" if number else " (mlspeclint init writes one)"
        notice(
            f"no spec found{left_out}: a spec is called ml-project.yaml or NAME.ml-project.yaml{hint}"
        )
        return NO_SPEC


def _fixing(asked: Asked) -> Fixing:
    from mlspeclint.cli.fixing import Fixing

    return Fixing(unsafe=asked.unsafe_fixes, only_shown=asked.diff, stdin="-" in asked.paths)


def _evidence() -> Evidence:
    from mlspeclint.engine.dependencies import Evidence

    return Evidence()


def _status(run: Run, configured: Configured) -> int:
    """1 if a file has findings that count and are as bad as its configuration or the command line says."""
    for file in run.files:
        fail_on = configured.fail_on(file.file)
        bad = () if fail_on == "never" else SEVERITIES[SEVERITIES.index(fail_on) :]
        if any(each.severity in bad and each.waived is None for each in file.findings):
            return 1
    return 0
