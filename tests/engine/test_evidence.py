"""EVD007: what is declared against the packages on which the repository depends."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlspeclint.engine import dependencies, manifests
from mlspeclint.engine.check import check_file
from mlspeclint.engine.dependencies import Evidence, declares_network
from mlspeclint.engine.finding import FileReport
from mlspeclint.engine.manifests import reader
from mlspeclint.engine.repository import Unreadable
from mlspeclint.engine.settings import Settings
from mlspeclint.rules.evidence_pages import EVIDENCE_PAGES
from mlspeclint.rules.names import EVIDENCE_NAMES

from ..rules.support import TODAY
from ..rules.test_pages import PARTS
from ..running import run
from .support import codes, complete, finding

DEEP = "project: {name: x, stage: production}\napproach: {family: deep_learning, training: fine_tuning}"
CLASSICAL = "project: {name: x, stage: production}\napproach: {family: classical_ml}"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository without any file."""
    (tmp_path / "repository" / ".git").mkdir(parents=True)
    return tmp_path / "repository"


def write(folder: Path, **files: str) -> None:
    """Write files; `_` in a keyword stands for a dot, `__` for a slash."""
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def check(
    folder: Path, text: str, evidence: Evidence | None = None, select: str = "EVD"
) -> FileReport:
    """The report on a spec in that folder; it need not be on the disk."""
    beside = evidence or Evidence()
    chosen = Settings(select=select.split(","), today=TODAY, evidence=beside)
    return check_file(complete(text).encode(), str(folder / "ml-project.yaml"), chosen)


def severities(folder: Path, text: str) -> list[str]:
    return [f"{each.severity} {each.outcome}" for each in check(folder, text).findings]


WARNED, NOTED, POSSIBLE = ["warning conflict"], ["note conflict"], ["note possible"]


