"""The number of the account that gets the money stands in clear nowhere; who pays reads it."""

import pytest
from sqlalchemy import select

from app.services.read_disbursement import read_disbursement
from app.services.reverse_disbursement import ReverseDisbursement, propose_reversal
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind
from db.records.refusals import BookDamaged
from db.tables.loan_account import loan_acts
from db.tables.loans import disbursements
from db.tables.schema import tables_in_order
from db.vocabulary.loan_life import DisbursementMode
from db.vocabulary.people import Role
from db.vocabulary.reasons import ReversalReason
from tests.services.disbursement_cases import (
    ACCOUNT,
    IFSC,
    MASKED,
    accepted,
    confirmed,
    paid_out,
    proposed,
)
from tests.services.letter_cases import refusal

POSTGRESQL = pytest.mark.parametrize("blank_desk", ["postgresql"], indirect=True)


@pytest.fixture
def checker(someone):
    return someone("bela", Role.SUPERVISOR)


@pytest.fixture
def ready(desk, checker, submitted):
    return accepted(desk, checker, submitted)


def rows(desk, table):
    with desk.read_book() as book:
        return book._connection.execute(select(table)).mappings().all()


def holding(desk, number: str) -> list[str]:
    """Table and column of every stored value in which a number stands as it was typed."""
    return [
        f"{table.name}.{name}"
        for table in tables_in_order()
        for row in rows(desk, table)
        for name, value in row.items()
        if number in (value.decode("latin1") if isinstance(value, bytes) else str(value))
    ]


def test_no_row_holds_the_number_from_proposal_to_reversal(desk, checker, ready) -> None:
    proposed(desk, ready)
    assert holding(desk, MASKED) == ["loan_acts.terms"]
    assert holding(desk, ACCOUNT) == []
    confirmed(checker, ready)
    assert holding(desk, ACCOUNT) == []
    request = ReverseDisbursement(
        new_id(desk), ready.application_id, ReversalReason.REV_WRONG_AMOUNT, ""
    )
    propose_reversal(request, desk)
    confirmed(checker, ready)
    assert holding(desk, ACCOUNT) == []
    assert [row["account"] for row in rows(desk, disbursements)] == [f"{IFSC} {MASKED}"] * 2


def test_whoever_pays_out_reads_the_number_until_it_is_paid(desk, checker, someone, ready) -> None:
    proposed(desk, ready)
    onlooker = someone("audra", Role.AUDITOR)

    def seen(who):
        view = read_disbursement(ready.application_id, who)
        assert ACCOUNT not in repr(view)
        return view.terms.beneficiary_account

    assert [seen(who) for who in (desk, checker, onlooker)] == [ACCOUNT, ACCOUNT, MASKED]
    confirmed(checker, ready)
    assert [seen(who) for who in (desk, checker, onlooker)] == [MASKED] * 3


def test_a_mask_is_no_account_to_pay_to(desk, ready) -> None:
    wrong = refusal(lambda: proposed(desk, ready, beneficiary_account=MASKED))
    assert wrong.kind is RefusalKind.BAD_INPUT
    assert list(wrong.fields) == ["beneficiary_account"]


@POSTGRESQL
def test_postgresql_takes_no_clear_number(desk, checker, ready) -> None:
    paid_out(desk, checker, ready)
    for table, column, clear in (
        (loan_acts, "terms", f'{{"beneficiary_account": "{ACCOUNT}"}}'),
        (disbursements, "account", f"{IFSC} {ACCOUNT}"),
        (disbursements, "account", ACCOUNT),
    ):
        (row, *_rest) = rows(desk, table)
        key = table.primary_key.columns.keys()[-1]
        again = {**row, key: new_id(desk), column: clear}
        with pytest.raises(BookDamaged) as refused, desk.open_book() as book:
            book._connection.execute(table.insert(), again)
        assert "masked or sealed" in str(refused.value.__cause__)


def test_money_by_cheque_has_no_account(desk, checker, ready) -> None:
    paid_out(
        desk, checker, ready, mode=DisbursementMode.CHEQUE, beneficiary_account="", ifsc_code=""
    )
    assert {row["account_sealed"] for row in rows(desk, loan_acts)} == {None}
