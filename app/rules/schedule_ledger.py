"""A loan as it stands while its dated schedule is written, row by row.

Source: lending-rules.md 2.1 to 2.5, 3 and 4.1. A whole month is charged by the method of the
contract; any other stretch by days: a broken or short first period, and both parts of a month that
a prepayment splits.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from app.rules.amortisation import Schedule, month_interest, principal_part
from app.rules.dates import date_shown
from app.rules.loan_contract import (
    ContractRules,
    LoanContract,
    Prepayment,
    PrepaymentError,
    check_prepayment,
)
from app.rules.moratorium import interest_of_month
from db.vocabulary.lending import (
    BrokenPeriodCollection,
    InterestMethod,
    MoratoriumTreatment,
    PrepaymentKeep,
)

_ONE_DAY = timedelta(days=1)


class RowKind(StrEnum):
    """What a row of the schedule is."""

    MORATORIUM = "moratorium"
    INSTALMENT = "instalment"
    PREPAYMENT = "prepayment"


class DatedRow(NamedTuple):
    """One payment; money in paise.

    Attributes:
        number: of the payment due; a prepayment carries the one of its month.
        days: from the row before it, or from where the first month starts.
        opening_paise: owed before it: principal, and interest that waits to join it.
        principal_paise: by how much the debt falls; below 0 where interest joins it.
        instalment_paise: interest and principal, what is paid.
        broken_paise: interest of the broken period, paid on top of the instalment.
    """

    number: int
    due_on: date
    days: int
    opening_paise: int
    interest_paise: int
    principal_paise: int
    instalment_paise: int
    closing_paise: int
    broken_paise: int
    kind: RowKind


class ScheduleLedger:
    """Principal, waiting interest and the day to which interest is settled.

    Attributes:
        rows: what has been written so far.
    """

    def __init__(
        self, contract: LoanContract, rules: ContractRules, prepayments: Iterable[Prepayment]
    ) -> None:
        self.rows: list[DatedRow] = []
        self._contract = contract
        self._rules = rules
        self._ahead = deque(sorted(prepayments, key=lambda prepayment: prepayment.on))
        self._early: list[PrepaymentKeep] = []  # what those before the first instalment keep
        self._principal = contract.principal_paise
        self._waiting = 0  # interest of a simple moratorium, joins the principal at its end
        self._broken = 0  # broken-period interest that the first payment collects
        self._since = contract.disbursed_on
        self._monthly = contract.interest_method is InterestMethod.MONTHLY_REST
        self._new_emi: Callable[[int, int], int]
        # Whole months of a moratorium are rounded as one run from here, not each on its own.
        self._run_from: int
        self._run_months = 0
        if self._ahead and self._ahead[0].on <= contract.disbursed_on:
            raise PrepaymentError("on", "A prepayment must fall after the day of disbursement")

    @property
    def owed_paise(self) -> int:
        """Principal, and interest that waits to join it."""
        return self._principal + self._waiting

    @property
    def keeps_agreed_emi(self) -> bool:
        """Prepayments came before the first instalment, and none of them asked for a new EMI."""
        return bool(self._early) and PrepaymentKeep.TENURE not in self._early

    def break_in(self, start: date) -> int:
        """Charge the days from disbursement to where the first month starts.

        Returns the interest that is collected for them on its own line, 0 without such days.
        """
        start = max(start, self._since)  # a short first month has no such days
        upfront = self._rules.collection is BrokenPeriodCollection.UPFRONT
        if not upfront:
            self._prepay_early(1, start)
        elif self._ahead and self._ahead[0].on < start:
            raise PrepaymentError(
                "on",
                f"Interest to {date_shown(start)} is paid already: prepay on that day or later",
            )
        interest = self._by_days(start)
        self._since = start
        if not upfront:
            self._broken = interest
        return interest

    def wait(self, dates: Sequence[date]) -> None:
        """Write the months of the moratorium; what waits joins the principal at the end."""
        treatment = self._contract.moratorium_treatment
        for number in range(1, self._contract.moratorium_months + 1):
            end = dates[number]
            self._prepay_early(number, end - _ONE_DAY)
            interest = self._moratorium_interest(dates[number - 1], end)
            paid = interest if treatment is MoratoriumTreatment.SERVICED else 0
            self._write(RowKind.MORATORIUM, number, end, interest, paid - interest)
            if treatment is MoratoriumTreatment.CAPITALISED_SIMPLE:
                self._waiting += interest
            else:
                self._principal += interest - paid
            self._prepay_early(number, end)
        self._principal, self._waiting = self.owed_paise, 0

    def copy(self, plain: Schedule, dates: Sequence[date]) -> bool:
        """Put the instalments of a schedule on their dates; False where its months do not hold.

        They hold at monthly rests, for what is owed, without a short month or a prepayment ahead.
        """
        before = self._contract.moratorium_months
        whole = self._monthly and self._since == dates[before] and not self._ahead
        if not whole or plain.rows[0].opening_paise != self._principal:
            return False
        broken = self._broken
        for row in plain.rows:
            number = before + row.number
            days = (dates[number] - dates[number - 1]).days
            self.rows.append(
                DatedRow(number, dates[number], days, *row[1:], broken, RowKind.INSTALMENT)
            )
            broken = 0
        return True

    def repay(
        self, dates: Sequence[date], emi_paise: int, new_emi: Callable[[int, int], int]
    ) -> None:
        """Write the instalments until nothing is owed.

        ``new_emi`` computes one from what is owed and the instalments left.

        Raises:
            PrepaymentError: a prepayment falls after the loan has closed, or its amount is wrong.
        """
        self._new_emi = new_emi
        number = self._contract.moratorium_months
        while self._principal:
            number += 1
            end, left = dates[number], len(dates) - 1 - number
            if self._ahead:
                emi_paise = self._reprice(emi_paise, number, end - _ONE_DAY, left + 1)
            if self._monthly and self._since == dates[number - 1]:
                interest = month_interest(self._principal, self._contract.rate_ppm)
            else:
                interest = self._by_days(end)
            principal = principal_part(self._principal, interest, emi_paise, is_last=not left)
            self._write(RowKind.INSTALMENT, number, end, interest, principal)
            self._principal -= principal
            if self._ahead and self._principal:
                emi_paise = self._reprice(emi_paise, number, end, left)
        if self._ahead:
            closed = date_shown(self._since)
            raise PrepaymentError("on", f"The loan closes on {closed}: prepay before that day")

    def _reprice(self, emi_paise: int, number: int, last_day: date, left: int) -> int:
        """Book the prepayments up to a day; the EMI after them, with that many instalments left."""
        for prepayment in self._prepaid(number, last_day):
            if prepayment.keep is PrepaymentKeep.TENURE:
                # Rounding anew must not make a smaller loan dearer by a step.
                emi_paise = min(emi_paise, self._new_emi(self._principal, left))
        return emi_paise

    def _prepay_early(self, number: int, last_day: date) -> None:
        """Before the first instalment the EMI is not computed yet; what they keep is noted."""
        self._early.extend(prepayment.keep for prepayment in self._prepaid(number, last_day))

    def _by_days(self, end: date) -> int:
        rate = self._contract.rate_ppm
        return self._rules.basis.interest(self._principal, rate, self._since, end)

    def _moratorium_interest(self, start: date, end: date) -> int:
        if not self._run_months:
            self._run_from = self._principal
        if not (self._monthly and self._since == start):
            return self._by_days(end)
        self._run_months += 1
        return interest_of_month(
            self._run_from,
            self._contract.rate_ppm,
            self._run_months,
            self._contract.moratorium_treatment,
        )

    def _prepaid(self, number: int, last_day: date) -> Iterator[Prepayment]:
        """Book the prepayments up to a day one by one."""
        while self._ahead and self._ahead[0].on <= last_day:
            prepayment = self._ahead.popleft()
            interest = self._by_days(prepayment.on)
            check_prepayment(prepayment, interest, self.owed_paise)
            principal = prepayment.amount_paise - interest
            self._write(RowKind.PREPAYMENT, number, prepayment.on, interest, principal)
            joined = min(principal, self._waiting)
            self._waiting -= joined
            self._principal -= principal - joined
            self._run_months = 0
            yield prepayment

    def _write(self, kind: RowKind, number: int, on: date, interest: int, principal: int) -> None:
        """Write a row from what is owed before it, and settle interest to its day."""
        opening, broken = self._principal + self._waiting, 0
        if kind is not RowKind.PREPAYMENT:
            broken, self._broken = self._broken, 0
        days, paid, closing = (on - self._since).days, interest + principal, opening - principal
        figures = (opening, interest, principal, paid, closing, broken)
        self.rows.append(DatedRow(number, on, days, *figures, kind))
        self._since = on
