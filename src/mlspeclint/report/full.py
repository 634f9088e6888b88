"""The default report: each finding with the lines that it speaks of, and a summary."""

from __future__ import annotations

from mlspeclint.engine.summary import Counts
from mlspeclint.report.text import cells, plural, safe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.engine.finding import FileReport, Finding, Range, Run
    from mlspeclint.engine.next_facts import NextFact
    from mlspeclint.report.style import Style

    Mark = tuple[Range, str, str]
    """A place, the sign that underlines it, and its label."""

BASES = {
    "arithmetic": "arithmetic on the declared numbers",
    "measured": "published comparisons",
    "regulation": "law",
    "convention": "common practice, a judgement",
    "policy": "the organisation's policy",
}
SAFE, UNSAFE = "--fix", "--fix --unsafe-fixes"
CLEARS_SHOWN = 4
"""How many single changes are listed before the rest is counted, if it is more than one."""
LONGEST = 240
"""Columns of the source that are shown where there is no terminal."""
NARROWEST = 20
"""Columns that the source gets on the narrowest terminal."""


def render(run: Run, style: Style, *, undecided: bool = False, quiet: bool = False) -> str:
    """The report as text, ending in a line break unless it is empty."""
    blocks = [
        _finding(finding, style)
        for finding in run.findings()
        if finding.waived is None
    ]  # fmt: skip
    if undecided and run.undecided():
        blocks.append(_undecided(run, style))
    if not quiet:
        blocks.append(_summary(run, style))
    return style.fit("".join(f"{block}\n" for block in blocks if block))


def _finding(finding: Finding, style: Style) -> str:
    head = style.paint(f"{finding.severity}[{finding.code}]", finding.severity)
    lines = [f"{head} {style.paint(finding.name, 'bold')}: {safe(finding.message)}"]
    lines += _excerpt(finding, style)
    fix = finding.fix
    mended = [("fix", f"{fix.title} ({SAFE if fix.safe else UNSAFE})")] if fix else []
    for label, text in notes(finding) + mended:
        lines.append(
            f"  {style.paint('=', 'frame')} {style.paint(f'{label}:', 'bold')} {safe(text)}"
        )
    return "\n".join(lines) + "\n"


def notes(finding: Finding) -> list[tuple[str, str]]:
    """What is told below the excerpt, each with its label."""
    told = []
    if finding.since:
        told.append((f"since {finding.since.revision}", finding.since.text))
    clears = [flip.text for flip in finding.clears_when]
    if finding.clears:
        clears.insert(0, finding.clears)
    if len(clears) > CLEARS_SHOWN + 1:
        clears[CLEARS_SHOWN:] = [
            f"{len(clears) - CLEARS_SHOWN} other single changes (--output-format json)"
        ]
    if finding.settles:
        told.append(("settled by", f"a firm value of {' or '.join(finding.settles)}"))
    if clears:
        told.append(("clears when", ", or ".join(clears)))
    if finding.instead:
        told.append(("instead" if finding.basis else "help", finding.instead))
    if finding.policy:
        told.append(("policy", "; ".join(finding.policy)))
    if finding.basis:
        published = [source for source in finding.sources if source != "convention"]
        sources = f" ({', '.join(published)})" if published else ""
        docs = f" · {finding.rule.docs}" if finding.rule and finding.rule.docs else ""
        page = f"mlspeclint explain {finding.code}{docs}"
        told.append(("basis", f"{BASES[finding.basis]}{sources} · {page}"))
    return told


