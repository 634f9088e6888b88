"""Fixes: what would mend a finding, tried out before anybody is told of it.

A fix is an edit of the text, and says what it shall change in the tree. The edited text is read again: if
anything else has changed, or a problem has come up, there is no such fix. So no fix has to foresee what
anchors, merge keys or odd indentation make of it.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise

from mlspeclint.document.edit import (
    Edit,
    content,
    delete_comment,
    delete_duplicate,
    delete_entry,
    delete_item,
    edited,
    encoded,
    find,
    rewrite,
)
from mlspeclint.document.parse import parse
from mlspeclint.document.tree import Mapping, Scalar, Sequence, shorten
from mlspeclint.engine.check import check_file
from mlspeclint.engine.finding import Fix
from mlspeclint.rules.names import SPEC_NAMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from mlspeclint.document.comments import Comment
    from mlspeclint.document.tree import Document, File, Node, Path, Problem, Repair
    from mlspeclint.engine.finding import FileReport, Finding
    from mlspeclint.engine.settings import Settings

EMPTY_TEXT = "SPC011"
"""The one check of the file that leaves every rule its facts."""
MAX_ROUNDS = 100
"""How often a file is checked again after fixes. Each round mends something, most files need two."""
LONGEST_LIST = 1_000
"""Characters of the rules in a comment; nobody who means it names more."""
MAX_READ = 5_000_000
"""Characters that are read to try out the fixes of a round, and in all rounds: files may be hostile."""


MEANT = r"""
    \#\ ?mlspeclint:\ ?ignore\ ?[:=]?\ ?
    [\[(]?\ ?(?P<rules>[\w-]+(?:\ ?,\ ?[\w-]+)*)\ ?[\])]?
    (?:,?\ ?until\ ?[:=]?\ ?(?P<year>[0-9]{4})([-/.])(?P<month>[0-9]{1,2})\3(?P<day>[0-9]{1,2}))?
    (?:\ ?(?:--|[\u2013\u2014:])|\ -)\ ?(?P<reason>[^\s\-].*)
