"""libyaml is only ever faster: with it, without it and in whatever process, a text is read the same."""

from __future__ import annotations

import subprocess
import sys

import pytest

from mlspeclint.document import accelerator
from mlspeclint.document.build import Builder
from mlspeclint.document.parse import parse
from mlspeclint.document.tree import Scalar, Source

from .support import read, shown

SPEC = """\
# comment?! 100% ok
mlspec: 1
project: {name: "x: y", tags: [a, 'b!']}
url: http://example.com:80/a?b=c
summary: |
  Text with C#, a > b & c * d, e! f? "g" [h]

  10% off
data: &data
  examples: 10k..20k # why?
  size: 2 GiB!
labels:
  <<: *data
  required: ">= 10k"
notes: >-
  folded
  text
list:
- *data
- - nested
-
---
mlspec: 1
"""


def libyaml(text: str) -> Builder | None:
    """What libyaml makes of a text, unless it reports an error."""
    next_event = accelerator.event_source(text)
    assert next_event is not None, "the tests need ruamel.yaml.clib"
    builder = Builder(Source(text))
    try:
        builder.run(next_event)
    except Exception:
        return None
    return builder


def test_ordinary_specs_are_read_by_libyaml() -> None:
    for line_break in ("\n", "\r\n"):
        text = SPEC.replace("\n", line_break)
        assert accelerator.agrees(text)
        assert libyaml(text) is not None
        read(text)


def test_libyaml_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("the slow parser was asked")

    monkeypatch.setattr("mlspeclint.document.parse._pure", fail)
    assert parse(SPEC.encode()).documents[1].index == 1
    with pytest.raises(AssertionError):
        parse(SPEC.encode(), accelerate=False)
    with pytest.raises(AssertionError):
        parse(b"a: [")


# Texts that libyaml accepts, and that ruamel.yaml rejects or reads otherwise.
DIVERGENT = [
    "a:\tb\n",
    "- a\t\n",
    ">#",
    "a: |-#\n",
    "a: >2#\n",
    "a: |\n \n   \n",
    "a: | # c\n\n \n   \n",
    "a: &b\n  >-\n \n   \n",
    "a: |\n\n  \n b\n",
    "&x: 1",
    "[&a:b c]",
    "*a: 1",
    "|\n---",
    ">\n...",
    "a:\n...\n...",
    "{? }",
    "[?,]",
    '["":]',
    "[b, '':c]",
    "[[]:a]",
    "[&x :a]",
    "[*x :a]",
    "%YAML 1.1\n---\na: 1\n",
    "a: !!str 1\n",
]


@pytest.mark.parametrize("text", DIVERGENT)
def test_texts_that_the_parsers_read_differently(text: str) -> None:
    builder = libyaml(text)
    scalar = builder is not None and any(isinstance(d.root, Scalar) for d in builder.documents)
    assert builder is None or scalar or not accelerator.agrees(text)
    read(text)


@pytest.mark.parametrize("text", ["[http://x:80/y]", "a: [b:c, d]\n", "a: 'x\\\n  y'", "{a: b, c}"])
def test_texts_that_only_ruamel_accepts_or_both(text: str) -> None:
    assert read(text).problems == ()


PREAMBLE = "import sys\nfrom mlspeclint.document.parse import parse\n"


def run(code: str) -> str:
    """What a new Python prints."""
    done = subprocess.run(
        [sys.executable, "-c", PREAMBLE + code], capture_output=True, check=True, text=True
    )
    return done.stdout.strip()


def test_reading_with_libyaml_imports_nothing_of_ruamel() -> None:
    code = (
        "before = list(sys.meta_path)\n"
        "assert parse(b'a: 1').documents[0].root.entries['a'].value.value == 1\n"
        "print([name for name in ('ruamel', 'ruamel.yaml', '_ruamel_yaml') if name in sys.modules])\n"
        "from mlspeclint.document import accelerator\n"
        "print(accelerator._module is not None, len(sys.meta_path) - len(before))\n"
    )
    assert run(code) == "[]\nTrue 1"


