"""The texts of the annex to a letter: every version with its writer, and who agreed with it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vpt_regio import clock
from vpt_regio.domain.half_year_codes import AnnexChapter, TextAction
from vpt_regio.models.base import Base, coded
from vpt_regio.models.mixins import Identified, Stamped, Versioned
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.programmes import PolicyLine
from vpt_regio.models.regions import Region


class AnnexText(Identified, Stamped, Versioned, Base):
    """One text of the annex of a half-year: of a policy line, a region, another ministry.

    `key` is the chapter with what it is about, such as "region-12". The newest version counts.
    The text of a region is signed off by its account manager (`signed_off_no`); a later version
    is shown to them until they have seen it (`seen_no`).
    """

    __tablename__ = "annex_text"
    __table_args__ = (
        CheckConstraint("(chapter = 'region') = (region_id IS NOT NULL)", name="region"),
        CheckConstraint(
            "(chapter = 'policy_line') = (policy_line_id IS NOT NULL)", name="policy_line"
        ),
        CheckConstraint("(chapter = 'department') = (department <> '')", name="department"),
        CheckConstraint("(signed_off_no IS NULL) = (signed_off_by_id IS NULL)", name="signed_off"),
        UniqueConstraint("period_id", "key"),
    )

    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_period.id"), index=True)
    key: Mapped[str] = mapped_column(String(240))
    chapter: Mapped[AnnexChapter] = mapped_column(coded(AnnexChapter, "chapter"))
    policy_line_id: Mapped[int | None] = mapped_column(ForeignKey("policy_line.id"))
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    department: Mapped[str] = mapped_column(String(200), default="")
    position: Mapped[int] = mapped_column(default=0)
    latest_no: Mapped[int] = mapped_column(default=0)
    signed_off_no: Mapped[int | None]
    signed_off_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    signed_off_on: Mapped[date | None]
    seen_no: Mapped[int | None]

    period: Mapped[ReportingPeriod] = relationship()
    region: Mapped[Region | None] = relationship()
    policy_line: Mapped[PolicyLine | None] = relationship()
    signed_off_by: Mapped[Person | None] = relationship()
    versions: Mapped[list["AnnexTextVersion"]] = relationship(
        back_populates="annex_text", order_by="AnnexTextVersion.version_no"
    )

    @property
    def body(self) -> str:
        """The newest words; empty while nobody wrote any. Reads `versions`."""
        return self.words_of(self.latest_no)

    def words_of(self, version_no: int | None) -> str:
        """The words of one version; empty when there is no such version. Reads `versions`."""
        return next((one.body for one in self.versions if one.version_no == version_no), "")

    @property
    def is_signed_off(self) -> bool:
        """Whether the account manager agrees with the newest words."""
        return self.signed_off_no is not None and self.signed_off_no == self.latest_no

    @property
    def programme_id(self) -> int:
        return self.period.programme_id

    @property
    def region_ids(self) -> frozenset[int] | None:
        return frozenset({self.region_id}) if self.region_id else None


class AnnexTextVersion(Identified, Base):
    """A version of a text, or what somebody did with one; append-only."""

    __tablename__ = "annex_text_version"
    __table_args__ = (UniqueConstraint("annex_text_id", "version_no"),)

    annex_text_id: Mapped[int] = mapped_column(ForeignKey("annex_text.id"))
    version_no: Mapped[int]
    action: Mapped[TextAction] = mapped_column(
        coded(TextAction, "action"), default=TextAction.WRITTEN
    )
    body: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(40), default="")
    written_at: Mapped[datetime] = mapped_column(default=clock.now)

    annex_text: Mapped[AnnexText] = relationship(back_populates="versions")
    author: Mapped[Person] = relationship()
