"""From a document to a spec: what is read, and what is said of what cannot be."""

from __future__ import annotations

from datetime import date
from math import inf
from typing import Any

import pytest

from mlspeclint.document.limits import MAX_PROBLEMS
from mlspeclint.document.parse import parse
from mlspeclint.spec.facts import DECLARED, DEFAULT, UNKNOWN, UNREADABLE
from mlspeclint.spec.load import NEEDS_LABELS, load

from .support import Read, read

Told = tuple[str, str, str]

STARTER = """
# yaml-language-server: $schema=./schemas/ml-project.v1.schema.json
mlspec: 1
project:
  name: invoice-routing
  stage: idea
task:
  type: classification
  modality: text
approach:
  family: deep_learning
  training: fine_tuning
"""


def test_the_starter_of_the_format_is_read() -> None:
    document = Read(STARTER)
    assert document.problems == []
    assert document.spec.project.name.text == "invoice-routing"
    assert document.spec.project.stage.text == "idea"
    assert document.spec.approach.training.text == "fine_tuning"


class TestWholeFiles:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", ("SPC005", "", "")),
            ("# only a comment\n", ("SPC005", "", "# only a comment")),
            ("- mlspec: 1\n", ("SPC006", "", "- mlspec: 1")),
            ("mlspec\n", ("SPC006", "", "mlspec")),
            ("null\n", ("SPC006", "", "null")),
            ("mlspec: 2\nfoo: 1\n", ("SPC008", "mlspec", "2")),
            ("foo: 1\nmlspec: 0.9\n", ("SPC008", "mlspec", "0.9")),
        ],
    )
    def test_no_spec(self, text: str, expected: Told) -> None:
        document = Read(text)
        assert document.told() == [expected]
        assert not document.has_spec

    def test_what_every_spec_has(self) -> None:
        document = Read("data: {examples: 5}\n")
        assert document.told() == [
            ("SPC005", field, "data") for field in ("mlspec", "project", "task", "approach")
        ]
        assert [problem.help for problem in document.problems] == [
            "begin the spec with `mlspec: 1`",
            "every spec has `project.name`",
            "every spec has `task.type` and `task.modality`",
            "every spec has `approach.family`",
        ]

    @pytest.mark.parametrize("version", ["1", "1.0", "1e0", "0x1"])
    def test_the_version(self, version: str) -> None:
        assert read(f"mlspec: {version}").problems == []

    @pytest.mark.parametrize("version", ["'1'", "true", "one", "", "[1]", "unknown", "2027-01-01"])
    def test_no_version(self, version: str) -> None:
        (problem,) = read(f"mlspec: {version}").problems
        assert (problem.code, problem.path) == ("SPC006", "mlspec")
        assert problem.help == "write `mlspec: 1`"

    def test_documents_are_specs_of_their_own(self) -> None:
        file = parse(b"mlspec: 3\n---\nmlspec: 1\nfoo: 2\n")
        codes = [[problem.code for problem in load(each).problems] for each in file.documents]
        assert codes == [["SPC008"], ["SPC004", "SPC005", "SPC005", "SPC005"]]


