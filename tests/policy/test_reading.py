"""Every mistake that a configuration file can hold is told with its key and a way out."""

# ruff: noqa: E501 - a mistake and what is said of it stand on one line
from __future__ import annotations

from pathlib import Path

import pytest

from mlspeclint.policy.keys import KEYS, MAX_ENTRIES, MAX_PATTERNS, MAX_TEXT, Key

from .support import configured, mistake, repository

MISTAKES = {
    # -- keys
    "selct = []": "selct: there is no such key; did you mean select?",
    "extend_select = []": "extend_select: there is no such key; did you mean extend-select?",
    "'' = 1": "there is no such key",
    "zzz = 1": "zzz: there is no such key; there are profile, extends, select, ",
    "[tool.mlspeclint]\nselect = []": "tool: there is no such key; in this file the keys stand at the top, without [tool.mlspeclint]",
    # -- types
    "select = 'LBL'": 'select: it is the text `LBL`, not a list of rules (codes, names or groups); write ["LBL"]',
    "select = 'LBL, CST'": 'select: it is the text `LBL, CST`, not a list of rules (codes, names or groups); write ["LBL", "CST"]',
    "select = 3": "select: it is the number 3, not a list of rules",
    "select = {}": "select: it is a table, not a list of rules",
    "select = [1]": "select[0]: it is the number 1, not a text",
    "select = ['LBL', ['DAT']]": "select[1]: it is a list, not a text",
    "select = [true]": "select[0]: it is true, not a text",
    "select = [2027-01-01]": "select[0]: it is a date, not a text",
    "select = ['']": "select[0]: it is empty",
    f"select = {['LBL'] * (MAX_ENTRIES + 1)}": "select: it has 1,001 entries, the limit is 1,000",
    f"select = ['{'x' * (MAX_TEXT + 1)}']": "select[0]: it has more than 1,000 characters",
    f"select = 1{'0' * 400}": "select: it is a very large number, not a list",
    f"severity = {{{'x' * (MAX_TEXT + 1)} = 'note'}}": "severity: it has a key of more than 1,000 characters",
    f"ignore = ['{'x' * MAX_TEXT}']": f"ignore: there is no rule or group `{'x' * 57}...`: `mlspeclint rules` lists them",
    "severity = []": "severity: it is a list, not a table of levels by rule",
    "require = {}": "require: it is a table, not a list of fields",
    "stages = []": "stages: it is a list, not a table of settings by stage",
    "limits = 'x'": "limits: it is the text `x`, not a table of limits by name",
    "policies = {}": "policies: it is a table, not a list of tables; write [[policies]]",
    "policies = [1]": "policies[0]: it is the number 1, not a table",
    "plugins = 'x'": "plugins: it is the text `x`, not a list of entry points",
    # -- choices
    "profile = 'stagd'": "profile: it is the text `stagd`, not one of standard, staged; did you mean staged?",
    "fail-on = 'errors'": "fail-on: it is the text `errors`, not one of error, warning, note, never; did you mean error?",
    "fail-on = 1": "fail-on: it is the number 1, not one of error, warning, note, never",
    "severity.LBL303 = 'fatal'": "severity.LBL303: it is the text `fatal`, not one of error, warning, note",
    "severity.LBL303 = 'off'": "severity.LBL303: it is the text `off`, not one of error, warning, note",
    # -- rules
    "select = ['LBL30']": "select: there is no rule or group `LBL30`: did you mean LBL30",
    "ignore = ['labelling-over-buget']": "ignore: there is no rule or group `labelling-over-buget`: did you mean labelling-over-budget?",
    "extend-select = ['XYZ']": "extend-select: there is no rule or group `XYZ`: ",
    "severity.lbl303 = 'note'": "severity.lbl303: there is no rule or group `lbl303`: did you mean LBL303?",
    "ignore = ['hyp']": "ignore: there is no rule or group `hyp`: did you mean HYP?",
    "per-path-ignores = {'a/' = ['NOPE']}": "per-path-ignores.a/: there is no rule or group `NOPE`",
    "severity.SPC004 = 'note'": "severity.SPC004: SPC004 unknown-field is a mistake in the file itself, and stays an error",
    "severity.unknown-field = 'note'": "severity.unknown-field: SPC004 unknown-field is a mistake",
    "severity.SPC = 'note'": "severity.SPC: SPC001 not-yaml is a mistake in the file itself, and stays an error; name other rules by their codes",
    # -- patterns
    "exclude = ['a', '# b']": "exclude[1]: `# b` matches nothing",
    "exclude = ['a\\']": "exclude[0]: `a\\` is not a pattern as in .gitignore",
    "exclude = ['**/a/**/b/**/c']": "exclude[0]: `**/a/**/b/**/c` has more than 2 times `**` before its end",
    f"exclude = ['{'x' * 201}']": "exclude[0]: `",
    "per-path-ignores = {'[z-a]' = []}": "per-path-ignores.[z-a]: `[z-a]` is not a pattern",
    "per-path-ignores = {a = 'LBL'}": "per-path-ignores.a: it is the text `LBL`, not a list of rules",
    f"exclude = {['a'] * (MAX_PATTERNS + 1)}": "exclude: it has 201 entries, the limit is 200",
    # -- fields
    "require = ['project.ownr']": "require[0]: there is no field `project.ownr`; did you mean project.owner?",
    "require = ['owner']": "require[0]: there is no field `owner`; did you mean project.owner?",
    "require = ['alternatives.score']": "require[0]: `alternatives.score` is a field of the entries of a list; require `alternatives`",
    "require = ['data.sources.path']": "require[0]: `data.sources.path` is a field of the entries of a list; require `data.sources`",
    "require = ['mlspec']": "require[0]: there is no field `mlspec`",
    "require = ['data.examples[0]']": "require[0]: there is no field `data.examples[0]`; did you mean data.examples?",
    # -- stages
    "stages.prod = {}": "stages.prod: there is no such stage; there are idea, proposal, pilot, production, retired",
    "stages.idea = []": "stages.idea: it is a list, not a table of settings",
    "stages.idea.select = []": "stages.idea.select: there is no such key; in a stage there are extend-select, ignore, severity, limits, require",
    "stages.idea.requires = []": "stages.idea.requires: there is no such key; did you mean require?",
    "stages.idea.ignore = ['NOPE']": "stages.idea.ignore: there is no rule or group `NOPE`",
    "stages.idea.severity.SPC001 = 'note'": "stages.idea.severity.SPC001: SPC001 not-yaml is a mistake",
    "stages.idea.require = ['x.y']": "stages.idea.require[0]: there is no field `x.y`",
    "stages.idea.limits.agreement_lo = 1": "stages.idea.limits.agreement_lo: there is no such limit; did you mean agreement_low?",
    # -- packs
    "extends = ['acme.yaml']": "extends[0]: `acme.yaml` is neither the path of a .toml file nor package:NAME",
    "extends = ['package:a.b']": "extends[0]: `a.b` is not the name of a top-level package; write package:NAME",
    "extends = ['package:../x']": "extends[0]: `../x` is not the name of a top-level package",
    "extends = ['package:']": "extends[0]: `` is not the name of a top-level package",
    "extends = ['package:naïve']": "extends[0]: `naïve` is not the name of a top-level package",
    "extends = ['missing.toml']": "extends[0]: there is no file `missing.toml`",
}  # fmt: skip


