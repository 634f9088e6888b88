"""How often each rule was reported, and which waivers are in force."""

from __future__ import annotations

from mlspeclint.report.text import plural, safe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.engine.finding import Run
    from mlspeclint.report.style import Style


def render(run: Run, style: Style) -> str:
    """A line a rule, most frequent first, then a line a waived finding."""
    counted: dict[tuple[str, str], list[int]] = {}
    lines = []
    waivers = []
    for finding in run.findings():
        numbers = counted.setdefault((finding.code, finding.name), [0, 0])
        waiver = finding.waived
        numbers[waiver is not None] += 1
        if waiver is not None:
            until = f" until {waiver.until}" if waiver.until else ""
            by = f" by {safe(waiver.by)}" if waiver.by else ""
            line = finding.range.start[0] if finding.range else 1
            place = f"{safe(finding.file)}:{line}"
            waivers.append(f"waived {finding.code} at {place}{by}{until}: {safe(waiver.reason)}")
    for (code, name), (open_ones, waived) in sorted(
        counted.items(), key=lambda i: (-sum(i[1]), i[0])
    ):
        note = f", {waived} waived" if waived else ""
        lines.append(f"{code} {name}: {plural(open_ones, 'finding')}{note}")
    return style.fit("".join(f"{line}\n" for line in lines + waivers))