"""
"""A waiver in a comment, in all spellings that can mean nothing else. A hyphen right behind a name may belong
to it."""
DOUBTFUL_REASON = r"[A-Z]{3}[0-9]{3}|.*[0-9]{4}[-/.][0-9]"
"""Begins with a rule or holds a day, which may be meant as those of the waiver."""


class Draft:
    """A fix, and what it shall change in the tree of the document of that index.

    `changes` are paths with what becomes of the value there: another `Leaf`, another name (text), or nothing
    (None). With `opens`, the document could not be read before.
    """

    __slots__ = ("changes", "document", "fix", "opens")

    def __init__(
        self,
        fix: Fix,
        document: int,
        changes: dict[Path, Leaf | str | None] | None = None,
        *,
        opens: bool = False,
    ) -> None:
        self.fix = fix
        self.document = document
        self.changes = changes or {}
        self.opens = opens


class Leaf:
    """A scalar to compare: 1, 1.0 and true are different ones, though Python calls them equal."""

    __slots__ = ("known",)

    def __init__(self, text: str, value: object) -> None:
        self.known = text, type(value).__name__, repr(value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Leaf) and self.known == other.known

    __hash__ = None  # type: ignore[assignment]  # it is compared, never looked up


def of_problem(file: File, document: Document | None, problem: Problem) -> Draft | None:
    """What would mend a problem with the file itself, in `document` if that could be read."""
    text, repair = file.source.text, problem.repair
    if problem.code == "SPC003":
        edit = delete_duplicate(text, problem.start)
        title = f"delete the second `{shorten(text[problem.start : problem.end])}`"
        return _draft(title, edit, problem.document, safe=False)
    if repair is None:
        return None
    if repair.path is None:
        edit = Edit(problem.start, problem.end, repair.text)
        return _writes(edit, repair, problem.document, None, opens=True)
    found = find(document, repair.path) if document is not None else None
    if found is None or document is None:
        return None
    changes: dict[Path, Leaf | str | None]
    if not repair.key:
        written = rewrite(text, found.node, repair.text, quotes=repair.quotes)
        changes = {repair.path: Leaf(*content(written)) if written else None}
    else:
        written = rewrite(text, found.entry.key, repair.text) if found.entry else None
        changes = {repair.path: repair.text}
    return _writes(written, repair, document.index, changes)


def _writes(
    edit: Edit | None,
    repair: Repair,
    document: int,
    changes: dict[Path, Leaf | str | None] | None,
    *,
    opens: bool = False,
) -> Draft | None:
    title = f"write `{shorten(edit.text)}`" if edit else ""
    return _draft(title, edit, document, changes, safe=repair.certain, opens=opens)


def of_declared_waiver(
    file: File, report: FileReport, document: Document, index: int, *, safe: bool
) -> Draft | None:
    """Deletes an item of `waivers`, and the key with the last one."""
    found = find(document, ("waivers",))
    if _has_mistakes(report) or found is None or not isinstance(found.node, Sequence):
        return None
    text = file.source.text
    path: Path = ("waivers", index)
    if len(found.node.items) > 1:
        edit = delete_item(text, found.node, index)
    else:
        assert isinstance(found.parent, Mapping)  # noqa: S101 - the step to it was a name
        edit, path = delete_entry(text, found.parent, "waivers"), ("waivers",)
    return _draft("delete the waiver", edit, document.index, {path: None}, safe=safe)


def of_comment(
    file: File, report: FileReport, comment: Comment, rule: str, document: int, *, safe: bool
) -> Draft | None:
    """Deletes a waiver that is a comment, or its rule alone where it names several."""
    if _has_mistakes(report):
        return None
    text = file.source.text
    opening = text.index("[", comment.offset) + 1
    closing = text.index("]", opening)
    if closing - opening > LONGEST_LIST:
        return None
    rules = text[opening:closing].split(",")
    if len(rules) == 1:
        return _draft(
            "delete the waiver",
            delete_comment(text, comment.offset, comment.end),
            document,
            safe=safe,
        )
    place = [each.strip() for each in rules].index(rule)
    before = opening + sum(len(each) + 1 for each in rules[:place])
    if place:
        edit = Edit(before - 1, before + len(rules[place]), "")
    else:
        following = rules[1]
        gap = len(following) - len(following.lstrip())
        edit = Edit(opening, opening + len(rules[0]) + 1 + gap, "")
    return _draft(f"take {rule} out of the waiver", edit, document, safe=safe)


def of_malformed_comment(
    comment: Comment, document: int, settings: Settings, *, safe: bool
) -> Draft | None:
    """Writes the waiver in a comment as it is read, where its rules, its day and its reason are certain."""
    match = re.fullmatch(MEANT, " ".join(comment.text.split()), re.IGNORECASE | re.VERBOSE)
    if match is None or re.match(DOUBTFUL_REASON, match["reason"], re.IGNORECASE):
        return None
    rules = []
    for name in match["rules"].split(","):
        rule = settings.catalogue.get(name.strip()) or settings.catalogue.get(name.strip().upper())
        if rule is None or not rule.waivable:
            return None
        rules.append(rule.code if name.strip().upper() == rule.code else name.strip())
    until = ""
    if match["year"]:
        try:
            day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            return None
        until = f" until={day.isoformat()}"
    waiver = f"# mlspeclint: ignore[{', '.join(rules)}]{until} -- {match['reason']}"
    edit = Edit(comment.offset, comment.end, waiver)
    return _draft(f"write `{shorten(waiver)}`", edit, document, safe=safe)


def _draft(
    title: str,
    edit: Edit | None,
    document: int,
    changes: dict[Path, Leaf | str | None] | None = None,
    *,
    safe: bool,
    opens: bool = False,
) -> Draft | None:
    if edit is None:
        return None
    return Draft(Fix(title, (edit,), safe), document, changes, opens=opens)


def _has_mistakes(report: FileReport) -> bool:
    """Whether a rule may be silent only because the spec cannot be read as it was meant.

    Then no waiver is known to be of no use.
    """
    return any(each.code in SPEC_NAMES and each.code != EMPTY_TEXT for each in report.findings)


def worked_out(
    file: File, proposals: dict[Finding, Callable[[], Draft | None]]
) -> dict[Finding, Draft]:
    """The fixes of a file's findings that change what they say and nothing else."""
    drafts = {finding: draft for finding, make in proposals.items() if (draft := make())}
    renamed = Counter(key for draft in drafts.values() for key in _new_keys(draft))
    # Two keys that may mean the same field: nobody knows which.
    drafts = {
        finding: draft
        for finding, draft in drafts.items()
        if all(renamed[key] == 1 for key in _new_keys(draft))
    }
    trial = _Trial(file)
    good = set(trial.each(list(drafts.values())))
    return {finding: draft for finding, draft in drafts.items() if draft in good}


def _new_keys(draft: Draft) -> list[tuple[int, Path]]:
    names = ((path, name) for path, name in draft.changes.items() if isinstance(name, str))
    return [(draft.document, (*path[:-1], name)) for path, name in names]


