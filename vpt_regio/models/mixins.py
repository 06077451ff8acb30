"""Columns that many models share."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, event
from sqlalchemy.orm import Mapped, Session, declared_attr, mapped_column

from vpt_regio import clock
from vpt_regio.domain.fuzzy_date import FuzzyDate, Precision


class Identified:
    """A whole-number primary key and a table named after the class."""

    id: Mapped[int] = mapped_column(primary_key=True)


class Stamped:
    """When a record was made and last changed; who did so stands in the audit record."""

    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    updated_at: Mapped[datetime] = mapped_column(default=clock.now)


@event.listens_for(Session, "before_flush")
def _touch(session: Session, _context: Any, _instances: Any) -> None:
    for instance in session.dirty:
        if isinstance(instance, Stamped) and session.is_modified(instance):
            instance.updated_at = clock.now()


class Versioned:
    """Optimistic locking: two people who edit at once never overwrite each other unseen."""

    version: Mapped[int] = mapped_column()

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


class OfProgramme:
    """A root record: it belongs to one programme."""

    @declared_attr
    @classmethod
    def programme_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("programme.id"), index=True)


def fuzzy(on: date | None, precision: str | None, words: str | None) -> FuzzyDate | None:
    """Return the vague date of three columns, or None when nothing is known or said of it."""
    if on is None and not words:
        return None
    default = Precision.UNKNOWN if on is None else Precision.DAY
    return FuzzyDate(on, Precision(precision or default), words or "")


PrecisionText = String(10)
