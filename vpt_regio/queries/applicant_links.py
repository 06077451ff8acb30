"""The links that were made for the applicants."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from vpt_regio.extensions import db
from vpt_regio.models.applications import ApplicantLink, SubsidyApplication


def list_links(application: SubsidyApplication) -> list[ApplicantLink]:
    """Return the links to an application with who made them, the newest first."""
    query = (
        select(ApplicantLink)
        .where(ApplicantLink.application_id == application.id)
        .options(joinedload(ApplicantLink.made_by))
        .order_by(ApplicantLink.id.desc())
    )
    return list(db.session.scalars(query))


def get_link(application_id: int, link_id: int) -> ApplicantLink | None:
    """Return a link to this application, or None."""
    return db.session.scalar(
        select(ApplicantLink)
        .where(ApplicantLink.id == link_id, ApplicantLink.application_id == application_id)
        .options(joinedload(ApplicantLink.application))
    )
