"""What a check ends with: findings with their places, the waivers on them, and the sums of a run."""

from __future__ import annotations

from functools import partial

from mlspeclint.rules.rule import CONFLICT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from mlspeclint.document.edit import Edit
    from mlspeclint.document.tree import Document, File, Source
    from mlspeclint.engine.baseline import Applied
    from mlspeclint.engine.fix import Draft
    from mlspeclint.engine.next_facts import NextFact
    from mlspeclint.engine.settings import Settings
    from mlspeclint.engine.since import FileChange, RunChange, Since
    from mlspeclint.rules.rule import Rule
    from mlspeclint.spec.compiled import Spec

Position = tuple[int, int]
"""Line and column, both from 1; columns count code points."""


class Range:
    """Where something stands: `start` and `end` (exclusive)."""

    __slots__ = ("end", "start")

    def __init__(self, start: Position, end: Position) -> None:
        self.start = start
        self.end = end

    def lines(self) -> range:
        """The lines that it touches."""
        last = self.end[0] if self.end[1] > 1 or self.end == self.start else self.end[0] - 1
        return range(self.start[0], last + 1)


class RelatedPlace:
    """Another place that a finding speaks of, and the label to show there."""

    __slots__ = ("label", "path", "range")

    def __init__(self, path: str, range: Range, label: str) -> None:
        self.path = path
        self.range = range
        self.label = label


class Flip:
    """A single change that clears a finding: `path` `operator` `value`.

    `operator` is `<=`, `>=`, `==` or `in`; `value` is in the unit of the field's kind (or a list of
    options), `text` the condition as it would be spelt in the spec.
    """

    __slots__ = ("operator", "path", "text", "value")

    def __init__(
        self, path: str, operator: str, value: float | str | bool | list[str], text: str
    ) -> None:
        self.path = path
        self.operator = operator
        self.value = value
        self.text = text


class AppliedWaiver:
    """Why a finding counts for nothing: the waiver's reason, its owner, its last day, and its kind
    (`via`: spec, comment or baseline)."""

    __slots__ = ("by", "reason", "until", "via")

    def __init__(self, reason: str, by: str | None, until: str | None, via: str) -> None:
        self.reason = reason
        self.by = by
        self.until = until
        self.via = via


class Fix:
    """What would mend a finding: edits of its file's text.

    A safe one keeps what was meant, and drops nothing that somebody may miss.
    """

    __slots__ = ("edits", "safe", "title")

    def __init__(self, title: str, edits: tuple[Edit, ...], safe: bool) -> None:
        self.title = title
        self.edits = edits
        self.safe = safe

    def replacements(self, source: Source) -> list[tuple[Range, str]]:
        """The places in the text that the edits replace, with what they put there."""
        return [
            (Range(source.position(each.start), source.position(each.end)), each.text)
            for each in self.edits
        ]


class Fixes:
    """The fixes of a file's findings. They are worked out together, when the first is asked for; the file is
    let go of then."""

    __slots__ = ("_drafts", "file", "proposals")

    def __init__(self, file: File) -> None:
        self.file: File | None = file
        self.proposals: dict[Finding, Callable[[], Draft | None]] = {}
        self._drafts: dict[Finding, Draft] = {}

    def work_out(self) -> None:
        """Work them out, if that was not done."""
        if self.file is not None:
            from mlspeclint.engine.fix import worked_out

            self._drafts = worked_out(self.file, self.proposals)
            self.file = None
            self.proposals.clear()

    def of(self, finding: Finding) -> Draft | None:
        """What would mend a finding, if that is known."""
        self.work_out()
        return self._drafts.get(finding)


