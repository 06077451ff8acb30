"""Who may do what: one table, and the questions that are asked of it.

A role reaches as far as its assignment: one region, or all of them. Deny by default.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from vpt_regio import clock
from vpt_regio.domain.permissions import PERMISSION_LABELS, Permission
from vpt_regio.domain.roles import ROLE_LABELS, Role
from vpt_regio.domain.text import N_
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

# what a person must be able to see before any other right on a record is of use
VIEW_PERMISSIONS: dict[str, Permission] = {
    "region": Permission.REGION_VIEW,
    "covenant": Permission.COVENANT_VIEW,
    "covenant_amendment": Permission.REGION_VIEW_DETAILS,
    "payment": Permission.REGION_VIEW_DETAILS,
    "final_account": Permission.REGION_VIEW_DETAILS,
    "hold": Permission.REGION_VIEW,
    "region_merger": Permission.REGION_VIEW,
    "organisation": Permission.ORGANISATION_VIEW,
    "reporting_period": Permission.PERIOD_VIEW,
    "action_plan": Permission.ACTION_PLAN_VIEW,
    "plan_version": Permission.ACTION_PLAN_VIEW,
    "activity": Permission.ACTION_PLAN_VIEW,
    "activity_version": Permission.ACTION_PLAN_VIEW,
    "remark": Permission.ACTION_PLAN_VIEW,
    "decision": Permission.ACTION_PLAN_VIEW,
    "objection": Permission.ACTION_PLAN_VIEW,
    "decision_request": Permission.ACTION_PLAN_VIEW,
    "document_template": Permission.TEMPLATE_MANAGE,
    "performance_contract": Permission.CONTRACT_VIEW,
    "contract_signature": Permission.CONTRACT_VIEW,
    "agreement": Permission.CONTRACT_VIEW,
    "measurement": Permission.CONTRACT_VIEW,
    "indicator": Permission.INDICATOR_VIEW,
    "inventory": Permission.MATURITY_VIEW,
    "measure_maturity": Permission.MATURITY_VIEW,
    "figure_set": Permission.FIGURE_VIEW,
    "figure_delivery": Permission.FIGURE_VIEW,
    "figure_claim": Permission.FIGURE_VIEW,
    "programme_target": Permission.FIGURE_VIEW,
    "subsidy_scheme": Permission.SUBSIDY_VIEW,
    "subsidy_arrangement": Permission.SUBSIDY_VIEW,
    "subsidy_round": Permission.SUBSIDY_VIEW,
    "subsidy_application": Permission.APPLICATION_VIEW,
    "subsidy_proposal": Permission.APPLICATION_VIEW,
    "applicant_link": Permission.APPLICATION_VIEW,
    "attachment": Permission.APPLICATION_VIEW,
    "pilot": Permission.PILOT_VIEW,
    "pilot_instalment": Permission.PILOT_VIEW_DETAILS,
    "pilot_payment": Permission.PILOT_VIEW_DETAILS,
    "pilot_progress": Permission.PILOT_VIEW_DETAILS,
    "change_notice": Permission.PILOT_VIEW_DETAILS,
    "pilot_final_report": Permission.PILOT_VIEW_DETAILS,
    "recovery": Permission.PILOT_VIEW_DETAILS,
    "progress_report": Permission.REPORT_VIEW,
    "region_books": Permission.REGION_VIEW_DETAILS,
    "region_partner": Permission.REGION_VIEW_DETAILS,
    "project_leader_appointment": Permission.REGION_VIEW_DETAILS,
    "hours_entry": Permission.REGION_VIEW_DETAILS,
    "expenditure": Permission.REGION_VIEW_DETAILS,
    "person": Permission.PERSON_VIEW,
    "role_assignment": Permission.PERSON_VIEW,
    "mandate": Permission.MANDATE_VIEW,
    "outbox_message": Permission.MAIL_VIEW,
    "programme": Permission.REGION_VIEW,
}

HELD = N_(
    "%(what)s staat stil sinds %(day)s, tot het weer wordt vrijgegeven. Er is niets gewijzigd."
    " Stilgezet door: %(person)s. Reden: %(reason)s"
)
HELD_UNTIL = N_(
    "%(what)s staat stil van %(day)s tot en met %(until)s. Er is niets gewijzigd."
    " Stilgezet door: %(person)s. Reden: %(reason)s"
)


@dataclass(frozen=True)
class Answer:
    """Whether something is allowed; `role` is the role that allows it, `reason` why it is not."""

    allowed: bool
    role: Role | None = None
    reason: str = ""
    params: tuple[tuple[str, str], ...] = ()
    is_held: bool = False

    def __bool__(self) -> bool:
        return self.allowed


def can(person: Person, permission: Permission, subject: Any = None) -> Answer:
    """Answer whether a person may do something, to this subject or (without one) anywhere.

    A subject tells its regions in `region_ids`; None or no such attribute means the programme.
    """
    allowed_roles = POLICY[permission]
    for assignment in person.roles_on(clock.today()):
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


def require(person: Person, permission: Permission, subject: Any = None) -> Role:
    """Return the role by which a person may do something; raise NotAllowed without one."""
    answer = can(person, permission, subject)
    if answer.role is None:
        refusal = OnHold if answer.is_held else NotAllowed
        raise refusal(answer.reason, params=dict(answer.params))
    return answer.role


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
