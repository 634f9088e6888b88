"""From bytes to text."""

from __future__ import annotations

from .limits import MAX_BYTES
from .tree import Problem, Source

_CONTROLS = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
_UNPRINTABLE = "".join(map(chr, (*range(0x80, 0x85), *range(0x86, 0xA0), 0xFEFF, 0xFFFE, 0xFFFF)))
_UTF8_BOM = b"\xef\xbb\xbf"
_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


def decode(data: bytes) -> tuple[Source, Problem | None]:
    """The text of a file, and what makes it unreadable: its size, its encoding, or a character."""
    if len(data) > MAX_BYTES:
        source = Source(data[:MAX_BYTES].decode("utf-8", "replace"))
        message = f"the file has {len(data):,} bytes, the limit is {MAX_BYTES:,}"
        return source, Problem("SPC009", message, *_first_line(source), help="split the file")
    encoding, mark = _other_encoding(data)
    if encoding:
        source = Source(data[mark:].decode(encoding, "replace"), bom=mark > 0)
        name = encoding[:6].upper()
        message = f"the file is {name}, not UTF-8"
        return source, Problem(
            "SPC002", message, *_first_line(source), help="save the file as UTF-8"
        )
    bom = data.startswith(_UTF8_BOM)
    if bom:
        data = data[len(_UTF8_BOM) :]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        source = Source(data.decode("utf-8", "replace"), bom)
        at = len(data[: error.start].decode("utf-8"))
        message = f"the byte 0x{data[error.start]:02X} is not UTF-8"
        return source, Problem("SPC002", message, at, at + 1, help="save the file as UTF-8")
    source = Source(text, bom)
    if len(data.translate(None, _CONTROLS)) != len(data) or not text.isascii():
        return source, _unprintable(text)
    return source, None


def _first_line(source: Source) -> tuple[int, int]:
    return 0, max(len(source.line(1)), min(1, len(source.text)))


def _other_encoding(data: bytes) -> tuple[str, int]:
    """UTF-16 or UTF-32, with the length of its byte order mark, where the first bytes say so."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding, len(mark)
    if b"\0" in data[:4] and len(data) > 3:
        # Without a mark, the zeros of the first ASCII characters give it away.
        zeros = [byte == 0 for byte in data[:4]]
        if zeros == [False, True, True, True]:
            return "utf-32-le", 0
        if zeros == [True, True, True, False]:
            return "utf-32-be", 0
        if zeros == [False, True, False, True]:
            return "utf-16-le", 0
        if zeros == [True, False, True, False]:
            return "utf-16-be", 0
    return "", 0


def _unprintable(text: str) -> Problem | None:
    """The first character that YAML forbids, and the mark that nobody sees."""
    bad = [character for character in _UNPRINTABLE if character in text]
    bad += [chr(byte) for byte in _CONTROLS if chr(byte) in text]
    if not bad:
        return None
    at = min(text.index(character) for character in bad)
    number = ord(text[at])
    if number == 0xFEFF:
        what = "an invisible byte order mark (U+FEFF) stands"
    elif number == 0:
        what = "a NUL byte stands"
    else:
        what = f"the control character U+{number:04X} stands"
    return Problem(
        "SPC001",
        f"{what} inside the text",
        at,
        at + 1,
        help="delete it, or write it as an escape in double quotes where it is meant",
    )
