"""Files from strangers: whatever their bytes, a check ends in findings with places, and soon."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlspeclint.document import accelerator
from mlspeclint.engine.check import check_file
from mlspeclint.engine.finding import FileReport, Run
from mlspeclint.engine.settings import Settings
from mlspeclint.report import concise, full, json, statistics
from mlspeclint.report.style import Style
from mlspeclint.rules import RULES

from ..engine.support import complete
from ..report.support import COLOUR
from ..running import EXAMPLES

SETTINGS = Settings(today=date(2026, 11, 21))
STYLES = (Style(), Style(colour=True, width=40), Style(encoding="ascii", width=1))
SPECS = {path.name: path.read_bytes() for path in sorted(EXAMPLES.glob("*.yaml"))}

HEAD = b"mlspec: 1\nproject: {name: a}\ntask: {type: other, modality: text}\napproach: {family: rules}\n"
HOSTILE = {
    "nothing": b"",
    "one byte": b"\xff",
    "NUL": b"\0",
    "NULs": b"\0" * 1000,
    "zip": b"PK\x03\x04\x14\0\0\0\x08\0",
    "UTF-16": "mlspec: 1\n".encode("utf-16"),
    "UTF-32": "mlspec: 1\n".encode("utf-32"),
    "only a mark": b"\xef\xbb\xbf",
    "cut in a character": "project: é".encode()[:-1],
    "brackets": b"[" * 100_000,
    "braces": b"{" * 100_000,
    "nested keys": b"\n".join(b" " * depth + b"a:" for depth in range(500)),
    "dashes": b"- " * 50_000,
    "questions": b"? " * 50_000,
    "laughs": b"a: &a [x, x, x, x, x, x, x, x, x]\n"
    + b"".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(9 * [f'*{chr(97 + n)}'])}]\n".encode()
        for n in range(20)
    ),
    "itself": b"a: &a [*a]\n",
    "merging itself": b"a: &a\n  <<: *a\n",
    "merging a list": b"a: &a [1]\nb:\n  <<: *a\n",
    "no such anchor": b"a: *nothing\n",
    "keys": b"? [1, 2]\n: 3\n? {a: 1}\n: 2\n1: 2\ntrue: 3\nnull: 4\n2026-01-01: 5\n",
    "a key twice": HEAD * 2,
    "tags": b"!!python/object/apply:os.system [echo]\n",
    "tag in a value": HEAD + b"budget: !!python/name:os.system {total: 1}\n",
    "directives": b"%YAML 1.1\n%TAG ! tag:x,2000:\n---\n" + HEAD,
    "documents": b"---\n" * 5000,
    "digits": HEAD + b"data: {examples: " + b"9" * 5000 + b"}\n",
    "exponent": HEAD + b"data: {examples: 1e999999999}\n",
    "not a number": HEAD + b"data: {examples: .nan, hours: .inf}\nbudget: {total: -.inf}\n",
    "hexadecimal": HEAD + b"data: {examples: 0x" + b"f" * 5000 + b"}\n",
    "dots": HEAD + b"data: {examples: 1.." * 5 + b"2}\n",
    "units": HEAD + b"serving: {latency: 9999999999999999 y, model_memory: 1e30 PiB}\n",
    "dates": HEAD + b"project: {created: 9999-12-31, deadline: 0000-00-00}\n",
    "first and last day": HEAD
    + b"labels: {required: 5, labelled: 1, per_day: 1}\nwaivers: [{rule: x, reason: y, by: z, "
    b"until: 9999-12-31}]\n",
    "long key": HEAD + b"x" * 100_000 + b": 1\n",
    "long text": HEAD + b"labels: {source: " + b"crowd " * 50_000 + b"}\n",
    "lists for everything": HEAD
    + b"".join(
        name + b": [1]\n"
        for name in (
            b"alternatives",
            b"data",
            b"labels",
            b"budget",
            b"target",
            b"waivers",
            b"people",
        )
    ),
    "texts for sections": HEAD + b"data: many\nlabels: none\nbudget: unknown\nwaivers: unknown\n",
    "nothing in sections": HEAD
    + b"data:\nlabels: {}\nbudget: ~\nwaivers: []\nalternatives: [~, {}]\n",
    "comments of waivers": HEAD + b"# mlspeclint: ignore[" * 1000 + b"\n",
    "a comment on every line": b"a: 1 # mlspeclint: ignore[LBL301] -- x\n" * 3000,
    "a thousand waivers": HEAD
    + b"waivers:\n"
    + b"  - {rule: LBL301, reason: x, by: y, until: 2027-01-01}\n" * 1000,
    "quotes": b'a: "' + b"\\" * 9999,
    "escapes": HEAD + rb'project: {summary: "\0\x07\u202e\U0010ffff\uD83D"}',
    "carriage returns": HEAD.replace(b"\n", b"\r"),
    "form feed": b"a: 1\f\n",
    "separators": "a: 1\u2028b: 2\x85c: 3\n".encode(),
    "block scalars": b"a: |9\n  x\nb: >-\n c\n" * 100,
}


def judged(data: bytes) -> FileReport:
    """The report on a file, which must be one: with places, and showable in every way."""
    report = check_file(data, "ml-project.yaml", SETTINGS)
    lines = data.count(b"\n") + data.count(b"\r") + 1
    for finding in report.findings:
        assert finding.range is not None, finding.message
        assert (1, 1) <= finding.range.start <= finding.range.end
        assert finding.range.end[0] <= lines + 1
        assert re.fullmatch("[A-Z]{3}[0-9]{3}", finding.code)
        assert finding.message
        assert len(finding.message) < 2_000
        assert len(finding.fingerprint) == 32
    run = Run([report])
    for style in STYLES:
        for text in (
            full.render(run, style, undecided=True),
            concise.render(run, style),
            statistics.render(run, style),
        ):
            plain = COLOUR.sub("", text) if style.colour else text
            assert all(c.isprintable() or c == "\n" for c in plain)
    assert json.render(run).isascii()
    return report


@pytest.mark.parametrize("name", HOSTILE)
def test_known_tricks(name: str) -> None:
    started = time.process_time()
    judged(HOSTILE[name])
    assert time.process_time() - started < 30  # a hang, not a speed


BROKEN = sorted(set(HOSTILE) - {"carriage returns", "first and last day", "directives"})


@pytest.mark.parametrize("name", BROKEN)
def test_each_is_told_to_be_wrong(name: str) -> None:
    report = check_file(HOSTILE[name], "ml-project.yaml", SETTINGS)
    codes = {finding.code for finding in report.findings}
    assert {code for code in codes if code.startswith(("SPC", "WVR"))}, codes


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_random_bytes(data: bytes) -> None:
    assert judged(data).findings


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.text(st.sampled_from(" \n\t-:?,[]{}&*!|>'\"%@`#ab1.~<="), max_size=60))
def test_random_signs_of_yaml(text: str) -> None:
    assert judged(text.encode()).findings


VALUES = st.one_of(
    st.sampled_from(
        ["unknown", "0", "-1", "1..2", ">= 1", "'<= 2'", "1e30", "95%", "", "~", "[]", "{}", "true"]
    ),
    st.sampled_from(["never", "0 s", "1 y", "0 GB", "2026-11-21", "9999-12-31", "0.0001", "1e15"]),
)


@settings(
    derandomize=True,
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.sampled_from(sorted(SPECS)), st.randoms(use_true_random=False), st.data())
def test_examples_with_other_values(name: str, chance: random.Random, data: st.DataObject) -> None:
    lines = SPECS[name].decode().splitlines()
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(lines))
        key, colon, _ = lines[at].partition(": ")
        if colon:
            lines[at] = f"{key}: {data.draw(VALUES)}"
    judged("\n".join(lines).encode())


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A file with a few bytes lost, doubled, swapped or made up."""
    for _ in range(chance.randint(1, 8)):
        at, size = chance.randrange(len(data) + 1), chance.choice((1, 1, 2, 10, 100))
        kind = chance.randrange(4)
        if kind == 0:
            data = data[:at] + data[at + size :]
        elif kind == 1:
            data = data[:at] + data[at : at + size] * 2 + data[at + size :]
        elif kind == 2:
            data = data[:at] + chance.randbytes(min(size, 3)) + data[at + size :]
        else:
            there = chance.randrange(len(data) + 1)
            data = data[:at] + data[there : there + size] + data[at:]
    return data


