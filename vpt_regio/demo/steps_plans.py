"""How the regions wrote their plans, and how these were judged and decided on."""

from collections.abc import Iterator
from functools import partial

from sqlalchemy import select

from vpt_regio.demo import people, world
from vpt_regio.demo.agenda import Step
from vpt_regio.demo.catalogue import ACTIVITIES
from vpt_regio.demo.plans import (
    ObjectionContent,
    PlanContent,
    PlannedActivity,
    Replacement,
    Request,
    Review,
    VersionContent,
)
from vpt_regio.demo.plans_2010 import PLANS_2010, TAKEN_OVER_NOTE
from vpt_regio.demo.plans_2012 import PLANS_2012
from vpt_regio.demo.steps_foundation import partner_name
from vpt_regio.domain.enums import AmendmentKind, WatchDuty
from vpt_regio.domain.permissions import Permission
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import ActionPlan, PlanVersion
from vpt_regio.models.decisions import Decision
from vpt_regio.models.people import Person
from vpt_regio.queries.decisions import standing_decision
from vpt_regio.services import action_plans, plan_reviews
from vpt_regio.services.activities import add_activity
from vpt_regio.services.amendment_checks import AmendmentContent
from vpt_regio.services.amendments import draft_amendment
from vpt_regio.services.decision_requests import request_decision
from vpt_regio.services.decisions import adopt_plan, approve_plan, replace_decision
from vpt_regio.services.exemptions import judge_exemption
from vpt_regio.services.objections import record_objection
from vpt_regio.services.plan_history import record_historic_approval
from vpt_regio.services.plan_versions import start_new_version
from vpt_regio.services.remarks import answer_remark, make_remark, settle_remark

CENTS = 100
PLANS = PLANS_2010 + PLANS_2012


def steps() -> Iterator[Step]:
    """Yield the steps of every plan."""
    for plan in PLANS:
        for version in plan.versions:
            yield from _version_steps(plan, version)


def _version_steps(plan: PlanContent, version: VersionContent) -> Iterator[Step]:
    yield Step(version.started_on, partial(_write, plan, version))
    if version.taken_over_on:
        yield Step(version.taken_over_on, partial(_take_over, plan))
    if version.submitted_on:
        yield Step(version.submitted_on, partial(_submit, plan))
    if version.review:
        yield from _review_steps(plan, version.review)


def _review_steps(plan: PlanContent, review: Review) -> Iterator[Step]:
    yield Step(review.taken_up_on, partial(_take_up, plan, review))
    if review.returned_on:
        yield Step(review.returned_on, partial(_return, plan, review))
    if review.adopted_on:
        yield Step(review.adopted_on, partial(_adopt, plan, review))
    if review.request:
        yield Step(review.request.day, partial(_request, plan, review, review.request))
    if review.approved_on:
        yield Step(review.approved_on, partial(_approve, plan, review))
    if review.replacement:
        yield Step(review.replacement.day, partial(_replace, plan, review, review.replacement))
    if review.objection:
        yield Step(review.objection.day, partial(_object, plan, review.objection))


def _write(plan: PlanContent, content: VersionContent) -> None:
    author = world.person(plan.author)
    version = _begin(plan, author)
    for chosen in content.activities:
        _add_activity(version, plan, chosen, author)
    for code, reason in content.exemptions.items():
        action_plans.exempt_measure(
            version, measure=world.measure(code), reason=reason, actor=author
        )
    for code in content.withdrawn:
        action_plans.withdraw_exemption(version, measure=world.measure(code), actor=author)
    for remark, answer in content.answers:
        answer_remark(world.remark(version.plan, remark.body), note=answer, actor=author)
    action_plans.edit_texts(
        version,
        problem_analysis=content.problem or None,
        approach=content.approach or None,
        embedding=content.embedding or None,
        actor=author,
    )
    if content.agreement:
        analysis, approach = content.agreement
        action_plans.set_agreement(
            version, consensus_analysis=analysis, consensus_approach=approach, actor=author
        )
    if content.other_funding:
        action_plans.set_other_funding(
            version,
            amount_cents=content.other_funding * CENTS,
            note=content.other_funding_note,
            actor=author,
        )


def _begin(plan: PlanContent, author: Person) -> PlanVersion:
    region, covenant = world.region(plan.region), world.covenant(plan.covenant)
    query = select(ActionPlan).filter_by(region_id=region.id, covenant_id=covenant.id)
    known = db.session.scalars(query).one_or_none()
    if known is None:
        return action_plans.start_plan(covenant, region=region, actor=author).latest
    return start_new_version(known, actor=author)


