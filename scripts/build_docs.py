"""Build the documentation site, from the pages that people write (`docs/`) and from the sources.

    python scripts/build_docs.py            build/docs/html, warnings are errors, then check the pages
    python scripts/build_docs.py --clean    the same from nothing

The pages of rules, fields, limits, tables and examples are made from the sources at every build, so that
none of them can be stale. What is built needs no network, and neither does building it.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.cmd.build import build_main

from docs_site import examples, fields, handwritten, html_check, knowledge, reasons, rules
from mlspeclint.report.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
OUTPUT = ROOT / "build" / "docs"

REDIRECT = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{name}</title>
<meta http-equiv="refresh" content="0; url={code}.html">
<link rel="canonical" href="{code}.html">
</head>
<body><p><a href="{code}.html">{code} {name}</a></p></body>
</html>
"""


def sources() -> dict[str, str]:
    """The Markdown of every page, by its path in the site."""
    made = dict(
        [
            *rules.pages(reasons.reasons()),
            *fields.pages(),
            *knowledge.pages(),
            *examples.pages(),
        ]
    )
    return made | dict(handwritten.pages(set(made)))


def write(folder: Path, pages: dict[str, str]) -> bool:
    """Write what has changed, and delete what is there no more, so that a second build is a short one.

    Returns whether there are other pages than before: links of unchanged pages may be right or wrong now.
    """
    wanted = {folder / name: text for name, text in pages.items()}
    there = set(folder.rglob("*.md"))
    for path in there - wanted.keys():
        path.unlink()
    for path, text in wanted.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    return there != wanted.keys()


def redirects() -> dict[str, str]:
    """Pages that lead from the name of a rule to its page, by their path in the site."""
    return {
        f"rules/{row['name']}.html": REDIRECT.format(code=row["code"], name=escape(row["name"]))
        for row in catalogue()
    }


def build(output: Path, builder: str = "html") -> int:
    """Build the site; returns the exit status of Sphinx."""
    folder, pages = output / "source", output / builder
    made = sources()
    fresh = ["--fresh-env"] if write(folder, made) else []
    for name in handwritten.downloads(made.values()):
        target = folder / handwritten.FILES / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)
    status = build_main(
        [
            *(
                "--builder",
                builder,
                "--conf-dir",
                str(DOCS),
                "--doctree-dir",
                str(output / "doctrees"),
            ),
            *("--quiet", "--nitpicky", "--fail-on-warning", *fresh),
            *(str(folder), str(pages)),
        ]
    )
    if builder == "html":
        for name, text in redirects().items():
            (pages / name).write_text(text, encoding="utf-8", newline="\n")
    return status


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, and check what was built."""
    parser = argparse.ArgumentParser(description="Build the documentation site.")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="folder to build in")
    parser.add_argument("--clean", action="store_true", help="delete that folder first")
    parser.add_argument("--links", action="store_true", help="check external links, on the network")
    options = parser.parse_args(arguments)
    output = options.output.resolve()
    if options.clean and output.exists():
        shutil.rmtree(output)
    if options.links:
        return build(output, "linkcheck")
    status = build(output)
    if status:
        return status
    problems = html_check.problems(output / "html")
    for problem in problems:
        print(problem)
    if problems:
        return 1
    print(f"built: {output / 'html' / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
