"""XPL: explainability (reason B4). Where transparency is owed, a black box cannot give it."""

from __future__ import annotations

from mlspeclint.knowledge import explanation_level, laws, level_name, level_of
from mlspeclint.rules.common import (
    DECISIONS,
    DEEP,
    TRAINING_WORDS,
    family_words,
    in_regulated_domain,
)
from mlspeclint.rules.rule import (
    CONVENTION,
    REGULATION,
    WARNING,
    Claim,
    Outcome,
    Told,
    decide,
    rule,
)
from mlspeclint.spec.quantity import NOTHING, YES, Quantity, Truth
from mlspeclint.spec.shapes import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.spec.compiled import Spec
    from mlspeclint.spec.facts import Choice

REASONS = 3
"""The level from which an approach gives the reasons of its decisions by itself."""

_ALL_READABLE = "rules, a scorecard, a linear model or a small tree"
READABLE = {
    "full": _ALL_READABLE,
    "reasons": f"{_ALL_READABLE}, or an additive model (EBM)",
    "local": f"{_ALL_READABLE}, an additive model (EBM) or boosted trees",
    "global": f"{_ALL_READABLE}, an additive model (EBM), boosted trees or a trained network",
}
"""What reaches a level of explanation without further proof."""

APPROACH = {
    "approach.family": "the choice",
    "approach.training": "",
    "approach.algorithm": "the method",
    "explainability.method": "how explanations are made",
    "explainability.validated": "whether they were tested",
}


def level_reached(spec: Spec) -> Quantity:
    """How far the chosen approach can be explained: none 0, global 1, local 2, reasons 3, full 4.

    An interval where facts are open; those absent ones that leave it open are its `missing`.
    """
    approach, how = spec.approach, spec.explainability
    family, validated = approach.family.text, how.validated
    if family is None:
        return Quantity(0.0, 4.0, approach.family.missing)
    low, high = explanation_level(
        family, approach.training.text, approach.algorithm.text, how.method.text, validated.value
    )
    missing = NOTHING
    if low < high and family != DEEP:
        missing = approach.algorithm.missing
    elif low < high:
        missing = approach.training.missing
        if not validated.impossible:
            missing |= how.method.missing
    return Quantity(low, high, missing)


def level_required(spec: Spec) -> Quantity:
    """The level of explanation that is asked for; none where nothing was declared."""
    text = spec.explainability.required.text
    level = None if text is None else float(level_of(text))
    return Quantity(0.0, 4.0) if level is None else Quantity(level, level)


def _words(level: Quantity) -> str:
    low, high = level_name(int(level.low)), level_name(int(level.high))
    return f"`{low}`" if low == high else f"`{low}` to `{high}`"


def _chosen(spec: Spec) -> str:
    """The chosen approach in a sentence: `deep learning (fine-tuned)`, `classical ML (xgboost)`."""
    approach = spec.approach
    words = family_words(approach.family.text or "the approach")
    detail = approach.algorithm.text and shown(approach.algorithm.text)
    if approach.family.text == DEEP:
        detail = TRAINING_WORDS.get(approach.training.text or "")
    return f"{words} ({detail})" if detail else words


def _named(choice: Choice) -> str:
    return f"`{choice.text}`" if choice.text else "unknown"


def _level(required: Choice) -> str:
    return f"level `{required.text}`" if required.text else "an unknown level"


def _not_for_developers(spec: Spec) -> Truth:
    """Whether the explanation is for others than developers; nobody declared counts as others."""
    audience = spec.explainability.audience
    return YES if audience.absent else ~audience.is_("developers")


