"""How often each rule was reported, and which waivers are in force."""

from __future__ import annotations

from mlspeclint.report.text import plural, safe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.engine.finding import Run
    from mlspeclint.report.style import Style


def render(run: Run, style: Style) -> str:
    """A line a rule, most frequent first, then a line a waived finding that no baseline lists."""
    counted: dict[tuple[str, str], list[int]] = {}
    lines = []
    waivers = []
    for finding in run.findings():
        numbers = counted.setdefault((finding.code, finding.name), [0, 0, 0])
        waiver = finding.waived
        # Those of a baseline are listed in its file: there may be hundreds.
        in_baseline = waiver is not None and waiver.via == "baseline"
        numbers[2 if in_baseline else 1 if waiver else 0] += 1
        if waiver is not None and not in_baseline:
            until = f" until {waiver.until}" if waiver.until else ""
            by = f" by {safe(waiver.by)}" if waiver.by else ""
            line = finding.range.start[0] if finding.range else 1
            place = f"{safe(finding.file)}:{line}"
            waivers.append(f"waived {finding.code} at {place}{by}{until}: {safe(waiver.reason)}")
    for (code, name), (open_ones, waived, known) in sorted(
        counted.items(), key=lambda i: (-sum(i[1]), i[0])
    ):
        note = f", {waived} waived" if waived else ""
        note += f", {known} in the baseline" if known else ""
        lines.append(f"{code} {name}: {plural(open_ones, 'finding')}{note}")
    return style.fit("".join(f"{line}\n" for line in lines + waivers))
