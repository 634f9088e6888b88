"""`mlspeclint init`: what it writes is right whatever is answered and whatever lies around."""

from __future__ import annotations

import io
import itertools
import os
import random
import re
import sys
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlspeclint.cli import INTERRUPTED
from mlspeclint.cli.init import FAMILIES, FIELDS, MODALITIES, STAGES, TRAININGS, TYPES, command
from mlspeclint.document.parse import parse
from mlspeclint.engine import surroundings
from mlspeclint.engine.check import check_file
from mlspeclint.engine.settings import Settings
from mlspeclint.engine.surroundings import DataFile, Surroundings, rows_of, tellable
from mlspeclint.report.starter import FACTS, Answers, file_size, quoted, render
from mlspeclint.spec.compiled import Spec
from mlspeclint.spec.load import load

from ..running import Ran, run, run_process

SPEC = "ml-project.yaml"
APPROACHES = [(family, None) for family in FAMILIES if family != "deep_learning"] + [
    ("deep_learning", training) for training in TRAININGS
]
QUIET = Settings(flips=False)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """An empty repository."""
    folder = tmp_path / "Churn of Zoë's clients"
    (folder / ".git").mkdir(parents=True)
    return folder


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def written(folder: Path, *arguments: str) -> str:
    """The spec that it writes without asking."""
    ran = run("init", "--yes", *arguments, folder=folder)
    assert ran.status == 0, ran
    assert ran.out == ""
    return (folder / SPEC).read_text(encoding="utf-8")


def loaded(text: str) -> Spec:
    file = parse(text.encode())
    assert not file.problems
    read = load(file.documents[0])
    assert not read.problems, [problem.message for problem in read.problems]
    assert read.spec is not None
    return read.spec


def errors(text: str) -> list[str]:
    report = check_file(text.encode(), SPEC, QUIET)
    return [finding.code for finding in report.findings if finding.severity == "error"]


def filled(text: str) -> str:
    """The spec with every fact that was a comment."""
    start = text.index("\nmlspec: 1")
    return text[:start] + re.sub(
        r"^( *)# ((?: |- |#|\w+:).*)$",
        lambda line: line[1] + line[2] if _is_fact(line[2]) else line[0],
        text[start:],
        flags=re.MULTILINE,
    )


def _is_fact(line: str) -> bool:
    key = re.match(r"[ -]*(#|(\w+):( |$))", line)
    names = {*FACTS, *itertools.chain.from_iterable(FACTS.values())}
    return key is not None and (key[1] == "#" or key[2] in names)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Surroundings:
    folder = tmp_path_factory.mktemp("repository")
    write(folder, "data/train.csv", "age,team\n1,2\n")
    return Surroundings(str(folder / SPEC))


class TestWhatIsWritten:
    @pytest.mark.parametrize(("family", "training"), APPROACHES)
    def test_has_no_error_and_says_what_was_answered(
        self, family: str, training: str | None, found: Surroundings
    ) -> None:
        # All six stages with each of these would take minutes.
        stages = random.Random(1)
        for type_, modality in itertools.product(TYPES, MODALITIES):
            stage = stages.choice(STAGES)
            answers = Answers("a-name", stage, type_, modality, family, training, False)
            text = render(answers, found)
            assert not errors(text), answers
            assert f"\n  stage: {stage}\n" in text
            assert f"\n  type: {type_}\n" in text
            assert f"\n  modality: {modality}\n" in text
            assert f"\n  family: {family}\n" in text
            assert ("\n  training: " in text) is (training is not None)
            assert training is None or f"\n  training: {training}\n" in text

    @pytest.mark.parametrize(
        "type_", ["classification", "forecasting", "recommendation", "unknown"]
    )
    def test_stays_a_spec_with_all_that_is_a_comment(self, type_: str, found: Surroundings) -> None:
        for (family, training), modality in itertools.product(
            APPROACHES, ["tabular", "image", "audio"]
        ):
            answers = Answers("a-name", "idea", type_, modality, family, training, False)
            text = filled(render(answers, found))
            spec = loaded(text)
            assert not re.search("^ *# (# |  )", text, re.MULTILINE)
            assert spec.labels.cost_each.high == 0.5
            assert spec.alternatives[0].algorithm.text == "logistic_regression"
            assert spec.data.examples.high in (1, 12_000)

    def test_names_fields_that_there_are(self) -> None:
        for section, names in FACTS.items():
            assert {f"{section}.{name}" for name in names} <= set(FIELDS)

    def test_is_the_same_each_time_and_no_line_is_long(self, found: Surroundings) -> None:
        answers = Answers("a", "idea", "unknown", "unknown", "deep_learning", "unknown", False)
        text = render(answers, found)
        assert text == render(answers, found)
        assert max(map(len, text.splitlines())) <= 100
        assert not re.search(r"[ \t]$", text, re.MULTILINE)


