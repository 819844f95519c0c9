"""`portfolio early-warning`: rows with their trigger, figures with exactly their loans."""

from decimal import Decimal

import pytest


@pytest.fixture
def portfolio(own_desk, fill, run_on):
    fill(60, 90)
    return lambda *words: run_on(own_desk, *words)


def test_rows_carry_their_trigger_and_its_sentence(portfolio) -> None:
    answer = portfolio("portfolio", "early-warning").answer
    assert answer["as_of"]
    row = answer["rows"][0]
    assert set(row) == {
        "loan_id", "reference", "trigger", "sentence", "amount", "days_past_due", "asset_class",
    }  # fmt: skip
    assert row["sentence"].endswith(".")
    unknown = {each["trigger"]: each for each in answer["triggers"] if not each["checked"]}
    assert unknown["INSURANCE_LAPSED"]["loans"] is None
    assert unknown["INSURANCE_LAPSED"]["amount"] is None


def test_rows_behind_each_trigger_add_up(portfolio) -> None:
    triggers = {
        each["trigger"]: each for each in portfolio("portfolio", "early-warning").answer["triggers"]
    }
    figures = portfolio("portfolio", "early-warning", "--rows").answer["figures"]
    assert [each["figure"] for each in figures] == list(triggers)
    for each in figures:
        own = triggers[each["figure"]]
        assert (each["loans"], each["amount"]) == (own["loans"], own["amount"])
        if own["checked"]:
            assert own["loans"] == len(each["rows"])
            total = sum((Decimal(row["amount"]) for row in each["rows"]), Decimal("0.00"))
            assert f"{total}" == own["amount"]
        else:
            assert each["rows"] == []
    (one,) = portfolio("portfolio", "early-warning", "--rows", "LATE_STREAK").answer["figures"]
    assert one == figures[0]


def test_an_unknown_trigger_and_a_stranger_are_refused(portfolio) -> None:
    assert portfolio("portfolio", "early-warning", "--rows", "ODD").code == 2
    assert portfolio("portfolio", "early-warning", "--as", "maker1").code == 0
    assert portfolio("portfolio", "early-warning", "--as", "admin1").code == 8
