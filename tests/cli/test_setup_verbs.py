from dataclasses import replace

import pytest

from app.services.steps.refusal import RefusalKind, Refused


@pytest.fixture
def on_own_desk(own_desk, run_on):
    return lambda *words, desk=own_desk: run_on(desk, *words)


def test_version_names_every_part(on_own_desk):
    answer = on_own_desk("version").answer
    assert set(answer) == {"version", "commit", "python", "qt", "edition", "model_id", "schema"}
    assert answer["edition"] == "full"
    assert answer["model_id"]


def test_migrate_is_safe_to_repeat(on_own_desk):
    first = on_own_desk("migrate").answer
    assert first == on_own_desk("migrate").answer
    assert first["to"]


def test_check_tells_every_setting_with_its_origin(on_own_desk):
    answer = on_own_desk("check", "--branch", "0412").answer
    names = {line["name"]: line for line in answer["checks"]}
    assert {"database", "schema", "rules", "model", "fonts", "disk", "clock"} <= set(names)
    assert names["setting branch"]["detail"] == "0412 (command line)"
    assert answer["state"] in {"ok", "warn"}


def test_a_failing_check_exits_with_ten(on_own_desk, own_desk):
    def no_model():
        raise Refused(RefusalKind.MODEL, "The model file differs")

    said = on_own_desk("check", desk=replace(own_desk, model=no_model))
    assert said.code == 10
    assert '"state": "fail"' in said.out


def test_sample_data_fills_an_empty_book_once(on_own_desk):
    sizes = ("--customers", "20", "--applications", "30")
    answer = on_own_desk("sample-data", *sizes).answer
    assert answer["customers"] == 20
    assert set(answer["applications"]) == {"total", "approved", "rejected", "pending"}
    assert set(answer["loans"]) == {"total", "active", "closed", "defaulted"}
    assert answer["as_of"] == "2026-09-30"
    refused = on_own_desk("sample-data", *sizes)
    assert refused.code == 9
    assert "already holds customers" in refused.error["message"]


@pytest.mark.parametrize(
    "words", [("--customers", "0"), ("--preset", "x"), ("--random-state", "-1")]
)
def test_sizes_that_make_no_sense_are_usage(on_own_desk, words):
    assert on_own_desk("sample-data", *words).code == 2
