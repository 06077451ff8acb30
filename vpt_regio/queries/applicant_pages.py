"""What an applicant may see: the decisions on one application and its pilot, and their letters."""

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload, undefer

from vpt_regio.extensions import db
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.decisions import Decision, DecisionLetter
from vpt_regio.models.pilots import Pilot


def list_told_decisions(application: SubsidyApplication) -> list[Decision]:
    """Return the decisions on an application and on its pilot, the newest first."""
    query = (
        select(Decision)
        .where(_is_about(application))
        .options(joinedload(Decision.replaced_by), joinedload(Decision.letter))
        .order_by(Decision.id.desc())
    )
    return list(db.session.scalars(query))


def find_told_letter(
    application: SubsidyApplication, decision_id: int
) -> tuple[Decision, DecisionLetter] | None:
    """Return a decision about this application with its letter, or None."""
    query = (
        select(Decision, DecisionLetter)
        .join(DecisionLetter, DecisionLetter.decision_id == Decision.id)
        .where(Decision.id == decision_id, _is_about(application))
        .options(undefer(DecisionLetter.content))
    )
    found = db.session.execute(query).one_or_none()
    return (found[0], found[1]) if found else None


def _is_about(application: SubsidyApplication) -> ColumnElement[bool]:
    pilots = select(Pilot.id).where(Pilot.application_id == application.id)
    return or_(Decision.application_id == application.id, Decision.pilot_id.in_(pilots))
