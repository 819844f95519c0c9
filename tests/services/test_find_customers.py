from dataclasses import replace
from datetime import timedelta

import pytest

from app.services.find_customers import (
    FindCustomers,
    SimilarSearch,
    count_customers,
    customer_id_of,
    find_customers,
    find_similar,
    quick_find,
)
from app.services.steps.ids import new_id
from app.services.steps.refusal import Refused
from db.records.lists import CustomerFilter
from db.records.loans import LoanBatch
from db.records.refusals import NotFound
from tests.services.conftest import TODAY
from tests.services.followed_loans import at, call, late_loan
from tests.services.sample_desks import own_sandbox, small_sandbox


def test_a_page_and_its_count(desk, registered):
    found = find_customers(FindCustomers(), desk)
    assert [row.customer_id for row in found.page.rows] == [registered.customer_id]
    assert found.as_of == desk.clock.now()
    counted = count_customers(CustomerFilter(search="asha"), desk)
    assert (counted.total, counted.keys) == (1, ())
    assert count_customers(CustomerFilter(search="nobody"), desk).total == 0


@pytest.mark.parametrize(
    ("search", "meant"),
    [
        ("Kulkarnee", "Kulkarni"),
        ("ahsa kulkarni", "Asha Kulkarni"),
        ("asha", None),
        ("Fitzgerald", None),
        ("C-9999", None),
        ("", None),
    ],
)
def test_a_misspelt_name_is_answered_by_the_one_that_was_meant(desk, registered, search, meant):
    found = find_customers(FindCustomers(CustomerFilter(search=search)), desk)
    assert found.suggestion == meant
    assert bool(found.page.rows) == (search in ("asha", ""))


def test_similar_people_by_phone_pan_and_name(desk, registered, customer_form):
    born = customer_form.date_of_birth
    for search in (
        SimilarSearch(phone="+91 98765-43210"),
        SimilarSearch(pan_number="acupr 7085k"),
        SimilarSearch(full_name="Asha Kulkarni", date_of_birth=born),
    ):
        assert [each.customer_id for each in find_similar(search, desk)] == [registered.customer_id]
    assert find_similar(SimilarSearch(phone="987"), desk) == ()
    assert find_similar(SimilarSearch(), desk) == ()


def test_the_find_box_names_customers_and_applications(desk, registered, submitted):
    assert quick_find("  ", desk) == ()
    hits = quick_find("asha", desk)
    assert {(hit.kind, hit.reference) for hit in hits} == {
        ("customer", registered.reference),
        ("application", submitted.reference),
    }


@pytest.mark.parametrize("typed", ["L-1001", "l-1001", "1001"])
def test_the_number_of_a_loan_finds_the_loan_first(request, typed):
    desk, _ = small_sandbox(request)
    first, *others = quick_find(typed, desk)
    assert (first.kind, first.reference) == ("loan", "L-1001")
    assert others  # the customer of that loan, and whoever has this number, come after it


def test_the_last_four_digits_of_a_long_number_find_the_loan(request, tmp_path):
    desk = own_sandbox(request, tmp_path)
    with desk.open_book() as book:
        branch_id = desk.person().branch_id
        known = book.loans.by_reference(branch_id, "L-1001")
        long = replace(known, loan_id=new_id(desk), reference="L-4107777")
        book.loans.add_many(branch_id, LoanBatch((long,)))
        book.commit()
    first = quick_find("7777", desk)[0]
    assert (first.kind, first.reference) == ("loan", "L-4107777")


def test_the_number_of_a_customer_finds_the_customer_first(request):
    desk, _ = small_sandbox(request)
    first = quick_find("C-1001", desk)[0]
    assert (first.kind, first.reference) == ("customer", "C-1001")


def test_a_key_is_an_id_or_a_reference(desk, registered):
    assert customer_id_of(registered.reference, desk) == registered.customer_id
    assert customer_id_of(registered.customer_id, desk) == registered.customer_id
    with pytest.raises(NotFound):
        customer_id_of("C-9999", desk)
    with pytest.raises(Refused):
        find_customers(FindCustomers(), replace(desk, actor=None))


def test_the_list_tells_when_a_customer_was_last_reached_for(desk, someone, submitted):
    at(desk, TODAY)
    loan = late_loan(desk, someone, submitted)

    def last():
        rows = find_customers(FindCustomers(CustomerFilter()), desk).rows
        return {row.customer_id: row.last_contact_at for row in rows}

    assert set(last().values()) == {None}
    call(desk, loan.loan_id)
    at(desk, TODAY + timedelta(days=2))
    call(desk, loan.loan_id)
    assert last().pop(loan.customer_id) == desk.clock.now()
