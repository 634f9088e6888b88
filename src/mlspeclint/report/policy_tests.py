"""What `policy test` found: each declared rule, and the examples that did not come out as they should."""

from __future__ import annotations

from mlspeclint.policy.examples import BAD, INVALID
from mlspeclint.report.text import plural, safe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from mlspeclint.policy.examples import Tested, Tried
    from mlspeclint.report.style import Style


def render(results: Sequence[Tested], style: Style) -> str:
    """A line a rule, the examples that failed below it, and a summary."""
    lines: list[str] = []
    origin = None
    for tested in results:
        if tested.rule.origin != origin:
            origin = tested.rule.origin
            lines += (
                ["", style.paint(safe(origin), "bold")]
                if lines
                else [style.paint(safe(origin), "bold")]
            )
        lines += _rule(tested, style)
    passed = sum(tested.passed for tested in results)
    lines += [
        "",
        f"{plural(len(results), 'rule')}: {passed} passed, {len(results) - passed} failed",
    ]
    return style.fit("".join(f"{line}\n" for line in lines))


def _rule(tested: Tested, style: Style) -> list[str]:
    rule = tested.rule
    word, colour = ("passed", "note") if tested.passed else ("failed", "error")
    counts = {kind: sum(each.kind == kind for each in tested.examples) for kind in ("bad", "good")}
    told = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    lines = [f"  {style.paint(word, colour)}  {rule.code} {rule.name} ({told})"]
    for kind in tested.lacks:
        verb = "finds something" if kind == BAD else "finds nothing"
        if counts[kind]:
            facts = "with the facts that it asks for"
            lines.append(f"    no {kind} example decides it: show one {facts}, in which it {verb}")
        else:
            lines.append(f"    has no {kind} example: show a spec in which it {verb}")
    for each in tested.examples:
        if not each.passed:
            lines.append(f"    {each.kind} example {each.number}: {_why(each)}")
            lines += (f"      {style.paint('│', 'frame')} {line}" for line in _lines(each.text))
    return lines


def _why(tried: Tried) -> str:
    """What came out, and what should have."""
    if tried.outcome == INVALID:
        return f"is no valid spec: {safe(tried.told)}"
    told = f": {safe(tried.told)}" if tried.told else ""
    wanted = "a finding" if tried.kind == BAD else "none"
    return f"expected {wanted}, the outcome is {tried.outcome}{told}"


def _lines(text: str) -> list[str]:
    return [safe(line.expandtabs(4)) for line in text.strip("\r\n").splitlines()]


def as_json(results: Sequence[Tested]) -> dict[str, Any]:
    """The same for programs."""
    passed = sum(tested.passed for tested in results)
    return {
        "version": 1,
        "rules": [
            {
                "code": tested.rule.code,
                "name": tested.rule.name,
                "file": tested.rule.origin,
                "passed": tested.passed,
                "lacks": list(tested.lacks),
                "examples": [
                    {
                        "kind": each.kind,
                        "number": each.number,
                        "passed": each.passed,
                        "outcome": each.outcome,
                        "told": each.told,
                        "text": each.text,
                    }
                    for each in tested.examples
                ],
            }
            for tested in results
        ],
        "summary": {"rules": len(results), "passed": passed, "failed": len(results) - passed},
    }
