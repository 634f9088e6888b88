"""What rules ask of the tables: bands, names, levels, hardware, law."""

from __future__ import annotations

from datetime import date
from math import inf

import pytest

from mlspeclint import knowledge as k
from mlspeclint.knowledge import _tables


def test_a_limit_is_a_number_or_an_interval() -> None:
    assert k.threshold("agreement_low") == 0.667
    assert k.interval("agreement_low") == (0.667, 0.667)
    assert k.interval("overhead") == (1.0, 1.67)
    with pytest.raises(TypeError, match="overhead is an interval"):
        k.threshold("overhead")
    with pytest.raises(KeyError):
        k.threshold("agreement")


# -- comparisons ------------------------------------------------------------------------------


def test_all_published_comparisons_on_tables() -> None:
    count = k.tabular_wins()
    assert (count.wins, count.ties, count.losses, count.total) == (73, 73, 138, 284)
    assert count.ties + count.losses == 211
    assert (count.band, count.group) == ("any number of rows", "all")


@pytest.mark.parametrize(
    ("low", "high", "band"),
    [
        (0, 1000, "up to 1,000 rows"),
        (1000, 1000, "up to 1,000 rows"),
        (1001, 10_000, "1,000 to 10,000 rows"),
        (10_001, 50_000, "10,000 to 50,000 rows"),
        (50_001, inf, "above 50,000 rows"),
        (1000, 1001, "any number of rows"),
        (10_000, 10_001, "any number of rows"),
        (50_000, 60_000, "any number of rows"),
        (0, inf, "any number of rows"),
    ],
)
def test_a_band_is_chosen_only_when_the_whole_interval_lies_in_it(
    low: float, high: float, band: str
) -> None:
    assert k.tabular_wins(low, high).band == band


def test_a_task_is_quoted_only_when_it_has_enough_comparisons() -> None:
    many = k.tabular_wins(2000, 3000, "binary")
    assert (many.group, many.total, many.band) == ("binary", 55, "1,000 to 10,000 rows")
    few = k.tabular_wins(500, 900, "regression")
    assert (few.group, few.total, few.band) == ("all", 81, "up to 1,000 rows")
    wide = k.tabular_wins(500, 90_000, "regression")
    assert (wide.group, wide.total, wide.band) == ("regression", 50, "any number of rows")


def test_foundation_models_and_other_counts() -> None:
    small = k.foundation_model_wins(500, 9000)
    assert (small.wins, small.total) == (29, 36)
    middle = k.foundation_model_wins(20_000, 30_000)
    assert (middle.wins, middle.total) == (5, 11)
    assert (k.forecasting_wins().wins, k.forecasting_wins().total) == (40, 100)
    assert k.forecasting_wins(1, 10).band == "up to 10 series"
    zero = k.forecasting_wins(comparison="zero_shot_against_statistics")
    assert (zero.wins, zero.ties, zero.losses) == (79, 8, 9)
    # A comparison without bands gives the whole for any number of series.
    assert k.forecasting_wins(1, 2, "zero_shot_against_statistics").total == 96
    assert k.series_classification_wins(10, 50).total == 40
    assert (k.graph_wins().wins, k.graph_wins().losses) == (3, 5)
    with pytest.raises(KeyError):
        k.forecasting_wins(comparison="tea_leaves")


@pytest.mark.parametrize(
    ("gain", "above", "count"),
    [
        (-1, 0, 18),
        (0, 0, 18),
        (0.004, 0, 18),
        (0.005, 0.005, 5),
        (0.019, 0.01, 3),
        (0.02, 0.02, 1),
        (0.3, 0.05, 0),
    ],
)
def test_gains_of_auc_quote_the_step_below(gain: float, above: float, count: int) -> None:
    found = k.auc_gains(gain)
    assert (found.above, found.count, found.total) == (above, count, 33)


def test_pretraining_gain_by_images_per_class() -> None:
    assert k.image_pretraining_gain(0, 99).median == 40.4
    assert k.image_pretraining_gain(100, 100).band == "up to 100 images a class"
    assert k.image_pretraining_gain(101, 250).band == "100 to 250 images a class"
    assert k.image_pretraining_gain(2000, inf).median == 2.5
    assert k.image_pretraining_gain(50, 150).band == "any number of images a class"
    assert k.image_pretraining_gain().count == 38


@pytest.mark.parametrize(
    ("labels", "quoted"), [(0, 2), (2, 2), (2.5, 4), (8, 8), (33, 64), (64, 64)]
)
def test_few_labels_quote_the_next_number_up(labels: float, quoted: int) -> None:
    few = k.fine_tuning_on_few_labels(labels)
    assert few is not None
    assert few.labels_per_class == quoted
    assert few.counts.wins == 0
    assert few.counts.band == f"{quoted} labels a class"
    assert few.gap < 0 < few.rival_spread


