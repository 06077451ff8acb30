"""What was promised to the House: the list, one with its letters, what is due, and how it stood."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload, selectinload

from vpt_regio import clock
from vpt_regio.domain.half_year_codes import CommitmentKind, CommitmentStatus
from vpt_regio.domain.rules.commitments import DONE, RUNNING, standing
from vpt_regio.domain.workflows.commitments import COMMITMENT
from vpt_regio.extensions import db
from vpt_regio.models.commitments import Commitment, CommitmentLetter
from vpt_regio.models.letters import Letter
from vpt_regio.queries.as_of import existed_by, status_as_of

PER_PAGE = 25


@dataclass(frozen=True)
class CommitmentOn:
    """A commitment as it stood on a day; `fulfilled_by` is empty while that was still to come."""

    commitment: Commitment
    status: CommitmentStatus
    fulfilled_by: Letter | None

    @property
    def is_done(self) -> bool:
        return self.status in DONE


def get_commitment(commitment_id: int) -> Commitment | None:
    """Return a commitment with the letters that tell of it."""
    query = (
        select(Commitment)
        .where(Commitment.id == commitment_id)
        .options(
            joinedload(Commitment.fulfilled_by),
            selectinload(Commitment.interim_letters).joinedload(CommitmentLetter.letter),
        )
    )
    return db.session.scalar(query)


def page_of_commitments(
    programme_id: int,
    *,
    kind: CommitmentKind | None = None,
    status: CommitmentStatus | None = None,
    search: str = "",
    page: int = 1,
) -> Pagination:
    """Return a page: what runs in front, the first to be due first; what is done behind it."""
    query = select(Commitment).where(Commitment.programme_id == programme_id).order_by(*_order())
    if kind is not None:
        query = query.where(Commitment.kind == kind)
    if status is CommitmentStatus.OVERDUE:
        query = query.where(Commitment.status.in_(RUNNING), Commitment.due_on < clock.today())
    elif status is not None:
        query = query.where(Commitment.status == status)
    if search:
        texts = (
            Commitment.text,
            Commitment.source,
            Commitment.meeting,
            Commitment.office,
            Commitment.submitters,
        )
        query = query.where(or_(*(text.icontains(search, autoescape=True) for text in texts)))
    query = query.options(joinedload(Commitment.fulfilled_by))
    return db.paginate(query, page=max(page, 1), per_page=PER_PAGE, error_out=False)


def list_commitments(programme_id: int, *, on: date) -> list[CommitmentOn]:
    """Return every commitment that was made and recorded by a day, as it stood at its end.

    The status comes from the history of each; the texts are those of now.
    """
    status = status_as_of(COMMITMENT, Commitment, on).label("status_then")
    query = (
        select(Commitment, status)
        .where(
            Commitment.programme_id == programme_id,
            existed_by(Commitment, on),
            or_(Commitment.made_on.is_(None), Commitment.made_on <= on),
        )
        .options(
            joinedload(Commitment.fulfilled_by),
            selectinload(Commitment.interim_letters).joinedload(CommitmentLetter.letter),
        )
    )
    return [
        _as_it_stood(one, CommitmentStatus(then), on) for one, then in db.session.execute(query)
    ]


def due_before(day: date, *, programme_id: int) -> list[Commitment]:
    """Return what still runs and is due on or before a day, the first to be due in front."""
    query = (
        select(Commitment)
        .where(
            Commitment.programme_id == programme_id,
            Commitment.status.in_(RUNNING),
            Commitment.due_on <= day,
        )
        .order_by(Commitment.due_on, Commitment.id)
    )
    return list(db.session.scalars(query))


def commitments_of(letter: Letter) -> list[Commitment]:
    """Return the commitments that a letter fulfils, or tells of in between."""
    in_between = select(CommitmentLetter.commitment_id).where(
        CommitmentLetter.letter_id == letter.id
    )
    query = select(Commitment).where(
        or_(Commitment.fulfilled_by_id == letter.id, Commitment.id.in_(in_between))
    )
    return list(db.session.scalars(query.order_by(Commitment.id)))


def state_of(commitment: Commitment, on: date | None = None) -> CommitmentStatus:
    """Return the status that people see on a day, today when none is given."""
    return standing(commitment.status, commitment.due_on, on or clock.today())


def _order() -> tuple[ColumnElement[Any], ...]:
    return (
        Commitment.status.in_(DONE),
        Commitment.due_on.is_(None),
        Commitment.due_on.expression,
        Commitment.made_on.is_(None),
        Commitment.made_on.expression,
        Commitment.id.expression,
    )


def _as_it_stood(commitment: Commitment, then: CommitmentStatus, on: date) -> CommitmentOn:
    fulfilled_by = commitment.fulfilled_by if then is CommitmentStatus.FULFILLED else None
    return CommitmentOn(commitment, standing(then, commitment.due_on, on), fulfilled_by)
