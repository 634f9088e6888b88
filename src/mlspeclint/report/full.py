"""The default report: each finding with the lines that it speaks of, and a summary."""

from __future__ import annotations

from mlspeclint.engine.summary import Counts, next_facts
from mlspeclint.report.text import cells, plural, safe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.engine.finding import FileReport, Finding, Range, Run
    from mlspeclint.report.style import Style

BASES = {
    "arithmetic": "arithmetic on the declared numbers",
    "measured": "published comparisons",
    "regulation": "law",
    "convention": "common practice, a judgement",
}
CLEARS_SHOWN = 4
"""How many single changes are listed before the rest is counted."""


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
    for label, text in _notes(finding):
        lines.append(
            f"  {style.paint('=', 'frame')} {style.paint(f'{label}:', 'bold')} {safe(text)}"
        )
    return "\n".join(lines) + "\n"


def _notes(finding: Finding) -> list[tuple[str, str]]:
    """What stands below the excerpt."""
    notes = []
    clears = [flip.text for flip in finding.clears_when]
    if finding.clears:
        clears.insert(0, finding.clears)
    if len(clears) > CLEARS_SHOWN:
        clears[CLEARS_SHOWN:] = [
            f"{len(clears) - CLEARS_SHOWN} other single changes (--output-format json)"
        ]
    if finding.settles:
        notes.append(("settled by", f"a narrower value of {', '.join(finding.settles)}"))
    if clears:
        notes.append(("clears when", ", or ".join(clears)))
    if finding.instead:
        notes.append(("instead" if finding.basis else "help", finding.instead))
    if finding.basis:
        sources = f" ({', '.join(finding.sources)})" if finding.sources else ""
        notes.append(
            ("basis", f"{BASES[finding.basis]}{sources} · mlspeclint explain {finding.code}")
        )
    return notes


def _excerpt(finding: Finding, style: Style) -> list[str]:
    """The lines of the primary and the related places, each place underlined with its label."""
    if finding.range is None:
        return [f"  {style.paint('┌─', 'frame')} {safe(finding.file)}"]
    marks: dict[int, list[tuple[Range, str, str]]] = {}
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
    for number in sorted(marks):
        source = finding.source.line(number)
        window = _Window(source, marks[number], style.width - gutter - 3 if style.width else 0)
        lines.append(f"{style.paint(f'{number:>{gutter}}', 'frame')} {bar} {window.text}".rstrip())
        for place, sign, label in sorted(marks[number], key=lambda mark: -mark[0].start[1]):
            role = finding.severity if sign == "^" else "frame"
            underline = style.paint(window.underline(place, sign), role)
            words = f" {style.paint(safe(label), role)}" if label else ""
            lines.append(f"{blank} {' ' * window.column(place)}{underline}{words}")
    return [*lines, blank] if finding.basis or finding.instead else lines


class _Window:
    """The part of a source line that fits the width, and the columns of places in it."""

    def __init__(self, line: str, marks: list[tuple[Range, str, str]], width: int) -> None:
        shown = cells(line)
        self.offsets = [0]
        for _, columns in shown:
            self.offsets.append(self.offsets[-1] + columns)
        self.first, last = 0, len(shown)
        if width > 20 and self.offsets[-1] > width:
            leftmost = min(self._index(place.start[1]) for place, _, _ in marks)
            while self.offsets[leftmost] - self.offsets[self.first] > width // 2:
                self.first += 1
            while self.offsets[last] - self.offsets[self.first] > width - 2:
                last -= 1
        self.last = last
        self.text = "".join(text for text, _ in shown[self.first : last])
        self.indent = 0
        if self.first:
            self.text, self.indent = f"…{self.text}", 1
        if last < len(shown):
            self.text += "…"

    def _index(self, column: int) -> int:
        return min(column - 1, len(self.offsets) - 1)

    def column(self, place: Range) -> int:
        """Where a place starts, in columns of the shown text."""
        return self.indent + max(
            0, self.offsets[self._index(place.start[1])] - self.offsets[self.first]
        )

    def underline(self, place: Range, sign: str) -> str:
        """The underline of a place: to its end, or to the end of the line where it goes on."""
        start = self._index(place.start[1])
        end = self.last
        if place.end[0] == place.start[0]:
            end = min(end, self._index(place.end[1]))
        return sign * max(1, self.offsets[max(end, start)] - self.offsets[start])


def _undecided(run: Run, style: Style) -> str:
    lines = []
    for rule in run.undecided():
        code = style.paint(f"undecided[{rule.code}]", "quiet")
        lines.append(f"{code} {rule.name}: {safe(rule.file)}: lacks {', '.join(rule.missing)}")
    return "\n".join(lines) + "\n"


def _summary(run: Run, style: Style) -> str:
    shown = run.files
    if len(shown) > 1:
        shown = [file for file in run.files if file.findings]
    lines = [line for file in shown for line in _file_summary(file, style)]
    if len(run.files) > 1:
        total = _counted(Counts(run.findings()))
        lines.append(f"{style.paint(plural(len(run.files), 'file'), 'bold')}: {total}")
    return "\n".join(lines)


def _file_summary(file: FileReport, style: Style) -> list[str]:
    parts = [_counted(Counts(file.findings))]
    if file.relevant:
        parts.append(f"{file.declared} of {file.relevant} facts that matter here declared")
        if file.undecided:
            parts[-1] += f", {plural(len(file.undecided), 'rule')} undecided"
    lines = [f"{style.paint(safe(file.file), 'bold')}: {' · '.join(parts)}"]
    facts = next_facts(file.undecided)
    if facts:
        lines.append(
            f"  next most useful fact: {facts[0].path} (decides {', '.join(facts[0].codes)})"
        )
    return lines


def _counted(counts: Counts) -> str:
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
    if counts.waived:
        parts.append(f"{counts.waived} waived")
    return ", ".join(parts) or "no findings"
