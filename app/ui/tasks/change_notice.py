"""What an act changed, told to every open screen, so that no screen calls another."""

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class Change:
    """Records that an act has changed.

    Attributes:
        kind: what they are, such as `customer`, `application`, `draft`, `loan`, `book`.
        ids: which; empty means any of them.
    """

    kind: str
    ids: tuple[UUID, ...] = ()

    def touches(self, kind: str, record_id: UUID | None = None) -> bool:
        """Say whether a reader of this kind, or of this one record, has to read again."""
        if kind != self.kind:
            return self.kind == "book"
        return record_id is None or not self.ids or record_id in self.ids


class ChangeNotice(QObject):
    """The one place where changes are announced."""

    changed = Signal(Change)

    def tell(self, kind: str, *ids: UUID) -> None:
        """Announce a change of these records."""
        self.changed.emit(Change(kind, ids))