class TestAnswers:
    def test_are_taken_from_the_options(self, repository: Path) -> None:
        text = written(
            repository, "--name", "x1", "--type", "ranking", "--modality", "graph", "--family",
            "deep_learning", "--training", "few_shot", "--stage", "pilot",
        )  # fmt: skip
        for line in ("name: x1", "type: ranking", "modality: graph", "family: deep_learning",
                     "training: few_shot", "stage: pilot"):  # fmt: skip
            assert f"\n  {line}\n" in text

    def test_are_defaults_with_yes(self, repository: Path) -> None:
        text = written(repository)
        for line in ("name: churn-of-zoes-clients", "type: unknown", "modality: unknown",
                     "family: classical_ml", "stage: idea"):  # fmt: skip
            assert f"\n  {line}\n" in text
        assert "training:" not in text.partition("# Approaches")[0]

    def test_need_a_terminal_or_yes(self, repository: Path) -> None:
        ran = run("init", folder=repository)
        assert ran.status == 2
        assert "--name is not given, and there is no terminal to ask at" in ran.err
        assert not (repository / SPEC).exists()

    def test_are_not_asked_for_where_the_input_is_closed(self, repository: Path) -> None:
        with mock.patch.object(sys, "stdin", None), pytest.raises(SystemExit) as end:
            command.callback(  # type: ignore[misc]  # click types it as one that may be missing
                str(repository), None, None, None, None, None, None, yes=False, force=False
            )
        assert end.value.code == 2

    def test_need_no_yes_where_all_are_given(self, repository: Path) -> None:
        ran = run("init", "--name", "x", "--type", "other", "--modality", "other", "--family", "rules",
                  "--stage", "idea", folder=repository)  # fmt: skip
        assert ran.status == 0, ran
        assert "\n  family: rules\n" in (repository / SPEC).read_text()

    def test_a_training_speaks_of_deep_learning(self, repository: Path) -> None:
        assert "\n  family: deep_learning\n" in written(repository, "--training", "prompting")
        ran = run(
            "init", "-", "--yes", "--training", "few_shot", "--family", "rules", folder=repository
        )
        assert ran.status == 2
        assert "--family is rules" in ran.err

    @pytest.mark.parametrize(
        ("name", "hint"), [("My Name", "my-name"), ("unknown", ""), ("x\n", "x")]
    )
    def test_a_name_that_is_none_is_refused(self, name: str, hint: str, repository: Path) -> None:
        ran = run("init", "--yes", "--name", name, folder=repository)
        assert ran.status == 2
        assert "a name has lower case letters" in ran.err
        assert (f"did you mean {hint}?" in " ".join(ran.err.split())) is bool(hint)

    @pytest.mark.parametrize("name", ["true", "null", "1e5", "123", "no", "0x1f", "2027-01-01"])
    def test_a_name_that_looks_like_a_value_stays_a_text(self, name: str, repository: Path) -> None:
        assert loaded(written(repository, "--name", name)).project.name.text == name


class _Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def asked(folder: Path, *arguments: str, answers: str) -> Ran:
    """Run it at a terminal at which these lines are typed."""
    out, err = io.BytesIO(), io.BytesIO()
    screen = _Terminal(err, write_through=True)
    output = io.TextIOWrapper(out, write_through=True)
    before = Path.cwd()
    os.chdir(folder)
    try:
        with (
            mock.patch.object(sys, "stdin", _Terminal(io.BytesIO(answers.encode()))),
            mock.patch.object(sys, "stderr", screen),
            mock.patch.object(sys, "stdout", output),
            mock.patch.object(sys, "argv", ["mlspeclint", "init", *arguments]),
            pytest.raises(SystemExit) as end,
        ):
            from mlspeclint.cli.root import root

            root(prog_name="mlspeclint")
        status = end.value.code or 0
        assert isinstance(status, int)
        return Ran(status, out.getvalue(), err.getvalue())
    finally:
        os.chdir(before)


