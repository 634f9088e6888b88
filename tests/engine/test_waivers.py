"""Waivers: in the spec and by comment, what they cover, and what is said of the waivers themselves."""

from __future__ import annotations

from datetime import date

import pytest

from mlspeclint.engine.finding import FileReport

from .support import check, codes, complete, finding

SLOW = "serving: {latency: 80 ms, latency_limit: 50 ms}"
"""CST408: a warning whose places are both on this line."""


def waived(text: str, **how: object) -> FileReport:
    return check(text, select="CST408,CST407,LBL303,WVR", **how)  # type: ignore[arg-type]


def in_spec(
    rule: str = "CST408", until: str = "2027-11-21", reason: str = "known", more: str = ""
) -> str:
    return (
        f"{SLOW}\nwaivers:\n  - {{rule: {rule}, reason: {reason}, by: me, until: {until}{more}}}\n"
    )


def by_comment(comment: str) -> str:
    return f"serving:\n  latency: 80 ms\n  latency_limit: 50 ms  {comment}\n"


class TestInTheSpec:
    @pytest.mark.parametrize("name", ["CST408", "too-slow-to-serve"])
    def test_covers_by_code_and_by_name(self, name: str) -> None:
        report = waived(in_spec(name))
        assert codes(report) == []
        waiver = finding(report, "CST408").waived
        assert waiver is not None
        assert (waiver.reason, waiver.by, waiver.until, waiver.via) == (
            "known",
            "me",
            "2027-11-21",
            "spec",
        )

    def test_no_waivers(self) -> None:
        assert codes(waived(in_spec(), no_waivers=True)) == ["CST408"]

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            ("2027-01-01", []),
            ("2027-01-31", ["WVR004"]),  # the last day is inclusive
            ("2027-02-01", ["CST408", "WVR001"]),  # it is over, and the finding is back
        ],
    )
    def test_holds_to_the_end_of_its_last_day(self, day: str, expected: list[str]) -> None:
        until = "2027-01-31" if day > "2027-01-01" else "2027-06-30"
        report = waived(in_spec(until=until), today=date.fromisoformat(day))
        assert codes(report) == expected

    @pytest.mark.parametrize(
        ("until", "expected"), [("2026-12-21", ["WVR004"]), ("2026-12-22", [])]
    )
    def test_thirty_days_before_its_end_it_is_told(self, until: str, expected: list[str]) -> None:
        report = waived(in_spec(until=until), today=date(2026, 11, 21))
        assert codes(report) == expected

    def test_words_of_the_end(self) -> None:
        message = finding(waived(in_spec(until="2026-11-22")), "WVR004").message
        assert message == "the waiver of CST408 ends in 1 day, on 2026-11-22"
        message = finding(waived(in_spec(until="2026-11-21")), "WVR004").message
        assert message == "the waiver of CST408 ends today, on 2026-11-21"
        message = finding(waived(in_spec(until="2026-11-20")), "WVR001").message
        assert message == "the waiver of CST408 ended on 2026-11-20"

    def test_a_range_ends_on_its_last_day(self) -> None:
        assert codes(waived(in_spec(until="2026-01-01..2027-05-01"))) == []

    def test_without_a_known_last_day_it_is_over(self) -> None:
        report = waived(in_spec(until="unknown"))
        assert codes(report) == ["CST408", "WVR001"]
        assert finding(report, "WVR001").message == "the waiver of CST408 has no last day"

    def test_one_that_lacks_a_reason_waives_nothing(self) -> None:
        report = waived(f"{SLOW}\nwaivers: [{{rule: CST408, by: me, until: 2027-11-21}}]")
        assert codes(report) == ["CST408", "SPC005"]

    def test_unused(self) -> None:
        report = waived(in_spec("CST407"))
        assert codes(report) == ["CST408", "WVR002"]
        assert finding(report, "WVR002").path == "waivers[0].rule"

    def test_a_note_that_it_silences_counts_as_use(self) -> None:
        report = waived(
            "labels: {agreement: 0.7}\n"
            "waivers: [{rule: LBL303, reason: known, by: me, until: 2027-11-21}]"
        )
        assert finding(report, "LBL303").severity == "note"
        assert codes(report) == []

    def test_of_a_rule_that_was_not_run_it_is_not_called_unused(self) -> None:
        assert codes(check(in_spec("CST407"), select="CST408,WVR")) == ["CST408"]

    @pytest.mark.parametrize(
        ("rule", "message", "help"),
        [
            ("CST999", "there is no rule `CST999`", "did you mean CST"),
            ("too-slow-to-server", "there is no rule `too-slow-to-server`", "too-slow-to-serve?"),
            ("CST", "CST is a group: a waiver is for one rule", "name the rule"),
            ("SPC010", "SPC010 contradiction cannot be waived", "mend"),
            ("WVR002", "WVR002 waiver-unused cannot be waived", "mend"),
            ("unknown", "there is no rule `unknown`", "mlspeclint rules"),
        ],
    )
    def test_what_cannot_be_waived(self, rule: str, message: str, help: str) -> None:
        report = waived(in_spec(rule))
        assert codes(report) == ["CST408", "WVR003"]
        found = finding(report, "WVR003")
        assert found.severity == "error"
        assert found.message == message
        assert help in found.instead

    def test_an_error_of_the_file_itself_stays(self) -> None:
        report = waived(
            "labels: {labelled: 10, test_examples: 20}\n"
            "waivers: [{rule: SPC010, reason: known, by: me, until: 2027-11-21}]"
        )
        assert codes(report) == ["SPC010", "WVR003"]

    @pytest.mark.parametrize(
        ("prefix", "expected"),
        [
            ("serving.latency", []),
            ("serving", []),
            ("serving.latency_limit", []),  # a related place
            ("serving.lat", ["CST408", "WVR002"]),  # a prefix of steps, not of letters
            ("labels", ["CST408", "WVR002"]),
        ],
    )
    def test_at_a_field(self, prefix: str, expected: list[str]) -> None:
        assert codes(waived(in_spec(more=f", at: {prefix}"))) == expected

    def test_covers_its_own_document_only(self) -> None:
        text = f"{complete(in_spec())}---\n{complete(SLOW)}"
        report = waived(text, whole=True)
        assert [(each.document, each.waived is None) for each in report.findings] == [
            (0, False),
            (1, True),
        ]

    def test_wvr_findings_can_be_left_out(self) -> None:
        assert codes(check(in_spec("CST407"), select="CST407,CST408")) == ["CST408"]


