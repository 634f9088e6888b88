"""Writes what is generated from the definition of the format, from the commands, and from the keys of a
configuration. `--check` fails where it is stale."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from command_line import reference
from configuration import DOC, documented
from mlspeclint.policy.schema import FILE, config_schema_text
from mlspeclint.spec.compile import compiled
from mlspeclint.spec.json_schema import json_schema_text

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "mlspeclint"


def generated() -> dict[Path, str]:
    """The content of every generated file, by its path."""
    schema = json_schema_text()
    return {
        PACKAGE / "spec" / "compiled.py": _formatted(compiled()),
        PACKAGE / "schemas" / "ml-project.v1.schema.json": schema,
        ROOT / "schemas" / "ml-project.v1.schema.json": schema,
        PACKAGE / "schemas" / FILE: config_schema_text(),
        ROOT / "schemas" / FILE: config_schema_text(),
        ROOT / "docs" / "cli.md": reference(),
        DOC: documented(),
    }


def _formatted(source: str) -> str:
    command = [
        sys.executable,
        "-m",
        "ruff",
        "format",
        "--config",
        str(ROOT / "pyproject.toml"),
        "-",
    ]
    return subprocess.run(command, input=source, capture_output=True, text=True, check=True).stdout


def main() -> int:
    """Write the files, or compare them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="change nothing, fail where one is stale"
    )
    check = parser.parse_args().check
    stale = 0
    for path, text in generated().items():
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        print(f"{'stale' if check else 'wrote'}: {path.relative_to(ROOT)}")
        if not check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
