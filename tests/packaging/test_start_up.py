"""What a plain check imports: starting is most of its time, so nothing comes in unnoticed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ..running import ROOT

SPECS = ROOT / "benchmarks" / "specs"
SOURCES = ROOT / "src" / "mlspeclint"

# All of the standard library that a check may import itself; what these import in turn is their business.
STANDARD = ("__future__", "bisect", "datetime", "gc", "math", "os", "re", "sys", "types")

# The C parser, and what Cython brings with it.
C_PARSER = ("_ruamel_yaml", "ruamel.yaml.clib", "_cython", "cython_runtime")

# What only other commands, other formats or somebody's mistake need.
FOR_OTHERS = {
    "mlspeclint.cli.adoption",
    "mlspeclint.cli.candidates",
    "mlspeclint.cli.check",
    "mlspeclint.cli.compare",
    "mlspeclint.cli.completion",
    "mlspeclint.cli.config",
    "mlspeclint.cli.cost",
    "mlspeclint.cli.explain",
    "mlspeclint.cli.fixing",
    "mlspeclint.cli.help",
    "mlspeclint.cli.init",
    "mlspeclint.cli.missing",
    "mlspeclint.cli.parameters",
    "mlspeclint.cli.plans",
    "mlspeclint.cli.policy",
    "mlspeclint.cli.record",
    "mlspeclint.cli.replace",
    "mlspeclint.cli.root",
    "mlspeclint.cli.rules",
    "mlspeclint.cli.schema",
    "mlspeclint.cli.verbose",
    "mlspeclint.document.comments",
    "mlspeclint.document.edit",
    "mlspeclint.document.errors",
    "mlspeclint.document.values",
    "mlspeclint.engine.atomic",
    "mlspeclint.engine.baseline",
    "mlspeclint.engine.change",
    "mlspeclint.engine.compare",
    "mlspeclint.engine.dependencies",
    "mlspeclint.engine.differences",
    "mlspeclint.engine.discovery",
    "mlspeclint.engine.fix",
    "mlspeclint.engine.manifests",
    "mlspeclint.engine.margins",
    "mlspeclint.engine.parallel",
    "mlspeclint.engine.record",
    "mlspeclint.engine.revision",
    "mlspeclint.engine.schema_line",
    "mlspeclint.engine.since",
    "mlspeclint.engine.surroundings",
    "mlspeclint.knowledge._bibliography",
    "mlspeclint.knowledge.frameworks",
    "mlspeclint.knowledge.pages",
    "mlspeclint.policy.adjusted",
    "mlspeclint.policy.cel",
    "mlspeclint.policy.configuration",
    "mlspeclint.policy.declared",
    "mlspeclint.policy.examples",
    "mlspeclint.policy.expressions",
    "mlspeclint.policy.fields",
    "mlspeclint.policy.in_force",
    "mlspeclint.policy.keys",
    "mlspeclint.policy.limits",
    "mlspeclint.policy.messages",
    "mlspeclint.policy.packs",
    "mlspeclint.policy.patterns",
    "mlspeclint.policy.plugins",
    "mlspeclint.policy.reading",
    "mlspeclint.policy.schema",
    "mlspeclint.policy.value_types",
    "mlspeclint.policy.values",
    "mlspeclint.report.catalogue",
    "mlspeclint.report.chart",
    "mlspeclint.report.compare",
    "mlspeclint.report.configuration",
    "mlspeclint.report.cost",
    "mlspeclint.report.cost_formats",
    "mlspeclint.report.diff",
    "mlspeclint.report.figures",
    "mlspeclint.report.github",
    "mlspeclint.report.github_summary",
    "mlspeclint.report.gitlab",
    "mlspeclint.report.json",
    "mlspeclint.report.junit",
    "mlspeclint.report.markdown",
    "mlspeclint.report.pages",
    "mlspeclint.report.places",
    "mlspeclint.report.plans",
    "mlspeclint.report.plot",
    "mlspeclint.report.policy_tests",
    "mlspeclint.report.rdjson",
    "mlspeclint.report.record",
    "mlspeclint.report.sarif",
    "mlspeclint.report.since",
    "mlspeclint.report.starter",
    "mlspeclint.report.statistics",
    "mlspeclint.report.table",
    "mlspeclint.rules.approaches",
    "mlspeclint.rules.cost_statement",
    "mlspeclint.rules.evidence",
    "mlspeclint.rules.evidence_pages",
    "mlspeclint.rules.policy_pages",
    "mlspeclint.rules.spec_pages",
    "mlspeclint.rules.waiver_pages",
    "mlspeclint.spec.compile",
    "mlspeclint.spec.definition",
    "mlspeclint.spec.describe",
    "mlspeclint.spec.hints",
    "mlspeclint.spec.json_schema",
    "mlspeclint.spec.patterns",
    "mlspeclint.spec.suggest",
}

CHECK = """
import sys
before = set(sys.modules)
from mlspeclint.cli import main
try:
    main()
