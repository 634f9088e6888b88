"""DOM: simpler ways first (reasons A6 and B3). What rules, statistics or classical models may do as well."""

from __future__ import annotations

from mlspeclint.rules.common import (
    approach_words,
    family_words,
    is_deep,
    known,
    listed,
    stage_is,
    trained,
)
from mlspeclint.rules.rule import (
    ARITHMETIC,
    CONVENTION,
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
    LADDER,
    STANDING_READS,
    Score,
    ahead,
    behind,
    measured_scores,
    own_scores,
    reading,
    simpler_families,
    was_measured,
)
from mlspeclint.spec.quantity import MAYBE, NO, Truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.spec.compiled import Spec

SIMPLER = ("rules", "statistics", "classical_ml")
"""The families below deep learning."""
MOST_NAMED = 3
"""Scores that a message names."""


@rule(
    "DOM701",
    "rules-suffice",
    severity=WARNING,
    basis=ARITHMETIC,
    sources=("rulesofml",),
    reads={
        "rules_baseline.precision": "how often the rules are right",
        "rules_baseline.coverage": "how much they decide",
        "target.value": "the target",
        "approach.family": "the choice",
        "rules_baseline.exists": "",
        "target.metric": "",
        "target.pilot": "the pilot",
    },
    flips=("target.value", "target.pilot"),
)
def rules_suffice(spec: Spec) -> Outcome:
    """
    ## What it does
    Works out what the rules that there are reach alone, and compares it with the target of a classical
    model or a network: `rules_baseline.coverage` x `precision` for accuracy and recall (what the rules
    leave open counts as wrong), `precision` for precision.

    ## Why it matters
    What a few if-else rules solve needs no learning: no labels, no training, no drift of a model, and
    every decision can be read.

    ## Example
    ```yaml
    rules_baseline: {exists: true, coverage: 98%, precision: 97%}
    target: {metric: accuracy, value: 0.95}
    ```
    The rules leave enough open for a model:
    ```yaml
    rules_baseline: {exists: true, coverage: 60%, precision: 97%}
    target: {metric: accuracy, value: 0.95}
    ```

    ## What to do instead
    Keep the rules, and start a model when the target is above what they reach; or let a model decide
    only what the rules leave open.

    ## When it stays quiet
    When the pilot is above the target, and so shows what a model adds; for other metrics, which do not
    follow from coverage and precision; for approaches of family rules or statistics.

    ## References
    Plain arithmetic on the declared numbers; Zinkevich, Rules of Machine Learning, rule 1.
    """
    rules, target = spec.rules_baseline, spec.target
    share, metric = rules.coverage * rules.precision, target.metric
    enough = (metric.is_("accuracy", "recall") & (share >= target.value)) | (
        metric.is_("precision") & (rules.precision >= target.value)
    )
    pilot_is_above = NO if target.pilot.absent else target.pilot > target.value
    # Of rules that do not exist nobody need tell how right they are.
    stated = rules.exists | rules.coverage.given | rules.precision.given

    def told() -> Told:
        precision, coverage = (
            known(f"{fact}", "an unknown share") for fact in (rules.precision, rules.coverage)
        )
        reached = f"a precision of {precision}"
        if not metric.is_("precision").certain:
            got = known(f"{share:fraction}", "an unknown share")
            reached = f"{got} of everything right ({coverage} decided x {precision} right)"
        return Told(
            f"the rules alone get {reached}, which is no less than the target: "
            f"{metric.text or 'a score'} {known(f'{target.value}', 'of unknown size')}",
            instead="keep the rules, and let a model decide only what they leave open",
        )

    return decide(
        spec.approach.family.is_("classical_ml", "deep_learning")
        & metric.is_("accuracy", "recall", "precision")
        & stated,
        Claim(enough & ~pilot_is_above, WARNING, told),
    )


