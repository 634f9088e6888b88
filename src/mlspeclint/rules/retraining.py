"""RTR: retraining (reason B5). Where the world moves fast, a model has to be replaced fast."""

from __future__ import annotations

from math import inf

from mlspeclint.feasibility.cost_model import assumptions, retraining_cost_per_year
from mlspeclint.feasibility.retraining import (
    ageing,
    oldest_knowledge,
    parts_of_a_retraining,
    retraining_cycle,
    retrainings_per_year,
)
from mlspeclint.knowledge import threshold
from mlspeclint.rules.common import amount, approach_words, known, listed, trained
from mlspeclint.rules.rule import (
    ARITHMETIC,
    CONVENTION,
    ERROR,
    NOTE,
    WARNING,
    Claim,
    Outcome,
    Told,
    decide,
    rule,
)
from mlspeclint.spec.kinds import DAY, YEAR
from mlspeclint.spec.quantity import YES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from mlspeclint.spec.compiled import Spec
    from mlspeclint.spec.quantity import Quantity


def _made_of(parts: Mapping[str, Quantity]) -> str:
    """The parts of a sum of which something is known: ` (preparation 2 h, training 1 day)`."""
    told = [
        f"{name} {part:duration}"
        for name, part in parts.items()
        if part.high and (part.low or part.high < inf)
    ]
    return f" ({', '.join(told)})" if told else ""


def _uncounted(total: Quantity) -> str:
    """What a sum left out because it is not declared."""
    names = ", ".join(f"`{path}`" for path in sorted(total.missing))
    return f" (not declared, counted as 0: {names})" if names else ""


def _drift(spec: Spec) -> str:
    """How fast what is learned moves, for a message."""
    moves = f"{spec.data.changes_every}"
    if moves == "unknown":
        return "how fast what is learned moves is unknown"
    return f"what is learned moves within {moves}"


@rule(
    "RTR601",
    "retraining-slower-than-its-interval",
    severity=ERROR,
    basis=ARITHMETIC,
    reads={
        "retraining.every": "the time between two retrainings",
        "compute.training_time": "one training run",
        "retraining.runs": "runs for each retraining",
        "retraining.preparation": "preparing the data",
        "retraining.validation": "validation",
        "retraining.deployment": "deployment",
        "approach.family": "the choice",
        "approach.training": "",
        "approach.incremental": "",
    },
    flips=(
        "retraining.every",
        "compute.training_time",
        "retraining.preparation",
        "retraining.validation",
        "retraining.deployment",
    ),
)
def retraining_slower_than_its_interval(spec: Spec) -> Outcome:
    """
    ## What it does
    Adds up how long a retraining takes, preparation + runs x training time + validation +
    deployment, and compares it with the time between two, `retraining.every`. For any family.

    ## Why it matters
    Deep models train slowly. A retraining that takes longer than its interval is never finished
    before the next one is due, and the model in use falls further and further behind.

    ## Example
    ```yaml
    compute: {training_time: 20 h}
    retraining: {every: daily, preparation: 3 h, validation: 4 h, deployment: 1 h}
    ```
    ```yaml
    compute: {training_time: 20 h}
    retraining: {every: weekly, preparation: 3 h, validation: 4 h, deployment: 1 h}
    ```

    ## What to do instead
    Retrain less often; update the model incrementally; fine-tune from the last model; or take a
    method that trains in minutes, such as boosted trees.

    ## When it stays quiet
    When a retraining fits into its interval, whatever the ranges hold; when it is never retrained;
    with incremental updates (`approach.incremental`). While parts are not declared and the known
    ones fit, it is undecided.

    ## References
    Plain arithmetic on the declared numbers.
    """
    cycle, every = retraining_cycle(spec), spec.retraining.every

    def told() -> Told:
        return Told(
            f"a retraining takes {known(f'{cycle:duration}', 'an unknown time')}"
            f"{_made_of(parts_of_a_retraining(spec))}, the time between two retrainings is "
            f"{every}{_uncounted(cycle)}",
            instead="retrain less often, update incrementally, or take a method that trains faster",
            marks={"approach.family": approach_words(spec)},
        )

    return decide(~spec.approach.incremental, Claim(cycle > every, ERROR, told))


