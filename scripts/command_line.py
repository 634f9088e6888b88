"""The reference of the command line, `docs/cli.md`, from the commands themselves."""

from __future__ import annotations

import re
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlspeclint.cli.help import ENVIRONMENT, option_groups
from mlspeclint.cli.options import FORMATS
from mlspeclint.cli.root import COMMANDS, REMINDER, root

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = Path(__file__).resolve().parent.parent / "docs"

HEAD = """\
# The command line

<!-- Written by scripts/generate.py, from the commands: change it there. -->

`mlspeclint` alone checks every spec below the current folder. Where no command is named, `check` is meant:
`mlspeclint FILE --select LBL` is `mlspeclint check FILE --select LBL`. `mlspeclint COMMAND --help` (or `-h`)
shows what stands here of a command. No command uses the network.
"""

FORMATS_END = """
Several in one run: each `--output-format` but the last needs an `--output-file` of its own, in this order;
without a file, the last goes to standard output. Whatever a spec holds is shown as text in all of them.
"""

STATUS = """\
## Exit status

| status | means |
|---|---|
| 0 | nothing at or above `--fail-on`; a command other than `check` has done what it was asked for |
| 1 | findings at or above `--fail-on`; a spec with mistakes that another command cannot work with |
| 2 | an error of usage, of the configuration or of the tool itself, which standard error tells |
| 3 | no spec was found (`--allow-empty` makes it 0) |
| 130 | stopped by Control-C |

Findings go to standard output, in the chosen format, and nothing else does. What the tool says of itself
goes to standard error.
"""

FILES = """\
## Files

| file | what it is |
|---|---|
| `ml-project.yaml`, `ml-project.yml`, `NAME.ml-project.yaml`, `NAME.ml-project.yml` | a spec, found below a \
folder unless git ignores it; a file that is named is read whatever its name |
| `.mlspeclint.toml`, `pyproject.toml` | the configuration of the specs beside it and below |
| `.mlspeclint-baseline.json` | what `--write-baseline` writes in the root of the repository, unless \
`--baseline` names another file |
"""

SEE_ALSO = {
    "check": ("ci.md", "configuration.md", "adoption.md", "fixes.md"),
    "config": ("configuration.md",),
    "explain": ("findings.md", "format.md"),
    "init": ("format.md",),
    "policy": ("policies.md", "configuration.md"),
    "rules": ("reasons.md",),
    "schema": ("format.md",),
}
"""Pages of `docs/` that tell more about a command, if they are there."""

CODE = re.compile(r"`[^`]+`")
NAMES = re.compile(r"(?<![\w`/-])(--?[a-z][a-z-]*|[\w*./-]*\.(?:yaml|yml|toml|json))(?![\w`-])")
"""What is set as code although the help cannot say so: options and names of files."""


def reference() -> str:
    """The whole text."""
    parts = [HEAD, _commands(), *_options_of(root)]
    for name in COMMANDS:
        parts += _pages(command(name, root), f"mlspeclint {name}")
    parts += [_formats(), STATUS, FILES, _environment()]
    return "\n".join(f"{part.strip()}\n" for part in parts if part.strip())


def command(name: str, group: click.Group) -> click.Command:
    """A command of a group. Raises KeyError if there is none."""
    found = group.get_command(click.Context(group), name)
    if found is None:
        raise KeyError(name)
    return found


def _commands() -> str:
    rows = (
        f"| [`{name}`](#mlspeclint-{name}) | {marked(about)} |" for name, about in COMMANDS.items()
    )
    return "\n".join(["| command | for |", "|---|---|", *rows])


def _pages(page: click.Command, called: str) -> Iterator[str]:
    """The page of a command, and of those below it."""
    context = _context(page, called)
    text, blocks = sections(page.help or "")
    more_text, more_blocks = sections((page.epilog or "").replace(REMINDER, ""))
    yield f"## `{called}`"
    yield text
    yield f"```text\n{' '.join([called, *page.collect_usage_pieces(context)])}\n```"
    yield from blocks
    yield from _options_of(page, called)
    yield from (*more_blocks, more_text)
    titles = {name: DOCS / name for name in SEE_ALSO.get(called.partition(" ")[2], ())}
    links = [f"[{title(path)}]({name})" for name, path in titles.items() if path.exists()]
    if links:
        yield f"See also: {', '.join(links)}."
    if isinstance(page, click.Group):
        for name in page.list_commands(context):
            yield from _pages(command(name, page), f"{called} {name}")


