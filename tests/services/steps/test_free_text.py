import pytest

from app.services.steps.free_text import text_fault, tidy_text


def test_a_text_is_tidied_and_keeps_its_lines():
    assert tidy_text(" a\r\nb\u202e \u200d") == "a\nb \u200d"


@pytest.mark.parametrize(
    ("text", "needed", "fault"),
    [
        ("", "", None),
        ("", "Say why", "Say why"),
        ("abc", "", None),
        ("abcdef", "", "The reason may have 5 characters: this one has 6"),
    ],
)
def test_length_and_need(text, needed, fault):
    assert text_fault("The reason", text, 5, needed=needed) == fault


def test_only_true_identity_numbers_are_refused():
    assert "Aadhaar" in text_fault("The note", "2341-2341-2346", 99)
    assert text_fault("The note", "2341-2341-2347", 99) is None
    assert "PAN" in text_fault("The note", "(acupr7085k)", 99)
    assert text_fault("The note", "ABCDE0000F is no PAN", 99) is None