class _Trial:
    """Reads a file with fixes applied, as often as is bearable."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._left = 2 + MAX_READ // (len(file.source.text) + 1)

    def each(self, drafts: list[Draft]) -> list[Draft]:
        """The drafts that are good by themselves. Those that go together are tried together."""
        if not drafts or self.holds(drafts):
            return drafts
        if len(drafts) == 1:
            return []
        half = len(drafts) // 2
        return self.each(drafts[:half]) + self.each(drafts[half:])

    def together(self, drafts: list[Draft], base: list[Draft]) -> list[Draft]:
        """`base` with as many of the drafts as go together, the earlier ones first."""
        if not drafts or self.holds(base + drafts):
            return base + drafts
        if len(drafts) == 1:
            return base
        half = len(drafts) // 2
        return self.together(drafts[half:], self.together(drafts[:half], base))

    def holds(self, drafts: list[Draft]) -> bool:
        """Whether the drafts, applied together, change what they say and nothing else."""
        edits = sorted((e for d in drafts for e in d.fix.edits), key=lambda e: (e.start, e.end))
        apart = not any(one.meets(other) for one, other in pairwise(edits))
        self._left -= 1
        if not apart or self._left < 0:
            return False
        source = self._file.source
        after = parse(encoded(edited(source.text, edits), source.bom))
        # A document that could not be read may have its next mistake behind the one that is mended.
        opened = {draft.document for draft in drafts if draft.opens}
        if _problems(after, opened) - _problems(self._file, opened):
            return False
        found = {each.index: _tree(each.root) for each in after.documents}
        wanted = {each.index: _tree(each.root) for each in self._file.documents}
        for index, tree in wanted.items():
            _change(tree, [d.changes for d in drafts if d.document == index])
        return found.keys() - wanted.keys() <= opened and all(
            index in found and found[index] == tree for index, tree in wanted.items()
        )


def _problems(file: File, but: set[int]) -> Counter[tuple[str, str, str]]:
    """The problems of a file that are not in certain documents."""
    return Counter((p.code, p.message, p.path) for p in file.problems if p.document not in but)


def _tree(node: Node | None) -> Any:
    """The tree to compare and to change: dicts and lists of leaves, aliases and merge keys expanded."""
    if isinstance(node, Mapping):
        return {name: _tree(entry.value) for name, entry in node.entries.items()}
    if isinstance(node, Sequence):
        return [_tree(item) for item in node.items]
    return Leaf(node.text, node.value) if isinstance(node, Scalar) else None


def _change(tree: Any, changes: Iterable[dict[Path, Leaf | str | None]]) -> None:
    """Apply changes to a tree: what is deeper first, and later items before earlier ones, so that no path is
    another one when its turn comes."""
    every = [(path, new) for each in changes for path, new in each.items()]
    every.sort(key=lambda change: _depth(change[0]), reverse=True)
    for path, new in every:
        holder = tree
        for step in path[:-1]:
            holder = holder[step]
        if new is None:
            del holder[path[-1]]
        elif isinstance(new, Leaf):
            holder[path[-1]] = new
        else:
            holder[new] = holder.pop(path[-1])


def _depth(path: Path) -> tuple[int, tuple[int, ...]]:
    return len(path), tuple(step if isinstance(step, int) else -1 for step in path)


class Mended:
    """The bytes of a file after fixes, and how many there were."""

    __slots__ = ("count", "data")

    def __init__(self, data: bytes, count: int) -> None:
        self.data = data
        self.count = count


def mended(
    data: bytes, name: str, settings: Settings, *, unsafe: bool, path: str | None = None
) -> Mended:
    """Apply the fixes of a file, round by round, until there are none left.

    A fix may make another one possible, or reach a place that another one has changed. `path` is where the
    file lies, if it does: a schema is looked for around it.
    """
    from mlspeclint.engine.schema_line import schema_line

    count = 0
    seen = {data}
    for _ in range(min(MAX_ROUNDS, 2 + MAX_READ // (len(data) + 1))):
        report = check_file(data, name, settings)
        file = (report.fixes and report.fixes.file) or parse(data)
        drafts = [draft for finding in report.findings if (draft := finding.draft)]
        line = schema_line(file, path)
        drafts += [line] if line else []
        wanted = [draft for draft in drafts if draft.fix.safe or unsafe]
        chosen = _Trial(file).together(wanted, [])
        if not chosen:
            break
        edits = (edit for draft in chosen for edit in draft.fix.edits)
        data = encoded(edited(file.source.text, edits), file.source.bom)
        if data in seen:
            break
        seen.add(data)
        count += len(chosen)
    return Mended(data, count)
