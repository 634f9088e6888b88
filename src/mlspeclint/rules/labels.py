"""LBL: labels (reasons A3 and B2). Much data is no help unlabelled, and labelling is painstaking."""

from __future__ import annotations

from mlspeclint.feasibility.labelling import labelling_plan
from mlspeclint.knowledge import threshold
from mlspeclint.rules.common import approach_words
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
from mlspeclint.spec.quantity import YES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.spec.compiled import Spec


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
    Adds up what the missing labels cost, (`labels.required` - `labels.labelled`) x cost x annotators an
    item x (1 + review), and compares it with `budget.labelling` and `budget.total`.

    ## Why it matters
    Sponsors assume that labels exist or are cheap. Labelling is often the largest part of the budget of
    a deep learning project, and the last that anybody adds up.

    ## Example
    ```yaml
    labels: {required: 200k, labelled: 12k, cost_each: 0.35..0.50}
    budget: {labelling: 20k}
    ```
    Deep learning on the labels that there are:
    ```yaml
    labels: {required: 60k, labelled: 12k, cost_each: 0.35..0.40}
    budget: {labelling: 20k}
    ```

    ## What to do instead
    Fine-tune a pretrained network, which needs fewer labels; let a model choose what to label next; or
    use a classical method on features made by hand.

    ## When it stays quiet
    When the labels that are missing can be paid, whatever the ranges hold; when none are missing.

    ## References
    Plain arithmetic on the declared numbers.
    """
    plan = labelling_plan(spec)
    budget, currency = spec.budget, spec.budget.currency.text

    def over_labelling() -> Told:
        return Told(
            f"labelling {plan.missing:count} more items costs {plan.cost:money} {currency}, "
            f"the budget for labels is {budget.labelling} {currency}",
            instead="fine-tune a pretrained network, which needs fewer labels, or a classical method",
            marks={
                "labels.required": f"{plan.missing:count} are still unlabelled",
                "approach.family": f"{approach_words(spec)}, is what needs them",
            },
        )

    def over_total() -> Told:
        return Told(
            f"labelling {plan.missing:count} more items costs {plan.cost:money} {currency}, "
            f"the whole budget is {budget.total} {currency}",
            instead="fine-tune a pretrained network, which needs fewer labels, or a classical method",
            marks={"labels.required": f"{plan.missing:count} are still unlabelled"},
        )

    return decide(
        YES,
        Claim(plan.cost > budget.labelling, ERROR, over_labelling),
        Claim(plan.cost > budget.total, ERROR, over_total),
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
    Looks at `labels.agreement` (Krippendorff's alpha or kappa): below 0.667 is a warning, below 0.8 a note.

    ## Why it matters
    Where people do not agree on the label, a model learns their disagreement, and no amount of data or
    depth helps. 0.8 is the customary demand; between 0.667 and 0.8 only tentative conclusions are drawn.

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
            f"annotators agree to {agreement} beyond chance, {meaning} (customary limit {limit})",
            instead="sharpen the labelling guide or merge the classes that people confuse",
        )

    return decide(
        YES,
        Claim(
            agreement < low,
            WARNING,
            lambda: told(low, "too little to learn from"),
        ),
        Claim(
            agreement < good,
            NOTE,
            lambda: told(good, "enough for tentative conclusions only"),
        ),
    )


LABELS = (labelling_over_budget, annotators_disagree)
