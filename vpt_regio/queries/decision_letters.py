"""Letters of decisions as they were made, the templates, and what a letter tells."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload, undefer

from vpt_regio.domain.enums import RemarkWeight
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import PlanVersion
from vpt_regio.models.decisions import (
    Decision,
    DecisionKind,
    DecisionLetter,
    DocumentTemplate,
    TemplateKind,
)
from vpt_regio.models.remarks import Remark


def find_letter(decision: Decision) -> DecisionLetter | None:
    """Return the letter of a decision with its content, once it was made."""
    return db.session.scalar(
        select(DecisionLetter)
        .where(DecisionLetter.decision_id == decision.id)
        .options(undefer(DecisionLetter.content))
    )


def newest_template(
    kind: DecisionKind | TemplateKind, *, programme_id: int, sha256: str = ""
) -> DocumentTemplate | None:
    """Return the template in use for a kind; None for the one that comes along.

    With `sha256` it is the one with that hash, which may be out of use by now.
    """
    query = select(DocumentTemplate).where(
        DocumentTemplate.programme_id == programme_id, DocumentTemplate.kind == kind
    )
    if sha256:
        query = query.where(DocumentTemplate.sha256 == sha256)
    return db.session.scalar(
        query.options(undefer(DocumentTemplate.content))
        .order_by(DocumentTemplate.id.desc())
        .limit(1)
    )


def list_templates(*, programme_id: int) -> list[DocumentTemplate]:
    """Return every template that was uploaded, the newest first, without their content."""
    return list(
        db.session.scalars(
            select(DocumentTemplate)
            .where(DocumentTemplate.programme_id == programme_id)
            .options(joinedload(DocumentTemplate.uploaded_by))
            .order_by(DocumentTemplate.id.desc())
        )
    )


def get_template(template_id: int) -> DocumentTemplate | None:
    return db.session.scalar(
        select(DocumentTemplate)
        .where(DocumentTemplate.id == template_id)
        .options(undefer(DocumentTemplate.content))
    )


def remarks_left_open(version: PlanVersion, *, on: date) -> list[Remark]:
    """Return the remarks at a plan that may still be followed and were not settled by a day."""
    remarks = db.session.scalars(
        select(Remark)
        .join(Remark.plan_version)
        .where(
            PlanVersion.action_plan_id == version.action_plan_id,
            PlanVersion.version_no <= version.version_no,
            Remark.weight == RemarkWeight.COULD,
            Remark.made_on <= on,
        )
        .options(selectinload(Remark.entries))
        .order_by(Remark.id)
    )
    return [remark for remark in remarks if not _was_settled(remark, on)]


def _was_settled(remark: Remark, on: date) -> bool:
    said = [entry.step for entry in remark.entries if entry.made_on <= on]
    return bool(said) and said[-1] == "settle"
