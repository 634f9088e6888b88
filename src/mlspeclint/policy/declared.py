"""Rules that an organisation declares in its configuration: data and an expression, no code.

They become ordinary rules, so that waivers, flip points, formats and baselines know nothing of them. Whoever
sends a pull request may change them: everything is checked when it is read, and what is left is bounded.
"""

from __future__ import annotations

import re
from textwrap import dedent

from mlspeclint.engine.flip import fact_at
from mlspeclint.policy.cel import ExpressionProblem
from mlspeclint.policy.expressions import condition
from mlspeclint.policy.messages import Message
from mlspeclint.policy.problem import ConfigProblem
from mlspeclint.rules import RULES
from mlspeclint.rules.names import EVIDENCE_NAMES, POLICY_NAMES, SPEC_NAMES, WAIVER_NAMES
from mlspeclint.rules.rule import POLICY, SEVERITIES, Claim, Outcome, Rule, Told, decide
from mlspeclint.spec.compiled import Spec
from mlspeclint.spec.facts import ABSENT, Flag, Measure
from mlspeclint.spec.quantity import YES
from mlspeclint.spec.shapes import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from mlspeclint.policy.expressions import Expression

MOST_RULES = 200
"""Rules that all policies in force may declare together."""
MOST_STEPS = 20_000
"""Steps of all their conditions together, in one evaluation of each."""
MOST_EXAMPLES = 20
"""Examples of a kind that a rule may have."""
LONGEST_TEXT = 500
"""Characters of a message, an advice or a label."""
LONGEST_NAME = 60
PLUGIN = "plug-in"
"""What the origin of a rule of a plug-in begins with."""
LONGEST_EXAMPLE = 20_000

KEYS = {
    "code": "the letters of a group of your own and three digits: ACME101",
    "name": "what it is called, in lower case with hyphens: labels-in-house",
    "severity": "error, warning or note",
    "message": "what is wrong, in one line; {labels.required} quotes a fact",
    "when": "the expression that is true where something is wrong",
    "instead": "what to do instead",
    "docs": "a link to the organisation's own page: https://...",
    "labels": "what to say beside each fact: a table from fields to texts",
    "bad": "specs, or parts of one, in which the rule finds something: a list of YAML texts",
    "good": "specs, or parts of one, in which it finds nothing",
}
"""The keys of a declared rule."""
REQUIRED = ("code", "name", "severity", "message", "when")

CODE = re.compile(r"[A-Z]{3,8}[0-9]{3}")
NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
LINK = re.compile(r"https://[A-Za-z0-9][!#-;=?-Z_a-z~]*")

_TAKEN = SPEC_NAMES | EVIDENCE_NAMES | POLICY_NAMES | WAIVER_NAMES
BUILT_IN = {rule.code: rule.name for rule in RULES} | _TAKEN
"""The codes that nobody may take, with their names."""
GROUPS = frozenset(code.rstrip("0123456789") for code in BUILT_IN)
"""The letters that codes of nobody else begin with."""


class Declared:
    """What an entry declares: a rule, its examples, and the steps that bound what it costs."""

    __slots__ = ("bad", "good", "rule", "steps")

    def __init__(self, rule: Rule, bad: tuple[str, ...], good: tuple[str, ...], steps: int) -> None:
        self.rule = rule
        self.bad = bad
        self.good = good
        self.steps = steps


_known: dict[tuple[str, str], tuple[Rule, ...]] = {}
"""The rules of files that were read, by origin and entries: many configurations may extend one pack."""


def declared_rules(entries: Iterable[object], origin: str) -> tuple[Rule, ...]:
    """The rules that the entries of `policies` declare. `origin` is the file that they stand in.

    Raises `ConfigProblem` for the first mistake.
    """
    entries = list(entries)
    key = (origin, repr(entries))
    if key not in _known:
        _known[key] = tuple(each.rule for each in declared(entries, origin))
    return _known[key]


def declared(entries: Iterable[object], origin: str) -> tuple[Declared, ...]:
    """The rules that the entries of `policies` declare, with their examples. Raises `ConfigProblem`."""
    found: list[Declared] = []
    for index, entry in enumerate(entries):
        if index == MOST_RULES:
            message = f"at most {MOST_RULES} rules can be declared"
            raise ConfigProblem(message, file=origin, key="policies")
        found.append(_Entry(entry, index, origin).declared())
    steps = sum(each.steps for each in found)
    if steps > MOST_STEPS:
        raise ConfigProblem(
            f"the conditions take {steps:,} steps together, at most {MOST_STEPS:,} are allowed",
            file=origin,
            key="policies",
            help="a step inside a macro counts for every entry of a list that is looked at",
        )
    together([each.rule for each in found])
    return tuple(found)


