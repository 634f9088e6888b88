"""The computations of scripts/calibrate_curves.py, on made-up curves with known answers."""

from __future__ import annotations

import random
import tomllib
from typing import TYPE_CHECKING

import numpy as np
import pytest

from mlspeclint.feasibility.learning_curve import LearningCurve
from tests.knowledge.support import ROOT, script

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

SIZES = [round(32 * 2 ** (step / 2)) for step in range(15)]


@pytest.fixture(scope="module")
def calibrate() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "scripts"))
        return script("calibrate_curves")


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    """Curves of two learners on twelve datasets: power laws with noise."""
    source = random.Random(4)
    lines = ["openml_id,learner,examples,accuracy"]
    for dataset in range(12):
        for learner in ("one", "other"):
            floor, exponent = source.uniform(0.02, 0.3), source.uniform(0.2, 1.0)
            for size in SIZES:
                error = floor + 0.4 * (size / 32) ** -exponent + source.gauss(0, 0.01)
                lines.append(f"{dataset},{learner},{size},{min(max(1 - error, 0), 1):.4f}")
    (tmp_path / "learning_curves.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def test_cases_are_later_scores_within_reach_of_what_suffices(
    calibrate: ModuleType, evidence: Path
) -> None:
    curves = calibrate.read_curves(evidence / "learning_curves.csv")
    cases = calibrate.Cases(curves)
    assert len(curves) == 24
    assert cases.ratio.min() > 1
    assert cases.ratio.max() < 8.1
    # The first cut is at the seventh point: the first that is eight times the first one.
    first = cases.forecasts[cases.place[0]]
    assert first.last == SIZES[6]
    points = curves[cases.curve[0]].points
    assert cases.features[0] == pytest.approx(
        LearningCurve(points[:7]).features(points[7][0] / SIZES[6])
    )
    # Thinned to every second point, counted from the cut.
    halved = cases.forecasts[cases.place[np.flatnonzero(cases.thinning == 2)[0]]]
    assert halved.last == SIZES[6]
    assert halved.noise != first.noise
    # Half of the weight is on last scores, beside their part of the other half.
    assert 0.5 < cases.weight[cases.last > 0].sum() / cases.weight.sum() < 0.7


def test_quantile_weights_are_found(calibrate: ModuleType) -> None:
    source = np.random.default_rng(1)
    features = np.abs(source.normal(size=(4000, 2)))
    distance = (features @ [0.02, 0.05]) * source.uniform(0, 1, 4000)
    found = calibrate.quantile_weights(features, distance, np.ones(4000), 0.9)
    assert (distance <= features @ found).mean() == pytest.approx(0.9, abs=0.02)
    assert found == pytest.approx([0.018, 0.045], abs=0.004)
    # A feature that speaks the other way gets nothing, not less.
    assert calibrate.quantile_weights(features, -distance, np.ones(4000), 0.9).min() >= 0


def test_no_case_is_judged_with_weights_from_its_own_dataset(
    calibrate: ModuleType, evidence: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = calibrate.Cases(calibrate.read_curves(evidence / "learning_curves.csv"))
    group = calibrate.dataset_groups(cases)
    seen = []

    def spy(cases: object, chosen: np.ndarray) -> tuple[tuple[float, ...], tuple[float, ...]]:
        seen.append(set(np.unique(group[~chosen])))
        return (0.0,) * 5, (0.0,) * 5

    monkeypatch.setattr(calibrate, "calibrate", spy)
    judged = calibrate.Judged(cases, group)
    assert seen == [{each} for each in range(10)]
    assert (judged.low == np.clip(cases.middle, 0, None)).all()
    for dataset in np.unique(cases.dataset):
        assert len(set(group[cases.dataset == dataset])) == 1


def test_the_table_is_written_and_held_against_the_committed_one(
    calibrate: ModuleType,
    evidence: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(calibrate, "GROUPS", 3)
    text = calibrate.build(evidence / "learning_curves.csv")
    monkeypatch.setattr(calibrate, "build", lambda path: text)
    arguments = ["--evidence", str(evidence), "--output", str(evidence)]
    assert calibrate.main([*arguments, "--check"]) == 1
    assert "stale" in capsys.readouterr().out
    assert calibrate.main(arguments) == 0
    assert calibrate.main([*arguments, "--check"]) == 0
    table = tomllib.loads((evidence / "learning_curves.toml").read_text(encoding="utf-8"))
    assert table["how"].startswith("24 curves of 2 learners on 12 datasets.")
    above, below = table["weight"]
    assert [above["end"], below["end"]] == ["above", "below"]
    assert all(end[name] >= 0 for end in (above, below) for name in calibrate.FEATURES)
    # Unlike real curves, these follow the forms that are fitted, so that the intervals hold easily.
    ours = [row for row in table["quality"] if row["intervals"] == "new datasets"]
    assert min(row["coverage"] for row in ours if row["of"] == "any later score") > 0.85
