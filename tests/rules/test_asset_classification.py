"""Classes by days, by borrower, by age and by eroded security."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.rules import asset_classification as classes
from app.rules.days_past_due import days_past_due
from app.rules.rulebook import Rulebook
from db.vocabulary.loan_life import AssetClass
from tests.rules.lending_vectors import RULEBOOK, TODAY, check, load, vectors_of

DAYS = st.dates(date(2001, 1, 1), date(2060, 1, 1))


@vectors_of(
    "class_dates",
    "npa_ageing",
    "borrower_npa",
    "npa_upgrade",
    "class_after_part_payment",
    "security_erosion",
)
def test_vector(vector: dict[str, object]) -> None:
    check(vector)


def test_the_order_and_the_npa_mark_are_those_of_the_word_list() -> None:
    words = load("words.json")["lists"]["asset_class"]["words"]
    assert [word["code"] for word in words] == [each.value for each in AssetClass]
    for word in words:
        assert classes.is_npa(AssetClass(word["code"])) == word["npa"]


@given(DAYS)
def test_class_dates_are_30_60_and_90_days_after_the_due_date(due: date) -> None:
    found = classes.class_dates(due, RULEBOOK, TODAY)
    assert found.overdue_on == due
    starts = [found.sma1_on, found.sma2_on, found.npa_on]
    assert starts == [due + timedelta(days=days) for days in (30, 60, 90)]


@given(DAYS, st.integers(min_value=0, max_value=3000))
def test_an_npa_never_gets_better_by_age(since: date, after: int) -> None:
    today = classes.class_by_age(since, since + timedelta(days=after), RULEBOOK)
    later = classes.class_by_age(since, since + timedelta(days=after + 1), RULEBOOK)
    assert classes.worse(today, later) is later


def test_a_loan_goes_by_its_days_until_it_is_an_npa() -> None:
    day = date(2026, 9, 30)
    assert classes.classify(0, None, day, RULEBOOK) is AssetClass.STANDARD
    assert classes.classify(45, None, day, RULEBOOK) is AssetClass.SMA_1
    assert classes.classify(45, date(2026, 1, 1), day, RULEBOOK) is AssetClass.SUB_STANDARD
    assert classes.classify(45, date(2025, 1, 1), day, RULEBOOK) is AssetClass.DOUBTFUL_1


def test_npa_does_not_spread_where_the_rule_says_so() -> None:
    rows = [
        replace(row, value=False) if row.code == "npa_borrower_wise" else row
        for row in RULEBOOK.rows
    ]
    found = classes.classes_of_borrower({"A": 95, "B": 5}, Rulebook(rows), TODAY)
    assert found == {"A": AssetClass.SUB_STANDARD, "B": AssetClass.SMA_0}


def test_a_restructured_account_has_to_prove_itself() -> None:
    assert not classes.may_upgrade(0, RULEBOOK, TODAY, satisfactory_months=11)
    assert classes.may_upgrade(0, RULEBOOK, TODAY, satisfactory_months=12)
    assert not classes.may_upgrade(1, RULEBOOK, TODAY, satisfactory_months=12)


def test_security_that_holds_its_value_moves_nothing() -> None:
    assert classes.class_of_eroded(50, 100, 100, RULEBOOK, TODAY) is None
    assert classes.class_of_eroded(10, None, 100, RULEBOOK, TODAY) is None


def _class_without_receipts(due: date, day: date) -> AssetClass:
    """The class at a day-end of a loan on which nothing was paid from that due date on."""
    days = days_past_due(due, day, RULEBOOK)
    npa_on = classes.class_dates(due, RULEBOOK, day).npa_on
    return classes.classify(days, npa_on if day >= npa_on else None, day, RULEBOOK)


@given(DAYS, st.integers(min_value=-5, max_value=3000))
def test_a_class_never_improves_without_a_payment(due: date, after: int) -> None:
    day = due + timedelta(days=after)
    today = _class_without_receipts(due, day)
    tomorrow = _class_without_receipts(due, day + timedelta(days=1))
    assert classes.worse(today, tomorrow) is tomorrow


@given(
    st.dictionaries(st.sampled_from("ABCD"), st.one_of(st.none(), DAYS), min_size=1),
    DAYS,
    st.integers(min_value=1, max_value=200),
)
def test_no_loan_of_a_borrower_improves_without_a_payment(
    oldest: dict[str, date | None], day: date, later: int
) -> None:
    today, after = (
        classes.classes_of_borrower(
            {loan: days_past_due(due, each, RULEBOOK) for loan, due in oldest.items()},
            RULEBOOK,
            each,
        )
        for each in (day, day + timedelta(days=later))
    )
    assert all(classes.worse(today[loan], after[loan]) is after[loan] for loan in oldest)


@given(st.dictionaries(st.sampled_from("ABCD"), st.integers(0, 200), min_size=1))
def test_one_npa_makes_all_loans_npa_and_special_mention_stays_alone(days: dict[str, int]) -> None:
    found = classes.classes_of_borrower(days, RULEBOOK, TODAY)
    if any(count >= 91 for count in days.values()):
        assert set(found.values()) == {AssetClass.SUB_STANDARD}
    else:
        assert found == {
            loan: classes.class_by_days(count, RULEBOOK, TODAY) for loan, count in days.items()
        }


def test_the_worse_class_stands_later_in_the_word_list() -> None:
    order = list(AssetClass)
    for one in order:
        for other in order:
            found = classes.worse(one, other)
            assert order.index(found) == max(order.index(one), order.index(other))
