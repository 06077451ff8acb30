"""What is known of earlier subsidies, to compare a file with."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from vpt_regio.domain.subsidy_codes import ApplicationStatus
from vpt_regio.extensions import db
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.programmes import Programme
from vpt_regio.models.subsidies import SubsidyRound, SubsidyScheme


@dataclass(frozen=True)
class KnownApplication:
    """An application by what tells it apart in a round; the outcome only as a source tells it."""

    round_id: int
    organisation_name: str
    title: str
    declared_outcome: ApplicationStatus | None
    declared_cents: int | None


def list_schemes_with_rounds(programme: Programme) -> list[SubsidyScheme]:
    """Return every scheme of a programme with its rounds, by name."""
    query = (
        select(SubsidyScheme)
        .where(SubsidyScheme.programme_id == programme.id)
        .options(selectinload(SubsidyScheme.rounds))
        .order_by(SubsidyScheme.name, SubsidyScheme.id)
    )
    return list(db.session.scalars(query))


def list_known_applications(programme: Programme) -> list[KnownApplication]:
    """Return every application of a programme, in the order in which they came."""
    query = (
        select(
            SubsidyApplication.round_id,
            SubsidyApplication.organisation_name,
            SubsidyApplication.title,
            SubsidyApplication.declared_outcome,
            SubsidyApplication.declared_cents,
        )
        .join(SubsidyRound, SubsidyRound.id == SubsidyApplication.round_id)
        .join(SubsidyScheme, SubsidyScheme.id == SubsidyRound.scheme_id)
        .where(SubsidyScheme.programme_id == programme.id)
        .order_by(SubsidyApplication.id)
    )
    return [KnownApplication(*row) for row in db.session.execute(query)]


def hold_programme(programme: Programme) -> None:
    """Let those who import take turns, so that nothing is added twice."""
    query = select(Programme.id).where(Programme.id == programme.id)
    db.session.execute(query.with_for_update())
