"""Letters to the House: the list, one with its annexes, and which version of a half-year."""

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from vpt_regio.domain.rules.citations import Cited
from vpt_regio.extensions import db
from vpt_regio.models.letters import Letter
from vpt_regio.models.periods import ReportingPeriod
from vpt_regio.models.snapshots import Snapshot

PER_PAGE = 25


def get_letter(letter_id: int) -> Letter | None:
    """Return a letter with its annexes, its half-year and the version that it cites."""
    query = (
        select(Letter)
        .where(Letter.id == letter_id)
        .options(
            selectinload(Letter.annexes), joinedload(Letter.period), joinedload(Letter.snapshot)
        )
    )
    return db.session.scalar(query)


def find_letter(programme_id: int, reference: str) -> Letter | None:
    """Return the letter with a reference, however it is capitalised."""
    query = select(Letter).where(
        Letter.programme_id == programme_id, func.lower(Letter.reference) == reference.lower()
    )
    return db.session.scalars(query.order_by(Letter.id)).first()


def find_published(programme_id: int, dossier: str, number: str) -> Letter | None:
    """Return the letter that was published under a number of a dossier."""
    query = select(Letter).where(
        Letter.programme_id == programme_id, Letter.dossier == dossier, Letter.number == number
    )
    return db.session.scalars(query.order_by(Letter.id)).first()


def page_of_letters(programme_id: int, *, search: str = "", page: int = 1) -> Pagination:
    """Return a page of letters, the newest first; those without a day come last."""
    query = (
        select(Letter)
        .where(Letter.programme_id == programme_id)
        .options(joinedload(Letter.period), joinedload(Letter.snapshot))
        .order_by(Letter.written_on.is_(None), Letter.written_on.desc(), Letter.id.desc())
    )
    if search:
        digits = "".join(search.split())
        query = query.where(
            or_(
                Letter.subject.icontains(search, autoescape=True),
                Letter.reference.icontains(search, autoescape=True),
                Letter.dossier.icontains(digits, autoescape=True),
                Letter.number == search,
            )
        )
    return db.paginate(query, page=max(page, 1), per_page=PER_PAGE, error_out=False)


def all_letters(programme_id: int) -> list[Letter]:
    """Return every letter, to choose from: the newest first."""
    query = (
        select(Letter)
        .where(Letter.programme_id == programme_id)
        .order_by(Letter.written_on.is_(None), Letter.written_on.desc(), Letter.id.desc())
    )
    return list(db.session.scalars(query))


def letters_of(period: ReportingPeriod) -> list[Letter]:
    """Return the letters about a half-year, with the version that each cites."""
    query = (
        select(Letter)
        .where(Letter.period_id == period.id)
        .options(joinedload(Letter.snapshot))
        .order_by(Letter.written_on.is_(None), Letter.written_on, Letter.id)
    )
    return list(db.session.scalars(query))


def newest_about_a_period(programme_id: int) -> Letter | None:
    """Return the last letter about a half-year: the next one mostly comes from the same offices."""
    query = (
        select(Letter)
        .where(Letter.programme_id == programme_id, Letter.period_id.is_not(None))
        .order_by(Letter.written_on.is_(None), Letter.written_on.desc(), Letter.id.desc())
        .limit(1)
    )
    return db.session.scalars(query).first()


def newest_version(period_id: int) -> Snapshot | None:
    """Return the newest version of a half-year; None while it was never frozen."""
    query = (
        select(Snapshot)
        .where(Snapshot.period_id == period_id)
        .order_by(Snapshot.version_no.desc())
        .limit(1)
    )
    return db.session.scalar(query)


def cited(letter: Letter) -> Cited:
    """Return what a citation of a letter is made of."""
    return Cited(
        letter.reference, letter.received_on or letter.written_on, letter.dossier, letter.number
    )
