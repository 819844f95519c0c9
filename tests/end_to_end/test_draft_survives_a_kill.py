"""A power cut in the middle of typing: the draft lacks at most the last two seconds (F8).

A real process types into a real window and is killed; the figures of many kills are printed by
`draft_kills.py`. Loss is counted in keys at the typist's pace, so a slow machine fails no test.
"""

import pytest
from PySide6.QtWidgets import QWidget

from app import bootstrap
from app.services.keep_draft import my_drafts
from app.services.sign_in import SignIn, sign_in
from app.settings import read_settings
from tests.end_to_end.conftest import WAIT_MS
from tests.end_to_end.draft_kills import (
    MOST_LOST_KEYS,
    kill_while_typing,
    new_desk_folder,
    seeded_kills,
)
from tests.end_to_end.steady_typist import PASSWORD, STAFF_ID, text


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    return new_desk_folder(tmp_path_factory.mktemp("template"))


@pytest.mark.parametrize(("form", "after_s"), [("customer_form", 4.1), ("application_form", 3.3)])
def test_at_most_two_seconds_of_typing_are_lost(template, tmp_path, form, after_s, qtbot):
    kill = kill_while_typing(template, tmp_path / "desk", form, after_s)
    assert kill.typed > MOST_LOST_KEYS, "the typist hardly typed"
    assert kill.typed - kill.kept <= MOST_LOST_KEYS

    window = bootstrap.window_of(read_settings({}, {"data_dir": str(tmp_path / "desk")}))
    window.show()
    window.sign_in(sign_in(SignIn(STAFF_ID, PASSWORD), window.desk).actor)
    [draft] = my_drafts(window.desk)
    window.navigate(form, draft_id=draft.draft_id)
    page = window.findChild(QWidget, f"screen.{form}")
    qtbot.waitUntil(lambda: shows(page, kill.texts), timeout=WAIT_MS)
    page.discard_draft()  # so that nothing is unsaved when the window closes
    window.close()
    qtbot.waitUntil(lambda: not window.workbench.runner.active(), timeout=WAIT_MS)
    window.deleteLater()


def shows(page, texts):
    found = {name: page.findChild(QWidget, name) for name in texts}
    return all(text(found[name]).strip() == typed.strip() for name, typed in texts.items())


@pytest.mark.long
def test_a_hundred_kills_at_random_moments(template, tmp_path):
    kills = [
        kill_while_typing(template, tmp_path / str(number), form, after_s)
        for number, (form, after_s) in enumerate(seeded_kills(100, seed=20261123))
    ]
    lost = [kill.typed - kill.kept for kill in kills]
    assert len(lost) == 100
    assert max(lost) <= MOST_LOST_KEYS
