"""What training computes: accelerator hours, their price, and the memory that they need.

Where a plan does not say how long a run takes, or what an hour costs, that is estimated as an
interval if published figures allow it. A quantity tells by its `assumed` what it rests on: paths of
fields that were estimated or took their default, and `OVERHEAD`, which is no field of a spec.
"""

from __future__ import annotations

from mlspeclint.knowledge import accelerator, interval, threshold
from mlspeclint.spec.facts import remembered
from mlspeclint.spec.quantity import Quantity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.spec.compiled import Spec

HOUR = 3600.0
OVERHEAD = "overhead"
TIME = frozenset(("compute.training_time",))
PRICE = frozenset(("compute.price_per_hour",))
UTILISATION = frozenset(("compute.utilisation",))
LIST_CURRENCY = "USD"
"""The currency of the list prices; in another one there is no estimate."""
NOTHING_TRAINED = Quantity(0.0, 0.0)


class TrainingCompute:
    """The computing that training takes, with its cost in the budget's currency.

    `hours` of one accelerator for one run, `price` of such an hour, `run`: the bill of one run
    (hours x price x overhead).
    """

    __slots__ = ("_spec", "hours", "price", "run")

    def __init__(self, spec: Spec) -> None:
        self._spec = spec
        self.hours = accelerator_hours(spec)
        self.price = price_per_hour(spec)
        run = self.hours * self.price * overhead()
        # No hours cost nothing, whatever the price is.
        self.run = run if run.high else NOTHING_TRAINED

    @property
    def cost(self) -> Quantity:
        """The bill of all runs until the release."""
        return self._spec.compute.experiments * self.run

    @property
    def cost_of_a_retraining(self) -> Quantity:
        """The bill of the `retraining.runs` of one retraining.

        An approach that is updated without retraining from scratch (`approach.incremental`) takes
        any part of it.
        """
        cost = self._spec.retraining.runs * self.run
        return cost if self._spec.approach.incremental.impossible else cost * Quantity(0.0, 1.0)


@remembered
def training_compute(spec: Spec) -> TrainingCompute:
    """What training takes, from what a spec declares."""
    return TrainingCompute(spec)


def overhead() -> Quantity:
    """The bill / the accelerators' price: storage, network, idle time, failed runs."""
    return Quantity(*interval("overhead"), assumed=frozenset((OVERHEAD,)))


def price_per_hour(spec: Spec) -> Quantity:
    """The price of an accelerator's hour: declared, else the list prices of that accelerator.

    There is no estimate for accelerators of one's own, nor in another currency than US dollars.
    """
    compute = spec.compute
    price = compute.price_per_hour
    if not price.absent or compute.owned.certain:
        return price
    listed = accelerator(compute.accelerator.text)
    if listed is None or spec.budget.currency.text != LIST_CURRENCY:
        return price
    low, high = listed.price_per_hour
    return Quantity(low if compute.owned.impossible else 0.0, high, assumed=PRICE)


def accelerator_hours(spec: Spec) -> Quantity:
    """Hours of one accelerator for one run: training time x accelerators, declared or estimated.

    Rules and prompts take none. An estimate needs no number of accelerators: more of them take less
    time each.
    """
    compute = spec.compute
    time = compute.training_time
    if not time.absent:
        return time * compute.accelerators / HOUR
    if trains_nothing(spec):
        return NOTHING_TRAINED
    estimate = _estimated_seconds(spec)
    return time * compute.accelerators / HOUR if estimate is None else estimate / HOUR


def training_time(spec: Spec) -> Quantity:
    """Seconds that one run takes, declared or estimated."""
    compute = spec.compute
    if not compute.training_time.absent:
        return compute.training_time
    if trains_nothing(spec):
        return NOTHING_TRAINED
    estimate = _estimated_seconds(spec)
    if estimate is None:
        return compute.training_time
    return estimate if compute.accelerator.text == "none" else estimate / compute.accelerators


def trains_nothing(spec: Spec) -> bool:
    """Whether the approach certainly has no training: rules, and models used as they are."""
    approach = spec.approach
    by_hand = approach.family.is_("rules")
    return (by_hand | approach.training.is_("zero_shot", "prompting")).certain


def _estimated_seconds(spec: Spec) -> Quantity | None:
    """Seconds of one accelerator for one run: operations / (peak x utilisation)."""
    speed = _peak(spec)
    operations = training_operations(spec) if speed else None
    if speed is None or operations is None:
        return None
    utilisation: Quantity = spec.compute.utilisation
    if spec.compute.utilisation.absent:
        utilisation = Quantity(*interval("utilisation"), assumed=UTILISATION)
    seconds = operations / (speed * utilisation)
    return Quantity(seconds.low, seconds.high, seconds.missing, seconds.assumed | TIME)


def _peak(spec: Spec) -> Quantity | None:
    """The peak speed of one accelerator in FLOP/s; of processors where there is none."""
    name = spec.compute.accelerator.text
    if name == "none":
        return Quantity(*interval("processor_peak_flops"))
    listed = accelerator(name)
    return Quantity(*listed.peak_flops) if listed else None


def training_operations(spec: Spec) -> Quantity | None:
    """Floating-point operations of one run: declared, else 6 x parameters x tokens [kaplan2020].

    That formula holds for dense networks that learn from text with all their parameters; None
    elsewhere, and where a number in it is unknown.
    """
    if spec.compute.training_flops.given.certain:
        return spec.compute.training_flops
    approach = spec.approach
    whole = approach.training.is_("from_scratch", "fine_tuning") & approach.adapter.is_("none")
    known = approach.parameters.given & spec.data.words.given
    if not (spec.task.modality.is_("text") & whole & known).certain:
        return None
    return threshold("flops_per_parameter_and_token") * approach.parameters * training_tokens(spec)


def training_tokens(spec: Spec) -> Quantity:
    """Tokens that a run sees: words x tokens a word x passes over the data."""
    tokens = Quantity(*interval("tokens_per_word")) * Quantity(*interval("passes_over_data"))
    return spec.data.words * tokens


def training_memory(spec: Spec) -> Quantity:
    """Bytes that weights, gradients and the optimiser's state take: 16 a parameter [zero2020].

    Activations come on top; adapters and other optimisers take less.
    """
    return spec.approach.parameters * threshold("training_bytes_per_parameter")


def accelerator_memory(spec: Spec) -> Quantity | None:
    """Bytes of memory of all accelerators together; None for `none` and `other`."""
    chosen = spec.compute.accelerator
    if chosen.text is None:
        return Quantity(0.0, float("inf"), chosen.missing)
    listed = accelerator(chosen.text)
    return spec.compute.accelerators * Quantity(*listed.memory_bytes) if listed else None
