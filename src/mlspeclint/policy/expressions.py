"""Expressions over a spec: from their text to a function with three answers, every mistake told beforehand.

Types come from the compiled definition (`spec.compiled`), so that a misspelt field, a value that an
enumeration does not have, or a duration compared with a bare number is found when the policy is read, not
when it first matters. What is left cannot fail, whatever a spec holds, and does a bounded number of steps.
"""

from __future__ import annotations

from math import inf
from operator import attrgetter

from mlspeclint.policy import values
from mlspeclint.policy.cel import ExpressionProblem, Node, parse
from mlspeclint.policy.value_types import (
    BOOL,
    DAY,
    DIMENSIONS,
    EXAMPLES,
    KIND_OF,
    LITERAL,
    LOOSE,
    PLAIN,
    Type,
    number,
    type_of,
)
from mlspeclint.spec.compiled import Spec
from mlspeclint.spec.kinds import (
    COUNT,
    DATE,
    DURATION,
    LARGEST,
    MONEY,
    NUMBER,
    SIZE,
    BadValue,
    Kind,
)
from mlspeclint.spec.kinds import DAY as SECONDS_OF_A_DAY
from mlspeclint.spec.quantity import Quantity, Truth, largest, smallest
from mlspeclint.spec.shapes import SectionShape, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from mlspeclint.spec.facts import Section
    from mlspeclint.spec.shapes import Shape

    Run = Callable[[Spec, Any], Any]
    """What a part does: from the spec, and the entry that a macro looks at, to its value."""

MOST_STEPS = 1_000
"""Steps of one evaluation; a step inside a macro counts for each entry that the macro may look at."""
MOST_READS = 24
"""Fields that one expression may ask for."""
FUNCTIONS = ("has", "size", "math.abs", "math.greatest", "math.least")
MACROS = ("all", "exists", "filter")
TESTS = ("contains", "endsWith", "startsWith")
RESERVED = frozenset(
    (
        "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let",
        "loop", "namespace", "null", "package", "return", "today", "true", "var", "void", "while",
    )
)  # fmt: skip
NO_VALUES = ("null", "unknown")
"""What somebody writes who asks whether a field is declared."""
CURRENCY = "budget.currency"


class Expression:
    """A checked expression.

    `run` evaluates it on a spec (a `Truth`, a `Quantity`, a fact or a list, by its `type`); `reads` are the
    paths of the fields that it asks for, in the order of their appearance. `steps` bound its cost.
    """

    __slots__ = ("reads", "run", "steps", "text", "type")

    def __init__(
        self,
        text: str,
        type: Type,
        run: Callable[[Spec], Any],
        reads: tuple[str, ...],
        steps: int,
    ) -> None:
        self.text = text
        self.type = type
        self.run = run
        self.reads = reads
        self.steps = steps


def compiled(text: str) -> Expression:
    """The expression that a text spells. Raises `ExpressionProblem`."""
    root = parse(text)
    compiler = _Compiler(text)
    part = compiler.part(root)
    if part.type.name == "literal":
        raise ExpressionProblem("a text alone is no expression", root.start)
    if len(compiler.reads) > MOST_READS:
        message = f"the expression asks for {len(compiler.reads)} fields, at most {MOST_READS} are allowed"
        raise ExpressionProblem(message, 0, "make two rules of it")
    if compiler.steps > MOST_STEPS:
        message = (
            f"the expression takes {compiler.steps:,} steps, at most {MOST_STEPS:,} are allowed"
        )
        help = f"a step inside a macro counts {values.MOST_ITEMS} times: make two rules of it"
        raise ExpressionProblem(message, 0, help)
    run = part.run
    reads = tuple(compiler.reads)
    return Expression(text, part.type, lambda spec: run(spec, None), reads, compiler.steps)


