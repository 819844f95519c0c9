from app.services.steps.refusal import RefusalKind, Refused, bad_input


def test_the_sentence_counts_the_fields():
    one = bad_input({"loan_amount": "Enter the loan amount"})
    assert one.sentence == "1 thing to fix: Enter the loan amount"
    two = bad_input({"a": "Enter a", "b": "Enter b"})
    assert two.sentence == "2 things to fix: Enter a; Enter b"
    assert two.fields == {"a": "Enter a", "b": "Enter b"}
    assert (one.kind, int(one.kind)) == (RefusalKind.BAD_INPUT, 7)


def test_a_refusal_without_fields_has_none():
    assert Refused(RefusalKind.MODEL, "The model file was changed").fields == {}
