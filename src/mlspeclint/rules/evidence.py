"""EVD: what is declared against what lies beside the spec. Checked only with `--evidence`.

A rule of this kind judges a spec together with what the engine has found, so it is made for each spec
(`dependencies_rule`) and is not in the list of rules. Nothing here is imported by a plain check.
"""

from __future__ import annotations

from mlspeclint.knowledge.frameworks import package_kind
from mlspeclint.rules.common import approach_words, is_deep, listed, stage_is
from mlspeclint.rules.names import EVIDENCE_NAMES
from mlspeclint.rules.rule import (
    CONVENTION,
    NOTE,
    SILENT,
    WARNING,
    Claim,
    Outcome,
    Rule,
    Told,
    decide,
)
from mlspeclint.spec.quantity import MAYBE, NO, YES, Truth, truth
from mlspeclint.spec.shapes import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlspeclint.spec.compiled import Spec

MOST_NAMED = 3
"""How many files or packages a message names."""

NO_TRAINING = ("prompting", "zero_shot", "few_shot")
"""Trainings for which a client of somebody's model is enough."""


def is_framework(package: str) -> bool:
    """Whether a package is there to train or to run networks."""
    return package_kind(package) == "frameworks"


def is_tool(package: str) -> bool:
    """Whether a package says nothing of what a repository does."""
    return package_kind(package) == "tools"


class Dependency:
    """A package on which the repository depends: its name as PyPI compares it, the file (relative to the
    spec) and the line that name it."""

    __slots__ = ("file", "line", "name")

    def __init__(self, name: str, file: str, line: int) -> None:
        self.name = name
        self.file = file
        self.line = line


class Dependencies:
    """The Python dependencies that files beside a spec declare.

    `near` are those of the nearest folder that has any, `names` all that are named on the way up to the
    root of the repository, those of lock files among them. `files` are the files that name them,
    `complete` tells whether all that are there could be read, `network_beside` whether a spec for which
    the same packages may be there declares deep learning (as its approach or as an alternative).
    """

    __slots__ = ("complete", "files", "names", "near", "network_beside")

    def __init__(
        self,
        near: Iterable[Dependency],
        names: Iterable[str],
        files: Iterable[str],
        *,
        complete: bool,
        network_beside: bool,
    ) -> None:
        self.near = tuple(near)
        self.names = frozenset(names)
        self.files = tuple(files)
        self.complete = complete
        self.network_beside = network_beside


def telling_frameworks(found: Dependencies) -> list[Dependency]:
    """The frameworks nearby; none where something beside them uses one merely to compute."""
    if any(package_kind(each.name) == "other_uses" for each in found.near):
        return []
    return [each for each in found.near if is_framework(each.name)]


def dependencies_rule(found: Dependencies) -> Rule:
    """EVD007 for a spec beside which these dependencies were found. Its page is in `evidence_pages`."""
    return Rule(
        lambda spec: _judged(spec, found),
        "EVD007",
        EVIDENCE_NAMES["EVD007"],
        severity=WARNING,
        basis=CONVENTION,
        sources=("convention",),
        reads={
            "approach.family": "what is declared",
            "approach.training": "",
            "approach.hosting": "",
            "project.stage": "",
        },
        flips=(),
    )


def _judged(spec: Spec, found: Dependencies) -> Outcome:
    kinds = {name: package_kind(name) for name in found.names}
    packages = [name for name, kind in kinds.items() if kind != "tools"]
    if not packages:
        return SILENT
    frameworks = telling_frameworks(found)
    runs_networks = not {"frameworks", "runtimes"}.isdisjoint(kinds.values())

    lacking = NO if runs_networks else YES if found.complete else MAYBE
    lacking &= is_deep(spec) & ~_needs_no_framework(spec, "clients" in kinds.values())
    built = stage_is(spec, "pilot", "production") | (
        stage_is(spec, "proposal") & spec.approach.hosting.is_("own")
    )
    surplus = truth(bool(frameworks) and not found.network_beside)
    simpler = spec.approach.family.is_("rules", "statistics", "classical_ml")

    def without_framework() -> Told:
        files, count = _some(found.files), len(packages)
        none = f"none of the {count:,} Python dependencies in {files} is"
        only = f"the only Python dependency in {files} is not"
        return Told(
            f"the approach is {approach_words(spec)}, and {none if count > 1 else only} a deep learning "
            "framework that is known here: check whether the family is right (a judgement: the network "
            "may live elsewhere)",
            instead="declare the approach that is built, or the framework that it needs",
        )

    def with_framework() -> Told:
        first: dict[str, Dependency] = {}
        for each in frameworks:
            first.setdefault(each.name, each)
        named = [f"{shown(each.name)} ({each.file}:{each.line})" for each in first.values()]
        return Told(
            f"the approach is {approach_words(spec)}, and the repository depends on {_some(named)}: check "
            "whether the family is right (a judgement: a framework may serve something else)",
            instead="declare the approach that is built, the network among the `alternatives` if it was "
            "only tried, or drop the dependency",
        )

    return decide(
        ~stage_is(spec, "retired"),
        Claim(lacking & built, WARNING, without_framework),
        Claim(surplus & simpler, WARNING, with_framework),
        Claim(lacking & stage_is(spec, "proposal"), NOTE, without_framework),
    )


def _needs_no_framework(spec: Spec, has_client: bool) -> Truth:
    """Whether somebody else runs the network: a vendor, or whoever a client speaks to."""
    approach = spec.approach
    by_vendor = NO if approach.hosting.absent else approach.hosting.is_("vendor")
    untrained = NO if approach.training.absent else approach.training.is_(*NO_TRAINING)
    return by_vendor | (untrained & truth(has_client or approach.hosting.absent))


def _some(names: Iterable[str]) -> str:
    """The first few of some names, and how many more there are."""
    names = list(names)
    if len(names) > MOST_NAMED:
        return f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED} more"
    return listed(names)