class TestDeepLearningWithoutFramework:
    def test_is_reported(self, repository: Path) -> None:
        write(repository, requirements_txt="pandas\nscikit-learn>=1.4\n")
        report = check(repository, DEEP)
        assert codes(report) == ["EVD007"]
        found = finding(report, "EVD007")
        assert found.message.startswith(
            "the approach is deep learning, fine-tuned, and none of the 2 Python dependencies in "
            "requirements.txt is a deep learning framework that is known here: check"
        )
        assert (found.severity, found.path, found.basis) == (
            "warning",
            "approach.family",
            "convention",
        )

    @pytest.mark.parametrize(
        ("stage", "hosting", "expected"),
        [
            ("idea", "own", []),
            ("proposal", None, NOTED),
            ("proposal", "own", WARNED),
            ("pilot", None, WARNED),
            ("production", None, WARNED),
            ("production", "own", WARNED),
            ("production", "vendor", []),
            ("production", "unknown", POSSIBLE),
            ("retired", "own", []),
            ("unknown", "own", POSSIBLE),
        ],
    )
    def test_stage_and_hosting(
        self, repository: Path, stage: str, hosting: str | None, expected: list[str]
    ) -> None:
        write(repository, requirements_txt="pandas")
        hosted = f", hosting: {hosting}" if hosting else ""
        text = f"project: {{name: x, stage: {stage}}}\napproach: {{family: deep_learning{hosted}}}"
        assert severities(repository, text) == expected

    @pytest.mark.parametrize(
        ("training", "hosting", "packages", "expected"),
        [
            ("prompting", None, "pandas", []),
            ("zero_shot", None, "pandas", []),
            ("few_shot", None, "pandas", []),
            ("prompting", "vendor", "openai", []),
            ("prompting", "own", "openai", []),
            ("prompting", "own", "pandas", WARNED),
            ("prompting", "own", "vllm", []),
            ("fine_tuning", "own", "openai", WARNED),
            ("fine_tuning", "vendor", "openai", []),
            ("from_scratch", None, "openai", WARNED),
            ("unknown", None, "pandas", POSSIBLE),
        ],
    )
    def test_a_network_that_somebody_else_runs(
        self,
        repository: Path,
        training: str,
        hosting: str | None,
        packages: str,
        expected: list[str],
    ) -> None:
        write(repository, requirements_txt=packages)
        hosted = f", hosting: {hosting}" if hosting else ""
        approach = f"approach: {{family: deep_learning, training: {training}{hosted}}}"
        assert severities(repository, f"project: {{name: x, stage: pilot}}\n{approach}") == expected

    @pytest.mark.parametrize(
        "package",
        ["torch", "TensorFlow-GPU", "jax[cuda12]", "paddlepaddle_gpu==2.6", "pytorch_lightning~=2.0",
         "onnxruntime-gpu", "ultralytics", "tf.keras", "mxnet-cu112", "spacy", "tabpfn"],
    )  # fmt: skip
    def test_any_package_that_runs_networks_is_enough(self, repository: Path, package: str) -> None:
        write(repository, requirements_txt=f"pandas\n{package}\n")
        assert severities(repository, DEEP) == []

    def test_one_anywhere_on_the_way_is_enough(self, repository: Path) -> None:
        write(repository, service__requirements_txt="pandas", pyproject_toml="")
        assert severities(repository / "service", DEEP) == WARNED
        write(repository, pyproject_toml="[project]\ndependencies = ['torch']")
        assert severities(repository / "service", DEEP) == []

    def test_a_lock_file_knows_what_packages_need(self, repository: Path) -> None:
        write(repository, requirements_txt="our-models", uv_lock="")
        assert severities(repository, DEEP) == WARNED
        write(repository, uv_lock='version = 1\n[[package]]\nname = "torch"\nversion = "2"\n')
        assert severities(repository, DEEP) == []

    @pytest.mark.parametrize(
        "files",
        [
            {},
            {"requirements_txt": ""},
            {"requirements_txt": "# nothing yet"},
            {"requirements_txt": "mlspeclint\npytest\nruff"},
            {"pyproject_toml": "[tool.ruff]\nline-length = 100"},
            {"environment_yml": "dependencies: [python=3.12, pip]"},
            {"package_json": '{"dependencies": {"react": "19"}}'},
        ],
    )
    def test_quiet_where_nothing_is_declared(self, repository: Path, files: dict[str, str]) -> None:
        write(repository, **files)
        assert severities(repository, DEEP) == []

    def test_one_dependency_reads_well(self, repository: Path) -> None:
        write(repository, requirements_txt="pandas")
        message = finding(check(repository, DEEP), "EVD007").message
        assert "the only Python dependency in requirements.txt is not a deep learning" in message

    def test_many_files_are_counted(self, repository: Path) -> None:
        names = ["pyproject_toml", "Pipfile", "pixi_toml", "requirements_txt"]
        texts = ["[project]\ndependencies=['a']", "[packages]\nb='*'", "[dependencies]\nc='*'", "d"]
        write(repository, **dict(zip(names, texts, strict=True)))
        message = finding(check(repository, DEEP), "EVD007").message
        assert (
            "the 4 Python dependencies in Pipfile, pixi.toml, pyproject.toml and 1 more is"
            in message
        )