class TestFields:
    """One finding for each cause, at the value, in words for people."""

    @pytest.mark.parametrize(
        ("fragment", "expected", "help"),
        [
            # Unknown fields, at their key.
            (
                "labels: {cost_eech: 1}",
                ("SPC004", "labels.cost_eech", "cost_eech"),
                "did you mean `labels.cost_each`?",
            ),
            (
                "labels: {Cost-Each: 1}",
                ("SPC004", "labels.Cost-Each", "Cost-Each"),
                "did you mean `labels.cost_each`?",
            ),
            (
                "labels: {examples: 5}",
                ("SPC004", "labels.examples", "examples"),
                "did you mean `data.examples`?",
            ),
            (
                "cost_each: 5",
                ("SPC004", "cost_each", "cost_each"),
                "did you mean `labels.cost_each`?",
            ),
            ("budgets: {total: 5}", ("SPC004", "budgets", "budgets"), "did you mean `budget`?"),
            (
                "alternatives: [{family: rules, scores: 1}]",
                ("SPC004", "alternatives[0].scores", "scores"),
                "did you mean `alternatives[0].score`?",
            ),
            (
                "approach: {family: rules, base_model: {licenze: MIT}}",
                ("SPC004", "approach.base_model.licenze", "licenze"),
                "did you mean `approach.base_model.licence`?",
            ),
            ("qqq: 5", ("SPC004", "qqq", "qqq"), "keys of your own begin with `x-`"),
            ("X-team: 5", ("SPC004", "X-team", "X-team"), "keys of your own begin with `x-`"),
            (
                "alternatives: [{family: rules, reason: too slow, too dear}]",
                ("SPC004", "alternatives[0].too dear", "too dear"),
                "quote a text that holds a comma or a colon",
            ),
            (
                "project: {name: a, summary: finds cats, dogs, owner}",
                ("SPC004", "project.dogs", "dogs"),
                "quote a text that holds a comma or a colon",
            ),
            # Missing fields, at the key of their section.
            (
                "task: {type: regression}",
                ("SPC005", "task.modality", "task"),
                "write `task.modality`, one of tabular, text, image, video, audio, time_series, graph, "
                "multimodal, other",
            ),
            (
                "project: {}",
                ("SPC005", "project.name", "project"),
                "write `project.name`, a short name such as invoice-routing",
            ),
            (
                "target: {curve: [{examples: 5}]}",
                ("SPC005", "target.curve[0].score", "examples"),
                "write `target.curve[0].score`, a number such as 0.95",
            ),
            # Values of another type.
            (
                "data: {examples: }",
                ("SPC006", "data.examples", "examples"),
                "write `unknown` where nobody knows yet, or leave the field out",
            ),
            (
                "data: {examples: null}",
                ("SPC006", "data.examples", "null"),
                "write `unknown` where nobody knows yet, or leave the field out",
            ),
            (
                "data: {examples: [5]}",
                ("SPC006", "data.examples", "[5]"),
                None,
            ),
            ("data: {examples: true}", ("SPC006", "data.examples", "true"), None),
            ("data: {examples: {low: 5}}", ("SPC006", "data.examples", "{low: 5}"), None),
            (
                'data: {examples: "12K"}',
                ("SPC006", "data.examples", '"12K"'),
                "did you mean 12k?",
            ),
            ("labels: {noise: 95}", ("SPC006", "labels.noise", "95"), "did you mean 95 % (0.95)?"),
            ("budget: {total: €20k}", ("SPC006", "budget.total", "€20k"), "did you mean 20k EUR?"),
            ("labels: {proxy: yes}", ("SPC006", "labels.proxy", "yes"), "write true"),
            ("labels: {proxy: No}", ("SPC006", "labels.proxy", "No"), "write false"),
            ("labels: {proxy: 'off'}", ("SPC006", "labels.proxy", "'off'"), "write false"),
            ("labels: {proxy: 1}", ("SPC006", "labels.proxy", "1"), "write true or false"),
            ("labels: {proxy: Unknown}", ("SPC006", "labels.proxy", "Unknown"), "write unknown"),
            ("labels: {proxy: []}", ("SPC006", "labels.proxy", "[]"), None),
            (
                "labels: {proxy: ~}",
                ("SPC006", "labels.proxy", "~"),
                "write `unknown` where nobody knows yet, or leave the field out",
            ),
            (
                "project: {name: a, owner: 007}",
                ("SPC006", "project.owner", "007"),
                'put it in quotes: "007"',
            ),
            (
                "project: {name: a, owner: true}",
                ("SPC006", "project.owner", "true"),
                'put it in quotes: "true"',
            ),
            ("project: {name: a, owner: [b]}", ("SPC006", "project.owner", "[b]"), None),
            (
                "project: {name: My Project!}",
                ("SPC006", "project.name", "My Project!"),
                "did you mean my-project?",
            ),
            ("project: {name: -a}", ("SPC006", "project.name", "-a"), "did you mean a?"),
            ("project: {name: '!'}", ("SPC006", "project.name", "'!'"), None),
            (
                "project: {name: unknown}",
                ("SPC006", "project.name", "unknown"),
                "write `project.name`, a short name such as invoice-routing",
            ),
            (
                "project: {name: 12}",
                ("SPC006", "project.name", "12"),
                'put it in quotes: "12"',
            ),
            ("labels:", ("SPC006", "labels", "labels"), "give it fields, or leave it out"),
            ("labels: 5", ("SPC006", "labels", "5"), None),
            ("labels: [needed]", ("SPC006", "labels", "[needed]"), None),
            ("project: unknown", ("SPC006", "project", "unknown"), None),
            (
                "alternatives: {family: rules}",
                ("SPC006", "alternatives", "{family: rules}"),
                "begin each item with `- `",
            ),
            (
                "alternatives: rules",
                ("SPC006", "alternatives", "rules"),
                "begin each item with `- `",
            ),
            (
                "alternatives:",
                ("SPC006", "alternatives", "alternatives"),
                "write `unknown` where nobody knows yet, or leave the field out",
            ),
            ("alternatives: [rules]", ("SPC006", "alternatives[0]", "rules"), None),
            ("waivers: [unknown]", ("SPC006", "waivers[0]", "unknown"), None),
            # Values that are not allowed.
            (
                "labels: {source: Experts}",
                ("SPC007", "labels.source", "Experts"),
                "did you mean experts?",
            ),
            (
                "labels: {source: expert}",
                ("SPC007", "labels.source", "expert"),
                "did you mean experts?",
            ),
            (
                "labels: {source: UNKNOWN}",
                ("SPC007", "labels.source", "UNKNOWN"),
                "did you mean unknown?",
            ),
            (
                "approach: {family: DL}",
                ("SPC007", "approach.family", "DL"),
                "did you mean deep_learning?",
            ),
            (
                "approach: {family: unknown}",
                ("SPC007", "approach.family", "unknown"),
                "one of rules, statistics, classical_ml, deep_learning",
            ),
            (
                "domain_knowledge: {experts: true}",
                ("SPC007", "domain_knowledge.experts", "true"),
                "one of none, some, available, unknown",
            ),
            (
                "domain_knowledge: {experts: 3}",
                ("SPC007", "domain_knowledge.experts", "3"),
                "one of none, some, available, unknown",
            ),
            (
                "domain_knowledge: {experts: [some]}",
                ("SPC006", "domain_knowledge.experts", "[some]"),
                None,
            ),
            (
                "budget: {currency: euro}",
                ("SPC007", "budget.currency", "euro"),
                "did you mean EUR?",
            ),
            (
                "budget: {currency: doubloon}",
                ("SPC007", "budget.currency", "doubloon"),
                "see `mlspeclint explain budget.currency`",
            ),
            (
                "people: {practices: [social_scorings]}",
                ("SPC007", "people.practices[0]", "social_scorings"),
                "did you mean social_scoring?",
            ),
            # What one value, or its family, contradicts.
            (
                "data: {examples: 20k..10k}",
                ("SPC010", "data.examples", "20k..10k"),
                "write 10k..20k",
            ),
            (
                "approach: {family: rules, training: fine_tuning}",
                ("SPC010", "approach.training", "fine_tuning"),
                "leave `training` out, or write `family: deep_learning`",
            ),
            (
                "alternatives: [{family: classical_ml, training: unknown}]",
                ("SPC010", "alternatives[0].training", "unknown"),
                "leave `training` out, or write `family: deep_learning`",
            ),
        ],
    )
    def test_told_once(self, fragment: str, expected: Told, help: str | None) -> None:
        document = read(fragment)
        assert document.told()[0] == expected
        assert document.problems[0].help == help
        assert len(document.problems) == (2 if "dogs, owner" in fragment else 1)

    @pytest.mark.parametrize(
        "fragment",
        [
            "x-anything: {goes: [here, 1, null]}",
            "labels: {x-note: null}",
            "alternatives: [{family: rules, x-who: anna}]",
            "alternatives: []",
            "labels: {}",
            "alternatives: [{family: unknown, training: fine_tuning}]",
            "alternatives: [{family: deep_learning, training: prompting}]",
            "alternatives: unknown",
            "people: {practices: [unknown]}",
            "explainability: {regimes: [unknown, GDPR]}",
            'project: {name: a, owner: "12", created: 2027-01-01}',
            "project: {name: a, owner: 2027-01-01}",
            "project: {name: a, owner: no}",
            'project: {name: a, owner: ""}',
            "labels: {source: none}",
            "data: {examples: 0x1F, features: 012, classes: 1_000, words: 1e6}",
            "compute: {accelerator: none}",
            "target: {value: .5}",
            "task: unknown",
        ],
    )
    def test_nothing_to_tell(self, fragment: str) -> None:
        assert read(fragment).told() == []

    def test_a_misspelt_field_is_not_missing_as_well(self) -> None:
        assert read("aproach: {family: rules}\napproach:").told() != []
        text = "mlspec: 1\nproject: {nmae: a}\ntask: {type: other, modality: other}\naproach: {}\n"
        assert Read(text).told() == [
            ("SPC004", "project.nmae", "nmae"),
            ("SPC004", "aproach", "aproach"),
        ]

    def test_all_at_once(self) -> None:
        document = read(
            """
            data:
              examples: 12K
              classes: 3..2
              foo: 1
            labels:
              source: nobody
              noise: 7
            """
        )
        assert [(code, path) for code, path, _ in document.told()] == [
            ("SPC006", "data.examples"),
            ("SPC010", "data.classes"),
            ("SPC004", "data.foo"),
            ("SPC007", "labels.source"),
            ("SPC006", "labels.noise"),
        ]

    def test_rules_wait_for_what_is_wrong_and_the_rest_is_read(self) -> None:
        text = "data: {examples: 12K, classes: 3, foo: 1}\npeople: {consent: yes, legal_basis: 1}"
        spec = read(text).spec
        for fact in (spec.data.examples, spec.people.consent, spec.people.legal_basis):
            assert fact.state is UNREADABLE
            assert fact.missing == {fact.path}
            assert fact.given.open  # a duty with a slip of the pen is not a duty that was not done
        assert spec.data.classes.low == 3

    def test_many_problems_are_cut_off(self) -> None:
        fields = "".join(f"  field{number}: 1\n" for number in range(2 * MAX_PROBLEMS))
        assert len(read(f"data:\n{fields}").problems) == MAX_PROBLEMS

    def test_long_texts_are_cut(self) -> None:
        for fragment in (
            f"data: {{examples: {'9' * 5000}}}",
            f"data: {{{'x' * 500}: 1}}",
            f"labels: {{source: {'x' * 5000}}}",
            f"labels: {{proxy: {'x' * 5000}}}",
            f"project: {{name: {'X ' * 500}}}",
            f"project: {{name: a, created: 2027-01-01T{'0' * 500}}}",
            f"project: {{name: a, created: 2027-02-01{' ' * 500}..2027-01-01}}",
            f"data: {{examples: {'x' * 5000}}}",
        ):
            (problem,) = read(fragment).problems
            assert len(problem.message) < 250
            assert len(problem.help or "") < 250


