"""The portfolio monitor's reading of a book, in its parts."""

from db.repositories.cell_grain import CellGrain
from db.repositories.monitor_figures import MonitorFigures
from db.repositories.monitor_kept import KeptSums
from db.repositories.monitor_kept_dues import KeptDues
from db.repositories.monitor_kept_groups import KeptGroups
from db.repositories.monitor_kept_positions import KeptPositions
from db.repositories.session import Session


class Monitor:
    """Sums, dues and cuts from what the book keeps, and the lines behind every figure."""

    def __init__(self, session: Session) -> None:
        grain = CellGrain(session)
        self.positions = KeptPositions(session, grain)
        self.sums = KeptSums(session, grain, self.positions)
        self.dues = KeptDues(session, grain)
        self.groups = KeptGroups(session, grain, self.positions)
        self.figures = MonitorFigures(session)
