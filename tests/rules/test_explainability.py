"""XPL501 to XPL504: what is explained, to whom, and by what."""

from __future__ import annotations

import pytest

from mlspeclint.knowledge import laws
from mlspeclint.knowledge.explanations import level_of
from mlspeclint.rules import find_rule
from mlspeclint.rules.explainability import level_reached
from mlspeclint.spec.compiled import Explainability

from .support import outcome_of, spec_of, told, verdict

NETWORK = "{family: deep_learning, training: fine_tuning}"
PROMPT = "{family: deep_learning, training: prompting}"
TREES = "{family: classical_ml, algorithm: xgboost}"
EBM = "{family: classical_ml, algorithm: ebm}"
LINEAR = "{family: classical_ml, algorithm: ridge regression}"
OWN = "{family: classical_ml, algorithm: our own secret sauce}"
ANY_ML = "{family: classical_ml}"
RULES = "{family: rules}"


def spec(approach: str, explainability: str = "{}") -> str:
    return f"approach: {approach}\nexplainability: {explainability}"


@pytest.mark.parametrize(
    ("approach", "explainability", "low", "high", "missing"),
    [
        (RULES, "{}", 4, 4, set()),
        (LINEAR, "{}", 4, 4, set()),
        (EBM, "{}", 3, 3, set()),
        (TREES, "{}", 2, 2, set()),
        (TREES, "{validated: true}", 3, 3, set()),
        (TREES, "{validated: unknown}", 2, 3, set()),
        (NETWORK, "{}", 1, 1, set()),
        (NETWORK, "{method: inherent}", 1, 1, set()),
        (NETWORK, "{method: attribution, validated: true}", 2, 2, set()),
        (NETWORK, "{method: inherent, validated: true}", 3, 3, set()),
        (NETWORK, "{method: inherent, validated: unknown}", 1, 3, set()),
        (NETWORK, "{validated: true}", 2, 3, {"explainability.method"}),
        (NETWORK, "{method: unknown, validated: true}", 2, 3, set()),
        ("{family: deep_learning}", "{}", 0, 1, {"approach.training"}),
        ("{family: deep_learning, training: unknown}", "{}", 0, 1, set()),
        (PROMPT, "{method: inherent, validated: true}", 0, 0, set()),
        (OWN, "{}", 0, 4, set()),
        ("{family: classical_ml, algorithm: unknown}", "{}", 0, 4, set()),
        (ANY_ML, "{}", 0, 4, {"approach.algorithm"}),
        ("{family: statistics}", "{}", 0, 4, {"approach.algorithm"}),
    ],
)
def test_level_reached(
    approach: str, explainability: str, low: int, high: int, missing: set[str]
) -> None:
    level = level_reached(spec_of(spec(approach, explainability)))
    assert (level.low, level.high) == (low, high)
    assert set(level.missing) == missing


@pytest.mark.parametrize(
    ("approach", "explainability", "expected"),
    [
        # One level above what is reached, and exactly what is reached.
        (PROMPT, "{required: global}", "warning"),
        (NETWORK, "{required: global}", "clear"),
        (NETWORK, "{required: local}", "warning"),
        (NETWORK, "{required: local, method: attribution}", "warning"),
        (NETWORK, "{required: local, method: attribution, validated: true}", "clear"),
        (NETWORK, "{required: reasons, method: attribution, validated: true}", "warning"),
        (NETWORK, "{required: reasons, method: inherent, validated: true}", "clear"),
        (NETWORK, "{required: full, method: inherent, validated: true}", "warning"),
        (TREES, "{required: local}", "clear"),
        (TREES, "{required: reasons}", "warning"),
        (TREES, "{required: reasons, validated: true}", "clear"),
        (EBM, "{required: reasons}", "clear"),
        (EBM, "{required: full}", "warning"),
        (LINEAR, "{required: full}", "clear"),
        (RULES, "{required: full}", "clear"),
        # What is not known.
        (OWN, "{required: reasons}", "possible"),
        (ANY_ML, "{required: reasons}", "undecided"),
        ("{family: deep_learning}", "{required: global}", "undecided"),
        ("{family: deep_learning, training: unknown}", "{required: global}", "possible"),
        ("{family: deep_learning}", "{required: local}", "warning"),
        (NETWORK, "{required: unknown}", "possible"),
        (LINEAR, "{required: unknown}", "clear"),
        (NETWORK, "{required: local, method: attribution, validated: unknown}", "possible"),
        # Nothing is asked for.
        (NETWORK, "{}", "not_applicable"),
        (PROMPT, "{required: none}", "not_applicable"),
    ],
)
def test_black_box(approach: str, explainability: str, expected: str) -> None:
    assert verdict("XPL501", spec(approach, explainability)) == expected


