"""How each shape of field is read from the tree: a fact, or a problem in the words of the field.

The tables of `compiled.py` are made of these. None of them raises.
"""

from __future__ import annotations

from mlspeclint.document.tree import Mapping, Node, Path, Repair, Scalar, Sequence, format_path
from mlspeclint.spec.facts import (
    DECLARED,
    UNKNOWN,
    UNKNOWN_ITEMS,
    UNREADABLE,
    Choice,
    Flag,
    Items,
    Measure,
    Section,
    UnknownItems,
)
from mlspeclint.spec.kinds import BadValue, Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from mlspeclint.spec.load import Loader

SLUG_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")

FLAG_WORDS = {
    **dict.fromkeys(("yes", "on", "y", "true"), "true"),
    **dict.fromkeys(("no", "off", "n", "false"), "false"),
    **dict.fromkeys(("unknown", "?", "tbd"), "unknown"),
}
"""What is meant by words that YAML 1.2 does not count as true or false."""
GUESSED = ("?", "tbd")
"""Those that may also stand for a field that is still to be written."""


class Shape:
    """What a field may hold. `unknown` tells whether `unknown` is accepted."""

    __slots__ = ("unknown",)

    def __init__(self, unknown: bool = True) -> None:
        self.unknown = unknown

    def read(self, loader: Loader, node: Node, path: Path) -> object:
        """The fact that `node` declares; None after a problem was reported."""
        raise NotImplementedError

    def unknown_fact(self, path: str) -> object:
        """The fact of a field of a section that is `unknown` as a whole."""
        raise NotImplementedError

    def unreadable(self, path: str) -> object:
        """The fact of a field with a mistake in it, for which rules wait; None where there is none."""
        return None

    def advice(self, field: str) -> str:
        """What to write where the field is missing."""
        return f"write `{field}`"

    def misfit(self, loader: Loader, node: Node, path: Path, expected: str) -> None:
        """Report that the value is of another type."""
        if isinstance(node, Scalar) and node.value is None:
            help = "write `unknown` where nobody knows yet, or leave the field out"
            loader.fail("SPC006", f"`{dotted(path)}` has no value", path, help)
        else:
            loader.fail("SPC006", f"`{dotted(path)}` is {expected}, not {noun(node)}", path)


class QuantityShape(Shape):
    """A quantity of a kind."""

    __slots__ = ("kind",)

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self.kind = kind

    def read(self, loader: Loader, node: Node, path: Path) -> Measure | None:
        """The interval; a problem where the kind does not accept the spelling."""
        kind = self.kind
        value = node.value if isinstance(node, Scalar) else None
        if value == "unknown":
            return self.unknown_fact(dotted(path))
        if value is None or isinstance(value, bool):
            self.misfit(loader, node, path, kind.noun)
            return None
        try:
            reading = kind.read(value)
        except BadValue as error:
            from mlspeclint.spec.hints import Hint, hint

            found = Hint(error.help, error.guess) if error.help else None
            if found is None and loader.guessing and isinstance(node, Scalar):
                found = hint(kind, node.text, loader.currency())
            help = found.sentence if found else None
            repair = Repair(path, found.text, found.certain) if found and found.text else None
            message = f"`{dotted(path)}`: {shown(error.message, 160)}"
            loader.fail(error.code, message, path, help, repair)
            return None
        if reading.currency:
            loader.currencies.append((reading.currency, path))
        return Measure(dotted(path), kind, reading.low, reading.high)

    def unknown_fact(self, path: str) -> Measure:
        """Anything in the domain."""
        return Measure(path, self.kind, self.kind.low, self.kind.high, UNKNOWN)

    def unreadable(self, path: str) -> Measure:
        """Anything in the domain, until the mistake is mended."""
        kind = self.kind
        return Measure(path, kind, kind.low, kind.high, UNREADABLE, frozenset((path,)))

    def advice(self, field: str) -> str:
        """An example of the kind."""
        return f"write `{field}`, {self.kind.noun} such as {self.kind.example}"


