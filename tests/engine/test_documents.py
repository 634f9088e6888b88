"""Files with several documents, broken ones among them, and the order of findings."""

from __future__ import annotations

from .support import check, codes, complete, finding

SLOW = complete("serving: {latency: 80 ms, latency_limit: 50 ms}")
FAST = complete("serving: {latency: 20 ms, latency_limit: 50 ms}")


def test_each_document_is_a_spec_of_its_own() -> None:
    report = check(f"{SLOW}---\n{FAST}---\n{SLOW}", select="CST408", whole=True)
    assert [(each.document, each.range and each.range.start) for each in report.findings] == [
        (0, (5, 20)),
        (2, (17, 20)),
    ]
    assert len(report.specs) == 3


def test_a_problem_knows_its_document() -> None:
    report = check(f"{FAST}---\n{FAST}labels: {{x: 1}}\n", select="CST408", whole=True)
    assert finding(report, "SPC004").document == 1


def test_a_key_twice_knows_its_document() -> None:
    report = check(f"{FAST}---\n{FAST}mlspec: 1\n", select="CST408", whole=True)
    assert finding(report, "SPC003").document == 1


def test_a_document_that_is_no_yaml_leaves_the_others() -> None:
    report = check(f"{SLOW}---\nlabels: [\n---\n{SLOW}", select="CST408", whole=True)
    assert sorted(codes(report)) == ["CST408", "CST408", "SPC001"]


def test_the_same_spec_twice_says_the_same_twice() -> None:
    alone = check(SLOW, select="CST408", whole=True).findings
    both = check(f"{SLOW}---\n{SLOW}", select="CST408", whole=True).findings
    assert [each.message for each in both] == 2 * [each.message for each in alone]


def test_findings_come_in_the_order_of_the_lines() -> None:
    report = check(
        """
        serving: {latency: 80 ms, latency_limit: 50 ms, nonsense: 1}
        labels: {agreement: 0.5, labelled: 10, test_examples: 20, required: 200k, cost_each: 3}
        budget: {labelling: 20k}
        explainability: {required: reasons}
        """
    )
    places = [each.range.start for each in report.findings if each.range]
    assert places == sorted(places)
    assert len(places) == len(report.findings)
    assert len({place[0] for place in places}) >= 4


def test_every_finding_has_a_place_even_in_an_empty_file() -> None:
    for text in ("", "# nothing\n", "---\n---\n", "- a list\n", "just words\n", "\ufeff"):
        report = check(text, whole=True)
        assert codes(report), text
        assert all(each.range is not None for each in report.findings), text
        assert {each.code for each in report.findings} <= {"SPC005", "SPC006"}, text


def test_of_another_version_nothing_more_is_said() -> None:
    report = check(f"{SLOW}labels: {{x: 1}}\n".replace("mlspec: 1", "mlspec: 2"), whole=True)
    assert codes(report) == ["SPC008"]


def test_what_came_through_an_alias_is_shown_where_it_is_used() -> None:
    report = check(
        """
        x-limits: &limit 50 ms
        serving:
          latency: 80 ms
          latency_limit: *limit
        """,
        select="CST408",
    )
    found = finding(report, "CST408")
    assert found.range is not None
    assert found.range.start[0] == 7
    (limit,) = [each for each in found.related if each.path == "serving.latency_limit"]
    assert limit.range.start == (8, 18)


def test_an_aliased_primary_place_names_its_anchor() -> None:
    report = check(
        """
        x-time: &time 80 ms
        serving:
          latency: *time
          latency_limit: 50 ms
        """,
        select="CST408",
    )
    found = finding(report, "CST408")
    assert found.range is not None
    assert found.range.start == (7, 12)
    assert next((each.range.start[0], each.label) for each in found.related) == (
        5,
        "the value comes from here",
    )
