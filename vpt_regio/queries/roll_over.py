"""What the next half-year starts with, for the page that shows it before it is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from vpt_regio.domain.enums import ReportStatus
from vpt_regio.extensions import db
from vpt_regio.models.covenants import Expenditure
from vpt_regio.models.hours import HoursCorrection
from vpt_regio.models.periods import ProgressReport, ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.queries.extensions import explanations_of, extensions_of
from vpt_regio.queries.periods import reports_on


@dataclass(frozen=True)
class Starting:
    """What the next period starts with, and what stays behind in the last one.

    `regions` report on both, `joining` and `leaving` on one of them. `late_cents` and
    `late_quarters` were booked before it is made but count in it. Regions in `unfinished` have no
    accepted report on the last one; explanations and extra time are counted, and do not go along.
    """

    regions: Sequence[Region]
    joining: Sequence[Region]
    leaving: Sequence[Region]
    late_cents: int
    late_quarters: int
    unfinished: Sequence[Region]
    explanations: int
    extensions: int


def period_after(period: ReportingPeriod) -> ReportingPeriod | None:
    """Return the first period of the programme that starts after this one ends, or None."""
    return db.session.scalar(
        select(ReportingPeriod)
        .where(
            ReportingPeriod.programme_id == period.programme_id,
            ReportingPeriod.starts_on > period.ends_on,
        )
        .order_by(ReportingPeriod.starts_on, ReportingPeriod.id)
        .limit(1)
    )


def starting_with(period: ReportingPeriod, *, starts_on: date, ends_on: date) -> Starting:
    """Return what a period with these days starts with, after another one."""
    following = ReportingPeriod(
        programme_id=period.programme_id, starts_on=starts_on, ends_on=ends_on
    )
    before, after = _reporting(period), _reporting(following)
    accepted = set(
        db.session.scalars(
            select(ProgressReport.region_id).where(
                ProgressReport.period_id == period.id,
                ProgressReport.status == ReportStatus.ACCEPTED,
            )
        )
    )
    cents = select(func.sum(Expenditure.amount_cents)).where(
        Expenditure.dated_on.is_not(None), Expenditure.booked_on.between(starts_on, ends_on)
    )
    quarters = select(func.sum(HoursCorrection.quarters)).where(
        HoursCorrection.counted_on.between(starts_on, ends_on)
    )
    return Starting(
        regions=[region for region in after if region in before],
        joining=[region for region in after if region not in before],
        leaving=[region for region in before if region not in after],
        late_cents=int(db.session.scalar(cents) or 0),
        late_quarters=int(db.session.scalar(quarters) or 0),
        unfinished=[region for region in before if region.id not in accepted],
        explanations=len(explanations_of(period)),
        extensions=len(extensions_of(period)),
    )


def _reporting(period: ReportingPeriod) -> list[Region]:
    return list(
        db.session.scalars(
            select(Region)
            .where(Region.programme_id == period.programme_id, reports_on(period))
            .order_by(Region.name, Region.id)
        )
    )