except SystemExit as end:
    print(end.code, *set(sys.modules) - before, file=sys.stderr)
"""

IMPORTS = """
import sys
before = set(sys.modules)
for name in sys.argv[1:]:
    __import__(name)
print(*set(sys.modules) - before, file=sys.stderr)
"""


def told(script: str, *arguments: str, folder: Path | None = None) -> list[str]:
    """The words that a script tells on standard error."""
    process = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env={name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ},
        capture_output=True,
        encoding="utf-8",
        check=True,
        cwd=folder,
    )
    return process.stderr.split()


@pytest.mark.parametrize(
    ("specs", "status"), [(["clean"], "0"), (["findings"], "1"), (["clean", "findings"], "1")]
)
@pytest.mark.parametrize("form", ["full", "concise"])
def test_a_check_imports_only_what_it_needs(specs: list[str], status: str, form: str) -> None:
    paths = [str(SPECS / f"{name}.ml-project.yaml") for name in specs]
    ended, *imported = told(CHECK, "check", "--output-format", form, *paths)
    assert ended == status
    ours = {name for name in imported if name.partition(".")[0] == "mlspeclint"}
    assert "mlspeclint.engine.check" in ours
    # The pyproject.toml of this repository speaks of mlspeclint, and has no table for it.
    assert "mlspeclint.policy.files" in ours
    assert not ours & FOR_OTHERS
    others = set(imported) - ours - set(told(IMPORTS, *STANDARD))
    assert not {name for name in others if not name.startswith(C_PARSER)}


def test_of_every_module_it_is_known_who_needs_it() -> None:
    paths = [str(SPECS / f"{name}.ml-project.yaml") for name in ("clean", "findings")]
    needed = {
        name for form in ("full", "concise") for name in told(CHECK, "check", "-f", form, *paths)
    }
    modules = {
        ".".join(path.relative_to(SOURCES.parent).with_suffix("").parts).removesuffix(".__init__")
        for path in SOURCES.rglob("*.py")
    }
    unknown = modules - needed - FOR_OTHERS
    assert {name for name in unknown if not name.startswith("mlspeclint.spec.definition.")} == set()
    assert not FOR_OTHERS - modules


CONFIGURATIONS = {
    "ignore = ['HYP002']": (),
    "severity.LBL = 'note'": (),
    "extends = ['pack.toml']": (),
    "require = ['project.name']": ("mlspeclint.policy.fields",),
    "limits.agreement_low = 0.7": (
        "mlspeclint.knowledge.pages",
        "mlspeclint.policy.limits",
        "importlib.resources",
    ),
    "exclude = ['archive/']": ("mlspeclint.policy.patterns", "pathspec"),
    "per-path-ignores = {'a/' = ['LBL']}": ("mlspeclint.policy.patterns", "pathspec"),
    "profile = 'staged'\nfail-on = 'never'": ("mlspeclint.policy.fields",),
}
"""What a configuration needs besides what every one does."""
OF_SOME = {name for needed in CONFIGURATIONS.values() for name in needed} | {
    "click", "difflib", "importlib.metadata", "jsonschema", "mlspeclint.policy.cel",
    "mlspeclint.policy.declared", "mlspeclint.policy.plugins", "mlspeclint.policy.schema", "pydantic",
}  # fmt: skip


@pytest.mark.parametrize("text", CONFIGURATIONS)
def test_a_configuration_imports_only_what_it_needs(tmp_path: Path, text: str) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".mlspeclint.toml").write_text(text)
    (tmp_path / "pack.toml").write_text("")
    (tmp_path / "x.yaml").write_bytes((SPECS / "clean.ml-project.yaml").read_bytes())
    ended, *imported = told(CHECK, "check", "x.yaml", folder=tmp_path)
    assert ended == "0"
    assert "tomllib" in imported
    assert "mlspeclint.policy.configuration" in imported
    assert OF_SOME & set(imported) == set(CONFIGURATIONS[text])
