"""Fiction: what the regions spent and how many hours their leaders worked, by simple patterns."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from vpt_regio.demo.catalogue import ACTIVITIES
from vpt_regio.demo.people import BRABANT, FIRST_MANAGER, AppointmentFacts, leader_on
from vpt_regio.demo.plans import PlanContent, PlannedActivity
from vpt_regio.demo.regions import region_on
from vpt_regio.domain.enums import Phase
from vpt_regio.domain.half_year import iso_weeks_between

LAST_DAY = date(2012, 7, 13)


@dataclass(frozen=True)
class Booking:
    """An expenditure in cents, on an activity of the plan or (None) on the plan as a whole."""

    region: str
    by: str
    booked_on: date
    phase: Phase
    description: str
    amount_cents: int
    activity: str | None = None
    plan: tuple[str, str] = ("", "")
    """Region and covenant of the plan in which the activity stands."""
    override_reason: str = ""


@dataclass(frozen=True)
class Correction:
    """A part of a booking that is taken back, in cents below zero."""

    region: str
    by: str
    of: str
    booked_on: date
    amount_cents: int
    reason: str


# days after the start of an activity, phase, and the part of its budget that is paid then
INSTALMENTS = (
    (18, Phase.DEVELOPMENT, 92),
    (47, Phase.IMPLEMENTATION, 31),
    (131, Phase.IMPLEMENTATION, 38),
    (228, Phase.IMPLEMENTATION, 19),
)
WORDS = {
    18: "Voorbereiding",
    47: "Eerste rekening",
    131: "Tweede rekening",
    228: "Laatste rekening",
}


def bookings_of(plan: PlanContent, *, last_day: date = LAST_DAY) -> Iterator[Booking]:
    """Yield what a region spent on the activities of its plan; always within their budget."""
    for activity in plan.versions[0].activities:
        for days, phase, percent in INSTALMENTS:
            day = _working_day(activity.starts_on + timedelta(days=days))
            cents = _euros(activity, phase) * percent
            if cents and day <= last_day:
                region = region_on(plan.region, day)
                yield Booking(
                    region=region,
                    by=leader_on(region, day),
                    booked_on=day,
                    phase=phase,
                    description=f"{WORDS[days]}: {ACTIVITIES[activity.key].title}",
                    amount_cents=cents,
                    activity=activity.key,
                    plan=(plan.region, plan.covenant),
                )


def _euros(activity: PlannedActivity, phase: Phase) -> int:
    return activity.development if phase is Phase.DEVELOPMENT else activity.implementation


def _working_day(day: date) -> date:
    return day - timedelta(days=max(day.isoweekday() - 5, 0))


LIMBURG_LEADER = "projectleider.limburg@vpt.example"
HALL = "Zaalhuur voor gesprekken met werkgevers (voorbeeld)"

OTHER_BOOKINGS = (
    Booking(
        region="limburg",
        by=LIMBURG_LEADER,
        booked_on=date(2012, 3, 6),
        phase=Phase.DEVELOPMENT,
        description="Gesprekken met werkgevers over hun wensen (voorbeeld)",
        amount_cents=2_480_50,
    ),
    Booking(
        region="limburg",
        by=LIMBURG_LEADER,
        booked_on=date(2012, 4, 12),
        phase=Phase.DEVELOPMENT,
        description=HALL,
        amount_cents=1_250_00,
    ),
    Booking(
        region="limburg",
        by=LIMBURG_LEADER,
        booked_on=date(2012, 6, 21),
        phase=Phase.DEVELOPMENT,
        description="Hulp bij de probleemanalyse (voorbeeld)",
        amount_cents=4_875_00,
    ),
    # more than the activity has: the account manager allows it
    Booking(
        region="groningen",
        by=FIRST_MANAGER,
        booked_on=date(2012, 5, 8),
        phase=Phase.IMPLEMENTATION,
        description="Extra bijeenkomst voor werkgevers (voorbeeld)",
        amount_cents=1_900_00,
        activity="start",
        plan=("groningen", "VPT-2010-1"),
        override_reason="Voorbeeld: er kwamen meer werkgevers dan verwacht.",
    ),
    Booking(
        region=BRABANT,
        by=f"projectleider.{BRABANT}@vpt.example",
        booked_on=date(2012, 3, 20),
        phase=Phase.IMPLEMENTATION,
        description="Kosten van het overleg na de samenvoeging (voorbeeld)",
        amount_cents=1_125_75,
    ),
)

CORRECTIONS = (
    Correction(
        region="limburg",
        by=LIMBURG_LEADER,
        of=HALL,
        booked_on=date(2012, 5, 3),
        amount_cents=-250_00,
        reason="Voorbeeld: een deel van de zaalhuur is teruggestort.",
    ),
)

# quarters of an hour more or less than the appointment, week after week
SWING = (0, 6, -4, 2, -8, 4, 0, 10, -6, -2)
HOLIDAY_WEEKS = {(2011, 30), (2011, 31), (2011, 52), (2012, 18)}
HOLIDAY_NOTE = "Vakantie (voorbeeld)"


@dataclass(frozen=True)
class Week:
    """The hours of one week, in quarters."""

    iso_year: int
    iso_week: int
    quarters: int
    note: str = ""

    @property
    def friday(self) -> date:
        return date.fromisocalendar(self.iso_year, self.iso_week, 5)


def weeks_of(appointment: AppointmentFacts) -> list[Week]:
    """Return the weeks that a project leader booked."""
    last = min(appointment.booked_until, appointment.ends_on or appointment.booked_until)
    weeks = []
    for number, (year, week) in enumerate(iso_weeks_between(appointment.starts_on, last)):
        swing = SWING[(number + appointment.hours_per_week) % len(SWING)]
        quarters = max(appointment.hours_per_week * 4 + swing, 0)
        if (year, week) in HOLIDAY_WEEKS:
            weeks.append(Week(year, week, 0, HOLIDAY_NOTE))
        else:
            weeks.append(Week(year, week, quarters))
    return weeks
