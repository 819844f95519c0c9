"""The book at one day of a line of months: what every tile and trend is computed from.

Source: lending-rules.md 9.4 and 14. What a month end kept is used as kept; flows and dues are
counted by their own dates with what is known today (an account's look back counts so too).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from app.rules.portfolio_ratios import NpaBook, NpaRatios, default_rate, npa_ratios, percent
from app.rules.rulebook import Rulebook
from app.services.steps.monitor_scope import ScopeView
from db.records.monitor import DayFlow, DecisionSum, DueSum, PositionSum
from db.records.months import MonthSpan, months_until
from db.vocabulary.operations import Alert, CollectionVariant

if TYPE_CHECKING:
    from db.unit_of_work import UnitOfWork

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class BookPoint:
    """The book at one day.

    Attributes:
        position: the open loans; None at a month end that was not kept.
        lent_loans, defaulted_loans, paid_out_paise: up to the day.
        month_loans, month_paid_out_paise, decided, approved: of the day's month.
        due, on_time: instalments up to the day.
        demand_paise, collected_paise: the dues of the day's month, and what was paid so far.
        opening_paise: overdue at the month end before; None where that was not kept.
        arrears_left_paise: of the dues before the month, what is unpaid until now.
        receipts_paise: received in the month, prepayments left out; None where nobody asked.
    """

    day: date
    position: PositionSum | None
    lent_loans: int
    defaulted_loans: int
    paid_out_paise: int
    month_loans: int
    month_paid_out_paise: int
    decided: int
    approved: int
    due: int
    on_time: int
    demand_paise: int
    collected_paise: int
    opening_paise: int | None = None
    arrears_left_paise: int = 0
    receipts_paise: int | None = None

    @property
    def month(self) -> str:
        """The day's month as figures are named by it."""
        return f"{self.day:%Y-%m}"

    @property
    def npa(self) -> NpaRatios | None:
        """The NPA ratios; None where the position is unknown."""
        if self.position is None:
            return None
        stands = self.position
        return npa_ratios(
            NpaBook(stands.outstanding_paise, stands.npa_paise, stands.npa_provision_paise)
        )

    @property
    def default_rate(self) -> Decimal | None:
        """Loans ever defaulted over loans disbursed."""
        return default_rate(self.defaulted_loans, self.lent_loans)

    @property
    def on_time_share(self) -> Decimal | None:
        """Instalments paid in full by their due date over those due."""
        return percent(self.on_time, self.due)

    @property
    def with_arrears_paise(self) -> int | None:
        """Paid on the month's dues and on the arrears before it; a payment taken back counts."""
        if self.opening_paise is None:
            return None
        return self.collected_paise + self.opening_paise - self.arrears_left_paise

    @property
    def demand_with_arrears_paise(self) -> int | None:
        """The month's dues and the arrears before it."""
        return None if self.opening_paise is None else self.demand_paise + self.opening_paise

    def collected(self, variant: CollectionVariant) -> tuple[int | None, int | None]:
        """What was collected, and what it is measured by, as the rule row of the bank says."""
        return {
            CollectionVariant.CURRENT: (self.collected_paise, self.demand_paise),
            CollectionVariant.OVERALL: (self.with_arrears_paise, self.demand_with_arrears_paise),
            CollectionVariant.HEADLINE: (self.receipts_paise, self.demand_paise),
        }[variant]

    @property
    def approval_rate(self) -> Decimal | None:
        """Approvals over decisions of the month."""
        return percent(self.approved, self.decided)


def collection_variant(rulebook: Rulebook, on: date) -> CollectionVariant:
    """Which of the three collection efficiencies tile and verb show."""
    return CollectionVariant(rulebook.word("collection_efficiency_variant", on))


def book_points(
    view: ScopeView, book: "UnitOfWork", variant: CollectionVariant = CollectionVariant.CURRENT
) -> tuple[BookPoint, ...]:
    """The last eleven month ends and the day looked at, oldest first, in few statements."""
    cut, sums = view.cut, book.monitor.sums
    spans = months_until(view.as_of, _MONTHS)
    past = [span.last for span in spans[:-1] if span.last in view.month_ends]
    known = {each.day: each for each in sums.positions_at(cut, past)}
    known[view.as_of] = sums.position(cut)
    flows = sums.flows(cut)
    dues = book.monitor.dues.by_due_date(cut)
    decided = sums.decided(cut, spans)
    points = [
        _point(span, known.get(span.last), flows, dues, word, last=span is spans[-1])
        for span, word in zip(spans, decided, strict=True)
    ]
    opened = [None, *(known.get(span.last) for span in spans[:-1])]
    received = _received(view, book, spans, variant)
    return tuple(
        replace(
            point,
            opening_paise=None if before is None else before.overdue_paise,
            arrears_left_paise=_arrears_left(dues, span),
            receipts_paise=money,
        )
        for point, before, span, money in zip(points, opened, spans, received, strict=True)
    )


def _received(
    view: ScopeView, book: "UnitOfWork", spans: Sequence[MonthSpan], variant: CollectionVariant
) -> Sequence[int | None]:
    """Receipts of each month without prepayments; only one variant needs them."""
    if variant is not CollectionVariant.HEADLINE:
        return [None] * len(spans)
    return book.monitor.dues.receipts(view.cut, spans)


def _arrears_left(dues: Sequence[DueSum], span: MonthSpan) -> int:
    return sum(each.due_paise - each.collected_paise for each in dues if each.day < span.first)


def alert_values(
    points: Sequence[BookPoint],
) -> dict[Alert, list[tuple[date, Decimal | None]]]:
    """What each alert measures at each point, oldest first."""
    return {
        Alert.NPA_RATIO: [(each.day, each.npa.npa_ratio if each.npa else None) for each in points],
        Alert.DEFAULT_RATE: [(each.day, each.default_rate) for each in points],
        Alert.ON_TIME: [(each.day, each.on_time_share) for each in points],
    }


def _point(  # noqa: PLR0913  # what is known of one month
    span: MonthSpan,
    position: PositionSum | None,
    flows: Sequence[DayFlow],
    dues: Sequence[DueSum],
    decided: DecisionSum,
    *,
    last: bool,
) -> BookPoint:
    """One point; the last one counts everything that was read."""
    so_far = [each for each in flows if last or each.day <= span.last]
    in_month = [each for each in flows if each.day.replace(day=1) == span.first]
    fallen = [each for each in dues if each.day <= span.last]
    of_month = [each for each in fallen if each.day >= span.first]
    return BookPoint(
        day=span.last,
        position=position,
        lent_loans=sum(each.lent_loans for each in so_far),
        defaulted_loans=sum(each.defaulted_loans for each in so_far),
        paid_out_paise=sum(each.paid_out_paise for each in so_far),
        month_loans=sum(each.lent_loans for each in in_month),
        month_paid_out_paise=sum(each.paid_out_paise for each in in_month),
        decided=decided.decided,
        approved=decided.approved,
        due=sum(each.due for each in fallen),
        on_time=sum(each.on_time for each in fallen),
        demand_paise=sum(each.due_paise for each in of_month),
        collected_paise=sum(each.collected_paise for each in of_month),
    )
