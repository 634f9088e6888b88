"""What files held at a revision of git, read with plumbing that runs nothing and reaches no network.

The repository may be a clone of a stranger's pull request: no hook, no program named in a configuration of
git, no prompt and no fetch of what a partial clone left out.
"""

from __future__ import annotations

import os
import subprocess

from mlspeclint.document.limits import MAX_BYTES
from mlspeclint.engine.discovery import is_spec
from mlspeclint.engine.repository import is_inside, way_up

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COMMAND = (
    "git", "--no-pager", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}",
    "-c", "safe.bareRepository=explicit",
)  # fmt: skip
OF_ANOTHER = frozenset(
    ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE")
)
"""Variables by which a hook of git names its own repository; which one a file is in is seen by its folder."""
OFFLINE = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
}
SUBMODULE = b"160000"
FILES = (b"100644", b"100755")
CHUNK = 1 << 16
MORE_HISTORY = "fetch more of it: `fetch-depth: 0` of actions/checkout, or `git fetch --unshallow`"
MORE_CONTENT = "this clone is a partial one: fetch what it left out, or clone it without a filter"


class RevisionProblem(Exception):
    """A revision with which nothing can be compared; the message is for people."""


class Past:
    """What the files of a run held at a revision: at the merge base of it and of what is checked out.

    `files` are the paths that are checked, `folders` those below which deleted specs are looked for.
    Raises `RevisionProblem`, like its methods. `commits` are the whole hashes of what is compared with.
    """

    def __init__(self, revision: str, files: Iterable[str], folders: Iterable[str]) -> None:
        # No name of a branch or a tag begins with a dash, which would make an option of it.
        if not revision or revision.startswith("-") or not revision.isprintable():
            raise RevisionProblem("that is no name of a revision")
        self._revision = revision
        self._here = os.path.realpath(".")
        self._bases: dict[str, str | None] = {}
        self._places = {file: _place(file) for file in files}
        self._folders = [_place(os.path.join(folder, "")) for folder in folders]  # noqa: PTH118
        wanted: dict[str, set[bytes]] = {}
        for root, path in self._places.values():
            wanted.setdefault(root, set()).add(path)
        for root, _ in self._folders:
            wanted.setdefault(root, set())
        self._repositories = {
            root: _Repository(root, self._base(root), paths) for root, paths in wanted.items()
        }

    @property
    def commits(self) -> list[str]:
        """The commits that are compared with, one for each repository that has one."""
        return [each.commit for each in self._repositories.values() if each.commit]

    def content(self, file: str) -> bytes | None:
        """The bytes that a file held (of one too large, enough to see that); None where there was none."""
        root, path = self._places[file]
        return self._repositories[root].content(path)

    def deleted(self) -> Iterator[tuple[str, bytes]]:
        """The paths of the specs that are gone, relative to the current folder, and what they held."""
        taken: set[tuple[str, bytes]] = set(self._places.values())
        for root, folder in self._folders:
            repository = self._repositories[root]
            for path in repository.deleted(folder):
                if (root, path) not in taken:
                    taken.add((root, path))
                    name = os.path.join(root, os.fsdecode(path))  # noqa: PTH118
                    yield os.path.relpath(name, self._here), repository.content(path) or b""

    def close(self) -> None:
        """End the processes that read."""
        for repository in self._repositories.values():
            repository.close()

    def _base(self, root: str) -> str | None:
        """The commit to compare a repository with; None for a submodule that was not there.

        The revision is one of the repository in which the command runs. What a submodule below held is what
        that commit says.
        """
        if root not in self._bases:
            above = None if is_inside(self._here, root) else _superproject(root)
            if above is None:
                self._bases[root] = _merge_base(root, self._revision)
            else:
                base = self._base(above)
                path = os.path.relpath(root, above).replace(os.sep, "/")
                self._bases[root] = base and _recorded(above, base, os.fsencode(path))
        return self._bases[root]


