"""DAT: what to measure before a network (reason B2). Where simpler methods often win, look at them first."""

from __future__ import annotations

from mlspeclint.knowledge import (
    algorithm_kind,
    forecasting_wins,
    foundation_model_wins,
    graph_wins,
    series_classification_wins,
    tabular_wins,
    threshold,
)
from mlspeclint.rules.common import EXAMPLES_READS, count_of, is_deep, trained, training_examples
from mlspeclint.rules.rule import (
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
    reading,
    untold_baseline,
    uses,
    was_measured,
)
from mlspeclint.spec.quantity import MAYBE, NO, YES, Truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.knowledge import WinCount
    from mlspeclint.spec.compiled import Spec

FOUNDATION_MODEL = "tabular_foundation_model"

NOTHING_TO_PREDICT = ("clustering", "generation", "representation", "control")
"""Tasks for which boosted trees are no answer."""

FOUNDATION_READS = (
    "approach.base_model.tabular_foundation_model",
    "approach.base_model.name",
    "approach.algorithm",
)
"""What `is_tabular_foundation_model` reads."""

NO_TREES_READS = (*FOUNDATION_READS, "task.type", "data.interactions", "data.distinct_ids")
"""What `trees_do_not_apply` reads."""


def is_tabular_foundation_model(spec: Spec) -> Truth:
    """Whether the approach is a foundation model for tables: by its flag, or by a name that is known."""
    approach = spec.approach
    if algorithm_kind(approach.base_model.name.text) == FOUNDATION_MODEL:
        return YES
    return approach.base_model.tabular_foundation_model | uses(approach.algorithm, FOUNDATION_MODEL)


def trees_do_not_apply(spec: Spec) -> Truth:
    """Whether comparisons of networks with boosted trees say nothing of this table: recommendation and
    ranking with very many interactions or ids (convention), nothing to predict, or a tabular foundation
    model."""
    data, task = spec.data, spec.task.type
    large = (data.interactions >= threshold("recommendation_interactions")) | (
        data.distinct_ids >= threshold("recommendation_distinct_ids")
    )
    return (
        (task.is_("recommendation", "ranking") & large)
        | task.is_(*NOTHING_TO_PREDICT)
        | is_tabular_foundation_model(spec)
    )


def _ahead_of_something_named(spec: Spec) -> Truth:
    """Whether the approach is ahead, and the baseline, if there is one, says what it is."""
    return ahead(spec) & ~untold_baseline(spec)


def _tally(count: WinCount) -> str:
    """`the network won 27, tied 32 and lost 61 of 120 published comparisons (1,000 to 10,000 rows)`."""
    return (
        f"the network won {count.wins}, tied {count.ties} and lost {count.losses} "
        f"of {count.total} published comparisons ({count.band})"
    )


def _marks(spec: Spec) -> dict[str, str]:
    """A label for the baseline that is not of the kind that a rule looks for."""
    if not untold_baseline(spec).impossible:
        return {"target.baseline": "nobody said what this is the score of"}
    kind = spec.target.baseline_kind.text
    return {"target.baseline": f"a baseline of kind {kind}"} if kind else {}


def _advice(spec: Spec, advice: str) -> str:
    """What to do instead; to say what the baseline is comes first where nobody did."""
    if untold_baseline(spec).impossible:
        return advice
    return f"say in `target.baseline_kind` what the baseline is, or {advice}"


