"""`mlspeclint check`: lint specs."""

from __future__ import annotations

import sys

import click

from mlspeclint.cli.output import fail, notice, style_for, write
from mlspeclint.document.limits import MAX_BYTES
from mlspeclint.engine.check import check_file
from mlspeclint.engine.finding import Run
from mlspeclint.engine.settings import Settings, UnknownRule
from mlspeclint.rules.rule import SEVERITIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mlspeclint.report.style import Style

FORMATS = ("full", "concise", "json", "jsonl")
NO_SPEC = 3


def _codes(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Codes, names and groups, separated by commas or by repeating the option."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def _date(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """A day in ISO 8601."""
    if value is None:
        return None
    from datetime import date

    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a day such as 2027-03-01") from None


@click.command(name="check")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--select", multiple=True, callback=_codes, metavar="RULES",
              help="Check only these rules: codes, names or groups, separated by commas.")
@click.option("--extend-select", multiple=True, callback=_codes, metavar="RULES",
              help="Check these as well.")
@click.option("--ignore", multiple=True, callback=_codes, metavar="RULES", help="Leave these out.")
@click.option("--fail-on", type=click.Choice([*reversed(SEVERITIES), "never"]), default="warning",
              show_default=True, help="The mildest finding for which the exit status is 1.")
@click.option("-f", "--output-format", "formats", multiple=True, type=click.Choice(FORMATS),
              metavar="FORMAT", help="full (the default), concise, json or jsonl. May be repeated.")
@click.option("-o", "--output-file", "outputs", multiple=True, type=click.Path(dir_okay=False),
              metavar="FILE", help="Write the format named before to a file, and not to the output.")
@click.option("--undecided", is_flag=True, help="List the rules that lack a fact, and which.")
@click.option("--today", callback=_date, metavar="DATE",
              help="Take this day for today, in plans and for waivers.")
@click.option("--no-waivers", is_flag=True, help="Report what waivers cover, too.")
@click.option("--statistics", is_flag=True, help="Count the findings by rule, and list the waivers.")
@click.option("--stdin-filename", default="<stdin>", metavar="NAME",
              help="What standard input (-) is called in the report.")
@click.option("--allow-empty", is_flag=True, help="Exit with 0 when there is no spec to check.")
@click.option("-q", "--quiet", is_flag=True, help="No summary.")
@click.option("--color", "colour", type=click.Choice(["auto", "always", "never"]), default="auto",
              show_default=True, help="Colours on the terminal.")
def command(
    paths: tuple[str, ...],
    select: tuple[str, ...],
    extend_select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    formats: tuple[str, ...],
    outputs: tuple[str, ...],
    undecided: bool,
    today: date | None,
    no_waivers: bool,
    statistics: bool,
    stdin_filename: str,
    allow_empty: bool,
    quiet: bool,
    colour: str,
) -> None:
    """Lint specs: files, folders (every spec below them), or - for standard input.

    Without a path, every ml-project.yaml, ml-project.yml and *.ml-project.yaml below the current folder is
    checked; what git ignores is left out.

    Exit status: 0 nothing to report at or above --fail-on, 1 findings, 2 an error of usage, 3 no spec found.
    """
    formats = formats or ("full",)
    if len(outputs) > len(formats) or len(formats) - len(outputs) > 1:
        raise click.UsageError("every format but one needs an --output-file of its own")
    try:
        settings = Settings(
            select=select,
            extend_select=extend_select,
            ignore=ignore,
            today=today,
            no_waivers=no_waivers,
            flips=any(name != "concise" for name in formats),
        )
    except UnknownRule as error:
        raise click.UsageError(str(error)) from None
    run = Run([check_file(data, name, settings) for name, data in _inputs(paths, stdin_filename)])
    if not run.files:
        if not allow_empty:
            notice("no spec found: a spec is called ml-project.yaml or NAME.ml-project.yaml")
        sys.exit(0 if allow_empty else NO_SPEC)
    for index, name in enumerate(formats):
        to_file = index < len(outputs)
        style = style_for("never" if to_file else colour)
        text = _rendered(run, name, style, undecided, quiet, statistics)
        if to_file:
            _write_file(outputs[index], text)
        else:
            write(text)
    sys.exit(_status(run, fail_on))


def _inputs(paths: tuple[str, ...], stdin_filename: str) -> Iterator[tuple[str, bytes]]:
    """The names and the bytes of what is to be checked."""
    for path in paths or (".",):
        if path == "-":
            yield stdin_filename, sys.stdin.buffer.read(MAX_BYTES + 1)
            continue
        try:
            with open(path, "rb") as file:  # noqa: PTH123 - pathlib costs start-up time
                yield path, file.read(MAX_BYTES + 1)
        except IsADirectoryError:
            yield from _below(path)
        except (OSError, ValueError) as error:
            fail(f"cannot read {path}: {getattr(error, 'strerror', None) or error}")


def _below(folder: str) -> Iterator[tuple[str, bytes]]:
    from mlspeclint.engine.discovery import specs_below

    for path in specs_below(folder):
        try:
            with open(path, "rb") as file:  # noqa: PTH123
                yield path, file.read(MAX_BYTES + 1)
        except OSError as error:
            fail(f"cannot read {path}: {error.strerror}")


def _rendered(
    run: Run, name: str, style: Style, undecided: bool, quiet: bool, statistics: bool
) -> str:
    if name == "full":
        from mlspeclint.report.full import render

        text = render(run, style, undecided=undecided, quiet=quiet)
    elif name == "concise":
        from mlspeclint.report.concise import render as render_concise

        text = render_concise(run, style)
    else:
        from mlspeclint.report import json

        return json.render(run) if name == "json" else json.render_lines(run)
    if statistics:
        from mlspeclint.report.statistics import render as render_statistics

        text += render_statistics(run, style)
    return text


def _write_file(path: str, text: str) -> None:
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123
            file.write(text)
    except OSError as error:
        fail(f"cannot write {path}: {error.strerror}")


def _status(run: Run, fail_on: str) -> int:
    if fail_on == "never":
        return 0
    floor = SEVERITIES.index(fail_on)
    return int(any(run.count(severity) for severity in SEVERITIES[floor:]))
