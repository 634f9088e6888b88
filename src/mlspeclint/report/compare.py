"""The approaches side by side, for people and for programs."""

from __future__ import annotations

from math import inf

from mlspeclint.engine.compare import WAIVED
from mlspeclint.engine.flip import fact_at, flip_points
from mlspeclint.report.table import wrapped
from mlspeclint.report.text import plural, safe
from mlspeclint.rules.common import listed
from mlspeclint.rules.rule import CLEAR, CONFLICT, NOT_APPLICABLE, POSSIBLE, SEVERITIES, UNDECIDED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from typing import Any

    from mlspeclint.engine.compare import Column, Comparison, Judged
    from mlspeclint.engine.finding import Flip
    from mlspeclint.report.style import Style
    from mlspeclint.rules.approaches import Origin

    Cell = tuple[str, str]
    """A text and the role that colours it."""

HEADS = {
    "rules": ("rules", ""),
    "statistics": ("statis-", "tics"),
    "classical_ml": ("classi-", "cal ML"),
    "prompting": ("prompt-", "ing"),
    "zero_shot": ("zero-", "shot"),
    "few_shot": ("few-", "shot"),
    "frozen_features": ("frozen", ""),
    "fine_tuning": ("fine-", "tuned"),
    "from_scratch": ("from", "scratch"),
    "deep_learning": ("deep", "(open)"),
}
CELLS: dict[str, Cell] = {
    "error": ("error", "error"),
    "warning": ("warn", "warning"),
    "note": ("note", "note"),
    "possible": ("maybe", "note"),
    "undecided": ("?", "quiet"),
    "waived": ("waived", "quiet"),
    "clear": ("clear", ""),
    "not_applicable": ("-", "quiet"),
}
LEGEND = (
    "error, warn, note: a conflict of that severity; maybe: possible, what is declared leaves it open; "
    "?2: 2 rules undecided, facts are absent; -: does not apply"
)
MORE_SIGNS = {
    "~": "~: rests on an estimate",
    "w": "waived: a waiver of the plan covers it",
    "(": "(): another finding tells it",
}
"""What is explained only where it occurs, by how it begins."""
WIDEST = 80
MOST_FACTS = 3
"""Missing facts that are named for an approach."""
MOST_CONFLICTS = 4
"""Conflicts that are told for an approach."""
MOST_CURES = 3
"""Changes that are told for a conflict."""


def render(name: str, comparison: Comparison, style: Style, *, rules: bool = False) -> str:
    """The comparison as text; with `rules`, a row for each rule too."""
    lines = [f"{style.paint(name, 'bold')}: the approaches side by side", ""]
    grid = _grid(comparison, rules)
    lines += _laid_out(grid, style)
    signs = {text[:1] for row in grid for text, _ in row[1:] if text != "warn"}
    legend = "; ".join([LEGEND, *(words for sign, words in MORE_SIGNS.items() if sign in signs)])
    lines += ["", *wrapped(legend, style.width), ""]
    for label, sentence in verdict(comparison):
        lines += _labelled(label, sentence, style)
    lines += ["", style.paint("what each would need", "bold")]
    for column in comparison.columns:
        if not column.chosen:
            lines += _item(column.approach.words, _need(column), style)
    lines += ["", style.paint("where the facts of other approaches come from", "bold")]
    for words, sentence in sources(comparison):
        lines += _item(words, sentence, style)
    return style.fit("\n".join(lines) + "\n")


def _labelled(label: str, sentence: str, style: Style) -> list[str]:
    first, *rest = wrapped(f"{label}: {safe(sentence)}", style.width, "  ")
    return [first.replace(f"{label}:", style.paint(f"{label}:", "bold"), 1), *rest]


def _item(words: str, sentence: str, style: Style) -> list[str]:
    width = (style.width or WIDEST) - 2
    return [f"  {line}" for line in wrapped(f"{words}: {safe(sentence)}", width, "  ")]


