"""People, what they may do and since when, and the traces of signing in."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.models.base import Base, Cents, SortedString, coded
from vpt_regio.models.mixins import Identified, OfProgramme, Stamped, Versioned
from vpt_regio.models.regions import Region

# decisions by which nobody gets money
GRANTS_NOTHING = (Permission.ACTION_PLAN_REFUSE, Permission.PILOT_REVOKE)


class Person(Identified, Stamped, Versioned, Base):
    """Somebody with an account."""

    __tablename__ = "person"

    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(SortedString(200))
    is_active: Mapped[bool] = mapped_column(default=True)
    password_hash: Mapped[str | None] = mapped_column(String(300))
    password_set_at: Mapped[datetime | None]
    last_sign_in_at: Mapped[datetime | None]

    roles: Mapped[list["RoleAssignment"]] = relationship(
        back_populates="person", order_by="RoleAssignment.id"
    )

    # what Flask-Login asks of a user
    is_authenticated = True
    is_anonymous = False

    def get_id(self) -> str:
        return str(self.id)

    def roles_on(self, day: date) -> list["RoleAssignment"]:
        """Return the roles that hold on a day; none for a deactivated person."""
        return [role for role in self.roles if self.is_active and role.holds_on(day)]


class RoleAssignment(Identified, Stamped, OfProgramme, Base):
    """A role of a person, in one region or in all (`region` None), from a day up to a day.

    The account manager of a region is whoever holds that role for it.
    """

    __tablename__ = "role_assignment"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="period"),
        CheckConstraint(
            "region_id IS NOT NULL OR role NOT IN ('project_leader', 'account_manager')",
            name="regional_role_has_region",
        ),
        Index("ix_role_assignment_region_role", "region_id", "role"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(coded(Role, "role"))
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="roles")
    region: Mapped[Region | None] = relationship()

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class Mandate(Identified, Stamped, OfProgramme, Versioned, Base):
    """The power to decide on behalf of the minister: for what, up to how much, and when.

    A sub-mandate names its `parent`: it reaches no further than that one. Who stands in for
    somebody (`stands_in_for`) decides in their place, and the decision says so.
    """

    __tablename__ = "mandate"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="period"),
        CheckConstraint("max_amount_cents IS NULL OR max_amount_cents >= 0", name="max_amount"),
        CheckConstraint(
            "permission IN ('action_plan:approve', 'action_plan:refuse', 'covenant:terminate',"
            " 'application:decide', 'settlement:decide', 'pilot:revoke')",
            name="mandated",
        ),
        CheckConstraint("stands_in_for_id <> person_id", name="stands_in"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    # what can be mandated is a short list of its own (`mandated`)
    permission: Mapped[Permission] = mapped_column(coded(Permission, "permission", is_status=True))
    on_behalf_of: Mapped[str] = mapped_column(String(200))
    reference: Mapped[str] = mapped_column(String(100))
    max_amount_cents: Mapped[int | None] = mapped_column(Cents)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    parent_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    stands_in_for_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    allows_sub_mandate: Mapped[bool] = mapped_column(default=False)

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    stands_in_for: Mapped[Person | None] = relationship(foreign_keys=[stands_in_for_id])
    parent: Mapped["Mandate | None"] = relationship(remote_side="Mandate.id")

    def holds_on(self, day: date) -> bool:
        """Tell whether it holds on a day; a sub-mandate ends with the mandate it comes from."""
        is_on = self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
        return is_on and (self.parent is None or self.parent.holds_on(day))

    def covers(self, cents: int) -> bool:
        """Tell whether an amount may be decided on; what grants nothing has no limit."""
        if self.permission in GRANTS_NOTHING or self.max_amount_cents is None:
            return True
        return cents <= self.max_amount_cents


class UserSession(Identified, Base):
    """A signed-in browser; the cookie holds the token, the row only its hash. Times are real."""

    __tablename__ = "user_session"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str] = mapped_column(String(40), default="")

    person: Mapped[Person] = relationship()


class OneTimeLink(Identified, Base):
    """A link for a first or a forgotten password: used once, soon expired, stored as a hash."""

    __tablename__ = "one_time_link"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class SignInAttempt(Identified, Base):
    """A failed attempt to sign in, counted per account and address. Times are real."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("ix_sign_in_attempt_key_at", "key", "attempted_at"),)

    key: Mapped[str] = mapped_column(String(64))
    attempted_at: Mapped[datetime] = mapped_column(default=clock.real_now)


class SavedInput(Identified, Base):
    """What a person typed when the session had expired: kept half an hour, for them alone."""

    __tablename__ = "saved_input"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    form_name: Mapped[str] = mapped_column(String(80))
    fields: Mapped[list[Any]]
    expires_at: Mapped[datetime]


class IdempotencyKey(Identified, Base):
    """A form that was handled already: sending it again leads to the same result."""

    __tablename__ = "idempotency_key"
    __table_args__ = (UniqueConstraint("person_id", "key"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    key: Mapped[str] = mapped_column(String(64))
    url: Mapped[str] = mapped_column(Text)
    used_at: Mapped[datetime] = mapped_column(default=clock.real_now)
