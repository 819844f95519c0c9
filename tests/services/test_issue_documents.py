"""Letters on a book: every kind, copies, void, acceptance, and what is refused."""

from datetime import timedelta

import pytest

from app.services.decide_application import CaseRequest, claim_case
from app.services.issue_documents import (
    LONGEST_NOTE,
    MakeDocument,
    RecordAcceptance,
    VoidDocument,
    make_document,
    make_documents,
    record_acceptance,
    void_document,
)
from app.services.read_documents import list_documents, make_again
from app.services.steps.ids import new_id
from app.services.steps.progress import StoppedError
from app.services.steps.refusal import RefusalKind, Refused
from db.records.refusals import NotFound
from db.vocabulary.loan_life import Language, LetterKind, LetterStatus
from db.vocabulary.people import Role
from db.vocabulary.reasons import VoidReason
from tests.services.letter_cases import (
    REJECTED,
    TOLD,
    conflict,
    content,
    decided,
    made,
    moved,
    recalled,
    refusal,
    wanted,
)
from tests.services.test_propose_decision import proposed

DAY = timedelta(days=1)


@pytest.fixture
def checker(someone):
    return someone("bela", Role.SUPERVISOR)


@pytest.fixture
def approved(desk, checker, submitted):
    return decided(desk, checker, submitted)


def accepted(desk, document, on):
    return record_acceptance(RecordAcceptance(new_id(desk), document.document_id, on), desk)


def voided(desk, document, reason=VoidReason.VOID_DATA, note=""):
    return void_document(VoidDocument(new_id(desk), document.document_id, reason, note), desk)


@pytest.mark.parametrize("kind", sorted(TOLD))
@pytest.mark.parametrize("language", [Language.EN, Language.HI])
def test_every_kind_is_made_and_stored_with_what_it_was_made_from(
    desk, checker, submitted, kind, language
):
    decided(desk, checker, submitted, TOLD[kind])
    letter = made(desk, submitted, kind, language)
    assert (letter.kind, letter.language, letter.status) == (kind, language, LetterStatus.ISSUED)
    assert (letter.number, letter.copy_of, letter.version) == (
        f"{kind.upper()}-{submitted.reference.removeprefix('A-')}-1", None, 1,
    )  # fmt: skip
    assert letter.engine.startswith("typst ")
    assert letter.made_by == desk.person().user_id
    assert (letter.valid_until is not None) == (kind is LetterKind.KFS)
    pdf, values = content(desk, letter)
    assert pdf.startswith(b"%PDF-")
    assert submitted.reference in values
    assert list_documents(submitted.application_id, desk) == (letter,)
    assert make_again(letter.document_id, desk).same


def test_the_second_one_is_a_marked_copy_and_the_original_stays(desk, approved):
    original = made(desk, approved, LetterKind.KFS)
    before = content(desk, original)
    copies = [made(desk, approved, LetterKind.KFS) for _ in range(2)]
    assert [copy.copy_number for copy in copies] == [1, 2]
    for copy in copies:
        assert (copy.copy_of, copy.number) == (original.document_id, original.number)
        assert (copy.step_id, copy.valid_until) == (original.step_id, original.valid_until)
        assert copy.pdf_sha256 != original.pdf_sha256
        assert f'"watermark": "COPY {copy.copy_number}"' in content(desk, copy)[1]
        assert make_again(copy.document_id, desk).same
    assert content(desk, original) == before
    assert make_again(original.document_id, desk).same
    hindi = made(desk, approved, LetterKind.KFS, Language.HI)
    assert (hindi.copy_of, hindi.number) == (None, original.number.removesuffix("1") + "2")
    assert '"watermark": "प्रति 1"' in content(
        desk, made(desk, approved, LetterKind.KFS, Language.HI)
    )[1]  # fmt: skip


def test_the_same_command_twice_makes_one_letter(desk, approved):
    request = wanted(desk, approved, LetterKind.SANCTION)
    first = make_document(request, desk)
    assert make_document(request, desk) == first
    assert list_documents(approved.application_id, desk) == (first,)


