"""Loading a few lines of YAML."""

from __future__ import annotations

from textwrap import dedent

from mlspeclint.document.parse import parse
from mlspeclint.document.tree import Problem, Source
from mlspeclint.spec.compiled import Spec
from mlspeclint.spec.load import load

REST = {
    "mlspec": "mlspec: 1\n",
    "project": "project: {name: example}\n",
    "task": "task: {type: classification, modality: tabular}\n",
    "approach": "approach: {family: deep_learning}\n",
}


def completed(text: str) -> str:
    """A fragment with the required sections that it lacks before it."""
    text = dedent(text).strip("\n") + "\n"
    present = {line.split(":")[0] for line in text.splitlines()}
    return "".join(part for key, part in REST.items() if key not in present) + text


class Read:
    """What became of a text: its spec, and what was wrong with it."""

    def __init__(self, text: str) -> None:
        file = parse(text.encode())
        assert not file.problems, [problem.message for problem in file.problems]
        loaded = load(file.documents[0])
        self.source: Source = file.source
        self.problems = loaded.problems
        self._spec = loaded.spec

    @property
    def spec(self) -> Spec:
        assert self._spec is not None
        return self._spec

    @property
    def has_spec(self) -> bool:
        return self._spec is not None

    def at(self, problem: Problem) -> str:
        """The text at the place of a problem."""
        return self.source.text[problem.start : problem.end]

    def told(self) -> list[tuple[str, str, str]]:
        """The code, the path and the text at the place of every problem."""
        return [(problem.code, problem.path, self.at(problem)) for problem in self.problems]


def read(fragment: str) -> Read:
    return Read(completed(fragment))
