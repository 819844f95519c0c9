"""What we were told of a case, line by line, with its source (explanations.md X2).

Nothing here has been checked against a paper yet: documents come with their own step, so every
line says whether it was told, typed from a bureau report, or comes from our own books.
"""

import datetime as dt
from dataclasses import dataclass

from app.rules.case_facts import CaseFacts, ObligationFacts
from app.rules.dates import date_shown
from app.rules.money import percent_shown, rupees_shown
from app.services.steps.shipped_words import shipped_words
from db.records.applications import Application
from db.records.people import Customer
from db.vocabulary.people import FactSource

MONTHS_PER_YEAR = 12
UNKNOWN = "—"


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact: what, its value in words, whether a paper was seen, where it comes from."""

    label: str
    value_text: str
    checked: bool
    source_text: str
    date: dt.date | None = None


def fact_lines(
    application: Application, customer: Customer, case: CaseFacts
) -> tuple[FactLine, ...]:
    """The facts of the case in the order of the decision page."""
    return (*_person(customer, case), *_dues(case), *_history(case), *_loan(application, case))


def _told(label: str, text: str | None, on: dt.date | None = None) -> FactLine:
    return FactLine(
        label, text or UNKNOWN, checked=False, source_text=_source(FactSource.TOLD), date=on
    )


def _source(source: FactSource) -> str:
    return shipped_words().label("fact_source", source)


def _person(customer: Customer, case: CaseFacts) -> tuple[FactLine, ...]:
    person = case.applicant
    income = person.monthly_income_paise
    kind = person.employment_type
    work = None if kind is None else shipped_words().label("employment_type", kind)
    if work and customer.employment.employer_name:
        work = f"{work}, {customer.employment.employer_name}"
    started = person.employment_start_date
    return (
        _told("Monthly income", rupees_shown(income) if income else None),
        _told("Work", work),
        _told("In this work since", None if started is None else date_shown(started)),
        _told("Experience", _years(person.experience_months)),
    )


def _dues(case: CaseFacts) -> tuple[FactLine, ...]:
    if not case.obligations:
        return (_told("Monthly dues", "none told"),)
    return tuple(_due(each) for each in case.obligations)


def _due(due: ObligationFacts) -> FactLine:
    kind = shipped_words().label("obligation_type", due.obligation_type)
    text = f"{rupees_shown(due.monthly_amount_paise)} a month"
    if due.lender_name:
        text = f"{text}, {due.lender_name}"
    if due.closed_by_this_loan:
        text = f"{text}, closed by this loan"
    return _told(kind, text)


def _history(case: CaseFacts) -> tuple[FactLine, ...]:
    report, own = case.bureau, case.own_record
    bureau = None
    if report.score is not None:
        bureau = str(report.score)
    elif report.score_state is not None:
        bureau = shipped_words().label("bureau_score_state", report.score_state)
    since = case.applicant.customer_since
    known = "new" if since is None or since >= case.as_of else f"since {date_shown(since)}"
    loans = f"{own.active_loans} running, {own.late_payments} paid late"
    return (
        FactLine(
            "Bureau score",
            bureau or UNKNOWN,
            checked=False,
            source_text=_source(FactSource.BUREAU),
            date=report.report_date,
        ),
        FactLine("Customer", known, checked=True, source_text=_source(FactSource.SYSTEM)),
        FactLine("Loans here", loans, checked=True, source_text=_source(FactSource.SYSTEM)),
    )


def _loan(application: Application, case: CaseFacts) -> tuple[FactLine, ...]:
    words = shipped_words()
    purpose = words.label("loan_purpose", application.loan_purpose)
    asked = (
        f"{rupees_shown(application.amount_paise)}, {application.tenure_months} months, "
        f"{percent_shown(application.rate_ppm)}"
    )
    lines = [_told("Loan asked for", asked), _told("Purpose", purpose)]
    lines += [
        _told(
            words.label("collateral_type", item.collateral_type),
            f"{rupees_shown(item.value_paise)} as security",
            item.valuation_date,
        )
        for item in case.collateral
    ]
    if application.guarantors:
        lines.append(_told("Guarantors", str(len(application.guarantors))))
    return tuple(lines)


def _years(months: int | None) -> str | None:
    if months is None:
        return None
    years, rest = divmod(months, MONTHS_PER_YEAR)
    return f"{years} years" if not rest else f"{years} years {rest} months"
