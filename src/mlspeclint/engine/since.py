"""What a change has brought: the findings on each spec beside those on what it was at a revision of git.

Both versions are checked today, by the same rules with the same settings: a waiver that ends or a deadline
that passes is nobody's change. What is told as the cause of a finding was tried: the facts that changed
are set back in the new spec, one by one, until the rule has as little to say as it had.
"""

from __future__ import annotations

from copy import copy
from string import hexdigits

from mlspeclint.engine.check import check_file, steps, yields
from mlspeclint.engine.differences import Difference, all_paths, differences, held
from mlspeclint.engine.flip import altered
from mlspeclint.engine.revision import Past
from mlspeclint.rules.names import POLICY_NAMES, SPEC_NAMES, WAIVER_NAMES
from mlspeclint.rules.rule import POSSIBLE, SEVERITIES
from mlspeclint.spec.shapes import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mlspeclint.document.tree import Document
    from mlspeclint.engine.finding import FileReport, Finding, Run
    from mlspeclint.engine.settings import Settings
    from mlspeclint.rules.rule import Rule
    from mlspeclint.spec.compiled import Spec

    Checked = tuple[FileReport, bytes, Settings]
    Versions = tuple[tuple[Document, Spec] | None, tuple[Document, Spec] | None]

MANY = SPEC_NAMES.keys() | POLICY_NAMES.keys() | WAIVER_NAMES.keys()
"""Checks that may find several things in a document, told apart by their paths; a rule finds one."""
HASH, SHORT = 40, 10
"""The digits of a whole name of a commit, and those that are shown of it."""
NEW = "new"
WORSE = "worse"
MOST_CAUSES = 5
"""Changes that are told of one finding; the others are counted."""
STAGE = "project.stage"
"""The fact by which a configuration may change how a finding counts."""


class Since:
    """Why a finding is reported: it is NEW or WORSE, was so `before` (None if it is new: severity and outcome
    otherwise), and what has changed, with `text` saying all of it."""

    __slots__ = ("before", "changes", "revision", "state", "text")

    def __init__(
        self,
        revision: str,
        state: str,
        before: tuple[str, str] | None,
        changes: Sequence[Difference],
        text: str,
    ) -> None:
        self.revision = revision
        self.state = state
        self.before = before
        self.changes = changes
        self.text = text


class Gone:
    """A finding that counted and is there no more: why, and whether only because a fact lacks now."""

    __slots__ = ("finding", "text", "undecided")

    def __init__(self, finding: Finding, text: str, undecided: bool) -> None:
        self.finding = finding
        self.text = text
        self.undecided = undecided


class FileChange:
    """How the findings on a file compare: how many are new or worse, and how many are as they were (`same`);
    those that are gone, and the declared facts that changed."""

    __slots__ = ("changes", "deleted", "file", "gone", "new", "same", "worse")

    def __init__(self, file: str, deleted: bool = False) -> None:
        self.file = file
        self.deleted = deleted
        self.new = self.worse = self.same = 0
        self.gone: list[Gone] = []
        self.changes: list[Difference] = []


class RunChange:
    """What a run was compared with: the revision as it was named (a whole hash shortened), and the commits.

    `deleted` are the specs that are gone.
    """

    __slots__ = ("commits", "deleted", "revision")

    def __init__(self, revision: str, commits: list[str], deleted: list[FileChange]) -> None:
        self.revision = revision
        self.commits = commits
        self.deleted = deleted

    def files(self, run: Run) -> list[FileChange]:
        """All files, deleted ones last."""
        return [file.since for file in run.files if file.since is not None] + self.deleted


def compare(
    run: Run,
    checked: Sequence[Checked],
    revision: str,
    folders: Iterable[str],
    settings_for: Callable[[str], Settings | None],
) -> None:
    """Leave in the reports of a run what has come since a revision, and say what has changed.

    `checked` are the reports with what they are about; deleted specs are looked for below `folders`, and
    left out where there are no settings for them.
    Raises `RevisionProblem` when there is nothing to compare with.
    """
    past = Past(revision, [report.file for report, _, _ in checked], folders)
    if len(revision) >= HASH and set(revision) <= set(hexdigits):
        revision = revision[:SHORT]
    try:
        for report, data, settings in checked:
            _compare(report, data, past.content(report.file), settings, revision)
        deleted = [
            _deletion(check_file(data, name, _without_flips(its)))
            for name, data in past.deleted()
            if (its := settings_for(name)) is not None
        ]
    finally:
        past.close()
    run.since = RunChange(revision, past.commits, deleted)


def _deletion(old: FileReport) -> FileChange:
    change = FileChange(old.file, deleted=True)
    change.gone = [
        Gone(finding, "the spec is gone", False)
        for finding in old.findings
        if finding.waived is None
    ]
    return change


