"""The approaches side by side: a spec as it would be if another approach had been chosen.

The facts of the problem stay: task, data, labels at hand, budgets, machines, volume, target, people. The
facts of the chosen approach (`OWN`) say nothing of another one. They come from its entry in `alternatives`,
from what the approach is (what is prompted trains nothing), or from published figures as an interval; what
is known from nowhere is absent, and rules wait for it. Nothing is carried over silently: `Altered` lists
where each such fact comes from, and which were left out.
"""

from __future__ import annotations

from functools import cache
from math import inf

from mlspeclint.feasibility.cost_model import CostModel
from mlspeclint.feasibility.training_compute import price_per_hour
from mlspeclint.knowledge import algorithm_kind, threshold, training_time_ratio
from mlspeclint.rules.common import DEEP, TRAINING_WORDS
from mlspeclint.rules.standing import better
from mlspeclint.spec.facts import DECLARED, UNKNOWN, UNREADABLE, Choice, Items, Measure, absent_flag
from mlspeclint.spec.kinds import COUNT, FRACTION, MONEY
from mlspeclint.spec.quantity import Quantity, Truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from mlspeclint.spec.compiled import Alternative, Spec
    from mlspeclint.spec.facts import Section

OWN = {
    "approach": (
        "training", "algorithm", "architecture", "parameters", "adapter", "hosting", "incremental",
        "base_model",
    ),
    "data": ("required",),
    "labels": ("required",),
    "budget": ("build",),
    "compute": ("accelerators", "training_time", "training_flops", "experiments", "utilisation"),
    "serving": ("latency", "cost_per_1000", "error_rate", "model_memory"),
    "target": ("pilot", "pilot_examples", "curve", "external_test"),
    "explainability": ("method", "validated"),
    "retraining": ("runs", "cost_each"),
    "people": ("fairness_tested",),
}  # fmt: skip
"""The facts of the chosen approach, by section. All others are facts of the problem, or of the organisation:
budgets are limits, and `retraining.preparation`, `validation` and `deployment` are steps of any model."""

WAITED_FOR = {
    "approach": ("base_model",),
    "compute": ("training_time",),
    "serving": ("error_rate",),
}
"""Own facts whose absence would say something ("nobody has named a base model"): of another approach nothing
is known yet, and rules wait."""

UNDONE = {
    "target": ("external_test",),
    "explainability": ("validated",),
    "people": ("fairness_tested",),
}
"""Duties that were done, or not, for the chosen approach. Of another one it is open, not undone."""

PRICE = frozenset(("compute.price_per_hour",))
TRAINS_NOTHING = ("rules", "prompting", "zero_shot")
MOST_VARIANTS = 8
"""Entries of `alternatives` that are tried as one approach."""


class Approach:
    """An approach: its key, what it is called, and its family and training in a spec."""

    __slots__ = ("family", "key", "training", "words")

    def __init__(self, key: str, words: str, family: str, training: str | None = None) -> None:
        self.key = key
        self.words = words
        self.family = family
        self.training = training

    def __repr__(self) -> str:
        return f"<approach {self.key}>"


APPROACHES = (
    Approach("rules", "rules", "rules"),
    Approach("statistics", "statistics", "statistics"),
    Approach("classical_ml", "classical ML", "classical_ml"),
    Approach("prompting", "prompting", DEEP, "prompting"),
    Approach("few_shot", "few-shot", DEEP, "few_shot"),
    Approach("frozen_features", "frozen features", DEEP, "frozen_features"),
    Approach("fine_tuning", "fine-tuned", DEEP, "fine_tuning"),
    Approach("from_scratch", "from scratch", DEEP, "from_scratch"),
)
"""The approaches that are compared, from the simplest up."""


def chosen(spec: Spec) -> Approach:
    """The approach that the spec declares: one of `APPROACHES`, or one of its own."""
    family, training = spec.approach.family.text, spec.approach.training.text
    for approach in APPROACHES:
        if (approach.family, approach.training) == (family, training):
            return approach
    if training is None:
        return Approach("deep_learning", "deep learning", family or DEEP)
    return Approach(training, TRAINING_WORDS[training].removeprefix("used "), DEEP, training)