class TestCurrencies:
    @pytest.mark.parametrize(
        "fragment",
        [
            "budget: {total: 20k, compute: 5 USD}",
            "budget: {currency: EUR, total: 20k EUR, compute: 5}",
            "budget: {currency: unknown, total: 20k EUR, compute: 5}",
            "budget: unknown\nlabels: {cost_each: 1 GBP}",
        ],
    )
    def test_one(self, fragment: str) -> None:
        assert read(fragment).told() == []

    @pytest.mark.parametrize(
        ("fragment", "expected", "message"),
        [
            (
                "budget: {total: 20k EUR}",
                [("SPC010", "budget.total", "20k EUR")],
                "this amount is in EUR, `budget.currency` is USD (the default)",
            ),
            (
                "labels: {cost_each: 1 EUR}\nbudget: {currency: GBP, total: 1k}",
                [("SPC010", "labels.cost_each", "1 EUR")],
                "this amount is in EUR, `budget.currency` is GBP",
            ),
            (
                "labels: {cost_each: 1 EUR}\nbudget: {total: 20k EUR}",
                [("SPC010", "labels.cost_each", "1 EUR")],
                "2 amounts are in EUR, `budget.currency` is USD (the default)",
            ),
            (
                "labels: {cost_each: 1 EUR}\nbudget: {currency: unknown, total: 2 USD, build: 3 EUR}",
                [("SPC010", "budget.total", "2 USD")],
                "this amount is in USD, another is in EUR",
            ),
            (
                "budget: {total: 1 EUR..2 USD}",
                [("SPC010", "budget.total", "1 EUR..2 USD")],
                "`budget.total`: 1 EUR..2 USD mixes EUR and USD",
            ),
        ],
    )
    def test_several(self, fragment: str, expected: list[Told], message: str) -> None:
        document = read(fragment)
        assert document.told() == expected
        assert document.problems[0].message == message

    def test_each_foreign_one_once(self) -> None:
        document = read("budget: {total: 1 EUR, build: 2 EUR, compute: 3 GBP, labelling: 4 EUR}")
        assert [path for _, path, _ in document.told()] == ["budget.total", "budget.compute"]
        (first, second) = document.problems
        text = document.source.text
        assert [text[other.start : other.end] for other in first.related] == ["2 EUR", "4 EUR"]
        assert second.related == ()

    def test_a_misspelt_currency_is_the_only_cause(self) -> None:
        document = read("budget: {currency: Eur, total: 20k EUR}")
        assert [code for code, _, _ in document.told()] == ["SPC007"]


