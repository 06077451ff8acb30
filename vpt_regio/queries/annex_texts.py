"""The texts of the annex of a half-year: their newest words, and which were agreed with."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload, selectinload

from vpt_regio.domain.half_year_codes import AnnexChapter
from vpt_regio.domain.workflows.reports import ReportStatus
from vpt_regio.extensions import db
from vpt_regio.models.annex_texts import AnnexText, AnnexTextVersion
from vpt_regio.models.periods import ProgressReport, ReportingPeriod
from vpt_regio.models.regions import Region
from vpt_regio.models.snapshots import Reopening
from vpt_regio.queries.periods import reports_on

IN_ORDER = list(AnnexChapter)


def get_text(text_id: int) -> AnnexText | None:
    """Return a text with all its versions and who wrote them."""
    return db.session.scalar(
        select(AnnexText)
        .where(AnnexText.id == text_id)
        .options(
            joinedload(AnnexText.period),
            joinedload(AnnexText.region),
            selectinload(AnnexText.versions).joinedload(AnnexTextVersion.author),
        )
    )


def list_texts(
    period: ReportingPeriod, *, region_ids: frozenset[int] | None = None
) -> list[AnnexText]:
    """Return the texts of a half-year in the order of the annex, with their versions.

    `region_ids` limits them to the texts of those regions.
    """
    query = (
        select(AnnexText)
        .where(AnnexText.period_id == period.id)
        .options(
            joinedload(AnnexText.region),
            joinedload(AnnexText.policy_line),
            joinedload(AnnexText.signed_off_by),
            selectinload(AnnexText.versions).joinedload(AnnexTextVersion.author),
        )
        .order_by(AnnexText.id)
    )
    if region_ids is not None:
        query = query.where(AnnexText.region_id.in_(sorted(region_ids)))
    return sorted(db.session.scalars(query), key=_place)


def _place(text: AnnexText) -> tuple[int, int, str, int]:
    name = text.region.name if text.region else ""
    return IN_ORDER.index(text.chapter), text.position, name, text.id


def count_department_texts(period: ReportingPeriod) -> tuple[int, int]:
    """Return how many texts of other ministries were written, and how many there are."""
    query = select(
        func.count().filter(AnnexText.latest_no > 0),
        func.count(),
    ).where(AnnexText.period_id == period.id, AnnexText.chapter == AnnexChapter.DEPARTMENT)
    written, asked = db.session.execute(query).one()
    return written, asked


def bodies_of(period: ReportingPeriod) -> list[tuple[AnnexText, str]]:
    """Return each text of a half-year with its newest words, in the order of the annex."""
    query = (
        select(AnnexText, AnnexTextVersion.body)
        .outerjoin(
            AnnexTextVersion,
            and_(
                AnnexTextVersion.annex_text_id == AnnexText.id,
                AnnexTextVersion.version_no == AnnexText.latest_no,
            ),
        )
        .where(AnnexText.period_id == period.id)
        .options(joinedload(AnnexText.region))
        .order_by(AnnexText.id)
    )
    found = [(text, body or "") for text, body in db.session.execute(query)]
    return sorted(found, key=lambda pair: _place(pair[0]))


def reporting_regions(period: ReportingPeriod) -> list[tuple[Region, ProgressReport | None]]:
    """Return the regions that report on a half-year, each with its report once accepted."""
    accepted = and_(
        ProgressReport.region_id == Region.id,
        ProgressReport.period_id == period.id,
        ProgressReport.status == ReportStatus.ACCEPTED,
    )
    query = (
        select(Region, ProgressReport)
        .outerjoin(ProgressReport, accepted)
        .where(Region.programme_id == period.programme_id, reports_on(period))
        .order_by(Region.name, Region.id)
    )
    return [(region, report) for region, report in db.session.execute(query)]


def earlier_departments(period: ReportingPeriod) -> Sequence[str]:
    """Return the departments of the last half-year before this one that had any, in order."""
    last = (
        select(ReportingPeriod.id)
        .join(AnnexText, AnnexText.period_id == ReportingPeriod.id)
        .where(
            ReportingPeriod.programme_id == period.programme_id,
            ReportingPeriod.starts_on < period.starts_on,
            AnnexText.chapter == AnnexChapter.DEPARTMENT,
        )
        .order_by(ReportingPeriod.starts_on.desc(), ReportingPeriod.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(AnnexText.department)
        .where(AnnexText.period_id == last, AnnexText.chapter == AnnexChapter.DEPARTMENT)
        .order_by(AnnexText.position, AnnexText.id)
    )
    return list(db.session.scalars(query))


def highest_department(period: ReportingPeriod) -> int:
    """Return the highest place of a department in a half-year; 0 without any."""
    query = select(func.max(AnnexText.position)).where(
        AnnexText.period_id == period.id, AnnexText.chapter == AnnexChapter.DEPARTMENT
    )
    return db.session.scalar(query) or 0


def is_reopened(period: ReportingPeriod, region_id: int | None, *, on: date) -> bool:
    """Tell whether a half-year is open again on a day for a region, or for what has none."""
    query = select(Reopening.id).where(
        Reopening.period_id == period.id,
        Reopening.closed_on.is_(None),
        Reopening.expires_on >= on,
        Reopening.region_id.is_(None) if region_id is None else Reopening.region_id == region_id,
    )
    return db.session.scalar(query.limit(1)) is not None
