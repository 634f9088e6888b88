"""DAT: data volume (reasons A2 and B2). How much data an approach takes, and what a number of examples
can tell."""

from __future__ import annotations

from math import inf

from mlspeclint.feasibility.collection import collection_plan
from mlspeclint.feasibility.sample_size import (
    events_per_feature,
    rarer_share,
    standard_error_of_auc,
    standard_error_of_share,
)
from mlspeclint.knowledge import TREES, algorithm_kind, threshold
from mlspeclint.rules.baselines import (
    FOUNDATION_READS,
    is_tabular_foundation_model,
    no_forecast_baseline,
    no_specialised_baseline,
    no_tree_baseline,
    tabular_foundation_model,
)
from mlspeclint.rules.common import (
    DEEP,
    EXAMPLES_READS,
    count_of,
    days_of,
    is_deep,
    known,
    plan_start,
    training_examples,
)
from mlspeclint.rules.pretraining import (
    A_CLASS_READS,
    few_labels_full_fine_tuning,
    images_from_scratch,
    sequence_model_from_scratch,
    training_examples_a_class,
)
from mlspeclint.rules.rule import (
    ARITHMETIC,
    CONVENTION,
    MEASURED,
    NOTE,
    SILENT,
    WARNING,
    Claim,
    Outcome,
    Told,
    decide,
    rule,
)
from mlspeclint.rules.standing import STANDING_READS, above_linear, ahead, reading
from mlspeclint.spec.kinds import DAY
from mlspeclint.spec.quantity import NO, YES, Quantity, Truth, truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.spec.compiled import Spec

RAREST_READS = (*EXAMPLES_READS, "data.smallest_class", "data.positive_rate")
"""What `rarest_class` reads."""


def rarest_class(spec: Spec) -> Quantity:
    """Training examples of the rarest class: `data.smallest_class` less the test set's share of it, or,
    where only `data.positive_rate` is declared, the rarer of two classes."""
    data, labels = spec.data, spec.labels
    if data.smallest_class.absent and not data.positive_rate.absent:
        return training_examples(spec) * rarer_share(data.positive_rate)
    if labels.test_examples.absent:
        return data.smallest_class
    everything = data.examples if labels.labelled.absent else labels.labelled
    # Written so that each fact enters once: 1 - test / all, not (all - test) / all.
    return data.smallest_class * (1 - labels.test_examples / everything).at_least(0)