class TestMistakes:
    """What cannot be read is not known: no rule may take it for absent, or for not done."""

    @pytest.mark.parametrize(
        ("fragment", "path"),
        [
            ("retraining: {monitoring: yes}", "retraining.monitoring"),
            ("retraining: {monitorin: true}", "retraining.monitoring"),
            ("retraining: daily", "retraining.monitoring"),
            ("retrainin: {monitoring: true}", "retraining.monitoring"),
            ("people: {consent: 1}", "people.consent"),
            ("explainability: {required: locale}", "explainability.required"),
            ("explainability: {require: local}", "explainability.required"),
            ("project: {name: a, kpi: 12}", "project.kpi"),
            ("people: {retention: 2}", "people.retention"),
            ("compute: {experiments: many}", "compute.experiments"),
            ("approach: {family: rules, base_model: bert}", "approach.base_model.bias_reviewed"),
        ],
    )
    def test_a_fact_with_a_mistake_is_open_and_missing(self, fragment: str, path: str) -> None:
        fact: Any = read(fragment).spec
        for step in path.split("."):
            fact = getattr(fact, step)
        assert fact.state is UNREADABLE
        assert not fact.absent
        assert fact.missing == {path}
        assert fact.given.open
        assert fact.given.missing == {path}

    def test_a_list_with_a_mistake_may_hold_more(self) -> None:
        spec = read("alternatives: [{family: rules}, boosting, {family: statistics}]").spec
        assert spec.alternatives.unknown
        assert [each.family.text for each in spec.alternatives] == ["rules", "statistics"]
        assert spec.alternatives[1].family.path == "alternatives[2].family"
        assert read("alternatives: rules").spec.alternatives.unknown
        assert read("alternative: [{family: rules}]").spec.alternatives.unknown

    def test_a_key_that_is_there_as_well_is_read(self) -> None:
        spec = read("retraining: {monitoring: true, monitorin: false}").spec
        assert spec.retraining.monitoring.certain


