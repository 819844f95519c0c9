"""A second implementation of the dated schedule, to hold the first against.

It shares nothing with `app/rules`: whole numbers and exact ratios instead of Decimal, its own
calendar, its own rounding, and one pass over a sorted list of events instead of nested months.
"""

from dataclasses import dataclass, field, replace
from fractions import Fraction

YEARLY = 12_000_000  # a yearly rate in millionths over this is the monthly one
Day = tuple[int, int, int]  # year, month, day


class Refused(Exception):  # noqa: N818  # a verdict, not a fault
    """A prepayment that cannot be taken."""


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def ordinal(day: Day) -> int:
    """Days since the start of the calendar, counted year by year in closed form."""
    year, month, number = day
    whole = year - 1
    before = 365 * whole + whole // 4 - whole // 100 + whole // 400
    return before + sum(month_length(year, m) for m in range(1, month)) + number


def day_in(month_index: int, number: int, *, next_month: bool) -> Day:
    """The day of that number in a month; one it lacks becomes its last, or the next first."""
    year, month = month_index // 12, month_index % 12 + 1
    if number <= month_length(year, month):
        return year, month, number
    if not next_month:
        return year, month, month_length(year, month)
    return (year + 1, 1, 1) if month == 12 else (year, month + 1, 1)


def half_up(top: int, bottom: int) -> int:
    """A ratio of whole numbers, neither below 0, to the nearest one."""
    return (2 * top + bottom) // (2 * bottom)


def days_interest(amount: int, rate: int, start: Day, end: Day, *, by_year: bool) -> int:
    if not by_year:
        return half_up(amount * rate * (ordinal(end) - ordinal(start)), 365_000_000)
    years = Fraction(0)
    for year in range(start[0], end[0] + 1):
        first = max(ordinal(start), ordinal((year, 1, 1)))
        last = min(ordinal(end), ordinal((year + 1, 1, 1)))
        years += Fraction(last - first, 366 if is_leap(year) else 365)
    exact = Fraction(amount * rate, 1_000_000) * years
    return half_up(exact.numerator, exact.denominator)


