"""Every vector is run by exactly one test; families without a rule yet are listed by name."""

import re
from collections import Counter
from pathlib import Path

from app.cli.calculate_verb import FAMILIES
from tests.rules.lending_vectors import RULEBOOK, TODAY, VECTORS, calculate

# They come with their rules. A family of the file outside both lists fails below.
NOT_YET: set[str] = set()
TESTS_ONLY = {"seed_figures", "ratio_without_income"}
TESTS = Path(__file__).parent.parent


def _run_families() -> Counter[str]:
    found: Counter[str] = Counter()
    for folder in ("rules", "services", "cli"):
        for path in (TESTS / folder).glob("test_*.py"):
            for call in re.findall(r"@vectors_of\(([^)]*)\)", path.read_text(encoding="utf-8")):
                found.update(re.findall(r'"(\w+)"', call))
    return found


def test_all_240_vectors_are_there_with_unique_ids() -> None:
    ids = [vector["id"] for vector in VECTORS]
    assert sorted(ids) == [f"V{number:03d}" for number in range(1, 241)]


def test_each_family_is_run_by_exactly_one_test_or_listed_as_not_yet() -> None:
    families = {vector["family"] for vector in VECTORS}
    run = _run_families()
    assert set(run) == families - NOT_YET
    assert {family for family, count in run.items() if count > 1} == set()


def test_the_verb_answers_every_family_that_has_a_rule() -> None:
    families = {vector["family"] for vector in VECTORS}
    assert set(FAMILIES) == families - NOT_YET - TESTS_ONLY


def test_a_list_in_gives_a_list_out_in_the_same_order() -> None:
    vectors = [vector for vector in VECTORS if vector["family"] == "emi"]
    answers = calculate("emi", [vector["input"] for vector in vectors], RULEBOOK, TODAY)
    assert answers == [vector["expected"] for vector in vectors]
