"""How many statements each tab of the monitor asks of the book, whatever the book's size."""

import pytest
from sqlalchemy import Engine, event

from app.services.drill_figure import drill_figure
from app.services.steps.monitor_scope import MonitorScope, look_up
from app.services.watch_alerts import watch_alerts
from app.services.watch_classes import watch_classes
from app.services.watch_cohorts import watch_cohorts
from app.services.watch_concentration import watch_concentration, watch_cuts
from app.services.watch_repayment import watch_repayment
from app.services.watch_roll_rates import watch_roll_rates
from app.services.watch_security import watch_security
from app.services.watch_summary import watch_summary
from app.services.watch_tiles import monitor_tiles, monitor_trend
from db.records.monitor import FigureTerms
from db.records.months import months_until
from db.vocabulary.operations import ConcentrationKey
from tests.services.sample_desks import small_sandbox
from tests.services.statement_count import statements_run

# Every reading looks its scope up first: the last day-end and the month ends.
SCOPE = 2
CUTS = (ConcentrationKey.PURPOSE, ConcentrationKey.TICKET)
ALLOWED = {
    "tiles": (monitor_tiles, SCOPE + 8),
    "trend": (monitor_trend, SCOPE + 6),
    "summary": (watch_summary, SCOPE + 8),
    "classes": (watch_classes, SCOPE + 4),  # one asks which branches have moved
    "cohorts": (watch_cohorts, SCOPE + 1),
    "rolls": (watch_roll_rates, SCOPE + 1),
    "concentration": (watch_concentration, SCOPE + 1),
    "cuts": (lambda scope, desk: watch_cuts(scope, desk, CUTS), SCOPE + 3),
    "security": (watch_security, SCOPE + 2),
    "repayment": (watch_repayment, SCOPE + 8),
    "alerts": (watch_alerts, 2),
    "drill": (lambda scope, desk: drill_figure("npa", scope, desk), SCOPE + 1),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_a_tab_asks_no_more_than_it_did(request, name) -> None:
    desk, _ = small_sandbox(request)
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SET", "SAVEPOINT")):
            seen.append(statement)

    ask, allowed = ALLOWED[name]
    event.listen(Engine, "before_cursor_execute", note)
    try:
        ask(MonitorScope(), desk)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(seen) == allowed, seen


def test_a_year_of_an_officers_receipts_is_one_statement(request) -> None:
    desk, _ = small_sandbox(request)
    with desk.read_book() as book:
        view = look_up(MonitorScope(officer_id=desk.person().user_id), desk, book)
        with statements_run() as seen:
            book.monitor.dues.receipts(view.cut, months_until(view.as_of, 12))
    assert len(seen) == 1, seen


def test_whether_a_prepayment_was_taken_back_reads_no_other_receipt(request) -> None:
    desk, _ = small_sandbox(request)
    with desk.read_book() as book:
        cut = look_up(MonitorScope(whole_bank=True), desk, book).cut
        with statements_run() as seen:
            book.monitor.figures.total(("prepayments", f"{cut.day:%Y-%m}"), cut, FigureTerms())
        (asked,) = seen
        values = ("0",) * asked.count("?")
        plan = book._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", values).fetchall()
    steps = [str(step) for step in plan]
    assert any("SEARCH back USING INDEX ix_repayments_reversal" in step for step in steps), steps