@rule(
    "DOM702",
    "rules-not-measured",
    severity=WARNING,
    basis=CONVENTION,
    sources=("rulesofml", "convention"),
    reads={
        "rules_baseline.exists": "there are rules",
        "rules_baseline.coverage": "",
        "rules_baseline.precision": "",
        "approach.family": "the choice",
        "target.baseline": "",
        "target.baseline_kind": "what the baseline is",
        "alternatives": "",
        "target.metric": "",
    },
    flips=(),
)
def rules_not_measured(spec: Spec) -> Outcome:
    """
    ## What it does
    Warns when rules are in use (`rules_baseline.exists`) and nobody has measured them: `coverage` or
    `precision` is missing, and neither the baseline nor a measured alternative is of rules.

    ## Why it matters
    The rules are what the model has to beat. Unmeasured, they may already be good enough, or the model
    may replace them and be worse.

    ## Example
    ```yaml
    rules_baseline: {exists: true, rules: 140}
    ```
    ```yaml
    rules_baseline: {exists: true, rules: 140, coverage: 45%, precision: 93%}
    ```

    ## What to do instead
    Run the rules over the test set, and write down which share they decide and which share of that is
    right. It is an afternoon's work.

    ## When it stays quiet
    When coverage and precision are declared, or the rules' score is the baseline (`baseline_kind:
    rules`) or that of a measured alternative of family rules; when there are no rules; when rules are
    the approach.

    ## References
    Judgement, not a measurement; Zinkevich, Rules of Machine Learning, rule 1.
    """
    rules = spec.rules_baseline
    measured = was_measured(spec, lambda score: score.is_("rules"))

    def told() -> Told:
        lacking = [
            name
            for name, fact in (("coverage", rules.coverage), ("precision", rules.precision))
            if not fact.given.certain
        ]
        return Told(
            f"rules are in use, and nobody has measured their {' and '.join(lacking)}: "
            "what the model has to beat is not known (a judgement)",
            instead="run the rules over the test set first",
            clears="`rules_baseline.coverage` and `precision`, or a measured score of the rules in "
            "`target.baseline` (`baseline_kind: rules`) or `alternatives`",
        )

    return decide(
        ~spec.approach.family.is_("rules") & rules.exists,
        Claim(~(rules.coverage.given & rules.precision.given) & ~measured, WARNING, told),
    )


@rule(
    "DOM703",
    "features-are-known",
    severity=WARNING,
    basis=CONVENTION,
    sources=("convention",),
    reads=reading(
        {
            "domain_knowledge.features_known": "what matters is known",
            "domain_knowledge.experts": "and experts are there",
            "approach.training": "a network learns it anew",
            "task.modality": "",
        },
        STANDING_READS,
    ),
    flips=(),
)
def features_are_known(spec: Spec) -> Outcome:
    """
    ## What it does
    Warns when a network is to be trained from scratch or fine-tuned on a table or time series although
    experts are available and the features that matter are known, and no classical model was measured:
    as the baseline (`baseline_kind: classical_ml`) or as an alternative.

    ## Why it matters
    A network shines where nobody can say what matters. Where experts can, a classical model on their
    features often does as well, for less data, less computing and with reasons that they understand.

    ## Example
    ```yaml
    approach: {family: deep_learning, training: from_scratch}
    domain_knowledge: {experts: available, features_known: true}
    ```
    With a classical model on those features beside it:
    ```yaml
    approach: {family: deep_learning, training: from_scratch}
    domain_knowledge: {experts: available, features_known: true}
    alternatives:
      - {family: classical_ml, algorithm: gradient_boosting, status: measured, score: 0.88}
    ```

    ## What to do instead
    Build the experts' features, tune boosted trees or a penalised linear model on them, and write down
    the score.

    ## When it stays quiet
    With a measured classical score; when the network is ahead of every measured score of another
    family; on pictures, sound and text, whose features nobody writes by hand any more.

    ## References
    Judgement, not a measurement. What was measured on tables stands under DAT101.
    """
    knowledge = spec.domain_knowledge
    measured = was_measured(spec, lambda score: score.is_("classical_ml"))

    def told() -> Told:
        return Told(
            "experts are there and the features that matter are known, but no classical model was "
            f"measured on them before {approach_words(spec)} (a judgement)",
            instead="tune boosted trees or a linear model on the experts' features first",
            clears="a measured classical score in `target.baseline` (`baseline_kind: classical_ml`) or "
            "`alternatives` (`status: measured`)",
        )

    return decide(
        trained(spec, "from_scratch", "fine_tuning")
        & spec.task.modality.is_("tabular", "time_series")
        & ~ahead(spec),
        Claim(
            knowledge.experts.is_("available") & knowledge.features_known & ~measured,
            WARNING,
            told,
        ),
    )