@rule(
    "DAT103",
    "events-per-feature",
    severity=WARNING,
    basis=MEASURED,
    sources=("vdploeg2014", "riley2020"),
    reads=reading(
        {
            "data.features": "the inputs of the model",
            "data.examples": "the examples that there are",
            "data.positive_rate": "the share of the events",
            "data.smallest_class": "the rarest class",
            "approach.algorithm": "the model that they feed",
            "approach.training": "",
            "task.type": "",
            "task.modality": "",
            "task.multilabel": "",
            "data.classes": "",
        },
        EXAMPLES_READS,
        FOUNDATION_READS,
        STANDING_READS,
    ),
    flips=("data.features", "data.examples", "labels.labelled"),
)
def events_for_each_feature(spec: Spec) -> Outcome:
    """
    ## What it does
    Divides the events, training examples of the rarer class, by `data.features`, in classification on
    tables. Below 20 an unpenalised linear model gets a warning; below 200 trees, forests and networks
    from scratch get a note.

    ## Why it matters
    With few events for each input a model fits chance, and looks better on its own data than it is. In
    simulations logistic regression needed 20 to 50 events a variable to become stable; forests and
    networks were still unstable and too optimistic at 200.

    ## Example
    ```yaml
    approach: {family: classical_ml, algorithm: logistic_regression}
    data: {examples: 2000, positive_rate: 5%, features: 40}
    ```
    Fewer inputs, chosen beforehand:
    ```yaml
    approach: {family: classical_ml, algorithm: logistic_regression}
    data: {examples: 2000, positive_rate: 5%, features: 5}
    ```

    ## What to do instead
    Choose fewer features by knowledge of the field, penalise (ridge, lasso, elastic net), or collect more
    events. Riley and others compute the number of examples for one model.

    ## When it stays quiet
    With a penalised linear model; for tabular foundation models and frozen features; when the approach
    was measured above a linear model, or is ahead of every measured score of another family.

    ## References
    Van der Ploeg, Austin and Steyerberg 2014; Riley and others 2020.
    """
    data, approach = spec.data, spec.approach
    if approach.family.text == DEEP:
        linear, flexible = NO, approach.training.is_("from_scratch")
    else:
        linear = _algorithm_is(spec, "linear_unpenalised")
        flexible = _algorithm_is(spec, *TREES)
    applies = (
        spec.task.type.is_("classification")
        & ~spec.task.multilabel
        & spec.task.modality.is_("tabular")
        & (linear | flexible)
    )
    if applies.impossible:
        return SILENT

    two = data.smallest_class.absent and not (data.classes > 2).certain
    by_rate = two or not data.positive_rate.absent
    events = (
        training_examples(spec) * rarer_share(data.positive_rate) if by_rate else rarest_class(spec)
    )
    ratio = events_per_feature(events, data.features)

    def told(limit: float, meaning: str) -> Told:
        each = known(f"{ratio:positive}", "")
        are = f" are {each} a feature" if each else ""
        return Told(
            f"{count_of(events)} events for {count_of(data.features)} features{are}: {meaning}",
            instead="choose fewer features, penalise the model, or collect more events",
            marks={
                "data.features": f"{each or 'an unknown number of'} events for each, {limit:g} are asked "
                "for"
            },
        )

    few, some = threshold("events_per_feature_linear"), threshold("events_per_feature_flexible")
    return decide(
        applies & ~is_tabular_foundation_model(spec) & ~above_linear(spec) & ~ahead(spec),
        Claim(
            linear & (ratio < few),
            WARNING,
            lambda: told(few, f"unpenalised linear models were unstable below {few:g}"),
        ),
        Claim(
            flexible & (ratio < some),
            NOTE,
            lambda: told(
                some, f"trees and networks were unstable and too optimistic up to {some:g}"
            ),
        ),
    )


def _algorithm_is(spec: Spec, *kinds: str) -> Truth:
    """Whether the chosen algorithm is of one of these kinds; open while nobody named it."""
    algorithm = spec.approach.algorithm
    if algorithm.text is None:
        return spec.approach.family.is_("statistics", "classical_ml") & algorithm.is_()
    return truth(algorithm_kind(algorithm.text) in kinds)


@rule(
    "DAT109",
    "rare-class",
    severity=WARNING,
    basis=CONVENTION,
    reads=reading(
        {
            "data.smallest_class": "the rarest class",
            "data.positive_rate": "the share of the positive class",
            "approach.training": "",
            "approach.family": "",
            "target.metric": "",
            "data.classes": "",
            "task.type": "",
            "task.multilabel": "",
        },
        RAREST_READS,
        STANDING_READS,
    ),
    flips=("data.smallest_class",),
)
def rare_class(spec: Spec) -> Outcome:
    """
    ## What it does
    Looks for a class with fewer than 30 training examples, where a network is trained to tell classes
    apart: `data.smallest_class` less the test set's share of it.

    ## Why it matters
    From a handful of examples a network learns the examples, not the class, and the test set holds too few
    of them to notice.

    ## Example
    ```yaml
    task: {type: classification, modality: image}
    approach: {family: deep_learning, training: fine_tuning}
    data: {examples: 3000, classes: 8, smallest_class: 12}
    target: {metric: balanced_accuracy}
    ```
    The rarest classes were merged:
    ```yaml
    task: {type: classification, modality: image}
    approach: {family: deep_learning, training: fine_tuning}
    data: {examples: 3000, classes: 5, smallest_class: 140}
    target: {metric: balanced_accuracy}
    ```

    ## What to do instead
    Collect that class on purpose, merge it with another, leave it to people, or use a few-shot method.

    ## When it stays quiet
    From 30 training examples on; for few-shot, zero-shot and prompted networks; where an example may have
    several classes; when the network is ahead of every measured score of another family. With more than
    100 classes, or a metric that hides a rare class (not balanced accuracy, F1, recall or average
    precision), it is a note.

    ## References
    The limit is this project's convention.
    """
    applies = (
        is_deep(spec)
        & spec.task.type.is_("classification")
        & ~spec.task.multilabel
        & ~spec.approach.training.is_("few_shot", "zero_shot", "prompting")
    )
    if applies.impossible:
        return SILENT
    rarest, limit = rarest_class(spec), threshold("rare_class_examples")
    rare = rarest < limit
    shows = spec.target.metric.is_("balanced_accuracy", "f1", "recall", "average_precision")
    # A share of positives tells that there are two classes.
    two = spec.data.classes.absent and not spec.data.positive_rate.absent
    few_classes = YES if two else spec.data.classes <= threshold("rare_class_many_classes")

    def told() -> Told:
        return Told(
            f"the rarest class has {count_of(rarest)} training examples, the customary least is {limit:g}",
            instead="collect that class on purpose, merge it with another, or use a few-shot method",
        )

    return decide(
        applies & ~ahead(spec),
        Claim(rare & shows & few_classes, WARNING, told),
        Claim(rare, NOTE, told),
    )


