"""The pages of the checks of waivers: their parts, and their examples, which are executed."""

from __future__ import annotations

import re

import pytest

from mlspeclint.engine.check import check_file
from mlspeclint.engine.settings import Settings
from mlspeclint.rules.names import SEVERITIES, WAIVER_NAMES
from mlspeclint.rules.waiver_pages import WAIVER_PAGES

from .support import REST, TODAY
from .test_pages import PARTS


def reported(text: str) -> dict[str, str]:
    report = check_file(("".join(REST.values()) + text).encode(), "x.yaml", Settings(today=TODAY))
    return {finding.code: finding.severity for finding in report.findings if not finding.waived}


def test_every_check_has_a_page() -> None:
    assert WAIVER_PAGES.keys() == WAIVER_NAMES.keys()


@pytest.mark.parametrize("code", WAIVER_PAGES)
def test_page(code: str) -> None:
    page = WAIVER_PAGES[code]
    assert re.findall(r"^## (.+)$", page, re.MULTILINE) == PARTS
    bad, good = re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert reported(bad)[code] == SEVERITIES[code]
    assert not [found for found in reported(good) if found.startswith("WVR")]
