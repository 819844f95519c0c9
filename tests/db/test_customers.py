"""Customers: written sealed, read masked, versions checked, numbers found again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from db.records.people import BureauReport, Employment, IdentityNumbers, SimilarProbe
from db.records.refusals import BookDamaged, DuplicatePan, NotFound, VersionConflict
from db.unit_of_work import UnitOfWork
from db.vocabulary.people import BureauName, BureauScoreState, Gender, OtherIdType

BRANCH = 412
PAN, AADHAAR = "ACUPR7085K", "234123412346"
NUMBERS = IdentityNumbers(PAN, AADHAAR, "KA01 20110012345", "000111222333")


def test_read_back_equals_written_with_masks(book: UnitOfWork, samples) -> None:
    report = BureauReport(BureauName.CIBIL, 742, None, date(2026, 11, 1), 0, 2)
    new = samples.customer(
        numbers=NUMBERS, bureau=report, other_id_type=OtherIdType.DRIVING_LICENCE, form_60=False
    )
    book.customers.add(new)
    read = book.customers.get(BRANCH, new.customer.customer_id)
    expected = replace(
        new.customer,
        pan_masked="ACUPRXXXXK",
        aadhaar_masked="XXXX XXXX 2346",
        other_id_masked="XXXXXXXXXXX2345",
        bank_account_masked="XXXXXXXX2333",
    )
    assert read == expected
    assert book.customers.by_reference(BRANCH, "c-1001") == read
    assert book.customers.gender(BRANCH, read.customer_id) is Gender.FEMALE


def test_unknown_facts_stay_unknown(book: UnitOfWork, samples) -> None:
    new = samples.customer(
        date_of_birth=None,
        state=None,
        employment=Employment(None, 0),
        bureau=BureauReport(score_state=BureauScoreState.NO_HISTORY),
        obligations=(),
        consents=(),
    )
    book.customers.add(new)
    assert book.customers.get(BRANCH, new.customer.customer_id) == new.customer


def test_pan_is_found_revealed_and_unique(book: UnitOfWork, samples) -> None:
    new = samples.customer(numbers=NUMBERS)
    book.customers.add(new)
    assert book.customers.id_by_pan(BRANCH, "acupr 7085k") == new.customer.customer_id
    assert book.customers.id_by_pan(BRANCH, "ACUPR7086K") is None
    assert book.customers.reveal_pan(BRANCH, new.customer.customer_id) == PAN
    with pytest.raises(DuplicatePan) as caught:
        book.customers.add(samples.customer(1002, numbers=NUMBERS))
    assert caught.value.reference == "C-1001"
    assert PAN not in caught.value.sentence


def test_the_database_refuses_a_second_pan_too(book: UnitOfWork, samples) -> None:
    batch = [samples.customer(n, numbers=NUMBERS) for n in (1001, 1002)]
    with pytest.raises(DuplicatePan):
        book.customers.add_many(batch)


def test_update_rewrites_keeps_numbers_and_checks_the_version(book: UnitOfWork, samples) -> None:
    new = samples.customer(numbers=NUMBERS)
    book.customers.add(new)
    changed = replace(
        new.customer, city="Mysuru", obligations=new.customer.obligations[:1], consents=()
    )
    edit = replace(new, customer=changed, numbers=IdentityNumbers(), gender=Gender.NOT_STATED)
    assert book.customers.update(edit, 1) == 2
    read = book.customers.get(BRANCH, changed.customer_id)
    assert (read.city, read.version, len(read.obligations)) == ("Mysuru", 2, 1)
    assert read.pan_masked == "ACUPRXXXXK"
    assert book.customers.gender(BRANCH, read.customer_id) is Gender.FEMALE
    with pytest.raises(VersionConflict):
        book.customers.update(edit, 1)


def test_update_may_not_take_the_pan_of_another(book: UnitOfWork, samples) -> None:
    first, second = samples.customer(numbers=NUMBERS), samples.customer(1002)
    book.customers.add_many([first, second])
    with pytest.raises(DuplicatePan):
        book.customers.update(replace(second, numbers=NUMBERS), 1)
    assert book.customers.update(replace(first, gender=Gender.MALE), 1) == 2
    assert book.customers.gender(BRANCH, first.customer.customer_id) is Gender.MALE


def test_nobody_of_another_branch_is_seen(book: UnitOfWork, samples) -> None:
    new = samples.customer(numbers=NUMBERS)
    book.customers.add(new)
    key = (413, new.customer.customer_id)
    for read in (book.customers.get, book.customers.reveal_pan):
        with pytest.raises(NotFound):
            read(*key)
    with pytest.raises(NotFound):
        book.customers.by_reference(413, "C-1001")
    with pytest.raises(NotFound):
        book.customers.by_reference(BRANCH, "A-1001")
    assert book.customers.gender(*key) is Gender.NOT_STATED


@pytest.mark.parametrize(
    ("probe", "match"),
    [
        (SimilarProbe(pan_number=PAN), "pan_number"),
        (SimilarProbe(phone="9876501001"), "phone"),
        (SimilarProbe(full_name="Reddy  RAVI", date_of_birth=date(1985, 10, 1)), "full_name"),
        (SimilarProbe(full_name="Ravi Redy", date_of_birth=date(1985, 8, 14)), "full_name"),
        (SimilarProbe(full_name="ravi reddy"), "full_name"),
        (SimilarProbe(full_name="Raavi Redy"), "full_name"),
        (SimilarProbe(full_name="Ravi"), None),
        (SimilarProbe(full_name="Xu Li"), None),
        (SimilarProbe(full_name="Ravi Reddy", date_of_birth=date(1975, 8, 14)), None),
        (SimilarProbe(full_name="Sita Nair", date_of_birth=date(1985, 8, 14)), None),
        (SimilarProbe(), None),
    ],
)
def test_similar(book: UnitOfWork, samples, probe: SimilarProbe, match: str | None) -> None:
    new = samples.customer(numbers=NUMBERS)
    book.customers.add(new)
    found = book.customers.similar(BRANCH, probe)
    assert [one.match for one in found] == ([match] if match else [])
    assert not book.customers.similar(BRANCH, replace(probe, exclude_id=new.customer.customer_id))


@pytest.mark.parametrize("count", [1, 40])
def test_statements_do_not_grow_with_the_rows(
    open_book: Callable[[], UnitOfWork], samples, statements: list[str], count: int
) -> None:
    batch = [samples.customer(1001 + n) for n in range(count)]
    with open_book() as book:
        statements.clear()
        book.customers.add_many(batch)
        assert len(statements) == 7
        statements.clear()
        ids = [new.customer.customer_id for new in batch]
        assert len(book.customers.get_many(BRANCH, ids)) == count
        assert len(statements) == 3


def test_other_faults_of_a_batch_are_not_called_a_second_pan(
    open_book: Callable[[], UnitOfWork], samples
) -> None:
    twice = [samples.customer(1001), samples.customer(1001)]
    with pytest.raises(BookDamaged), open_book() as book:
        book.customers.add_many(twice)
    with open_book() as book:
        book.customers.add_many([])
