"""`check --fix`, `--unsafe-fixes` and `--diff`, as users run them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from mlspeclint.cli.replace import NotReplaced, replace_file
from mlspeclint.document.edit import Edit, edited
from mlspeclint.document.limits import MAX_BYTES
from mlspeclint.engine import atomic
from mlspeclint.report.diff import MOST_LINES, diff

from ..report.test_sarif import the_run
from ..running import ROOT, Ran, run

GOOD = """\
# A plan.
mlspec: 1
project: {name: example, stage: idea}
task:   {type: classification, modality: tabular}   # ☃

approach: {family: rules}
"""
BAD = GOOD.replace("classification", "Classification").replace("approach", "aproach")
GUESS = GOOD + "data: {examples: about 10k}\n"
SCRIPT = "import sys; from mlspeclint.cli import main; sys.exit(main())"


def specs(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.ml-project.yaml").write_bytes(text.encode())


def text_of(folder: Path, name: str) -> str:
    return (folder / f"{name}.ml-project.yaml").read_bytes().decode()


def check(folder: Path, *arguments: str, stdin: bytes = b"", columns: int | None = None) -> Ran:
    # A note that every early plan has.
    ran = run(
        "check", "--ignore", "TGT803", *arguments, folder=folder, stdin=stdin, columns=columns
    )
    assert "Traceback" not in ran.err
    return ran


# What is done


def test_safe_fixes_are_made_and_the_rest_is_reported(tmp_path: Path) -> None:
    specs(tmp_path, a=BAD, b=GOOD, c=BAD, d=GUESS)
    ran = check(tmp_path, "--fix")
    assert [text_of(tmp_path, each) for each in "abcd"] == [GOOD, GOOD, GOOD, GUESS]
    assert ran.err == "mlspeclint: fixed 4 problems in 2 files\n"
    assert ran.status == 1
    assert "d.ml-project.yaml: 1 error" in ran.out
    assert "a.ml-project.yaml" not in ran.out
    assert "= fix: write `10k` (--fix --unsafe-fixes)" in ran.out
    assert ran.out.endswith("fixable: 1 with --fix --unsafe-fixes\n")


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    specs(tmp_path, a=BAD)
    assert check(tmp_path, "--fix").status == 0
    before = (tmp_path / "a.ml-project.yaml").stat()
    ran = check(tmp_path, "--fix")
    assert (ran.status, ran.err) == (0, "")
    after = (tmp_path / "a.ml-project.yaml").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_unsafe_fixes_are_made_when_asked(tmp_path: Path) -> None:
    specs(tmp_path, a=GUESS.replace("rules", "Rules"))
    ran = check(tmp_path, "--fix", "--unsafe-fixes")
    assert (ran.status, ran.err) == (0, "mlspeclint: fixed 2 problems in 1 file\n")
    assert text_of(tmp_path, "a") == GUESS.replace("about 10k", "10k")


def test_unsafe_fixes_alone_change_nothing(tmp_path: Path) -> None:
    specs(tmp_path, a=BAD)
    ran = check(tmp_path, "--unsafe-fixes")
    assert ran.status == 1
    assert ran.out.endswith("fixable: 2 with --fix\n")
    assert text_of(tmp_path, "a") == BAD


def test_no_fix_without_being_asked(tmp_path: Path) -> None:
    specs(tmp_path, a=BAD)
    ran = check(tmp_path)
    assert (ran.status, ran.err) == (1, "")
    assert "= fix: write `approach` (--fix)" in ran.out
    assert text_of(tmp_path, "a") == BAD


def test_the_report_is_about_the_file_after_fixes(tmp_path: Path) -> None:
    specs(tmp_path, a=GUESS.replace("project:", "# one more line\nprojct:"))
    ran = check(tmp_path, "--fix", "-f", "json")
    (finding,) = json.loads(ran.out)["findings"]
    assert finding["path"] == "data.examples"
    assert finding["range"]["start"]["line"] == 8


# Standard input


def test_standard_input_goes_to_the_output(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + BAD.replace("\n", "\r\n").encode()
    ran = check(tmp_path, "--fix", "-", stdin=data)
    assert ran.out.encode() == b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    assert "mlspeclint: fixed 2 problems in 1 file\n" in ran.err
    assert "<stdin>: no findings" in ran.err
    assert ran.status == 0


def test_standard_input_without_anything_to_fix_comes_out_as_it_is(tmp_path: Path) -> None:
    for data in (GUESS.encode(), b"a: [\xff", b"", b"#" * (MAX_BYTES + 100_000)):
        ran = run("check", "--fix", "-", folder=tmp_path, stdin=data, encoding="latin-1")
        assert ran.out.encode("latin-1") == data
        assert ran.status == 1
        assert "error[" in ran.err


def test_standard_input_has_a_place_by_its_name(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    ran = check(tmp_path, "--fix", "-", "--stdin-filename", "a/b.yaml", stdin=GOOD.encode())
    assert "$schema=../schemas/ml-project.v1.schema.json\n" in ran.out
    assert check(tmp_path, "--fix", "-", stdin=GOOD.encode()).out == GOOD


def test_standard_input_that_is_left_out_comes_out_as_it_is(tmp_path: Path) -> None:
    (tmp_path / ".mlspeclint.toml").write_text('exclude = ["a/*"]\n', encoding="utf-8")
    named = ("-", "--stdin-filename", "a/b.yaml", "--force-exclude")
    ran = check(tmp_path, "--fix", *named, stdin=BAD.encode())
    assert (ran.status, ran.out) == (0, BAD)
    assert check(tmp_path, "--diff", *named, stdin=BAD.encode()).out == ""


def test_standard_input_is_alone(tmp_path: Path) -> None:
    specs(tmp_path, a=BAD)
    ran = check(tmp_path, "--fix", "-", "a.ml-project.yaml", stdin=BAD.encode())
    assert ran.status == 2
    assert "name no other path" in ran.err
    assert text_of(tmp_path, "a") == BAD


# --diff


def test_a_diff_changes_nothing(tmp_path: Path) -> None:
    specs(tmp_path, a=BAD, b=GUESS)
    ran = check(tmp_path, "--diff")
    assert (ran.status, ran.err) == (1, "mlspeclint: would fix 2 problems in 1 file\n")
    assert [text_of(tmp_path, each) for each in "ab"] == [BAD, GUESS]
    assert ran.out == (
        "--- a/a.ml-project.yaml\n"
        "+++ b/a.ml-project.yaml\n"
        "@@ -1,6 +1,6 @@\n"
        " # A plan.\n"
        " mlspec: 1\n"
        " project: {name: example, stage: idea}\n"
        "-task:   {type: Classification, modality: tabular}   # ☃\n"
        "+task:   {type: classification, modality: tabular}   # ☃\n"
        " \n"
        "-aproach: {family: rules}\n"
        "+approach: {family: rules}\n"
    )
    ran = check(tmp_path, "--diff", "--fix", "--unsafe-fixes")
    assert "+data: {examples: 10k}\n" in ran.out
    assert [text_of(tmp_path, each) for each in "ab"] == [BAD, GUESS]


def test_no_diff_no_failure(tmp_path: Path) -> None:
    specs(tmp_path, a=GOOD, b=GUESS)
    ran = check(tmp_path, "--diff")
    assert (ran.status, ran.out, ran.err) == (0, "", "")


@pytest.mark.parametrize("option", [("-f", "json"), ("-o", "report.txt"), ("--write-baseline",)])
def test_a_diff_is_no_report(tmp_path: Path, option: tuple[str, ...]) -> None:
    specs(tmp_path, a=BAD)
    assert check(tmp_path, "--diff", *option).status == 2


def test_a_diff_of_standard_input(tmp_path: Path) -> None:
    ran = check(tmp_path, "--diff", "-", stdin=BAD.encode())
    assert ran.status == 1
    assert ran.out.startswith("--- a/<stdin>\n+++ b/<stdin>\n@@")
    assert check(tmp_path, "--diff", "-", stdin=GOOD.encode()).out == ""


def test_nothing_in_a_diff_steers_a_terminal(tmp_path: Path) -> None:
    specs(tmp_path, a=BAD.replace("# ☃", "# \u202eevil\u2066"))
    assert "\u202e" in check(tmp_path, "--diff").out
    on_terminal = check(tmp_path, "--diff", columns=80).out
    assert on_terminal.replace("\n", "").isprintable()
    assert "\\u202eevil" in on_terminal


def git(folder: Path, *arguments: str, patch: str = "") -> None:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, input=patch.encode(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


NAMES = (
    "a",
    "with space",
    "ü☃",
    'quote"back\\slash',
    "new\nline\ttab",
    "-dash",
    "bidi\u202e",
)
ENDS = {
    "unix": BAD,
    "windows": BAD.replace("\n", "\r\n"),
    "mac": BAD.replace("\n", "\r"),
    "no end": BAD.rstrip("\n"),
    "mark": "\ufeff" + BAD,
    "mixed": BAD.replace("\n", "\r\n", 2),
    "far": BAD + "# more\n" * 50 + "data: {examples: 10 K}",
    "long": BAD + "# more\n" * MOST_LINES + "data: {examples: 10 K}",
    "long, one change": BAD + "# more\n" * MOST_LINES,
}


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_git_takes_the_diff(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    texts = dict.fromkeys(NAMES, BAD) | ENDS
    for folder in (one, other):
        (folder / "sub").mkdir(parents=True)
        git(folder, "init", "--quiet")
        specs(folder / "sub", **texts)
    (one / "elsewhere").mkdir()
    patch = check(one, "--diff").out
    git(other, "apply", "--check", "-", patch=patch)
    git(other, "apply", "-", patch=patch)
    assert check(one, "--fix").status == 0
    for name in texts:
        assert text_of(other / "sub", name) == text_of(one / "sub", name) != texts[name]


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_git_takes_the_diff_in_a_folder_below(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    git(tmp_path, "init", "--quiet")
    specs(tmp_path / "sub", a=BAD)
    patch = check(tmp_path / "sub", "--diff").out
    git(tmp_path / "sub", "apply", "-", patch=patch)
    assert text_of(tmp_path / "sub", "a") == GOOD


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{}", "top\n{}"),
        ("top\n{}", "{}"),
        ("{}", "{}end"),
        ("{}end\n", "{}"),
        ("{}end", "{}end\n"),
        ("one\n{}one\n{}", "two\n{}{}two\n"),
        ("{}one\n{}", "{}{}"),
    ],
)
def test_git_takes_a_diff_of_many_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = "".join(f"# {number % 200}\n" for number in range(MOST_LINES))
    before, after = (text.replace("{}", lines).encode() for text in (old, new))
    git(tmp_path, "init", "--quiet")
    (tmp_path / "a").write_bytes(before)
    git(tmp_path, "apply", "-", patch=diff("a", before, after))
    assert (tmp_path / "a").read_bytes() == after


def test_a_diff_of_what_is_the_same_is_empty() -> None:
    assert diff("a", b"a\xff", b"a\xff") == ""


# Writing


def test_mode_and_owner_stay(tmp_path: Path) -> None:
    specs(tmp_path, a=BAD)
    path = tmp_path / "a.ml-project.yaml"
    path.chmod(0o750)
    if os.getuid() == 0:
        os.chown(path, 12345, 23456)
    before = path.stat()
    assert check(tmp_path, "--fix").status == 0
    after = path.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        before.st_mode,
        before.st_uid,
        before.st_gid,
    )
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_an_owner_that_cannot_stay_is_no_reason_to_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "chown", refused)
    specs(tmp_path, a=BAD)
    assert check(tmp_path, "--fix").status == 0
    assert text_of(tmp_path, "a") == GOOD


def test_a_read_only_file_stays(tmp_path: Path) -> None:
    specs(tmp_path, a=BAD, b=BAD)
    (tmp_path / "a.ml-project.yaml").chmod(0o444)
    ran = check(tmp_path, "--fix")
    assert ran.status == 2
    assert "mlspeclint: cannot write a.ml-project.yaml: it is read-only\n" in ran.err
    assert "fixed 2 problems in 1 file" in ran.err
    assert "a.ml-project.yaml: 2 errors" in ran.out
    assert (text_of(tmp_path, "a"), text_of(tmp_path, "b")) == (BAD, GOOD)


@pytest.mark.parametrize("step", ["mkstemp", "fsync", "chmod", "replace"])
def test_what_the_system_refuses_leaves_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    specs(tmp_path, a=BAD)
    monkeypatch.setattr(atomic if step == "mkstemp" else os, step, refused)
    ran = check(tmp_path, "--fix")
    assert ran.status == 2
    assert "a.ml-project.yaml: No space left on device\n" in ran.err
    assert text_of(tmp_path, "a") == BAD
    assert [each.name for each in tmp_path.iterdir()] == ["a.ml-project.yaml"]


@pytest.mark.skipif(os.name == "nt", reason="signals are another thing there")
@pytest.mark.parametrize(
    "moment",
    [
        "mkstemp = atomic.mkstemp; atomic.mkstemp = lambda **how: (mkstemp(**how), die())",
        "os.fsync = die",
        "os.chmod = die",
        "os.replace = die",
    ],
)
def test_a_killed_run_leaves_the_file_whole(tmp_path: Path, moment: str) -> None:
    specs(tmp_path, a=BAD)
    script = (
        "import os, signal, sys\n"
        "from mlspeclint.cli import main\nfrom mlspeclint.engine import atomic\n"
        "def die(*_): os.kill(os.getpid(), signal.SIGKILL)\n"
        f"{moment}\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "--fix"], cwd=tmp_path, check=False, capture_output=True
    )
    assert done.returncode == -signal.SIGKILL
    assert text_of(tmp_path, "a") == BAD
    assert check(tmp_path, "--fix").status == 0
    assert text_of(tmp_path, "a") == GOOD


def test_a_file_that_has_changed_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    for now in (b"other", b"old and more", b""):
        path.write_bytes(now)
        with pytest.raises(NotReplaced, match="changed since"):
            replace_file(str(path), b"old", b"new")
        assert path.read_bytes() == now
    path.write_bytes(b"old")
    replace_file(str(path), b"old", b"new")
    assert path.read_bytes() == b"new"


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotReplaced, match="no regular file"):
        replace_file(str(tmp_path / "pipe"), b"", b"new")
    with pytest.raises(NotReplaced, match="No such file"):
        replace_file(str(tmp_path / "gone"), b"", b"new")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_links_are_followed_inside_the_repository(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    for folder in (inside / "real", outside):
        folder.mkdir(parents=True)
        specs(folder, a=BAD)
    (inside / ".git").mkdir()
    (inside / "link.yaml").symlink_to("real/a.ml-project.yaml")
    (inside / "away.yaml").symlink_to(outside / "a.ml-project.yaml")
    (inside / "folder").symlink_to(outside)

    assert check(inside, "--fix", "link.yaml").status == 0
    assert (inside / "link.yaml").is_symlink()
    assert text_of(inside / "real", "a") == GOOD

    for path in ("away.yaml", "folder/a.ml-project.yaml"):
        ran = check(inside, "--fix", path)
        assert ran.status == 2
        assert "it is a link that leads out of" in ran.err
        assert text_of(outside, "a") == BAD


# Reports


def test_json_edits_lead_to_the_fixed_text(tmp_path: Path) -> None:
    specs(tmp_path, a=BAD + "labels: {agreement: 0.9}  # mlspeclint: ignore LBL303 - ü\n")
    ran = check(tmp_path, "-f", "json")
    fixes = [each["fix"] for each in json.loads(ran.out)["findings"] if each["fix"]]
    assert len(fixes) == 3
    assert [set(each) for each in fixes] == [{"title", "safe", "edits"}] * 3
    assert all(each["safe"] for each in fixes)
    text = text_of(tmp_path, "a")
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)

    def offset(place: dict[str, int]) -> int:
        return starts[place["line"] - 1] + place["column"] - 1

    edits = [
        Edit(offset(each["range"]["start"]), offset(each["range"]["end"]), each["text"])
        for fix in fixes
        for each in fix["edits"]
    ]
    assert edited(text, edits) == (
        GOOD + "labels: {agreement: 0.9}  # mlspeclint: ignore[LBL303] -- ü\n"
    )


def test_sarif_has_fixes(tmp_path: Path) -> None:
    specs(tmp_path, a=GUESS.replace("rules", "Rules"), b=GOOD)
    log = the_run(check(tmp_path, "-f", "sarif").out)
    safe, unsafe = (each["fixes"][0] for each in log["results"])
    assert safe["description"]["text"] == "write `rules`."
    assert "not safe" in unsafe["description"]["text"]
    (change,) = unsafe["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "a.ml-project.yaml"
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 7, "startColumn": 18, "endLine": 7, "endColumn": 27},
            "insertedContent": {"text": "10k"},
        }
    ]


def test_rdjson_suggests_what_is_safe(tmp_path: Path) -> None:
    text = GUESS.replace("{family: rules}", "{x-ü: 1, family: Rules}")
    specs(tmp_path, a=text)
    safe, unsafe = json.loads(check(tmp_path, "-f", "rdjson").out)["diagnostics"]
    assert "suggestions" not in unsafe
    assert safe["suggestions"] == [
        {
            "range": {"start": {"line": 6, "column": 29}, "end": {"line": 6, "column": 34}},
            "text": "rules",
        }
    ]


def test_waived_and_plain_findings_count_as_nothing_to_fix(tmp_path: Path) -> None:
    specs(tmp_path, a=GOOD)
    assert "fixable" not in check(tmp_path).out
