"""The computations of scripts/build_knowledge.py, on small tables with known answers."""

from __future__ import annotations

import csv
import tomllib
from math import inf
from typing import TYPE_CHECKING, Any

import pytest

from tests.knowledge.support import script

if TYPE_CHECKING:
    from pathlib import Path


build = script("build_knowledge")


def rows(header: str, *lines: str) -> list[dict[str, str]]:
    return list(csv.DictReader([header, *lines]))


def counted(table: dict[str, Any], group: str, above: float, up_to: float) -> tuple[int, ...]:
    (row,) = (
        r for r in table["count"] if (r["group"], r["above"], r["up_to"]) == (group, above, up_to)
    )
    assert row["total"] == row["wins"] + row["ties"] + row["losses"]
    return row["wins"], row["ties"], row["losses"]


@pytest.mark.parametrize(
    ("difference", "expected"),
    [(0.02, "wins"), (0.01, "ties"), (0.0, "ties"), (-0.01, "ties"), (-0.02, "losses")],
)
def test_a_difference_within_the_margin_is_a_tie(difference: float, expected: str) -> None:
    assert build.verdict(difference, 0.01) == expected


def test_the_lower_error_wins() -> None:
    assert build.by_relative_error(0.9, 1.0) == "wins"
    assert build.by_relative_error(1.1, 1.0) == "losses"
    assert build.by_relative_error(0.995, 1.0) == "ties"
    assert build.by_relative_error(0.992, 1.0, margin=0.005) == "wins"


def test_bands_begin_with_the_whole_range_and_a_single_one_is_not_repeated() -> None:
    assert build.bands((0, 10, inf)) == [(0, inf), (0, 10), (10, inf)]
    assert build.bands((0, inf)) == [(0, inf)]


def test_a_band_holds_its_upper_edge_and_not_its_lower_one() -> None:
    items = [(10, "a", "wins"), (11, "b", "losses")]
    table = {"count": build.counts_by(items, (0, 10, inf), ["all", "a", "c"])}
    assert counted(table, "all", 0, inf) == (1, 0, 1)
    assert counted(table, "all", 0, 10) == (1, 0, 0)
    assert counted(table, "all", 10, inf) == (0, 0, 1)
    assert {row["group"] for row in table["count"]} == {"all", "a"}


def test_quartiles() -> None:
    assert build.quartiles([1, 2, 3, 4, 5], 1) == {
        "count": 5,
        "minimum": 1,
        "lower_quartile": 2,
        "median": 3,
        "upper_quartile": 4,
        "maximum": 5,
    }
    assert build.quartiles([7.0], 1)["upper_quartile"] == 7.0


def test_separation_is_the_chance_that_a_win_has_more_rows() -> None:
    assert build.separation([10, 20], [1, 2]) == 1.0
    assert build.separation([1, 2], [10, 20]) == 0.0
    assert build.separation([1, 10], [1, 10]) == 0.5
    assert build.separation([], [1]) == 0.5


POOLED = "benchmark,dataset,task,n_train,d,metric,gbdt,nn,winner,metric_direction"


def test_tabzilla_rows_hold_accuracy_and_the_others_an_error() -> None:
    table = build.tabular_wins(
        {
            "tabular_pooled": rows(
                POOLED,
                "tabzilla,a,binary,500,5,accuracy,0.90,0.92,nn,higher_better",
                "tabzilla,b,multiclass,1000,5,accuracy,0.900,0.903,tie,higher_better",
                "grinsztajn_tabr,c,classif,5000,5,accuracy,0.10,0.12,gbdt,lower_better",
                "tabarena_lite,d,regression,60000,5,rmse error,1.0,0.9,nn,lower_better",
                "tabred,e,,20000,5,rmse,1.0,0.993,nn,lower_better",
                "rtdl,helena,,40000,5,accuracy,0.5,0.5,tie,lower_better",
            )
        }
    )
    assert counted(table, "all", 0, inf) == (3, 2, 1)
    assert counted(table, "all", 0, 1000) == (1, 1, 0)
    assert counted(table, "binary", 0, inf) == (1, 0, 1)
    assert counted(table, "multiclass", 0, inf) == (0, 2, 0)
    assert counted(table, "regression", 10000, 50000) == (1, 0, 0)
    # Wins at 500, 60,000 and 20,000 rows, the others at 1,000, 5,000 and 40,000: 5 pairs of 9.
    assert table["separation"] == 0.556


def test_a_winner_that_the_scores_contradict_ends_the_build() -> None:
    evidence = {
        "tabular_pooled": rows(
            POOLED, "tabzilla,a,binary,500,5,accuracy,0.90,0.92,gbdt,higher_better"
        )
    }
    with pytest.raises(build.EvidenceError, match="a: stated winner 'gbdt', computed 'nn'"):
        build.tabular_wins(evidence)


