"""ETH001 to ETH007: what is done with data about people, and to them."""

from __future__ import annotations

from datetime import date

import pytest

from mlspeclint.knowledge import practice
from mlspeclint.rules import find_rule
from mlspeclint.spec.compiled import People

from .support import outcome_of, told, verdict

PRACTICES = People.FIELDS["practices"].item.options
NOBODY = "personal_data: false"


def people(facts: str, rest: str = "") -> str:
    return f"people: {{{facts}}}\n{rest}"


class TestProhibitedPractice:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (people("practices: []"), "clear"),
            (people(NOBODY), "clear"),
            ("", "clear"),
            (people("practices: unknown"), "possible"),
            (people("practices: [unknown]"), "possible"),
            ("people: unknown", "possible"),
            (people("practices: [unknown, face_scraping]"), "error"),
            ("approach: {family: rules}\n" + people("practices: [social_scoring]"), "error"),
        ],
    )
    def test_verdict(self, text: str, expected: str) -> None:
        assert verdict("ETH001", text) == expected

    @pytest.mark.parametrize("name", PRACTICES)
    def test_every_practice(self, name: str) -> None:
        assert verdict("ETH001", people(f"practices: [{name}]")) == "error"
        found = told("ETH001", people(f"practices: [{name}]"))
        assert practice(name).words in found.message
        assert practice(name).point in found.message
        assert "check" in found.message

    @pytest.mark.parametrize(
        ("name", "day", "when"),
        [
            ("intimate_imagery", date(2026, 12, 1), "from 2026-12-02"),
            ("intimate_imagery", date(2026, 12, 2), "since 2026-12-02"),
            ("social_scoring", date(2026, 12, 1), "since 2025-02-02"),
        ],
    )
    def test_says_from_when(self, name: str, day: date, when: str) -> None:
        text = people(f"practices: [{name}]")
        assert verdict("ETH001", text, day) == "error"
        assert f"{when})" in told("ETH001", text, day).message

    def test_names_all(self) -> None:
        message = told("ETH001", people("practices: [manipulation, social_scoring]")).message
        assert "Art. 5(1)(a) and (b)" in message
        assert "social scoring (EU AI Act Art. 5(1)(c)" in message

    def test_reads_well_where_none_is_named(self) -> None:
        message = told("ETH001", people("practices: unknown")).message
        assert message.startswith("the project uses a prohibited practice; to list one")

    def test_cannot_be_waived(self) -> None:
        rule = find_rule("ETH001")
        assert rule is not None
        assert not rule.waivable


