"""The shipped word lists and the sentences made of them."""

import re
from enum import StrEnum
from importlib import import_module

import pytest

from app.rules.wording import UnknownWordError, parse_words
from tests.rules.lending_vectors import load, wording

LISTS = load("words.json")["lists"]
MODULES = ("people", "lending", "loan_life", "loan_account", "decisions", "reasons", "operations")
BANNED = re.compile(r"\b(invalid|required|please|sorry|oops)\b", re.IGNORECASE)


def _enums() -> dict[str, type[StrEnum]]:
    """Every word list of the vocabulary by the list it names in its docstring."""
    found = {}
    for module in MODULES:
        for entry in vars(import_module(f"db.vocabulary.{module}")).values():
            if isinstance(entry, type) and issubclass(entry, StrEnum) and entry is not StrEnum:
                named = re.search(r"List ``(\w+)``", entry.__doc__ or "")
                if named:
                    found[named[1]] = entry
    return found


def test_the_vocabulary_has_exactly_the_codes_of_each_list() -> None:
    enums = _enums()
    missing = set(LISTS) - set(enums)
    assert missing == set()
    for name, words in LISTS.items():
        assert [word["code"] for word in words["words"]] == [each.value for each in enums[name]]


def test_every_word_reads_in_both_languages_and_blames_nobody() -> None:
    for name, words in LISTS.items():
        for word in words["words"]:
            assert word["en"], (name, word)
            assert word["hi"], (name, word)
            assert not BANNED.search(word["en"]), word
            assert set(re.findall(r"{(\w+)}", word["en"])) <= {"value", "limit"}


def test_a_sentence_carries_its_figure_and_its_yardstick() -> None:
    sentence = wording().sentence("reject_reason", "REJ-FOIR", "55.95 %", "50 %")
    assert sentence == "Dues would take 55.95 % of income; the guide is 50 %."
    bare = wording().sentence("reject_reason", "REJ-FOIR")
    assert bare == "Dues would take  of income; the guide is ."
    assert "55.95 %" in wording("hi").sentence("reject_reason", "REJ-FOIR", "55.95 %", "50 %")
    assert wording("kn").label("risk_level", "Low") == "Low"


def test_unknown_words_are_named() -> None:
    with pytest.raises(UnknownWordError, match="no “X” in “risk_level”"):
        wording().label("risk_level", "X")
    with pytest.raises(UnknownWordError):
        wording().label("no_list", "X")


@pytest.mark.parametrize(
    ("code", "english", "hindi"),
    [
        (
            "REJ-MISMATCH",
            "The papers do not agree with the application.",
            "कागज़ात आवेदन से मेल नहीं खाते।",
        ),
        (
            "REJ-BUREAU-DEFAULT",
            "The credit report shows a loan written off or settled.",
            "क्रेडिट रिपोर्ट में बट्टे खाते या समझौते वाला ऋण है।",
        ),
        ("REJ-PAPERS", "These papers were not given.", "ये कागज़ात नहीं दिए गए।"),
        ("REJ-TITLE", wording().label("reject_reason", "REJ-TITLE"), None),
    ],
)
def test_a_sentence_that_a_person_chose_can_do_without_its_figure(code, english, hindi) -> None:
    assert wording().bare("reject_reason", code) == english
    if hindi:
        assert "{" not in parse_words(load("words.json"), "hi").bare("reject_reason", code)
