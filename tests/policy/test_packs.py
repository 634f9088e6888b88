"""Policy packs: what is merged, in which order, and what is refused."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mlspeclint.policy.packs import MAX_ALL_BYTES, MAX_DEPTH, MAX_PACKS

from .support import configured, problem, repository, working_in, write


def names(folder: Path, path: str = "ml-project.yaml") -> list[str]:
    return [layer.name for layer in configured(folder, path).layers]


class TestPaths:
    def test_packs_come_before_the_file_that_names_them(self, tmp_path: Path) -> None:
        root = repository(
            tmp_path / "r",
            {
                ".mlspeclint.toml": "extends = ['p/a.toml', 'p/b.toml']\nprofile = 'staged'",
                "p/a.toml": "extends = ['c.toml']",
                "p/b.toml": "",
                "p/c.toml": "",
            },
        )
        merged = ["profile staged", "p/c.toml", "p/a.toml", "p/b.toml", ".mlspeclint.toml"]
        assert names(root) == merged
        chains = {layer.name: layer.chain for layer in configured(root).layers}
        assert chains["p/c.toml"] == (".mlspeclint.toml", "p/a.toml", "p/c.toml")
        assert chains[".mlspeclint.toml"] == (".mlspeclint.toml",)

    def test_a_pack_that_is_reached_twice_is_merged_once(self, tmp_path: Path) -> None:
        root = repository(
            tmp_path / "r",
            {
                ".mlspeclint.toml": "extends = ['a.toml', 'b.toml', 'a.toml', './p/../a.toml']",
                "a.toml": "extends = ['base.toml']\nfail-on = 'note'",
                "b.toml": "extends = ['base.toml']",
                "base.toml": "fail-on = 'error'",
                "p/x": "",
            },
        )
        assert names(root) == ["base.toml", "a.toml", "b.toml", ".mlspeclint.toml"]
        # What `a` says about `base` is not undone because `b` builds on it, too.
        assert configured(root).fail_on == "note"

    def test_the_last_file_that_names_a_profile_chooses_it(self, tmp_path: Path) -> None:
        files = {".mlspeclint.toml": "extends = ['a.toml']", "a.toml": "profile = 'staged'"}
        root = repository(tmp_path / "r", files)
        assert names(root)[0] == "profile staged"
        write(root, {".mlspeclint.toml": "extends = ['a.toml']\nprofile = 'standard'"})
        assert names(root)[0] == "profile standard"

    def test_a_pack_may_be_a_pyproject(self, tmp_path: Path) -> None:
        root = repository(
            tmp_path / "r",
            {
                "pyproject.toml": "[tool.mlspeclint]\nfail-on = 'note'",
                "a/.mlspeclint.toml": "extends = ['../pyproject.toml']",
            },
        )
        assert configured(root, "a/x.yaml").fail_on == "note"

    def test_circles(self, tmp_path: Path) -> None:
        root = repository(
            tmp_path / "r",
            {
                ".mlspeclint.toml": "extends = ['a.toml']",
                "a.toml": "extends = ['b.toml']",
                "b.toml": "extends = ['a.toml']",
            },
        )
        circle = ".mlspeclint.toml > a.toml > b.toml > a.toml"
        assert problem(root) == f"b.toml: extends[0]: the packs extend one another: {circle}"
        write(root, {"a.toml": "extends = ['.mlspeclint.toml']"})
        assert problem(root).endswith(": .mlspeclint.toml > a.toml > .mlspeclint.toml")
        write(root, {"a.toml": "extends = ['a.toml']"})
        assert problem(root).endswith(": .mlspeclint.toml > a.toml > a.toml")

    def test_the_depth_has_a_limit(self, tmp_path: Path) -> None:
        files = {f"p{i}.toml": f"extends = ['p{i + 1}.toml']" for i in range(1, 40)}
        root = repository(tmp_path / "r", {".mlspeclint.toml": "extends = ['p1.toml']", **files})
        write(root, {f"p{MAX_DEPTH}.toml": ""})
        assert len(names(root)) == MAX_DEPTH + 1
        write(root, {f"p{MAX_DEPTH}.toml": f"extends = ['p{MAX_DEPTH + 1}.toml']"})
        assert "more than 16 packs extend one another" in problem(root)

    def test_the_number_has_a_limit(self, tmp_path: Path) -> None:
        packs = [f"p{i}.toml" for i in range(MAX_PACKS)]
        files = dict.fromkeys(packs, "")
        root = repository(tmp_path / "r", {".mlspeclint.toml": f"extends = {packs}", **files})
        assert len(names(root)) == MAX_PACKS + 1
        write(root, {".mlspeclint.toml": f"extends = {[*packs, 'q.toml']}", "q.toml": ""})
        assert problem(root).endswith("there are more than 32 packs")

    @pytest.mark.parametrize(
        "path", ["../secret.toml", "p/../../secret.toml", "{root}/secret.toml"]
    )
    def test_what_lies_outside_by_name(self, tmp_path: Path, path: str) -> None:
        write(tmp_path, {"secret.toml": "fail-on = 'never'"})
        path = path.format(root=tmp_path)
        root = repository(tmp_path / "r", {".mlspeclint.toml": f"extends = ['{path}']", "p/x": ""})
        assert problem(root).startswith(".mlspeclint.toml: extends[0]: `")
        assert problem(root).endswith("lies outside the repository")

    def test_nobody_learns_what_there_is_outside(self, tmp_path: Path) -> None:
        root = repository(tmp_path / "r", {".mlspeclint.toml": "extends = ['../no.toml']"})
        assert problem(root).endswith("`../no.toml` lies outside the repository")

    @pytest.mark.parametrize("link", ["pack.toml", "p"])
    def test_links_that_lead_outside(self, tmp_path: Path, link: str) -> None:
        write(tmp_path, {"out/pack.toml": "fail-on = 'never'"})
        path = "pack.toml" if link == "pack.toml" else "p/pack.toml"
        root = repository(tmp_path / "r", {".mlspeclint.toml": f"extends = ['{path}']"})
        (root / link).symlink_to("../out/pack.toml" if link == "pack.toml" else "../out")
        assert problem(root).endswith("lies outside the repository")

    def test_the_size_of_all_has_a_limit(self, tmp_path: Path) -> None:
        packs = [f"p{i}.toml" for i in range(4)]
        files = dict.fromkeys(packs, "#" * (MAX_ALL_BYTES // 4))
        root = repository(tmp_path / "r", {".mlspeclint.toml": f"extends = {packs}", **files})
        assert len(names(root)) == 5
        write(root, {".mlspeclint.toml": f"extends = {[*packs, 'q.toml']}", "q.toml": "#"})
        assert "the packs have more than 524,288 bytes together" in problem(root)

    def test_links_inside(self, tmp_path: Path) -> None:
        root = repository(
            tmp_path / "r",
            {".mlspeclint.toml": "extends = ['a/pack.toml']", "b/pack.toml": "fail-on = 'never'"},
        )
        (root / "a").symlink_to("b")
        assert configured(root).fail_on == "never"

    def test_a_mistake_in_a_pack_names_the_pack(self, tmp_path: Path) -> None:
        files = {".mlspeclint.toml": "extends = ['p/a.toml']", "p/a.toml": "ignore = ['NOPE']"}
        root = repository(tmp_path / "r", files)
        assert problem(root).startswith("p/a.toml: ignore: there is no rule or group `NOPE`")
        write(root, {"p/a.toml": "ignore = ["})
        assert problem(root).startswith("p/a.toml: is not TOML")

    def test_mistakes_of_folders_and_pipes(self, tmp_path: Path) -> None:
        root = repository(
            tmp_path / "r", {".mlspeclint.toml": "extends = ['a.toml']", "a.toml/x": ""}
        )
        assert problem(root) == "a.toml: it is no regular file"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which packages are installed."""
    folder = tmp_path / "site-packages"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    return folder


