"""The head and the Overview of a customer, on both engines."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.services.keep_draft import KeepDraft, keep_draft
from app.services.propose_correction import ProposeCorrection, propose_correction
from app.services.read_customer_overview import (
    Attention,
    LoanSums,
    read_customer_head,
    read_customer_overview,
)
from app.services.register_customer import RegisterCustomer, register_customer
from app.services.score_application import ScoreApplication, score_application
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.records.people import NewCustomer
from db.records.refusals import NotFound
from db.vocabulary.people import KycStatus, Role


def overview(desk, registered):
    return read_customer_overview(registered.customer_id, desk)


def said(desk, registered):
    return [each.what for each in overview(desk, registered).attention]


def changed(desk, registered, **fields):
    with desk.open_book() as book:
        stored = book.customers.get(412, registered.customer_id)
        book.customers.update(NewCustomer(replace(stored, **fields)), stored.version)
        book.commit()


def test_the_head_says_who_and_whose(desk, registered):
    head = read_customer_head(registered.customer_id, desk)
    assert (head.customer.full_name, head.age, head.officer_name) == (
        "Asha Kulkarni",
        41,
        "Ravi.Reddy",
    )
    changed(desk, registered, officer_id=new_id(desk))
    assert read_customer_head(registered.customer_id, desk).officer_name == ""
    changed(desk, registered, officer_id=None)
    assert read_customer_head(registered.customer_id, desk).officer_name == ""


def test_a_calm_customer_has_nothing_to_look_at(desk, registered):
    found = overview(desk, registered)
    assert found.attention == ()
    assert found.sums == LoanSums(0, 0, 0, 0, 0, 0)
    assert (found.days_late, found.applications) == (0, ())


def test_each_score_with_its_application_and_whether_it_still_speaks(desk, registered, submitted):
    score_application(ScoreApplication(new_id(desk), submitted.application_id), desk)
    first, second = overview(desk, registered).scores
    assert {each.reference for each in (first, second)} == {submitted.reference}
    assert sorted([first.replaced, second.replaced]) == [False, True]
    assert not first.outdated
    assert not second.outdated
    propose_correction(
        ProposeCorrection(new_id(desk), registered.customer_id, 1, "monthly_income", "3000000"),
        desk,
    )
    found = overview(desk, registered)
    assert [each.outdated for each in found.scores if not each.replaced] == [True]
    (line,) = found.attention
    assert (line.what, line.subject) == (Attention.OUTDATED, submitted.reference)
    assert line.record_id == submitted.application_id


def test_the_papers_fall_due(desk, registered):
    today = desk.clock.today()
    for due, state, expected in (
        (today + timedelta(days=60), KycStatus.COMPLETE, [Attention.KYC_SOON]),
        (today + timedelta(days=61), KycStatus.COMPLETE, []),
        (today - timedelta(days=1), KycStatus.EXPIRED, [Attention.KYC_EXPIRED]),
        (today - timedelta(days=1), KycStatus.COMPLETE, [Attention.KYC_EXPIRED]),
        (None, KycStatus.INCOMPLETE, [Attention.KYC_INCOMPLETE]),
    ):
        changed(desk, registered, kyc_due_on=due, kyc_status=state)
        assert said(desk, registered) == expected


def test_a_correction_and_my_own_draft_wait(desk, registered, someone):
    request = ProposeCorrection(
        new_id(desk), registered.customer_id, 1, "full_name", "Asha Rao", reason="married"
    )
    propose_correction(request, desk)
    form = {"customer_id": str(registered.customer_id)}
    keep_draft(KeepDraft("application_form", None, 0, "Asha", form), desk)
    keep_draft(KeepDraft("customer_form", registered.customer_id, 1, "Asha", {"a": "b"}), desk)
    keep_draft(KeepDraft("customer_form", None, 0, "Ravi", {"full_name": "Ravi"}), desk)
    assert said(desk, registered) == [Attention.CORRECTION, Attention.DRAFT, Attention.DRAFT]
    forms = {each.form for each in overview(desk, registered).attention}
    assert forms == {"", "application_form", "customer_form"}
    other = someone("bela", Role.OFFICER)
    assert said(other, registered) == [Attention.CORRECTION]


def test_overdue_loans_come_first(desk, registered, submitted):
    from db.records.loans import Loan, LoanBatch
    from db.vocabulary.lending import LoanPurpose
    from db.vocabulary.loan_life import AssetClass, LoanStatus

    due = desk.clock.today() - timedelta(days=9)
    loan = Loan(
        new_id(desk), 412, "L-3341", submitted.application_id, registered.customer_id,
        "HOME_RENOVATION", LoanPurpose.HOME_RENOVATION, 12_300_000, 8_000_000, 410_000, 410_000,
        115_000, 36, date(2025, 10, 1), date(2025, 10, 5), date(2025, 11, 5), due, due,
        LoanStatus.ACTIVE, AssetClass.STANDARD, desk.person().user_id,
    )  # fmt: skip
    with desk.open_book() as book:
        if book._connection.dialect.name == "postgresql":  # a loan that nobody paid out
            book._connection.exec_driver_sql("ALTER TABLE loans DISABLE TRIGGER USER")
        book.loans.add_many(412, LoanBatch((loan,)))
        book.commit()
    found = overview(desk, registered)
    assert found.sums == LoanSums(12_300_000, 8_000_000, 410_000, 1, 1, 1)
    assert found.days_late == 10
    line = found.attention[0]
    assert (line.what, line.subject, line.count, line.amount_paise) == (
        Attention.OVERDUE,
        "L-3341",
        10,
        410_000,
    )


def test_a_role_sees_what_it_may(registered, submitted, someone):
    found = overview(someone("farah", Role.COLLECTIONS), registered)
    assert (found.applications, found.scores, found.sees_applications) == ((), (), False)
    assert found.sums.outstanding_paise == 0


@pytest.mark.parametrize("role", list(Role))
def test_who_may_read(registered, someone, role):
    desk = someone("somebody", role)
    for read in (read_customer_head, read_customer_overview):
        if role is Role.ADMIN:
            with pytest.raises(Refused) as refused:
                read(registered.customer_id, desk)
            assert refused.value.kind is RefusalKind.NOT_PERMITTED
        else:
            assert read(registered.customer_id, desk).customer.full_name == "Asha Kulkarni"


def test_unknown_birth_date_and_nobody(desk, customer_form):
    made = register_customer(RegisterCustomer(new_id(desk), customer_form), desk)
    changed(desk, made, date_of_birth=None)
    assert read_customer_head(made.customer_id, desk).age is None
    with pytest.raises(NotFound):
        read_customer_head(new_id(desk), desk)
