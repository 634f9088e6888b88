"""TRF: transfer learning (reason B2). A pretrained network saves data, and brings along what it knows."""

from __future__ import annotations

from mlspeclint.rules.common import approach_words, told_of, trained
from mlspeclint.rules.rule import (
    CONVENTION,
    NOTE,
    WARNING,
    Claim,
    Outcome,
    Told,
    decide,
    rule,
)
from mlspeclint.rules.standing import STANDING_READS, ahead, reading
from mlspeclint.spec.shapes import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.spec.compiled import Spec
    from mlspeclint.spec.quantity import Truth


@rule(
    "TRF901",
    "other-domain-unchecked",
    severity=WARNING,
    basis=CONVENTION,
    sources=("raghu2019", "kornblith2019", "convention"),
    reads=reading(
        {
            "approach.base_model.same_domain": "it was trained on other data",
            "approach.base_model.source_domain": "what it was trained on",
            "approach.training": "builds on what it has learnt there",
            "approach.family": "",
        },
        STANDING_READS,
    ),
    flips=("approach.base_model.same_domain",),
)
def other_domain_unchecked(spec: Spec) -> Outcome:
    """
    ## What it does
    Looks for a pretrained network that is fine-tuned or used for its features, was trained on other data
    than the project's (`approach.base_model.same_domain: false`), and has not been tried on the project's
    own (`target.pilot`).

    ## Why it matters
    Transfer learning saves most where the two kinds of data resemble each other. Where they do not it may
    gain little: on x-rays and on photographs of the retina, networks pretrained on everyday photographs
    were hardly better than small ones trained from scratch. Nobody can tell beforehand; a pilot on a few
    hundred examples can. That it is wanted before the decision is a judgement.

    ## Example
    ```yaml
    approach:
      family: deep_learning
      training: fine_tuning
      base_model: {name: ResNet-50, source_domain: photographs from the web, same_domain: false}
    ```
    The same, tried out:
    ```yaml
    approach:
      family: deep_learning
      training: fine_tuning
      base_model: {name: ResNet-50, source_domain: photographs from the web, same_domain: false}
    target: {metric: accuracy, value: 0.9, pilot: 0.91}
    ```

    ## What to do instead
    Fine-tune on what is labelled already and declare the score as `target.pilot`; or look for a base model
    that was trained on data like yours.

    ## When it stays quiet
    With a pilot, whatever its score; when the approach was measured ahead of another family; when the base
    model was trained on data of the same kind; with networks that are trained from scratch, few-shot,
    zero-shot or prompted.

    ## References
    Raghu and others, Transfusion: understanding transfer learning for medical imaging, 2019. Kornblith and
    others, Do better ImageNet models transfer better?, 2019.
    """
    base = spec.approach.base_model

    def told() -> Told:
        source = f" ({shown(base.source_domain.text)})" if base.source_domain.text else ""
        return Told(
            f"the base model was trained on other data than the project's{source}, and no pilot shows "
            "that what it has learnt carries over (a judgement: only a trial can tell)",
            instead="try it on the examples that are labelled already, or take a base model that was "
            "trained on data like yours",
            clears="a score of the approach in `target.pilot`",
            marks={base.same_domain.path: "nobody knows whether it was trained on other data"}
            if base.same_domain.open
            else {},
        )

    return decide(
        trained(spec, "fine_tuning", "frozen_features"),
        Claim(~base.same_domain & ~spec.target.pilot.given & ~ahead(spec), WARNING, told),
    )


def _declares_base_model(spec: Spec) -> Truth:
    """Whether anything is said of the base model; open where all of it is `unknown`."""
    base = spec.approach.base_model
    return (
        base.name.given
        | base.licence.given
        | base.source_domain.given
        | base.same_domain.given
        | base.licence_reviewed.given
        | base.bias_reviewed.given
        | base.tabular_foundation_model.given
    )


