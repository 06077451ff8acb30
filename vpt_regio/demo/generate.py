"""A synthetic programme for load and scale tests: made through the services, clearly fictitious.

The same size, seed and day give the same programme.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from sqlalchemy import func, select

from vpt_regio import clock
from vpt_regio.demo import programme as facts
from vpt_regio.demo import synthetic_region, synthetic_results, synthetic_subsidies, world
from vpt_regio.demo.steps_foundation import create_programme_with_lists
from vpt_regio.demo.synthetic_life import ADMINISTRATOR, HOLDER, OFFICER, Life, Plan
from vpt_regio.domain.half_year import HalfYear
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.errors import WrongState
from vpt_regio.extensions import db
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.programmes import Programme
from vpt_regio.models.regions import Region
from vpt_regio.queries.programmes import get_programme
from vpt_regio.queries.reconciliation import unexplained
from vpt_regio.queries.snapshots import list_deliveries
from vpt_regio.services.explanations import explain_missing
from vpt_regio.services.freeze import freeze
from vpt_regio.services.letters import register_letter
from vpt_regio.services.mandates import give_mandate
from vpt_regio.services.people import create_person, give_role
from vpt_regio.services.periods import (
    close_period,
    create_period,
    open_period,
    send_letter,
    start_collecting,
)
from vpt_regio.services.reconciliation import explain
from vpt_regio.uow import write

HALVES_PER_YEAR = 2
# days after the last day of a half-year
COLLECTED_AFTER = 5
FROZEN_AFTER = 40
LETTER_AFTER = 75
CLOSED_AFTER = 85
MISSING = "Voorbeeld: de rapportage was niet op tijd klaar."
DIFFERENT = "Voorbeeld: het bedrag is na de vorige brief verbeterd."
MANDATES = (Permission.ACTION_PLAN_APPROVE, Permission.APPLICATION_DECIDE)


@dataclass(frozen=True)
class Size:
    """How much to make: `scale` times eight activities in each plan, over `years` years."""

    regions: int
    years: int
    scale: int
    seed: int


Tell = Callable[[int], None]


def count_steps(size: Size) -> int:
    """Return how many times `generate` tells that it came a step further."""
    return size.regions * (1 + size.years * HALVES_PER_YEAR)


def generate(size: Size, *, tell: Tell = lambda _steps: None) -> None:
    """Make the programme, with a commit for each region and half-year.

    Its last half-year is the one that ended before today: there some regions are still at work.
    Raises WrongState when there is a programme already.
    """
    if db.session.scalar(select(func.count()).select_from(Programme)):
        raise WrongState("there is a programme already; generate into an empty database")
    today = clock.today()
    halves = _halves(size, today)
    start = halves[0].start
    with clock.at(start):
        write(lambda: _ministry(start))
    plan = Plan(start=start, end=_end_of_covenants(today), scale=size.scale, halves=len(halves))
    lives = [Life(number=number, seed=size.seed) for number in range(1, size.regions + 1)]
    for life in lives:
        write(partial(synthetic_region.found, life, plan))
        tell(1)
    for number, half in enumerate(halves, start=1):
        _begin_period(half, number, today)
        for life in lives:
            write(partial(synthetic_region.live, life, plan, half, today=today))
            tell(1)
        write(partial(synthetic_subsidies.hold_round, half, lives))
        _end_period(half, today)


def _halves(size: Size, today: date) -> list[HalfYear]:
    halves = [HalfYear.of(today).previous()]
    for _ in range(size.years * HALVES_PER_YEAR - 1):
        halves.insert(0, halves[0].previous())
    return halves


def _end_of_covenants(today: date) -> date:
    return HalfYear.of(today).next().end


def _ministry(start: date) -> None:
    create_programme_with_lists()
    administrator = _person(ADMINISTRATOR, "Functioneel beheerder (voorbeeld)", actor=None)
    _role(administrator, Role.ADMINISTRATOR, start, actor=None)
    for email, name, role in (
        (OFFICER, "Beleidsmedewerker (voorbeeld)", Role.POLICY_OFFICER),
        (HOLDER, "Mandaathouder (voorbeeld)", Role.MANDATE_HOLDER),
    ):
        _role(_person(email, name, actor=administrator), role, start, actor=administrator)
    db.session.expire_all()
    for number, permission in enumerate(MANDATES, start=1):
        give_mandate(
            world.person(HOLDER),
            permission=permission,
            on_behalf_of=facts.MINISTER,
            reference=f"VOORBEELD-{number}",
            max_amount_cents=None,
            starts_on=start,
            ends_on=None,
            actor=administrator,
        )
    synthetic_results.add_indicators()
    synthetic_subsidies.begin()


def _person(email: str, name: str, *, actor: Person | None) -> Person:
    return create_person(get_programme(), email=email, name=name, actor=actor)


def _role(person: Person, role: Role, start: date, *, actor: Person | None) -> None:
    give_role(person, role=role, region=None, starts_on=start, ends_on=None, actor=actor)
    # the role counts from the next question on
    db.session.flush()
    db.session.expire(person)


def _begin_period(half: HalfYear, number: int, today: date) -> None:
    def begin() -> None:
        officer = world.person(OFFICER)
        with clock.at(half.start):
            period = create_period(
                get_programme(),
                code=half.code,
                name=half.label(),
                sequence_no=number,
                starts_on=half.start,
                ends_on=half.end,
                letter_on=half.end + timedelta(days=LETTER_AFTER),
                actor=officer,
            )
            open_period(period, actor=officer)
        for day in _come(half, COLLECTED_AFTER, today):
            with clock.at(day):
                start_collecting(period, actor=officer)

    write(begin)


def _end_period(half: HalfYear, today: date) -> None:
    def end() -> None:
        officer, period = world.person(OFFICER), world.period(half.code)
        for day in _come(half, FROZEN_AFTER, today):
            with clock.at(day):
                _freeze(period, officer)
        for day in _come(half, LETTER_AFTER, today):
            with clock.at(day):
                _register_letter(period, officer)
                send_letter(period, actor=officer)
        for day in _come(half, CLOSED_AFTER, today):
            with clock.at(day):
                close_period(period, actor=officer)

    write(end)


def _freeze(period: ReportingPeriod, officer: Person) -> None:
    """What is in the way is explained, as it would be in a hurry."""
    for one in list_deliveries(period):
        if not one.is_settled:
            explain_missing(period, one.region, reason=MISSING, actor=officer)
    for row in unexplained(period):
        if row.key_figure is not None:
            region = db.session.get_one(Region, row.region_id)
            explain(period, region, row.key_figure, explanation=DIFFERENT, actor=officer)
    freeze(period, actor=officer)


def _register_letter(period: ReportingPeriod, officer: Person) -> None:
    register_letter(
        get_programme(),
        reference=f"VOORBEELD-BRIEF-{period.code}",
        subject=f"Voorbeeld: voortgang {period.name}",
        written_on=clock.today(),
        period=period,
        actor=officer,
    )


def _come(half: HalfYear, days: int, today: date) -> Iterator[date]:
    """Yield the day so many days after a half-year, if it has come."""
    day = half.end + timedelta(days=days)
    if day <= today:
        yield day