class TestByComment:
    def test_covers_what_has_a_place_on_its_line(self) -> None:
        report = waived(by_comment("# mlspeclint: ignore[CST408] -- measured on the old machine"))
        assert codes(report) == []
        waiver = finding(report, "CST408").waived
        assert waiver is not None
        assert (waiver.reason, waiver.by, waiver.until, waiver.via) == (
            "measured on the old machine",
            None,
            None,
            "comment",
        )

    def test_alone_it_covers_the_next_line(self) -> None:
        text = """
            serving:
              # mlspeclint: ignore[CST408] until=2027-01-31 -- measured on the old machine
              latency: 80 ms
              latency_limit: 50 ms
        """
        assert codes(waived(text)) == []

    def test_behind_a_value_it_does_not(self) -> None:
        text = """
            labels: {}  # mlspeclint: ignore[CST408] -- too early
            serving: {latency: 80 ms, latency_limit: 50 ms}
        """
        assert codes(waived(text)) == ["WVR002", "CST408"]

    def test_several_rules(self) -> None:
        text = """
            serving: {latency: 80 ms, latency_limit: 50 ms, model_memory: 3 GB, device_memory: 2 GB}  \
# mlspeclint: ignore[CST408, does-not-fit-device] -- a demo
        """
        report = waived(text)
        assert codes(report) == []
        assert {each.code for each in report.findings} == {"CST407", "CST408"}

    @pytest.mark.parametrize(
        ("day", "expected"),
        [("2027-01-31", ["WVR004"]), ("2027-02-01", ["CST408", "WVR001"])],
    )
    def test_holds_to_the_end_of_its_last_day(self, day: str, expected: list[str]) -> None:
        text = by_comment("# mlspeclint: ignore[CST408] until=2027-01-31 -- a demo")
        assert codes(waived(text, today=date.fromisoformat(day))) == expected

    @pytest.mark.parametrize(
        ("comment", "message"),
        [
            ("# mlspeclint: ignore[CST408]", "a waiver needs a reason"),
            ("# mlspeclint: ignore[CST408] --", "a waiver needs a reason"),
            ("# mlspeclint: ignore[CST408] until=2027-01-31", "a waiver needs a reason"),
            ("# mlspeclint: ignore[] -- x", "a waiver names the rule that it waives"),
            ("# mlspeclint: ignore[CST408,] -- x", "a waiver names the rule that it waives"),
            (
                "# mlspeclint: ignore[CST408] until=2027-02-30 -- x",
                "2027-02-30 is not a day such as 2027-01-31",
            ),
            (
                "# mlspeclint: ignore[CST408] until=20270131 -- x",
                "20270131 is not a day such as 2027-01-31",
            ),
            (
                "# mlspeclint: ignore[CST408] until=2027-W01-1 -- x",
                "2027-W01-1 is not a day such as 2027-01-31",
            ),
            ("# mlspeclint: ignore CST408 -- x", "this comment is not a waiver that can be read"),
            ("# mlspeclint: disable", "this comment is not a waiver that can be read"),
        ],
    )
    def test_malformed(self, comment: str, message: str) -> None:
        report = waived(by_comment(comment))
        assert sorted(codes(report)) == ["CST408", "WVR005"]
        found = finding(report, "WVR005")
        assert found.message == message
        assert found.range is not None
        assert "ignore[LBL301] until=" in found.instead

    def test_spaces_do_not_matter(self) -> None:
        report = waived(by_comment("#mlspeclint:ignore[ CST408 ]   until=2027-06-30   --  a demo"))
        assert codes(report) == []

    def test_the_word_in_a_value_is_no_waiver(self) -> None:
        text = f'project: {{name: example, summary: "# mlspeclint: ignore[CST408] -- x"}}\n{SLOW}'
        assert codes(waived(text)) == ["CST408"]

    def test_belongs_to_its_document(self) -> None:
        second = complete(SLOW).rstrip("\n") + "  # mlspeclint: ignore[CST407] -- x\n"
        report = waived(f"{complete(SLOW)}---\n{second}", whole=True)
        assert finding(report, "WVR002").document == 1


