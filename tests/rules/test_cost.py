"""CST: every rule on both sides of its limits, with ranges, unknowns and absent facts."""

from __future__ import annotations

from datetime import date

import pytest

from mlspeclint.knowledge import accelerator, interval
from mlspeclint.rules import find_rule

from .support import outcome_of, spec_of, told, verdict

ERROR, WARNING, NOTE = "error", "warning", "note"
CLEAR, POSSIBLE, UNDECIDED, SILENT = "clear", "possible", "undecided", "not_applicable"

found = accelerator("A100")
assert found is not None
A100 = found
CHEAP, DEAR = A100.price_per_hour
LIST_PRICE = f"{CHEAP:g}..{DEAR:g}"
PEAK = A100.peak_flops[0]


def span(limit: str) -> str:
    low, high = interval(limit)
    return f"{low:g}..{high:g}"


RUN = "training_time: 10 h, experiments: 10, accelerators: 2, price_per_hour: 5"
"""10 runs x 20 h x 5 = 1,000 to 1,670 with overhead."""


class TestComputeOverBudget:
    @pytest.mark.parametrize(
        ("compute", "budget", "expected"),
        [
            (RUN, "compute: 999", ERROR),
            # The low end, at an overhead of 1.0, is exactly the budget: not certainly above it.
            (RUN, "compute: 1000", POSSIBLE),
            (RUN, "compute: 1669", POSSIBLE),
            (RUN, "compute: 1670", CLEAR),
            (RUN, "total: 999", ERROR),
            (RUN, "total: 1670", CLEAR),
            # The two budgets: over either is over.
            (RUN, "compute: 2k, total: 900", ERROR),
            (RUN, "compute: 900, total: 2k", ERROR),
            (RUN, "compute: 2k, total: 2k", CLEAR),
            (RUN, "compute: unknown", POSSIBLE),
            (RUN, "compute: 0.9k..2k", POSSIBLE),
            (RUN, "labelling: 1k", UNDECIDED),
            (RUN.replace("10 h", "10..30 h"), "compute: 2k", POSSIBLE),
            (RUN.replace("10 h", "30..40 h"), "compute: 2k", ERROR),
            (RUN.replace("10 h", "unknown"), "compute: 2k", POSSIBLE),
            # Defaults: 1 to 20 runs on one accelerator.
            ("training_time: 10 h, price_per_hour: 5", "compute: 49", ERROR),
            ("training_time: 10 h, price_per_hour: 5", "compute: 100", POSSIBLE),
            ("training_time: 10 h, price_per_hour: 5", "compute: 1670", CLEAR),
            # Without a price or a time there is no sum.
            ("training_time: 10 h, accelerator: other", "compute: 1", UNDECIDED),
            ("price_per_hour: 5, accelerator: A100", "compute: 1", UNDECIDED),
            ("training_time: 10 h", "compute: 1", UNDECIDED),
            ("training_time: 0 s", "compute: 1", CLEAR),
        ],
    )
    def test_verdict(self, compute: str, budget: str, expected: str) -> None:
        text = f"compute: {{{compute}}}\nbudget: {{{budget}}}"
        assert verdict("CST401", text) == expected

    def test_undecided_names_what_is_absent(self) -> None:
        text = "compute: {accelerator: other, experiments: 3}\nbudget: {compute: 1k}"
        assert outcome_of("CST401", text).missing == {
            "compute.training_time",
            "compute.price_per_hour",
        }

    @pytest.mark.parametrize(
        ("compute", "currency", "expected"),
        [
            ("accelerator: A100", "USD", ERROR),
            ("accelerator: A100, owned: false", "USD", ERROR),
            # What one owns is not rented, and there is no list price in euros.
            ("accelerator: A100, owned: true", "USD", UNDECIDED),
            ("accelerator: A100, owned: unknown", "USD", POSSIBLE),
            ("accelerator: A100", "EUR", UNDECIDED),
            ("accelerator: A100, owned: true, price_per_hour: 0.90", "EUR", ERROR),
        ],
    )
    def test_list_price(self, compute: str, currency: str, expected: str) -> None:
        text = f"""
            compute: {{{compute}, training_time: 10 d, accelerators: 8}}
            budget: {{compute: {0.9 * 8 * 240 * CHEAP:.0f}, currency: {currency}}}
        """
        assert verdict("CST401", text) == expected

    def test_estimated_training_time(self) -> None:
        text = "compute: {accelerator: A100, training_flops: 1e22, experiments: 3}"
        hours = [1e22 / (PEAK * share) / 3600 for share in reversed(interval("utilisation"))]
        least = 3 * hours[0] * CHEAP
        assert verdict("CST401", f"{text}\nbudget: {{total: {least * 0.99:.0f}}}") == ERROR
        assert verdict("CST401", f"{text}\nbudget: {{total: {least * 1.01:.0f}}}") == POSSIBLE
        message = told("CST401", text + "\nbudget: {total: 1k}").message
        assert (
            f"(3 runs of {hours[0]:,.0f}..{hours[1]:,.0f} accelerator hours at {LIST_PRICE} USD an hour; "
            f"assumed: training time from `compute.training_flops`, {span('utilisation')} of peak "
            f"speed, list price ({A100.as_of}) {LIST_PRICE} USD an hour, overhead {span('overhead')}), "
            "the whole budget is 1k USD"
        ) in message

    def test_what_is_not_trained_costs_nothing(self) -> None:
        text = """
            approach: {family: deep_learning, training: zero_shot}
            budget: {compute: 0}
        """
        assert verdict("CST401", text) == CLEAR

    def test_message(self) -> None:
        text = """
            compute: {training_time: 12 h, experiments: 20, accelerators: 8, price_per_hour: 25..31}
            budget: {compute: 15k}
        """
        assert told("CST401", text).message == (
            "compute costs 48k..99.4k USD (20 runs of 12 h on 8 accelerators at 25..31 USD an hour; "
            "assumed: overhead 1..1.67), the budget for compute is 15k USD"
        )

    def test_message_of_a_single_run(self) -> None:
        text = (
            "compute: {training_time: 12 h, experiments: 1, price_per_hour: 25}\nbudget: {total: 9}"
        )
        assert "(1 run of 12 h on 1 accelerator at 25 USD an hour;" in told("CST401", text).message

    def test_message_in_another_currency_and_with_defaults(self) -> None:
        text = """
            compute: {training_time: 20 h, price_per_hour: 2}
            budget: {total: 30, currency: EUR}
        """
        assert told("CST401", text).message == (
            "compute costs 40..1,336 EUR (1..20 runs of 20 h on 1 accelerator at 2 EUR an hour; "
            "assumed: 1..20 runs, 1 accelerator, overhead 1..1.67), the whole budget is 30 EUR"
        )