@rule(
    "DAT101",
    "no-tree-baseline",
    severity=WARNING,
    basis=MEASURED,
    figures=("tabular_wins",),
    sources=(
        "tabzilla2023", "tabarena2025", "grinsztajn2022", "tabr2023", "rtdl2021", "tabred2024",
        "shwartz2022",
    ),
    reads=reading(
        {
            "approach.training": "a network for a table",
            "approach.family": "the choice",
            "task.modality": "",
        },
        STANDING_READS,
        NO_TREES_READS,
        EXAMPLES_READS,
    ),
    flips=(),
)  # fmt: skip
def no_tree_baseline(spec: Spec) -> Outcome:
    """
    ## What it does
    Asks of a network that is trained on a table whether boosted trees, or another classical method that
    is not linear, were measured: in `target.baseline` with `baseline_kind: classical_ml`, or in
    `alternatives` with `status: measured` and a score. A linear or statistical baseline alone, or one of
    which nobody said what it is, leaves a note.

    ## Why it matters
    On tables, tuned boosted trees match or beat tuned networks in three of four published comparisons,
    at a fraction of the training time. The number of rows does not tell which of them will win: only a
    measurement on the table at hand does.

    ## Example
    ```yaml
    approach: {family: deep_learning, training: from_scratch}
    data: {examples: 4200, features: 40, classes: 2}
    ```
    The same plan after boosted trees were tried:
    ```yaml
    approach: {family: deep_learning, training: from_scratch}
    data: {examples: 4200, features: 40, classes: 2}
    target: {metric: auc, baseline: 0.88, baseline_kind: classical_ml}
    ```

    ## What to do instead
    Tune boosted trees on the same split before the network, and write down their score.

    ## When it stays quiet
    With a measured classical score; when the network is ahead of every measured score of another family;
    for a tabular foundation model; for recommendation and ranking with at least 10 million interactions
    or 100,000 distinct ids (a convention: no benchmark has such tables); for clustering, generation,
    representation and control.

    ## References
    McElfresh and others 2023; Erickson and others 2025; Grinsztajn and others 2022; Gorishniy and others
    2021 and 2023; Rubachev and others 2024; Shwartz-Ziv and Armon 2022. Counts: `tabular_wins.toml`.
    """
    training = spec.approach.training
    scratch = YES if training.absent else training.is_("from_scratch")
    applies = is_deep(spec) & spec.task.modality.is_("tabular") & scratch
    if applies.impossible:
        return SILENT
    untold = untold_baseline(spec)
    simple = was_measured(spec, lambda score: score.linear | score.is_("classical_ml"))
    enough = was_measured(spec, lambda score: score.is_("classical_ml") & ~score.linear)

    def told() -> Told:
        rows = training_examples(spec)
        what = "no boosted trees were measured to compare it with"
        if not untold.impossible:
            what = "the baseline may not be of boosted trees, nobody said what it is"
        elif simple.certain:
            what = "only a linear or statistical baseline was measured, no boosted trees"
        return Told(
            f"a network on a table, and {what}: {_tally(tabular_wins(rows.low, rows.high))}; "
            "the number of rows does not tell which one will win",
            instead=_advice(
                spec, "tune boosted trees on the same split first, and write down their score"
            ),
            clears="a measured score of boosted trees in `target.baseline` (`baseline_kind: classical_ml`) "
            "or `alternatives` (`status: measured`)",
            marks=_marks(spec),
        )

    return decide(
        applies & ~trees_do_not_apply(spec) & ~_ahead_of_something_named(spec),
        Claim(~simple & ~untold, WARNING, told),
        Claim(~enough, NOTE, told),
    )


@rule(
    "DAT102",
    "tabular-foundation-model",
    severity=NOTE,
    basis=MEASURED,
    figures=("foundation_models",),
    sources=("tabarena2025",),
    reads=reading(
        {
            "data.examples": "the rows that there are",
            "approach.training": "how the network is to be trained",
            "labels.labelled": "",
            "task.modality": "",
            "task.type": "",
        },
        STANDING_READS,
        FOUNDATION_READS,
        EXAMPLES_READS,
    ),
    flips=(),
)
def tabular_foundation_model(spec: Spec) -> Outcome:
    """
    ## What it does
    Where a network is to be trained or fine-tuned for classification or regression on a table of at most
    50,000 training rows, asks whether a tabular foundation model (TabPFN and the like) was measured, or
    rejected with a reason.

    ## Why it matters
    Such a model is pretrained on very many tables and needs no training of its own. On small tables it
    beats tuned boosted trees in most published comparisons, which a network trained from scratch does not.

    ## Example
    ```yaml
    approach: {family: deep_learning, training: from_scratch}
    data: {examples: 4200, features: 40}
    ```
    The team looked at one, and says why not:
    ```yaml
    approach: {family: deep_learning, training: from_scratch}
    data: {examples: 4200, features: 40}
    alternatives:
      - family: deep_learning
        algorithm: TabPFN
        status: rejected
        reason: its licence does not allow our use
    ```

    ## What to do instead
    Measure one beside the boosted trees, and check its licence and its time for a prediction.

    ## When it stays quiet
    Above 50,000 training rows, where there are few comparisons; when one was measured or rejected with a
    reason; when the network is ahead of every measured score of another family.

    ## References
    Erickson and others 2025 (TabArena). Counts: `foundation_models.toml`.
    """
    applies = (
        trained(spec, "from_scratch", "fine_tuning")
        & spec.task.modality.is_("tabular")
        & spec.task.type.is_("classification", "regression")
    )
    if applies.impossible:
        return SILENT
    rows = training_examples(spec)
    looked_at = MAYBE if spec.alternatives.unknown else NO
    for each in spec.alternatives:
        measured = each.status.is_("measured") & each.score.given
        rejected = each.status.is_("rejected") & each.reason.given
        looked_at |= uses(each.algorithm, FOUNDATION_MODEL) & (measured | rejected)

    def told() -> Told:
        count = foundation_model_wins(rows.low, rows.high)
        return Told(
            f"{count_of(rows)} training rows and no tabular foundation model was measured: one beat tuned "
            f"boosted trees in {count.wins} of {count.total} published comparisons ({count.band})",
            instead="measure one (TabPFN, TabICL) beside the boosted trees, and check its licence",
            clears="a tabular foundation model in `alternatives`, measured or rejected with a reason",
        )

    return decide(
        applies & ~is_tabular_foundation_model(spec) & ~ahead(spec),
        Claim((rows <= threshold("tabular_foundation_model_examples")) & ~looked_at, NOTE, told),
    )