def test_gains_of_auc_are_counted_above_each_step() -> None:
    table = build.auc_gains(
        {
            "tabular_pooled": rows(
                POOLED,
                "tabarena_lite,a,binary,500,5,roc_auc error,0.10,0.12,gbdt,lower_better",
                "tabarena_lite,b,binary,900,5,roc_auc error,0.10,0.10,tie,lower_better",
                "tabarena_lite,c,binary,700,5,roc_auc error,0.10,0.094,nn,lower_better",
                "tabred,d,,60000,5,roc_auc,0.10,0.07,nn,lower_better",
                "tabarena_lite,e,binary,10,5,log_loss error,0.9,0.1,nn,lower_better",
                "tabzilla,f,binary,10,5,accuracy,0.1,0.9,nn,higher_better",
            )
        }
    )
    counts = [(row["above"], row["count"], row["total"]) for row in table["gain"]]
    assert counts == [(0, 2, 4), (0.005, 2, 4), (0.01, 1, 4), (0.02, 1, 4), (0.05, 0, 4)]
    # Gains at 700 and 60,000 rows, none at 500 and 900: 3 pairs of 4.
    assert table["separation"] == 0.75


def test_foundation_models_by_rows_and_by_task() -> None:
    table = build.foundation_models(
        {
            "tabarena_lite_51": rows(
                "dataset,task,n_train,fm_err,gbdt_err,winner_fm",
                "a,binary,9000,0.1,0.2,fm",
                "b,binary,10000,0.2,0.2,tie",
                "c,regression,20000,0.3,0.2,gbdt",
            )
        }
    )
    assert counted(table, "all", 0, 10000) == (1, 1, 0)
    assert counted(table, "all", 10000, 50000) == (0, 0, 1)
    assert counted(table, "binary", 0, inf) == (1, 1, 0)


def test_the_additive_model_is_compared_on_auc_only_and_with_each_rival() -> None:
    header = "metric,glassbox_err,gbdt_err,nn_err,fm_err,forest_err,linear_err,knn_err"
    table = build.additive_models(
        {
            "tabarena_lite_51": rows(
                header,
                "roc_auc error,0.10,0.09,0.08,0.05,0.2,0.3,0.4",
                "roc_auc error,0.10,0.11,0.12,,0.2,0.3,0.4",
                "rmse error,9,1,1,1,1,1,1",
            )
        }
    )
    medians = {row["rival"]: (row["count"], row["median"]) for row in table["loss"]}
    assert medians == {
        "boosted_trees": (2, 0.0),
        "boosted_trees_or_network": (2, 0.005),
        "any": (2, 0.02),
    }


def test_training_time_leaves_out_rows_without_a_time() -> None:
    header = "nn_train_s,nn3_train_s,gbdt_train_s"
    table = build.training_time(
        {
            "tabarena_lite_51": rows(header, "20,,10", "10,,0"),
            "grinsztajn43_tabr": rows(header, "40,,10", ",,10"),
            "tabred_8": rows(header, "60,,10"),
            "tabzilla_171": rows(header, ",80,10"),
        }
    )
    ratios = {row["benchmark"]: (row["count"], row["median"]) for row in table["ratio"]}
    assert ratios == {
        "all": (4, 5.0),
        "tabarena2025": (1, 2.0),
        "tabr2023": (1, 4.0),
        "tabred2024": (1, 6.0),
        "tabzilla2023": (1, 8.0),
    }


VTAB = "dataset,group,n_per_class,from_scratch_acc,imagenet_sup_acc,gain_pt"


def test_pretraining_gains_by_images_per_class() -> None:
    table = build.images_pretraining(
        {
            "vtab_transfer_images": rows(
                VTAB,
                "a,natural,10,20,60,40",
                "b,natural,50,20,70,50",
                "c,natural,100,20,80,60",
                "d,structured,2000,90,91,1",
            )
        }
    )
    gains = {(r["group"], r["above"], r["up_to"]): r["median"] for r in table["gain"]}
    # One task alone is no distribution: the structured one shows only among all of them.
    assert gains == {
        ("all", 0, inf): 45,
        ("all", 0, 100): 50,
        ("natural", 0, inf): 50,
        ("natural", 0, 100): 50,
    }


def test_a_gain_that_the_accuracies_contradict_ends_the_build() -> None:
    with pytest.raises(build.EvidenceError, match="gain is 40"):
        build.images_pretraining({"vtab_transfer_images": rows(VTAB, "a,natural,10,20,60,30")})