class TestSensitiveDataWithoutBasis:
    SPECIAL, BIOMETRIC, CHILDREN = (
        "special_categories: true, biometric: false, children: false",
        "special_categories: false, biometric: true, children: false",
        "special_categories: false, biometric: false, children: true",
    )

    @pytest.mark.parametrize("kind", [SPECIAL, BIOMETRIC, CHILDREN])
    @pytest.mark.parametrize(
        ("basis", "expected"),
        [
            ("", "error"),
            (", consent: false", "error"),
            (", consent: true", "clear"),
            (", legal_basis: contract", "clear"),
            (", legal_basis: none", "error"),
            (", legal_basis: TBD", "error"),
            (", legal_basis: unknown", "possible"),
            (", consent: unknown", "possible"),
            (", legal_basis: unknown, consent: true", "clear"),
        ],
    )
    def test_each_kind(self, kind: str, basis: str, expected: str) -> None:
        assert verdict("ETH002", people(kind + basis)) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            # One kind is enough; what is absent is not known.
            (people("special_categories: true"), "error"),
            (people("children: false"), "undecided"),
            (people("personal_data: true"), "undecided"),
            ("", "undecided"),
            (people("special_categories: unknown, biometric: false, children: false"), "possible"),
            (people("special_categories: false, biometric: false, children: false"), "not_applicable"),
            # Data that are about nobody are not sensitive; what was declared counts all the same.
            (people(NOBODY), "not_applicable"),
            (people(f"{NOBODY}, biometric: true"), "error"),
        ],
    )  # fmt: skip
    def test_what_is_sensitive(self, text: str, expected: str) -> None:
        assert verdict("ETH002", text) == expected

    @pytest.mark.parametrize(
        ("kind", "basis", "expected"),
        [
            (SPECIAL, "legitimate interest", "note"),
            (SPECIAL, "our legitimate interests", "note"),
            (SPECIAL, "Legitimate-Interest", "note"),
            (SPECIAL, "Art. 6(1)(f) GDPR", "note"),
            (BIOMETRIC, "legitimate_interest", "note"),
            (CHILDREN, "legitimate interest", "clear"),
            (SPECIAL, "legitimate interest, Art. 9(2)(j) research", "clear"),
            (SPECIAL, "Art. 6(1)(a)", "clear"),
        ],
    )
    def test_legitimate_interest(self, kind: str, basis: str, expected: str) -> None:
        assert verdict("ETH002", people(f'{kind}, legal_basis: "{basis}"')) == expected
        consented = people(f'{kind}, consent: true, legal_basis: "{basis}"')
        assert verdict("ETH002", consented) == "clear"

    def test_a_possible_kind_on_a_weak_basis(self) -> None:
        text = people("special_categories: unknown, biometric: false, children: true, "
                      "legal_basis: legitimate interest")  # fmt: skip
        assert outcome_of("ETH002", text).kind == "possible"
        assert told("ETH002", text).message.startswith("special categories of data are used on the")

    @pytest.mark.parametrize(
        ("kind", "words", "laws"),
        [
            (SPECIAL, "special categories of data are used", "GDPR Art. 6 and GDPR Art. 9"),
            (BIOMETRIC, "biometric data are used", "GDPR Art. 6 and GDPR Art. 9"),
            (CHILDREN, "data about children are used", "GDPR Art. 6, GDPR Art. 8 and COPPA (US)"),
        ],
    )
    def test_names_the_kind_and_the_laws(self, kind: str, words: str, laws: str) -> None:
        message = told("ETH002", people(kind)).message
        assert message.startswith(words)
        assert message.endswith(f"check {laws}")

    @pytest.mark.parametrize(
        ("facts", "expected"),
        [
            # Whether there are data about children as well makes no difference to a weak basis.
            ("special_categories: true", "note"),
            ("special_categories: unknown, biometric: false", "possible"),
            ("biometric: false", "undecided"),
        ],
    )
    def test_only_facts_that_matter_are_missed(self, facts: str, expected: str) -> None:
        assert verdict("ETH002", people(f"{facts}, legal_basis: legitimate interest")) == expected
        assert verdict("ETH002", people(f"{facts}, legal_basis: contract")) == "clear"

    def test_only_what_is_certain_is_named(self) -> None:
        text = people("special_categories: true, biometric: unknown, children: false")
        found = told("ETH002", text)
        assert found.message.startswith("special categories of data are used")
        assert found.marks == {"people.biometric": "", "people.children": ""}

    def test_missing_facts(self) -> None:
        assert outcome_of("ETH002", people("special_categories: false, biometric: false")).missing == {
            "people.children", "people.personal_data",
        }  # fmt: skip


class TestNoImpactAssessment:
    @pytest.mark.parametrize(
        "risk",
        [
            people("personal_data: true, employees_monitored: true"),
            people("personal_data: true, special_categories: true"),
            people("personal_data: true, biometric: true"),
            people("personal_data: true, children: true"),
            people("personal_data: true, infers_sensitive_traits: true"),
            people("personal_data: true", "explainability: {domain: employment}"),
            people("personal_data: true", "explainability: {affects_people: true, decision: decides}"),
            # Sensitive data are about people.
            people("biometric: true"),
        ],
    )  # fmt: skip
    def test_each_risk(self, risk: str) -> None:
        assert verdict("ETH003", risk) == "warning"
        for answer, expected in (("true", "clear"), ("false", "warning"), ("unknown", "possible")):
            text = risk.replace("people: {", f"people: {{impact_assessment: {answer}, ")
            assert verdict("ETH003", text) == expected

    NONE = (
        "special_categories: false, biometric: false, children: false, employees_monitored: false, "
        "infers_sensitive_traits: false"
    )

    @pytest.mark.parametrize(
        ("facts", "how", "expected"),
        [
            (
                f"personal_data: true, {NONE}",
                "{domain: none, affects_people: false}",
                "not_applicable",
            ),
            (f"personal_data: true, {NONE}", "{domain: none, decision: informs}", "not_applicable"),
            (f"personal_data: true, {NONE}", "{domain: none, affects_people: true}", "undecided"),
            (f"personal_data: true, {NONE}", "{affects_people: false}", "undecided"),
            (
                f"personal_data: true, {NONE}",
                "{domain: unknown, affects_people: false}",
                "possible",
            ),
            (f"{NOBODY}, employees_monitored: true", "{domain: credit}", "not_applicable"),
            (f"personal_data: unknown, {NONE}", "{domain: credit}", "possible"),
            (NONE, "{domain: credit}", "undecided"),
            ("", "{domain: credit}", "undecided"),
        ],
    )
    def test_verdict(self, facts: str, how: str, expected: str) -> None:
        assert verdict("ETH003", people(facts, f"explainability: {how}")) == expected

    def test_names_the_risks_and_the_laws(self) -> None:
        text = people("personal_data: true, children: true", "explainability: {domain: health}")
        found = told("ETH003", text)
        assert "with data about children and a regulated domain (health)" in found.message
        assert found.message.endswith("check GDPR Art. 35 and EU AI Act Art. 27")

    def test_labels_speak_only_of_what_counts(self) -> None:
        text = people(
            "personal_data: true, employees_monitored: true, biometric: false, children: unknown",
            "explainability: {domain: none, affects_people: false, decision: decides}",
        )
        hidden = {path for path, label in told("ETH003", text).marks.items() if not label}
        assert hidden >= {
            "people.biometric",
            "people.children",
            "explainability.domain",
            "explainability.affects_people",
            "explainability.decision",
        }
        assert "people.employees_monitored" not in hidden


