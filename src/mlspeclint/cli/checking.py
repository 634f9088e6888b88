"""What `mlspeclint check` does once its options are read: inputs, run, reports, exit status."""

from __future__ import annotations

from mlspeclint.cli.configured import Configured
from mlspeclint.cli.inputs import Inputs, Unreadable
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
    from collections.abc import Callable, Iterable
    from datetime import date

    from mlspeclint.cli.fixing import Fixing
    from mlspeclint.engine.settings import Settings

ERROR, NO_SPEC = 2, 3
MOST_TRIED = 5
"""Missing facts that are tried to find the one that decides most."""
FEWEST_SHARED = 100
"""Files from which on processes share the work: to import and start what that takes costs as much as
some tens of files."""


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
    formats = formats or ("full",)
    if not len(formats) - 1 <= len(outputs) <= len(formats):
        raise UsageProblem("every format but the last needs an --output-file of its own")
    if quiet and verbose:
        raise UsageProblem("--quiet and --verbose contradict each other")
    if since is not None and write_baseline:
        raise UsageProblem("--write-baseline writes all findings, and --since leaves some out")
    if since is not None and "-" in paths and stdin_filename == STDIN:
        raise UsageProblem("--since needs to know which file standard input is: --stdin-filename")
    fixing = _fixing(paths, unsafe_fixes, diff) if fix or diff else None
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
    inputs = Inputs(configured, stdin_filename, force_exclude)
    try:
        # All settings are there before anything is read: what is wrong with the options is told at once.
        named = list(inputs.of(paths))
        idle = (named[0][1] if named else configured.plain).idle
    except UnknownRule as error:
        raise UsageProblem(str(error)) from None
    if idle:
        notice(f"{', '.join(sorted(idle))} is looked for with --evidence only")
    checked: list[tuple[FileReport, bytes, Settings]] = []

    def report_of(index: int) -> FileReport:
        """Check the input of that number."""
        path, settings = named[index]
        name, data = inputs.read(path)
        if fixing is not None:
            data = fixing.fixed(name, data, settings)
        if diff:
            return FileReport(name)
        report = check_file(data, name, settings)
        # Of many files only those with findings are summed up one by one.
        if "full" in formats and (undecided or report.findings or index == 0):
            # Whoever checks one file waits a millisecond for the best advice; of hundreds they add up.
            tried = MOST_TRIED if index == 0 else 0
            report.next_facts = next_facts(report, None if undecided else tried)
        if verbose:
            from mlspeclint.cli.verbose import told

            for text in told(report, settings, configured.of(name)):
                notice(text)
        # Specs are large, and there may be thousands.
        report.specs.clear()
        if since is not None:
            checked.append((report, data, settings))
        return report

    # What keeps something from file to file, or tells it on the way, is done here and in order.
    alone = bool(fixing or verbose or beside or since is not None)
    try:
        run = Run(list(_reports(report_of, [settings for _, settings in named], alone)))
    except Unreadable as problem:
        fail(str(problem))
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
    write_reports(
        run,
        formats,
        outputs,
        colour=colour,
        undecided=undecided,
        quiet=quiet,
        statistics=statistics,
        to_error=fixing is not None and fixing.stdin,
    )
    if fixing is not None and fixing.failed:
        return ERROR
    return 0 if write_baseline else _status(run, configured)


def _fixing(paths: tuple[str, ...], unsafe: bool, only_shown: bool) -> Fixing:
    if "-" in paths and len(set(paths)) > 1:
        raise UsageProblem("fixes of standard input go to the output: name no other path")
    from mlspeclint.cli.fixing import Fixing

    return Fixing(unsafe=unsafe, only_shown=only_shown, stdin="-" in paths)


def _reports(
    report_of: Callable[[int], FileReport], settings: list[Settings], alone: bool
) -> Iterable[FileReport]:
    """The reports of all inputs, in order; of many, made by several processes unless `alone`."""
    number = len(settings)
    if not alone and number >= FEWEST_SHARED:
        from mlspeclint.engine.parallel import in_parallel, processors

        if (processes := processors()) > 1:
            return in_parallel(report_of, settings, processes)
    return map(report_of, range(number))


def _status(run: Run, configured: Configured) -> int:
    """1 if a file has findings that count and are as bad as its configuration or the command line says."""
    for file in run.files:
        fail_on = configured.fail_on(file.file)
        bad = () if fail_on == "never" else SEVERITIES[SEVERITIES.index(fail_on) :]
        if any(each.severity in bad and each.waived is None for each in file.findings):
            return 1
    return 0
