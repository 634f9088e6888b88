"""Configurations through the command line: `config`, and what all commands make of a configuration.

`pytest tests/cli/test_config.py --update-golden` writes the output anew; review it as you would review code.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ..policy.support import repository, spec, write
from ..running import Ran, run

GOLDEN = Path(__file__).parent.parent / "golden" / "configuration"
FILES = {
    "pyproject.toml": """
        [project]
        name = "acme-models"
        dependencies = ["mlspeclint"]

        [tool.mlspeclint]
        extends = ["policies/acme.toml"]
        exclude = ["archive/"]
        fail-on = "error"
        severity = { LBL303 = "error" }

        [tool.mlspeclint.per-path-ignores]
        "research/**" = ["CST", "no-kpi"]

        [tool.mlspeclint.stages.production]
        require = ["retraining.rollback"]
    """,
    "policies/acme.toml": """
        profile = "staged"
        require = ["project.owner"]
        ignore = ["DOM705"]

        [limits]
        agreement_low = 0.75
        utilisation = [0.3, 0.5]

        [limits.explanation_levels]
        forest = ["none", "local"]
    """,
    "ml-project.yaml": spec("labels: {agreement: 0.7}\n"),
    "archive/ml-project.yaml": spec("nonsense: 1\n"),
    "research/ml-project.yaml": spec(stage="production"),
    "services/pricing/.mlspeclint.toml": """
        extends = ["../../pyproject.toml"]
        fail-on = "note"
        ignore = ["POL"]
    """,
    "services/pricing/ml-project.yaml": spec("labels: {agreement: 0.7}\n", "pilot"),
}
DAY = ("--today", "2026-11-21")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with an organisation's pack and a part of its own."""
    return repository(tmp_path / "r", FILES)


CASES = {
    "config.txt": ("config",),
    "config-spec.txt": ("config", "research/ml-project.yaml"),
    "config-part.txt": ("config", "services/pricing", "--ignore", "HYP", "--fail-on", "never"),
    "config.json": ("config", "-f", "json"),
    "check.txt": ("check", *DAY),
    "check.concise.txt": ("check", *DAY, "-f", "concise"),
    "check.github.txt": ("check", *DAY, "-f", "github", "--select", "LBL,POL"),
    "check.json": ("check", *DAY, "-f", "json", "--select", "LBL303", "ml-project.yaml"),
}


@pytest.mark.parametrize("name", CASES)
def test_output(root: Path, name: str, request: pytest.FixtureRequest) -> None:
    ran = run(*CASES[name], folder=root)
    assert (ran.status, ran.err) == (int(name.startswith("check")), "")
    golden = GOLDEN / name
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(ran.out, encoding="utf-8", newline="\n")
    assert ran.out == golden.read_text(encoding="utf-8")


def test_every_output_belongs_to_a_test() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == set(CASES)


def findings(ran: Ran) -> list[tuple[str, str]]:
    return [(each["file"], each["code"]) for each in json.loads(ran.out)["findings"]]


