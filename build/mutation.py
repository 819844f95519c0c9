"""Change the rules one spot at a time and see whether a test notices.

`python3 build/mutation.py [app/rules/emi.py ...] [--processes N]`; without a file, all rules. Part
of `build/test.py --long`. mutmut makes the mutants and runs the tests of tests/rules on each, in a
copy of the checkout. A mutant that no test notices must stand in tests/rules/surviving_mutants.toml
with the reason why it cannot matter; any other one fails the run.

Two rounds: first the tests of the rule's own file, then, for what they do not notice, all tests
that call the changed function. Not changed are: lines with a sentence for people, for wording is
read, not calculated; decorated functions (properties); constants and defaults of fields.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import environment

ROOT = environment.ROOT
RULES = "app/rules"
LISTED = ROOT / "tests" / "rules" / "surviving_mutants.toml"
COPIED = ("app", "db", "ml", "resources", "tests", "pyproject.toml")
NO_COMPILED_FILES = "PYTHONDONTWRITEBYTECODE"
WORD_BETWEEN = "__mutmut_"
EVERY_TEST = "MUTATION_EVERY_TEST"  # as in mutation_plugin.py, which needs pytest
# Exit codes that mutmut notes of a mutant's tests. Every other one means: noticed, the file could
# not even be imported among them.
NOTHING_FAILED = 0
NO_TEST = (5, 33)
OUT_OF_TIME = (-24, 24, 152)
# Three words between quotation marks: a sentence.
SETTINGS = r"""[mutmut]
source_paths=app
only_mutate=
 {files}
also_copy=
 db
 ml
 resources
pytest_add_cli_args_test_selection=
 tests/rules
pytest_add_cli_args=
 -p
 mutation_plugin
 -p
 no:pytest-qt
 -p
 no:unraisableexception
 -p
 no:cacheprovider
do_not_mutate_patterns=
 "[^"]*\w [^" ]*\w [^"]*"
timeout_multiplier=8
use_git_change_detection=false
"""


class Survivor(NamedTuple):
    """A change that no test notices.

    Attributes:
        file: the rule's file, from the checkout's root.
        function: the function or Class.method that was changed.
        before: the changed lines as they are, stripped, one space between them.
        after: the same lines as changed.
    """

    file: str
    function: str
    before: str
    after: str

    def entry(self) -> str:
        """The survivor as an entry of the list, to be given its reason."""
        lines = [f"{name} = {_toml(getattr(self, name))}" for name in self._fields]
        return "\n".join(["[[survivor]]", *lines, 'reason = ""', ""])


class Figures(NamedTuple):
    """What became of the mutants of one file.

    Attributes:
        mutants: how many were made.
        noticed: a test failed, or the file could not be imported.
        out_of_time: the tests did not end in time, which also counts as noticed.
        survived: no test failed, or no test calls the function.
        seconds: how long their tests ran, one after the other.
    """

    mutants: int
    noticed: int
    out_of_time: int
    survived: int
    seconds: float


def _toml(text: str) -> str:
    """A TOML string, literal where it can be."""
    return f"'{text}'" if "'" not in text else json.dumps(text, ensure_ascii=False)


def rule_files(wanted: Iterable[str]) -> list[str]:
    """The rule files to change, from the checkout's root, all of them when none is named.

    Raises:
        CannotStartError: a named file is not one of the rules.
    """
    everything = [f"{RULES}/{path.name}" for path in sorted((ROOT / RULES).glob("[!_]*.py"))]
    strangers = [name for name in wanted if name not in everything]
    if strangers:
        message = f"Not a file of {RULES}: {', '.join(strangers)}. Name it as {RULES}/emi.py."
        raise environment.CannotStartError(message)
    return list(wanted) or everything


def copy_checkout(folder: Path, files: list[str]) -> None:
    """Copy what the tests of the rules need, and tell mutmut which files to change."""
    for name in COPIED:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    (folder / "setup.cfg").write_text(SETTINGS.format(files="\n ".join(files)))


def mutmut(
    folder: Path, *words: str, shown: bool = False, every: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run mutmut in the copy: its progress shown or not, every test or the rule's own ones."""
    # Every mutant imports the changed file anew: compiled files make that three times as fast.
    settings = {name: value for name, value in os.environ.items() if name != NO_COMPILED_FILES}
    settings |= {"PYTHONPATH": str(ROOT / "build"), EVERY_TEST: "1" if every else ""}
    return subprocess.run(
        [str(environment.PYTHON.with_name("mutmut")), *words],
        cwd=folder,
        env=settings,
        capture_output=not shown,
        text=True,
        check=False,
    )


def results_of(folder: Path, file: str) -> tuple[Figures, list[str]]:
    """The figures of one file, and the names of the mutants that survived."""
    noted = json.loads((folder / "mutants" / f"{file}.meta").read_text(encoding="utf-8"))
    codes: dict[str, int | None] = noted["exit_code_by_key"]
    survived = [name for name, code in codes.items() if code in (NOTHING_FAILED, None, *NO_TEST)]
    slow = sum(code in OUT_OF_TIME for code in codes.values())
    noticed = len(codes) - slow - len(survived)
    seconds = sum(noted["durations_by_key"].values())
    return Figures(len(codes), noticed, slow, len(survived), seconds), survived


