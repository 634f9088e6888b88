"""Plug-ins: rules from installed packages run; what lies in a repository never does."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path
from textwrap import dedent

import pytest

from mlspeclint.policy import plugins
from mlspeclint.policy.declared import declared_rules, together
from mlspeclint.policy.plugins import plugin_rules
from mlspeclint.policy.problem import ConfigProblem
from mlspeclint.rules.rule import CONFLICT

from ..rules.support import spec_of
from ..running import CONSOLE_SCRIPT, ROOT, Ran
from .test_policy_command import blocks

PLAN = """
mlspec: 1
project: {name: a}
task: {type: classification, modality: text}
approach: {family: rules}
budget: {total: 100k}
manual_process: {cost_per_item: 1}
serving: {items_per_month: 1000}
"""
CONFIG = '[tool.mlspeclint]\nplugins = ["acme"]\n'
HEAD = "from mlspeclint.rules.rule import *\nfrom mlspeclint.rules.rule import rule\n"
EVIL = "from pathlib import Path\nPath(__file__).with_name('ran').write_text('x')\nRULES = []\n"


def wheel(folder: Path, project: str, modules: dict[str, str]) -> Path:
    """The wheel of a pure package: its metadata from a `pyproject.toml`, its modules as they are."""
    name = re.search(r'^name = "(.*)"$', project, re.MULTILINE)
    points = re.search(
        r'^\[project\.entry-points\."(.*)"\]\n((?:\w+ = .*\n)+)', project, re.MULTILINE
    )
    assert name and points
    distribution = name[1].replace("-", "_")
    info = f"{distribution}-1.0.dist-info"
    files = {
        **modules,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name[1]}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": f"[{points[1]}]\n{points[2]}".replace('"', ""),
    }
    rows = []
    path = folder / f"{distribution}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for inside, text in files.items():
            archive.writestr(inside, text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=")
            rows.append(f"{inside},sha256={digest.decode()},{len(text.encode())}")
        archive.writestr(f"{info}/RECORD", "\n".join([*rows, f"{info}/RECORD,,", ""]))
    return path


class Home:
    """A virtual environment with `mlspeclint`, and a repository that is checked with it."""

    def __init__(self, folder: Path) -> None:
        self.repository = folder / "repository"
        self.environment = folder / "environment"
        venv.create(self.environment, symlinks=os.name != "nt")
        (self.site,) = self.environment.glob("lib/*/site-packages")
        self.python = self.environment / "bin" / "python"
        # What mlspeclint needs comes from here; it is no site folder of that interpreter.
        theirs = [
            str(ROOT / "src"),
            *(place for place in sys.path if place.endswith("site-packages")),
        ]
        (self.site / "needs.pth").write_text("".join(f"{place}\n" for place in theirs))
        self.repository.mkdir()
        (self.repository / ".git").mkdir()
        (self.repository / "pyproject.toml").write_text(CONFIG)
        (self.repository / "ml-project.yaml").write_text(PLAN)

    def install(self, path: Path) -> None:
        subprocess.run(
            [
                sys.executable, "-m", "pip", "--python", str(self.python), "install", "--quiet", "--no-index",
                "--no-deps", "--disable-pip-version-check", "--force-reinstall", str(path),
            ],
            check=True,
        )  # fmt: skip

    def check(self, *arguments: str, **environment: str) -> Ran:
        done = subprocess.run(
            [str(self.python), "-c", CONSOLE_SCRIPT, *(arguments or ("check", "--select", "ACME"))],
            cwd=self.repository,
            env={"PATH": os.environ["PATH"], "PYTHONUTF8": "1", **environment},
            capture_output=True,
            timeout=60,
        )
        return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """With the plug-in of the guide installed from a wheel."""
    folder = tmp_path_factory.mktemp("home")
    made = Home(folder)
    (project,) = (block for block in blocks("toml") if "entry-points" in block)
    (module,) = blocks("python")
    made.install(wheel(folder, project, {"acme_ml_rules.py": module}))
    return made


class TestInstalled:
    def test_its_rules_run(self, home: Home) -> None:
        ran = home.check()
        assert (ran.status, ran.err) == (1, "")
        assert (
            "warning[ACME201] slower-than-by-hand: 2 years by hand cost 24k, the budget is 100k"
            in ran.out
        )
        assert (
            "= clears when: budget.total <= 24k USD, or manual_process.cost_per_item >= 4.17"
            in ran.out
        )

    def test_its_page_is_explained(self, home: Home) -> None:
        ran = home.check("explain", "ACME201")
        assert ran.status == 0
        assert "warning, basis: policy, from plug-in acme 1.0" in ran.out
        assert "Do it by hand, and keep what comes out as labels." in ran.out

    def test_nothing_is_loaded_that_no_configuration_names(self, home: Home) -> None:
        (home.repository / "pyproject.toml").write_text("[tool.mlspeclint]\nplugins = []\n")
        try:
            ran = home.check("rules")
        finally:
            (home.repository / "pyproject.toml").write_text(CONFIG)
        assert "ACME201" not in ran.out

    def test_one_that_is_not_there_is_named_with_a_suggestion(self, home: Home) -> None:
        (home.repository / "pyproject.toml").write_text(CONFIG.replace("acme", "acne"))
        try:
            ran = home.check()
        finally:
            (home.repository / "pyproject.toml").write_text(CONFIG)
        assert (ran.status, ran.out) == (2, "")
        assert "plug-in acne: no installed package has the entry point `acne`" in ran.err
        assert "did you mean acme?" in ran.err

    def test_one_that_fails_while_it_checks_ends_the_run(self, home: Home) -> None:
        offer(home.site, "failing", a_rule(check="return spec.no_such_section", code="ACME301"))
        (home.repository / "pyproject.toml").write_text(CONFIG.replace("acme", "failing"))
        try:
            ran = home.check("check")
        finally:
            (home.repository / "pyproject.toml").write_text(CONFIG)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith(
            "mlspeclint: pyproject.toml: plugins: plug-in failing: rule ACME301 failed on a spec: "
        )
        assert ran.err.count("\n") == 1

    def test_a_module_in_the_repository_takes_no_part(self, home: Home) -> None:
        for place in (home.repository, home.repository / "lib"):
            place.mkdir(exist_ok=True)
            (place / "acme_ml_rules.py").write_text(EVIL)
        for path in (".", "", str(home.repository), "lib", f"{home.repository}/lib"):
            ran = home.check(PYTHONPATH=path)
            assert "ACME201" in ran.out, path
        assert not [*home.repository.rglob("ran")]


class TestHostileRepository:
    @pytest.fixture
    def evil(self, tmp_path: Path) -> Home:
        """Nothing is installed; the repository has the module, and says that it is."""
        made = Home(tmp_path)
        for place in (made.repository, made.repository / "src"):
            place.mkdir(exist_ok=True)
            (place / "acme.py").write_text(EVIL)
            for info in ("acme.egg-info", "acme-1.0.dist-info"):
                (place / info).mkdir()
                for name in ("PKG-INFO", "METADATA"):
                    (place / info / name).write_text(
                        "Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n"
                    )
                (place / info / "entry_points.txt").write_text(
                    "[mlspeclint.rules]\nacme = acme:RULES\n"
                )
        return made

    @pytest.mark.parametrize("path", [None, "", ".", "src", "{repository}", "{repository}/src:."])
    def test_nothing_of_it_runs(self, evil: Home, path: str | None) -> None:
        given = {} if path is None else {"PYTHONPATH": path.format(repository=evil.repository)}
        for words in (
            ("check",),
            ("rules",),
            ("explain", "ACME201"),
            ("config",),
            ("policy", "test"),
        ):
            ran = evil.check(*words, **given)
            assert not [*evil.repository.rglob("ran")], words
            if words != ("policy", "test"):
                assert (ran.status, ran.out) == (2, ""), words
                assert "plug-in acme: no installed package has the entry point" in ran.err

    def test_it_would_run_if_it_were_imported(self, evil: Home) -> None:
        subprocess.run([str(evil.python), "-c", "import acme"], cwd=evil.repository, check=True)
        assert [path.name for path in evil.repository.glob("ran")] == ["ran"]

    def test_an_installed_name_does_not_lead_back_into_it(self, evil: Home) -> None:
        """A distribution that is installed, whose module is not: as after an editable installation."""
        info = evil.site / "acme-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text("[mlspeclint.rules]\nacme = acme:RULES\n")
        (evil.site / "editable.pth").write_text(f"{evil.repository / 'src'}\n")
        for path in ("", "."):
            ran = evil.check("check", PYTHONPATH=path)
            assert (ran.status, ran.out) == (2, "")
            assert "plug-in acme: its module `acme` is not among the installed packages" in ran.err
        (evil.site / "acme.py").symlink_to(evil.repository / "acme.py")
        assert "is not among the installed packages" in evil.check("check").err
        assert not [*evil.repository.rglob("ran")]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site folder of this interpreter."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    monkeypatch.setattr(plugins, "site_folders", lambda root: [os.path.realpath(folder)])
    monkeypatch.syspath_prepend(str(folder))
    return folder


def offer(site: Path, name: str, text: str, value: str = "RULES") -> None:
    """Install a plug-in whose module is its name and `_rules`."""
    (site / f"{name}_rules.py").write_text(dedent(text))
    info = site / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[mlspeclint.rules]\n{name} = {name}_rules:{value}\n")


RULE = """
from mlspeclint.rules.rule import CLEARED, CONFLICT, POLICY, WARNING, Outcome, Rule, Told
def check(spec):
    {check}
