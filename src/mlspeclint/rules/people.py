"""ETH: the people whose data are used (reason A5). An insight so clever that it frightens is no success."""

from __future__ import annotations

from mlspeclint.knowledge import duty_laws, practice
from mlspeclint.rules.common import (
    DECISIONS,
    in_regulated_domain,
    listed,
    stated,
    told_of,
    trained,
)
from mlspeclint.rules.rule import (
    CONVENTION,
    ERROR,
    NOTE,
    REGULATION,
    WARNING,
    Claim,
    Outcome,
    Told,
    decide,
    rule,
)
from mlspeclint.spec.quantity import MAYBE, NO, YES, Quantity, Truth, truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.knowledge import Practice
    from mlspeclint.spec.compiled import Spec
    from mlspeclint.spec.facts import Flag

SENSITIVE = {
    "people.special_categories": "special categories of data",
    "people.biometric": "biometric data",
    "people.children": "data about children",
}
"""What makes data sensitive, and what it is called."""

PERSONAL_READS = {
    "people.personal_data": "the data are about people",
    "people.special_categories": "special categories of data",
    "people.biometric": "biometric data",
    "people.children": "data about children",
}
"""What `_personal` reads, with the labels."""


def _personal(spec: Spec) -> Truth:
    """Whether the data are about identifiable people. Where nobody said so, sensitive data say it."""
    people = spec.people
    implied = people.special_categories | people.biometric | people.children
    return YES if people.personal_data.absent and implied.certain else people.personal_data


def _personal_marks(spec: Spec) -> dict[str, str]:
    """Marks that leave one label for personal data, or those of the sensitive data that say it."""
    people = spec.people
    flags = (people.special_categories, people.biometric, people.children)
    return {flag.path: "" for flag in flags if not (people.personal_data.absent and flag.certain)}


def _said(spec: Spec, flag: Flag) -> Truth:
    """What a flag about the people says; of data that are about nobody nothing need be said."""
    return flag & spec.people.personal_data if flag.absent else flag


def _check(*duties: str) -> str:
    """The laws to look at: `check GDPR Art. 6 and GDPR Art. 9`."""
    names = dict.fromkeys(law.name for duty in duties for law in duty_laws(duty))
    return f"check {listed(list(names))}"


def _named(used: Practice, now: float) -> str:
    """A practice in words, the law that prohibits it, and from which day."""
    day = Quantity(used.applies, used.applies)
    when = "since" if used.applies <= now else "from"
    return f"{used.words} ({used.law} {used.point}, {when} {day:date})"


@rule(
    "ETH001",
    "prohibited-practice",
    severity=ERROR,
    basis=REGULATION,
    sources=("eu_ai_act",),
    as_of="2026-11",
    reads={"people.practices": "a practice that the law prohibits"},
    flips=(),
    waivable=False,
)
def prohibited_practice(spec: Spec) -> Outcome:
    """
    ## What it does
    Reports every practice that `people.practices` lists: they are those that Article 5 of the EU AI Act
    prohibits. To list one says that no exemption of that article applies. This cannot be waived.

    ## Why it matters
    No benefit pays for it: in the European Union it must not be sold or used, wherever its maker sits, and
    the fines are the highest of the Act. This is a hint what to check, not legal advice; the message says
    from which day each prohibition applies.

    ## Example
    ```yaml
    people: {practices: [social_scoring]}
    ```
    ```yaml
    people: {practices: []}
    ```

    ## What to do instead
    Check with somebody who knows the law whether it is such a practice and whether an exemption applies. If
    one does, take the practice off the list and write down which; if none does, do something else.

    ## When it stays quiet
    When the list is empty or absent: that a practice is prohibited is nothing that can be guessed.

    ## References
    Regulation (EU) 2024/1689 (EU AI Act), Article 5, as amended by Regulation (EU) 2026/1744: its points on
    intimate imagery apply from 2 December 2026, the others since 2 February 2025.
    """
    practices = spec.people.practices
    used = MAYBE if practices.unknown else NO
    for each in practices:
        used |= each.given

    def told() -> Told:
        names = [_named(practice(each.text), spec.now) for each in practices if each.text]
        which = f": {listed(names)}" if names else ""
        return Told(
            f"the project uses a prohibited practice{which}; to list one says that no exemption applies: "
            "check this with somebody who knows the law before anything else",
            instead="find another way to the aim, without the practice",
        )

    return decide(YES, Claim(used, ERROR, told))