def test_black_box_names_what_it_lacks() -> None:
    outcome = outcome_of("XPL501", spec(ANY_ML, "{required: reasons}"))
    assert outcome.missing == {"approach.algorithm"}


def test_black_box_says_both_levels() -> None:
    said = told("XPL501", spec(NETWORK, "{required: reasons}"))
    assert "`reasons`" in said.message
    assert "deep learning (fine-tuned) reaches `global`" in said.message
    assert "additive model" in said.clears


def test_black_box_says_a_range_of_levels() -> None:
    said = told("XPL501", spec(OWN, "{required: unknown}"))
    assert "an unknown level" in said.message
    assert "classical ML (our own secret sauce) reaches `none` to `full`" in said.message


@pytest.mark.parametrize(
    ("approach", "explainability", "expected"),
    [
        (TREES, "{required: local, method: attribution}", "warning"),
        (TREES, "{required: local, method: surrogate}", "warning"),
        (TREES, "{required: local, method: attribution, validated: false}", "warning"),
        (TREES, "{required: local, method: attribution, validated: true}", "clear"),
        (TREES, "{required: local, method: attribution, validated: unknown}", "possible"),
        (TREES, "{required: local, method: counterfactual}", "clear"),
        (TREES, "{required: local, method: inherent}", "clear"),
        (TREES, "{required: local, method: none}", "clear"),
        (TREES, "{required: local, method: unknown}", "possible"),
        (TREES, "{required: local}", "undecided"),
        (TREES, "{required: unknown, method: attribution}", "possible"),
        (TREES, "{required: global, method: attribution}", "not_applicable"),
        (TREES, "{method: attribution}", "not_applicable"),
        # Models that can be read have the reasons by themselves.
        (EBM, "{required: reasons, method: attribution}", "clear"),
        (LINEAR, "{required: local, method: attribution}", "clear"),
        (OWN, "{required: local, method: attribution}", "possible"),
        (ANY_ML, "{required: local, method: attribution}", "undecided"),
        # It holds here as well, and yields to XPL501.
        (NETWORK, "{required: local, method: attribution}", "warning"),
    ],
)
def test_post_hoc(approach: str, explainability: str, expected: str) -> None:
    assert verdict("XPL502", spec(approach, explainability)) == expected


def test_post_hoc_names_the_method() -> None:
    said = told("XPL502", spec(TREES, "{required: local, method: surrogate}"))
    assert "`local`" in said.message
    assert "`surrogate`" in said.message


CREDIT = "affects_people: true, domain: credit"


@pytest.mark.parametrize(
    ("approach", "explainability", "expected"),
    [
        (NETWORK, f"{{{CREDIT}}}", "warning"),
        (NETWORK, f"{{{CREDIT}, required: none}}", "warning"),
        (NETWORK, f"{{{CREDIT}, required: global}}", "clear"),
        (NETWORK, f"{{{CREDIT}, required: unknown}}", "possible"),
        (TREES, f"{{{CREDIT}}}", "warning"),
        (TREES, f"{{{CREDIT}, validated: true}}", "clear"),
        (TREES, f"{{{CREDIT}, validated: unknown}}", "possible"),
        (EBM, f"{{{CREDIT}}}", "clear"),
        (RULES, f"{{{CREDIT}}}", "clear"),
        (OWN, f"{{{CREDIT}}}", "possible"),
        (ANY_ML, f"{{{CREDIT}}}", "undecided"),
        (NETWORK, "{affects_people: true, domain: none}", "not_applicable"),
        (NETWORK, "{affects_people: false, domain: credit}", "not_applicable"),
        (NETWORK, "{affects_people: unknown, domain: credit}", "possible"),
        (NETWORK, "{domain: credit}", "undecided"),
        (NETWORK, "{affects_people: true, domain: unknown}", "possible"),
        (NETWORK, "{affects_people: true}", "undecided"),
        (NETWORK, "{}", "undecided"),
    ],
)
def test_regulated(approach: str, explainability: str, expected: str) -> None:
    assert verdict("XPL503", spec(approach, explainability)) == expected


