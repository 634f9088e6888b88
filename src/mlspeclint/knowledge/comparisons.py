"""What published comparisons found: counts and quartiles with the band that they speak of.

Every function takes the declared size as an interval and returns figures of one band only when the
whole interval lies in it, else the figures of all sizes. A band is open on the left and closed on
the right; the first one begins at zero. How each figure was counted, from which source and under
which licence, stands in `measured/*.toml` (`mlspeclint.knowledge.pages.table`).
"""

from __future__ import annotations

from mlspeclint.knowledge._tables import (
    ADDITIVE_LOSS,
    AUC_GAINS,
    COUNTS,
    FEW_LABELS,
    FORECAST_ERRORS,
    IMAGE_GAIN,
    INF,
    LABEL_NOISE,
    TRAINING_TIME_RATIO,
)

SMALLEST_CELL = 20
"""A band of one task is quoted from this many comparisons on, else the band of all tasks."""


class WinCount:
    """How often the first side of a comparison won, tied and lost."""

    __slots__ = ("band", "group", "losses", "ties", "total", "wins")

    def __init__(self, wins: int, ties: int, losses: int, band: str, group: str) -> None:
        self.wins = wins
        self.ties = ties
        self.losses = losses
        self.total = wins + ties + losses
        self.band = band
        self.group = group


class Gains:
    """How many of `total` comparisons gained more than `above`."""

    __slots__ = ("above", "count", "total")

    def __init__(self, above: float, count: int, total: int) -> None:
        self.above = above
        self.count = count
        self.total = total


class Quartiles:
    """The middle half of a figure over several tasks."""

    __slots__ = ("band", "count", "lower", "median", "upper")

    def __init__(self, count: int, lower: float, median: float, upper: float, band: str) -> None:
        self.count = count
        self.lower = lower
        self.median = median
        self.upper = upper
        self.band = band


class FewLabels:
    """Full fine-tuning against a rival at one number of labels per class.

    `gap` is fine-tuning minus rival in points of the score, `spread` and `rival_spread` are the
    standard deviations over samples of the labels, in points.
    """

    __slots__ = ("counts", "gap", "labels_per_class", "rival_spread", "spread")

    def __init__(
        self,
        labels_per_class: int,
        counts: WinCount,
        gap: float,
        spread: float,
        rival_spread: float,
    ) -> None:
        self.labels_per_class = labels_per_class
        self.counts = counts
        self.gap = gap
        self.spread = spread
        self.rival_spread = rival_spread


def _within(low: float, high: float, above: float, up_to: float) -> bool:
    """Tell whether an interval lies in a band; the first band holds zero."""
    return (low > above or above == 0) and high <= up_to


def _band(above: float, up_to: float, unit: str) -> str:
    """Name a band: `up to 1,000 rows`, `1,000 to 10,000 rows`, `above 50,000 rows`."""
    if up_to == INF:
        return f"above {above:,} {unit}" if above else f"any number of {unit}"
    return f"{above:,} to {up_to:,} {unit}" if above else f"up to {up_to:,} {unit}"


def _count(topic: str, low: float, high: float, unit: str, groups: tuple[str, ...]) -> WinCount:
    """Return the narrowest cell that holds the interval, of the first group that has enough.

    The last group is taken whatever its number of comparisons. Raises KeyError without any cell.
    """
    for group in groups:
        cells = [row for row in COUNTS[topic] if row[0] == group and _within(low, high, *row[1:3])]
        if cells:
            # The whole range stands first, so the last cell that fits is the narrowest.
            _, above, up_to, wins, ties, losses = cells[-1]
            count = WinCount(wins, ties, losses, _band(above, up_to, unit), group)
            if group == groups[-1] or count.total >= SMALLEST_CELL:
                return count
    raise KeyError(groups[-1])


