"""The pages that are made from the sources: none is missing, and what they hold stays text."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from mlspeclint.document import limits
from mlspeclint.knowledge._bibliography import SOURCES
from mlspeclint.knowledge.pages import table
from mlspeclint.report.catalogue import catalogue
from mlspeclint.report.pages import fields as fields_of_the_schema
from mlspeclint.rules import RULES
from mlspeclint.spec.kinds import KINDS

from ..golden.test_examples import NAMES, SILENT
from ..running import ROOT, run
from .support import examples, fields, handwritten, knowledge, reasons, rules, text

MADE = {
    "rules": lambda: rules.pages(reasons.reasons()),
    "fields": fields.pages,
    "knowledge": knowledge.pages,
    "examples": examples.pages,
}


@cache
def made(kind: str) -> dict[str, str]:
    """The pages of a kind, made when the first test asks for them."""
    return dict(MADE[kind]())


GUIDES = {name: path.read_text(encoding="utf-8") for name, path in handwritten.sources().items()}


class TestRules:
    def test_every_rule_has_a_page(self) -> None:
        for row in catalogue():
            page = made("rules")[f"rules/{row['code']}.md"]
            assert f"\n# {row['code']} {row['name']}\n" in page
            group, line = row["code"][:3], f"| [{row['code']}]({row['code']}.md) {row['name']} |"
            assert line in made("rules")[f"rules/{group}.md"]
            assert line in made("rules")["rules/index.md"]

    def test_names_and_groups_are_no_codes(self) -> None:
        addresses = [row[key] for row in catalogue() for key in ("code", "name")]
        assert len({each.lower() for each in [*addresses, *rules.GROUPS, "index"]}) == (
            len(addresses) + len(rules.GROUPS) + 1
        )

    @pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
    def test_a_page_tells_what_the_rule_has(self, rule: Any) -> None:
        page = made("rules")[f"rules/{rule.code}.md"]
        assert f"[{rule.severity}](../findings.md#severity)" in page
        for path in rule.reads:
            assert f"[`{path}`](../fields/{path}.md)" in page
        for other in rule.yields_to:
            assert f"yields to [{other} " in page
            assert (
                f"[{rule.code} {rule.name}]({rule.code}.md) yields to it"
                in (made("rules")[f"rules/{other}.md"])
            )
        for source in rule.sources:
            assert f"[{source}](#source-{source})" in page
        for topic in rule.figures:
            assert table(topic)["title"] in page.replace("\\", "")
        for name in knowledge.limits_of(rule.code):
            assert f"| [`{name}`](#limit-{name}) |" in page
        waiver = f"  - rule: {rule.code}\n"
        assert (waiver in page) == rule.waivable

    def test_examples_show_what_is_really_said(self) -> None:
        page = made("rules")["rules/LBL301.md"]
        bad, good = page.split("**Reported**")[1].split("**Not reported**")
        assert "error[LBL301] labelling-over-budget: labelling 188,000 more items" in bad
        assert "= clears when: labels.required <= 52k" in bad
        assert "ml-project.yaml: no findings" in good

    def test_an_example_that_is_not_reported_fails(self) -> None:
        with pytest.raises(ValueError, match="the example of LBL301 is not reported"):
            rules._shown(
                "LBL301", "Reported", b"".join(map(str.encode, rules.REQUIRED.values())), {}
            )

    def test_reasons_name_their_rules(self) -> None:
        assert len(reasons.reasons()) == 12
        assert "A3 (much data, but no labels)" in made("rules")["rules/LBL301.md"]


class TestFields:
    def test_every_field_has_a_page(self) -> None:
        paths = [path for path, _ in fields_of_the_schema()]
        assert len(paths) > 150
        assert {f"fields/{path}.md" for path in [*paths, "index"]} == made("fields").keys()
        for path in paths:
            assert f"# {path}\n" in made("fields")[f"fields/{path}.md"]

    def test_words_are_explained(self) -> None:
        """Each word that a field allows, and no other; those of an alternative are the approach's."""
        told = {}
        for path, field in fields.fields().items():
            shape = field.shape.shape
            options = shape.options or (shape.item.options if shape.item else ())
            if options and path != "budget.currency":
                assert list(fields.meanings_of(path)) == list(options), path
                told[path] = options
        assert fields.meanings().keys() <= told.keys()

    def test_a_page_tells_what_the_field_has(self) -> None:
        page = made("fields")["fields/compute.experiments.md"]
        assert "- **Unit**: runs" in page
        assert "- **Absent**: `1..20` is assumed" in page
        assert "(../rules/CST401.md)" in page
        assert "counts as not done" in made("fields")["fields/project.kpi.md"]
        assert "Every spec has it" in made("fields")["fields/task.type.md"]
        assert "Every entry of the list has it" in made("fields")["fields/waivers.until.md"]
        assert "is not accepted" in made("fields")["fields/project.name.md"]
        assert "is accepted" in made("fields")["fields/data.examples.md"]

    @pytest.mark.parametrize("path", [path for path in fields.fields() if fields.is_quantity(path)])
    def test_examples_are_right(self, path: str) -> None:
        block = re.search(
            r"```\{code-block\} yaml\n:force:\n\n(.*?)```",
            made("fields")[f"fields/{path}.md"],
            re.S,
        )
        assert block is not None
        kind = fields.fields()[path].shape.shape.kind
        assert kind is not None
        for line in block[1].splitlines():
            value = line.partition(": ")[2].strip('"')
            if value != "unknown":
                kind.read(value)


