"""Text from a spec, made safe to show: nothing in it may steer a terminal, and columns stay columns."""

from __future__ import annotations

from mlspeclint.rules.rule import POLICY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mlspeclint.engine.finding import Finding

ASCII_FRAME = {
    "┌": "-",
    "─": "-",
    "│": "|",
    "·": "-",
    "…": "...",
    "∞": "inf",
    "×": "x",
    "–": "-",
    "’": "'",
}


def safe(text: str) -> str:
    """The text with control characters, direction marks and lone surrogates written as escapes.

    Line breaks become spaces, so that what was one line stays one.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if _harmless(c) else _escaped(c) for c in text)


def _harmless(character: str) -> bool:
    # Every format character (category Cf: direction marks, zero width, tags), control, surrogate and
    # private-use character is unprintable to Python; so are separators other than the space.
    return character.isprintable()


def _escaped(character: str) -> str:
    if character in "\r\n\t\u2028\u2029\x85":
        return " "
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def cells(text: str, encoding: str | None = None, start: int = 0) -> list[tuple[str, int]]:
    """What each character of a source line is shown as, and how many columns that takes.

    Tabs run to the next multiple of four; wide characters take two columns, combining marks none. What
    `encoding` cannot hold is escaped here already, so that the columns are those of the output.
    """
    shown: list[tuple[str, int]] = []
    column = start
    for character in text:
        if " " <= character <= "~":
            text_shown, width = character, 1
        elif character == "\t":
            text_shown = " " * (4 - column % 4)
            width = len(text_shown)
        elif _harmless(character) and _holds(encoding, character):
            text_shown, width = character, _width(character)
        else:
            text_shown = _escaped(character)
            width = len(text_shown)
        shown.append((text_shown, width))
        column += width
    return shown


def _holds(encoding: str | None, character: str) -> bool:
    if encoding is None:
        return True
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _width(character: str) -> int:
    from unicodedata import category, east_asian_width

    # The vowels and final consonants of Hangul join the syllable before them.
    if category(character) in ("Mn", "Me") or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def with_changes(finding: Finding) -> str:
    """The message of a finding, and in brackets what a configuration has changed of it.

    Who demands a field or has declared a rule stands first in `policy`, and is no change.
    """
    changes = finding.policy[1:] if finding.basis == POLICY else finding.policy
    return f"{finding.message} ({'; '.join(changes)})" if changes else finding.message


def plural(count: int, noun: str) -> str:
    """A count with its noun: `1 error`, `3 errors`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