RULES = [Rule(check, {code!r}, {name!r}, severity={severity}, basis={basis}, reads={{{reads!r}: ""}})]
"""


def a_rule(**changes: str) -> str:
    usual = {
        "check": "return CLEARED",
        "code": "ACME201",
        "name": "a-rule",
        "severity": "WARNING",
        "basis": "POLICY",
        "reads": "data.examples",
    }
    return RULE.format(**{**usual, **changes})


class TestMistakes:
    @pytest.mark.parametrize(
        ("name", "text", "value", "told"),
        [
            ("raising", "raise ValueError('no')", "RULES", "cannot be loaded: ValueError: no"),
            ("leaving", "raise SystemExit(0)", "RULES", "cannot be loaded: SystemExit: 0"),
            ("broken", "RULES = [", "RULES", "cannot be loaded: SyntaxError"),
            ("empty", "", "RULES", "cannot be loaded: AttributeError"),
            ("calling", "def RULES(): raise KeyError('x')", "RULES", "cannot be loaded: KeyError"),
            ("wrong", "RULES = 3", "RULES", "gives int, not a list of rules"),
            ("strange", "RULES = [3]", "RULES", "gives int among its rules"),
            ("codeless", a_rule(code="acme1"), "RULES", "rule acme1 has no code"),
            ("nameless", a_rule(name="A rule"), "RULES", "rule ACME201 has no name"),
            ("mild", a_rule(severity="'hint'"), "RULES", "rule ACME201 has a severity"),
            ("based", a_rule(basis="'belief'"), "RULES", "rule ACME201 has a basis"),
            (
                "blind",
                a_rule(reads="data.exampels"),
                "RULES",
                "reads `data.exampels`, which is no field",
            ),
            ("vague", a_rule(reads="data"), "RULES", "reads `data`, which is no field"),
        ],
    )
    def test_of_loading(self, site: Path, name: str, text: str, value: str, told: str) -> None:
        offer(site, name, text, value)
        before = sys.path[:]
        with pytest.raises(ConfigProblem) as raised:
            plugin_rules((name,), str(site.parent))
        assert f"plug-in {name}: " in str(raised.value)
        assert told in str(raised.value)
        assert sys.path == before

    @pytest.mark.parametrize(
        ("name", "check", "told"),
        [
            ("failing", "return 1 / 0", "rule ACME201 failed on a spec: ZeroDivisionError"),
            ("silent", "return None", "rule ACME201 gives NoneType, not an outcome"),
        ],
    )
    def test_of_checking(self, site: Path, name: str, check: str, told: str) -> None:
        offer(site, name, a_rule(check=check))
        (rule,) = plugin_rules((name,), str(site.parent))
        with pytest.raises(ConfigProblem, match=f"plug-in {name}: {told}"):
            rule.check(spec_of(""))

    def test_of_telling(self, site: Path) -> None:
        offer(
            site,
            "mute",
            a_rule(check='return Outcome(CONFLICT, severity=WARNING, tell=lambda: {}["x"])'),
        )
        (rule,) = plugin_rules(("mute",), str(site.parent))
        found = rule.check(spec_of(""))
        assert found.kind == CONFLICT
        assert found.tell is not None
        with pytest.raises(
            ConfigProblem, match="plug-in mute: rule ACME201 failed on a spec: KeyError"
        ):
            found.tell()

    def test_two_packages_that_offer_one_name(self, site: Path) -> None:
        offer(site, "twice", a_rule())
        offer(site, "other", a_rule())
        (site / "other-1.0.dist-info" / "entry_points.txt").write_text(
            "[mlspeclint.rules]\ntwice = other_rules:RULES\n"
        )
        with pytest.raises(
            ConfigProblem, match="plug-in twice: several installed packages offer it: other, twice"
        ):
            plugin_rules(("twice",), str(site.parent))

    def test_a_module_that_was_imported_from_elsewhere(self, site: Path, tmp_path: Path) -> None:
        offer(site, "early", a_rule())
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        (elsewhere / "early_rules.py").write_text("RULES = []\n")
        sys.path.insert(0, str(elsewhere))
        try:
            __import__("early_rules")
            with pytest.raises(
                ConfigProblem, match="its module `early_rules` is not among the installed"
            ):
                plugin_rules(("early",), str(site.parent))
        finally:
            sys.path.remove(str(elsewhere))
            del sys.modules["early_rules"]

    def test_a_function_may_give_the_rules(self, site: Path) -> None:
        offer(site, "lazy", a_rule() + "def rules(): return tuple(RULES)\n", "rules")
        (rule,) = plugin_rules(("lazy",), str(site.parent))
        assert (rule.code, rule.origin) == ("ACME201", "plug-in lazy 1.0")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"code": "LBL201"}, "plug-in own 1.0: LBL201: the group LBL is the tool's own"),
        ({"name": "rare-class"}, "plug-in own 1.0: ACME201: `rare-class` is the name of DAT109"),
        ({"code": "ACME102"}, "plug-in own 1.0: ACME102: ACME102 theirs in acme.toml has the code"),
    ],
)
def test_takes_no_code_of_others(site: Path, changes: dict[str, str], told: str) -> None:
    declared = {
        "code": "ACME102",
        "name": "theirs",
        "severity": "note",
        "message": "none",
        "when": "!has(project.owner)",
    }
    offer(site, "own", a_rule(**changes))
    try:
        with pytest.raises(ConfigProblem, match=re.escape(told)):
            together(
                [
                    *declared_rules([declared], "acme.toml"),
                    *plugin_rules(("own",), str(site.parent)),
                ]
            )
    finally:
        del sys.modules["own_rules"]


def test_site_folders_are_those_of_the_interpreter(tmp_path: Path) -> None:
    folders = plugins.site_folders(str(tmp_path))
    assert folders
    for folder in folders:
        assert Path(folder).name in ("site-packages", "dist-packages")
    assert os.path.realpath(ROOT / "src") not in folders
    assert os.path.realpath(ROOT) not in folders
