"""Questions that many rules ask of a spec."""

from __future__ import annotations

from math import floor, inf, isfinite

from mlspeclint.rules.contradictions import is_placeholder
from mlspeclint.spec.kinds import DAY
from mlspeclint.spec.quantity import NO, YES, Quantity, Truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mlspeclint.spec.compiled import Spec
    from mlspeclint.spec.facts import Choice, Measure

DEEP = "deep_learning"
TRAINING_WORDS = {
    "from_scratch": "trained from scratch",
    "fine_tuning": "fine-tuned",
    "frozen_features": "on frozen features",
    "few_shot": "with few-shot training",
    "zero_shot": "used zero-shot",
    "prompting": "by prompting",
}


def is_deep(spec: Spec) -> Truth:
    """Whether the chosen approach is deep learning."""
    return spec.approach.family.is_(DEEP)


def trained(spec: Spec, *trainings: str) -> Truth:
    """Whether it is deep learning, trained in one of these ways."""
    return is_deep(spec) & spec.approach.training.is_(*trainings)


DECISIONS = {"decides": "decides", "recommends": "recommends decisions"}
"""`explainability.decision` in a sentence: it decides on people."""


def family_words(family: str) -> str:
    """A family in a sentence: `deep learning`, `classical ML`."""
    return family.replace("classical_ml", "classical ML").replace("_", " ")


def approach_words(spec: Spec) -> str:
    """The chosen approach for a label: `deep learning, trained from scratch`."""
    words = family_words(spec.approach.family.text or "the approach")
    training = TRAINING_WORDS.get(spec.approach.training.text or "")
    return f"{words}, {training}" if training else words


EXAMPLES_READS = ("data.examples", "labels.labelled", "labels.test_examples")
"""What `training_examples` reads."""


def training_examples(spec: Spec) -> Quantity:
    """Training examples: labelled ones less the test set's, or all examples less it.

    `labels.labelled` counts where it is declared, else `data.examples`; an absent test set counts 0.
    """
    labels = spec.labels
    everything = spec.data.examples if labels.labelled.absent else labels.labelled
    if labels.test_examples.absent:
        return everything
    return (everything - labels.test_examples).at_least(0)


def stage_is(spec: Spec, *stages: str) -> Truth:
    """Whether the project is at one of these stages."""
    return spec.project.stage.is_(*stages)


DENIALS = ("none", "no", "nothing", "not yet", "missing")
"""Words in a text field that say that there is nothing to tell."""


def stated(text: Choice) -> Truth:
    """Whether a duty that is told in words is done: not where a placeholder or `none` stands for them."""
    words = text.text
    if words is None:
        return text.given
    return NO if is_placeholder(words) or words.strip(" .").lower() in DENIALS else YES


def in_regulated_domain(spec: Spec) -> Truth:
    """Whether it is used in a regulated domain; undecided where nobody declared one."""
    return ~spec.explainability.domain.is_("none")


def plan_start(spec: Spec) -> Quantity:
    """The day on which the plan starts: `project.created`, else today; a given `--today` wins when later."""
    created, given = spec.project.created, spec.today
    if not created.absent:
        return created if given is None else created.at_least(given)
    return Quantity(spec.now, spec.now)


def over_budget(spec: Spec, cost: Quantity, own: Measure) -> tuple[Truth, Truth]:
    """Whether a cost is above the budget of its own, and whether it is above `budget.total`.

    Where one of the two is not declared the other decides alone: a team that budgets labels but no total
    has said what labels may cost. The whole is at least its part, so an `unknown` total adds no doubt.
    """
    total = spec.budget.total
    over_own, over_total = cost > own, cost > total
    if own.given.certain and not total.given.certain:
        return over_own, NO
    if own.absent and not total.absent:
        return NO, over_total
    return over_own, over_total


def amount(spec: Spec, quantity: Quantity) -> str:
    """An amount of money with its currency: `65.8k..94k USD`."""
    text, currency = f"{quantity:money}", spec.budget.currency.text
    return f"{text} {currency}" if currency and text != "unknown" else text


def count_of(quantity: Quantity) -> str:
    """How many whole ones, before the name of the things: `1,200`, `an unknown number of`."""
    low, high = (
        floor(end + 1e-6) if isfinite(end) else end for end in (quantity.low, quantity.high)
    )
    return known(f"{Quantity(low, high):count}", "an unknown number of")


def known(text: str, otherwise: str) -> str:
    """A quantity as it is shown, or other words where it is unknown."""
    return otherwise if text == "unknown" else text


def days_of(time: Quantity) -> str:
    """How long a piece of work takes, in days of the calendar: `takes 3.5 days`, `never ends`."""
    days = time / DAY
    if days.low == inf:
        return "never ends"
    if days.low > 0 and days.high == inf:
        return f"takes {days.low:.4g} days or more"
    return f"takes {known(f'{days:positive}', 'an unknown number of')} days"


def told_of(
    parts: Mapping[str, tuple[Truth, tuple[str, ...]]], word: str = "and"
) -> tuple[str, dict[str, str]]:
    """Which of several things a message tells, joined by a word: the certain ones, or the possible ones
    where none is certain. And marks that take the labels away from the places of the others.

    `parts` holds, by what they are called, whether each is so and the paths of its places.
    """
    sure = any(truth.certain for truth, _ in parts.values())
    told = [
        name
        for name, (truth, _) in parts.items()
        if truth.certain or not (sure or truth.impossible)
    ]
    shown = {path for name in told for path in parts[name][1]}
    return listed(told, word), {
        path: "" for _, paths in parts.values() for path in paths if path not in shown
    }


def listed(words: Sequence[str], word: str = "and") -> str:
    """Several things in a sentence: `a, b and c`."""
    *first, last = words
    return f"{', '.join(first)} {word} {last}" if first else last
