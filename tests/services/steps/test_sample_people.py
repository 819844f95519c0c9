from app.services.steps.check_identity_numbers import (
    check_aadhaar,
    check_email,
    check_mobile,
    check_personal_pan,
)
from app.services.steps.sample_frame import sample_file, sample_random
from app.services.steps.sample_people import SamplePeople, synthetic_aadhaar, synthetic_pan
from db.vocabulary.people import EmploymentType, State


def people(state=1):
    return SamplePeople(
        sample_file("people.json"), sample_file("work.json"), sample_random("test", state)
    )


def test_every_number_passes_the_forms_own_checks():
    drawer = people()
    for serial in range(300):
        person = drawer.draw(serial, EmploymentType.SALARIED)
        surname = person.full_name.split()[-1]
        assert check_personal_pan(person.pan_number).valid
        assert person.pan_number[4] == surname[0].upper()
        assert check_aadhaar(person.aadhaar_number).valid
        assert check_mobile(person.phone).valid
        assert check_email(person.email).valid
        assert len(person.pincode) == 6


def test_every_number_is_marked_as_synthetic():
    person = people().draw(7, EmploymentType.BUSINESS)
    assert person.pan_number.startswith("ZZZ")
    assert person.aadhaar_number.startswith("9999")
    assert person.email.endswith("@example.com")
    assert person.phone.startswith("600000")
    assert person.pan_number not in repr(person)
    assert person.aadhaar_number not in repr(person)


def test_numbers_are_never_given_twice():
    serials = range(12_000)
    assert len({synthetic_pan(serial, "Rao") for serial in serials}) == len(serials)
    assert len({synthetic_aadhaar(serial) for serial in serials}) == len(serials)


def test_city_and_pin_code_belong_together():
    places = {
        (State(place["state"]), place["city"]): place["pin_prefix"]
        for region in sample_file("people.json")["regions"]
        for place in region["places"]
    }
    drawer = people(3)
    for serial in range(200):
        person = drawer.draw(serial, EmploymentType.SELF_EMPLOYED)
        assert person.pincode.startswith(places[person.state, person.city])


def test_the_same_state_gives_the_same_people():
    first, second = people(5), people(5)
    for serial in range(20):
        kind = EmploymentType.SALARIED
        assert first.draw(serial, kind) == second.draw(serial, kind)
