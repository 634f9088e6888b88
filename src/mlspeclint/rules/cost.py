"""CST: budget, infrastructure and total cost (reasons A4 and B1). Cost and benefit must add up."""

from __future__ import annotations

from math import ceil, inf

from mlspeclint.feasibility.cost_model import assumptions, cost_model, item_costs, undeclared
from mlspeclint.feasibility.training_compute import (
    TIME,
    accelerator_memory,
    training_compute,
    training_memory,
    training_time,
)
from mlspeclint.knowledge import threshold
from mlspeclint.rules.common import (
    amount,
    approach_words,
    is_deep,
    known,
    over_budget,
    plan_start,
    stage_is,
    trained,
)
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
from mlspeclint.spec.kinds import DAY
from mlspeclint.spec.quantity import NO, TOLERANCE, YES, Quantity, Truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.feasibility.cost_model import Part
    from mlspeclint.feasibility.training_compute import TrainingCompute
    from mlspeclint.spec.compiled import Spec
    from mlspeclint.spec.facts import Measure

TRAINING_TIME = {
    "compute.training_time": "one training run",
    "compute.training_flops": "operations of one run",
    "compute.accelerators": "accelerators for a run",
    "compute.accelerator": "",
    "compute.utilisation": "",
    "approach.family": "the choice",
    "approach.training": "",
    "approach.adapter": "",
    "approach.parameters": "",
    "task.modality": "",
    "data.words": "",
}
"""What the time of a run is computed from."""

COMPUTE = {
    **TRAINING_TIME,
    "compute.experiments": "training runs until the release",
    "compute.price_per_hour": "for an accelerator's hour",
    "compute.owned": "",
    "budget.currency": "",
}
"""What the cost of training is computed from."""

ITEM = {
    "manual_process.cost_per_item": "an item by hand",
    "manual_process.minutes_per_item": "people's time for an item",
    "manual_process.wage_per_hour": "an hour of it",
    "manual_process.error_rate": "people's errors",
    "manual_process.cost_per_error": "what an error costs",
    "serving.cost_per_1000": "what the model's answers cost",
    "serving.error_rate": "the model's errors",
    "serving.human_review_share": "the share that people still look at",
    "target.metric": "",
    "target.value": "",
    "budget.currency": "",
}
"""What the saving of an item is computed from."""

FIXED = {
    "budget.build": "people until the release",
    "budget.operations_per_year": "running and keeping the model, a year",
    "budget.horizon": "over this time",
    "data.required": "",
    "data.examples": "",
    "data.collection_cost_each": "for each example to be collected",
    "data.availability": "",
    "labels.required": "",
    "labels.labelled": "",
    "labels.cost_each": "for each label",
    "labels.time_each": "",
    "labels.wage_per_hour": "",
    "labels.per_item": "",
    "labels.review_share": "",
    "labels.needed": "",
    **COMPUTE,
    "approach.incremental": "",
    "retraining.every": "how often it is trained anew",
    "retraining.runs": "",
    "retraining.cost_each": "a retraining, besides computing",
}
"""What all costs but serving are computed from."""


def _notes(assumed: list[str], without: list[str]) -> str:
    """The end of a message: what was assumed, and which parts count 0 for want of facts."""
    notes = f"; assumed: {', '.join(assumed)}" if assumed else ""
    if without:
        notes += f"; without what is not declared of {', '.join(without)}"
    return notes


def _more_with(without: list[str]) -> str:
    """The end of a condition that no single number meets while parts of the sum are absent."""
    return f"(more with what is not declared of {', '.join(without)})"


def _bill(spec: Spec, quantity: Quantity) -> str:
    return known(amount(spec, quantity), "an unknown amount")


def _number(quantity: Measure) -> str:
    return known(f"{quantity}", "an unknown number of")


def _runs(spec: Spec, compute: TrainingCompute) -> str:
    """What training costs are made of: `20 runs of 12 h on 8 accelerators at 2.5 USD an hour`."""
    count = spec.compute.accelerators
    several = "accelerator" if count.high == 1 else "accelerators"
    if compute.hours.assumed & TIME:
        size = f"{compute.hours:number} accelerator hours"
    else:
        time = known(f"{spec.compute.training_time}", "unknown length")
        size = f"{time} on {_number(count)} {several}"
    price = known(amount(spec, compute.price), "an unknown price")
    runs = "run" if spec.compute.experiments.high == 1 else "runs"
    return f"{_number(spec.compute.experiments)} {runs} of {size} at {price} an hour"


