"""`build/run.py`: set up once, then only compare a stamp; one sentence when it cannot."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from tests.packaging.conftest import StubCheckout

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="a matter of Linux")


def test_first_run_sets_up_and_starts_the_program_in_the_callers_folder(
    stub_checkout: StubCheckout,
) -> None:
    done = stub_checkout.start("check", "--json", "--no-system")
    assert done.returncode == 0, done.stderr
    arguments, folder, prefix = json.loads(done.stdout)  # the only words on standard output
    assert arguments == ["check", "--json"]
    assert Path(folder).samefile(stub_checkout.folder.parent)
    assert Path(prefix).samefile(stub_checkout.venv)

    # The second start installs nothing, so it has nothing to say.
    again = stub_checkout.start("check")
    assert (again.returncode, again.stderr) == (0, "")

    # A changed lock asks for an installation again, and says so when that fails.
    lock = stub_checkout.folder / "build" / "locks" / "run.txt"
    lock.write_text(f"no-such-package-of-ours==1.0 --hash=sha256:{'0' * 64}\n")
    changed = stub_checkout.start("check", KASAUTI_WHEELS=str(stub_checkout.venv / "bin"))
    assert changed.returncode == 3
    assert "could not be installed" in changed.stderr
    assert "Traceback" not in changed.stderr


def test_a_half_made_environment_is_made_again(stub_checkout: StubCheckout) -> None:
    stub_checkout.venv.mkdir()
    (stub_checkout.venv / "kasauti-made").write_text("half")
    (stub_checkout.venv / "ruin").write_text("")
    assert stub_checkout.start("check").returncode == 0
    assert not (stub_checkout.venv / "ruin").exists()


@linux_only
def test_an_environment_does_not_take_itself_away(stub_checkout: StubCheckout) -> None:
    assert stub_checkout.start("check").returncode == 0
    for stamp in ("kasauti-made", "kasauti-run"):
        (stub_checkout.venv / stamp).write_text("of another place")
    done = stub_checkout.start("check", python=str(stub_checkout.python))
    assert done.returncode == 3
    assert "Run the same command with python3" in done.stderr
    assert stub_checkout.python.exists()


def test_a_foreign_environment_is_left_alone(stub_checkout: StubCheckout) -> None:
    stub_checkout.venv.mkdir()
    (stub_checkout.venv / "theirs").write_text("")
    done = stub_checkout.start("check")
    assert done.returncode == 3
    assert "was not made by Kasauti" in done.stderr
    assert (stub_checkout.venv / "theirs").exists()


def test_two_first_starts_at_once_both_end_well(stub_checkout: StubCheckout) -> None:
    command = [sys.executable, str(stub_checkout.folder / "build" / "run.py"), "check"]
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=120)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sum("Kasauti is set up." in text for text in said) == 1


@linux_only
def test_no_display_and_no_verb_is_said_before_anything_is_made(
    stub_checkout: StubCheckout,
) -> None:
    done = stub_checkout.start(DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert done.returncode == 3
    assert "no display" in done.stderr
    assert not stub_checkout.venv.exists()


def test_an_old_python_gets_a_sentence(stub_checkout: StubCheckout) -> None:
    script = str(stub_checkout.folder / "build" / "run.py")
    pretend = (
        "import runpy, sys; sys.version_info = (3, 9, 2); sys.argv = ['run.py', 'check']; "
        f"runpy.run_path({script!r}, run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", pretend], capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert done.stderr == "Kasauti needs Python 3.11 or newer; this is Python 3.9.2.\n"


@linux_only
def test_a_python_without_its_venv_package_gets_the_line_to_run(
    stub_checkout: StubCheckout, tmp_path: Path
) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "ensurepip.py").write_text("raise ImportError('as on Debian')\n")
    done = stub_checkout.start("check", "--no-system", PYTHONPATH=str(tmp_path / "broken"))
    assert done.returncode == 3
    assert "cannot make a virtual environment" in done.stderr
    assert not stub_checkout.venv.exists()


@pytest.mark.parametrize(
    ("arguments", "verb"),
    [
        ([], None),
        (["--data-dir", "desk", "--quiet"], None),
        (["--as", "maker1", "check"], "check"),
        (["--json", "score", "case.json"], "score"),
        (["--help"], "--help"),
    ],
)
def test_the_verb_is_found_behind_options(
    build_script: Callable[[str], ModuleType], arguments: list[str], verb: str | None
) -> None:
    assert build_script("environment").verb_of(arguments) == verb


def test_missing_libraries_are_named_with_the_line_that_brings_them(
    build_script: Callable[[str], ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = build_script("environment")
    monkeypatch.setattr(environment.shutil, "which", lambda name: f"/usr/bin/{name}")
    lost = {"libxcb-icccm.so.4": "libxcb-icccm4", "libxcb-keysyms.so.1": "libxcb-keysyms1"}
    assert environment._missing_libraries(lost) == (
        "Kasauti cannot start yet: 2 system libraries are missing "
        "(libxcb-icccm.so.4, libxcb-keysyms.so.1).\n"
        "Run:  sudo apt-get install -y --no-install-recommends libxcb-icccm4 libxcb-keysyms1\n"
        "Then: python3 build/run.py"
    )


@linux_only
def test_the_libraries_of_this_machine_load(build_script: Callable[[str], ModuleType]) -> None:
    assert build_script("system_libraries").missing(display=False) == {}
