"""Limits of an organisation: what they may be, where they are in force, and what findings say of them."""

# ruff: noqa: E501 - a mistake and what is said of it stand on one line
from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from mlspeclint.engine.check import check_file
from mlspeclint.knowledge import explanation_level, interval, threshold
from mlspeclint.knowledge.limits import Limits
from mlspeclint.policy.limits import ORDERED, limit_kinds

from .support import (
    TODAY,
    configured,
    level,
    mistake,
    of,
    report,
    repository,
    spec,
    working_in,
    write,
)

KINDS = limit_kinds()


def one(tmp_path: Path, text: str) -> Path:
    return repository(tmp_path / "r", {".mlspeclint.toml": text})


def told(root: Path, more: str, code: str) -> tuple[str, tuple[str, ...]]:
    """The message of the only finding of a rule, and what it says of the policy."""
    (found,) = of(report(root, spec(more)), code)
    return found.message, found.policy


BAD = {
    "agreement_low = 0": "above 0 and at most 1 (Krippendorff's alpha)",
    "agreement_low = 1.1": "above 0 and at most 1",
    "agreement_low = -0.5": "above 0",
    "agreement_low = '0.7'": "a number",
    "agreement_low = true": "a number",
    "agreement_low = nan": "a number",
    "agreement_low = inf": "a number",
    "agreement_low = [0.5, 0.6]": "it is one number (Krippendorff's alpha), not a list",
    f"graph_examples = 1{'0' * 400}": "a number above 0 (graphs)",
    "graph_examples = 1e19": "a number above 0 (graphs)",
    "utilisation = [0.5]": "an interval is [low, high]",
    "utilisation = [0.5, 0.4]": "the interval [0.5, 0.4] runs backwards",
    "utilisation = [0.5, 1.5]": "above 0 and at most 1 (fraction of peak FLOP/s)",
    "utilisation = [0, 0.5]": "above 0 and at most 1",
    "utilisation = [0.1, 'x']": "a number",
    "overhead = -1": "above 0",
    "explanation_levels.forest = 5": "a level is one of none, global, local, reasons, full, or a number from 0 to 4",
    "explanation_levels.forest = -1": "a level is one of",
    "explanation_levels.forest = 'best'": "a level is one of",
    "explanation_levels.forest = 2.0": "a level is one of",
    "explanation_levels.forest = true": "a level is one of",
    "explanation_levels.forest = ['none']": "two levels are [without validation, validated]",
    "explanation_levels.forest = ['full', 'none']": "an explanation does not lose by being validated",
}  # fmt: skip


@pytest.mark.parametrize("text", BAD)
def test_values_that_are_refused(tmp_path: Path, text: str) -> None:
    said = mistake(tmp_path / "r", f"limits.{text}")
    name = text.partition(" = ")[0]
    assert said.startswith(f"limits.{name}: ")
    assert BAD[text] in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("limits.agreement_lo = 1", "limits.agreement_lo: there is no such limit; did you mean agreement_low?"),
        ("limits.explanation_levels.forrest = 1", "there is no such kind of algorithm; did you mean forest?"),
        ("limits.explanation_levels = 1", "it is the number 1, not a table of levels by algorithm kind"),
    ],
)  # fmt: skip
def test_names_that_do_not_exist(tmp_path: Path, text: str, said: str) -> None:
    assert said in mistake(tmp_path / "r", text)


@pytest.mark.parametrize(("low", "high"), ORDERED)
def test_pairs_that_cross(tmp_path: Path, low: str, high: str) -> None:
    high_value, low_value = KINDS[high].value, KINDS[low].value
    above = high_value * 1.01
    assert mistake(tmp_path / "a", f"limits.{low} = {above}") == (
        f"limits.{low}: {low} ({above:g}) is above {high} ({high_value:g})"
    )
    below = low_value * 0.99
    assert mistake(tmp_path / "b", f"limits.{high} = {below}") == (
        f"limits.{high}: {low} ({low_value:g}) is above {high} ({below:g})"
    )
    one(tmp_path / "c", f"limits = {{{low} = {high_value}, {high} = {high_value}}}")
    configured(tmp_path / "c" / "r")


def test_pairs_may_cross_only_together_with_a_stage(tmp_path: Path) -> None:
    text = "limits.agreement_low = 0.75\nstages.idea.limits.agreement_good = 0.7"
    said = mistake(tmp_path / "r", text)
    assert said.endswith("agreement_low (0.75) is above agreement_good (0.7)")


