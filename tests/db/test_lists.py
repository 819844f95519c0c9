"""Pages by key: complete, in order, stable under random data; search and filters."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.records.lists import ApplicationFilter, CustomerFilter, LoanFilter, Viewer
from db.records.loans import LoanBatch
from db.records.people import IdentityNumbers
from db.records.refusals import BadCursor
from db.unit_of_work import UnitOfWork
from db.vocabulary.lending import LoanPurpose
from db.vocabulary.loan_life import ApplicationStatus
from db.vocabulary.people import CustomerSegment, KycStatus, Scope

BRANCH = 412
TODAY = date(2026, 11, 23)
NAMES = ["Ravi Reddy", "ravi reddy", "Ünal Ö", "Asha_Rao", "Asha%Rao", "रवि", "Zoya Khan", "A B"]
CITIES = ["Bengaluru", "Mysuru", "Hubballi"]


def crowd(samples, count: int, seed: int = 7):
    """Customers with many equal sort values, in no order."""
    chance = random.Random(seed)  # noqa: S311  # test data
    made = [
        samples.customer(
            1001 + n,
            full_name=chance.choice(NAMES),
            city=chance.choice(CITIES),
            created_at=samples.customer().customer.created_at + timedelta(days=chance.randrange(3)),
        )
        for n in range(count)
    ]
    chance.shuffle(made)
    return made


def walk(find: Callable, viewer: Viewer, wanted, limit: int) -> list:
    rows, after = [], None
    while True:
        page = find(viewer, wanted, limit, after)
        rows += page.rows
        assert len(page.rows) <= limit
        if page.next is None:
            return rows
        after = page.next


@pytest.fixture
def viewer(samples) -> Viewer:
    return Viewer(BRANCH, samples.officer, TODAY)


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", ["full_name", "reference", "city", "created_at"])
def test_customer_pages_are_complete_and_in_order(
    book: UnitOfWork, samples, viewer: Viewer, sort: str, descending: bool
) -> None:
    book.customers.add_many(crowd(samples, 61))
    wanted = CustomerFilter(sort=sort, descending=descending)
    whole = book.customers.find(viewer, wanted, 1000).rows
    assert len({row.customer_id for row in whole}) == 61
    for limit in (1, 7, 60, 61):
        assert walk(book.customers.find, viewer, wanted, limit) == list(whole)
    keys = book.customers.keys_every(viewer, wanted, 20)
    assert len(keys) == 3
    for place, key in enumerate(keys, start=1):
        page = book.customers.find(viewer, wanted, 5, key)
        assert page.rows == whole[place * 20 : place * 20 + 5]
    assert book.customers.count(viewer, wanted) == 61
    if sort != "full_name":
        field = {"reference": lambda row: int(row.reference[2:])}.get(
            sort, lambda row: getattr(row, sort)
        )
        values = [field(row) for row in whole]
        assert values == sorted(values, reverse=descending)


def test_random_books_page_completely(book: UnitOfWork, samples, viewer: Viewer) -> None:
    chance = random.Random(3)  # noqa: S311  # test data
    for trial in range(4):
        branch = BRANCH + trial
        made = crowd(samples, chance.randrange(1, 30), seed=trial)
        there = [replace(n, customer=replace(n.customer, branch_id=branch)) for n in made]
        book.customers.add_many(there)
        limit = chance.randrange(1, 9)
        rows = walk(book.customers.find, replace(viewer, branch_id=branch), CustomerFilter(), limit)
        assert {row.customer_id for row in rows} == {n.customer.customer_id for n in made}
        assert len(rows) == len(made)


def test_a_page_survives_rows_that_come_meanwhile(
    book: UnitOfWork, samples, viewer: Viewer
) -> None:
    book.customers.add_many([samples.customer(1001 + n, full_name=f"N{n:02d}") for n in range(10)])
    first = book.customers.find(viewer, CustomerFilter(), 5)
    book.customers.add(samples.customer(2000, full_name="A first"))
    second = book.customers.find(viewer, CustomerFilter(), 5, first.next)
    assert [row.full_name for row in second.rows] == [f"N{n:02d}" for n in range(5, 10)]
    assert second.next is None


@pytest.mark.parametrize("cursor", ["", "x", "bm9uZQ==", "W10=", "é"])
def test_foreign_cursors_are_refused(book: UnitOfWork, viewer: Viewer, cursor: str) -> None:
    with pytest.raises(BadCursor):
        book.customers.find(viewer, CustomerFilter(), 5, cursor)


def test_a_cursor_of_another_order_is_refused(book: UnitOfWork, samples, viewer: Viewer) -> None:
    book.customers.add_many(crowd(samples, 5))
    cursor = book.customers.find(viewer, CustomerFilter(), 2).next
    for other in (CustomerFilter(sort="city"), CustomerFilter(descending=True)):
        with pytest.raises(BadCursor):
            book.customers.find(viewer, other, 2, cursor)
    for find, wanted in (
        (book.customers.find, CustomerFilter(sort="pan_sealed")),
        (book.applications.find, ApplicationFilter(sort="nothing")),
    ):
        with pytest.raises(BadCursor):
            find(viewer, wanted, 2)


@pytest.mark.parametrize(
    ("search", "names"),
    [
        ("rav", {"Ravi Reddy", "Ravindra Rao"}),
        ("RED", {"Ravi Reddy"}),
        ("reddy ravi", {"Ravi Reddy"}),
        ("avi", {"Ravi Reddy", "Ravindra Rao"}),
        ("edd avi", {"Ravi Reddy"}),
        ("dra ra", {"Ravindra Rao"}),
        ("ra", {"Ravi Reddy", "Ravindra Rao"}),
        ("vi", set()),
        ("xyz", set()),
        ("%", set()),
        ("_", set()),
        ("asha_", {"Asha_Rao"}),
        ("'; drop", set()),
        ("C-1002", {"Ravindra Rao"}),
        ("1003", {"Asha_Rao"}),
        ("12", set()),
        ("98765 01001", {"Ravi Reddy"}),
        ("+91 98765-01001", {"Ravi Reddy"}),
        ("987650100", {"Ravi Reddy", "Ravindra Rao", "Asha_Rao"}),
        ("acupr7085k", {"Asha_Rao"}),
        ("ACUPR7085A", set()),
        ("A-1500", {"Ravi Reddy"}),
        ("L-1700", {"Ravi Reddy"}),
        ("   ", {"Ravi Reddy", "Ravindra Rao", "Asha_Rao"}),
        ("\x00", set()),
        ("99999999999999999999999", set()),
    ],
)
def test_customer_search(book: UnitOfWork, viewer: Viewer, known, search, names) -> None:
    found = book.customers.find(viewer, CustomerFilter(search=search), 10).rows
    assert {row.full_name for row in found} == names


@pytest.fixture
def known(book: UnitOfWork, samples, make_loan) -> None:
    """Three customers, one with application A-1500 and loan L-1700."""
    first = samples.customer(1001)
    batch = [
        first,
        samples.customer(1002, full_name="Ravindra Rao"),
        samples.customer(1003, full_name="Asha_Rao", numbers=IdentityNumbers("ACUPR7085K")),
    ]
    book.customers.add_many(batch)
    application = samples.application(first.customer, 1500)
    book.applications.add(application)
    book.loans.add_many(BRANCH, LoanBatch((make_loan(application, 1700),)))


def test_customer_filters(book: UnitOfWork, samples, make_loan, viewer: Viewer) -> None:
    late = samples.customer(1001, city="Mysuru", kyc_status=KycStatus.COMPLETE)
    other = samples.customer(1002, segment=CustomerSegment.PRIORITY, officer_id=None)
    book.customers.add_many([late, other])
    application = samples.application(late.customer)
    book.applications.add(application)
    loan = make_loan(application, oldest_unpaid_due=TODAY, outstanding_paise=500)
    paid = make_loan(application, 1002, outstanding_paise=70, oldest_unpaid_due=None)
    book.loans.add_many(BRANCH, LoanBatch((loan, paid)))

    def found(**fields: object) -> list[str]:
        page = book.customers.find(viewer, CustomerFilter(**fields), 10)
        assert book.customers.count(viewer, CustomerFilter(**fields)) == len(page.rows)
        return [row.reference for row in page.rows]

    assert found(city="Mysuru") == found(kyc_status=KycStatus.COMPLETE) == ["C-1001"]
    assert found(overdue=True) == found(scope=Scope.MINE) == ["C-1001"]
    assert found(overdue=False) == found(segment=CustomerSegment.PRIORITY) == ["C-1002"]
    (row,) = book.customers.find(viewer, CustomerFilter(overdue=True), 10).rows
    assert (row.active_loans, row.outstanding_paise, row.oldest_unpaid_due) == (2, 570, TODAY)


@pytest.mark.parametrize(
    "sort",
    ["application_date", "reference", "amount_paise", "status_since", "full_name", "credit_score"],
)
def test_application_pages(book: UnitOfWork, samples, viewer: Viewer, sort: str) -> None:
    chance = random.Random(5)  # noqa: S311  # test data
    people = crowd(samples, 5)
    book.customers.add_many(people)
    batch = [
        samples.application(
            chance.choice(people).customer,
            1001 + n,
            amount_paise=chance.randrange(1, 4),
            application_date=TODAY - timedelta(days=chance.randrange(3)),
        )
        for n in range(25)
    ]
    book.applications.add_many(batch)
    for one in batch[::2]:
        book.applications.add_assessment(BRANCH, samples.assessment(one))
    for descending in (False, True):
        wanted = ApplicationFilter(sort=sort, descending=descending)
        whole = book.applications.find(viewer, wanted, 100).rows
        assert len(whole) == 25
        assert walk(book.applications.find, viewer, wanted, 4) == list(whole)
        assert len(book.applications.keys_every(viewer, wanted, 10)) == 2
    assert book.applications.count(viewer, wanted) == 25


def test_application_filters(book: UnitOfWork, samples, viewer: Viewer) -> None:
    new = samples.customer()
    book.customers.add(new)
    first = samples.application(new.customer, 1001, status=ApplicationStatus.REJECTED)
    second = samples.application(
        new.customer, 1002, loan_purpose=LoanPurpose.EDUCATION, officer_id=samples.new_id()
    )
    book.applications.add_many([first, second])

    def found(**fields: object) -> list[str]:
        page = book.applications.find(viewer, ApplicationFilter(**fields), 10)
        return [row.reference for row in page.rows]

    assert found(status=ApplicationStatus.REJECTED) == found(search="A-1001") == ["A-1001"]
    assert found(scope=Scope.MINE) == ["A-1001"]
    assert found(purpose=LoanPurpose.EDUCATION) == found(search="1002") == ["A-1002"]
    assert len(found(customer_id=new.customer.customer_id)) == len(found(search="reddy")) == 2


@pytest.mark.parametrize("limit", [1, 50])
def test_one_statement_a_page(
    book: UnitOfWork, samples, viewer: Viewer, statements: list[str], limit: int
) -> None:
    people = crowd(samples, 50)
    book.customers.add_many(people)
    book.applications.add_many(
        [samples.application(one.customer, 1001 + n) for n, one in enumerate(people)]
    )
    for find, wanted in (
        (book.customers.find, CustomerFilter()),
        (book.applications.find, ApplicationFilter()),
        (book.loans.find, LoanFilter()),
    ):
        statements.clear()
        find(viewer, wanted, limit)
        assert len(statements) == 1
        assert "OFFSET 0" not in statements[0]