class TestCheck:
    def test_each_file_has_its_own(self, root: Path) -> None:
        found = findings(run("check", *DAY, "-f", "json", folder=root))
        assert ("ml-project.yaml", "POL001") in found
        assert ("services/pricing/ml-project.yaml", "POL001") not in found
        assert not [each for each in found if each[0].startswith("archive/")]
        assert ("research/ml-project.yaml", "HYP002") not in found
        assert ("ml-project.yaml", "HYP002") in found

    def test_fail_on_of_each_file(self, tmp_path: Path) -> None:
        note = spec("labels: {agreement: 0.7}\n")
        folder = repository(
            tmp_path / "r",
            {
                "a/.mlspeclint.toml": "fail-on = 'note'\nselect = ['LBL']",
                "a/ml-project.yaml": note,
                "b/.mlspeclint.toml": "fail-on = 'never'\nselect = ['LBL']",
                "b/ml-project.yaml": note,
                "c/.mlspeclint.toml": "select = ['LBL']",
                "c/ml-project.yaml": note,
            },
        )
        status = {
            name: run("check", f"{name}/ml-project.yaml", folder=folder).status for name in "abc"
        }
        assert status == {"a": 1, "b": 0, "c": 0}
        assert run("check", "b", "c", folder=folder).status == 0
        assert run("check", "b", "a", "c", folder=folder).status == 1
        # The command line wins.
        assert run("check", "a", "--fail-on", "warning", folder=folder).status == 0
        assert run("check", "b", "--fail-on", "note", folder=folder).status == 1

    def test_excluded_files_are_checked_when_they_are_named(self, root: Path) -> None:
        path = "archive/ml-project.yaml"
        assert (path, "SPC004") in findings(run("check", path, "-f", "json", folder=root))
        ran = run("check", "--force-exclude", path, folder=root)
        assert (ran.status, ran.out, ran.err) == (0, "", "")
        ran = run("check", "--force-exclude", path, "ml-project.yaml", "-f", "json", folder=root)
        assert {file for file, _ in findings(ran)} == {"ml-project.yaml"}

    def test_a_folder_of_which_all_is_excluded(self, root: Path) -> None:
        ran = run("check", "archive", folder=root)
        assert ran.status == 3
        assert ran.err.startswith("mlspeclint: no spec found (1 left out by `exclude`): ")
        assert "init" not in ran.err
        assert run("check", "archive", "--allow-empty", folder=root).status == 0

    def test_standard_input(self, root: Path) -> None:
        text = spec("labels: {agreement: 0.7}\n", "pilot").encode()
        options = ("check", "-", *DAY, "-f", "json")

        def told(folder: Path, *more: str) -> set[str]:
            return {code for _, code in findings(run(*options, *more, stdin=text, folder=folder))}

        pricing = root / "services" / "pricing"
        assert {"LBL303", "POL001"} <= told(root)
        assert "POL001" not in told(pricing)
        assert told(root, "--stdin-filename", "services/pricing/x.yaml") == told(pricing)
        assert "POL001" in told(pricing, "--stdin-filename", "../x.yaml")
        excluded = ("--stdin-filename", "archive/x.yaml", "--force-exclude")
        ran = run(*options, *excluded, stdin=text, folder=root)
        assert (ran.status, ran.out) == (0, "")

    def test_from_another_folder(self, root: Path) -> None:
        ran = run("check", "..", *DAY, "-f", "json", folder=root / "research")
        assert ("../ml-project.yaml", "LBL303") in findings(ran)
        assert not [file for file, _ in findings(ran) if "archive" in file]
        told = json.loads(ran.out)["findings"]
        policies = {text for each in told for text in each["policy"]}
        assert "severity error set by ../pyproject.toml" in policies

    def test_sarif(self, root: Path) -> None:
        ran = run(
            "check", "ml-project.yaml", *DAY, "-f", "sarif", "--select", "LBL303,POL", folder=root
        )
        results = json.loads(ran.out)["runs"][0]["results"]
        told = {each["ruleId"]: each["properties"]["policy"] for each in results}
        assert told == {
            "LBL303": [
                "severity error set by pyproject.toml",
                "limit agreement_low = 0.75 set by policies/acme.toml",
            ],
            "POL001": ["required by policies/acme.toml"],
        }
        rules = json.loads(ran.out)["runs"][0]["tool"]["driver"]["rules"]
        assert {rule["id"]: "## What it does" in rule["help"]["markdown"] for rule in rules} == {
            "LBL303": True,
            "POL001": True,
        }

    @pytest.mark.parametrize(
        "form", ["concise", "github-summary", "gitlab", "junit", "rdjson", "jsonl"]
    )
    def test_other_formats(self, root: Path, form: str) -> None:
        ran = run("check", "ml-project.yaml", *DAY, "-f", form, "--select", "LBL303", folder=root)
        assert (ran.status, ran.err) == (1, "")
        assert "agreement_low = 0.75" in ran.out.replace("\\_", "_")

    def test_a_decision_record(self, root: Path) -> None:
        ran = run("record", "ml-project.yaml", *DAY, folder=root)
        (row,) = [line for line in ran.out.splitlines() if line.startswith("| LBL303")]
        assert "(severity error set by pyproject.toml; limit agreement" in row.replace("\\", "")
        (row,) = [line for line in ran.out.splitlines() if line.startswith("| POL001")]
        assert row.count("required by policies/acme.toml") == 1

    def test_without_a_configuration_nothing_is_said(self, tmp_path: Path) -> None:
        folder = repository(tmp_path / "r", {"ml-project.yaml": spec("labels: {agreement: 0.7}\n")})
        ran = run("check", *DAY, folder=folder)
        assert "policy" not in ran.out

    def test_an_option_that_names_no_rule(self, root: Path) -> None:
        ran = run("check", "--select", "NOPE", folder=root)
        assert ran.status == 2
        assert "there is no rule or group `NOPE`" in ran.err


