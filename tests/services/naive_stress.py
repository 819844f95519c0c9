"""A stress run computed anew, loan by loan from the records of the book, in plain fractions.

It shares no code with the run but the vocabulary and the shipped figures, which stand here again.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from hashlib import sha256

from db.tables.loans import loans
from db.unit_of_work import UnitOfWork
from db.vocabulary.lending import CollateralType, EmiRounding, RateType
from db.vocabulary.loan_life import AssetClass, LoanStatus, ProvisionSegment
from db.vocabulary.people import EmploymentType

STANDARD = {
    ProvisionSegment.OTHER: Fraction(4),
    ProvisionSegment.HOUSING: Fraction("2.5"),
    ProvisionSegment.SME_MICRO_SMALL: Fraction("2.5"),
}
PERFORMING = (AssetClass.STANDARD, AssetClass.SMA_0, AssetClass.SMA_1, AssetClass.SMA_2)
DOUBTFUL = {
    AssetClass.DOUBTFUL_1: Fraction(25, 100),
    AssetClass.DOUBTFUL_2: Fraction(40, 100),
    AssetClass.DOUBTFUL_3: Fraction(1),
}
GUIDE = 50
AGES = {
    CollateralType.PROPERTY: 36,
    CollateralType.VEHICLE: 12,
    CollateralType.GOLD: 1,
    CollateralType.SECURITIES: 1,
    CollateralType.OTHER: 12,
}


def half_up(value: Fraction) -> int:
    return int((value * 2 + 1) // 2)


@dataclass(frozen=True)
class Shock:
    rate_ppm: int
    income: Fraction
    unemployment: Fraction
    property: Fraction
    multiplier: Fraction
    lgd: Fraction
    months: int
    state: int


COMBINED = Shock(
    20_000,
    Fraction(-15, 100),
    Fraction(5, 100),
    Fraction(-20, 100),
    Fraction(3, 2),
    Fraction(10, 100),
    6,
    42,
)


@dataclass
class Naive:
    """What the book comes to; index 0 before, 1 after."""

    losses: list[int] = field(default_factory=lambda: [0, 0])
    npas: list[int] = field(default_factory=lambda: [0, 0])
    provisions: list[int] = field(default_factory=lambda: [0, 0])
    above: list[int] = field(default_factory=lambda: [0, 0])
    loans: int = 0
    outstanding: int = 0


def naive_stress(
    book: UnitOfWork, branch: int, days: tuple[date, date], shock: Shock, roundings: dict
) -> Naive:
    """The figures on the first of two days, with what had matured by the second."""
    found = Naive()
    cases = _cases(book, branch)
    rates, pooled = _rates(cases, days[1])
    owing = defaultdict(list)
    for case in cases:
        if case[0].outstanding_paise and case[0].status is not LoanStatus.WRITTEN_OFF:
            owing[case[0].customer_id].append(case)
    customers = {each: book.customers.get(branch, each) for each in owing}
    without = _without_work(branch, customers, shock)
    for customer_id, own in owing.items():
        for case in own:
            _add_loan(found, case[:2], rates.get(case[2], pooled), days[0], shock)
        rise = sum(
            _rise(loan, days[0], shock, roundings[loan.product_code])
            for loan, application, _level in own
            if application.rate_type is RateType.FLOATING
        )
        above = _above(customers[customer_id], own, rise, days[0], shock, customer_id in without)
        found.above[0] += above[0]
        found.above[1] += above[1]
    return found


def _cases(book: UnitOfWork, branch: int) -> list[tuple]:
    """Each loan with its application and the risk level it was given."""
    cases = []
    for loan_id in _ids(book, branch):
        loan = book.loans.get(branch, loan_id)
        application = book.applications.get(branch, loan.application_id)
        assessment = book.applications.assessment(branch, application.assessment_id)
        cases.append((loan, application, assessment.risk_level))
    return cases


def _rates(cases: list[tuple], matured_to: date) -> tuple[dict, Fraction]:
    counted = defaultdict(lambda: [0, 0])
    for loan, _application, level in cases:
        if loan.disbursement_date <= matured_to:
            counted[level][0] += 1
            counted[level][1] += loan.defaulted_on is not None

    def rate(count: int, bad: int) -> Fraction:
        return Fraction(half_up(Fraction(bad * 10**6, count)), 10**6)

    rates = {level: rate(*pair) for level, pair in counted.items() if pair[0] >= 20}
    return rates, rate(*(sum(pair[side] for pair in counted.values()) for side in (0, 1)))


def _without_work(branch: int, customers: dict, shock: Shock) -> set:
    salaried = [
        each
        for each, customer in customers.items()
        if customer.employment.employment_type is EmploymentType.SALARIED
    ]

    def place(customer_id: object) -> tuple[bytes, str]:
        key = f"{branch}:{customer_id}"
        return sha256(f"{shock.state}:{key}".encode()).digest(), key

    return set(sorted(salaried, key=place)[: half_up(len(salaried) * shock.unemployment)])


def _above(  # noqa: PLR0913, PLR0917  # a test's own oracle
    customer, own: list[tuple], rise: int, day: date, shock: Shock, without: bool
) -> tuple[bool, bool]:
    closed = {due for case in own for due in case[1].closed_obligations}
    dues = sum(case[0].emi_paise for case in own) + sum(
        each.monthly_amount_paise
        for each in customer.obligations
        if (each.end_date is None or each.end_date >= day) and each.obligation_id not in closed
    )
    income = customer.employment.monthly_income_paise
    later = half_up(income * (1 + shock.income))
    if without:
        later = half_up(Fraction(later * (12 - shock.months), 12))
    return dues * 100 > GUIDE * income, (dues + rise) * 100 > GUIDE * later


def _ids(book: UnitOfWork, branch: int) -> list:
    rows = book._connection.execute(loans.select().where(loans.c.branch_id == branch))
    return [row.loan_id for row in rows]


def _rise(loan, day: date, shock: Shock, rounding: EmiRounding) -> int:
    def emi(rate_ppm: int) -> int:
        months = _months_left(loan, day)
        if rate_ppm == 0:
            exact = Fraction(loan.outstanding_paise, months)
        else:
            monthly = Fraction(rate_ppm, 12 * 10**6)
            growth = (1 + monthly) ** months
            exact = loan.outstanding_paise * monthly * growth / (growth - 1)
        if rounding is EmiRounding.PAISA:
            return half_up(exact)
        assert rounding is EmiRounding.RUPEE
        return half_up(exact / 100) * 100

    return emi(loan.rate_ppm + shock.rate_ppm) - emi(loan.rate_ppm)


def _months_left(loan, day: date) -> int:
    """Dues of its term that lie after the day, counted one by one."""
    first, count = loan.first_due_date, 0
    for number in range(loan.tenure_months):
        year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
        due_day = min(first.day, _days_of(year, month + 1))
        count += date(year, month + 1, due_day) >= day
    return max(count, 1)


def _days_of(year: int, month: int) -> int:
    after = date(year + month // 12, month % 12 + 1, 1)
    return (after - date(year, month, 1)).days


def _add_loan(found: Naive, case: tuple, pd: Fraction, day: date, shock: Shock) -> None:
    loan = case[0]
    found.loans += 1
    found.outstanding += loan.outstanding_paise
    for side in (0, 1):
        _add_side(found, side, case, pd, day, shock)


def _add_side(  # noqa: PLR0913, PLR0917  # a test's own oracle
    found: Naive, side: int, case: tuple, pd: Fraction, day: date, shock: Shock
) -> None:
    loan, application = case
    owed, performing = loan.outstanding_paise, loan.asset_class in PERFORMING
    bare = sum(each.value_paise for each in application.collateral) * 10 <= loan.principal_paise
    value, gold = (
        half_up(_worth(application, day, gold=only) * (1 + shock.property * side))
        for only in (False, True)
    )
    base = pd if performing else Fraction(1)
    now = min(base * (shock.multiplier if side else 1), Fraction(1))
    lgd = Fraction(30 if gold and gold >= owed else 70 if value * 10 <= owed else 65, 100)
    found.losses[side] += _loss(loan, now, min(lgd + shock.lgd * side, Fraction(1)), day)
    standing = _provision(loan, loan.asset_class, value, bare)
    found.npas[side] += half_up((now - base) * owed) if performing else owed
    as_npa = _provision(loan, AssetClass.SUB_STANDARD, value, bare)
    more = half_up((now - base) * max(as_npa - standing, 0)) if performing else 0
    found.provisions[side] += standing + more


def _worth(application, day: date, *, gold: bool = False) -> int:
    """Security whose valuation counts: property three years, gold and paper as the rows say."""
    return sum(
        each.value_paise
        for each in application.collateral
        if _counts(each, day) and (not gold or each.collateral_type is CollateralType.GOLD)
    )


def _counts(each, day: date) -> bool:
    if each.valuation_date is None or each.valuation_date > day:
        return False
    valued, months = each.valuation_date, AGES[each.collateral_type]
    year, month = divmod(valued.year * 12 + valued.month - 1 + months, 12)
    return day <= date(year, month + 1, min(valued.day, _days_of(year, month + 1)))


def _loss(loan, pd: Fraction, lgd: Fraction, day: date) -> int:
    owed = loan.outstanding_paise
    if loan.asset_class not in PERFORMING:
        return half_up(lgd * owed)
    due = loan.oldest_unpaid_due
    late = 0 if due is None or due > day else (day - due).days + 1
    if late < 31 and loan.restructured_on is None:
        return half_up(pd * lgd * owed)
    months, monthly = _months_left(loan, day), Fraction(loan.rate_ppm, 12 * 10**6)
    total, left = Fraction(0), Fraction(1)
    for year, paid in enumerate(range(0, months, 12), start=1):
        if loan.rate_ppm:
            end = (1 + monthly) ** months
            balance = half_up(owed * (end - (1 + monthly) ** paid) / (end - 1))
        else:
            balance = half_up(Fraction(owed * (months - paid), months))
        total += left * pd * lgd * balance / (1 + Fraction(loan.rate_ppm, 10**6)) ** year
        left *= 1 - pd
    return half_up(total)


def _provision(loan, asset_class: AssetClass, value: int, bare: bool) -> int:  # a test's own
    owed = loan.outstanding_paise
    if asset_class is AssetClass.LOSS:
        return owed
    if asset_class in DOUBTFUL:
        secured = min(owed, value)
        return half_up(secured * DOUBTFUL[asset_class]) + owed - secured
    if asset_class is AssetClass.SUB_STANDARD:
        return half_up(owed * Fraction(25 if bare else 15, 100))
    return half_up(owed * Fraction(STANDARD[loan.provision_segment]) / 1000)
