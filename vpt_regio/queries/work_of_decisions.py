"""What decisions ask of a person: requests to a mandate holder, and objections to decide on."""

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan, PlanVersion
from vpt_regio.models.covenants import Covenant
from vpt_regio.models.decisions import Decision, DecisionRequest, Objection
from vpt_regio.models.people import Mandate, Person
from vpt_regio.models.pilots import Pilot
from vpt_regio.queries.decision_requests import ASKED_IN
from vpt_regio.queries.work_items import Reach, WorkItem, within, work_item

TITLES = {
    Permission.ACTION_PLAN_APPROVE: N_("Besluiten: plan van aanpak %(region)s goedkeuren"),
    Permission.ACTION_PLAN_REFUSE: N_("Besluiten: plan van aanpak %(region)s afwijzen"),
}


def decision_items(reach: Reach) -> tuple[list[WorkItem], list[WorkItem]]:
    """Return what waits for a person's decision, and what they asked others to decide."""
    to_do, waiting = _request_items(reach)
    return to_do + _objection_items(reach), waiting


def _request_items(reach: Reach) -> tuple[list[WorkItem], list[WorkItem]]:
    regions = reach.regions(Permission.ACTION_PLAN_APPROVE, Permission.ACTION_PLAN_REFUSE)
    requests = db.session.scalars(
        select(DecisionRequest)
        .join(DecisionRequest.plan_version)
        .join(PlanVersion.plan)
        .where(
            DecisionRequest.closed_on.is_(None),
            PlanVersion.status.in_(list(ASKED_IN)),
            within(ActionPlan.region_id, regions),
        )
        .options(
            joinedload(DecisionRequest.requested_by),
            joinedload(DecisionRequest.plan_version).selectinload(PlanVersion.budget_lines),
            joinedload(DecisionRequest.plan_version)
            .joinedload(PlanVersion.plan)
            .joinedload(ActionPlan.region),
        )
        .order_by(DecisionRequest.id)
    ).all()
    mandates = current_mandates(reach.person) if requests else []
    to_do: list[WorkItem] = []
    waiting: list[WorkItem] = []
    for request in requests:
        if request.requested_by_id == reach.person.id:
            why = N_("Bij een mandaathouder: u hebt om een besluit gevraagd.")
            waiting.append(_request_item(request, why))
        elif _is_theirs(request, reach, mandates):
            to_do.append(_request_item(request, N_("%(person)s vraagt u om te besluiten.")))
    return to_do, waiting


def _is_theirs(request: DecisionRequest, reach: Reach, mandates: list[Mandate]) -> bool:
    version = request.plan_version
    wrote = reach.person.id in (version.author_id, version.submitted_by_id)
    may_decide = reach.covers(request.permission, version.plan.region_id)
    return (
        may_decide
        and not wrote
        and any(
            mandate.permission is request.permission and mandate.covers(version.budget_cents)
            for mandate in mandates
        )
    )


def _request_item(request: DecisionRequest, why: str) -> WorkItem:
    plan = request.plan_version.plan
    return work_item(
        TITLES[request.permission],
        why,
        "action_plans.show",
        {"plan_id": plan.id},
        params={"region": plan.region.name, "person": request.requested_by.name},
        since=request.requested_on,
    )


def current_mandates(person: Person) -> list[Mandate]:
    """Return every mandate that a person holds today."""
    today = clock.today()
    query = (
        select(Mandate)
        .where(
            Mandate.person_id == person.id,
            Mandate.starts_on <= today,
            or_(Mandate.ends_on.is_(None), Mandate.ends_on >= today),
        )
        .options(joinedload(Mandate.parent).joinedload(Mandate.parent))
        .order_by(Mandate.id)
    )
    return [mandate for mandate in db.session.scalars(query) if mandate.holds_on(today)]


def _objection_items(reach: Reach) -> list[WorkItem]:
    if not reach.anywhere(Permission.OBJECTION_RECORD):
        return []
    of_plan = joinedload(Objection.decision).joinedload(Decision.plan_version)
    of_covenant = joinedload(Objection.decision).joinedload(Decision.covenant)
    of_application = joinedload(Objection.decision).joinedload(Decision.application)
    of_pilot = joinedload(Objection.decision).joinedload(Decision.pilot)
    objections = db.session.scalars(
        select(Objection)
        .where(Objection.outcome.is_(None))
        .options(
            of_plan.joinedload(PlanVersion.plan),
            of_covenant.selectinload(Covenant.shares),
            of_application,
            of_pilot.selectinload(Pilot.regions),
        )
        .order_by(Objection.id)
    ).all()
    return [
        work_item(
            N_("Beslissen op bezwaar tegen besluit %(reference)s"),
            N_("%(objector)s heeft bezwaar gemaakt."),
            "decisions.show",
            {"decision_id": objection.decision_id},
            params={
                "reference": objection.decision.reference,
                "objector": objection.objector,
            },
            since=objection.received_on,
            due_on=objection.decide_by,
        )
        for objection in objections
        if _records(objection, reach)
    ]


def _records(objection: Objection, reach: Reach) -> bool:
    """Tell whether a person records an objection; some lie in no region at all."""
    regions = reach.regions(Permission.OBJECTION_RECORD)
    return regions is None or not regions.isdisjoint(objection.region_ids)
