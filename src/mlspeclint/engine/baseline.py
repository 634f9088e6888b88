"""The baseline: a file of the findings that a repository had when it adopted the linter; they do not count.

An entry is found again by its fingerprint, which holds the project's name and the facts that the rule read:
it stays known when lines move, when the file does, and in whatever folder the command runs. The file of an
entry tells apart specs that share a name. What cannot be waived cannot be in a baseline either.
"""

from __future__ import annotations

import os

from mlspeclint.document.limits import MAX_BYTES
from mlspeclint.engine.atomic import replace
from mlspeclint.engine.finding import AppliedWaiver
from mlspeclint.engine.repository import Unreadable, is_inside, read_inside
from mlspeclint.rules.rule import ERROR
from mlspeclint.spec.shapes import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mlspeclint.engine.finding import FileReport, Finding, Run
    from mlspeclint.engine.settings import Settings

VERSION = 1
NAME = ".mlspeclint-baseline.json"
"""The name of the file unless another one is given."""
LARGEST = 20 * MAX_BYTES
"""Bytes of a baseline that is read."""
LONGEST = 300
"""Characters of a message that are kept: it is there for people."""
VIA = "baseline"
REASON = "in the baseline"
KEYS = ("code", "file", "path", "message", "fingerprint")


class BaselineProblem(Exception):
    """A baseline that cannot be read or written; the message is for people."""


class Entry:
    """A finding that the baseline knows. `file` is its path from the root, with forward slashes."""

    __slots__ = KEYS

    def __init__(self, code: str, file: str, path: str, message: str, fingerprint: str) -> None:
        self.code = code
        self.file = file
        self.path = path
        self.message = message
        self.fingerprint = fingerprint


def read(path: str, root: str) -> list[Entry]:
    """The entries of a baseline; it may come from a stranger's pull request. Raises `BaselineProblem`.

    `root` is the folder out of which no link may lead.
    """
    import json

    try:
        data = read_inside(path, root, LARGEST)
    except (Unreadable, OSError, ValueError) as error:
        raise BaselineProblem(getattr(error, "strerror", None) or str(error)) from None
    try:
        loaded = json.loads(data.decode("utf-8-sig"))
    except RecursionError:
        raise BaselineProblem("it is nested too deeply") from None
    except ValueError as error:
        raise BaselineProblem(f"it is no JSON: {error}") from None
    if not isinstance(loaded, dict) or not isinstance(loaded.get("findings"), list):
        raise BaselineProblem("it is no baseline: `--write-baseline` writes one")
    if type(loaded.get("version")) is not int or loaded["version"] != VERSION:
        raise BaselineProblem(f"it is not of version {VERSION}, which this mlspeclint reads")
    return [_entry(each, index) for index, each in enumerate(loaded["findings"])]


def _entry(loaded: object, index: int) -> Entry:
    values = [loaded.get(key) if isinstance(loaded, dict) else None for key in KEYS]
    texts = [value for value in values if isinstance(value, str)]
    if len(texts) < len(KEYS):
        raise BaselineProblem(
            f"finding {index + 1} lacks one of {', '.join(KEYS)}, which are texts"
        )
    return Entry(*texts)


class Applied:
    """How a baseline fits a run: the entries that a finding used (`known`), and those that are `stale`."""

    __slots__ = ("known", "stale")

    def __init__(self, known: int, stale: list[Entry]) -> None:
        self.known = known
        self.stale = stale


