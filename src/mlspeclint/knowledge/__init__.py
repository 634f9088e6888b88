"""Published facts as data: what each approach needs and reaches, hardware, law, sources.

People edit the TOML tables: `curated/` is kept by hand, `measured/` is computed from published
results by `scripts/build_knowledge.py`. `scripts/build_tables.py` compiles them into the modules
that the program imports, because reading TOML takes longer than a check. Every figure has a source
and a date. `pages` holds what only `explain` needs and is not imported here.
"""

from mlspeclint.knowledge.algorithms import LINEAR, TREES, algorithm_family, algorithm_kind
from mlspeclint.knowledge.comparisons import (
    FewLabels,
    Gains,
    Quartiles,
    WinCount,
    additive_loss,
    auc_gains,
    fine_tuning_on_few_labels,
    forecast_errors,
    forecasting_wins,
    foundation_model_wins,
    graph_wins,
    image_pretraining_gain,
    label_noise,
    series_classification_wins,
    tabular_wins,
    training_time_medians,
    training_time_ratio,
)
from mlspeclint.knowledge.explanations import explanation_level, level_name, level_of
from mlspeclint.knowledge.hardware import Accelerator, accelerator
from mlspeclint.knowledge.laws import Law, Practice, duty_laws, laws, practice
from mlspeclint.knowledge.limits import interval, threshold

__all__ = [
    "LINEAR",
    "TREES",
    "Accelerator",
    "FewLabels",
    "Gains",
    "Law",
    "Practice",
    "Quartiles",
    "WinCount",
    "accelerator",
    "additive_loss",
    "algorithm_family",
    "algorithm_kind",
    "auc_gains",
    "duty_laws",
    "explanation_level",
    "fine_tuning_on_few_labels",
    "forecast_errors",
    "forecasting_wins",
    "foundation_model_wins",
    "graph_wins",
    "image_pretraining_gain",
    "interval",
    "label_noise",
    "laws",
    "level_name",
    "level_of",
    "practice",
    "series_classification_wins",
    "tabular_wins",
    "threshold",
    "training_time_medians",
    "training_time_ratio",
]
