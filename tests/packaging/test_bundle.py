"""What may stand in a bundle, what its licences say, and which program answers what."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    Load = Callable[[str], ModuleType]

HOOKS = Path(__file__).resolve().parents[2] / "build" / "pyinstaller_hooks"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", False),
        ("PySide6/Qt/plugins/imageformats/libqsvg.so", True),
        ("PySide6/Qt/plugins/imageformats/libqtga.so", False),
        ("PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so", False),
        ("PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so", True),
        ("PySide6/Qt/lib/libQt6VirtualKeyboard.so.6", False),
        ("PySide6/Qt/lib/libQt6Quick.so.6", False),
        ("PySide6/Qt/lib/libQt6Widgets.so.6", True),
        ("libreadline.so.8", False),
        ("python3.11/lib-dynload/readline.cpython-311-x86_64-linux-gnu.so", False),
        ("resources/models/champion/forest.npz", True),
        (r"PySide6\plugins\platforms\qwindows.dll", True),
    ],
)
def test_files_are_kept_by_an_allow_list(build_script: Load, name: str, wanted: bool) -> None:
    assert build_script("bundle_parts").is_wanted(name) is wanted


def test_the_branch_edition_leaves_the_training_stack_out(build_script: Load) -> None:
    parts = build_script("bundle_parts")
    branch, lab = (set(parts.excluded(edition, window=True)) for edition in ("branch", "lab"))
    assert set(parts.TRAINING_STACK) <= branch
    assert set(parts.TRAINING_STACK) & lab == set()


@pytest.mark.parametrize("edition", ["branch", "lab"])
def test_the_console_program_has_no_qt(build_script: Load, edition: str) -> None:
    assert {"PySide6", "app.ui"} <= set(
        build_script("bundle_parts").excluded(edition, window=False)
    )


def test_every_shipped_package_has_a_licence_from_the_list(build_script: Load) -> None:
    parts = build_script("bundle_parts")
    packages = parts.packages_of(
        ["PySide6", "numpy", "sqlalchemy", "psycopg2", "cryptography", "stdnum", "pyqtgraph", "PIL"]
    )
    assert "PySide6_Essentials" in packages
    text = parts.licences_txt(packages)
    assert all(f"{name} " in text for name in packages)


@pytest.mark.parametrize(
    ("licence", "good"),
    [
        ("MIT", True),
        ("LGPL-3.0-only OR GPL-2.0-only", True),
        ("GPL-3.0-or-later", False),
        ("GNU AGPLv3", False),
        ("BUSL-1.1", False),
        ("GNU Lesser General Public License v2 or later (LGPLv2+)", True),
        ("", False),
    ],
)
def test_licences_are_judged_by_the_list(build_script: Load, licence: str, good: bool) -> None:
    assert bool(build_script("bundle_parts").GOOD_LICENCE.search(licence)) is good


@pytest.mark.skipif(os.name != "posix", reason="exec is how it hands over on posix")
@pytest.mark.parametrize(
    ("hook", "arguments", "handed_over"),
    [
        ("verbs_to_the_console_program", ["check", "--json"], True),
        ("verbs_to_the_console_program", ["--data-dir", "desk"], False),
        ("verbs_to_the_console_program", ["self-test"], False),
        ("windows_to_the_window_program", ["self-test", "--json"], True),
        ("windows_to_the_window_program", ["check"], False),
    ],
)
def test_each_program_hands_over_what_the_other_one_does(
    tmp_path: Path, hook: str, arguments: list[str], handed_over: bool
) -> None:
    for name in ("kasauti", "kasauti-cli"):
        (tmp_path / name).write_text('#!/bin/sh\necho "other $@"\n')
        (tmp_path / name).chmod(0o755)
    pretend = (
        f"import runpy, sys; sys.executable = {str(tmp_path / 'kasauti')!r}; "
        f"sys.argv = ['kasauti', *{arguments!r}]; "
        f"runpy.run_path({str(HOOKS / (hook + '.py'))!r}); print('stays')"
    )
    done = subprocess.run(
        [sys.executable, "-c", pretend], capture_output=True, text=True, check=True
    )
    assert done.stdout == (f"other {' '.join(arguments)}\n" if handed_over else "stays\n")


def test_tools_that_are_only_installed_here_stay_out(build_script: Load) -> None:
    strangers = set(build_script("bundle_parts").strangers())
    assert {"mypy", "pytest", "hypothesis"} <= strangers
    assert strangers & {"PySide6", "sqlalchemy", "numpy", "sklearn", "PyInstaller"} == set()
