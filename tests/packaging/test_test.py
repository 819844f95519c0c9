"""`build/test.py`: which stages run for which command line, and what the last line admits."""

from __future__ import annotations

import json
import struct
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

    Load = Callable[[str], ModuleType]


def test_our_options_are_taken_out_and_the_rest_is_pytests(build_script: Load) -> None:
    wishes = build_script("test").wishes_of(
        ["--without", "mypy,window", "-q", "--without=ruff", "--long", "--no-system"]
    )
    assert wishes.without == ("mypy", "window", "ruff")
    assert wishes.pytest == ("-q", "--long")
    assert not wishes.install
    assert not wishes.selected


@pytest.mark.parametrize("words", [["tests/rules"], ["-k", "emi"], ["-x", "tests/a.py::test_b"]])
def test_naming_tests_runs_pytest_alone(build_script: Load, words: list[str]) -> None:
    script = build_script("test")
    wishes = script.wishes_of(words)
    assert list(script.stages_of(wishes)) == ["pytest"]
    assert "because tests were named" in script.last_lines({"pytest": "ok"}, wishes)


def test_the_rules_are_changed_only_on_a_long_run(build_script: Load) -> None:
    script = build_script("test")
    for words, expected in (([], False), (["--long"], sys.platform == "linux")):
        wishes = script.wishes_of(words)
        assert ("mutation" in script.stages_of(wishes)) == expected
    assert "mutation (Linux only, with --long)" in script.last_lines({}, script.wishes_of([]))


def test_a_failure_does_not_hide_the_stages_after_it(build_script: Load) -> None:
    script = build_script("test")
    results = script.run_stages({"a": lambda: 1, "b": lambda: 0, "c": lambda: 0}, ("c",))
    assert results == {"a": "FAILED", "b": "ok", "c": "left out"}
    said = script.last_lines(results, script.wishes_of(["--without", "c"]))
    assert "Tests FAILED. Not run: c" in said.splitlines()[-1]


def _report(folder: Path, files: dict[str, tuple[int, int, int, int]]) -> None:
    keys = ("covered_lines", "num_statements", "covered_branches", "num_branches")
    entries = {
        name: {"summary": dict(zip(keys, numbers, strict=True))} for name, numbers in files.items()
    }
    (folder / ".coverage.json").write_text(json.dumps({"files": entries}))


@pytest.mark.parametrize(("branches", "failed"), [(4, 0), (3, 1)])
def test_rules_are_held_to_every_branch(
    build_script: Load, tmp_path: Path, branches: int, failed: int
) -> None:
    figures = build_script("coverage_figures")
    figures.ROOT = tmp_path
    _report(tmp_path, {"app/rules/emi.py": (10, 10, branches, 4), "db/engine.py": (9, 10, 0, 0)})
    assert figures.judge() == failed


def test_no_coverage_report_is_a_failure(build_script: Load, tmp_path: Path) -> None:
    figures = build_script("coverage_figures")
    figures.ROOT = tmp_path
    assert figures.judge() == 1


def test_a_photograph_is_read_from_the_x_servers_own_picture(build_script: Load) -> None:
    smoke = build_script("window_smoke")
    width, height, row_bytes = 2, 1, 8
    words = [100, 7, 2, 24, width, height, 0, 0, 32, 0, 32, 32, row_bytes]
    words += [0] * (smoke.HEADER_FIELDS - len(words))
    dump = struct.pack(f">{smoke.HEADER_FIELDS}I", *words) + bytes([3, 2, 1, 0, 6, 5, 4, 0])
    rows = smoke.pixels_of(dump)
    assert rows == [bytes([1, 2, 3, 4, 5, 6])]
    assert smoke.colours_in(rows) == 2
    assert smoke.png_of(rows).startswith(b"\x89PNG")
