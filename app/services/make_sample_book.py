"""Fill an empty sandbox with a synthetic branch: the same preset and state give the same book.

Source: machine-learning.md section 4, commands.md (`sample-data`). Economics and outcomes are
drawn by `ml.sample`, people are invented, and everything else goes through the real rules and the
real model. Dates end at the sandbox day. The true probabilities are kept in an oracle file apart
from the book, which only tests and `compare` open.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from app.rules.case_facts import CaseFacts
from app.services.steps.drawn_cases import product_terms, rebuild_with
from app.services.steps.estimate_payload import assessment_at
from app.services.steps.estimate_risk import estimate_many
from app.services.steps.progress import Cancelled, Progress, StoppedError, never, silent
from app.services.steps.record_case import case_of_record
from app.services.steps.refusal import RefusalKind, Refused
from app.services.steps.risk_estimate import RiskEstimate
from app.services.steps.sample_book import References, SampleBook, build_book
from app.services.steps.sample_contacts import sample_contacts
from app.services.steps.sample_decisions import decisions_of, steps_of, trail_of
from app.services.steps.sample_frame import SampleFrame, sample_file, sample_random
from app.services.steps.sample_people import SamplePeople
from app.services.steps.sandbox_staff import SANDBOX_BRANCH, sandbox_actor, sandbox_staff
from app.services.steps.settle_alerts import settle_alerts
from app.services.steps.summary_terms import summary_terms
from db.identifiers import FIRST_REFERENCE, format_reference
from db.records.applications import Application, Assessment, DecisionRecord
from db.records.book import AuditAct
from db.records.lists import CustomerFilter, Viewer
from db.records.people import Customer
from db.vocabulary.loan_life import ApplicationStatus, LoanStatus
from ml.sample.book_presets import SANDBOX_DAY, DrawRequest, UnknownPresetError, draw_book
from ml.sample.drawn_book import DrawnBook

if TYPE_CHECKING:
    from app.services.steps.desk import Desk
    from db.unit_of_work import UnitOfWork

ORACLE_FOLDER = "oracle"


@dataclass(frozen=True, slots=True)
class MakeSampleBook:
    """What to make; the sandbox branch of the README by default."""

    preset: str = "sample"
    customers: int = 1_000
    applications: int = 1_500
    random_state: int = 42


@dataclass(frozen=True, slots=True)
class ApplicationCounts:
    """Applications by how they ended."""

    total: int
    approved: int
    rejected: int
    pending: int


@dataclass(frozen=True, slots=True)
class LoanCounts:
    """Loans by where they stand; `defaulted` are all that ever defaulted."""

    total: int
    active: int
    closed: int
    defaulted: int


@dataclass(frozen=True, slots=True)
class SampleBookMade:
    """What the book now holds."""

    customers: int
    applications: ApplicationCounts
    loans: LoanCounts
    repayments: int
    as_of: date


@dataclass(frozen=True, slots=True)
class _Scored:
    """A sample book with what the model and the people said."""

    book: SampleBook
    applications: tuple[Application, ...]
    assessments: tuple[Assessment, ...]
    decisions: tuple[DecisionRecord, ...]


def make_sample_book(
    request: MakeSampleBook,
    desk: "Desk",
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> SampleBookMade:
    """Draw, score and write a whole branch in one transaction.

    Raises:
        Refused: the book is not an empty sandbox, or there is no such preset or size.
        StoppedError: `cancelled` answered true; nothing was written.
    """
    with desk.read_book() as book:
        _check_empty(book)
    rulebook = desk.rulebook()
    drawn = _drawn(request, desk)
    rng = sample_random(request.preset, request.random_state)
    frame = SampleFrame(SANDBOX_BRANCH, drawn.as_of, rulebook, rng, sample_file("work.json"))
    people = SamplePeople(sample_file("people.json"), frame.work, rng)
    made = build_book(drawn, _references(drawn), people, frame)
    scored = _scored(made, desk, frame, (progress, cancelled))
    if cancelled():
        raise StoppedError(request.applications, request.applications)
    with desk.open_book() as book:
        _check_empty(book)
        _write(book, scored, frame)
        book.summaries.rebuild(frame.branch_id, summary_terms(frame.as_of, rulebook))
        settle_alerts(book, frame.branch_id, frame.as_of, rulebook, frame.row_maker())
        book.commit()
    _write_oracle(scored, request, desk)
    return _answer(scored)


def _check_empty(book: "UnitOfWork") -> None:
    anyone = Viewer(SANDBOX_BRANCH, None, SANDBOX_DAY)
    if book.users.any() and not book.reference.book().sandbox:
        raise Refused(
            RefusalKind.CONFLICT,
            "This is a real book. Sample data only goes into a sandbox: name another data folder",
        )
    if book.customers.count(anyone, CustomerFilter()):
        raise Refused(
            RefusalKind.CONFLICT,
            "This sandbox already holds customers. Sample data only goes into an empty one: "
            "name another data folder",
        )


def _drawn(request: MakeSampleBook, desk: "Desk") -> DrawnBook:
    rulebook = desk.rulebook()
    wanted = DrawRequest(
        preset=request.preset,
        customers=request.customers,
        applications=request.applications,
        random_state=request.random_state,
        products=product_terms(rulebook, SANDBOX_DAY),
        as_of=SANDBOX_DAY,
    )
    try:
        return draw_book(wanted, rebuild_with(rulebook))
    except UnknownPresetError as unknown:
        raise Refused(
            RefusalKind.BAD_INPUT,
            "Choose the preset sample, realistic, stress or readme, "
            "and at least as many applications as customers, 1 or more",
            {"preset": request.preset},
        ) from unknown


def _references(drawn: DrawnBook) -> References:
    """The first references of an empty book."""

    def first(kind: str, count: int) -> list[str]:
        return [format_reference(kind, FIRST_REFERENCE + number) for number in range(count)]

    return References(
        customers=first("C", len(drawn.customers)),
        applications=first("A", len(drawn.applications)),
        loans=first("L", drawn.verdicts.count("Approved")),
    )


def _scored(
    made: SampleBook, desk: "Desk", frame: SampleFrame, watch: tuple[Progress, Cancelled]
) -> _Scored:
    """Score every application with the champion, then let the people decide."""
    cases = _cases(made)
    estimates = estimate_many(cases, frame.rulebook, desk.model(), *watch)
    assessments = _assessments(made, cases, estimates, desk, frame)
    decisions = decisions_of(made, estimates, assessments, frame)
    applications = tuple(
        replace(each, assessment_id=assessment.assessment_id)
        for each, assessment in zip(made.applications, assessments, strict=True)
    )
    return _Scored(made, applications, assessments, decisions)


def _cases(made: SampleBook) -> list[CaseFacts]:
    by_id = {each.customer.customer_id: each.customer for each in made.customers}
    cases = []
    for application, own, drawn in zip(
        made.applications, made.own_records, made.drawn.applications, strict=True
    ):
        then = by_id[application.customer_id]
        # An open one is scored on what the customer's page says today, or it would be outdated.
        if application.status is not ApplicationStatus.PENDING:
            then = _as_then(then, drawn.experience_months)
        incomes = {
            each.customer_id: by_id[each.customer_id].employment.monthly_income_paise
            for each in application.co_applicants
        }
        cases.append(case_of_record(application, then, own, incomes))
    return cases


def _as_then(customer: Customer, experience_months: int) -> Customer:
    """The customer as on the day of the application."""
    return replace(
        customer, employment=replace(customer.employment, experience_months=experience_months)
    )


def _assessments(
    made: SampleBook,
    cases: Sequence[CaseFacts],
    estimates: Sequence[RiskEstimate],
    desk: "Desk",
    frame: SampleFrame,
) -> tuple[Assessment, ...]:
    officer = desk.acting(sandbox_actor())
    records = []
    for application, case, estimate in zip(made.applications, cases, estimates, strict=True):
        day = application.application_date
        at = frame.instant(day) + timedelta(minutes=1)
        record = assessment_at(estimate, case, application.application_id, officer, at)
        records.append(replace(record, assessment_id=frame.new_id(day)))
    return tuple(records)


def _write(book: "UnitOfWork", scored: _Scored, frame: SampleFrame) -> None:
    branch, made = frame.branch_id, scored.book
    book.reference.set_book(sandbox=True, as_of=frame.as_of)
    for user in sandbox_staff(branch):
        if book.users.by_staff_id(user.staff_id) is None:
            book.users.add(user)
    book.customers.add_many(made.customers)
    book.applications.add_many(scored.applications)
    book.applications.add_assessments(branch, scored.assessments)
    by_application = {each.application_id: each for each in scored.assessments}
    book.cases.add_steps(branch, steps_of(scored.decisions, by_application))
    book.applications.add_decisions(branch, scored.decisions)
    book.loans.add_many(branch, made.loans)
    book.day_ends.keep(branch, made.month_ends)
    said = sample_contacts(made.loans.loans, frame)
    book.contacts.add_many(branch, said.contacts, said.promises, said.snoozes)
    book.cells.rebuild(branch)
    counts = {"customers": len(made.customers), "applications": len(scored.applications)}
    done = AuditAct("make_sample_book", "book", None, "sample", frame.instant(frame.as_of), counts)
    book.audit.append_many(branch, list(chain(trail_of(made, scored.decisions), [done])))


def _write_oracle(scored: _Scored, request: MakeSampleBook, desk: "Desk") -> None:
    """Keep the true probabilities apart from the book; no screen, verb or training reads them."""
    folder = desk.data_dir / ORACLE_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    drawn = scored.book.drawn
    truth = {
        str(each.application_id): {"probability": float(probability), "default": bool(default)}
        for each, probability, default in zip(
            scored.applications, drawn.true_probabilities, drawn.defaults, strict=True
        )
    }
    path = folder / f"{request.preset}-{request.random_state}.json"
    path.write_text(json.dumps(truth, indent=0), encoding="utf-8")


def _answer(scored: _Scored) -> SampleBookMade:
    made = scored.book
    verdicts, loans = Counter(made.drawn.verdicts), made.loans.loans
    states = Counter(each.status for each in loans)
    return SampleBookMade(
        customers=len(made.customers),
        applications=ApplicationCounts(
            total=len(scored.applications),
            approved=verdicts["Approved"],
            rejected=verdicts["Rejected"],
            pending=verdicts["Pending"],
        ),
        loans=LoanCounts(
            total=len(loans),
            active=states[LoanStatus.ACTIVE],
            closed=states[LoanStatus.CLOSED],
            defaulted=sum(each.defaulted_on is not None for each in loans),
        ),
        repayments=len(made.loans.repayments),
        as_of=made.drawn.as_of,
    )