class TestNeverPaysBack:
    @pytest.mark.parametrize(
        ("manual", "serving", "expected"),
        [
            # 0.40 by hand against 0.40 for serving: nothing is saved.
            ("cost_per_item: 0.40", "cost_per_1000: 400", ERROR),
            ("cost_per_item: 0.40", "cost_per_1000: 399", CLEAR),
            ("cost_per_item: 0.40", "cost_per_1000: 300..500", POSSIBLE),
            ("cost_per_item: 0.40", "cost_per_1000: unknown", POSSIBLE),
            ("cost_per_item: 0.40..0.60", "cost_per_1000: 600", ERROR),
            ("minutes_per_item: 1, wage_per_hour: 24", "cost_per_1000: 401", ERROR),
            ("minutes_per_item: 1, wage_per_hour: 24", "cost_per_1000: 4", CLEAR),
            # Reviewing 90 % leaves 0.04 to pay serving from.
            ("cost_per_item: 0.40", "cost_per_1000: 40, human_review_share: 90%", ERROR),
            ("cost_per_item: 0.40", "cost_per_1000: 40, human_review_share: 80%", CLEAR),
            # 5 points more errors at 10 each cost 0.50.
            (
                "cost_per_item: 0.40, error_rate: 1%, cost_per_error: 10",
                "cost_per_1000: 1, error_rate: 6%",
                ERROR,
            ),
            (
                "cost_per_item: 0.40, error_rate: 6%, cost_per_error: 10",
                "cost_per_1000: 1, error_rate: 6%",
                CLEAR,
            ),
            # Fewer errors pay for a dear model.
            (
                "cost_per_item: 0.40, error_rate: 6%, cost_per_error: 10",
                "cost_per_1000: 500, error_rate: 1%",
                CLEAR,
            ),
            (
                "cost_per_item: 0.40, cost_per_error: 10",
                "cost_per_1000: 1, error_rate: 6%",
                UNDECIDED,
            ),
            # Both costs are needed, even where one alone would settle it.
            ("error_rate: 1%", "cost_per_1000: 400", UNDECIDED),
            ("minutes_per_item: 3", "cost_per_1000: 400", UNDECIDED),
            ("cost_per_item: 0.40", "human_review_share: 10%", UNDECIDED),
            ("cost_per_item: 0.40", "human_review_share: 100%", UNDECIDED),
        ],
    )
    def test_verdict(self, manual: str, serving: str, expected: str) -> None:
        text = f"manual_process: {{{manual}}}\nserving: {{{serving}}}"
        assert verdict("CST402", text) == expected

    def test_error_rate_from_a_target_accuracy(self) -> None:
        text = """
            manual_process: {cost_per_item: 0.40, error_rate: 1%, cost_per_error: 10}
            serving: {cost_per_1000: 1}
            target: {metric: accuracy, value: 0.95}
        """
        assert verdict("CST402", text) == ERROR
        assert verdict("CST402", text.replace("0.95", "0.98")) == CLEAR
        assert verdict("CST402", text.replace("accuracy", "f1")) == UNDECIDED

    def test_message(self) -> None:
        text = """
            manual_process: {cost_per_item: 0.40, error_rate: 2%, cost_per_error: 10}
            serving: {cost_per_1000: 5, error_rate: 6%, human_review_share: 10%}
        """
        assert told("CST402", text).message == (
            "the model saves nothing: an item costs 0.6 USD by hand and 0.645 USD with the model "
            "(serving 0.005, review 0.04, errors 0.6), a saving of -0.045 USD, so that no volume "
            "pays it back"
        )

    def test_a_saving_of_rounding_errors_is_none(self) -> None:
        text = """
            manual_process: {minutes_per_item: 9.2, wage_per_hour: 30, error_rate: 1%, cost_per_error: 50}
            serving: {cost_per_1000: 100}
            target: {metric: accuracy, value: 0.9}
        """
        assert verdict("CST402", text) == ERROR  # 4.6 - 0.1 - 0.09 x 50
        assert verdict("CST402", text.replace("9.2", "9.21")) == CLEAR

    def test_message_names_defaults(self) -> None:
        text = "manual_process: {cost_per_item: 0.40}\nserving: {cost_per_1000: 500}"
        assert told("CST402", text).message.endswith(
            "(serving 0.5), a saving of -0.1 USD, so that no volume pays it back; "
            "assumed: no review by people, errors cost nothing"
        )