class TestFrameworkWithoutDeepLearning:
    def test_is_reported_with_its_place(self, repository: Path) -> None:
        write(repository, requirements_txt="# models\npandas\nTorch[extra]>=2  # for later\n")
        found = finding(check(repository, CLASSICAL), "EVD007")
        assert (
            "the approach is classical ML, and the repository depends on torch (requirements.txt:3)"
            in (found.message)
        )
        assert (found.severity, found.path) == ("warning", "approach.family")

    @pytest.mark.parametrize("family", ["rules", "statistics", "classical_ml"])
    @pytest.mark.parametrize("stage", ["idea", "proposal", "pilot", "production", "unknown"])
    def test_every_simpler_family_at_every_stage(
        self, repository: Path, family: str, stage: str
    ) -> None:
        write(repository, requirements_txt="tensorflow")
        text = f"project: {{name: x, stage: {stage}}}\napproach: {{family: {family}}}"
        assert severities(repository, text) == (POSSIBLE if stage == "unknown" else WARNED)
        assert severities(repository, text.replace(stage, "retired")) == []

    @pytest.mark.parametrize("package", ["onnxruntime", "spacy", "tabpfn", "openai", "xgboost"])
    def test_other_packages_are_no_proof(self, repository: Path, package: str) -> None:
        write(repository, requirements_txt=package)
        assert severities(repository, CLASSICAL) == []

    @pytest.mark.parametrize(
        "package", ["numpyro", "pyro-ppl", "gpytorch", "tensorflow_probability"]
    )
    def test_a_framework_to_compute_with(self, repository: Path, package: str) -> None:
        write(repository, requirements_txt=f"jax\ntorch\n{package}")
        assert severities(repository, CLASSICAL) == []

    def test_only_what_somebody_wrote_down_counts(self, repository: Path) -> None:
        compiled = "#\n# This file is autogenerated by pip-compile\n#\ntorch==2.5\n"
        write(repository, requirements_in="some-library", requirements_txt=compiled)
        write(repository, poetry_lock='[[package]]\nname = "torch"\n')
        assert severities(repository, CLASSICAL) == []
        write(repository, requirements_in="some-library\ntorch")
        assert severities(repository, CLASSICAL) == WARNED

    def test_only_the_nearest_folder_counts(self, repository: Path) -> None:
        write(repository, requirements_txt="torch", service__requirements_txt="xgboost")
        assert severities(repository / "service", CLASSICAL) == []
        write(repository, service__requirements_txt="pytest")  # tools say nothing
        assert severities(repository / "service", CLASSICAL) == WARNED

    @pytest.mark.parametrize("status", ["measured", "rejected"])
    def test_a_network_that_was_tried(self, repository: Path, status: str) -> None:
        write(repository, requirements_txt="torch")
        tried = f"alternatives:\n  - {{family: deep_learning, status: {status}}}"
        assert severities(repository, f"{CLASSICAL}\n{tried}") == []

    def test_a_network_of_another_spec(self, repository: Path) -> None:
        write(repository, pyproject_toml="[project]\ndependencies = ['torch']")
        churn, images = repository / "churn", repository / "images"
        write(churn, ml_project_yaml="mlspec: 1")
        assert severities(churn, CLASSICAL) == WARNED
        images.mkdir()
        (images / "ml-project.yaml").write_text(complete(DEEP), encoding="utf-8")
        assert severities(churn, CLASSICAL) == []

    def test_names_a_framework_once_and_not_all(self, repository: Path) -> None:
        write(
            repository,
            pyproject_toml="[project]\ndependencies = [\n  'torch',\n]",
            requirements_txt="torch\ntransformers\ntimm\npeft\ntrl",
        )
        message = finding(check(repository, CLASSICAL), "EVD007").message
        assert message.count("torch") == 1
        assert "and 2 more: check" in message

    def test_names_the_path_from_the_spec(self, repository: Path) -> None:
        write(repository, pyproject_toml="[project]\ndependencies = ['torch']", a__b__c_txt="")
        message = finding(check(repository / "a" / "b", CLASSICAL), "EVD007").message
        assert "torch (../../pyproject.toml:2)" in message


@pytest.mark.parametrize(
    "text",
    [
        "approach: {family: deep_learning}",
        "approach:\n  family:   deep_learning # really",
        '{"approach": {"family": "deep_learning"}}',
        "alternatives:\n  - family: deep_learning",
    ],
)
def test_a_spec_that_declares_a_network(text: str) -> None:
    assert declares_network(text)


@pytest.mark.parametrize(
    "text",
    ["approach: {family: classical_ml} # not family: deep_learning", "family: deep_learning_2"],
)
def test_a_spec_that_does_not(text: str) -> None:
    assert not declares_network(text)


