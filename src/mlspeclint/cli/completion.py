"""`mlspeclint completion`: completion for bash, zsh and fish, by click's mechanism with scripts of our own.

click's scripts lose names with spaces and what follows `--option=`. Ours hand over the line up to the
cursor, and take lines `type TAB value TAB help`. Nothing that comes back is ever evaluated, globbed or split:
it may be the name of a stranger's file. Types: plain, path (of a file or folder), file and dir (the shell
looks for names itself).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click
from click.shell_completion import (
    CompletionItem,
    ShellComplete,
    add_completion_class,
    split_arg_string,
)

from mlspeclint.cli import COMPLETION
from mlspeclint.cli.candidates import SHELLS_OWN
from mlspeclint.cli.output import write
from mlspeclint.cli.parameters import Choice

if TYPE_CHECKING:
    from typing import ClassVar

BASH = """\
# bash 4.4 or newer
_mlspeclint_completion() {
    local type value
    COMPREPLY=()
    while IFS=$'\\t' read -r type value _; do
        case $type in
            plain) COMPREPLY+=("$value") ;;
            path) COMPREPLY+=("$value"); compopt -o filenames ;;
            file) compopt -o default ;;
            dir) compopt -o dirnames ;;
        esac
    done < <(
        COMP_LINE="${COMP_LINE:0:COMP_POINT}" COMP_WORD="$2" %(variable)s=bash_complete \\
            command mlspeclint 2>/dev/null
    )
    # Where several are listed, bash puts a slash behind each folder itself.
    if (( ${#COMPREPLY[@]} > 1 )); then
        COMPREPLY=("${COMPREPLY[@]%%/}")
    fi
}
complete -o nosort -F _mlspeclint_completion mlspeclint
"""

ZSH = """\
#compdef mlspeclint

_mlspeclint() {
    local type value help
    local -a values shown paths folders
    local -i told=0 files=0 only_folders=0
    while IFS=$'\\t' read -r type value help; do
        case $type in
            plain)
                values+=("$value")
                shown+=("$value${help:+  -- $help}")
                [[ -n $help ]] && told=1 ;;
            path) [[ $value == */ ]] && folders+=("$value") || paths+=("$value") ;;
            file) files=1 ;;
            dir) only_folders=1 ;;
        esac
    done < <(
        COMP_LINE="${(pj:\\n:)words[1,CURRENT-1]}"$'\\n'"$QIPREFIX$PREFIX" %(variable)s=zsh_complete \\
            command mlspeclint 2>/dev/null
    )
    if (( told )); then
        compadd -l -V values -d shown -a -- values
    else
        compadd -V values -a -- values
    fi
    compadd -f -V specs -a -- paths
    compadd -f -V folders -S '' -a -- folders
    (( files )) && _files
    (( only_folders )) && _files -/
    return 0
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _mlspeclint "$@"
else
    compdef _mlspeclint mlspeclint
fi
"""

FISH = """\
function __mlspeclint_completion
    set -l line (commandline -cp | string collect)
    for line in (env COMP_LINE=$line %(variable)s=fish_complete mlspeclint 2>/dev/null)
        set -l parts (string split -m 2 \\t -- $line)
        switch $parts[1]
            case plain path
                printf '%%s\\t%%s\\n' $parts[2] $parts[3]
            case file
                __fish_complete_path (commandline -ct)
            case dir
                __fish_complete_directories (commandline -ct) ''
        end
    end
end
complete --command mlspeclint --no-files --keep-order --arguments '(__mlspeclint_completion)'
"""


class Completion(ShellComplete):
    """What the three shells have in common: they send a line, and get whole words for its last one."""

    def source(self) -> str:
        """The script."""
        return self.source_template % {"variable": COMPLETION}

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the cursor, and the one at it."""
        # The letter is for a word that is still empty.
        *words, last = split_arg_string(os.environ.get("COMP_LINE", "") + "x")
        return words[1:], last[:-1]

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """What the last word can become, as a whole."""
        option, equals, value = incomplete.partition("=")
        if "--" not in args and equals and option.startswith("-"):
            items = super().get_completions([*args, option], value)
            return [_after(f"{option}=", item) for item in items]
        if args:
            return super().get_completions(args, incomplete)
        # `check` stands behind a call that begins with no command.
        first = self.cli.shell_complete(click.Context(self.cli), incomplete)
        known = {item.value for item in first}
        items = super().get_completions(["check"], incomplete)
        return first + [
            item
            for item in items
            if item.value not in known and not (first and item.type == SHELLS_OWN)
        ]

    def complete(self) -> str:
        """A line for each completion."""
        items = self.get_completions(*self.get_completion_args())
        return "\n".join(self.format_completion(item) for item in items)

    def format_completion(self, item: CompletionItem) -> str:
        """The type, the value, and a line of help."""
        return f"{item.type}\t{item.value}\t{' '.join((item.help or '').split())}"


def _after(start: str, item: CompletionItem) -> CompletionItem:
    return CompletionItem(start + item.value, item.type, item.help)


class Bash(Completion):
    """readline completes no more than what follows the last `=` or `:`, which is $2."""

    name = "bash"
    source_template: ClassVar[str] = BASH

    def format_completion(self, item: CompletionItem) -> str:
        """The part of the value that takes the place of $2."""
        word = self.get_completion_args()[1]
        typed = "".join(split_arg_string(os.environ.get("COMP_WORD", "")))
        if word.endswith(typed):
            item.value = item.value[len(word) - len(typed) :]
        return super().format_completion(item)


class Zsh(Completion):
    """zsh takes whole words."""

    name = "zsh"
    source_template: ClassVar[str] = ZSH


class Fish(Completion):
    """fish takes whole words."""

    name = "fish"
    source_template: ClassVar[str] = FISH


SHELLS = {each.name: each for each in (Bash, Zsh, Fish)}


def register() -> None:
    """Have click complete by these classes."""
    for each in SHELLS.values():
        add_completion_class(each)


@click.command(name="completion")
@click.argument("shell", type=Choice(list(SHELLS)), metavar="SHELL")
def command(shell: str) -> None:
    """Print the script that has a shell complete mlspeclint: bash (4.4 or newer), zsh or fish.

    It completes commands, options and their values, rules (after commas, too), the fields that `explain`
    knows, and paths: specs first, then folders.

    \b
    Examples:
      # bash, in ~/.bashrc
      eval "$(mlspeclint completion bash)"
      # zsh, in ~/.zshrc below compinit
      eval "$(mlspeclint completion zsh)"
      # fish
      mlspeclint completion fish > ~/.config/fish/completions/mlspeclint.fish
    """
    write(SHELLS[shell](click.Command("mlspeclint"), {}, "mlspeclint", COMPLETION).source())
