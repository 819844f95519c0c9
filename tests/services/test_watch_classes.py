from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from app.services.steps.monitor_scope import MonitorScope
from app.services.watch_classes import watch_classes
from app.services.watch_tiles import monitor_tiles
from tests.services.alert_books import alert_book
from tests.services.monitor_checks import CHECKS, oracle_of
from tests.services.monitor_desks import analyst_of
from tests.services.sample_desks import small_sandbox

OWN = MonitorScope()


@pytest.fixture
def analyst(request):
    return small_sandbox(request)[0]


def test_the_sandbox_is_a_count_of_its_rows(analyst) -> None:
    CHECKS["classes"](analyst, OWN, oracle_of(analyst, OWN))


def test_every_class_stands_there_and_unknown_is_no_zero(desk) -> None:
    told = watch_classes(OWN, analyst_of(desk))
    assert len(told.classes) == 9
    assert told.since is None
    for line in told.classes:
        assert (line.loans, line.percentage) == (0, None)
        assert (line.moved_in, line.provision_held_paise, line.change_paise) == (None, None, None)


def test_moves_since_the_month_end_are_a_count_of_rows(
    blank_desk, customer_form, application_form
) -> None:
    book = alert_book(blank_desk, (customer_form, application_form))
    book.close(date(2026, 4, 2))
    desk = book.checker
    CHECKS["classes"](desk, OWN, oracle_of(desk, OWN))
    assert watch_classes(OWN, desk).since == date(2026, 3, 31)
    book.pay(6 * book.loan.emi_paise)
    book.close(date(2026, 4, 3))
    CHECKS["classes"](book.checker, OWN, oracle_of(book.checker, OWN))
    told = watch_classes(OWN, book.checker)
    assert [(str(m.before), str(m.after)) for m in told.movements] == [("Sub-Standard", "Standard")]


def test_the_months_of_one_officer_and_of_a_past_month_end_are_counts_of_rows(analyst) -> None:
    head = monitor_tiles(OWN, analyst).head
    for officer_id, as_of in product((None, *head.officers), (None, head.month_ends[0])):
        scope = replace(OWN, officer_id=officer_id, as_of=as_of)
        CHECKS["classes"](analyst, scope, oracle_of(analyst, scope))
        CHECKS["rolls"](analyst, scope, oracle_of(analyst, scope))
