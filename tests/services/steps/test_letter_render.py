"""A letter that cannot be made is a refusal; test_pdf_out.py has the pages."""

from app.services.steps.letter_render import pictured, rendered
from app.services.steps.refusal import RefusalKind
from db.vocabulary.loan_life import Language, LetterKind
from tests.services.letter_cases import refusal
from tests.services.letter_samples import page


def test_values_become_a_file_and_pictures():
    content = {"opening": ["Dear,"], "reasons": ["One"], "closing": ["Bye"]}
    values = page(LetterKind.REJECTION, Language.EN, content)
    assert rendered(LetterKind.REJECTION, values).pdf.startswith(b"%PDF")
    small, large = (pictured(LetterKind.REJECTION, values, ppi) for ppi in (30, 60))
    assert len(small) == len(large) == 1
    assert len(small[0]) < len(large[0])


def test_faults_of_the_typesetter_are_refusals():
    for act in (rendered, lambda kind, values: pictured(kind, values, 50)):
        broken = refusal(lambda act=act: act(LetterKind.KFS, {}))
        assert (broken.kind, "template" in broken.sentence) == (RefusalKind.INTEGRITY, True)
        missing = refusal(lambda act=act: act(LetterKind.KFS, {"name": "த"}))
        assert (missing.kind, "Tamil" in missing.sentence) == (RefusalKind.BAD_INPUT, True)