class ChoiceShape(Shape):
    """One of an enumeration."""

    __slots__ = ("options",)

    def __init__(self, options: tuple[str, ...], unknown: bool = True) -> None:
        super().__init__(unknown)
        self.options = options

    def read(self, loader: Loader, node: Node, path: Path) -> Choice | None:
        """The choice; a problem with the nearest option where it is none."""
        value = node.value if isinstance(node, Scalar) else None
        if isinstance(value, str):
            if value in self.options:
                return Choice(dotted(path), value, DECLARED, self.options)
            if value == "unknown" and self.unknown:
                return self.unknown_fact(dotted(path))
        if isinstance(node, Scalar) and value is not None:
            from mlspeclint.spec.suggest import is_slip, listed, suggested_option

            options = (*self.options, "unknown") if self.unknown else self.options
            message = f"`{shown(node.text)}` is not a value of `{dotted(path)}`"
            help = repair = None
            if loader.guessing:
                meant = suggested_option(node.text, options)
                help = f"did you mean {meant}?" if meant else listed(options, dotted(path))
                if meant:
                    repair = Repair(path, meant, is_slip(node.text, meant, options))
            loader.fail("SPC007", message, path, help, repair)
        else:
            self.misfit(loader, node, path, "one of a list of words")
        return None

    def unknown_fact(self, path: str) -> Choice:
        """Any of the options."""
        return Choice(path, None, UNKNOWN, self.options)

    def unreadable(self, path: str) -> Choice:
        """Any of the options, until the mistake is mended."""
        return Choice(path, None, UNREADABLE, self.options, frozenset((path,)))

    def advice(self, field: str) -> str:
        """The options."""
        return f"write `{field}`, one of {', '.join(self.options)}"


class TextShape(Shape):
    """A text."""

    __slots__ = ()

    def read(self, loader: Loader, node: Node, path: Path) -> Choice | None:
        """The text; a problem where YAML reads it as something else."""
        value = node.value if isinstance(node, Scalar) else None
        if isinstance(value, str):
            if value == "unknown" and self.unknown:
                return self.unknown_fact(dotted(path))
            return Choice(dotted(path), value)
        if isinstance(node, Scalar) and value is not None:
            help = f'put it in quotes: "{shown(node.text)}"'
            message = f"`{dotted(path)}` is a text, not {noun(node)}"
            repair = Repair(path, node.text, certain=True, quotes=True)
            loader.fail("SPC006", message, path, help, repair)
        else:
            self.misfit(loader, node, path, "a text")
        return None

    def unknown_fact(self, path: str) -> Choice:
        """Some text that nobody knows."""
        return Choice(path, None, UNKNOWN)

    def unreadable(self, path: str) -> Choice:
        """Some text, until the mistake is mended."""
        return Choice(path, None, UNREADABLE, (), frozenset((path,)))


