"""S21 Overview: sums, dues, what needs attention, scores as chart and table."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from app.rules.score_bands import ScoreScale
from app.services.read_customer_overview import Attention, AttentionLine, ScoreMade
from app.ui.screens.customer.attention_card import AttentionCard, attention_goal, attention_words
from app.ui.screens.customer.customer_screen import CustomerScreen
from app.ui.screens.customer.fact_words import whole_score
from app.ui.screens.customer.overview_tab import OverviewTab
from app.ui.screens.customer.record_columns import (
    application_columns,
    last_application_columns,
    loan_columns,
)
from app.ui.screens.customer.score_card import ScoreCard
from app.ui.screens.customer.score_chart import ScoreChart, spoken
from app.ui.widgets.table_view import TableView
from db.records.lists import ApplicationRow, LoanRow
from db.vocabulary.decisions import RiskLevel
from db.vocabulary.lending import LoanPurpose
from db.vocabulary.loan_life import ApplicationStatus, AssetClass, LoanStatus

SCALE = ScoreScale(300, 850, 575, 685)
DAY = date(2026, 9, 4)


@pytest.fixture
def host(workbench, place, asha):
    made = place(CustomerScreen(workbench), customer_id=asha.customer_id)
    yield made
    made.close()


def score(hundredths: int, day: int = 1, **changes: object) -> ScoreMade:
    at = datetime(2026, 9, day, 6, tzinfo=UTC)
    values = {
        "at": at,
        "score_hundredths": hundredths,
        "level": RiskLevel.MEDIUM,
        "model_id": "RF 1",
        "application_id": UUID(int=day),
        "reference": f"A-{day}",
    }
    return ScoreMade(**(values | changes))


def words_in(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_sums_dues_and_nothing_to_do(host, asha):
    for name in ("kpi.sanctioned", "kpi.outstanding", "kpi.overdue"):
        assert host.findChild(QWidget, name).property("rawValue") == "0.00"
    dues = host.findChild(TableView, "table.obligations").model()
    shown = sorted(dues.index(row, 0).data() for row in range(dues.rowCount()))
    assert shown == ["HDFC Bank", "Landlord"]
    overview = host.findChild(OverviewTab)
    assert "Together ₹11,200 a month" in words_in(overview)
    assert "Nothing: papers, dues and scores are in order" in words_in(overview)
    assert "No applications yet." in words_in(overview)
    assert "no loans with us" in words_in(overview)


def test_a_tile_leads_to_the_loans(host):
    QTest.keyClick(host.findChild(QWidget, "kpi.overdue"), Qt.Key.Key_Return)
    assert host.findChild(CustomerScreen)._tabs.current_name == "loans"


LINES = (
    (
        AttentionLine(Attention.OVERDUE, "L-1", 12, 410_000, DAY),
        "₹4,100 overdue on L-1, 12 days late",
        ("", {"tab": "loans"}),
    ),
    (
        AttentionLine(Attention.OVERDUE, "", 1, 410_000, DAY),
        "₹4,100 overdue, 1 day late",
        ("", {"tab": "loans"}),
    ),
    (
        AttentionLine(Attention.KYC_EXPIRED, day=DAY),
        "KYC expired on 04 Sep 2026",
        ("", {"tab": "profile"}),
    ),
    (
        AttentionLine(Attention.KYC_SOON, day=DAY, count=9),
        "KYC has to be renewed by 04 Sep 2026, in 9 days",
        ("", {"tab": "profile"}),
    ),
    (
        AttentionLine(Attention.KYC_INCOMPLETE),
        "KYC is not complete: papers are missing",
        ("", {"tab": "profile"}),
    ),
    (
        AttentionLine(Attention.CORRECTION, count=1),
        "A correction waits for a second person",
        ("", {"tab": "profile"}),
    ),
    (
        AttentionLine(Attention.CORRECTION, count=2),
        "2 corrections wait for a second person",
        ("", {"tab": "profile"}),
    ),
    (
        AttentionLine(Attention.RETURNED, "A-2", record_id=UUID(int=2)),
        "A-2 was returned with questions",
        ("decision", {"application_id": UUID(int=2)}),
    ),
    (
        AttentionLine(Attention.OUTDATED, "A-2", record_id=UUID(int=2)),
        "Score of A-2 is outdated: facts changed",
        ("decision", {"application_id": UUID(int=2)}),
    ),
    (
        AttentionLine(Attention.DRAFT, record_id=UUID(int=3), form="customer_form", day=DAY),
        "Your draft of 04 Sep 2026: Edit of this customer",
        ("customer_form", {"draft_id": UUID(int=3)}),
    ),
)


@pytest.mark.parametrize(("line", "words", "goal"), LINES)
def test_each_thing_to_do_says_what_and_leads_there(line, words, goal):
    assert attention_words(line) == words
    assert attention_goal(line) == goal


def test_enter_on_a_thing_to_do_goes_there(host, workbench):
    overview = host.findChild(OverviewTab)
    overview._attention.show_lines([LINES[-1][0], LINES[0][0]])
    table = host.findChild(TableView, "table.attention")
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert workbench.shell.visits == [("customer_form", {"draft_id": UUID(int=3)})]
    table.go_to(1)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert host.findChild(CustomerScreen)._tabs.current_name == "loans"


def test_the_card_of_things_to_do_counts_them(theme, qtbot):
    card = AttentionCard(theme)
    qtbot.addWidget(card)
    card.show_lines([line for line, _words, _goal in LINES])
    assert card._detail.text() == str(len(LINES))
    card.show_lines([])
    assert card.table.isHidden()
    assert not card._calm.isHidden()


def test_a_shown_score_is_rounded_half_up():
    assert (whole_score(61_250), whole_score(61_249)) == (613, 612)


def test_a_score_is_spoken_with_its_model_and_whether_it_stands():
    assert spoken(score(61_200)) == "01 Sep 2026, A-1: 612, Medium, RF 1"
    assert spoken(score(61_200, outdated=True)).endswith("Outdated: facts changed since")
    assert spoken(score(61_200, replaced=True)).endswith("Replaced by a newer score")


@pytest.fixture
def chart(qtbot):
    made = ScoreChart()
    qtbot.addWidget(made)
    made.resize(440, 240)
    return made


def test_keys_walk_the_scores_and_enter_opens_one(chart):
    opened, chosen = [], []
    chart.opened.connect(opened.append)
    chart.chosen.connect(chosen.append)
    scores = [score(61_200), score(70_000, 2), score(50_000, 3, model_id="RF 2")]
    chart.show_scores(scores, SCALE)
    assert chart.current() is scores[2]
    for key, number in (
        (Qt.Key.Key_Left, 1),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_End, 2),
        (Qt.Key.Key_Right, 2),
    ):
        QTest.keyClick(chart, key)
        assert chart.current() is scores[number]
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert opened == [scores[2]]
    assert chosen[-1] is scores[2]
    assert chart.accessibleDescription() == "; ".join(spoken(each) for each in scores)


def test_the_mouse_chooses_the_nearest_score(chart):
    scores = [score(61_200), score(70_000, 2), score(50_000, 3)]
    chart.show_scores(scores, SCALE)
    opened = []
    chart.opened.connect(opened.append)
    place = chart._places()[1].toPoint() + QPoint(3, 40)
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place)
    assert chart.current() is scores[1]
    QTest.mouseDClick(chart, Qt.MouseButton.LeftButton, pos=place)
    assert opened == [scores[1]]


def picture_of(chart: ScoreChart):
    picture = QPixmap(chart.size())
    chart.render(picture)
    return picture.toImage()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("count", [0, 1, 2, 30])
def test_the_chart_paints_none_one_and_many(chart, theme, qapp, count, dark):
    theme.apply(qapp, "dark" if dark else "light")
    every = [score(30_000 + 1_500 * n, 1 + n % 28, model_id=f"RF {n // 10}") for n in range(count)]
    blank = picture_of(chart)
    chart.show_scores(every, SCALE)
    assert (picture_of(chart) != blank) == bool(count)
    assert (chart.current() is None) == (count == 0)
    QTest.keyClick(chart, Qt.Key.Key_Left)
    QTest.keyClick(chart, Qt.Key.Key_Return)


def test_the_table_says_the_same_newest_first(theme, qtbot):
    card = ScoreCard(theme)
    qtbot.addWidget(card)
    opened = []
    card.opened.connect(opened.append)
    newest = score(70_000, 2, outdated=True)
    card.show_scores([score(61_200, replaced=True), newest], SCALE)
    model = card.table.model()
    rows = [[model.index(r, c).data() for c in range(6)] for r in range(2)]
    assert rows == [
        ["02 Sep 2026", "700", "Medium", "A-2", "RF 1", "outdated"],
        ["01 Sep 2026", "612", "Medium", "A-1", "RF 1", "replaced"],
    ]
    QTest.keyClick(card.table, Qt.Key.Key_Return)
    assert opened == [newest]
    assert "Outdated" in card._said.text()
    card.show_scores([], SCALE)
    assert card._states.state == "empty"
    card.show_absent("Not for you")
    assert card._states.words() == "Not for you"


def application() -> ApplicationRow:
    at = datetime(2026, 9, 1, tzinfo=UTC)
    return ApplicationRow(
        UUID(int=3), "A-1662", UUID(int=1), "Asha Kulkarni", LoanPurpose.HOME_RENOVATION,
        "HOME_RENOVATION", 100_000_000, 60, 122_500, ApplicationStatus.PENDING, at, at.date(),
        "Anita", None, None, None, False,
    )  # fmt: skip


def test_enter_opens_the_assessment_of_an_application(host, workbench, qtbot):
    row = application()
    words = [column.text(row) for column in application_columns()]
    assert words[:5] == ["A-1662", "Home renovation", "10,00,000", "60", "12.25"]
    assert words[6] == "—"
    assert len(last_application_columns()) == 7
    screen = host.findChild(CustomerScreen)
    for name in ("table.last_applications", "table.applications"):
        table = host.findChild(TableView, name)
        table.model().set_rows((row,))
        table.go_to(0)
        QTest.keyClick(table, Qt.Key.Key_Return)
    screen._tabs.overview._scores.opened.emit(score(61_200))
    opened = [arguments["application_id"] for _name, arguments in workbench.shell.visits]
    assert opened == [row.application_id, row.application_id, UUID(int=1)]


def test_a_loan_shows_days_late_and_whole_rupees():
    from app.services.read_customer_records import LoanStanding

    row = LoanRow(
        UUID(int=4), "L-3341", UUID(int=1), "Asha Kulkarni", UUID(int=3), 12_300_000, 8_042_560,
        410_000, 410_000, 115_000, 36, date(2025, 10, 1), date(2026, 10, 25), DAY,
        LoanStatus.ACTIVE, AssetClass.SMA_0, "PERSONAL", "Meera Iyer",
    )  # fmt: skip
    words = [column.text(LoanStanding(row, 30)) for column in loan_columns()]
    assert words == [
        "L-3341", "1,23,000", "80,426", "4,100", "30", "SMA-0", "Active", "25 Oct 2026", "4,100",
    ]  # fmt: skip
