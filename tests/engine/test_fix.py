"""Fixes: which there are, which are safe, and that nothing else of a file changes."""

from __future__ import annotations

import pytest

from mlspeclint.document.edit import Edit, rewrite
from mlspeclint.document.limits import MAX_PROBLEMS
from mlspeclint.document.parse import parse
from mlspeclint.document.tree import File, Node, Source
from mlspeclint.engine import fix as fixing
from mlspeclint.engine.check import check_file
from mlspeclint.engine.finding import Finding
from mlspeclint.engine.fix import mended
from mlspeclint.engine.settings import Settings

from ..rules.support import TODAY
from .support import complete

SETTINGS = Settings(today=TODAY)


def fixed(text: str | bytes, *, unsafe: bool = False) -> str:
    """The text after all fixes, which a second run leaves as it is."""
    data = text if isinstance(text, bytes) else text.encode()
    result = mended(data, "ml-project.yaml", SETTINGS, unsafe=unsafe)
    again = mended(result.data, "ml-project.yaml", SETTINGS, unsafe=unsafe)
    assert again.data == result.data
    assert again.count == 0
    assert (result.count > 0) is (result.data != data)
    return result.data.decode()


def fixes(text: str) -> dict[str, tuple[str, bool]]:
    """The fixes of the findings, by their paths: what they do and whether that is safe."""
    report = check_file(text.encode(), "ml-project.yaml", SETTINGS)
    return {
        finding.path: (finding.fix.title, finding.fix.safe)
        for finding in report.findings
        if finding.fix is not None
    }


def only(text: str) -> tuple[str, bool] | None:
    """The fix of the one finding that has one."""
    found = list(fixes(complete(text)).values())
    assert len(found) <= 1
    return found[0] if found else None


# Fields


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("labels: {cost_eech: 0.4}", "labels: {cost_each: 0.4}"),
        ("labels: {Cost-Each: 0.4}", "labels: {cost_each: 0.4}"),
        ("labels: {cost each: 0.4}", "labels: {cost_each: 0.4}"),
        ("labels:\n  'labeled' : 12k  # c", "labels:\n  'labelled' : 12k  # c"),
        ("lables: {labelled: 12k}", "labels: {labelled: 12k}"),
        ("lables: {labeled: 12k}", "labels: {labelled: 12k}"),
        ("alternatives:\n- famliy: rules", "alternatives:\n- family: rules"),
        ("lables: unknown", "labels: unknown"),
        ("retraining: {evrey: Weekly}", "retraining: {every: weekly}"),
        ("data: {exampels: 10 K}", "data: {examples: 10k}"),
    ],
)
def test_a_misspelt_field_is_written_right(wrong: str, right: str) -> None:
    assert fixed(complete(wrong)) == complete(right)


@pytest.mark.parametrize(
    "text",
    [
        "data: {agreement: 0.4}",  # a field of another section
        "labels: {cost_eech: 0.4, cost_each: 0.5}",  # it is there already
        "labels: {cost_eech: 0.4, cost_aech: 0.5}",  # two that may mean it
        "data: {wholly_other: 1}",
        "labels: {x-cost_eech: 1}",
    ],
)
def test_a_field_stays_where_nobody_knows(text: str) -> None:
    assert fixed(complete(text), unsafe=True) == complete(text)


@pytest.mark.parametrize(
    "text",
    [
        "serving: {cost_per_100: 5}",  # a price of something else
        "compute: {acelerator: T4}",  # or accelerators
        "data: {hourz_of_audio: 5}",
        "data: {feature: [age, income]}",  # those that there are, not how many
        "data: {group: by customer}",
        "data: {example: true}",
        "label: cat",
        "alternative: {family: rules}",
        "people: {practice: manipulation}",
        "lables:",
    ],
)
def test_a_field_that_may_be_another_is_no_safe_fix(text: str) -> None:
    fix = only(text)
    assert fix is None or not fix[1]
    assert fixed(complete(text)) == complete(text)