VOLUME = """
    manual_process: {cost_per_item: 0.60}
    serving: {items_per_month: 10k, cost_per_1000: 100}
    budget: {build: 90k, operations_per_year: 30k, horizon: 3 y}
    data: {availability: available}
    labels: {needed: false}
    compute: {training_time: 0 s}
    retraining: {every: never}
"""
"""90,000 / 3 + 30,000 = 60,000 a year; an item saves 0.50: break-even is at 10,000 a month."""


class TestBelowBreakEvenVolume:
    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            ("10k", "9999", WARNING),
            ("10k", "10k", CLEAR),
            ("10k", "8k..12k", POSSIBLE),
            ("10k", "unknown", POSSIBLE),
            ("items_per_month: 10k, ", "", UNDECIDED),
            ("10k", "0", WARNING),
            # A longer horizon spreads what is paid once.
            (", horizon: 3 y", ", horizon: 2 y", WARNING),
            (", horizon: 3 y", "", POSSIBLE),
            ("build: 90k, ", "", UNDECIDED),
            ("build: 90k, operations_per_year: 30k", "operations_per_year: 61k", WARNING),
            ("90k", "80k..100k", POSSIBLE),
            ("90k", "100k..120k", WARNING),
            ("cost_per_1000: 100", "error_rate: 1%", UNDECIDED),
            ("cost_per_item: 0.60", "error_rate: 1%", UNDECIDED),
            # No volume pays back.
            ("cost_per_1000: 100", "cost_per_1000: 600", WARNING),
            ("cost_per_1000: 100", "cost_per_1000: 500..600", WARNING),
            # Absent parts count 0: a conflict stands, a clear verdict does not.
            ("labels: {needed: false}", "labels: {needed: true}", UNDECIDED),
            ("retraining: {every: never}", "retraining: {cost_each: 1}", UNDECIDED),
            ("retraining: {every: never}", "retraining: {every: yearly, cost_each: 1}", WARNING),
        ],
    )
    def test_verdict(self, old: str, new: str, expected: str) -> None:
        assert VOLUME.count(old) == 1
        assert verdict("CST403", VOLUME.replace(old, new)) == expected

    def test_both_costs_of_an_item_are_needed(self) -> None:
        # Free serving would be below break-even as well, but nothing is known of it.
        text = VOLUME.replace("10k, cost_per_1000: 100", "1k")
        assert outcome_of("CST403", text).missing == {"serving.cost_per_1000"}

    def test_message(self) -> None:
        text = VOLUME.replace("10k", "4k").replace("labels: {needed: false}", "")
        assert told("CST403", text).message == (
            "4,000 items a month, break-even is at 10,000 or more: >= 90k USD until the release, 30k USD "
            "of upkeep a year, 0.5 USD saved an item; assumed: no review by people, errors cost "
            "nothing; without what is not declared of labelling"
        )
        assert told("CST403", text).clears == (
            "`serving.items_per_month` is at least 10,000 (more with what is not declared of labelling)"
        )
        assert told("CST403", VOLUME.replace("10k", "4k")).clears == ""

    def test_yields_to_what_never_pays_back(self) -> None:
        rule = find_rule("CST403")
        assert rule is not None and rule.yields_to == {"CST402": {}}
        text = VOLUME.replace("cost_per_1000: 100", "cost_per_1000: 600")
        assert verdict("CST402", text) == ERROR
        assert "10,000 items a month, no volume breaks even: 90k" in told("CST403", text).message

    def test_message_where_the_saving_may_be_nothing(self) -> None:
        text = VOLUME.replace("cost_per_1000: 100", "cost_per_1000: 500..600")
        assert "break-even is at 50,000 or more: 90k USD" in told("CST403", text).message


