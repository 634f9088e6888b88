"""The decision record: what was decided on which facts, in Markdown for the repository of the project.

Everything that comes from the spec is escaped: it stays text, in its line and in its cell.
"""

from __future__ import annotations

from mlspeclint import __version__
from mlspeclint.engine.check import POSSIBLY
from mlspeclint.engine.record import alternative_words, decision, declared_facts, status
from mlspeclint.engine.summary import Counts
from mlspeclint.report.compare import change_words, verdict
from mlspeclint.report.cost import sentences
from mlspeclint.report.cost_formats import markdown_tables
from mlspeclint.report.full import counted
from mlspeclint.report.markdown import escaped, table
from mlspeclint.report.text import plural, with_changes
from mlspeclint.rules.rule import POSSIBLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from typing import Any

    from mlspeclint.engine.compare import Comparison
    from mlspeclint.engine.finding import FileReport, Finding
    from mlspeclint.engine.margins import Margin
    from mlspeclint.engine.next_facts import NextFact
    from mlspeclint.rules.cost_statement import CostStatement

MOST_FACTS = 10
"""Missing facts that are listed; `check --undecided` lists all."""
MOST_MARGINS = 8
"""Changes that would raise a conflict, nearest first, that are listed."""
NONE = "None."


class Subject:
    """What a record is about: a plan, and all that was worked out of it."""

    __slots__ = ("comparison", "cost", "day", "margins", "name", "next_facts", "report", "spec")

    def __init__(
        self,
        name: str,
        spec: Any,
        report: FileReport,
        *,
        comparison: Comparison,
        cost: CostStatement,
        next_facts: Sequence[NextFact],
        margins: Sequence[Margin],
        day: date,
    ) -> None:
        self.name = name
        self.spec = spec
        self.report = report
        self.comparison = comparison
        self.cost = cost
        self.next_facts = next_facts
        self.margins = margins
        self.day = day


