"""The committed tables: fresh, complete, and every figure with a source and a date."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from mlspeclint import knowledge
from mlspeclint.knowledge import pages
from mlspeclint.knowledge.frameworks import package_kind
from mlspeclint.spec.compiled import People
from tests.knowledge.support import ROOT, script

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ROOT / "src" / "mlspeclint" / "knowledge"
MEASURED = sorted((FOLDER / "measured").glob("*.toml"))


tables = script("build_tables")


def curated(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / "curated" / f"{name}.toml").read_text(encoding="utf-8"))


BIBLIOGRAPHY = curated("bibliography")
MONTH = re.compile(r"20[0-2]\d-(0[1-9]|1[0-2])")


def test_the_generated_modules_are_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    assert tables.main(["--check"]) == 0, capsys.readouterr().out


def test_a_change_of_a_table_makes_the_module_stale(tmp_path: Path) -> None:
    copy = tmp_path / "knowledge"
    shutil.copytree(FOLDER, copy)
    limits = copy / "curated" / "thresholds.toml"
    text = limits.read_text(encoding="utf-8")
    limits.write_text(text.replace("value = 0.667", "value = 0.6"), encoding="utf-8")
    assert tables.main(["--knowledge", str(copy), "--check"]) == 1
    assert tables.main(["--knowledge", str(copy)]) == 0
    assert tables.main(["--knowledge", str(copy), "--check"]) == 0
    assert "'agreement_low': 0.6," in (copy / "_tables.py").read_text(encoding="utf-8")


def test_a_name_of_two_kinds_ends_the_build(tmp_path: Path) -> None:
    copy = tmp_path / "knowledge"
    shutil.copytree(FOLDER, copy)
    names = copy / "curated" / "algorithms.toml"
    text = names.read_text(encoding="utf-8")
    names.write_text(text.replace('"dbscan"', '"XG Boost"'), encoding="utf-8")
    with pytest.raises(ValueError, match="'XG Boost' is of two kinds"):
        tables.build(copy)


def test_the_generated_modules_hold_plain_values_only() -> None:
    for name in ("_tables.py", "_bibliography.py"):
        text = (FOLDER / name).read_text(encoding="utf-8")
        assert "do not edit" in text
        imports = [line for line in text.splitlines() if re.match(r"\s*(import|from)\s", line)]
        assert imports == ["from __future__ import annotations"]


def test_importing_knowledge_reads_no_toml_and_no_bibliography() -> None:
    code = (
        "import sys; before = set(sys.modules); import mlspeclint.knowledge; "
        "print(*sorted(set(sys.modules) - before))"
    )
    run = subprocess.run(
        [
            sys.executable,
            "-S",
            "-c",
            f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r}); {code}",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(run.stdout.split())
    assert "mlspeclint.knowledge._tables" in loaded
    assert {name for name in loaded if not name.startswith("mlspeclint")} <= {"__future__"}
    assert not loaded & {"mlspeclint.knowledge._bibliography", "mlspeclint.knowledge.pages"}


def test_every_source_of_the_catalogue_is_in_the_bibliography() -> None:
    catalogue = """
        grinsztajn2022 tabzilla2023 rtdl2021 tabr2023 tabred2024 tabarena2025 shwartz2022
        vdploeg2014 riley2020 vtab2019 he2019 kornblith2019 raghu2019 setfit2022 zhang2021
        zhang2015 koehn2017 librispeech2015 wav2vec2 whisper2022 fev2025 m4 m5 ucr2023
        moleculenet2018 dacrema2019 viering2022 hestness2017 figueroa2012 mahmood2022
        northcutt2021 krippendorff2004 rudin2019 adebayo2018 slack2020 krishna2022 bilodeau2024
        zero2020 ash2020 vela2022 he2014 hanley1982 sculley2015 breck2017 rulesofml
    """
    assert [name for name in catalogue.split() if name not in BIBLIOGRAPHY] == []


@pytest.mark.parametrize("name", sorted(BIBLIOGRAPHY))
def test_a_source_is_complete(name: str) -> None:
    entry = BIBLIOGRAPHY[name]
    assert set(entry) == {"authors", "title", "year", "venue", "identifier"}
    assert entry["authors"] and entry["title"] and entry["venue"]
    assert 1950 <= entry["year"] <= 2026
    patterns = {
        "arxiv": r"\d{4}\.\d{4,5}",
        "doi": r"10\.\d{4,9}/\S+",
        "isbn": r"\d{13}",
        "eli": r"(reg|dir)/\d{4}/\d+",
    }
    if entry["identifier"]:
        scheme, _, rest = entry["identifier"].partition(":")
        assert re.fullmatch(patterns[scheme], rest)


def test_a_link_follows_from_the_identifier() -> None:
    assert pages.source("tabzilla2023").link == "https://arxiv.org/abs/2305.02997"
    assert pages.source("riley2020").link == "https://doi.org/10.1136/bmj.m441"
    assert pages.source("gdpr").link == "https://eur-lex.europa.eu/eli/reg/2016/679"
    assert pages.source("krippendorff2004").link == ""
    assert str(pages.source("koehn2017")) == (
        "Koehn, Knowles: Six Challenges for Neural Machine Translation. Workshop on Neural "
        "Machine Translation, 2017. https://arxiv.org/abs/1706.03872"
    )
    assert str(pages.source("rulesofml")).endswith("Google, 2017.")
    with pytest.raises(KeyError):
        pages.source("nobody1999")


def figures() -> list[tuple[str, dict[str, Any]]]:
    """Return every entry that states a figure or a fact, with the name of its table."""
    found = [(path.stem, tomllib.loads(path.read_text(encoding="utf-8"))) for path in MEASURED]
    for name in ("thresholds", "accelerators", "prohibited_practices", "frameworks"):
        found += [(f"{name}.{key}", entry) for key, entry in curated(name).items()]
    for name in ("regulation", "duties"):
        for topic, entries in curated(name).items():
            found += [(f"{name}.{topic}.{entry['law']}", entry) for entry in entries]
    found += [(name, curated(name)) for name in ("algorithms", "approaches", "explanation_levels")]
    return found


@pytest.mark.parametrize(("name", "entry"), figures(), ids=[name for name, _ in figures()])
def test_a_figure_has_sources_and_a_date(name: str, entry: dict[str, Any]) -> None:
    assert entry["sources"]
    assert [source for source in entry["sources"] if source not in BIBLIOGRAPHY] == []
    assert MONTH.fullmatch(entry["as_of"])


@pytest.mark.parametrize("path", MEASURED, ids=lambda path: path.stem)
def test_a_measured_table_says_what_how_and_what_it_cannot_tell(path: Path) -> None:
    table = pages.table(path.stem)
    for field in ("title", "counted", "how", "limits", "licence", "evidence"):
        assert table[field]
    assert isinstance(table["discriminates"], bool)
    for row in table.get("count", []):
        assert row["total"] == row["wins"] + row["ties"] + row["losses"] > 0


def test_the_bands_of_a_group_add_up_to_the_whole() -> None:
    for path in MEASURED:
        rows = pages.table(path.stem).get("count", [])
        for group in {row["group"] for row in rows}:
            whole, *parts = [row for row in rows if row["group"] == group]
            for column in ("wins", "ties", "losses"):
                assert not parts or whole[column] == sum(part[column] for part in parts)


@pytest.mark.parametrize(("name", "entry"), sorted(curated("thresholds").items()))
def test_a_limit_names_its_rule_unit_and_basis(name: str, entry: dict[str, Any]) -> None:
    assert re.fullmatch(r"[A-Z]{3}\d{3}", entry["rule"])
    assert entry["unit"] and entry["note"]
    assert entry["basis"] in ("measured", "literature", "arithmetic", "convention")
    # A convention says so, and nothing else calls itself one.
    assert (entry["basis"] == "convention") == ("convention" in entry["sources"])
    low, high = knowledge.interval(name)
    assert 0 <= low <= high


def test_accelerators_are_ordered_intervals() -> None:
    for entry in curated("accelerators").values():
        for field in ("memory_gb", "peak_flops", "price_usd"):
            low, high = entry[field]
            assert 0 < low <= high


def test_regulation_speaks_of_every_domain_and_only_asks_to_check() -> None:
    domains = """biometrics critical_infrastructure education employment essential_services credit
        insurance law_enforcement migration justice health"""
    assert set(curated("regulation")) == {"everywhere", *domains.split()}
    for entries in curated("regulation").values():
        for entry in entries:
            assert entry["check"].startswith("whether ")


def test_duties_and_prohibitions_only_ask_to_check() -> None:
    entries = [entry for entries in curated("duties").values() for entry in entries]
    for entry in (*entries, *curated("prohibited_practices").values()):
        assert entry["check"].startswith("whether ")


def test_a_package_is_of_one_kind_and_spelt_as_it_is_compared() -> None:
    names = [name for entry in curated("frameworks").values() for name in entry["names"]]
    assert len(names) == len(set(names))
    assert [name for name in names if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", name)] == []
    # A name from which a build is cut off would never be found.
    assert [
        name for name in names if package_kind(name) is None or package_kind(f"{name}-gpu") is None
    ] == []


def test_every_practice_of_the_format_is_known() -> None:
    shape: Any = People.FIELDS["practices"]
    assert set(curated("prohibited_practices")) == set(shape.item.options)


def test_what_does_not_apply_yet_says_from_when() -> None:
    for entries in (*curated("regulation").values(), *curated("duties").values()):
        for entry in entries:
            if "AI Act Art. 27" in entry["law"]:
                assert "from 2 December 2027" in entry["point"]
            if "Annex III" in entry["point"]:
                assert "from 2 December 2027" in entry["point"]
            if "Annex I," in entry["point"]:
                assert "from 2 August 2028" in entry["point"]


def test_a_table_that_does_not_exist() -> None:
    with pytest.raises(KeyError):
        pages.table("horoscopes")
