"""Applications that were decided by two people, and their letters."""

from dataclasses import replace

from app.rules.maker_checker import Verdict
from app.services.decide_application import CaseRequest, DecideApplication, decide_application
from app.services.decide_application import recall_decision as recall
from app.services.issue_documents import MakeDocument, make_document
from app.services.read_customer import customer_facts, read_customer
from app.services.register_customer import UpdateCustomer, update_customer
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.vocabulary.decisions import Decision
from db.vocabulary.loan_life import Language, LetterKind
from tests.services.test_propose_decision import NOTE, approval, proposed

REJECTED = Verdict(Decision.REJECT, reasons=("REJ-TITLE", "REJ-END-USE"), note=NOTE)
TOLD = {
    LetterKind.KFS: approval(),
    LetterKind.SANCTION: approval(),
    LetterKind.SCHEDULE: approval(),
    LetterKind.REJECTION: REJECTED,
    LetterKind.FILE_NOTE: approval(),
}


def decided(desk, checker, submitted, verdict=None, proposal=None):
    """Propose and decide; return the submitted case."""
    verdict = verdict or approval()
    proposed(desk, submitted, proposal or verdict)
    decide_application(DecideApplication(new_id(desk), submitted.application_id, verdict), checker)
    return submitted


def recalled(checker, submitted):
    """Take the decision back."""
    return recall(CaseRequest(new_id(checker), submitted.application_id), checker)


def wanted(desk, submitted, kind, language=Language.EN):
    return MakeDocument(new_id(desk), submitted.application_id, kind, language)


def made(desk, submitted, kind, language=Language.EN):
    """Make a letter or a copy of it."""
    return make_document(wanted(desk, submitted, kind, language), desk)


def content(desk, document):
    """The PDF and the values of a letter, straight from the book."""
    with desk.open_book() as book:
        return book.documents.content(desk.person().branch_id, document.document_id)


def refusal(act):
    """What an act is refused with."""
    try:
        act()
    except Refused as refused:
        return refused
    raise AssertionError("It was not refused")


def conflict(act):
    found = refusal(act)
    assert found.kind is RefusalKind.CONFLICT, found
    return found.sentence


def moved(desk, submitted, address):
    """Give the customer another address."""
    facts = replace(customer_facts(submitted.customer_id, desk), address=address)
    known = read_customer(submitted.customer_id, desk).customer
    update_customer(UpdateCustomer(new_id(desk), known.customer_id, known.version, facts), desk)