@rule(
    "DOM704",
    "ladder-skipped",
    severity=WARNING,
    basis=CONVENTION,
    sources=("rulesofml", "convention"),
    reads={
        "approach.family": "the top of the ladder",
        "approach.training": "",
        "alternatives": "what else was looked at",
        "target.baseline": "",
        "rules_baseline.coverage": "",
        "rules_baseline.precision": "",
        "project.stage": "",
    },
    flips=(),
    yields_to={"DAT101": {}, "DAT107": {}, "DAT108": {}, "DOM706": {}},
)
def ladder_skipped(spec: Spec) -> Outcome:
    """
    ## What it does
    Asks of deep learning whether anything simpler was looked at: an alternative of family rules,
    statistics or classical_ml with a score, or with a reason why not, a baseline, or rules that were
    measured (`rules_baseline`). A note at stage idea, a warning later.

    ## Why it matters
    Simple analysis comes first, then statistics, then classical models, and deep learning where those
    fall short. Whoever begins at the top pays for it without knowing what the lower steps would have
    reached.

    ## Example
    ```yaml
    task: {type: classification, modality: text}
    approach: {family: deep_learning, training: fine_tuning}
    ```
    A reason is enough where nothing simpler can work:
    ```yaml
    task: {type: classification, modality: text}
    approach: {family: deep_learning, training: fine_tuning}
    alternatives:
      - {family: classical_ml, status: rejected, reason: word counts cannot tell irony}
    ```

    ## What to do instead
    Measure the simplest thing that could work on the same test set, or write down why nothing simpler
    can.

    ## When it stays quiet
    With such an alternative, a baseline or measured rules; when DAT101, DAT107 or DAT108 already asks
    for a classical score, or DOM706 says that one is better.

    ## References
    Judgement, not a measurement; Zinkevich, Rules of Machine Learning, rules 1 and 4.
    """
    looked_at = MAYBE if spec.alternatives.unknown else NO
    for each in spec.alternatives:
        looked_at |= each.family.is_(*SIMPLER) & (each.score.given | each.reason.given)
    rules = spec.rules_baseline
    looked_at |= rules.coverage.given & rules.precision.given

    def told() -> Told:
        named = [each.family.text for each in spec.alternatives if each.family.text in SIMPLER]
        what = f"no baseline and nothing simpler is declared beside {approach_words(spec)}"
        if named:
            what = (
                f"no baseline is declared beside {approach_words(spec)}, and the simpler alternatives "
                "have neither a score nor a reason"
            )
        return Told(
            f"{what} (a judgement: the simplest step that works is the best)",
            instead="measure rules, statistics or a classical model first, or say why none can work",
            clears="a simpler alternative with a score or a `reason` in `alternatives`, or "
            "`target.baseline`",
        )

    skipped = ~looked_at & ~spec.target.baseline.given
    return decide(
        is_deep(spec),
        Claim(skipped & ~stage_is(spec, "idea"), WARNING, told),
        Claim(skipped, NOTE, told),
    )


@rule(
    "DOM705",
    "simple-problem",
    severity=WARNING,
    basis=CONVENTION,
    sources=("rulesofml", "convention"),
    reads=reading(
        {
            "task.complexity": "the problem is simple",
            "approach.family": "the choice",
            "alternatives": "what else was looked at",
        },
        STANDING_READS,
    ),
    flips=(),
)
def simple_problem(spec: Spec) -> Outcome:
    """
    ## What it does
    Warns when the problem is declared to be simple (`task.complexity`), deep learning is the choice, and
    no other approach was measured: no alternative with a score, and no baseline of kind rules,
    statistics or classical_ml.

    ## Why it matters
    A simple problem leaves little for a network to find that a simple model does not. The difference in
    cost stays: training, serving, explaining, keeping it up to date.

    ## Example
    ```yaml
    task: {type: classification, modality: text, complexity: simple}
    approach: {family: deep_learning, training: fine_tuning}
    ```
    ```yaml
    task: {type: classification, modality: text, complexity: simple}
    approach: {family: deep_learning, training: fine_tuning}
    alternatives:
      - {family: classical_ml, algorithm: logistic_regression, status: measured, score: 0.91}
    ```

    ## What to do instead
    Measure the simplest model that could work. If it reaches the target, take it.

    ## When it stays quiet
    When an alternative was measured; when the network is ahead of every measured score of another
    family; for moderate and complex problems.

    ## References
    Judgement, not a measurement; Zinkevich, Rules of Machine Learning, rule 4.
    """
    measured = was_measured(spec, lambda score: score.is_(*LADDER))

    def told() -> Told:
        return Told(
            f"the problem is declared to be simple, the choice is {approach_words(spec)}, and nothing "
            "else was measured (a judgement: simple problems seldom need a network)",
            instead="measure the simplest model that could work, and take it if it reaches the target",
            clears="a measured alternative (`status: measured`, with its score)",
        )

    return decide(
        is_deep(spec) & spec.task.complexity.is_("simple") & ~ahead(spec),
        Claim(~measured, WARNING, told),
    )


