"""A rule or a product is changed by two people, on both engines."""

from dataclasses import replace
from datetime import date

import pytest

from app.rules.product_change import ProductChange
from app.rules.rule_change import RuleChange
from app.services.change_rule import (
    DecideProposal,
    ProposeProduct,
    ProposeRule,
    decide_proposal,
    propose_product,
    propose_rule,
)
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from app.services.steps.stored_rules import stored_rulebook
from db.vocabulary.operations import RuleState
from db.vocabulary.people import Role

NEXT = date(2026, 12, 1)
CHANGE = RuleChange("foir_band_high_above", "ALL", 450_000, NEXT, "board of 1 Nov 2026")


@pytest.fixture
def analyst(someone):
    return someone("farah", Role.RISK_ANALYST, Role.SUPERVISOR)


@pytest.fixture
def checker(someone):
    return someone("anand", Role.SUPERVISOR)


def rules_of(desk):
    with desk.open_book() as book:
        return stored_rulebook(book)


def test_one_proposes_and_another_approves(analyst, checker):
    made = propose_rule(ProposeRule(new_id(analyst), CHANGE, "too loose"), analyst)
    assert rules_of(analyst).ppm(CHANGE.code, NEXT) == 500_000
    asked = []
    done = decide_proposal(
        DecideProposal(new_id(checker), made.proposal_id, approve=True),
        replace(checker, forget_rules=lambda: asked.append(True)),
    )
    assert (done.state, asked) == (RuleState.APPROVED, [True])
    after = rules_of(checker)
    assert after.ppm(CHANGE.code, NEXT) == 450_000
    assert after.ppm(CHANGE.code, date(2026, 11, 30)) == 500_000
    row = after.row(CHANGE.code, NEXT)
    assert (row.proposed_by, row.approved_by, row.row_id) == ("farah", "anand", str(done.row_id))
    with pytest.raises(Refused) as refused:
        decide_proposal(DecideProposal(new_id(checker), made.proposal_id, approve=True), checker)
    assert refused.value.kind is RefusalKind.CONFLICT


def test_nobody_decides_what_they_proposed(analyst):
    made = propose_rule(ProposeRule(new_id(analyst), CHANGE), analyst)
    with pytest.raises(Refused) as refused:
        decide_proposal(DecideProposal(new_id(analyst), made.proposal_id, approve=True), analyst)
    assert refused.value.kind is RefusalKind.NOT_PERMITTED
    assert rules_of(analyst).ppm(CHANGE.code, NEXT) == 500_000


def test_an_officer_may_not_propose_and_a_bad_change_names_its_field(desk, analyst):
    with pytest.raises(Refused) as refused:
        propose_rule(ProposeRule(new_id(desk), CHANGE), desk)
    assert refused.value.kind is RefusalKind.NOT_PERMITTED
    for change, field in (
        (replace(CHANGE, value="much"), "value"),
        (replace(CHANGE, effective_from=date(2026, 11, 23)), "effective_from"),
        (replace(CHANGE, source="x" * 2001), "source"),
    ):
        with pytest.raises(Refused) as refused:
            propose_rule(ProposeRule(new_id(analyst), change), analyst)
        assert list(refused.value.fields) == [field]


def test_a_refusal_needs_a_note_and_changes_nothing(analyst, checker):
    made = propose_rule(ProposeRule(new_id(analyst), CHANGE), analyst)
    with pytest.raises(Refused):
        decide_proposal(DecideProposal(new_id(checker), made.proposal_id, approve=False), checker)
    said = DecideProposal(new_id(checker), made.proposal_id, approve=False, note="not now")
    assert decide_proposal(said, checker).state is RuleState.REFUSED
    assert rules_of(checker).ppm(CHANGE.code, NEXT) == 500_000


def test_a_product_gets_a_new_version(analyst, checker):
    change = ProductChange("PERSONAL", {"card_rate_ppm": 130_000}, NEXT, "board")
    made = propose_product(ProposeProduct(new_id(analyst), change), analyst)
    decide_proposal(DecideProposal(new_id(checker), made.proposal_id, approve=True), checker)
    after = rules_of(checker)
    assert after.product("PERSONAL", NEXT).card_rate_ppm == 130_000
    assert after.product("PERSONAL", date(2026, 11, 30)).card_rate_ppm != 130_000
    for wrong in (
        replace(change, product_code="NONE"),
        replace(change, fields={"card_rate_ppm": 1}, effective_from=date(2027, 1, 1)),
    ):
        with pytest.raises(Refused):
            propose_product(ProposeProduct(new_id(analyst), wrong), analyst)