def test_fine_tuning_takes_the_better_network_and_ties_within_a_point() -> None:
    setfit, probe = build.SETFIT, build.PROBE
    table = build.text_fewshot(
        {
            "setfit_fewshot_text": rows(
                "model,ds,k,score,sd",
                "distilbert-base-uncased,a,8,50,2",
                "roberta-large,a,8,60,4",
                f"{setfit},a,8,70,1",
                f"{probe},a,8,55,1",
                "roberta-large,b,8,80,6",
                f"{setfit},b,8,80.5,3",
                "roberta-large,c,8,80,6",
                f"{setfit},d,8,80,3",
                "roberta-large,a,full,90,",
            )
        }
    )
    setfit_row, probe_row = table["few"]
    assert setfit_row == {
        "rival": "setfit",
        "labels_per_class": 8,
        "wins": 0,
        "ties": 1,
        "losses": 1,
        "total": 2,
        "mean_gap": -5.2,
        "seed_spread": 4,
        "rival_seed_spread": 2,
    }
    assert (probe_row["wins"], probe_row["total"], probe_row["mean_gap"]) == (1, 1, 5)


def test_forecasts_leave_out_the_tasks_on_which_a_side_failed() -> None:
    table = build.forecasting(
        {
            "fev_bench_ts": rows(
                "task_name,n_series,nn_best_mase,stat_best_mase,gbdt_best_mase,"
                "Chronos-2_mase,Chronos-Bolt_mase,Stat. Ensemble_mase,winner",
                "a,5,0.8,1.0,0.9,0.7,1.2,1.0,nn",
                "b,50,1.0,0.9,1.1,0.9,0.9,,classical",
            )
        }
    )
    assert counted(table, "network_against_classical", 0, inf) == (1, 0, 1)
    assert counted(table, "network_against_classical", 0, 10) == (1, 0, 0)
    assert counted(table, "network_against_trees", 0, inf) == (2, 0, 0)
    assert counted(table, "zero_shot_against_statistics", 0, inf) == (1, 0, 0)
    assert counted(table, "older_zero_shot_against_statistics", 0, inf) == (0, 0, 1)
    assert counted(table, "zero_shot_against_classical", 0, inf) == (1, 1, 0)


def test_time_series_classification_and_graphs() -> None:
    series = build.time_series_classification(
        {
            "ucr_tsc_bakeoff": rows(
                "dataset,n_train,H-InceptionTime,MR-Hydra,winner",
                "a,100,0.90,0.88,nn",
                "b,101,0.90,0.902,tie",
            )
        }
    )
    assert counted(series, "all", 0, 100) == (1, 0, 0)
    assert counted(series, "all", 100, 500) == (0, 1, 0)
    molecules = build.graphs(
        {
            "moleculenet_8": rows(
                "dataset,n_total,metric,rf_ecfp,gcn,winner",
                "a,900,rmse,1.0,0.9,nn",
                "b,900,roc_auc,0.8,0.7,classical",
            )
        }
    )
    assert counted(molecules, "all", 0, inf) == (1, 0, 1)


def test_label_noise_counts_only_what_was_counted() -> None:
    header = "dataset,test_n,human_confirmed_errors,error_rate_lower_bound_pct,how"
    table = build.label_noise(
        {
            "label_noise_northcutt": rows(
                header,
                "a,1000,10,1.00,counted",
                "b,1000,30,3.00,counted from json",
                "c,1000,500,50.00,paper estimate",
                "d,1000,400,40.00,counted-file-lists-only-errors",
            )
        }
    )
    assert [row["dataset"] for row in table["dataset"]] == ["a", "b"]
    assert table["share"][0]["median"] == 0.02
    with pytest.raises(build.EvidenceError, match="a: "):
        build.label_noise({"label_noise_northcutt": rows(header, "a,1000,10,2.00,counted")})


def test_what_is_written_reads_back_the_same() -> None:
    table = {
        "title": 'a "quoted" \\ text',
        "flag": True,
        "names": ["x", "y"],
        "count": [{"group": "all", "up_to": inf, "wins": 3, "share": 0.5}],
    }
    assert tomllib.loads(build.to_toml(table)) == table
    with pytest.raises(TypeError):
        build.to_toml({"when": None})


def test_missing_evidence_is_reported_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.main(["--evidence", str(tmp_path), "--output", str(tmp_path)]) == 2
    assert "fev_bench_ts.csv" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(
    not build.EVIDENCE.is_dir(), reason="the evidence tables are not beside this checkout"
)
def test_the_committed_tables_follow_from_the_evidence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert build.main(["--check"]) == 0, capsys.readouterr().out


@pytest.mark.skipif(
    not build.EVIDENCE.is_dir(), reason="the evidence tables are not beside this checkout"
)
def test_a_stale_table_is_noticed_and_rewritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.main(["--output", str(tmp_path)]) == 0
    (tmp_path / "graphs.toml").write_text("title = 'old'\n", encoding="utf-8")
    assert build.main(["--output", str(tmp_path), "--check"]) == 1
    assert capsys.readouterr().out.endswith("stale: graphs.toml\n")
    assert build.main(["--output", str(tmp_path)]) == 0
    assert build.main(["--output", str(tmp_path), "--check"]) == 0
