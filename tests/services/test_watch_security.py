import pytest

from app.services.drill_figure import drill_figure
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.standing_facts import standing_facts
from app.services.watch_security import watch_security
from tests.services.monitor_checks import CHECKS, oracle_of
from tests.services.monitor_desks import analyst_of
from tests.services.sample_desks import own_sandbox, small_sandbox

OWN = MonitorScope()


@pytest.fixture
def analyst(request):
    return small_sandbox(request)[0]


def test_the_sandbox_is_a_count_of_its_rows(analyst) -> None:
    CHECKS["security"](analyst, OWN, oracle_of(analyst, OWN))


@pytest.mark.parametrize("worth", [9, 5, 1])
def test_loans_breach_where_follow_up_says_so(request, tmp_path, worth) -> None:
    (tmp_path / "desk").mkdir()
    desk = own_sandbox(request, tmp_path / "desk")
    with desk.open_book() as book:
        book._connection.exec_driver_sql(
            f"UPDATE collateral SET value_paise = value_paise * {worth} / 10"
        )
        # No act changes the security of a running loan: nothing else says it.
        book.summaries.positions.forget(desk.person().branch_id)
        book.commit()
    with desk.read_book() as book:
        person, today = desk.person(), desk.clock.today()
        facts = standing_facts(book, person.branch_id, desk.rulebook(), today)
    signs = {key for key, each in facts.items() if each.ltv and not each.ltv.passes}
    lines = drill_figure("ltv_breach", OWN, desk)
    assert {row.loan_id for row in lines.rows} == signs
    assert watch_security(OWN, desk).breaches.count == len(signs)
    assert signs or worth > 1


def test_every_band_stands_there(desk) -> None:
    told = watch_security(OWN, analyst_of(desk))
    assert told.kinds == ()
    assert [band.share for band in told.bands] == [None] * len(told.bands)
    assert told.bands[0].key == "none"
    assert told.bands[-1].up_to_ppm is None