class TestUpkeepNotBudgeted:
    @pytest.mark.parametrize(
        ("stage", "expected"),
        [
            ("idea", NOTE),
            ("proposal", NOTE),
            ("pilot", WARNING),
            ("production", WARNING),
            ("retired", SILENT),
            # A note is certain, a warning is not.
            ("unknown", POSSIBLE),
        ],
    )
    def test_stages(self, stage: str, expected: str) -> None:
        assert verdict("CST404", f"project: {{name: a, stage: {stage}}}") == expected

    @pytest.mark.parametrize(
        ("amount", "expected"),
        [
            ("0", WARNING),
            ("1", CLEAR),
            ("0..5k", POSSIBLE),
            ("2k..5k", CLEAR),
            ("unknown", POSSIBLE),
        ],
    )
    def test_amounts(self, amount: str, expected: str) -> None:
        text = f"project: {{name: a, stage: pilot}}\nbudget: {{operations_per_year: {amount}}}"
        assert verdict("CST404", text) == expected

    @pytest.mark.parametrize("family", ["rules", "statistics", "classical_ml"])
    def test_other_families(self, family: str) -> None:
        assert verdict("CST404", f"approach: {{family: {family}}}") == SILENT

    def test_message(self) -> None:
        text = "project: {name: a, stage: production}"
        assert told("CST404", text).message == (
            "deep learning at stage production, and `budget.operations_per_year` is not declared: by "
            "custom a model is budgeted with its upkeep"
        )
        text += "\nbudget: {operations_per_year: 0}"
        assert "`budget.operations_per_year` is 0 USD" in told("CST404", text).message


def on_processors(time: str, project: str = "name: a", training: str = "from_scratch") -> str:
    return f"""
        project: {{{project}}}
        approach: {{family: deep_learning, training: {training}}}
        compute: {{accelerator: none{time and ", training_time: "}{time}}}
    """


