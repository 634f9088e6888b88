"""The catalogue of rules: an explicit list, one file a group."""

from __future__ import annotations

from mlspeclint.rules.cost import COST
from mlspeclint.rules.data_volume import DATA
from mlspeclint.rules.expectations import EXPECTATIONS
from mlspeclint.rules.explainability import EXPLAINABILITY
from mlspeclint.rules.labels import LABELS
from mlspeclint.rules.motivation import MOTIVATION
from mlspeclint.rules.people import PEOPLE
from mlspeclint.rules.retraining import RETRAINING
from mlspeclint.rules.simpler_first import SIMPLER_FIRST
from mlspeclint.rules.transfer import TRANSFER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlspeclint.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    *DATA,
    *LABELS,
    *COST,
    *EXPLAINABILITY,
    *RETRAINING,
    *SIMPLER_FIRST,
    *EXPECTATIONS,
    *TRANSFER,
    *PEOPLE,
    *MOTIVATION,
)
"""All rules, group by group, in the order of their codes."""


def find_rule(name: str, rules: Iterable[Rule] = RULES) -> Rule | None:
    """The rule of that code or name, among all that there are."""
    return next((rule for rule in rules if name in (rule.code, rule.name)), None)
