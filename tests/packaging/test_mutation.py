"""`build/mutation.py`: what survived, what is listed, and what that means for the run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

    Load = Callable[[str], ModuleType]

DIFFERENCE = """# app.rules.money.xǁPurseǁopen__mutmut_2: survived
--- app/rules/money.py
+++ app/rules/money.py
@@ -1,3 +1,3 @@
 def open(self):
-    return self.lid(
-        up=True)
+    return self.lid(
+        up=False)
"""
ENTRY = """[[survivor]]
file = 'app/rules/money.py'
function = 'Purse.open'
before = 'return self.lid( up=True)'
after = 'return self.lid( up=False)'
"""


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("app.rules.money.xǁPurseǁopen__mutmut_2", "Purse.open"),
        ("app.rules.money.x_rupees__mutmut_12", "rupees"),
        ("app.rules.money.x__grouped__mutmut_1", "_grouped"),
    ],
)
def test_a_survivor_is_its_function_and_its_lines(
    build_script: Load, name: str, function: str
) -> None:
    found = build_script("mutation").survivor_of("app/rules/money.py", name, DIFFERENCE)
    assert found == (
        "app/rules/money.py", function, "return self.lid( up=True)", "return self.lid( up=False)",
    )  # fmt: skip


def test_an_entry_reads_back_once_it_has_a_reason(build_script: Load) -> None:
    mutation = build_script("mutation")
    (survivor,) = mutation.read_list(f'{ENTRY}reason = "A purse has one lid"')
    assert survivor.entry() == f'{ENTRY}reason = ""\n'
    with pytest.raises(ValueError, match="No reason is given"):
        mutation.read_list(survivor.entry())


def test_quotation_marks_of_every_kind_read_back(build_script: Load) -> None:
    mutation = build_script("mutation")
    survivor = mutation.Survivor("app/rules/money.py", "f", """a in ",_'" """.strip(), "b")
    written = survivor.entry().replace('reason = ""', 'reason = "why"')
    assert list(mutation.read_list(written)) == [survivor]


def test_the_second_round_is_asked_for_by_a_setting_that_the_clean_home_keeps(
    build_script: Load,
) -> None:
    setting = build_script("mutation").EVERY_TEST
    assert setting == build_script("mutation_plugin").EVERY_TEST
    assert not setting.startswith("KASAUTI_")


def test_what_is_not_listed_and_what_is_noticed_now(build_script: Load) -> None:
    mutation = build_script("mutation")
    kept, gone, new, other = (
        mutation.Survivor(f"app/rules/{file}.py", "f", "a", after)
        for file, after in (("emi", "b"), ("emi", "c"), ("emi", "d"), ("money", "e"))
    )
    found = mutation.compare([new, kept], [kept, gone, other], ["app/rules/emi.py"])
    assert found == ([new], [gone])


def test_every_listed_survivor_has_a_reason_and_changes_a_line_of_its_file(
    build_script: Load,
) -> None:
    mutation = build_script("mutation")
    listed = mutation.read_list(mutation.LISTED.read_text(encoding="utf-8"))
    lost = [
        survivor
        for survivor in listed
        if survivor.before
        not in " ".join((mutation.ROOT / survivor.file).read_text(encoding="utf-8").split())
    ]
    assert lost == [], "these lines are no longer there: take the entries off the list"


def test_figures_count_what_a_test_noticed_and_what_took_too_long(
    build_script: Load, tmp_path: Path
) -> None:
    # 1: a test failed; 255: the file could not be imported; -24: out of time; 33: no test.
    codes = {"a": 1, "b": 255, "c": -24, "d": 0, "e": 33, "f": None}
    noted = {"exit_code_by_key": codes, "durations_by_key": {"a": 1.5, "c": 2.0}}
    (tmp_path / "mutants/app/rules").mkdir(parents=True)
    (tmp_path / "mutants/app/rules/emi.py.meta").write_text(json.dumps(noted))
    mutation = build_script("mutation")
    figures, survived = mutation.results_of(tmp_path, "app/rules/emi.py")
    assert figures == (6, 2, 1, 3, 3.5)
    assert survived == ["d", "e", "f"]
    said = mutation.table({"app/rules/emi.py": figures}, []).splitlines()
    assert said[-1].split() == ["all", "6", "2", "1", "3", "0", "4"]


def test_only_rules_are_changed(build_script: Load) -> None:
    mutation = build_script("mutation")
    assert mutation.rule_files(["app/rules/emi.py"]) == ["app/rules/emi.py"]
    everything = mutation.rule_files([])
    assert "app/rules/emi.py" in everything
    assert "app/rules/__init__.py" not in everything
    with pytest.raises(mutation.environment.CannotStartError, match=r"Not a file of app/rules"):
        mutation.rule_files(["app/bootstrap.py"])


def test_the_tests_of_the_rules_own_file_are_asked_first(build_script: Load) -> None:
    plugin = build_script("mutation_plugin")
    own = "tests/rules/test_emi.py::test_vector"
    other = "tests/rules/test_emi_more.py::test_vector"
    assert plugin.own_tests("app.rules.emi.x_emi__mutmut_3", [other, own]) == [own]
    assert plugin.own_tests("app.rules.money.x_f__mutmut_3", [other, own]) == [other, own]
    assert plugin.own_tests("", [other, own]) == [other, own]
