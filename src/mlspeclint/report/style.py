"""How a report is shown on the terminal at hand: colours, the characters it can show, its width."""

from __future__ import annotations

from mlspeclint.report.text import ASCII_FRAME

COLOURS = {
    "error": "\x1b[1;31m",
    "warning": "\x1b[1;33m",
    "note": "\x1b[1;36m",
    "bold": "\x1b[1m",
    "frame": "\x1b[34m",
    "quiet": "\x1b[2m",
}
RESET = "\x1b[0m"


class Style:
    """`colour`: whether escapes for colours are written; `encoding`: what the output can hold (None for
    everything); `width`: columns (0 when lines may be as long as they like)."""

    __slots__ = ("colour", "encoding", "width")

    def __init__(self, colour: bool = False, encoding: str | None = None, width: int = 0) -> None:
        self.colour = colour
        self.encoding = encoding
        self.width = width

    def paint(self, text: str, role: str) -> str:
        """The text in the colour of a role."""
        return f"{COLOURS[role]}{text}{RESET}" if self.colour and text else text

    def fit(self, text: str) -> str:
        """The text in characters that the output can hold; frames fall back to ASCII."""
        if self.encoding is None:
            return text
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError:
            for fancy, plain in ASCII_FRAME.items():
                text = text.replace(fancy, plain)
            return text.encode(self.encoding, "backslashreplace").decode(self.encoding)
        return text
