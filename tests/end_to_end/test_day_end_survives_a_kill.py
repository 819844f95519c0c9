"""A power cut while days are closed: every day is closed wholly or not at all.

A real process closes a month of days and is killed at some moment; the book is looked at, and the
runs that follow, killed or not, end where one that was never broken off ends. Two hundred kills
on each engine, and how many of them broke off a transaction:
`python3 build/test.py --long tests/end_to_end/test_day_end_survives_a_kill.py -k two_hundred`.
"""

import random
import signal
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import select

from db.tables.loan_account import charges
from db.tables.loans import loans
from ml.sample.book_presets import SANDBOX_DAY
from tests.end_to_end.sample_places import Place, sample_place

BRANCH = 412
DAYS = 31
UNTIL = SANDBOX_DAY + timedelta(days=DAYS)
CLOSE = ("day-end", "--date", UNTIL.isoformat(), "--as-of", UNTIL.isoformat(), "--as", "checker1")
EARLIEST = 0.3  # of the time that a whole run takes: the program is up by then
KILLS = 200
ENGINES = ("sqlite", "postgresql")


@pytest.fixture(scope="module", params=ENGINES)
def template(request, tmp_path_factory) -> Place:
    server = None
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres_server")
    return sample_place(tmp_path_factory.mktemp("desk"), server)


@pytest.fixture(scope="module")
def unbroken(template, tmp_path_factory):
    place = template.copy(tmp_path_factory.mktemp("unbroken") / "desk")
    begin = monotonic()
    place.run(*CLOSE)
    taken_s = monotonic() - begin
    found = standing(place)
    place.remove()
    return found, taken_s


def standing(place: Place):
    """Loans as they stand, charges, the last closed day; the book must be whole."""
    ports = place.ports()
    with ports.open_book().for_reading() as book:
        assert book.cells.differences(BRANCH) == 0
        last = book.day_ends.last_closed(BRANCH)
        run = book._connection.execute
        rows = run(select(loans).order_by(loans.c.number)).mappings().all()
        for row in rows:
            entries = book.loans.npa_entries(BRANCH, row["loan_id"])
            newest = max(
                entries, key=lambda e: (e.business_date, e.recorded_at, e.entry_id), default=None
            )
            assert newest is None or newest.asset_class is row["asset_class"]
            days = [(e.business_date, e.asset_class) for e in entries]
            assert len(days) == len(set(days))  # nothing is entered twice
        levied = run(
            select(charges.c.loan_id, charges.c.value_date, charges.c.amount_paise)
            .where(charges.c.kind == "PENAL", charges.c.due_date.is_not(None))
            .order_by(charges.c.loan_id, charges.c.value_date)
        ).all()
        months = [(each.loan_id, each.value_date) for each in levied]
        assert len(months) == len(set(months))  # no month is charged twice
        kept = (
            *("number", "asset_class", "dpd_bucket", "provision_paise", "npa_since", "status"),
            "charges_due_paise",
        )
        found = [tuple(row[name] for name in kept) for row in rows], [tuple(x) for x in levied]
    ports.engine.dispose()
    return last, found


def killed(place: Place, share: float, whole_s: float) -> bool | None:
    """Kill a run of the day-end when a share of the time of a whole one has passed.

    Whether a day's transaction was broken off; None where the run had come to its end.
    """
    process = subprocess.Popen(
        place.command(*CLOSE), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    inside = False
    try:
        process.wait(share * whole_s)
    except subprocess.TimeoutExpired:
        inside = place.kill(process)
    ended = process.wait()
    assert ended in (0, -signal.SIGKILL)
    return inside if ended else None


@pytest.mark.parametrize("share", [0.5, 0.75])
def test_a_killed_run_leaves_whole_days_and_is_taken_up(template, unbroken, tmp_path, share):
    whole, whole_s = unbroken
    place = template.copy(tmp_path / "desk")
    killed(place, share, whole_s)
    standing(place)
    place.run(*CLOSE)
    assert standing(place) == whole
    place.remove()


def kill_until_closed(
    template: Place, folder: Path, rng: random.Random, unbroken
) -> Iterator[tuple[int, bool]]:
    """Kill the runs of one book until its month is closed all the same.

    Of each kill: how many days were closed by then, and whether one's transaction was broken off.
    """
    whole, whole_s = unbroken
    place, days, found = template.copy(folder), 0, None
    while days < DAYS:
        left = (1 - EARLIEST) * (DAYS - days) / DAYS
        inside = killed(place, EARLIEST + rng.random() * left, whole_s)
        found = standing(place)
        days = (found[0] - SANDBOX_DAY).days
        if inside is not None:
            yield days, inside
    assert found == whole
    place.remove()


@pytest.mark.long
def test_two_hundred_kills_at_random_moments(template, unbroken, tmp_path, record_property):
    rng = random.Random(20261126)  # noqa: S311  # moments, no secret
    kills: list[tuple[int, bool]] = []
    books = 0
    while len(kills) < KILLS:
        kills += kill_until_closed(template, tmp_path / str(books), rng, unbroken)
        books += 1
    broken = [days for days, _ in kills if 0 < days < DAYS]
    inside = sum(inside for _, inside in kills)
    record_property(
        "told",
        f"{len(kills)} kills on {books} books, {inside} inside a day's transaction,"
        f" {len(broken)} between days 1 and {DAYS - 1}",
    )
    assert len(set(broken)) > 5, f"hardly a run was broken off: {sorted(kills)}"
    assert inside > KILLS // 10
