"""Holds every tab of the monitor, and every drill, to the oracle in one scope."""

from datetime import timedelta
from decimal import Decimal

import pytest

from app.services.drill_figure import drill_figure
from app.services.steps.desk import Desk
from app.services.steps.figure_terms import LTV_EDGES_PPM
from app.services.steps.monitor_answers import ClassMonth, TileUnit
from app.services.steps.monitor_scope import MonitorScope
from app.services.steps.monitor_tabs import RollMonth
from app.services.watch_classes import watch_classes
from app.services.watch_cohorts import watch_cohorts
from app.services.watch_concentration import watch_concentration
from app.services.watch_repayment import watch_repayment
from app.services.watch_roll_rates import watch_roll_rates
from app.services.watch_security import watch_security
from app.services.watch_tiles import monitor_tiles
from db.tables.loan_account import month_end_snapshots
from db.vocabulary.loan_life import AssetClass
from db.vocabulary.operations import CohortMeasure, ConcentrationKey
from tests.services.conftest import BRANCH
from tests.services.monitor_oracle import Oracle
from tests.services.raw_book import RawBook


def oracle_of(desk: Desk, scope: MonitorScope, raw: RawBook | None = None) -> Oracle:
    head = monitor_tiles(scope, desk).head
    return Oracle(
        raw or RawBook(desk),
        head.as_of,
        head.as_of == head.latest,
        None if scope.whole_bank else scope.branch_id or BRANCH,
        scope.product_code,
        scope.officer_id,
    )


def drilled(desk: Desk, scope: MonitorScope, figure: str) -> tuple[int, int]:
    """Count and sum of a figure's rows, added up here."""
    found = drill_figure(figure, scope, desk)
    assert (found.count, found.amount_paise) == (
        len(found.rows),
        sum(row.amount_paise for row in found.rows),
    )
    some = drill_figure(figure, scope, desk, limit=2)
    assert (some.count, some.amount_paise) == (found.count, found.amount_paise)
    assert some.rows == found.rows[:2]
    return found.count, found.amount_paise


def check_tiles(desk: Desk, scope: MonitorScope, oracle: Oracle) -> None:
    told, counted = monitor_tiles(scope, desk), oracle.tiles()
    assert {tile.name for tile in told.tiles} == set(counted)
    for tile in told.tiles:
        expected = counted[tile.name]
        if expected is None:
            assert tile.value is None, tile.name
        else:
            assert tile.value is not None, tile.name
            assert float(tile.value) == pytest.approx(expected, abs=1e-9), tile.name
        assert tile.spark[-1].value == tile.value
        for part in (tile.numerator, tile.denominator):
            if part is None:
                continue
            count, amount = drilled(desk, scope, part.figure)
            shown = count if part.unit is TileUnit.COUNT else amount
            assert shown == part.value, (tile.name, part.figure)


def check_classes(desk: Desk, scope: MonitorScope, oracle: Oracle) -> None:
    told, counted = watch_classes(scope, desk), oracle.classes()
    assert sum(line.percentage or 0 for line in told.classes) == pytest.approx(
        Decimal(100 * bool(counted))
    )
    for line in told.classes:
        word = str(line.asset_class)
        stands = (line.loans, line.amount_paise, line.provision_required_paise)
        assert stands == counted.get(word, (0, 0, 0)), word
        assert drilled(desk, scope, line.figure) == stands[:2]
    for month in told.months[:-1]:
        _check_class_month(month, oracle)
    now = tuple(line.percentage for line in told.classes)
    assert (told.months[-1].day, told.months[-1].shares) == (told.as_of, now)
    if told.since is None:
        assert told.movements == ()
        return
    moves = oracle.class_moves(told.since)
    assert {
        (m.before and str(m.before), m.after and str(m.after)): (m.loans, m.amount_paise)
        for m in told.movements
    } == moves
    for move in told.movements:
        assert drilled(desk, scope, move.figure) == (move.loans, move.amount_paise)
    for line in told.classes:
        word = str(line.asset_class)
        assert line.moved_in == sum(n for (_, to), (n, _) in moves.items() if to == word)
        assert line.moved_out == sum(n for (was, _), (n, _) in moves.items() if was == word)