def test_a_void_letter_goes_with_its_copies_and_is_made_anew(desk, approved):
    original = made(desk, approved, LetterKind.SANCTION)
    copy = made(desk, approved, LetterKind.SANCTION)
    assert "original" in conflict(lambda: voided(desk, copy))
    gone = voided(desk, original, VoidReason.VOID_OTHER, " The rate was typed wrong ")
    assert (gone.status, gone.version) == (LetterStatus.VOID, 2)
    assert gone.void_reason == "VOID-OTHER The rate was typed wrong"
    listed = {each.document_id: each for each in list_documents(approved.application_id, desk)}
    assert listed[copy.document_id].status is LetterStatus.VOID
    assert "void already" in conflict(lambda: voided(desk, original))
    again = made(desk, approved, LetterKind.SANCTION)
    assert (again.copy_of, again.number) == (None, original.number.removesuffix("1") + "2")
    assert make_again(original.document_id, desk).same


@pytest.mark.parametrize("note", ["", " ", "x" * (LONGEST_NOTE + 1), "a\x00b"])
def test_a_reason_in_other_words_needs_readable_words(desk, approved, note):
    letter = made(desk, approved, LetterKind.SANCTION)
    found = refusal(lambda: voided(desk, letter, VoidReason.VOID_OTHER, note))
    assert list(found.fields) == ["note"]


def test_a_statement_is_accepted_inside_its_time(desk, approved):
    letter = made(desk, approved, LetterKind.KFS)
    assert letter.valid_until == desk.clock.day + 3 * DAY
    desk.clock.day += 3 * DAY
    done = accepted(desk, letter, letter.valid_until)
    assert (done.status, done.accepted_on) == (LetterStatus.ACCEPTED, letter.valid_until)
    assert "accepted already" in conflict(lambda: accepted(desk, letter, letter.valid_until))
    gone = voided(desk, done, VoidReason.VOID_TERMS)
    assert (gone.status, gone.accepted_on) == (LetterStatus.VOID, letter.valid_until)


def test_no_acceptance_outside_its_time_or_of_another_letter(desk, approved):
    letter = made(desk, approved, LetterKind.KFS)
    copy = made(desk, approved, LetterKind.KFS)
    sanction = made(desk, approved, LetterKind.SANCTION)
    issued = desk.clock.day
    for other in (copy, sanction):
        assert "Only the original" in conflict(lambda other=other: accepted(desk, other, issued))
    desk.clock.day += 10 * DAY
    late = issued + 4 * DAY
    for on in (issued - DAY, late, issued + 11 * DAY):
        found = refusal(lambda on=on: accepted(desk, letter, on))
        assert list(found.fields) == ["accepted_on"], on
    assert "26 Nov 2026: issue a new one" in refusal(lambda: accepted(desk, letter, late)).sentence
    voided(desk, letter)
    assert "void already" in conflict(lambda: accepted(desk, letter, issued))


def test_no_letter_without_its_decision(desk, checker, submitted):
    for kind in TOLD:
        assert "before the decision" in conflict(lambda kind=kind: made(desk, submitted, kind))
    proposed(desk, submitted)
    for kind in set(TOLD) - {LetterKind.FILE_NOTE}:
        assert "before the decision" in conflict(lambda kind=kind: made(desk, submitted, kind))
    assert made(desk, submitted, LetterKind.FILE_NOTE).pages >= 1


@pytest.mark.parametrize("verdict", [None, REJECTED])
def test_no_letter_of_another_decision(desk, checker, submitted, verdict):
    decided(desk, checker, submitted, verdict)
    told = LetterKind.REJECTION if verdict else LetterKind.SANCTION
    made(desk, submitted, told)
    others = {LetterKind.REJECTION} if verdict is None else {LetterKind.KFS, LetterKind.SANCTION}
    for kind in others:
        assert "another one" in conflict(lambda kind=kind: made(desk, submitted, kind))