POETRY = """
[tool.poetry.dependencies]
python = "^3.11"
pandas = "^2"
torch = {version = "^2", optional = true}
"""
KINDS = {
    "pyproject.toml": {
        "standard": "[project]\ndependencies = ['pandas', 'torch>=2; python_version < \"4\"']",
        "extras": "[project.optional-dependencies]\ngpu = ['torch @ https://example.org/a.zip']",
        "groups": "[dependency-groups]\ntrain = ['torch', {include-group = 'dev'}]",
        "poetry": POETRY,
        "poetry group": "[tool.poetry.group.train.dependencies]\ntorch = '*'",
        "poetry dev": "[tool.poetry.dev-dependencies]\ntorch = '*'",
        "pdm": "[tool.pdm.dev-dependencies]\ntrain = ['torch']",
        "uv": "[tool.uv]\ndev-dependencies = ['torch']",
        "hatch": "[tool.hatch.envs.default]\nextra-dependencies = ['torch']",
        "pixi": "[tool.pixi.feature.gpu.target.linux-64.dependencies]\npytorch = '*'",
    },
    "pixi.toml": {
        "conda": "[dependencies]\npytorch = '*'",
        "pypi": "[pypi-dependencies]\ntorch = '*'",
    },
    "Pipfile": {
        "packages": "[packages]\ntorch = '*'",
        "dev": "[dev-packages]\ntorch = '*'",
        "category": "[train]\ntorch = {version = '*'}",
    },
    "setup.cfg": {
        "requires": "[options]\ninstall_requires =\n  pandas\n  torch>=2",
        "extras": "[options.extras_require]\ngpu = torch",
    },
    "environment.yml": {
        "conda": "dependencies:\n  - python=3.12\n  - pytorch::pytorch=2.*=*cuda*",
        "build": "dependencies: [pytorch-gpu]",
        "pip": "dependencies:\n  - pip:\n    - torch==2.5",
    },
    "conda.yaml": {"conda": "dependencies: [tensorflow]"},
    "requirements.txt": {
        "plain": "torch",
        "bounds": "pandas\r\ntorch >= 2, < 3\r\n",
        "hashes": "torch==2.5 \\\n    --hash=sha256:0 \\\n    --hash=sha256:1\n",
        "url": "torch @ https://download.pytorch.org/whl/torch-2.5.whl",
        "wheel": "https://download.pytorch.org/whl/cu118/torch-2.5%2Bcu118-cp311-linux.whl#sha256=0",
        "git": "git+https://github.com/huggingface/transformers.git@v4.40",
        "ssh": "git+ssh://git@github.com/huggingface/transformers@v4.40",
        "egg": "-e git+https://github.com/someone/fork#egg=torch&subdirectory=x",
        "options": "--extra-index-url https://download.pytorch.org/whl/cu118\n-c limits.txt\ntorch",
    },
    "dev-requirements.in": {"plain": "torch"},
    "requirements/train.txt": {"plain": "torch"},
}
LOCKED = {
    "poetry.lock": '[[package]]\nname = "torch"\nversion = "2.5"\n',
    "pdm.lock": '[[package]]\nname = "torch"\n',
    "uv.lock": 'version = 1\n\n[[package]]\nname = "torch"\n',
    "pylock.toml": '[[packages]]\nname = "torch"\n',
    "conda-lock.yml": "package:\n- name: pytorch\n  version: 2.5\n",
    "Pipfile.lock": '{"_meta": {}, "default": {"torch": {"version": "==2.5"}}}',
}


class TestKindsOfFiles:
    @pytest.mark.parametrize(
        ("name", "text"),
        [(name, text) for name, kinds in KINDS.items() for text in kinds.values()],
        ids=[f"{name} {kind}" for name, kinds in KINDS.items() for kind in kinds],
    )
    def test_a_framework_in_it_is_found(self, repository: Path, name: str, text: str) -> None:
        (repository / "requirements").mkdir()
        (repository / name).write_text(text, encoding="utf-8")
        assert severities(repository, CLASSICAL) == WARNED
        assert f"({name}:" in finding(check(repository, CLASSICAL), "EVD007").message
        assert severities(repository, DEEP) == []

    @pytest.mark.parametrize(
        ("name", "text"),
        [(name, text) for name, kinds in KINDS.items() for text in kinds.values()],
        ids=[f"{name} {kind}" for name, kinds in KINDS.items() for kind in kinds],
    )
    def test_its_absence_is_found(self, repository: Path, name: str, text: str) -> None:
        (repository / "requirements").mkdir()
        for framework in ("pytorch", "torch", "tensorflow", "transformers"):
            text = text.replace(framework, "lightgbm")
        (repository / name).write_text(text, encoding="utf-8")
        assert severities(repository, DEEP) == WARNED
        assert severities(repository, CLASSICAL) == []

    @pytest.mark.parametrize("name", LOCKED)
    def test_a_lock_file_is_enough_for_deep_learning_and_no_proof_against_others(
        self, repository: Path, name: str
    ) -> None:
        (repository / name).write_text(LOCKED[name], encoding="utf-8")
        assert severities(repository, DEEP) == []
        assert severities(repository, CLASSICAL) == []
        without = LOCKED[name].replace("pytorch", "numpy").replace("torch", "numpy")
        (repository / name).write_text(without, encoding="utf-8")
        assert severities(repository, DEEP) == WARNED

    def test_text_in_utf_16(self, repository: Path) -> None:
        (repository / "requirements.txt").write_text("torch==2.5\r\n", encoding="utf-16")
        assert severities(repository, CLASSICAL) == WARNED

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("setup(install_requires=['torch>=2'])", []),
            ("setup(install_requires=['pandas'])", POSSIBLE),  # it is not run: who knows
            ("setup()", []),
        ],
    )
    def test_a_program_is_not_run(self, repository: Path, text: str, expected: list[str]) -> None:
        write(repository, setup_py=f"from setuptools import setup\n{text}\nraise SystemExit(9)")
        assert severities(repository, DEEP) == expected
        assert severities(repository, CLASSICAL) == []

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("./libs/models", POSSIBLE),
            ("-e ../models", POSSIBLE),
            ("-r https://example.org/more.txt", POSSIBLE),
            ("-e .[gpu]", WARNED),
            (".", WARNED),
        ],
    )
    def test_what_cannot_be_seen_stays_open(
        self, repository: Path, line: str, expected: list[str]
    ) -> None:
        write(repository, requirements_txt=f"pandas\n{line}\n")
        assert severities(repository, DEEP) == expected

    @pytest.mark.parametrize(
        ("rest", "expected"),
        [
            ("", POSSIBLE),
            ("[tool.setuptools.dynamic]\ndependencies = {file = ['deps.txt']}", WARNED),
            ("[tool.setuptools.dynamic]\ndependencies = {file = 'torch.txt'}", []),
        ],
    )
    def test_dynamic_dependencies(self, repository: Path, rest: str, expected: list[str]) -> None:
        write(repository, deps_txt="pandas", torch_txt="torch")
        project = "[project]\nname = 'x'\ndynamic = ['dependencies']\n"
        extra = "[project.optional-dependencies]\n" if not rest else ""
        write(repository, pyproject_toml=project + extra + rest, other__x="")
        if not rest:
            write(repository, requirements_txt="pandas")
        assert severities(repository, DEEP) == expected