def tabular_wins(low: float = 0, high: float = INF, task: str | None = None) -> WinCount:
    """Count how often networks beat boosted trees on tables with this many training rows.

    `task` is binary, multiclass or regression; a cell of one task is quoted only when it has
    SMALLEST_CELL comparisons. Row count does not separate: say so beside the figure.
    """
    return _count("tabular_wins", low, high, "rows", ("all",) if task is None else (task, "all"))


def auc_gains(gain: float = 0) -> Gains:
    """Count how often the AUC of a network on a table was so much above that of boosted trees.

    Quotes the largest step that is not above the gain (0, 0.005, 0.01, 0.02, 0.05). Row count does
    not separate.
    """
    steps = [row for row in AUC_GAINS if row[0] <= max(gain, 0)]
    return Gains(*steps[-1])


def foundation_model_wins(low: float = 0, high: float = INF) -> WinCount:
    """Count how often tabular foundation models beat boosted trees, by training rows."""
    return _count("foundation_models", low, high, "rows", ("all",))


def forecasting_wins(
    low: float = 0, high: float = INF, comparison: str = "network_against_classical"
) -> WinCount:
    """Count how often the first side of a forecasting comparison won, by number of series.

    `comparison` is network_against_classical, network_against_statistics, network_against_trees,
    zero_shot_against_statistics, zero_shot_against_classical, zero_shot_against_network or
    older_zero_shot_against_statistics. Raises KeyError for another.
    """
    return _count("forecasting", low, high, "series", (comparison,))


def series_classification_wins(low: float = 0, high: float = INF) -> WinCount:
    """Count how often a deep ensemble beat random convolutions, by training series."""
    return _count("time_series_classification", low, high, "series", ("all",))


def graph_wins() -> WinCount:
    """Count how often a graph network beat a forest on fingerprints."""
    return _count("graphs", 0, INF, "graphs", ("all",))


def image_pretraining_gain(low: float = 0, high: float = INF) -> Quartiles:
    """Return what ImageNet pretraining gains, in points of accuracy, by images per class."""
    fitting = [row for row in IMAGE_GAIN if _within(low, high, *row[:2])]
    above, up_to, count, lower, median, upper = fitting[-1]
    return Quartiles(count, lower, median, upper, _band(above, up_to, "images a class"))


def fine_tuning_on_few_labels(high: float, rival: str = "setfit") -> FewLabels | None:
    """Return how full fine-tuning did with at most `high` labels per class.

    The rival is setfit or frozen_probe. Fine-tuning gains with labels, so the smallest measured
    number that is not below `high` is quoted, which favours fine-tuning; None above all of them.
    """
    for labels, wins, ties, losses, gap, spread, rival_spread in FEW_LABELS[rival]:
        if high <= labels:
            counts = WinCount(wins, ties, losses, f"{labels} labels a class", rival)
            return FewLabels(labels, counts, gap, spread, rival_spread)
    return None


def additive_loss(rival: str = "boosted_trees_or_network") -> Quartiles:
    """Return the AUC that an explainable boosting machine loses on binary tables.

    The rival is boosted_trees, boosted_trees_or_network or any (foundation models among them).
    """
    return Quartiles(*ADDITIVE_LOSS[rival], "any number of rows")


def training_time_ratio(benchmark: str = "all") -> Quartiles:
    """Return the training time of networks divided by that of boosted trees, on tables."""
    return Quartiles(*TRAINING_TIME_RATIO[benchmark], "any number of rows")


def training_time_medians() -> tuple[float, float]:
    """Return the lowest and highest median of that ratio over the benchmarks, which disagree."""
    medians = [row[2] for name, row in TRAINING_TIME_RATIO.items() if name != "all"]
    return min(medians), max(medians)


def label_noise() -> Quartiles:
    """Return the share of wrong labels in well-known public test sets (fractions)."""
    return Quartiles(*LABEL_NOISE, "any number of examples")


def forecast_errors() -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return how far truths were above and below forecasts from learning curves.

    As weights of the features that `feasibility.learning_curve` computes: noise, gain, resolution, hidden
    rise and drop.
    """
    return FORECAST_ERRORS
