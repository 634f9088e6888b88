"""Rules written in Python, from installed packages that the configuration names.

A configuration comes with a pull request and may name anything. So nothing runs that is not installed: the
distribution and its module have to lie in the site folders of the running interpreter, and neither the
working folder nor the repository nor what a `PYTHONPATH` adds is looked at while a plug-in is loaded.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager

from mlspeclint.engine.repository import is_inside
from mlspeclint.policy.declared import CODE, NAME, PLUGIN
from mlspeclint.policy.files import is_strange, prefixes
from mlspeclint.policy.problem import ConfigProblem
from mlspeclint.rules.rule import (
    ARITHMETIC,
    CONVENTION,
    MEASURED,
    POLICY,
    REGULATION,
    SEVERITIES,
    Outcome,
    Rule,
)
from mlspeclint.spec.compiled import Spec
from mlspeclint.spec.shapes import SectionShape, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from importlib.metadata import EntryPoint
    from typing import Any

    from mlspeclint.rules.rule import Told
    from mlspeclint.spec.facts import Section

GROUP = "mlspeclint.rules"
"""The group of entry points."""
BASES = (ARITHMETIC, MEASURED, REGULATION, CONVENTION, POLICY)


def plugin_rules(names: Sequence[str], root: str, file: str = "") -> tuple[Rule, ...]:
    """The rules of plug-ins, by the names of their entry points; `root` is the repository's, `file` the
    configuration that names them.

    Raises `ConfigProblem`, which names the plug-in, for one that is not installed, that fails, or that gives
    anything but rules.
    """
    from importlib.metadata import distributions

    folders = site_folders(root)
    offered: dict[str, list[EntryPoint]] = {}
    for distribution in distributions(path=folders):
        for point in distribution.entry_points:
            if point.group == GROUP:
                offered.setdefault(point.name, []).append(point)
    rules: list[Rule] = []
    for name in names:
        rules += _Plugin(name, _point(name, offered, file), folders, file).rules()
    return tuple(rules)


def site_folders(root: str) -> list[str]:
    """The folders of installed packages that the running interpreter uses, without links.

    A folder inside `root` is one only if the interpreter itself is at home there, as in `.venv`.
    """
    import site
    import sysconfig

    known = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    known += site.getsitepackages(list(prefixes()))
    if site.ENABLE_USER_SITE:
        known.append(site.getusersitepackages())
    used = {os.path.realpath(place) for place in sys.path if place}
    folders = dict.fromkeys(os.path.realpath(place) for place in known)
    return [each for each in folders if each in used and not is_strange(each, root)]


def _point(name: str, offered: dict[str, list[EntryPoint]], file: str) -> EntryPoint:
    """The entry point of a name."""
    points = offered.get(name, [])
    if len(points) == 1:
        return points[0]
    if points:
        packages = ", ".join(sorted(str(point.dist.name) for point in points if point.dist))
        raise _problem(file, name, f"several installed packages offer it: {packages}")
    from difflib import get_close_matches

    match = get_close_matches(name[:100], offered, n=1)
    if match:
        help = f"did you mean {match[0]}?"
    elif offered:
        help = f"there are {', '.join(sorted(offered)[:10])}"
    else:
        help = "install the package that offers it beside mlspeclint"
    message = f"no installed package has the entry point `{shown(name)}` in `{GROUP}`"
    raise _problem(file, name, message, help)


def _problem(file: str, name: str, message: str, help: str = "") -> ConfigProblem:
    return ConfigProblem(f"{PLUGIN} {shown(name)}: {message}", file=file, key="plugins", help=help)


class _Plugin:
    """One plug-in that is to be loaded."""

    def __init__(self, name: str, point: EntryPoint, folders: list[str], file: str) -> None:
        self.file = file
        self.name = name
        self.point = point
        self.folders = folders
        version = f" {point.dist.version}" if point.dist else ""
        self.origin = f"{PLUGIN} {name}{version}"

    def rules(self) -> list[Rule]:
        """Its rules, each guarded against its own failures."""
        with _installed_only(self.folders):
            self._check_place()
            try:
                given = self.point.load()
                given = given() if callable(given) else given
            except (Exception, SystemExit) as error:
                raise self._problem(f"cannot be loaded: {_told(error)}") from error
        if not isinstance(given, list | tuple):
            raise self._problem(
                f"`{self.point.value}` gives {type(given).__name__}, not a list of rules"
            )
        return [self._rule(each) for each in given]

    def _check_place(self) -> None:
        """Check that its module is an installed one."""
        from importlib.machinery import PathFinder

        top = self.point.module.partition(".")[0]
        loaded = sys.modules.get(top)
        spec = loaded.__spec__ if loaded is not None else PathFinder.find_spec(top, self.folders)
        places = [] if spec is None else [*(spec.submodule_search_locations or ())] or [spec.origin]
        if not places or not all(self._is_installed(place) for place in places):
            raise self._problem(
                f"its module `{top}` is not among the installed packages",
                "an editable installation is none: install the package itself",
            )

    def _is_installed(self, place: str | None) -> bool:
        if place is None:
            return False
        real = os.path.realpath(place)
        return any(is_inside(real, folder) for folder in self.folders)

    def _rule(self, rule: object) -> Rule:
        """A rule that is as sound as one of ours."""
        if not isinstance(rule, Rule):
            raise self._problem(f"gives {type(rule).__name__} among its rules")
        wrong = _mistake(rule)
        if wrong:
            raise self._problem(f"rule {shown(str(rule.code))} {wrong}")
        return rule.having(check=self._guarded(rule), origin=self.origin)

    def _guarded(self, rule: Rule) -> Callable[[Spec], Outcome]:
        """The check of a rule; whatever goes wrong in it is told as a problem of the plug-in."""
        check = rule.check

        def guarded(spec: Spec) -> Outcome:
            try:
                outcome = check(spec)
            except Exception as error:
                raise self._failed(rule, error) from error
            if not isinstance(outcome, Outcome):
                raise self._problem(
                    f"rule {rule.code} gives {type(outcome).__name__}, not an outcome"
                )
            tell = outcome.tell
            if tell is None:
                return outcome

            def told() -> Told:
                try:
                    return tell()
                except Exception as error:
                    raise self._failed(rule, error) from error

            return Outcome(outcome.kind, outcome.missing, outcome.severity, told)

        guarded.__doc__ = check.__doc__
        return guarded

    def _failed(self, rule: Rule, error: Exception) -> ConfigProblem:
        return self._problem(f"rule {rule.code} failed on a spec: {_told(error)}")

    def _problem(self, message: str, help: str = "") -> ConfigProblem:
        return _problem(self.file, self.name, message, help)


@contextmanager
def _installed_only(folders: list[str]) -> Iterator[None]:
    """Import from the standard library and the site folders alone."""
    import sysconfig

    library = [os.path.realpath(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib")]
    before = sys.path[:]
    sys.path[:] = [
        place for place in before if place and _allowed(os.path.realpath(place), folders, library)
    ]
    try:
        yield
    finally:
        sys.path[:] = before


def _allowed(place: str, folders: list[str], library: list[str]) -> bool:
    """Whether modules may be imported from there: `lib-dynload` and the like lie in the library."""
    archive = place.endswith(".zip") and os.path.dirname(place) in map(os.path.dirname, library)  # noqa: PTH120
    return place in folders or archive or any(is_inside(place, each) for each in library)


def _mistake(rule: Rule) -> str:
    """What is wrong with the data of a rule; empty where nothing is."""
    if not isinstance(rule.code, str) or not CODE.fullmatch(rule.code):
        return "has no code of letters and three digits"
    if not isinstance(rule.name, str) or not NAME.fullmatch(rule.name):
        return "has no name in lower case with hyphens"
    if rule.severity not in SEVERITIES:
        return f"has a severity that is none of {', '.join(SEVERITIES)}"
    if rule.basis not in BASES:
        return f"has a basis that is none of {', '.join(BASES)}"
    if rule.sources or rule.figures:
        return "names sources of the tool's own bibliography: name yours on its page"
    for path in (*rule.reads, *(rule.flips or ())):
        if not _is_field(path):
            return f"reads `{shown(str(path))}`, which is no field"
    return ""


def _is_field(path: Any) -> bool:
    section: type[Section] | None = Spec
    for step in str(path).split("."):
        shape = section.FIELDS.get(step) if section is not None else None
        if shape is None:
            return False
        section = shape.section if isinstance(shape, SectionShape) else None
    return section is None


def _told(error: BaseException) -> str:
    return shown(f"{type(error).__name__}: {error}", 160)