class TestSurprisingInsight:
    FLAGS = ("infers_sensitive_traits", "employees_monitored", "surprising_to_subjects")

    @pytest.mark.parametrize("flag", FLAGS)
    def test_each_insight(self, flag: str) -> None:
        for rest, expected in (
            ("", "warning"),
            (", opt_out: false, consent: false", "warning"),
            (", opt_out: true", "clear"),
            (", consent: true", "clear"),
            (", opt_out: unknown", "possible"),
            (", opt_out: unknown, consent: true", "clear"),
        ):
            assert verdict("ETH004", people(f"{flag}: true{rest}")) == expected
        others = ", ".join(f"{other}: false" for other in self.FLAGS if other != flag)
        assert verdict("ETH004", people(f"{others}, {flag}: unknown")) == "possible"
        assert verdict("ETH004", people(f"{others}, {flag}: false")) == "not_applicable"
        assert verdict("ETH004", people(others)) == "undecided"
        assert verdict("ETH004", people(f"{others}, {NOBODY}")) == "not_applicable"

    def test_says_what_frightens(self) -> None:
        message = told(
            "ETH004", people("employees_monitored: true, infers_sensitive_traits: true")
        ).message
        assert message.startswith(
            "sensitive traits are inferred and employees are monitored, and people"
        )
        assert "judgement" in message


class TestNoRetentionOrErasure:
    @pytest.mark.parametrize(
        ("facts", "expected"),
        [
            ("personal_data: true", "warning"),
            ("personal_data: true, retention: 2 y", "warning"),
            ("personal_data: true, erasure: true", "warning"),
            ("personal_data: true, retention: 2 y, erasure: false", "warning"),
            ("personal_data: true, retention: 2 y, erasure: true", "clear"),
            ("personal_data: true, retention: 1..3 y, erasure: true", "clear"),
            ("personal_data: true, retention: unknown, erasure: true", "possible"),
            ("personal_data: true, retention: 2 y, erasure: unknown", "possible"),
            ("personal_data: unknown", "possible"),
            ("children: true", "warning"),
            (NOBODY, "not_applicable"),
            ("children: false", "undecided"),
        ],
    )
    def test_verdict(self, facts: str, expected: str) -> None:
        assert verdict("ETH005", people(facts)) == expected

    @pytest.mark.parametrize(
        ("facts", "lacks"),
        [
            ("", "how long they are kept (`people.retention`) or that they can be erased"),
            (", erasure: true", "how long they are kept (`people.retention`) (common"),
            (", retention: 2 y", "does not say that they can be erased (`people.erasure`) (common"),
        ],
    )
    def test_says_what_is_missing(self, facts: str, lacks: str) -> None:
        assert lacks in told("ETH005", people(f"personal_data: true{facts}")).message


@pytest.mark.parametrize("code", ["ETH005", "ETH006"])
@pytest.mark.parametrize(
    ("facts", "hidden"),
    [
        ("personal_data: true, children: true", {"special_categories", "biometric", "children"}),
        ("children: true", {"special_categories", "biometric"}),  # what says that they are personal
    ],
)
def test_one_label_for_personal_data(code: str, facts: str, hidden: set[str]) -> None:
    marks = told(code, people(facts, "approach: {family: rules, hosting: vendor}")).marks
    assert {path for path, label in marks.items() if not label} == {
        f"people.{name}" for name in hidden
    }