def test_few_labels_beyond_what_was_measured() -> None:
    assert k.fine_tuning_on_few_labels(65) is None
    probe = k.fine_tuning_on_few_labels(9, "frozen_probe")
    assert probe is not None
    assert (probe.labels_per_class, probe.counts.wins, probe.gap > 0) == (64, 4, True)


def test_quartiles_are_ordered() -> None:
    for figure in (
        k.additive_loss(),
        k.additive_loss("boosted_trees"),
        k.additive_loss("any"),
        k.training_time_ratio(),
        k.training_time_ratio("tabzilla2023"),
        k.label_noise(),
        k.image_pretraining_gain(),
    ):
        assert figure.lower <= figure.median <= figure.upper
        assert figure.count >= 7
    assert k.additive_loss().median == 0.0024
    assert k.training_time_medians() == (1.74, 14.05)


def test_a_cell_that_is_too_small_gives_way_to_the_next_group(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = (
        ("all", 0, inf, 10, 10, 10),
        ("all", 0, 100, 9, 0, 0),
        ("binary", 0, inf, 1, 1, 1),
        ("binary", 0, 100, 1, 0, 0),
    )
    monkeypatch.setitem(_tables.COUNTS, "tabular_wins", rows)
    count = k.tabular_wins(1, 50, "binary")
    assert (count.group, count.total) == ("all", 9)


# -- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("gradient_boosting", "boosted_trees"),
        ("random_forest", "forest"),
        ("logistic_regression", "linear_unpenalised"),
        ("linear", "linear_unpenalised"),
        ("scorecard", "scorecard"),
        ("decision_tree", "tree"),
        ("ebm", "additive"),
        ("gam", "additive"),
        ("svm", "svm"),
        ("knn", "nearest_neighbours"),
        ("XGBoost 2.0 (monotone constraints)", "boosted_trees"),
        ("xgb", "boosted_trees"),
        ("LightGBM", "boosted_trees"),
        ("light-gbm", "boosted_trees"),
        ("CatBoost", "boosted_trees"),
        ("GBM", "boosted_trees"),
        ("HistGradientBoostingClassifier", "boosted_trees"),
        ("RandomForestRegressor", "forest"),
        ("random forests", "forest"),
        ("rf", "forest"),
        ("logit", "linear_unpenalised"),
        ("LogisticRegression, unregularised", "linear_unpenalised"),
        ("Logistic regression (L2)", "linear_penalised"),
        ("penalised logistic regression", "linear_penalised"),
        ("linear, elastic net", "linear_penalised"),
        ("ridge", "linear_penalised"),
        ("LassoCV", "linear_penalised"),
        ("linear SVM", "linear_penalised"),
        ("SVM with RBF kernel", "svm"),
        ("k-NN", "nearest_neighbours"),
        ("Naïve Bayes", "naive_bayes"),
        ("multi-layer perceptron", "neural_network"),
        ("U-Net", "neural_network"),
        ("TabPFN v2", "tabular_foundation_model"),
        ("auto-ARIMA", "forecast_statistics"),
        ("seasonal naive", "naive_forecast"),
        ("MultiROCKET-Hydra", "series_features"),
        ("C4.5", "tree"),
        ("decision tree ensemble (random forest)", "forest"),
        ("gradient boosting with mean imputation", "boosted_trees"),
        ("stacking of xgboost and logistic regression", "mixture"),
        ("logistic regression or ridge regression", "linear_penalised"),
        ("rules", "rules"),
        ("gradient-boosted decision tree", "boosted_trees"),
        ("boosted regression trees", "boosted_trees"),
        ("LGBMRanker", "boosted_trees"),
        ("quantile regression with LightGBM", "boosted_trees"),
        ("XGBoost risk score", "boosted_trees"),
        ("quantile regression forest", "forest"),
        ("quantile regression", "linear_unpenalised"),
        ("OLS regression", "linear_unpenalised"),
        ("TweedieRegressor", "linear_unpenalised"),
        ("BayesianRidge", "linear_penalised"),
        ("Partial least squares", "linear_penalised"),
        ("alternating least squares", "collaborative_filtering"),
        ("popularity baseline", "collaborative_filtering"),
        ("neural collaborative filtering", "neural_network"),
        ("BM25", "lexical_search"),
        ("HMM", "graphical_model"),
        ("Prophet", "forecast_statistics"),
        ("NeuralProphet", "neural_network"),
        ("auto.arima", "forecast_statistics"),
        ("historical average", "naive_forecast"),
        ("mean baseline", "naive_forecast"),
        ("rule-based", "rules"),
        ("YOLOv8", "neural_network"),
        ("ResNet50", "neural_network"),
        ("ViT-B/16", "neural_network"),
        ("TabPFNv2", "tabular_foundation_model"),
        ("regression", None),
        ("baseline", None),
        ("v2", None),
        ("2.0", None),
        ("random forest and xgboost", None),
        ("our secret sauce", None),
        ("we use rules of thumb and a heuristic", None),
        ("", None),
        ("...", None),
        (None, None),
    ],
)
def test_a_name_is_known_by_its_kind(text: str | None, kind: str | None) -> None:
    assert k.algorithm_kind(text) == kind


