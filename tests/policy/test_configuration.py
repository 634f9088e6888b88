"""What a configuration means: for the rules, their levels, the fields of a spec, its stage and its path."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlspeclint.policy.keys import STAGES

from .support import (
    configured,
    level,
    of,
    problem,
    report,
    repository,
    spec,
    working_in,
    write,
)

DISAGREE = "labels: {agreement: 0.5}\n"
"""A warning of LBL303."""


def codes(folder: Path, stage: str = "proposal", **asked: tuple[str, ...]) -> set[str]:
    """The codes that are switched on for a stage."""
    with working_in(folder):
        settings = configured(folder).settings("ml-project.yaml", **asked)
    return set(settings.of_stage(stage).chosen)


def one(tmp_path: Path, text: str) -> Path:
    return repository(tmp_path / "r", {".mlspeclint.toml": text})


class TestChoosing:
    def test_select(self, tmp_path: Path) -> None:
        root = one(tmp_path, "select = ['LBL303', 'no-kpi', 'ETH']")
        chosen = codes(root)
        assert {"LBL303", "HYP002", "ETH001", "ETH007"} <= chosen
        assert not {"LBL301", "HYP001", "CST401"} & chosen

    def test_in_one_file_ignore_comes_last(self, tmp_path: Path) -> None:
        root = one(
            tmp_path, "select = ['LBL']\nextend-select = ['HYP']\nignore = ['LBL303', 'HYP002']"
        )
        chosen = codes(root)
        assert {"LBL301", "HYP001"} <= chosen
        assert not {"LBL303", "HYP002", "DAT101"} & chosen

    def test_later_files_undo_earlier_ones(self, tmp_path: Path) -> None:
        pack = "select = ['LBL']\nignore = ['LBL303']"
        root = repository(
            tmp_path / "r", {"a.toml": pack, ".mlspeclint.toml": "extends = ['a.toml']"}
        )
        assert "LBL303" not in codes(root)
        write(root, {".mlspeclint.toml": "extends = ['a.toml']\nextend-select = ['LBL303', 'HYP']"})
        assert {"LBL301", "LBL303", "HYP001"} <= codes(root)
        write(root, {".mlspeclint.toml": "extends = ['a.toml']\nselect = ['DAT']"})
        assert {code[:3] for code in codes(root)} == {"DAT"}

    def test_the_command_line_comes_last(self, tmp_path: Path) -> None:
        root = one(tmp_path, "select = ['LBL']\nignore = ['LBL303']")
        assert "LBL303" in codes(root, extend_select=("LBL303",))
        assert codes(root, select=("HYP",)) == {"HYP001", "HYP002"}
        assert "LBL301" not in codes(root, ignore=("LBL301",))

    def test_mistakes_in_the_file_are_always_reported(self, tmp_path: Path) -> None:
        root = one(tmp_path, "ignore = ['SPC']\nselect = ['LBL']")
        found = report(root, spec("nonsense: 1\n"))
        assert [each.code for each in found.findings] == ["SPC004"]


class TestSeverity:
    @pytest.mark.parametrize("level_set", ["error", "warning", "note"])
    def test_sets_the_level_and_says_so(self, tmp_path: Path, level_set: str) -> None:
        root = one(tmp_path, f"severity.LBL303 = '{level_set}'")
        (found,) = of(report(root, spec(DISAGREE)), "LBL303")
        assert found.severity == level_set
        told = f"severity {level_set} set by .mlspeclint.toml"
        # What would be the same without needs no word.
        assert found.policy == (() if level_set == "warning" else (told,))

    def test_by_name_and_by_group(self, tmp_path: Path) -> None:
        root = one(tmp_path, "severity = {LBL = 'note', LBL303 = 'error'}")
        assert level(report(root, spec(DISAGREE)), "LBL303") == "error"
        write(
            root, {".mlspeclint.toml": "severity = {annotators-disagree = 'error', LBL = 'note'}"}
        )
        assert level(report(root, spec(DISAGREE)), "LBL303") == "error"
        write(root, {".mlspeclint.toml": "severity = {LBL = 'note'}"})
        assert level(report(root, spec(DISAGREE)), "LBL303") == "note"

    def test_a_later_file_wins_over_what_is_nearer_to_the_rule(self, tmp_path: Path) -> None:
        files = {
            "a.toml": "severity.LBL303 = 'error'",
            ".mlspeclint.toml": "extends = ['a.toml']\nseverity.LBL = 'note'",
        }
        root = repository(tmp_path / "r", files)
        assert level(report(root, spec(DISAGREE)), "LBL303") == "note"

    def test_what_cannot_be_ruled_out_stays_a_note(self, tmp_path: Path) -> None:
        root = one(tmp_path, "severity.LBL303 = 'error'")
        (found,) = of(report(root, spec("labels: {agreement: 0.5..0.9}\n")), "LBL303")
        assert (found.severity, found.outcome, found.policy) == ("note", "possible", ())

    def test_of_what_is_no_rule_over_a_spec(self, tmp_path: Path) -> None:
        root = one(tmp_path, "severity = {WVR002 = 'error', SPC011 = 'warning'}")
        text = spec(
            """
            waivers:
              - {rule: LBL301, reason: none, by: ana, until: 2027-05-31}
            """
        )
        text = text.replace("name: example", "name: example, owner: TODO")
        found = report(root, text)
        assert (level(found, "WVR002"), level(found, "SPC011")) == ("error", "warning")
        told = "severity warning set by .mlspeclint.toml"
        assert of(found, "SPC011")[0].policy == (told,)

    def test_undecided_rules_weigh_as_they_would_be_reported(self, tmp_path: Path) -> None:
        root = one(tmp_path, "severity.CST408 = 'error'")
        found = report(root, spec("serving: {latency: 80 ms}\n"))
        severities = {each.code: each.severity for each in found.undecided}
        assert severities["CST408"] == "error"

    def test_a_waiver_covers_it_all_the_same(self, tmp_path: Path) -> None:
        root = one(tmp_path, "severity.LBL303 = 'error'")
        waiver = "waivers: [{rule: LBL303, reason: guide, by: ana, until: 2027-05-31}]\n"
        (found,) = of(report(root, spec(DISAGREE + waiver)), "LBL303")
        assert found.waived is not None


class TestRequire:
    def told(self, root: Path, more: str = "", stage: str = "proposal") -> list[str]:
        return [each.message for each in of(report(root, spec(more, stage)), "POL001")]

    def test_what_lacks(self, tmp_path: Path) -> None:
        root = one(tmp_path, "require = ['target.baseline', 'labels', 'approach.family']")
        who = "it is required by .mlspeclint.toml"
        assert self.told(root) == [
            f"`labels` is not declared; {who}",
            f"`target.baseline` is not declared; {who}",
        ]
        assert len(self.told(root, "labels: {}\n")) == 2
        assert len(self.told(root, "labels: {agreement: 0.9}\n")) == 1
        assert len(self.told(root, "target: {baseline: 0.5}\n")) == 1

    def test_unknown_is_an_answer(self, tmp_path: Path) -> None:
        root = one(
            tmp_path, "require = ['target.baseline', 'labels', 'project.owner', 'alternatives']"
        )
        text = "target: {baseline: unknown}\nlabels: unknown\nalternatives: unknown\n"
        told = self.told(root, text)
        assert [message.partition(" ")[0] for message in told] == ["`project.owner`"]

    def test_an_empty_list_is_an_answer(self, tmp_path: Path) -> None:
        root = one(tmp_path, "require = ['alternatives', 'explainability.regimes']")
        assert self.told(root, "alternatives: []\nexplainability: {regimes: []}\n") == []
        assert len(self.told(root)) == 2

    @pytest.mark.parametrize(("owner", "lacks"), [("TODO", True), ("<team>", True), ("ana", False)])
    def test_placeholders_are_none(self, tmp_path: Path, owner: str, lacks: bool) -> None:
        root = one(tmp_path, "require = ['project.owner']")
        text = spec().replace("name: example", f'name: example, owner: "{owner}"')
        told = of(report(root, text), "POL001")
        assert bool(told) == lacks
        if lacks:
            assert told[0].message.startswith(f"`project.owner` holds the placeholder `{owner}`;")

    def test_a_mistake_in_the_field_is_reported_once(self, tmp_path: Path) -> None:
        root = one(tmp_path, "require = ['labels.labelled']")
        found = report(root, spec("labels: {labelled: many}\n"))
        assert [each.code for each in found.findings if each.severity == "error"] == ["SPC006"]

    def test_the_finding(self, tmp_path: Path) -> None:
        root = one(tmp_path, "require = ['target.baseline']")
        (found,) = of(report(root, spec("target: {metric: auc}\n")), "POL001")
        assert (found.severity, found.path, found.name) == (
            "error",
            "target.baseline",
            "required-by-policy",
        )
        assert found.range is not None
        assert found.range.start == (5, 1)  # the section that lacks it
        assert found.policy == ("required by .mlspeclint.toml",)

    def test_it_can_be_waived_for_a_field_lowered_and_left_out(self, tmp_path: Path) -> None:
        root = one(tmp_path, "require = ['target.baseline', 'project.owner']")
        waiver = (
            "waivers: [{rule: POL001, at: target.baseline, reason: r, by: b, until: 2027-05-31}]\n"
        )
        found = of(report(root, spec(waiver)), "POL001")
        assert {each.path: each.waived is not None for each in found} == {
            "target.baseline": True,
            "project.owner": False,
        }
        required = "require = ['target.baseline']\n"
        write(root, {".mlspeclint.toml": required + "severity.POL001 = 'note'"})
        (lowered,) = of(report(root, spec()), "POL001")
        assert lowered.severity == "note"
        assert "severity note set by .mlspeclint.toml" in lowered.policy
        write(root, {".mlspeclint.toml": required + "ignore = ['POL']"})
        assert not of(report(root, spec()), "POL001")

    def test_whatever_else_is_selected(self, tmp_path: Path) -> None:
        required = "require = ['project.owner']\n"
        root = one(tmp_path, required + "select = ['LBL']")
        assert [each.code for each in report(root, spec()).findings] == ["POL001"]
        assert not report(root, spec(), select=("LBL",)).findings
        write(root, {".mlspeclint.toml": required + "select = ['LBL']\nignore = ['POL001']"})
        assert not report(root, spec()).findings

    def test_whatever_a_later_file_selects(self, tmp_path: Path) -> None:
        files = {
            "a.toml": "require = ['project.owner']",
            ".mlspeclint.toml": "extends = ['a.toml']\nselect = ['LBL']",
        }
        root = repository(tmp_path / "r", files)
        assert [each.code for each in report(root, spec()).findings] == ["POL001"]
        write(root, {".mlspeclint.toml": f"{files['.mlspeclint.toml']}\nignore = ['POL001']"})
        assert not report(root, spec()).findings

    def test_demands_of_all_files_add_up(self, tmp_path: Path) -> None:
        files = {
            "a.toml": "require = ['project.owner', 'project.kpi']",
            ".mlspeclint.toml": "extends = ['a.toml']\nrequire = ['project.kpi', 'target']",
        }
        root = repository(tmp_path / "r", files)
        assert [(each.path, each.policy[0]) for each in of(report(root, spec()), "POL001")] == [
            ("target", "required by .mlspeclint.toml"),
            ("project.kpi", "required by .mlspeclint.toml"),
            ("project.owner", "required by a.toml"),
        ]


class TestStages:
    TEXT = """
        require = ["project.owner"]
        severity.LBL303 = "warning"
        [stages.idea]
        severity.LBL303 = "note"
        [stages.production]
        require = ["project.kpi"]
        ignore = ["HYP"]
        severity.LBL303 = "error"
        limits.agreement_good = 0.9
    """

    @pytest.mark.parametrize(
        ("stage", "found"),
        [("idea", "note"), ("proposal", "warning"), ("pilot", "warning"), ("production", "error")],
    )
    def test_the_stage_of_the_spec_decides(self, tmp_path: Path, stage: str, found: str) -> None:
        root = one(tmp_path, self.TEXT)
        assert level(report(root, spec(DISAGREE, stage)), "LBL303") == found

    @pytest.mark.parametrize("stage", ["stage: unknown", "summary: none"])
    def test_without_a_stage_it_is_a_proposal(self, tmp_path: Path, stage: str) -> None:
        root = one(tmp_path, "stages.proposal.severity.LBL303 = 'error'")
        text = spec(DISAGREE).replace("stage: proposal", stage)
        assert level(report(root, text), "LBL303") == "error"

    def test_what_is_demanded_and_left_out(self, tmp_path: Path) -> None:
        root = one(tmp_path, self.TEXT)
        production = report(root, spec(stage="production"))
        assert {each.path: each.policy for each in of(production, "POL001")} == {
            "project.owner": ("required by .mlspeclint.toml",),
            "project.kpi": ("required by .mlspeclint.toml for production",),
        }
        assert not of(production, "HYP002")
        pilot = report(root, spec(stage="pilot"))
        assert [each.path for each in of(pilot, "POL001")] == ["project.owner"]
        assert of(pilot, "HYP002")

    def test_documents_of_a_file_may_be_of_different_stages(self, tmp_path: Path) -> None:
        root = one(tmp_path, self.TEXT)
        text = f"{spec(DISAGREE, 'idea')}---\n{spec(DISAGREE, 'production')}"
        found = of(report(root, text), "LBL303")
        assert [(each.document, each.severity) for each in found] == [(0, "note"), (1, "error")]

    def test_waivers_are_judged_by_the_settings_of_their_document(self, tmp_path: Path) -> None:
        root = one(tmp_path, "stages.production.ignore = ['HYP', 'WVR004']")
        waivers = """
            waivers:
              - {rule: HYP001, reason: r, by: b, until: 2027-05-31}
            """
        text = f"{spec(waivers, 'production')}---\n{spec(waivers, 'pilot')}"
        # What is not looked for is not missed.
        assert [each.document for each in of(report(root, text), "WVR002")] == [1]

    def test_a_stage_of_a_pack_comes_before_the_next_file(self, tmp_path: Path) -> None:
        files = {
            "a.toml": "stages.production.severity.LBL303 = 'error'",
            ".mlspeclint.toml": "extends = ['a.toml']\nseverity.LBL303 = 'note'",
        }
        root = repository(tmp_path / "r", files)
        assert level(report(root, spec(DISAGREE, "production")), "LBL303") == "note"

    def test_the_command_line_wins_over_stages(self, tmp_path: Path) -> None:
        root = one(tmp_path, "stages.production.ignore = ['HYP']")
        assert "HYP001" in codes(root, "production", extend_select=("HYP",))
        assert "HYP001" not in codes(root, "production")


class TestProfiles:
    def test_standard_changes_nothing(self, tmp_path: Path) -> None:
        plain = repository(tmp_path / "a", {".mlspeclint.toml": ""})
        standard = repository(tmp_path / "b", {".mlspeclint.toml": "profile = 'standard'"})
        for stage in STAGES:
            one, other = (configured(each).policy(stage) for each in (plain, standard))
            assert one.rules == other.rules
            assert (one.chosen, one.severities, one.required) == (
                other.chosen,
                other.severities,
                other.required,
            )

    def test_staged_is_mild_on_ideas_and_strict_in_production(self, tmp_path: Path) -> None:
        root = one(tmp_path, "profile = 'staged'")
        text = "labels: {labelled: 500, required: 1000}\n"
        assert level(report(root, spec(text, "idea")), "LBL306") in (None, "note")
        demanded = {
            stage: {each.path for each in of(report(root, spec(stage=stage)), "POL001")}
            for stage in STAGES
        }
        assert demanded["idea"] == demanded["proposal"] == demanded["retired"] == set()
        assert demanded["pilot"] == {"project.owner", "target.metric", "target.value"}
        assert demanded["pilot"] < demanded["production"]
        assert {"target.baseline", "retraining.monitoring"} <= demanded["production"]
        assert level(report(root, spec(stage="production")), "HYP002") == "warning"
        assert level(report(root, spec(stage="pilot")), "HYP002") == "note"

    def test_every_line_of_staged_has_its_reason(self) -> None:
        import mlspeclint.policy

        folder = Path(mlspeclint.policy.__path__[0]) / "profiles"
        lines = (folder / "staged.toml").read_text(encoding="utf-8").splitlines()
        entries = [line for line in lines if line.startswith(("  ", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ"))]
        assert len(entries) > 40
        assert [line for line in entries if " # " not in line] == []


class TestPaths:
    def test_per_path_ignores(self, tmp_path: Path) -> None:
        text = "per-path-ignores = {'research/**' = ['LBL', 'no-kpi'], '*.draft.yaml' = ['LBL303']}"
        root = one(tmp_path, text)
        told = {
            path: {each.code for each in report(root, spec(DISAGREE), path).findings}
            for path in ("ml-project.yaml", "research/a/ml-project.yaml", "x/y.draft.yaml")
        }
        assert {"LBL303", "HYP002"} <= told["ml-project.yaml"]
        assert not {"LBL303", "HYP002"} & told["research/a/ml-project.yaml"]
        assert "LBL303" not in told["x/y.draft.yaml"]
        assert "HYP002" in told["x/y.draft.yaml"]

    def test_they_hold_whatever_the_command_line_selects(self, tmp_path: Path) -> None:
        root = one(tmp_path, "per-path-ignores = {'a/' = ['LBL']}")
        assert not report(root, spec(DISAGREE), "a/x.yaml", select=("LBL",)).findings
        assert report(root, spec(DISAGREE), "b/x.yaml", select=("LBL",)).findings

    def test_a_later_file_replaces_the_rules_of_a_pattern(self, tmp_path: Path) -> None:
        files = {
            "a.toml": "per-path-ignores = {'a/' = ['LBL'], 'b/' = ['LBL']}",
            ".mlspeclint.toml": "extends = ['a.toml']\nper-path-ignores = {'a/' = []}",
        }
        root = repository(tmp_path / "r", files)
        assert report(root, spec(DISAGREE), "a/x.yaml", select=("LBL",)).findings
        assert not report(root, spec(DISAGREE), "b/x.yaml", select=("LBL",)).findings

    def test_exclude(self, tmp_path: Path) -> None:
        root = one(tmp_path, "exclude = ['archive/', '!archive/keep.yaml', 'x/*.yaml']")
        configuration = configured(root)
        with working_in(root):
            told = {
                path: configuration.excludes(path)
                for path in (
                    "archive/a.yaml", "b/archive/a.yaml", "archive/keep.yaml", "x/a.yaml", "x/y/a.yaml",
                    "a.yaml", "../archive/a.yaml",
                )
            }  # fmt: skip
        assert [path for path, out in told.items() if out] == [
            "archive/a.yaml", "b/archive/a.yaml", "x/a.yaml",
        ]  # fmt: skip

    def test_patterns_of_packs_are_relative_to_the_file_that_was_found(
        self, tmp_path: Path
    ) -> None:
        files = {
            "p/a.toml": "exclude = ['/old/']",
            "s/.mlspeclint.toml": "extends = ['../p/a.toml']\nexclude = ['/new/']",
        }
        root = repository(tmp_path / "r", files)
        configuration = configured(root, "s/x.yaml")
        with working_in(root):
            assert configuration.excludes("s/old/x.yaml")
            assert configuration.excludes("s/new/x.yaml")
            assert not configuration.excludes("p/old/x.yaml")


def test_patterns_of_all_files_have_a_limit(tmp_path: Path) -> None:
    files = {
        "a.toml": f"exclude = {['a'] * 200}",
        ".mlspeclint.toml": "extends = ['a.toml']\nexclude = ['b']",
    }
    told = "exclude: all files together have 201 patterns, the limit is 200"
    assert problem(repository(tmp_path / "r", files)) == f".mlspeclint.toml: {told}"


def test_two_rules_of_one_name_are_a_mistake(tmp_path: Path) -> None:
    when = "when = '!has(project.owner)'"
    rule = f"{{code = 'ACME%d', name = 'a-rule', severity = 'note', message = 'm', {when}}}"
    files = {
        "a.toml": f"policies = [{rule % 101}]",
        ".mlspeclint.toml": f"extends = ['a.toml']\npolicies = [{rule % 102}]",
    }
    assert "a-rule" in problem(repository(tmp_path / "r", files))
