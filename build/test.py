"""Check everything: `python3 build/test.py [--long] [--without STAGE,...] [pytest arguments]`.

Makes the .venv ready with the test tools, then runs the stages in order, each with its time:
ruff, format, mypy, layers, pytest, coverage, window, and with --long mutation. A stage whose tool
is missing fails unless --without names it, and the last line says what did not run. Naming tests
(a path, -k, -m, --lf) runs pytest alone, without the coverage figures, which need the whole suite.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import coverage_figures
import environment
import mutation
import system_libraries
import window_smoke

CODE = ["app", "ml", "db", "build", "tests", "main.py"]
SELECTING = ("-k", "-m", "--lf", "--last-failed", "--ff", "--failed-first", "--deselect", "--co")
OUR_OPTIONS = "[--long] [--no-system] [--without STAGE,...] [pytest arguments]"
STANDARD_LIBRARY_BUILD = ["run.py", "environment.py", "system_libraries.py"]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asked for."""

    without: tuple[str, ...]
    pytest: tuple[str, ...]
    install: bool

    @property
    def long(self) -> bool:
        """True when the checks that take minutes are asked for."""
        return "--long" in self.pytest

    @property
    def selected(self) -> bool:
        """True when the pytest arguments name tests, so that other stages would mislead."""
        return any(not word.startswith("-") or word.startswith(SELECTING) for word in self.pytest)


def wishes_of(arguments: list[str]) -> Wishes:
    """Take our own options out of the command line; the rest, --long included, is pytest's."""
    without: list[str] = []
    rest: list[str] = []
    waiting = iter(arguments)
    for word in waiting:
        if word == "--without":
            without += next(waiting, "").split(",")
        elif word.startswith("--without="):
            without += word.partition("=")[2].split(",")
        elif word != "--no-system":
            rest.append(word)
    return Wishes(tuple(without), tuple(rest), "--no-system" not in arguments)


def tool(*command: str) -> int:
    """Run a module of the .venv from the checkout's root."""
    return subprocess.run(
        [str(environment.PYTHON), "-m", *command], cwd=environment.ROOT, check=False
    ).returncode


def run_mypy() -> int:
    """Check the types of the program, then of the scripts that start it."""
    done = tool("mypy")
    scripts = [str(environment.ROOT / "build" / name) for name in STANDARD_LIBRARY_BUILD]
    return tool("mypy", "--strict", *scripts) or done


def run_layers() -> int:
    """Run import-linter by its function: its command has no module to start."""
    start = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    command = [str(environment.PYTHON), "-c", start]
    return subprocess.run(command, cwd=environment.ROOT, check=False).returncode


def run_pytest(wishes: Wishes) -> int:
    """Run the tests offscreen on two workers, with branch coverage when all of them run."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    command = ["pytest", "-n", "2", "--dist", "loadfile"]
    if not wishes.selected:
        report = environment.ROOT / coverage_figures.REPORT
        report.unlink(missing_ok=True)
        command += ["--cov", "--cov-branch", "--cov-report", f"json:{report}"]
    return tool(*command, *wishes.pytest)


def stages_of(wishes: Wishes) -> dict[str, Callable[[], int]]:
    """The stages in their order; each returns 0 when all is well."""
    tests = {"pytest": lambda: run_pytest(wishes)}
    if wishes.selected:
        return tests
    stages = {
        "ruff": lambda: tool("ruff", "check", *CODE),
        "format": lambda: tool("ruff", "format", "--check", *CODE),
        "mypy": run_mypy,
        "layers": run_layers,
        **tests,
        "coverage": coverage_figures.judge,
    }
    if sys.platform == "linux":
        stages["window"] = window_smoke.judge
        if wishes.long:
            stages["mutation"] = mutation.run_all
    return stages


def install_test_programs(*, install: bool) -> None:
    """As root, install the X server and the PostgreSQL the tests use; else say the line."""
    wanted = {"xvfb": shutil.which("Xvfb"), "postgresql": _debian_postgres()}
    lost = [package for package, found in wanted.items() if not found]
    if sys.platform == "linux":  # the window stage shows a real window
        lost += system_libraries.missing(display=True).values()
    if sys.platform != "linux" or not lost:
        return
    if install and system_libraries.may_install() and system_libraries.install(lost):
        return
    environment.say(f"Not found: {', '.join(lost)}. PostgreSQL then comes from a wheel.")
    if shutil.which("apt-get"):
        environment.say(f"Run:  sudo {system_libraries.install_line(lost)}")


def _debian_postgres() -> bool:
    postgres = Path("/usr/lib/postgresql")
    return any(postgres.glob("*/bin/initdb")) or bool(shutil.which("initdb"))


def run_stages(stages: dict[str, Callable[[], int]], without: tuple[str, ...]) -> dict[str, str]:
    """Run every stage, also after a failure; return each one's result in one word."""
    results = {}
    for name, stage in stages.items():
        if name in without:
            results[name] = "left out"
            continue
        environment.say(f"\n== {name}")
        started = time.monotonic()
        try:
            failed = bool(stage())
        except environment.CannotStartError as reason:
            environment.say(str(reason))
            failed = True
        seconds = time.monotonic() - started
        results[name] = "FAILED" if failed else "ok"
        environment.say(f"== {name}: {results[name]}, {seconds:.1f} s")
    return results


def last_lines(results: dict[str, str], wishes: Wishes) -> str:
    """Say how each stage ended and, in the very last line, what this run did not cover."""
    summary = "  ".join(f"{name} {result}" for name, result in results.items())
    left_out = [name for name, result in results.items() if result == "left out"]
    if wishes.selected:
        left_out = ["every stage but pytest, because tests were named"]
    if "window" not in results and not wishes.selected:
        left_out.append("window (Linux only)")
    if "mutation" not in results and not wishes.selected:
        left_out.append("mutation (Linux only, with --long)")
    verdict = "FAILED" if "FAILED" in results.values() else "passed"
    return f"\n{summary}\nTests {verdict}. Not run: {', '.join(left_out) or 'nothing'}."


def main(arguments: list[str]) -> int:
    """Make the environment ready, run the stages, return 0 only when all of them passed."""
    if "-h" in arguments or "--help" in arguments:
        sys.stdout.write(f"python3 build/test.py {OUR_OPTIONS}\n\n{__doc__}")
        return 0
    wishes = wishes_of(arguments)
    try:
        environment.check_machine()
        environment.check_libraries(["self-test"], install=wishes.install)
        install_test_programs(install=wishes.install)
        environment.make_ready("test", install=wishes.install)
    except environment.CannotStartError as reason:
        environment.say(str(reason))
        return 3
    stages = stages_of(wishes)
    unknown = [name for name in wishes.without if name not in stages]
    if unknown:
        environment.say(f"No such stage: {', '.join(unknown)}. Stages: {', '.join(stages)}.")
        return 2
    results = run_stages(stages, wishes.without)
    environment.say(last_lines(results, wishes))
    return int("FAILED" in results.values())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