def _compare(
    report: FileReport, data: bytes, old: bytes | None, settings: Settings, revision: str
) -> None:
    change = report.since = FileChange(report.file)
    if old == data:
        change.same = sum(finding.waived is None for finding in report.findings)
        report.findings = []
    elif old is None:
        change.new = sum(finding.waived is None for finding in report.findings)
        for finding in report.findings:
            finding.since = Since(revision, NEW, None, (), "the spec is new")
    else:
        plain = _without_flips(settings)
        before = check_file(old, report.file, plain)
        # The specs of the first check are not kept: there may be thousands.
        again = check_file(data, report.file, plain)
        _Comparison(report, before, again, revision).run()


def _without_flips(settings: Settings) -> Settings:
    """The same settings for a check of which nobody asks what would clear its findings."""
    plain = copy(settings)
    plain.flips = False
    plain.stages = {stage: _without_flips(its) for stage, its in settings.stages.items()}
    return plain


class _Comparison:
    """The findings on a file that has changed beside those on what it was."""

    def __init__(self, report: FileReport, old: FileReport, new: FileReport, revision: str) -> None:
        self.report = report
        self.old = old
        self.new = new
        self.revision = revision
        self.undecided = {(each.code, each.document) for each in new.undecided}
        self.old_specs = {document.index: (document, spec) for document, spec in old.specs}
        self.new_specs = {document.index: (document, spec) for document, spec in new.specs}
        self.pairs = _pairs(new, old)
        self.fields: dict[int, frozenset[str]] = {}
        """What either version of a document declares."""
        self.rewaived: set[int] = set()
        """The documents whose waivers have changed."""

    def run(self) -> None:
        """Sort the findings into those that stay, with what brought them, and those that are left out."""
        change = self.report.since
        assert change is not None  # noqa: S101 - this is what makes it
        for new in self.pairs:
            before, after = self._versions(new)
            if before and after:
                paths = tuple(all_paths(before[1], after[1]))
                self.fields[new] = frozenset(paths)
                changes = differences(before[1], after[1], paths)
                if len(self.pairs) > 1:
                    name = after[1].project.name.text or f"document {new + 1}"
                    changes = [Difference(each.path, f"{name}: {each.text}") for each in changes]
                change.changes += changes
                if differences(before[1], after[1], ("waivers",)):
                    self.rewaived.add(new)
        matched, left = self._matched()
        kept = []
        for finding, old_one in zip(self.report.findings, matched, strict=True):
            finding.since = self._since(finding, old_one)
            if finding.since is not None:
                kept.append(finding)
            if finding.waived is None:
                change.new += finding.since is not None and finding.since.state == NEW
                change.worse += finding.since is not None and finding.since.state == WORSE
                change.same += finding.since is None
        self.report.findings = kept
        change.gone = [gone for each in left if (gone := self._gone(each))]

    def _matched(self) -> tuple[list[Finding | None], list[Finding]]:
        """The old finding that each new one stands for, if any, and the old ones that are left.

        Of several of one kind in a document those that say the same belong together.
        """
        left = list(self.old.findings)
        matched: list[Finding | None] = [None] * len(self.report.findings)
        for same in (_same_words, _same_kind):
            waiting: dict[object, list[Finding]] = {}
            for each in left:
                waiting.setdefault((each.document, same(each)), []).append(each)
            for index, finding in enumerate(self.report.findings):
                key = (self.pairs.get(finding.document), same(finding))
                if matched[index] is None and waiting.get(key):
                    matched[index] = waiting[key].pop(0)
            taken = {id(each) for each in matched if each is not None}
            left = [each for each in left if id(each) not in taken]
        return matched, left

    def _since(self, finding: Finding, old: Finding | None) -> Since | None:
        """What has come with a finding; None if it is no worse than it was."""
        if old is None or (old.waived is not None and finding.waived is None):
            before = None
        elif finding.waived is None and _rank(finding) > _rank(old):
            before = (old.severity, old.outcome)
        else:
            return None
        versions = self._versions(finding.document)
        changes = self._causes(finding, versions)
        if old is not None and old.waived is not None:
            told = "no waiver covers it any more"
        else:
            told = _listed(changes) or self._otherwise(finding, versions)
        if before is not None:
            told = f"{'possible' if before[1] == POSSIBLE else before[0]} before; {told}"
        state = NEW if before is None else WORSE
        return Since(self.revision, state, before, changes, told)

    def _gone(self, finding: Finding) -> Gone | None:
        """An old finding that is gone; None if it did not count, or if what became of it cannot be read."""
        if finding.waived is not None:
            return None
        index = next((new for new, old in self.pairs.items() if old == finding.document), None)
        if index is None:
            return Gone(finding, "the spec is gone", False)
        if finding.basis and index not in self.new_specs:
            return None
        versions = self._versions(index)
        told = _listed(self._causes(finding, versions))
        return Gone(finding, told, (finding.code, index) in self.undecided)

    def _versions(self, new: int) -> Versions:
        """A document as it was and as it is, where it could be read."""
        old = self.pairs.get(new)
        return (None if old is None else self.old_specs.get(old)), self.new_specs.get(new)

    def _causes(self, finding: Finding, versions: Versions) -> list[Difference]:
        """The changes that brought a finding, or that took it away."""
        before, after = versions
        if before is None or after is None:
            return []
        settings = (self.old.settings[before[0].index], self.new.settings[after[0].index])
        rules = {rule.code: rule for each in settings for rule in each.rules}
        rule = rules.get(finding.code)
        if rule is None:
            paths = dict.fromkeys((finding.path, *(place.path for place in finding.related)))
            known = self.fields[after[0].index]
            return differences(before[1], after[1], (path for path in paths if path in known))
        told = causes(rule, before[1], after[1], rules)
        return told or differences(before[1], after[1], (STAGE,))

    def _otherwise(self, finding: Finding, versions: Versions) -> str:
        """What to say of a new finding for which no changed fact accounts."""
        before, _ = versions
        if before is None:
            known = self.pairs.get(finding.document) is not None
            return "the spec could not be read before" if known else "the spec is new"
        if finding.code in WAIVER_NAMES:
            if finding.document in self.rewaived:
                return "the waivers have changed"
            return "a comment, or what it was for, has changed"
        if finding.basis:
            return "none of the declared facts that it reads has changed"
        try:
            place = before[0].locate(steps(finding.path))
        except ValueError:  # a key that looks like an index
            return "it was not there before"
        if not finding.path or not place.exact or before[0].source is None:
            return "it was not there before"
        was = before[0].source.text[place.start : place.end]
        return f"{shown(finding.path)} was {shown(was)}"


