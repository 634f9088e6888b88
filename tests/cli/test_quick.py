"""The plain reading of a call agrees with click's, wherever it takes the call upon itself."""

from __future__ import annotations

from typing import Any

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlspeclint.cli import OTHER_COMMANDS
from mlspeclint.cli.check import command
from mlspeclint.cli.options import CHECK
from mlspeclint.cli.quick import parameters
from mlspeclint.cli.root import COMMANDS

VALUES = [
    "warning",
    "never",
    "full",
    "json",
    "auto",
    "2027-03-01",
    "2027-02-30",
    "LBL,DAT101",
    "a.yaml",
    "",
]
SPELLINGS = [spelling for option in CHECK for spelling in option.spellings]
WORDS = st.one_of(
    st.sampled_from([*SPELLINGS, *VALUES, "-", "--", "-qf", "--help", "--nothing", "-x", "check"]),
    st.builds(lambda a, b: f"{a}={b}", st.sampled_from(SPELLINGS), st.sampled_from(VALUES)),
)


def by_click(arguments: list[str]) -> dict[str, Any] | None:
    """What click makes of the arguments of `check`; None where it refuses them."""
    try:
        return dict(command.make_context("check", list(arguments)).params)
    except click.ClickException:
        return None


@settings(derandomize=True, max_examples=600, deadline=None)
@given(st.lists(WORDS, max_size=5))
def test_agrees_with_click(arguments: list[str]) -> None:
    quick = parameters(["check", *arguments], OTHER_COMMANDS)
    if quick is not None:
        assert quick == by_click(arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["ml-project.yaml"],
        ["-q", "a.yaml", "b.yaml"],
        ["--select", "LBL,DAT", "--fail-on=error", "-f", "json", "-o", "out.json", "x.yaml"],
        ["--today", "2027-03-01", "--undecided", "--", "-odd-name.yaml"],
        ["--stdin-filename", "spec.yaml", "-"],
    ],
)
def test_takes_plain_calls(arguments: list[str]) -> None:
    assert parameters(["check", *arguments], OTHER_COMMANDS) == by_click(arguments)


@pytest.mark.parametrize(
    "arguments",
    [["explain", "LBL301"], ["--help"], ["check", "-h"], ["--version"], ["check", "--no"]],
)
def test_leaves_the_rest_to_click(arguments: list[str]) -> None:
    assert parameters(arguments, OTHER_COMMANDS) is None


def test_knows_the_other_commands() -> None:
    assert set(OTHER_COMMANDS) == set(COMMANDS) - {"check"}