def condition(text: str) -> Expression:
    """An expression that is true or false, of at least one field. Raises `ExpressionProblem`."""
    expression = compiled(text)
    if expression.type.name != "bool":
        raise ExpressionProblem(
            f"the expression is {expression.type}, not true or false",
            0,
            "compare it with something",
        )
    if not expression.reads:
        raise ExpressionProblem("the expression asks for no field of the spec", 0)
    return expression


class _Part:
    """A checked part of an expression. `value` is what a literal spells; `path` that of a field."""

    __slots__ = ("node", "path", "run", "type", "value")

    def __init__(
        self,
        node: Node,
        type: Type,
        run: Run,
        path: str | None = None,
        value: float | str | None = None,
    ) -> None:
        self.node = node
        self.type = type
        self.run = run
        self.path = path
        self.value = value


class _Compiler:
    """The check of one expression."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.reads: dict[str, None] = {}
        self.steps = 0
        self.weight = 1
        """How often what is checked at the moment may run in one evaluation."""
        self.variable = ""
        self.entry: Shape | None = None
        """The name and the shape of the entry that the macro around it looks at."""

    def part(self, node: Node) -> _Part:
        """A part, whatever its type."""
        self.steps += self.weight
        checked: _Part = getattr(self, f"_{node.kind}")(node)
        return checked

    def _of(self, node: Node, name: str, wanted: str) -> _Part:
        part = self.part(node)
        if part.type.name != name:
            raise self._problem(f"{wanted}, not {self._told(part)}", node)
        return part

    def _bool(self, node: Node, operator: str) -> _Part:
        return self._of(node, "bool", f"`{operator}` asks for true or false")

    # What stands for itself.

    def _true(self, node: Node) -> _Part:
        answer = Truth(True)
        return _Part(node, BOOL, lambda spec, entry: answer)

    def _false(self, node: Node) -> _Part:
        answer = Truth(False)
        return _Part(node, BOOL, lambda spec, entry: answer)

    def _number(self, node: Node) -> _Part:
        value = float(node.text)
        if value > LARGEST:
            raise self._problem(f"{node.text} is too large", node)
        return _constant(node, LOOSE, value, value)

    def _string(self, node: Node) -> _Part:
        text = node.text[1:-1]
        return _Part(node, LITERAL, lambda spec, entry: text, value=text)

    def _list(self, node: Node) -> _Part:
        raise self._problem("a list of values stands only behind `in`", node)

    def _index(self, node: Node) -> _Part:
        raise self._problem(
            "entries of a list have no numbers here", node, "ask with exists(a, ...) or all(a, ...)"
        )

    # Fields.

    def _name(self, node: Node) -> _Part:
        name = node.text
        if name == self.variable and self.entry is not None:
            shape = self.entry
            if isinstance(shape, SectionShape):
                return _Part(node, Type("item", shape=shape), lambda spec, entry: entry)
            entry_type = type_of(shape)
            assert entry_type is not None  # noqa: S101 - entries of lists have types
            return _Part(node, entry_type, lambda spec, entry: entry)
        if name == "today":
            return _Part(node, DAY, lambda spec, entry: Quantity(spec.now, spec.now))
        return self._field(node, Spec, "", name, attrgetter(name))

    def _select(self, node: Node) -> _Part:
        (holder,) = node.parts
        names = [node.text]
        while holder.kind == "select":
            names.insert(0, holder.text)
            (holder,) = holder.parts
        base = self._name(holder) if holder.kind == "name" else self.part(holder)
        for index, name in enumerate(names):
            if base.type.name not in ("section", "item"):
                source = base.path or self._source(holder)
                help = f"ask with {source}.exists(a, a.{name} ...)"
                raise self._problem(
                    f"`{source}` ({base.type}) has no field `{shown(name)}`",
                    node,
                    help if base.type.name == "list" else "",
                )
            shape = base.type.shape
            assert isinstance(shape, SectionShape)  # noqa: S101 - what sections and entries are
            if base.type.name == "item":
                return self._of_entry(node, shape.section, self.variable, names[index:])
            path = f"{base.path}.{name}"
            base = self._field(node, shape.section, f"{base.path}", name, attrgetter(path))
        return base

    def _field(
        self, node: Node, section: type[Section], holder: str, name: str, get: Callable[[Any], Any]
    ) -> _Part:
        """A field of the spec."""
        path = f"{holder}.{name}" if holder else name
        type = self._typed(node, section, holder, name)
        if type.name != "section":
            self.reads.setdefault(path)
        return _Part(node, type, lambda spec, entry: get(spec), path)

    def _of_entry(
        self, node: Node, section: type[Section], variable: str, names: list[str]
    ) -> _Part:
        """A field of the entry that a macro looks at."""
        name, *more = names
        type = self._typed(node, section, variable, name)
        if more:
            raise self._problem(
                f"`{variable}.{name}` ({type}) has no field `{shown(more[0])}`", node
            )
        get = attrgetter(name)
        return _Part(node, type, lambda spec, entry: get(entry))

    def _typed(self, node: Node, section: type[Section], holder: str, name: str) -> Type:
        shape = section.FIELDS.get(name)
        if shape is None:
            from mlspeclint.spec.suggest import suggested_field

            if self.variable and holder == self.variable:
                known = suggested_field(name, section, ()) or ""
                meant = f"{holder}.{known}" if known in section.FIELDS else None
            else:
                meant = suggested_field(name, section, tuple(holder.split(".")) if holder else ())
            where = f"`{holder}` has" if holder else "a spec has"
            help = f"did you mean `{meant}`?" if meant else _fields(section)
            if name in NO_VALUES and not holder:
                help = "ask with has(...) whether something is declared"
            raise self._problem(f"{where} no field `{shown(name)}`", node, help)
        type = type_of(shape)
        if type is None:
            raise self._problem(f"`{name}` is the version of the format", node)
        return type

    # True or false.

    def _or(self, node: Node) -> _Part:
        runs = tuple(self._bool(each, "||").run for each in node.parts)

        def run(spec: Spec, entry: Any) -> Truth:
            return values.any_of(each(spec, entry) for each in runs)

        return _Part(node, BOOL, run)

    def _and(self, node: Node) -> _Part:
        runs = tuple(self._bool(each, "&&").run for each in node.parts)

        def run(spec: Spec, entry: Any) -> Truth:
            return ~values.any_of(~each(spec, entry) for each in runs)

        return _Part(node, BOOL, run)

    def _negate(self, node: Node) -> _Part:
        inner = self._bool(node.parts[0], "!").run
        return _Part(node, BOOL, lambda spec, entry: ~inner(spec, entry))

    def _choose(self, node: Node) -> _Part:
        test = self._bool(node.parts[0], "?").run
        yes, no = (self.part(each) for each in node.parts[1:])
        if yes.type.name == no.type.name == "bool":
            type = BOOL
        else:
            yes, no, type = self._alike(node, yes, no, "choose between")
        first, second = yes.run, no.run

        def run(spec: Spec, entry: Any) -> Any:
            return values.chosen(test(spec, entry), first(spec, entry), second(spec, entry))

        return _Part(node, type, run)

    def _compare(self, node: Node) -> _Part:
        left, right = (self.part(each) for each in node.parts)
        operator = node.text
        names = {left.type.name, right.type.name}
        if names <= {"text", "literal"}:
            if operator not in ("==", "!="):
                raise self._problem(f"texts have no order: `{operator}` compares quantities", node)
            return self._told_apart(node, self._texts(node, left, right), operator)
        if names == {"bool"}:
            if operator not in ("==", "!="):
                raise self._problem(f"true and false have no order: no `{operator}`", node)
            a, b = left.run, right.run
            return self._told_apart(
                node, lambda spec, entry: values.both(a(spec, entry), b(spec, entry)), operator
            )
        left, right, _ = self._alike(node, left, right, "compare")
        a, b = left.run, right.run
        match operator:
            case "<":
                return _Part(node, BOOL, lambda spec, entry: a(spec, entry) < b(spec, entry))
            case "<=":
                return _Part(node, BOOL, lambda spec, entry: a(spec, entry) <= b(spec, entry))
            case ">":
                return _Part(node, BOOL, lambda spec, entry: a(spec, entry) > b(spec, entry))
            case ">=":
                return _Part(node, BOOL, lambda spec, entry: a(spec, entry) >= b(spec, entry))
        return self._told_apart(
            node, lambda spec, entry: values.equal(a(spec, entry), b(spec, entry)), operator
        )

    def _told_apart(self, node: Node, same: Run, operator: str) -> _Part:
        if operator == "==":
            return _Part(node, BOOL, same)
        return _Part(node, BOOL, lambda spec, entry: ~same(spec, entry))

    def _texts(self, node: Node, left: _Part, right: _Part) -> Run:
        """Whether two texts are the same."""
        if left.type.name == right.type.name == "literal":
            raise self._problem("this compares two texts of the expression itself", node)
        if right.type.name == "literal":
            return self._among(left, (right,))
        if left.type.name == "literal":
            return self._among(right, (left,))
        ours, theirs = left.type.options, right.type.options
        if ours and theirs and not set(ours) & set(theirs):
            message = f"{self._told(left)} and {self._told(right)} have no value in common"
            raise self._problem(message, node)
        a, b = left.run, right.run
        return lambda spec, entry: values.same_text(a(spec, entry), b(spec, entry))

    def _among(self, part: _Part, literals: tuple[_Part, ...]) -> Run:
        """Whether a text is one of several, which its field must know."""
        texts = tuple(str(each.value) for each in literals)
        for literal, text in zip(literals, texts, strict=True):
            if part.type.options and text not in part.type.options:
                from mlspeclint.spec.suggest import listed, suggested_option

                source = self._source(part.node)
                meant = suggested_option(text, part.type.options)
                help = f"did you mean {meant}?" if meant else listed(part.type.options, source)
                if text == "unknown":
                    help = f"`unknown` leaves a rule open: ask with has({source})"
                raise self._problem(
                    f'"{shown(text)}" is not a value of `{source}`', literal.node, help
                )
        run = part.run
        return lambda spec, entry: values.is_one_of(run(spec, entry), texts)

    def _within(self, node: Node) -> _Part:
        first, second = node.parts
        if second.kind == "list":
            return self._in_values(node, first, second)
        part, members = self.part(first), self.part(second)
        if members.type.name != "list":
            raise self._problem(f"`in` asks for a list, not {self._told(members)}", second)
        member = type_of(members.type.shape) if members.type.shape else None
        if part.type.name != "literal" or member is None or member.name != "text":
            raise self._problem(
                "`in` looks for a text in a list of texts",
                node,
                "ask with exists(a, ...) or all(a, ...)",
            )
        each = _Part(second, member, lambda spec, entry: entry)
        test = self._among(each, (part,))
        get = members.run
        self.steps += 2 * values.MOST_ITEMS * self.weight

        def run(spec: Spec, entry: Any) -> Truth:
            return _entries(get(spec, entry)).exists(lambda each: test(spec, each))

        return _Part(node, BOOL, run)

    def _in_values(self, node: Node, first: Node, second: Node) -> _Part:
        part = self.part(first)
        others = [self.part(each) for each in second.parts]
        if not others:
            raise self._problem("an empty list holds nothing", second)
        if part.type.name == "text":
            for other in others:
                if other.type.name != "literal":
                    raise self._problem(f"{self._told(other)} is no text in quotes", other.node)
            return _Part(node, BOOL, self._among(part, tuple(others)))
        pairs = [self._alike(node, part, other, "compare")[:2] for other in others]

        def run(spec: Spec, entry: Any) -> Truth:
            return values.any_of(
                values.equal(a.run(spec, entry), b.run(spec, entry)) for a, b in pairs
            )

        return _Part(node, BOOL, run)

    # Quantities.

    def _minus(self, node: Node) -> _Part:
        part = self.part(node.parts[0])
        if part.type.name != "number":
            raise self._problem(f"`-` asks for a quantity, not {self._told(part)}", node)
        inner = part.run
        if part.type.loose:
            value = None if part.value is None else -float(part.value)
            return _Part(node, LOOSE, lambda spec, entry: -inner(spec, entry), value=value)
        type = number(part.type.dimension)
        return _Part(node, type, lambda spec, entry: -inner(spec, entry))

    def _arithmetic(self, node: Node) -> _Part:
        operator = node.text
        if operator == "%":
            raise self._problem("the rest of a division means nothing on a range", node)
        left, right = (self.part(each) for each in node.parts)
        for part in (left, right):
            if part.type.name not in ("number", "date", "literal"):
                raise self._problem(
                    f"`{operator}` asks for quantities, not {self._told(part)}", node
                )
        if operator in "*/":
            return self._multiplied(node, self._reading(left), self._reading(right))
        if "date" in (left.type.name, right.type.name):
            return self._dates(node, left, right)
        left, right, type = self._alike(node, left, right, "add" if operator == "+" else "subtract")
        a, b = left.run, right.run
        if operator == "+":
            return _Part(node, type, lambda spec, entry: a(spec, entry) + b(spec, entry))
        return _Part(node, type, lambda spec, entry: a(spec, entry) - b(spec, entry))

    def _multiplied(self, node: Node, left: _Part, right: _Part) -> _Part:
        sign = 1 if node.text == "*" else -1
        for part in (left, right):
            if part.type.name == "date":
                raise self._problem("a date cannot be multiplied or divided", node)
        money, time, memory = (
            ours + sign * theirs
            for ours, theirs in zip(left.type.dimension, right.type.dimension, strict=True)
        )
        dimension = (money, time, memory)
        kind = COUNT if sign > 0 and left.type.kind is right.type.kind is COUNT else None
        type = LOOSE if left.type.loose and right.type.loose else number(dimension, kind)
        a, b = left.run, right.run
        if sign > 0:
            return _Part(node, type, lambda spec, entry: a(spec, entry) * b(spec, entry))
        return _Part(node, type, lambda spec, entry: values.divided(a(spec, entry), b(spec, entry)))

    def _dates(self, node: Node, left: _Part, right: _Part) -> _Part:
        """A day and a duration make a day; two days have a duration between them."""
        operator = node.text
        if left.type.name == "literal":
            left = self._read_as(left, DATE if operator == "-" else DURATION)
        if right.type.name == "literal":
            right = self._either(right, (DURATION, DATE) if operator == "-" else (DURATION,))
        a, b = left.run, right.run
        if left.type.name == right.type.name == "date":
            if operator == "+":
                raise self._problem("two dates cannot be added", node)
            type = number((0, 1, 0))
            return _Part(
                node, type, lambda spec, entry: (a(spec, entry) - b(spec, entry)) * SECONDS_OF_A_DAY
            )
        time = right if left.type.name == "date" else left
        if time.type.dimension != (0, 1, 0) or time.type.name != "number":
            help = self._unit_help(time, DURATION)
            raise self._problem(f"a date and {time.type} do not add up", node, help)
        if left.type.name != "date":
            if operator == "-":
                raise self._problem("a date cannot be taken off a duration", node)
            a, b = b, a
        sign = 1 if operator == "+" else -1

        def run(spec: Spec, entry: Any) -> Quantity:
            moved: Quantity = a(spec, entry) + b(spec, entry) * (sign / SECONDS_OF_A_DAY)
            return moved

        return _Part(node, DAY, run)

    def _alike(self, node: Node, left: _Part, right: _Part, what: str) -> tuple[_Part, _Part, Type]:
        """Two quantities of one dimension, with texts read as the other; and what their sum is."""
        for part in (left, right):
            if part.type.name not in ("number", "date", "literal"):
                raise self._cannot(node, left, right, what)
        if left.type.name == "literal" and right.type.name == "literal":
            left, right = self._reading(left), self._reading(right)
        elif left.type.name == "literal":
            left = self._beside(left, right)
        elif right.type.name == "literal":
            right = self._beside(right, left)
        for one, other in ((left, right), (right, left)):
            if one.type.loose and not other.type.loose:
                return self._with_number(node, left, right, one, other, what)
        if left.type.name != right.type.name or left.type.dimension != right.type.dimension:
            raise self._cannot(node, left, right, what)
        if left.type.loose:
            return left, right, LOOSE
        if left.type.name == "date":
            return left, right, DAY
        kind = left.type.kind if left.type.kind is right.type.kind else None
        return left, right, number(left.type.dimension, kind)

    def _with_number(
        self, node: Node, left: _Part, right: _Part, loose: _Part, other: _Part, what: str
    ) -> tuple[_Part, _Part, Type]:
        """A quantity beside a number of the expression, which has no unit."""
        kind = other.type.kind
        if other.type.name == "date" or kind is None or not kind.bare:
            base = KIND_OF.get(other.type.dimension, SIZE) if other.type.name != "date" else DATE
            raise self._cannot(node, left, right, what, self._unit_help(loose, base))
        if other.type.dimension not in (PLAIN, (1, 0, 0)):
            raise self._cannot(node, left, right, what)
        value = loose.value
        if isinstance(value, float) and not kind.low <= value <= kind.high and other.path:
            try:
                kind.read(value)
            except BadValue as error:
                raise self._problem(error.message, loose.node, error.help or "") from None
        return left, right, number(other.type.dimension, kind)

    def _cannot(
        self, node: Node, left: _Part, right: _Part, what: str, help: str = ""
    ) -> ExpressionProblem:
        message = f"cannot {what} {self._told(left)} and {self._told(right)}"
        if {left.type.name, right.type.name} == {"bool", "literal"}:
            flag = left if left.type.name == "bool" else right
            help = f"write {self._source(flag.node)} == true"
        elif left.type.name == "bool" and left.node.kind == "compare":
            help = "join two comparisons with &&"
        return self._problem(message, node, help)

    def _unit_help(self, part: _Part, kind: Kind) -> str:
        if not part.type.loose:
            return ""
        if kind is DATE:
            return 'write a day such as "2027-03-01"'
        value = f"{part.value:g}" if isinstance(part.value, float) else "1"
        return f'write it with its unit, such as "{value} {EXAMPLES.get(kind, "ms")}"'

    # Texts that stand for quantities.

    def _beside(self, literal: _Part, other: _Part) -> _Part:
        """A text read as what it stands beside."""
        if other.type.loose:
            return self._reading(literal)
        if other.type.dimension == PLAIN and other.type.name == "number" and other.path is None:
            kinds = (NUMBER, COUNT) if other.type.kind is not COUNT else (COUNT, NUMBER)
            return self._either(literal, kinds)
        if other.type.dimension not in KIND_OF:
            raise self._problem(f"no text can be read as {other.type}", literal.node)
        return self._read_as(literal, other.type.kind or NUMBER)

    def _reading(self, part: _Part) -> _Part:
        """A text read by its unit, where nothing says what it should be; anything else as it is."""
        if part.type.name != "literal":
            return part
        return self._either(part, (DURATION, SIZE, DATE, NUMBER, COUNT, MONEY))

    def _either(self, literal: _Part, kinds: tuple[Kind, ...]) -> _Part:
        for kind in kinds:
            try:
                kind.read(literal.value)
            except BadValue:
                continue
            return self._read_as(literal, kind)
        if len(kinds) < 3:
            return self._read_as(literal, kinds[0])
        text = shown(str(literal.value))
        raise self._problem(
            f'"{text}" is no quantity',
            literal.node,
            'write one such as "200 ms", "20k USD" or "5%"',
        )

    def _read_as(self, literal: _Part, kind: Kind) -> _Part:
        """A text read as a value of a kind, as in a spec."""
        text = str(literal.value)
        try:
            reading = kind.read(text)
        except BadValue as error:
            from mlspeclint.spec.hints import hint

            guess = None if error.help else hint(kind, text)
            help = guess.sentence if guess else error.help or ""
            if text == "unknown":
                help = "`unknown` leaves a rule open: ask with has(...)"
            raise self._problem(shown(error.message, 160), literal.node, help) from None
        if reading.low != reading.high:
            raise self._problem(f'"{shown(text)}" is a range: compare with one value', literal.node)
        type = DAY if kind is DATE else number(DIMENSIONS.get(kind.name, PLAIN), kind)
        if reading.currency is None:
            return _constant(literal.node, type, reading.low, None)
        return self._amount(literal.node, type, reading.low, reading.currency)

    def _amount(self, node: Node, type: Type, value: float, currency: str) -> _Part:
        """An amount in a currency: in a spec with another one it may be worth anything."""
        self.reads.setdefault(CURRENCY)
        amount = Quantity(value, value)

        def run(spec: Spec, entry: Any) -> Quantity:
            own = spec.budget.currency
            return amount if own.text == currency else Quantity(0.0, inf, own.missing)

        return _Part(node, type, run)

    # Calls.

    def _call(self, node: Node) -> _Part:
        name, arguments = node.text, node.parts
        if name == "has":
            return self._has(node)
        if name == "size":
            if len(arguments) != 1:
                raise self._problem("size takes one list", node)
            return self._size(node, arguments[0])
        raise self._no_function(name, node, FUNCTIONS)

    def _has(self, node: Node) -> _Part:
        if len(node.parts) != 1 or node.parts[0].kind not in ("select", "name"):
            raise self._problem("has takes one field, such as has(labels.required)", node)
        part = self.part(node.parts[0])
        of_a_name = part.node.kind == "name" and part.path is None
        if part.type.name in ("section", "item") or of_a_name:
            shape = part.type.shape
            help = _fields(shape.section) if isinstance(shape, SectionShape) else ""
            raise self._problem(f"has takes a field, not {self._told(part)}", node, help)
        get = part.run
        if part.type.name == "list":
            return _Part(node, BOOL, lambda spec, entry: values.declared(get(spec, entry)))
        return _Part(node, BOOL, lambda spec, entry: get(spec, entry).given)

    def _size(self, node: Node, argument: Node) -> _Part:
        part = self._of(argument, "list", "size counts the entries of a list")
        get = part.run

        def run(spec: Spec, entry: Any) -> Quantity:
            found = get(spec, entry)
            return found.size() if isinstance(found, values.Several) else values.count(found)

        return _Part(node, number(PLAIN, COUNT), run)

    def _method(self, node: Node) -> _Part:
        holder, *arguments = node.parts
        name = node.text
        if holder.kind == "name" and holder.text == "math":
            return self._math(node, arguments)
        if name in MACROS:
            return self._macro(node, holder, arguments)
        if name == "size" and not arguments:
            return self._size(node, holder)
        if name in TESTS:
            return self._test(node, holder, arguments)
        if name == "matches":
            help = f"use {', '.join(TESTS[:-1])} or {TESTS[-1]}"
            raise self._problem("there are no regular expressions", node, help)
        raise self._no_function(name, node, (*MACROS, *TESTS, "size"))

    def _macro(self, node: Node, holder: Node, arguments: list[Node]) -> _Part:
        part = self._of(holder, "list", f"{node.text} asks for a list")
        if len(arguments) != 2 or arguments[0].kind != "name":
            example = f"{self._source(holder)}.{node.text}(a, ...)"
            raise self._problem(
                f"{node.text} takes a name and a condition", node, f"write {example}"
            )
        variable = arguments[0].text
        if self.variable:
            raise self._problem("a macro inside a macro is not allowed", node)
        if variable in RESERVED or variable in Spec.FIELDS:
            raise self._problem(f"`{variable}` has a meaning of its own", arguments[0], "take a")
        self.variable, self.entry, self.weight = variable, part.type.shape, values.MOST_ITEMS
        try:
            test = self._bool(arguments[1], node.text).run
        finally:
            self.variable, self.entry, self.weight = "", None, 1
        get = part.run
        if node.text == "filter":

            def filtered(spec: Spec, entry: Any) -> values.Several:
                return _entries(get(spec, entry)).filtered(lambda each: test(spec, each))

            return _Part(node, part.type, filtered)
        everywhere = node.text == "all"

        def run(spec: Spec, entry: Any) -> Truth:
            entries = _entries(get(spec, entry))
            look = entries.all if everywhere else entries.exists
            return look(lambda each: test(spec, each))

        return _Part(node, BOOL, run)

    def _test(self, node: Node, holder: Node, arguments: list[Node]) -> _Part:
        part = self._of(holder, "text", f"{node.text} asks for a text")
        argument = arguments[0] if len(arguments) == 1 else None
        if argument is None or argument.kind != "string" or len(argument.text) < 3:
            raise self._problem(f'{node.text} takes a text, such as {node.text}("linear")', node)
        self.steps += self.weight
        wanted, get = argument.text[1:-1], part.run
        looks: dict[str, Callable[[str], bool]] = {
            "contains": lambda text: wanted in text,
            "endsWith": lambda text: text.endswith(wanted),
            "startsWith": lambda text: text.startswith(wanted),
        }
        look = looks[node.text]
        return _Part(node, BOOL, lambda spec, entry: values.fits(get(spec, entry), look))

    def _math(self, node: Node, arguments: list[Node]) -> _Part:
        name = node.text
        if f"math.{name}" not in FUNCTIONS:
            raise self._no_function(f"math.{name}", node, FUNCTIONS)
        if not arguments:
            raise self._problem(f"math.{name} takes quantities", node)
        parts = [self._reading(self.part(each)) for each in arguments]
        if name == "abs":
            (part,) = parts if len(parts) == 1 else (None,)
            if part is None or part.type.name != "number":
                raise self._problem("math.abs takes one quantity", node)
            inner = part.run
            return _Part(node, part.type, lambda spec, entry: abs(inner(spec, entry)))
        measure = next((part for part in parts if not part.type.loose), parts[0])
        for other in parts:
            self._alike(node, measure, other, "compare")
        type = measure.type
        if type.name not in ("number", "date"):
            raise self._problem(f"math.{name} takes quantities", node)
        runs = tuple(part.run for part in parts)
        of_all = largest if name == "greatest" else smallest
        return _Part(node, type, lambda spec, entry: of_all(*(each(spec, entry) for each in runs)))

    # Words.

    def _problem(self, message: str, node: Node, help: str = "") -> ExpressionProblem:
        return ExpressionProblem(message, node.start, help)

    def _source(self, node: Node) -> str:
        return shown(self.text[node.start : node.end])

    def _told(self, part: _Part) -> str:
        """A part and what it is."""
        return f"`{self._source(part.node)}` ({part.type})"

    def _no_function(self, name: str, node: Node, known: tuple[str, ...]) -> ExpressionProblem:
        from difflib import get_close_matches

        match = get_close_matches(name, known, n=1)
        help = f"did you mean {match[0]}?" if match else f"there are {', '.join(known)}"
        return self._problem(f"there is no function `{shown(name)}`", node, help)


def _constant(node: Node, type: Type, low: float, value: float | None) -> _Part:
    quantity = Quantity(low, low)
    return _Part(node, type, lambda spec, entry: quantity, value=value)


def _entries(found: Any) -> values.Several:
    """The entries of a list, whether it was filtered or not."""
    return found if isinstance(found, values.Several) else values.several(found)


def _fields(section: type[Section]) -> str:
    """The fields of a section, as far as they fit on a line."""
    names = ", ".join(section.FIELDS)
    return f"it has {shown(names, 120)}"
