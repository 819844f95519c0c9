from dataclasses import replace
from datetime import date

from app.services.read_customer import read_customer
from app.services.steps.customer_record import with_kyc
from db.records.people import IdentityNumbers
from db.vocabulary.people import KycStatus


def test_papers_expire_and_new_ones_renew(desk, registered, rulebook):
    customer = read_customer(registered.customer_id, desk).customer
    same, later = date(2034, 11, 23), date(2034, 11, 24)
    nothing = IdentityNumbers()
    assert with_kyc(customer, nothing, rulebook, same).kyc_status is KycStatus.COMPLETE
    assert with_kyc(customer, nothing, rulebook, later).kyc_status is KycStatus.EXPIRED
    fresh = with_kyc(customer, IdentityNumbers(other_id_number="P1"), rulebook, later)
    assert fresh.kyc_status is KycStatus.COMPLETE
    assert fresh.kyc_due_on == date(2042, 11, 24)
    bare = replace(customer, other_id_masked=None)
    assert with_kyc(bare, nothing, rulebook, same).kyc_due_on is None
