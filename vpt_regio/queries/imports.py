"""Uploaded progress forms: the lists of a half-year and of a region, and what they booked."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from vpt_regio import policies
from vpt_regio.domain.half_year_codes import ImportStatus
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.workflows.regions import RegionStatus
from vpt_regio.extensions import db
from vpt_regio.models.covenants import Expenditure
from vpt_regio.models.imports import Import
from vpt_regio.models.people import Person
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.regions import Region

PER_PAGE = 25
TAKEN = (ImportStatus.ACCEPTED, ImportStatus.ACCEPTED_WITH_NOTES)


def get_import(import_id: int) -> Import | None:
    """Return an uploaded form with its region, its half-year and who uploaded it."""
    query = (
        select(Import)
        .where(Import.id == import_id)
        .options(
            joinedload(Import.region),
            joinedload(Import.period),
            joinedload(Import.uploaded_by),
            joinedload(Import.decided_by),
        )
    )
    return db.session.scalar(query)


def content_of(import_: Import) -> bytes:
    """Return the file as it came."""
    return bytes(db.session.scalars(select(Import.content).where(Import.id == import_.id)).one())


def returned_of(import_: Import) -> bytes:
    """Return the form with the marks that goes back, of a file that was refused."""
    query = select(Import.returned).where(Import.id == import_.id)
    return bytes(db.session.scalars(query).one() or b"")


def has_returned(import_: Import) -> bool:
    """Return whether there is a form with marks that goes back."""
    query = select(Import.returned.is_not(None)).where(Import.id == import_.id)
    return bool(db.session.scalar(query))


def page_of_imports(
    person: Person,
    *,
    period: ReportingPeriod | None = None,
    region: Region | None = None,
    page: int,
) -> Pagination:
    """Return one page of the uploaded forms that a person may see, the newest first."""
    conditions: list[ColumnElement[bool]] = []
    if period is not None:
        conditions.append(Import.period_id == period.id)
    if region is not None:
        conditions.append(Import.region_id == region.id)
    visible = policies.visible_regions(person, Permission.REPORT_VIEW)
    if visible is not None:
        conditions.append(Import.region_id.in_(sorted(visible)))
    query = (
        select(Import)
        .where(*conditions)
        .options(
            joinedload(Import.region),
            joinedload(Import.period),
            joinedload(Import.uploaded_by),
        )
        .order_by(Import.id.desc())
    )
    return db.paginate(query, page=max(page, 1), per_page=PER_PAGE, error_out=False)


def list_same_files(import_: Import) -> list[Import]:
    """Return the earlier uploads of the same file for the same place, oldest first."""
    query = (
        select(Import)
        .where(
            Import.region_id == import_.region_id,
            Import.period_id == import_.period_id,
            Import.sha256 == import_.sha256,
            Import.id < import_.id,
        )
        .options(joinedload(Import.uploaded_by))
        .order_by(Import.id)
    )
    return list(db.session.scalars(query))


def list_writable_regions(person: Person, programme_id: int) -> list[Region]:
    """Return the regions for which a person writes reports, by name."""
    writable = policies.visible_regions(person, Permission.REPORT_EDIT)
    conditions = [Region.programme_id == programme_id, Region.status != RegionStatus.MERGED]
    if writable is not None:
        conditions.append(Region.id.in_(sorted(writable)))
    return list(db.session.scalars(select(Region).where(*conditions).order_by(Region.name)))


def count_booked(region_id: int, period_id: int, form: str) -> Counter[str]:
    """Count by content what one downloaded form booked, of uploads that were not withdrawn."""
    return Counter(
        entry["digest"]
        for applied in _applied(region_id, period_id, TAKEN)
        for entry in applied
        if entry["kind"] == "expenditure" and entry["form"] == form
    )


def list_taken_back(region_id: int, period_id: int) -> frozenset[int]:
    """Return the ids of bookings that do not count: corrections, what they correct, withdrawn."""
    withdrawn = {
        int(entry["id"])
        for applied in _applied(region_id, period_id, (ImportStatus.WITHDRAWN,))
        for entry in applied
        if entry["kind"] == "expenditure"
    }
    query = select(Expenditure.id, Expenditure.corrects_id).where(
        Expenditure.region_id == region_id, Expenditure.corrects_id.is_not(None)
    )
    corrections = {number for row in db.session.execute(query) for number in row}
    return frozenset(withdrawn | corrections)


def _applied(
    region_id: int, period_id: int, statuses: Iterable[ImportStatus]
) -> list[list[dict[str, Any]]]:
    query = (
        select(Import.applied)
        .where(
            Import.region_id == region_id,
            Import.period_id == period_id,
            Import.status.in_(list(statuses)),
        )
        .order_by(Import.id)
    )
    return list(db.session.scalars(query))


def hold_region(region_id: int) -> None:
    """Let those who take a form over for a region take turns."""
    db.session.execute(select(Region.id).where(Region.id == region_id).with_for_update())
