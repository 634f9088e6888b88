"""The hook with `args: [--fix, --]`, run by the real pre-commit."""

from __future__ import annotations

from tests.hook.conftest import Hook, Repository
from tests.hook.test_hook import CONFIGURATION, GOOD, run

WRONG = GOOD.replace("approach:", "aproach:   # the first idea").replace(
    "deep_learning", "Deep_Learning"
)
RIGHT = WRONG.replace("aproach", "approach").replace("Deep_Learning", "deep_learning")
FIX = "args: [--fix, --]"


def test_a_spec_is_mended_and_the_commit_stopped(project: Repository, hook: Hook) -> None:
    project.add(CONFIGURATION, hook.configuration(FIX))
    project.add("-o.ml-project.yaml", WRONG)
    said, output = run(project)
    assert said == "Failed"
    assert "files were modified by this hook" in output
    assert "mlspeclint: fixed 2 problems in 1 file" in output
    assert (project.folder / "-o.ml-project.yaml").read_text(encoding="utf-8") == RIGHT
    # Whoever has looked at the change stages it, and the next commit goes through.
    project.git("add", "--", "-o.ml-project.yaml")
    assert run(project)[0] == "Passed"


def test_a_good_spec_is_not_touched(project: Repository, hook: Hook) -> None:
    project.add(CONFIGURATION, hook.configuration(FIX))
    project.add("ml-project.yaml", GOOD)
    assert run(project)[0] == "Passed"
    assert (project.folder / "ml-project.yaml").read_text(encoding="utf-8") == GOOD


def test_a_diff_stops_the_commit_and_changes_nothing(project: Repository, hook: Hook) -> None:
    project.add(CONFIGURATION, hook.configuration("args: [--diff, --]"))
    project.add("ml-project.yaml", WRONG)
    said, output = run(project)
    assert said == "Failed"
    assert "files were modified" not in output
    assert "+  family: deep_learning\n" in output
    assert (project.folder / "ml-project.yaml").read_text(encoding="utf-8") == WRONG
