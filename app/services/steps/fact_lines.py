"""What we were told of a case, line by line, with its source (explanations.md X2, screens.md F10).

A line says whether it was told, seen in a paper, typed from a bureau report, or comes from our own
books; a paper that was compared with its original makes the facts it shows checked.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.rules.bank_time import bank_day
from app.rules.case_facts import CaseFacts, ObligationFacts
from app.rules.dates import date_shown
from app.rules.money import percent_shown, rupees_shown
from app.rules.paper_checklist import is_income
from app.services.steps.shipped_words import shipped_words
from db.records.applications import Application
from db.records.attachments import Attachment
from db.records.people import Customer
from db.vocabulary.loan_life import DocumentKind
from db.vocabulary.people import FactSource

MONTHS_PER_YEAR = 12
UNKNOWN = "—"


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact: what, its value in words, whether a paper was seen, where it comes from.

    Attributes:
        source_text: the source in words; for a paper its kind, and who checked it.
        date: of the source: when the paper was checked or attached, the report's own date.
        source: told, document, bureau or system.
    """

    label: str
    value_text: str
    checked: bool
    source_text: str
    date: dt.date | None = None
    source: FactSource = FactSource.TOLD


def fact_lines(
    application: Application,
    customer: Customer,
    case: CaseFacts,
    papers: Sequence[Attachment] = (),
) -> tuple[FactLine, ...]:
    """The facts of the case in the order of the decision page."""
    lines = (*_person(customer, case), *_dues(case), *_history(case), *_loan(application, case))
    return tuple(_seen(line, papers) for line in lines)


def _seen(line: FactLine, papers: Sequence[Attachment]) -> FactLine:
    """The line with the best paper that shows its fact: a checked one, else the newest."""
    kinds = _SHOWN_BY.get(line.label)
    shown = [paper for paper in papers if kinds is not None and kinds(paper.kind)]
    if not shown:
        return line
    paper = max(shown, key=lambda each: (each.checked_at is not None, each.attached_at))
    at = paper.checked_at or paper.attached_at
    words = shipped_words().label("document_kind", paper.kind)
    if paper.checked_at is not None and paper.checked_by_name:
        words = f"{words}, seen by {paper.checked_by_name}"
    return replace(
        line,
        checked=paper.checked_at is not None,
        source_text=words,
        date=bank_day(at),
        source=FactSource.BUREAU if line.source is FactSource.BUREAU else FactSource.DOCUMENT,
    )


def _one_of(*kinds: DocumentKind) -> Callable[[DocumentKind], bool]:
    return lambda kind: kind in kinds


# Which papers show which fact.
_SHOWN_BY: Mapping[str, Callable[[DocumentKind], bool]] = {
    "Monthly income": lambda kind: is_income(kind, shipped_words()),
    "Work": _one_of(
        DocumentKind.EMPLOYMENT_PROOF, DocumentKind.BUSINESS_PROOF, DocumentKind.PAYSLIP
    ),
    "In this work since": _one_of(DocumentKind.EMPLOYMENT_PROOF, DocumentKind.BUSINESS_PROOF),
    "Bureau score": _one_of(DocumentKind.BUREAU_REPORT),
}


def _told(label: str, text: str | None, on: dt.date | None = None) -> FactLine:
    return FactLine(
        label, text or UNKNOWN, checked=False, source_text=_source(FactSource.TOLD), date=on
    )


def _own(label: str, text: str) -> FactLine:
    """A fact of our own books."""
    words = _source(FactSource.SYSTEM)
    return FactLine(label, text, checked=True, source_text=words, source=FactSource.SYSTEM)


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
            source=FactSource.BUREAU,
        ),
        _own("Customer", known),
        _own("Loans here", loans),
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