@rule(
    "CST401",
    "compute-over-budget",
    severity=ERROR,
    basis=ARITHMETIC,
    sources=("kaplan2020", "chowdhery2022", "cloud_prices"),
    as_of="2026-11",
    reads={
        **COMPUTE,
        "budget.compute": "the budget for compute",
        "budget.total": "the whole budget",
    },
    flips=(
        "compute.experiments",
        "compute.training_time",
        "compute.price_per_hour",
        "budget.compute",
        "budget.total",
    ),
)
def compute_over_budget(spec: Spec) -> Outcome:
    """
    ## What it does
    Multiplies training runs x training time x accelerators x price an hour x overhead, and compares the
    result with `budget.compute` and `budget.total`. Overhead is 1.0 to 1.67: storage, network, idle time
    and failed runs come on top of the accelerators' price, which is 60 to 100 % of a usual bill.

    An absent price is taken from the list prices of `compute.accelerator` (US dollars, not for owned
    accelerators), an absent training time from `compute.training_flops`, or from 6 x parameters x tokens
    for networks that learn from text. Such estimates are intervals, and the message names them.

    ## Why it matters
    One training run is affordable more often than the twenty that a model takes until it is good enough.

    ## Example
    ```yaml
    compute: {training_time: 12 h, experiments: 20, accelerators: 8, price_per_hour: 25..31}
    budget: {compute: 15k}
    ```
    Fewer runs of a smaller network:
    ```yaml
    compute: {training_time: 4 h, experiments: 20, accelerators: 2, price_per_hour: 25..31}
    budget: {compute: 15k}
    ```

    ## What to do instead
    Start from a pretrained network, which takes shorter runs; try ideas on a part of the data; or use a
    method that trains on the machines that are there.

    ## When it stays quiet
    When the runs can be paid, whatever the ranges hold. The lowest cost must be above the budget for an
    error. Without a price, and for accelerators of one's own, there is no sum: it is undecided.

    ## References
    Arithmetic on the declared numbers. Kaplan and others 2020 for 6 x parameters x tokens; Chowdhery and
    others 2022 for the share of the peak speed that is reached; list prices of seven sellers.
    """
    compute = training_compute(spec)
    over_own, over_total = over_budget(spec, compute.cost, spec.budget.compute)

    def told(whose: str, budget: Measure) -> Told:
        notes = _notes(assumptions(spec, compute.cost), [])
        return Told(
            f"compute costs {_bill(spec, compute.cost)} ({_runs(spec, compute)}{notes}), "
            f"{whose} is {amount(spec, budget)}",
            instead="start from a pretrained network, or try ideas on a part of the data",
            marks={"approach.family": approach_words(spec)},
        )

    return decide(
        YES,
        Claim(over_own, ERROR, lambda: told("the budget for compute", spec.budget.compute)),
        Claim(over_total, ERROR, lambda: told("the whole budget", spec.budget.total)),
    )


def _declared(quantity: Quantity) -> Truth:
    """Whether no fact is absent that the quantity is made of."""
    return Truth(None, quantity.missing) if quantity.missing else YES