class TestNoAccelerator:
    NEAR = "name: a, created: 2026-11-01, deadline: 2026-11-06"
    FAR = "name: a, created: 2026-11-01, deadline: 2027-11-01"

    @pytest.mark.parametrize(
        ("time", "project", "expected"),
        [
            ("7 d", FAR, CLEAR),
            ("169 h", FAR, WARNING),
            ("169 h", "name: a", WARNING),
            ("6 d", "name: a", UNDECIDED),
            ("5 d", NEAR, CLEAR),
            ("121 h", NEAR, WARNING),
            ("4..6 d", NEAR, POSSIBLE),
            ("6..9 d", FAR, POSSIBLE),
            ("unknown", FAR, POSSIBLE),
            ("6 d", "name: a, created: 2026-11-01, deadline: unknown", POSSIBLE),
            # A deadline that has passed is no limit for a run.
            ("6 d", "name: a, created: 2026-11-01, deadline: 2026-10-01", CLEAR),
            ("", FAR, UNDECIDED),
        ],
    )
    def test_verdict(self, time: str, project: str, expected: str) -> None:
        assert verdict("CST405", on_processors(time, project)) == expected

    @pytest.mark.parametrize(
        ("training", "expected"),
        [
            ("from_scratch", WARNING),
            ("fine_tuning", WARNING),
            ("frozen_features", SILENT),
            ("prompting", SILENT),
            ("unknown", POSSIBLE),
        ],
    )
    def test_training(self, training: str, expected: str) -> None:
        assert verdict("CST405", on_processors("20 d", training=training)) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("accelerator: T4, training_time: 20 d", SILENT),
            ("accelerator: other, training_time: 20 d", SILENT),
            ("accelerator: unknown, training_time: 20 d", POSSIBLE),
            ("training_time: 20 d", UNDECIDED),
        ],
    )
    def test_accelerator(self, text: str, expected: str) -> None:
        approach = "approach: {family: deep_learning, training: from_scratch}"
        assert verdict("CST405", f"{approach}\ncompute: {{{text}}}") == expected

    def test_classical_ml_needs_none(self) -> None:
        text = "approach: {family: classical_ml}\ncompute: {accelerator: none, training_time: 20 d}"
        assert verdict("CST405", text) == SILENT

    def test_today_is_the_start_of_a_plan_without_a_date(self) -> None:
        text = on_processors("5 d", "name: a, deadline: 2026-12-01")
        assert verdict("CST405", text, date(2026, 11, 21)) == CLEAR
        assert verdict("CST405", text, date(2026, 11, 28)) == WARNING

    def test_estimated_time(self) -> None:
        fastest = interval("processor_peak_flops")[1] * interval("utilisation")[1]
        words = 14 * 86400 * fastest / (6 * 1e9)
        text = f"""
            task: {{type: classification, modality: text}}
            approach: {{family: deep_learning, training: from_scratch, parameters: 1B}}
            data: {{words: {words:.0f}}}
            compute: {{accelerator: none}}
        """
        assert verdict("CST405", text) == WARNING
        message = told("CST405", text).message
        assert message.startswith("a training run takes 14 days..")
        assert message.endswith(
            "without an accelerator, longer than 7 days (a customary limit); assumed: training time "
            "from 6 operations a parameter and token (1..2 tokens a word and 1..40 passes), "
            f"{span('utilisation')} of peak speed"
        )
        assert verdict("CST405", text.replace("1B", "400M")) == POSSIBLE
        assert verdict("CST405", text.replace("1B", "10")) == UNDECIDED

    def test_message(self) -> None:
        assert told("CST405", on_processors("20 d")).message == (
            "a training run takes 20 days without an accelerator, longer than 7 days (a customary limit)"
        )
        assert told("CST405", on_processors("6 d", self.NEAR)).message == (
            "a training run takes 6 days without an accelerator, the deadline 2026-11-06 is 5 days away"
        )


TOTAL = """
    budget: {total: 100k, build: 40k, operations_per_year: 10k, horizon: 2 y}
    data: {required: 10k, examples: 0, collection_cost_each: 1}
    labels: {required: 10k, labelled: 0, cost_each: 1}
    compute: {training_time: 0 s}
    retraining: {every: quarterly, cost_each: 1k}
    serving: {items_per_month: 10k, cost_per_1000: 50}
"""
"""40k + 10k + 10k + 2 x (10k + 4k + 6k) = 100k."""


