"""`mlspeclint policy test`, and the guide: its pack, its plan and its commands are real."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from ..running import ROOT, run

GUIDE = ROOT / "docs" / "policies.md"
CONSOLE = re.compile(r"(?<=^```console\n)\$ (mlspeclint .*)\n((?s:.*?))(?=^```$)", re.MULTILINE)
OWNER = """
[[policies]]
code = "ACME101"
name = "an-owner"
severity = "warning"
message = "nobody answers for it"
when = "!has(project.owner)"
"""
GOOD = "good = ['project: {name: a, owner: Ada}']\n"
BAD = "bad = ['project: {name: a}']\n"


def blocks(language: str) -> list[str]:
    """The blocks of a language in the guide."""
    text = GUIDE.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n((?s:.*?))^```$", text, re.MULTILINE)


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """A repository with the pack and the plan of the guide."""
    pack, project, *_ = blocks("toml")
    (tmp_path / ".git").mkdir()
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "acme.toml").write_text(pack, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(project, encoding="utf-8")
    (plan,) = blocks("yaml")
    (tmp_path / "ml-project.yaml").write_text(plan, encoding="utf-8")
    return tmp_path


def pack(folder: Path, text: str) -> Path:
    """A pack in a folder."""
    path = folder / "acme.toml"
    path.write_text(text, encoding="utf-8")
    return path


class TestGuide:
    def test_commands_say_what_is_shown(self, guide: Path, request: pytest.FixtureRequest) -> None:
        def said(found: re.Match[str]) -> str:
            ran = run(*shlex.split(found[1])[1:], folder=guide)
            assert ran.err == ""
            return f"$ {found[1]}\n{ran.out}"

        text = GUIDE.read_text(encoding="utf-8")
        real = CONSOLE.sub(said, text)
        if request.config.getoption("--update-golden"):
            GUIDE.write_text(real, encoding="utf-8", newline="\n")
        else:
            assert text == real
        assert len(CONSOLE.findall(text)) == 2

    def test_mistakes_are_told_as_shown(self, guide: Path) -> None:
        shown = [line for line in "".join(blocks("text")).splitlines() if line]
        changes = (
            ("serving.latency >", "serving.latensy >"),
            ('"200 ms" &&', "200 &&"),
            ('"server"', '"sever"'),
        )
        path = guide / "policies" / "acme.toml"
        original = path.read_text(encoding="utf-8")
        for (old, new), message in zip(changes, shown, strict=True):
            path.write_text(original.replace(old, new, 1), encoding="utf-8")
            for words in (("check",), ("policy", "test")):
                ran = run(*words, folder=guide)
                assert (ran.status, ran.out, ran.err) == (2, "", f"{message}\n")

    def test_answers_are_those_of_the_table(self) -> None:
        from mlspeclint.policy.expressions import condition

        from ..rules.support import spec_of

        _, table = GUIDE.read_text(encoding="utf-8").split("| in the spec | expression | answer |")
        row = re.compile(r"^\|(.*?)\| `(.*?)` \| (.*?) \|$", re.MULTILINE)
        rows = row.findall(table.partition("\n\n")[0])
        assert len(rows) == 7
        declared = ""
        for given, expression, expected in rows:
            if given.strip():
                found = dict(re.findall(r"`(\w+): (.*?)`", given))
                declared = ", ".join(f"{name}: {value}" for name, value in found.items())
            answer = condition(expression.replace("\\|", "|")).run(
                spec_of(f"serving: {{{declared}}}" if declared else "")
            )
            told = {True: "yes", False: "no"}.get(
                answer.value, f"open: {'undecided' if answer.missing else 'possible'}"
            )
            assert expected.startswith(told), (given, expression)

    def test_every_rule_is_explained_and_listed(self, guide: Path) -> None:
        ran = run("explain", "ACME102", folder=guide)
        assert ran.status == 0
        assert "ACME102 labels-need-sign-off" in ran.out
        assert "from policies/acme.toml" in ran.out
        rows = {
            row["code"]: row for row in json.loads(run("rules", "-f", "json", folder=guide).out)
        }
        assert rows["ACME101"]["docs"] == "https://ml.acme.example/rules/latency"
        assert rows["ACME101"]["origin"] == "policies/acme.toml"


class TestOutcomes:
    def test_a_rule_passes(self, tmp_path: Path) -> None:
        ran = run("policy", "test", pack(tmp_path, OWNER + BAD + GOOD).name, folder=tmp_path)
        assert (ran.status, ran.err) == (0, "")
        assert ran.out == (
            "acme.toml\n  passed  ACME101 an-owner (1 bad, 1 good)\n\n1 rule: 1 passed, 0 failed\n"
        )

    def test_what_fails_is_shown(self, tmp_path: Path) -> None:
        examples = (
            "bad = ['project: {name: a, owner: Ada}', 'project: {name: a, ownr: Ada}']\n"
            "good = ['''\nproject:\n  name: a\n''', '- 1', 'a: [', '', 'labels: {required: 2}']\n"
        )
        ran = run("policy", "test", pack(tmp_path, OWNER + examples).name, folder=tmp_path)
        assert ran.status == 1
        assert ran.out == (
            "acme.toml\n"
            "  failed  ACME101 an-owner (2 bad, 5 good)\n"
            "    bad example 1: expected a finding, the outcome is clear\n"
            "      │ project: {name: a, owner: Ada}\n"
            "    bad example 2: is no valid spec: `project` has no field `ownr`; "
            "did you mean `project.owner`?\n"
            "      │ project: {name: a, ownr: Ada}\n"
            "    good example 1: expected none, the outcome is conflict: nobody answers for it\n"
            "      │ project:\n"
            "      │   name: a\n"
            "    good example 2: is no valid spec: a spec is a mapping of fields, not a list\n"
            "      │ - 1\n"
            "    good example 3: is no valid spec: the bracket `[` is never closed\n"
            "      │ a: [\n"
            "    good example 4: is no valid spec: the file holds no spec; `mlspeclint explain mlspec`\n"
            "    good example 5: expected none, the outcome is conflict: nobody answers for it\n"
            "      │ labels: {required: 2}\n"
            "\n1 rule: 0 passed, 1 failed\n"
        )

    @pytest.mark.parametrize(
        ("examples", "lacks"), [("", ["bad", "good"]), (BAD, ["good"]), (GOOD, ["bad"])]
    )
    def test_a_rule_without_examples_fails(
        self, examples: str, lacks: list[str], tmp_path: Path
    ) -> None:
        ran = run("policy", "test", pack(tmp_path, OWNER + examples).name, folder=tmp_path)
        assert ran.status == 1
        for kind in lacks:
            assert f"has no {kind} example" in ran.out

    def test_an_undecided_rule_says_what_it_lacks(self, tmp_path: Path) -> None:
        text = OWNER.replace("!has(project.owner)", "labels.noise > 0.1")
        examples = "bad = ['labels: {required: 3}']\ngood = ['labels: {required: 3}']\n"
        ran = run("policy", "test", pack(tmp_path, text + examples).name, folder=tmp_path)
        assert (
            "bad example 1: expected a finding, the outcome is undecided: lacks labels.noise"
            in ran.out
        )
        # What leaves it undecided is good, but shows nothing.
        assert "no good example decides it: show one with the facts that it asks for" in ran.out
        assert "    good example 1" not in ran.out

    def test_good_examples_have_to_decide_it_once(self, tmp_path: Path) -> None:
        text = OWNER.replace("!has(project.owner)", "labels.noise > 0.1")
        text += "bad = ['labels: {noise: 20%}']\ngood = ['labels: {required: 3}'"
        for more, status in ((", 'labels: {noise: 5%}']\n", 0), (", 'project: {name: a}']\n", 1)):
            ran = run("policy", "test", pack(tmp_path, text + more).name, folder=tmp_path)
            assert ran.status == status
            assert ("no good example decides it" in ran.out) is bool(status)

    def test_a_possible_finding_is_one(self, tmp_path: Path) -> None:
        text = OWNER.replace("!has(project.owner)", "labels.noise > 0.1")
        examples = "bad = ['labels: {noise: 5%..20%}']\ngood = ['labels: {noise: 5%..10%}']\n"
        assert (
            run("policy", "test", pack(tmp_path, text + examples).name, folder=tmp_path).status == 0
        )

    def test_for_programs(self, tmp_path: Path) -> None:
        name = pack(tmp_path, OWNER + BAD + GOOD).name
        found = json.loads(run("policy", "test", name, "-f", "json", folder=tmp_path).out)
        assert found["version"] == 1
        assert found["summary"] == {"rules": 1, "passed": 1, "failed": 0}
        (rule,) = found["rules"]
        assert (rule["code"], rule["file"], rule["passed"], rule["lacks"]) == (
            "ACME101",
            "acme.toml",
            True,
            [],
        )
        assert [(each["kind"], each["outcome"], each["told"]) for each in rule["examples"]] == [
            ("bad", "conflict", "nobody answers for it"),
            ("good", "clear", ""),
        ]

    def test_on_another_day(self, tmp_path: Path) -> None:
        text = OWNER.replace("!has(project.owner)", "project.deadline < today")
        examples = (
            "bad = ['project: {name: a, deadline: 2027-01-01}']\n"
            "good = ['project: {name: a, deadline: 2027-03-01}']\n"
        )
        name = pack(tmp_path, text + examples).name
        assert run("policy", "test", name, "--today", "2027-02-01", folder=tmp_path).status == 0
        assert run("policy", "test", name, "--today", "2027-04-01", folder=tmp_path).status == 1


class TestInForce:
    def test_the_rules_of_all_packs(self, tmp_path: Path) -> None:
        (tmp_path / ".git").mkdir()
        pack(tmp_path, OWNER + BAD + GOOD)
        own = (
            OWNER.replace("ACME101", "ACME102")
            .replace("an-owner", "also")
            .replace("[[", "[[tool.mlspeclint.")
        )
        (tmp_path / "pyproject.toml").write_text(
            f'[tool.mlspeclint]\nextends = ["acme.toml"]\n{own}', encoding="utf-8"
        )
        ran = run("policy", "test", folder=tmp_path)
        assert ran.status == 1
        assert "acme.toml\n  passed  ACME101 an-owner" in ran.out
        assert "pyproject.toml\n  failed  ACME102 also" in ran.out
        below = tmp_path / "plans"
        below.mkdir()
        assert "ACME101" in run("policy", "test", folder=below).out

    def test_nothing_to_test_is_an_error(self, tmp_path: Path) -> None:
        (tmp_path / ".git").mkdir()
        ran = run("policy", "test", folder=tmp_path)
        assert (ran.status, ran.out) == (2, "")
        assert "the configuration here declares no rules" in ran.err
        name = pack(tmp_path, 'select = ["LBL"]\n').name
        ran = run("policy", "test", name, folder=tmp_path)
        assert (ran.status, ran.out) == (2, "")
        assert "acme.toml declares no rules" in ran.err

    def test_mistakes_in_a_pack(self, tmp_path: Path) -> None:
        for text, told in (
            (OWNER.replace("owner)", "ownr)"), "did you mean `project.owner`?"),
            (OWNER + OWNER, "has the code `ACME101`"),
            ("[[policies]\n", "is not TOML"),
            ("policies = 3\n", "policies"),
        ):
            ran = run("policy", "test", pack(tmp_path, text).name, folder=tmp_path)
            assert (ran.status, ran.out) == (2, "")
            assert "acme.toml" in ran.err
            assert told in ran.err
        ran = run("policy", "test", "nowhere.toml", folder=tmp_path)
        assert ran.status == 2
        assert "nowhere.toml" in ran.err

    def test_what_a_pack_says_cannot_steer_a_terminal(self, tmp_path: Path) -> None:
        examples = 'bad = ["x-a: \\u001b[31m"]\n'
        ran = run("policy", "test", pack(tmp_path, OWNER + examples).name, folder=tmp_path)
        assert ran.status == 2
        assert "\x1b" not in ran.err


def test_nobody_else_pays_for_expressions(tmp_path: Path) -> None:
    """What a check imports where a configuration declares no rules."""
    import subprocess
    import sys

    (tmp_path / ".git").mkdir()
    (tmp_path / ".mlspeclint.toml").write_text('fail-on = "error"\n')
    (tmp_path / "ml-project.yaml").write_text("mlspec: 1\n")
    code = (
        "import sys\n"
        "from mlspeclint.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(*sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    loaded = set(done.stderr.split())
    assert "mlspeclint.engine.check" in loaded
    assert not {"lark", "mlspeclint.policy.declared", "importlib.metadata"} & loaded
