"""A mistake in the configuration, told to the person who has to mend it."""

from __future__ import annotations


class ConfigProblem(Exception):
    """A mistake in a configuration file, in a policy pack or in a declared rule.

    `message` says what is wrong, `help` what to write instead. `file` is the path of the file as users know
    it, `key` where in it (`stages.idea.severity.LBL301`), `line` the line, where it is known. The text is for
    standard error, after which a run ends with status 2; whoever shows it makes it safe for the terminal.
    """

    def __init__(
        self,
        message: str,
        *,
        file: str = "",
        key: str = "",
        line: int | None = None,
        help: str = "",
    ) -> None:
        place = file if line is None else f"{file}:{line}"
        told = f"{message}; {help}" if help else message
        super().__init__(": ".join(part for part in (place, key, told) if part))
        self.message = message
        self.file = file
        self.key = key
        self.line = line
        self.help = help
