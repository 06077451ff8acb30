"""A half-year that was frozen: what it was, the files made from it, and what was opened again."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vpt_regio.domain.half_year_codes import FileKind
from vpt_regio.models.base import Base, coded
from vpt_regio.models.mixins import Identified, Stamped, Versioned
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region


class Snapshot(Identified, Base):
    """A version of a half-year, for ever; append-only.

    `manifest` is canonical JSON that says what the snapshot is about and names the hash of each
    part; `sha256` is over the manifest, and stands in the audit record with the number
    `audit_seq`. `office` is the role in which it was made.
    """

    __tablename__ = "snapshot"
    __table_args__ = (
        UniqueConstraint("period_id", "version_no"),
        CheckConstraint("version_no >= 1", name="version_no"),
    )

    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_period.id"))
    version_no: Mapped[int]
    taken_at: Mapped[datetime]
    taken_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    office: Mapped[str] = mapped_column(String(100))
    manifest: Mapped[str] = mapped_column(Text, deferred=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    audit_seq: Mapped[int] = mapped_column(ForeignKey("audit_entry.seq"))

    period: Mapped[ReportingPeriod] = relationship()
    taken_by: Mapped[Person] = relationship()
    parts: Mapped[list["SnapshotPart"]] = relationship(order_by="SnapshotPart.position")
    files: Mapped[list["SnapshotFile"]] = relationship(order_by="SnapshotFile.id")

    @property
    def programme_id(self) -> int:
        return self.period.programme_id

    @property
    def region_ids(self) -> None:
        """A snapshot is of the whole programme."""
        return


class SnapshotPart(Identified, Base):
    """One table or text of a snapshot: lines of canonical JSON, packed with zlib; append-only.

    `sha256` is over the lines as they are before they are packed.
    """

    __tablename__ = "snapshot_part"
    __table_args__ = (UniqueConstraint("snapshot_id", "key"),)

    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id"))
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(60))
    line_count: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str] = mapped_column(String(64))


class SnapshotFile(Identified, Base):
    """A file that was made from a snapshot, once; append-only."""

    __tablename__ = "snapshot_file"
    __table_args__ = (UniqueConstraint("snapshot_id", "kind"),)

    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id"))
    kind: Mapped[FileKind] = mapped_column(coded(FileKind, "kind"))
    file_name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str] = mapped_column(String(64))
    template_sha256: Mapped[str] = mapped_column(String(64), default="")

    snapshot: Mapped[Snapshot] = relationship(back_populates="files")

    @property
    def programme_id(self) -> int:
        return self.snapshot.programme_id

    @property
    def region_ids(self) -> None:
        """A file of a snapshot is of the whole programme."""
        return


class Reopening(Identified, Stamped, Versioned, Base):
    """A decision to correct a frozen half-year, for one region and until a day.

    Without a region it is about what belongs to no region: subsidies, figures, commitments.
    It ends with the version that was made of it, or by itself after `expires_on`.
    """

    __tablename__ = "reopening"
    __table_args__ = (
        UniqueConstraint("period_id", "reference"),
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("expires_on >= decided_on", name="expiry"),
        CheckConstraint("(closed_on IS NULL) = (closed_by_id IS NULL)", name="closed"),
    )

    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_period.id"))
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    reference: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(Text)
    decided_on: Mapped[date]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    expires_on: Mapped[date]
    closed_on: Mapped[date | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    snapshot_id: Mapped[int | None] = mapped_column(ForeignKey("snapshot.id"))

    period: Mapped[ReportingPeriod] = relationship()
    region: Mapped[Region | None] = relationship()
    decided_by: Mapped[Person] = relationship(foreign_keys=[decided_by_id])
    closed_by: Mapped[Person | None] = relationship(foreign_keys=[closed_by_id])
    snapshot: Mapped[Snapshot | None] = relationship()

    @property
    def programme_id(self) -> int:
        return self.period.programme_id

    @property
    def region_ids(self) -> frozenset[int] | None:
        return frozenset({self.region_id}) if self.region_id else None
