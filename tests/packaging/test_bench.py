"""The bench's frame: what it prints, not how fast anything is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    import pytest

    Load = Callable[[str], ModuleType]


def test_ours_and_reference_take_turns_after_one_unmeasured_turn(build_script: Load) -> None:
    turns: list[str] = []

    def one(name: str) -> float:
        turns.append(name)
        return float(len(turns))

    ours, reference = build_script("bench").interleaved(lambda: one("a"), lambda: one("b"), 2)
    assert turns == ["a", "b"] * 3
    assert (ours, reference) == ([3.0, 5.0], [4.0, 6.0])


def test_a_row_has_the_median_and_the_ratio(build_script: Load) -> None:
    bench = build_script("bench")
    row = bench.row_of("first_paint", bench.Measured([1.0, 9.0, 3.0], [6.0, 6.0], "ms", "note"))
    assert (row["median"], row["reference"], row["ratio"], row["runs"]) == (3.0, 6.0, 0.5, 3)


def test_the_95th_in_100_is_one_of_the_figures(build_script: Load) -> None:
    share_below = build_script("bench").share_below
    assert share_below([float(n) for n in range(100, 0, -1)], 0.95) == 95.0
    assert share_below([3.0, 1.0, 2.0], 0.95) == 3.0
    assert share_below([7.0], 0.95) == 7.0


def test_every_named_benchmark_exists(build_script: Load) -> None:
    bench = build_script("bench")
    for name, (module, _) in bench.BENCHMARKS.items():
        assert callable(getattr(build_script(module), name)), name


def test_a_benchmark_that_cannot_run_does_not_stop_the_others(
    build_script: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = build_script("bench")
    monkeypatch.setitem(bench.BENCHMARKS, "absent", ("benchmarks_start", "-"))
    row = bench.run_one("absent", 5)
    assert row["name"] == "absent"
    assert "not measured" in bench.shown(row)


def test_json_is_one_document(build_script: Load, capsys: pytest.CaptureFixture[str]) -> None:
    assert build_script("bench").main(["emi_batch", "--here", "--json", "--runs", "5"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)["benchmarks"]
    assert entry["name"] == "emi_batch"
    assert entry["runs"] == 5