@rule(
    "ETH002",
    "sensitive-data-without-basis",
    severity=ERROR,
    basis=REGULATION,
    sources=("gdpr", "us_coppa"),
    as_of="2026-11",
    reads={
        **SENSITIVE,
        "people.legal_basis": "the legal basis",
        "people.consent": "nobody has agreed",
        "people.personal_data": "",
    },
    flips=("people.consent",),
)
def sensitive_data_without_basis(spec: Spec) -> Outcome:
    """
    ## What it does
    Looks for special categories of data (health, belief, origin and the like), biometric data or data about
    children without a `people.legal_basis` and without `people.consent`. A legitimate interest as the basis
    of special or biometric data is a note.

    ## Why it matters
    Without a basis the data must not be used, and what was learnt from them may have to be deleted with
    them. For special categories and for biometric data that identify people the law asks for a ground of
    its own, of which a legitimate interest is none. This is a hint what to check, not legal advice.

    ## Example
    ```yaml
    people: {personal_data: true, special_categories: true}
    ```
    ```yaml
    people: {personal_data: true, special_categories: true, biometric: false, children: false, consent: true}
    ```

    ## What to do instead
    Find out on which ground the data may be used, and write it down; ask people, or their parents; or do
    without these data.

    ## When it stays quiet
    With a legal basis or consent; `none` and placeholders are no basis. When the data are not sensitive, or
    not about people at all (`people.personal_data: false`).

    ## References
    GDPR, Articles 6, 8 and 9. COPPA (US), 15 U.S.C. 6502.
    """
    people = spec.people
    parts = {
        SENSITIVE[flag.path]: (_said(spec, flag), (flag.path,))
        for flag in (people.special_categories, people.biometric, people.children)
    }
    special, biometric, children = (kind for kind, _ in parts.values())
    sensitive = special | biometric | children
    no_basis, no_consent = ~stated(people.legal_basis), ~people.consent
    weak_basis = truth(_is_legitimate_interest(people.legal_basis.text))

    def told() -> Told:
        kinds, marks = told_of(parts)
        duties = ["legal_basis"]
        if not (special | biometric).impossible:
            duties.append("special_categories")
        if not children.impossible:
            duties.append("children")
        return Told(
            f"{kinds} are used, and neither a legal basis nor consent is declared: {_check(*duties)}",
            instead="find out on which ground they may be used, and declare it, or do without them",
            clears="a `people.legal_basis` on which they may be used",
            marks=marks,
        )

    def told_weak() -> Told:
        kinds, marks = told_of(
            {name: part for name, part in parts.items() if part[0] is not children}
        )
        return Told(
            f"{kinds} are used on the basis of a legitimate interest, which is none of the grounds for "
            f"them: {_check('special_categories')}",
            instead="find out which ground of that article holds, and name it in `people.legal_basis`",
            marks={**marks, people.children.path: ""},
        )

    return decide(
        truth(not sensitive.impossible),
        Claim(sensitive & no_basis & no_consent, ERROR, told),
        Claim((special | biometric) & weak_basis & no_consent, NOTE, told_weak),
    )


def _is_legitimate_interest(basis: str | None) -> bool:
    """Whether a legal basis is a legitimate interest, and no ground of GDPR Art. 9(2) beside it."""
    letters = "".join(character for character in (basis or "").lower() if character.isalnum())
    return ("legitimateinterest" in letters or "61f" in letters) and "92" not in letters