def domains() -> list[str]:
    return [name for name in Explainability.FIELDS["domain"].options if name != "none"]


@pytest.mark.parametrize("domain", domains())
def test_regulated_names_what_to_check(domain: str) -> None:
    said = told("XPL503", spec(NETWORK, f"{{affects_people: true, domain: {domain}}}"))
    assert domain in said.message
    assert "check GDPR" in said.message or "check EU AI Act" in said.message
    for law in laws(domain):
        assert said.message.count(law.name) >= 1


def test_regulated_is_as_old_as_its_oldest_law() -> None:
    rule = find_rule("XPL503")
    assert rule is not None
    assert rule.as_of == min(law.as_of for domain in domains() for law in laws(domain))


FLAGS = "affects_people: true, decision: decides"


@pytest.mark.parametrize(
    ("approach", "explainability", "expected"),
    [
        (NETWORK, f"{{{FLAGS}}}", "warning"),
        (NETWORK, "{affects_people: true, decision: recommends}", "warning"),
        (NETWORK, "{affects_people: true, decision: informs}", "not_applicable"),
        (NETWORK, "{affects_people: true, decision: unknown}", "possible"),
        (NETWORK, "{affects_people: true}", "undecided"),
        (NETWORK, "{affects_people: false, decision: decides}", "not_applicable"),
        (NETWORK, "{decision: decides}", "undecided"),
        (NETWORK, f"{{{FLAGS}, required: none}}", "warning"),
        (NETWORK, f"{{{FLAGS}, required: global}}", "warning"),
        (NETWORK, f"{{{FLAGS}, required: local}}", "clear"),
        (NETWORK, f"{{{FLAGS}, required: unknown}}", "possible"),
        (NETWORK, f"{{{FLAGS}, audience: developers}}", "clear"),
        (NETWORK, f"{{{FLAGS}, audience: customers}}", "warning"),
        (NETWORK, f"{{{FLAGS}, audience: unknown}}", "possible"),
        (TREES, f"{{{FLAGS}}}", "warning"),
        (TREES, f"{{{FLAGS}, validated: true}}", "clear"),
        (EBM, f"{{{FLAGS}}}", "clear"),
        (RULES, f"{{{FLAGS}}}", "clear"),
        (OWN, f"{{{FLAGS}}}", "possible"),
        (ANY_ML, f"{{{FLAGS}}}", "undecided"),
    ],
)
def test_flagged(approach: str, explainability: str, expected: str) -> None:
    assert verdict("XPL504", spec(approach, explainability)) == expected


def test_flagged_says_what_is_decided_and_reached() -> None:
    message = told("XPL504", spec(TREES, f"{{{FLAGS}}}")).message
    assert "it decides on people" in message
    assert "classical ML (xgboost) reaches explanations of level `local`" in message
    for decision, words in (
        ("recommends", "it recommends decisions on people"),
        ("unknown", "it may decide or recommend decisions on people"),
    ):
        facts = f"{{affects_people: true, decision: {decision}}}"
        assert words in told("XPL504", spec(NETWORK, facts)).message


@pytest.mark.parametrize("code", ["XPL501", "XPL502", "XPL503", "XPL504"])
@pytest.mark.parametrize(
    "text",
    [
        # ImageNet, LibriSpeech and defects: nobody is judged, nothing has to be explained.
        "task: {type: classification, modality: image}\n"
        "approach: {family: deep_learning, training: from_scratch}\n"
        "explainability: {affects_people: false}",
        "task: {type: speech_recognition, modality: audio}\n"
        "approach: {family: deep_learning, training: from_scratch}\n"
        "explainability: {affects_people: false, required: global}",
        spec(NETWORK, "{required: none, affects_people: false, decision: decides}"),
    ],
)
def test_silent_where_nobody_is_judged(code: str, text: str) -> None:
    assert verdict(code, text) in ("clear", "not_applicable")


def test_what_yields() -> None:
    post_hoc, flagged = find_rule("XPL502"), find_rule("XPL504")
    assert post_hoc is not None
    assert flagged is not None
    assert dict(post_hoc.yields_to) == {"XPL501": {}}
    assert dict(flagged.yields_to) == {"XPL503": {}}


def test_levels_of_the_spec_are_those_of_the_table() -> None:
    assert [level_of(name) for name in Explainability.FIELDS["required"].options] == [0, 1, 2, 3, 4]
