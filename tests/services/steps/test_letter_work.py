"""A letter's values: complete, hashed, and the same text for the same case."""

import json
from dataclasses import replace

import pytest

from app.services.steps.bank_facts import BANK_FILE
from app.services.steps.letter_case import read_letter_case
from app.services.steps.letter_render import rendered
from app.services.steps.letter_work import (
    HASH_SHOWN,
    LetterOrder,
    letter_values,
)
from app.services.steps.refusal import RefusalKind
from db.vocabulary.loan_life import Language, LetterKind
from db.vocabulary.people import Role
from tests.file_formats.letter_reading import body_of, source_of, tables_without_headings
from tests.services.letter_cases import TOLD, decided, refusal


@pytest.fixture
def case_of(desk, someone, submitted):
    def read(kind):
        decided(desk, someone("bela", Role.SUPERVISOR), submitted, TOLD[kind])
        with desk.open_book() as book:
            return read_letter_case(book, submitted.application_id, kind, desk)

    return read


def order(desk, kind, language=Language.EN):
    return LetterOrder(kind, language, f"{kind.value.upper()}-1001-1", desk.clock.today())


@pytest.mark.parametrize("kind", sorted(TOLD))
@pytest.mark.parametrize("language", [Language.EN, Language.HI])
def test_the_text_read_back_is_the_text_of_the_values(desk, case_of, kind, language):
    found = letter_values(case_of(kind), order(desk, kind, language), desk)
    pdf = rendered(kind, found.values).pdf
    assert body_of(pdf, found.values) == source_of(kind.value, found.values)
    assert tables_without_headings(pdf) == 0


@pytest.mark.parametrize("kind", sorted(TOLD))
def test_the_footer_names_the_number_the_hash_and_the_day_of_the_rules(desk, case_of, kind):
    case = case_of(kind)
    found = letter_values(case, order(desk, kind), desk)
    footer = found.values["footer"]
    assert footer.startswith(f"{found.values['title']} {found.number}. Figures ")
    assert footer.endswith("rules as of 23 Nov 2026.")
    assert found == letter_values(case, order(desk, kind), desk)
    assert json.loads(found.text) == found.values
    other = replace(case, customer=replace(case.customer, full_name="Another"))
    changed = letter_values(other, order(desk, kind), desk)
    assert changed.sha256 != found.sha256
    assert changed.values["footer"][-60:] != footer[-60:] or HASH_SHOWN == 0


def test_the_address_is_said_in_the_language(desk, case_of):
    case = case_of(LetterKind.SANCTION)
    found = letter_values(case, order(desk, LetterKind.SANCTION, Language.HI), desk)
    assert found.values["customer"]["address"] == ["12 Station Road", "Mysuru 570001", "कर्नाटक"]
    assert found.values["bank"]["branch"] == "शाखा 0412"


def test_a_decision_without_terms_prints_no_sanction(desk, case_of):
    case = case_of(LetterKind.SANCTION)
    bare = replace(case, step=replace(case.step, amount_paise=None))
    found = refusal(lambda: letter_values(bare, order(desk, LetterKind.SANCTION), desk))
    assert found.kind is RefusalKind.CONFLICT


@pytest.mark.parametrize(
    ("terms", "kind", "said"),
    [
        ({"processing_fee_paise": 999_990_00}, RefusalKind.BAD_INPUT, "1,200 %"),
        ({"processing_fee_paise": 1_100_000_00}, RefusalKind.BAD_INPUT, ""),
    ],
)
def test_charges_that_eat_the_loan_are_refused_in_words(desk, case_of, terms, kind, said):
    case = case_of(LetterKind.KFS)
    facts = replace(case.opened.case, terms=replace(case.opened.case.terms, **terms))
    unscored = replace(case, assessment=None, opened=replace(case.opened, case=facts))
    found = refusal(lambda: letter_values(unscored, order(desk, LetterKind.KFS), desk))
    assert found.kind is kind
    assert said in found.sentence


def test_a_product_gone_since_is_told_as_a_sentence(desk, case_of):
    case = case_of(LetterKind.KFS)
    application = replace(case.opened.application, product_code="GONE")
    gone = replace(case, opened=replace(case.opened, application=application))
    found = refusal(lambda: letter_values(gone, order(desk, LetterKind.KFS), desk))
    assert found.kind is RefusalKind.CONFIGURATION
    assert "GONE" in found.sentence


def test_an_unscored_case_has_letters_too(desk, case_of):
    case = replace(case_of(LetterKind.FILE_NOTE), assessment=None)
    found = letter_values(case, order(desk, LetterKind.FILE_NOTE), desk)
    assert found.values["waterfall"] is None
    assert rendered(LetterKind.FILE_NOTE, found.values).pdf.startswith(b"%PDF")


def test_the_file_of_the_bank_is_used(desk, case_of):
    (desk.data_dir / BANK_FILE).write_text('{"name": "Deccan Bank"}', encoding="utf-8")
    found = letter_values(case_of(LetterKind.SANCTION), order(desk, LetterKind.SANCTION), desk)
    assert found.values["bank"]["name"] == "Deccan Bank"
