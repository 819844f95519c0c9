import tomllib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.rules.rulebook import Rulebook
from app.services.check_desk import VERSION, check_desk, migrate_book, read_versions
from app.services.steps.refusal import RefusalKind, Refused
from app.settings import read_settings
from db.vocabulary.operations import CheckState, Edition
from tests.services.sample_desks import small_sandbox

PROJECT = Path(__file__).resolve().parents[2]


def by_name(checked):
    return {line.name: line for line in checked.checks}


def test_a_healthy_desk_says_so(desk):
    checked = check_desk(desk)
    lines = by_name(checked)
    assert checked.state is not CheckState.FAIL
    assert lines["model"].state is CheckState.OK
    assert lines["schema"].state is CheckState.OK
    assert lines["audit"].state is CheckState.OK
    # Outside a sandbox somebody has still to confirm the shipped example rows.
    assert lines["rules"].state is CheckState.WARN


def test_a_sandbox_needs_no_officer_to_confirm_its_rules(request):
    desk, _ = small_sandbox(request)
    assert by_name(check_desk(desk))["rules"].state is CheckState.OK


def test_a_refused_model_fails_the_desk_and_the_other_checks_still_answer(desk):
    def no_model():
        raise Refused(RefusalKind.MODEL, "The model file differs")

    checked = check_desk(replace(desk, model=no_model))
    assert checked.state is CheckState.FAIL
    assert by_name(checked)["model"].detail == "The model file differs"
    assert by_name(checked)["disk"].state is CheckState.OK
    assert read_versions(replace(desk, model=no_model)).model_id is None


def test_an_edited_audit_entry_fails_the_desk(request, desk):
    engine_url = getattr(request.node, "callspec", None)
    assert engine_url is not None
    from db.records.book import AuditAct

    with desk.open_book() as book:
        book.audit.append(412, AuditAct("test", "book", None, "x", desk.clock.now()))
        book.audit.append(412, AuditAct("test", "book", None, "y", desk.clock.now()))
        connection = book.audit._session.connection
        from sqlalchemy import text

        connection.execute(text("update audit_entries set actor_staff_id = 'z' where sequence = 1"))
        book.commit()
    line = by_name(check_desk(desk))["audit"]
    assert line.state is CheckState.FAIL
    assert "entry 1" in line.detail


def test_settings_are_told_with_their_origin_and_no_password(desk):
    settings = read_settings(
        {"KASAUTI_DATABASE": "postgresql://ravi:secret@server/book"}, {"branch": "0412"}
    )
    lines = by_name(check_desk(desk, settings))
    assert lines["setting database"].detail == "server/book (KASAUTI_DATABASE)"
    assert lines["setting branch"].detail == "0412 (command line)"


def test_keys_in_a_file_are_a_warning(desk):
    assert by_name(check_desk(desk))["keys"].state is CheckState.OK
    (desk.data_dir / "book.keys").touch()
    assert by_name(check_desk(desk))["keys"].state is CheckState.WARN


@pytest.mark.parametrize(("free", "state"), [(5, "fail"), (500_000_000, "warn"), (10**12, "ok")])
def test_a_full_disk_is_seen(desk, free, state, monkeypatch):
    import shutil

    usage = shutil.disk_usage(desk.data_dir)._replace(free=free)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage)
    assert by_name(check_desk(desk))["disk"].state == state


def test_the_version_is_the_projects(desk):
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = read_versions(desk)
    assert versions.version == VERSION == project["version"]
    assert versions.edition is Edition.FULL
    assert versions.schema


def test_migrating_again_changes_nothing(desk):
    state = migrate_book(desk)
    again = migrate_book(replace(desk, found_schema=state.after))
    assert again.before == again.after == state.after


def test_a_rule_that_has_run_out_is_named(desk):
    book = desk.rulebook()
    ended = [
        replace(row, effective_to=desk.clock.today() - timedelta(days=1))
        if row.code == "gst_rate"
        else row
        for row in book.rows
    ]
    short = replace(desk, rulebook=lambda: Rulebook(ended, book.products))
    line = by_name(check_desk(short))["rules"]
    assert line.state is CheckState.FAIL
    assert "gst_rate (ALL)" in line.detail