def _check_class_month(told: ClassMonth, oracle: Oracle) -> None:
    stood = oracle.positions(told.day).values()
    total = sum(row.outstanding_paise for row in stood)
    for word, share in zip(AssetClass, told.shares, strict=True):
        owed = sum(row.outstanding_paise for row in stood if row.asset_class == word)
        assert (share is None) is not bool(total)
        assert share is None or float(share) == pytest.approx(100 * owed / total)


def check_rolls(desk: Desk, scope: MonitorScope, oracle: Oracle) -> None:
    told = watch_roll_rates(scope, desk)
    if told.month is None:
        assert told.rows == ()
        assert told.sentence
        return
    assert told.months[0].rows == told.rows
    assert [ended for _, ended in (each.month for each in told.months)] == sorted(
        (ended for _, ended in (each.month for each in told.months)), reverse=True
    )
    for place, each in enumerate(told.months):
        counted = oracle.rolls(*each.month)
        _check_roll_month(each, counted)
        if place in {0, len(told.months) - 1}:
            drills = {cell.figure: cell for row in each.rows for cell in row.cells}
            for figure, cell in drills.items():
                assert drilled(desk, scope, figure) == (cell.loans, cell.opening_paise)


def _check_roll_month(told: RollMonth, counted: dict[tuple[str, str], tuple[int, int]]) -> None:
    for row in told.rows:
        assert row.loans == sum(n for (was, _), (n, _) in counted.items() if was == row.before)
        for cell in row.cells:
            expected = counted.get((row.before, cell.after), (0, 0))
            assert (cell.loans, cell.opening_paise) == expected
        shares = [cell.share for cell in row.cells]
        assert (
            shares == [None] * len(shares)
            if not row.opening_paise
            else sum(shares) == pytest.approx(100)
        )


def check_cohorts(desk: Desk, scope: MonitorScope, oracle: Oracle) -> None:
    told, counted = watch_cohorts(scope, desk), oracle.cohorts()
    by_amount = watch_cohorts(scope, desk, CohortMeasure.AMOUNT)
    assert [f"{row.month:%Y-%m}" for row in told.rows] == sorted(counted)
    for row, money_row in zip(told.rows, by_amount.rows, strict=True):
        loans, principal, firsts = counted[f"{row.month:%Y-%m}"]
        assert (row.loans, row.principal_paise) == (loans, principal)
        assert drilled(desk, scope, row.figure) == (loans, principal)
        before = 0
        for cell, money_cell in zip(row.cells, money_row.cells, strict=True):
            if cell.share is None:
                assert cell.ever_bad is None
                continue
            met = sum(n for month, n in firsts.items() if month <= cell.month_on_book)
            assert cell.ever_bad == met >= before
            assert float(cell.share) == pytest.approx(100 * met / loans)
            count, amount = drilled(desk, scope, cell.figure)
            assert count == met
            assert float(money_cell.share) == pytest.approx(100 * amount / principal)
            before = met


def check_concentration(desk: Desk, scope: MonitorScope, oracle: Oracle) -> None:
    for by in ConcentrationKey:
        told, counted = watch_concentration(scope, desk, by), oracle.groups(str(by))
        assert {r.key: (r.loans, r.amount_paise, r.npa_paise) for r in told.rows} == counted, by
        amounts = [row.amount_paise for row in told.rows]
        if by is not ConcentrationKey.TICKET:
            assert amounts == sorted(amounts, reverse=True)
        total = sum(amounts)
        if total:
            index = sum((amount / total) ** 2 for amount in amounts)
            assert float(told.index) == pytest.approx(index, abs=1e-6)
        else:
            assert told.index is None
        for row in told.rows:
            assert drilled(desk, scope, row.figure) == (row.loans, row.amount_paise), row.figure
            assert drilled(desk, scope, row.npa_figure)[1] == row.npa_paise