class TestTotalOverBudget:
    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            ("100k", "100k", CLEAR),
            ("100k", "99.9k", ERROR),
            ("100k", "90k..110k", POSSIBLE),
            ("100k", "unknown", POSSIBLE),
            ("total: 100k, ", "", UNDECIDED),
            ("build: 40k", "build: 41k", ERROR),
            ("build: 40k", "build: 30k..50k", POSSIBLE),
            ("operations_per_year: 10k", "operations_per_year: 11k", ERROR),
            ("examples: 0, collection_cost_each: 1", "examples: 0, collection_cost_each: 2", ERROR),
            ("labelled: 0", "labelled: 10k", CLEAR),
            ("required: 10k, labelled: 0", "required: 11k, labelled: 0", ERROR),
            ("quarterly", "monthly", ERROR),
            ("quarterly", "never", CLEAR),
            ("cost_per_1000: 50", "cost_per_1000: 51", ERROR),
            ("horizon: 2 y", "horizon: 3 y", ERROR),
            (", horizon: 2 y", "", POSSIBLE),
            # Training 10 runs of 100 h at 1 USD is above 0 whatever the overhead is.
            ("0 s", "100 h, experiments: 10, price_per_hour: 1", ERROR),
            # With any part absent it is no longer clear.
            ("build: 40k, ", "", UNDECIDED),
            ("operations_per_year: 10k, ", "", UNDECIDED),
            ("    data: {required: 10k, examples: 0, collection_cost_each: 1}\n", "", UNDECIDED),
            ("    labels: {required: 10k, labelled: 0, cost_each: 1}\n", "", UNDECIDED),
            ("    compute: {training_time: 0 s}\n", "", UNDECIDED),
            ("    retraining: {every: quarterly, cost_each: 1k}\n", "", UNDECIDED),
            ("    serving: {items_per_month: 10k, cost_per_1000: 50}\n", "", UNDECIDED),
        ],
    )
    def test_verdict(self, old: str, new: str, expected: str) -> None:
        assert TOTAL.count(old) == 1
        assert verdict("CST406", TOTAL.replace(old, new)) == expected

    def test_what_is_known_suffices_for_a_conflict(self) -> None:
        assert verdict("CST406", "budget: {total: 100k, build: 101k}") == ERROR

    def test_defaults_count_with_their_low_ends(self) -> None:
        # One year of the one to three is certain.
        text = "budget: {total: 100k, operations_per_year: 60k}"
        assert verdict("CST406", text) == UNDECIDED
        assert verdict("CST406", text.replace("60k", "101k")) == ERROR

    def test_message(self) -> None:
        text = """
            budget: {total: 250k, build: 160k, operations_per_year: 40k, horizon: 2 y}
            labels: {required: 10k, labelled: 0, cost_each: 1, per_item: 2}
            compute: {training_time: 100 h, experiments: 5, accelerators: 2, price_per_hour: 2}
            serving: {items_per_month: 100k, cost_per_1000: 1}
        """
        assert told("CST406", text).message == (
            "the total cost over 2 years is >= 264.4k USD (build 160k, labelling 20k, training "
            "2k..3.34k, operations 80k, serving 2.4k; assumed: overhead 1..1.67, no review of labels; "
            "without what is not declared of collection, retraining), the whole budget is 250k USD"
        )
        assert told("CST406", text).clears == (
            "`budget.total` is at least 264.4k USD (more with what is not declared of collection, "
            "retraining)"
        )
        assert told("CST406", TOTAL.replace("100k", "90k")).clears == ""

    def test_message_of_an_unknown_horizon(self) -> None:
        text = "budget: {total: 100k, build: 40k, operations_per_year: 9k, horizon: unknown}"
        message = told("CST406", TOTAL.replace("horizon: 2 y", "horizon: unknown")).message
        assert "over an unknown number of years is" in message
        assert "build 40k, collection 10k, labelling 10k, operations 10k a year, " in message
        assert verdict("CST406", text) == UNDECIDED

    def test_message_names_defaults(self) -> None:
        text = "budget: {total: 100k, operations_per_year: 101k}"
        assert "is >= 101k USD (operations 101k..303k; assumed: a horizon of 1..3 years;" in (
            told("CST406", text).message
        )

    @pytest.mark.parametrize(
        ("cause", "section", "kept"),
        [
            ("LBL301", "labels: {required: 200k, labelled: 0, cost_each: 1}", "labels.required"),
            (
                "CST401",
                "compute: {training_time: 100 h, experiments: 1k, price_per_hour: 2}",
                "compute.experiments",
            ),
        ],
    )
    def test_yields_to_the_part_that_is_reported_already(
        self, cause: str, section: str, kept: str
    ) -> None:
        text = f"budget: {{total: 100k, build: 40k}}\n{section}"
        assert verdict(cause, text) == ERROR
        assert verdict("CST406", text) == ERROR
        rule = find_rule("CST406")
        assert rule is not None
        assert rule.yields_to[cause] == {kept: 0}
        without = spec_of(text)
        holder, field = kept.split(".")
        part = getattr(without, holder)
        without = without.having(**{holder: part.having(**{field: getattr(part, field).at(0, 0)})})
        assert rule.check(without).kind == UNDECIDED
        # With a build that is too dear by itself it stands.
        dear = without.having(budget=without.budget.having(build=without.budget.build.at(2e5, 2e5)))
        assert rule.check(dear).kind == "conflict"


