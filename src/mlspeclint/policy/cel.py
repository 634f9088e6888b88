"""The syntax of expressions: the Common Expression Language (CEL), as far as rules over a spec need it.

The grammar is that of https://github.com/google/cel-spec/blob/master/doc/langdef.md without what has no
meaning here: maps, messages, bytes, unsigned numbers, escapes in strings, `null`. What remains is read by
lark's LALR(1) parser in linear time: no terminal can backtrack, and neither parsing nor what follows
recurses deeper than `MOST_NESTED`. docs/policies.md tells why not by a library that evaluates CEL.
"""

from __future__ import annotations

from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from lark import Lark, Token, Tree

    Parsed = Tree[Token] | Token

LONGEST = 1000
"""Characters of an expression."""
MOST_NESTED = 24
"""Levels of an expression: brackets, and operators one below the other."""

GRAMMAR = r"""
?start: expr
?expr: or | or "?" or ":" expr -> choose
?or: and ("||" and)*
?and: relation ("&&" relation)*
?relation: addition | relation COMPARED addition -> compare | relation "in" addition -> within
?addition: product | addition ADDED product -> arithmetic
?product: unary | product MULTIPLIED unary -> arithmetic
?unary: member | "!" unary -> negate | "-" unary -> minus
?member: primary
       | member "." NAME -> select
       | member "." NAME "(" [arguments] ")" -> method
       | member "[" expr "]" -> index
?primary: NAME -> name
        | NAME "(" [arguments] ")" -> call
        | "(" expr ")"
        | "[" [arguments] "]" -> list
        | NUMBER -> number
        | STRING -> string
        | TRUE -> true
        | FALSE -> false
arguments: expr ("," expr)*
TRUE: "true"
FALSE: "false"
COMPARED: "<=" | "<" | ">=" | ">" | "==" | "!="
ADDED: "+" | "-"
MULTIPLIED: "*" | "/" | "%"
NUMBER: /[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?/
STRING: /"[^"\n]*"|'[^'\n]*'/
NAME: /[A-Za-z_][A-Za-z0-9_]*/
%ignore /[ \t\r\n]+/
%ignore /\/\/[^\n]*/
"""

WORDS = {"and": "&&", "or": "||", "not": "!", "AND": "&&", "OR": "||", "NOT": "!"}
"""What is written for them in other languages."""


class ExpressionProblem(Exception):
    """A mistake in an expression: what is wrong at which character (from 0), and what to write instead."""

    def __init__(self, message: str, at: int, help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.at = at
        self.help = help


class Node:
    """A part of an expression.

    `kind` is the name of the grammar's rule, `parts` are what it is made of, `text` is its name, its
    operator or its literal; `start` and `end` are its place.
    """

    __slots__ = ("end", "kind", "parts", "start", "text")

    def __init__(self, kind: str, start: int, end: int, parts: tuple[Node, ...], text: str) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.parts = parts
        self.text = text


def parse(text: str) -> Node:
    """The tree of an expression. Raises `ExpressionProblem`."""
    if len(text) > LONGEST:
        message = f"the expression has {len(text):,} characters, at most {LONGEST:,} are read"
        raise ExpressionProblem(message, LONGEST, "make two rules of it")
    if "\\" in text:
        help = "there are no escapes: take the other kind of quotes where one stands in a text"
        raise ExpressionProblem("a backslash", text.index("\\"), help)
    from lark.exceptions import UnexpectedCharacters, UnexpectedInput

    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        token = getattr(error, "token", None)
        at = error.pos_in_stream if isinstance(error, UnexpectedCharacters) else None
        if token is not None and token.type != "$END":
            at = int(token.start_pos)
        raise _unexpected(text, len(text) if at is None else at) from None
    return _node(tree, text, 1)


@cache
def _parser() -> Lark:
    from lark import Lark

    return Lark(GRAMMAR, parser="lalr", propagate_positions=True, maybe_placeholders=False)


def _unexpected(text: str, at: int) -> ExpressionProblem:
    """What to say of a text that is no expression from `at` on."""
    if not text[at:].strip():
        return ExpressionProblem("the expression ends too early", len(text.rstrip()))
    word = ""
    for character in text[at:]:
        if not (character.isalnum() or character == "_"):
            break
        word += character
    word = word or text[at]
    help = f"write {WORDS[word]}" if word in WORDS else ""
    if not help and word[0].isalpha() and text[:at].rstrip()[-1:].isdigit():
        help = f'write a value with its unit in quotes, such as "20 {word[:40]}"'
    elif word == "=":
        help = "write == to compare"
    elif word in "&|":
        help = f"write {word * 2}"
    elif word in "\"'" and word not in text[at + 1 :]:
        return ExpressionProblem("a text without its closing quotes", at)
    return ExpressionProblem(f"`{word[:40]}` was not expected here", at, help)


def _node(parsed: Parsed, text: str, depth: int) -> Node:
    """The parser's tree without what is only of use to the parser."""
    from lark import Token

    start, end = _place(parsed)
    if depth > MOST_NESTED:
        help = "make two rules of it"
        raise ExpressionProblem(f"nested more than {MOST_NESTED} levels deep", start, help)
    assert not isinstance(parsed, Token)  # noqa: S101 - words stand inside the rules of the grammar
    word = ""
    parts: list[Node] = []
    for child in parsed.children:
        if isinstance(child, Token):
            word = str(child)
        elif child.data == "arguments":
            parts += (_node(each, text, depth + 1) for each in child.children)
        else:
            parts.append(_node(child, text, depth + 1))
    return Node(str(parsed.data), start, end, tuple(parts), word)


def _place(parsed: Parsed) -> tuple[int, int]:
    from lark import Token

    place = parsed if isinstance(parsed, Token) else parsed.meta
    start, end = getattr(place, "start_pos", None), getattr(place, "end_pos", None)
    return start or 0, end or 0