def test_a_guess_of_a_field_is_unsafe() -> None:
    wrong, right = complete("serving: {cost_per_100: 5}"), complete("serving: {cost_per_1000: 5}")
    assert fixed(wrong, unsafe=True) == right


def test_a_shared_field_stays() -> None:
    text = complete("x-all: &all {cost_eech: 0.4}\nlabels:\n  <<: *all\n")
    assert fixes(text) == {}
    text = complete("labels: &all {cost_eech: 0.4}\nx-copy: *all\n")
    assert fixes(text) == {}
    text = complete("labels: &all {cost_eech: 0.4}\n")
    assert list(fixes(text)) == ["labels.cost_eech"]


# Words


@pytest.mark.parametrize(
    ("value", "right", "safe"),
    [
        ("Deep_Learning", "deep_learning", True),
        ("deep-learning", "deep_learning", True),
        ("'deep learning'", "'deep_learning'", True),
        ("deep_lerning", "deep_learning", True),
        ("dl", "deep_learning", False),
        ("machine_learning", "classical_ml", False),
    ],
)
def test_words(value: str, right: str, safe: bool) -> None:
    wrong, after = (complete(f"approach:\n  family: {each} # c\n") for each in (value, right))
    assert fixed(wrong) == (after if safe else wrong)
    assert fixed(wrong, unsafe=True) == after


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ("mse", None),  # not rmse
        ("msse", None),
        ("wmape", None),  # a metric of its own
        ("top1_accuracy", None),  # not top5_accuracy
        ("smpae", None),  # nor mape
        ("acuracy", "accuracy"),
        ("RMSE", "rmse"),
    ],
)
def test_metrics_are_not_mistaken_for_others(value: str, right: str | None) -> None:
    text = complete(f"target: {{metric: {value}}}")
    assert fixed(text) == (text.replace(value, right) if right else text)


# Values


@pytest.mark.parametrize(
    ("field", "wrong", "right"),
    [
        ("budget.total", "€20k", "20k EUR"),
        ("budget.total", "EUR 20k", "20k EUR"),
        ("budget.total", "$20k", "20k USD"),
        ("budget.total", "20K", "20k"),
        ("budget.total", "1,500,000", "1500000"),
        ("budget.total", "1,500.50", "1500.50"),
        ("budget.total", "2,5k", "2.5k"),
        ("data.examples", "12 000", "12000"),
        ("data.examples", "1,500", "1500"),
        ("data.examples", "10k-20k", "10k..20k"),
        ("data.examples", "at least 10k", '">= 10k"'),
        ("data.examples", '"10k+"', '">= 10k"'),
        ("data.examples", "≥ 10k", '">= 10k"'),
        ("data.examples", "Unknown", "unknown"),
        ("data.positive_rate", "5 percent", "5%"),
        ("data.positive_rate", "0,05", "0.05"),
        ("data.size", "2 gb", "2 GB"),
        ("budget.total", "0,050", "0.050"),  # no thousand begins with 0
        ("budget.total", "1 500,50", "1500.50"),
        ("data.examples", "between 5k and 6k", "5k..6k"),
        ("data.positive_rate", "1.125 percent", "1.125%"),
        ("labels.time_each", "35 Sec", "35 sec"),
        ("retraining.every", "once per month", "monthly"),
        ("retraining.every", "Weekly", "weekly"),
        ("project.deadline", "2027/03/01", "2027-03-01"),
        ("project.owner", "12", '"12"'),
        ("project.owner", "true", '"true"'),
        ("task.multilabel", "yes", "true"),
        ("task.multilabel", "'No'", "false"),
    ],
)
def test_a_spelling_with_one_meaning(field: str, wrong: str, right: str) -> None:
    before, after = (_with(field, value) for value in (wrong, right))
    assert fixed(before) == after


def _with(field: str, value: str) -> str:
    section, name = field.split(".")
    more = {"project": "\n  name: example", "task": "\n  type: classification\n  modality: tabular"}
    return complete(f"{section}:{more.get(section, '')}\n  {name}: {value}   # c\n")