@rule(
    "DAT110",
    "data-not-there-yet",
    severity=WARNING,
    basis=ARITHMETIC,
    reads=reading(
        {
            "data.required": "what the plan needs",
            "labels.required": "what the plan needs",
            "data.examples": "what there is",
            "data.obtainable": "the most that can be had by the deadline",
            "data.collection_per_day": "what can be collected a day",
            "project.deadline": "the deadline",
            "project.created": "",
            "data.availability": "the data are not there yet",
            "approach.training": "",
            "approach.family": "",
        },
        A_CLASS_READS,
    ),
    flips=(
        "data.required", "labels.required", "data.examples", "data.obtainable",
        "data.collection_per_day", "project.deadline",
    ),
)  # fmt: skip
def data_not_there_yet(spec: Spec) -> Outcome:
    """
    ## What it does
    Where the data are still to be collected, in part or in whole, works out how long that takes:
    (`data.required`, or else `labels.required`, - `data.examples`) / `data.collection_per_day`, and
    compares it with the deadline; and what can be had by then, `data.obtainable` or the examples that are
    there already, with what is required.

    ## Why it matters
    Sponsors assume that data exist or are easily had. Collecting becomes a project of its own, and a small
    shortfall separates a product from a prototype.

    ## Example
    ```yaml
    project: {name: example, created: 2026-01-01, deadline: 2026-03-01}
    approach: {family: deep_learning, training: fine_tuning}
    data: {examples: 2000, required: 50k, availability: partial, collection_per_day: 300}
    ```
    A plan that the data can meet:
    ```yaml
    project: {name: example, created: 2026-01-01, deadline: 2026-09-01}
    approach: {family: deep_learning, training: fine_tuning}
    data: {examples: 2000, required: 50k, availability: partial, collection_per_day: 300, obtainable: 60k}
    ```

    ## What to do instead
    Begin with an approach that needs less data (prompting, few-shot, frozen features, rules), collect
    first and decide later, or move the deadline.

    ## When it stays quiet
    When the data are there in time; for zero-shot and prompted networks, and for few-shot ones with at
    least 8 examples a class.

    ## References
    Plain arithmetic on the declared numbers.
    """
    data, training, deadline = spec.data, spec.approach.training, spec.project.deadline
    applies = (
        is_deep(spec)
        & data.availability.is_("to_be_collected", "partial")
        & ~training.is_("zero_shot", "prompting")
    )
    if applies.impossible:
        return SILENT
    plan, start = collection_plan(spec), plan_start(spec)
    left = deadline - start
    short = plan.had < plan.required
    late = (plan.missing > 0) & (plan.time / DAY > left)
    by_day, by_deadline = data.collection_per_day.given.certain, data.obtainable.given.certain
    # Either number answers the question without the other.
    if by_deadline and not by_day:
        late &= short
    elif by_day and not by_deadline:
        short &= late

    def told_late() -> Told:
        more = count_of(plan.missing)
        pace = known(f"{data.collection_per_day}", "an unknown number")
        end = f"{deadline}"
        if (left < 0).certain:
            end += f", before the plan starts ({start:date})"
        elif end != "unknown":
            end = f"{left:number} days after the plan's start {start:date}"
        return Told(
            f"collecting {more} more examples {days_of(plan.time)} ({pace} a day), the deadline is {end}",
            instead="begin with an approach that needs less data, or collect first and decide later",
            marks={"data.examples": f"{more} are still to be collected"},
        )

    def told_short() -> Told:
        return Told(
            f"{count_of(plan.had)} examples can be had by the deadline, the plan needs "
            f"{count_of(plan.required)}",
            instead="begin with an approach that needs less data, or collect first and decide later",
        )

    few_shot_has_enough = training.is_("few_shot") & (
        training_examples_a_class(spec) >= threshold("few_shot_per_class")
    )
    return decide(
        applies & ~few_shot_has_enough,
        Claim(late, WARNING, told_late),
        Claim(short, WARNING, told_short),
    )


