"""The progress of a pilot by half-year, and the half-years on which can be written."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from vpt_regio import clock
from vpt_regio.domain.enums import PeriodStatus
from vpt_regio.extensions import db
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.pilot_reports import PilotProgress
from vpt_regio.models.pilots import Pilot

OPEN = (PeriodStatus.PLANNED, PeriodStatus.OPEN, PeriodStatus.COLLECTING)


@dataclass(frozen=True)
class ProgressOfPeriod:
    """What was written on one half-year: the last revision, and those before it, newest first."""

    period: ReportingPeriod
    latest: PilotProgress | None
    earlier: Sequence[PilotProgress]

    @property
    def is_open(self) -> bool:
        return self.period.status in OPEN


def latest_progress(pilot: Pilot, period: ReportingPeriod) -> PilotProgress | None:
    query = (
        select(PilotProgress)
        .where(PilotProgress.pilot_id == pilot.id, PilotProgress.period_id == period.id)
        .order_by(PilotProgress.revision_no.desc())
        .limit(1)
    )
    return db.session.scalar(query)


def list_progress(pilot: Pilot) -> list[ProgressOfPeriod]:
    """Return each half-year in which the pilot ran or was written about, newest first."""
    query = (
        select(PilotProgress)
        .where(PilotProgress.pilot_id == pilot.id)
        .order_by(PilotProgress.revision_no.desc())
        .options(joinedload(PilotProgress.recorded_by))
    )
    by_period: dict[int, list[PilotProgress]] = {}
    for one in db.session.scalars(query):
        by_period.setdefault(one.period_id, []).append(one)
    found = []
    for period in begun_periods(pilot.programme_id):
        written = by_period.get(period.id, [])
        if written or _ran_in(pilot, period):
            found.append(ProgressOfPeriod(period, written[0] if written else None, written[1:]))
    return found


def begun_periods(programme_id: int) -> list[ReportingPeriod]:
    """Return the half-years of a programme that have begun, newest first."""
    query = (
        select(ReportingPeriod)
        .where(
            ReportingPeriod.programme_id == programme_id,
            ReportingPeriod.starts_on <= clock.today(),
        )
        .order_by(ReportingPeriod.starts_on.desc(), ReportingPeriod.id.desc())
        .options(selectinload(ReportingPeriod.deadlines))
    )
    return list(db.session.scalars(query))


def _ran_in(pilot: Pilot, period: ReportingPeriod) -> bool:
    """Tell whether a half-year has a day of the pilot; one without a first day ran in none."""
    if pilot.starts_on is None or period.ends_on < pilot.starts_on:
        return False
    return pilot.ends_on is None or period.starts_on <= pilot.ends_on


@dataclass(frozen=True)
class PilotInPeriod:
    """A pilot in one half-year: where its progress is written."""

    pilot: Pilot
    period: ReportingPeriod
    __tablename__ = "pilot_progress"

    @property
    def programme_id(self) -> int:
        return self.pilot.programme_id

    @property
    def region_ids(self) -> frozenset[int]:
        return self.pilot.region_ids

    @property
    def is_open(self) -> bool:
        return self.period.status in OPEN


def find_place(pilot_id: int, period_id: int) -> PilotInPeriod | None:
    """Return the place of a pilot in a half-year of its programme."""
    pilot = db.session.get(Pilot, pilot_id)
    period = db.session.get(ReportingPeriod, period_id)
    if pilot is None or period is None or pilot.programme_id != period.programme_id:
        return None
    return PilotInPeriod(pilot, period)
