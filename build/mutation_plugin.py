"""What pytest has to do differently while mutmut runs it: `-p mutation_plugin`, never else.

mutmut starts every mutant as a fork of a process that has already run the tests once. Four things
would then go wrong or take long, and are put right here:

- A product or rulebook that a test file reads while it is imported would be the one the unchanged
  rule made. So a fork imports the rules and their tests afresh, with its mutant in force.
- mutmut notes which test calls which function, and gives a call made during an import to whichever
  test comes first. Here such calls belong to the tests of the rule's own file.
- A law that draws other examples every time would let a mutant survive today and not tomorrow. So
  the examples are the same in every run, and none is made smaller: that it fails is enough.
- A figure of money is formatted in most tests. So the tests of the rule's own file are asked first,
  and the others in a second round (build/mutation.py sets the variable for it).
"""

import os
import sys

import hypothesis
import pytest

STALE = ("app", "tests")
# mutmut's variable: the mutant as app.rules.emi.x_emi__mutmut_3, or what else it is doing.
MUTANT = "MUTANT_UNDER_TEST"
NOTING_CALLS = "stats"
# Not named KASAUTI_: the tests' clean home takes such settings away before the mutants start.
EVERY_TEST = "MUTATION_EVERY_TEST"

_called_by_imports: set[str] = set()


def calls() -> set[str]:
    """The functions called since the last test, by mutmut's own note of them."""
    from mutmut.state import state  # absent where there is no Linux

    noted: set[str] = state()._stats  # noqa: SLF001 - mutmut has no public door to it
    return noted


def own_tests(mutant: str, tests: list[str]) -> list[str]:
    """Those of the named tests that are in the rule's own test file, or all if none is."""
    *_, rule = mutant.rpartition(".")[0].split(".")
    return [name for name in tests if name.startswith(f"tests/rules/test_{rule}.py::")] or tests


def pytest_configure(config: pytest.Config) -> None:
    """Ask the own tests first, forget what was imported, make the laws repeat themselves."""
    if not os.environ.get(EVERY_TEST):
        config.args = own_tests(os.environ.get(MUTANT, ""), config.args)
    for name in [name for name in sys.modules if name.partition(".")[0] in STALE]:
        del sys.modules[name]
    hypothesis.settings.register_profile(
        "mutation",
        deadline=None,
        derandomize=True,
        database=None,
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    )
    hypothesis.settings.load_profile("mutation")


def pytest_collection_finish() -> None:
    """Keep the calls that the imports made apart."""
    if os.environ.get(MUTANT) == NOTING_CALLS:
        _called_by_imports.update(calls())
        calls().clear()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Add the calls of the imports to every test of the rule's own test file."""
    rule = item.path.stem.removeprefix("test_")
    calls().update(name for name in _called_by_imports if name.startswith(f"app.rules.{rule}."))
