"""Identity and contact numbers."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.steps import check_identity_numbers as numbers
from db.vocabulary.people import OtherIdType
from tests.rules.lending_vectors import check, vectors_of

BANNED = re.compile(r"\b(invalid|required|please|sorry|oops)\b", re.IGNORECASE)
CHECKS = [
    numbers.check_pan,
    numbers.check_personal_pan,
    numbers.check_aadhaar,
    numbers.check_gstin,
    numbers.check_ifsc,
    numbers.check_mobile,
    numbers.check_pin_code,
    numbers.check_email,
]


@vectors_of("aadhaar", "verhoeff_digit", "pan", "gstin", "ifsc", "mobile", "pin_code")
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


@given(st.sampled_from(CHECKS), st.text(max_size=30))
def test_any_text_holds_or_is_told_what_to_do(
    check_number: "type[numbers.IdentityCheck]", text: str
) -> None:
    found = check_number(text)  # type: ignore[call-arg]  # a sampled function, not a class
    assert found.valid == (found.value is not None) == (not found.sentence)
    assert not BANNED.search(found.sentence)
    digits = re.sub(r"\D", "", text)
    assert len(digits) < 8 or digits not in re.sub(r"\D", "", found.sentence)


def test_the_sentence_counts_the_characters() -> None:
    expected = "PAN has 10 characters, like ABCPE1234F: this one has 9"
    assert numbers.check_pan("ABCPE1234").sentence == expected
    assert numbers.check_pan("").sentence == "Enter the PAN, like ABCPE1234F"


def test_a_person_has_a_personal_pan() -> None:
    assert numbers.check_personal_pan("ABCPE1234F").valid
    company = numbers.check_personal_pan("ABCCE1234F")
    assert not company.valid
    assert "fourth letter" in company.sentence
    assert numbers.check_pan("ABCCE1234F").valid


@pytest.mark.parametrize("palindrome", ["200000000002", "234567765432"])
def test_aadhaar_palindromes_and_masks(palindrome: str) -> None:
    assert not numbers.check_aadhaar(palindrome).valid
    assert numbers.check_aadhaar("2341-2341-2346").masked == "XXXX XXXX 2346"


@pytest.mark.parametrize("number", ["38AAPFU0939F1ZS", "97AAPFU0939F1ZO"])
def test_gstin_of_ladakh_and_other_territory(number: str) -> None:
    found = numbers.check_gstin(number)
    assert (found.valid, found.detail) == (True, "AAPFU0939F")
    assert not numbers.check_gstin("40AAPFU0939F1ZS").valid


def test_a_check_digit_needs_digits() -> None:
    with pytest.raises(numbers.NotDigitsError):
        numbers.verhoeff_check_digit("12a")


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("asha.rao@example.com", True),
        (" Asha@EXAMPLE.co.in ", True),
        ("asha@example", False),
        ("asha..rao@example.com", False),
        ("asha rao@example.com", False),
        ("@example.com", False),
        ("a" * 250 + "@example.com", False),
        ("", False),
    ],
)
def test_e_mail_addresses(text: str, *, valid: bool) -> None:
    found = numbers.check_email(text)
    assert found.valid is valid
    if valid:
        assert found.value == text.strip().split("@")[0] + "@" + text.strip().split("@")[1].lower()


@pytest.mark.parametrize(
    ("kind", "number", "valid"),
    [
        (OtherIdType.VOTER_ID, "WKH1186253", True),
        (OtherIdType.VOTER_ID, "WKH1186263", False),
        (OtherIdType.PASSPORT, "J8369854", True),
        (OtherIdType.PASSPORT, "Q8369854", False),
        (OtherIdType.DRIVING_LICENCE, "MH12 20110012345", True),
        (OtherIdType.DRIVING_LICENCE, "MH12", False),
        (OtherIdType.DRIVING_LICENCE, "", False),
    ],
)
def test_other_identity_papers(kind: OtherIdType, number: str, *, valid: bool) -> None:
    found = numbers.check_other_id(kind, number)
    assert found.valid is valid
    assert (found.masked is not None and found.masked.startswith("XXXX")) is valid
