"""Under the rules list: every period of the current rule, and the impact of a change."""

from collections.abc import Sequence

from app.rules.rule_change import RuleChange
from app.ui.item_models.records_model import RecordsModel
from app.ui.screens.rules.impact_card import ImpactCard
from app.ui.screens.rules.rule_columns import history_columns
from app.ui.screens.rules.rule_entries import RuleEntry
from app.ui.widgets.card import Card
from app.ui.widgets.state_stack import StateStack
from app.ui.widgets.table_view import TableView
from app.ui.widgets.tabs import Tabs
from app.ui.widgets.under_list import UnderList
from app.ui.widgets.workbench import Workbench

_HEIGHT = 196
_ROW_HEIGHT = 22


class RuleTrail(UnderList):
    """Two tabs; a form above leaves them what it does not need."""

    def __init__(self, workbench: Workbench) -> None:
        card = Card(tight=True)
        super().__init__(card, _HEIGHT)
        self.impact = ImpactCard(workbench)
        self._about = ""
        self._history: RecordsModel[RuleEntry] = RecordsModel(
            history_columns(), workbench.theme, self
        )
        self._table = TableView("table.history", self.tr("History"), row_height=_ROW_HEIGHT)
        self._table.set_records(self._history)
        self._states = StateStack(self._table)
        self._tabs = Tabs()
        self._tabs.bar.setContentsMargins(8, 0, 8, 0)
        self._tabs.add("history", self.tr("History"), self._states)
        self._tabs.add("impact", self.tr("Impact of a change"), self.impact)
        card.setAccessibleName(self.tr("History and impact"))
        card.body.addWidget(self._tabs)
        self.show_periods(())

    def show_periods(self, periods: Sequence[RuleEntry]) -> None:
        """Show the periods of one rule and segment, the newest first.

        The impact of another rule's change goes with it.
        """
        if self._about and not any(entry.record.code == self._about for entry in periods):
            self.impact.forget()
            self._about = ""
        self._history.set_rows(periods)
        if periods:
            self._states.content()
        else:
            self._states.empty(self.tr("Choose a rule to see its periods."))

    def show_impact(self, change: RuleChange) -> None:
        """Compare a change with the open applications."""
        self._about = change.code
        self._tabs.choose("impact")
        self.impact.preview(change)

    def go_to_history(self) -> None:
        """Put the cursor into the history."""
        self._tabs.choose("history")
        self._table.setFocus()
