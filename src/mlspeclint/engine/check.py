"""The pipeline of a check: text, document, spec, outcomes, findings."""

from __future__ import annotations

from functools import partial

from mlspeclint.document.limits import MAX_PROBLEMS
from mlspeclint.document.parse import parse
from mlspeclint.engine.finding import FileReport, Finding, Range, RelatedPlace, Undecided
from mlspeclint.engine.flip import altered, fact_at, flip_points, settling_facts
from mlspeclint.engine.waivers import apply_waivers
from mlspeclint.rules.contradictions import (
    Contradiction,
    contradictions,
    is_placeholder,
    readable,
)
from mlspeclint.rules.names import POLICY_NAMES, SEVERITIES, SPEC_NAMES
from mlspeclint.rules.rule import (
    CONFLICT,
    NOT_APPLICABLE,
    NOTE,
    POLICY,
    POSSIBLE,
    UNDECIDED,
    Outcome,
    Rule,
)
from mlspeclint.spec.facts import (
    ABSENT,
    DECLARED,
    DEFAULT,
    UNKNOWN,
    Choice,
    Flag,
    Items,
    Measure,
    Section,
)
from mlspeclint.spec.load import load
from mlspeclint.spec.shapes import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.document.tree import Document, File, Path, Place, Problem, Source
    from mlspeclint.engine.fix import Draft
    from mlspeclint.engine.settings import Settings
    from mlspeclint.rules.rule import Cause
    from mlspeclint.spec.compiled import Spec

FACTS = frozenset((Measure, Choice, Flag))
"""Asking for the very type is quicker than `isinstance`, and every fact of every spec is asked."""

POSSIBLY = "cannot be ruled out: "


def check_file(data: bytes, name: str, settings: Settings) -> FileReport:
    """Check the bytes of one file, which is called `name` in what is reported."""
    file = parse(data)
    report = FileReport(name)
    for problem in file.problems:
        report.findings.append(_of_problem(problem, file, report, None))
    for document in file.documents:
        _DocumentCheck(document, file, report, settings).run()
    if not settings.no_waivers:
        apply_waivers(file, report, settings)
    _set_severities(report, settings)
    report.findings.sort(key=_order)
    _limit(report, file.source)
    return report


def _set_severities(report: FileReport, settings: Settings) -> None:
    """Give the findings that come from no rule over a spec the level that a policy has set; a rule has its
    own already. What cannot be ruled out stays a note."""
    for finding in report.findings:
        set_by = report.settings.get(finding.document, settings).severities.get(finding.code)
        if set_by is not None and finding.outcome == CONFLICT and finding.severity != set_by[0]:
            finding.severity = set_by[0]
            finding.policy = (*finding.policy, f"severity {set_by[0]} set by {set_by[1]}")


def _limit(report: FileReport, source: Source) -> None:
    """Cut off what nobody would read, and say so."""
    more = len(report.findings) - MAX_PROBLEMS
    if more > 0:
        if report.fixes is not None:
            for finding in report.findings[MAX_PROBLEMS:]:
                report.fixes.proposals.pop(finding, None)
        del report.findings[MAX_PROBLEMS:]
        last = report.findings[-1].range
        report.findings.append(
            Finding(
                "SPC009",
                SPEC_NAMES["SPC009"],
                "error",
                f"{more:,} more findings are not shown",
                file=report.file,
                source=source,
                document=0,
                path="",
                range=last,
                instead=f"mend the first {MAX_PROBLEMS:,}",
            )
        )


def _order(finding: Finding) -> tuple[object, ...]:
    start = finding.range.start if finding.range else (0, 0)
    return (start, finding.code, finding.message)


def _of_problem(
    problem: Problem,
    file: File,
    report: FileReport,
    document: Document | None,
    identity: str = "",
) -> Finding:
    source = file.source
    related = tuple(
        RelatedPlace("", _range(source, each.start, each.end), each.label)
        for each in problem.related
    )
    finding = Finding(
        problem.code,
        SPEC_NAMES[problem.code],
        "error",
        problem.message,
        file=report.file,
        source=source,
        document=problem.document if document is None else document.index,
        path=problem.path,
        range=_range(source, problem.start, problem.end),
        related=related,
        instead=problem.help or "",
        identity=identity,
        facts=lambda: (problem.message,),
    )
    if problem.repair is not None or problem.code == "SPC003":
        report.propose(finding, file, partial(_repaired, problem, file, document))
    return finding


def _repaired(problem: Problem, file: File, document: Document | None) -> Draft | None:
    """What would mend a problem; only those pay for the import who ask."""
    from mlspeclint.engine.fix import of_problem

    return of_problem(file, document, problem)


def _range(source: Source, start: int, end: int) -> Range:
    return Range(source.position(start), source.position(max(start, end)))