def _add_activity(
    version: PlanVersion, plan: PlanContent, chosen: PlannedActivity, author: Person
) -> None:
    content = ACTIVITIES[chosen.key]
    owner = partner_name(content.owner, world.region(plan.region).name)
    add_activity(
        version,
        title=content.title,
        description=content.description,
        measures=[world.measure(code) for code in content.measures],
        policy_line=world.policy_line(content.line),
        is_awareness=content.is_awareness,
        target_group=content.target_group,
        owner=world.organisation(owner),
        starts_on=chosen.starts_on,
        ends_on=chosen.ends_on,
        development_cents=chosen.development * CENTS,
        implementation_cents=chosen.implementation * CENTS,
        actor=author,
    )


def _take_over(plan: PlanContent) -> None:
    record_historic_approval(
        world.plan(plan.region, plan.covenant).latest,
        note=TAKEN_OVER_NOTE,
        actor=world.person(people.OFFICER),
    )


def _submit(plan: PlanContent) -> None:
    action_plans.submit_plan(
        world.plan(plan.region, plan.covenant).latest, actor=world.person(plan.author)
    )


def _take_up(plan: PlanContent, review: Review) -> None:
    manager = world.person(review.manager)
    version = plan_reviews.take_up_plan(
        world.plan(plan.region, plan.covenant).latest, actor=manager
    )
    for remark in review.remarks:
        make_remark(
            version,
            section=remark.section,
            body=remark.body,
            weight=remark.weight,
            paragraph_no=remark.paragraph_no,
            actor=manager,
        )
    for remark, note in review.settled:
        settle_remark(world.remark(version.plan, remark.body), note=note, actor=manager)
    for exemption in version.exemptions:
        if exemption.measure.code in review.verdicts:
            verdict, note = review.verdicts[exemption.measure.code]
            judge_exemption(version, exemption=exemption, verdict=verdict, note=note, actor=manager)
    scores = dict(zip(WatchDuty, ((score, "") for score in review.scores), strict=True))
    plan_reviews.score_duties(version, scores=scores, actor=manager)


def _return(plan: PlanContent, review: Review) -> None:
    plan_reviews.return_plan(
        world.plan(plan.region, plan.covenant).latest,
        sections=review.returned_sections,
        note="Voorbeeld: een goed begin. Verwerk de opmerkingen in een nieuwe versie.",
        actor=world.person(review.manager),
    )


def _adopt(plan: PlanContent, review: Review) -> None:
    manager = world.person(review.manager)
    version = world.plan(plan.region, plan.covenant).latest
    plan_reviews.check_sufficiency(
        version,
        reasoning=review.sufficiency,
        follow_up=review.follow_up,
        actor=manager,
    )
    adopt_plan(version, note="Voorbeeld: de partners kunnen beginnen.", actor=manager)


def _approve(plan: PlanContent, review: Review) -> None:
    approve_plan(
        world.plan(plan.region, plan.covenant).latest,
        note="Voorbeeld: goedgekeurd zonder voorwaarden.",
        actor=world.person(review.approver or review.manager),
    )


def _request(plan: PlanContent, review: Review, request: Request) -> None:
    """Ask for a decision above one's mandate, and draft the supplement that it needs."""
    manager = world.person(review.manager)
    version = world.plan(plan.region, plan.covenant).latest
    request_decision(
        version, permission=Permission.ACTION_PLAN_APPROVE, note=request.note, actor=manager
    )
    if request.supplement:
        content = AmendmentContent(
            reason=request.supplement_reason,
            amount_cents=request.supplement * CENTS,
            check=version.sufficiency,
        )
        covenant = world.covenant(plan.covenant)
        draft_amendment(covenant, kind=AmendmentKind.AMOUNT, content=content, actor=manager)


def _replace(plan: PlanContent, review: Review, replacement: Replacement) -> None:
    replace_decision(
        _decision(plan),
        note=replacement.note,
        reason=replacement.reason,
        actor=world.person(review.approver or review.manager),
    )


def _object(plan: PlanContent, objection: ObjectionContent) -> None:
    record_objection(
        _decision(plan),
        received_on=objection.day,
        objector=objection.objector,
        grounds=objection.grounds,
        actor=world.person(people.OFFICER),
    )


def _decision(plan: PlanContent) -> Decision:
    """Return the decision that gave the newest version its status."""
    decision = standing_decision(world.plan(plan.region, plan.covenant).latest)
    if decision is None:
        raise LookupError(f"no decision on the plan of {plan.region}")
    return decision
