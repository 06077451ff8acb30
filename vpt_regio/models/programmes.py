"""The programme and its lists: measures, policy lines and the like are data, with a validity."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from vpt_regio.models.base import Base, SortedString
from vpt_regio.models.mixins import Identified, OfProgramme, Stamped


class Programme(Identified, Stamped, Base):
    """A programme that a ministry runs through regions: the root of every other record."""

    __tablename__ = "programme"

    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(SortedString(200))
    ministry: Mapped[str] = mapped_column(String(200))
    minister_title: Mapped[str] = mapped_column(String(200))
    started_words: Mapped[str] = mapped_column(String(200), default="")
    ended_words: Mapped[str] = mapped_column(String(200), default="")


class _ListEntry(Identified, OfProgramme):
    """An entry of a list of a programme; it holds from `valid_from` up to `valid_until`.

    The same code in two versions of a list is the same thing in other words. An entry that goes
    on under another code names that one in `successor_id`.
    """

    __tablename__: str

    code: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(300))
    list_version: Mapped[str] = mapped_column(String(40))
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    source: Mapped[str] = mapped_column(Text, default="")

    @declared_attr
    @classmethod
    def successor_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey(f"{cls.__tablename__}.id"))


class Measure(_ListEntry, Base):
    """A measure that employers take; `short_name` heads its column in the workbook."""

    __tablename__ = "measure"
    __table_args__ = (
        UniqueConstraint("programme_id", "list_version", "code"),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="validity"),
    )

    short_name: Mapped[str] = mapped_column(String(60))


class PolicyLine(_ListEntry, Base):
    """A main line of the programme's approach: it groups activities."""

    __tablename__ = "policy_line"
    __table_args__ = (UniqueConstraint("programme_id", "list_version", "code"),)


class Sector(_ListEntry, Base):
    """A sector in which people have a public task."""

    __tablename__ = "sector"
    __table_args__ = (UniqueConstraint("programme_id", "list_version", "code"),)


class AgreementType(_ListEntry, Base):
    """A kind of agreement that partners make in a performance contract."""

    __tablename__ = "agreement_type"
    __table_args__ = (UniqueConstraint("programme_id", "list_version", "code"),)