class TestMistakes:
    def test_are_told_in_a_line(self, root: Path) -> None:
        write(root, {"policies/acme.toml": "ignore = ['NOPE']"})
        for command in (
            ("check",),
            ("check", "-"),
            ("config",),
            ("rules",),
            ("compare", "ml-project.yaml"),
            ("cost", "ml-project.yaml"),
            ("record", "ml-project.yaml"),
        ):
            ran = run(*command, folder=root)
            assert (ran.status, ran.out) == (2, ""), command
            assert ran.err.startswith(
                "mlspeclint: policies/acme.toml: ignore: there is no rule or group `NOPE`"
            )
            assert ran.err.count("\n") == 1

    @pytest.mark.parametrize(
        "text",
        [
            '"\\u001b[31m::error::x\\n::warning::y" = 1',
            'select = ["\\u001b[31m\\n::error::x\\u202e"]',
            'exclude = ["\\u001b]0;x\\u0007*"]',
            'require = ["\\n::error::"]',
            'extends = ["\\u001b[2J.toml"]',
            '[severity]\n"\\u001b[31m" = "note"',
            '[severity]\nLBL303 = "\\r\\n::stop-commands::x"',
            '[limits]\n"\\n::error::" = 1',
            '[stages."\\u2028::error::"]',
            '[per-path-ignores]\n"\\n" = []',
            "fail-on = '''\n##[error]\n'''",
        ],
    )
    def test_hostile_texts_are_shown_safely(self, tmp_path: Path, text: str) -> None:
        folder = repository(tmp_path / "r", {".mlspeclint.toml": text, "ml-project.yaml": spec()})
        ran = run("check", folder=folder)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.count("\n") == 1
        assert ran.err.rstrip("\n").isprintable()
        assert ran.err.startswith("mlspeclint: .mlspeclint.toml: ")

    def test_hostile_names_of_files(self, tmp_path: Path) -> None:
        name = "\x1b[31m\n::error::.toml"
        folder = repository(tmp_path / "r", {"ml-project.yaml": spec()})
        (folder / name).write_text("require = ['project.owner']\nseverity.HYP = 'error'")
        (folder / ".mlspeclint.toml").write_text('extends = ["\\u001b[31m\\n::error::.toml"]')
        for form in ("full", "concise", "github", "github-summary", "junit", "gitlab"):
            ran = run("check", *DAY, "-f", form, folder=folder)
            assert (ran.status, ran.err) == (1, "")
            assert "\x1b" not in ran.out
            assert not [line for line in ran.out.splitlines() if line.startswith("::error::")]
        for command in ("config", "rules"):
            assert "\x1b" not in run(command, folder=folder).out

    def test_many_packs_and_entries_take_no_time(self, tmp_path: Path) -> None:
        files = {f"p{i}.toml": "require = ['project.owner']" for i in range(30)}
        packs = list(files)
        files[".mlspeclint.toml"] = f"extends = {packs}\nselect = {['LBL'] * 1_000}"
        folder = repository(tmp_path / "r", {**files, "ml-project.yaml": spec()})
        reported = json.loads(run("check", "-f", "json", folder=folder).out)["findings"]
        assert [finding["code"] for finding in reported] == ["POL001"]