@rule(
    "CST402",
    "never-pays-back",
    severity=ERROR,
    basis=ARITHMETIC,
    reads=ITEM,
    flips=(
        "serving.cost_per_1000",
        "serving.human_review_share",
        "serving.error_rate",
        "target.value",
        "manual_process.cost_per_item",
        "manual_process.minutes_per_item",
        "manual_process.cost_per_error",
    ),
)
def never_pays_back(spec: Spec) -> Outcome:
    """
    ## What it does
    Compares what an item costs by hand and with the model. The saving of an item is (1 - the share that
    people still review) x its cost by hand - the cost of serving - (the model's error rate - people's) x
    the cost of an error. If it is not above 0, no volume ever pays the project back.

    The cost by hand is `manual_process.cost_per_item`, or minutes x wage. The model's error rate is
    `serving.error_rate`, or 1 - `target.value` where the metric is accuracy.

    ## Why it matters
    At times people who check by hand are cheaper: where an answer of the model costs as much as a minute
    of work, where most items are reviewed anyway, or where its errors are dear.

    ## Example
    ```yaml
    manual_process: {minutes_per_item: 1, wage_per_hour: 24}
    serving: {cost_per_1000: 50, human_review_share: 90%}
    ```
    The same work with few items to review:
    ```yaml
    manual_process: {minutes_per_item: 1, wage_per_hour: 24}
    serving: {cost_per_1000: 50, human_review_share: 10%}
    ```

    ## What to do instead
    Keep the manual process, with rules for the plain cases, until errors or serving are cheaper.

    ## When it stays quiet
    When every item saves something. Without the cost of an item by hand and the cost of serving it is
    undecided.

    ## References
    Plain arithmetic on the declared numbers.
    """
    item = item_costs(spec)
    # A difference of amounts is 0 but for rounding errors, which are small beside the amounts.
    nothing = TOLERANCE * item.by_hand.low
    loses = ~(item.saving > nothing) & _declared(item.by_hand) & _declared(item.serving)

    def told() -> Told:
        parts = [f"serving {item.serving:money}"]
        if item.review.high:
            parts.append(f"review {item.review:money}")
        if item.errors.high or item.errors_by_hand.high:
            parts.append(f"errors {item.errors:money}")
        notes = _notes(assumptions(spec, item.saving), [])
        return Told(
            "the model saves nothing: an item costs "
            f"{_bill(spec, item.by_hand + item.errors_by_hand)} by hand and "
            f"{_bill(spec, item.serving + item.review + item.errors)} with the model "
            f"({', '.join(parts)}), a saving of {_bill(spec, item.saving)}, so that no volume pays it "
            f"back{notes}",
            instead="keep the manual process, with rules for the plain cases",
        )

    return decide(YES, Claim(loses, ERROR, told))


@rule(
    "CST403",
    "below-break-even-volume",
    severity=WARNING,
    basis=ARITHMETIC,
    sources=("cloud_prices",),
    as_of="2026-11",
    reads={"serving.items_per_month": "the volume", **ITEM, **FIXED},
    flips=(
        "serving.items_per_month",
        "serving.cost_per_1000",
        "serving.human_review_share",
        "budget.build",
        "budget.operations_per_year",
        "budget.horizon",
    ),
    yields_to={"CST402": {}},
)
def below_break_even_volume(spec: Spec) -> Outcome:
    """
    ## What it does
    Computes the break-even volume, (build + training + years x upkeep) / (12 x years x saving of an item),
    and compares `serving.items_per_month` with it. Build is `budget.build`, collecting and labelling;
    upkeep is `budget.operations_per_year` and the retrainings.

    ## Why it matters
    Volume turns the sum round: the same model loses money on a thousand items a month and earns it on a
    hundred thousand. The check is cheap before the project and useless after it.

    ## Example
    ```yaml
    manual_process: {cost_per_item: 0.60}
    serving: {items_per_month: 2k, cost_per_1000: 5}
    budget: {build: 150k, operations_per_year: 30k, horizon: 3 y}
    ```
    Volume enough, and everything else declared:
    ```yaml
    manual_process: {cost_per_item: 0.60}
    serving: {items_per_month: 80k, cost_per_1000: 5}
    budget: {build: 150k, operations_per_year: 30k, horizon: 3 y}
    data: {availability: available}
    labels: {needed: false}
    compute: {training_time: 4 h, experiments: 20, price_per_hour: 2}
    retraining: {every: quarterly, cost_each: 500}
    ```

    ## What to do instead
    Do it by hand until the volume is there; automate the most frequent cases by rules; share the model
    with others who have the same items.

    ## When it stays quiet
    From the break-even volume on, whatever the ranges hold; where CST402 says that no volume pays back.
    Absent costs count 0; without the cost of an item by hand, the cost of serving and the volume it is
    undecided.

    ## References
    Arithmetic on the declared numbers, with the estimates of CST401.
    """
    item, model = item_costs(spec), cost_model(spec)
    # Multiplied out, so that it holds where the saving may be below 0.
    below = 12 * model.items_per_month * item.saving < model.fixed_per_year

    def told() -> Told:
        fixed = model.fixed
        assumed = assumptions(
            spec, item.saving, model.years, *(part.cost for part in _counted(fixed))
        )
        volume = model.break_even_volume
        limit, without, clears = "no volume breaks even", undeclared(fixed), ""
        if volume.low < inf:
            first = ceil(volume.low - 1e-6)
            least = f"{Quantity(first, first):count}"
            limit = f"break-even is at {least if volume.high == inf else f'{volume:count}'}"
            limit += " or more" if volume.high == inf else ""
            if without:
                clears = f"`serving.items_per_month` is at least {least} {_more_with(without)}"
        return Told(
            f"{_number(spec.serving.items_per_month)} items a month, {limit}: "
            f"{_bill(spec, model.upfront)} until the release, "
            f"{_bill(spec, model.upkeep_per_year)} of upkeep a year, "
            f"{_bill(spec, item.saving)} saved an item{_notes(assumed, without)}",
            instead="do it by hand until the volume is there, or automate the frequent cases by rules",
            clears=clears,
        )

    return decide(
        YES, Claim(below & _declared(item.by_hand) & _declared(item.serving), WARNING, told)
    )


