from dataclasses import replace
from datetime import date
from decimal import Decimal

from app.file_formats.import_row_models import ImportedRow
from app.services.steps.ids import new_id
from app.services.steps.import_block import ImportWriter
from app.services.steps.import_records import ImportFrame
from db.records.book import ImportBatch
from db.records.lists import ApplicationFilter, CustomerFilter, Viewer
from db.vocabulary.decisions import Band
from db.vocabulary.lending import LoanPurpose

ROW = ImportedRow(
    row=2,
    customer_reference="7",
    reference="1",
    loan_amount=Decimal(200_000),
    loan_tenure_months=36,
    rate_ppm=120_000,
    loan_purpose=LoanPurpose.DEBT_CONSOLIDATION,
    monthly_income=Decimal(50_000),
    application_date=date(2026, 9, 1),
)


def test_a_borrower_seen_again_in_a_later_block_stays_one_customer(desk, rulebook):
    frame = ImportFrame(
        desk=desk,
        actor=desk.person(),
        rulebook=rulebook,
        import_id=new_id(desk),
        factor=Decimal(1),
        imported_at=desk.clock.now(),
        as_of=desk.clock.today(),
    )
    viewer = Viewer(412, None, desk.clock.today())
    with desk.open_book() as book:
        batch = ImportBatch(
            frame.import_id, "x.csv", "0" * 64, "applications", 3, 3, "", frame.imported_at
        )
        book.imports.add(412, batch)
        writer = ImportWriter(book, frame)
        writer.write([ROW, replace(ROW, row=3, reference="2", customer_reference="8")])
        writer.write([replace(ROW, row=4, reference="3")])
        book.commit()
    with desk.open_book() as book:
        assert book.customers.count(viewer, CustomerFilter()) == 2
        assert book.applications.count(viewer, ApplicationFilter()) == 3
    # The file says nothing of work or experience, so the model was not made for these rows.
    assert writer.bands == {Band.OUT_OF_RANGE: 3}
