from app.rules.case_facts import OwnRecord
from tests.services.sample_desks import built_book


def test_every_approval_has_its_loan(rulebook):
    book, _ = built_book(rulebook)
    approved = {
        made.application_id
        for made, verdict in zip(book.applications, book.drawn.verdicts, strict=True)
        if verdict == "Approved"
    }
    assert {loan.application_id for loan in book.loans.loans} == approved


def test_own_records_say_only_what_was_known_that_day(rulebook):
    book, _ = built_book(rulebook, 200)
    loans = book.loans.loans
    seen = 0
    for made, own in zip(book.applications, book.own_records, strict=True):
        day = made.application_date
        theirs = [
            loan
            for loan in loans
            if loan.customer_id == made.customer_id
            and loan.disbursement_date < day
            and (loan.closed_on is None or loan.closed_on >= day)
        ]
        assert own.active_loans == len(theirs)
        if not theirs:
            assert not own.has_npa
        seen += own != OwnRecord()
    assert seen > 0


def test_nobody_lends_to_an_open_npa(rulebook):
    book, _ = built_book(rulebook, 200)
    granted = [
        own
        for own, verdict in zip(book.own_records, book.drawn.verdicts, strict=True)
        if verdict == "Approved"
    ]
    assert sum(own.has_npa for own in granted) <= len(granted) // 100


def test_the_full_branch_has_the_counts_of_the_readme(rulebook):
    book, _ = built_book(rulebook, 1_000)
    verdicts = book.drawn.verdicts
    assert (len(book.customers), len(book.applications)) == (1_000, 1_500)
    assert [verdicts.count(word) for word in ("Approved", "Rejected", "Pending")] == [785, 500, 215]
    loans = book.loans
    assert len(loans.loans) == 785
    assert 65 <= sum(loan.defaulted_on is not None for loan in loans.loans) <= 105
    assert 11_000 <= len(loans.repayments) <= 14_000
    assert max(each.value_date for each in loans.repayments) <= book.drawn.as_of
    assert len({made.numbers.pan_number for made in book.customers}) == 1_000