class Finding:
    """One thing to report. `range` is None when it is about the whole file, and then `path` is empty.

    `label` is shown at the primary place; `settles` names the facts that would settle a possible finding;
    `facts` gives the normalised facts that it rests on (for the fingerprint), `identity` the spec's name;
    `policy` says what of it an organisation's configuration has set, `since` what has brought it, where a run
    was compared with a revision; `rule` is the rule that found it, if it was one over a spec.
    """

    __slots__ = (
        "basis", "clears", "clears_when", "code", "document", "facts", "file", "fixes", "identity", "instead",
        "label", "message", "name", "outcome", "path", "policy", "range", "related", "rule",
        "settles", "severity", "since", "source", "sources", "waived",
    )  # fmt: skip

    def __init__(
        self,
        code: str,
        name: str,
        severity: str,
        message: str,
        *,
        file: str,
        source: Source,
        document: int,
        path: str,
        range: Range | None,
        outcome: str = CONFLICT,
        label: str = "",
        related: tuple[RelatedPlace, ...] = (),
        clears_when: tuple[Flip, ...] = (),
        clears: str = "",
        settles: tuple[str, ...] = (),
        instead: str = "",
        basis: str = "",
        sources: tuple[str, ...] = (),
        policy: tuple[str, ...] = (),
        identity: str = "",
        rule: Rule | None = None,
        facts: Callable[[], tuple[str, ...]] = tuple,
    ) -> None:
        self.code = code
        self.name = name
        self.severity = severity
        self.message = message
        self.file = file
        self.source = source
        self.document = document
        self.path = path
        self.range = range
        self.outcome = outcome
        self.label = label
        self.related = related
        self.clears_when = clears_when
        self.clears = clears
        self.settles = settles
        self.instead = instead
        self.basis = basis
        self.sources = sources
        self.policy = policy
        self.identity = identity
        self.rule = rule
        self.facts = facts
        self.waived: AppliedWaiver | None = None
        self.fixes: Fixes | None = None
        self.since: Since | None = None

    @property
    def draft(self) -> Draft | None:
        """Its fix, with what that shall change."""
        return None if self.fixes is None else self.fixes.of(self)

    @property
    def fix(self) -> Fix | None:
        """What would mend it, if that can be written down. Takes a reading of the file when first asked."""
        return None if self.draft is None else self.draft.fix

    @property
    def fingerprint(self) -> str:
        """A key that stays the same under edits elsewhere: rule, spec, and the facts that it read.

        The spec goes by its project's name, and by its file's where the name cannot be read.
        """
        from hashlib import sha256

        parts = (self.code, self.identity or f"file {self.file}", self.path, *self.facts())
        return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def ranges(self) -> list[Range]:
        """All its places, the primary one first."""
        primary = [] if self.range is None else [self.range]
        return primary + [related.range for related in self.related]


class Undecided:
    """A rule that could not be decided for a spec, and the absent facts that it lacked."""

    __slots__ = ("document", "file", "missing", "rule")

    def __init__(self, rule: Rule, missing: tuple[str, ...], file: str, document: int) -> None:
        self.rule = rule
        self.missing = missing
        self.file = file
        self.document = document

    @property
    def code(self) -> str:
        """The code of the rule."""
        return self.rule.code

    @property
    def name(self) -> str:
        """The name of the rule."""
        return self.rule.name

    @property
    def severity(self) -> str:
        """The severity of the rule."""
        return self.rule.severity


class FileReport:
    """What a check found in one file. `next_facts` are the missing facts that are worth telling; `settings`
    are those that each document was judged by, where it could be read."""

    __slots__ = (
        "declared", "file", "findings", "fixes", "next_facts", "relevant", "settings", "since", "specs",
        "undecided",
    )  # fmt: skip

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self.fixes: Fixes | None = None
        self.specs: list[tuple[Document, Spec]] = []
        self.settings: dict[int, Settings] = {}
        self.undecided: list[Undecided] = []
        self.next_facts: list[NextFact] = []
        self.since: FileChange | None = None
        self.declared = 0
        self.relevant = 0

    def propose(self, finding: Finding, file: File, make: Callable[[], Draft | None]) -> None:
        """Note how a finding in `file` may be mended; `make` is called when somebody wants to know."""
        if self.fixes is None:
            self.fixes = Fixes(file)
        self.fixes.proposals[finding] = make
        finding.fixes = self.fixes

    def settle(self) -> None:
        """Work out now what else is worked out when it is asked for, and let go of specs and settings.

        What is left can be sent to another process.
        """
        self.specs.clear()
        self.settings.clear()
        if self.fixes is not None:
            self.fixes.work_out()
        for finding in self.findings:
            finding.facts = partial(tuple, finding.facts())


class Run:
    """A whole check: its files in order, what they add up to, and what it was held against: a `baseline`,
    or what the specs were at a revision (`since`)."""

    __slots__ = ("baseline", "files", "since")

    def __init__(self, files: list[FileReport]) -> None:
        self.files = files
        self.baseline: Applied | None = None
        self.since: RunChange | None = None

    def findings(self) -> list[Finding]:
        """All findings, waived ones among them, in the order of files and lines."""
        return [finding for file in self.files for finding in file.findings]

    def count(self, severity: str) -> int:
        """Findings of a severity that no waiver covers."""
        return sum(f.severity == severity and f.waived is None for f in self.findings())

    def waived(self) -> int:
        """Findings that a waiver covers."""
        return sum(f.waived is not None for f in self.findings())

    def undecided(self) -> list[Undecided]:
        """All rules that could not be decided."""
        return [undecided for file in self.files for undecided in file.undecided]
