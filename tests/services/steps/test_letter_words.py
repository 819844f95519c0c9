"""Words of letters: equal keys, equal places, and everything a template asks for."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from app.resource_files import resource
from app.services.steps import fact_lines
from app.services.steps.letter_words import TEMPLATE_WORDS, Column, fact, letter_words, table
from db.vocabulary.lending import FeeBasis, LoanPurpose, PenalMethod
from db.vocabulary.loan_life import Language, LetterKind

LETTERS = resource("letters")
ENGLISH, HINDI = letter_words(Language.EN), letter_words(Language.HI)
PLACE = re.compile(r"\{(\w+)\}")


def document():
    """The words as they stand, a key given twice among them."""

    def once(pairs):
        keys = [key for key, _ in pairs]
        assert len(keys) == len(set(keys)), [key for key in keys if keys.count(key) > 1]
        return dict(pairs)

    text = (LETTERS / "words.json").read_text(encoding="utf-8")
    return json.loads(text, object_pairs_hook=once)


def test_both_languages_have_the_same_keys_and_places():
    words = document()
    assert list(words["en"]) == list(words["hi"])
    for key, text in words["en"].items():
        if key == "months":
            assert len(text) == len(words["hi"][key]) == len(set(words["hi"][key])) == 12
            continue
        if key == "fact_labels":
            assert list(text) == list(text.values()) == list(words["hi"][key])
            continue
        assert text, key
        assert sorted(PLACE.findall(text)) == sorted(PLACE.findall(words["hi"][key])), key


def test_hindi_is_in_devanagari():
    mixed = {"EMI", "APR"}
    for key, text in {**HINDI.words, **HINDI.words["fact_labels"]}.items():
        if key == "fact_labels":
            continue
        latin = set(re.findall(r"[A-Za-z]{2,}", PLACE.sub("", str(text))))
        assert latin <= mixed, key


def test_templates_ask_only_for_words_that_a_letter_carries():
    asked = set()
    for file in LETTERS.glob("*.typ"):
        asked |= set(re.findall(r"\bwords\.(\w+)", file.read_text(encoding="utf-8")))
    assert asked == set(TEMPLATE_WORDS) == set(ENGLISH.labels())


def test_every_basis_and_every_kind_has_its_words():
    for basis in [*FeeBasis, *PenalMethod]:
        assert ENGLISH.words[f"basis.{basis.value}"]
    for kind in (LetterKind.KFS, LetterKind.SANCTION, LetterKind.REJECTION, LetterKind.SCHEDULE):
        assert ENGLISH.words[f"title.{kind.value}"]


def test_days_amounts_and_rates():
    assert ENGLISH.day(date(2026, 3, 5)) == "05 Mar 2026"
    assert HINDI.day(date(2026, 3, 5)) == "05 मार्च 2026"
    assert (ENGLISH.money(1_00_000_00), ENGLISH.exact(1_00_000_00)) == ("₹1,00,000", "₹1,00,000.00")
    assert HINDI.rate(122_500) == "12.25 %"
    assert HINDI.word("loan_purpose", LoanPurpose.EDUCATION) == "शिक्षा"


@pytest.mark.parametrize(
    ("text", "hindi"),
    [("home renovation", "घर का नवीनीकरण"), ("55.95 %", "55.95 %"), ("₹10,00,000", "₹10,00,000")],
)
def test_words_of_a_policy_check_are_said_in_the_language(text, hindi):
    assert ENGLISH.translated(text) == text
    if text[0].isalpha():
        hindi = HINDI.word("loan_purpose", LoanPurpose.HOME_RENOVATION)
    assert HINDI.translated(text) == hindi


def test_several_words_are_said_one_by_one():
    both = (
        f"{HINDI.word('employment_type', 'Salaried')}, {HINDI.word('employment_type', 'Business')}"
    )
    assert HINDI.translated("Salaried, Business") == both


def test_a_value_is_put_in_as_it_is():
    assert ENGLISH.say("dear", name="{name} #x") == "Dear {name} #x,"


def test_tables_and_pairs():
    assert fact("A", "1") == {"label": "A", "value": "1"}
    assert table([Column("A"), Column("B", numbers=True, width=2)], [["x", "y"]]) == {
        "columns": [
            {"label": "A", "right": False, "width": 0},
            {"label": "B", "right": True, "width": 2},
        ],
        "rows": [["x", "y"]],
    }


def test_every_label_of_a_fact_has_its_words():
    source = Path(fact_lines.__file__).read_text(encoding="utf-8")
    labels = set(re.findall(r'_told\("([^"]+)"', source)) | set(
        re.findall(r'FactLine\(\s*"([^"]+)"', source)
    )
    assert len(labels) > 8
    assert labels <= set(ENGLISH.words["fact_labels"])