@rule(
    "DAT107",
    "no-forecast-baseline",
    severity=WARNING,
    basis=MEASURED,
    figures=("forecasting",),
    sources=("fev2025", "m4", "m5"),
    reads=reading(
        {
            "approach.training": "a network for a forecast",
            "approach.family": "the choice",
            "task.type": "",
            "data.series": "",
        },
        STANDING_READS,
    ),
    flips=(),
)
def no_forecast_baseline(spec: Spec) -> Outcome:
    """
    ## What it does
    Asks of a network that forecasts whether a statistical, classical, zero-shot, simulated or current
    forecast was measured, in `target.baseline` or `alternatives`. A naive one alone (a constant, the last
    value), or a baseline of which nobody said what it is, leaves a note.

    ## Why it matters
    Exponential smoothing, ARIMA and boosted trees on lags win about half of the published comparisons
    with networks that were trained on the task, and pretrained zero-shot models win more often than
    those.

    ## Example
    ```yaml
    task: {type: forecasting, modality: time_series}
    approach: {family: deep_learning, training: from_scratch}
    data: {series: 40}
    ```
    With a statistical forecast to compare with:
    ```yaml
    task: {type: forecasting, modality: time_series}
    approach: {family: deep_learning, training: from_scratch}
    data: {series: 40}
    target: {metric: mase, baseline: 0.91, baseline_kind: statistics}
    ```

    ## What to do instead
    Measure an ensemble of AutoARIMA, AutoETS and AutoTheta, boosted trees on lags, and a pretrained
    zero-shot model on the same cut-off dates.

    ## When it stays quiet
    With such a score; when the network is ahead of every measured score of another family; for networks
    that are used zero-shot or by prompting.

    ## References
    Shchur and others 2025 (fev-bench); Makridakis and others 2020 (M4) and 2022 (M5). Counts:
    `forecasting.toml`.
    """
    applies = (
        is_deep(spec)
        & spec.task.type.is_("forecasting")
        & ~spec.approach.training.is_("zero_shot", "prompting")
    )
    if applies.impossible:
        return SILENT
    series, untold = spec.data.series, untold_baseline(spec)

    def suits(score: Score) -> Truth:
        kinds = ("statistics", "classical_ml", "zero_shot", "simulation", "current_process")
        pretrained = score.trained("zero_shot", "prompting")
        return (score.is_(*kinds) & ~score.naive) | pretrained

    enough = was_measured(spec, suits)
    naive = was_measured(spec, lambda score: score.naive)

    def told() -> Told:
        what = "no statistical, classical or zero-shot forecast was measured to compare it with"
        if not untold.impossible:
            what = "the baseline may be a naive one, nobody said what it is"
        elif naive.certain:
            what = "only a naive forecast was measured to compare it with"
        return Told(
            "a network for a forecast, and "
            f"{what}: against statistics and boosted trees "
            f"{_tally(forecasting_wins(series.low, series.high))}",
            instead=_advice(
                spec,
                "measure a statistical ensemble, boosted trees on lags and a zero-shot model first",
            ),
            clears="a measured score of such a forecast in `target.baseline` (with its `baseline_kind`) "
            "or `alternatives` (`status: measured`)",
            marks=_marks(spec),
        )

    return decide(
        applies & ~_ahead_of_something_named(spec),
        Claim(~enough & ~naive & ~untold, WARNING, told),
        Claim(~enough, NOTE, told),
    )


