"""The portfolio monitor: how the book stands, what moved, and which loans are behind (S80)."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.rules.permissions import Act, may
from app.services.steps.monitor_answers import BookState, MonitorHead, MonitorTiles
from app.services.steps.monitor_scope import MonitorScope
from app.ui.actions.action_button import ActionButton, action_button
from app.ui.screens.monitor.alert_words import alert_words
from app.ui.screens.monitor.book_watch import BookWatch
from app.ui.screens.monitor.monitor_export import MonitorExport
from app.ui.screens.monitor.monitor_parts import MonitorParts
from app.ui.screens.monitor.monitor_reading import (
    HeadReading,
    TabReading,
    read_head,
    read_tab,
)
from app.ui.screens.monitor.monitor_tab import DrillWish
from app.ui.screens.monitor.own_interval import OwnInterval
from app.ui.screens.monitor.refresh_clock import RefreshClock
from app.ui.screens.monitor.tile_figures import tile_figures
from app.ui.tasks.receivers import Receiver
from app.ui.tasks.task import Lane, Task, TaskFailed, Work
from app.ui.tasks.task_runner import TaskHandle
from app.ui.widgets.screen import Heading, Screen
from app.ui.widgets.state_buttons import failure_buttons, state_button
from app.ui.widgets.state_words import moment_words, only_words
from app.ui.widgets.workbench import Workbench

_BUTTONS = ("monitor.pause", "monitor.full_screen", "monitor.export")


class MonitorScreen(Screen):
    """Tiles and alerts over tabs, in a window of its own."""

    name = "monitor"
    page_header = False
    margins = (0, 0, 0, 0)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.export = MonitorExport(self, self._scope)
        self._parts = MonitorParts(workbench, self._make_buttons())
        self._states = self._parts.states
        self._clock = RefreshClock(self._parts.top.minutes, self)
        self._watch = BookWatch(workbench, self)
        self._interval = OwnInterval(workbench, self._parts.top, self._clock, self)
        self._wall = False  # its own: a window manager may end full screen by itself
        self._read_at = ""
        self._shown_tiles: MonitorTiles | None = None
        self._crossed: dict[str, str] = {}
        self.body.addWidget(self._parts)
        self._parts.foot.show_person(workbench.person)
        self._connect()
        self.set_heading(Heading(self.tr("Portfolio monitor")))

    # What the window asks.

    def first_focus(self) -> QWidget | None:
        """What is being read; then the tab."""
        return self._states.waiting() or self._parts.tabs.bar_widget.focusWidget()

    def refresh(self) -> None:
        """Read tiles, alerts and the visible tab."""
        if not may(self.workbench.person.roles, Act.SEE_MONITOR):
            ways = self.tr("Your own applications and what was paid out this month stand on Today.")
            self._states.no_permission(only_words(Act.SEE_MONITOR), ways)
            return
        scope, desk = self._parts.top.scope(), self.workbench.desk
        load = self._parts.tabs.loader()
        handle = self._submit(lambda _control: read_head(scope, desk, load), self._show_head)
        self._clock.restart()
        if self._states.waiting() is not None:
            self._states.loading(handle, self.refresh)
        self._parts.top.show_time(self.tr("reading…"), busy=True)

    def busy_leaving(self) -> None:
        """The window closes."""
        self._clock.stop()
        self._watch.stop()
        self._parts.drill.stop()

    def _scope(self) -> MonitorScope:
        return self._parts.top.scope()

    # What was read.

    def _submit(self, work: Work, receiver: Receiver) -> TaskHandle:
        task = Task(
            self.tr("Reading the monitor"),
            Lane.DATABASE,
            work,
            key="monitor",
            owner=self.name,
            quiet=True,
        )
        return self.workbench.runner.submit(task, receiver, self._fail)

    def _show_head(self, reading: HeadReading) -> None:
        """The first figures; alerts and the visible tab are asked for now."""
        head, parts = reading.tiles.head, self._parts
        self._shown_tiles = reading.tiles
        parts.top.show_head(head, self.workbench.person.branch_id)
        parts.tiles.show_figures(tile_figures(reading.tiles, self._crossed))
        if head.state is not BookState.FILLED:
            self._note_time(head)
            self._states.empty(head.sentence, self._way_on(head.state))
            return
        self._states.content()
        self._interval.allow(reading.least_minutes)
        scope, tab, desk = parts.top.scope(), parts.tabs.shown(), self.workbench.desk
        reader = tab.reader(scope)
        self._submit(lambda _control: read_tab(scope, tab.name, reader, desk), self._show_tab)

    def _show_tab(self, reading: TabReading) -> None:
        tiles = self._shown_tiles
        if tiles is None:
            return
        self._note_time(tiles.head)
        self._crossed = {alert.rule: str(alert.level) for alert in reading.alerts}
        self._parts.tiles.show_figures(tile_figures(tiles, self._crossed))
        self._parts.show_alerts([alert_words(each, tiles) for each in reading.alerts])
        tab = self._parts.tabs.shown()
        if reading.tab == tab.name:
            tab.show_tiles(tiles)
            tab.show_answer(reading.answer)
            tab.show()

    def _note_time(self, head: MonitorHead) -> None:
        self._watch.resume()
        self._read_at = moment_words(self.workbench)
        empty = head.state is BookState.EMPTY  # then no day has been closed either
        words = self.tr("Read %2") if empty else self.tr("Day-end %1, read %2")
        words = words.replace("%1", f"{head.latest:%d %b}")
        self._parts.top.show_time(words.replace("%2", self._read_at[-5:]))

    def _fail(self, told: TaskFailed) -> None:
        said = ". ".join(told.fields.values()) or told.sentence
        failure = replace(told, sentence=said)
        if self._states.waiting() is not None:
            self._parts.top.show_time("")
            self._states.failed(failure, self.refresh)
            return
        since = self.tr("Not refreshed since %1").replace("%1", self._read_at[-5:])
        self._parts.top.show_time(since, old=True)
        sentence = f"{since}: {failure.sentence.rstrip('.')}."
        self._states.stale(sentence, failure_buttons(failure, self.refresh))

    def _way_on(self, state: BookState) -> QWidget:
        if state is BookState.NOTHING_FITS:
            return state_button(self.tr("Clear filters"), self._parts.top.clear_filters)
        go = partial(self.workbench.navigate, "applications")
        return state_button(self.tr("Open applications"), go)

    # What is done.

    def _look_elsewhere(self) -> None:
        """Another day, branch, product or officer: nothing read before is shown for it."""
        self._states.forget()
        self._parts.tabs.forget()
        self._crossed = {}
        self.refresh()

    def _tab_chosen(self, name: str) -> None:
        self._parts.tiles.set_small(small=name != "overview")
        self._parts.foot.say("")
        self.refresh()

    def _drill_tile(self, name: str) -> None:
        if self._shown_tiles is not None:
            tile = self._shown_tiles.tile(name)
            titles = dict.fromkeys((tile.label, tile.numerator.label))  # one where they are alike
            self._open_drill(DrillWish(tile.figure, ", ".join(titles)))

    def _open_drill(self, wish: DrillWish) -> None:
        self._clock.hold(held=True)
        self._parts.show_drill()
        self._parts.drill.show_wish(wish, self._parts.top.scope())

    def _close_drill(self) -> None:
        self._parts.show_figures()
        self._clock.hold(held=False)

    def _drill_focused(self) -> None:
        self._parts.tiles.open_focused()

    def _copy_value(self) -> None:
        value = self._parts.tiles.copy_focused()
        if value:
            self._parts.foot.say(self.tr("Copied %1").replace("%1", value))

    def _pause(self) -> None:
        paused = not self._clock.paused
        self._clock.pause(paused=paused)
        self._actions["monitor.pause"].setText(self.tr("Resume") if paused else self.tr("Pause"))

    def _toggle_wall(self) -> None:
        window, self._wall = self.window(), not self._wall
        (window.showFullScreen if self._wall else window.showNormal)()
        self._parts.set_wall(wall=self._wall)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the wall."""
        if event.key() == Qt.Key.Key_Escape and self._wall:
            self._toggle_wall()
        else:
            super().keyPressEvent(event)

    def _make_buttons(self) -> list[ActionButton]:
        handlers = {
            "monitor.refresh": self.refresh,
            "monitor.pause": self._pause,
            "monitor.full_screen": self._toggle_wall,
            "monitor.export": self.export.ask,
            "monitor.drill": self._drill_focused,
            "monitor.copy_value": self._copy_value,
        }
        create = self.workbench.registry.create
        self._actions = {each: create(each, act, self) for each, act in handlers.items()}
        return [action_button(self._actions[each]) for each in _BUTTONS]

    def _connect(self) -> None:
        parts = self._parts
        parts.top.scope_changed.connect(self._look_elsewhere)
        self._interval.failed.connect(parts.foot.say)
        parts.tabs.chosen.connect(self._tab_chosen)
        parts.tabs.choice_changed.connect(self.refresh)
        parts.drill_wanted.connect(self._open_drill)
        parts.tile_wanted.connect(self._drill_tile)
        parts.drill.left.connect(self._close_drill)
        self._clock.due.connect(self.refresh)
        self._watch.moved.connect(self._clock.soon)