def test_the_family_of_an_algorithm() -> None:
    assert k.algorithm_family("logit") == "statistics"
    assert k.algorithm_family("lasso") == "classical_ml"
    assert k.algorithm_family("xgboost") == "classical_ml"
    assert k.algorithm_family("bert") == "deep_learning"
    assert k.algorithm_family("regex") == "rules"
    assert k.algorithm_family("sorcery") is None
    assert k.algorithm_kind("glm") in k.LINEAR
    assert k.algorithm_kind("lgbm") in k.TREES


# -- explanations -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("family", "training", "algorithm", "method", "validated", "level"),
    [
        ("rules", None, None, None, False, (4, 4)),
        ("statistics", None, "scorecard", None, False, (4, 4)),
        ("classical_ml", None, "ridge", None, False, (4, 4)),
        ("classical_ml", None, "decision_tree", None, False, (4, 4)),
        ("classical_ml", None, "ebm", None, False, (3, 3)),
        ("classical_ml", None, "xgboost", None, False, (2, 2)),
        ("classical_ml", None, "xgboost", None, True, (3, 3)),
        ("classical_ml", None, "random_forest", None, None, (2, 3)),
        ("classical_ml", None, None, None, False, (0, 4)),
        ("classical_ml", None, "home-made", None, True, (0, 4)),
        ("classical_ml", None, "mlp", None, False, (1, 1)),
        ("deep_learning", "from_scratch", None, None, False, (1, 1)),
        ("deep_learning", "fine_tuning", None, "attribution", False, (1, 1)),
        ("deep_learning", "fine_tuning", None, "attribution", True, (2, 2)),
        ("deep_learning", "fine_tuning", None, "inherent", True, (3, 3)),
        ("deep_learning", "fine_tuning", None, "inherent", False, (1, 1)),
        ("deep_learning", "fine_tuning", None, "inherent", None, (1, 3)),
        ("deep_learning", "fine_tuning", None, "surrogate", None, (1, 2)),
        ("deep_learning", "fine_tuning", None, None, True, (2, 3)),
        ("deep_learning", "fine_tuning", None, "none", True, (1, 1)),
        ("deep_learning", "prompting", None, "inherent", True, (0, 0)),
        ("deep_learning", None, None, None, False, (0, 1)),
    ],
)
def test_the_level_that_an_approach_reaches(
    family: str,
    training: str | None,
    algorithm: str | None,
    method: str | None,
    validated: bool | None,
    level: tuple[int, int],
) -> None:
    assert k.explanation_level(family, training, algorithm, method, validated) == level


def test_levels_by_name() -> None:
    assert [k.level_of(n) for n in ("none", "global", "local", "reasons", "full")] == [*range(5)]
    assert k.level_name(3) == "reasons"
    with pytest.raises(ValueError, match="not in tuple"):
        k.level_of("magic")


# -- hardware and law -------------------------------------------------------------------------


def test_an_accelerator() -> None:
    a100 = k.accelerator("A100")
    assert a100 is not None
    assert a100.memory_gb == (40, 80)
    assert a100.memory_bytes == (40e9, 80 * 2**30)
    assert a100.peak_flops == (312e12, 312e12)
    assert 0 < a100.price_per_hour[0] < a100.price_per_hour[1]


@pytest.mark.parametrize("name", ["T4", "L4", "A10G", "V100", "A100", "H100", "H200"])
def test_every_accelerator_of_the_format_has_figures(name: str) -> None:
    found = k.accelerator(name)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("name", ["none", "other", "B999", None])
def test_an_accelerator_without_figures(name: str | None) -> None:
    assert k.accelerator(name) is None


def test_the_laws_of_a_domain() -> None:
    found = k.laws("credit")
    assert any("ECOA" in law.name for law in found)
    assert found[-1].name == "GDPR Art. 22"
    assert found[0].as_of == "2026-11"
    assert found[0].sources == ("eu_ai_act",)
    assert k.laws(None) == k.laws("none") == ()
    with pytest.raises(KeyError):
        k.laws("astrology")


def test_the_laws_behind_a_duty() -> None:
    assert [law.name for law in k.duty_laws("impact_assessment")] == [
        "GDPR Art. 35",
        "EU AI Act Art. 27",
    ]
    with pytest.raises(KeyError):
        k.duty_laws("astrology")


def test_a_prohibited_practice() -> None:
    found = k.practice("intimate_imagery")
    assert (found.law, found.point) == ("EU AI Act", "Art. 5(1)(ba) and (bb)")
    assert date.fromordinal(found.applies) == date(2026, 12, 2)
    assert date.fromordinal(k.practice("social_scoring").applies) == date(2025, 2, 2)
    with pytest.raises(KeyError):
        k.practice("astrology")
