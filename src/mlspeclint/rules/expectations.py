"""TGT: expectations (reason A1). What a target asks for, and what can be shown or is there already."""

from __future__ import annotations

from math import inf, isfinite

from mlspeclint.feasibility.annotators import majority_ceiling
from mlspeclint.feasibility.sample_size import standard_error_of_share
from mlspeclint.knowledge import auc_gains, threshold
from mlspeclint.rules.baselines import NO_TREES_READS, trees_do_not_apply
from mlspeclint.rules.common import family_words, known, listed, stage_is, trained
from mlspeclint.rules.learning_curves import curve_too_thin, pilot_too_far_from_target
from mlspeclint.rules.rule import (
    ARITHMETIC,
    CONVENTION,
    ERROR,
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
from mlspeclint.rules.standing import (
    STANDING_READS,
    Score,
    ahead,
    better,
    measured_scores,
    reading,
    simpler_families,
    uses,
)
from mlspeclint.spec.facts import Items
from mlspeclint.spec.metrics import ACCURACY_LIKE
from mlspeclint.spec.quantity import MAYBE, NO, YES, Quantity, Truth, largest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.spec.compiled import Spec

MOST_NAMED = 3
"""Scores that a message names."""

COMPARISON_READS = ("target.metric", "target.direction")
"""What `better` reads."""


def _target(spec: Spec) -> str:
    """The target in a message: `accuracy 0.95`."""
    value = known(f"{spec.target.value}", "of unknown size")
    return f"{spec.target.metric.text or 'a score'} {value}"


@rule(
    "TGT801",
    "target-above-label-noise",
    severity=ERROR,
    basis=ARITHMETIC,
    sources=("northcutt2021",),
    reads={
        "target.value": "the target",
        "labels.test_noise": "test labels that are wrong",
        "labels.test_examples": "the test set",
        "target.metric": "",
    },
    flips=("target.value", "labels.test_noise"),
)
def target_above_label_noise(spec: Spec) -> Outcome:
    """
    ## What it does
    Compares the target with the share of test labels that are right, 1 - `labels.test_noise`, for
    accuracy, balanced accuracy, precision, recall and F1. Above it is a note; above it by more than the
    half-width of a 95 % interval on `labels.test_examples` examples, 1.96 sqrt(v (1 - v) / n), a
    warning; a target of 1 that far above it, an error. Without a declared test set the half-width is 0.

    ## Why it matters
    Against wrong labels even a model that is never wrong scores lower than its truth. A target above
    that cannot be shown, or only by a model that has learnt the mistakes. Well-known public test sets
    hold 0.15 to 6 % of wrong labels.

    ## Example
    ```yaml
    labels: {test_noise: 6%, test_examples: 20k}
    target: {metric: accuracy, value: 0.97}
    ```
    ```yaml
    labels: {test_noise: 1%, test_examples: 20k}
    target: {metric: accuracy, value: 0.97}
    ```

    ## What to do instead
    Have the test set labelled again where models and labels disagree, or lower the target to what the
    labels can show.

    ## When it stays quiet
    When the target is at most the share of right labels; for other metrics, for which the ceiling does
    not follow from that share. It is undecided when nobody has estimated `labels.test_noise`.

    ## References
    Northcutt, Athalye and Mueller 2021. Counts: `label_noise.toml`.
    """
    labels, value = spec.labels, spec.target.value
    ceiling = 1 - labels.test_noise
    width = Quantity(0.0, 0.0)
    if not labels.test_examples.absent:
        error = standard_error_of_share(ceiling, labels.test_examples)
        width = threshold("confidence_factor") * error
    beyond = value > ceiling + width

    def told(far: str) -> Told:
        best = known(f"{ceiling:fraction}", "an unknown share")
        margin = f" (± {width:positive})" if width.high and isfinite(width.high) else ""
        return Told(
            f"the target is {_target(spec)}, and {known(f'{labels.test_noise}', 'an unknown share')} of "
            f"the test labels are wrong: against them a model that is never wrong scores {best}{margin}"
            f"{far}",
            instead="have the test labels checked where models disagree with them, or lower the target",
        )

    return decide(
        spec.target.metric.is_(*ACCURACY_LIKE),
        Claim(beyond & (value >= 1), ERROR, lambda: told(", so that 1 cannot be shown")),
        Claim(beyond, WARNING, lambda: told("")),
        Claim(value > ceiling, NOTE, lambda: told("; the difference is within chance")),
    )


@rule(
    "TGT802",
    "target-above-annotators",
    severity=WARNING,
    basis=ARITHMETIC,
    sources=("convention",),
    reads={
        "target.value": "the target",
        "labels.raw_agreement": "how often two annotators agree",
        "labels.test_annotators": "annotators for each item of the test set",
        "data.classes": "the classes",
        "target.metric": "",
        "target.ground_truth": "people decide what is right",
        "task.multilabel": "",
    },
    flips=("target.value", "labels.test_annotators", "labels.raw_agreement"),
)
def target_above_annotators(spec: Spec) -> Outcome:
    """
    ## What it does
    Works out from `labels.raw_agreement` how often an annotator is right, and compares the target with
    it, where annotators decide what is right and each example has one label. Two annotators agree when
    both are right or wrong in the same way: agreement = q^2 + (1 - q)^2 / (classes - 1), solved for q.
    With several annotators for a test item (`labels.test_annotators`) their majority counts, ties
    settled by lot. When nobody declared how many, one is assumed and the finding is a note.

    ## Why it matters
    People who agree on four examples of five cannot be right on nineteen of twenty. A perfect model
    scores as high as the labels are right; above that it is the annotators' habits that it has learnt.

    ## Example
    ```yaml
    data: {classes: 2}
    labels: {raw_agreement: 0.82, test_annotators: 1}
    target: {metric: accuracy, value: 0.95, ground_truth: annotators}
    ```
    The majority of three is right more often than one of them:
    ```yaml
    data: {classes: 2}
    labels: {raw_agreement: 0.82, test_annotators: 3}
    target: {metric: accuracy, value: 0.95, ground_truth: annotators}
    ```

    ## What to do instead
    Have each test item labelled by three people or more, sharpen the labelling guide, or lower the
    target.

    ## When it stays quiet
    When the labels are right often enough; where measurements or outcomes decide what is right; for
    several labels an example and for other metrics.

    ## References
    Probability, if annotators err independently of each other and spread their mistakes evenly. People
    who err on the same hard examples agree more than they are right, so that the truth is worse.
    """
    labels, target = spec.labels, spec.target
    undeclared = labels.test_annotators.absent
    people = Quantity(1.0, 1.0) if undeclared else labels.test_annotators
    applies = (
        target.ground_truth.is_("annotators")
        & target.metric.is_(*ACCURACY_LIKE)
        & ~spec.task.multilabel
    )
    if applies.impossible:
        return SILENT
    ceiling = majority_ceiling(labels.raw_agreement, spec.data.classes, people)
    above = target.value > ceiling

    def told() -> Told:
        number = known(f"{people:count}", "an unknown number")
        who = "one of them" if number in ("0", "1") else f"the majority of {number}"
        assumed = " (one is assumed: `labels.test_annotators` is not declared)"
        agreement = right = "an unknown share"
        if f"{labels.raw_agreement}" != "unknown":
            agreement, right = f"{labels.raw_agreement}", f"about {ceiling:fraction}"
        return Told(
            f"the target is {_target(spec)}, and annotators agree on {agreement} of the examples, so that "
            f"{who} is right on {right}{assumed if undeclared else ''}: a perfect model scores no more on "
            "such labels",
            instead="have each test item labelled by three people or more, or lower the target",
        )

    return decide(
        applies,
        Claim(above & (NO if undeclared else YES), WARNING, told),
        Claim(above, NOTE, told),
    )


@rule(
    "TGT803",
    "nothing-to-compare-with",
    severity=WARNING,
    basis=CONVENTION,
    sources=("convention",),
    reads={
        "target.metric": "the metric",
        "target.value": "the target",
        "target.baseline": "",
        "target.human": "",
        "target.pilot": "",
        "alternatives": "",
        "approach.family": "the choice",
        "project.stage": "",
    },
    flips=(),
)
def nothing_to_compare_with(spec: Spec) -> Outcome:
    """
    ## What it does
    Asks for a metric, a value to be reached, and one score to compare it with: a baseline, people's
    score, a pilot, or a measured alternative. A note at stage idea, and for rules and statistics.

    ## Why it matters
    Without them nobody can say whether the project has succeeded, and expectations grow until nothing
    meets them. A value without anything beside it may be trivial or out of reach.

    ## Example
    ```yaml
    target: {metric: f1, value: 0.9}
    ```
    ```yaml
    target: {metric: f1, value: 0.9, baseline: 0.81, baseline_kind: current_process}
    ```

    ## What to do instead
    Choose the metric with those who will use the result, and measure what is done today on the same
    test set.

    ## When it stays quiet
    With a metric, a value, and one score beside it. The state of the art is no such score: it is
    measured on other data.

    ## References
    Judgement, not a measurement.
    """
    target = spec.target
    compared = target.baseline.given | target.human.given | target.pilot.given
    for each in spec.alternatives:
        compared |= each.status.is_("measured") & each.score.given
    if spec.alternatives.unknown:
        compared |= MAYBE
    beside = "one of `target.baseline`, `human`, `pilot` or a measured alternative"
    asked = [
        (target.metric.given, "no metric", "`target.metric`"),
        (target.value.given, "no value to be reached", "`target.value`"),
        (compared, "no score to compare with", beside),
    ]
    bad = ~(target.metric.given & target.value.given & compared)
    small = stage_is(spec, "idea") | spec.approach.family.is_("rules", "statistics")

    def told() -> Told:
        lacking = [(words, cure) for declared, words, cure in asked if not declared.certain]
        return Told(
            f"the target has {listed([words for words, _ in lacking])}: nobody could tell later whether "
            "it was met, or whether it was worth reaching (a judgement)",
            instead="choose a metric and a value, and measure what is done today on the same test set",
            clears=listed([cure for _, cure in lacking]),
        )

    return decide(YES, Claim(bad & ~small, WARNING, told), Claim(bad, NOTE, told))


@rule(
    "TGT804",
    "gain-seldom-seen",
    severity=WARNING,
    basis=MEASURED,
    figures=("auc_gains",),
    sources=("tabarena2025", "tabred2024"),
    reads=reading(
        {
            "target.value": "the target",
            "target.baseline": "what boosted trees reach",
            "alternatives": "what boosted trees reach",
            "approach.training": "a network for a table",
            "target.pilot": "",
            "task.modality": "",
        },
        STANDING_READS,
        NO_TREES_READS,
    ),
    flips=("target.value",),
)
def gain_seldom_seen(spec: Spec) -> Outcome:
    """
    ## What it does
    For a network from scratch on a table, without a pilot: warns when the target is an AUC more than
    0.005 above what boosted trees reached, and says how many published comparisons saw such a gain.
    Boosted trees are a measured alternative of that algorithm, or a baseline or alternative of kind
    classical_ml of which nobody said more.

    ## Why it matters
    On the same table, networks and boosted trees come within a few thousandths of AUC of each other.
    Whoever counts on more counts on what was seen in few comparisons.

    ## Example
    ```yaml
    approach: {family: deep_learning, training: from_scratch}
    target: {metric: auc, value: 0.89, baseline: 0.86, baseline_kind: classical_ml}
    ```
    A pilot has shown it:
    ```yaml
    approach: {family: deep_learning, training: from_scratch}
    target: {metric: auc, value: 0.89, baseline: 0.86, baseline_kind: classical_ml, pilot: 0.885}
    ```

    ## What to do instead
    Spend a week on a pilot before the gain is promised. Other data (text, pictures, histories) and
    better features gain more than another model on the same table.

    ## When it stays quiet
    With a pilot, or when the network is ahead of every measured score of another family; without a
    score of boosted trees (DAT101 asks for one); for tabular foundation models, and for recommendation
    and ranking with at least 10 million interactions or 100,000 distinct ids; for other metrics.

    ## References
    Erickson and others 2025; Rubachev and others 2024. Counts: `auc_gains.toml`. The number of rows does
    not tell where networks gain.
    """
    target = spec.target
    applies = trained(spec, "from_scratch") & spec.task.modality.is_("tabular")
    if applies.impossible:
        return SILENT
    applies &= target.metric.is_("auc") & ~trees_do_not_apply(spec) & ~ahead(spec)
    trees = [(score, score.counts & _of_boosted_trees(score)) for score in measured_scores(spec)]
    limit = threshold("auc_gain_over_trees")
    hidden = MAYBE if spec.alternatives.unknown else NO
    compared, above = hidden, ~hidden
    for score, counts in trees:
        far = target.value - score.value > limit
        compared |= counts & far
        above &= ~counts | far

    def told() -> Told:
        scores = [score.value for score, counts in trees if not counts.impossible]
        best = largest(*scores) if scores else Quantity(-inf, inf)
        gain = target.value - best
        reached = ", and what boosted trees reach is unknown"
        if isfinite(gain.low) and isfinite(gain.high):
            reached = f", {gain:number} above the {best:number} of boosted trees"
        # Of a gain that may be any, only one that the rule asks for counts.
        seen = auc_gains(max(gain.low, limit))
        return Told(
            f"the target is {_target(spec)}{reached}: networks from scratch gained more than "
            f"{seen.above:g} in {seen.count} of {seen.total} published comparisons (two classes, any "
            "number of rows, which does not tell where)",
            instead="show the gain in a pilot before it is promised, or look for better data",
            clears="a pilot on the same test set (`target.pilot`)",
        )

    return decide(applies, Claim(compared & above & ~target.pilot.given, WARNING, told))


def _of_boosted_trees(score: Score) -> Truth:
    """Whether it is a score of boosted trees; classical ML of which nobody said more is taken for it."""
    if score.algorithm is None or score.algorithm.absent:
        return score.is_("classical_ml")
    return score.is_("classical_ml") & uses(score.algorithm, "boosted_trees")


@rule(
    "TGT807",
    "beyond-state-of-the-art",
    severity=WARNING,
    basis=CONVENTION,
    sources=("convention",),
    reads=reading(
        {
            "target.value": "the target",
            "target.state_of_the_art": "the best that was published",
            "target.pilot": "the pilot",
            "project.motivation_kind": "",
            "project.stage": "",
        },
        COMPARISON_READS,
    ),
    flips=("target.value", "target.pilot"),
)
def beyond_state_of_the_art(spec: Spec) -> Outcome:
    """
    ## What it does
    Warns when the target is better than `target.state_of_the_art` and no pilot has reached that. A note
    when the project is research (`project.motivation_kind`).

    ## Why it matters
    What works in production and what works in a laboratory are a thin line apart, and the laboratory had
    more people, time and computing. To promise more than anybody has published is to promise research.

    ## Example
    ```yaml
    target: {metric: accuracy, value: 0.97, state_of_the_art: 0.943}
    ```
    ```yaml
    target: {metric: accuracy, value: 0.93, state_of_the_art: 0.943}
    ```

    ## What to do instead
    Promise less and deliver more: take a target that others have reached, or show in a pilot that yours
    is easier than the published task.

    ## When it stays quiet
    When a pilot is at least as good as the state of the art: the task at hand is easier, or the team is
    better. At stage idea.

    ## References
    Judgement, not a measurement.
    """
    target, motivation = spec.target, spec.project.motivation_kind
    best, pilot = target.state_of_the_art, target.pilot
    reached = NO if pilot.absent else ~better(spec, best, pilot)
    beyond = better(spec, target.value, best) & ~reached
    research = NO if motivation.absent else motivation.is_("research")

    def told() -> Told:
        shown = "no pilot is declared"
        if not pilot.absent:
            shown = f"the pilot reaches {known(f'{pilot}', 'an unknown score')}"
        return Told(
            f"the target is {_target(spec)}, the best published score "
            f"{known(f'{best}', 'is unknown')}, and {shown}: that would be research (a judgement)",
            instead="take a target that others have reached, or show in a pilot that this task is easier",
        )

    return decide(
        ~stage_is(spec, "idea"),
        Claim(beyond & ~research, WARNING, told),
        Claim(beyond, NOTE, told),
    )


@rule(
    "TGT808",
    "beyond-human",
    severity=NOTE,
    basis=CONVENTION,
    sources=("convention",),
    reads=reading(
        {
            "target.value": "the target",
            "target.human": "what people reach",
            "target.ground_truth": "people decide what is right",
        },
        COMPARISON_READS,
    ),
    flips=("target.value",),
)
def beyond_human(spec: Spec) -> Outcome:
    """
    ## What it does
    Notes a target that is better than what people reach (`target.human`) where people decide what is
    right (`target.ground_truth: annotators`).

    ## Why it matters
    Labels by people are as good as people. A score above theirs is possible when the labels are better
    than one person's work (several annotators, more time, more information); otherwise it shows that the
    model imitates the annotators better than a colleague does.

    ## Example
    ```yaml
    target: {metric: accuracy, value: 0.96, human: 0.93, ground_truth: annotators}
    ```
    ```yaml
    target: {metric: accuracy, value: 0.92, human: 0.93, ground_truth: annotators}
    ```

    ## What to do instead
    Say what makes the test labels better than the people whose score it is, or aim at their score, for
    less time and money.

    ## When it stays quiet
    When the target is at most what people reach; where measurements or outcomes decide what is right.

    ## References
    Judgement, not a measurement.
    """
    target = spec.target

    def told() -> Told:
        return Told(
            f"the target is {_target(spec)}, better than the {known(f'{target.human}', 'unknown score')} "
            "of people, and people decide what is right (a judgement: their labels have to be better than "
            "their own work to show it)",
            instead="say what makes the test labels better than people's work, or aim at their score",
        )

    return decide(
        target.ground_truth.is_("annotators"),
        Claim(better(spec, target.value, target.human), NOTE, told),
    )


def _simpler(score: Score) -> str:
    """A simpler alternative in a message: `classical ML`."""
    family = score.of and score.of.text
    return family_words(family) if family else "a simpler alternative"


def _without_rules(spec: Spec) -> Spec:
    """The spec without the scores of rules: what DOM701 says of them is said once."""
    target = spec.target
    if target.baseline_kind.text == "rules":
        target = target.having(baseline=type(target).baseline)
    others = spec.alternatives
    if not others.unknown:
        others = Items(each for each in others if each.family.text != "rules")
    return spec.having(target=target, alternatives=others)


@rule(
    "TGT809",
    "target-already-met",
    severity=WARNING,
    basis=ARITHMETIC,
    sources=("convention",),
    reads=reading(
        {
            "target.value": "the target",
            "target.baseline": "what is reached already",
            "alternatives": "what simpler ways reach",
            "approach.family": "the choice",
            "target.baseline_kind": "",
        },
        COMPARISON_READS,
    ),
    flips=("target.value",),
    yields_to={"DOM701": _without_rules},
)
def target_already_met(spec: Spec) -> Outcome:
    """
    ## What it does
    Warns when the baseline, or a measured alternative of a simpler family than the chosen one, is at
    least as good as the target. People's own score (`baseline_kind: human`) does not count: to be as
    good for less is an aim of its own.

    ## Why it matters
    What is there already meets the aim: then the project gains nothing by it, or the aim is not what is
    really wanted.

    ## Example
    ```yaml
    target: {metric: accuracy, value: 0.9, baseline: 0.91, baseline_kind: classical_ml}
    ```
    ```yaml
    target: {metric: accuracy, value: 0.94, baseline: 0.91, baseline_kind: classical_ml}
    ```

    ## What to do instead
    Keep what is there; or say what the new approach is for (speed, cost, another population), and set
    the target to what would be worth it.

    ## When it stays quiet
    When the target is better than all of them; when DOM701 already says that the rules suffice, and it is
    only they that meet the target.

    ## References
    Plain arithmetic on the declared numbers.
    """
    target, simpler = spec.target, simpler_families(spec)
    met: list[tuple[Score, Truth]] = []
    for score in measured_scores(spec):
        baseline = score.reason is None
        counts = ~score.is_("human") if baseline else score.is_(*simpler)
        met.append((score, counts & score.counts & ~better(spec, target.value, score.value)))
    if spec.alternatives.unknown:
        hidden = MAYBE & target.value.given
    elif not met:
        return SILENT
    else:
        hidden = NO
    reached = hidden
    for _, answer in met:
        reached |= answer

    def told() -> Told:
        found = [score for score, answer in met if answer.certain]
        found = found or [score for score, answer in met if answer.open]
        named = [
            f"{'the baseline' if score.reason is None else _simpler(score)} reaches "
            f"{known(f'{score.value:number}', 'an unknown score')}"
            for score in found[:MOST_NAMED]
        ]
        what = f"{listed(named)} already" if named else "what the alternatives reach is unknown"
        return Told(
            f"the target is {_target(spec)}, and {what}",
            instead="keep what is there, or set the target to what would be worth the change",
        )

    return decide(YES, Claim(reached, WARNING, told))


@rule(
    "TGT810",
    "not-tested-elsewhere",
    severity=WARNING,
    basis=CONVENTION,
    sources=("convention",),
    reads={
        "target.external_test": "not tested on other data",
        "explainability.affects_people": "people are affected",
        "explainability.domain": "the domain",
        "project.stage": "the stage",
    },
    flips=("target.external_test",),
)
def not_tested_elsewhere(spec: Spec) -> Outcome:
    """
    ## What it does
    Warns at the stages pilot and production when people are affected, or the domain is health, and the
    model was not tested on data from another site, period or population (`target.external_test`).

    ## Why it matters
    A test set from the same place and time shares its scanner, its habits and its people with the
    training data. Models that looked ready have failed at the next hospital, in the next year and for
    those of whom there were few.

    ## Example
    ```yaml
    project: {name: example, stage: pilot}
    explainability: {affects_people: true, domain: health}
    ```
    ```yaml
    project: {name: example, stage: pilot}
    explainability: {affects_people: true, domain: health}
    target: {external_test: true}
    ```

    ## What to do instead
    Test on data from elsewhere before anybody relies on the model, and report the score beside the
    other one.

    ## When it stays quiet
    Before the pilot; when nobody is affected and the domain is not health; when such a test was done.

    ## References
    Judgement, not a measurement.
    """
    how = spec.explainability

    def told() -> Told:
        why = "people are affected" if how.affects_people.certain else "the domain is health"
        if not (how.affects_people.certain or how.domain.is_("health").certain):
            why = "people may be affected"
        return Told(
            f"at stage {spec.project.stage.text or 'unknown'}, where {why}, a test on data from another "
            "site, period or population is customary, and none is declared",
            instead="test on data from elsewhere before anybody relies on the model",
        )

    return decide(
        stage_is(spec, "pilot", "production") & (how.affects_people | how.domain.is_("health")),
        Claim(~spec.target.external_test, WARNING, told),
    )


EXPECTATIONS = (
    target_above_label_noise,
    target_above_annotators,
    nothing_to_compare_with,
    gain_seldom_seen,
    pilot_too_far_from_target,
    curve_too_thin,
    beyond_state_of_the_art,
    beyond_human,
    target_already_met,
    not_tested_elsewhere,
)
"""The rules of this group, in the order of their codes."""