@rule(
    "ETH003",
    "no-impact-assessment",
    severity=WARNING,
    basis=REGULATION,
    sources=("gdpr", "eu_ai_act"),
    as_of="2026-11",
    reads={
        "people.impact_assessment": "no impact assessment",
        **PERSONAL_READS,
        "people.employees_monitored": "employees are watched",
        "people.infers_sensitive_traits": "sensitive traits are inferred",
        "explainability.domain": "a regulated domain",
        "explainability.decision": "what it does to decisions",
        "explainability.affects_people": "it touches people's lives",
    },
    flips=("people.impact_assessment",),
)
def no_impact_assessment(spec: Spec) -> Outcome:
    """
    ## What it does
    Looks for personal data together with something that makes a high risk likely, and no
    `people.impact_assessment`: special categories, biometric data, children, employees who are monitored,
    sensitive traits that are inferred, a regulated domain (`explainability.domain`), or decisions on people
    (`affects_people` with `decision: decides`).

    ## Why it matters
    The assessment is due before the processing starts, and it changes designs: what is collected, what is
    kept, who decides. Made afterwards it finds what cannot be mended any more. Which processing needs one
    is for somebody to check who knows the law; this is a hint, not legal advice.

    ## Example
    ```yaml
    people: {personal_data: true, employees_monitored: true}
    ```
    ```yaml
    people: {personal_data: true, employees_monitored: true, impact_assessment: true}
    ```

    ## What to do instead
    Ask the data protection officer whether an assessment is needed, make it, and declare it.

    ## When it stays quiet
    When an assessment was made, when the data are not about people, and when none of these is declared.

    ## References
    GDPR, Article 35. EU AI Act, Article 27 (from 2 December 2027).
    """
    people, how = spec.people, spec.explainability
    regulated, decides = in_regulated_domain(spec), how.affects_people & how.decision.is_("decides")
    risks: dict[str, tuple[Truth, tuple[str, ...]]] = {
        words: (flag, (flag.path,))
        for words, flag in (
            ("special categories of data", people.special_categories),
            ("biometric data", people.biometric),
            ("data about children", people.children),
            ("employees who are monitored", people.employees_monitored),
            ("sensitive traits that are inferred", people.infers_sensitive_traits),
        )
    }
    risks[f"a regulated domain ({how.domain.text or 'unknown'})"] = (regulated, (how.domain.path,))
    risks["decisions on people"] = (decides, (how.decision.path, how.affects_people.path))
    risky = NO
    for risk, _ in risks.values():
        risky |= risk

    def told() -> Told:
        named, marks = told_of(risks)
        return Told(
            f"the data are about people, with {named}, and no impact assessment is declared: "
            f"{_check('impact_assessment')}",
            instead="find out whether an assessment is needed, and make it before the data are used",
            marks=marks,
        )

    return decide(_personal(spec) & risky, Claim(~people.impact_assessment, WARNING, told))