LATER = """
from ruamel.yaml import YAML
from ruamel.yaml.cyaml import CSafeLoader
import ruamel.yaml, _ruamel_yaml
loader = CSafeLoader("a: [1, &b c, *b]")
assert loader.get_single_data() == {"a": [1, "c", "c"]}
loader = CSafeLoader("a: [1")
try:
    loader.get_single_data()
except ruamel.yaml.error.YAMLError as error:
    print(type(error).__module__, error.problem_mark.line)
loader = CSafeLoader("a")
assert loader.check_event(ruamel.yaml.events.StreamStartEvent)
assert YAML(typ="safe").load("a: {b: 2}") == {"a": {"b": 2}}
from mlspeclint.document import accelerator
assert accelerator._module is _ruamel_yaml
assert not any(type(finder).__name__ == "_Handback" for finder in sys.meta_path)
"""


@pytest.mark.parametrize(
    "earlier", ["", "parse(b'a: 1')\n", "parse(b'a: [')\n", "import _ruamel_yaml\n"]
)
def test_whoever_imports_ruamel_later_finds_it_whole(earlier: str) -> None:
    again = "file = parse(b'a: &x [1, {b: text}]\\nc: *x\\n')\nprint(len(file.documents[0].root.entries))\n"
    code = earlier + "parse(b'a: 1')\n" + LATER + again
    assert run(code) == "ruamel.yaml.parser 1\n2" or run(code) == "ruamel.yaml.parser 0\n2"


def test_a_c_module_that_wants_more_gets_everything() -> None:
    code = (
        "from mlspeclint.document import accelerator\n"
        "accelerator._PARTS = accelerator._PARTS[:-1]\n"
        "assert parse(b'a: 1').documents[0].root.entries['a'].value.value == 1\n"
        "print(accelerator._module is not None, 'ruamel.yaml' in sys.modules)\n"
    )
    assert run(code) == "True True"


def test_beside_other_threads_ruamel_is_imported_as_it_is() -> None:
    code = (
        "import threading\n"
        "event = threading.Event()\n"
        "thread = threading.Thread(target=event.wait)\n"
        "thread.start()\n"
        "parse(b'a: 1')\n"
        "event.set()\n"
        "print('ruamel.yaml' in sys.modules, '_ruamel_yaml' in sys.modules)\n"
    )
    assert run(code) == "True True"


BLOCKED = """
class Block:
    def find_spec(self, name, *_):
        if name == "_ruamel_yaml" or name.startswith("_ruamel_yaml_"):
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, Block())
from mlspeclint.document import accelerator
from tests.document.support import shown
texts = sys.stdin.buffer.read().split(b"\\f")
for text in texts:
    assert shown(parse(text)) == shown(parse(text, accelerate=False))
    print(ascii(shown(parse(text))))
print(accelerator._module, "ruamel" in sys.modules)
"""


def test_without_the_c_module_everything_is_the_same() -> None:
    texts = [SPEC, "a: [", "a: 1\na: 2\n", "a: *b", "é: 'x\u2028y'", *DIVERGENT]
    done = subprocess.run(
        [sys.executable, "-c", PREAMBLE + BLOCKED],
        input="\f".join(texts).encode(),
        capture_output=True,
        check=True,
    )
    *lines, last = done.stdout.decode().splitlines()
    assert lines == [ascii(shown(parse(text.encode()))) for text in texts]
    assert last == "None True"


def test_without_the_c_module_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = shown(parse(SPEC.encode()))
    monkeypatch.setattr(accelerator, "_module", None)
    monkeypatch.setattr(accelerator, "_tried", False)
    monkeypatch.setitem(sys.modules, "_ruamel_yaml", None)
    assert shown(parse(SPEC.encode())) == expected
    assert accelerator._module is None


def test_anything_odd_that_libyaml_does_is_left_to_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = shown(parse(SPEC.encode(), accelerate=False))

    def odd(_: str) -> object:
        def next_event() -> object:
            raise RuntimeError

        return next_event

    monkeypatch.setattr(accelerator, "event_source", odd)
    assert shown(parse(SPEC.encode())) == expected
    monkeypatch.setattr(accelerator, "event_source", lambda _: lambda: None)
    assert shown(parse(SPEC.encode())) == expected