@rule(
    "DAT112",
    "test-set-too-small",
    severity=WARNING,
    basis=ARITHMETIC,
    sources=("hanley1982",),
    reads={
        "labels.test_examples": "the test set",
        "target.expected_gain": "the gain to be shown",
        "target.value": "the score to be reached",
        "target.baseline": "the score to be beaten",
        "target.metric": "",
        "data.positive_rate": "",
    },
    flips=("labels.test_examples",),
)
def test_set_too_small(spec: Spec) -> Outcome:
    """
    ## What it does
    Compares the gain that is hoped for (`target.expected_gain`, or the distance of `target.value` from
    `target.baseline`) with the half-width of a 95 % interval of the score on `labels.test_examples`
    examples: 1.96 sqrt(v (1 - v) / n) for accuracy, precision and recall, and Hanley and McNeil's for an
    AUC, with `data.positive_rate`. Below half of it is a warning, below it a note.

    ## Why it matters
    On a small test set the score moves by more than the gain from one draw to the next. The best of several
    models is then the luckiest one, and nobody can tell whether the network helped.

    ## Example
    ```yaml
    labels: {test_examples: 200}
    target: {metric: accuracy, value: 0.92, baseline: 0.91}
    ```
    ```yaml
    labels: {test_examples: 4000}
    target: {metric: accuracy, value: 0.92, baseline: 0.91}
    ```

    ## What to do instead
    Enlarge the test set, or compare both models on the same examples with a paired test (McNemar, DeLong),
    which needs fewer.

    ## When it stays quiet
    When the gain is at least the half-width; for other metrics, whose error depends on more than the
    number of examples. For precision and recall it is generous: they are counted on a part of the test set.

    ## References
    Hanley and McNeil 1982. That half of the half-width is where a paired test usually still helps is a
    convention.
    """
    target, labels = spec.target, spec.labels
    applies = target.metric.is_("accuracy", "precision", "recall", "auc")
    if applies.impossible:
        return SILENT
    by_baseline = target.value.absent and not target.baseline.absent
    score = target.baseline if by_baseline else target.value
    if not target.expected_gain.absent:
        gain: Quantity = target.expected_gain
    else:
        gain = abs(target.value - target.baseline)
    width = _half_width(spec, score)
    share, factor = threshold("test_set_warning_share"), threshold("confidence_factor")

    def told(limit: str) -> Told:
        hoped = known(f"{gain:positive}", "unknown size")
        half = known(f"{width:positive}", "an unknown amount")
        interval = "95 % interval" if factor == 1.96 else f"interval of {factor:g} standard errors"
        if width.high == inf and width.low:
            half = f"{width.low:.4g} or more"
        why = f"their {interval} is ± {half}, the gain is below {limit}"
        mark = f"the score is known to ± {half}"
        if width.low == inf:
            why, mark = "they tell nothing of the score", "nothing is known of the score"
        return Told(
            f"a gain of {hoped} cannot be told from chance on {count_of(labels.test_examples)} test "
            f"examples: {why}",
            instead="enlarge the test set, or compare on the same examples with a paired test",
            marks={"labels.test_examples": mark},
        )

    return decide(
        applies,
        Claim(
            (gain > 0) & (gain < width * share),
            WARNING,
            lambda: told(f"{100 * share:g} % of it"),
        ),
        Claim((gain > 0) & (gain < width), NOTE, lambda: told("it (a paired test needs fewer)")),
    )