@pytest.mark.parametrize("name", KINDS)
def test_every_limit_can_be_set_to_what_is_published(tmp_path: Path, name: str) -> None:
    value = KINDS[name].value
    root = one(tmp_path, f"limits.{name} = {value}")
    settings = configured(root).settings("x.yaml")
    assert settings.limits is not None
    with settings.limits:
        assert interval(name) == (tuple(value) if isinstance(value, list) else (value, value))


class TestInForce:
    def test_only_within_the_block(self) -> None:
        before = threshold("agreement_low")
        with Limits({"agreement_low": 0.75}) as outer:
            assert threshold("agreement_low") == 0.75
            with outer.without("agreement_low"):
                assert threshold("agreement_low") == before
            with pytest.raises(ZeroDivisionError), Limits({"agreement_low": 0.7}):
                raise ZeroDivisionError
            assert threshold("agreement_low") == 0.75
        assert threshold("agreement_low") == before

    def test_levels(self) -> None:
        levels = {"forest": (0, 1), "neural_network": (2, 4), "prompting": (1, 1)}
        with Limits(levels=levels):
            assert explanation_level("classical_ml", algorithm="random forest") == (0, 0)
            assert explanation_level("classical_ml", algorithm="random forest", validated=True) == (
                1,
                1,
            )
            assert explanation_level("deep_learning", "fine_tuning") == (2, 2)
            assert explanation_level(
                "deep_learning", "fine_tuning", method="inherent", validated=True
            ) == (4, 4)
            assert explanation_level("deep_learning", "prompting", validated=True) == (1, 1)
            # A foundation model for tables has a level of its own.
            assert explanation_level("classical_ml", algorithm="TabPFN") == (1, 1)
        with Limits(levels={"tabular_foundation_model": (0, 0)}):
            assert explanation_level("classical_ml", algorithm="TabPFN") == (0, 0)
            assert explanation_level("deep_learning", "fine_tuning") == (1, 1)

    def test_two_files_of_a_run_do_not_share_them(self, tmp_path: Path) -> None:
        files = {"a/.mlspeclint.toml": "limits.agreement_low = 0.75", "b/.mlspeclint.toml": ""}
        root = repository(tmp_path / "r", files)
        text = spec("labels: {agreement: 0.7}\n")
        with working_in(root):
            settings = {
                path: configured(root, path).settings(path, today=TODAY)
                for path in ("a/x.yaml", "b/x.yaml", "a/y.yaml")
            }
            levels = [
                level(check_file(text.encode(), path, each), "LBL303")
                for path, each in settings.items()
            ]
        assert levels == ["warning", "note", "warning"]
        assert threshold("agreement_low") == 0.667


