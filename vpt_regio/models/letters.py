"""Letters to the House: what they are called, which snapshot they cite, and checks of drafts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vpt_regio import clock
from vpt_regio.models.base import Base
from vpt_regio.models.mixins import Identified, OfProgramme, Stamped, Versioned
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.snapshots import Snapshot


class Letter(Identified, Stamped, OfProgramme, Versioned, Base):
    """A letter to the House; the one about a half-year cites exactly one snapshot of it.

    `dossier` and `number` are known once it is published. `co_signatories` are offices in whose
    name it goes out too. A letter from before this register has no snapshot, but a source.
    """

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("programme_id", "reference"),
        CheckConstraint("subject <> ''", name="subject"),
        CheckConstraint(
            "period_id IS NULL OR snapshot_id IS NOT NULL OR source <> ''", name="snapshot"
        ),
        CheckConstraint(
            "received_on IS NULL OR written_on IS NULL OR received_on >= written_on", name="dates"
        ),
    )

    reference: Mapped[str] = mapped_column(String(60))
    unit: Mapped[str] = mapped_column(String(100), default="")
    subject: Mapped[str] = mapped_column(String(300))
    addressee: Mapped[str] = mapped_column(String(300), default="")
    sender: Mapped[str] = mapped_column(String(200), default="")
    co_signatories: Mapped[list[Any]] = mapped_column(default=list)
    written_on: Mapped[date | None]
    received_on: Mapped[date | None]
    dossier: Mapped[str] = mapped_column(String(20), default="")
    number: Mapped[str] = mapped_column(String(10), default="")
    period_id: Mapped[int | None] = mapped_column(ForeignKey("reporting_period.id"), index=True)
    snapshot_id: Mapped[int | None] = mapped_column(ForeignKey("snapshot.id"))
    source: Mapped[str] = mapped_column(String(500), default="")

    period: Mapped[ReportingPeriod | None] = relationship()
    snapshot: Mapped[Snapshot | None] = relationship()
    annexes: Mapped[list["LetterAnnex"]] = relationship(
        order_by="LetterAnnex.number", cascade="all, delete-orphan"
    )

    @property
    def region_ids(self) -> None:
        """A letter belongs to the whole programme."""
        return


class LetterAnnex(Identified, Base):
    """An annex of a letter: its number, what it is, and where it can be read."""

    __tablename__ = "letter_annex"
    __table_args__ = (
        UniqueConstraint("letter_id", "number"),
        CheckConstraint("title <> ''", name="title"),
        CheckConstraint("number >= 1", name="number"),
    )

    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    is_public: Mapped[bool] = mapped_column(default=True)
    inspection_at: Mapped[str] = mapped_column(String(200), default="")


class LetterCheck(Identified, Stamped, Base):
    """A draft letter that was held against the figures, with all that was found in it.

    `findings` are plain values, one for each claim: text, claim, stated, computed, agrees,
    explanation. `snapshot` is what it was held against; None: the half-year as it was then.
    """

    __tablename__ = "letter_check"

    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_period.id"), index=True)
    snapshot_id: Mapped[int | None] = mapped_column(ForeignKey("snapshot.id"))
    file_name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str] = mapped_column(String(64))
    checked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    checked_at: Mapped[datetime] = mapped_column(default=clock.now)
    findings: Mapped[list[Any]] = mapped_column(default=list)
    note: Mapped[str] = mapped_column(Text, default="")

    period: Mapped[ReportingPeriod] = relationship()
    snapshot: Mapped[Snapshot | None] = relationship()
    checked_by: Mapped[Person] = relationship()

    @property
    def programme_id(self) -> int:
        return self.period.programme_id

    @property
    def region_ids(self) -> None:
        """A letter is about the whole programme."""
        return