class Origin:
    """Where a fact of another approach comes from: its path, its value, and the source in words.

    `estimate` tells that it is an interval from published figures or from a convention.
    """

    __slots__ = ("estimate", "fact", "path", "source")

    def __init__(self, path: str, fact: Any, source: str, *, estimate: bool = False) -> None:
        self.path = path
        self.fact = fact
        self.source = source
        self.estimate = estimate


class Altered:
    """A spec as it would be with another approach.

    `spec` has the estimates in it, `certain` has not (it is the same object where there are none).
    `index` is that of the entry in `alternatives` that the approach was taken from.
    """

    __slots__ = ("approach", "certain", "entry", "index", "left_out", "origins", "spec")

    def __init__(
        self,
        approach: Approach,
        spec: Spec,
        *,
        certain: Spec | None = None,
        origins: tuple[Origin, ...] = (),
        left_out: tuple[str, ...] = (),
        entry: Alternative | None = None,
        index: int | None = None,
    ) -> None:
        self.approach = approach
        self.spec = spec
        self.certain = certain or spec
        self.origins = origins
        self.left_out = left_out
        self.entry = entry
        self.index = index

    @property
    def rejected(self) -> str | None:
        """Why it was rejected; None if it was not."""
        entry = self.entry
        if entry is None or not entry.status.is_("rejected").certain:
            return None
        return entry.reason.text or "no reason is declared"


def variants(spec: Spec, approach: Approach) -> list[Altered]:
    """The spec with an approach: once for each entry of `alternatives` that is of it, and once without any.

    The declared approach is the spec as it is.
    """
    if approach.key == chosen(spec).key:
        return [Altered(approach, spec)]
    entries = [
        (index, each) for index, each in enumerate(spec.alternatives) if _is_of(each, approach)
    ]
    if not entries:
        return [_altered(spec, approach, None, None)]
    return [_altered(spec, approach, each, index) for index, each in entries[:MOST_VARIANTS]]


def _is_of(entry: Alternative, approach: Approach) -> bool:
    same = entry.family.text == approach.family
    return same and (approach.training is None or entry.training.text == approach.training)


def reaches_target(spec: Spec) -> Truth | None:
    """Whether what was measured of the approach reaches the target; None where one of the two is missing."""
    value, pilot = spec.target.value, spec.target.pilot
    if not (value.given.certain and pilot.given.certain):
        return None
    return ~better(spec, value, pilot)


def unusual(spec: Spec, approach: Approach) -> str | None:
    """Why an approach is not customary for such data or such a task; None if it is."""
    entry = _customs().get(approach.key)
    if entry is None:
        return None
    task = spec.task
    if (task.modality.is_(*entry["modalities"]) | task.type.is_(*entry["tasks"])).certain:
        because: str = entry["because"]
        return because
    return None


@cache
def _customs() -> dict[str, Any]:
    from mlspeclint.knowledge.pages import table

    return table("approaches")


def _altered(
    spec: Spec, approach: Approach, entry: Alternative | None, index: int | None
) -> Altered:
    """The spec with another approach, of which `entry` tells what is known."""
    left_out = tuple(_declared_own(spec, approach))
    origins = list(_origins(spec, approach, entry, index))
    bare = _bare(spec, approach, entry)
    certain = _with(bare, (each for each in origins if not each.estimate))
    if entry is not None and not entry.cost.absent:
        build = Origin("budget.build", _build(certain, entry.cost), f"alternatives[{index}]")
        origins.append(build)
        certain = _with(certain, (build,))
    whole = _with(certain, (each for each in origins if each.estimate))
    return Altered(
        approach,
        whole,
        certain=certain,
        origins=tuple(origins),
        left_out=left_out,
        entry=entry,
        index=index,
    )


def _build(spec: Spec, cost: Measure) -> Measure:
    """What people cost until the release, where `cost` is all that is paid until then.

    What is known of collecting, labelling and training comes off, so that nothing counts twice.
    """
    model = CostModel(spec)
    known = sum(part.cost.low for part in model.once if part.name != "build")
    low, high = max(cost.low - known, 0.0), max(cost.high - known, 0.0)
    return Measure("budget.build", cost.kind, low, high, cost.state)