def apply(run: Run, entries: Iterable[Entry], root: str, place: Callable[[str], str]) -> Applied:
    """Waive the findings that the baseline knows.

    `place` makes of the name of a file its path from `root`. An entry serves one finding: that of its own
    file, or one of another file where its own is gone. It is stale when it serves none although its rule
    and its file were looked at, or the file is gone.
    """
    waiting: dict[str, list[Entry]] = {}
    for entry in entries:
        waiting.setdefault(entry.fingerprint, []).append(entry)
    gone: dict[str, bool] = {}

    def is_gone(file: str) -> bool:
        if file not in gone:
            # A baseline may be a stranger's. On some systems, to ask for a path may ask another machine.
            path = os.path.normpath(os.path.join(root, file))  # noqa: PTH118
            gone[file] = is_inside(path, root) and not _exists(path)
        return gone[file]

    places = {file.file: place(file.file) for file in run.files}
    left: list[tuple[Finding, list[Entry]]] = []
    known = 0
    for file in run.files:
        for finding in _admissible(file) if waiting else ():
            candidates = waiting.get(finding.fingerprint, [])
            here = places[file.file]
            own = next((each for each in candidates if each.file == here), None)
            if own is not None:
                known += _use(own, candidates, finding)
            elif candidates:
                left.append((finding, candidates))
    for finding, candidates in left:
        # What comes from standard input may be any file.
        anywhere = not _exists(finding.file)
        moved = next((each for each in candidates if anywhere or is_gone(each.file)), None)
        if moved is not None:
            known += _use(moved, candidates, finding)
    # A spec with a mistake in it leaves rules undecided, and no finding of theirs is known to be gone.
    sound = {
        places[file.file]: frozenset(file.settings.values())
        for file in run.files
        if not any(map(_is_broken, file.findings))
    }
    everywhere = frozenset().union(*sound.values())
    stale = [
        entry
        for unused in waiting.values()
        for entry in unused
        if _is_looked_for(entry.code, sound.get(entry.file, everywhere))
        and (entry.file in sound or is_gone(entry.file))
    ]
    return Applied(known, sorted(stale, key=_order))


def _is_looked_for(code: str, settings: Iterable[Settings]) -> bool:
    """Whether a rule was asked for, or is no rule any more."""
    return any(code not in each.catalogue or each.selects(code) for each in settings)


def _use(entry: Entry, candidates: list[Entry], finding: Finding) -> bool:
    """Waive a finding, unless somebody else has already; whether it was."""
    candidates.remove(entry)
    if finding.waived is not None:
        return False
    finding.waived = AppliedWaiver(REASON, None, None, VIA)
    return True


def _exists(path: str) -> bool:
    try:
        return os.path.lexists(path)
    except ValueError:  # no name of a file
        return False


def _is_broken(finding: Finding) -> bool:
    return finding.code.startswith("SPC") and finding.severity == ERROR


def _admissible(file: FileReport) -> Iterator[Finding]:
    """The findings that may be in a baseline: of rules that can be waived, on specs that have a name."""
    for finding in file.findings:
        settings = file.settings.get(finding.document)
        if settings and finding.identity and settings.catalogue[finding.code].waivable:
            yield finding


def write(run: Run, path: str, place: Callable[[str], str]) -> list[Entry]:
    """Write the findings that count to a baseline, which is replaced whole or not at all; its entries.

    A link is replaced, and not followed. Raises `BaselineProblem`.
    """
    import json

    entries = [
        Entry(
            each.code, place(each.file), each.path, shown(each.message, LONGEST), each.fingerprint
        )
        for file in run.files
        for each in _admissible(file)
        if each.waived is None
    ]
    entries.sort(key=_order)
    listed = [{key: getattr(entry, key) for key in KEYS} for entry in entries]
    text = json.dumps({"version": VERSION, "findings": listed}, indent=2) + "\n"
    if os.path.lexists(path) and not os.path.isfile(path) and not os.path.islink(path):  # noqa: PTH113,PTH114
        raise BaselineProblem("it is no file")
    try:
        replace(path, text.encode("ascii"))
    except (OSError, ValueError) as error:
        raise BaselineProblem(getattr(error, "strerror", None) or str(error)) from None
    return entries


def _order(entry: Entry) -> tuple[str, ...]:
    return entry.file, entry.code, entry.path, entry.fingerprint