def _half_width(spec: Spec, score: Quantity) -> Quantity:
    """The half-width of the 95 % interval of a score on the test set."""
    examples, rate = spec.labels.test_examples, spec.data.positive_rate
    if spec.target.metric.text != "auc":
        error = standard_error_of_share(score, examples)
    elif rate.absent:
        # Nothing is said of an AUC without the share of positives, whatever it might be.
        return Quantity(0.0, inf, rate.missing)
    else:
        error = standard_error_of_auc(score, examples, rate)
    return threshold("confidence_factor") * error


@rule(
    "DAT113",
    "split-leaks",
    severity=WARNING,
    basis=CONVENTION,
    reads={
        "data.split": "how training and test data are parted",
        "data.groups": "what the examples come from",
        "data.examples": "the examples",
        "data.changes_every": "how long until the relation moves",
        "task.type": "",
        "task.modality": "",
    },
    flips=(),
)
def split_leaks(spec: Spec) -> Outcome:
    """
    ## What it does
    Looks for a split that lets the test set be known in advance: of forecasts, and of time series whose
    relation moves (`changes_every`), by anything but time (a warning); at random where several examples
    come from one person, machine or site (a note).

    ## Why it matters
    A model that has seen the same machine, or the days around, looks better in the test than it will be
    in use.

    ## Example
    ```yaml
    task: {type: forecasting, modality: time_series}
    data: {examples: 20k, split: random}
    ```
    ```yaml
    task: {type: forecasting, modality: time_series}
    data: {examples: 20k, split: time}
    ```

    ## What to do instead
    Split by time where the future is predicted, and by group where new people, machines or sites are.

    ## When it stays quiet
    When forecasts and moving series are split by time; when every example is a group of its own, or groups
    are kept together.

    ## References
    Common practice; the rule is a convention.
    """
    data, task = spec.data, spec.task
    moves = task.modality.is_("time_series") & (data.changes_every.given)
    by_time = data.split.given & ~data.split.is_("time")

    def told_time() -> Told:
        what = "forecasts" if not task.type.is_("forecasting").impossible else "series that move"
        split = f"a {data.split.text}" if data.split.text else "an unknown"
        return Told(
            f"{what} are tested on {split} split, so that the model has seen the days around; customary "
            "is a split by time",
            instead="test on what comes after the training data",
            clears="`data.split: time`",
            marks={"data.groups": "", "data.examples": ""},
        )

    def told_groups() -> Told:
        return Told(
            f"{count_of(data.examples)} examples of {count_of(data.groups)} groups are split at random, "
            "so that the test set holds groups that the model has seen; customary is to keep a group "
            "together",
            instead="keep the examples of a group on one side of the split",
            clears="`data.split: grouped`, or `time`",
        )

    return decide(
        YES,
        Claim((task.type.is_("forecasting") | moves) & by_time, WARNING, told_time),
        Claim(data.split.is_("random") & (data.groups < data.examples), NOTE, told_groups),
    )


DATA = (
    no_tree_baseline,
    tabular_foundation_model,
    events_for_each_feature,
    images_from_scratch,
    few_labels_full_fine_tuning,
    sequence_model_from_scratch,
    no_forecast_baseline,
    no_specialised_baseline,
    rare_class,
    data_not_there_yet,
    test_set_too_small,
    split_leaks,
)
