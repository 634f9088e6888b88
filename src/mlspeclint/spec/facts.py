"""The facts of a spec: what each field holds once it was read.

Three shapes: `Measure` (a quantity), `Choice` (a text or one of an enumeration) and `Flag` (yes or
no). Each knows its path and its state, so that a rule can tell a declared range from an `unknown`,
an absent fact and a documented default. Sections hold facts as attributes; what is absent is a
class attribute, so that reading a spec costs only what it declares.
"""

from __future__ import annotations

from mlspeclint.spec.quantity import MAYBE, NO, NOTHING, YES, Quantity, Truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, ClassVar, Self, TypeVar

    from mlspeclint.spec.kinds import Kind

    R = TypeVar("R")
    S = TypeVar("S", bound="Section")
    T = TypeVar("T")
else:
    T = object  # importing typing costs start-up time

DECLARED = "declared"
UNKNOWN = "unknown"
ABSENT = "absent"
DEFAULT = "default"
UNREADABLE = "unreadable"
"""Declared in a way that was reported as a mistake: rules that need it are undecided."""


class Measure(Quantity):
    """A field that holds a quantity.

    `kind` gives domain, unit and spelling; `state` is one of DECLARED, UNKNOWN,
    ABSENT, DEFAULT, UNREADABLE.
    """

    __slots__ = ("kind", "path", "state")

    def __init__(
        self,
        path: str,
        kind: Kind,
        low: float,
        high: float,
        state: str = DECLARED,
        missing: frozenset[str] = NOTHING,
        assumed: frozenset[str] = NOTHING,
    ) -> None:
        super().__init__(low, high, missing, assumed)
        self.path = path
        self.kind = kind
        self.state = state

    @property
    def given(self) -> Truth:
        """Whether a value was declared: open for `unknown`, no for an absent fact or a default."""
        return _given(self.state, self.missing)

    @property
    def absent(self) -> bool:
        """Whether nothing was declared and no default stands in."""
        return self.state is ABSENT

    def __format__(self, kind: str) -> str:
        """As a value of its own kind, unless another is named."""
        return super().__format__(kind or self.kind.name)

    def at(self, low: float, high: float) -> Measure:
        """The same field with another declared value."""
        return Measure(self.path, self.kind, low, high)


class Choice:
    """A field that holds one of an enumeration, or a text. `text` is None when absent or `unknown`."""

    __slots__ = ("missing", "options", "path", "state", "text")

    def __init__(
        self,
        path: str,
        text: str | None,
        state: str = DECLARED,
        options: tuple[str, ...] = (),
        missing: frozenset[str] = NOTHING,
    ) -> None:
        self.path = path
        self.text = text
        self.state = state
        self.options = options
        self.missing = missing

    @property
    def given(self) -> Truth:
        """Whether something was declared: open for `unknown`, no for an absent fact or a default."""
        return _given(self.state, self.missing)

    @property
    def absent(self) -> bool:
        """Whether nothing was declared and no default stands in."""
        return self.state is ABSENT

    def is_(self, *texts: str) -> Truth:
        """Whether it is one of `texts`."""
        if self.text is not None:
            return YES if self.text in texts else NO
        return Truth(None, self.missing) if self.missing else MAYBE

    def at(self, text: str) -> Choice:
        """The same field with another declared value."""
        return Choice(self.path, text, DECLARED, self.options)

    def __repr__(self) -> str:
        return f"<{self.path}: {self.text or self.state}>"


class Flag(Truth):
    """A field that holds yes or no. An absent duty, and an absent flag with a default, is a plain no."""

    __slots__ = ("path", "state")

    def __init__(
        self,
        path: str,
        value: bool | None,
        state: str = DECLARED,
        missing: frozenset[str] = NOTHING,
    ) -> None:
        super().__init__(value, missing)
        self.path = path
        self.state = state

    @property
    def given(self) -> Truth:
        """Whether an answer was declared: open for `unknown`, no for an absent fact or a default."""
        return _given(self.state, self.missing)

    @property
    def absent(self) -> bool:
        """Whether nothing was declared and no default stands in."""
        return self.state is ABSENT

    def at(self, value: bool) -> Flag:
        """The same field with another declared value."""
        return Flag(self.path, value)


