"""The options of `check`, as data: `click` makes the command of them, and `quick.py` reads plain calls.

Importing click takes longer than checking a spec, and a hook is run by a person who waits. So a call that is
spelt plainly is read from this table; help, mistakes and everything unusual are left to click.
"""

from __future__ import annotations

from mlspeclint.rules.rule import SEVERITIES

SERVICE_FORMATS = ("sarif", "github", "github-summary", "gitlab", "junit", "rdjson")
"""What services read; the module of each in `report/` has its name."""
STDIN = "<stdin>"
"""What standard input is called unless somebody says more."""
FORMATS = {
    "full": "people: the lines, what conflicts with what, what would clear it, what to do instead",
    "concise": "people with many findings, and programs that read `path:line:column: message`",
    "json": "programs: everything that is known of the run, as one object",
    "jsonl": "programs that read line by line: an object for each finding",
    "sarif": "code scanning, on GitHub and elsewhere: SARIF 2.1.0",
    "github": "annotations beside the lines of a pull request: GitHub's workflow commands",
    "github-summary": "the summary of a job on GitHub, in Markdown",
    "gitlab": "the widget of a merge request on GitLab: a Code Quality report",
    "junit": "the list of tests of nearly every pipeline: JUnit XML",
    "rdjson": "comments on a review, wherever reviewdog runs",
}
"""The formats of a report, and who reads each."""


RULES, ADOPTION, VERDICT = "Rules", "Adoption", "Verdict"
FIXES, OUTPUT, INPUT = "Fixes", "Output", "Input"
"""What options are about; help lists those of none last."""


class Option:
    """An option: its spellings, the name of its parameter, and what it takes.

    `kind` is flag, text, choice (one of `choices`), rules (codes, names and groups, separated by commas
    and collected), date, formats or files (collected). `group` is the heading under which help lists it.
    """

    __slots__ = ("choices", "default", "group", "help", "kind", "metavar", "name", "spellings")

    def __init__(
        self,
        name: str,
        spellings: tuple[str, ...],
        kind: str,
        help: str,
        *,
        choices: tuple[str, ...] = (),
        default: str | None = None,
        metavar: str | None = None,
        group: str = "",
    ) -> None:
        self.name = name
        self.spellings = spellings
        self.kind = kind
        self.help = help
        self.choices = choices
        self.default = default
        self.metavar = metavar
        self.group = group

    @property
    def collected(self) -> bool:
        """Whether it may be repeated."""
        return self.kind in ("rules", "formats", "files")


CHECK = (
    Option(
        "select",
        ("--select",),
        "rules",
        "Check only these rules: codes, names or groups, separated by commas.",
        metavar="RULES",
        group=RULES,
    ),
    Option(
        "extend_select",
        ("--extend-select",),
        "rules",
        "Check these as well.",
        metavar="RULES",
        group=RULES,
    ),
    Option("ignore", ("--ignore",), "rules", "Leave these out.", metavar="RULES", group=RULES),
    Option(
        "evidence",
        ("--evidence",),
        "flag",
        "Compare what is declared with what lies beside the spec: the repository's dependencies.",
        group=RULES,
    ),
    Option(
        "today",
        ("--today",),
        "date",
        "Take this day for today, in plans and for waivers.",
        metavar="DATE",
        group=RULES,
    ),
    Option("no_waivers", ("--no-waivers",), "flag", "Report what waivers cover, too.", group=RULES),
    Option(
        "baseline",
        ("--baseline",),
        "text",
        "Waive the findings that this file lists, and tell which of them are gone.",
        metavar="FILE",
        group=ADOPTION,
    ),
    Option(
        "write_baseline",
        ("--write-baseline",),
        "flag",
        "Write all findings that count to the file of --baseline (.mlspeclint-baseline.json in the root of "
        "the repository), and exit with 0.",
        group=ADOPTION,
    ),
    Option(
        "since",
        ("--since",),
        "text",
        "Report only what has come since this revision of git, and say what has changed.",
        metavar="REV",
        group=ADOPTION,
    ),
    Option(
        "fail_on",
        ("--fail-on",),
        "choice",
        "The mildest finding for which the exit status is 1 (by default `fail-on` of the configuration, or "
        "warning).",
        choices=(*reversed(SEVERITIES), "never"),
        group=VERDICT,
    ),
    Option(
        "allow_empty",
        ("--allow-empty",),
        "flag",
        "Exit with 0 when there is no spec to check.",
        group=VERDICT,
    ),
    Option(
        "fix",
        ("--fix",),
        "flag",
        "Mend what has a safe fix, and report what remains. Standard input is written, mended, to standard "
        "output, and the report to standard error.",
        group=FIXES,
    ),
    Option(
        "unsafe_fixes",
        ("--unsafe-fixes",),
        "flag",
        "Take fixes, too, that may change what is meant or drop something. Changes nothing without --fix.",
        group=FIXES,
    ),
    Option(
        "diff",
        ("--diff",),
        "flag",
        "Show what --fix would change as a diff, and no report; exit with 1 if that is anything.",
        group=FIXES,
    ),
    Option(
        "formats",
        ("-f", "--output-format"),
        "formats",
        "full (the default), concise (a line a finding), json, jsonl; for services: sarif (2.1.0), "
        "github (workflow commands), github-summary (Markdown), gitlab (Code Quality), junit, "
        "rdjson (reviewdog). May be repeated.",
        choices=tuple(FORMATS),
        metavar="FORMAT",
        group=OUTPUT,
    ),
    Option(
        "outputs",
        ("-o", "--output-file"),
        "files",
        "Write the first format to a file instead of the output, the next to the next file.",
        metavar="FILE",
        group=OUTPUT,
    ),
    Option(
        "undecided",
        ("--undecided",),
        "flag",
        "List the rules that lack a fact, and which.",
        group=OUTPUT,
    ),
    Option(
        "statistics",
        ("--statistics",),
        "flag",
        "Count the findings by rule, and list what is waived.",
        group=OUTPUT,
    ),
    Option("quiet", ("-q", "--quiet"), "flag", "No summary.", group=OUTPUT),
    Option(
        "verbose",
        ("-v", "--verbose"),
        "flag",
        "Tell on standard error which configuration each file has, how many rules ran, and what came of "
        "them.",
        group=OUTPUT,
    ),
    Option(
        "colour",
        ("--color",),
        "choice",
        "Colours on the terminal.",
        choices=("auto", "always", "never"),
        default="auto",
        group=OUTPUT,
    ),
    Option(
        "force_exclude",
        ("--force-exclude",),
        "flag",
        "Leave out what the configuration excludes, even where it is named.",
        group=INPUT,
    ),
    Option(
        "stdin_filename",
        ("--stdin-filename",),
        "text",
        "What standard input (-) is called in the report.",
        default=STDIN,
        metavar="NAME",
        group=INPUT,
    ),
)


def rule_names(values: tuple[str, ...]) -> tuple[str, ...]:
    """The codes, names and groups in the values of an option."""
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())