def render(subject: Subject) -> str:
    """The record of one plan."""
    lines: list[str] = []
    for heading, body in _sections(subject):
        lines += [heading, "", *(body or [NONE]), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _sections(subject: Subject) -> Iterator[tuple[str, list[str]]]:
    findings = subject.report.findings
    conflicts = [f for f in findings if f.waived is None and f.outcome != POSSIBLE]
    possible = [f for f in findings if f.waived is None and f.outcome == POSSIBLE]
    waived = [f for f in findings if f.waived is not None]
    yield f"# {escaped(subject.name)}: {escaped(decision(subject.spec))}", _head(subject)
    yield "## Context", _context(subject.spec)
    yield "## Decision", _decision(subject)
    yield "## Facts", _facts(subject)
    yield "## Conflicts", _conflicts(conflicts)
    yield "## What cannot be ruled out", _possible(possible)
    yield "## Waivers", _waivers(waived)
    yield "## Alternatives", _alternatives(subject)
    yield "## Cost", [*markdown_tables(subject.cost), "", *_listed(sentences(subject.cost))]
    yield "## What would change the verdict", _changes(subject)
    yield "## What is undecided, and what to find out next", _undecided(subject)
    told = (
        f"Written by mlspeclint {__version__}; `mlspeclint explain CODE` shows the page of a rule."
    )
    yield "---", [told]


def _listed(sentences: Sequence[str]) -> list[str]:
    return [f"- {escaped(sentence)}" for sentence in sentences]


def _head(subject: Subject) -> list[str]:
    project, counts = subject.spec.project, Counts(subject.report.findings)
    numbers = [counted(counts)]
    if subject.report.undecided:
        numbers.append(f"{plural(len(subject.report.undecided), 'rule')} undecided")
    rows = [
        ("Status", f"{status(subject.spec)} (stage: {project.stage.text or 'unknown'})"),
        ("Date", subject.day.isoformat()),
        ("Owner", project.owner.text),
        ("Spec", subject.report.file),
        ("Verdict", ", ".join(numbers)),
    ]
    return [f"- {label}: {escaped(text)}" for label, text in rows if text]


def _context(spec: Any) -> list[str]:
    project, task = spec.project, spec.task
    rows = [
        ("Summary", project.summary.text),
        ("Motivation", project.motivation.text),
        ("Kind of motivation", (project.motivation_kind.text or "").replace("_", " ")),
        ("Success is measured by", project.kpi.text),
        ("Task", f"{task.type.text or 'unknown'}, {task.modality.text or 'unknown'}".replace("_", " ")),
        ("Described as", task.description.text),
        ("Deadline", None if project.deadline.absent else f"{project.deadline}"),
    ]  # fmt: skip
    return [f"- {label}: {escaped(text)}" for label, text in rows if text]


def _decision(subject: Subject) -> list[str]:
    told = dict(verdict(subject.comparison))
    words = escaped(decision(subject.spec))
    lines = [f"{words[:1].upper()}{words[1:]}.", ""]
    lines.append(f"- Fewest conflicts: {escaped(told['fewest conflicts'])}")
    if "not proposed" in told:
        lines.append(f"- Not proposed: {escaped(told['not proposed'])}")
    return lines


def _facts(subject: Subject) -> list[str]:
    facts = declared_facts(subject.spec)
    unknown = [fact.path for fact in facts if fact.text is None]
    rows = [(f"`{fact.path}`", escaped(fact.text)) for fact in facts if fact.text is not None]
    lines = [*table(("Declared", "Value"), rows), ""]
    lines.append(f"Asked, and not known: {_codes(unknown)}")
    missing = sorted({path for each in subject.report.undecided for path in each.missing})
    return [*lines, "", f"Missing, and waited for by a rule: {_codes(missing)}"]


def _codes(paths: Sequence[str]) -> str:
    return f"{', '.join(f'`{path}`' for path in paths)}." if paths else "nothing."


def _conflicts(findings: Sequence[Finding]) -> list[str]:
    if not findings:
        return ["No rule finds a conflict that counts."]
    rows = [
        (
            f"{each.code} {each.name}",
            each.severity,
            escaped(with_changes(each)),
            escaped(each.instead),
        )
        for each in findings
    ]
    return table(("Rule", "Severity", "What conflicts", "What to do instead"), rows)


def _possible(findings: Sequence[Finding]) -> list[str]:
    if not findings:
        return []
    rows = [
        (
            f"{finding.code} {finding.name}",
            escaped(finding.message.removeprefix(POSSIBLY)),
            ", ".join(f"`{path}`" for path in finding.settles),
        )
        for finding in findings
    ]
    return table(("Rule", "What cannot be ruled out", "Settled by a firm value of"), rows)


def _waivers(findings: Sequence[Finding]) -> list[str]:
    rows = []
    for finding in findings:
        waiver = finding.waived
        if waiver is not None:
            texts = (
                waiver.reason,
                waiver.by or "not named",
                waiver.until or "not limited",
                waiver.via,
            )
            rows.append(
                (f"{finding.code} {finding.name}", escaped(finding.message), *map(escaped, texts))
            )
    if not rows:
        return []
    return table(("Rule", "What is waived", "Reason", "Owner", "Last day", "Declared in"), rows)


def _alternatives(subject: Subject) -> list[str]:
    spec = subject.spec
    told = [alternative_words(spec, entry) for entry in spec.alternatives]
    lines = []
    if told:
        names = list(dict.fromkeys(name for each in told for name in each))
        rows = [[escaped(each.get(name, "")) for name in names] for each in told]
        lines += [*table([name.capitalize() for name in names], rows), ""]
    else:
        nothing = "unknown" if spec.alternatives.unknown else "not declared"
        lines += [f"Alternatives are {nothing}.", ""]
    lines += ["On this spec, with its own facts or none:", ""]
    compared = [
        (
            column.approach.words + (" (chosen)" if column.chosen else ""),
            f"{len(column.conflicts())}",
            f"{column.weights[0]:g}",
            f"{len(column.possible)}",
            f"{len(column.undecided)}",
            _target(column.target),
        )
        for column in subject.comparison.columns
    ]
    head = ("Approach", "Conflicts", "Their weight", "Possible", "Undecided", "Target")
    return [*lines, *table(head, compared, right=5)]


def _target(reached: Any) -> str:
    if reached is None:
        return "not measured"
    return "open" if reached.open else "met" if reached.certain else "missed"


def _changes(subject: Subject) -> list[str]:
    lines = []
    for finding in subject.report.findings:
        clears = [finding.clears] if finding.clears else []
        clears += [flip.text for flip in finding.clears_when]
        if clears:
            code = finding.code if finding.waived is None else f"{finding.code} (waived)"
            lines.append(f"- {code} clears when {escaped(', or '.join(clears))}")
    if subject.comparison.chosen.conflicts():
        lines.append(f"- Cheapest change: {escaped(change_words(subject.comparison))}")
    nearest = [
        f"- {margin.rule.code} {margin.rule.name}: {escaped(margin.text)}"
        for margin in subject.margins[:MOST_MARGINS]
    ]
    if nearest:
        lines += [
            *([""] if lines else []),
            "What would raise an error or a warning that there is not, nearest first:",
            "",
            *nearest,
        ]
    return lines


def _undecided(subject: Subject) -> list[str]:
    undecided = subject.report.undecided
    if not undecided:
        return ["Every rule that looks at the plan can be decided."]
    codes = ", ".join(dict.fromkeys(each.code for each in undecided))
    rows = [
        (f"`{fact.path}`", ", ".join(fact.decides), ", ".join(fact.helps))
        for fact in subject.next_facts[:MOST_FACTS]
    ]
    lines = [f"Undecided for want of facts: {codes}.", ""]
    lines += table(("Find out next", "Decides", "Helps to decide"), rows)
    more = len(subject.next_facts) - MOST_FACTS
    return (
        [*lines, "", f"{more} more facts: `mlspeclint check --undecided`."] if more > 0 else lines
    )
