import pytest

from app.services.steps.text_checks import line_fault, money_fault, name_faults, tidy


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Asha \u200b  Rao ", "Asha Rao"),
        ("Asha\u00a0Rao", "Asha Rao"),
        ("e\u0301", "é"),
        ("line one\nline two ", "line one\nline two"),
    ],
)
def test_text_is_tidied_and_not_changed(typed, stored):
    assert tidy(typed) == stored


def test_joiners_of_indian_scripts_stay():
    assert tidy("क्\u200dष") == "क्\u200dष"


@pytest.mark.parametrize("typed", ["a\x00b", "a\x1bb", "a\ud800b", "x" * 201])
def test_what_cannot_be_printed_or_is_too_long_is_said(typed):
    assert line_fault("Address", typed)
    assert line_fault("Address", "12 Station Road") is None


def test_money_has_bounds():
    assert money_fault("Income", None) is None
    assert money_fault("Income", 0) is None
    assert money_fault("Income", 0, zero=False) == "Income must be more than ₹0"
    assert money_fault("Income", -1) == "Income must be ₹0 or more"
    assert "digits" in money_fault("Income", 10**16)


def test_names_of_any_script_pass():
    for name in ("आशा कुलकर्णी", "D'Souza", "O Brien"):
        assert name_faults("full_name", "Full name", name) == {}