def _context(page: click.Command, called: str) -> click.Context:
    return click.Context(page, info_name=called, help_option_names=["-h", "--help"])


def title(page: Path) -> str:
    """The heading of a page."""
    first, _, _ = page.read_text(encoding="utf-8").partition("\n")
    return first.removeprefix("# ").strip()


def sections(help_: str) -> tuple[str, list[str]]:
    """The help of a command as Markdown: its text, and its blocks (examples, exit status, ...)."""
    text: list[str] = []
    blocks: list[str] = []
    for paragraph in cleandoc(help_).split("\n\n"):
        if paragraph.startswith("\b\n"):
            blocks.append(_block(paragraph.removeprefix("\b\n")))
        elif paragraph.strip():
            text.append(marked(" ".join(paragraph.split())))
    return "\n\n".join(text), blocks


def _block(text: str) -> str:
    """A block of help: a heading with a colon, and lines below it."""
    heading, _, body = text.partition("\n")
    heading = heading.rstrip(":")
    if heading == "Examples":
        return f"**{heading}**\n\n```sh\n{cleandoc(body)}\n```"
    rows = (re.split(r"  +", line.strip(), maxsplit=1) for line in body.splitlines())
    items = (f"- `{name}`: {marked(' '.join(about))}" for name, *about in rows)
    return "\n".join([f"**{heading}**", "", *items])


def _options_of(page: click.Command, called: str = "mlspeclint") -> Iterator[str]:
    """A table for each group of arguments and options."""
    context = _context(page, called)
    for heading, parameters in option_groups(page, context).items():
        rows = [_row(each, context) for each in parameters if isinstance(each, click.Option)]
        if rows:
            yield "\n".join([f"| {heading} | |", "|---|---|", *rows])


def _row(option: click.Option, context: click.Context) -> str:
    """An option: how it is spelt, what it takes, what for."""
    info = option.to_info_dict()
    metavar = "" if option.is_flag else f" {_metavar(option, context)}"
    *short, long = sorted(option.opts, key=len)
    spelt = ", ".join((*(f"`{name}`" for name in short), f"`{long}{metavar}`"))
    about = [marked(option.help or "")]
    choices = info["type"].get("choices", ())
    if not all(each in about[0] for each in choices):
        about.append(f"One of {', '.join(f'`{each}`' for each in choices)}.")
    if not option.is_flag and isinstance(option.default, str | int):
        about.append(f"Default: `{option.default}`.")
    if option.required:
        about.append("Required.")
    if option.multiple and "repeated" not in (option.help or ""):
        about.append("May be repeated.")
    return f"| {spelt} | {' '.join(about)} |"


def _metavar(option: click.Option, context: click.Context) -> str:
    if option.metavar:
        return option.metavar
    return "VALUE" if isinstance(option.type, click.Choice) else option.type.name.upper()


def _formats() -> str:
    rows = (f"| `{name}` | {marked(use)} |" for name, use in FORMATS.items())
    return "\n".join(
        ["## Output formats of `check`", "", "| format | for |", "|---|---|", *rows, FORMATS_END]
    )


def _environment() -> str:
    rows = (f"| `{name}` | {marked(use)} |" for name, use in ENVIRONMENT.items())
    return "\n".join(["## Environment", "", "| variable | what it does |", "|---|---|", *rows])


def marked(text: str) -> str:
    """Text of help as Markdown: options and names of files as code, everything else as it is."""
    shown: list[str] = []
    end = 0
    for code in CODE.finditer(text):
        shown += [_marked(text[end : code.start()]), code[0].replace("|", r"\|")]
        end = code.end()
    return "".join([*shown, _marked(text[end:])])


def _marked(text: str) -> str:
    parts = NAMES.split(text)
    parts[::2] = (re.sub(r"([\\`*_{}\[\]<>|])", r"\\\1", part) for part in parts[::2])
    parts[1::2] = (f"`{name}`" for name in parts[1::2])
    return "".join(parts)