class TestDevice:
    @pytest.mark.parametrize(
        ("serving", "expected"),
        [
            ("model_memory: 513 MB, device_memory: 512 MB", ERROR),
            ("model_memory: 512 MB, device_memory: 512 MB", CLEAR),
            # Binary megabytes are larger than decimal ones.
            ("model_memory: 512 MiB, device_memory: 512 MB", ERROR),
            ("model_memory: 400..600 MB, device_memory: 512 MB", POSSIBLE),
            ("model_memory: 600 MB, device_memory: unknown", POSSIBLE),
            ("model_memory: 600 MB", UNDECIDED),
            ("device_memory: 600 MB", UNDECIDED),
        ],
    )
    def test_memory(self, serving: str, expected: str) -> None:
        assert verdict("CST407", f"serving: {{{serving}}}") == expected

    def test_memory_message(self) -> None:
        text = "serving: {model_memory: 1.2 GB, device_memory: 512 MB}"
        message = told("CST407", text).message
        assert message == "the memory that the model needs is 1.2 GB, that of the device 512 MB"

    @pytest.mark.parametrize(
        ("serving", "expected"),
        [
            ("latency: 201 ms, latency_limit: 200 ms", WARNING),
            ("latency: 200 ms, latency_limit: 200 ms", CLEAR),
            ("latency: 0.1..0.3 s, latency_limit: 200 ms", POSSIBLE),
            ("latency: unknown, latency_limit: 200 ms", POSSIBLE),
            ("latency_limit: 200 ms", UNDECIDED),
            ("latency: 200 ms", UNDECIDED),
        ],
    )
    def test_latency(self, serving: str, expected: str) -> None:
        assert verdict("CST408", f"serving: {{{serving}}}") == expected

    def test_latency_message(self) -> None:
        text = "serving: {latency: 900 ms, latency_limit: 200 ms}"
        message = told("CST408", text).message
        assert message == "the measured latency is 900 ms, the limit is 200 ms"


class TestNoBudgetDeclared:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("project: {name: a, stage: idea}", SILENT),
            ("project: {name: a}", NOTE),
            ("project: {name: a, stage: proposal}", NOTE),
            ("project: {name: a, stage: pilot}", NOTE),
            ("project: {name: a, stage: production}", NOTE),
            ("project: {name: a, stage: retired}", SILENT),
            ("project: {name: a, stage: unknown}", POSSIBLE),
            ("budget: {total: 10k..20k}", CLEAR),
            ("budget: {total: unknown}", POSSIBLE),
            ("budget: {compute: 10k}", NOTE),
            ("approach: {family: classical_ml}", SILENT),
        ],
    )
    def test_verdict(self, text: str, expected: str) -> None:
        assert verdict("CST409", text) == expected

    def test_message(self) -> None:
        message = told("CST409", "project: {name: a, stage: pilot}").message
        assert message.startswith("deep learning at stage pilot, and `budget.total` does not say")


def trained_on(compute: str, approach: str = "training: fine_tuning, parameters: 7B") -> str:
    return f"""
        approach: {{family: deep_learning, {approach}}}
        compute: {{{compute}}}
    """


