"""The models this book knows, and which one is the champion."""

from sqlalchemy import RowMapping, select, update

from db.records.book import ModelRecord
from db.records.refusals import NotFound
from db.repositories.session import Session
from db.tables.reference import models
from db.vocabulary.operations import ModelRole


class Models:
    """The register of models."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def register(self, model: ModelRecord) -> None:
        """Write a model; a new champion retires the one before."""
        if model.role is ModelRole.CHAMPION:
            self._retire_champion()
        values = {name: getattr(model, name) for name in ModelRecord.__slots__}
        self._session.write(models, [values])

    def get(self, model_id: str) -> ModelRecord:
        """Read one model.

        Raises:
            NotFound: the book does not know it.
        """
        row = self._session.first(select(models).where(models.c.model_id == model_id))
        if row is None:
            message = "This book does not know that model"
            raise NotFound(message)
        return _model(row)

    def champion(self) -> ModelRecord | None:
        """Return the model in use, None before the first."""
        row = self._session.first(select(models).where(models.c.role == ModelRole.CHAMPION))
        return _model(row) if row else None

    def list(self) -> tuple[ModelRecord, ...]:
        """Return all models, newest first."""
        query = select(models).order_by(models.c.registered_at.desc(), models.c.model_id)
        return tuple(_model(row) for row in self._session.rows(query))

    def set_role(self, model_id: str, role: ModelRole) -> None:
        """Give a model another role; a new champion retires the one before."""
        if role is ModelRole.CHAMPION:
            self._retire_champion()
        self._session.change(update(models).where(models.c.model_id == model_id).values(role=role))

    def _retire_champion(self) -> None:
        self._session.change(
            update(models).where(models.c.role == ModelRole.CHAMPION).values(role=ModelRole.RETIRED)
        )


def _model(row: RowMapping) -> ModelRecord:
    return ModelRecord(**{name: row[name] for name in ModelRecord.__slots__})
