"""Waivers: findings that a team has decided to live with, for a time (in the spec or by a comment)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from mlspeclint.engine.finding import AppliedWaiver, Finding, Range
from mlspeclint.rules.names import SEVERITIES, WAIVER_NAMES
from mlspeclint.spec.facts import DECLARED
from mlspeclint.spec.shapes import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mlspeclint.document.comments import Comment
    from mlspeclint.document.tree import Document, File
    from mlspeclint.engine.finding import FileReport
    from mlspeclint.engine.fix import Draft
    from mlspeclint.engine.settings import Settings
    from mlspeclint.spec.compiled import Spec, Waiver
    from mlspeclint.spec.facts import Items

MARKER = "mlspeclint:"
SOON = timedelta(days=30)
FIXED = ("WVR001", "WVR002", "WVR005")
"""What has a fix. That of an expired one is not safe: who decides again needs its reason and its owner."""
ENDED = date.min
"""Stands for the last day of a waiver whose last day is `unknown`."""


class _Waiver:
    """A waiver of one rule, wherever it was written."""

    def __init__(
        self,
        rule: str,
        at: Range,
        *,
        document: int,
        path: str = "",
        reason: str = "",
        by: str | None = None,
        until: date | None = None,
        prefix: str = "",
        line: int | None = None,
        mend: Callable[..., Draft | None] | None = None,
    ) -> None:
        self.rule = rule
        self.at = at
        self.document = document
        self.path = path
        self.reason = reason
        self.by = by
        self.until = until
        self.prefix = prefix
        self.line = line
        self.mend = mend
        """What would delete it, or write it as it was meant. Expects whether that is safe."""
        self.used = False

    def covers(self, finding: Finding) -> bool:
        """Whether it speaks of this finding of its rule."""
        if self.line is not None:
            return any(self.line in place.lines() for place in finding.ranges())
        if finding.document != self.document:
            return False
        paths = [finding.path, *(related.path for related in finding.related)]
        return not self.prefix or any(_within(path, self.prefix) for path in paths)


def _within(path: str, prefix: str) -> bool:
    return path == prefix or path.startswith((f"{prefix}.", f"{prefix}["))


def apply_waivers(file: File, report: FileReport, settings: Settings) -> None:
    """Mark the findings that a waiver covers, and report what is wrong with waivers.

    The first waiver in the file wins. `settings.day` is the day on which they are judged; what else is
    asked of them are the settings of their document, where the report has any.
    """
    _apply(file, report, settings)
    report.findings = [
        finding
        for finding in report.findings
        if finding.code not in WAIVER_NAMES
        or report.settings.get(finding.document, settings).selects(finding.code)
    ]


def _apply(file: File, report: FileReport, settings: Settings) -> None:
    waivers = [
        waiver
        for document, spec in report.specs
        for waiver in _declared(document, spec, file, report)
    ]
    if MARKER in file.source.text:
        waivers += _comments(file, report, settings)
    if not waivers:
        return
    waivers.sort(key=lambda waiver: waiver.at.start)
    # There may be thousands of either.
    findings: dict[str, list[Finding]] = {}
    for finding in report.findings:
        findings.setdefault(finding.code, []).append(finding)
    today = settings.day
    for waiver in waivers:
        rule = settings.catalogue.get(waiver.rule)
        if rule is None or not rule.waivable:
            _report_nothing(waiver, file, report, settings)
            continue
        expired = waiver.until is not None and waiver.until < today
        for finding in findings.get(rule.code, ()):
            if waiver.covers(finding):
                waiver.used = True
                if not expired and finding.waived is None:
                    until = waiver.until.isoformat() if waiver.until else None
                    via = "spec" if waiver.line is None else "comment"
                    finding.waived = AppliedWaiver(waiver.reason, waiver.by, until, via)
        if expired:
            ended = "has no last day" if waiver.until == ENDED else f"ended on {waiver.until}"
            _report(
                "WVR001", f"the waiver of {rule.code} {ended}", waiver, file, report,
                "decide again: mend what it waived, or give it a new last day",
            )  # fmt: skip
        elif not waiver.used and report.settings.get(waiver.document, settings).selects(rule.code):
            _report(
                "WVR002", f"the waiver of {rule.code} covers no finding", waiver, file, report,
                "delete it",
            )  # fmt: skip
        elif waiver.until is not None and waiver.until - today <= SOON:
            days = (waiver.until - today).days
            when = "today" if days == 0 else f"in {days} day{'s' if days > 1 else ''}"
            _report(
                "WVR004", f"the waiver of {rule.code} ends {when}, on {waiver.until}", waiver, file,
                report, "decide before then: mend what it waives, or give it a new last day",
            )  # fmt: skip


def _report_nothing(waiver: _Waiver, file: File, report: FileReport, settings: Settings) -> None:
    rule = settings.catalogue.get(waiver.rule)
    if rule is not None:
        message, help = f"{rule.code} {rule.name} cannot be waived", "mend what it reports"
    elif waiver.rule in settings.catalogue.groups:
        message = f"{waiver.rule} is a group: a waiver is for one rule"
        help = "name the rule by its code or its name"
    else:
        message = f"there is no rule `{shown(waiver.rule)}`"
        help = settings.catalogue.suggestion(waiver.rule, waivable=True)
    _report("WVR003", message, waiver, file, report, help)


def _report(
    code: str, message: str, waiver: _Waiver, file: File, report: FileReport, instead: str
) -> None:
    finding = Finding(
        code,
        WAIVER_NAMES[code],
        SEVERITIES[code],
        message,
        file=report.file,
        source=file.source,
        document=waiver.document,
        path=waiver.path,
        range=waiver.at,
        instead=instead,
        facts=lambda: (waiver.rule, str(waiver.until)),
    )
    if waiver.mend is not None and code in FIXED:
        report.propose(finding, file, partial(waiver.mend, safe=code != "WVR001"))
    report.findings.append(finding)


def _declared(document: Document, spec: Spec, file: File, report: FileReport) -> Iterator[_Waiver]:
    """The waivers of a spec that are whole; what the others lack was reported by the loader."""
    for waiver, index in _numbered(spec.waivers):
        until = waiver.until
        if any(fact.absent for fact in (waiver.rule, waiver.reason, waiver.by, until)):
            continue
        place = document.locate(("waivers", index, "rule"))
        source = file.source
        yield _Waiver(
            waiver.rule.text or "unknown",
            Range(source.position(place.start), source.position(place.end)),
            document=document.index,
            path=f"waivers[{index}].rule",
            reason=waiver.reason.text or "unknown",
            by=waiver.by.text or "unknown",
            # A range ends on its last day.
            until=date.fromordinal(int(until.high)) if until.state == DECLARED else ENDED,
            prefix=waiver.at.text or "",
            mend=partial(_delete, file, report, document, index),
        )


# What would mend them; only those pay for the import who ask.


def _delete(
    file: File, report: FileReport, document: Document, index: int, *, safe: bool
) -> Draft | None:
    from mlspeclint.engine.fix import of_declared_waiver

    return of_declared_waiver(file, report, document, index, safe=safe)


def _delete_comment(
    file: File, report: FileReport, comment: Comment, rule: str, document: int, *, safe: bool
) -> Draft | None:
    from mlspeclint.engine.fix import of_comment

    return of_comment(file, report, comment, rule, document, safe=safe)


def _rewrite(comment: Comment, document: int, settings: Settings, *, safe: bool) -> Draft | None:
    from mlspeclint.engine.fix import of_malformed_comment

    return of_malformed_comment(comment, document, settings, safe=safe)


def _numbered(waivers: Items[Waiver]) -> Iterator[tuple[Waiver, int]]:
    for index, waiver in enumerate(waivers):
        path = waiver.rule.path
        yield waiver, int(path[path.index("[") + 1 : path.index("]")]) if "[" in path else index


def _comments(file: File, report: FileReport, settings: Settings) -> Iterator[_Waiver]:
    """The waivers in comments; a malformed one is reported and waives nothing."""
    import re

    from mlspeclint.document.comments import comments

    form = re.compile(r"# ?mlspeclint: ?ignore\[([^\]]*)\](?: until=(\S+))?(?: -- ?(.*))?")
    for comment in comments(file, MARKER):
        source = file.source
        start = source.position(comment.offset)
        at = Range(start, source.position(comment.end))
        document = _document_at(file, comment.offset)
        line = start[0] + 1 if comment.alone_on_line else start[0]
        match = form.fullmatch(" ".join(comment.text.split()))
        until, reason = (match[2], match[3] or "") if match else (None, "")
        problem = _malformed(match[1] if match else None, until, reason)
        if match is None or problem:
            mend = partial(_rewrite, comment, document, settings)
            broken = _Waiver("", at, document=document, mend=mend)
            _report("WVR005", problem or "", broken, file, report, f"write `{EXAMPLE}`")
            continue
        for code in match[1].split(","):
            yield _Waiver(
                code.strip(),
                at,
                document=document,
                reason=reason,
                until=date.fromisoformat(until) if until else None,
                line=line,
                mend=partial(_delete_comment, file, report, comment, code.strip(), document),
            )


EXAMPLE = "# mlspeclint: ignore[LBL301] until=2027-01-31 -- reason"


def _document_at(file: File, offset: int) -> int:
    """The number of the document that a comment is in; 0 where no document could be read."""
    return next((d.index for d in reversed(file.documents) if d.start <= offset), 0)


def _malformed(codes: str | None, until: str | None, reason: str | None) -> str | None:
    """What is wrong with a comment, in a sentence; None if nothing is. `codes` is None if it is no waiver."""
    if codes is None:
        return "this comment is not a waiver that can be read"
    if not all(code.strip() for code in codes.split(",")):
        return "a waiver names the rule that it waives"
    if not reason:
        return "a waiver needs a reason"
    try:
        if until and not (len(until) == 10 and until[4] == "-" == until[7]):
            raise ValueError(until)
        if until:
            date.fromisoformat(until)
    except ValueError:
        return f"{until} is not a day such as 2027-01-31"
    return None