def _grid(comparison: Comparison, rules: bool) -> list[list[Cell]]:
    """The rows of the table, head first."""
    columns = comparison.columns
    heads = [HEADS[column.approach.key] for column in columns]
    rows: list[list[Cell]] = [
        [("", ""), *((head[0], "bold") for head in heads)],
        [("", ""), *((head[1], "bold") for head in heads)],
        [("", ""), *(("chosen" if column.chosen else "", "bold") for column in columns)],
    ]
    for concern, groups in columns[0].concerns.items():
        rows.append([(concern, ""), *(_concern_cell(column, groups) for column in columns)])
        if rules:
            rows += _rule_rows(columns, groups)
    rows.append([("", "")])
    rows.append([("target", ""), *(_target(column) for column in columns)])
    counted: tuple[tuple[str, list[float]], ...] = (
        ("conflicts", [len(column.conflicts()) for column in columns]),
        ("their weight", [column.weights[0] for column in columns]),
        ("possible", [len(column.possible) for column in columns]),
        ("undecided", [len(column.undecided) for column in columns]),
    )
    rows += [
        [(label, ""), *((f"{number:g}", "") for number in numbers)] for label, numbers in counted
    ]
    return rows


def _rule_rows(columns: Sequence[Column], groups: Iterable[str]) -> list[list[Cell]]:
    by_column = [{each.rule.code: each for each in column.of(tuple(groups))} for column in columns]
    return [
        [(f"  {code}", "quiet"), *(_cell(told[code]) for told in by_column)]
        for code in by_column[0]
        if any(told[code].verdict != NOT_APPLICABLE for told in by_column)
    ]


def _concern_cell(column: Column, groups: Sequence[str]) -> Cell:
    """The worst that is said of a concern; of what is undecided, how much."""
    worst = column.worst(groups)
    if worst is None:
        return CELLS["not_applicable"]
    text, role = _cell(worst)
    if worst.verdict == UNDECIDED:
        text += f"{sum(each.verdict == UNDECIDED for each in column.of(groups))}"
    return text, role


def _cell(judged: Judged) -> Cell:
    text, role = CELLS[judged.verdict]
    if judged.told_elsewhere:
        return f"({text})", "quiet"
    return (f"~{text}", role) if judged.estimated else (text, role)


def _target(column: Column) -> Cell:
    """Whether what was measured reaches the target."""
    if column.target is None:
        return ("-", "quiet")
    if column.target.open:
        return CELLS["possible"]
    return ("met", "") if column.target.certain else ("missed", "warning")


def _laid_out(grid: list[list[Cell]], style: Style) -> list[str]:
    """The table as lines of at most 80 columns."""
    count = max(map(len, grid))
    widths = [max(len(row[i][0]) for row in grid if i < len(row)) for i in range(count)]
    gap = 2 if sum(widths) + 2 * (count - 1) <= WIDEST else 1
    lines = []
    for row in grid:
        line = ""
        for (text, role), width in zip(row, widths, strict=False):
            painted = style.paint(text, role) if role else text
            line += painted + " " * (width - len(text) + gap)
        lines.append(line.rstrip())
    return lines


def verdict(comparison: Comparison) -> list[tuple[str, str]]:
    """What comes of the comparison, in labelled sentences."""
    chosen = comparison.chosen
    told = [("chosen", f"{_name(chosen)}: {_conflicts(chosen)}")]
    told += [(each.outcome.severity, _conflict(each, chosen)) for each in chosen.conflicts()]
    if comparison.best == [chosen]:
        aside = ["of those that nothing speaks against"] if comparison.ruled_out else []
        ruled_out = [column for column, _ in comparison.ruled_out]
        others = [column for column in comparison.columns if column not in ruled_out]
        if any(len(each.conflicts()) < len(chosen.conflicts()) for each in others):
            aside.append("notes do not count")
        those = f" ({'; '.join(aside)})" if aside else ""
        told.append(("fewest conflicts", f"{_name(chosen)}, the chosen one{those}"))
    else:
        names = listed([_name(column) for column in comparison.best])
        why = "; ".join(dict.fromkeys(_conflicts(e, chosen.serious) for e in comparison.best))
        told.append(("fewest conflicts", f"{names}: {why}{_unmeasured(comparison.best)}"))
    if comparison.ruled_out:
        reasons: dict[str, list[str]] = {}
        for column, obstacle in comparison.ruled_out:
            reasons.setdefault(obstacle, []).append(column.approach.words)
        out = "; ".join(f"{listed(names)} ({why})" for why, names in reasons.items())
        told.append(("not proposed", out))
    told.append(("cheapest change", change_words(comparison)))
    return told


def _name(column: Column) -> str:
    """An approach, with the algorithm that its entry in `alternatives` names."""
    algorithm = column.altered.spec.approach.algorithm.text
    words = column.approach.words
    return f"{words} ({algorithm})" if algorithm else words