def _declared_own(spec: Spec, approach: Approach) -> Iterable[str]:
    """The declared facts that say nothing of another approach."""
    for section, names in OWN.items():
        holder = vars(getattr(spec, section))
        for name in names:
            fact = holder.get(name)
            if fact is not None and getattr(fact, "state", DECLARED) in (DECLARED, UNKNOWN):
                yield f"{section}.{name}"
    if approach.family != DEEP and spec.compute.price_per_hour.given.certain:
        yield "compute.price_per_hour"


def _bare(spec: Spec, approach: Approach, entry: Alternative | None) -> Spec:
    """The spec with that approach, and without any fact of the chosen one."""
    changed: dict[str, Any] = {}
    for name, own in OWN.items():
        section: Section = getattr(spec, name)
        facts: dict[str, Any] = {
            field: fact for field, fact in vars(section).items() if field not in own
        }
        for field in WAITED_FOR.get(name, ()):
            if field != "training_time" or approach.key not in TRAINS_NOTHING:
                facts[field] = section.FIELDS[field].unreadable(f"{name}.{field}")
        for field in UNDONE.get(name, ()):
            facts[field] = absent_flag(f"{name}.{field}")
        changed[name] = type(section)(facts)
    declared = spec.approach
    facts = vars(changed["approach"])
    facts["family"] = Choice("approach.family", approach.family, DECLARED, declared.family.options)
    if approach.training:
        options = declared.training.options
        facts["training"] = Choice("approach.training", approach.training, DECLARED, options)
    if approach.family != DEEP:
        price = Measure("compute.price_per_hour", MONEY, 0.0, inf, UNREADABLE, PRICE)
        vars(changed["compute"])["price_per_hour"] = price
    if approach.key == "from_scratch":
        # Nothing to wait for: what is trained from scratch builds on no other model.
        facts.pop("base_model", None)
    changed["alternatives"] = _others(spec, entry)
    return spec.having(**changed)


def _others(spec: Spec, entry: Alternative | None) -> Items[Alternative]:
    """The alternatives to another approach: the chosen one among them, the other one no more."""
    if spec.alternatives.unknown:
        return spec.alternatives
    rest = [each for each in spec.alternatives if each is not entry]
    approach, target, path = spec.approach, spec.target, f"alternatives[{len(spec.alternatives)}]"
    measured = target.pilot.given
    status = "measured" if measured.certain else None if measured.open else "considered"
    from mlspeclint.spec.compiled import Alternative

    facts: dict[str, Any] = {
        "family": approach.family,
        "training": approach.training,
        "algorithm": approach.algorithm,
        "status": Choice(f"{path}.status", status, DECLARED if status else UNKNOWN),
    }
    if not measured.impossible:
        facts["score"] = target.pilot
    if not spec.compute.training_time.absent:
        facts["training_time"] = spec.compute.training_time
    return Items((*rest, Alternative(facts)))


def _with(spec: Spec, origins: Iterable[Origin]) -> Spec:
    """The spec with facts of other origin in it."""
    for origin in origins:
        section, _, name = origin.path.partition(".")
        spec = spec.having(**{section: getattr(spec, section).having(**{name: origin.fact})})
    return spec


def _origins(
    spec: Spec, approach: Approach, entry: Alternative | None, index: int | None
) -> Iterable[Origin]:
    """What is known of another approach, and from where."""
    found: list[Origin] = []
    if entry is not None:
        found += _of_entry(spec, entry, f"alternatives[{index}]")
    elif spec.target.baseline_kind.is_(approach.family).certain:
        score = spec.target.baseline
        if not score.absent:
            found.append(Origin("target.pilot", _moved(score, "target.pilot"), "target.baseline"))
    found += _error_rate(spec, found)
    found += _required(spec, approach)
    if approach.family != DEEP:
        found += _price(spec, approach)
    if not any(each.path == "compute.training_time" for each in found):
        found += _training_time(spec, approach, entry)
    return found


def _moved(fact: Measure, path: str) -> Measure:
    """A quantity of an alternative in the place that it has for the chosen approach."""
    return Measure(path, fact.kind, fact.low, fact.high, fact.state)


