"""Who may do what: one table, and the questions that are asked of it.

A role reaches as far as its assignment: one region, or all of them. Whoever holds the link of an
applicant has no role, and reaches one application. Deny by default.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias, overload

from vpt_regio import clock
from vpt_regio.domain.permissions import PERMISSION_LABELS, Permission
from vpt_regio.domain.roles import ROLE_LABELS, Role
from vpt_regio.domain.text import N_
from vpt_regio.domain.visibility import VIEW_PERMISSIONS
from vpt_regio.errors import NotAllowed, OnHold
from vpt_regio.models.holds import Hold
from vpt_regio.models.people import Person, RoleAssignment
from vpt_regio.standing import standing

EVERYONE = frozenset(Role)
LEADER = frozenset({Role.PROJECT_LEADER})
MANAGER = frozenset({Role.ACCOUNT_MANAGER})
OFFICER = frozenset({Role.POLICY_OFFICER})
HOLDER = frozenset({Role.MANDATE_HOLDER})
ADMIN = frozenset({Role.ADMINISTRATOR})
MINISTRY = OFFICER | HOLDER

POLICY: dict[Permission, frozenset[Role]] = {
    Permission.PROFILE_EDIT: EVERYONE,
    Permission.PERSON_VIEW: ADMIN,
    Permission.PERSON_MANAGE: ADMIN,
    Permission.MANDATE_VIEW: ADMIN | MINISTRY | MANAGER,
    Permission.MANDATE_MANAGE: ADMIN,
    Permission.AUDIT_VIEW: ADMIN | MINISTRY,
    Permission.MAIL_VIEW: ADMIN,
    # national fields are for everyone who is signed in
    Permission.REGION_VIEW: EVERYONE,
    Permission.ORGANISATION_VIEW: EVERYONE,
    Permission.COVENANT_VIEW: EVERYONE,
    Permission.LIST_VIEW: EVERYONE,
    Permission.INDICATOR_VIEW: EVERYONE,
    Permission.RESULT_VIEW: EVERYONE,
    Permission.FIGURE_VIEW: EVERYONE,
    Permission.PERIOD_VIEW: EVERYONE,
    Permission.LETTER_VIEW: EVERYONE,
    Permission.COMMITMENT_VIEW: EVERYONE,
    Permission.SUBSIDY_VIEW: EVERYONE,
    Permission.PILOT_VIEW: EVERYONE,
    # everything else stays within the reach of the role
    Permission.REGION_VIEW_DETAILS: EVERYONE,
    Permission.ACTION_PLAN_VIEW: EVERYONE,
    Permission.REPORT_VIEW: EVERYONE,
    Permission.CONTRACT_VIEW: EVERYONE,
    Permission.MATURITY_VIEW: EVERYONE,
    Permission.REGION_MANAGE: OFFICER,
    Permission.REGION_MERGE: OFFICER,
    Permission.HOLD_MANAGE: OFFICER | MANAGER,
    Permission.ORGANISATION_MANAGE: OFFICER | MANAGER | LEADER,
    Permission.PARTNER_MANAGE: OFFICER | MANAGER | LEADER,
    Permission.COVENANT_MANAGE: OFFICER,
    Permission.COVENANT_SIGN: OFFICER,
    Permission.COVENANT_AMEND: MANAGER,
    Permission.COVENANT_CLOSE: MANAGER,
    Permission.COVENANT_TERMINATE: HOLDER,
    Permission.PAYMENT_RECORD: OFFICER,
    Permission.FINAL_ACCOUNT_SUBMIT: LEADER,
    Permission.FINAL_ACCOUNT_REVIEW: MANAGER,
    Permission.ACCOUNTABILITY_RECORD: LEADER | MANAGER | OFFICER,
    Permission.APPOINTMENT_MANAGE: OFFICER | MANAGER,
    Permission.HOURS_BOOK: LEADER,
    Permission.EXPENDITURE_BOOK: LEADER | MANAGER,
    Permission.EXPENDITURE_OVERRIDE: MANAGER,
    Permission.ACTION_PLAN_EDIT: LEADER,
    Permission.ACTION_PLAN_SUBMIT: LEADER,
    Permission.ACTION_PLAN_TAKE_UP: MANAGER,
    Permission.ACTION_PLAN_REVIEW: MANAGER,
    Permission.ACTION_PLAN_RETURN: MANAGER,
    Permission.ACTION_PLAN_ADOPT: MANAGER,
    Permission.ACTION_PLAN_APPROVE: MANAGER | HOLDER,
    Permission.ACTION_PLAN_REFUSE: HOLDER,
    Permission.DECISION_REPLACE: MANAGER | HOLDER,
    Permission.LETTER_MAKE: LEADER | MANAGER | MINISTRY,
    Permission.OBJECTION_RECORD: OFFICER | HOLDER,
    Permission.TEMPLATE_MANAGE: OFFICER | ADMIN,
    Permission.LIST_MANAGE: ADMIN,
    Permission.CONTRACT_EDIT: LEADER,
    Permission.CONTRACT_SIGN: LEADER | MANAGER,
    Permission.CONTRACT_EVALUATE: MANAGER,
    Permission.TARGET_CHANGE: LEADER,
    Permission.MEASUREMENT_RECORD: LEADER,
    Permission.INDICATOR_MANAGE: OFFICER | LEADER,
    Permission.MATURITY_RECORD: LEADER | MANAGER,
    Permission.FIGURE_DEFINE: OFFICER | ADMIN,
    Permission.FIGURE_MANAGE: OFFICER,
    Permission.SUBSIDY_MANAGE: OFFICER,
    Permission.SUBSIDY_IMPORT: OFFICER | ADMIN,
    Permission.APPLICATION_VIEW: EVERYONE - LEADER,
    Permission.APPLICATION_WRITE: OFFICER,
    Permission.APPLICATION_RECORD: OFFICER,
    Permission.APPLICATION_ASSESS: OFFICER,
    Permission.APPLICATION_DECIDE: MINISTRY,
    Permission.PROPOSAL_SEND_BACK: MINISTRY,
    Permission.PILOT_VIEW_DETAILS: EVERYONE,
    Permission.PILOT_MANAGE: OFFICER,
    Permission.PILOT_REPORT: OFFICER | LEADER,
    Permission.PILOT_PAY: OFFICER,
    Permission.SETTLEMENT_DECIDE: MINISTRY,
    Permission.PILOT_REVOKE: HOLDER,
    Permission.PERIOD_MANAGE: OFFICER,
    Permission.PERIOD_EXPORT: MINISTRY,
    Permission.PERIOD_FREEZE: OFFICER,
    Permission.PERIOD_REOPEN: MINISTRY,
    Permission.PERIOD_RECONCILE: OFFICER,
    Permission.DEADLINE_EXTEND: OFFICER | MANAGER,
    Permission.LETTER_MANAGE: OFFICER,
    Permission.LETTER_CHECK: MINISTRY,
    Permission.COMMITMENT_MANAGE: OFFICER,
    Permission.ANNEX_VIEW: MINISTRY | MANAGER,
    Permission.ANNEX_WRITE: OFFICER | MANAGER,
    Permission.ANNEX_SIGN_OFF: MANAGER,
    Permission.REPORT_EDIT: LEADER,
    Permission.REPORT_SUBMIT: LEADER,
    Permission.REPORT_RETURN: MANAGER,
    Permission.REPORT_ACCEPT: MANAGER,
}

# of these, a regional role reaches beyond its region
NATIONAL_FIELDS = frozenset(
    {
        Permission.PROFILE_EDIT,
        Permission.REGION_VIEW,
        Permission.ORGANISATION_VIEW,
        Permission.ORGANISATION_MANAGE,
        Permission.COVENANT_VIEW,
        Permission.LIST_VIEW,
        Permission.INDICATOR_VIEW,
        Permission.RESULT_VIEW,
        Permission.FIGURE_VIEW,
        Permission.PERIOD_VIEW,
        Permission.LETTER_VIEW,
        Permission.COMMITMENT_VIEW,
        Permission.SUBSIDY_VIEW,
        Permission.PILOT_VIEW,
        Permission.MANDATE_VIEW,
    }
)

# a hold stops every change within its reach, except what is about the hold or the end itself
READING = frozenset(
    {
        Permission.REGION_VIEW,
        Permission.REGION_VIEW_DETAILS,
        Permission.ORGANISATION_VIEW,
        Permission.COVENANT_VIEW,
        Permission.ACTION_PLAN_VIEW,
        Permission.LIST_VIEW,
        Permission.CONTRACT_VIEW,
        Permission.INDICATOR_VIEW,
        Permission.RESULT_VIEW,
        Permission.MATURITY_VIEW,
        Permission.FIGURE_VIEW,
        Permission.SUBSIDY_VIEW,
        Permission.APPLICATION_VIEW,
        Permission.PILOT_VIEW,
        Permission.PILOT_VIEW_DETAILS,
        Permission.PERIOD_VIEW,
        Permission.PERIOD_EXPORT,
        Permission.LETTER_VIEW,
        Permission.COMMITMENT_VIEW,
        Permission.ANNEX_VIEW,
        Permission.REPORT_VIEW,
        Permission.PERSON_VIEW,
        Permission.MANDATE_VIEW,
        Permission.AUDIT_VIEW,
        Permission.MAIL_VIEW,
    }
)
DESPITE_A_HOLD = READING | {
    Permission.HOLD_MANAGE,
    Permission.COVENANT_TERMINATE,
    Permission.OBJECTION_RECORD,
    Permission.LETTER_MAKE,
}

# what the link of an applicant allows, on its own application only
BY_LINK = frozenset({Permission.APPLICATION_WRITE, Permission.PILOT_REPORT})

HELD = N_(
    "%(what)s staat stil sinds %(day)s, tot het weer wordt vrijgegeven. Er is niets gewijzigd."
    " Stilgezet door: %(person)s. Reden: %(reason)s"
)
HELD_UNTIL = N_(
    "%(what)s staat stil van %(day)s tot en met %(until)s. Er is niets gewijzigd."
    " Stilgezet door: %(person)s. Reden: %(reason)s"
)
HELD_FOR_APPLICANT = N_(
    "%(what)s staat stil. Er is niets gewijzigd. Vraag het ministerie wanneer u verder kunt."
)


@dataclass(frozen=True)
class LinkHolder:
    """Whoever holds the link of an applicant: without an account, for one application.

    `name` is what the history shows: the organisation that applies.
    """

    application_id: int
    link_id: int
    name: str


Actor: TypeAlias = Person | LinkHolder


@dataclass(frozen=True)
class Answer:
    """Whether something is allowed; `reason` is why it is not.

    `role` is the role that allows it; none for the holder of a link.
    """

    allowed: bool
    role: Role | None = None
    reason: str = ""
    params: tuple[tuple[str, str], ...] = ()
    is_held: bool = False

    def __bool__(self) -> bool:
        return self.allowed


def can(actor: Actor, permission: Permission, subject: Any = None) -> Answer:
    """Answer whether somebody may do something, to this subject or (without one) anywhere.

    A subject tells its regions in `region_ids`; None or no such attribute means the programme.
    The holder of a link may do nothing without a subject.
    """
    if isinstance(actor, LinkHolder):
        return _can_by_link(actor, permission, subject)
    allowed_roles = POLICY[permission]
    for assignment in actor.roles_on(clock.today()):
        if assignment.role in allowed_roles and _reaches(assignment, permission, subject):
            held = holds_of(subject) if permission not in DESPITE_A_HOLD else []
            return _held_back(held[0]) if held else Answer(allowed=True, role=assignment.role)
    return Answer(
        allowed=False,
        reason=N_("U hebt geen recht voor: %(what)s. Dit kan alleen: %(roles)s."),
        params=(
            ("what", PERMISSION_LABELS[permission]),
            ("roles", ", ".join(ROLE_LABELS[role] for role in Role if role in allowed_roles)),
        ),
    )


def _can_by_link(holder: LinkHolder, permission: Permission, subject: Any) -> Answer:
    if permission not in BY_LINK or _application_of(subject) != holder.application_id:
        return Answer(
            allowed=False,
            reason=N_("U hebt met deze link geen recht voor: %(what)s. Vraag het het ministerie."),
            params=(("what", PERMISSION_LABELS[permission]),),
        )
    for hold in holds_of(subject):
        # whoever placed the hold, and why, is not for everybody to know
        what = (("what", _held_name(hold)),)
        return Answer(allowed=False, is_held=True, reason=HELD_FOR_APPLICANT, params=what)
    return Answer(allowed=True)


def _application_of(subject: Any) -> int | None:
    """Return the application that a record is, or belongs to; None for any other."""
    if getattr(subject, "__tablename__", "") == "subsidy_application":
        own: int | None = subject.id
        return own
    found: int | None = getattr(subject, "application_id", None)
    return found


def holds_of(subject: Any) -> list[Hold]:
    """Return the holds that keep a subject as it is today."""
    return standing().holds_on(
        clock.today(),
        region_ids=getattr(subject, "region_ids", None) or (),
        covenant_ids=getattr(subject, "covenant_ids", ()),
    )


def require_moving(*subjects: Any) -> None:
    """Raise OnHold when one of these stands still today.

    For what a change reaches besides its subject, such as the covenant that pays for a day.
    """
    for subject in subjects:
        for hold in holds_of(subject):
            answer = _held_back(hold)
            raise OnHold(answer.reason, params=dict(answer.params))


def _held_back(hold: Hold) -> Answer:
    return Answer(
        allowed=False,
        is_held=True,
        reason=HELD_UNTIL if hold.until_on else HELD,
        params=(
            ("what", _held_name(hold)),
            ("day", _day(hold.starts_on)),
            ("until", _day(hold.until_on) if hold.until_on else ""),
            ("person", hold.placed_by.name),
            ("reason", hold.reason),
        ),
    )


def _held_name(hold: Hold) -> str:
    if hold.covenant is not None:
        return hold.covenant.number
    return hold.region.name if hold.region is not None else ""


def _day(day: date) -> str:
    return day.strftime("%d-%m-%Y")


@overload
def require(actor: Person, permission: Permission, subject: Any = None) -> Role: ...


@overload
def require(actor: Actor, permission: Permission, subject: Any = None) -> Role | None: ...


def require(actor: Actor, permission: Permission, subject: Any = None) -> Role | None:
    """Return the role by which somebody may do something; raise NotAllowed when they may not.

    The holder of a link has no role: the audit record writes `APPLICANT` in its place.
    """
    answer = can(actor, permission, subject)
    if not answer:
        refusal = OnHold if answer.is_held else NotAllowed
        raise refusal(answer.reason, params=dict(answer.params))
    return answer.role


def as_person(actor: Actor) -> Person:
    """Return the person who acts; raise NotAllowed for the holder of a link.

    For rules that ask who somebody is: an author, a mandate.
    """
    if isinstance(actor, LinkHolder):
        raise NotAllowed(N_("Dit kan niet met een link. Log in met een account."))
    return actor


def person_of(actor: Actor | None) -> Person | None:
    """Return the person who acts, to be kept with a record; None for the holder of a link."""
    return actor if isinstance(actor, Person) else None


def can_see(person: Person, subject: Any) -> bool:
    """Return whether a person may know that this record exists."""
    return bool(can(person, VIEW_PERMISSIONS[subject.__tablename__], subject))


def visible_regions(
    person: Person, permission: Permission = Permission.REGION_VIEW_DETAILS
) -> frozenset[int] | None:
    """Return the regions in which a person has a permission; None stands for all of them.

    After a merger that is the successor with all that went up in it.
    """
    regions: set[int] = set()
    for assignment in person.roles_on(clock.today()):
        if assignment.role not in POLICY[permission]:
            continue
        if assignment.region_id is None or permission in NATIONAL_FIELDS:
            return None
        regions |= standing().family(assignment.region_id, clock.today())
    return frozenset(regions)


def has_role(person: Person, *roles: Role) -> bool:
    """Return whether a person holds one of the roles today, anywhere."""
    return any(assignment.role in roles for assignment in person.roles_on(clock.today()))


def _reaches(assignment: RoleAssignment, permission: Permission, subject: Any) -> bool:
    programme_id = getattr(subject, "programme_id", None)
    if programme_id is not None and assignment.programme_id != programme_id:
        return False
    if assignment.region_id is None or permission in NATIONAL_FIELDS or subject is None:
        return True
    region_ids: Collection[int] | None = getattr(subject, "region_ids", None)
    if not region_ids:
        return False
    return not standing().family(assignment.region_id, clock.today()).isdisjoint(region_ids)
