"""What the bank says of itself: the shipped example, and what a desk's own file replaces."""

import json

import pytest

from app.services.steps.bank_facts import BANK_FILE, bank_facts
from app.services.steps.refusal import RefusalKind, Refused
from db.vocabulary.loan_life import Language


def own(folder, facts):
    text = facts if isinstance(facts, str) else json.dumps(facts)
    (folder / BANK_FILE).write_text(text, encoding="utf-8")
    return folder


def test_the_shipped_example_speaks_the_language_of_the_letter(tmp_path):
    english, hindi = (bank_facts(tmp_path, each) for each in (Language.EN, Language.HI))
    assert english.name == hindi.name == "Example Bank"
    assert english.address.startswith("Head office")
    assert hindi.lender.nodal_officer == "शिकायतों के नोडल अधिकारी"
    assert english.lender.may_be_transferred is False
    assert english.lender.recovery_provider is None


def test_a_file_of_the_desk_replaces_what_it_names(tmp_path):
    name = {"en": "Deccan Bank", "hi": "दक्कन बैंक"}
    own(tmp_path, {"name": name, "may_be_transferred": True, "recovery_provider": "Agents"})
    assert bank_facts(tmp_path, Language.HI).name == "दक्कन बैंक"
    found = bank_facts(tmp_path, Language.EN)
    assert (found.name, found.lender.recovery_provider) == ("Deccan Bank", "Agents")
    assert found.lender.may_be_transferred is True
    assert found.address.startswith("Head office")


def test_a_language_without_a_text_takes_the_english_one(tmp_path):
    own(tmp_path, {"name": {"en": "Deccan Bank"}})
    assert bank_facts(tmp_path, Language.HI).name == "Deccan Bank"


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ("{", "it may name"),
        (["name"], "it may name"),
        ({"motto": "x"}, "it may name"),
        ({"name": 5}, "name is not"),
        ({"name": ""}, "name is not"),
        ({"name": None}, "name is not"),
        ({"name": {"hi": "x"}}, "name is not"),
        ({"name": {"en": 5}}, "name is not"),
        ({"may_be_transferred": "no"}, "may_be_transferred is not"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path, facts, named):
    with pytest.raises(Refused) as refused:
        bank_facts(own(tmp_path, facts), Language.EN)
    assert refused.value.kind is RefusalKind.CONFIGURATION
    assert named in refused.value.sentence
    assert str(tmp_path) not in refused.value.sentence