def _conflicts(column: Column, own: Collection[str] = ()) -> str:
    """What an approach conflicts with, by number, and what is open of the rules in `own`."""
    found = column.conflicts()
    severities = [each.outcome.severity for each in found]
    numbers = [
        plural(severities.count(level), level)
        for level in reversed(SEVERITIES)
        if level in severities
    ]
    parts = ["no conflict"]
    if found:
        parts = [f"{', '.join(numbers)} ({', '.join(each.rule.code for each in found)})"]
    if column.possible:
        parts.append(f"{len(column.possible)} possible")
    unsettled = [each.rule.code for each in column.open_where(own)]
    if unsettled:
        parts.append(f"not known of {listed(unsettled)}")
    estimated = [
        e.rule.code
        for e in column.judged
        if e.rule.code in own and e.verdict == CLEAR and e.estimated
    ]
    if estimated:
        parts.append(f"clear of {listed(estimated)} by an estimate")
    return ", ".join(parts)


def _conflict(judged: Judged, column: Column) -> str:
    """A conflict, and what clears it: `DAT109 rare-class; clears when data.smallest_class >= 33`."""
    cures = _cures(judged, column)
    ends = f"; clears when {', or '.join(cures[:MOST_CURES])}" if cures else ""
    return f"{judged.rule.code} {judged.rule.name}{ends}"


def _cures(judged: Judged, column: Column) -> list[str]:
    """What would clear a conflict: single numbers, and what is more than a number."""
    assert judged.outcome.tell is not None  # noqa: S101 - a conflict tells something
    told = judged.outcome.tell()
    flips = flip_points(judged.rule, column.altered.spec)
    return [*([told.clears] if told.clears else []), *(flip.text for flip in flips)]


def _unmeasured(columns: Sequence[Column]) -> str:
    if any(column.target is not None for column in columns):
        return ""
    it, they = ("it", "it reaches") if len(columns) == 1 else ("them", "they reach")
    return f"; nobody has measured {it} here, so whether {they} the target is not known"


def change_words(comparison: Comparison) -> str:
    """What would make the chosen approach clean, in a sentence."""
    change = comparison.change
    if change.stuck:
        codes = listed([rule.code for rule in change.stuck])
        return (
            f"none was found: what clears {codes} contradicts other facts or raises other conflicts"
        )
    spec = comparison.chosen.altered.spec
    steps = " and ".join(f"{step.text} (now {_now(spec, step)})" for step in change.steps)
    left = ", ".join(f"{rule.code} ({_cure(rule.code, comparison)})" for rule in change.left)
    if steps and left:
        return f"{steps}; what no number changes is left: {left}"
    if left:
        return f"none is a matter of numbers: {left}"
    return steps or "none is needed: there is no error and no warning"


def _now(spec: Any, step: Flip) -> str:
    """What is declared where a step is to be taken."""
    fact = fact_at(spec, step.path)
    if fact is None or fact.absent:
        return "not declared"
    if hasattr(fact, "low"):
        return f"{fact}"
    text = getattr(fact, "text", None) or getattr(fact, "value", None)
    return "unknown" if text is None else f"{text}".lower()


def _cure(code: str, comparison: Comparison) -> str:
    """What clears a conflict that no number does."""
    (judged,) = [each for each in comparison.chosen.judged if each.rule.code == code]
    assert judged.outcome.tell is not None  # noqa: S101 - a conflict tells something
    told = judged.outcome.tell()
    return told.clears or told.instead


def _need(column: Column) -> str:
    """What an approach would need to be clean, and to be decided."""
    found = column.conflicts()
    parts = []
    for each in found[:MOST_CONFLICTS]:
        cure = next(iter(_cures(each, column)), "")
        parts.append(f"{each.rule.code} ({cure})" if cure else each.rule.code)
    if len(found) > MOST_CONFLICTS:
        parts.append(f"{len(found) - MOST_CONFLICTS} more conflicts")
    if not parts:
        parts.append("no conflict")
    missing = list(column.missing)
    if missing:
        facts = ", ".join(missing[:MOST_FACTS])
        more = f" and {len(missing) - MOST_FACTS} more" if len(missing) > MOST_FACTS else ""
        parts.append(
            f"{plural(len(column.undecided), 'rule')} undecided, for want of {facts}{more}"
        )
    return "; ".join(parts)