class _Repository:
    """A repository at a commit, as far as the paths that are wanted, and specs, are concerned."""

    def __init__(self, root: str, commit: str | None, wanted: set[bytes]) -> None:
        self.root = root
        self.commit = commit
        self.blobs: dict[bytes, bytes] = {}
        self.reader: subprocess.Popen[bytes] | None = None
        for mode, path, name in _listed(root, commit) if commit else ():
            if mode in FILES and (path in wanted or _named_as_spec(path)):
                self.blobs[path] = name
        new = wanted - self.blobs.keys()
        self.old_names = _renamed(root, commit, new) if commit and new and self.blobs else {}

    def content(self, path: bytes) -> bytes | None:
        blob = self.blobs.get(self.old_names.get(path, path))
        return None if blob is None else self._read(blob)

    def deleted(self, folder: bytes) -> Iterator[bytes]:
        """The specs below a folder that are gone and have no new name."""
        renamed = set(self.old_names.values())
        for path in self.blobs:
            there = os.path.lexists(os.path.join(self.root, os.fsdecode(path)))  # noqa: PTH118
            if (
                path.startswith(folder)
                and path not in renamed
                and _named_as_spec(path)
                and not there
            ):
                yield path

    def _read(self, blob: bytes) -> bytes:
        if self.reader is None:
            self.reader = subprocess.Popen(  # noqa: S603
                (*COMMAND, "cat-file", "--batch"), cwd=self.root, env=_environment(),
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        asked, answer = self.reader.stdin, self.reader.stdout
        assert asked is not None and answer is not None  # noqa: S101 - both are pipes
        try:
            asked.write(blob + b"\n")
            asked.flush()
        except OSError:
            raise RevisionProblem(f"git has ended in {self.root}") from None
        *_, size = answer.readline().split(b" ")
        if not size.strip().isdigit():
            raise RevisionProblem(MORE_CONTENT)
        left = int(size) + 1  # a line break follows
        content = answer.read(min(left, MAX_BYTES + 1))
        left -= len(content)
        while left > 0 and (skipped := answer.read(min(left, CHUNK))):
            left -= len(skipped)
        return content[: int(size)]

    def close(self) -> None:
        if self.reader is not None:
            self.reader.communicate()


def _place(file: str) -> tuple[str, bytes]:
    """The root of the repository that a file is in, and its path from there; that of a folder ends in `/`."""
    real = os.path.realpath(file)
    folder = real if file.endswith(os.sep) else os.path.dirname(real)  # noqa: PTH120
    way, in_repository = way_up(folder)
    if not in_repository:
        raise RevisionProblem(f"{file or folder} is in no git repository")
    root = way[-1]
    path = os.path.relpath(real, root).replace(os.sep, "/")
    if file.endswith(os.sep):
        path = "" if path == "." else f"{path}/"
    return root, os.fsencode(path)


def _named_as_spec(path: bytes) -> bool:
    return is_spec(os.fsdecode(path.rpartition(b"/")[2]))


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in OF_ANOTHER}
    return kept | OFFLINE


def _git(root: str, *arguments: str, statuses: tuple[int, ...] = (0,)) -> bytes:
    """What git prints. Raises `RevisionProblem` with its words where it ends with another status."""
    try:
        done = subprocess.run(  # noqa: S603
            (*COMMAND, *arguments),
            cwd=root,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise RevisionProblem(f"git cannot be run: {error.strerror}") from None
    if done.returncode not in statuses:
        told = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise RevisionProblem(f"git says: {told or f'status {done.returncode}'}")
    return done.stdout


def _superproject(root: str) -> str | None:
    told = os.fsdecode(_git(root, "rev-parse", "--show-superproject-working-tree")).rstrip("\n")
    return os.path.realpath(told) if told else None


def _is_shallow(root: str) -> bool:
    return _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"


def _commit(root: str, name: str) -> str | None:
    """The whole name of the commit that a name stands for; None if that is none, or several."""
    # What `^{commit}` makes of a tag is asked apart: behind `:/text` it would belong to the text.
    for peeled in ("", "^{commit}"):
        command = ("rev-parse", "--verify", "--quiet", "--end-of-options", name + peeled)
        name = _git(root, *command, statuses=(0, 1, 128)).strip().decode()
        if not name.isalnum():  # nothing, or ends of a range
            return None
    return name


def _merge_base(root: str, revision: str) -> str:
    """The newest commit that both the revision and what is checked out come from."""
    shallow = _is_shallow(root)
    names = []
    for name in (revision, "HEAD"):
        found = _commit(root, name)
        if found is None:
            what = "nothing is committed yet" if name == "HEAD" else f"git knows no commit {name}"
            more = f"; the history of this clone is cut off: {MORE_HISTORY}" if shallow else ""
            raise RevisionProblem(what + more)
        names.append(found)
    base = _git(root, "merge-base", *names, statuses=(0, 1)).strip().decode()
    if not base:
        why = (
            f"the history of this clone is cut off: {MORE_HISTORY}"
            if shallow
            else "nothing in common"
        )
        raise RevisionProblem(f"{revision} and HEAD have no common ancestor here: {why}")
    return base


def _listed(root: str, commit: str, *paths: str) -> Iterator[tuple[bytes, bytes, bytes]]:
    """The mode, the path and the name of the object of all files of a commit, or of those at a path."""
    try:
        listing = _git(
            root, "--literal-pathspecs", "ls-tree", "-r", "-z", "--full-tree", commit, "--", *paths
        )
    except RevisionProblem:
        promised = r"^remote\..*\.promisor$"
        if _git(root, "config", "--get-regexp", promised, statuses=(0, 1)):
            raise RevisionProblem(MORE_CONTENT) from None
        raise
    for entry in listing.split(b"\0"):
        if entry:
            told, _, path = entry.partition(b"\t")
            mode, _, name = told.split(b" ")
            yield mode, path, name


def _recorded(root: str, commit: str, path: bytes) -> str | None:
    """The commit of a submodule that a commit records."""
    for mode, found, name in _listed(root, commit, os.fsdecode(path)):
        if mode == SUBMODULE and found == path:
            return name.decode()
    return None


def _renamed(root: str, commit: str, new: set[bytes]) -> dict[bytes, bytes]:
    """The old paths of new files, as far as git has been told of both (`git add`)."""
    command = ("diff-index", "--cached", "--no-ext-diff", "--no-textconv", "-z", "--name-status")
    try:
        told = _git(root, *command, "-M", "--diff-filter=R", commit, "--")
    except RevisionProblem:
        # A partial clone lacks the texts to compare; files that are the same have the same name there.
        told = _git(root, *command, "-M100%", "--diff-filter=R", commit, "--")
    fields = iter(told.split(b"\0"))
    renamed = {}
    for status in fields:
        if status:
            old, name = next(fields), next(fields)
            if name in new:
                renamed[name] = old
    return renamed