@rule(
    "DOM706",
    "measured-and-behind",
    severity=WARNING,
    basis=ARITHMETIC,
    sources=("rulesofml",),
    reads=reading(
        {
            "target.pilot": "what the approach reaches",
            "target.baseline": "the baseline",
            "alternatives": "what simpler ways reach",
            "approach.family": "the choice",
        },
        STANDING_READS,
    ),
    flips=("target.pilot",),
)
def measured_and_behind(spec: Spec) -> Outcome:
    """
    ## What it does
    Compares what was measured of the approach (`target.pilot`, or an alternative of the same family and
    training) with every measured score of a simpler family: rules, statistics, classical_ml, in this
    order, then deep_learning. Warns when one of them is as good or better, unless the `reason` of that
    alternative says why it was not taken. A baseline of which nobody said what it is leaves a note.

    ## Why it matters
    Nothing speaks for the dearer of two methods when it was tried on the same data and is not better.
    It costs more to train, to serve, to explain and to keep up.

    ## Example
    ```yaml
    approach: {family: deep_learning, training: from_scratch}
    target: {metric: auc, baseline: 0.871, baseline_kind: classical_ml, pilot: 0.868}
    ```
    ```yaml
    approach: {family: deep_learning, training: from_scratch}
    target: {metric: auc, baseline: 0.871, baseline_kind: classical_ml, pilot: 0.884}
    ```

    ## What to do instead
    Take the simpler method. Come back to the network when there are more data or another kind of data,
    or write down in `reason` what else speaks against the simpler one.

    ## When it stays quiet
    When the approach is ahead, however little; when the better alternative has a reason; without a
    simpler score there is nothing to compare, and without a pilot it is undecided.

    ## References
    Plain arithmetic on the declared numbers; Zinkevich, Rules of Machine Learning, rule 4.
    """
    simpler = (*simpler_families(spec), "constant")
    scores = measured_scores(spec)
    told_of = [
        (score, behind(spec, score) & score.is_(*simpler) & ~_excused(score, scores))
        for score in scores
    ]
    untold = [(score, behind(spec, score)) for score in scores if score.of is None]
    if spec.alternatives.unknown:
        # They may hold a better score, where there is anything to compare it with.
        hidden = MAYBE & spec.target.pilot.given
    elif not scores:
        return SILENT
    else:
        hidden = NO

    def told() -> Told:
        own = [f"{value:number}" for value, counts in own_scores(spec) if not counts.impossible]
        reached = listed([known(each, "an unknown score") for each in dict.fromkeys(own)], "or")
        lost = [score for score, loses in told_of + untold if loses.certain]
        lost = lost or [score for score, loses in told_of + untold if loses.open]
        named = [_named(score) for score in lost[:MOST_NAMED]]
        named = named or ["the alternatives, of which nothing is known"]
        return Told(
            f"the approach reaches {reached}, which is no better than {listed(named)}",
            instead="take the simpler way, or write down in its `reason` what speaks against it",
            clears="a `reason` on the alternative that is as good or better",
        )

    return decide(
        spec.approach.family.is_("classical_ml", "deep_learning"),
        Claim(_any(told_of) | hidden, WARNING, told),
        Claim(_any(untold), NOTE, told),
    )


def _any(answers: list[tuple[Score, Truth]]) -> Truth:
    result = NO
    for _, answer in answers:
        result |= answer
    return result


def _excused(score: Score, scores: list[Score]) -> Truth:
    """Whether a reason says why this was not taken. A baseline has none of its own, but the same score
    may stand among the alternatives."""
    if score.reason is not None:
        return score.reason.given
    ends = (score.value.low, score.value.high)
    for other in scores:
        if other.reason is None or other.of is None or score.of is None:
            continue
        if other.of.text == score.of.text and (other.value.low, other.value.high) == ends:
            return other.reason.given
    return NO


def _named(score: Score) -> str:
    """A score in a message: `the 0.871 of classical ML`."""
    of = "the baseline, of which nobody said what it is"
    if score.of is not None:
        of = {"constant": "a constant", None: "an approach of unknown kind"}.get(
            score.of.text, family_words(score.of.text or "")
        )
    return f"the {known(f'{score.value:number}', 'unknown score')} of {of}"


SIMPLER_FIRST = (
    rules_suffice,
    rules_not_measured,
    features_are_known,
    ladder_skipped,
    simple_problem,
    measured_and_behind,
)
"""The rules of this group, in the order of their codes."""
