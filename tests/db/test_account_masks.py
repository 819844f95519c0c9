"""A book of before the account numbers were sealed keeps none of them in clear."""

import json
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text

from db.migrations import runner

NUMBER, MASK = "50100012345678", "XXXXXXXXXX5678"
TYPED = {"amount_paise": 100, "beneficiary_account": NUMBER, "ifsc_code": "HDFC0001234"}
OWN = {"amount_paise": 100, "beneficiary_account": ""}
ACT = (
    "INSERT INTO loan_acts (branch_id, act_id, act, application_id, value_date, state, terms, "
    "before, after, reason, note, maker_id, made_at, base_version, version) VALUES (412, :key, "
    "'DISBURSEMENT', :key, '2026-03-05', 'Proposed', :terms, '{}', '{}', '', '', :key, "
    "'2026-03-05 10:00:00', 0, 1)"
)
PAYMENT = (
    "INSERT INTO disbursements (branch_id, disbursement_id, loan_id, amount_paise, "
    "disbursement_date, mode, account) VALUES (412, :key, :key, 100, '2026-03-05', "
    "'Account Credit', :account)"
)


@pytest.fixture
def older_book(empty_engine: Engine, shipped: runner.ShippedData) -> Engine:
    """Acts and payments as revision 0011 kept them; what they belong to is left out."""
    runner.upgrade(empty_engine, shipped, "0011")
    sqlite = empty_engine.dialect.name == "sqlite"

    def key() -> object:
        return uuid4().bytes if sqlite else str(uuid4())

    with empty_engine.connect() as connection:
        if sqlite:
            driver = connection.connection.driver_connection
            driver.execute("PRAGMA foreign_keys=OFF")
        else:
            connection.execute(text("SET session_replication_role = replica"))
        for terms in (json.dumps(TYPED), json.dumps(OWN), ""):
            connection.execute(text(ACT), {"key": key(), "terms": terms})
        for account in (f"HDFC0001234 {NUMBER}", f"HDFC0001234 {MASK}", None):
            connection.execute(text(PAYMENT), {"key": key(), "account": account})
        connection.commit()
        if sqlite:
            driver.execute("PRAGMA foreign_keys=ON")
        else:
            connection.execute(text("SET session_replication_role = DEFAULT"))
    return empty_engine


def column(engine: Engine, query: str) -> list[object]:
    with engine.connect() as connection:
        return list(connection.execute(text(query)).scalars())


def test_an_upgrade_masks_what_stood_in_clear(
    older_book: Engine, shipped: runner.ShippedData
) -> None:
    assert NUMBER in str(column(older_book, "SELECT terms FROM loan_acts"))
    runner.upgrade(older_book, shipped)
    terms = column(older_book, "SELECT terms FROM loan_acts")
    assert NUMBER not in str(terms)
    accounts = column(older_book, "SELECT account FROM disbursements ORDER BY account")
    assert sorted(each or "" for each in accounts) == ["", *[f"HDFC0001234 {MASK}"] * 2]
    kept = [json.loads(each) for each in terms if each]
    assert {each["beneficiary_account"] for each in kept} == {MASK, ""}
    assert {each["amount_paise"] for each in kept} == {100}
    runner.downgrade(older_book, "0011")
    runner.upgrade(older_book, shipped)
    assert NUMBER not in str(column(older_book, "SELECT terms FROM loan_acts"))
