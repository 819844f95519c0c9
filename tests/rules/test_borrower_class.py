"""The classes of one borrower: NPA spreads, sticks, ages, and ends with the last of the arrears."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from app.rules.asset_classification import is_npa
from app.rules.borrower_class import (
    Arrears,
    BorrowerLoan,
    ClassState,
    cause_of,
    classes_until,
    day_end,
    days_that_count,
)
from app.rules.day_count import add_months
from app.rules.rulebook import Rulebook
from db.vocabulary.loan_life import AssetClass
from tests.rules.lending_vectors import RULEBOOK

ONE, TWO = UUID(int=1), UUID(int=2)
START = date(2026, 3, 5)
DUE = date(2026, 4, 5)


def loan(loan_id=ONE, *arrears, disbursed_on=START, **fields) -> BorrowerLoan:
    return BorrowerLoan(loan_id, disbursed_on, tuple(Arrears(*each) for each in arrears), **fields)


def moves(found, loan_id=ONE):
    return [
        (step.on, step.after.asset_class, step.cause)
        for step in found.steps
        if step.loan_id == loan_id and step.moved
    ]


def test_a_loan_never_paid_meets_the_dates_of_v103() -> None:
    found = classes_until([loan(ONE, (DUE, None))], date(2030, 8, 1), RULEBOOK)
    assert [(on, word) for on, word, _ in moves(found)] == [
        (date(2026, 4, 5), AssetClass.SMA_0),
        (date(2026, 5, 5), AssetClass.SMA_1),
        (date(2026, 6, 4), AssetClass.SMA_2),
        (date(2026, 7, 4), AssetClass.SUB_STANDARD),
        (date(2027, 7, 4), AssetClass.DOUBTFUL_1),
        (date(2028, 7, 4), AssetClass.DOUBTFUL_2),
        (date(2030, 7, 4), AssetClass.DOUBTFUL_3),
    ]


def test_another_loan_is_pulled_down_and_cured_with_the_last_arrears() -> None:
    # V111 to V114: paying below 91 days is not enough, and the other loan's arrears count.
    bad = loan(ONE, (DUE, date(2026, 7, 10)), (date(2026, 5, 5), date(2026, 7, 20)))
    good = loan(TWO, (date(2026, 7, 15), date(2026, 7, 25)))
    found = classes_until([bad, good], date(2026, 8, 1), RULEBOOK)
    assert moves(found, TWO) == [
        (date(2026, 7, 4), AssetClass.SUB_STANDARD, "another loan of the borrower"),
        (date(2026, 7, 25), AssetClass.STANDARD, "all arrears paid"),
    ]
    assert found.standings[ONE].npa_since is None
    assert found.standings[ONE].defaulted_on == date(2026, 7, 4)


def test_a_new_loan_of_an_npa_borrower_is_npa_on_its_first_day() -> None:
    new = loan(TWO, disbursed_on=date(2026, 8, 12))
    found = classes_until([loan(ONE, (DUE, None)), new], date(2026, 9, 1), RULEBOOK)
    assert moves(found, TWO)[0][:2] == (date(2026, 8, 12), AssetClass.SUB_STANDARD)
    assert found.standings[TWO].npa_since == date(2026, 7, 4)


def test_an_identified_loss_stays_one_whatever_is_paid() -> None:
    lost = loan(ONE, (DUE, date(2026, 9, 1)), loss_on=date(2026, 8, 1))
    found = classes_until([lost, loan(TWO)], date(2026, 10, 1), RULEBOOK)
    assert moves(found)[-1] == (date(2026, 8, 1), AssetClass.LOSS, "identified as a loss")
    assert found.standings[TWO].asset_class is AssetClass.SUB_STANDARD


def test_before_it_was_restructured_a_loan_has_nothing_to_prove() -> None:
    agreed = date(2026, 8, 1)
    own = loan(ONE, (DUE, date(2026, 7, 30)), restructured=(agreed,))
    assert own.satisfactory_months(date(2026, 7, 31)) is None
    assert own.satisfactory_months(agreed) == 0


def test_a_restructured_npa_proves_itself_for_a_year() -> None:
    cleared = date(2026, 9, 1)
    proving = loan(ONE, (DUE, cleared), restructured=(date(2026, 8, 1),))
    upgraded = add_months(cleared, 12)
    found = classes_until([proving], date(2028, 1, 1), RULEBOOK)
    assert moves(found)[-1] == (upgraded, AssetClass.STANDARD, "all arrears paid")


def test_what_is_restructured_again_proves_itself_anew_and_had_to_before() -> None:
    cleared, again = date(2026, 9, 1), date(2027, 6, 1)
    proving = loan(ONE, (DUE, cleared), restructured=(date(2026, 8, 1), again))
    found = classes_until([proving], date(2029, 1, 1), RULEBOOK)
    assert moves(found)[-1] == (add_months(again, 12), AssetClass.STANDARD, "all arrears paid")


def test_a_loan_on_time_proves_itself_for_its_borrower_from_the_day_it_was_restructured() -> None:
    eased = date(2026, 8, 1)
    theirs = [loan(ONE, (DUE, date(2026, 7, 20))), loan(TWO, restructured=(eased,))]
    found = classes_until(theirs, date(2028, 1, 1), RULEBOOK)
    assert moves(found)[-1][:2] == (date(2026, 7, 20), AssetClass.STANDARD)
    late = [loan(ONE, (DUE, date(2026, 9, 1))), theirs[1]]
    found = classes_until(late, date(2028, 1, 1), RULEBOOK)
    assert moves(found)[-1][:2] == (add_months(eased, 12), AssetClass.STANDARD)


def test_arrears_of_a_written_off_loan_go_on_counting() -> None:
    gone = loan(ONE, (DUE, None), written_off_on=date(2026, 8, 1))
    other = loan(TWO)
    found = classes_until([gone, other], date(2028, 1, 1), RULEBOOK)
    assert found.standings[ONE].asset_class is AssetClass.SUB_STANDARD  # as it was written off
    assert found.standings[TWO].asset_class is AssetClass.DOUBTFUL_1


def test_a_closed_loan_keeps_the_class_of_its_last_day() -> None:
    closed = loan(ONE, (DUE, date(2026, 5, 10)), closed_on=date(2026, 5, 10))
    found = classes_until([closed, loan(TWO, (DUE, None))], date(2026, 9, 1), RULEBOOK)
    assert found.standings[ONE].asset_class is AssetClass.STANDARD
    assert found.standings[TWO].asset_class is AssetClass.SUB_STANDARD


def test_nothing_late_has_no_day_that_counts() -> None:
    assert days_that_count([loan(ONE), loan(TWO)], date(2030, 1, 1), RULEBOOK) == []


def test_every_cause_has_its_words() -> None:
    assert cause_of(AssetClass.SMA_1, AssetClass.SMA_0, 20) == "receipt"
    assert cause_of(AssetClass.STANDARD, AssetClass.SMA_0, 1) == "days past due"
    assert cause_of(AssetClass.SUB_STANDARD, AssetClass.DOUBTFUL_1, 400) == "age"


@st.composite
def borrowers(draw):
    """One to three loans of up to five years, some instalments late by up to 250 days."""
    made = []
    for number in range(1, draw(st.integers(2, 4))):
        out = START + timedelta(days=draw(st.integers(0, 500)))
        arrears, cleared = [], date.min
        for month in sorted(draw(st.sets(st.integers(1, 40), max_size=8))):
            due = add_months(out, month)
            days = draw(st.one_of(st.none(), st.integers(1, 250)))
            if days is None or cleared is None:
                cleared = None  # the oldest due is paid first: nothing after it is
            else:
                cleared = max(cleared, due + timedelta(days=days))
            arrears.append(Arrears(due, cleared))
        lost = draw(st.one_of(st.none(), st.none(), st.integers(100, 900)))
        eased = (add_months(out, 7), add_months(out, 19))
        made.append(
            BorrowerLoan(
                UUID(int=number), out, tuple(arrears),
                loss_on=None if lost is None else out + timedelta(days=lost),
                restructured=draw(
                    st.sampled_from([(), (), eased[:1], eased])
                ),
            )
        )  # fmt: skip
    return made


@settings(max_examples=25)
@given(theirs=borrowers())
def test_the_days_that_count_are_all_that_matter(theirs) -> None:
    until = date(2031, 3, 5)
    standings = {each.loan_id: ClassState() for each in theirs}
    moved, day = [], START
    while day <= until:
        for step in day_end(theirs, standings, day, RULEBOOK):
            standings[step.loan_id] = step.after
            if step.moved:
                moved.append((step.loan_id, step.on, step.after))
        day += timedelta(days=1)
    found = classes_until(theirs, until, RULEBOOK)
    assert [(s.loan_id, s.on, s.after) for s in found.steps if s.moved] == moved
    assert found.standings == standings
    for state in standings.values():
        assert is_npa(state.asset_class) is (state.npa_since is not None)


def test_where_npa_does_not_spread_each_loan_goes_its_own_way() -> None:
    rows = [
        replace(row, value=False) if row.code == "npa_borrower_wise" else row
        for row in RULEBOOK.rows
    ]
    alone = Rulebook(rows, RULEBOOK.products)
    theirs = [loan(ONE, (DUE, None)), loan(TWO, (DUE, date(2026, 5, 6)))]
    found = classes_until(theirs, date(2026, 8, 1), alone)
    assert found.standings[ONE].asset_class is AssetClass.SUB_STANDARD
    assert found.standings[TWO].asset_class is AssetClass.STANDARD


def test_a_rule_of_a_later_day_moves_classes_from_that_day_on() -> None:
    change, rows = date(2026, 5, 20), []
    for row in RULEBOOK.rows:
        if (row.code, row.segment) == ("dpd_class_from", "NPA"):
            rows.append(replace(row, effective_to=change - timedelta(days=1)))
            rows.append(replace(row, value=60, effective_from=change))
        else:
            rows.append(row)
    found = classes_until([loan(ONE, (DUE, None))], date(2026, 8, 1), Rulebook(rows))
    assert moves(found)[-1] == (date(2026, 6, 3), AssetClass.SUB_STANDARD, "days past due")
