"""Papers: attached once, sealed, checked by somebody, handed over with the commit."""

import json
from dataclasses import replace

import pytest

from app.services.attach_document import (
    AttachDocument,
    CheckDocument,
    attach_document,
    check_document,
    papers_of,
    remove_document,
)
from app.services.enter_application import SubmitApplication, submit_application
from app.services.keep_draft import KeepDraft, discard_draft, keep_draft
from app.services.read_application import read_application
from app.services.steps.application_facts import PaperEntry
from app.services.steps.ids import new_id
from app.services.steps.refusal import RefusalKind, Refused
from db.vocabulary.decisions import PolicyState
from db.vocabulary.loan_life import DocumentKind as Kind
from db.vocabulary.people import FactSource, Role
from db.vocabulary.reasons import PolicyCheck
from tests.services.steps.test_file_kinds import PDF


@pytest.fixture
def attach(desk, tmp_path):
    """Attach a paper of a kind, and check it where wanted."""

    def attached(kind=Kind.PAYSLIP, *, checked=False, name="payslip.pdf"):
        (tmp_path / name).write_bytes(PDF)
        paper = attach_document(AttachDocument(new_id(desk), tmp_path / name, kind), desk)
        if checked:
            paper = check_document(CheckDocument(new_id(desk), paper.attachment_id), desk)
        return paper

    return attached


@pytest.fixture
def form(application_form, registered):
    return replace(application_form, customer_id=registered.customer_id)


def entries(*papers):
    return tuple(PaperEntry(p.attachment_id, p.kind, p.checked_at is not None) for p in papers)


def submit(desk, facts, *papers):
    request = SubmitApplication(new_id(desk), replace(facts, papers=entries(*papers)))
    return submit_application(request, desk)


def test_a_paper_is_stored_as_it_was_and_once(desk, tmp_path):
    (tmp_path / "payslip.pdf").write_bytes(PDF)
    request = AttachDocument(new_id(desk), tmp_path / "payslip.pdf", Kind.PAYSLIP)
    paper = attach_document(request, desk)
    again = attach_document(request, desk)
    assert again == paper
    assert (paper.kind, paper.file_name, paper.size_bytes) == (
        Kind.PAYSLIP, "payslip.pdf", len(PDF),
    )  # fmt: skip
    assert (paper.media_type, paper.checked_by, paper.application_id) == (
        "application/pdf", None, None,
    )  # fmt: skip
    with desk.open_book() as book:
        assert book.attachments.content(desk.person().branch_id, paper.attachment_id) == PDF


def test_who_compared_it_with_the_original_is_noted_and_can_be_taken_back(desk, attach):
    paper = attach(checked=True)
    assert (paper.checked_by, paper.checked_by_name) == (
        desk.person().user_id, desk.person().full_name,
    )  # fmt: skip
    assert paper.checked_at == desk.clock.now()
    request = CheckDocument(new_id(desk), paper.attachment_id, checked=False)
    assert check_document(request, desk).checked_by is None


def test_a_checked_payslip_makes_the_income_a_checked_fact(desk, attach, form):
    told = read_application(submit(desk, form).application_id, desk)
    assert income(told).source is FactSource.TOLD
    assert (income(told).checked, state(told, PolicyCheck.DOC_INCOME)) == (
        False, PolicyState.UNVERIFIED,
    )  # fmt: skip
    seen = submit(desk, form, attach(checked=True), attach(Kind.PHOTO))
    view = read_application(seen.application_id, desk)
    assert income(view).checked
    assert income(view).source is FactSource.DOCUMENT
    assert income(view).source_text == f"Payslips, seen by {desk.person().full_name}"
    assert income(view).date == desk.clock.today()
    assert state(view, PolicyCheck.DOC_INCOME) is PolicyState.PASS
    assert state(view, PolicyCheck.DOC_SET) is PolicyState.NOTE
    assert [paper.kind for paper in view.papers] == [Kind.PAYSLIP, Kind.PHOTO]


def income(view):
    return next(line for line in view.facts if line.label == "Monthly income")


def state(view, check):
    return next(line.state for line in view.policy if line.rule is check)


def test_a_paper_goes_while_it_is_loose_and_stays_once_handed_over(desk, attach, form):
    loose = attach()
    remove_document(new_id(desk), loose.attachment_id, desk)
    remove_document(new_id(desk), loose.attachment_id, desk)
    assert papers_of([loose.attachment_id], desk) == ()
    kept = attach()
    submit(desk, form, kept)
    with pytest.raises(Refused, match="stays on its file"):
        remove_document(new_id(desk), kept.attachment_id, desk)
    with pytest.raises(Refused, match="attach it again"):  # it belongs to the first one
        submit(desk, form, kept)


def test_a_discarded_draft_takes_its_papers_along(desk, attach):
    paper = attach()
    content = {"papers": [str(paper.attachment_id)]}
    draft = keep_draft(KeepDraft("application_form", None, 0, "Asha", content), desk)
    discard_draft(draft.draft_id, desk)
    assert papers_of([paper.attachment_id], desk) == ()


def test_who_may_not_enter_applications_attaches_nothing(desk, someone, tmp_path):
    (tmp_path / "payslip.pdf").write_bytes(PDF)
    reader = someone("auditor1", Role.AUDITOR)
    for act in (
        lambda: attach_document(
            AttachDocument(new_id(desk), tmp_path / "payslip.pdf", Kind.PAYSLIP), reader
        ),
        lambda: check_document(CheckDocument(new_id(desk), new_id(desk)), reader),
        lambda: remove_document(new_id(desk), new_id(desk), reader),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.kind is RefusalKind.NOT_PERMITTED


def test_neither_name_nor_content_stands_readable_in_the_audit(desk, attach):
    paper = attach(name="Asha-Planted-payslip.pdf")
    with desk.open_book() as book:
        trail = book.audit.trail(desk.person().branch_id, [paper.attachment_id])
    assert [entry.act for entry in trail] == ["attach_document"]
    assert "Planted" not in json.dumps([str(entry) for entry in trail])
