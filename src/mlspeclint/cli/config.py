"""`mlspeclint config`: the settings in force, and where each is from."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from mlspeclint.cli.check import as_click
from mlspeclint.cli.configured import Configured
from mlspeclint.cli.options import CHECK
from mlspeclint.cli.output import fail, style_for, write
from mlspeclint.cli.parameters import Choice, Specs

if TYPE_CHECKING:
    from typing import Any

    from mlspeclint.report.configuration import InForce

SHOWN = ("select", "extend_select", "ignore", "fail_on")
"""The options of `check` that are settings, too."""


def _run(path: str, form: str, **given: Any) -> None:
    shown = _in_force(path, given)
    if form == "json":
        from json import dumps

        from mlspeclint.report.configuration import as_json

        write(dumps(as_json(shown), indent=2) + "\n")
    else:
        from mlspeclint.report.configuration import render

        write(render(shown, style_for("never")))


def _in_force(path: str, given: dict[str, Any]) -> InForce:
    from mlspeclint.engine.settings import UnknownRule
    from mlspeclint.policy.files import shown_path
    from mlspeclint.policy.in_force import by_stage, common
    from mlspeclint.report.configuration import InForce

    if not os.path.lexists(path):
        fail(f"there is no file or folder {path}")
    is_file = os.path.isfile(path)  # noqa: PTH113 - a string is what is joined and shown
    fail_on = given.pop("fail_on")
    configured = Configured(**given)
    configuration = configured.of(path)
    try:
        configured.settings(path)
    except UnknownRule as error:
        raise click.UsageError(str(error)) from None
    options = {name.replace("_", "-"): names for name, names in given.items() if names}
    if fail_on:
        options["fail-on"] = (fail_on,)
    return InForce(
        path,
        layers=configuration.layers if configuration else (),
        looked_at=[shown_path(each) for each in configured.looked_at],
        common=common(configuration, options),
        stages=by_stage(configuration, options),
        spec_stages=_stages(path, configured) if is_file else (),
        excluded=is_file and configured.excludes(path),
        left_out=configuration.ignored_at(path) if configuration and is_file else (),
    )


def _stages(path: str, configured: Configured) -> list[str]:
    """The stages of the projects in a spec, as far as it can be read."""
    from mlspeclint.cli.inputs import read_file
    from mlspeclint.engine.check import check_file
    from mlspeclint.policy.keys import DEFAULT_STAGE

    report = check_file(read_file(path), path, configured.settings(path))
    return [spec.project.stage.text or DEFAULT_STAGE for _, spec in report.specs]


command = click.Command(
    "config",
    callback=_run,
    params=[
        click.Argument(["path"], default=".", type=Specs()),
        click.Option(["form", "-f", "--output-format"], type=Choice(["text", "json"]),
                     default="text", show_default=True, help="How to show them."),
        *(as_click(option) for option in CHECK if option.name in SHOWN),
    ],
    help="""Show the settings in force for a spec or a folder, and where each is from: a file and the key in
    it, the packs that led there, the command line, or the default.

    \b
    Examples:
      mlspeclint config                               # for the working folder
      mlspeclint config plans/                        # for the specs of a folder
      mlspeclint config ml-project.yaml -f json       # for a spec, for programs
      mlspeclint config --ignore HYP                  # with an option of check
    """,
)  # fmt: skip