@pytest.mark.parametrize(
    ("field", "wrong", "right"),
    [
        ("data.examples", "about 10k", "10k"),
        ("data.examples", "> 10k", None),  # a block of text: SPC001
        ("data.examples", "'> 10k'", "'>= 10k'"),
        ("data.examples", "over 10k", '">= 10k"'),
        ("data.examples", "12m", "12M"),
        ("data.examples", "tbd", "unknown"),
        ("data.examples", "20..10", "10..20"),
        ("data.size", "512 Mb", "512 MB"),
        ("data.size", "2 G", "2 GB"),
        ("data.examples", "5k and 6k", "5k..6k"),
        ("data.examples", "1,500k", "1500k"),  # or 1500, which is whole, too
        ("data.examples", "1.000 - 2.000", "1.000..2.000"),
        ("data.examples", "10m - 1B", "10M..1B"),
        ("data.size", "5 b", "5 B"),
        ("data.size", "10 G - 20 GB", "10 GB..20 GB"),
        ("budget.total", "1,500", "1500"),  # or 1.5
        ("budget.total", "1500,000", "1500.000"),
        ("budget.total", "€1.500", "1.500 EUR"),
        ("budget.total", "¥500", "500 JPY"),  # or yuan
        ("data.positive_rate", "5", "5%"),
        ("task.multilabel", "tbd", "unknown"),
    ],
)
def test_a_spelling_that_may_mean_something_else(field: str, wrong: str, right: str | None) -> None:
    before = _with(field, wrong)
    if right is None:
        assert fixed(before) != before
        return
    assert fixed(before) == before
    assert fixed(before, unsafe=True) == _with(field, right)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("labels.time_each", "5 m"),
        ("labels.time_each", "35"),
        ("data.examples", "many"),
        ("data.examples", "1,00,000"),  # a hundred thousand in India
        ("budget.total", "1,50,000"),
        ("project.deadline", "2027111"),  # in January or in November
    ],
)
def test_a_spelling_that_nobody_can_guess_stays(field: str, wrong: str) -> None:
    assert fixed(_with(field, wrong), unsafe=True) == _with(field, wrong)


def test_a_dollar_is_that_of_the_budget() -> None:
    text = complete("budget:\n  currency: CAD\n  total: $20k\n")
    assert fixed(text) == text
    assert fixed(text.replace("CAD", "USD")) == complete(
        "budget:\n  currency: USD\n  total: 20k USD\n"
    )


def test_the_name_is_only_changed_when_asked() -> None:
    text = complete("project: {name: Invoice Routing}")
    assert fixed(text) == text
    assert fixed(text, unsafe=True) == complete("project: {name: invoice-routing}")


def test_the_version_in_quotes() -> None:
    assert fixed(complete('mlspec: "1"  # c')) == complete("mlspec: 1  # c")


def test_a_value_through_an_alias_stays() -> None:
    text = complete("x-size: &n 10 K\ndata: {examples: *n, required: *n}")
    assert fixes(text) == {}


def test_an_anchored_value_is_mended_unless_it_is_shared() -> None:
    assert fixed(complete("data: {examples: &n 10 K}")) == complete("data: {examples: &n 10k}")
    assert fixes(complete("data: {examples: &n 10 K, required: *n}")) == {}


# Text that cannot be read


def test_comparisons_get_quotes_all_of_them() -> None:
    text = complete("data:\n  examples: >= 10k  # c\n  required: >= 5k\n")
    after = complete('data:\n  examples: ">= 10k"  # c\n  required: ">= 5k"\n')
    assert fixed(text) == after


def test_a_text_after_a_sign_of_a_block_is_not_certain() -> None:
    text = complete("project:\n  name: a\n  summary: > all in one line\n")
    assert fixed(text) == text


