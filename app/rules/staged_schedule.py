"""The schedule of a loan that is paid out in parts: interest alone until the instalments start.

Source: lending-rules.md 2.6: daily interest on what has been paid out so far, due every month on
the agreed day until a month before the first instalment; the instalments are then those of
everything that was paid out. A later part changes no due before it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.rules.dated_schedule import DatedSchedule, dated_schedule
from app.rules.dates import date_shown
from app.rules.day_count import due_dates
from app.rules.emi import MONTHS_PER_YEAR
from app.rules.field_refusal import FieldRefusedError
from app.rules.loan_contract import ContractRules, LoanContract, contract_dates, contract_rules
from app.rules.loan_start import PlannedInstalment, StartedLoan
from app.rules.rulebook import Rulebook
from app.rules.stage_disbursement import Stage, pre_emi_interest


class PartTooLateError(FieldRefusedError):
    """A part of the loan after the first month of the instalments has begun."""


class PartsAndMoratoriumError(FieldRefusedError):
    """Parts and a moratorium at once: which interest is due then is agreed nowhere."""


def staged_loan(
    contract: LoanContract, stages: Sequence[Stage], rulebook: Rulebook, on: date
) -> StartedLoan:
    """What is owed after some parts have been paid out; ``on`` is the day of sanction.

    Args:
        contract: of the loan; its principal is what the parts add up to, its first due date that
            of the first instalment.
        stages: the parts paid out, in date order; at least one.
        rulebook: whose rows are read.
        on: the day of sanction.

    Raises:
        PartTooLateError: a part falls after the instalments have begun.
        PartsAndMoratoriumError: the contract has a moratorium.
        LoanTermsError, ContractDatesError: terms or dates do not go together.
        NoRuleInForceError: a rule is missing on that day.
    """
    if contract.moratorium_months:
        raise PartsAndMoratoriumError(
            "amount", "A loan with a moratorium is paid out in one amount"
        )
    rules = contract_rules(rulebook, on)
    begins = contract_dates(contract, rules.missing_day)[0]
    paid_on = stages[0].on
    if len(stages) > 1 and stages[-1].on > begins:
        raise PartTooLateError(
            "disbursement_date",
            f"Parts go out until {date_shown(begins)}, a month before the first instalment",
        )
    waiting = _waiting(contract, stages, rules, begins)
    start = max(begins, paid_on)  # a first month that is short is charged by days
    rest = dated_schedule(replace(contract, disbursed_on=start), rulebook, on)
    return StartedLoan(
        emi_paise=rest.emi_paise,
        first_due=contract.first_due,
        instalments=(*waiting, *_numbered_from(len(waiting), rest)),
        broken_days=0,
        broken_interest_paise=0,
    )


def _waiting(
    contract: LoanContract, stages: Sequence[Stage], rules: ContractRules, begins: date
) -> list[PlannedInstalment]:
    """The months of interest alone; each shows what was out by then as owed before and after."""
    first = stages[0].on
    months = (begins.year - first.year) * MONTHS_PER_YEAR + begins.month - first.month
    numbers = range(-months, 1)
    days = due_dates(contract.first_due, numbers, contract.due_day, rules.missing_day)
    rows: list[PlannedInstalment] = []
    since = first
    for day in (each for each in days if each > first):
        interest = pre_emi_interest(stages, contract.rate_ppm, since, day, rules.basis)
        owed = sum(stage.amount_paise for stage in stages if stage.on < day)
        rows.append(PlannedInstalment(len(rows) + 1, day, owed, interest, 0, owed))
        since = day
    return rows


def _numbered_from(start: int, schedule: DatedSchedule) -> tuple[PlannedInstalment, ...]:
    return tuple(
        PlannedInstalment(
            start + row.number,
            row.due_on,
            row.opening_paise,
            row.interest_paise,
            row.principal_paise,
            row.closing_paise,
        )
        for row in schedule.instalments
    )
