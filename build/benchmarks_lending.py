"""Benchmarks of the lending rules: one long schedule against the same rows in plain floats.

The reference is the loop that somebody would write without caring for paise: floats, tuples, no
rule book. The ratio is the price of exact money, dated rules and the look at the last instalment.
"""

from collections.abc import Callable
from datetime import date

from bench import Measured, interleaved, milliseconds

DAY = date(2026, 11, 23)
MONTHS, PAISE, RATE_PPM = 360, 75_00_000_00, 87_500
FIRST_DUE, TURNS = date(2027, 1, 5), 20


def _float_rows() -> list[tuple[int, date, float, float, float, float, float]]:
    """The same loan in rupees as floats, with its due dates."""
    monthly, left = RATE_PPM / 12_000_000, PAISE / 100
    growth = (1 + monthly) ** MONTHS
    emi = round(left * monthly * growth / (growth - 1))
    rows = []
    for number in range(1, MONTHS + 1):
        year, month = divmod(FIRST_DUE.year * 12 + FIRST_DUE.month + number - 2, 12)
        interest = round(left * monthly, 2)
        paid = left + interest if number == MONTHS else emi
        principal = paid - interest
        due_on = date(year, month + 1, FIRST_DUE.day)
        rows.append((number, due_on, left, interest, principal, paid, left - principal))
        left -= principal
    return rows


def _each(act: Callable[[], object]) -> float:
    """Milliseconds of one of several calls."""

    def turns() -> None:
        for _ in range(TURNS):
            act()

    return milliseconds(turns) / TURNS


def schedule_360(runs: int) -> Measured:
    """The contract schedule of 360 months at monthly rests."""
    from app.book_ports import shipped_rulebook
    from app.rules.amortisation import LoanShape, contract_schedule
    from db.vocabulary.lending import EmiRounding

    rulebook, shape = shipped_rulebook(), LoanShape(PAISE, RATE_PPM, MONTHS)
    ours, reference = interleaved(
        lambda: _each(lambda: contract_schedule(shape, EmiRounding.RUPEE, rulebook, DAY)),
        lambda: _each(_float_rows),
        runs,
    )
    return Measured(ours, reference, "ms", f"{MONTHS} rows; reference: floats, with due dates")


def schedule_360_dated(runs: int) -> Measured:
    """The same loan on its dates, disbursed 18 days before its first whole month."""
    from app.book_ports import shipped_rulebook
    from app.rules.dated_schedule import dated_schedule
    from app.rules.loan_contract import LoanContract
    from db.vocabulary.lending import EmiRounding, InterestMethod

    contract = LoanContract(
        principal_paise=PAISE,
        rate_ppm=RATE_PPM,
        tenure_months=MONTHS,
        rounding=EmiRounding.RUPEE,
        interest_method=InterestMethod.MONTHLY_REST,
        disbursed_on=date(2026, 11, 17),
        first_due=FIRST_DUE,
        due_day=FIRST_DUE.day,
    )
    rulebook = shipped_rulebook()
    ours, reference = interleaved(
        lambda: _each(lambda: dated_schedule(contract, rulebook, DAY)),
        lambda: _each(_float_rows),
        runs,
    )
    return Measured(ours, reference, "ms", f"{MONTHS} rows on dates; reference: floats, with dates")
