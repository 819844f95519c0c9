"""The self-test as a bundle runs it after an installation: a process of its own, every screen."""

import json
import os
import subprocess
import sys

from app.ui.screen_catalogue import PLACES
from tests.conftest import PROJECT


def test_every_screen_opens_and_the_score_is_replayed() -> None:
    command = [sys.executable, str(PROJECT / "main.py"), "self-test", "--json"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    answer = json.loads(done.stdout)
    failed = [each["name"] for each in answer["screens"] if each["state"] != "ok"]
    assert (failed, done.returncode) == ([], 0)
    assert {each["name"] for each in answer["screens"]} == {*PLACES, "replayed score"}