@pytest.mark.parametrize("seed", range(120))
def test_examples_with_damage(seed: int) -> None:
    chance = random.Random(seed)
    judged(mutated(SPECS[chance.choice(sorted(SPECS))], chance))


def documents() -> Iterator[tuple[str, bytes]]:
    """Every document of the tests of this folder, of the examples, and of the rules' pages."""
    yield from SPECS.items()
    yield from HOSTILE.items()
    for rule in RULES:
        blocks = re.findall(r"^```yaml\n(.*?)^```$", rule.page, re.MULTILINE | re.DOTALL)
        for number, block in enumerate(blocks):
            yield f"{rule.code} {number}", complete(block).encode()
    for seed in range(40):
        chance = random.Random(1000 + seed)
        yield f"damage {seed}", mutated(SPECS[chance.choice(sorted(SPECS))], chance)


DOCUMENTS = dict(documents())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_same_without_the_c_parser(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = DOCUMENTS[name]
    fast = json.render(Run([check_file(data, name, SETTINGS)]))
    monkeypatch.setattr(accelerator, "event_source", lambda text: None)
    assert json.render(Run([check_file(data, name, SETTINGS)])) == fast


def test_the_c_parser_is_what_is_compared() -> None:
    assert accelerator.event_source("a: 1") is not None