def test_no_letter_after_a_recall_even_when_it_is_taken_up_again(desk, checker, approved):
    made(desk, approved, LetterKind.SCHEDULE)
    recalled(checker, approved)
    assert "recalled" in conflict(lambda: made(desk, approved, LetterKind.SANCTION))
    claim_case(CaseRequest(new_id(checker), approved.application_id), checker)
    for kind in (LetterKind.KFS, LetterKind.SANCTION, LetterKind.SCHEDULE):
        assert "recalled" in conflict(lambda kind=kind: made(desk, approved, kind))


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [(LetterKind.KFS, None), (LetterKind.SANCTION, None), (LetterKind.REJECTION, REJECTED)],
)
def test_a_decision_is_not_recalled_while_its_letter_stands(
    desk, checker, submitted, kind, verdict
):
    decided(desk, checker, submitted, verdict)
    letter = made(desk, submitted, kind)
    assert "letter has been issued" in conflict(lambda: recalled(checker, submitted))
    voided(desk, letter)
    recalled(checker, submitted)


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.AUDITOR, Role.RISK_ANALYST])
def test_who_may_not_issue_is_refused(desk, approved, someone, role):
    letter = made(desk, approved, LetterKind.KFS)
    other = someone("other", role)
    for act in (
        lambda: made(other, approved, LetterKind.SANCTION),
        lambda: accepted(other, letter, desk.clock.day),
        lambda: voided(other, letter),
    ):
        assert refusal(act).kind is RefusalKind.NOT_PERMITTED
    assert made(someone("supervisor", Role.SUPERVISOR), approved, LetterKind.KFS).copy_number == 1


def test_what_is_not_made_here_is_refused_before_the_book_is_opened(desk, approved):
    for kind, language, field in (
        (LetterKind.STATEMENT, Language.EN, "kind"),
        (LetterKind.KFS, Language.KN, "language"),
    ):
        request = wanted(desk, approved, kind, language)
        found = refusal(lambda request=request: make_document(request, desk))
        assert list(found.fields) == [field]


def test_what_is_not_there_is_not_found(desk, checker):
    for act in (
        lambda: make_document(MakeDocument(new_id(desk), new_id(desk), LetterKind.KFS), desk),
        lambda: record_acceptance(
            RecordAcceptance(new_id(desk), new_id(desk), desk.clock.day), desk
        ),
        lambda: void_document(VoidDocument(new_id(desk), new_id(desk), VoidReason.VOID_DATA), desk),
    ):
        with pytest.raises(NotFound):
            act()


class CrossingDesk:
    """A desk at which another letter is stored between reading and writing."""

    def __init__(self, desk, act):
        self._desk, self._acts = desk, [None, act]

    def __getattr__(self, name):
        return getattr(self._desk, name)

    def open_book(self):
        act = self._acts.pop(0) if self._acts else None
        if act:
            act()
        return self._desk.open_book()

    def read_book(self):
        return self.open_book().for_reading()


@pytest.mark.parametrize("there", [False, True])
def test_two_desks_at_once_never_store_the_same_letter_twice(desk, approved, there):
    if there:
        made(desk, approved, LetterKind.KFS)
    crossing = CrossingDesk(desk, lambda: made(desk, approved, LetterKind.KFS))
    assert "moved meanwhile" in conflict(lambda: made(crossing, approved, LetterKind.KFS))
    assert len(list_documents(approved.application_id, desk)) == 1 + there


def test_an_address_that_no_font_can_show_is_refused_and_nothing_is_stored(
    desk, approved, monkeypatch
):
    moved(desk, approved, "12, காமராஜர் சாலை")
    found = refusal(lambda: made(desk, approved, LetterKind.SANCTION))
    assert found.kind is RefusalKind.BAD_INPUT
    assert "Tamil" in found.sentence
    assert list_documents(approved.application_id, desk) == ()


def test_many_letters_tell_how_far_they_are_and_stop_when_asked(desk, approved):
    kinds = [LetterKind.KFS, LetterKind.SANCTION, LetterKind.SCHEDULE, LetterKind.FILE_NOTE]
    requests = [wanted(desk, approved, kind) for kind in kinds]
    told = []
    all_made = make_documents(requests[:2], desk, lambda done, total: told.append((done, total)))
    assert [each.kind for each in all_made] == kinds[:2]
    assert told == [(1, 2), (2, 2)]
    with pytest.raises(StoppedError) as stopped:
        make_documents(requests[2:], desk, lambda *at: told.append(at), lambda: len(told) > 2)
    assert "Stopped after 1 of 2; what was done is kept" in stopped.value.sentence
    assert len(list_documents(approved.application_id, desk)) == 3
    with pytest.raises(StoppedError) as stopped:
        make_documents(requests, desk, cancelled=lambda: True)
    assert "nothing was saved" in stopped.value.sentence


def test_the_first_that_cannot_be_made_stops_the_rest(desk, approved):
    requests = [wanted(desk, approved, kind) for kind in (LetterKind.KFS, LetterKind.REJECTION)]
    with pytest.raises(Refused):
        make_documents(requests, desk)
    assert len(list_documents(approved.application_id, desk)) == 1