def together(rules: Sequence[Rule]) -> None:
    """Check that rules of policies and plug-ins go together: each has a code and a name of its own.

    Raises `ConfigProblem`.
    """
    if len(rules) > MOST_RULES:
        raise ConfigProblem(f"{len(rules)} rules are declared, at most {MOST_RULES} can be")
    known: dict[str, Rule] = {}
    for rule in rules:
        if rule.group in GROUPS:
            raise _taken(rule, "code", f"the group {rule.group} is the tool's own")
        for code, name in BUILT_IN.items():
            if rule.name == name:
                raise _taken(rule, "name", f"`{name}` is the name of {code}")
        for key, value in (("code", rule.code), ("name", rule.name)):
            other = known.setdefault(value, rule)
            if other is not rule:
                place = f" in {other.origin}" if other.origin != rule.origin else ""
                raise _taken(rule, key, f"{other.code} {other.name}{place} has the {key} `{value}`")


def _taken(rule: Rule, key: str, message: str) -> ConfigProblem:
    where = rule.code if rule.origin.startswith(PLUGIN) else f"policies.{rule.code}.{key}"
    return ConfigProblem(message, file=rule.origin, key=where, help="take another one")


class _Entry:
    """One entry of `policies`."""

    def __init__(self, entry: object, index: int, origin: str) -> None:
        self.origin = origin
        self.where = f"policies[{index}]"
        if not isinstance(entry, dict):
            raise self._problem("", "is no table of a rule")
        self.entry: dict[str, object] = entry
        for key in entry:
            if key not in KEYS:
                raise self._unknown(key)
        for key in REQUIRED:
            if key not in entry:
                raise self._problem("", f"has no `{key}`", f"`{key}` is {KEYS[key]}")
        self.code = self._matching("code", CODE)
        self.where = f"policies.{self.code}"

    def declared(self) -> Declared:
        """What it declares."""
        name = self._matching("name", NAME)
        severity = self._text("severity", LONGEST_NAME)
        if severity not in SEVERITIES:
            raise self._problem(
                "severity", f"`{shown(severity)}` is no severity", "write error, warning or note"
            )
        when = self._condition()
        message, instead = self._message("message"), self._message("instead")
        docs = self._matching("docs", LINK) if "docs" in self.entry else ""
        bad, good = self._examples("bad"), self._examples("good")
        reads = self._labelled(when.reads)
        # The name of a file may be a stranger's, too.
        origin = "".join(each if each.isprintable() else "?" for each in self.origin)
        policy = (f"declared in {origin}",)

        def check(spec: Spec) -> Outcome:
            def tell() -> Told:
                told = Told(message.of(spec), instead=instead.of(spec), at=_primary(spec, reads))
                told.policy = policy
                return told

            return decide(YES, Claim(when.run(spec), severity, tell))

        check.__doc__ = _page(message, when, instead, docs, bad, good, origin)
        rule = Rule(
            check,
            self.code,
            name,
            severity=severity,
            basis=POLICY,
            reads=reads,
            flips=_changeable(reads),
            docs=docs,
            origin=origin,
        )
        return Declared(rule, bad, good, when.steps)

    def _condition(self) -> Expression:
        text = self._string("when", None)
        try:
            return condition(text)
        except ExpressionProblem as problem:
            raise self._in_text("when", text, problem) from None

    def _message(self, key: str) -> Message:
        text = self._text(key, LONGEST_TEXT) if key in self.entry else ""
        try:
            return Message(text)
        except ExpressionProblem as problem:
            raise self._in_text(key, text, problem) from None

    def _labelled(self, reads: Sequence[str]) -> dict[str, str]:
        """What is read, each with what to say beside it: its name in words where nothing is given."""
        labels = self.entry.get("labels", {})
        if not isinstance(labels, dict):
            raise self._problem("labels", "is no table from fields to texts")
        for path, text in labels.items():
            if path not in reads:
                help = f"it reads {', '.join(reads)}"
                raise self._problem("labels", f"the rule does not read `{shown(path)}`", help)
            self._checked(f"labels.{path}", text, LONGEST_TEXT)
        return {path: labels.get(path, _in_words(path)) for path in reads}

    def _examples(self, key: str) -> tuple[str, ...]:
        examples = self.entry.get(key, [])
        if not isinstance(examples, list) or not all(isinstance(each, str) for each in examples):
            raise self._problem(key, "is no list of texts")
        if len(examples) > MOST_EXAMPLES:
            raise self._problem(
                key, f"has {len(examples)} examples, at most {MOST_EXAMPLES} are read"
            )
        for each in examples:
            if len(each) > LONGEST_EXAMPLE:
                raise self._problem(
                    key, f"has an example of more than {LONGEST_EXAMPLE:,} characters"
                )
            if not all(character.isprintable() or character in "\n\t\r" for character in each):
                raise self._problem(key, "has control characters in it")
        return tuple(examples)

    def _matching(self, key: str, pattern: re.Pattern[str]) -> str:
        text = self._text(key, LONGEST_TEXT if key == "docs" else LONGEST_NAME)
        if not pattern.fullmatch(text):
            raise self._problem(key, f"`{shown(text)}` does not fit: `{key}` is {KEYS[key]}")
        return text

    def _text(self, key: str, most: int) -> str:
        text = self._string(key, most)
        if not text.strip():
            raise self._problem(key, "is empty")
        return text

    def _string(self, key: str, most: int | None) -> str:
        return self._checked(key, self.entry[key], most)

    def _checked(self, key: str, text: Any, most: int | None) -> str:
        """A text of one line (of several for an expression, which bounds its own length)."""
        if not isinstance(text, str):
            raise self._problem(key, "is no text in quotes")
        if most is not None and len(text) > most:
            raise self._problem(key, f"has {len(text):,} characters, at most {most:,} are allowed")
        allowed = "\n\t\r" if most is None else ""
        if not all(character.isprintable() or character in allowed for character in text):
            raise self._problem(key, "has line breaks or control characters in it")
        return text

    def _in_text(self, key: str, text: str, problem: ExpressionProblem) -> ConfigProblem:
        """A mistake in an expression, with its place in it."""
        before = text[: problem.at]
        line, column = before.count("\n") + 1, problem.at - (before.rfind("\n") + 1) + 1
        place = f"line {line}, column {column}" if "\n" in text else f"column {column}"
        return self._problem(key, f"{place}: {problem.message}", problem.help)

    def _unknown(self, key: str) -> ConfigProblem:
        from difflib import get_close_matches

        match = get_close_matches(key[:LONGEST_NAME], KEYS, n=1)
        help = f"did you mean `{match[0]}`?" if match else f"a rule has {', '.join(KEYS)}"
        return self._problem("", f"has no key `{shown(key)}`", help)

    def _problem(self, key: str, message: str, help: str = "") -> ConfigProblem:
        where = f"{self.where}.{key}" if key else self.where
        return ConfigProblem(message, file=self.origin, key=where, help=help)


