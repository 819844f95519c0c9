"""Make a bundle: `python3 build/bundle.py [--edition branch|lab] [--no-smoke]`.

One folder below .bundle/dist with the window program, the console program, every library and
LICENCES.txt; then its self-test with an empty environment, a new HOME and no Python on the path.
Standard library only: PyInstaller runs as a child in the checkout's .venv. Never writes to build/,
which PyInstaller does by default.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import bundle_parts
import environment

BUNDLE = environment.ROOT / ".bundle"
DIST = BUNDLE / "dist"
SMOKE_SECONDS = 180
INSIDE = "KASAUTI_BUNDLE_INSIDE"  # set for our second half, which runs in the .venv


class BundleFailedError(Exception):
    """The bundle is not fit to ship; the message says why."""


def build(edition: str) -> Path:
    """Run PyInstaller; return the bundle's folder.

    Raises:
        BundleFailedError: PyInstaller failed; its own words stand above.
    """
    for tool in ("objdump", "objcopy"):
        if sys.platform == "linux" and not shutil.which(tool):
            message = "PyInstaller needs binutils.\nRun:  sudo apt-get install -y binutils"
            raise BundleFailedError(message)
    folder = DIST / bundle_parts.EDITIONS[edition]
    settings = {
        **os.environ,
        "KASAUTI_EDITION": edition,
        "PYTHONHASHSEED": "1",
        "SOURCE_DATE_EPOCH": _commit_time(),
        "PYINSTALLER_CONFIG_DIR": str(BUNDLE / "cache"),
    }
    command = [sys.executable, "-m", "PyInstaller", "--clean", "--noconfirm", "--log-level", "WARN"]
    command += ["--workpath", str(BUNDLE / "work" / edition), "--distpath", str(DIST)]
    recipe = str(environment.ROOT / "build" / "kasauti.spec")
    done = subprocess.run([*command, recipe], cwd=environment.ROOT, env=settings, check=False)
    if done.returncode:
        message = "PyInstaller failed; its words stand above."
        raise BundleFailedError(message)
    return folder


def _commit_time() -> str:
    command = ["git", "log", "-1", "--format=%ct"]
    done = subprocess.run(
        command, cwd=environment.ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "1790000000"


def write_licences(folder: Path, work: Path) -> int:
    """Write LICENCES.txt for what the bundle really holds; return the number of packages."""
    modules = (work / "modules.txt").read_text(encoding="utf-8").split()
    packages = bundle_parts.packages_of(modules)
    text = bundle_parts.licences_txt(packages)
    (folder / "LICENCES.txt").write_text(text, encoding="utf-8")
    return len(packages)


def refuse_forbidden_files(folder: Path, edition: str) -> None:
    """Look at the finished folder, whatever the recipe meant to do.

    Raises:
        BundleFailedError: a part is in there that may not be shipped.
    """
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    bad = [name for name in names if not bundle_parts.is_wanted(name)]
    if edition == "branch":
        stack = {f"_internal/{part}/" for part in bundle_parts.TRAINING_STACK}
        bad += [name for name in names if name.startswith(tuple(stack))]
    if bad:
        message = f"These files may not be in the {edition} bundle: {', '.join(bad[:10])}"
        raise BundleFailedError(message)


def smoke(folder: Path) -> str:
    """Run `kasauti self-test` with nothing but a new HOME; return what it said.

    Raises:
        BundleFailedError: it did not end well.
    """
    program = folder / ("kasauti.exe" if environment.WINDOWS else "kasauti")
    with tempfile.TemporaryDirectory(prefix="kv-home-") as home:
        bare = {"HOME": home, "PATH": "/nonexistent"}
        if environment.WINDOWS:  # Windows itself cannot start a program without these
            bare = {n: os.environ[n] for n in ("SYSTEMROOT", "TEMP") if n in os.environ}
        done = subprocess.run(
            [str(program), "self-test", "--json"],
            env=bare,
            cwd=home,
            capture_output=True,
            text=True,
            timeout=SMOKE_SECONDS,
            check=False,
        )
    if done.returncode or json.loads(done.stdout).get("state") != "ok":
        message = (
            f"self-test failed ({done.returncode}):\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        )
        raise BundleFailedError(message)
    return done.stdout.strip()


def size_mb(folder: Path) -> float:
    """Megabytes of the folder's files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if not path.is_symlink()) / 1e6


def make(edition: str, *, with_smoke: bool) -> None:
    """Build, write the licences, look through the files, run the smoke test."""
    started = time.monotonic()
    folder = build(edition)
    count = write_licences(folder, BUNDLE / "work" / edition / "kasauti")
    refuse_forbidden_files(folder, edition)
    seconds = time.monotonic() - started
    environment.say(f"{folder}: {size_mb(folder):.0f} MB, {count} packages, {seconds:.0f} s")
    if with_smoke:
        environment.say(f"self-test: {smoke(folder)}")


def main(arguments: list[str]) -> int:
    """Set up the .venv, then go on inside it, because licences are read from its packages."""
    parser = argparse.ArgumentParser(prog="build/bundle.py", description=__doc__)
    parser.add_argument("--edition", choices=sorted(bundle_parts.EDITIONS), default="branch")
    parser.add_argument("--no-smoke", action="store_true", help="leave the self-test out")
    wishes = parser.parse_args(arguments)
    try:
        if not os.environ.get(INSIDE):
            environment.check_machine()
            environment.check_libraries(["self-test"], install=True)
            environment.make_ready("bundle", install=True)
            command = [str(environment.PYTHON), __file__, *arguments]
            return subprocess.run(command, env={**os.environ, INSIDE: "1"}, check=False).returncode
        make(wishes.edition, with_smoke=not wishes.no_smoke)
    except environment.CannotStartError as reason:
        environment.say(str(reason))
        return 3
    except (BundleFailedError, bundle_parts.UnknownLicenceError) as reason:
        environment.say(f"No bundle: {reason}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