def survivor_of(file: str, name: str, difference: str) -> Survivor:
    """A survivor of the name mutmut gave it and of what it shows."""
    function = name.rpartition(WORD_BETWEEN)[0].rpartition(".")[2].removeprefix("x")
    function = function.removeprefix("_") if function[:1] == "_" else function[1:].replace("ǁ", ".")
    lines = difference.splitlines()
    start = next((at for at, line in enumerate(lines) if line.startswith("@@")), len(lines))
    sides = {sign: [line[1:] for line in lines[start:] if line[:1] == sign] for sign in "-+"}
    before, after = (" ".join(" ".join(side).split()) for side in (sides["-"], sides["+"]))
    return Survivor(file, function, before, after)


def read_list(text: str) -> dict[Survivor, str]:
    """The listed survivors and their reasons.

    Raises:
        ValueError: an entry has no reason.
    """
    listed = {}
    for entry in tomllib.loads(text).get("survivor", []):
        reason = entry.pop("reason", "").strip()
        survivor = Survivor(**entry)
        if not reason:
            message = f"No reason is given for the survivor in {survivor.file}: {survivor.after}"
            raise ValueError(message)
        listed[survivor] = reason
    return listed


def compare(
    found: Iterable[Survivor], listed: Iterable[Survivor], files: Iterable[str]
) -> tuple[list[Survivor], list[Survivor]]:
    """Survivors that are not listed, and listed ones of these files that a test now notices."""
    known = {survivor for survivor in listed if survivor.file in set(files)}
    return sorted(set(found) - known), sorted(known - set(found))


def table(figures: dict[str, Figures], listed: Iterable[Survivor]) -> str:
    """The figures of every file and their sum."""
    count = Counter(survivor.file for survivor in listed)
    heads = ("mutants", "noticed", "timed out", "survived", "listed", "seconds")
    lines = [f"{'file':<40}" + "".join(f"{head:>11}" for head in heads)]
    whole = Figures(*map(sum, zip(*figures.values(), strict=True)))
    for name, row in [*figures.items(), ("all", whole)]:
        entries = sum(count[file] for file in figures) if name == "all" else count[name]
        cells = (*row[:-1], entries, round(row.seconds))
        lines.append(f"{name:<40}" + "".join(f"{cell:>11}" for cell in cells))
    return "\n".join(lines)


def try_mutants(folder: Path, files: list[str], processes: int) -> dict[str, list[str]]:
    """Run both rounds; return the names of each file's survivors.

    Raises:
        CannotStartError: mutmut did not finish, for example because a test fails unchanged.
    """
    survived: dict[str, list[str]] = {}
    for every in (False, True):
        names = [name for file_names in survived.values() for name in file_names]
        if every and not names:
            break
        words = ("run", "--max-children", str(processes), *names)
        done = mutmut(folder, *words, shown=sys.stdout.isatty(), every=every)
        if done.returncode:
            message = f"mutmut did not finish.\n{(done.stdout or '')[-3000:]}"
            raise environment.CannotStartError(message)
        survived = {file: results_of(folder, file)[1] for file in files}
    return survived


def judge(files: list[str], processes: int) -> int:
    """Run the mutants of these files and compare what survives with the list."""
    listed = read_list(LISTED.read_text(encoding="utf-8"))
    found = []
    with tempfile.TemporaryDirectory(prefix="kasauti-mutants-") as name:
        folder = Path(name)
        copy_checkout(folder, files)
        for file, mutants in try_mutants(folder, files, processes).items():
            shown = ((mutant, mutmut(folder, "show", mutant).stdout) for mutant in mutants)
            found += [survivor_of(file, mutant, difference) for mutant, difference in shown]
        figures = {file: results_of(folder, file)[0] for file in files}
    unlisted, gone = compare(found, listed, files)
    environment.say(table(figures, listed))
    for survivor in gone:
        environment.say(f"A test notices this one now; take it off the list:\n{survivor.entry()}")
    for survivor in unlisted:
        environment.say(f"No test notices this change:\n{survivor.entry()}")
    return int(bool(unlisted))


def run_all() -> int:
    """The stage of `build/test.py --long`: every rule, on every core."""
    return judge(rule_files([]), os.cpu_count() or 1)


def main(words: list[str]) -> int:
    """Make the environment ready and run; return 0 when every survivor is listed."""
    parser = argparse.ArgumentParser(prog="build/mutation.py", description=__doc__)
    parser.add_argument("files", nargs="*", metavar="FILE", help=f"such as {RULES}/emi.py")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    wishes = parser.parse_args(words)
    if sys.platform != "linux":
        environment.say("The mutation run needs Linux: its library forks.")
        return 3
    started = time.monotonic()
    try:
        environment.make_ready("test", install=True)
        failed = judge(rule_files(wishes.files), wishes.processes)
    except environment.CannotStartError as reason:
        environment.say(str(reason))
        return 3
    environment.say(f"{time.monotonic() - started:.0f} s")
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
