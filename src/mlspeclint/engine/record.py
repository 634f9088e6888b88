"""What a decision record tells of a plan: its facts in words, as they were declared."""

from __future__ import annotations

from mlspeclint.rules.common import amount, approach_words
from mlspeclint.spec.facts import DECLARED, UNKNOWN, Choice, Flag, Items, Measure, Section

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlspeclint.spec.compiled import Alternative, Spec
    from mlspeclint.spec.facts import Fact

STATUS = {
    "idea": "draft",
    "proposal": "proposed",
    "pilot": "accepted for a pilot",
    "production": "accepted",
    "retired": "retired",
}
"""What the stage of a project makes of its decision."""
TOLD_APART = ("alternatives", "waivers")
"""Lists that have a section of their own in a record."""


class DeclaredFact:
    """A fact that the spec declares: its path, and its value in words (None: it is `unknown`)."""

    __slots__ = ("path", "text")

    def __init__(self, path: str, text: str | None) -> None:
        self.path = path
        self.text = text


def status(spec: Spec) -> str:
    """The status of the decision, from the stage of the project."""
    return STATUS.get(spec.project.stage.text or "", "unknown")


def decision(spec: Spec) -> str:
    """What was decided, in a sentence."""
    approach = spec.approach
    details = [
        approach.algorithm.text,
        approach.architecture.text,
        None if approach.parameters.absent else f"{approach.parameters} parameters",
        f"on {approach.base_model.name.text}" if approach.base_model.name.text else None,
        f"run by {_HOSTS[approach.hosting.text]}" if approach.hosting.text else None,
    ]
    told = ", ".join(detail for detail in details if detail)
    return f"{approach_words(spec)} ({told})" if told else approach_words(spec)


_HOSTS = {"own": "the organisation itself", "vendor": "a vendor"}


def declared_facts(spec: Spec) -> list[DeclaredFact]:
    """Every fact that the file declares, in the order of the format."""
    return [
        fact
        for name in type(spec).FIELDS
        if name not in TOLD_APART
        for fact in _facts_of(spec, getattr(spec, name, None), name)
    ]


def _facts_of(spec: Spec, holder: object, path: str) -> Iterator[DeclaredFact]:
    if isinstance(holder, Section):
        for name in type(holder).FIELDS:
            if name in vars(holder):
                yield from _facts_of(spec, vars(holder)[name], f"{path}.{name}")
    elif isinstance(holder, Items):
        yield DeclaredFact(path, None if holder.unknown else _list(spec, holder))
    elif isinstance(holder, Measure | Choice | Flag) and holder.state in (DECLARED, UNKNOWN):
        yield DeclaredFact(path, value(spec, holder))


def value(spec: Spec, fact: Fact) -> str | None:
    """A fact in words; None where it is unknown or absent."""
    if isinstance(fact, Measure):
        if fact.state is not DECLARED:
            return None
        return amount(spec, fact) if fact.kind.name == "money" else f"{fact}"
    if isinstance(fact, Flag):
        return None if fact.value is None else "yes" if fact.value else "no"
    return fact.text


def _list(spec: Spec, items: Items[object]) -> str:
    told = []
    for item in items:
        if isinstance(item, Section):
            values = (value(spec, fact) for fact in vars(item).values())
            told.append(": ".join(text for text in values if text))
        elif isinstance(item, Measure | Choice | Flag):
            told.append(value(spec, item) or "unknown")
    return "; ".join(told) or "none"


def alternative_words(spec: Spec, entry: Alternative) -> dict[str, str]:
    """An alternative in words, by what is told of it; what is absent is left out."""
    family = (entry.family.text or "unknown").replace("classical_ml", "classical ML")
    training = (entry.training.text or "").replace("_", " ")
    parts = (family.replace("_", " "), training, entry.algorithm.text)
    score = value(spec, entry.score)
    if score and entry.metric.text:
        score += f" {entry.metric.text}"
    told = {
        "approach": ", ".join(part for part in parts if part),
        "status": entry.status.text,
        "score": score,
        "training time": value(spec, entry.training_time),
        "cost": value(spec, entry.cost),
        "reason": entry.reason.text,
    }
    return {name: text for name, text in told.items() if text}