def _of_entry(spec: Spec, entry: Alternative, source: str) -> Iterable[Origin]:
    """What an entry of `alternatives` tells."""
    if not entry.algorithm.absent:
        algorithm = Choice("approach.algorithm", entry.algorithm.text, entry.algorithm.state)
        yield Origin("approach.algorithm", algorithm, source)
    metric = spec.target.metric
    same_metric = entry.metric.absent or (
        metric.text is not None and entry.metric.is_(metric.text).certain
    )
    if entry.status.is_("measured").certain and same_metric and not entry.score.absent:
        yield Origin("target.pilot", _moved(entry.score, "target.pilot"), source)
    if not entry.training_time.absent:
        time = _moved(entry.training_time, "compute.training_time")
        yield Origin("compute.training_time", time, source)


def _error_rate(spec: Spec, found: list[Origin]) -> Iterable[Origin]:
    """The error rate that follows from a measured accuracy."""
    if not spec.target.metric.is_("accuracy").certain:
        return
    for origin in found:
        if origin.path == "target.pilot" and origin.fact.state is DECLARED:
            rate = (1 - origin.fact).at_least(0).at_most(1)
            fact = Measure("serving.error_rate", FRACTION, rate.low, rate.high)
            yield Origin("serving.error_rate", fact, f"1 - accuracy of {origin.source}")


def _required(spec: Spec, approach: Approach) -> Iterable[Origin]:
    """The labels and examples that an approach needs, where that is known at all."""
    tests = spec.labels.test_examples
    tested = Quantity(0.0, 0.0) if tests.absent else tests
    if approach.key in TRAINS_NOTHING:
        source = "trains on no examples, needs a test set"
        for path in ("labels.required", "data.required"):
            yield Origin(path, Measure(path, COUNT, tested.low, tested.high), source)
    elif approach.key == "few_shot" and not spec.data.classes.absent:
        few, many = threshold("few_shot_per_class"), threshold("few_labels_per_class")
        needed = Quantity(few, many) * spec.data.classes + tested
        if spec.task.type.is_("classification").certain and needed.high < inf:
            source = f"{few:g}..{many:g} labels a class, as few-shot methods are usually reported"
            for path in ("labels.required", "data.required"):
                fact = Measure(path, COUNT, needed.low, needed.high)
                yield Origin(path, fact, source, estimate=True)


def _price(spec: Spec, approach: Approach) -> Iterable[Origin]:
    """What an hour of a machine without an accelerator costs: at most what one with it does."""
    price = price_per_hour(spec)
    if approach.key not in TRAINS_NOTHING and price.high < inf:
        fact = Measure("compute.price_per_hour", MONEY, 0.0, price.high)
        source = "at most the price of an accelerator's hour"
        yield Origin("compute.price_per_hour", fact, source, estimate=True)


def _training_time(spec: Spec, approach: Approach, entry: Alternative | None) -> Iterable[Origin]:
    """How long boosted trees train where a network's time is known, and the other way round: on tables,
    by the middle half of the published comparisons."""
    time = spec.compute.training_time
    if not (spec.task.modality.is_("tabular").certain and time.given.certain):
        return
    pair = (chosen(spec).key, approach.key)
    ratio = training_time_ratio()
    span = Quantity(ratio.lower, ratio.upper)
    if pair == ("from_scratch", "classical_ml") and _may_be_trees(entry):
        estimate = time / span
    elif pair == ("classical_ml", "from_scratch") and _is_trees(spec.approach.algorithm):
        estimate = time * span
    else:
        return
    source = (
        f"networks took {ratio.lower:g} to {ratio.upper:g} times as long as boosted trees in the middle "
        f"half of {ratio.count} published comparisons"
    )
    fact = time.at(estimate.low, estimate.high)
    yield Origin("compute.training_time", fact, source, estimate=True)


def _may_be_trees(entry: Alternative | None) -> bool:
    return entry is None or entry.algorithm.absent or _is_trees(entry.algorithm)


def _is_trees(algorithm: Choice) -> bool:
    return algorithm_kind(algorithm.text) == "boosted_trees"