@rule(
    "XPL501",
    "black-box-where-reasons-are-required",
    severity=WARNING,
    basis=CONVENTION,
    sources=("rudin2019",),
    reads={"explainability.required": "the explanation that is required", **APPROACH},
    flips=("explainability.validated", "explainability.method"),
)
def black_box_where_reasons_are_required(spec: Spec) -> Outcome:
    """
    ## What it does
    Compares `explainability.required` with the level that the approach reaches, whatever its
    family: none, global (the model as a whole), local (single decisions), reasons (why a decision
    was taken, truly), full (all of it can be read). Rules, scorecards, linear models and small
    trees reach full; additive models (EBM, GAM) reasons; boosted trees and forests local, and
    reasons once the explanation was tested (`validated`); a network global, local with a tested
    method, and reasons with a tested method that is inherent to it; a prompted model none.

    ## Why it matters
    A network does not say why. LIME, SHAP and DeepLIFT approximate what it does, which is not
    enough where somebody is owed the reasons of a decision. The table is a convention of this tool,
    after Rudin; a policy can change it.

    ## Example
    ```yaml
    approach: {family: deep_learning, training: fine_tuning}
    explainability: {required: reasons, method: attribution}
    ```
    A model that can be read:
    ```yaml
    approach: {family: classical_ml, algorithm: ebm}
    explainability: {required: reasons, method: inherent}
    ```

    ## What to do instead
    Measure an additive model (EBM) or a scorecard beside the network: on tables it often costs
    nothing. Or let the network propose and a readable model or a person decide. Or test that the
    explanations are faithful and declare `validated: true`.

    ## When it stays quiet
    When the approach reaches what is required, or nothing is required. It is undecided when the
    algorithm of a classical approach is not named.

    ## References
    Rudin, Stop explaining black box machine learning models for high stakes decisions, 2019.
    """
    how = spec.explainability
    reached = level_reached(spec)

    def told() -> Told:
        return Told(
            f"explanations of {_level(how.required)} are required, {_chosen(spec)} "
            f"reaches {_words(reached)} (a customary ranking, after Rudin 2019)",
            instead="use a model that can be read (an additive model, a scorecard, rules), or keep "
            "it for the decisions that need reasons",
            clears=f"an approach that reaches the level: {READABLE[how.required.text or 'full']}",
            marks={"approach.family": f"{_chosen(spec)} reaches {_words(reached)}"},
        )

    return decide(
        ~how.required.is_("none"),
        Claim(level_required(spec) > reached, WARNING, told),
    )


@rule(
    "XPL502",
    "post-hoc-explanations-only",
    severity=WARNING,
    basis=CONVENTION,
    sources=("adebayo2018", "slack2020", "krishna2022", "bilodeau2024"),
    reads={
        "explainability.method": "how explanations are made",
        "explainability.required": "the explanation that is required",
        "explainability.validated": "whether they were tested",
        "approach.family": "the choice",
        "approach.training": "",
        "approach.algorithm": "the method",
    },
    flips=("explainability.validated", "explainability.method"),
    yields_to={"XPL501": {}},
)
def post_hoc_explanations_only(spec: Spec) -> Outcome:
    """
    ## What it does
    Looks for explanations of single decisions (`explainability.required` local or more) that are
    made by attribution (SHAP, LIME, gradients) or a surrogate model and were not tested for
    faithfulness, of a model that cannot be read by itself.

    ## Why it matters
    Such explanations look convincing whether they are right or not: saliency maps hardly change
    when the weights of the network are drawn at random, an attribution can be made to hide a bias
    on purpose, and different methods disagree on the same decision. Without a test nobody knows
    which one is right.

    ## Example
    ```yaml
    approach: {family: classical_ml, algorithm: gradient_boosting}
    explainability: {required: local, method: attribution}
    ```
    The same, tested:
    ```yaml
    approach: {family: classical_ml, algorithm: gradient_boosting}
    explainability: {required: local, method: attribution, validated: true}
    ```

    ## What to do instead
    Test the explanations (randomise the model, remove the inputs that they name, compare with a
    model whose reasons are known) and declare `validated: true`; or use a model that can be read.

    ## When it stays quiet
    When they were validated, are counterfactual or inherent, or the model can be read by itself
    (rules, scorecards, linear and additive models, small trees). When the approach does not reach
    the required level at all: XPL501 says so.

    ## References
    Adebayo and others, Sanity checks for saliency maps, 2018. Slack and others, Fooling LIME and
    SHAP, 2020. Krishna and others, The disagreement problem in explainable machine learning, 2022.
    Bilodeau and others, Impossibility theorems for feature attribution, 2024.
    """
    how = spec.explainability

    def told() -> Told:
        return Told(
            f"explanations of {_level(how.required)} are required, and made by "
            f"{_named(how.method)} methods that nobody has tested: such "
            "explanations can be wrong without showing it",
            instead="test whether the explanations are faithful, or use a model that can be read",
        )

    return decide(
        how.required.is_("local", "reasons", "full"),
        Claim(
            (level_reached(spec) < REASONS)
            & how.method.is_("attribution", "surrogate")
            & ~how.validated,
            WARNING,
            told,
        ),
    )