class TestPlans:
    def test_compare_uses_rules_levels_and_limits(self, tmp_path: Path) -> None:
        folder = repository(
            tmp_path / "r", {"ml-project.yaml": spec("labels: {agreement: 0.7}\n", "production")}
        )

        def labels() -> list[tuple[str, str]]:
            report = json.loads(run("compare", "ml-project.yaml", "-f", "json", folder=folder).out)
            chosen = next(each for each in report["comparisons"][0]["approaches"] if each["chosen"])
            return [
                (each["code"], each["severity"])
                for each in chosen["rules"]
                if each["code"] == "LBL303"
            ]

        assert labels() == [("LBL303", "note")]
        write(folder, {".mlspeclint.toml": "stages.production.limits.agreement_low = 0.75"})
        assert labels() == [("LBL303", "warning")]
        write(folder, {".mlspeclint.toml": "stages.production.severity.LBL303 = 'error'"})
        assert labels() == [("LBL303", "error")]
        write(folder, {".mlspeclint.toml": "stages.production.ignore = ['LBL303']"})
        assert labels() == []

    def test_an_organisation_s_own_rules_are_a_concern(self, tmp_path: Path) -> None:
        rule = """
            [[policies]]
            code = "ACME101"
            name = "no-owner"
            severity = "error"
            message = "nobody owns it"
            when = "!has(project.owner)"
        """
        folder = repository(tmp_path / "r", {".mlspeclint.toml": rule, "ml-project.yaml": spec()})
        ran = run("compare", "ml-project.yaml", "--rules", folder=folder)
        lines = ran.out.splitlines()
        (concern,) = [line for line in lines if line.startswith("policy")]
        (rule_line,) = [line for line in lines if line.startswith("  ACME101")]
        assert concern.split()[1:] == rule_line.split()[1:] == ["error"] * 8
        report = json.loads(run("compare", "ml-project.yaml", "-f", "json", folder=folder).out)
        for approach in report["comparisons"][0]["approaches"]:
            assert approach["concerns"]["policy"]["severity"] == "error"
        write(folder, {".mlspeclint.toml": ""})
        report = json.loads(run("compare", "ml-project.yaml", "-f", "json", folder=folder).out)
        assert "policy" not in report["comparisons"][0]["approaches"][0]["concerns"]

    def test_cost_uses_limits(self, tmp_path: Path) -> None:
        text = spec(
            """
            compute: {training_time: 100 h, accelerators: 1, price_per_hour: 2, experiments: 10}
            budget: {currency: USD, horizon: 1 year}
            """
        )
        folder = repository(tmp_path / "r", {"ml-project.yaml": text})

        def training() -> list[float]:
            report = json.loads(run("cost", "ml-project.yaml", "-f", "json", folder=folder).out)
            parts = report["costs"][0]["parts"]
            (part,) = [each for each in parts if each["name"] == "training"]
            return [part["total"]["low"], part["total"]["high"]]

        assert training() == [2000.0, 3340.0]
        write(folder, {".mlspeclint.toml": "limits.overhead = [2, 2.5]"})
        assert training() == [4000.0, 5000.0]
        ran = run("cost", "ml-project.yaml", folder=folder)
        assert "overhead 2..2.5" in ran.out
        assert "overhead 2..2.5" in run("record", "ml-project.yaml", folder=folder).out