class TestDataLeavesTheHouse:
    @pytest.mark.parametrize(
        ("approach", "facts", "expected"),
        [
            ("training: fine_tuning, hosting: vendor", "", "warning"),
            ("training: prompting, hosting: vendor", "", "warning"),
            ("hosting: vendor", ", processor_agreement: false", "warning"),
            ("hosting: vendor", ", processor_agreement: true", "clear"),
            ("hosting: vendor", ", processor_agreement: unknown", "possible"),
            ("hosting: own", "", "not_applicable"),
            ("hosting: unknown", "", "possible"),
            ("training: prompting, hosting: own", "", "not_applicable"),
            # Who runs a prompted network is as a rule somebody else.
            ("training: prompting", "", "possible"),
            ("training: few_shot", "", "possible"),
            ("training: prompting", ", processor_agreement: true", "clear"),
            ("training: zero_shot", "", "undecided"),
            ("training: unknown", "", "undecided"),
            ("training: from_scratch", "", "undecided"),
        ],
    )
    def test_verdict(self, approach: str, facts: str, expected: str) -> None:
        text = people(
            f"personal_data: true{facts}", f"approach: {{family: deep_learning, {approach}}}"
        )
        assert verdict("ETH006", text) == expected
        nobody = text.replace("personal_data: true", NOBODY)
        assert verdict("ETH006", nobody) == "not_applicable"

    def test_any_family(self) -> None:
        text = people("personal_data: true", "approach: {family: classical_ml, hosting: vendor}")
        assert verdict("ETH006", text) == "warning"

    def test_the_law(self) -> None:
        text = people("biometric: true", "approach: {family: rules, hosting: vendor}")
        assert told("ETH006", text).message.endswith(
            "check GDPR Art. 28 and HIPAA (US, health data)"
        )


class TestFairnessUntested:
    @pytest.mark.parametrize(
        ("how", "tested", "expected"),
        [
            ("{affects_people: true, decision: decides}", "", "warning"),
            ("{affects_people: true, decision: recommends}", "", "warning"),
            ("{affects_people: true, decision: recommends}", "fairness_tested: false", "warning"),
            ("{affects_people: true, decision: decides}", "fairness_tested: true", "clear"),
            ("{affects_people: true, decision: decides}", "fairness_tested: unknown", "possible"),
            ("{affects_people: true, decision: informs}", "", "not_applicable"),
            ("{affects_people: false, decision: decides}", "", "not_applicable"),
            ("{affects_people: false}", "", "not_applicable"),
            ("{affects_people: true, decision: unknown}", "", "possible"),
            ("{affects_people: unknown, decision: decides}", "", "possible"),
            ("{affects_people: true}", "", "undecided"),
            ("{decision: decides}", "", "undecided"),
        ],
    )
    def test_verdict(self, how: str, tested: str, expected: str) -> None:
        assert verdict("ETH007", people(tested, f"explainability: {how}")) == expected

    @pytest.mark.parametrize(
        ("decision", "words"),
        [
            ("decides", "it decides on people"),
            ("recommends", "it recommends decisions on people"),
            ("unknown", "it may decide on people"),
        ],
    )
    def test_says_what_it_does(self, decision: str, words: str) -> None:
        text = f"explainability: {{affects_people: true, decision: {decision}}}"
        assert told("ETH007", text).message.startswith(words)


CODES = [f"ETH00{number}" for number in range(1, 8)]
SUCCESSES = [
    # Things: steel, read books, deliveries.
    people(NOBODY, "explainability: {affects_people: false}"),
    # Patients, with all that is due.
    people(
        "personal_data: true, special_categories: true, biometric: false, children: false, "
        "employees_monitored: false, infers_sensitive_traits: false, surprising_to_subjects: false, "
        "legal_basis: consent to research, consent: true, impact_assessment: true, retention: 10 y, "
        "erasure: true, processor_agreement: true, fairness_tested: true",
        "explainability: {domain: health, affects_people: true, decision: recommends}\n"
        "approach: {family: deep_learning, training: fine_tuning, hosting: vendor}",
    ),
]  # fmt: skip


@pytest.mark.parametrize("text", SUCCESSES, ids=["things", "patients"])
@pytest.mark.parametrize("code", CODES)
def test_quiet_on_successes(code: str, text: str) -> None:
    assert verdict(code, text) in ("clear", "not_applicable")


@pytest.mark.parametrize("code", CODES)
def test_law_is_dated_and_judgement_says_so(code: str) -> None:
    rule = find_rule(code)
    assert rule is not None
    if rule.basis == "regulation":
        assert rule.as_of
        assert set(rule.sources) & {"gdpr", "eu_ai_act"}
    else:
        assert rule.basis == "convention"
        assert "convention" in rule.sources