class _DocumentCheck:
    """The check of one document of a file."""

    def __init__(
        self, document: Document, file: File, report: FileReport, settings: Settings
    ) -> None:
        self.document = document
        self.file = file
        self.source = file.source
        self.report = report
        self.settings = settings

    def run(self) -> None:
        loaded = load(self.document, self.settings.today)
        spec = loaded.spec
        identity = spec.project.name.text or "" if spec else ""
        index = self.document.index
        for problem in loaded.problems:
            finding = _of_problem(problem, self.file, self.report, self.document, identity)
            self.report.findings.append(finding)
        if spec is None:
            return
        self.settings = self.settings.of_stage(spec.project.stage.text)
        self.report.settings[index] = self.settings
        found = contradictions(spec)[: MAX_PROBLEMS + 1]
        self._contradictions(spec, found)
        spec = readable(spec, found)
        self._rules(spec)
        self._evidence(spec)
        if self.settings.required and self.settings.selects("POL001"):
            self._required(spec)
        self.report.specs.append((self.document, spec))

    def _contradictions(self, spec: Spec, found: list[Contradiction]) -> None:
        for each in found:
            if each.severity == NOTE and not self.settings.selects(each.code):
                continue
            self.report.findings.append(
                self._finding(
                    each.code,
                    SPEC_NAMES[each.code],
                    each.severity,
                    each.message,
                    at=each.path,
                    label=each.label,
                    labels=dict(each.related),
                    spec=spec,
                    instead=each.help or "",
                    facts=partial(_message_of, each),
                )
            )

    def _rules(self, spec: Spec) -> None:
        self.declared = declared_paths(spec)
        outcomes: dict[str, Outcome] = {}
        by_code: dict[str, Rule] = {}
        touched: set[str] = set()
        lacking: set[str] = set()
        for rule in self.settings.rules:
            outcome = rule.check(spec)
            if outcome.kind is NOT_APPLICABLE:
                continue
            touched |= rule.paths
            lacking |= outcome.missing
            outcomes[rule.code] = outcome
            by_code[rule.code] = rule
        for code, outcome in outcomes.items():
            rule = by_code[code]
            if outcome.kind is UNDECIDED:
                self.report.undecided.append(self._undecided(rule, outcome))
            elif outcome.tell is not None and not yields(rule, outcome, outcomes, spec):
                self.report.findings.append(self._of_outcome(rule, outcome, spec))
        declared = touched & self.declared
        self.report.declared += len(declared)
        self.report.relevant += len(declared | lacking)

    def _evidence(self, spec: Spec) -> None:
        evidence = self.settings.evidence
        if evidence is not None and self.settings.selects("EVD007"):
            from mlspeclint.rules.evidence import dependencies_rule

            found = evidence.dependencies(self.report.file, self.source.text)
            rule = dependencies_rule(found)
            outcome = rule.check(spec)
            if outcome.tell is not None:
                self.report.findings.append(self._of_outcome(rule, outcome, spec))

    def _required(self, spec: Spec) -> None:
        for path, who in self.settings.required:
            lack = lacking(spec, path)
            if lack is not None:
                finding = self._finding(
                    "POL001",
                    POLICY_NAMES["POL001"],
                    SEVERITIES["POL001"],
                    f"`{path}` {lack}; it is required by {who}",
                    at=path,
                    label="",
                    labels={},
                    spec=spec,
                    instead=f"declare `{path}`, or write `unknown` where nobody knows",
                    basis=POLICY,
                    policy=(f"required by {who}",),
                )
                self.report.findings.append(finding)

    def _undecided(self, rule: Rule, outcome: Outcome) -> Undecided:
        missing = tuple(path for path in rule.reads if path in outcome.missing)
        missing += tuple(sorted(outcome.missing.difference(missing)))
        file, index = self.report.file, self.document.index
        return Undecided(rule, missing, file, index)

    def _of_outcome(self, rule: Rule, outcome: Outcome, spec: Spec) -> Finding:
        assert outcome.tell is not None  # noqa: S101 - a reported outcome tells something
        told = outcome.tell()
        possible = outcome.kind is POSSIBLE
        labels = {
            path: told.marks.get(path, label)
            for path, label in rule.reads.items()
            if path in self.declared and told.marks.get(path, label)
        }
        at = told.at or next(iter(labels), "approach.family")
        label = labels.pop(at, "")
        reads = [path for path in rule.reads if path in self.declared]
        return self._finding(
            rule.code,
            rule.name,
            NOTE if possible else outcome.severity,
            POSSIBLY + told.message if possible else told.message,
            at=at,
            label=label,
            labels=labels,
            spec=spec,
            outcome=outcome.kind,
            clears_when=flip_points(rule, spec) if self.settings.flips else (),
            clears=told.clears,
            settles=settling_facts(rule, spec) if possible and self.settings.flips else (),
            instead=told.instead,
            basis=rule.basis,
            sources=rule.sources,
            policy=told.policy,
            rule=rule,
            facts=lambda: tuple(_normalised(spec, path) for path in reads),
        )

    def _finding(
        self,
        code: str,
        name: str,
        severity: str,
        message: str,
        *,
        at: str,
        label: str,
        labels: dict[str, str],
        spec: Spec,
        **rest: object,
    ) -> Finding:
        place = self._place(at)
        related = []
        if place.origin:
            related.append(
                RelatedPlace(at, self._range(*place.origin), "the value comes from here")
            )
        for path, text in labels.items():
            other = self._place(path)
            related.append(RelatedPlace(path, self._range(other.start, other.end), text))
        return Finding(
            code,
            name,
            severity,
            message,
            file=self.report.file,
            source=self.source,
            document=self.document.index,
            path=at,
            range=self._range(place.start, place.end),
            label=label,
            related=tuple(related),
            identity=spec.project.name.text or "",
            **rest,  # type: ignore[arg-type]  # passed through to Finding as they are
        )

    def _place(self, path: str) -> Place:
        return self.document.locate(steps(path))

    def _range(self, start: int, end: int) -> Range:
        return _range(self.source, start, end)


