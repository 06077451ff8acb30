"""Amendments of covenants, and what they may name: parties, mergers and sufficiency checks."""

from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from vpt_regio.domain.workflows.covenants import COVENANT_AMENDMENT
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan, PlanVersion, SufficiencyCheck
from vpt_regio.models.audit import AuditEntry
from vpt_regio.models.covenants import Covenant, CovenantAmendment, CovenantRegion
from vpt_regio.models.regions import MergedRegion, RegionMerger


def find_amendment(covenant_id: int, amendment_id: int) -> CovenantAmendment | None:
    """Return an amendment of a covenant, with the covenant and its parts."""
    query = (
        select(CovenantAmendment)
        .join(CovenantAmendment.covenant)
        .where(CovenantAmendment.id == amendment_id, Covenant.id == covenant_id)
        .options(
            contains_eager(CovenantAmendment.covenant).options(
                selectinload(Covenant.shares).joinedload(CovenantRegion.region),
                selectinload(Covenant.amendments),
                selectinload(Covenant.parties),
            ),
            joinedload(CovenantAmendment.drafted_by),
            joinedload(CovenantAmendment.merger).joinedload(RegionMerger.successor),
        )
    )
    return db.session.scalar(query)


def list_mergers_of(covenant: Covenant) -> list[RegionMerger]:
    """Return the mergers that stand and touch a region of a covenant, oldest first."""
    regions = covenant.region_ids
    went_up = select(MergedRegion.merger_id).where(MergedRegion.region_id.in_(regions))
    query = (
        select(RegionMerger)
        .where(
            RegionMerger.undone_on.is_(None),
            or_(RegionMerger.successor_id.in_(regions), RegionMerger.id.in_(went_up)),
        )
        .options(joinedload(RegionMerger.successor), selectinload(RegionMerger.predecessors))
        .order_by(RegionMerger.merged_on, RegionMerger.id)
    )
    return list(db.session.scalars(query))


def find_check(covenant: Covenant, check_id: int | None) -> SufficiencyCheck | None:
    """Return a sufficiency check of a plan under a covenant, or None when there is no such."""
    if check_id is None:
        return None
    query = (
        select(SufficiencyCheck)
        .join(PlanVersion, PlanVersion.id == SufficiencyCheck.plan_version_id)
        .join(ActionPlan, ActionPlan.id == PlanVersion.action_plan_id)
        .where(SufficiencyCheck.id == check_id, ActionPlan.covenant_id == covenant.id)
    )
    return db.session.scalar(query)


def plan_versions_checked(check_ids: Collection[int | None]) -> dict[int, PlanVersion]:
    """Return by sufficiency check the version of the plan that was checked, in one query."""
    wanted = {check_id for check_id in check_ids if check_id is not None}
    if not wanted:
        return {}
    query = (
        select(SufficiencyCheck.id, PlanVersion)
        .join(PlanVersion, PlanVersion.id == SufficiencyCheck.plan_version_id)
        .where(SufficiencyCheck.id.in_(wanted))
        .options(joinedload(PlanVersion.plan).joinedload(ActionPlan.region))
        .order_by(SufficiencyCheck.id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def recorded_signatures(amendments: Collection[CovenantAmendment]) -> dict[int, AuditEntry]:
    """Return by amendment the entry that tells who recorded its signature, in one query."""
    ids = [str(amendment.id) for amendment in amendments if amendment.is_signed]
    if not ids:
        return {}
    query = (
        select(AuditEntry)
        .where(
            AuditEntry.subject_type == CovenantAmendment.__tablename__,
            AuditEntry.subject_id.in_(ids),
            AuditEntry.action == f"{COVENANT_AMENDMENT.code}.sign",
        )
        .options(joinedload(AuditEntry.actor))
        .order_by(AuditEntry.seq)
    )
    return {int(entry.subject_id): entry for entry in db.session.scalars(query)}