@rule(
    "ETH004",
    "surprising-insight",
    severity=WARNING,
    basis=CONVENTION,
    sources=("duhigg2012", "convention"),
    reads={
        "people.surprising_to_subjects": "people would be surprised",
        "people.infers_sensitive_traits": "sensitive traits are inferred",
        "people.employees_monitored": "employees are watched",
        "people.opt_out": "nobody can opt out",
        "people.consent": "nobody has agreed",
        "people.personal_data": "",
    },
    flips=("people.opt_out", "people.consent"),
)
def surprising_insight(spec: Spec) -> Outcome:
    """
    ## What it does
    Looks for what people would not expect to be known of them (`people.infers_sensitive_traits`,
    `employees_monitored`, `surprising_to_subjects`) when they were neither asked (`consent`) nor can opt out
    (`opt_out`).

    ## Why it matters
    An insight can be right and still ruin the project. A shop that knows of a pregnancy before the family
    does, an employer who reads the chats: people feel watched, leave, or go to the press. Whoever was asked
    is not surprised. That this needs a way out is a judgement, not a law.

    ## Example
    ```yaml
    people: {personal_data: true, infers_sensitive_traits: true}
    ```
    ```yaml
    people: {personal_data: true, infers_sensitive_traits: true, opt_out: true}
    ```

    ## What to do instead
    Tell people what is inferred and why, ask them or let them opt out; or keep to what they expect. Ask ten
    of them before building it.

    ## When it stays quiet
    When people have agreed or can opt out, and when nothing of the kind is inferred or watched.

    ## References
    Duhigg, How companies learn your secrets, 2012. A judgement of this linter.
    """
    people = spec.people
    parts = {
        words: (_said(spec, flag), (flag.path,))
        for words, flag in (
            ("people would be surprised to learn of it", people.surprising_to_subjects),
            ("sensitive traits are inferred", people.infers_sensitive_traits),
            ("employees are monitored", people.employees_monitored),
        )
    }
    surprising, inferred, monitored = (part for part, _ in parts.values())

    def told() -> Told:
        what, marks = told_of(parts)
        return Told(
            f"{what}, and people have neither agreed nor can they opt out (a judgement: what frightens "
            "people is no success)",
            instead="ask people, let them opt out, or keep to what they expect",
            marks=marks,
        )

    return decide(
        surprising | inferred | monitored, Claim(~people.opt_out & ~people.consent, WARNING, told)
    )


@rule(
    "ETH005",
    "no-retention-or-erasure",
    severity=WARNING,
    basis=CONVENTION,
    sources=("gdpr", "convention"),
    as_of="2026-11",
    reads={
        **PERSONAL_READS,
        "people.retention": "how long they are kept",
        "people.erasure": "they cannot be erased",
    },
    flips=("people.erasure",),
)
def no_retention_or_erasure(spec: Spec) -> Outcome:
    """
    ## What it does
    Looks for personal data of which nobody said how long they are kept (`people.retention`), or that cannot
    be erased on request (`people.erasure`).

    ## Why it matters
    A network remembers what it was trained on, and a data set that was copied to train it is easily
    forgotten. How somebody's data get out again, also of the model (by training again without them), is
    easy to plan and hard to add. That a plan says both is common practice; the law asks for them too.

    ## Example
    ```yaml
    people: {personal_data: true}
    ```
    ```yaml
    people: {personal_data: true, retention: 2 y, erasure: true}
    ```

    ## What to do instead
    Decide how long the data are kept and how they are erased, in the training set and in the model, and
    declare both.

    ## When it stays quiet
    When both are declared, and when the data are not about people.

    ## References
    GDPR, Articles 5(1)(e) and 17.
    """
    people = spec.people
    unlimited, kept = ~people.retention.given, ~people.erasure
    parts = {
        "how long they are kept (`people.retention`)": (unlimited, (people.retention.path,)),
        "that they can be erased (`people.erasure`)": (kept, (people.erasure.path,)),
    }

    def told() -> Told:
        what, marks = told_of(parts, "or")
        return Told(
            f"the data are about people, and the spec does not say {what} (common practice, and the law "
            "asks for it too)",
            instead="decide how long the data are kept and how they are erased, also from the model",
            clears=""
            if unlimited.impossible
            else "a `people.retention`, and `people.erasure: true`",
            marks={**marks, **_personal_marks(spec)},
        )

    return decide(_personal(spec), Claim(unlimited | kept, WARNING, told))


def _at_a_vendor(spec: Spec) -> Truth:
    """Whether a vendor runs the model. A prompted or few-shot network of which nobody said who runs it
    may well be a vendor's."""
    hosting = spec.approach.hosting
    if hosting.absent and trained(spec, "prompting", "few_shot").certain:
        return MAYBE
    return hosting.is_("vendor")