def _changeable(reads: Iterable[str]) -> tuple[str, ...] | None:
    """What may clear a finding: quantities and duties. None where there are only quantities, the usual."""
    nothing = Spec()
    facts = {path: fact_at(nothing, path) for path in reads}
    duties = [
        path
        for path, fact in facts.items()
        if isinstance(fact, Flag) and fact.absent and fact.impossible
    ]
    if not duties:
        return None
    return tuple(
        path for path, fact in facts.items() if path in duties or isinstance(fact, Measure)
    )


def _in_words(path: str) -> str:
    """A field in words: `labels cost each`."""
    return path.replace(".", " ").replace("_", " ")


def _primary(spec: Spec, reads: Mapping[str, str]) -> str | None:
    """Where a finding is shown of which nothing is declared: where the first field would stand."""
    for path in reads:
        fact: Any = spec
        for step in path.split("."):
            fact = getattr(fact, step)
        if fact if isinstance(fact, tuple) else fact.state is not ABSENT:
            return None
    return next(iter(reads))


def _page(
    message: Message,
    when: Expression,
    instead: Message,
    docs: str,
    bad: Sequence[str],
    good: Sequence[str],
    origin: str,
) -> str:
    """The page of a rule, made of what was declared."""
    condition = "\n".join(f"    {line}" for line in dedent(when.text).strip().splitlines())
    what = message.plain.rstrip(".")
    parts = [
        f"## What it does\nReports: {what}. {origin} declares it, of specs where\n\n{condition}"
    ]
    if bad:  # a page shows what is reported first
        blocks = [f"```yaml\n{dedent(each).strip()}\n```" for each in (*bad[:1], *good[:1])]
        parts.append("\n".join(["## Example", *blocks]))
    if instead.plain:
        parts.append(f"## What to do instead\n{instead.plain}")
    if docs:
        parts.append(f"## References\n{docs}")
    return "\n\n".join(parts)