@pytest.mark.parametrize("text", MISTAKES)
def test_mistakes(tmp_path: Path, text: str) -> None:
    told = mistake(tmp_path / "r", text)
    assert told.startswith(MISTAKES[text])
    assert len(told) < 700


def test_everything_that_is_right(tmp_path: Path) -> None:
    text = """
        profile = "staged"
        extends = []
        select = ["LBL", "DAT101", "no-kpi", "POL001"]
        extend-select = ["HYP"]
        ignore = ["LBL301"]
        exclude = ["archive/", "!archive/keep.yaml", "**/old/**"]
        fail-on = "never"
        require = ["project.owner", "explainability", "alternatives"]
        policies = []
        plugins = []
        [per-path-ignores]
        "a/*.yaml" = ["LBL"]
        [severity]
        SPC011 = "warning"
        WVR = "note"
        [limits]
        agreement_low = 0.8
        utilisation = [0.3, 0.5]
        overhead = 1.2
        explanation_levels = {forest = "local", prompting = [0, 2]}
        [stages.idea]
        ignore = ["DAT"]
        limits = {agreement_good = 1.0}
    """
    root = repository(tmp_path / "r", {".mlspeclint.toml": text})
    assert configured(root).fail_on == "never"


def test_hostile_texts_are_shortened_and_on_one_line(tmp_path: Path) -> None:
    root = repository(tmp_path / "r", {})
    key = "a\\n::error::\\u001b[31m" + "x" * 900
    told = mistake(tmp_path / "s", f'"{key}" = 1')
    assert "\n" not in told
    assert len(told) < 500
    assert root.exists()


def test_what_is_not_one_of_a_few_is_told_them_once(tmp_path: Path) -> None:
    told = mistake(tmp_path / "r", "fail-on = 'zzz'")
    assert told == "fail-on: it is the text `zzz`, not one of error, warning, note, never"


@pytest.mark.parametrize("key", [key for key in KEYS if key.kind in ("rules", "severities")])
def test_examples_name_rules_that_there_are(tmp_path: Path, key: Key) -> None:
    configured(repository(tmp_path / "r", {".mlspeclint.toml": f"{key.name} = {key.example}"}))
