"""Fiction: what came after the half-year of the letter was frozen, and a region with extra time."""

from collections.abc import Iterator
from datetime import date

from vpt_regio.demo import people, world
from vpt_regio.demo.agenda import Step
from vpt_regio.domain.enums import Phase
from vpt_regio.services.expenditures import book_expenditure
from vpt_regio.services.extensions import grant_extension
from vpt_regio.services.hours_corrections import correct_hours

LATE_REGION = "groningen"
LATE_LEADER = "projectleider.groningen@vpt.example"
DATED_ON = date(2011, 11, 3)
BOOKED_ON = date(2012, 3, 20)
CORRECTED_ON = date(2012, 3, 27)

EXTENDED_REGION = "limburg"
GRANTED_ON = date(2012, 7, 13)
EXTENDED_TO = date(2012, 8, 3)


def steps() -> Iterator[Step]:
    """Yield the steps."""
    yield Step(BOOKED_ON, _book_late)
    yield Step(CORRECTED_ON, _correct_hours)
    yield Step(GRANTED_ON, _extend)


def _book_late() -> None:
    book_expenditure(
        world.region(LATE_REGION),
        booked_on=DATED_ON,
        phase=Phase.IMPLEMENTATION,
        description="Voorbeeld: zaalhuur van november, de rekening kwam in maart",
        amount_cents=185_00,
        actor=world.person(LATE_LEADER),
    )


def _correct_hours() -> None:
    correct_hours(
        world.appointment(LATE_REGION, LATE_LEADER),
        iso_year=2011,
        iso_week=45,
        quarters=64,
        reason="Voorbeeld: een vrije dag was als werkdag geboekt.",
        actor=world.person(LATE_LEADER),
    )


def _extend() -> None:
    grant_extension(
        world.period("2012-1"),
        world.region(EXTENDED_REGION),
        extended_to=EXTENDED_TO,
        reason="Voorbeeld: de projectleider is tot eind juli met verlof.",
        actor=world.person(people.OFFICER),
    )
