"""Attached papers: sealed with their names, tied to their row, listed without their content."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from db.records.attachments import Attachment
from db.records.refusals import NotFound, SealBroken
from db.tables.attachments import attachments
from db.vocabulary.loan_life import DocumentKind

BRANCH = 412
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
CONTENT = b"%PDF-1.7 the planted payslip %%EOF"


@pytest.fixture
def paper(samples):
    return Attachment(
        attachment_id=samples.new_id(),
        kind=DocumentKind.PAYSLIP,
        file_name="planted name.pdf",
        media_type="application/pdf",
        size_bytes=len(CONTENT),
        sha256="ab" * 32,
        attached_by=samples.officer,
        attached_at=AT,
    )


def test_a_paper_comes_back_and_its_list_reads_no_content(book, paper, statements):
    book.attachments.add(BRANCH, paper, CONTENT)
    assert book.attachments.get(BRANCH, paper.attachment_id) == paper
    assert book.attachments.content(BRANCH, paper.attachment_id) == CONTENT
    statements.clear()
    assert book.attachments.get_many(BRANCH, [paper.attachment_id]) == (paper,)
    assert len(statements) == 1
    assert "content_sealed" not in statements[0]
    assert book.attachments.get_many(BRANCH, []) == ()


def test_another_branch_has_no_such_paper(book, paper):
    book.attachments.add(BRANCH, paper, CONTENT)
    with pytest.raises(NotFound):
        book.attachments.get(BRANCH + 1, paper.attachment_id)
    with pytest.raises(NotFound):
        book.attachments.content(BRANCH + 1, paper.attachment_id)
    assert book.attachments.delete_loose(BRANCH + 1, paper.attachment_id) == 0
    assert book.attachments.delete_loose(BRANCH, paper.attachment_id) == 1


def test_name_and_content_are_sealed_and_open_at_their_row_only(book, paper, samples):
    other = replace(paper, attachment_id=samples.new_id())
    book.attachments.add(BRANCH, paper, CONTENT)
    book.attachments.add(BRANCH, other, CONTENT)
    connection = book._connection
    rows = connection.execute(attachments.select()).mappings().all()
    for row in rows:
        assert b"planted" not in bytes(row["content_sealed"]) + bytes(row["file_name_sealed"])
    assert bytes(rows[0]["content_sealed"]) != bytes(rows[1]["content_sealed"])
    moved = next(r for r in rows if r["attachment_id"] == other.attachment_id)["content_sealed"]
    connection.execute(
        update(attachments)
        .where(attachments.c.attachment_id == paper.attachment_id)
        .values(content_sealed=moved)
    )
    with pytest.raises(SealBroken):
        book.attachments.content(BRANCH, paper.attachment_id)


def test_who_checked_comes_with_when(book, paper, samples):
    book.attachments.add(BRANCH, paper, CONTENT)
    book.attachments.set_checked(BRANCH, paper.attachment_id, samples.officer, AT)
    seen = book.attachments.get(BRANCH, paper.attachment_id)
    assert (seen.checked_by, seen.checked_at) == (samples.officer, AT)
    with pytest.raises(IntegrityError):
        book._connection.execute(update(attachments).values(checked_at=None))