class TestFindings:
    def test_both_sides_of_the_limit(self, tmp_path: Path) -> None:
        root = one(tmp_path, "limits.agreement_low = 0.75")
        message, policy = told(root, "labels: {agreement: 0.749}\n", "LBL303")
        assert "the customary limit 0.75: below it a model would learn" in message
        assert policy == ("limit agreement_low = 0.75 set by .mlspeclint.toml",)
        # Just above, another limit is told, which nobody has set.
        message, policy = told(root, "labels: {agreement: 0.75}\n", "LBL303")
        assert "the customary limit 0.8" in message
        assert policy == ()

    def test_what_would_clear_it_counts_too(self, tmp_path: Path) -> None:
        root = one(tmp_path, "limits.agreement_good = 0.9")
        (found,) = of(report(root, spec("labels: {agreement: 0.5}\n")), "LBL303")
        assert [flip.text for flip in found.clears_when] == ["labels.agreement >= 0.9"]
        assert found.policy == ("limit agreement_good = 0.9 set by .mlspeclint.toml",)

    def test_a_finding_that_the_limit_takes_away(self, tmp_path: Path) -> None:
        root = one(tmp_path, "limits = {agreement_low = 0.4, agreement_good = 0.5}")
        assert level(report(root, spec("labels: {agreement: 0.5}\n")), "LBL303") is None

    def test_two_limits_of_which_each_is_enough(self, tmp_path: Path) -> None:
        text = """
            task: {type: ranking, modality: tabular}
            approach: {family: deep_learning, training: from_scratch}
            data: {interactions: 20M, distinct_ids: 200k}
        """
        whole = spec().partition("task:")[0] + "\n".join(
            line.strip() for line in text.strip().splitlines()
        )
        limits = "recommendation_interactions = 50e6, recommendation_distinct_ids = 500e3"
        root = one(tmp_path, f"limits = {{{limits}}}")
        (found,) = of(report(root, whole), "DAT101")
        assert len(found.policy) == 2
        write(root, {".mlspeclint.toml": "limits.recommendation_interactions = 50e6"})
        assert not of(report(root, whole), "DAT101")

    def test_names_who_has_set_it_last(self, tmp_path: Path) -> None:
        files = {
            "p/acme.toml": "limits = {agreement_low = 0.75, agreement_good = 0.85}",
            ".mlspeclint.toml": "extends = ['p/acme.toml']\nlimits.agreement_low = 0.7",
        }
        root = repository(tmp_path / "r", files)
        assert told(root, "labels: {agreement: 0.69}\n", "LBL303")[1] == (
            "limit agreement_low = 0.7 set by .mlspeclint.toml",
            "limit agreement_good = 0.85 set by p/acme.toml",
        )

    def test_of_a_stage(self, tmp_path: Path) -> None:
        root = one(tmp_path, "stages.production.limits.agreement_low = 0.75")
        text = "labels: {agreement: 0.7}\n"
        assert level(report(root, spec(text)), "LBL303") == "note"
        (found,) = of(report(root, spec(text, "production")), "LBL303")
        told = "limit agreement_low = 0.75 set by .mlspeclint.toml for production"
        assert (found.severity, found.policy) == ("warning", (told,))

    def test_with_a_severity(self, tmp_path: Path) -> None:
        root = one(tmp_path, "limits.agreement_low = 0.75\nseverity.LBL = 'error'")
        assert told(root, "labels: {agreement: 0.7}\n", "LBL303")[1] == (
            "severity error set by .mlspeclint.toml",
            "limit agreement_low = 0.75 set by .mlspeclint.toml",
        )

    def test_a_sum_that_rules_remember_together(self, tmp_path: Path) -> None:
        more = """
            compute: {training_time: 100 h, accelerators: 1, price_per_hour: 2, experiments: 10}
            budget: {currency: USD, compute: 3k, total: 3k}
        """
        text = "\n".join(line.strip() for line in more.strip().splitlines()) + "\n"
        root = one(tmp_path, "limits.overhead = [2.0, 2.0]")
        (found,) = of(report(root, spec(text)), "CST401")
        assert (found.severity, found.outcome) == ("error", "conflict")
        assert found.policy == ("limit overhead = [2, 2] set by .mlspeclint.toml",)

    def test_explanation_levels(self, tmp_path: Path) -> None:
        text = spec("explainability: {required: local, audience: affected people}\n").replace(
            "family: deep_learning, training: fine_tuning",
            "family: classical_ml, algorithm: forest",
        )
        root = one(tmp_path, "limits.explanation_levels.forest = ['none', 'local']")
        (found,) = of(report(root, text), "XPL501")
        told = 'limit explanation_levels.forest = ["none", "local"] set by .mlspeclint.toml'
        assert found.policy == (told,)
        write(root, {".mlspeclint.toml": ""})
        assert not of(report(root, text), "XPL501")


QUOTED = {
    "frequent_retraining_days = 2": ("retraining: {every: 2 d}\n", "RTR606", "once in 2 days"),
    "drift_to_watch_days = 900": ("data: {changes_every: 2 years}\n", "RTR604", "within 900 days"),
    "confidence_factor = 2.58": (
        "target: {metric: accuracy, value: 0.91, baseline: 0.9}\nlabels: {test_examples: 1000}\n",
        "DAT112",
        "interval of 2.58 standard errors",
    ),
    "test_annotators = 2": (
        "target: {metric: accuracy, value: 0.95, ground_truth: annotators}\n"
        "labels: {test_annotators: 2}\n",
        "LBL305",
        "3 or more",
    ),
    "speech_hours_from_scratch = 2000": (
        "data: {hours: 1000}\n",
        "DAT106",
        "the customary least is 2000",
    ),
}


@pytest.mark.parametrize("limit", QUOTED)
def test_messages_quote_the_limit_in_force(tmp_path: Path, limit: str) -> None:
    more, code, quoted = QUOTED[limit]
    text = spec(more)
    if code == "DAT106":
        text = text.replace("classification, modality: text", "speech_recognition, modality: audio")
        text = text.replace("fine_tuning", "from_scratch")
    root = one(tmp_path, f"limits.{limit}")
    (found,) = of(report(root, text), code)
    assert quoted in found.message
    assert found.policy == (f"limit {limit} set by .mlspeclint.toml",)


def test_the_examples_of_the_reference_are_right() -> None:
    from mlspeclint.policy.keys import KEYS
    from mlspeclint.policy.reading import read_values

    for key in KEYS:
        if key.name != "policies":
            table = tomllib.loads(f"{key.name} = {key.example}")
            assert read_values("x.toml", table), key.name