def _counted(parts: tuple[Part, ...]) -> list[Part]:
    """The parts that are more than a possibility."""
    return [part for part in parts if part.known and part.cost.high]


@rule(
    "CST404",
    "upkeep-not-budgeted",
    severity=WARNING,
    basis=CONVENTION,
    sources=("sculley2015",),
    reads={
        "budget.operations_per_year": "nothing is left for the model's upkeep",
        "budget.currency": "",
        "project.stage": "",
        "approach.family": "the choice that needs upkeep",
    },
    flips=(),
)
def upkeep_not_budgeted(spec: Spec) -> Outcome:
    """
    ## What it does
    Asks of every deep learning project for `budget.operations_per_year`, above 0: a note before the pilot,
    a warning from the pilot on.

    ## Why it matters
    A model in use must be served, watched, retrained and repaired. That costs every year, often as much
    as building it did, and it is the part that project budgets leave out.

    ## Example
    ```yaml
    project: {name: example, stage: pilot}
    budget: {total: 200k}
    ```
    ```yaml
    project: {name: example, stage: pilot}
    budget: {total: 200k, operations_per_year: 30k}
    ```

    ## What to do instead
    Budget serving, monitoring, retraining and the people who look after it. If there is no money for it,
    choose something that keeps itself: rules, or a small model that the team can retrain in minutes.

    ## When it stays quiet
    For other families, for retired projects, and when an amount is declared.

    ## References
    A convention. Sculley and others, Hidden Technical Debt in Machine Learning Systems, 2015.
    """
    upkeep = spec.budget.operations_per_year
    lacking = ~upkeep.given | (upkeep <= 0)

    def told() -> Told:
        what = "is not declared" if upkeep.absent else f"is {amount(spec, upkeep)}"
        return Told(
            f"deep learning at stage {spec.project.stage.text or 'unknown'}, and "
            f"`budget.operations_per_year` {what}: by custom a model is budgeted with its upkeep",
            instead="budget serving, monitoring, retraining and people, or choose what keeps itself",
            clears="`budget.operations_per_year` says what running and keeping the model may cost",
        )

    return decide(
        is_deep(spec) & ~stage_is(spec, "retired"),
        Claim(lacking & stage_is(spec, "pilot", "production"), WARNING, told),
        Claim(lacking, NOTE, told),
    )


