"""The settings in force, and where each is from."""

from __future__ import annotations

from mlspeclint.report.table import aligned
from mlspeclint.report.text import safe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from mlspeclint.policy.in_force import Setting
    from mlspeclint.policy.packs import Layer
    from mlspeclint.report.style import Style


class InForce:
    """What is in force for a file or a folder.

    `layers` is all that it is merged of, first what counts least. `looked_at` are the files that there were
    on the way. `common` are the settings for all stages, `stages` those of each. `spec_stages` are the
    stages of the projects in the file, if it is a spec; `excluded` tells whether it is left out, and
    `left_out` which rules are for its path.
    """

    __slots__ = (
        "common", "excluded", "layers", "left_out", "looked_at", "path", "spec_stages", "stages",
    )  # fmt: skip

    def __init__(
        self,
        path: str,
        *,
        layers: Sequence[Layer],
        looked_at: Sequence[str],
        common: Sequence[Setting],
        stages: Mapping[str, Sequence[Setting]],
        spec_stages: Sequence[str],
        excluded: bool,
        left_out: Sequence[str],
    ) -> None:
        self.path = path
        self.layers = layers
        self.looked_at = looked_at
        self.common = common
        self.stages = stages
        self.spec_stages = spec_stages
        self.excluded = excluded
        self.left_out = left_out


def as_json(shown: InForce) -> dict[str, Any]:
    """All of it, for programs."""
    return {
        "version": 1,
        "path": shown.path,
        "stages_of_spec": list(shown.spec_stages),
        "files": [{"file": layer.name, "chain": list(layer.chain)} for layer in shown.layers],
        "looked_at": list(shown.looked_at),
        "excluded": shown.excluded,
        "left_out_for_path": list(shown.left_out),
        "settings": [_as_json(setting) for setting in shown.common],
        "stages": {
            stage: [_as_json(setting) for setting in settings]
            for stage, settings in shown.stages.items()
        },
    }


def _as_json(setting: Setting) -> dict[str, Any]:
    return {
        "key": setting.key,
        "value": setting.value,
        "origin": setting.origin,
        "file": setting.file,
        "at": setting.at,
        "chain": list(setting.chain),
    }


def render(shown: InForce, style: Style) -> str:
    """All of it, for people: what holds at every stage first, then what differs."""
    lines = [style.paint(f"configuration of {safe(shown.path)}", "bold")]
    lines += _files(shown)
    if shown.spec_stages:
        lines.append(f"  stage: {', '.join(shown.spec_stages)}")
    if shown.excluded:
        lines.append("  it is left out (`exclude`) unless it is named without --force-exclude")
    if shown.left_out:
        lines.append(f"  rules left out for its path: {safe(', '.join(shown.left_out))}")
    identities = [{each.identity for each in settings} for settings in shown.stages.values()]
    same = set.intersection(*identities)
    first = next(iter(shown.stages.values()))
    everywhere = [*shown.common, *(each for each in first if each.identity in same)]
    lines += _block("at every stage", everywhere, style)
    for stage, settings in shown.stages.items():
        own = [each for each in settings if each.identity not in same]
        if own:
            lines += _block(f"at stage {stage}", own, style)
    return style.fit("".join(f"{line}\n" for line in lines))


def _files(shown: InForce) -> list[str]:
    if shown.layers:
        lines = [f"  merged of: {', '.join(safe(layer.name) for layer in shown.layers)}"]
    else:
        lines = ["  no configuration file: these are the defaults"]
    if shown.looked_at:
        lines.append(f"  looked at: {', '.join(map(safe, shown.looked_at))}")
    return lines


def _block(title: str, settings: Sequence[Setting], style: Style) -> list[str]:
    rows = [(f"  {safe(each.key)}", _value(each.value), safe(each.origin)) for each in settings]
    return ["", style.paint(title, "bold"), *aligned(rows, left=3)]


def _value(value: Any) -> str:
    if value is None or value == []:
        return "-"
    return safe(", ".join(value) if isinstance(value, list) else str(value))
