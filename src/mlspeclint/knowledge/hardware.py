"""Accelerators: memory, speed and list price (`curated/accelerators.toml`)."""

from __future__ import annotations

from mlspeclint.knowledge._tables import ACCELERATORS


class Accelerator:
    """One kind of accelerator; every figure is low and high end over its versions or sellers.

    `memory_gb` as the vendor prints it and `memory_bytes` what that can mean (a GB of a vendor is
    10^9 to 2^30 bytes); `peak_flops` dense FP16 or BF16, FLOP/s; `price_per_hour` of one
    accelerator on demand, USD, as of `as_of` (year and month).
    """

    __slots__ = ("as_of", "memory_bytes", "memory_gb", "name", "peak_flops", "price_per_hour")

    def __init__(
        self,
        name: str,
        memory_gb: tuple[float, float],
        peak_flops: tuple[float, float],
        price_per_hour: tuple[float, float],
        as_of: str,
    ) -> None:
        self.name = name
        self.memory_gb = memory_gb
        self.memory_bytes = (memory_gb[0] * 1e9, memory_gb[1] * 2**30)
        self.peak_flops = peak_flops
        self.price_per_hour = price_per_hour
        self.as_of = as_of


def accelerator(name: str | None) -> Accelerator | None:
    """Return what is known of an accelerator; None for `none`, `other` and unknown names."""
    entry = ACCELERATORS.get(name) if name is not None else None
    return None if name is None or entry is None else Accelerator(name, *entry)