@rule(
    "CST405",
    "no-accelerator",
    severity=WARNING,
    basis=CONVENTION,
    sources=("convention", "kaplan2020"),
    reads={
        "compute.accelerator": "no accelerator",
        **TRAINING_TIME,
        "project.deadline": "the deadline",
        "project.created": "",
    },
    flips=("compute.accelerator", "compute.training_time", "project.deadline"),
)
def no_accelerator(spec: Spec) -> Outcome:
    """
    ## What it does
    For a network that is trained from scratch or fine-tuned without an accelerator, compares the time of
    one training run with the time left to the deadline, and with 7 days. An absent training time is
    estimated as in CST401, at the speed of processors.

    ## Why it matters
    Without accelerators training and experiments crawl. A run that lasts longer than a week is not
    repeated often enough for anybody to learn from it.

    ## Example
    ```yaml
    approach: {family: deep_learning, training: from_scratch}
    compute: {accelerator: none, training_time: 20 d}
    ```
    ```yaml
    approach: {family: deep_learning, training: from_scratch}
    compute: {accelerator: T4, training_time: 20 h}
    ```

    ## What to do instead
    Rent an accelerator, use frozen features of a pretrained network with a small model on top, or use a
    method that processors train in minutes.

    ## When it stays quiet
    With any accelerator; for frozen features and prompts; when a run takes at most 7 days and ends before
    the deadline. A deadline that has passed is no limit.

    ## References
    7 days are a convention. Kaplan and others 2020 for the estimate.
    """
    time, limit = training_time(spec), threshold("no_accelerator_days") * DAY
    left = (spec.project.deadline - plan_start(spec)) * DAY

    def deadline() -> str:
        day = spec.project.deadline
        near = left.low > 0 and left.high < inf
        return f"the deadline {day} is {left:duration} away" if near else f"the deadline is {day}"

    def told(against: str) -> Told:
        notes = _notes(assumptions(spec, time), [])
        return Told(
            f"a training run takes {known(f'{time:duration}', 'an unknown time')} without an "
            f"accelerator, {against}{notes}",
            instead="rent an accelerator, or train a small model on frozen features",
        )

    return decide(
        trained(spec, "from_scratch", "fine_tuning") & spec.compute.accelerator.is_("none"),
        Claim(
            (time > left) & (left > 0),
            WARNING,
            lambda: told(deadline()),
        ),
        Claim(
            time > limit,
            WARNING,
            lambda: told(f"longer than {limit / DAY:g} days (a customary limit)"),
        ),
    )


@rule(
    "CST406",
    "total-over-budget",
    severity=ERROR,
    basis=ARITHMETIC,
    sources=("cloud_prices",),
    as_of="2026-11",
    reads={
        "budget.total": "the whole budget",
        **FIXED,
        "serving.items_per_month": "the volume",
        "serving.cost_per_1000": "what the model's answers cost",
    },
    flips=(
        "budget.total",
        "budget.build",
        "budget.operations_per_year",
        "labels.required",
        "data.required",
        "compute.experiments",
        "retraining.every",
        "serving.cost_per_1000",
    ),
    yields_to={"LBL301": {"labels.required": 0}, "CST401": {"compute.experiments": 0}},
)
def total_over_budget(spec: Spec) -> Outcome:
    """
    ## What it does
    Adds up the total cost of ownership over `budget.horizon` and compares it with `budget.total`: building
    (`budget.build`, collecting, labelling), training, and for every year operations, retrainings and
    serving.

    ## Why it matters
    Collecting, labelling, accelerators and upkeep are budgeted by different people at different times.
    Each looks affordable; it is the sum that decides whether the project is.

    ## Example
    ```yaml
    budget: {total: 250k, build: 160k, operations_per_year: 40k, horizon: 3 y}
    ```
    ```yaml
    budget: {total: 300k, build: 160k, operations_per_year: 40k, horizon: 3 y}
    data: {availability: available}
    labels: {needed: false}
    compute: {training_time: 12 h, experiments: 20, price_per_hour: 2.50}
    retraining: {every: yearly, cost_each: 1k}
    serving: {items_per_month: 100k, cost_per_1000: 0.80}
    ```

    ## What to do instead
    Postpone until it pays, choose an approach with less upkeep, or ask for the budget that it takes.

    ## When it stays quiet
    When the highest total is within the budget. Costs that are not declared count 0 and are named; with
    them absent it is undecided rather than clear. When labelling (LBL301) or compute (CST401) is reported
    already and without it the rest is affordable.

    ## References
    Arithmetic on the declared numbers, with the estimates of CST401.
    """
    model = cost_model(spec)
    budget = spec.budget.total

    def told() -> Told:
        parts = _counted(model.parts)
        endless = model.years.high == inf
        listed = ", ".join(
            f"{part.name} {part.cost:money} a year"
            if endless and part.yearly
            else f"{part.name} {part.over(model.years):money}"
            for part in parts
        )
        years = known(f"{model.years:positive}", "an unknown number of")
        without, clears = undeclared(model.parts), ""
        if without:
            least = Quantity(model.total.low, model.total.low)
            clears = f"`budget.total` is at least {amount(spec, least)} {_more_with(without)}"
        yearly = [model.years] if any(part.yearly for part in parts) else []
        assumed = assumptions(spec, *yearly, *(part.cost for part in parts))
        return Told(
            f"the total cost over {years} years is {_bill(spec, model.total)} ({listed}"
            f"{_notes(assumed, without)}), the whole budget is {amount(spec, budget)}",
            instead="postpone until it pays, or choose an approach with less upkeep",
            clears=clears,
        )

    return decide(YES, Claim(model.total > budget, ERROR, told))