def test_the_second_key_goes_when_asked() -> None:
    text = complete("labels:\n  labelled: 5k\n  labelled: 6k # c\n\n# data\ndata: {examples: 9k}\n")
    assert fixed(text) == text
    assert fixed(text, unsafe=True) == text.replace("  labelled: 6k # c\n", "")


def test_other_documents_are_not_touched() -> None:
    one, two = complete("data: {examples: 10 K}"), complete("labels: [1]")
    broken = "a: [\n"
    text = f"{one}---\n{broken}---\n{two}...\n"
    assert fixed(text) == text.replace("10 K", "10k")


# Waivers


def waived(*waivers: str, labels: str = "labels: {agreement: 0.9}") -> str:
    text = "".join(f"  - {each}\n" for each in waivers)
    return complete(f"{labels}\nwaivers:\n{text}data: {{examples: 9k}}\n")


UNUSED = "{rule: LBL303, reason: the guide is rewritten, by: ana, until: 2027-06-30}"
EXPIRED = "{rule: LBL303, reason: the guide is rewritten, by: ana, until: 2026-06-30}"


def test_an_unused_waiver_goes() -> None:
    assert fixed(waived(UNUSED, "{rule: DAT101, reason: a, by: b, until: 2026-06-30}")) == waived(
        "{rule: DAT101, reason: a, by: b, until: 2026-06-30}"
    )


def test_the_last_one_takes_the_key_along() -> None:
    assert fixed(waived(UNUSED)) == complete("labels: {agreement: 0.9}\ndata: {examples: 9k}\n")
    assert fixed(waived(UNUSED, UNUSED, UNUSED)) == fixed(waived(UNUSED))


def test_an_expired_waiver_goes_only_when_asked() -> None:
    bad = "labels: {agreement: 0.7}"
    text = waived(EXPIRED, labels=bad)
    assert fixes(text)["waivers[0].rule"] == ("delete the waiver", False)
    assert fixed(text) == text
    assert fixed(text, unsafe=True) == complete(f"{bad}\ndata: {{examples: 9k}}\n")


def test_no_waiver_goes_while_the_spec_has_mistakes() -> None:
    # The agreement is low: the waiver is of use as soon as the field is written right.
    text = waived(UNUSED, labels="labels: {agreemnt: 0.7}")
    assert "waivers[0].rule" not in fixes(text)
    assert fixed(text) == waived(UNUSED, labels="labels: {agreement: 0.7}")


def test_a_waiver_in_force_stays() -> None:
    text = waived(UNUSED, labels="labels: {agreement: 0.7}")
    assert fixed(text, unsafe=True) == text


def test_a_waiver_that_was_not_looked_for_stays() -> None:
    text = waived(UNUSED).encode()
    for settings in (
        Settings(today=TODAY, select=("DAT", "WVR")),
        Settings(today=TODAY, ignore=("WVR002",)),
        Settings(today=TODAY, no_waivers=True),
    ):
        assert mended(text, "a", settings, unsafe=True).data == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("agreement: 0.9  # mlspeclint: ignore[LBL303] -- r\n", "agreement: 0.9\n"),
        ("# mlspeclint: ignore[LBL303] -- r\n  agreement: 0.9\n", "agreement: 0.9\n"),
        (
            "agreement: 0.7  # mlspeclint: ignore[DAT101, LBL303] -- r\n",
            "agreement: 0.7  # mlspeclint: ignore[LBL303] -- r\n",
        ),
        (
            "agreement: 0.7  # mlspeclint: ignore[LBL303,DAT101 ,DAT102] -- r\n",
            "agreement: 0.7  # mlspeclint: ignore[LBL303] -- r\n",
        ),
        ("agreement: 0.9  # mlspeclint: ignore[LBL303,DAT101] -- r\n", "agreement: 0.9\n"),
    ],
)
def test_unused_comments(before: str, after: str) -> None:
    head = "labels:\n  per_item: 1\n  "
    for ending in ("\n", "\r\n"):
        text, expected = (complete(head + each).replace("\n", ending) for each in (before, after))
        assert fixed(text) == expected


