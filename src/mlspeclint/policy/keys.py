"""The keys of a configuration: one table, of which its reader, its JSON Schema and its reference are made."""

from __future__ import annotations

from mlspeclint.rules.rule import SEVERITIES

LEVELS = tuple(reversed(SEVERITIES))
FAIL_ON = (*LEVELS, "never")
STAGES = ("idea", "proposal", "pilot", "production", "retired")
DEFAULT_STAGE = "proposal"
"""The stage of a spec that declares none."""
PROFILES = ("standard", "staged")
LEVELS_TABLE = "explanation_levels"
"""The key of `limits` that holds the explanation levels of algorithm kinds."""
PACKAGE = "package:"
MAX_ENTRIES = 1_000
"""Entries of a list or a table."""
MAX_PATTERNS = 200
"""Patterns of a file, and of all files together."""
MAX_TEXT = 1_000
"""Characters of a text."""


class Key:
    """A key: what it holds (`kind`), what it is for, how it is merged, and an example as TOML.

    `kind` is profile, packs, rules, severities, limits, fields, stages, rules_by_pattern, patterns, level,
    policies or plugins. `merging` tells what becomes of the values of several files. `default` is what holds
    where nobody says anything; `staged` tells whether it may stand in a stage, too.
    """

    __slots__ = ("default", "doc", "example", "kind", "merging", "name", "staged")

    def __init__(
        self,
        name: str,
        kind: str,
        doc: str,
        *,
        example: str,
        merging: str,
        default: str = "",
        staged: bool = False,
    ) -> None:
        self.name = name
        self.kind = kind
        self.doc = doc
        self.example = example
        self.merging = merging
        self.default = default
        self.staged = staged


REPLACES = "the last file that sets it wins"
ADDS = "the entries of all files add up"
BY_KEY = "key by key, the last file wins"

KEYS = (
    Key(
        "profile",
        "profile",
        "A set of settings that comes with mlspeclint and is merged first: `standard` changes nothing, "
        "`staged` is mild on ideas and strict in production.",
        example='"staged"',
        merging=REPLACES,
        default="standard",
    ),
    Key(
        "extends",
        "packs",
        "Policy packs, merged in this order before the file that names them: the path of a TOML file, "
        "relative to that file and inside the repository, or `package:NAME` for the `mlspeclint.toml` in an "
        "installed top-level Python package. A pack may extend others; none is merged twice.",
        example='["policies/acme.toml", "package:acme_ml_policy"]',
        merging="each pack is merged before the file that names it",
    ),
    Key(
        "select",
        "rules",
        "Check only these rules: codes, names or groups. It replaces what was chosen before it.",
        example='["LBL", "CST", "ladder-skipped"]',
        merging="it replaces what the files before it chose",
        default="all rules",
    ),
    Key(
        "extend-select",
        "rules",
        "Check these rules as well.",
        example='["HYP"]',
        merging="it adds to what the files before it chose",
        staged=True,
    ),
    Key(
        "ignore",
        "rules",
        "Leave these rules out. Mistakes in the file itself (SPC) are always reported.",
        example='["DOM705"]',
        merging="it takes away from what the files before it chose",
        staged=True,
    ),
    Key(
        "per-path-ignores",
        "rules_by_pattern",
        "Leave rules out for some files, by patterns as in `.gitignore`, relative to the folder of the "
        "configuration that was found.",
        example='{ "research/**" = ["CST", "RTR"] }',
        merging=BY_KEY,
    ),
    Key(
        "exclude",
        "patterns",
        "Files that are not checked when a folder is searched, by patterns as in `.gitignore`, relative to "
        "the folder of the configuration that was found. With `--force-exclude` (as in the pre-commit hook) "
        "neither when they are named.",
        example='["archive/", "**/templates/*.yaml"]',
        merging=ADDS,
    ),
    Key(
        "fail-on",
        "level",
        "The mildest finding for which the exit status is 1. The option `--fail-on` wins.",
        example='"error"',
        merging=REPLACES,
        default="warning",
    ),
    Key(
        "severity",
        "severities",
        "The level at which a rule is reported: by code, name or group; in one table, a rule's own entry "
        "wins over that of its group. It holds for every conflict that the rule finds. What cannot be ruled "
        "out stays a note, and mistakes in the file itself (SPC) stay errors.",
        example='{ LBL303 = "error", HYP = "note" }',
        merging=BY_KEY,
        staged=True,
    ),
    Key(
        "limits",
        "limits",
        "The limits that rules compare with, by name: a number, or `[low, high]` for an interval.",
        example="{ agreement_low = 0.75, utilisation = [0.3, 0.5] }",
        merging=BY_KEY,
        staged=True,
    ),
    Key(
        "require",
        "fields",
        "Fields that a spec has to declare; `unknown` is a declaration. What lacks is reported as POL001, "
        "whatever else is selected.",
        example='["project.owner", "target.baseline"]',
        merging=ADDS,
        staged=True,
    ),
    Key(
        "stages",
        "stages",
        "Settings for specs whose `project.stage` is that one (a spec that declares none is a proposal), on "
        "top of the other settings of the same file: `severity`, `ignore`, `extend-select`, `require`, "
        "`limits`.",
        example='{ idea = { severity = { CST = "note" } }, production = { require = ["project.owner"] } }',
        merging="each stage as its keys are",
    ),
    Key(
        "policies",
        "policies",
        "Rules of your own, declared as data; `mlspeclint policy test` tries them on their examples.",
        example='[{ code = "ACME101", name = "owner-in-house", severity = "warning", message = "...", '
        'when = "..." }]',
        merging=ADDS,
    ),
    Key(
        "plugins",
        "plugins",
        "Rules of your own, written in Python: names of entry points of the group `mlspeclint.rules` of "
        "installed packages.",
        example='["acme"]',
        merging=ADDS,
    ),
)
"""All keys, in the order of the reference."""

BY_NAME = {key.name: key for key in KEYS}
STAGED = tuple(key for key in KEYS if key.staged)