def _excerpt(finding: Finding, style: Style) -> list[str]:
    """The lines of the primary and the related places, each place underlined with its label."""
    if finding.range is None:
        return [f"  {style.paint('┌─', 'frame')} {safe(finding.file)}"]
    marks: dict[int, list[Mark]] = {}
    marks.setdefault(finding.range.start[0], []).append((finding.range, "^", finding.label))
    for related in finding.related:
        marks.setdefault(related.range.start[0], []).append((related.range, "-", related.label))
    gutter = len(str(max(marks)))
    bar = style.paint("│", "frame")
    line, column = finding.range.start
    blank = f"{' ' * gutter} {bar}"
    lines = [
        f"{' ' * gutter} {style.paint('┌─', 'frame')} {safe(finding.file)}:{line}:{column}",
        blank,
    ]
    width = max((style.width or LONGEST) - gutter - 3, NARROWEST)
    for number in sorted(marks):
        source = finding.source.line(number)
        waiting = sorted(marks[number], key=lambda mark: mark[0].start)
        while waiting:
            window = _Window(source, waiting[0][0].start[1] - 1, width, style.encoding)
            here = [waiting[0], *(mark for mark in waiting[1:] if window.shows(mark[0]))]
            waiting = waiting[len(here) :]
            lines.append(
                f"{style.paint(f'{number:>{gutter}}', 'frame')} {bar} {window.text}".rstrip()
            )
            for place, sign, label in reversed(here):
                role = finding.severity if sign == "^" else "frame"
                lines += (
                    f"{blank} {row}" for row in _marked(window, place, sign, label, role, style)
                )
    return [*lines, blank] if finding.basis or finding.instead else lines


def _marked(
    window: _Window, place: Range, sign: str, label: str, role: str, style: Style
) -> list[str]:
    """The underline of a place with its label, which goes below where the terminal is too narrow."""
    column, underline = window.column(place), sign * window.columns(place)
    marked = " " * column + style.paint(underline, role)
    if not label:
        return [marked]
    if not style.width or column + len(underline) + 1 + len(label) <= window.width:
        return [f"{marked} {style.paint(safe(label), role)}"]
    from textwrap import wrap

    rows = wrap(safe(label), window.width)
    indent = " " * max(0, min(column, window.width - max(map(len, rows), default=0)))
    return [marked, *(indent + style.paint(row, role) for row in rows)]


class _Window:
    """The part of a source line around `focus` (an index of its characters) that fits `width` columns."""

    def __init__(self, line: str, focus: int, width: int, encoding: str | None) -> None:
        self.width = width
        focus = min(focus, len(line))
        # Only what may be shown is looked at: a line can be as long as a file.
        self.skipped = max(0, focus - width)
        shown = cells(line[self.skipped : focus + 2 * width], encoding)
        self.offsets = [0]
        for _, columns in shown:
            self.offsets.append(self.offsets[-1] + columns)
        self.first, self.last = 0, len(shown)
        if self.skipped or self.last < len(line) - self.skipped or self.offsets[-1] > width:
            while self.offsets[focus - self.skipped] - self.offsets[self.first] > width // 2:
                self.first += 1
            while self.offsets[self.last] - self.offsets[self.first] > width - 2:
                self.last -= 1
        self.text = "".join(text for text, _ in shown[self.first : self.last])
        self.indent = 0
        if self.first + self.skipped:
            self.text, self.indent = f"…{self.text}", 1
        if self.last + self.skipped < len(line):
            self.text += "…"

    def _offset(self, column: int) -> int:
        """Where a column of the line is shown; at the end of the window where it is not."""
        index = min(max(column - 1 - self.skipped, self.first), self.last)
        return self.offsets[index] - self.offsets[self.first]

    def shows(self, place: Range) -> bool:
        """Whether a place that starts behind `focus` is in the window, as far as it is on the line."""
        end = place.end[1] if place.end[0] == place.start[0] else place.start[1] + 1
        return end - 1 - self.skipped <= self.last

    def column(self, place: Range) -> int:
        """Where a place starts, in columns of the shown text."""
        return self.indent + self._offset(place.start[1])

    def columns(self, place: Range) -> int:
        """How wide it is: to its end, or to the end of the line where it goes on."""
        end = place.end[1] if place.end[0] == place.start[0] else self.last + self.skipped + 1
        return max(1, self._offset(end) - self._offset(place.start[1]))