@rule(
    "XPL503",
    "regulated-decision-undeclared",
    severity=WARNING,
    basis=REGULATION,
    sources=("eu_ai_act", "gdpr"),
    as_of="2026-11",
    reads={
        "explainability.domain": "a regulated domain",
        "explainability.affects_people": "it touches people's lives",
        "explainability.required": "no explanation is required",
        **APPROACH,
    },
    flips=("explainability.required",),
)
def regulated_decision_undeclared(spec: Spec) -> Outcome:
    """
    ## What it does
    Looks for a model that affects people in a regulated domain (`explainability.domain`) and cannot
    give reasons, in a spec that does not say which explanation is owed (`required` absent or none).

    ## Why it matters
    In these domains laws ask for explanations, for human oversight or for reasons of a refusal. To
    find that out when the network is finished is the most expensive moment. This is a hint what to
    check, not legal advice; `mlspeclint explain` shows the day of the information.

    ## Example
    ```yaml
    approach: {family: deep_learning, training: from_scratch}
    explainability: {affects_people: true, domain: credit}
    ```
    The answer of somebody who has checked, and a model that can give it:
    ```yaml
    approach: {family: classical_ml, algorithm: scorecard}
    explainability: {affects_people: true, domain: credit, required: reasons}
    ```

    ## What to do instead
    Check with somebody who knows the law which explanation people are owed, and write it down in
    `explainability.required`.

    ## When it stays quiet
    When a level is required, when nobody is affected, when the domain is none, and when the model
    gives reasons by itself.

    ## References
    EU AI Act, Annex III and Articles 13, 14 and 86. GDPR, Articles 13 to 15 and 22.
    """
    how = spec.explainability
    reached = level_reached(spec)

    def told() -> Told:
        names = list(dict.fromkeys(law.name for law in laws(how.domain.text)))
        check = f": check {', '.join(names)}" if names else ": check which laws apply"
        return Told(
            f"it affects people in a regulated domain ({how.domain.text or 'unknown'}), "
            f"{_chosen(spec)} reaches explanations of level {_words(reached)}, and "
            f"`explainability.required` does not say which explanation people are owed{check}",
            instead="find out which explanation is owed, and declare it",
            marks={"approach.family": f"{_chosen(spec)} gives no reasons"},
        )

    return decide(
        how.affects_people & in_regulated_domain(spec),
        Claim(how.required.is_("none") & (reached < REASONS), WARNING, told),
    )


@rule(
    "XPL504",
    "people-flagged-by-a-black-box",
    severity=WARNING,
    basis=CONVENTION,
    sources=("rudin2019",),
    reads={
        "explainability.decision": "what it does to decisions",
        "explainability.affects_people": "it touches people's lives",
        "explainability.required": "no explanation of single decisions is required",
        "explainability.audience": "whom explanations are for",
        **APPROACH,
    },
    flips=("explainability.required",),
    yields_to={"XPL503": {}},
)
def people_flagged_by_a_black_box(spec: Spec) -> Outcome:
    """
    ## What it does
    Looks for a model that recommends or takes decisions on people, cannot give reasons, and for
    which nobody requires an explanation of single decisions (`required` absent, none or global).

    ## Why it matters
    Whoever is flagged as a fraud or not matched with a job asks why, and so does the colleague who
    has to answer. Without an explanation of the single decision neither can find the mistake. That
    this needs one is a judgement, not a law: where a law asks for it, XPL503 says so.

    ## Example
    ```yaml
    approach: {family: deep_learning, training: from_scratch}
    explainability: {affects_people: true, decision: recommends, audience: customers}
    ```
    A model whose reasons can be told:
    ```yaml
    approach: {family: classical_ml, algorithm: ebm}
    explainability: {affects_people: true, decision: recommends, required: local}
    ```

    ## What to do instead
    Require at least `local` explanations, and choose a model that gives them; or let the model only
    inform people who decide on what they see themselves.

    ## When it stays quiet
    When nobody is affected, when the model only informs, when explanations of single decisions are
    required, when only developers read them, and when the model gives reasons by itself.

    ## References
    Rudin, Stop explaining black box machine learning models for high stakes decisions, 2019.
    """
    how = spec.explainability
    reached = level_reached(spec)

    def told() -> Told:
        return Told(
            f"it {DECISIONS.get(how.decision.text or '', 'may decide or recommend decisions')} on "
            f"people, {_chosen(spec)} "
            f"reaches explanations of level {_words(reached)}, and no explanation of single "
            "decisions is required (a judgement: people who are flagged ask why)",
            instead="require at least `local` explanations, and weigh a model that gives reasons",
            marks={"approach.family": f"{_chosen(spec)} gives no reasons"},
        )

    return decide(
        how.affects_people & how.decision.is_("recommends", "decides"),
        Claim(
            how.required.is_("none", "global") & _not_for_developers(spec) & (reached < REASONS),
            WARNING,
            told,
        ),
    )


EXPLAINABILITY = (
    black_box_where_reasons_are_required,
    post_hoc_explanations_only,
    regulated_decision_undeclared,
    people_flagged_by_a_black_box,
)