@rule(
    "ETH006",
    "data-leaves-the-house",
    severity=WARNING,
    basis=REGULATION,
    sources=("gdpr", "us_hipaa"),
    as_of="2026-11",
    reads={
        "approach.hosting": "who runs the model",
        **PERSONAL_READS,
        "people.processor_agreement": "no agreement with whoever processes the data",
        "approach.training": "",
        "approach.family": "",
    },
    flips=("people.processor_agreement", "approach.hosting"),
)
def data_leaves_the_house(spec: Spec) -> Outcome:
    """
    ## What it does
    Looks for personal data that go to a vendor who runs the model (`approach.hosting: vendor`) without a
    `people.processor_agreement`. A prompted or few-shot network without `hosting` may be a vendor's: that
    cannot be ruled out.

    ## Why it matters
    Every request to a model of a vendor carries data out of the house. Whether the vendor may keep them or
    train on them is settled in an agreement, or not at all. This is a hint what to check, not legal advice.

    ## Example
    ```yaml
    approach: {family: deep_learning, training: prompting, hosting: vendor}
    people: {personal_data: true}
    ```
    ```yaml
    approach: {family: deep_learning, training: prompting, hosting: vendor}
    people: {personal_data: true, processor_agreement: true}
    ```

    ## What to do instead
    Conclude the agreement, and check where the data are processed and whether they are trained on; take
    names out before they are sent; or run an open model yourself.

    ## When it stays quiet
    With an agreement, when you run the model yourself, and when the data are not about people.

    ## References
    GDPR, Article 28. HIPAA (US), 45 CFR 164.504(e), for health data.
    """
    people = spec.people

    def told() -> Told:
        return Told(
            "personal data leave the house for a vendor who runs the model, and no agreement with the "
            f"processor is declared: {_check('processor')}",
            instead="conclude an agreement and declare it, or run the model yourself and declare "
            "`approach.hosting: own`",
            marks=_personal_marks(spec),
        )

    return decide(
        _personal(spec) & _at_a_vendor(spec), Claim(~people.processor_agreement, WARNING, told)
    )


@rule(
    "ETH007",
    "fairness-untested",
    severity=WARNING,
    basis=CONVENTION,
    sources=("obermeyer2019", "convention"),
    reads={
        "explainability.decision": "what it does to decisions",
        "explainability.affects_people": "it touches people's lives",
        "people.fairness_tested": "nobody has compared groups of people",
    },
    flips=("people.fairness_tested", "explainability.decision"),
)
def fairness_untested(spec: Spec) -> Outcome:
    """
    ## What it does
    Looks for a model, of any family, that recommends or takes decisions on people, of which nobody has
    compared the outcomes between groups of people (`people.fairness_tested`).

    ## Why it matters
    Models learn what was done in the past, and who was missing from the data. A score that was used for
    millions of patients held black patients to be healthier than they were, because it predicted costs; one
    comparison of groups was enough to see it. That it is made before a release is common practice.

    ## Example
    ```yaml
    explainability: {affects_people: true, decision: recommends}
    ```
    ```yaml
    explainability: {affects_people: true, decision: recommends}
    people: {fairness_tested: true}
    ```

    ## What to do instead
    Compare error rates and outcomes between the groups that matter here, on data where each of them is
    large enough, and again after each retraining.

    ## When it stays quiet
    When it was tested, when nobody is affected, and when the model only informs.

    ## References
    Obermeyer and others, Dissecting racial bias in an algorithm used to manage the health of populations,
    2019.
    """
    how = spec.explainability

    def told() -> Told:
        return Told(
            f"it {DECISIONS.get(how.decision.text or '', 'may decide')} on people, and no comparison of "
            "outcomes between groups of people is declared (common practice)",
            instead="compare errors and outcomes between groups of people before it is used",
        )

    return decide(
        how.affects_people & how.decision.is_("recommends", "decides"),
        Claim(~spec.people.fairness_tested, WARNING, told),
    )


PEOPLE = (
    prohibited_practice,
    sensitive_data_without_basis,
    no_impact_assessment,
    surprising_insight,
    no_retention_or_erasure,
    data_leaves_the_house,
    fairness_untested,
)