def test_an_expired_comment_goes_only_when_asked() -> None:
    text = complete(
        "labels:\n  agreement: 0.7 # mlspeclint: ignore[LBL303] until=2026-01-01 -- r\n"
    )
    assert fixed(text) == text
    assert fixed(text, unsafe=True) == complete("labels:\n  agreement: 0.7\n")


@pytest.mark.parametrize(
    "comment",
    [
        "# mlspeclint: ignore LBL303 until 2027-01-31 -- why so",
        "# mlspeclint: ignore(LBL303) until: 2027/01/31 - why so",
        "# mlspeclint: Ignore [lbl303], until=2027-1-31 — why so",
        "# mlspeclint: ignore=LBL303 until=2027-01-31: why so",
        "#  mlspeclint:  ignore[ LBL303 ],  until=2027-01-31--why so",
    ],
)
def test_a_comment_that_can_only_mean_one_waiver(comment: str) -> None:
    right = "# mlspeclint: ignore[LBL303] until=2027-01-31 -- why so"
    before, after = (complete(f"labels:\n  agreement: 0.7  {c}\n") for c in (comment, right))
    assert fixed(before) == after


@pytest.mark.parametrize(
    "comment",
    [
        "# mlspeclint: ignore[LBL303]",  # no reason
        "# mlspeclint: ignore[LBL303] --",
        "# mlspeclint: ignore[LBL303] until=2027-02-30 -- r",  # no such day
        "# mlspeclint: ignore LBL303: by ana, until 2027-01-31",  # its last day would be lost
        "# mlspeclint: ignore LBL303 until 2027-01-31 - 2027-02-28 r",
        "# mlspeclint: ignore LBL303 - LBL305",  # from one to the other, perhaps
        "# mlspeclint: ignore annotators-disagree-often",  # a name without a reason
        "# mlspeclint: ignore[LBL] - r",  # a group
        "# mlspeclint: ignore[LBL399] - r",  # no such rule
        "# mlspeclint: ignore[SPC004] - r",  # cannot be waived
        "# mlspeclint: disable[LBL303] - r",
        "# see mlspeclint: ignore[LBL303] - r",
    ],
)
def test_a_comment_that_may_mean_anything_stays(comment: str) -> None:
    text = complete(f"labels:\n  agreement: 0.7  {comment}\n")
    assert fixed(text, unsafe=True) == text


# The machinery


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_bytes_stay(bom: bytes, ending: str, last: bool) -> None:
    text = complete("# ünï\n\ndata:   {examples: 10 K}   # ☃\n\n\nx-a: [ 1,2 ]\n")
    text = text.replace("\n", ending)
    text = text if last else text.rstrip("\r\n")
    data = bom + text.encode()
    assert fixed(data) == (bom + text.replace("10 K", "10k").encode()).decode()


def test_mixed_line_endings_stay() -> None:
    text = complete("data: {examples: 10 K}\nx-a: 1\n").replace("\nx-a", "\r\nx-a")
    assert fixed(text) == text.replace("10 K", "10k")


def test_nothing_is_worked_out_for_what_is_not_reported() -> None:
    text = complete("# mlspeclint: ignore LBL303 - why\n" * (MAX_PROBLEMS + 5))
    report = check_file(text.encode(), "a", SETTINGS)
    assert report.fixes is not None
    assert set() < report.fixes.proposals.keys() <= set(report.findings)


def test_an_edit_that_changes_more_than_it_says_is_no_fix(monkeypatch: pytest.MonkeyPatch) -> None:
    text = complete("data: {examples: 10 K}\nlabels: {labelled: 5 K}\n")

    def clumsy(text: str, node: Node, new: str, **how: bool | None) -> Edit | None:
        edit = rewrite(text, node, new, **how)
        if edit is not None and new == "5k":
            edit.end += 1  # the bracket behind it
        return edit

    monkeypatch.setattr(fixing, "rewrite", clumsy)
    assert list(fixes(text)) == ["data.examples"]
    assert fixed(text) == text.replace("10 K", "10k")


