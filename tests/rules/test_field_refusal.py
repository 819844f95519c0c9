"""A refusal carries its field and its sentence."""

from app.rules.field_refusal import FieldRefusedError


def test_it_names_the_field_and_says_why() -> None:
    refusal = FieldRefusedError("amount", "The amount must be more than ₹0")
    assert (refusal.field, str(refusal)) == ("amount", "The amount must be more than ₹0")
    assert isinstance(refusal, ValueError)