Fact = Measure | Choice | Flag


def _given(state: str, missing: frozenset[str]) -> Truth:
    if state is UNREADABLE:
        return Truth(None, missing)
    return YES if state is DECLARED else MAYBE if state is UNKNOWN else NO


class Items(tuple[T, ...]):
    """A list of a spec. `unknown` when it may hold more: declared so, or not readable in full."""

    __slots__ = ()
    unknown = False


class UnknownItems(Items[T]):
    """A list that may hold anything beside what is in it."""

    __slots__ = ()
    unknown = True


NO_ITEMS: Items[Any] = Items()
UNKNOWN_ITEMS: Items[Any] = UnknownItems()


class Section:
    """A part of a spec. Facts that the file declares are instance attributes, absent ones the class's."""

    # Beside the facts there is room for what `remembered` functions made of them.
    __slots__ = ("__dict__", "_memory")

    _memory: dict[Any, Any]
    FIELDS: ClassVar[dict[str, Any]] = {}
    """The shape of each field, by name."""
    REQUIRED: ClassVar[tuple[str, ...]] = ()
    """The names of the fields that it must declare."""
    TRAINED: ClassVar[bool] = False
    """Whether it has a `training` that only deep learning may tell."""

    def __init__(self, facts: dict[str, Any] | None = None) -> None:
        if facts:
            self.__dict__.update(facts)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a spec is frozen: cannot set {name}")

    def having(self, **facts: object) -> Self:
        """A copy with other values for some fields."""
        copy = object.__new__(type(self))
        copy.__dict__.update(self.__dict__)
        copy.__dict__.update(facts)
        return copy

    def forget(self) -> None:
        """Forget what was made of the facts, which have been changed in place."""
        _set_memory(self, {})


_set_memory = Section.__dict__["_memory"].__set__


def remembered(function: Callable[[S], R]) -> Callable[[S], R]:
    """A function of a spec that many rules call: its answer is kept with the spec, and gone with it."""

    def recalled(spec: S) -> R:
        if not isinstance(spec, Section):
            return function(spec)  # a stand-in that looks on what a rule reads
        try:
            memory = spec._memory
        except AttributeError:
            spec.forget()
            memory = spec._memory
        if function not in memory:
            memory[function] = function(spec)
        answer: R = memory[function]
        return answer

    recalled.__doc__ = function.__doc__
    return recalled


def absent_measure(path: str, kind: Kind) -> Measure:
    """A quantity that nobody declared: anything in its domain."""
    return Measure(path, kind, kind.low, kind.high, ABSENT, frozenset((path,)))


def default_measure(path: str, kind: Kind, low: float, high: float) -> Measure:
    """A quantity that takes its documented default, a point or an interval."""
    return Measure(path, kind, low, high, DEFAULT, NOTHING, frozenset((path,)))


def absent_choice(path: str, options: tuple[str, ...] = ()) -> Choice:
    """A text or an enumeration that nobody declared."""
    return Choice(path, None, ABSENT, options, frozenset((path,)))


def default_choice(path: str, text: str, options: tuple[str, ...]) -> Choice:
    """An enumeration that takes its documented default."""
    return Choice(path, text, DEFAULT, options)


def undone_choice(path: str, text: str | None, options: tuple[str, ...] = ()) -> Choice:
    """A duty told by a text or an enumeration: absent, it is not done."""
    return Choice(path, text, ABSENT, options)


def absent_flag(path: str) -> Flag:
    """A yes-or-no fact that nobody declared."""
    return Flag(path, None, ABSENT, frozenset((path,)))


def undone_duty(path: str) -> Flag:
    """A duty that nobody declared counts as not done."""
    return Flag(path, False, ABSENT)


def default_flag(path: str, value: bool) -> Flag:
    """A yes-or-no field that takes its documented default."""
    return Flag(path, value, DEFAULT)
