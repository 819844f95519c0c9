"""Make the checkout's own .venv from a hash-locked list, once; later only compare a stamp.

Shared by run.py, test.py, bundle.py and bench.py. Standard library only, and light to import: a
second start pays for this file every time. Source: desktop.md 1.

`.venv/kasauti-made` says that we made the folder, for which Python and where; a `.venv` without it
is never touched. `.venv/kasauti-<lock>` is the stamp of a finished installation, written last.
"""

import hashlib
import importlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import system_libraries

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
MADE = VENV / "kasauti-made"
LIBRARIES_FOUND = "kasauti-libraries-display"
LOCKS = ROOT / "build" / "locks"
TRANSLATIONS = ROOT / "resources" / "translations"
OLDEST_GLIBC = (2, 34)
LOCK_BYTE = 1 << 30  # far behind the end of any list, so that readers are not in the way
VALUE_OPTIONS = ("--data-dir", "--database", "--branch", "--as", "--as-of", "--config", "--lang")
ANSWERED_WITHOUT_WINDOW = ("-h", "--help", "--version")
# One lock holds everything of another: installing it makes both ready.
HELD_BY = {"test": ("test", "run", "bundle"), "run": ("run", "bundle"), "bundle": ("bundle",)}


class CannotStartError(Exception):
    """This machine is not ready; the message is the sentence to show, the exit code is 3."""


def say(sentence: str) -> None:
    """Tell the person at the terminal, leaving standard output to the program itself."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


def verb_of(arguments: list[str]) -> str | None:
    """The verb among the arguments, or None when they open the window."""
    waiting = iter(arguments)
    for argument in waiting:
        if argument in VALUE_OPTIONS:
            next(waiting, None)
        elif argument in ANSWERED_WITHOUT_WINDOW or not argument.startswith("-"):
            return argument
    return None


def check_machine() -> None:
    """Refuse a machine for which no wheel of Qt exists.

    Raises:
        CannotStartError: a 32-bit Python, or a C library that is too old or not glibc.
    """
    if sys.maxsize < 2**32:
        message = "Kasauti needs a 64-bit Python; this one has 32 bits."
        raise CannotStartError(message)
    if sys.platform != "linux":
        return
    try:
        name, _, version = (os.confstr("CS_GNU_LIBC_VERSION") or "").partition(" ")
    except (ValueError, OSError):
        name, version = "", ""
    numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    if name != "glibc" or numbers < OLDEST_GLIBC:
        found = f"glibc {version}" if version else "another C library"
        message = (
            f"Kasauti needs glibc 2.34 or newer (Debian 12, Ubuntu 22.04, RHEL 9); found {found}."
        )
        raise CannotStartError(message)


def check_display(arguments: list[str]) -> None:
    """Refuse to open a window where there is no display: Qt would abort the process.

    Raises:
        CannotStartError: no verb was given and no display is there.
    """
    shown = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform != "linux" or verb_of(arguments) or any(map(os.environ.get, shown)):
        return
    message = (
        "Kasauti found no display to open its window on (DISPLAY is not set).\n"
        "Give it a verb to work without a window, for example:  python3 build/run.py check"
    )
    raise CannotStartError(message)


def check_libraries(arguments: list[str], *, install: bool) -> None:
    """Find the system libraries that Qt needs, once; install them when we are root.

    Raises:
        CannotStartError: libraries are missing; the message has the line to run.
    """
    verb = verb_of(arguments)
    window = verb is None and os.environ.get("QT_QPA_PLATFORM") != "offscreen"
    if sys.platform != "linux" or (verb and verb != "self-test"):
        return
    found = VENV / LIBRARIES_FOUND
    if found.is_file() and found.read_text() == base_identity():
        return
    lost = system_libraries.missing(display=window)
    if lost and install and system_libraries.may_install():
        system_libraries.install(sorted(set(lost.values())))
        lost = system_libraries.missing(display=window)
    if lost:
        raise CannotStartError(_missing_libraries(lost))
    if window and MADE.is_file():
        found.write_text(base_identity())


def _missing_libraries(lost: dict[str, str]) -> str:
    count = f"{len(lost)} system {'library is' if len(lost) == 1 else 'libraries are'} missing"
    sentence = f"Kasauti cannot start yet: {count} ({', '.join(lost)})."
    if not shutil.which("apt-get"):
        return sentence
    line = system_libraries.install_line(sorted(set(lost.values())))
    return f"{sentence}\nRun:  sudo {line}\nThen: python3 build/run.py"


def base_identity() -> str:
    """What a .venv cannot survive a change of: the Python, the platform, the place."""
    machine = (
        os.uname().machine if hasattr(os, "uname") else os.environ.get("PROCESSOR_ARCHITEW6432", "")
    )
    return "\n".join((sys.version, sys.base_prefix, sys.platform, machine, str(ROOT)))


def stamp_of(lock: str) -> str:
    """The stamp of a finished installation: list, translations, Python, platform, place."""
    digest = hashlib.sha256(base_identity().encode())
    for path in (LOCKS / f"{lock}.txt", *sorted(TRANSLATIONS.glob("*.ts"))):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_ready(lock: str) -> bool:
    """True when the .venv holds exactly what this lock asks for."""
    try:
        return (VENV / f"kasauti-{lock}").read_text() == stamp_of(lock)
    except OSError:
        return False


def make_ready(lock: str, *, install: bool) -> None:
    """Make the .venv hold everything in `build/locks/<lock>.txt`; return at once if it does.

    Raises:
        CannotStartError: it cannot be made here; the message says why and what helps.
    """
    if is_ready(lock):
        return
    try:
        with _alone():
            if not is_ready(lock):  # another start may have finished it while this one waited
                _make(lock, install=install)
    except OSError as reason:
        message = f"Kasauti could not make {VENV}: {reason.strerror or reason}."
        raise CannotStartError(message) from reason


def start(arguments: list[str]) -> int:
    """Become `main.py`; on Windows stay as its parent, because exec lets go of the console."""
    command = [str(PYTHON), str(ROOT / "main.py"), *arguments]
    if not WINDOWS:
        os.execv(command[0], command)  # noqa: S606 - a fixed program, no shell wanted
    import subprocess

    return subprocess.run(command, check=False).returncode


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the one lock that two set-ups at once wait for; the system frees it if we die."""
    with (LOCKS / "run.txt").open("r+b" if WINDOWS else "rb") as held:
        if WINDOWS:
            _wait_for_byte(held.fileno())
        else:
            import fcntl

            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Another start is setting Kasauti up; waiting for it ...")
                fcntl.flock(held, fcntl.LOCK_EX)
        yield


