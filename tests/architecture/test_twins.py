"""Every rule and every user act has a test file of its name (architecture.md 6)."""

import pytest

from tests.architecture.source_files import PROJECT, python_files, short

# Files of constants and dataclasses only, proven by the tests of the rules that use them.
WITHOUT_TWIN = {
    "app/rules/case_facts.py",
    "app/services/steps/sample_loan.py",
    "app/services/steps/monitor_tabs.py",
}


@pytest.mark.parametrize("room", ["rules", "services"])
def test_every_rule_and_act_has_its_test(room: str) -> None:
    missing = []
    for path in python_files(f"app/{room}"):
        name = short(path)
        if path.name == "__init__.py" or name in WITHOUT_TWIN:
            continue
        below = path.relative_to(PROJECT / "app" / room).parent
        twins = (
            PROJECT / "tests" / room / below / f"test_{path.name}",
            PROJECT / "tests" / room / f"test_{path.name}",
        )
        if not any(twin.is_file() for twin in twins):
            missing.append(name)
    assert missing == []
