"""What a half-year overview tells beside its figures: extra time, what is missing, reopenings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from vpt_regio.extensions import db
from vpt_regio.models.board import DeadlineExtension, ReportExplanation
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.queries.snapshots import list_reopenings


@dataclass(frozen=True)
class ExtraTime:
    """Extra time that a region got, and why; `withdrawn_on` when it was taken back."""

    region: str
    extended_to: date
    reason: str
    withdrawn_on: date | None


@dataclass(frozen=True)
class OpenedAgain:
    """A decision to correct what was frozen; without `region` what belongs to no region.

    `version_no` is the version that was made of it, if one was.
    """

    reference: str
    region: str | None
    reason: str
    decided_on: date
    expires_on: date
    closed_on: date | None
    version_no: int | None


@dataclass(frozen=True)
class Notices:
    """The exceptions of a half-year; `explanations` is by region id."""

    explanations: Mapping[int, str] = field(default_factory=dict)
    extra_time: Sequence[ExtraTime] = ()
    reopenings: Sequence[OpenedAgain] = ()


def read_notices(period: ReportingPeriod) -> Notices:
    """Return the exceptions of a half-year, oldest first."""
    missing = select(ReportExplanation.region_id, ReportExplanation.reason).where(
        ReportExplanation.period_id == period.id
    )
    return Notices(
        explanations={row.region_id: row.reason for row in db.session.execute(missing)},
        extra_time=_extra_time(period),
        reopenings=[
            OpenedAgain(
                reference=one.reference,
                region=one.region.name if one.region else None,
                reason=one.reason,
                decided_on=one.decided_on,
                expires_on=one.expires_on,
                closed_on=one.closed_on,
                version_no=one.snapshot.version_no if one.snapshot else None,
            )
            for one in list_reopenings(period)
        ],
    )


def _extra_time(period: ReportingPeriod) -> list[ExtraTime]:
    query = (
        select(DeadlineExtension)
        .where(DeadlineExtension.period_id == period.id)
        .join(DeadlineExtension.region)
        .options(joinedload(DeadlineExtension.region))
        .order_by(Region.name, DeadlineExtension.id)
    )
    return [
        ExtraTime(one.region.name, one.extended_to, one.reason, one.withdrawn_on)
        for one in db.session.scalars(query)
    ]
