"""The verb `document`: a letter written to a file without a window."""

import hashlib

import pytest

from tests.cli.test_decision_verbs import APPROVE, NOTE
from tests.file_formats.letter_reading import pages_of


@pytest.fixture
def on_sandbox(sandbox_desk, run_on):
    return lambda *words: run_on(sandbox_desk, *words)


@pytest.fixture
def application(on_sandbox, customer_json, loan_json):
    customer = on_sandbox("register", customer_json).answer
    loan = {**loan_json, "customer_id": customer["customer_id"]}
    return on_sandbox("apply", loan).answer["reference"]


@pytest.fixture
def approved(on_sandbox, application):
    on_sandbox("propose", application, *APPROVE)
    on_sandbox("decide", application, *APPROVE, "--as", "checker1")
    return application


@pytest.mark.parametrize("kind", ["kfs", "sanction", "schedule", "file-note"])
@pytest.mark.parametrize("language", ["en", "hi"])
def test_a_letter_is_written_with_its_hash(on_sandbox, approved, tmp_path, kind, language):
    file = tmp_path / "letter.pdf"
    said = on_sandbox("document", approved, "--kind", kind, "--lang", language, "--out", file)
    answer = said.answer
    assert answer["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert (answer["copy"], answer["file"]) == (0, str(file))
    assert answer["language"] == language
    words = "".join(pages_of(file.read_bytes()))
    assert any("\u0900" <= letter <= "\u097f" for letter in words) is (language == "hi")
    assert answer["pages"] >= 1
    again = on_sandbox("document", approved, "--kind", kind, "--lang", language, "--out", file)
    assert (again.answer["copy"], again.answer["number"]) == (1, answer["number"])
    assert again.answer["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert [each.name for each in tmp_path.glob("*.pdf*")] == ["letter.pdf"]


def test_a_statement_is_of_a_loan_and_a_period(own_desk, fill, run_on, tmp_path):
    fill(20, 30)
    file = tmp_path / "account.pdf"
    period = ("--from", "2026-01-01", "--to", "2026-06-30")
    written = ("--kind", "statement", "--lang", "hi", "--out", file)
    answer = run_on(own_desk, "document", "L-1002", *written, *period).answer
    assert answer["document_id"] is None  # it is not kept: the account itself is
    assert answer["number"] == "STATEMENT-1002"
    assert (answer["language"], answer["copy"], answer["file"]) == ("hi", 0, str(file))
    assert answer["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert answer["pages"] == len(pages_of(file.read_bytes())) > 0
    assert "30जून2026" in "".join("".join(pages_of(file.read_bytes())).split())
    assert run_on(own_desk, "document", "L-999999", *written).code == 7


def test_a_rejection_is_written(on_sandbox, application, tmp_path):
    rejected = ("--decision", "reject", "--reason", "REJ-TITLE", "--note", NOTE)
    override = ("--override", "OVR-PAPERS-DOUBT")
    on_sandbox("propose", application, *rejected, *override)
    on_sandbox("decide", application, *rejected, *override, "--as", "checker1")
    file = tmp_path / "no.pdf"
    assert on_sandbox("document", application, "--kind", "rejection", "--out", file).code == 0
    assert on_sandbox("document", application, "--kind", "kfs", "--out", file).code == 9


def test_refusals_come_before_a_letter_is_made(on_sandbox, approved, tmp_path):
    (tmp_path / "folder.pdf").mkdir()
    for name in ("letter.txt", "nowhere/letter.pdf", "folder.pdf"):
        said = on_sandbox("document", approved, "--kind", "kfs", "--out", tmp_path / name)
        assert said.code == 7
        assert str(tmp_path) not in said.error["message"]
    file = tmp_path / "kfs.pdf"
    assert on_sandbox("document", approved, "--kind", "kfs", "--out", file).answer["copy"] == 0


def test_other_refusals_have_their_codes(on_sandbox, application, approved, tmp_path):
    file = tmp_path / "letter.pdf"
    wish = ("--kind", "kfs", "--out", file)
    assert on_sandbox("document", "A-9999", *wish).code == 7
    assert on_sandbox("document", approved, "--kind", "poem", "--out", file).code == 2
    assert on_sandbox("document", approved, "--kind", "statement", "--out", file).code == 7
    assert on_sandbox("document", approved, *wish, "--as", "analyst1").code == 8
    on_sandbox("document", approved, *wish)
    recalled = on_sandbox("recall", approved, "--as", "checker1")
    assert (recalled.code, "letter" in recalled.error["message"]) == (9, True)


def test_without_a_decision_there_is_no_letter(on_sandbox, application, tmp_path):
    said = on_sandbox("document", application, "--kind", "kfs", "--out", tmp_path / "a.pdf")
    assert (said.code, list(tmp_path.glob("*.pdf"))) == (9, [])


def test_a_language_without_letters_is_refused_in_a_sentence(on_sandbox, approved, tmp_path):
    words = ("document", approved, "--kind", "kfs", "--out", tmp_path / "kfs.pdf")
    for option in ("--lang", "--language"):
        said = on_sandbox(*words, option, "fr")
        assert said.code == 7
        assert said.error["fields"]["lang"] == "Choose a language of letters: en, hi"
    assert not (tmp_path / "kfs.pdf").exists()
