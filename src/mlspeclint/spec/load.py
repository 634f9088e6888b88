"""From the tree of a document to a typed spec, reporting every problem once, with its place.

This is what a check runs. The tables of fields that it walks are compiled from the definition (see
`compile.py`); the meaning of each shape is here, and the same in the definition and in the schema.
"""

from __future__ import annotations

from datetime import date

from mlspeclint.document.limits import MAX_PROBLEMS
from mlspeclint.document.tree import Mapping, Problem, Related, Repair, Scalar
from mlspeclint.spec.compiled import Spec
from mlspeclint.spec.facts import DEFAULT, UNREADABLE, Choice, Flag, Section
from mlspeclint.spec.metrics import direction_of
from mlspeclint.spec.shapes import dotted, noun, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mlspeclint.document.tree import Document, Path, Place

VERSION = 1
"""The version of the format that this tool reads."""

MOST_GUESSES = 50
"""Problems after which no suggestions are looked for."""

NEEDS_LABELS = frozenset(
    (
        "classification", "regression", "ranking", "object_detection", "segmentation",
        "sequence_labelling", "speech_recognition",
    )
)  # fmt: skip
"""The tasks of which labels are needed unless the spec says otherwise."""


class Loaded:
    """What became of a document: its spec (None when it is no mapping of the known version), and
    its
    problems."""

    __slots__ = ("problems", "spec")

    def __init__(self, spec: Spec | None, problems: list[Problem]) -> None:
        self.spec = spec
        self.problems = problems


def load(document: Document, today: float | None = None) -> Loaded:
    """The spec that a document holds, and all that is wrong with its shape (SPC004 to SPC008,
    SPC010).

    `today` is the ordinal of the day to take for today; the day of the check without it.
    """
    loader = Loader(document)
    spec = loader.spec()
    if spec is not None:
        now = float(date.today().toordinal()) if today is None else today
        spec = spec.having(today=today, now=now)
    return Loaded(spec, loader.problems)


