"""Fiction: the people, named by their role only, their regions, mandates and hours a week."""

from dataclasses import dataclass
from datetime import date, timedelta

from vpt_regio.demo.programme import GO_LIVE
from vpt_regio.demo.regions import MERGED_ON
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role

ADMINISTRATOR = "beheer@vpt.example"
OFFICER = "beleid@vpt.example"
HOLDER = "mandaat@vpt.example"
DEPUTY_HOLDER = "mandaat.twee@vpt.example"
FIRST_MANAGER = "accountmanager@vpt.example"
SECOND_MANAGER = "accountmanager.twee@vpt.example"
THIRD_MANAGER = "accountmanager.drie@vpt.example"

SPRING_2012 = date(2012, 4, 2)
LAST_WEEK = date(2012, 7, 15)
END_OF_COVENANTS_2010 = date(2012, 6, 30)
"""After this day nobody works under the covenants of 2010 any more."""


@dataclass(frozen=True)
class RoleFacts:
    """A role of a person from a day on; `region` is a code, None for all regions."""

    role: Role
    region: str | None = None
    starts_on: date = GO_LIVE
    ends_on: date | None = None


@dataclass(frozen=True)
class PersonFacts:
    """Somebody with an account; the first six have the password of the demonstration."""

    email: str
    name: str
    roles: tuple[RoleFacts, ...]


def _leader(code: str, name: str, starts_on: date = GO_LIVE) -> PersonFacts:
    return PersonFacts(
        email=f"projectleider.{code}@vpt.example",
        name=f"Projectleider {name}",
        roles=(RoleFacts(Role.PROJECT_LEADER, code, starts_on),),
    )


def _manager(*regions: str) -> tuple[RoleFacts, ...]:
    return tuple(RoleFacts(Role.ACCOUNT_MANAGER, region) for region in regions)


MINISTRY = (
    PersonFacts(OFFICER, "Beleidsmedewerker", (RoleFacts(Role.POLICY_OFFICER),)),
    PersonFacts(HOLDER, "Mandaathouder", (RoleFacts(Role.MANDATE_HOLDER),)),
    PersonFacts(DEPUTY_HOLDER, "Plaatsvervangend mandaathouder", (RoleFacts(Role.MANDATE_HOLDER),)),
    PersonFacts("lezer@vpt.example", "Lezer", (RoleFacts(Role.READER),)),
)

LIMBURG_FROM = date(2012, 1, 9)
BRABANT = "midden-west-brabant-en-zeeland"

REGIONAL = (
    PersonFacts(
        FIRST_MANAGER,
        "Accountmanager",
        (
            *_manager("groningen"),
            RoleFacts(Role.ACCOUNT_MANAGER, "limburg", LIMBURG_FROM),
            RoleFacts(Role.ACCOUNT_MANAGER, "midden-nederland", date(2012, 3, 12)),
            RoleFacts(Role.ACCOUNT_MANAGER, "ijsselland", date(2012, 3, 12)),
        ),
    ),
    PersonFacts(
        SECOND_MANAGER,
        "Tweede accountmanager",
        (
            *_manager("amsterdam-amstelland", "noord-en-oost-gelderland", "midden-west-brabant"),
            RoleFacts(Role.ACCOUNT_MANAGER, BRABANT, MERGED_ON),
        ),
    ),
    PersonFacts(THIRD_MANAGER, "Derde accountmanager", _manager("zeeland")),
    _leader("groningen", "Groningen"),
    PersonFacts(
        "projectleider.amsterdam-amstelland@vpt.example",
        "Projectleider Amsterdam-Amstelland",
        (RoleFacts(Role.PROJECT_LEADER, "amsterdam-amstelland", ends_on=date(2012, 1, 31)),),
    ),
    PersonFacts(
        "opvolger.amsterdam-amstelland@vpt.example",
        "Opvolgend projectleider Amsterdam-Amstelland",
        (RoleFacts(Role.PROJECT_LEADER, "amsterdam-amstelland", date(2012, 1, 1)),),
    ),
    _leader("noord-en-oost-gelderland", "Noord en Oost Gelderland"),
    # this leader handed the work over after the merger, the one of Zeeland goes on
    PersonFacts(
        "projectleider.midden-west-brabant@vpt.example",
        "Projectleider Midden-West Brabant",
        (RoleFacts(Role.PROJECT_LEADER, "midden-west-brabant", ends_on=date(2012, 3, 31)),),
    ),
    _leader("zeeland", "Zeeland"),
    _leader(BRABANT, "Midden-West Brabant en Zeeland", MERGED_ON),
    PersonFacts(
        f"plaatsvervanger.{BRABANT}@vpt.example",
        "Plaatsvervangend projectleider Midden-West Brabant en Zeeland",
        (RoleFacts(Role.PROJECT_LEADER, BRABANT, MERGED_ON),),
    ),
    _leader("limburg", "Limburg", LIMBURG_FROM),
    PersonFacts(
        "plaatsvervanger.limburg@vpt.example",
        "Plaatsvervangend projectleider Limburg",
        (RoleFacts(Role.PROJECT_LEADER, "limburg", date(2012, 5, 1)),),
    ),
    _leader("midden-nederland", "Midden Nederland", SPRING_2012),
    _leader("ijsselland", "IJsselland", SPRING_2012),
)


