"""What was promised to the House, and the letters that answer it."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vpt_regio.domain.half_year_codes import CommitmentKind, CommitmentStatus
from vpt_regio.domain.workflows.commitments import COMMITMENT
from vpt_regio.models.base import Base, coded, status_check
from vpt_regio.models.letters import Letter
from vpt_regio.models.mixins import Identified, OfProgramme, Stamped, Versioned


class Commitment(Identified, Stamped, OfProgramme, Versioned, Base):
    """A promise, a motion or a question; it is tied to an office, not to a person.

    `made_words` and `due_words` are the words of the source where a day is not known or not the
    whole of it. `submitters` are members with their party, of a motion or a question.
    """

    __tablename__ = "commitment"
    __table_args__ = (
        status_check(COMMITMENT),
        CheckConstraint("text <> ''", name="text"),
        CheckConstraint("status <> 'fulfilled' OR fulfilled_by_id IS NOT NULL", name="fulfilled"),
        CheckConstraint("status <> 'lapsed' OR outcome <> ''", name="lapsed"),
    )

    kind: Mapped[CommitmentKind] = mapped_column(coded(CommitmentKind, "kind"))
    status: Mapped[CommitmentStatus] = mapped_column(
        coded(CommitmentStatus, "status", is_status=True), default=CommitmentStatus.OPEN
    )
    made_on: Mapped[date | None]
    made_words: Mapped[str] = mapped_column(String(200), default="")
    meeting: Mapped[str] = mapped_column(String(300), default="")
    office: Mapped[str] = mapped_column(String(200), default="")
    submitters: Mapped[str] = mapped_column(String(500), default="")
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(500), default="")
    due_on: Mapped[date | None]
    due_words: Mapped[str] = mapped_column(String(200), default="")
    progress: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[str] = mapped_column(Text, default="")
    fulfilled_by_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))
    fulfilled_on: Mapped[date | None]

    fulfilled_by: Mapped[Letter | None] = relationship()
    interim_letters: Mapped[list["CommitmentLetter"]] = relationship(
        order_by="CommitmentLetter.id", cascade="all, delete-orphan"
    )

    @property
    def region_ids(self) -> None:
        """A commitment belongs to the whole programme."""
        return


class CommitmentLetter(Identified, Base):
    """A letter that told the House how a commitment stood, before it was fulfilled."""

    __tablename__ = "commitment_letter"
    __table_args__ = (UniqueConstraint("commitment_id", "letter_id"),)

    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitment.id"))
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    note: Mapped[str] = mapped_column(String(500), default="")

    letter: Mapped[Letter] = relationship()
