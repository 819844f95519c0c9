from dataclasses import replace
from pathlib import Path

import pytest

from app.services.import_rows import ImportRows, import_rows, suggest_mapping, undo_import
from app.services.steps.progress import StoppedError
from app.services.steps.refusal import RefusalKind, Refused
from db.records.lists import ApplicationFilter, CustomerFilter, Viewer
from db.records.refusals import NotFound
from db.vocabulary.decisions import Band
from db.vocabulary.operations import ImportKind
from db.vocabulary.people import Role

HEADER = "loan_id,borrower_id,loan_amount,loan_term,interest_rate,annual_income,loan_purpose\n"
LINES = [f"{n},{n + 100},5000, 36 months,11.5,{60_000 + n},credit_card\n" for n in range(1, 6)]
BAD = "9,109,5000, 36 months,11.5,0,credit_card\n"
KIND = ImportKind.APPLICATIONS


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "loans.csv"
    path.write_text(HEADER + "".join(LINES), encoding="utf-8")
    return path


@pytest.fixture
def wrong_file(tmp_path: Path) -> Path:
    path = tmp_path / "wrong.csv"
    path.write_text(HEADER + "".join(LINES) + BAD, encoding="utf-8")
    return path


def request_of(file: Path, **wishes: bool) -> ImportRows:
    mapping = suggest_mapping(file, KIND).mapping
    mapping["currency"] = {"code": "USD", "factor": "83.25"}
    return ImportRows(file, KIND, mapping, **wishes)


def counts(desk) -> tuple[int, int]:
    viewer = Viewer(412, None, desk.clock.today())
    with desk.open_book() as book:
        return (
            book.customers.count(viewer, CustomerFilter()),
            book.applications.count(viewer, ApplicationFilter()),
        )


def test_rows_come_in_scored_and_the_factor_is_kept(desk, file):
    done = import_rows(request_of(file), desk)
    assert (done.rows, done.written, done.scored) == (5, 5, 5)
    assert done.bands == {Band.OUT_OF_RANGE: 5}
    assert counts(desk) == (5, 5)
    with desk.open_book() as book:
        batch = book.imports.get(412, done.import_id)
        assert book.applications.unscored(412) == ()
        assert book.audit.verify(412).first_bad is None
    assert batch.currency_note == "1 USD = 83.25 INR, set in the mapping"
    assert (batch.file_name, batch.written) == ("loans.csv", 5)


def test_nothing_is_written_while_a_row_is_wrong(desk, wrong_file):
    done = import_rows(request_of(wrong_file), desk)
    assert (done.import_id, done.written, done.error_count) == (None, 0, 1)
    assert done.errors[0].row == 7
    assert counts(desk) == (0, 0)


def test_good_rows_come_in_when_asked(desk, wrong_file):
    done = import_rows(request_of(wrong_file, good_rows_only=True), desk)
    assert (done.rows, done.written, done.error_count) == (6, 5, 1)
    assert counts(desk) == (5, 5)


def test_a_check_writes_nothing(desk, file):
    done = import_rows(request_of(file, check_only=True), desk)
    assert (done.import_id, done.rows, done.error_count) == (None, 5, 0)
    assert counts(desk) == (0, 0)


def test_the_same_file_is_refused_unless_asked(desk, file, tmp_path):
    import_rows(request_of(file), desk)
    copy = tmp_path / "copy.csv"
    copy.write_bytes(file.read_bytes())
    with pytest.raises(Refused, match="imported before") as refused:
        import_rows(request_of(copy), desk)
    assert refused.value.kind is RefusalKind.CONFLICT
    assert import_rows(request_of(copy, again=True), desk).written == 5
    assert counts(desk) == (10, 10)


def test_an_import_can_be_taken_back(desk, file):
    done = import_rows(request_of(file), desk)
    assert undo_import(done.import_id, desk).removed == 10
    assert counts(desk) == (0, 0)
    with pytest.raises(NotFound):
        undo_import(done.import_id, desk)
    assert import_rows(request_of(file), desk).written == 5


def test_a_stopped_import_leaves_nothing(desk, file):
    with pytest.raises(StoppedError):
        import_rows(request_of(file), desk, cancelled=lambda: True)
    assert counts(desk) == (0, 0)
    with desk.open_book() as book:
        assert book.imports.list(412) == ()


def test_customers_alone_can_be_imported(desk, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("borrower_id,monthly_income\n1,50000\n2,60000\n", encoding="utf-8")
    mapping = suggest_mapping(path, ImportKind.CUSTOMERS).mapping
    done = import_rows(ImportRows(path, ImportKind.CUSTOMERS, mapping), desk)
    assert (done.written, done.scored) == (2, 0)
    assert counts(desk) == (2, 0)


def test_a_mapping_or_file_that_cannot_be_used_is_refused(desk, file, tmp_path):
    request = request_of(file)
    with pytest.raises(Refused, match="not for customers"):
        import_rows(replace(request, kind=ImportKind.CUSTOMERS), desk)
    with pytest.raises(Refused, match="cannot be used at"):
        import_rows(replace(request, mapping={"kind": "applications"}), desk)
    with pytest.raises(Refused, match="cannot be read"):
        import_rows(replace(request, file=tmp_path / "absent.csv"), desk)
    with pytest.raises(Refused, match="cannot be read"):
        suggest_mapping(tmp_path / "absent.csv", KIND)


def test_only_some_roles_may_import(someone, file):
    with pytest.raises(Refused, match="does not allow"):
        import_rows(request_of(file), someone("priya", Role.AUDITOR))


def test_the_real_file_is_understood(shared_data):
    found = suggest_mapping(shared_data / "lendingclub_25k" / "Lending_Club.csv", KIND)
    assert found.missing == ()
    assert found.unused_columns == ("housing", "Default")
    columns = found.mapping["columns"]
    assert len(columns["loan_purpose"]["values"]) == 14
    assert columns["monthly_income"] == {"column": "annual_income", "unit": "per_year"}
    assert columns["loan_tenure_months"]["format"] == "leading_number"


def test_the_real_file_is_checked_as_its_readme_says(shared_data, desk):
    file = shared_data / "lendingclub_25k" / "Lending_Club.csv"
    done = import_rows(request_of(file, check_only=True), desk)
    assert (done.rows, done.warning_count) == (24_999, 39)
    columns = [each.column for each in done.errors]
    assert columns.count("annual_income") == 10
    assert columns.count("debt_to_income") == 2
    assert done.error_count == 12


def test_a_thousand_real_rows_come_in(shared_data, desk, tmp_path):
    lines = (shared_data / "lendingclub_25k" / "Lending_Club.csv").open(newline="").readlines()
    slice_file = tmp_path / "slice.csv"
    slice_file.write_text("".join(lines[:1_001]), newline="")
    done = import_rows(request_of(slice_file, good_rows_only=True), desk)
    assert (done.rows, done.written, done.scored) == (1_000, 999, 999)
    assert counts(desk) == (999, 999)
