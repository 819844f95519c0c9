"""Kill a window while somebody types, open its draft and say how much typing is lost (F8).

Run by itself it does so many times and prints the worst:
`python -m tests.end_to_end.draft_kills --kills 100`.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from app import bootstrap
from app.services.keep_draft import my_drafts
from app.services.sign_in import CreateFirstUser, SignIn, create_first_user, sign_in
from app.services.steps.desk import Desk
from app.settings import read_settings
from tests.end_to_end.steady_typist import KEY_EVERY_MS, PASSWORD, STAFF_ID, TYPED

PROJECT = Path(__file__).resolve().parents[2]
EARLIEST_S, LATEST_S = 0.2, 9.0
MOST_LOST_S = 2.0
MOST_LOST_KEYS = int(MOST_LOST_S * 1_000 / KEY_EVERY_MS)
FORMS = tuple(TYPED)


@dataclass(frozen=True)
class Kill:
    """One killed window.

    Attributes:
        typed: keys pressed before the kill.
        kept: how many of them the draft holds.
        lost_s: seconds from the first key that is lost to the kill; 0 if none is.
        texts: what the draft holds of the fields that were typed into.
    """

    form: str
    after_s: float
    typed: int
    kept: int
    lost_s: float
    texts: dict[str, str]


def new_desk_folder(folder: Path) -> Path:
    """A desk with its first user."""
    desk = desk_of(folder)
    create_first_user(CreateFirstUser(STAFF_ID, "Anita Desai", "0412", PASSWORD), desk)
    return folder


def desk_of(folder: Path) -> Desk:
    """The desk of a data folder."""
    return bootstrap.desk_ports(read_settings({}, {"data_dir": str(folder)})).desk()


def kill_while_typing(template: Path, folder: Path, form: str, after_s: float) -> Kill:
    """Type on a copy of a desk, kill the process `after_s` after the first key, read the draft."""
    shutil.copytree(template, folder)
    command = [sys.executable, "-m", "tests.end_to_end.steady_typist", str(folder), form]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        command,
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as child:
        lines = [child.stdout.readline()]
        first = json.loads(lines[0])["at"]
        sleep(max(0.0, first + after_s - monotonic()))  # the moment of the power cut itself
        child.send_signal(signal.SIGKILL)
        killed = monotonic()
        lines += child.stdout.readlines()
    states = [json.loads(line) for line in lines if line.endswith("\n")]
    draft = stored_draft(folder)
    kept = next((n for n in range(len(states), 0, -1) if holds(draft, states[n - 1]["texts"])), 0)
    lost_s = 0.0 if kept == len(states) else killed - states[kept]["at"]
    texts = states[kept - 1]["texts"] if kept else {}
    return Kill(form, after_s, len(states), kept, lost_s, texts)


def stored_draft(folder: Path) -> dict | None:
    """The content of the one draft of a desk."""
    desk = desk_of(folder)
    drafts = my_drafts(desk.acting(sign_in(SignIn(STAFF_ID, PASSWORD), desk).actor))
    assert len(drafts) <= 1, "one form has one draft"
    return json.loads(drafts[0].content) if drafts else None


def holds(draft: dict | None, texts: dict[str, str]) -> bool:
    """Whether a draft holds exactly these texts."""
    if draft is None:
        return False
    kept = {**draft, **draft.get("fields", {}), **draft.get("texts", {})}
    return all(str(kept.get(name) or "").strip() == text.strip() for name, text in texts.items())


def seeded_kills(count: int, seed: int) -> list[tuple[str, float]]:
    """Forms in turn, each with a moment to kill at."""
    chance = random.Random(seed)  # noqa: S311  # moments of a test, no secret
    moments = [chance.uniform(EARLIEST_S, LATEST_S) for _ in range(count)]
    return [(FORMS[number % len(FORMS)], moment) for number, moment in enumerate(moments)]


def main() -> None:
    """Kill many times and print what was lost."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--at-once", type=int, default=2)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        template = new_desk_folder(Path(made) / "template")

        def one(number: int, form: str, after_s: float) -> Kill:
            return kill_while_typing(template, Path(made) / str(number), form, after_s)

        with ThreadPoolExecutor(wanted.at_once) as pool:
            plans = enumerate(seeded_kills(wanted.kills, wanted.seed))
            runs = [pool.submit(one, number, *plan) for number, plan in plans]
            kills = [run.result() for run in runs]
    lost = sorted(kill.lost_s for kill in kills)
    worst = max(kills, key=lambda kill: kill.lost_s)
    over = sum(seconds > MOST_LOST_S for seconds in lost)
    sys.stdout.write(
        f"{len(kills)} kills: worst {worst.lost_s:.2f} s ({worst.typed - worst.kept} keys, "
        f"{worst.form}), median {lost[len(lost) // 2]:.2f} s, over {MOST_LOST_S} s: {over}\n"
    )
    sys.exit(1 if over else 0)


if __name__ == "__main__":
    main()
