"""What is asked of each file: by the command line, and by the configuration that holds for it."""

from __future__ import annotations

from mlspeclint.cli.output import fail
from mlspeclint.engine.settings import Settings
from mlspeclint.policy.problem import ConfigProblem
from mlspeclint.policy.search import Search

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mlspeclint.policy.configuration import Configuration

FAIL_ON = "warning"
"""The mildest finding for which the exit status is 1, where nobody says anything else."""


class Configured:
    """The settings of every file of a run.

    `asked` is what `Settings` takes from the command line; it comes on top of what the configuration of a
    file says. `fail_on` wins over it, where it is given. A mistake in a configuration ends the run.
    """

    def __init__(self, *, fail_on: str | None = None, **asked: Any) -> None:
        self._fail_on = fail_on
        self._asked = asked
        self._search = Search()
        self._plain: Settings | None = None
        self._configurations: dict[str, Configuration] = {}

    @property
    def plain(self) -> Settings:
        """The settings of a file without a configuration. Raises `UnknownRule`."""
        if self._plain is None:
            self._plain = Settings(**self._asked)
        return self._plain

    @property
    def looked_at(self) -> list[str]:
        """The files that were there to be looked at."""
        return self._search.looked_at

    def of(self, path: str) -> Configuration | None:
        """The configuration of a file or a folder, by its path as it is named."""
        try:
            found = self._search.of(path)
            if found is None:
                return None
            if found.path not in self._configurations:
                from mlspeclint.policy.configuration import Configuration

                self._configurations[found.path] = Configuration(found)
            return self._configurations[found.path]
        except ConfigProblem as problem:
            fail(str(problem))

    def settings(self, path: str) -> Settings:
        """The settings of a file. Raises `UnknownRule`."""
        configuration = self.of(path)
        return configuration.settings(path, **self._asked) if configuration else self.plain

    def excludes(self, path: str) -> bool:
        """Whether the configuration leaves out a file."""
        configuration = self.of(path)
        return configuration is not None and configuration.excludes(path)

    def fail_on(self, path: str) -> str:
        """The mildest finding in a file for which the exit status is 1."""
        if self._fail_on is not None:
            return self._fail_on
        configuration = self.of(path)
        return (configuration.fail_on if configuration else None) or FAIL_ON
