"""The locks fit pyproject.toml, agree with each other, name no index; nothing is idle."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
DEPENDENCIES = [Requirement(text) for text in PYPROJECT["project"]["dependencies"]]
GROUPS = {
    name: [Requirement(text) for text in texts]
    for name, texts in PYPROJECT["dependency-groups"].items()
}
NAMED_FOR_THIS_PROJECT = {
    "pyside6-essentials",
    "pyqtgraph",
    "sqlalchemy",
    "psycopg2-binary",
    "scikit-learn",
    "shap",
    "pandas",
    "numpy",
    "matplotlib",
    "pyinstaller",
    "pytest-qt",
}
IMPORTED_AS = {
    "fonttools": "fontTools",
    "pyside6-essentials": "PySide6",
    "psycopg2-binary": "psycopg2",
    "argon2-cffi": "argon2",
    "python-stdnum": "stdnum",
    "phonenumberslite": "phonenumbers",
    "scikit-learn": "sklearn",
    "tzdata": "zoneinfo",  # the data behind it, where the system has none
}
ENTRY = re.compile(r"^([A-Za-z0-9._-]+)==(\S+?)(?: ; (.+?))? \\$", re.MULTILINE)


def lock(name: str) -> dict[str, list[Requirement]]:
    text = (PROJECT / "build" / "locks" / f"{name}.txt").read_text(encoding="utf-8")
    entries: dict[str, list[Requirement]] = {}
    for package, version, marker in ENTRY.findall(text):
        line = f"{package}=={version}" + (f"; {marker}" if marker else "")
        entries.setdefault(canonicalize_name(package), []).append(Requirement(line))
    return entries


def version_here(entries: list[Requirement]) -> str | None:
    for entry in entries:
        if entry.marker is None or entry.marker.evaluate():
            return next(iter(entry.specifier)).version
    return None


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("run", DEPENDENCIES),
        ("test", [*DEPENDENCIES, *GROUPS["test"], *GROUPS["bundle"]]),
        ("bundle", [*DEPENDENCIES, *GROUPS["bundle"]]),
    ],
)
def test_the_lock_fits_pyproject(name: str, wanted: list[Requirement]) -> None:
    locked = lock(name)
    misfits = []
    for requirement in wanted:
        if requirement.marker is not None and not requirement.marker.evaluate():
            continue
        version = version_here(locked.get(canonicalize_name(requirement.name), []))
        if version is None or version not in requirement.specifier:
            misfits.append(f"{requirement}: locked {version}")
    assert misfits == [], "run build/lock.py"


def test_the_run_lock_holds_every_package_named_for_this_project() -> None:
    assert NAMED_FOR_THIS_PROJECT - set(lock("run")) == set()


@pytest.mark.parametrize("name", ["run", "bundle"])
def test_the_test_lock_holds_the_other_locks_at_the_same_versions(name: str) -> None:
    # Then the test tools can be added to a .venv without spoiling what run.py installed.
    tested = {str(entry) for entries in lock("test").values() for entry in entries}
    pinned = {re.split(r"[;]", text)[0].strip() for text in tested}
    own = {str(e).split(";", maxsplit=1)[0].strip() for es in lock(name).values() for e in es}
    assert own - pinned == set()


@pytest.mark.parametrize("name", ["run", "test", "bundle"])
def test_every_package_has_hashes_and_no_index_is_named(name: str) -> None:
    text = (PROJECT / "build" / "locks" / f"{name}.txt").read_text(encoding="utf-8")
    assert len(ENTRY.findall(text)) == len(re.findall(r"^[A-Za-z0-9]", text, re.MULTILINE)) > 50
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert [block[:40] for block in blocks if "--hash=sha256:" not in block] == []
    assert not re.search(r"https?:|file:|--index|--find-links|--trusted", text)


def test_every_dependency_is_imported_somewhere() -> None:
    sources = "\n".join(
        path.read_text(encoding="utf-8")
        for place in ("app", "ml", "db", "build", "tests")
        for path in (PROJECT / place).rglob("*.py")
    )
    idle = []
    for requirement in DEPENDENCIES:
        name = canonicalize_name(requirement.name)
        module = IMPORTED_AS.get(name, name.replace("-", "_"))
        if not re.search(rf"^\s*(?:import|from) {re.escape(module)}\b", sources, re.MULTILINE):
            idle.append(requirement.name)
    assert idle == []
