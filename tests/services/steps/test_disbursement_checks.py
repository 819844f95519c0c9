"""Every check before money goes out: what it says and whether it stops."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.services.steps.disbursement_case import read_case_to_disburse
from app.services.steps.disbursement_checks import (
    DisbursementCheckCode,
    disbursement_checks,
    stopping,
)
from db.records.applications import Collateral
from db.vocabulary.decisions import PolicyState
from db.vocabulary.lending import CollateralType
from db.vocabulary.loan_life import DocumentKind, LetterKind
from db.vocabulary.people import Role
from tests.services.disbursement_cases import accepted, confirmed, proposed, wanted
from tests.services.letter_cases import decided, made

Code, State = DisbursementCheckCode, PolicyState


@pytest.fixture
def checker(someone):
    return someone("bela", Role.SUPERVISOR)


def read(desk, submitted):
    with desk.open_book() as book:
        return read_case_to_disburse(book, submitted.application_id, desk)


def checks(desk, case, product_code=None, **changes):
    product = desk.rulebook().product(
        product_code or case.application.product_code, case.sanctioned_on
    )
    made_checks = disbursement_checks(case, wanted(desk, **changes), product, desk)
    assert [each.code for each in made_checks] == list(Code)
    return {each.code: each for each in made_checks}


def with_application(case, **changes):
    opened = case.letter.opened
    application = replace(opened.application, **changes)
    return replace(
        case, letter=replace(case.letter, opened=replace(opened, application=application))
    )


@pytest.fixture
def case(desk, checker, submitted):
    accepted(desk, checker, submitted)
    return read(desk, submitted)


def test_a_case_in_order_waits_for_its_second_person_only(desk, case) -> None:
    found = checks(desk, case)
    assert [code for code, each in found.items() if each.stops] == [Code.TWO_PEOPLE]
    assert stopping(tuple(found.values())) == ()
    assert found[Code.APPROVED].sentence == (
        "Approved on 23 Nov 2026 by Bela: ₹10,00,000 for 60 months at 12.25 %"
    )
    assert found[Code.KFS].sentence == (
        "KFS-1001-1 was accepted on 23 Nov 2026 and equals the loan"
    )
    assert found[Code.SECURITY].state is State.NOT_APPLICABLE
    assert found[Code.INSURANCE].state is State.NOT_APPLICABLE
    assert found[Code.COOLING_OFF].state is State.NOT_APPLICABLE


def test_the_statement_is_issued_accepted_and_equal(desk, checker, submitted) -> None:
    decided(desk, checker, submitted)
    assert "Issue a Key Facts" in checks(desk, read(desk, submitted))[Code.KFS].sentence
    made(desk, submitted, LetterKind.KFS)
    case = read(desk, submitted)
    assert "by 26 Nov 2026" in checks(desk, case)[Code.KFS].sentence
    desk.clock.day += timedelta(days=4)
    ended = checks(desk, case)[Code.KFS]
    assert (ended.state, ended.stops) == (State.FAIL, True)
    assert "until 26 Nov 2026: issue a new one" in ended.sentence


def test_what_the_maker_types_or_a_paper_on_file_serves(desk, case) -> None:
    bare = {"agreement_date": None, "mandate_reference": ""}
    found = checks(desk, case, **bare)
    for code, field in ((Code.AGREEMENT, "agreement_date"), (Code.MANDATE, "mandate_reference")):
        assert (found[code].state, found[code].field) == (State.UNVERIFIED, field)
    filed = replace(
        case, papers=frozenset({DocumentKind.LOAN_AGREEMENT, DocumentKind.MANDATE_FORM})
    )
    found = checks(desk, filed, **bare)
    assert found[Code.AGREEMENT].sentence == "On file: Loan agreement"
    assert found[Code.MANDATE].state is State.PASS
    assert checks(desk, case, "GOLD_CONSUMPTION", **bare)[Code.MANDATE].state is (
        State.NOT_APPLICABLE
    )


def test_security_is_recorded_with_a_value_and_insured(desk, case) -> None:
    assert checks(desk, case, "VEHICLE")[Code.SECURITY].state is State.FAIL
    car = Collateral(case.application.application_id, CollateralType.VEHICLE, 80_000_000)
    given = with_application(case, collateral=(car,))
    found = checks(desk, given, "VEHICLE")
    assert found[Code.SECURITY].sentence == "Vehicle worth ₹8,00,000"
    assert (found[Code.INSURANCE].state, found[Code.INSURANCE].field) == (
        State.UNVERIFIED, "insurance_reference",
    )  # fmt: skip
    assert not checks(desk, given, "VEHICLE", insurance_reference="P-1")[Code.INSURANCE].stops
    worthless = with_application(case, collateral=(replace(car, value_paise=0),))
    assert checks(desk, worthless, "VEHICLE")[Code.SECURITY].stops


def test_another_person_confirms(desk, checker, submitted, case) -> None:
    proposed(desk, submitted)
    waiting = read(desk, submitted)
    mine, theirs = checks(desk, waiting), checks(checker, waiting)
    assert mine[Code.TWO_PEOPLE].stops
    assert theirs[Code.TWO_PEOPLE].state is State.PASS
    confirmed(checker, submitted)


def test_a_digital_loan_may_be_left(desk, case) -> None:
    found = checks(desk, with_application(case, digital_loan=True))[Code.COOLING_OFF]
    assert (found.state, found.stops) == (State.NOTE, False)
    assert "until 26 Nov 2026" in found.sentence


def test_a_sanction_ends(desk, case) -> None:
    late = desk.clock.today() + timedelta(days=91)
    assert not checks(desk, case, disbursement_date=late - timedelta(days=1))[Code.APPROVED].stops
    found = checks(desk, case, disbursement_date=late)[Code.APPROVED]
    assert (found.state, "decided again" in found.sentence) == (State.FAIL, True)