class TestKnowledge:
    def test_every_table_and_source_is_there(self) -> None:
        assert {f"evidence/{topic}.md" for topic in knowledge.topics()} < made("knowledge").keys()
        for name in SOURCES:
            assert f"\n(source-{name})=\n" in made("knowledge")["bibliography.md"]
        for name in knowledge.limits():
            assert f"| `{name}`{{#limit-{name}}} |" in made("knowledge")["limits.md"]

    def test_counts_are_those_of_explain(self) -> None:
        said = run("explain", "DAT101").out
        page = made("rules")["rules/DAT101.md"]
        rows = re.findall(
            r"^  (all|binary) +([\d,]+) +([\d,]+|no limit) +(\d+) +(\d+) +(\d+) +(\d+)$", said, re.M
        )
        assert len(rows) > 5
        for row in rows:
            assert f"| {' | '.join(row)} |" in page

    def test_a_table_holds_text(self) -> None:
        rows = knowledge._rows([{"a|b": "<b>`x`|[y](z)", "n": 1234}])
        assert rows == [
            "| a\\|b | n |",
            "| --- | ---: |",
            "| &lt;b&gt;\\`x\\`\\|\\[y\\](z) | 1,234 |",
            "",
        ]


class TestExamples:
    def test_every_example_has_a_page_with_what_is_said_of_it(self) -> None:
        for name in NAMES:
            page = made("examples")[f"examples/{name}.md"]
            assert (ROOT / "examples" / f"{name}.full.txt").read_text(encoding="utf-8") in page
            assert (ROOT / "examples" / f"{name}.ml-project.yaml").read_text(
                encoding="utf-8"
            ) in page

    def test_the_quiet_ones_are_told_apart(self) -> None:
        loud, quiet = made("examples")["examples/index.md"].split("\n## Without\n")
        assert set(re.findall(r"^\| \[`([\w-]+)`\]", quiet, re.M)) == SILENT
        assert set(re.findall(r"^\| \[`([\w-]+)`\]", loud, re.M)) == set(NAMES) - SILENT

    def test_the_page_on_silence_names_them(self) -> None:
        assert set(re.findall(r"^\| \[([\w-]+)\]", GUIDES["silence.md"], re.M)) == SILENT