class TestPackages:
    def test_the_file_of_an_installed_package(self, tmp_path: Path, installed: Path) -> None:
        write(
            installed,
            {
                "acme_policy/__init__.py": "raise SystemExit('imported')",
                "acme_policy/mlspeclint.toml": "extends = ['parts/a.toml']\nfail-on = 'note'",
                "acme_policy/parts/a.toml": "extends = ['../b.toml']",
                "acme_policy/b.toml": "",
            },
        )
        root = repository(tmp_path / "r", {".mlspeclint.toml": "extends = ['package:acme_policy']"})
        assert names(root) == [
            "package:acme_policy/b.toml",
            "package:acme_policy/parts/a.toml",
            "package:acme_policy",
            ".mlspeclint.toml",
        ]
        assert configured(root).fail_on == "note"
        assert "acme_policy" not in sys.modules

    def test_the_working_folder_shadows_nothing(self, tmp_path: Path) -> None:
        root = repository(
            tmp_path / "r",
            {
                ".mlspeclint.toml": "extends = ['package:acme_shadow']",
                "acme_shadow/__init__.py": "",
                "acme_shadow/mlspeclint.toml": "fail-on = 'never'",
            },
        )
        told = ".mlspeclint.toml: extends[0]: there is no installed package `acme_shadow`"
        before = list(sys.path)
        for place in ("", ".", str(root)):
            sys.path[:] = [place, *before]
            try:
                assert problem(root) == told
            finally:
                sys.path[:] = before

    def test_nor_does_what_came_with_the_repository(self, tmp_path: Path) -> None:
        root = repository(
            tmp_path / "r",
            {
                ".mlspeclint.toml": "extends = ['package:acme_shadow']",
                "src/acme_shadow/__init__.py": "",
                "src/acme_shadow/mlspeclint.toml": "fail-on = 'never'",
            },
        )
        before = list(sys.path)
        sys.path[:] = [str(root / "src"), *before]
        try:
            assert problem(root).endswith("there is no installed package `acme_shadow`")
            # An environment of the repository's own is where its user has installed things.
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(sys, "prefix", str(root / "src"))
                assert configured(root).fail_on == "never"
        finally:
            sys.path[:] = before

    def test_a_package_without_a_pack(self, tmp_path: Path, installed: Path) -> None:
        write(installed, {"acme_empty/__init__.py": "", "acme_module.py": ""})
        for name, told in {
            "acme_empty": "the package `acme_empty` has no mlspeclint.toml",
            "acme_module": "there is no installed package `acme_module`",
            "acme_nowhere": "there is no installed package `acme_nowhere`",
        }.items():
            root = tmp_path / name
            repository(root, {".mlspeclint.toml": f"extends = ['package:{name}']"})
            assert problem(root) == f".mlspeclint.toml: extends[0]: {told}"

    def test_a_pack_of_a_package_stays_in_it(self, tmp_path: Path, installed: Path) -> None:
        write(
            installed,
            {
                "other.toml": "",
                "acme_out/__init__.py": "",
                "acme_out/mlspeclint.toml": "extends = ['../other.toml']",
            },
        )
        root = repository(tmp_path / "r", {".mlspeclint.toml": "extends = ['package:acme_out']"})
        assert problem(root).endswith("`../other.toml` lies outside the package")


def test_names_are_relative_to_the_working_folder(tmp_path: Path) -> None:
    root = repository(
        tmp_path / "r",
        {".mlspeclint.toml": "extends = ['p/a.toml']", "p/a.toml": "", "s/t/x.yaml": ""},
    )
    with working_in(root / "s"):
        from mlspeclint.policy.configuration import Configuration
        from mlspeclint.policy.search import Search

        found = Search().of("t/x.yaml")
        assert found is not None
        layers = Configuration(found).layers
    assert [layer.name for layer in layers] == ["../p/a.toml", "../.mlspeclint.toml"]