@rule(
    "DAT108",
    "no-specialised-baseline",
    severity=WARNING,
    basis=MEASURED,
    figures=(
        "time_series_classification",
        "graphs",
    ),
    sources=("ucr2023", "moleculenet2018", "dacrema2019"),
    reads=reading(
        {
            "approach.training": "a network from scratch",
            "task.type": "",
            "task.modality": "",
            "data.examples": "",
        },
        STANDING_READS,
        EXAMPLES_READS,
    ),
    flips=(),
)
def no_specialised_baseline(spec: Spec) -> Outcome:
    """
    ## What it does
    Asks of a network from scratch whether a classical method was measured beside it where specialised
    ones are strong: time series classification, graphs with under 5,000 examples, and recommendation of
    any size. A baseline of which nobody said what it is leaves a note.

    ## Why it matters
    Random convolutions with a linear model lose to networks on under a third of the usual time series.
    Forests on fingerprints keep up with graph networks on small sets of molecules. Of seven neural
    recommenders that could be reproduced, six were often beaten by tuned neighbours or other simple
    methods.

    ## Example
    ```yaml
    task: {type: recommendation, modality: tabular}
    approach: {family: deep_learning, training: from_scratch}
    data: {interactions: 20M}
    ```
    With a classical method beside it:
    ```yaml
    task: {type: recommendation, modality: tabular}
    approach: {family: deep_learning, training: from_scratch}
    data: {interactions: 20M}
    alternatives:
      - {family: classical_ml, algorithm: item knn, status: measured, score: 0.31}
    ```

    ## What to do instead
    Time series: MultiROCKET-Hydra. Graphs: a forest or boosted trees on fingerprints or graph statistics.
    Recommendation: tuned nearest neighbours, matrix factorisation, a linear autoencoder such as EASE.

    ## When it stays quiet
    With a measured classical or statistical score; when the network is ahead of every measured score of
    another family; for graphs from 5,000 examples on.

    ## References
    Middlehurst and others 2023; Wu and others 2018; Ferrari Dacrema and others 2019. Counts:
    `time_series_classification.toml`, `graphs.toml`.
    """
    task, examples = spec.task, training_examples(spec)
    recommends = task.type.is_("recommendation")
    series = task.type.is_("classification") & task.modality.is_("time_series")
    graphs = task.modality.is_("graph") & (examples < threshold("graph_examples"))
    applies = trained(spec, "from_scratch") & (recommends | series | graphs)
    if applies.impossible:
        return SILENT
    untold = untold_baseline(spec)
    measured = was_measured(spec, lambda score: score.is_("statistics", "classical_ml"))

    def told() -> Told:
        if not recommends.impossible:
            known = "simple methods beat most neural recommenders that could be reproduced"
            instead = "measure tuned nearest neighbours and matrix factorisation first"
        elif not series.impossible:
            count = series_classification_wins(examples.low, examples.high)
            known = f"against random convolutions {_tally(count)}; their number does not tell which wins"
            instead = "measure random convolutions with a linear model (MultiROCKET-Hydra) first"
        else:
            known = f"against forests on fingerprints {_tally(graph_wins())}"
            instead = "measure a forest on fingerprints or graph statistics first"
        what = "no classical method was measured to compare it with"
        if not untold.impossible:
            what = "the baseline may not be of a classical method, nobody said what it is"
        return Told(
            f"a network from scratch, and {what}: {known}",
            instead=_advice(spec, instead),
            clears="a measured score of a classical method in `target.baseline` (with its "
            "`baseline_kind`) or `alternatives` (`status: measured`)",
            marks=_marks(spec),
        )

    return decide(
        applies & ~_ahead_of_something_named(spec),
        Claim(~measured & ~untold, WARNING, told),
        Claim(~measured, NOTE, told),
    )