@rule(
    "CST407",
    "does-not-fit-device",
    severity=ERROR,
    basis=ARITHMETIC,
    reads={
        "serving.model_memory": "what the model needs",
        "serving.device_memory": "what the device has",
    },
)
def does_not_fit_device(spec: Spec) -> Outcome:
    """
    ## What it does
    Compares `serving.model_memory` with `serving.device_memory`.

    ## Why it matters
    A model that does not fit into the memory of its device does not run there.

    ## Example
    ```yaml
    serving: {model_memory: 1.2 GB, device_memory: 512 MB}
    ```
    ```yaml
    serving: {model_memory: 300 MB, device_memory: 512 MB}
    ```

    ## What to do instead
    Quantise or distil the model, choose a smaller one, or serve it from a machine that holds it.

    ## When it stays quiet
    When the model fits, whatever the ranges hold.

    ## References
    Plain arithmetic on the declared numbers.
    """
    serving = spec.serving
    return decide(
        YES,
        Claim(
            serving.model_memory > serving.device_memory,
            ERROR,
            lambda: Told(
                f"the memory that the model needs is {serving.model_memory}, "
                f"that of the device {serving.device_memory}",
                instead="quantise or distil it, or serve it from a machine that holds it",
            ),
        ),
    )


@rule(
    "CST408",
    "too-slow-to-serve",
    severity=WARNING,
    basis=ARITHMETIC,
    reads={
        "serving.latency": "measured",
        "serving.latency_limit": "the longest that is acceptable",
    },
)
def too_slow_to_serve(spec: Spec) -> Outcome:
    """
    ## What it does
    Compares the measured `serving.latency` (95th percentile) with `serving.latency_limit`.

    ## Why it matters
    An answer that comes too late is no answer. Large networks need accelerators in use, not only in
    training, to keep a limit that a small model keeps on any machine.

    ## Example
    ```yaml
    serving: {latency: 900 ms, latency_limit: 200 ms}
    ```
    ```yaml
    serving: {latency: 120 ms, latency_limit: 200 ms}
    ```

    ## What to do instead
    Distil or quantise the model, serve it on an accelerator, answer in batches ahead of time, or use a
    smaller model.

    ## When it stays quiet
    When the limit is kept, whatever the ranges hold.

    ## References
    Plain arithmetic on the declared numbers.
    """
    serving = spec.serving
    return decide(
        YES,
        Claim(
            serving.latency > serving.latency_limit,
            WARNING,
            lambda: Told(
                f"the measured latency is {serving.latency}, the limit is {serving.latency_limit}",
                instead="distil or quantise the model, or serve it on an accelerator",
            ),
        ),
    )


