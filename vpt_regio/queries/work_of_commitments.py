"""What commitments to the House ask of whoever looks after them."""

from datetime import date

from sqlalchemy import select

from vpt_regio import clock
from vpt_regio.domain.half_year_codes import CommitmentKind
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.commitments import RUNNING
from vpt_regio.domain.text import N_
from vpt_regio.extensions import db
from vpt_regio.models.commitments import Commitment
from vpt_regio.queries.work_items import SOON, Reach, WorkItem, work_item

LONGEST = 80

TITLES = {
    CommitmentKind.PROMISE: N_("Toezegging afdoen: %(text)s"),
    CommitmentKind.MOTION: N_("Motie afdoen: %(text)s"),
    CommitmentKind.QUESTION: N_("Vraag van de Kamer afdoen: %(text)s"),
}
LATE = N_("De termijn is voorbij. De Kamer heeft het resultaat nog niet.")
SOON_DUE = N_("De termijn loopt bijna af.")


def commitment_items(reach: Reach) -> list[WorkItem]:
    """Return what runs and is late or nearly due, for whoever manages commitments."""
    if not reach.anywhere(Permission.COMMITMENT_MANAGE):
        return []
    query = (
        select(Commitment)
        .where(
            Commitment.status.in_(RUNNING),
            Commitment.due_on <= clock.today() + SOON,
        )
        .order_by(Commitment.due_on, Commitment.id)
    )
    return [_item(one) for one in db.session.scalars(query)]


def _item(commitment: Commitment) -> WorkItem:
    is_late = (commitment.due_on or date.max) < clock.today()
    return work_item(
        TITLES[commitment.kind],
        LATE if is_late else SOON_DUE,
        "commitments.show",
        {"commitment_id": commitment.id},
        params={"text": _short(commitment.text)},
        since=commitment.made_on,
        due_on=commitment.due_on,
    )


def _short(text: str) -> str:
    """Return the beginning of a text on one line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= LONGEST:
        return line
    return f"{line[:LONGEST].rpartition(' ')[0] or line[:LONGEST]}…"