class TestTheFirstInTheFileWins:
    def test_of_two_waivers_in_the_spec(self) -> None:
        report = waived(
            f"{SLOW}\n"
            "waivers:\n"
            "  - {rule: CST408, reason: the first, by: me, until: 2027-11-21}\n"
            "  - {rule: CST408, reason: the second, by: me, until: 2027-11-21}\n"
        )
        waiver = finding(report, "CST408").waived
        assert waiver is not None
        assert waiver.reason == "the first"

    def test_of_a_comment_and_one_in_the_spec(self) -> None:
        text = by_comment("# mlspeclint: ignore[CST408] -- the comment")
        more = "waivers: [{rule: CST408, reason: the spec, by: me, until: 2027-11-21}]\n"
        for order, via in ((text + more, "comment"), (more + text, "spec")):
            waiver = finding(waived(order), "CST408").waived
            assert waiver is not None
            assert waiver.via == via

    def test_one_that_is_over_does_not_keep_the_next_from_holding(self) -> None:
        report = waived(
            f"{SLOW}\n"
            "waivers:\n"
            "  - {rule: CST408, reason: the first, by: me, until: 2026-01-01}\n"
            "  - {rule: CST408, reason: the second, by: me, until: 2027-11-21}\n"
        )
        assert codes(report) == ["WVR001"]