def test_a_value_elsewhere_that_changes_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    text = complete("data: {examples: 10 K, features: 1}\n")

    def clumsy(text: str, node: Node, new: str, **how: bool | None) -> Edit | None:
        edit = rewrite(text, node, new, **how)
        if edit is not None:
            # 1 becomes 1.0, which Python calls equal.
            edit.text += ", features: 1.0"
            edit.end = text.index("}", edit.end)
        return edit

    monkeypatch.setattr(fixing, "rewrite", clumsy)
    assert fixes(text) == {}


def readings(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What is read to try out fixes, from now on."""
    read = []

    def noting(data: bytes) -> File:
        read.append(data)
        return parse(data)

    monkeypatch.setattr(fixing, "parse", noting)
    return read


def test_the_fixes_of_a_file_are_tried_out_together(monkeypatch: pytest.MonkeyPatch) -> None:
    text = complete("data: {examples: 10 K, required: 5 K, features: 2 K}\n")
    report = check_file(text.encode(), "a", SETTINGS)
    read = readings(monkeypatch)
    assert sum(finding.fix is not None for finding in report.findings) == 3
    assert len(read) == 1


def test_no_fix_is_worked_out_before_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fixing, "worked_out", lambda *_: pytest.fail("nobody has asked"))
    report = check_file(complete("data: {examples: 10 K}").encode(), "a", SETTINGS)
    assert [each.code for each in report.findings if each.fixes] == ["SPC006"]


def test_what_is_tried_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fixes of which none holds would be tried one by one, on a file that takes its time to be read."""
    size = 100
    text = complete("x-a: &a {}\n" + "data: {examples: 10 K}\n" + "#" * 10_000)
    text += "alternatives:\n" + "- {family: Rules}\n" * size
    monkeypatch.setattr(fixing, "MAX_READ", 20 * len(text))
    read = readings(monkeypatch)
    monkeypatch.setattr(fixing, "_change", lambda *_: None)  # so that no tree is as expected
    report = check_file(text.encode(), "a", SETTINGS)
    assert not any(finding.fix for finding in report.findings)
    assert 10 < len(read) <= 22


def test_a_finding_without_a_proposal_has_no_fix() -> None:
    finding = Finding(
        "SPC001",
        "not-yaml",
        "error",
        "",
        file="a",
        source=Source(""),
        document=0,
        path="",
        range=None,
    )
    assert finding.fix is None


def test_titles_cannot_steer_a_terminal() -> None:
    text = complete("project:\n  name: a\n  owner: 12\nlabels: {agreement: 0.7}\n")
    text += "# mlspeclint: ignore LBL303 - a\u202eb" + "c" * 100 + "\n"
    titles = [title for title, _ in fixes(text).values()]
    assert len(titles) == 2
    assert all(title.isprintable() and len(title) < 60 for title in titles)


def test_a_file_that_cannot_be_read_stays() -> None:
    for data in (b"\xff\xfea\x00", b"a: \x00", b"\xe4", b"", b"#\n", b"a" * 1_000_001):
        assert mended(data, "a", SETTINGS, unsafe=True).data == data


def test_rounds_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fixing, "MAX_ROUNDS", 1)
    text = complete("lables: {labeled: 12k}").encode()
    result = mended(text, "a", SETTINGS, unsafe=False)
    assert result.data == text.replace(b"lables", b"labels")
    assert result.count == 1


def test_fixes_tell_their_places() -> None:
    text = 'mlspec: 1\nproject: {name: "ü☃ a"}\n'
    report = check_file(text.encode(), "a", SETTINGS)
    (finding,) = (each for each in report.findings if each.fix)
    assert finding.fix is not None
    ((place, new),) = finding.fix.replacements(finding.source)
    assert new == '"a"'
    assert (place.start, place.end) == ((2, 17), (2, 23))