class TestTrainingDoesNotFit:
    @pytest.mark.parametrize(
        ("compute", "expected"),
        [
            # 7B x 16 bytes = 112 GB; an A100 has 40 to 80 GB, an H200 141.
            ("accelerator: A100", WARNING),
            ("accelerator: A100, accelerators: 2", POSSIBLE),
            ("accelerator: A100, accelerators: 3", CLEAR),
            ("accelerator: H200", CLEAR),
            ("accelerator: A100, accelerators: 1..4", POSSIBLE),
            ("accelerator: A100, accelerators: unknown", POSSIBLE),
            ("accelerator: unknown", POSSIBLE),
            ("accelerators: 2", UNDECIDED),
            ("accelerator: none", SILENT),
            ("accelerator: other", SILENT),
        ],
    )
    def test_accelerators(self, compute: str, expected: str) -> None:
        assert verdict("CST410", trained_on(compute)) == expected

    @pytest.mark.parametrize(
        ("approach", "expected"),
        [
            # An H200 holds 141e9 / 16 = 8.81B parameters, or 9.46B if its GB are binary.
            ("training: fine_tuning, parameters: 8.8B", CLEAR),
            ("training: fine_tuning, parameters: 9B", POSSIBLE),
            ("training: fine_tuning, parameters: 9.5B", WARNING),
            ("training: from_scratch, parameters: 9.5B", WARNING),
            ("training: fine_tuning, parameters: 5B..20B", POSSIBLE),
            ("training: fine_tuning, parameters: unknown", POSSIBLE),
            ("training: fine_tuning", UNDECIDED),
            ("training: fine_tuning, parameters: 70B, adapter: lora", SILENT),
            ("training: fine_tuning, parameters: 70B, adapter: unknown", POSSIBLE),
            ("training: frozen_features, parameters: 70B", SILENT),
            ("training: prompting, parameters: 70B", SILENT),
            ("training: unknown, parameters: 70B", POSSIBLE),
            ("parameters: 70B", UNDECIDED),
        ],
    )
    def test_approaches(self, approach: str, expected: str) -> None:
        assert verdict("CST410", trained_on("accelerator: H200", approach)) == expected

    def test_message(self) -> None:
        assert told("CST410", trained_on("accelerator: A100")).message == (
            "training 7B parameters takes 112 GB by the customary 16 bytes a parameter, 1 x A100 has "
            "40..85.9 GB"
        )
        message = told("CST410", trained_on("accelerator: unknown")).message
        assert message.endswith("a parameter, the memory of the accelerators is unknown")
        message = told("CST410", trained_on("accelerator: A100, accelerators: unknown")).message
        assert message.endswith("a parameter, the memory of an unknown number of A100 is unknown")


SUCCESSES = {
    "ImageNet from scratch": """
        project: {name: imagenet, stage: pilot}
        task: {type: classification, modality: image}
        approach: {family: deep_learning, training: from_scratch, parameters: 25.6M}
        data: {examples: 1.28M, classes: 1000}
        compute: {accelerator: V100, accelerators: 8, training_time: 29 h, price_per_hour: 2.50,
          experiments: 10}
        budget: {total: 500k, compute: 50k, operations_per_year: 50k}
    """,
    "LibriSpeech": """
        project: {name: librispeech, stage: pilot}
        task: {type: speech_recognition, modality: audio}
        approach: {family: deep_learning, training: from_scratch, parameters: 115M}
        data: {hours: 960}
        compute: {accelerator: V100, accelerators: 8, training_time: 4 d}
        budget: {total: 300k, operations_per_year: 20k}
    """,
    "WMT": """
        project: {name: wmt, stage: pilot}
        task: {type: translation, modality: text}
        approach: {family: deep_learning, training: from_scratch, parameters: 213M}
        data: {words: 118M}
        compute: {accelerator: A100, accelerators: 8}
        budget: {total: 200k, compute: 20k, operations_per_year: 20k}
    """,
    "defects on 300 images": """
        project: {name: defects, stage: production}
        task: {type: classification, modality: image}
        approach: {family: deep_learning, training: fine_tuning, parameters: 11.7M}
        data: {examples: 300, classes: 2}
        compute: {accelerator: none, training_time: 40 min}
        serving: {items_per_month: 60k, cost_per_1000: 0.50, latency: 80 ms, latency_limit: 200 ms,
          model_memory: 90 MB, device_memory: 4 GB, human_review_share: 5%}
        manual_process: {minutes_per_item: 0.5, wage_per_hour: 30, error_rate: 3%, cost_per_error: 4}
        target: {metric: accuracy, value: 0.97}
        budget: {total: 150k, build: 40k, operations_per_year: 10k}
    """,
    "a tabular network ahead of boosted trees": """
        project: {name: tabular, stage: pilot}
        approach: {family: deep_learning, training: from_scratch, parameters: 1M}
        data: {examples: 500k}
        target: {metric: auc, baseline: 0.81, baseline_kind: classical_ml, pilot: 0.84}
        compute: {accelerator: T4, training_time: 3 h}
        budget: {total: 120k, operations_per_year: 12k}
    """,
}


@pytest.mark.parametrize("name", SUCCESSES)
@pytest.mark.parametrize("code", [f"CST4{number:02}" for number in range(1, 11)])
def test_silence_on_real_successes(name: str, code: str) -> None:
    assert verdict(code, SUCCESSES[name]) in (CLEAR, UNDECIDED, SILENT)