def causes(rule: Rule, before: Spec, after: Spec, rules: dict[str, Rule]) -> list[Difference]:
    """The changes of facts without which a rule would not say more, or less, of a spec than before.

    Those of which each alone makes the difference; without any, the smallest set that was found which
    makes it together. None if the rule says as much as before.
    """
    others = {code: rules[code] for code in rule.yields_to if code in rules}
    paths = dict.fromkeys(
        (*rule.reads, *(path for other in others.values() for path in other.reads))
    )
    changed = differences(before, after, paths)
    then, now = _weight(rule, before, others), _weight(rule, after, others)
    if then == now:
        return []

    def undone(back: Iterable[Difference]) -> bool:
        """Whether the rule has as little to say with these facts as they were, or has something again."""
        spec = after
        for each in back:
            spec = altered(spec, each.path, held(before, each.path))
        weight = _weight(rule, spec, others)
        return weight <= then if then < now else weight > now

    alone = [each for each in changed if undone([each])]
    if alone or not undone(changed):
        return alone
    fewer: list[Difference] | None = changed
    while fewer is not None:
        changed = fewer
        rests = ([one for one in changed if one is not each] for each in reversed(changed))
        fewer = next(filter(undone, rests), None)
    return changed


def _weight(rule: Rule, spec: Spec, others: dict[str, Rule]) -> int:
    """How much a rule has to say of a spec: nothing (also where others say it), or how bad it is."""
    outcome = rule.check(spec)
    if outcome.tell is None:
        return -1
    if others and yields(
        rule, outcome, {code: each.check(spec) for code, each in others.items()}, spec
    ):
        return -1
    return 0 if outcome.kind is POSSIBLE else 1 + SEVERITIES.index(outcome.severity)


def _rank(finding: Finding) -> int:
    return 0 if finding.outcome == POSSIBLE else 1 + SEVERITIES.index(finding.severity)


def _same_words(finding: Finding) -> object:
    return finding.code, finding.path, finding.message


def _same_kind(finding: Finding) -> object:
    return finding.code, _without_indices(finding.path) if finding.code in MANY else ""


def _without_indices(path: str) -> str:
    return "".join(
        part.partition("]")[2] if index else part for index, part in enumerate(path.split("["))
    )


def _listed(changes: Sequence[Difference]) -> str:
    told = [each.text for each in changes[:MOST_CAUSES]]
    if len(changes) > MOST_CAUSES:
        told.append(f"{len(changes) - MOST_CAUSES} more")
    return "; ".join(told)


def _pairs(new: FileReport, old: FileReport) -> dict[int, int | None]:
    """The old document of each new one: by the name of the project, or else by the place in the file."""
    names, old_names = _names(new), _names(old)
    left = dict(old_names)
    pairs: dict[int, int | None] = {}
    for index, name in names.items():
        same = next((other for other, its in left.items() if its == name), None) if name else None
        if same is not None:
            pairs[index] = same
            del left[same]
    for index in names:
        if index not in pairs:
            pairs[index] = index if left.pop(index, None) is not None else None
    return pairs


def _names(report: FileReport) -> dict[int, str]:
    """The documents of a file in their order, with the names of their projects, as far as they have one."""
    names = dict.fromkeys((finding.document for finding in report.findings), "")
    names |= {document.index: spec.project.name.text or "" for document, spec in report.specs}
    return dict(sorted(names.items()))