class TestRules:
    def states(self, folder: Path) -> dict[str, tuple[str, str, list[str]]]:
        rows = json.loads(run("rules", "-f", "json", folder=folder).out)
        return {row["code"]: (row["state"], row["severity"], row.get("policy", [])) for row in rows}

    def test_shows_what_the_configuration_makes_of_each(self, root: Path) -> None:
        states = self.states(root)
        told = [
            "severity error set by pyproject.toml",
            "limit agreement_low = 0.75 set by policies/acme.toml",
        ]
        assert states["LBL303"] == ("policy", "error", told)
        assert states["DOM705"][0] == "off"
        assert states["POL001"][:2] == ("on", "error")
        assert states["EVD007"][0] == "off"
        assert states["LBL301"] == ("on", "error", [])
        assert states["XPL501"][0] == "policy"
        assert states["SPC001"][0] == "on"
        text = run("rules", folder=root).out
        line = next(line for line in text.splitlines() if line.startswith("LBL303"))
        assert line.split()[1:4] == ["error", "policy", "convention"]

    def test_without_a_configuration(self, tmp_path: Path) -> None:
        states = self.states(repository(tmp_path / "r", {}))
        off = {code for code, (state, *_) in states.items() if state != "on"}
        assert off == {"EVD007", "POL001"}

    def test_of_a_part(self, root: Path) -> None:
        assert self.states(root / "services" / "pricing")["POL001"][0] == "off"


class TestExplain:
    def test_ends_with_what_the_configuration_says(self, root: Path) -> None:
        told = run("explain", "LBL303", folder=root).out.partition("\nPolicy\n\n")[2]
        assert told == (
            "  severity error set by pyproject.toml\n"
            "  limit agreement_low = 0.75 set by policies/acme.toml\n"
        )
        assert run("explain", "annotators-disagree", folder=root).out.endswith(told)
        told = run("explain", "retraining.rollback", folder=root).out
        assert told.endswith("\nPolicy\n\n  required by pyproject.toml for production\n")
        assert (
            "Policy" not in run("explain", "LBL301", folder=root / "archive").out.split("\n")[-3:]
        )
        plain = run("explain", "retraining.cost_each", folder=root).out
        assert "\nPolicy\n" not in plain


class TestConfig:
    def test_a_path_that_does_not_exist(self, root: Path) -> None:
        ran = run("config", "nowhere", folder=root)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err == "mlspeclint: there is no file or folder nowhere\n"

    def test_a_rule_that_does_not_exist(self, root: Path) -> None:
        ran = run("config", "--select", "NOPE", folder=root)
        assert ran.status == 2
        assert "there is no rule or group `NOPE`" in ran.err

    def test_without_a_configuration(self, tmp_path: Path) -> None:
        folder = repository(tmp_path / "r", {"pyproject.toml": "[project]\nname = 'x'"})
        report = json.loads(run("config", "-f", "json", folder=folder).out)
        assert report["files"] == []
        assert report["looked_at"] == ["pyproject.toml"]
        origins = {each["origin"] for each in report["settings"]}
        origins |= {each["origin"] for each in report["stages"]["idea"]}
        assert origins == {"default"}
        assert "no configuration file: these are the defaults" in run("config", folder=folder).out

    def test_every_key_is_told(self, root: Path) -> None:
        from mlspeclint.policy.keys import KEYS, STAGES

        report = json.loads(run("config", "-f", "json", folder=root).out)
        assert list(report["stages"]) == list(STAGES)
        told = {each["key"].partition(".")[0] for each in report["settings"]}
        told |= {each["key"].partition(".")[0] for each in report["stages"]["production"]}
        assert told == {key.name for key in KEYS} - {"stages"}

    def test_a_spec_with_several_documents_that_is_excluded(self, root: Path) -> None:
        write(root, {"archive/x.ml-project.yaml": f"{spec()}---\n{spec(stage='idea')}"})
        report = json.loads(
            run("config", "archive/x.ml-project.yaml", "-f", "json", folder=root).out
        )
        assert report["stages_of_spec"] == ["proposal", "idea"]
        assert report["excluded"] is True