class TestQuestions:
    def test_have_defaults(self, repository: Path) -> None:
        ran = asked(repository, answers="\n" * 5)
        assert ran.status == 0, ran
        assert "Name of the project [churn-of-zoes-clients]:" in ran.err
        assert "How the network is trained" not in ran.err
        text = (repository / SPEC).read_text()
        assert loaded(text).project.name.text == "churn-of-zoes-clients"

    def test_take_answers_and_ask_again(self, repository: Path) -> None:
        lines = (
            "Bad Name\ngood\nimages\nobject_detection\nimage\ndeep_learning\nfine_tuning\npilot\n"
        )
        ran = asked(repository, answers=lines)
        assert ran.status == 0, ran
        assert "did you mean bad-name?" in ran.err
        assert "'images' is not one of" in ran.err
        text = (repository / SPEC).read_text()
        for line in ("name: good", "type: object_detection", "modality: image", "family: deep_learning",
                     "training: fine_tuning", "stage: pilot"):  # fmt: skip
            assert f"\n  {line}\n" in text

    def test_leave_out_what_options_tell_and_leave_the_output_alone(self, repository: Path) -> None:
        write(repository, "requirements.txt", "torch\n")
        ran = asked(repository, "-", "--name", "x", "--type", "other", "--stage", "idea",
                    "--training", "prompting", answers="text\n")  # fmt: skip
        assert ran.status == 0, ran
        assert ran.err.count("]:") == 1
        assert "\n  modality: text\n" in ran.out
        assert ran.out.startswith("# yaml-language-server")

    def test_suggest_the_framework_that_was_found(self, repository: Path) -> None:
        write(repository, "requirements.txt", "torch\n")
        ran = asked(repository, answers="\n" * 6)
        assert ran.status == 0, ran
        assert "Approach (found: torch)" in ran.err
        assert "A guess" not in (repository / SPEC).read_text()

    def test_that_are_not_answered_leave_nothing(self, repository: Path) -> None:
        ran = asked(repository, answers="name\n")
        assert ran.status == INTERRUPTED
        assert "nothing was written" in ran.err
        assert [path.name for path in repository.iterdir()] == [".git"]


