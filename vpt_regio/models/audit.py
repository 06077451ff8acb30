"""What happened: the hash-chained audit record and the history of every life cycle.

Both are append-only: triggers in the database refuse UPDATE and DELETE. Personal details stand
apart, in `AuditDetail`, which can be erased without breaking the chain.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vpt_regio.models.base import Base
from vpt_regio.models.mixins import Identified
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Region

APPEND_ONLY_TABLES = (
    "audit_entry",
    "transition_record",
    "report_submission",
    "decision",
    "decision_letter",
    "payment",
    "contract_signature",
    "measurement",
    "figure_delivery",
    "figure_row",
    "measure_maturity",
    "attachment",
    "pilot_payment",
    "pilot_progress",
    "snapshot",
    "snapshot_part",
    "snapshot_file",
    "annex_text_version",
    "hours_correction",
)


class AuditEntry(Base):
    """One event. `hash` covers all columns, the digest of the details, and the previous hash."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject_type", "subject_id"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    actor_role: Mapped[str] = mapped_column(String(40), default="")
    operator: Mapped[str] = mapped_column(String(100), default="")
    action: Mapped[str] = mapped_column(String(80), index=True)
    subject_type: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[str] = mapped_column(String(40))
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    previous_hash: Mapped[str] = mapped_column(String(64), unique=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)

    actor: Mapped[Person | None] = relationship()
    region: Mapped[Region | None] = relationship()
    detail: Mapped["AuditDetail | None"] = relationship(viewonly=True)


class AuditDetail(Base):
    """The particulars of an event (before, after, reason), salted so that the digest tells
    nothing after they were erased."""

    __tablename__ = "audit_detail"

    seq: Mapped[int] = mapped_column(ForeignKey("audit_entry.seq"), primary_key=True)
    salt: Mapped[str] = mapped_column(String(32))
    details: Mapped[dict[str, Any]]


class TransitionRecord(Identified, Base):
    """One step in the life cycle of a record; views as of an earlier day are built from these."""

    __tablename__ = "transition_record"
    __table_args__ = (Index("ix_transition_record_subject", "workflow", "subject_id", "id"),)

    workflow: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    transition: Mapped[str] = mapped_column(String(40))
    from_state: Mapped[str] = mapped_column(String(40))
    to_state: Mapped[str] = mapped_column(String(40))
    effective_on: Mapped[date]
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    actor_role: Mapped[str] = mapped_column(String(40), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    audit_seq: Mapped[int] = mapped_column(ForeignKey("audit_entry.seq"))

    actor: Mapped[Person | None] = relationship()
