"""Errors of usage say what was probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlspeclint.cli.checking import Asked
from mlspeclint.cli.options import CHECK

from ..running import run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plans").mkdir()
    for name in ("ml-project.yaml", "plans/churn.ml-project.yaml", "chuck.txt"):
        (tmp_path / name).write_text("mlspec: 1\n")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["chek"], "cannot read chek: No such file or directory (did you mean the command check?)\n"),
        (["explan", "LBL301"], "(did you mean the command explain?)\n"),
        (["ml-project.yml"], "cannot read ml-project.yml: No such file or directory"
                             " (did you mean ml-project.yaml?)\n"),
        (["check", "./plan/"], "(did you mean ./plans?)\n"),
        (["cost", "plans/chrun.ml-project.yaml"], "(did you mean plans/churn.ml-project.yaml?)\n"),
        (["check", "cost.yaml"], "cannot read cost.yaml: No such file or directory\n"),
        (["cost", "chek"], "cannot read chek: No such file or directory\n"),
        # Only the end is the same, as that of all specs is.
        (["plans/sales.ml-project.yaml"], "sales.ml-project.yaml: No such file or directory\n"),
        (["check", "chuck"], "(did you mean the command check?)\n"),
        (["check", "nowhere/ml-project.yml"], "No such file or directory\n"),
        (["check", ""], "cannot read : No such file or directory\n"),
    ],
)  # fmt: skip
def test_paths_that_are_not_there(arguments: list[str], told: str, folder: Path) -> None:
    ran = run(*arguments, folder=folder)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.endswith(told)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-f", "sraif"], "'sraif' is not one of 'full', "),
        (["-f", "sraif"], "Did you mean 'sarif'?"),
        (["-f", "JSON"], "Did you mean 'json'?"),
        (["--fail-on", "warn"], "Did you mean 'warning'?"),
        (
            ["cost", "-f", "md", "ml-project.yaml"],
            "'md' is not one of 'text', 'json', 'csv', 'markdown'.",
        ),
        (["init", "--family", "deeplearning"], "Did you mean 'deep_learning'?"),
        (["--selct", "LBL"], "--select"),
        (["--select", "labeling-over-budget"], "did you mean labelling-over-budget?"),
        (["--select", "LBL30"], "`LBL30`: did you mean LBL301 or LBL302 or LBL303 or LBL304?"),
        (["--ignore", "annotators"], "`annotators`: did you mean annotators-disagree?"),
        (["--ignore", "LB"], "`LB`: did you mean LBL?"),
        (["check", "--today", "tomorrow"], "is not a day such as 2027-03-01"),
        (["explain", "labels.cost_eech"], "did you mean labels.cost_each?"),
        (["explain"], "Missing argument 'SUBJECT'"),
    ],
)
def test_options_and_their_values(arguments: list[str], told: str, folder: Path) -> None:
    ran = run(*arguments, folder=folder)
    assert (ran.status, ran.out) == (2, "")
    assert told in ran.err
    assert "Traceback" not in ran.err


def test_a_check_knows_every_option() -> None:
    assert set(Asked.__annotations__) == {"paths", *(option.name for option in CHECK)}
