"""`mlspeclint record`: what a decision record tells, and that nothing in a spec becomes Markdown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ..engine.support import complete
from ..report.support import is_safe
from ..running import EXAMPLES, TODAY, run

NAMES = sorted(path.name.removesuffix(".ml-project.yaml") for path in EXAMPLES.glob("*.yaml"))
HEADINGS = [
    "Context", "Decision", "Facts", "Conflicts", "What cannot be ruled out", "Waivers", "Alternatives",
    "Cost", "What would change the verdict", "What is undecided, and what to find out next",
]  # fmt: skip


def record(text: str, *options: str) -> str:
    ran = run("record", "-", "--today", TODAY, *options, stdin=complete(text).encode())
    assert (ran.status, ran.err) == (0, "")
    return ran.out


def example(name: str) -> str:
    ran = run("record", EXAMPLES / f"{name}.ml-project.yaml", "--today", TODAY)
    assert (ran.status, ran.err) == (0, "")
    return ran.out


def section(out: str, heading: str) -> str:
    return out.partition(f"## {heading}\n")[2].partition("\n## ")[0]


def cells(row: str) -> int:
    """The cells of a row of a table: pipes that no backslash makes plain."""
    return len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) - 1


@pytest.mark.parametrize("name", NAMES)
def test_every_example(name: str) -> None:
    out = example(name)
    assert re.findall(r"^## (.*)$", out, re.MULTILINE) == HEADINGS
    assert out.startswith("# ")
    assert f"- Date: {TODAY}\n" in out
    tables = re.findall(r"(?:^\|.*\n)+", out, re.MULTILINE)
    assert len(tables) >= 3
    for table in tables:
        head, marks, *rows = table.splitlines()
        assert set(marks) <= set("|-: ")
        assert {cells(row) for row in (head, marks, *rows)} == {cells(head)}


class TestContent:
    def test_status_and_decision(self) -> None:
        out = example("support-tickets")
        assert (
            "# support-tickets: deep learning, fine-tuned (DistilBERT, 66,000,000 parameters, on"
            in out
        )
        assert "- Status: accepted (stage: production)\n" in out
        assert "- Owner: customer care\n" in out
        assert "- Verdict: no findings\n" in out
        assert "Fewest conflicts: fine-tuned, the chosen one" in section(out, "Decision")

    @pytest.mark.parametrize(
        ("stage", "status"),
        [("idea", "draft"), ("pilot", "accepted for a pilot"), ("unknown", "unknown")],
    )
    def test_the_stage_makes_the_status(self, stage: str, status: str) -> None:
        out = record(f"project: {{name: example, stage: {stage}}}")
        assert f"- Status: {status} (stage: {stage})\n" in out

    def test_facts(self) -> None:
        facts = section(example("claims-photos"), "Facts")
        assert "| `data.examples` | 20,000..30,000 |\n" in facts
        assert "| `budget.total` | 220k EUR |\n" in facts
        assert "| `explainability.affects_people` | no |\n" in facts
        assert (
            "Asked, and not known: `approach.base_model.same_domain`, `serving.error_rate`" in facts
        )
        assert "waited for by a rule: `data.changes_every`" in facts

    def test_lists_are_told_in_words(self) -> None:
        facts = section(example("support-tickets"), "Facts")
        assert "| `target.curve` | 2,500: 0.801; 5,000: 0.838; " in facts
        facts = section(
            record("explainability: {regimes: [GDPR, unknown]}\npeople: {practices: []}"), "Facts"
        )
        assert "| `explainability.regimes` | GDPR; unknown |" in facts
        assert "| `people.practices` | none |" in facts
        facts = section(record("data: {sources: unknown}"), "Facts")
        assert "Asked, and not known: `data.sources`." in facts

    def test_conflicts_with_numbers(self) -> None:
        out = example("chest-x-rays")
        assert "- Verdict: 1 error, 2 warnings, " in out
        conflicts = section(out, "Conflicts")
        assert (
            "| LBL301 labelling-over-budget | error | labelling 51,000 more items costs 678.3k USD"
            in conflicts
        )
        changes = section(out, "What would change the verdict")
        assert "- LBL301 clears when labels.required &lt;= 20.2k" in changes
        assert "- Cheapest change: labels.required &lt;= 20.2k (now 60,000) and " in changes

    def test_what_is_possible(self) -> None:
        out = example("claims-photos")
        possible = section(out, "What cannot be ruled out")
        assert "cannot be ruled out: " not in possible
        assert re.search(
            r"\| LBL301 labelling-over-budget \| labelling .* \| `labels.cost_each` \|\n", possible
        )
        assert section(out, "Conflicts").strip() == "No rule finds a conflict that counts."

    def test_waivers(self) -> None:
        waivers = section(example("pump-failures"), "Waivers")
        assert "| Maintenance lead | 2027-06-30 | spec |\n" in waivers
        assert "| not named | 2027-02-28 | comment |\n" in waivers
        assert section(example("support-tickets"), "Waivers").strip() == "None."

    def test_alternatives(self) -> None:
        alternatives = section(example("news-recommender"), "Alternatives")
        assert "| Approach | Status | Score | Reason | Training time |\n" in alternatives
        assert (
            "| classical ML, item nearest neighbours | measured | 0.231 |  | 4 min |\n"
            in alternatives
        )
        assert re.search(
            r"\| from scratch \(chosen\) \| 2 \| 6 \| 0 \| \d+ \| met \|", alternatives
        )
        assert "Alternatives are not declared." in section(example("telco-churn"), "Alternatives")
        assert "Alternatives are unknown." in record("alternatives: unknown")

    def test_cost(self) -> None:
        cost = section(example("claims-photos"), "Cost")
        assert "| **with the model** |  |  |  | **243.1k** | **not known** |\n" in cost
        assert "- break-even volume: &gt;= 1,091 items a month (planned: 2,000..6,000)\n" in cost

    def test_what_would_raise_a_conflict(self) -> None:
        changes = section(example("support-tickets"), "What would change the verdict")
        assert "What would raise an error or a warning that there is not, nearest first:" in changes
        assert "- TGT807 beyond-state-of-the-art: target.value above 0.93\n" in changes
        waived = section(example("pump-failures"), "What would change the verdict")
        assert "- RTR603 (waived) clears when labels.latency &lt;= 5 months\n" in waived

    def test_what_to_find_out_next(self) -> None:
        undecided = section(
            example("claims-photos"), "What is undecided, and what to find out next"
        )
        assert "| `retraining.cost_each` | CST403, CST406, RTR602 |  |\n" in undecided
        assert "more facts: `mlspeclint check --undecided`." in undecided
        assert "Every rule that looks at the plan can be decided." in example("support-tickets")

    def test_it_is_the_same_every_time(self) -> None:
        assert example("chest-x-rays") == example("chest-x-rays")


class TestEscapes:
    HOSTILE = r"""
        project: {name: example, owner: "[a](javascript:x) ![b](http://c)", summary: "# x\n## y\r\n| z |"}
        approach: {family: deep_learning, training: fine_tuning, architecture: "`code` </td><script>"}
        alternatives:
          - {family: rules, status: rejected, reason: "a | b \\| c\u2028d\x1b[31m", algorithm: "*x* ~~z~~"}
        data: {sources: [{path: "a|b.csv", format: "<b>"}]}
        serving: {latency: 3 s, latency_limit: 1 s}
        waivers:
          - {rule: CST408, reason: "www.evil.example | <img src=x>", by: "- @team\n1. x", until: 2027-06-30}
    """

    def test_nothing_becomes_markup(self) -> None:
        ran = run("record", "-", "--today", TODAY, stdin=complete(self.HOSTILE).encode())
        assert ran.status == 0
        assert is_safe(ran)
        out = ran.out
        assert not re.search(r"<(?!br)[a-z/!]", out)
        assert re.findall(r"^## (.*)$", out, re.MULTILINE) == HEADINGS
        assert not re.search(r"(?<!\\)\[", out)
        assert r"a \| b \\\| c d\\x1b\[31m" in out
        for row in re.findall(r"^\|.*\n", out, re.MULTILINE):
            assert cells(row) >= 2
        waivers = section(out, "Waivers")
        assert (
            r"| www\.evil.example \| &lt;img src=x&gt; | \- \@team 1. x | 2027-06-30 | spec |"
            in waivers
        )

    @given(
        st.text(
            st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Z", "M")), max_size=40
        )
    )
    @settings(max_examples=40, deadline=None, derandomize=True)
    def test_whatever_a_text_holds(self, text: str) -> None:
        quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        spec = f"""
            project: {{name: example, summary: {quoted}, owner: {quoted}}}
            alternatives: [{{family: rules, status: rejected, reason: {quoted}, algorithm: {quoted}}}]
        """
        ran = run("record", "-", stdin=complete(spec).encode())
        if ran.status == 1:
            return  # no character of YAML
        assert re.findall(r"^## (.*)$", ran.out, re.MULTILINE) == HEADINGS
        for table in re.findall(r"(?:^\|.*\n)+", ran.out, re.MULTILINE):
            assert len({cells(row) for row in table.splitlines()}) == 1

    def test_a_parser_finds_no_markup_of_the_spec(self) -> None:
        markdown_it = pytest.importorskip("markdown_it")
        parser = markdown_it.MarkdownIt("commonmark").enable("table")
        tokens = parser.parse(record(self.HOSTILE))
        inline = [child for token in tokens for child in token.children or ()]
        kinds = {token.type for token in (*tokens, *inline)}
        assert not kinds & {"html_block", "html_inline", "link_open", "image", "em_open", "s_open"}
        headings = [token for token in tokens if token.type == "heading_open"]
        assert len(headings) == len(HEADINGS) + 1


class TestCommand:
    TWO = (complete("project: {name: one}") + "---\n" + complete("project: {name: two}")).encode()

    def test_to_a_file(self, tmp_path: Path) -> None:
        path = tmp_path / "0001.md"
        source = EXAMPLES / "starter.ml-project.yaml"
        ran = run("record", source, "--today", TODAY, "-o", path)
        assert (ran.status, ran.out) == (0, "")
        assert path.read_text(encoding="utf-8") == example("starter")
        assert run("record", source, "-o", tmp_path / "no" / "where.md").status == 2

    def test_documents(self) -> None:
        out = run("record", "-", stdin=self.TWO).out
        assert re.findall(r"^# (\w+):", out, re.MULTILINE) == ["one", "two"]
        second = run("record", "-", "--document", "2", stdin=self.TWO).out
        assert re.findall(r"^# (\w+):", second, re.MULTILINE) == ["two"]

    def test_a_mistake_in_the_spec(self) -> None:
        ran = run("record", "-", stdin=complete("budget: {totle: 1}").encode())
        assert (ran.status, ran.out) == (1, "")
        assert "error[SPC004]" in ran.err

    def test_usage(self) -> None:
        assert run("record").status == 2
        assert run("record", EXAMPLES).status == 2
        assert run("record", "-", "--today", "tomorrow", stdin=self.TWO).status == 2

    def test_on_an_ascii_console(self) -> None:
        text = complete("project: {name: example, summary: naïve ∞}").encode()
        ran = run("record", "-", stdin=text, encoding="ascii")
        assert ran.status == 0
        assert ran.out.isascii()

    def test_help_has_examples(self) -> None:
        assert "mlspeclint record ml-project.yaml -o docs/decisions/" in run("record", "--help").out
