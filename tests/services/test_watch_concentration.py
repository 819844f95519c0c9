import pytest

from app.services.steps.monitor_scope import MonitorScope
from app.services.watch_concentration import watch_concentration
from db.vocabulary.operations import ConcentrationKey
from tests.services.monitor_checks import CHECKS, oracle_of
from tests.services.monitor_desks import analyst_of
from tests.services.sample_desks import small_sandbox

OWN = MonitorScope()


@pytest.fixture
def analyst(request):
    return small_sandbox(request)[0]


def test_the_sandbox_is_a_count_of_its_rows(analyst) -> None:
    CHECKS["concentration"](analyst, OWN, oracle_of(analyst, OWN))


def test_an_empty_book_has_no_index(desk) -> None:
    told = watch_concentration(OWN, analyst_of(desk))
    assert (told.rows, told.index, told.points, told.effective_number) == ((), None, None, None)


def test_an_officer_has_a_name(analyst) -> None:
    told = watch_concentration(OWN, analyst, ConcentrationKey.OFFICER)
    assert {row.label for row in told.rows} == {"Meera Iyer"}
    assert told.top == 1
    assert told.top_share == 100


def test_a_purpose_has_its_word_and_keeps_its_code(analyst) -> None:
    told = watch_concentration(OWN, analyst, ConcentrationKey.PURPOSE)
    words = {row.key: row.label for row in told.rows}
    assert words["Home Purchase"] == "Home purchase"
    assert all(row.figure == f"group purpose {row.key}" for row in told.rows)


def test_a_segment_has_its_word_and_keeps_its_code(analyst) -> None:
    told = watch_concentration(OWN, analyst, ConcentrationKey.SEGMENT)
    words = {row.key: row.label for row in told.rows}
    assert words["HOUSING"] == "Individual housing"
    assert words["OTHER"] == "Other loans"
    assert all(row.figure == f"group segment {row.key}" for row in told.rows)


def test_sizes_are_told_from_the_smallest_in_rupees(analyst) -> None:
    told = watch_concentration(OWN, analyst, ConcentrationKey.TICKET)
    assert told.rows[0].label == "up to \u20b95 L"
    assert told.rows[0].figure == f"group ticket {told.rows[0].key}"