@rule(
    "TRF902",
    "base-model-unreviewed",
    severity=WARNING,
    basis=CONVENTION,
    sources=("modelcards2019", "convention"),
    reads={
        "approach.base_model.name": "the base model",
        "approach.base_model.licence_reviewed": "its licence is not reviewed",
        "approach.base_model.bias_reviewed": "its blind spots are not reviewed",
        "approach.training": "builds on a pretrained model",
        "approach.family": "",
        "approach.base_model.licence": "",
        "approach.base_model.source_domain": "",
        "approach.base_model.same_domain": "",
        "approach.base_model.tabular_foundation_model": "",
        "explainability.affects_people": "it touches people's lives",
        "people.personal_data": "the data are about people",
    },
    flips=("approach.base_model.licence_reviewed", "approach.base_model.bias_reviewed"),
)
def base_model_unreviewed(spec: Spec) -> Outcome:
    """
    ## What it does
    Looks for an approach that builds on a pretrained model (fine-tuned, frozen features, few-shot,
    zero-shot, prompted) of which nobody has checked the licence (`approach.base_model.licence_reviewed`)
    or, where it affects people or works on data about them, the bias and the blind spots
    (`bias_reviewed`). That no base model is declared at all is a note.

    ## Why it matters
    What the base model has learnt comes along: the prejudices of its data, and what it never saw. So do
    the terms of its weights, and many forbid commercial use. Both are cheap to check before the work
    starts, and dear when it is done. Of a vendor's model the terms of use are the licence.

    ## Example
    ```yaml
    approach:
      family: deep_learning
      training: fine_tuning
      base_model: {name: distilbert-base-uncased, licence: Apache-2.0}
    ```
    ```yaml
    approach:
      family: deep_learning
      training: fine_tuning
      base_model: {name: distilbert-base-uncased, licence: Apache-2.0, licence_reviewed: true}
    explainability: {affects_people: false}
    people: {personal_data: false}
    ```

    ## What to do instead
    Read the licence (or the vendor's terms) against the use that is planned, and the model card for what it
    was trained on; test it on groups of people that its data may have missed.

    ## When it stays quiet
    When both were reviewed. The review for bias is not asked for where `explainability.affects_people` and
    `people.personal_data` are false. Networks that are trained from scratch have no base model.

    ## References
    Common practice. Mitchell and others, Model cards for model reporting, 2019: where to look first.
    """
    base, affects = spec.approach.base_model, spec.explainability.affects_people
    personal = spec.people.personal_data
    licence, bias = ~base.licence_reviewed, ~base.bias_reviewed & (affects | personal)
    declared = _declares_base_model(spec)

    def told() -> Told:
        people = (affects, personal)
        reasons = tuple(flag.path for flag in people if not flag.impossible)
        parts = {
            "its licence": (licence, (base.licence_reviewed.path,)),
            "its bias and blind spots": (bias, (base.bias_reviewed.path, *reasons)),
        }
        unreviewed, marks = told_of(parts)
        name = f" `{shown(base.name.text)}`" if base.name.text else ""
        return Told(
            f"the approach ({approach_words(spec)}) builds on a pretrained model{name}, and nobody has "
            f"reviewed {unreviewed} (common practice)",
            instead="read its licence or terms of use against what is planned, and its model card for "
            "what it was trained on",
            clears=""
            if licence.impossible or bias.impossible
            else "`licence_reviewed: true` and `bias_reviewed: true` in `approach.base_model`",
            marks={**{flag.path: "" for flag in people if flag.impossible}, **marks},
        )

    return decide(
        trained(spec, "fine_tuning", "frozen_features", "few_shot", "zero_shot", "prompting"),
        Claim(declared & (licence | bias), WARNING, told),
        Claim(
            ~declared & (licence | bias),
            NOTE,
            lambda: Told(
                f"the approach ({approach_words(spec)}) builds on a pretrained model that the spec does "
                "not name, and no review of its licence and its blind spots is declared (common practice)",
                instead="declare `approach.base_model`, and what was reviewed",
                clears="`approach.base_model` is declared, and reviewed",
                marks=dict.fromkeys((affects.path, personal.path), ""),
            ),
        ),
    )


TRANSFER = (other_domain_unchecked, base_model_unreviewed)
