"""What is wrong with a text that is not YAML, in words for people, and where to go on behind it."""

from __future__ import annotations

from .tree import Problem


def diagnose(error: Exception, text: str, base: int, offset: int) -> tuple[Problem, int]:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    at = base + (mark.index if mark is not None else offset)
    at = min(at, len(text))
    return Problem("SPC001", "this is not YAML", at, at + 1), at


def next_document(text: str, at: int) -> int:
    """The offset of the next line that begins a document; -1 where there is none."""
    while True:
        at = text.find("---", at)
        if at < 0:
            return -1
        if (at == 0 or text[at - 1] in "\r\n") and text[at + 3 : at + 4] in (
            "",
            " ",
            "\t",
            "\r",
            "\n",
        ):
            return at
        at += 3
