"""HYP: motivation (reason B6). A network because it is the fashion answers no question of the business."""

from __future__ import annotations

from mlspeclint.rules.common import is_deep, stage_is, stated
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

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.spec.compiled import Spec

MOTIVES = {
    "innovation": "innovation",
    "competitor_pressure": "pressure of competitors",
    "research": "research, in production",
}


@rule(
    "HYP001",
    "because-it-is-cool",
    severity=WARNING,
    basis=CONVENTION,
    sources=("rulesofml", "convention"),
    reads={
        "project.motivation_kind": "why it is done",
        "project.kpi": "says no number",
        "approach.family": "the choice",
        "project.stage": "",
    },
    flips=(),
)
def because_it_is_cool(spec: Spec) -> Outcome:
    """
    ## What it does
    Looks for deep learning that is done for innovation or because competitors do it
    (`project.motivation_kind`), or for research in production, without a number that it shall move
    (`project.kpi`).

    ## Why it matters
    Whoever wants deep learning for its own sake finds a place for it, and nobody can say afterwards whether
    it was worth it. A number that the business already watches shows whether the network helps, and often
    that something simpler helps as much. That every project needs one is a judgement.

    ## Example
    ```yaml
    project: {name: example, motivation_kind: innovation}
    ```
    ```yaml
    project: {name: example, motivation_kind: innovation, kpi: returns a month}
    ```

    ## What to do instead
    Name the number that shall move, measure it today, and then ask which approach moves it for the least
    money.

    ## When it stays quiet
    With a `kpi` (`none` and placeholders are none), with another motive, with another family, and for
    research up to the pilot.

    ## References
    Google, Rules of machine learning, rules 1 and 2: launch without it if you can, and first design metrics.
    """
    project = spec.project
    kind = project.motivation_kind
    fashion = kind.is_("innovation", "competitor_pressure") | (
        kind.is_("research") & stage_is(spec, "production")
    )

    def told() -> Told:
        motive = MOTIVES.get(kind.text or "", "fashion")
        return Told(
            f"deep learning is chosen for {motive}, and no number is named that it shall move "
            "(`project.kpi`; a judgement: without one nobody can say whether it was worth it)",
            instead="name the number that shall move, then ask which approach moves it for the least money",
            clears="a number of the business in `project.kpi`",
        )

    return decide(is_deep(spec), Claim(fashion & ~stated(project.kpi), WARNING, told))


@rule(
    "HYP002",
    "no-kpi",
    severity=NOTE,
    basis=CONVENTION,
    sources=("rulesofml", "convention"),
    reads={
        "project.kpi": "says no number",
        "approach.family": "the choice",
        "project.stage": "",
    },
    flips=(),
    yields_to={"HYP001": {}},
)
def no_kpi(spec: Spec) -> Outcome:
    """
    ## What it does
    Looks for deep learning, from the proposal on, without a number that it shall move (`project.kpi`).

    ## Why it matters
    Accuracy is not what a business lives on. Without a number that matters to it nobody knows how good is
    good enough, nor when to stop. That every proposal names one is common practice.

    ## Example
    ```yaml
    project: {name: example, stage: proposal}
    ```
    ```yaml
    project: {name: example, stage: proposal, kpi: minutes until a ticket is answered}
    ```

    ## What to do instead
    Ask whoever pays for the project which number shall move, and by how much.

    ## When it stays quiet
    With a `kpi` (`none` and placeholders are none), at the stage of an idea, after retirement, with another
    family, and where HYP001 says it.

    ## References
    Google, Rules of machine learning, rule 2: first, design and implement metrics.
    """
    return decide(
        is_deep(spec) & stage_is(spec, "proposal", "pilot", "production"),
        Claim(
            ~stated(spec.project.kpi),
            NOTE,
            lambda: Told(
                "deep learning is planned, and no number is named that it shall move (`project.kpi`; "
                "common practice)",
                instead="name the number of the business that shall move, and by how much",
                clears="a number of the business in `project.kpi`",
            ),
        ),
    )


MOTIVATION = (because_it_is_cool, no_kpi)