class TestIncludes:
    def test_are_followed(self, repository: Path) -> None:
        write(
            repository,
            requirements_txt="-r more/base.txt".replace("/", os.sep),
            more__base_txt="--requirement=deep.txt",
            more__deep_txt="-r base.txt\n-r ../requirements.txt\ntorch",
        )
        message = finding(check(repository, CLASSICAL), "EVD007").message
        assert "torch (more/deep.txt:3)" in message

    @pytest.mark.parametrize("include", ["../outside.txt", "{tmp}/outside.txt", "link.txt"])
    def test_never_lead_outside(self, repository: Path, tmp_path: Path, include: str) -> None:
        (tmp_path / "outside.txt").write_text("torch", encoding="utf-8")
        (repository / "link.txt").symlink_to(tmp_path / "outside.txt")
        write(repository, requirements_txt=f"pandas\n-r {include.format(tmp=tmp_path)}")
        evidence = Evidence()
        assert codes(check(repository, CLASSICAL, evidence)) == []
        assert "lies outside the repository" in evidence.notices[0]
        # What it may hold stays open.
        assert severities(repository, DEEP) == POSSIBLE

    @pytest.mark.parametrize("include", ["missing.txt", "${WHERE}/x.txt", ".", "\0", "x" * 5000])
    def test_that_cannot_be_read_are_told(self, repository: Path, include: str) -> None:
        write(repository, requirements_txt=f"pandas\n-r {include}")
        evidence = Evidence()
        found = check(repository, DEEP, evidence).findings
        assert [each.outcome for each in found] == ["possible"]
        assert len(evidence.notices) == 1


