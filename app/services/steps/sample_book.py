"""All records of a sample book from one drawn book, nothing written yet.

Source: machine-learning.md section 4 (economics and outcomes are drawn by `ml.sample`), the rest
by the steps beside this one. The same drawn book, references and generator state give the same
records, ids included.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.rules.case_facts import OwnRecord
from app.rules.day_count import add_months
from app.services.steps.class_history import BorrowerHistory
from app.services.steps.loan_history import Behaviour
from app.services.steps.sample_applications import ApplicationPlan, application_of, nearest_income
from app.services.steps.sample_customers import CustomerPlan, customer_of
from app.services.steps.sample_frame import SampleFrame
from app.services.steps.sample_loan import LoanSeed, SampleLoan
from app.services.steps.sample_loans import batch_of, borrower_history, live_loan
from app.services.steps.sample_month_ends import month_ends_of
from app.services.steps.sample_people import SamplePeople
from db.records.applications import Application
from db.records.day_end import MonthEndLoan
from db.records.loans import LoanBatch
from db.records.people import NewCustomer
from db.vocabulary.people import EmploymentType
from ml.sample.drawn_book import DrawnBook

LATE_DAYS, LATE_WINDOW_MONTHS = 30, 24  # what the feature prior_late_payments counts


@dataclass(frozen=True, slots=True)
class References:
    """The references that the book gives out, as many as there are records."""

    customers: Sequence[str]
    applications: Sequence[str]
    loans: Sequence[str]


@dataclass(frozen=True, slots=True)
class SampleBook:
    """Records ready to be scored and written; sequences run parallel to the drawn applications."""

    drawn: DrawnBook
    customers: tuple[NewCustomer, ...]
    applications: tuple[Application, ...]
    own_records: tuple[OwnRecord, ...]
    loans: LoanBatch
    month_ends: tuple[MonthEndLoan, ...]


def build_book(
    drawn: DrawnBook, references: References, people: SamplePeople, frame: SampleFrame
) -> SampleBook:
    """Give every drawn borrower a name, every application a record, every approval a loan."""
    customers = _customers(drawn, references, people, frame)
    applications = _applications(drawn, customers, references, frame)
    loans = [live_loan(seed, frame) for seed in _loan_seeds(drawn, applications, references.loans)]
    by_borrower: dict[UUID, list[SampleLoan]] = defaultdict(list)
    for loan in loans:
        by_borrower[loan.seed.application.customer_id].append(loan)
    histories = {who: borrower_history(theirs, frame) for who, theirs in by_borrower.items()}
    own = [
        own_record(by_borrower.get(each.customer_id, ()), histories, each) for each in applications
    ]
    return SampleBook(
        drawn=drawn,
        customers=customers,
        applications=applications,
        own_records=tuple(own),
        loans=batch_of(loans, tuple(histories.values()), frame),
        month_ends=tuple(month_ends_of(loans, tuple(histories.values()), frame)),
    )


def own_record(
    loans: Sequence[SampleLoan], histories: Mapping[UUID, BorrowerHistory], application: Application
) -> OwnRecord:
    """What the branch knew of the applicant on the day of the application."""
    day = application.application_date
    known = [each for each in loans if each.disbursed_on < day]
    if not known:
        return OwnRecord()
    running = [each for each in known if each.facility.open_on(day)]
    since = add_months(day, -LATE_WINDOW_MONTHS)
    late = sum(
        since <= due.due_date < day
        and (due.paid_on or date.max) > due.due_date + timedelta(days=LATE_DAYS)
        and day > due.due_date + timedelta(days=LATE_DAYS)
        for each in known
        for due in each.life.instalments
    )
    moves = [m for m in histories[application.customer_id].moves if m.business_date <= day]
    return OwnRecord(
        active_loans=len(running),
        late_payments=late,
        has_npa=bool(running and moves and moves[-1].npa_since),
    )


def _customers(
    drawn: DrawnBook, references: References, people: SamplePeople, frame: SampleFrame
) -> tuple[NewCustomer, ...]:
    last_seen = dict.fromkeys(range(len(drawn.customers)), frame.as_of)
    last_seen |= {each.customer_index: each.application_date for each in drawn.applications}
    borrowers = {
        each.customer_index
        for each, verdict in zip(drawn.applications, drawn.verdicts, strict=True)
        if verdict == "Approved"
    }
    made = []
    for index, (who, reference) in enumerate(
        zip(drawn.customers, references.customers, strict=True)
    ):
        person = people.draw(index, EmploymentType(who.employment_type))
        plan = CustomerPlan(who, person, reference, last_seen[index], index in borrowers)
        made.append(customer_of(plan, frame))
    return tuple(made)


def _applications(
    drawn: DrawnBook, customers: Sequence[NewCustomer], references: References, frame: SampleFrame
) -> tuple[Application, ...]:
    records = [each.customer for each in customers]
    made = []
    for each, verdict, reference in zip(
        drawn.applications, drawn.verdicts, references.applications, strict=True
    ):
        owner = records[each.customer_index]
        income = each.co_applicant_income_paise
        plan = ApplicationPlan(
            drawn=each,
            owner=drawn.customers[each.customer_index],
            customer=owner,
            reference=reference,
            verdict=verdict,
            co_applicant=nearest_income(records, income, owner) if income else None,
        )
        made.append(application_of(plan, frame))
    return tuple(made)


def _loan_seeds(
    drawn: DrawnBook, applications: Sequence[Application], references: Sequence[str]
) -> list[LoanSeed]:
    """Approved applications in the order in which their money goes out."""
    approved = [row for row, verdict in enumerate(drawn.verdicts) if verdict == "Approved"]
    approved.sort(
        key=lambda row: (
            drawn.applications[row].application_date
            + timedelta(days=drawn.applications[row].disbursed_after_days),
            row,
        )
    )
    return [
        LoanSeed(
            application=applications[row],
            drawn=drawn.applications[row],
            behaviour=Behaviour(
                default_month=int(drawn.default_month[row]),
                lateness=float(drawn.lateness[row]),
                cured_by=_next_approved_on(drawn, row),
            ),
            reference=reference,
        )
        for row, reference in zip(approved, references, strict=True)
    ]


def _next_approved_on(drawn: DrawnBook, row: int) -> date | None:
    """Day of the borrower's next approved application: nobody lends to an open NPA."""
    owner = drawn.applications[row].customer_index
    for later in range(row + 1, len(drawn.applications)):
        same = drawn.applications[later].customer_index == owner
        if same and drawn.verdicts[later] == "Approved":
            return drawn.applications[later].application_date - timedelta(days=1)
    return None