@rule(
    "RTR602",
    "retraining-over-budget",
    severity=WARNING,
    basis=ARITHMETIC,
    sources=("cloud_prices", "convention"),
    as_of="2026-11",
    reads={
        "retraining.every": "the time between two retrainings",
        "budget.operations_per_year": "the budget for a year of operations",
        "retraining.cost_each": "for each retraining, besides computing",
        "retraining.runs": "runs for each retraining",
        "compute.training_time": "one training run",
        "compute.accelerators": "accelerators of a run",
        "compute.price_per_hour": "an accelerator's hour",
        "compute.accelerator": "",
        "compute.owned": "",
        "compute.training_flops": "",
        "compute.utilisation": "",
        "budget.currency": "",
        "approach.family": "",
        "approach.training": "",
        "approach.adapter": "",
        "approach.incremental": "",
        "approach.parameters": "",
        "data.words": "",
        "task.modality": "",
    },
    flips=(
        "retraining.every",
        "retraining.cost_each",
        "compute.training_time",
        "compute.price_per_hour",
        "budget.operations_per_year",
    ),
)
def retraining_over_budget(spec: Spec) -> Outcome:
    """
    ## What it does
    Adds up what a year of retraining costs, (1 year / `retraining.every`) x (runs x training time x
    accelerators x price x overhead + `retraining.cost_each`), and compares it with
    `budget.operations_per_year`. Price and training time are estimated from list prices and
    published speeds where they are not declared; the message names what was assumed.

    ## Why it matters
    Training is budgeted once and paid every time. What a model costs to keep is seldom asked before
    it is built, and often more than what it costs to build.

    ## Example
    ```yaml
    compute: {training_time: 12 h, accelerators: 8, price_per_hour: 2.50}
    retraining: {every: weekly, cost_each: 100}
    budget: {operations_per_year: 10k}
    ```
    ```yaml
    compute: {training_time: 12 h, accelerators: 8, price_per_hour: 2.50}
    retraining: {every: quarterly, cost_each: 100}
    budget: {operations_per_year: 10k}
    ```

    ## What to do instead
    Retrain when the monitoring asks for it rather than by the calendar; fine-tune from the last
    model; or take a method that trains in minutes.

    ## When it stays quiet
    When the budget covers it, whatever the ranges hold; when the model is never retrained. Without
    `budget.operations_per_year` it is undecided (CST404 asks for it).

    ## References
    Plain arithmetic on the declared numbers; list prices of accelerators and an overhead of 1 to
    1.67 times the list price where nothing is declared.
    """
    cost, budget = retraining_cost_per_year(spec), spec.budget.operations_per_year

    def told() -> Told:
        assumed = ", ".join(assumptions(spec, cost))
        times = f"{retrainings_per_year(spec):positive}"
        times = "once" if times == "1" else f"{known(times, 'an unknown number of')} times"
        bill = known(amount(spec, cost), "an unknown amount")
        return Told(
            f"retraining {times} a year costs {bill} a year, the budget for operations is "
            f"{amount(spec, budget)}"
            + (f" (assumed: {assumed})" if assumed else "")
            + _uncounted(cost),
            instead="retrain when monitoring asks for it, or take a method that trains faster",
        )

    return decide(YES, Claim(cost > budget, WARNING, told))


@rule(
    "RTR603",
    "labels-later-than-drift",
    severity=WARNING,
    basis=ARITHMETIC,
    reads={
        "labels.latency": "until the label of an event is known",
        "data.changes_every": "until what is learned has visibly moved",
    },
    flips=("labels.latency",),
)
def labels_later_than_drift(spec: Spec) -> Outcome:
    """
    ## What it does
    Compares the time until a label is known (`labels.latency`) with the time in which what is
    learned visibly moves (`data.changes_every`).

    ## Why it matters
    When the truth comes later than the change, every model learns a relation that holds no more,
    however fast it trains; and nobody sees in time that it has become worse.

    ## Example
    ```yaml
    labels: {latency: 60 d}
    data: {changes_every: 30 d}
    ```
    ```yaml
    labels: {latency: 7 d}
    data: {changes_every: 30 d}
    ```

    ## What to do instead
    Predict something that is known sooner; label a sample by hand at once; use rules that people
    can change the same day.

    ## When it stays quiet
    When labels are there before the relation has moved, whatever the ranges hold.

    ## References
    Plain arithmetic on the declared numbers.
    """
    latency, moves = spec.labels.latency, spec.data.changes_every

    def told() -> Told:
        late = f"is known {latency} later"
        if f"{latency}" == "unknown":
            late = "comes after an unknown time"
        return Told(
            f"the label of an event {late}, and {_drift(spec)}",
            instead="predict something that is known sooner, or label a sample by hand at once",
        )

    return decide(YES, Claim(latency > moves, WARNING, told))