class TestWhereItLooks:
    def test_up_to_the_root_and_not_beyond(self, repository: Path, tmp_path: Path) -> None:
        (tmp_path / "requirements.txt").write_text("pandas", encoding="utf-8")
        assert severities(repository, DEEP) == []
        write(repository, requirements_txt="pandas", a__b__x="")
        assert severities(repository / "a" / "b", DEEP) == WARNED

    def test_a_worktree_has_a_file_for_git(self, repository: Path) -> None:
        write(repository, requirements_txt="pandas", inner__x="")
        assert severities(repository / "inner", DEEP) == WARNED
        (repository / "inner" / ".git").write_text("gitdir: ../.git/worktrees/inner")
        assert severities(repository / "inner", DEEP) == []

    def test_without_a_repository_only_its_own_folder(self, tmp_path: Path) -> None:
        write(tmp_path, requirements_txt="pandas", a__x="")
        assert severities(tmp_path / "a", DEEP) == []
        assert severities(tmp_path, DEEP) == WARNED

    def test_a_link_to_a_file_outside_is_not_followed(
        self, repository: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "outside.txt").write_text("torch", encoding="utf-8")
        (repository / "requirements.txt").symlink_to(tmp_path / "outside.txt")
        evidence = Evidence()
        assert codes(check(repository, CLASSICAL, evidence)) == []
        assert evidence.notices == [
            "requirements.txt was not read for --evidence: it lies outside the repository"
        ]

    def test_a_link_inside_is(self, repository: Path) -> None:
        write(repository, deps__all_txt="torch")
        (repository / "requirements.txt").symlink_to(repository / "deps" / "all.txt")
        assert severities(repository, CLASSICAL) == WARNED

    def test_a_linked_folder_of_requirements_is_not_followed(
        self, repository: Path, tmp_path: Path
    ) -> None:
        write(tmp_path, outside__more_txt="torch")
        (repository / "requirements").symlink_to(tmp_path / "outside")
        evidence = Evidence()
        assert codes(check(repository, CLASSICAL, evidence)) == []
        assert evidence.notices == []

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
    def test_a_pipe_does_not_block(self, repository: Path) -> None:
        os.mkfifo(repository / "requirements.txt")
        evidence = Evidence()
        assert codes(check(repository, DEEP, evidence)) == []
        assert "it is no regular file" in evidence.notices[0]

    def test_a_loop_of_links(self, repository: Path) -> None:
        (repository / "requirements.txt").symlink_to(repository / "requirements.txt")
        evidence = Evidence()
        assert codes(check(repository, DEEP, evidence)) == []
        assert len(evidence.notices) == 1

    def test_a_folder_that_does_not_exist(self, tmp_path: Path) -> None:
        assert severities(tmp_path / "nowhere", DEEP) == []


BROKEN = {
    "pyproject.toml": "[project",
    "pixi.toml": "= 1",
    "Pipfile": "\0",
    "Pipfile.lock": "{",
    "setup.cfg": "no section",
    "environment.yml": "a: [",
}


