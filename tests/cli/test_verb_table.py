import json
import os
from dataclasses import replace

import pytest

from app.book_ports import shipped_rulebook
from app.cli import verb_table
from app.cli.refusals import told
from app.cli.verb import Access, Answered, Verb, no_arguments
from app.cli.verb_table import VERBS, run_verb, verb_names
from app.rules.permissions import Act, NotPermittedError
from app.services.sign_in import CreateFirstUser, create_first_user
from app.services.steps.progress import StoppedError
from app.services.steps.refusal import RefusalKind, Refused
from app.settings import SettingsError
from db.records.refusals import BookBusy, BookUnreachable, SchemaTooNew, SealBroken

PHRASE = "a long enough phrase"


def test_every_verb_has_one_name_and_help():
    names = [verb.name for verb in VERBS]
    assert len(names) == len(set(names))
    assert {"register", "apply", "score", "explain", "calculate"} <= verb_names()
    assert all(verb.help for verb in VERBS)


@pytest.mark.parametrize(
    "argv", [["nonsense"], ["score"], ["customers", "--as-of", "soon"], ["customers", "--zzz"]]
)
def test_wrong_words_are_a_usage_error(argv, capsys):
    assert run_verb([*argv, "--json"], lambda _request: None) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert json.loads(said.err)["error"]["code"] == "usage"


def test_a_password_is_asked_outside_the_sandbox(run_on, own_desk, monkeypatch):
    assert run_on(own_desk, "customers").error["code"] == "not_permitted"
    create_first_user(CreateFirstUser("ravi", "Ravi Reddy", "0412", PHRASE), own_desk)
    assert run_on(own_desk, "customers").code == 8
    assert run_on(own_desk, "customers", "--as", "ravi").code == 8
    monkeypatch.setitem(os.environ, "KASAUTI_PASSWORD", "wrong")
    assert "not right" in run_on(own_desk, "customers", "--as", "ravi").error["message"]
    monkeypatch.setitem(os.environ, "KASAUTI_PASSWORD", PHRASE)
    assert run_on(own_desk, "customers", "--as", "ravi").answer["total"] == 0


def test_each_known_error_has_its_exit_code():
    codes = {
        told(fault).exit_code: fault
        for fault in (
            SettingsError("The settings file has an unknown name"),
            BookUnreachable(),
            SchemaTooNew(),
            Refused(RefusalKind.MODEL, "The model file was changed"),
            ValueError("No rule holds on that day"),
            NotPermittedError(Act.DECIDE_APPLICATION),
            BookBusy(),
            SealBroken(),
            StoppedError(1, 2),
        )
    }
    assert sorted(codes) == [3, 4, 5, 6, 7, 8, 9, 10, 130]


def test_own_exit_codes_faults_and_interrupts(run, monkeypatch):
    def fault(_arguments, _desk):
        message = "secret inside"
        raise RuntimeError(message)

    def interrupt(_arguments, _desk):
        raise KeyboardInterrupt

    extra = (
        Verb("half", "", no_arguments, lambda _a, _d: Answered({"state": "fail"}, 10), Access.OPEN),
        Verb("fault", "", no_arguments, fault, Access.OPEN),
        Verb("stop", "", no_arguments, interrupt, Access.NO_BOOK),
    )
    monkeypatch.setattr(verb_table, "VERBS", extra)
    half = run("half")
    assert (half.code, json.loads(half.out)) == (10, {"state": "fail"})
    broken = run("fault")
    assert broken.code == 1
    assert "secret" not in broken.err
    assert "Traceback" not in broken.err
    assert run("stop").code == 130


@pytest.fixture
def bookless(own_desk):
    """A desk with the shipped rules whose book must not be opened."""

    def no_book():
        raise AssertionError

    return replace(own_desk, open_book=no_book, rulebook=shipped_rulebook)


def test_calculate_needs_no_book(run_on, bookless):
    case = {"principal": "1000000.00", "annual_rate_percent": "12.25", "months": 60}
    said = run_on(bookless, "calculate", "nonsense", case, "--as-of", "2026-11-23")
    assert said.code == 7
    assert "Choose one of" in said.error["message"]


def test_a_refused_calculation_is_printed_and_exits_with_seven(run_on, bookless):
    good = {"principal": "20000.00", "rate": "15", "months": 24}
    for content, code in (
        (good, 0),
        ({**good, "principal": "0.00"}, 7),
        ([good, {**good, "months": 0}], 7),
    ):
        said = run_on(bookless, "calculate", "emi", content, "--as-of", "2026-11-23")
        assert said.code == code
        assert ("refused" in said.out) is bool(code)