def sources(comparison: Comparison) -> list[tuple[str, str]]:
    """Where the facts of the other approaches come from, and which say nothing of them."""
    named: dict[tuple[str, str], list[str]] = {}
    for column in comparison.columns:
        for origin in column.altered.origins:
            named.setdefault((origin.source, _value(origin)), []).append(column.approach.words)
    grouped: dict[tuple[str, str], list[str]] = {}
    for (source, value), words in named.items():
        grouped.setdefault((listed(words), source), []).append(value)
    told = [
        (words, f"{', '.join(values)} ({source})") for (words, source), values in grouped.items()
    ]
    others = [column.altered.left_out for column in comparison.columns if not column.chosen]
    left_out = [path for path in others[0] if all(path in each for each in others)]
    if left_out:
        told.append(("left out", f"{', '.join(left_out)}: they speak of the chosen approach only"))
    return told


def _value(origin: Origin) -> str:
    """A fact with its value, as it would stand in the spec."""
    fact = origin.fact
    text = getattr(fact, "text", None)
    shown = text if text is not None else f"{fact}" if hasattr(fact, "low") else "unknown"
    return f"{origin.path} {shown}"


def as_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison for programs."""
    change = comparison.change
    return {
        "chosen": comparison.chosen.approach.key,
        "approaches": [_column_as_json(column) for column in comparison.columns],
        "fewest_conflicts": [column.approach.key for column in comparison.best],
        "not_proposed": [
            {"approach": column.approach.key, "reason": reason}
            for column, reason in comparison.ruled_out
        ],
        "cheapest_change": {
            "changes": [_flip(step) for step in change.steps],
            "left": [
                {"code": rule.code, "clears": _cure(rule.code, comparison)} for rule in change.left
            ],
            "stuck": [rule.code for rule in change.stuck],
        },
    }


def _column_as_json(column: Column) -> dict[str, Any]:
    altered = column.altered
    conflicts, possible, undecided = column.weights
    return {
        "approach": column.approach.key,
        "family": column.approach.family,
        "training": column.approach.training,
        "algorithm": altered.spec.approach.algorithm.text,
        "alternative": altered.index,
        "chosen": column.chosen,
        "rejected": altered.rejected,
        "not_customary": column.unusual,
        "reaches_target": None if column.target is None else column.target.value,
        "score": _ends(altered.spec.target.pilot),
        "facts": [
            {
                "path": origin.path,
                **(_ends(origin.fact) or {"value": getattr(origin.fact, "text", None)}),
                "source": origin.source,
                "estimate": origin.estimate,
            }
            for origin in altered.origins
        ],
        "left_out": list(altered.left_out),
        "weights": {"conflicts": conflicts, "possible": possible, "undecided": undecided},
        "missing": column.missing,
        "concerns": {
            concern: _concern(column, groups) for concern, groups in column.concerns.items()
        },
        "rules": [_judged(each, column) for each in column.judged],
    }


def _concern(column: Column, groups: Sequence[str]) -> dict[str, Any]:
    worst = column.worst(groups)
    if worst is None:
        return {"outcome": None, "severity": None, "estimated": False}
    outcome = WAIVED if worst.verdict == WAIVED else worst.outcome.kind
    return {
        "outcome": outcome,
        "severity": worst.outcome.severity or None,
        "estimated": worst.estimated,
    }


def _judged(judged: Judged, column: Column) -> dict[str, Any]:
    outcome, rule = judged.outcome, judged.rule
    reported = outcome.kind in (CONFLICT, POSSIBLE)
    told = outcome.tell() if reported and outcome.tell is not None else None
    return {
        "code": rule.code,
        "name": rule.name,
        "outcome": outcome.kind,
        "severity": outcome.severity or None,
        "message": told.message if told else None,
        "clears_when": [_flip(flip) for flip in flip_points(rule, column.altered.spec)]
        if told
        else [],
        "clears": told.clears or None if told else None,
        "instead": told.instead or None if told else None,
        "policy": list(told.policy) if told else [],
        "missing": sorted(outcome.missing),
        "waived": judged.waived and told is not None,
        "told_elsewhere": judged.told_elsewhere,
        "estimated": judged.estimated,
    }


def _flip(flip: Flip) -> dict[str, Any]:
    return {"path": flip.path, "operator": flip.operator, "value": flip.value, "text": flip.text}


def _ends(fact: Any) -> dict[str, float | None] | None:
    """The ends of a declared quantity; null where it has none."""
    if not hasattr(fact, "low") or fact.missing:
        return None
    low, high = (None if end in (inf, -inf) else end for end in (fact.low, fact.high))
    return {"low": low, "high": high}