@dataclass(frozen=True)
class MandateFacts:
    """A power to decide on behalf of the minister; None as amount means without limit."""

    email: str
    permission: Permission
    reference: str
    max_amount_cents: int | None = None
    allows_sub_mandate: bool = False


MANDATES = (
    MandateFacts(
        FIRST_MANAGER, Permission.ACTION_PLAN_APPROVE, "Mandaat 2011-01 (voorbeeld)", 100_000_00
    ),
    MandateFacts(
        SECOND_MANAGER, Permission.ACTION_PLAN_APPROVE, "Mandaat 2011-02 (voorbeeld)", 100_000_00
    ),
    MandateFacts(
        HOLDER,
        Permission.ACTION_PLAN_APPROVE,
        "Mandaat 2011-03 (voorbeeld)",
        allows_sub_mandate=True,
    ),
    MandateFacts(HOLDER, Permission.ACTION_PLAN_REFUSE, "Mandaat 2011-04 (voorbeeld)"),
    MandateFacts(HOLDER, Permission.COVENANT_TERMINATE, "Mandaat 2011-05 (voorbeeld)"),
    MandateFacts(HOLDER, Permission.APPLICATION_DECIDE, "Mandaat 2011-06 (voorbeeld)"),
    MandateFacts(HOLDER, Permission.SETTLEMENT_DECIDE, "Mandaat 2011-07 (voorbeeld)"),
    MandateFacts(HOLDER, Permission.PILOT_REVOKE, "Mandaat 2011-08 (voorbeeld)"),
)
SUB_MANDATED_ON = date(2012, 2, 6)
SUB_MANDATE = MandateFacts(
    THIRD_MANAGER, Permission.ACTION_PLAN_APPROVE, "Ondermandaat 2012-01 (voorbeeld)", 50_000_00
)


@dataclass(frozen=True)
class StandInFacts:
    """The first and last day on which the deputy decides in the place of the mandate holder."""

    arranged_on: date
    starts_on: date
    ends_on: date


STAND_INS = (
    StandInFacts(date(2012, 5, 3), date(2012, 5, 7), date(2012, 5, 25)),
    StandInFacts(date(2012, 7, 12), date(2012, 7, 23), date(2012, 8, 10)),
)


@dataclass(frozen=True)
class AppointmentFacts:
    """A project leader in a region for hours a week."""

    region: str
    email: str
    hours_per_week: int
    starts_on: date = GO_LIVE
    ends_on: date | None = None
    is_deputy: bool = False
    booked_until: date = END_OF_COVENANTS_2010
    """The last day of which the hours are booked on the day of the demonstration."""


APPOINTMENTS = (
    AppointmentFacts("groningen", "projectleider.groningen@vpt.example", 24),
    AppointmentFacts(
        "amsterdam-amstelland",
        "projectleider.amsterdam-amstelland@vpt.example",
        28,
        ends_on=date(2011, 12, 31),
    ),
    AppointmentFacts(
        "amsterdam-amstelland",
        "opvolger.amsterdam-amstelland@vpt.example",
        24,
        starts_on=date(2012, 1, 1),
    ),
    AppointmentFacts(
        "noord-en-oost-gelderland",
        "projectleider.noord-en-oost-gelderland@vpt.example",
        20,
        booked_until=LAST_WEEK,
    ),
    AppointmentFacts(
        "midden-west-brabant",
        "projectleider.midden-west-brabant@vpt.example",
        28,
        ends_on=MERGED_ON - timedelta(days=1),
    ),
    # goes on after the merger, beside the leader of the new region
    AppointmentFacts("zeeland", "projectleider.zeeland@vpt.example", 12),
    AppointmentFacts(BRABANT, f"projectleider.{BRABANT}@vpt.example", 24, starts_on=MERGED_ON),
    AppointmentFacts(
        BRABANT,
        f"plaatsvervanger.{BRABANT}@vpt.example",
        8,
        starts_on=MERGED_ON,
        is_deputy=True,
    ),
    # the last four weeks wait to be booked
    AppointmentFacts(
        "limburg",
        "projectleider.limburg@vpt.example",
        22,
        starts_on=LIMBURG_FROM,
        booked_until=date(2012, 6, 17),
    ),
    AppointmentFacts(
        "limburg",
        "plaatsvervanger.limburg@vpt.example",
        6,
        starts_on=date(2012, 5, 1),
        is_deputy=True,
        booked_until=LAST_WEEK,
    ),
    AppointmentFacts(
        "midden-nederland",
        "projectleider.midden-nederland@vpt.example",
        20,
        starts_on=SPRING_2012,
        booked_until=LAST_WEEK,
    ),
    # fewer hours than the norm, so that the signal shows
    AppointmentFacts(
        "ijsselland",
        "projectleider.ijsselland@vpt.example",
        16,
        starts_on=SPRING_2012,
        booked_until=LAST_WEEK,
    ),
)


def leader_on(region: str, day: date) -> str:
    """Return the e-mail address of the project leader of a region on a day, no deputies."""
    return next(
        facts.email
        for facts in APPOINTMENTS
        if facts.region == region
        and not facts.is_deputy
        and facts.starts_on <= day <= (facts.ends_on or day)
    )