def instalment(amount: int, rate: int, months: int, rounding: str) -> int:
    if rate:
        grown, base = (YEARLY + rate) ** months, YEARLY**months
        top, bottom = amount * rate * grown, YEARLY * (grown - base)
    else:
        top, bottom = amount, months
    if rounding == "PAISA":
        return half_up(top, bottom)
    if rounding == "RUPEE":
        return half_up(top, 100 * bottom) * 100
    return -(-top // (100 * bottom)) * 100


def contract_instalment(amount: int, rate: int, months: int, rounding: str) -> int:
    """The instalment, or the one to the paisa where rounding bends the end of the loan."""
    wanted = instalment(amount, rate, months, rounding)
    left, rows, paid = amount, 0, 0
    while left > 0:
        rows += 1
        interest = half_up(left * rate, YEARLY)
        paid = left + interest if rows == months else min(wanted, left + interest)
        left -= paid - interest
    if rows == months and 2 * paid <= 3 * wanted:
        return wanted
    return instalment(amount, rate, months, "PAISA")


@dataclass
class Terms:
    """A loan as this implementation reads it; words are the stored codes."""

    amount: int
    rate: int
    months: int
    rounding: str
    daily: bool
    disbursed: Day
    first_month: int  # year * 12 + month - 1 of the first instalment
    due_day: int
    wait_months: int
    treatment: str
    by_year: bool = False
    next_month: bool = False
    upfront: bool = False
    prepayments: list[tuple[Day, int, str]] = field(default_factory=list)

    def due(self, number: int) -> Day:
        """Due date of a payment counted from 1, moratorium included; 0 is where it starts."""
        month = self.first_month - self.wait_months + number - 1
        return day_in(month, self.due_day, next_month=self.next_month)

    def interest(self, amount: int, start: Day, end: Day) -> int:
        return days_interest(amount, self.rate, start, end, by_year=self.by_year)


class Walk:
    """One pass over due dates and prepayments in the order of the calendar."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.total = terms.wait_months + terms.months
        self.dues = [terms.due(number) for number in range(self.total + 1)]
        self.rows: list[tuple[object, ...]] = []
        self.base = terms.amount  # what interest runs on
        self.parked = 0  # simple interest of a moratorium
        self.settled = terms.disbursed
        self.broken = self.to_collect = 0
        self.run = (terms.amount, 0)  # a moratorium's whole months so far, and on what
        self.emi: int | None = None
        self.asked = False  # an early prepayment wants the EMI computed on what is left

    def go(self) -> "Walk":
        events = [(ordinal(due), 0, number) for number, due in enumerate(self.dues)]
        if self.dues[0] <= self.terms.disbursed:
            del events[0]
        elif not self.terms.upfront:
            events[0] = (events[0][0], 2, 0)  # that day's prepayment still pays the broken days
        made = self.terms.prepayments
        events += [(ordinal(one[0]), 1, -place) for place, one in enumerate(made, 1)]
        for _, _, what in sorted(events, key=lambda event: event[:2]):
            if what < 0:
                self.prepay(*made[-what - 1])
            elif self.base + self.parked and what == 0:
                self.settle_broken()
            elif self.base + self.parked and what <= self.terms.wait_months:
                self.wait(what)
            elif self.base + self.parked:
                self.pay(what)
        return self

    def write(self, number: int, on: Day, interest: int, paid: int, kind: str) -> None:
        opening = self.base + self.parked
        closing = opening + interest - paid
        days = ordinal(on) - ordinal(self.settled)
        extra = 0 if kind == "prepayment" else self.to_collect
        self.to_collect -= extra
        self.rows.append(
            (number, on, days, opening, interest, paid - interest, paid, closing, extra, kind)
        )
        self.settled = on

    def settle_broken(self) -> None:
        self.broken = self.terms.interest(self.base, self.settled, self.dues[0])
        self.to_collect = 0 if self.terms.upfront else self.broken
        self.settled = self.dues[0]

    def prepay(self, on: Day, paid: int, keep: str) -> None:
        if on <= self.terms.disbursed or (self.terms.upfront and on < self.dues[0]):
            raise Refused
        early = on <= self.dues[self.terms.wait_months]
        if not early:
            self.start()
        interest = self.terms.interest(self.base, self.settled, on)
        if not interest < paid < self.base + self.parked + interest:
            raise Refused
        number = next((n for n, due in enumerate(self.dues) if n and due >= on), 0)
        self.write(number, on, interest, paid, "prepayment")
        rest = paid - interest
        self.base -= max(0, rest - self.parked)
        self.parked = max(0, self.parked - rest)
        self.run = (self.base, 0)
        if keep == "tenure" and early:
            self.asked = True
        elif keep == "tenure":
            left = sum(1 for due in self.dues[number:] if due > on)
            renewed = contract_instalment(self.base, self.terms.rate, left, self.terms.rounding)
            self.emi = min(self.emi, renewed)

    def wait(self, number: int) -> None:
        terms, on = self.terms, self.dues[number]
        if terms.daily or self.settled != self.dues[number - 1]:
            interest = terms.interest(self.base, self.settled, on)
            self.run = (self.base + (interest if terms.treatment.endswith("MONTHLY") else 0), 0)
        else:
            balance, months = self.run
            self.run = (balance, months + 1)
            interest = self.grown(balance, months + 1) - self.grown(balance, months)
        paid = interest if terms.treatment == "SERVICED" else 0
        self.write(number, on, interest, paid, "moratorium")
        if terms.treatment == "CAPITALISED_SIMPLE":
            self.parked += interest
        else:
            self.base += interest - paid

    def grown(self, balance: int, months: int) -> int:
        rate = self.terms.rate
        if self.terms.treatment == "SERVICED":
            return months * half_up(balance * rate, YEARLY)
        if self.terms.treatment == "CAPITALISED_SIMPLE":
            return half_up(balance * (YEARLY + rate * months), YEARLY)
        return half_up(balance * (YEARLY + rate) ** months, YEARLY**months)

    def start(self) -> None:
        """The moratorium is over: what waited joins, and the EMI is fixed."""
        if self.emi is not None:
            return
        terms, self.base, self.parked = self.terms, self.base + self.parked, 0
        agreed = self.base
        if not self.asked and terms.prepayments:
            plain = Walk(replace(terms, prepayments=[]))
            plain.total = terms.wait_months
            plain.dues = plain.dues[: terms.wait_months + 1]
            plain.go()
            agreed = plain.base + plain.parked
        self.emi = contract_instalment(agreed, terms.rate, terms.months, terms.rounding)

    def pay(self, number: int) -> None:
        self.start()
        assert self.emi is not None
        start, on = self.dues[number - 1], self.dues[number]
        if self.terms.daily or self.settled != start:
            interest = self.terms.interest(self.base, self.settled, on)
        else:
            interest = half_up(self.base * self.terms.rate, YEARLY)
        owed = self.base + interest
        paid = owed if number == self.total else min(self.emi, owed)
        self.write(number, on, interest, paid, "instalment")
        self.base = owed - paid
