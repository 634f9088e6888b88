"""What is wrong with a text that is not YAML, in words for people, and where to go on behind it."""

from __future__ import annotations

from .tree import Problem, Related, Repair, shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_BREAKS = "\r\n"
_BLANK = " \t\r\n"
_CLOSING = {"[": "]", "{": "}"}
_QUOTES = "\"'"


class NotYaml(Exception):
    """Something that ruamel.yaml lets pass, from `start` to `end`."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end


def diagnose(error: Exception, text: str, base: int, offset: int) -> tuple[Problem, int]:
    """The problem behind an error of ruamel.yaml's parser, and how far the text was read.

    `base` is where the text began that the parser was given, `offset` how far it came in it when it
    failed with an error that is not its own. The parser's own words are never shown.
    """
    if isinstance(error, NotYaml):
        return _problem(text, error.message, base + error.start, base + error.end), base + error.end
    context_mark = getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or context_mark
    at = min(base + (offset if mark is None else mark.index), len(text))
    begin = at if context_mark is None else base + context_mark.index
    problem = getattr(error, "problem", None) or ""
    context = getattr(error, "context", None) or ""
    for describe in _DIAGNOSES:
        found = describe(text, at, begin, problem, context)
        if found is not None:
            return found, at
    return _problem(text, "this is not YAML", at, _line_end(text, at)), at


def next_document(text: str, at: int) -> int:
    """The offset of the first line from `at` on that begins a document; -1 where there is none."""
    at = text.find("---", at)
    while at >= 0:
        if text[at - 1 : at] in ("", *_BREAKS) and text[at + 3 : at + 4] in ("", *_BLANK):
            return at
        at = text.find("---", at + 3)
    return -1


# Each looks at one kind of mistake: the text, where the parser gave up, where the thing begins that it
# was reading, and the parser's two messages, which are only compared.


def _conflict(text: str, at: int, begin: int, problem: str, context: str) -> Problem | None:
    for mark in ("<<<<<<< ", "=======", ">>>>>>> "):
        line = 0 if text.startswith(mark) else text.find("\n" + mark) + 1
        if text.startswith(mark, line) and line <= at:
            end = _line_end(text, line)
            return _problem(
                text, "this is the mark of a merge conflict", line, end, "resolve the conflict"
            )
    return None


def _tab(text: str, at: int, begin: int, problem: str, context: str) -> Problem | None:
    start = _line_start(text, at)
    indent = text[start:at] if not text[start:at].strip() else ""
    if text[at : at + 1] != "\t" and "\t" not in indent:
        return None
    if indent.strip(" ") or start == at or not text[start:at].strip():
        place = start + len(indent.split("\t")[0])
        message, advice = "a tab indents this line", "indent with spaces"
    else:
        place = at
        message, advice = "a tab stands where YAML takes only spaces", "replace it by a space"
    return _problem(text, message, place, place + 1, advice)


def _quote(text: str, at: int, begin: int, problem: str, context: str) -> Problem | None:
    if context != "while scanning a quoted scalar":
        return None
    return _problem(
        text,
        f"the quote {text[begin]} is never closed",
        begin,
        _line_end(text, begin),
        f"close it with another {text[begin]}; inside single quotes a single quote is doubled",
    )


def _escape(text: str, at: int, begin: int, problem: str, context: str) -> Problem | None:
    slash = text.rfind("\\", max(at - 10, 0), at)
    if slash < 0 or (context and context != "while scanning a double-quoted scalar"):
        return None
    end = max(at if problem.startswith("expected") else at + 1, slash + 2)
    return _problem(
        text,
        f"`{text[slash:end].strip()}` is not an escape that YAML knows",
        slash,
        end,
        "use single quotes, in which a backslash is a backslash, or write it twice",
    )


def _block_text(text: str, at: int, begin: int, problem: str, context: str) -> Problem | None:
    if problem == "" and "block scalar" in context:
        return _problem(
            text,
            "the blank lines that this block of text begins with hold more spaces than its text",
            _line_start(text, at),
            at,
            "leave blank lines empty",
        )
    if context != "while scanning a block scalar":
        return None
    if text[begin] == ">":
        return comparison(text, begin)
    end = _line_end(text, begin)
    value = text[begin:end]
    return _problem(
        text,
        "`|` begins a block of text, which stands on the lines below it",
        begin,
        end,
        f"begin the text on the next line, or put the value in quotes: {_quoted(value)}",
    )


def comparison(text: str, start: int) -> Problem:
    """The mistake in `>= 10k`, or in `>5`, which by itself is an empty block of text."""
    end = _value_end(text, start)
    problem = _problem(
        text,
        f"`{shorten(text[start:end])}` begins with `>`, which in YAML begins a block of text",
        start,
        end,
        f"put a comparison in quotes: {_quoted(text[start:end])}",
    )
    value = text[start:end]
    if not any(sign in value for sign in "\"'\\\r\n"):
        number = value.lstrip("<>= ")[:1].isdigit()
        problem.repair = Repair(None, f'"{value}"', certain=number)
    return problem


def _reserved(text: str, at: int, begin: int, problem: str, context: str) -> Problem | None:
    if not problem.endswith("that cannot start any token"):
        # What begins a line with a percent sign is a directive, and a document must follow.
        if context.endswith(" directive"):
            at = begin
        elif problem.startswith("expected '<document start>'"):
            at = _line_start(text, at)
            if text[at : at + 1] != "%":
                at, _ = _line_above(text, at)
        elif not problem.startswith(("found incompatible", "found duplicate", "duplicate tag")):
            return None
        if text[at : at + 1] != "%":
            return None
    end = _value_end(text, at)
    if text.startswith(("%YAML", "%TAG"), at):
        return _problem(
            text, "this directive does not fit: YAML is read as version 1.2", at, end, "delete it"
        )
    return _problem(
        text,
        f"text cannot begin with `{text[at]}` in YAML",
        at,
        end,
        f"put it in quotes: {_quoted(text[at:end])}",
    )


def _name(text: str, at: int, begin: int, problem: str, context: str) -> Problem | None:
    if context not in ("while scanning an alias", "while scanning an anchor"):
        return None
    end = _value_end(text, begin)
    what = "an alias" if text[begin] == "*" else "an anchor"
    return _problem(
        text,
        f"`{text[begin]}` begins the name of {what} in YAML, and this is none",
        begin,
        end,
        f"put text that begins with `{text[begin]}` in quotes: {_quoted(text[begin:end])}",
    )


def _tag(text: str, at: int, begin: int, problem: str, context: str) -> Problem | None:
    if not context.endswith(" tag") and "tag handle" not in problem:
        return None
    start = end = max(text.find("!", begin), 0)
    while text[end : end + 1] not in ("", *_BLANK):
        end += 1
    found = _problem(
        text,
        "tags are not used in a spec",
        start,
        end,
        "leave the tag out; put text that begins with `!` in quotes",
    )
    found.code = "SPC006"
    return found


def _colon(text: str, at: int, begin: int, problem: str, context: str) -> Problem | None:
    if problem != "mapping values are not allowed here":
        return None
    start = _line_start(text, at)
    above = _tight_colon(text, *_line_above(text, start))
    if above is not None:
        return above
    first = _separator(text, start, at)
    if first >= 0:
        value = _skip(text, first + 1)
        end = _value_end(text, value)
        key = text[start:first].strip().removeprefix("- ").strip()
        return _problem(
            text,
            "this value holds a colon and a space, which YAML reads as one more key",
            value,
            end,
            f"put it in quotes: `{shorten(key)}: {_quoted(text[value:end])[1:]}",
        )
    above_start, above_end = _line_above(text, start)
    indent = _indent(text, start)
    if _indent(text, above_start) == indent:
        return _neither(text, above_start + indent, above_end)
    return _problem(
        text,
        "this key is indented as if it went on with the value above it",
        start + indent,
        at,
        "give it the indentation of the key above, or take the value above away",
    )


def _no_colon(text: str, at: int, begin: int, problem: str, context: str) -> Problem | None:
    if context != "while scanning a simple key":
        return None
    end = _line_end(text, begin)
    tight = _tight_colon(text, begin, end)
    if tight is not None:
        return tight
    return _neither(text, begin, end)


def _neither(text: str, start: int, end: int) -> Problem:
    return _problem(
        text,
        "this line is neither `key: value` nor a list item",
        start,
        end,
        "write a colon and a space after the key; indent text that goes on with the line above",
    )


def _dash(text: str, at: int, begin: int, problem: str, context: str) -> Problem | None:
    if problem != "sequence entries are not allowed here":
        return None
    return _problem(
        text,
        "a list cannot begin on the line of its key",
        at,
        _line_end(text, at),
        "begin it on the next line, or write `[a, b]`; put text that begins with `- ` in quotes",
    )


def _brackets(text: str, at: int, begin: int, problem: str, context: str) -> Problem | None:
    if context not in ("while parsing a flow sequence", "while parsing a flow mapping"):
        return None
    line = _line_start(text, at)
    outside = line > begin and _indent(text, line) <= _indent(text, _line_start(text, begin))
    if outside or _at_end(text, at):
        return _unclosed(text, begin)
    return _problem(
        text,
        f"a comma or `{_CLOSING[text[begin]]}` is missing before this",
        at,
        _value_end(text, at),
        "put text that holds brackets or commas in quotes",
        Related(begin, begin + 1, "the bracket that is open"),
    )


def _unclosed(text: str, at: int) -> Problem:
    return _problem(
        text,
        f"the bracket `{text[at]}` is never closed",
        at,
        _line_end(text, at),
        f"close it with `{_CLOSING[text[at]]}`; put text that begins with `{text[at]}` in quotes",
    )


def _flow_colon(text: str, at: int, begin: int, problem: str, context: str) -> Problem | None:
    if problem != "found unexpected ':'":
        return None
    return _problem(
        text,
        "a space is missing after this colon",
        at,
        at + 1,
        "write `key: value`; put text that holds a colon in quotes",
    )


def _level(text: str, at: int, begin: int, problem: str, context: str) -> Problem | None:
    if not problem.startswith("expected <block end>"):
        return None
    end = _value_end(text, at)
    before = text[_line_start(text, at) : at].rstrip()
    if before[-1:] in ("'", '"'):
        close = _line_start(text, at) + len(before) - 1
        opening = text.rfind(text[close], 0, close)
        if 0 <= opening < _line_start(text, at):
            return _problem(
                text,
                f"the quote {text[close]} is not closed on its line",
                opening,
                _line_end(text, opening),
                f"close it with another {text[close]} where the text ends",
                Related(close, close + 1, "closed here, and text follows"),
            )
        return _problem(
            text,
            "text follows a closing quote",
            at,
            end,
            "put the whole value in quotes, and inside them use the other kind",
        )
    if text[at : at + 1] in (",", "]", "}"):
        return _problem(
            text,
            f"`{text[at]}` stands outside of any brackets",
            at,
            at + 1,
            "delete it, or put the text in quotes",
        )
    related = Related(begin, _line_end(text, begin), "the block that it breaks begins here")
    if context == "while parsing a block collection":
        message = "this stands among the items of a list, but is no item"
        advice = "begin it with `- `, or indent it to belong to the item above"
    elif text.startswith("-", at) and text[at + 1 : at + 2] in ("", *_BLANK):
        message = "a list item stands among the keys of a mapping"
        advice = "indent the list below its key"
    else:
        message = "the indentation of this line fits none of the lines above"
        advice = "give it the indentation of the lines that it belongs to"
    return _problem(text, message, at, end, advice, related)


def _no_value(text: str, at: int, begin: int, problem: str, context: str) -> Problem | None:
    if not problem.startswith("expected the node content"):
        return None
    opening = max(text.rfind("[", 0, at), text.rfind("{", 0, at))
    if opening >= 0 and _at_end(text, at):
        return _unclosed(text, opening)
    return _problem(
        text,
        f"`{text[at : at + 1]}` stands where a value should be",
        at,
        at + 1,
        "put text that begins with it in quotes",
    )


def _question(text: str, at: int, begin: int, problem: str, context: str) -> Problem | None:
    if problem != "mapping keys are not allowed here":
        return None
    return _problem(
        text,
        "`? ` begins a key in YAML, and none can stand here",
        at,
        at + 1,
        "put text that begins with `?` in quotes",
    )


def _boundary(text: str, at: int, begin: int, problem: str, context: str) -> Problem | None:
    if not problem.startswith(("expected '<document start>'", "found non-comment content")):
        return None
    start, end = _line_above(text, _line_start(text, at))
    if problem.startswith("expected") and not set(":[]{}\"'").intersection(text[start:end]):
        return _neither(text, start, end)
    return _problem(
        text,
        "this comes after the end of the document",
        at,
        _line_end(text, at),
        "begin another document with `---` on a line of its own",
    )


_DIAGNOSES: tuple[Callable[[str, int, int, str, str], Problem | None], ...] = (
    _conflict,
    _tab,
    _quote,
    _escape,
    _block_text,
    _tag,
    _reserved,
    _name,
    _colon,
    _no_colon,
    _dash,
    _brackets,
    _flow_colon,
    _level,
    _no_value,
    _question,
    _boundary,
)


def _tight_colon(text: str, start: int, end: int) -> Problem | None:
    """The mistake in a line `key:value`."""
    line = text[start:end]
    key, colon, value = line.partition(":")
    if not colon or ": " in line or not value.strip() or value.startswith("//"):
        return None
    name = key.strip().removeprefix("- ").strip()
    if not name or " " in name or name[0] in _QUOTES:
        return None
    at = start + len(key)
    return _problem(
        text,
        "a space is missing after this colon",
        at,
        at + 1,
        f"write `{shorten(name)}: {shorten(value.strip())}`",
    )


def _separator(text: str, start: int, end: int) -> int:
    """The first colon between two offsets that ends a key; -1 if there is none."""
    at = text.find(":", start, end)
    while at >= 0 and text[at + 1 : at + 2] not in ("", *_BLANK):
        at = text.find(":", at + 1, end)
    return at


def _at_end(text: str, at: int) -> bool:
    """Whether nothing follows in the document."""
    return at >= len(text.rstrip()) or text.startswith(("---", "..."), at)


def _indent(text: str, start: int) -> int:
    return _skip(text, start) - start


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _line_end(text: str, at: int) -> int:
    ends = [end for end in (text.find("\n", at), text.find("\r", at)) if end >= 0]
    return min(ends, default=len(text))


def _line_above(text: str, start: int) -> tuple[int, int]:
    """The last line before the one at `start` that is neither blank nor a comment.

    It is looked for among the fifty above: where it is farther away, it explains nothing.
    """
    for _ in range(50):
        end = start - 1
        if end < 0:
            break
        start = _line_start(text, end)
        line = text[start:end].strip()
        if line and not line.startswith("#"):
            return start, start + len(text[start:end].rstrip())
    return 0, 0


def _value_end(text: str, at: int) -> int:
    """The end of what stands on a line from `at` on, without a comment."""
    end = _line_end(text, at)
    comment = text.find(" #", at, end)
    return at + len(text[at : comment if comment >= 0 else end].rstrip()) or end


def _skip(text: str, at: int) -> int:
    while text[at : at + 1] in (" ", "\t"):
        at += 1
    return at


def _quoted(value: str) -> str:
    """How to write a value in quotes."""
    value = shorten(value.rstrip())
    single = '"' in value or "\\" in value
    return "`'" + value.replace("'", "''") + "'`" if single else f'`"{value}"`'


def _problem(
    text: str,
    message: str,
    start: int,
    end: int,
    advice: str | None = None,
    related: Related | None = None,
) -> Problem:
    """A problem at a place that can be seen: where there is nothing, at the last thing before it."""
    if start >= len(text) or (text[start:end].strip() == "" and text[start : start + 1] != "\t"):
        start = max(len(text[:start].rstrip()) - 1, 0)
        end = start + 1
    end = max(end, start + 1)
    return Problem(
        "SPC001",
        message,
        start,
        min(end, len(text)),
        help=advice,
        related=(related,) if related else (),
    )