def check_security(desk: Desk, scope: MonitorScope, oracle: Oracle) -> None:
    told = watch_security(scope, desk)
    kinds = {str(r.kind): (r.loans, r.value_paise, r.accepted_paise) for r in told.kinds}
    assert kinds == oracle.security()
    for row in told.kinds:
        assert drilled(desk, scope, row.figure) == (row.loans, row.value_paise)
    counted = oracle.bands(LTV_EDGES_PPM)
    for band in told.bands:
        assert (band.loans, band.amount_paise) == counted.get(band.key, (0, 0)), band.key
        assert drilled(desk, scope, band.figure) == (band.loans, band.amount_paise)
    for line in (told.breaches, told.old_valuations):
        assert drilled(desk, scope, line.figure) == (line.count, line.amount_paise)


def check_repayment(desk: Desk, scope: MonitorScope, oracle: Oracle) -> None:
    told, counted = watch_repayment(scope, desk), oracle.due_days()
    shown = {
        d.day: (d.due, d.on_time, d.late, d.unpaid, d.due_paise, d.received_paise)
        for d in told.days
    }
    assert shown == {day: sums for day, sums in counted.items() if day >= told.month}
    for day in told.days:
        assert drilled(desk, scope, day.figure) == (day.due, day.due_paise)
        for state in ("on_time", "late", "unpaid"):
            count, _ = drilled(desk, scope, f"{state} {day.day}")
            assert count == getattr(day, state)
    for place, line in enumerate((told.due, told.on_time, told.late, told.unpaid)):
        assert line.count == sum(sums[place] for sums in counted.values())
        assert drilled(desk, scope, line.figure)[0] == line.count
    methods = {line.key: (line.count, line.amount_paise) for line in told.by_method}
    assert methods == oracle.by_method()
    for line in (*told.by_method, told.prepayments, told.bounces):
        assert drilled(desk, scope, line.figure) == (line.count, line.amount_paise), line.figure


def check_collections(desk: Desk, scope: MonitorScope, oracle: Oracle) -> None:
    """Demand, what came in on it, and the shares; the arrears of before on both sides."""
    told, days = watch_repayment(scope, desk), oracle.due_days()
    now = [sums for day, sums in days.items() if day >= told.month]
    demand, collected = sum(sums[4] for sums in now), sum(sums[5] for sums in now)
    assert (told.demand_paise, told.collected_paise) == (demand, collected)
    left = sum(sums[4] - sums[5] for day, sums in days.items() if day < told.month)
    before = told.month - timedelta(days=1)
    opening = sum(row.overdue_paise for row in oracle.positions(before).values())
    caught_up = opening - left
    came = [row for row in oracle.receipts() if f"{row.value_date:%Y-%m}" == f"{told.month:%Y-%m}"]
    received = sum(row.amount_paise for row in came) - told.prepayments.amount_paise
    on_time = sum(sums[1] for sums in days.values())
    shares = [
        (told.on_time_share, oracle.ratio(on_time, sum(sums[0] for sums in days.values()))),
        (told.current_efficiency, oracle.ratio(collected, demand)),
        (told.headline_efficiency, oracle.ratio(received, demand)),
    ]
    if any(row.month_end == before for row in oracle.raw.of(month_end_snapshots)):
        overall = oracle.ratio(collected + caught_up, demand + opening)
        shares.append((told.overall_efficiency, overall))
    else:
        assert told.overall_efficiency is None
    for found, counted in shares:
        assert (found is None) is (counted is None)
        assert found is None or float(found) == pytest.approx(counted, abs=1e-9)
    assert told.late_fees_paise == sum(row.charges_paise for row in oracle.receipts())


CHECKS = {
    "tiles": check_tiles,
    "classes": check_classes,
    "rolls": check_rolls,
    "cohorts": check_cohorts,
    "concentration": check_concentration,
    "security": check_security,
    "repayment": check_repayment,
    "collections": check_collections,
}