def _wait_for_byte(handle: int) -> None:
    """Take Windows' lock on one byte, however long its holder takes."""
    windows = importlib.import_module("msvcrt")  # by name: its stubs are empty elsewhere
    os.lseek(handle, LOCK_BYTE, os.SEEK_SET)
    while True:
        try:
            windows.locking(handle, windows.LK_LOCK, 1)  # tries for ten seconds, then raises
        except OSError:
            continue
        return


def _make(lock: str, *, install: bool) -> None:
    if VENV.exists() and not MADE.is_file():
        message = (
            f"{VENV} was not made by Kasauti, so it is left alone.\n"
            "Move that folder away, then run the same command again."
        )
        raise CannotStartError(message)
    stamped = any((VENV / f"kasauti-{name}").is_file() for name in HELD_BY)
    if not stamped or MADE.read_text() != base_identity():
        _remake(install=install)
    _install_packages(lock)
    _compile_translations()
    for name in HELD_BY[lock]:  # the stamps come last: an interrupted set-up starts over
        (VENV / f"kasauti-{name}").write_text(stamp_of(name))
    say("Kasauti is set up.")


def _remake(*, install: bool) -> None:
    """Make an empty .venv with pip in it, replacing a half-made or outdated one of ours."""
    if (
        Path(sys.prefix).resolve() == VENV.resolve()
    ):  # it would take away the Python that it runs in
        message = f"{VENV} has to be made again.\nRun the same command with python3."
        raise CannotStartError(message)
    _need_ensurepip(install=install)
    if VENV.exists():
        shutil.rmtree(VENV)
    VENV.mkdir()
    MADE.write_text(base_identity())
    if _run(sys.executable, "-m", "venv", str(VENV)):
        message = f"Python could not make {VENV}; its message stands above."
        raise CannotStartError(message)


def _need_ensurepip(*, install: bool) -> None:
    """Debian keeps the pip installer in a package of its own; without it venv leaves a ruin."""
    if _has_ensurepip():
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if install and system_libraries.may_install():
        system_libraries.install([package])
        if _has_ensurepip():
            return
    message = "Kasauti cannot start yet: this Python cannot make a virtual environment."
    if shutil.which("apt-get"):
        line = system_libraries.install_line([package])
        message += f"\nRun:  sudo {line}\nThen: python3 build/run.py"
    raise CannotStartError(message)


def _has_ensurepip() -> bool:
    return not _run(
        sys.executable, "-c", "import ensurepip, sys; sys.exit(not ensurepip.version())"
    )


def _install_packages(lock: str) -> None:
    say("Setting Kasauti up: installing its libraries, once (about a minute) ...")
    command = [str(PYTHON), "-I", "-m", "pip", "install", "-q", "--no-input"]
    command += ["--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:"]
    # The list is whole. Resolving it again would ask for "coverage[toml]" beside the pinned
    # "coverage", and pip 23.2 then wants the newest release, which has no hash here.
    command += ["--no-deps"]
    wheels = os.environ.get("KASAUTI_WHEELS")
    if wheels:
        command += ["--no-index", "--find-links", wheels]
    if _run(*command, "-r", str(LOCKS / f"{lock}.txt")):
        message = (
            "Kasauti's libraries could not be installed; pip's message stands above.\n"
            "Without a network, put the wheels in a folder and name it in KASAUTI_WHEELS."
        )
        raise CannotStartError(message)


def _compile_translations() -> None:
    compiler = PYTHON.with_name("pyside6-lrelease" + (".exe" if WINDOWS else ""))
    for source in sorted(TRANSLATIONS.glob("*.ts")):
        if _run(str(compiler), "-silent", str(source), "-qm", str(source.with_suffix(".qm"))):
            message = f"The translation {source.name} could not be compiled."
            raise CannotStartError(message)


def _run(*command: str) -> int:
    """Run a program with its words on standard error; return its exit code."""
    import subprocess

    # A "user" installation, which some people set for themselves, is impossible in a .venv.
    environment = {**os.environ, "PIP_USER": "no"}
    output = sys.stderr.fileno()
    return subprocess.run(command, env=environment, stdout=output, check=False).returncode
