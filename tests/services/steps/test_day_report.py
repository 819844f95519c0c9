"""The end-of-day report as a file."""

import csv
import io
from datetime import date

from app.services.steps.day_report import HEAD, day_report
from app.services.steps.day_work import ClosedDay, Movement, WaitingAct
from db.records.day_end import ProvisionSum
from db.vocabulary.loan_life import AssetClass, ProvisionSegment


def test_the_report_holds_movements_provisions_and_what_waits() -> None:
    closed = ClosedDay(
        day=date(2026, 4, 5), loans=3,
        movements=(Movement(AssetClass.STANDARD, AssetClass.SMA_0, 2),),
        provision_paise=1_250_00, suspense_paise=9_00,
        provisions=(
            ProvisionSum(AssetClass.SMA_0, ProvisionSegment.OTHER, False, 3, 500_000_00, 1_250_00),
        ),
        waiting=(WaitingAct("WRITE_OFF", date(2026, 4, 3), None, "L-7"),),
    )  # fmt: skip
    rows = list(csv.reader(io.StringIO(day_report((closed,)).decode("utf-8-sig"))))
    assert tuple(rows[0]) == HEAD
    assert rows[1][1:5] == ["moved", "Standard", "SMA-0", "2"]
    assert rows[2][1:] == [
        "provision", "SMA-0", "OTHER, unsecured", "3", "500000.00", "1250.00", "",
    ]  # fmt: skip
    assert [row[6] for row in rows[3:5]] == ["1250.00", "9.00"]
    assert rows[5][1:4] == ["waits for a second person", "WRITE_OFF", "2026-04-03"]
    assert rows[5][7] == "L-7"