class TestTheFile:
    def test_is_never_overwritten_without_force(self, repository: Path) -> None:
        write(repository, SPEC, "mine")
        ran = run("init", "--yes", folder=repository)
        assert ran.status == 2
        assert "exists (--force overwrites it)" in ran.err
        assert (repository / SPEC).read_text() == "mine"
        assert loaded(written(repository, "--force")).project.name.text

    def test_of_the_other_ending_counts_too(self, repository: Path) -> None:
        write(repository, "ml-project.yml", "mine")
        assert run("init", "--yes", folder=repository).status == 2
        assert run("init", "--yes", "--force", folder=repository).status == 0
        assert not (repository / SPEC).exists()
        assert "mlspec: 1" in (repository / "ml-project.yml").read_text()

    def test_that_is_a_link_is_replaced_not_followed(
        self, repository: Path, tmp_path: Path
    ) -> None:
        outside = write(tmp_path, "outside", "theirs")
        (repository / SPEC).symlink_to(outside)
        assert run("init", "--yes", folder=repository).status == 2
        written(repository, "--force")
        assert outside.read_text() == "theirs"
        assert not (repository / SPEC).is_symlink()

    def test_may_be_named(self, repository: Path) -> None:
        (repository / "plans").mkdir()
        ran = run("init", "--yes", "plans/late-trains.ml-project.yaml", folder=repository)
        assert ran.status == 0, ran
        text = (repository / "plans" / "late-trains.ml-project.yaml").read_text()
        assert loaded(text).project.name.text == "late-trains"
        assert text.startswith(
            "# yaml-language-server: $schema=../schemas/ml-project.v1.schema.json\n"
        )
        assert "mlspeclint check plans/late-trains.ml-project.yaml" in ran.err

    @pytest.mark.parametrize(
        ("path", "told"),
        [("plans", "neither a folder nor"), ("no/such.yaml", "there is no folder no")],
    )
    def test_needs_a_place(self, path: str, told: str, repository: Path) -> None:
        ran = run("init", "--yes", path, folder=repository)
        assert (ran.status, told in ran.err) == (2, True), ran

    def test_that_cannot_be_written_leaves_nothing(self, repository: Path) -> None:
        write(repository, f"{SPEC}/x", "")
        ran = run("init", "--yes", "--force", SPEC, folder=repository)
        # A folder that is named is one to put a spec into.
        assert ran.status == 0, ran
        (repository / "x.yaml").symlink_to(repository / "nowhere" / "x")
        with mock.patch.object(os, "replace", side_effect=PermissionError(13, "Permission denied")):
            ran = run("init", "--yes", "--force", "x.yaml", folder=repository)
        assert ran.status == 2
        assert "cannot write x.yaml: Permission denied" in ran.err
        assert sorted(path.name for path in repository.iterdir()) == [".git", SPEC, "x.yaml"]

    def test_is_printed_for_a_dash(self, repository: Path) -> None:
        ran = run("init", "--yes", "-", folder=repository)
        assert (ran.status, ran.err) == (0, "")
        assert loaded(ran.out).project.name.text == "churn-of-zoes-clients"
        assert [path.name for path in repository.iterdir()] == [".git"]

    def test_passes_the_check_as_users_run_it(self, repository: Path) -> None:
        assert run_process("init", "--yes", folder=repository).status == 0
        ran = run_process("check", folder=repository)
        assert ran.status == 0, ran

    def test_names_the_schema_where_it_is(self, repository: Path) -> None:
        schema = write(repository, "ml-project.v1.schema.json", "{}")
        line, after = written(repository).split("\n")[:2]
        assert line == f"# yaml-language-server: $schema=./{schema.name}"
        assert "mlspeclint schema" not in after


class TestNames:
    def test_come_from_the_package(self, repository: Path) -> None:
        write(repository, "pyproject.toml", '[project]\nname = "Acme.Churn_Model"\n')
        assert "\n  name: acme-churn-model\n" in written(repository)

    def test_come_from_poetry(self, repository: Path) -> None:
        write(repository, "pyproject.toml", '[tool.poetry]\nname = "churn"\n')
        assert "\n  name: churn\n" in written(repository)

    @pytest.mark.parametrize(
        "content",
        [b"[project", b"\xff", b"project = 1", b"[project]\nname = 1", b'[project]\nname = "\\u4e2d"',
         b"x = 1\n" * 400_000],
    )  # fmt: skip
    def test_come_from_the_folder_where_the_package_has_none(
        self, content: bytes, repository: Path
    ) -> None:
        write(repository, "pyproject.toml", content)
        assert "\n  name: churn-of-zoes-clients\n" in written(repository)

    @settings(derandomize=True, max_examples=60, deadline=None)
    @given(st.text(max_size=80))
    def test_are_slugs_whatever_the_package_is_called(self, name: str) -> None:
        with (
            mock.patch.object(Surroundings, "_package", return_value=name),
            mock.patch.object(Surroundings, "_data", return_value=[]),
        ):
            found = Surroundings("x/unknown/ml-project.yaml")
        answers = Answers(found.name, "idea", "unknown", "unknown", "rules", None, False)
        assert loaded(render(answers, found)).project.name.text == found.name


class TestTheFamily:
    def test_is_guessed_from_a_framework_and_says_so(self, repository: Path) -> None:
        write(repository, "requirements.txt", "pandas\ntorchvision\n")
        text = written(repository)
        assert "\n  family: deep_learning\n" in text
        flat = " ".join(text.replace("#", "").split())
        assert "depends on torchvision (requirements.txt:2). Check that it is right." in flat

    @pytest.mark.parametrize("packages", ["pandas", "openai", "torch\ngpytorch", ""])
    def test_is_not_guessed_from_what_proves_little(self, packages: str, repository: Path) -> None:
        write(repository, "requirements.txt", packages)
        text = written(repository)
        assert "\n  family: classical_ml\n" in text
        assert "A guess" not in text

    def test_is_no_guess_where_it_is_given(self, repository: Path) -> None:
        write(repository, "requirements.txt", "torch")
        assert "A guess" not in written(repository, "--family", "deep_learning")


