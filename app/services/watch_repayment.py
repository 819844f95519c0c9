"""How instalments are paid: the month's calendar, on time, efficiency, prepayments, bounces.

Source: screens.md S80 (Repayment), commands.md (`portfolio repayment-stats`), lending-rules.md 14.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from app.rules.portfolio_ratios import Collections, percent
from app.services.steps.monitor_scope import MonitorScope, ScopeView, look_up
from app.services.steps.monitor_tabs import CountRow, DueDay, RepaymentWatched
from db.records.monitor import DueSum, FigureRow, FigureTerms, ReceiptSum
from db.records.months import MonthSpan, month_of

if TYPE_CHECKING:
    from datetime import date

    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class _Read:
    """What the book told."""

    dues: Sequence[DueSum]
    methods: Sequence[ReceiptSum]
    received: int
    prepaid: tuple[int, int]
    bounced: Sequence[FigureRow]
    late_fees: int
    opening_arrears: int | None
    arrears_left: int


def watch_repayment(scope: MonitorScope, desk: "Desk") -> RepaymentWatched:
    """The dues of the month looked at, and of all time.

    Raises:
        Refused: the person may not see the monitor, or the day cannot be chosen.
    """
    with desk.read_book() as book:
        view = look_up(scope, desk, book)
        month = month_of(f"{view.as_of:%Y-%m}")
        read = _read(view, month, book)
    return _answer(view.as_of, month, read)


def _read(view: ScopeView, month: MonthSpan, book: "UnitOfWork") -> _Read:
    cut, dues = view.cut, book.monitor.dues
    opening = None
    if view.before is not None:
        opening = book.monitor.sums.position(view.cut_at(view.before)).overdue_paise
    terms = FigureTerms()
    prepaid = book.monitor.figures.total(("prepayments", f"{month.first:%Y-%m}"), cut, terms)
    return _Read(
        dues=dues.by_due_date(cut),
        methods=dues.by_method(cut),
        received=dues.received_in(cut, month),
        prepaid=prepaid,
        bounced=dues.bounced(cut, month),
        late_fees=dues.late_fees(cut),
        opening_arrears=opening,
        arrears_left=dues.arrears_before(cut, month.first),
    )


def _answer(as_of: "date", month: MonthSpan, read: _Read) -> RepaymentWatched:
    of_month = [each for each in read.dues if each.day >= month.first]
    demand = sum(each.due_paise for each in of_month)
    collected = sum(each.collected_paise for each in of_month)
    due, on_time = _count("due", read.dues), _count("on_time", read.dues)
    name = f"{month.first:%Y-%m}"
    return RepaymentWatched(
        as_of=as_of,
        month=month.first,
        days=tuple(_day(each) for each in of_month),
        due=due,
        on_time=on_time,
        late=_count("late", read.dues),
        unpaid=_count("unpaid", read.dues),
        on_time_share=percent(on_time.count, due.count),
        demand_paise=demand,
        collected_paise=collected,
        current_efficiency=percent(collected, demand),
        overall_efficiency=_overall(demand, collected, read),
        headline_efficiency=percent(read.received - read.prepaid[1], demand),
        prepayments=CountRow(
            "prepayments",
            *read.prepaid,
            f"prepayments {name}",
        ),
        bounces=CountRow(
            "bounces",
            len(read.bounced),
            sum(each.amount_paise for each in read.bounced),
            f"bounces {name}",
        ),
        late_fees_paise=read.late_fees,
        by_method=tuple(
            CountRow(each.key, each.rows, each.amount_paise, f"method {each.key}")
            for each in read.methods
        ),
    )


def _overall(demand: int, collected: int, read: _Read) -> Decimal | None:
    """With arrears on both sides; unknown where the month before was not kept."""
    opening = read.opening_arrears
    if opening is None:
        return None
    caught_up = opening - read.arrears_left  # less than 0 where more was taken back than came
    return Collections(demand, collected, opening, caught_up).overall_efficiency


def _count(state: str, dues: Sequence[DueSum]) -> CountRow:
    amount = sum(each.due_paise for each in dues) if state == "due" else None
    return CountRow(state, sum(getattr(each, state) for each in dues), amount, state)


def _day(due: DueSum) -> DueDay:
    return DueDay(
        day=due.day,
        due=due.due,
        on_time=due.on_time,
        late=due.late,
        unpaid=due.unpaid,
        due_paise=due.due_paise,
        received_paise=due.collected_paise,
        missed_paise=due.due_paise - due.collected_paise,
        figure=f"due {due.day}",
    )
