"""Messages of declared rules: texts that quote what the spec says.

`{labels.required}` stands for a fact as the built-in messages show it, and any expression may stand there:
`{labels.required - labels.labelled}`. `{{` and `}}` are braces. Everything is checked when a policy is read.
"""

from __future__ import annotations

from mlspeclint.policy.cel import ExpressionProblem
from mlspeclint.policy.expressions import compiled
from mlspeclint.policy.value_types import KIND_OF
from mlspeclint.policy.values import Several
from mlspeclint.rules.common import amount
from mlspeclint.spec.facts import Choice, Measure
from mlspeclint.spec.quantity import Truth
from mlspeclint.spec.shapes import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from mlspeclint.policy.expressions import Expression
    from mlspeclint.policy.value_types import Type
    from mlspeclint.spec.compiled import Spec

    Shown = Callable[[Spec], str]

MOST_QUOTED = 8
"""Places in a text at which something is quoted."""
MOST_LISTED = 5
"""Entries of a list that are named before the rest is counted."""
NOT_DECLARED = "not declared"


class Message:
    """A checked text. `quotes` are the expressions in it."""

    __slots__ = ("_parts", "quotes", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.quotes: list[Expression] = []
        self._parts: list[str | Shown] = []
        for at, piece, quoted in _pieces(text):
            if not quoted:
                self._parts.append(piece)
                continue
            try:
                expression = compiled(piece)
                self._parts.append(_shower(expression))
            except ExpressionProblem as problem:
                raise ExpressionProblem(problem.message, at + problem.at, problem.help) from None
            self.quotes.append(expression)
            if len(self.quotes) > MOST_QUOTED:
                raise ExpressionProblem(f"at most {MOST_QUOTED} facts can be quoted", at)

    def of(self, spec: Spec) -> str:
        """The text about a spec."""
        return "".join(part if isinstance(part, str) else part(spec) for part in self._parts)

    @property
    def plain(self) -> str:
        """The text with the expressions themselves where something is quoted."""
        pieces = _pieces(self.text)
        return "".join(f"`{piece}`" if quoted else piece for _, piece, quoted in pieces)


def _pieces(text: str) -> list[tuple[int, str, bool]]:
    """The parts of a text: where each begins, what it says, and whether it is an expression."""
    pieces: list[tuple[int, str, bool]] = []
    plain, at = "", 0
    while at < len(text):
        character = text[at]
        if character in "{}" and text[at : at + 2] == character * 2:
            plain += character
            at += 2
        elif character == "{":
            end = text.find("}", at)
            if end == -1:
                raise ExpressionProblem("a brace is not closed", at, "write {{ for a brace")
            pieces += [(at, plain, False), (at + 1, text[at + 1 : end], True)]
            plain, at = "", end + 1
        elif character == "}":
            raise ExpressionProblem("a brace was not opened", at, "write }} for a brace")
        else:
            plain += character
            at += 1
    return [*pieces, (at, plain, False)]


def _shower(expression: Expression) -> Shown:
    """How an expression is shown."""
    type, run = expression.type, expression.run
    if type.name in ("section", "item"):
        raise ExpressionProblem(f"`{shown(expression.text)}` is a section: quote a field of it", 0)
    if type.name == "number" and type.kind is not None and type.dimension not in KIND_OF:
        raise ExpressionProblem(f"{type} cannot be shown", 0)
    return lambda spec: _text(spec, run(spec), type)


def _text(spec: Spec, value: Any, type: Type) -> str:
    if isinstance(value, Choice):
        return shown(value.text) if value.text is not None else _absence(value.absent)
    if isinstance(value, Truth):
        if value.value is None:
            return _absence(bool(value.missing))
        return "true" if value.value else "false"
    if isinstance(value, Several):
        return f"{value.size():count}"
    if isinstance(value, tuple):
        return _listed(value)
    if value.missing:
        return NOT_DECLARED if isinstance(value, Measure) else "not known"
    kind = type.kind.name if type.kind else "number"
    return amount(spec, value) if kind == "money" else f"{value:{kind}}"


def _listed(items: tuple[Any, ...]) -> str:
    """A list: its texts, or how many entries it has."""
    texts = [item.text for item in items[:MOST_LISTED] if isinstance(item, Choice)]
    if not items:
        return _absence(not getattr(items, "unknown", False))
    if not texts:
        return f"{len(items)}"
    more = f" and {len(items) - len(texts)} more" if len(items) > len(texts) else ""
    return ", ".join(shown(text or "unknown") for text in texts) + more


def _absence(absent: bool) -> str:
    return NOT_DECLARED if absent else "unknown"