class TestPlaces:
    def test_an_alias_is_reported_where_it_is_used(self) -> None:
        document = read("x-rate: &rate 50\nlabels: {noise: *rate}")
        (problem,) = document.problems
        assert document.at(problem) == "*rate"
        (origin,) = problem.related
        assert document.source.text[origin.start : origin.end] == "50"
        assert origin.label

    def test_a_merged_field_is_reported_at_the_merge(self) -> None:
        document = read("x-base: &base {noise: 50}\nlabels:\n  <<: *base\n  proxy: false\n")
        (problem,) = document.problems
        assert (problem.path, document.at(problem)) == ("labels.noise", "*base")
        assert document.source.text[problem.related[0].start : problem.related[0].end] == "50"

    def test_an_anchor_with_two_uses_is_wrong_at_each(self) -> None:
        document = read("labels: {noise: &n 50}\nmanual_process: {error_rate: *n}")
        assert [document.at(problem) for problem in document.problems] == ["50", "*n"]

    def test_an_item_of_a_list(self) -> None:
        document = read("alternatives:\n  - family: rules\n  - family: rule\n")
        (problem,) = document.problems
        assert problem.path == "alternatives[1].family"
        assert document.source.position(problem.start) == (7, 13)

    def test_a_wide_text(self) -> None:
        document = read('project: {name: a, summary: "𝔘𝔫🦊", owner: 5}')
        (problem,) = document.problems
        assert document.at(problem) == "5"
        assert document.source.position(problem.start) == (4, 43)

    def test_a_family_that_has_no_training(self) -> None:
        document = read("approach: {family: rules, training: fine_tuning}")
        (family,) = document.problems[0].related
        assert document.source.text[family.start : family.end] == "rules"