class TestData:
    @pytest.mark.parametrize(
        ("name", "content", "rows"),
        [
            ("a.csv", "a,b\nx,1\ny,2\n", 2),
            ("a.csv", "a,b\nx,1\ny,2", 2),
            ("a.csv", "1,2\n3,4\n", 2),
            ("a.csv", 'a,b\n"x\ny",""\n"z""\n",1\n', 2),
            ("a.csv", 'a,b\n5" pipe,1\n', None),
            ("a.csv", "", 0),
            ("a.csv", "a,b\n", 0),
            ("a.tsv", "a\tb\nx\t1\n", 1),
            ("a.jsonl", '{"a": "x\\""}\n{}\n', 2),
            ("a.csv", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n", None),
            ("a.csv", b"\xff\xfea\0,\0b\0\n\0", None),
        ],
    )
    def test_rows_are_counted(
        self, name: str, content: str | bytes, rows: int | None, tmp_path: Path
    ) -> None:
        path = write(tmp_path, name, content)
        assert rows_of(path, path.suffix[1:]) == rows

    @pytest.mark.parametrize("chunk", [2, 3, 5, 7])
    def test_rows_are_counted_piece_by_piece(self, chunk: int, tmp_path: Path) -> None:
        path = write(tmp_path, "a.csv", 'a,b\n"x\n\ny",""\n"z""\n",q\nlast,"\n"')
        with mock.patch.object(surroundings, "CHUNK", chunk):
            assert rows_of(path, "csv") == 3

    def test_of_one_file_is_declared(self, repository: Path) -> None:
        write(repository, "data/it's #1 train.csv", "a,b\n" + "x,1\n" * 1234)
        text = written(repository)
        spec = loaded(text)
        assert spec.data.examples.high == 1234
        assert spec.data.sources[0].path.text == "data/it's #1 train.csv"
        assert spec.data.sources[0].format.text == "csv"
        assert "1,234 rows" in text

    @settings(derandomize=True, max_examples=150, deadline=None)
    @given(st.text(st.characters(exclude_characters="/"), min_size=1, max_size=40).filter(tellable))
    def test_whatever_a_file_is_called_the_spec_says_so(
        self, found: Surroundings, name: str
    ) -> None:
        answers = Answers("a", "idea", "other", "text", "rules", None, False)
        with mock.patch.object(found, "data", [DataFile(name, "csv", rows=3)]):
            text = render(answers, found)
        assert loaded(text).data.sources[0].path.text == name
        assert not errors(text)
        with mock.patch.object(found, "data", [DataFile(name, "csv"), DataFile(name, None)]):
            text = render(answers, found)
        assert loaded(text).data.examples.absent

    @pytest.mark.parametrize(("modality", "declared"), [("text", True), ("image", False)])
    def test_rows_are_no_pictures(self, modality: str, declared: bool, repository: Path) -> None:
        write(repository, "labels.csv", "file,label\na.png,1\n")
        text = written(repository, "--modality", modality)
        assert loaded(text).data.examples.absent is not declared
        assert "labels.csv, 1 row." in text

    def test_of_several_files_is_only_told(self, repository: Path) -> None:
        write(repository, "small.csv", "a\nx\n")
        write(repository, "data/large.jsonl", "{}\n" * 5)
        text = written(repository)
        assert loaded(text).data.examples.absent
        assert (
            "# Found here:\n# - data/large.jsonl, 5 rows\n# - small.csv, 1 row\n# data:\n" in text
        )
        assert loaded(filled(text)).data.examples.high == 12_000

    def test_that_dvc_tracks_has_a_size(self, repository: Path) -> None:
        write(repository, "data/photos.dvc", "outs:\n- md5: a.dir\n  size: 40123456789\n"
              "  nfiles: 12000\n  hash: md5\n  path: photos\n")  # fmt: skip
        text = written(repository)
        assert loaded(text).data.size.high == 40.1e9
        assert "Found here: data/photos, 40.1 GB by DVC, 12,000 files." in text
        assert loaded(text).data.sources[0].path.text == "data/photos"

    def test_at_hand_counts_before_what_dvc_tells(self, repository: Path) -> None:
        write(repository, "train.csv", "a\nx\n")
        write(repository, "train.csv.dvc", "outs:\n- size: 4\n  path: train.csv\n")
        assert loaded(written(repository)).data.examples.high == 1

    @pytest.mark.parametrize(
        "content",
        ["outs:\n- path: ../../etc/passwd\n  size: 1\n", "outs:\n- path: /etc/passwd\n  size: 1\n",
         "outs: 1", "- 1", "outs: [a]", ":", "", "outs:\n- path: \"a\\nb\"\n", "a: &a [*a]",
         'outs:\n- path: "x mlspeclint: ignore[DAT101] until=2099-01-01 -- x"\n'],
    )  # fmt: skip
    def test_of_an_odd_dvc_file_is_passed_over(self, content: str, repository: Path) -> None:
        write(repository, "x.dvc", content)
        assert "Found here" not in written(repository)

    @pytest.mark.skipif(os.name == "nt", reason="such names are not possible there")
    @pytest.mark.parametrize(
        "name",
        [b"a\nmlspec: 2.csv", b"\xff.csv", b"\x1b[31m.csv", "\u202e.csv".encode(),
         b"# mlspeclint: ignore[DAT101] until=2099-01-01 -- x.csv", b"tests/a.csv", b".hidden/a.csv",
         b"a/b/c/d/e/deep.csv"],
    )  # fmt: skip
    def test_with_a_hostile_or_distant_name_is_passed_over(
        self, name: bytes, repository: Path
    ) -> None:
        path = Path(os.fsdecode(os.fsencode(repository) + b"/" + name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a\nx\n")
        text = written(repository)
        assert "Found here" not in text
        assert loaded(text).data.examples.absent

    def test_outside_is_never_read(self, repository: Path, tmp_path: Path) -> None:
        outside = write(tmp_path, "elsewhere/secret.csv", "a\nx\n")
        package = write(tmp_path, "elsewhere/pyproject.toml", '[project]\nname = "secret"\n')
        (repository / "link.csv").symlink_to(outside)
        (repository / "folder").symlink_to(outside.parent)
        (repository / "pyproject.toml").symlink_to(package)
        text = written(repository)
        assert "Found here" not in text
        assert "secret" not in text

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name there")
    def test_in_a_pipe_is_not_waited_for(self, repository: Path) -> None:
        os.mkfifo(repository / "a.csv")
        os.mkfifo(repository / "b.dvc")
        assert "Found here" not in written(repository)

    def test_has_limits(self, repository: Path) -> None:
        for index in range(8):
            write(repository, f"{index}.csv", "a\nx\n")
        with (
            mock.patch.object(surroundings, "MAX_FILES", 4),
            mock.patch.object(surroundings, "MAX_COUNTED_IN_ALL", 8),
        ):
            data = Surroundings(str(repository / SPEC)).data
        assert [(file.path, file.rows) for file in data] == [
            ("0.csv", 1), ("1.csv", 1), ("2.csv", None), ("3.csv", None),
        ]  # fmt: skip
        with mock.patch.object(surroundings, "MAX_COUNTED", 3):
            assert {file.rows for file in Surroundings(str(repository / SPEC)).data} == {None}
        with mock.patch.object(surroundings, "MAX_ENTRIES", 3):
            assert len(Surroundings(str(repository / SPEC)).data) <= 3


@pytest.mark.parametrize(
    "text",
    ["a", "true", "Unknown", "a b", "it's", "- a", "a: b", "a #b", "%a", "@a", "é", "1.5", ""],
)
def test_texts_are_quoted_where_they_need_it(text: str) -> None:
    file = parse(f"key: {quoted(text)}\n".encode())
    assert not file.problems
    root = file.documents[0].root
    assert root is not None
    assert root.entries["key"].value.value == text  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("size", "shown"),
    [(0, "0 B"), (999, "999 B"), (1000, "1 kB"), (999_600, "1 MB"), (1_234_567, "1.23 MB"),
     (2 * 10**17, "200 PB")],
)  # fmt: skip
def test_sizes_have_three_digits(size: int, shown: str) -> None:
    assert file_size(size) == shown