class TestBrokenFiles:
    @pytest.mark.parametrize("name", BROKEN)
    def test_are_told_and_leave_it_open(self, repository: Path, name: str) -> None:
        (repository / name).write_text(BROKEN[name], encoding="utf-8")
        write(repository, requirements_txt="pandas")
        evidence = Evidence()
        found = finding(check(repository, DEEP, evidence), "EVD007")
        assert (found.severity, found.outcome) == ("note", "possible")
        assert found.message.startswith("cannot be ruled out: the approach is deep learning")
        assert [notice.partition(":")[0] for notice in evidence.notices] == [
            f"{name} was not read for --evidence"
        ]

    def test_are_told_once_in_a_run(self, repository: Path) -> None:
        write(repository, pyproject_toml="[")
        evidence = Evidence()
        for _ in range(3):
            check(repository, f"{DEEP}\n", evidence)
        assert len(evidence.notices) == 1

    def test_not_utf_8(self, repository: Path) -> None:
        (repository / "requirements.txt").write_bytes(b"torch\xff")
        evidence = Evidence()
        assert codes(check(repository, CLASSICAL, evidence)) == []
        assert evidence.notices[0].endswith("it is not UTF-8")

    @pytest.mark.parametrize(
        ("name", "size", "read"),
        [("requirements.txt", 1_000_000, True), ("requirements.txt", 1_000_001, False),
         ("uv.lock", 1_000_001, True)],
    )  # fmt: skip
    def test_size(self, repository: Path, name: str, size: int, read: bool) -> None:
        text = "torch\n" if name.endswith("txt") else 'name = "torch"\n'
        (repository / name).write_text(text + "#" * (size - len(text)), encoding="utf-8")
        evidence = Evidence()
        check(repository, DEEP, evidence)
        assert bool(evidence.notices) is not read

    def test_a_lock_file_has_a_limit_too(
        self, repository: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(dependencies, "MAX_LOCK_BYTES", 10)
        write(repository, uv_lock="#" * 11)
        evidence = Evidence()
        check(repository, DEEP, evidence)
        assert evidence.notices[0].endswith("it has more than 10 bytes")

    def test_number_of_files_of_a_folder(self, repository: Path) -> None:
        for index in range(dependencies.MAX_FILES + 2):
            (repository / f"requirements-{index:03}.txt").write_text("pandas", encoding="utf-8")
        evidence = Evidence()
        assert [f.outcome for f in check(repository, DEEP, evidence).findings] == ["possible"]
        assert len(evidence.notices) == 2

    def test_number_of_files_of_a_run(
        self, repository: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(dependencies, "MAX_ALL_FILES", 1)
        write(repository, requirements_txt="pandas", setup_cfg="")
        evidence = Evidence()
        check(repository, DEEP, evidence)
        assert evidence.notices == [
            "setup.cfg was not read for --evidence: more than 1 files were read already"
        ]

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("requirements.txt", "\n" * (manifests.MAX_LINES + 1)),
            ("pyproject.toml", "a" + ".a" * (manifests.MAX_DOTS + 1) + " = 1"),
            ("pyproject.toml", "a = " + "[" * 100_000),
            ("pyproject.toml", "a = " + "9" * 100_000),
            ("Pipfile.lock", "[" * 100_000),
            ("environment.yml", "[" * 100_000),
            ("environment.yml", "a: &a [1,1]\nb: &b [*a,*a]\n" + "".join(
                f"c{i}: &c{i} [{', '.join(['*b' if not i else f'*c{i - 1}'] * 9)}]\n" for i in range(9)
            )),
        ],
        ids=["lines", "dots", "depth", "digits", "json depth", "yaml depth", "aliases"],
    )  # fmt: skip
    def test_bombs(self, name: str, text: str) -> None:
        read = reader(name)
        assert read is not None
        with pytest.raises(Unreadable):
            read(text)

    @pytest.mark.parametrize(
        "text",
        [
            "project = 1",
            "tool = []",
            "dependency-groups = 'x'",
            "[project]\ndependencies = {a = 1}\noptional-dependencies = [1]\ndynamic = 'x'",
            "[project]\ndependencies = [1, ['x'], {}]",
            "[dependency-groups]\na = 1\nb = {c = 1}",
            "[tool]\npoetry = 1\npdm = []\nuv = 'x'\nhatch = {envs = [1]}\npixi = 3\nsetuptools = 1",
            "[tool.poetry]\ngroup = [1]\ndependencies = [1]",
            "[tool.hatch.envs]\na = 1\nb = {dependencies = 3}",
            "[tool.pixi]\nfeature = {a = 1}\ntarget = [2]\ndependencies = 4",
            "[tool.setuptools.dynamic]\ndependencies = {file = 3}\noptional-dependencies = {a = [1]}",
            "[tool.setuptools.dynamic]\ndependencies = {file = [1, {}]}",
        ],
    )
    def test_toml_of_another_shape(self, text: str) -> None:
        declared = manifests.pyproject(text)
        assert not declared.direct
        assert not declared.includes

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("Pipfile", "packages = 1"),
            ("pixi.toml", "feature = [1]"),
            ("Pipfile.lock", "[]"),
            ("Pipfile.lock", '{"default": 3}'),
            ("environment.yml", ""),
            ("environment.yml", "dependencies: pandas"),
            ("environment.yml", "- a"),
            ("environment.yml", "dependencies:\n- {pip: x, conda: [y]}\n- [z]\n-"),
        ],
    )
    def test_another_shape(self, name: str, text: str) -> None:
        read = reader(name)
        assert read is not None
        assert not read(text).direct


