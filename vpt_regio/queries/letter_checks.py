"""Draft letters of which the figures were checked."""

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from vpt_regio.extensions import db
from vpt_regio.models.letters import LetterCheck
from vpt_regio.models.periods import ReportingPeriod

PER_PAGE = 25


def get_check(check_id: int) -> LetterCheck | None:
    """Return a check with its half-year, its version and who asked for it."""
    query = (
        select(LetterCheck)
        .where(LetterCheck.id == check_id)
        .options(
            joinedload(LetterCheck.period),
            joinedload(LetterCheck.snapshot),
            joinedload(LetterCheck.checked_by),
        )
    )
    return db.session.scalar(query)


def content_of(check: LetterCheck) -> bytes:
    """Return the letter as it came."""
    query = select(LetterCheck.content).where(LetterCheck.id == check.id)
    return bytes(db.session.scalars(query).one())


def latest_check(period: ReportingPeriod) -> LetterCheck | None:
    """Return the check of a half-year that was asked for last."""
    query = select(LetterCheck).where(LetterCheck.period_id == period.id)
    return db.session.scalars(query.order_by(LetterCheck.id.desc()).limit(1)).first()


def page_of_checks(period: ReportingPeriod, *, page: int) -> Pagination:
    """Return one page of the checks of a half-year, the newest first."""
    query = (
        select(LetterCheck)
        .where(LetterCheck.period_id == period.id)
        .options(joinedload(LetterCheck.checked_by))
        .order_by(LetterCheck.id.desc())
    )
    return db.paginate(query, page=max(page, 1), per_page=PER_PAGE, error_out=False)