@rule(
    "CST409",
    "no-budget-declared",
    severity=NOTE,
    basis=CONVENTION,
    sources=("convention",),
    reads={
        "budget.total": "",
        "project.stage": "",
        "approach.family": "the choice that has no budget",
    },
    flips=(),
)
def no_budget_declared(spec: Spec) -> Outcome:
    """
    ## What it does
    Asks of a deep learning project, from the proposal on, for `budget.total`.

    ## Why it matters
    Deep learning is the dearest rung of the ladder: data, labels, accelerators and upkeep. Without a
    budget nobody can say whether the plan is affordable, and no rule of this group can.

    ## Example
    ```yaml
    project: {name: example, stage: proposal}
    ```
    ```yaml
    project: {name: example, stage: proposal}
    budget: {total: 250k}
    ```

    ## What to do instead
    Declare what may be spent over the horizon, as a range if it is not settled.

    ## When it stays quiet
    For other families, for ideas and retired projects, and when a total is declared.

    ## References
    A convention of this linter.
    """
    return decide(
        is_deep(spec) & stage_is(spec, "proposal", "pilot", "production"),
        Claim(
            ~spec.budget.total.given,
            NOTE,
            lambda: Told(
                f"deep learning at stage {spec.project.stage.text or 'unknown'}, and `budget.total` "
                "does not say what it may cost (customary from the proposal on)",
                instead="declare what may be spent, as a range if it is not settled",
                clears="`budget.total` is declared",
            ),
        ),
    )


@rule(
    "CST410",
    "training-does-not-fit",
    severity=WARNING,
    basis=CONVENTION,
    sources=("zero2020",),
    as_of="2026-11",
    reads={
        "approach.parameters": "parameters to be trained",
        "compute.accelerator": "the accelerator",
        "compute.accelerators": "so many of them",
        "approach.adapter": "",
        "approach.training": "",
        "approach.family": "",
    },
    flips=(
        "approach.parameters",
        "compute.accelerators",
        "approach.adapter",
    ),
)
def training_does_not_fit(spec: Spec) -> Outcome:
    """
    ## What it does
    For a network whose parameters are all trained, compares parameters x 16 bytes with the memory of the
    accelerators: mixed precision with Adam holds 2 + 2 bytes of weights and gradients and 12 of the
    optimiser's state for every parameter. Activations come on top.

    ## Why it matters
    A model that is easily served does not fit when it is trained: it takes eight times the memory.

    ## Example
    ```yaml
    approach: {family: deep_learning, training: fine_tuning, parameters: 7B}
    compute: {accelerator: A100}
    ```
    Training a low-rank adapter instead of all parameters:
    ```yaml
    approach: {family: deep_learning, training: fine_tuning, parameters: 7B, adapter: lora}
    compute: {accelerator: A100}
    ```

    ## What to do instead
    Train an adapter (LoRA), use a smaller network, spread training over more accelerators, or keep the
    optimiser's state in fewer bits or in the memory of the machine.

    ## When it stays quiet
    For adapters, frozen features and prompts; when it fits into the largest version of the accelerator;
    without an accelerator, and for one that the table does not know.

    ## References
    16 bytes are customary, not necessary: Rajbhandari and others, ZeRO, 2020, section 3.
    """
    needed, memory = training_memory(spec), accelerator_memory(spec)
    if memory is None:
        return decide(NO)
    compute = spec.compute

    def told() -> Told:
        count, name = _number(compute.accelerators), compute.accelerator.text
        verb = "has" if compute.accelerators.high == 1 else "have"
        if name and memory.high < inf:
            there = f"{count} x {name} {verb} {memory:size}"
        else:
            there = f"the memory of {f'{count} {name}' if name else 'the accelerators'} is unknown"
        return Told(
            f"training {_number(spec.approach.parameters)} parameters takes "
            f"{known(f'{needed:size}', 'unknown memory')} by the customary "
            f"{threshold('training_bytes_per_parameter'):g} bytes a parameter, {there}",
            instead="train an adapter (LoRA), or a smaller network",
        )

    return decide(
        trained(spec, "from_scratch", "fine_tuning") & ~spec.approach.adapter.is_("lora"),
        Claim(needed > memory, WARNING, told),
    )


COST = (
    compute_over_budget,
    never_pays_back,
    below_break_even_volume,
    upkeep_not_budgeted,
    no_accelerator,
    total_over_budget,
    does_not_fit_device,
    too_slow_to_serve,
    no_budget_declared,
    training_does_not_fit,
)