NAMES = [*manifests.BY_NAME, *manifests.LOCKS, "requirements.txt", "environment.yml"]
PIECES = st.sampled_from(
    ["[project]", "dependencies", "=", "['torch']", "\n", "-r ", "-e ", "x.txt", "pip:", "- ", "{", "}",
     "[", "]", '"', "'", "\\", "\0", "#", "@", "://", "name = ", "torch", "&a", "*a", "é", "\u2028", "."]
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, derandomize=True, deadline=None)
@given(text=st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_no_text_breaks_a_reader(name: str, text: str) -> None:
    read = reader(name)
    assert read is not None
    try:
        declared = read(text)
    except Unreadable:
        return
    assert all(isinstance(each, str) for each in (*declared.direct, *declared.others))


class TestLikeARule:
    def test_only_with_evidence(self, repository: Path) -> None:
        write(repository, requirements_txt="pandas")
        name = str(repository / "ml-project.yaml")
        report = check_file(complete(DEEP).encode(), name, Settings(today=TODAY))
        assert "EVD007" not in codes(report)

    @pytest.mark.parametrize("chosen", ["EVD", "EVD007", "dependencies-do-not-match", "LBL,EVD"])
    def test_selected(self, repository: Path, chosen: str) -> None:
        write(repository, requirements_txt="pandas")
        assert codes(check(repository, DEEP, select=chosen)) == ["EVD007"]

    def test_not_selected(self, repository: Path) -> None:
        write(repository, requirements_txt="pandas", pyproject_toml="[")
        evidence = Evidence()
        assert codes(check(repository, DEEP, evidence, select="LBL")) == []
        assert evidence.notices == []  # nothing was read

    def test_waived(self, repository: Path) -> None:
        write(repository, requirements_txt="pandas")
        waiver = (
            "waivers:\n  - {rule: dependencies-do-not-match, reason: trained elsewhere, by: ana, "
            "until: 2027-06-30, at: approach}"
        )
        report = check(repository, f"{DEEP}\n{waiver}", select="EVD,WVR")
        assert codes(report) == []
        assert finding(report, "EVD007").waived is not None
        # Where nobody looks, nothing is unused.
        quiet = Settings(select=["EVD", "WVR"], today=TODAY)
        name = str(repository / "ml-project.yaml")
        assert codes(check_file(complete(f"{DEEP}\n{waiver}").encode(), name, quiet)) == []

    def test_each_document_is_judged(self, repository: Path) -> None:
        write(repository, requirements_txt="pandas")
        classical = complete(CLASSICAL.replace("name: x", "name: y"))
        report = check(repository, f"{complete(DEEP)}---\n{classical}")
        assert [(each.code, each.document) for each in report.findings] == [("EVD007", 0)]


class TestPage:
    def test_has_its_parts_in_order(self) -> None:
        assert EVIDENCE_PAGES.keys() == EVIDENCE_NAMES.keys()
        assert re.findall(r"^## (.+)$", EVIDENCE_PAGES["EVD007"], re.MULTILINE) == PARTS

    def test_examples(self, repository: Path) -> None:
        page = EVIDENCE_PAGES["EVD007"]
        bad, good = re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
        write(repository, requirements_txt="pandas\nscikit-learn")
        assert severities(repository, bad) == WARNED
        assert severities(repository, good) == []


class TestCommand:
    def test_check(self, repository: Path) -> None:
        (repository / "ml-project.yaml").write_text(complete(DEEP), encoding="utf-8")
        write(repository, requirements_txt="pandas", pyproject_toml="[\x1b[31m")
        plain = run("check", "--select", "LBL303", folder=repository)
        assert (plain.status, plain.err) == (0, "")
        write(repository, pyproject_toml="")
        ran = run("check", "--evidence", "--select", "EVD", "-f", "json", folder=repository)
        assert ran.status == 1
        (found,) = json.loads(ran.out)["findings"]
        assert (found["code"], found["path"]) == ("EVD007", "approach.family")

    def test_notices_go_to_standard_error(self, repository: Path) -> None:
        (repository / "ml-project.yaml").write_text(complete(DEEP), encoding="utf-8")
        (repository / "requirements-\x1b[31m.txt").write_bytes(b"\xff")
        ran = run("check", "--evidence", "--select", "EVD", "-f", "concise", folder=repository)
        assert (ran.status, ran.out) == (0, "")
        assert ran.err == (
            "mlspeclint: requirements-\\x1b[31m.txt was not read for --evidence: it is not UTF-8\n"
        )

    def test_selected_without_evidence(self, repository: Path) -> None:
        (repository / "ml-project.yaml").write_text(complete(DEEP), encoding="utf-8")
        ran = run("check", "--select", "EVD007", folder=repository)
        assert ran.status == 0
        assert ran.err == "mlspeclint: EVD007 is looked for with --evidence only\n"

    def test_standard_input_lies_where_its_name_says(self, repository: Path) -> None:
        write(repository, requirements_txt="pandas", a__x="")
        text = complete(DEEP).encode()
        arguments = ("check", "-", "--evidence", "--select", "EVD", "-f", "concise")
        ran = run(*arguments, stdin=text, folder=repository / "a")
        assert "../requirements.txt" in ran.out
        ran = run(*arguments, "--stdin-filename", "a/x.yaml", stdin=text, folder=repository)
        assert "../requirements.txt" in ran.out

    def test_explained_and_listed(self) -> None:
        assert "only with --evidence" in run("explain", "EVD007").out
        assert "only with --evidence" in run("explain", "dependencies-do-not-match").out
        (row,) = (
            each for each in json.loads(run("rules", "-f", "json").out) if each["code"] == "EVD007"
        )
        assert (row["state"], row["waivable"], row["severity"]) == ("off", True, "warning")