@rule(
    "RTR604",
    "drift-unwatched",
    severity=WARNING,
    basis=CONVENTION,
    sources=("breck2017", "vela2022", "convention"),
    reads={
        "data.changes_every": "until what is learned has visibly moved",
        "retraining.monitoring": "watching in production",
        "data.split": "how the test set is split off",
    },
    flips=("retraining.monitoring", "data.split"),
)
def drift_unwatched(spec: Spec) -> Outcome:
    """
    ## What it does
    Where what is learned moves within a year (`data.changes_every`), asks for monitoring in
    production (`retraining.monitoring`, not done when absent) and for a test set that lies later
    than the training data (`data.split: time`, where a split is declared).

    ## Why it matters
    A model that has gone stale raises no error, it is only wrong more often. And a random split
    mixes the future into the training data: it measures a world that does not move.

    ## Example
    ```yaml
    data: {changes_every: 3 months, split: random}
    ```
    ```yaml
    data: {changes_every: 3 months, split: time}
    retraining: {monitoring: true}
    ```

    ## What to do instead
    Watch the inputs, the predictions and, once they are known, the errors; test on the latest data.

    ## When it stays quiet
    When the relation holds for a year or more, or nothing is declared about it; when it is watched,
    and the split is by time or not declared.

    ## References
    Breck and others, The ML Test Score, 2017, on monitoring. Vela and others, 2022, doi
    10.1038/s41598-022-15245-z: 91 % of the models that they followed became worse with time. The
    limit of a year is a convention.
    """
    moves, split = spec.data.changes_every, spec.data.split
    unwatched = ~spec.retraining.monitoring
    mixed = split.given & ~split.is_("time")

    days = threshold("drift_to_watch_days")

    def told() -> Told:
        period = "a year" if days == YEAR / DAY else f"{days:g} days"
        faults = [
            (unwatched, "the model is not watched in production", "`retraining.monitoring: true`"),
            (mixed, f"the test split is {split.text or 'not by time'}", "`data.split: time`"),
        ]
        sure = [words for truth, words, _ in faults if truth.certain]
        doubts = [words for truth, words, _ in faults if truth.open]
        cures = [cure for truth, _, cure in faults if not truth.impossible]
        return Told(
            f"{_drift(spec)}, and {listed(sure) if sure else f'perhaps {listed(doubts)}'} "
            f"(by custom what moves within {period} is watched, and tested on the latest data)",
            instead="watch inputs, predictions and errors in production, and test on the latest data",
            clears=" and ".join(cures) if len(cures) > 1 else "",
        )

    soon = moves < days * DAY
    return decide(moves.given, Claim(soon & (unwatched | mixed), WARNING, told))