class TestFacts:
    def test_declared(self) -> None:
        spec = read(
            """
            data: {examples: 10k..20k, positive_rate: 3%, availability: partial, synthetic: true}
            project: {name: a, owner: Anna, created: 2027-03-01}
            target: {curve: [{examples: 1k, score: 0.8}, {examples: 2k, score: 0.85..0.9}]}
            """
        ).spec
        assert (spec.data.examples.low, spec.data.examples.high) == (10000, 20000)
        assert spec.data.examples.state is DECLARED
        assert spec.data.positive_rate.low == 0.03
        assert spec.data.availability.is_("partial").certain
        assert spec.data.synthetic.certain
        assert spec.project.owner.text == "Anna"
        assert spec.project.created.low == date(2027, 3, 1).toordinal()
        assert [point.score.high for point in spec.target.curve] == [0.8, 0.9]
        assert spec.target.curve[1].score.path == "target.curve[1].score"

    def test_unknown(self) -> None:
        spec = read("data: {examples: unknown, split: unknown, synthetic: unknown}").spec
        assert (spec.data.examples.low, spec.data.examples.high) == (0, inf)
        assert spec.data.examples.missing == frozenset()
        for fact in (spec.data.examples, spec.data.split, spec.data.synthetic):
            assert fact.state is UNKNOWN
            assert fact.given.open
        assert spec.data.synthetic.open
        assert spec.data.split.is_("time").open
        assert spec.data.split.is_("time").missing == frozenset()

    def test_an_unknown_section_is_unknown_in_all_its_parts(self) -> None:
        spec = read("people: unknown\ndata: unknown\ntarget: unknown\napproach: {family: "
                    "deep_learning, base_model: unknown}").spec  # fmt: skip
        assert spec.people.consent.state is UNKNOWN
        assert spec.people.consent.open
        assert spec.people.practices.unknown
        assert spec.data.examples.state is UNKNOWN
        assert spec.data.examples.path == "data.examples"
        assert spec.data.synthetic.open
        assert spec.target.curve.unknown
        assert spec.approach.base_model.licence_reviewed.open

    def test_lists(self) -> None:
        spec = read("alternatives: unknown").spec
        assert spec.alternatives.unknown
        assert spec.alternatives == ()
        assert not read("").spec.alternatives.unknown
        assert not read("alternatives: []").spec.alternatives.unknown

    @pytest.mark.parametrize("task", sorted(NEEDS_LABELS))
    def test_labels_are_needed_by_default(self, task: str) -> None:
        spec = read(f"task: {{type: {task}, modality: other}}").spec
        assert spec.labels.needed.certain
        assert spec.labels.needed.state is DEFAULT

    @pytest.mark.parametrize(
        ("fragment", "needed"),
        [
            ("task: {type: clustering, modality: other}", False),
            ("task: {type: generation, modality: text}", False),
            ("task: {type: unknown, modality: text}", None),
            ("task: unknown", None),
            ("task: {type: clustering, modality: other}\nlabels: {needed: true}", True),
            ("labels: {needed: false}", False),
            ("labels: {needed: unknown}", None),
            ("labels: unknown", None),
        ],
    )
    def test_labels_needed(self, fragment: str, needed: bool | None) -> None:
        flag = read(fragment).spec.labels.needed
        assert flag.value is needed
        assert flag.missing == frozenset()

    @pytest.mark.parametrize(
        ("target", "direction"),
        [
            ("{metric: accuracy}", "maximize"),
            ("{metric: wer}", "minimize"),
            ("{metric: rmse}", "minimize"),
            ("{metric: log_loss}", "minimize"),
            ("{metric: other}", None),
            ("{metric: other, direction: minimize}", "minimize"),
            ("{metric: unknown}", None),
            ("{}", None),
        ],
    )
    def test_direction(self, target: str, direction: str | None) -> None:
        assert read(f"target: {target}").spec.target.direction.text == direction

    def test_the_day(self) -> None:
        document = parse(STARTER.encode()).documents[0]
        asked = load(document, 700000.0).spec
        assert asked is not None
        assert (asked.today, asked.now) == (700000.0, 700000.0)
        now = load(document).spec
        assert now is not None
        assert now.today is None
        assert now.now >= date(2026, 1, 1).toordinal()
