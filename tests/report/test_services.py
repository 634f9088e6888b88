"""What holds for all formats that services read."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlspeclint.cli.options import SERVICE_FORMATS

from ..running import TODAY, run
from .services import ALL_KINDS, HOSTILE, WITH_ERRORS
from .support import is_safe
from .test_safety import checked


@pytest.mark.parametrize("form", SERVICE_FORMATS)
@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
@pytest.mark.parametrize("text", ["名前 ≥ ·", "\u202e\x1b[31m", "\ud800"], ids=ascii)
def test_on_any_console(text: str, encoding: str, form: str) -> None:
    ran = checked(text, True, form, encoding=encoding)
    assert ran.status == 1
    assert is_safe(ran)
    assert not ran.err


@pytest.mark.parametrize("form", SERVICE_FORMATS)
def test_no_line_is_a_command_to_the_runner_unless_it_is_meant(form: str) -> None:
    for text in HOSTILE:
        for line in checked(text, True, form).out.splitlines():
            assert form == "github" or not line.lstrip().startswith("::")


@pytest.mark.parametrize("form", SERVICE_FORMATS)
def test_a_plan_without_findings(form: str) -> None:
    waived = ALL_KINDS[1]
    assert run("check", waived, "--today", TODAY, "-f", form).status == 0


def test_all_in_one_run(tmp_path: Path) -> None:
    arguments: list[str | Path] = []
    for form in SERVICE_FORMATS:
        arguments += ["-f", form, "-o", tmp_path / form]
    ran = run("check", WITH_ERRORS, "--today", TODAY, *arguments, "-f", "concise")
    assert ran.status == 1
    assert len(ran.out.splitlines()) == 3
    for form in SERVICE_FORMATS:
        alone = run("check", WITH_ERRORS, "--today", TODAY, "-f", form)
        assert (tmp_path / form).read_text(encoding="utf-8") == alone.out
