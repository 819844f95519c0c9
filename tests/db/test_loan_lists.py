"""The loans list on both engines: its pages, its filters, its totals."""

from dataclasses import replace
from datetime import timedelta

import pytest

from db.records.lists import LoanDue, LoanFilter, Viewer
from db.records.loans import LoanBatch
from db.unit_of_work import UnitOfWork
from db.vocabulary.loan_life import AssetClass, LoanStatus
from db.vocabulary.people import Scope
from tests.db.conftest import BRANCH, TODAY
from tests.db.test_lists import walk


@pytest.fixture
def viewer(samples) -> Viewer:
    return Viewer(BRANCH, samples.officer, TODAY)


def test_loan_pages(book: UnitOfWork, samples, make_loan, viewer: Viewer) -> None:
    new = samples.customer()
    book.customers.add(new)
    application = samples.application(new.customer)
    book.applications.add(application)
    batch = tuple(make_loan(application, 1001 + n) for n in range(12))
    book.loans.add_many(BRANCH, LoanBatch(batch))
    rows = walk(book.loans.find, viewer, LoanFilter(), 5)
    assert [row.reference for row in rows] == [one.reference for one in batch]
    assert book.loans.totals(viewer, LoanFilter()).loans == 12
    assert len(book.loans.keys_every(viewer, LoanFilter(), 5)) == 2
    for search in ("1003", "L-1003", "l-1003 "):
        (row,) = book.loans.find(viewer, LoanFilter(search=search), 5).rows
        assert row.reference == "L-1003"
    longer = tuple(make_loan(application, number) for number in (41_003, 1_201_003, 410_031))
    book.loans.add_many(BRANCH, LoanBatch(longer))

    def numbers(search: str) -> list[str]:
        rows = walk(book.loans.find, viewer, LoanFilter(search=search), 2)
        assert book.loans.totals(viewer, LoanFilter(search=search)).loans == len(rows)
        return [row.reference for row in rows]

    assert numbers("1003") == ["L-1003", "L-41003", "L-1201003"]  # whole, then the last digits
    assert numbers("0031") == ["L-410031"]
    assert numbers("L-1003") == ["L-1003"]
    assert numbers("003") == []
    own = LoanFilter(customer_id=new.customer.customer_id, search="ravi")
    assert book.loans.totals(viewer, own).loans == 15
    assert book.loans.totals(viewer, LoanFilter(asset_class=AssetClass.LOSS)) == (0, 0, 0, 0)


def test_loans_are_narrowed_by_what_is_due_and_whose_they_are(
    book: UnitOfWork, samples, make_loan, viewer: Viewer
) -> None:
    new = samples.customer()
    book.customers.add(new)
    application = samples.application(new.customer)
    book.applications.add(application)
    plain = make_loan(application, 2001)
    others = {
        2002: {"overdue_paise": 5_00, "asset_class": AssetClass.SMA_0},
        2003: {"asset_class": AssetClass.DOUBTFUL_2, "outstanding_paise": 7_00},
        2004: {"next_due_date": viewer.today + timedelta(days=6)},
        2005: {"next_due_date": viewer.today + timedelta(days=7), "product_code": "GOLD"},
        2006: {"next_due_date": None, "officer_id": viewer.user_id},
        2007: {"asset_class": AssetClass.DOUBTFUL_2, "status": LoanStatus.WRITTEN_OFF},
    }
    plain = replace(
        plain, next_due_date=viewer.today - timedelta(days=1), officer_id=samples.new_id()
    )
    batch = [plain] + [
        replace(plain, **{"loan_id": samples.new_id(), "reference": f"L-{n}"} | fields)
        for n, fields in others.items()
    ]
    book.loans.add_many(BRANCH, LoanBatch(tuple(batch)))

    def found(**fields: object) -> list[str]:
        wanted = LoanFilter(**fields)
        rows = walk(book.loans.find, viewer, wanted, 2)
        totals = book.loans.totals(viewer, wanted)
        assert totals.loans == len(rows)
        assert totals.outstanding_paise == sum(row.outstanding_paise for row in rows)
        assert totals.overdue_paise == sum(row.overdue_paise for row in rows)
        return [row.reference for row in rows]

    assert len(found()) == 7
    assert found(due=LoanDue.OVERDUE) == ["L-2002"]
    assert found(due=LoanDue.THIS_WEEK) == ["L-2004"]
    assert found(npa=True) == found(asset_class=AssetClass.DOUBTFUL_2) == ["L-2003"]
    assert found(product_code="GOLD") == ["L-2005"]
    assert found(scope=Scope.MINE) == found(officer_id=viewer.user_id) == ["L-2006"]
    assert found(npa=True, due=LoanDue.OVERDUE) == []
    assert found(search="ravi", due=LoanDue.OVERDUE, npa=False) == ["L-2002"]
