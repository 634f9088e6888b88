"""What is known of each metric: its direction, and whether it is a proportion or a rank statistic."""

from __future__ import annotations

PROPORTIONS = frozenset(
    (
        "accuracy", "balanced_accuracy", "precision", "recall", "f1", "iou", "dice", "top5_accuracy",
        "recall_at_k", "sensitivity_at_specificity", "wer", "cer",
    )
)  # fmt: skip
"""Metrics in 0..1 that count a share of something."""

RANKS = frozenset(("auc", "average_precision", "map", "ndcg"))
"""Metrics in 0..1 that judge an order."""

ABOVE_ONE = frozenset(("wer", "cer"))
"""Proportions that may exceed 1: insertions count as errors."""

ACCURACY_LIKE = frozenset(("accuracy", "balanced_accuracy", "precision", "recall", "f1"))
"""Proportions of right answers, to which noise in the labels sets a ceiling."""

MINIMIZED = frozenset(("rmse", "mae", "mape", "smape", "mase", "wer", "cer", "log_loss"))
"""Metrics of which less is better."""


def direction_of(metric: str) -> str | None:
    """`maximize` or `minimize`; None for `other`, of which nothing is known."""
    if metric == "other":
        return None
    return "minimize" if metric in MINIMIZED else "maximize"
