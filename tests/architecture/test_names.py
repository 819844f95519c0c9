"""Where things may stand and what they may be called (architecture.md 1, 4, 7)."""

import subprocess

from tests.architecture.source_files import PROGRAM, PROJECT, python_files, short

FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "misc", "common", "manager"}
TOP_LEVEL_FOLDERS = {"app", "ml", "db", "build", "resources", "tests", "docs", ".ci", ".github"}


def _tracked_or_new() -> list[str]:
    """The files git tracks or would add, so ignored ones (.venv, caches) do not count."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True)
    return [name for name in done.stdout.decode().split("\0") if name]


def test_no_file_or_folder_is_called_utils_or_the_like() -> None:
    bad = [
        short(path)
        for path in python_files(*PROGRAM, "tests")
        if FORBIDDEN_NAMES & {part.removesuffix(".py") for part in path.relative_to(PROJECT).parts}
    ]
    assert bad == []


def test_every_top_level_folder_is_a_room_we_know() -> None:
    folders = {name.split("/")[0] for name in _tracked_or_new() if "/" in name}
    assert folders - TOP_LEVEL_FOLDERS == set()


def test_init_files_are_empty() -> None:
    full = [
        short(path)
        for path in python_files("app", "ml", "db")
        if path.name == "__init__.py" and path.read_text(encoding="utf-8").strip()
    ]
    assert full == []


def test_folders_without_init_stay_without() -> None:
    # build/__init__.py breaks `python -m build`; one under tests hides the real packages.
    assert [p for p in python_files("build", "tests") if p.name == "__init__.py"] == []


def test_the_bundle_recipe_is_not_hidden_from_git() -> None:
    assert "build/kasauti.spec" in _tracked_or_new()
    assert "build/run.py" in _tracked_or_new()


def test_no_script_in_build_hides_a_library_it_needs() -> None:
    # test.py is the one accepted clash: nothing in build/ imports the standard library's `test`.
    import sys

    names = {path.stem for path in (PROJECT / "build").glob("*.py")} - {"test"}
    assert names & set(sys.stdlib_module_names) == set()