class SlugShape(TextShape):
    """A short name."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(unknown=False)

    def advice(self, field: str) -> str:
        """An example of a name."""
        return f"write `{field}`, a short name such as invoice-routing"

    def read(self, loader: Loader, node: Node, path: Path) -> Choice | None:
        """The name; a problem with a name that would do where it is none."""
        text = super().read(loader, node, path)
        if text is None or text.text is None:
            return None
        name = text.text
        if name == "unknown":
            message = f"`{dotted(path)}` cannot be unknown: every spec has a name"
            loader.fail("SPC006", message, path, self.advice(dotted(path)))
            return None
        if len(name) > 64 or name[:1] in ("", "-") or set(name) - SLUG_CHARACTERS:
            from mlspeclint.spec.suggest import slug_of

            message = (
                f"`{shown(name)}` is not a name: lower case letters, digits and hyphens, at most 64"
            )
            slug = slug_of(name)
            # The name is what others know the spec by.
            repair = Repair(path, slug, certain=False) if slug else None
            help = f"did you mean {slug}?" if slug else None
            loader.fail("SPC006", message, path, help, repair)
            return None
        return text


class VersionShape(Shape):
    """The version of the format; the loader has refused other numbers before."""

    __slots__ = ()

    def read(self, loader: Loader, node: Node, path: Path) -> None:
        """Nothing: a spec is of the one version."""
        value = node.value if isinstance(node, Scalar) else None
        if isinstance(value, bool) or not isinstance(value, int | float):
            quoted = isinstance(node, Scalar) and node.text == "1"
            repair = Repair(path, "1", certain=True, quotes=False) if quoted else None
            message = f"`mlspec` is the number 1, not {noun(node)}"
            loader.fail("SPC006", message, path, "write `mlspec: 1`", repair)


class FlagShape(Shape):
    """Yes or no."""

    __slots__ = ()

    def read(self, loader: Loader, node: Node, path: Path) -> Flag | None:
        """The answer; YAML 1.2 knows only `true` and `false`."""
        value = node.value if isinstance(node, Scalar) else None
        if isinstance(value, bool):
            return Flag(dotted(path), value)
        if value == "unknown":
            return self.unknown_fact(dotted(path))
        if isinstance(node, Scalar) and value is not None:
            truth = FLAG_WORDS.get(node.text.lower())
            message = f"`{dotted(path)}` is true or false, not {noun(node)}"
            certain = node.text.lower() not in GUESSED
            repair = Repair(path, truth, certain, quotes=False) if truth else None
            loader.fail("SPC006", message, path, f"write {truth or 'true or false'}", repair)
        else:
            self.misfit(loader, node, path, "true or false")
        return None

    def unknown_fact(self, path: str) -> Flag:
        """Yes or no, nobody knows."""
        return Flag(path, None, UNKNOWN)

    def unreadable(self, path: str) -> Flag:
        """Yes or no, until the mistake is mended."""
        return Flag(path, None, UNREADABLE, frozenset((path,)))

    def advice(self, field: str) -> str:
        """The two answers."""
        return f"write `{field}`, true or false"


class SectionShape(Shape):
    """A mapping of fields."""

    __slots__ = ("section",)

    def __init__(self, section: type[Section], unknown: bool = True) -> None:
        super().__init__(unknown)
        self.section = section

    def read(self, loader: Loader, node: Node, path: Path) -> Section | None:
        """The section with the facts that it declares."""
        if isinstance(node, Mapping):
            return self.section(loader.fields(self.section, node, path))
        if isinstance(node, Scalar) and node.value == "unknown" and self.unknown:
            return self.unknown_fact(dotted(path))
        if isinstance(node, Scalar) and node.value is None:
            help = "give it fields, or leave it out"
            loader.fail("SPC006", f"`{dotted(path)}` has no fields", path, help)
        else:
            self.misfit(loader, node, path, "a mapping of fields")
        return None

    def unknown_fact(self, path: str) -> Section:
        """A section of which nobody knows anything."""
        fields = self.section.FIELDS
        return self.section(
            {name: shape.unknown_fact(f"{path}.{name}") for name, shape in fields.items()}
        )

    def unreadable(self, path: str) -> Section:
        """A section of which nobody knows anything, until the mistake is mended."""
        fields = self.section.FIELDS
        return self.section(
            {name: shape.unreadable(f"{path}.{name}") for name, shape in fields.items()}
        )


class ListShape(Shape):
    """A list."""

    __slots__ = ("item",)

    def __init__(self, item: Shape) -> None:
        super().__init__()
        self.item = item

    def read(self, loader: Loader, node: Node, path: Path) -> Items[Any] | None:
        """The items that could be read."""
        if isinstance(node, Sequence):
            read = [self.item.read(loader, each, (*path, i)) for i, each in enumerate(node.items)]
            if None in read:
                return UnknownItems(item for item in read if item is not None)
            return Items(read)
        if isinstance(node, Scalar) and node.value == "unknown":
            return UNKNOWN_ITEMS
        if isinstance(node, Scalar) and node.value is None:
            self.misfit(loader, node, path, "a list")
        else:
            help = "begin each item with `- `"
            loader.fail("SPC006", f"`{dotted(path)}` is a list, not {noun(node)}", path, help)
        return None

    def unknown_fact(self, path: str) -> Items[Any]:
        """A list that may hold anything."""
        return UNKNOWN_ITEMS

    def unreadable(self, path: str) -> Items[Any]:
        """A list that may hold anything, until the mistake is mended."""
        return UNKNOWN_ITEMS


def dotted(path: Path) -> str:
    """A path as people write it: `alternatives[0].score`."""
    try:
        return ".".join(path)  # type: ignore[arg-type]  # most paths have no index, and this is quick
    except TypeError:
        return format_path(path)


def noun(node: Node) -> str:
    """What a value is, for people."""
    if isinstance(node, Mapping):
        return "a mapping"
    if isinstance(node, Sequence):
        return "a list"
    if not isinstance(node, Scalar) or node.value is None:
        return "nothing"
    value = node.value
    if isinstance(value, bool):
        return "true" if value else "false"
    return (
        f"the text `{shown(value)}`" if isinstance(value, str) else f"the number {shown(node.text)}"
    )


def shown(text: str, most: int = 60) -> str:
    """A text from the spec, short enough for a message (`most` characters) and on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 3]}..."