class Loader:
    """One pass over a document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.currencies: list[tuple[str, Path]] = []
        self.misspelt: set[str] = set()
        """The fields that unknown keys probably mean: it is no news that they are missing."""

    @property
    def guessing(self) -> bool:
        """Whether to look for what was meant: it takes time, and who has many mistakes needs few hints."""
        return len(self.problems) < MOST_GUESSES

    def spec(self) -> Spec | None:
        """The spec, with what could be read; None for what is no spec of the known version."""
        root = self.document.root
        if root is None:
            self._report("SPC005", "the file holds no spec", (), help="`mlspeclint explain mlspec`")
            return None
        if not isinstance(root, Mapping):
            self._report("SPC006", f"a spec is a mapping of fields, not {noun(root)}", ())
            return None
        if not self._version(root):
            return None
        facts = self.fields(Spec, root, ())
        spec = Spec(facts)
        self._currencies(spec)
        return _completed(spec)

    def _version(self, root: Mapping) -> bool:
        """Whether the spec is of the version that this tool reads; nothing else is said if it is not."""
        entry = root.entries.get("mlspec")
        value = entry.value.value if entry and isinstance(entry.value, Scalar) else None
        if isinstance(value, int | float) and not isinstance(value, bool) and value != VERSION:
            self._report(
                "SPC008",
                f"version {value} of the format is not supported",
                ("mlspec",),
                help=f"this mlspeclint reads version {VERSION}: write `mlspec: {VERSION}`",
            )
            return False
        return True

    def fields(self, section: type[Section], mapping: Mapping, path: Path) -> dict[str, Any]:
        """The declared facts of a section, by the names of their fields."""
        facts: dict[str, Any] = {}
        shapes = section.FIELDS
        for name, entry in mapping.entries.items():
            shape = shapes.get(name)
            if shape is not None:
                fact = shape.read(self, entry.value, (*path, name))
                if fact is None:
                    fact = shape.unreadable(dotted((*path, name)))
                if fact is not None:
                    facts[name] = fact
            elif not name.startswith("x-"):
                self._unknown_field(section, mapping, name, path)
        for name, shape in shapes.items() if self.misspelt else ():
            field = dotted((*path, name))
            if field in self.misspelt and name not in mapping.entries:
                facts[name] = shape.unreadable(field)
        for name in section.REQUIRED:
            if name not in mapping.entries:
                self._missing(section, name, path)
        if section.TRAINED:
            self._training(facts, path)
        return facts

    def _unknown_field(
        self, section: type[Section], mapping: Mapping, name: str, path: Path
    ) -> None:
        from mlspeclint.spec.suggest import fits, is_slip, suggested_field

        where = f"`{dotted(path)}` has" if path else "a spec has"
        value = mapping.entries[name].value
        meant = suggested_field(name, section, path) if self.guessing else None
        help = repair = None
        if meant is not None:
            self.misspelt.add(meant)
            help = f"did you mean `{meant}`?"
            field = meant.rpartition(".")[2]
            # A field of another section would have to move, and one that is there already needs no second.
            if meant == dotted((*path, field)) and field not in mapping.entries:
                shapes = section.FIELDS
                certain = is_slip(name, field, shapes) and fits(value, shapes[field])
                repair = Repair((*path, name), field, certain, key=True)
        if isinstance(value, Scalar) and value.plain and value.text == "":
            quotes = "quote a text that holds a comma or a colon"
            help = f"{help} Or {quotes}" if help else quotes
        help = help or "keys of your own begin with `x-`"
        message = f"{where} no field `{shown(name)}`"
        place = self.document.locate_key((*path, name))
        self._add("SPC004", message, (*path, name), place, help, repair=repair)

    def _missing(self, section: type[Section], name: str, path: Path) -> None:
        field = dotted((*path, name))
        if field in self.misspelt:
            return
        shape = section.FIELDS[name]
        inner = getattr(shape, "section", None)
        if name == "mlspec":
            help = f"begin the spec with `mlspec: {VERSION}`"
        elif inner is not None:
            needed = " and ".join(f"`{field}.{each}`" for each in inner.REQUIRED)
            help = f"every spec has {needed}"
        else:
            help = shape.advice(field)
        self._report("SPC005", f"`{field}` is missing", (*path, name), help=help)

    def _training(self, facts: dict[str, Any], path: Path) -> None:
        family, training = facts.get("family"), facts.get("training")
        if not family or not training or training.state is UNREADABLE:
            return
        if family.text not in (None, "deep_learning"):
            chosen = self.document.locate((*path, "family"))
            self._report(
                "SPC010",
                f"`training` is told of deep learning only, the family is {family.text}",
                (*path, "training"),
                help="leave `training` out, or write `family: deep_learning`",
                related=(Related(chosen.start, chosen.end, "the family"),),
            )

    def _currencies(self, spec: Spec) -> None:
        """All amounts are in one currency; another one is an error, not a conversion."""
        if not self.currencies:
            return
        currency = spec.budget.currency
        own = currency.text
        if own is None:
            # Unknown, or not readable, which has been reported.
            own = self.currencies[0][0]
            rest = f"another is in {own}"
        else:
            rest = f"`budget.currency` is {own}"
            rest += " (the default)" if currency.state is DEFAULT else ""
        foreign: dict[str, list[Path]] = {}
        for code, path in self.currencies:
            if code != own:
                foreign.setdefault(code, []).append(path)
        for code, paths in foreign.items():
            amounts = "this amount is" if len(paths) == 1 else f"{len(paths)} amounts are"
            places = (self.document.locate(path) for path in paths[1:])
            self._report(
                "SPC010",
                f"{amounts} in {code}, {rest}",
                paths[0],
                help=f"write all amounts in one currency, and `budget.currency: {code}` if it is {code}",
                related=tuple(Related(place.start, place.end, f"in {code}") for place in places),
            )

    def fail(
        self,
        code: str,
        message: str,
        path: Path,
        help: str | None = None,
        repair: Repair | None = None,
    ) -> None:
        """Report a problem with the value at `path`."""
        self._add(code, message, path, self.document.locate(path), help, repair=repair)

    def currency(self) -> str | None:
        """The currency that the spec declares, or the default: what a bare `$` most likely means."""
        root = self.document.root
        budget = root.entries.get("budget") if isinstance(root, Mapping) else None
        fields = budget.value if budget else None
        entry = fields.entries.get("currency") if isinstance(fields, Mapping) else None
        if entry is None:
            return Spec({}).budget.currency.text
        return entry.value.text if isinstance(entry.value, Scalar) else None

    def _report(
        self,
        code: str,
        message: str,
        path: Path,
        *,
        help: str | None = None,
        related: tuple[Related, ...] = (),
    ) -> None:
        self._add(code, message, path, self.document.locate(path), help, related)

    def _add(
        self,
        code: str,
        message: str,
        path: Path,
        place: Place,
        help: str | None,
        related: tuple[Related, ...] = (),
        repair: Repair | None = None,
    ) -> None:
        if len(self.problems) == MAX_PROBLEMS:
            return
        if place.origin:
            related = (Related(*place.origin, "the value comes from here"), *related)
        self.problems.append(
            Problem(
                code,
                message,
                place.start,
                place.end,
                path=dotted(path),
                help=help,
                related=related,
                repair=repair,
            )
        )


def _completed(spec: Spec) -> Spec:
    """Fill in the defaults that follow from other fields."""
    changes: dict[str, Section] = {}
    labels, task = spec.labels, spec.task
    if labels.needed.absent and not task.type.absent:
        needed = None if task.type.text is None else task.type.text in NEEDS_LABELS
        derived_flag = Flag("labels.needed", needed, DEFAULT, task.type.missing)
        changes["labels"] = labels.having(needed=derived_flag)
    target = spec.target
    if target.direction.absent and target.metric.text:
        direction = direction_of(target.metric.text)
        if direction:
            derived = Choice("target.direction", direction, DEFAULT, target.direction.options)
            changes["target"] = target.having(direction=derived)
    return spec.having(**changes) if changes else spec