@rule(
    "RTR605",
    "stale-between-retrainings",
    severity=WARNING,
    basis=ARITHMETIC,
    reads={
        "retraining.every": "the time between two retrainings",
        "data.changes_every": "until what is learned has visibly moved",
        "retraining.label_wait": "the wait for labels",
        "compute.training_time": "one training run",
        "retraining.runs": "runs for each retraining",
        "retraining.preparation": "preparing the data",
        "retraining.validation": "validation",
        "retraining.deployment": "deployment",
        "approach.family": "",
        "approach.training": "",
        "approach.incremental": "",
    },
    flips=(
        "retraining.every",
        "retraining.label_wait",
        "compute.training_time",
        "retraining.preparation",
        "retraining.validation",
        "retraining.deployment",
    ),
    yields_to={"RTR601": {"compute.training_time": 0.0}},
)
def stale_between_retrainings(spec: Spec) -> Outcome:
    """
    ## What it does
    Adds up how old what the model knows gets before a newer model replaces it, the wait for labels
    + the retraining + the time between two, and compares it with the time in which the relation
    visibly moves (`data.changes_every`). Parts that are not declared count 0; a model that is never
    retrained is stale in any case. With incremental updates (`approach.incremental`) no training is
    waited for, and `retraining.every` is the time between updates.

    ## Why it matters
    At the end of its time in use a model knows the world as it was a whole interval, a retraining
    and a wait for labels ago. When the relation has moved by then, it is wrong where it matters.

    ## Example
    ```yaml
    data: {changes_every: 7 d}
    compute: {training_time: 2 d}
    retraining: {every: weekly}
    ```
    ```yaml
    data: {changes_every: 30 d}
    compute: {training_time: 2 d}
    retraining: {every: weekly, preparation: 1 d, validation: 1 d, deployment: 1 h}
    ```

    ## What to do instead
    Retrain more often, with a method that allows it; update incrementally; let what moves fast
    enter as an input instead of being learned.

    ## When it stays quiet
    When a newer model is there before the relation has moved, whatever the ranges hold.

    ## References
    Plain arithmetic on the declared numbers.
    """
    age, moves, every = oldest_knowledge(spec), spec.data.changes_every, spec.retraining.every

    def told() -> Told:
        instead = "retrain more often, with a method that allows it, or update incrementally"
        if every.low == inf:
            return Told(f"the model is never retrained, and {_drift(spec)}", instead=instead)
        return Told(
            f"before a newer model is there, what the model in use knows is "
            f"{known(f'{age:duration}', 'an unknown time')} old{_made_of(ageing(spec))}, and "
            f"{_drift(spec)}{_uncounted(age)}",
            instead=instead,
        )

    return decide(YES, Claim(age > moves, WARNING, told))


@rule(
    "RTR606",
    "frequent-deep-retraining",
    severity=NOTE,
    basis=CONVENTION,
    sources=("he2014", "ash2020", "convention"),
    reads={
        "retraining.every": "the time between two retrainings",
        "approach.training": "the choice that has to be trained",
        "approach.family": "",
        "approach.incremental": "",
        "compute.training_time": "one training run",
    },
    flips=(),
)
def frequent_deep_retraining(spec: Spec) -> Outcome:
    """
    ## What it does
    Notes that a network which is trained from scratch or fine-tuned is to be retrained every day or
    more often, while how long a run takes is not declared.

    ## Why it matters
    Deep models train slowly, and at this rate the training time decides whether the plan works. It
    gains less than hoped, too: for one large seller of ads, training daily instead of weekly
    lowered the error by about 1 %; and a network that goes on from its last state often ends up
    worse than one from scratch.

    ## Example
    ```yaml
    approach: {family: deep_learning, training: from_scratch}
    retraining: {every: daily}
    ```
    ```yaml
    approach: {family: deep_learning, training: from_scratch}
    retraining: {every: weekly}
    ```

    ## What to do instead
    Measure how long a run takes and what a week without retraining costs, before promising a day.
    Keep what moves fast in the inputs, or in a small model on top of a network that stays as it is.

    ## When it stays quiet
    When `compute.training_time` is declared (RTR601 compares it then); with incremental updates;
    for everything that is not a trained network; beyond an interval of a day.

    ## References
    He and others, 2014, doi 10.1145/2648584.2648589, on fresh data. Ash and Adams, 2020, arXiv
    1910.08475, on warm starts. The limit of a day is a convention.
    """
    every, days = spec.retraining.every, threshold("frequent_retraining_days")

    def told() -> Told:
        limit = "once a day" if days == 1 else f"once in {days:g} days"
        return Told(
            f"`retraining.every` is {every} for {approach_words(spec)}, and how long a run takes is "
            f"not known (customary limit: {limit})",
            instead="measure a run, or keep what moves fast in the inputs or in a small model on top",
            clears=f"`compute.training_time` is declared, or `retraining.every` is above {days:g} d",
        )

    often = every <= days * DAY
    return decide(
        trained(spec, "from_scratch", "fine_tuning") & ~spec.approach.incremental,
        Claim(often & ~spec.compute.training_time.given, NOTE, told),
    )


RETRAINING = (
    retraining_slower_than_its_interval,
    retraining_over_budget,
    labels_later_than_drift,
    drift_unwatched,
    stale_between_retrainings,
    frequent_deep_retraining,
)
"""The rules of this group, in the order of their codes."""
