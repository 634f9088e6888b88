"""LBL: labels (reasons A3 and B2). Much data is no help unlabelled, and labelling takes pains."""

from __future__ import annotations

from math import floor

from mlspeclint.feasibility.labelling import labelling_plan, missing_labels, missing_share
from mlspeclint.knowledge import label_noise, threshold
from mlspeclint.rules.common import (
    amount,
    approach_words,
    count_of,
    days_of,
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
from mlspeclint.spec.metrics import MINIMIZED, PROPORTIONS, RANKS
from mlspeclint.spec.quantity import YES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.spec.compiled import Spec
    from mlspeclint.spec.quantity import Quantity

BOUNDED = PROPORTIONS | RANKS
"""Metrics in 0..1, of which it can be said what a high value is."""


def _fewer_labels(spec: Spec) -> str:
    """What to do when the labels that are wanted cannot be had."""
    approach = spec.approach
    if approach.family.text != "deep_learning":
        return "let a model choose what to label next, or take a method that needs fewer labels"
    if approach.training.text in (None, "from_scratch"):
        return (
            "fine-tune a pretrained network, which needs fewer labels, "
            "or use a classical method on features made by hand"
        )
    return "let a model choose what to label next, or use few-shot training or a classical method"


def _unlabelled(missing: Quantity) -> str:
    """What the place of the required labels says."""
    return f"{known(f'{missing:count}', 'an unknown number')} are still unlabelled"


def _more_items(missing: Quantity) -> str:
    """The items that are still to be labelled."""
    return f"{known(f'{missing:count}', 'an unknown number of')} more items"


@rule(
    "LBL301",
    "labelling-over-budget",
    severity=ERROR,
    basis=ARITHMETIC,
    reads={
        "labels.required": "what the plan needs",
        "labels.labelled": "what there is",
        "labels.cost_each": "for each item and annotator",
        "labels.time_each": "an annotator's time for each item",
        "labels.wage_per_hour": "an annotator's hour",
        "labels.per_item": "annotators for each item",
        "labels.review_share": "extra quality control",
        "budget.labelling": "the budget for labels",
        "budget.total": "the whole budget",
        "budget.currency": "",
        "approach.family": "the choice that needs them",
        "approach.training": "",
    },
)
def labelling_over_budget(spec: Spec) -> Outcome:
    """
    ## What it does
    Adds up what the missing labels cost, (`labels.required` - `labels.labelled`) x cost x
    annotators an item x (1 + review), and compares it with `budget.labelling` and `budget.total`.
    The cost of a label is `cost_each`, else `time_each` x `wage_per_hour`.

    ## Why it matters
    Sponsors assume that labels exist or are cheap. Labelling is often the largest part of the
    budget of a deep learning project, and the last that anybody adds up.

    ## Example
    ```yaml
    labels: {required: 200k, labelled: 12k, cost_each: 0.35..0.50}
    budget: {labelling: 20k}
    ```
    Deep learning on the labels that there is money for:
    ```yaml
    labels: {required: 60k, labelled: 12k, cost_each: 0.35..0.40}
    budget: {labelling: 20k}
    ```

    ## What to do instead
    Fine-tune a pretrained network, which needs fewer labels; let a model choose what to label next;
    or use a classical method on features made by hand.

    ## When it stays quiet
    When the labels that are missing can be paid, whatever the ranges hold; when none are missing.
    One of the two budgets is enough to decide.

    ## References
    Plain arithmetic on the declared numbers.
    """
    plan = labelling_plan(spec)
    over_own, over_total = over_budget(spec, plan.cost, spec.budget.labelling)

    def over(budget: str, limit: Quantity) -> Told:
        return Told(
            f"labelling {_more_items(plan.missing)} costs "
            f"{known(amount(spec, plan.cost), 'an unknown amount')}, "
            f"{budget} is {amount(spec, limit)}",
            instead=_fewer_labels(spec),
            marks={
                "labels.required": _unlabelled(plan.missing),
                "approach.family": f"what needs them: {approach_words(spec)}",
            },
        )

    return decide(
        YES,
        Claim(over_own, ERROR, lambda: over("the labelling budget", spec.budget.labelling)),
        Claim(over_total, ERROR, lambda: over("the whole budget", spec.budget.total)),
    )


@rule(
    "LBL302",
    "labelling-misses-deadline",
    severity=WARNING,
    basis=ARITHMETIC,
    reads={
        "labels.required": "what the plan needs",
        "labels.labelled": "what there is",
        "labels.per_day": "labels a day",
        "labels.per_item": "annotators for each item",
        "labels.review_share": "extra quality control",
        "project.deadline": "the deadline",
        "project.created": "the start of the plan",
        "approach.family": "",
        "approach.training": "",
    },
    flips=(
        "labels.required",
        "labels.labelled",
        "labels.per_day",
        "labels.per_item",
        "project.deadline",
    ),
)
def labelling_misses_deadline(spec: Spec) -> Outcome:
    """
    ## What it does
    Works out how long the missing labels take, (`labels.required` - `labels.labelled`) x annotators
    an item x (1 + review) / `labels.per_day`, and compares it with the days to `project.deadline`.
    The plan starts on `project.created`, else today; `--today` wins when it is later. A deadline
    that is over before the plan starts is only a note.

    ## Why it matters
    Labelling does not run faster because a release is due. More annotators need training, and what
    is saved on their agreement is paid in wrong labels.

    ## Example
    ```yaml
    project: {name: example, created: 2026-01-05, deadline: 2026-03-01}
    labels: {required: 200k, labelled: 12k, per_day: 1500}
    ```
    ```yaml
    project: {name: example, created: 2026-01-05, deadline: 2026-06-01}
    labels: {required: 200k, labelled: 12k, per_day: 1500}
    ```

    ## What to do instead
    Fine-tune a pretrained network, which needs fewer labels; let a model choose what to label next;
    label more a day; or move the deadline.

    ## When it stays quiet
    When the labels are there in time, whatever the ranges hold; when none are missing.

    ## References
    Plain arithmetic on the declared numbers, in days of the calendar.
    """
    plan = labelling_plan(spec)
    deadline, start = spec.project.deadline, plan_start(spec)
    days_left = deadline - start
    late, passed = plan.time > days_left * DAY, deadline < start

    def told() -> Told:
        if passed.certain:
            return Told(
                f"{plan.missing:count} items are still to be labelled, and the deadline {deadline} "
                f"is over before the plan starts ({start:date})",
                instead="set a new deadline, or plan with the labels that there are",
                at="project.deadline",
            )
        placed = f"{deadline}" != "unknown" != f"{start:date}"
        left = f"{days_left:number} days after the plan's start {start:date}"
        return Told(
            f"labelling {_more_items(plan.missing)} {days_of(plan.time)} "
            f"({count_of(spec.labels.per_day)} labels a day), the deadline is "
            f"{left if placed else 'unknown'}",
            instead=_fewer_labels(spec),
            marks={"labels.required": _unlabelled(plan.missing)},
        )

    return decide(
        YES,
        Claim(late & ~passed, WARNING, told),
        Claim(late & (plan.missing > 0), NOTE, told),
    )


@rule(
    "LBL303",
    "annotators-disagree",
    severity=WARNING,
    basis=CONVENTION,
    sources=("krippendorff2004",),
    reads={"labels.agreement": "chance-corrected agreement of the annotators"},
)
def annotators_disagree(spec: Spec) -> Outcome:
    """
    ## What it does
    Looks at `labels.agreement` (Krippendorff's alpha or kappa): below 0.667 is a warning, below 0.8
    a note.

    ## Why it matters
    Where people do not agree on the label, a model learns their disagreement, and no amount of data
    or depth helps. 0.8 is the customary demand; between 0.667 and 0.8 only tentative conclusions
    are drawn.

    ## Example
    ```yaml
    labels: {agreement: 0.55}
    ```
    ```yaml
    labels: {agreement: 0.83}
    ```

    ## What to do instead
    Sharpen the labelling guide, merge the classes that people confuse, train the annotators.

    ## When it stays quiet
    From an agreement of 0.8 on.

    ## References
    Krippendorff, Content Analysis, 2nd edition, 2004, chapter 11.
    """
    agreement = spec.labels.agreement
    low, good = threshold("agreement_low"), threshold("agreement_good")

    def told(limit: float, meaning: str) -> Told:
        return Told(
            f"the annotators' agreement beyond chance is {agreement}, the customary limit "
            f"{limit:g}: below it {meaning}",
            instead="sharpen the labelling guide or merge the classes that people confuse",
        )

    return decide(
        YES,
        Claim(
            agreement < low,
            WARNING,
            lambda: told(low, "a model would learn their disagreement"),
        ),
        Claim(
            agreement < good,
            NOTE,
            lambda: told(good, "conclusions are tentative"),
        ),
    )


@rule(
    "LBL304",
    "nothing-labelled",
    severity=WARNING,
    basis=CONVENTION,
    sources=("convention",),
    reads={
        "labels.labelled": "what is labelled",
        "labels.needed": "the task needs labels",
        "approach.family": "",
        "approach.training": "the choice that learns from labels",
    },
    flips=("labels.labelled",),
)
def nothing_labelled(spec: Spec) -> Outcome:
    """
    ## What it does
    Warns when nothing is labelled (`labels.labelled` is 0) for a network that is to be trained from
    scratch, fine-tuned or used for features, on a task that needs labels (`labels.needed`, by
    default true for classification, regression, ranking, detection, segmentation, labelling and
    recognition).

    ## Why it matters
    A million points are no help unlabelled. Until the first ones are labelled nobody knows what a
    label takes, whether people agree on it, or whether the data hold what is wanted.

    ## Example
    ```yaml
    approach: {family: deep_learning, training: fine_tuning}
    labels: {labelled: 0}
    ```
    ```yaml
    approach: {family: deep_learning, training: fine_tuning}
    labels: {labelled: 300}
    ```

    ## What to do instead
    Label a small batch first, with two annotators. Zero-shot or prompted models need labels for a
    test set only; rules and features made by hand need none to start with.

    ## When it stays quiet
    When anything is labelled; for few-shot, zero-shot and prompted models; when `labels.needed` is
    false.

    ## References
    Judgement, not a measurement.
    """
    labels = spec.labels

    def told() -> Told:
        return Told(
            f"`labels.labelled` is {labels.labelled} for {approach_words(spec)}, on a task that "
            f"learns from labels (a judgement: a first batch comes before the choice)",
            instead="label a small batch first, or start with what needs no labels: "
            "rules, zero-shot or prompting",
        )

    return decide(
        trained(spec, "from_scratch", "fine_tuning", "frozen_features") & labels.needed,
        Claim(labels.labelled <= 0, WARNING, told),
    )


@rule(
    "LBL305",
    "test-set-single-annotator",
    severity=WARNING,
    basis=CONVENTION,
    sources=("northcutt2021", "convention"),
    reads={
        "labels.test_annotators": "annotators for each item of the test set",
        "target.value": "the target",
        "target.metric": "",
        "target.ground_truth": "people decide what is right",
    },
    flips=("labels.test_annotators",),
)
def test_set_single_annotator(spec: Spec) -> Outcome:
    """
    ## What it does
    Warns when a target of 0.9 or more (0.1 or less of an error rate) is to be shown on a test set
    that one annotator has labelled. For proportions and rank metrics, where annotators decide what
    is right.

    ## Why it matters
    Near the top the errors of one annotator are as many as those that the target allows, and with
    one annotator nobody sees which test labels are wrong. Well-known public test sets hold 0.1 to 6
    % of them.

    ## Example
    ```yaml
    labels: {test_annotators: 1}
    target: {metric: accuracy, value: 0.95, ground_truth: annotators}
    ```
    ```yaml
    labels: {test_annotators: 3}
    target: {metric: accuracy, value: 0.95, ground_truth: annotators}
    ```

    ## What to do instead
    Have at least two people label the test set, and settle what they disagree on. It is the
    smallest part of the data and the one that every decision rests on.

    ## When it stays quiet
    For lower targets, for unbounded metrics, and where measurements or outcomes decide what is
    right.

    ## References
    Northcutt, Athalye, Mueller, 2021, arXiv 2103.14749, for the errors in test sets; the limits of
    0.9 and 0.1 are a convention.
    """
    labels, target = spec.labels, spec.target
    metric, value = target.metric, target.value
    high = metric.is_(*(BOUNDED - MINIMIZED)) & (value >= threshold("high_target"))
    low = metric.is_(*(BOUNDED & MINIMIZED)) & (value <= threshold("high_target_minimised"))
    few = threshold("test_annotators")
    single = labels.test_annotators <= few

    def told() -> Told:
        noise = label_noise()
        number = known(f"{labels.test_annotators}", "an unknown number of")
        who = {"0": "no annotator", "1": "one annotator"}.get(number, f"{number} annotators")
        asked = "two" if few == 1 else f"{floor(few) + 1}"
        return Told(
            f"{metric.text or 'a score'} of {known(f'{value}', 'unknown size')} is to be shown on "
            f"test labels of {who}, where nobody sees the wrong ones (by custom {asked} or more for "
            f"each item; in {noise.count} public test sets a median of {100 * noise.median:.2g} % are wrong)",
            instead="have a second person label the test set, and settle what they disagree on",
        )

    return decide(
        target.ground_truth.is_("annotators") & metric.is_(*BOUNDED),
        Claim((high | low) & single, WARNING, told),
    )


@rule(
    "LBL306",
    "label-shortfall",
    severity=WARNING,
    basis=ARITHMETIC,
    reads={
        "labels.labelled": "what there is",
        "labels.required": "what the plan needs",
        "project.stage": "the stage",
    },
)
def label_shortfall(spec: Spec) -> Outcome:
    """
    ## What it does
    Compares `labels.labelled` with `labels.required` once the project is a pilot (a note) or in
    production (a warning), and says which share is missing.

    ## Why it matters
    A small shortfall separates a product from a prototype: what a pilot shows on half of the labels
    is not what the plan counted on.

    ## Example
    ```yaml
    project: {name: example, stage: production}
    labels: {required: 200k, labelled: 120k}
    ```
    ```yaml
    project: {name: example, stage: production}
    labels: {required: 100k, labelled: 120k}
    ```

    ## What to do instead
    Label the rest; or measure on the labels that there are, and if that is good enough, lower
    `labels.required` to what was shown to be needed.

    ## When it stays quiet
    At the stages idea and proposal, where labels are still planned; when none are missing.

    ## References
    Plain arithmetic on the declared numbers.
    """
    short = spec.labels.labelled < spec.labels.required
    stage = spec.project.stage.text or "unknown"

    def told() -> Told:
        there, wanted = spec.labels.labelled, spec.labels.required
        share, missing = 100 * missing_share(spec), missing_labels(spec)
        verb = "is" if missing.high == 1 else "are"
        lacking = f", {missing:count} ({share:positive} %) {verb} missing" if share.low else ""
        if "unknown" in (f"{there}", f"{wanted}"):
            needed = known(f"{wanted}", "an unknown number")
            message = f"{count_of(there)} labels are there at stage {stage}, {needed} are required"
        else:
            message = f"{there} of {wanted} required labels are there at stage {stage}{lacking}"
        return Told(
            message, instead="label the rest, or show on what there is that fewer are enough"
        )

    return decide(
        stage_is(spec, "pilot", "production"),
        Claim(short & stage_is(spec, "production"), WARNING, told),
        Claim(short, NOTE, told),
    )


@rule(
    "LBL307",
    "labels-from-a-model",
    severity=WARNING,
    basis=CONVENTION,
    sources=("convention",),
    reads={
        "labels.source": "who makes the labels",
        "labels.test_annotators": "annotators for each item of the test set",
        "target.ground_truth": "what decides what is right",
    },
    flips=("labels.test_annotators", "target.ground_truth"),
)
def labels_from_a_model(spec: Spec) -> Outcome:
    """
    ## What it does
    Warns when a model makes the labels (`labels.source: model`) and no person has labelled the test
    set: `labels.test_annotators` is absent or 0 and `target.ground_truth` is annotators or absent.
    Labels from programmed rules (`programmatic`) are a note.

    ## Why it matters
    Against a model's labels the score says how well one model imitates another, its errors
    included. Labels from models or rules are fine to train on; the test has to know the truth from
    elsewhere.

    ## Example
    ```yaml
    labels: {source: model, labelled: 200k}
    ```
    ```yaml
    labels: {source: model, labelled: 200k, test_annotators: 2}
    ```

    ## What to do instead
    Have people label a test set of a few hundred items, or test on measurements or outcomes.

    ## When it stays quiet
    When people labelled the test set; when measurements or outcomes decide what is right.

    ## References
    Judgement, not a measurement.
    """
    labels, truth = spec.labels, spec.target.ground_truth
    nobody = YES if labels.test_annotators.absent else labels.test_annotators <= 0
    by_people = YES if truth.absent else truth.is_("annotators")

    def told(maker: str) -> Told:
        return Told(
            f"{maker} makes the labels, and no person is declared to have labelled the test set: "
            f"the score would count its errors as right (a judgement)",
            instead="have people label a few hundred test items, or test on measurements",
        )

    return decide(
        labels.source.is_("model", "programmatic"),
        Claim(labels.source.is_("model") & nobody & by_people, WARNING, lambda: told("a model")),
        Claim(nobody & by_people, NOTE, lambda: told("a program")),
    )


@rule(
    "LBL308",
    "proxy-labels",
    severity=WARNING,
    basis=CONVENTION,
    sources=("convention",),
    reads={
        "labels.proxy": "the label stands in for what is wanted",
        "explainability.affects_people": "people are affected",
    },
    flips=("labels.proxy",),
)
def proxy_labels(spec: Spec) -> Outcome:
    """
    ## What it does
    Notes that the labels stand in for what is really wanted (`labels.proxy`); warns when people are
    affected (`explainability.affects_people`).

    ## Why it matters
    A model learns what its label says, not what was meant: clicks for interest, costs for illness,
    arrests for crime. The better it fits, the more faithfully it repeats the gap between the two.

    ## Example
    ```yaml
    labels: {proxy: true}
    explainability: {affects_people: true}
    ```
    ```yaml
    labels: {proxy: false}
    explainability: {affects_people: true}
    ```

    ## What to do instead
    Collect what is really wanted for a sample, and report how far the proxy is from it, for each
    group of people that is affected.

    ## When it stays quiet
    When the label is what is wanted.

    ## References
    Judgement, not a measurement.
    """
    affects = spec.explainability.affects_people

    def told(who: str) -> Told:
        return Told(
            f"the labels stand in for what is really wanted{who}: a model learns the stand-in "
            f"(a judgement; how far the two are apart decides)",
            instead="measure on a sample how far the proxy is from what is wanted",
        )

    return decide(
        spec.labels.proxy,
        Claim(affects, WARNING, lambda: told(", and the decision affects people")),
        Claim(YES, NOTE, lambda: told("")),
    )


LABELS = (
    labelling_over_budget,
    labelling_misses_deadline,
    annotators_disagree,
    nothing_labelled,
    test_set_single_annotator,
    label_shortfall,
    labels_from_a_model,
    proxy_labels,
)
"""The rules of this group, in the order of their codes."""
