from app.services.steps.customer_facts import CustomerFacts


def test_identity_numbers_stay_out_of_repr():
    facts = CustomerFacts(
        pan_number="ACUPR7085K",
        aadhaar_number="234123412346",
        other_id_number="WKH1186253",
        bank_account_number="00112233445566",
    )
    for number in ("7085", "2341", "1186253", "00112233"):
        assert number not in repr(facts)
