"""The portfolio monitor's reading of a book, in its parts."""

from db.repositories.monitor_dues import MonitorDues
from db.repositories.monitor_figures import MonitorFigures
from db.repositories.monitor_groups import MonitorGroups
from db.repositories.monitor_sums import MonitorSums
from db.repositories.session import Session


class Monitor:
    """Sums, dues, cuts and the lines behind every figure."""

    def __init__(self, session: Session) -> None:
        self.sums = MonitorSums(session)
        self.dues = MonitorDues(session)
        self.groups = MonitorGroups(session)
        self.figures = MonitorFigures(session)