def _undecided(run: Run, style: Style) -> str:
    lines = []
    for rule in run.undecided():
        code = style.paint(f"undecided[{rule.code}]", "quiet")
        lines.append(f"{code} {rule.name}: {safe(rule.file)}: lacks {', '.join(rule.missing)}")
    for file in run.files:
        if file.undecided:
            lines.append(
                f"{style.paint(safe(file.file), 'bold')}: missing facts, most useful first:"
            )
            lines += (f"  {fact.path} ({_use(fact)})" for fact in file.next_facts)
    return "\n".join(lines) + "\n"


def _summary(run: Run, style: Style) -> str:
    shown = run.files
    if len(shown) > 1:
        shown = [file for file in run.files if file.findings or _has_changed(file)]
    lines = [line for file in shown for line in _file_summary(file, run, style)]
    total = counted(Counts(run.findings()))
    if run.since is not None:
        from mlspeclint.report import since

        for change in run.since.deleted:
            name = style.paint(safe(change.file), "bold")
            lines.append(f"{name}: deleted since {run.since.revision}")
            lines += _labelled(since.lines(change, run.since.revision))
        total += f" · since {run.since.revision}: {since.counted(run.since.files(run))}"
    if len(run.files) > 1:
        lines.append(f"{style.paint(plural(len(run.files), 'file'), 'bold')}: {total}")
    return "\n".join([*lines, *_fixable(run)])


def _fixable(run: Run) -> list[str]:
    """How many findings would be mended by which options."""
    fixes = [fix for finding in run.findings() if not finding.waived and (fix := finding.fix)]
    safe = sum(fix.safe for fix in fixes)
    parts = [
        f"{number} {'more ' if option is UNSAFE and safe else ''}with {option}"
        for number, option in ((safe, SAFE), (len(fixes) - safe, UNSAFE))
        if number
    ]
    return [f"fixable: {', '.join(parts)}"] if parts else []


def _has_changed(file: FileReport) -> bool:
    """Whether there is more to tell than how many findings a file has."""
    return file.since is not None and bool(file.since.gone or file.since.changes)


def _labelled(told: list[tuple[str, str]]) -> list[str]:
    return [f"  {label}: {safe(text)}" for label, text in told]


def _file_summary(file: FileReport, run: Run, style: Style) -> list[str]:
    parts = [counted(Counts(file.findings))]
    if file.relevant:
        parts.append(f"{file.declared} of {file.relevant} facts that matter here declared")
        if file.undecided:
            parts[-1] += f", {plural(len(file.undecided), 'rule')} undecided"
    lines = [f"{style.paint(safe(file.file), 'bold')}: {' · '.join(parts)}"]
    if run.since is not None and file.since is not None:
        from mlspeclint.report import since

        lines += _labelled(since.lines(file.since, run.since.revision))
    if file.next_facts:
        best = file.next_facts[0]
        lines.append(f"  next most useful fact: {best.path} ({_use(best)})")
    return lines


def _use(fact: NextFact) -> str:
    """What a missing fact is good for: the rules that it decides whatever it is, and those it may."""
    decides = f"decides {', '.join(fact.decides)}" if fact.decides else ""
    helps = f"helps to decide {', '.join(fact.helps)}" if fact.helps else ""
    return ", ".join(filter(None, (decides, helps)))


def counted(counts: Counts) -> str:
    """The counts in words."""
    parts = [
        plural(number, noun)
        for number, noun in (
            (counts.errors, "error"),
            (counts.warnings, "warning"),
            (counts.notes, "note"),
        )
        if number
    ]
    if counts.possible:
        parts.append(f"{counts.possible} possible")
    if counts.waived - counts.known:
        parts.append(f"{counts.waived - counts.known} waived")
    if counts.known:
        parts.append(f"{counts.known} in the baseline")
    return ", ".join(parts) or "no findings"
