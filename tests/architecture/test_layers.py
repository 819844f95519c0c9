"""Who may import whom, where import-linter (a stage of its own) does not look."""

import sys

import pytest

from tests.architecture.source_files import PROJECT, imports_of, python_files, short

STDLIB = sys.stdlib_module_names


def test_main_imports_the_composition_root_and_nothing_else_of_ours() -> None:
    modules = {module for _, module in imports_of(PROJECT / "main.py")}
    ours = {m for m in modules if m.split(".")[0] in ("app", "ml", "db")}
    assert ours == {"app.bootstrap.main"}
    assert {m.split(".")[0] for m in modules - ours} <= STDLIB


@pytest.mark.parametrize(
    ("folder", "allowed"),
    [
        ("app/rules", ("app.rules.", "db.vocabulary.")),
        ("db/records", ("db.records.", "db.vocabulary.")),
    ],
)
def test_pure_rooms_import_only_the_standard_library(folder: str, allowed: tuple[str, ...]) -> None:
    foreign = [
        f"{short(path)}:{line} {module}"
        for path in python_files(folder)
        for line, module in imports_of(path)
        if module.split(".")[0] not in STDLIB and not module.startswith(allowed)
    ]
    assert foreign == []


def test_only_main_and_tests_import_the_composition_root() -> None:
    users = [
        short(path)
        for path in python_files("app", "ml", "db")
        for _, module in imports_of(path)
        if module.startswith("app.bootstrap")
    ]
    assert users == []


def test_the_scripts_that_start_us_need_only_the_standard_library() -> None:
    # They run before any library is installed.
    siblings = {path.stem for path in (PROJECT / "build").glob("*.py")}
    first = ("run", "test", "environment", "system_libraries", "coverage_figures", "window_smoke")
    foreign = [
        f"{name}.py:{line} {module}"
        for name in first
        for line, module in imports_of(PROJECT / "build" / f"{name}.py")
        if module.split(".")[0] not in STDLIB | siblings
    ]
    assert foreign == []