def _message_of(problem: Contradiction) -> tuple[str]:
    return (problem.message,)


def steps(path: str) -> Path:
    """A dotted path as steps: `alternatives[0].score` is ("alternatives", 0, "score")."""
    parts: list[str | int] = []
    for part in path.split(".") if path else ():
        name, *indices = part.replace("]", "").split("[")
        parts.append(name)
        parts += [int(index) for index in indices if index]
    return tuple(parts)


def declared_paths(section: Section, prefix: str = "") -> set[str]:
    """The paths at which the file declares something (a value, a range, `unknown`, a list)."""
    paths = set()
    for name, value in vars(section).items():
        if type(value) in FACTS:
            if value.state is DECLARED or value.state is UNKNOWN:
                paths.add(value.path)
        elif isinstance(value, Section):
            paths |= declared_paths(value, f"{prefix}{name}.")
        elif isinstance(value, Items):
            paths.add(f"{prefix}{name}")
    return paths


def lacking(spec: Spec, path: str) -> str | None:
    """What a field lacks that somebody demands; None where it is declared, `unknown` or in error.

    A section is declared where anything in it is. A placeholder declares nothing.
    """
    holder: object = spec
    for step in path.split("."):
        holder = vars(holder).get(step) if isinstance(holder, Section) else None
    if not _declares(holder):
        return "is not declared"
    if not isinstance(holder, Choice) or holder.text is None or holder.options:
        return None
    return f"holds the placeholder `{shown(holder.text)}`" if is_placeholder(holder.text) else None


def _declares(holder: object) -> bool:
    """Whether a fact, a list or something in a section stands in the file."""
    if isinstance(holder, Section):
        return any(map(_declares, vars(holder).values()))
    if isinstance(holder, Measure | Choice | Flag):
        return holder.state is not ABSENT and holder.state is not DEFAULT
    return isinstance(holder, Items)


def _normalised(spec: Spec, path: str) -> str:
    """A declared fact in a spelling of its own, for the fingerprint."""
    holder: object = spec
    for step in path.split("."):
        holder = getattr(holder, step)
    return f"{path}={spelt(holder)}"


def spelt(fact: object) -> str:
    """A fact, a list or a section, the same however it was written."""
    if isinstance(fact, Measure):
        return f"{fact.low:.12g}..{fact.high:.12g}"
    if isinstance(fact, tuple):
        return f"[{', '.join(map(spelt, fact))}]"
    if isinstance(fact, Section):
        return f"{{{', '.join(f'{name}: {spelt(each)}' for name, each in sorted(vars(fact).items()))}}}"
    return str(getattr(fact, "text", None) or getattr(fact, "value", None))


def yields(rule: Rule, outcome: Outcome, outcomes: dict[str, Outcome], spec: Spec) -> bool:
    """Whether other findings of equal or stronger outcome report the same cause.

    It stays if it would stand without all the causes that they report.
    """
    without = spec
    for code, cause in rule.yields_to.items():
        other = outcomes.get(code)
        if other is None or other.tell is None:
            continue
        if outcome.kind is CONFLICT and other.kind is not CONFLICT:
            continue
        if not cause:
            return True
        without = _without(cause, without)
    return without is not spec and rule.check(without).kind is not outcome.kind


def _without(cause: Cause, spec: Spec) -> Spec:
    """The spec with the facts that take a cause away."""
    if callable(cause):
        return cause(spec)
    for path, value in cause.items():
        fact = fact_at(spec, path)
        if isinstance(fact, Measure):
            spec = altered(spec, path, fact.at(value, value))
    return spec