class TestFormat:
    def test_every_kind_of_value_is_explained(self) -> None:
        headings = re.findall(r"^### (.+)$", GUIDES["format.md"], re.M)
        assert [each.lower().replace(" ", "_") for each in headings] == [*KINDS, "words_and_text"]

    @pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
    def test_its_spellings_are_accepted(self, kind: Any) -> None:
        title = kind.name.replace("_", " ").capitalize()
        section = GUIDES["format.md"].split(f"### {title}\n\n")[1]
        spellings = re.findall(r"`([^`]+)`", re.split(r": |\. ", section)[0])
        assert spellings
        for each in spellings:
            kind.read(each)

    def test_the_limits_are_those_of_the_parser(self) -> None:
        section = GUIDES["format.md"].split("## Limits of size\n")[1].partition("\n## ")[0]
        assert limits.MAX_BYTES == 1_000_000
        assert "1 MB" in section
        for limit in (
            limits.MAX_DEPTH,
            limits.MAX_NODES,
            limits.MAX_DOCUMENTS,
            limits.MAX_PROBLEMS,
        ):
            assert f"{limit:,}" in section


class TestHandwritten:
    THERE = frozenset(
        ("rules/LBL301.md", "examples/starter.md", "index.md", "changelog.md", "format.md")
    )

    @pytest.mark.parametrize(
        ("link", "moved"),
        [
            ("[a](format.md#ranges)", "[a](../format.md#ranges)"),
            ("[a](../CHANGELOG.md)", "[a](../changelog.md)"),
            ("[a](../README.md)", "[a](../index.md)"),
            ("[a](../examples/starter.ml-project.yaml)", "[a](../examples/starter.md)"),
            ("[in\ntwo](rules/LBL301.md)", "[in\ntwo](../rules/LBL301.md)"),
            ("[a](https://example.com/x.md)", "[a](https://example.com/x.md)"),
            ("[a](#here)", "[a](#here)"),
            ("[a](../action.yml)", "[a](../files/action.yml)"),
            (
                "```\n[a](nowhere.md)\n```\n[a](format.md)",
                "```\n[a](nowhere.md)\n```\n[a](../format.md)",
            ),
            ("<!-- of\nwhom -->\ntext", "text"),
        ],
    )
    def test_links_lead_to_pages(self, link: str, moved: str) -> None:
        assert handwritten.linked(link, "docs/x.md", "sub/x.md", set(self.THERE)) == moved

    def test_a_link_to_what_the_site_does_not_have_fails(self) -> None:
        with pytest.raises(
            handwritten.NoSuchPage, match=r"docs/x\.md: no page for the link to \.\./src/x"
        ):
            handwritten.linked("[a](../src/x.py)", "docs/x.md", "x.md", set(self.THERE))

    def test_files_that_are_no_pages_are_copied(self) -> None:
        texts = ["[a](../files/action.yml) [b](files/src/x.toml)", "[c](format.md)"]
        assert handwritten.downloads(texts) == {"action.yml", "src/x.toml"}

    def test_docstrings(self) -> None:
        asked = "```{docstring} mlspeclint.feasibility.labelling:missing_labels\n```"
        assert handwritten.with_docstrings(asked).startswith("Items that are still to be labelled")
        asked = "```{docstring} mlspeclint.feasibility.cost_model\n```"
        assert handwritten.with_docstrings(asked).startswith("    total = build + collection")
        with pytest.raises(AttributeError):
            handwritten.with_docstrings(
                "```{docstring} mlspeclint.feasibility.labelling:nothing\n```"
            )


def test_a_block_holds_any_text() -> None:
    assert text.block("a\n````\nb\n")[0] == "`````{code-block} text"
    assert text.code("a`b") == "`` a`b ``"


def test_a_second_build_writes_what_has_changed(tmp_path: Path) -> None:
    pytest.importorskip("sphinx")
    from build_docs import redirects, write

    assert write(tmp_path, {"a.md": "one", "b/c.md": "two"})
    before = (tmp_path / "a.md").stat().st_mtime_ns
    assert not write(tmp_path, {"a.md": "one", "b/c.md": "three"})
    assert (tmp_path / "a.md").stat().st_mtime_ns == before
    assert (tmp_path / "b" / "c.md").read_text(encoding="utf-8") == "three"
    assert write(tmp_path, {"a.md": "one"})
    assert [path.name for path in tmp_path.rglob("*.md")] == ["a.md"]
    assert 'url=LBL301.html"' in redirects()["rules/labelling-over-budget.html"]
