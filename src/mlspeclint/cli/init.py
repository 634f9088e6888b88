"""`mlspeclint init`: write a commented starter spec."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlspeclint.cli import INTERRUPTED
from mlspeclint.cli.output import fail, notice, write
from mlspeclint.cli.parameters import Choice
from mlspeclint.report.pages import fields

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from mlspeclint.engine.surroundings import Surroundings
    from mlspeclint.report.starter import Answers

NAMES = ("ml-project.yaml", "ml-project.yml")
FIELDS = dict(fields())
TYPES, MODALITIES, FAMILIES, TRAININGS, STAGES = (
    tuple(FIELDS[path]["enum"])
    for path in (
        "task.type",
        "task.modality",
        "approach.family",
        "approach.training",
        "project.stage",
    )
)


def slug(value: str) -> str:
    """The name of a project. Raises `click.BadParameter`, which asks again where there is a terminal."""
    if value == "unknown" or not re.search(FIELDS["project.name"]["pattern"], value):
        from mlspeclint.spec.suggest import slug_suggestion

        hint = slug_suggestion(value)
        raise click.BadParameter(
            "a name has lower case letters, digits and hyphens, at most 64, and is not unknown"
            + (f": {hint}" if hint else "")
        )
    return value


def _name(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    return None if value is None else slug(value)


def _choice(flag: str, options: tuple[str, ...], help: str) -> Callable[..., Any]:
    return click.option(flag, type=Choice(options), metavar=flag[2:].upper(), help=help)


@click.command(name="init")
@click.argument("path", default=".", type=click.Path())
@click.option("--name", callback=_name, metavar="NAME", help="The project's name.")
@_choice("--type", TYPES, "What the model does: classification, regression, ... [unknown]")
@_choice("--modality", MODALITIES, "The kind of data: tabular, text, image, ... [unknown]")
@_choice("--family", FAMILIES, f"The approach: {', '.join(FAMILIES)}.")
@_choice(
    "--training", TRAININGS, "How a network is trained: from_scratch, fine_tuning, ... [unknown]"
)
@_choice("--stage", STAGES, "How far the project is: idea, proposal, pilot, ... [idea]")
@click.option(
    "-y", "--yes", is_flag=True, help="Ask nothing: take what is found, and the defaults."
)
@click.option("--force", is_flag=True, help="Overwrite the file.")
def command(
    path: str,
    name: str | None,
    type: str | None,
    modality: str | None,
    family: str | None,
    training: str | None,
    stage: str | None,
    yes: bool,
    force: bool,
) -> None:
    """Write a commented starter spec: ml-project.yaml in a folder (here), a file of another name, or - to
    print it.

    On a terminal it asks what no option tells. Suggested are the name of the package or the folder, and
    deep learning where the repository depends on a framework for it. The rows of data files are counted
    where that is cheap. Nothing outside the repository is read.

    \b
    Examples:
      mlspeclint init                              # asks on a terminal
      mlspeclint init --yes --type classification  # asks nothing
      mlspeclint init plans/churn.ml-project.yaml  # under another name
      mlspeclint init - --yes                      # prints it
    """
    if training is not None and family not in (None, "deep_learning"):
        raise click.UsageError(f"--training is about deep learning, and --family is {family}")
    target = None if path == "-" else _target(path)
    if target is not None and os.path.lexists(target) and not force:
        fail(f"{target} exists (--force overwrites it)")

    from mlspeclint.engine.surroundings import Surroundings
    from mlspeclint.report.starter import render

    given = {"name": name, "type": type, "modality": modality, "family": family}
    given |= {"training": training, "stage": stage}
    found = Surroundings(target or NAMES[0])
    text = render(_answers(given, found, yes), found)
    if target is None:
        write(text)
    else:
        _save(Path(target), text)
        from shlex import quote

        notice(f"wrote {target}; what it says of the plan so far: mlspeclint check {quote(target)}")


def _target(path: str) -> str:
    """The file that is to be written: a spec in a folder, or the file that is named."""
    if Path(path).is_dir():
        here = [Path(path) / name for name in NAMES]
        return str(next((each for each in here if os.path.lexists(each)), here[0]))
    if not path.endswith((".yaml", ".yml")):
        fail(f"{path} is neither a folder nor the name of a .yaml file")
    if not Path(path).parent.is_dir():
        fail(f"cannot write {path}: there is no folder {Path(path).parent}")
    return path


def _answers(given: dict[str, str | None], found: Surroundings, yes: bool) -> Answers:
    """What the options tell, what is asked, and the defaults."""
    from mlspeclint.report.starter import Answers

    guessed = bool(found.frameworks)
    if given["training"]:
        given["family"] = "deep_learning"
    family = "deep_learning" if guessed else "classical_ml"
    questions: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
        ("name", "Name of the project", (), found.name),
        ("type", "What the model does", TYPES, "unknown"),
        ("modality", "Kind of data", MODALITIES, "unknown"),
        ("family", f"Approach{_seen(found)}", FAMILIES, family),
        ("training", "How the network is trained", TRAININGS, "unknown"),
        ("stage", "How far the project is", STAGES, "idea"),
    )
    told: dict[str, str | None] = {}
    for key, question, options, default in questions:
        if key == "training" and told["family"] != "deep_learning":
            told[key] = None
        else:
            told[key] = given[key] or (default if yes else _asked(key, question, options, default))
    by_guess = guessed and yes and given["family"] is None
    return Answers(**told, guessed=by_guess)  # type: ignore[arg-type]  # only training may be None


def _seen(found: Surroundings) -> str:
    return f" (found: {found.frameworks[0].name})" if found.frameworks else ""


def _asked(key: str, question: str, options: tuple[str, ...], default: str) -> str:
    """The answer of the person at the terminal. Ends the run where there is none."""
    # A stream that the caller has closed is None.
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr)):
        fail(f"--{key} is not given, and there is no terminal to ask at (--yes takes the defaults)")
    kind: dict[str, Any] = {"type": Choice(options)} if options else {"value_proc": slug}
    try:
        # Standard output may take the spec.
        answer: str = click.prompt(question, default=default, err=True, **kind)
    except click.Abort:
        click.echo(err=True)
        notice("stopped, and nothing was written")
        sys.exit(INTERRUPTED)
    return answer


def _save(target: Path, text: str) -> None:
    """Write the file whole or not at all; a link is replaced and not followed."""
    from mlspeclint.engine.atomic import replace

    try:
        replace(str(target), text.encode())
    except OSError as error:
        fail(f"cannot write {target}: {error.strerror}")
