"""What the operators of expressions do: on quantities that are intervals, on answers that may be open.

An answer that lacks a fact is open, and so is one that a range leaves open; `Truth` keeps the two apart.
`&&` and `||` follow Kleene: what is certain from one side alone is certain.
"""

from __future__ import annotations

from math import inf

from mlspeclint.spec.facts import ABSENT, Choice, Items
from mlspeclint.spec.quantity import MAYBE, NO, NOTHING, YES, Quantity, Truth, hull

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

MOST_ITEMS = 50
"""Entries of a list that a macro looks at. A longer list is taken for one that may hold anything more."""


def both(left: Truth, right: Truth) -> Truth:
    """Whether two answers are the same."""
    return (left & right) | (~left & ~right)


def equal(left: Quantity, right: Quantity) -> Truth:
    """Whether two quantities are the same: open where their ranges overlap."""
    return (left >= right) & (left <= right)


def divided(left: Quantity, right: Quantity) -> Quantity:
    """A quotient. Nothing divided by nothing may come to anything."""
    result = left / right
    if left.low <= 0 <= left.high and right.low <= 0 <= right.high:
        low = -inf if left.low < 0 or right.low < 0 else 0.0
        return Quantity(low, inf, result.missing, result.assumed)
    return result


def is_one_of(choice: Choice, texts: tuple[str, ...]) -> Truth:
    """Whether a text is one of several. A duty that nobody declared is none of them."""
    return NO if _undone(choice) else choice.is_(*texts)


def same_text(left: Choice, right: Choice) -> Truth:
    """Whether two texts are the same."""
    if _undone(left) or _undone(right):
        return NO
    if left.text is not None and right.text is not None:
        return YES if left.text == right.text else NO
    return Truth(None, left.missing | right.missing)


def fits(choice: Choice, test: Callable[[str], bool]) -> Truth:
    """Whether a text passes a test."""
    if choice.text is None:
        return NO if _undone(choice) else Truth(None, choice.missing)
    return YES if test(choice.text) else NO


def _undone(choice: Choice) -> bool:
    return choice.state is ABSENT and choice.text is None and not choice.missing


def chosen(condition: Truth, yes: Any, no: Any) -> Any:
    """One of two answers or quantities; where it cannot be told which, what both have in common."""
    if condition.value is not None:
        return yes if condition.value else no
    if isinstance(yes, Quantity):
        either = hull(yes, no)
        missing = either.missing | condition.missing
        return Quantity(either.low, either.high, missing, either.assumed)
    return (condition & yes) | (~condition & no) | (yes & no)


class Several:
    """Entries of a list, each with the answer whether it is among them, and whether there may be more."""

    __slots__ = ("entries", "more")

    def __init__(self, entries: list[tuple[Any, Truth]], more: bool) -> None:
        self.entries = entries
        self.more = more

    def filtered(self, test: Callable[[Any], Truth]) -> Several:
        """Those that pass a test."""
        kept = ((entry, among & test(entry)) for entry, among in self.entries)
        return Several([each for each in kept if not each[1].impossible], self.more)

    def exists(self, test: Callable[[Any], Truth]) -> Truth:
        """Whether any entry passes a test."""
        answer = MAYBE if self.more else NO
        for entry, among in self.entries:
            answer |= among & test(entry)
            if answer.certain:
                break
        return answer

    def all(self, test: Callable[[Any], Truth]) -> Truth:
        """Whether every entry passes a test; so it is in an empty list."""
        return ~self.exists(lambda entry: ~test(entry))

    def size(self) -> Quantity:
        """How many there are."""
        low = sum(among.certain for _, among in self.entries)
        missing = NOTHING.union(*(among.missing for _, among in self.entries))
        high = inf if self.more else len(self.entries)
        return Quantity(float(low), float(high), missing)


def several(items: Items[Any]) -> Several:
    """The entries of a list of a spec."""
    more = items.unknown or len(items) > MOST_ITEMS
    return Several([(item, YES) for item in items[:MOST_ITEMS]], more)


def count(items: Items[Any]) -> Quantity:
    """How many entries a list of a spec has."""
    return Quantity(float(len(items)), inf if items.unknown else float(len(items)))


def declared(items: Items[Any]) -> Truth:
    """Whether a list of a spec holds anything."""
    return YES if items else MAYBE if items.unknown else NO


def any_of(answers: Iterable[Truth]) -> Truth:
    """Whether any of several answers is yes."""
    result = NO
    for answer in answers:
        result |= answer
        if result.certain:
            break
    return result
