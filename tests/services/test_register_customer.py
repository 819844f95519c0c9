from dataclasses import replace
from datetime import date

import pytest

from app.services.read_customer import customer_facts, read_customer, reveal_pan
from app.services.register_customer import (
    RegisterCustomer,
    UpdateCustomer,
    register_customer,
    update_customer,
)
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.records.people import BureauReport
from db.records.refusals import VersionConflict
from db.vocabulary.people import ConsentPurpose, KycStatus, Role

TODAY = date(2026, 11, 23)


def test_a_customer_is_stored_masked_and_complete(desk, customer_form, registered):
    assert registered.reference.startswith("C-")
    assert registered.kyc_status is KycStatus.COMPLETE
    customer = read_customer(registered.reference, desk).customer
    assert customer.pan_masked == "ACUPRXXXXK"
    assert customer.phone == "9876543210"
    assert customer.kyc_due_on == date(2034, 11, 23)
    assert len(customer.obligations) == 2
    assert "ACUPR7085K" not in repr((customer, customer_form, RegisterCustomer))


def test_the_same_command_registers_once(desk, customer_form):
    request = RegisterCustomer(new_id(desk), customer_form)
    assert register_customer(request, desk) == register_customer(request, desk)


def test_a_known_pan_names_the_existing_record(desk, customer_form, registered):
    with pytest.raises(Refused) as refused:
        register_customer(RegisterCustomer(new_id(desk), customer_form), desk)
    assert refused.value.kind is RefusalKind.BAD_INPUT
    assert registered.reference in refused.value.fields["pan_number"]
    assert "7085" not in str(refused.value.fields)


def test_a_shared_phone_is_a_warning(desk, customer_form, registered):
    other = replace(customer_form, full_name="Vivek Kulkarni", pan_number="AAAPK1234C")
    done = register_customer(RegisterCustomer(new_id(desk), other), desk)
    assert [each.customer_id for each in done.duplicates] == [registered.customer_id]


def test_without_an_address_paper_kyc_is_incomplete(desk, customer_form):
    facts = replace(customer_form, other_id_type=None, other_id_number=None)
    done = register_customer(RegisterCustomer(new_id(desk), facts), desk)
    assert done.kyc_status is KycStatus.INCOMPLETE


def test_an_edit_keeps_numbers_and_obligations_and_moves_the_version(desk, registered):
    facts = customer_facts(registered.customer_id, desk)
    assert facts.pan_number is None
    changed = replace(facts, monthly_income_paise=7_000_000, consent_contact=True)
    request = UpdateCustomer(new_id(desk), registered.customer_id, registered.version, changed)
    done = update_customer(request, desk)
    assert done.version == registered.version + 1
    view = read_customer(registered.customer_id, desk)
    assert view.customer.employment.monthly_income_paise == 7_000_000
    assert view.customer.pan_masked == "ACUPRXXXXK"
    assert done.kyc_status is KycStatus.COMPLETE
    assert [each.obligation_id for each in view.customer.obligations] == [
        each.obligation_id for each in facts.obligations
    ]
    stale = replace(request, command_id=new_id(desk))
    with pytest.raises(VersionConflict):
        update_customer(stale, desk)


def test_a_tick_taken_away_withdraws_the_consent(desk, registered):
    facts = replace(
        customer_facts(registered.customer_id, desk), consent_bureau=False, bureau=BureauReport()
    )
    request = UpdateCustomer(new_id(desk), registered.customer_id, registered.version, facts)
    update_customer(request, desk)
    consents = read_customer(registered.customer_id, desk).customer.consents
    bureau = [each for each in consents if each.purpose is ConsentPurpose.BUREAU]
    assert [each.withdrawn_at is None for each in bureau] == [False]


def test_the_pan_is_revealed_by_permission_and_audited(desk, someone, registered):
    assert reveal_pan(registered.customer_id, desk) == "ACUPR7085K"
    assert read_customer(registered.customer_id, desk).timeline[-1].act == "reveal_pan"
    with pytest.raises(Refused):
        reveal_pan(registered.customer_id, someone("auditor", Role.AUDITOR))


def test_an_auditor_may_read_and_not_register(someone, customer_form, registered):
    auditor = someone("auditor", Role.AUDITOR)
    assert read_customer(registered.customer_id, auditor).age == 41
    with pytest.raises(Refused) as refused:
        register_customer(RegisterCustomer(new_id(auditor), customer_form), auditor)
    assert refused.value.kind is RefusalKind.NOT_PERMITTED
