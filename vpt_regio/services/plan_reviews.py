"""The review of a submitted plan: take up, remarks, watch duties, sufficiency, and return."""

from collections.abc import Mapping

from vpt_regio import clock, policies
from vpt_regio.domain.enums import PLAN_SECTION_LABELS, DutyScore, PlanSection, WatchDuty
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.sufficiency import Verdict, assess
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.action_plans import ACTION_PLAN, ActionPlanStatus
from vpt_regio.errors import DomainError, Invalid, NotAllowed, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import (
    Activity,
    PlanVersion,
    SufficiencyCheck,
    WatchDutyScore,
)
from vpt_regio.models.people import Person
from vpt_regio.models.remarks import Remark
from vpt_regio.queries.plan_facts import available_cents
from vpt_regio.services import transitions
from vpt_regio.services.notices import tell
from vpt_regio.services.plan_parts import cleaned, written


def take_up_plan(
    version: PlanVersion, *, actor: Person, expected_version: int | None = None
) -> PlanVersion:
    """Begin the review of a submitted version."""
    transitions.apply(
        version,
        "take_up",
        workflow=ACTION_PLAN,
        actor=actor,
        expected_version=expected_version,
    )
    return version


def make_remark(
    version: PlanVersion,
    *,
    section: PlanSection,
    body: str,
    actor: Person,
    activity: Activity | None = None,
) -> Remark:
    """Make a remark at a section, or at one activity of the plan; it is final with the return."""
    role = _may_review(actor, version)
    text = cleaned(body, field="body")
    problems: list[DomainError] = []
    if not text:
        problems.append(Invalid(N_("Schrijf op wat er anders moet."), field="body"))
    if activity is not None and section is not PlanSection.ACTIVITIES:
        problems.append(
            Invalid(N_("Kies het onderdeel Activiteiten bij een activiteit."), field="section")
        )
    if activity is not None and activity.id not in {a.activity_id for a in version.activities}:
        problems.append(
            Invalid(N_("Deze activiteit staat niet in deze versie."), field="activity_id")
        )
    raise_all(problems)
    remark = Remark(
        section=section, activity=activity, body=text, author=actor, made_on=clock.today()
    )
    version.remarks.append(remark)
    details = {"section": PLAN_SECTION_LABELS[section], "body": text}
    written(version, "action_plan.remark_made", actor=actor, role=role, **details)
    return remark


def withdraw_remark(version: PlanVersion, *, remark: Remark | None, actor: Person) -> None:
    """Take back a remark of one's own while the review goes on; None stands for one that is gone.

    Raises WrongState when it is gone already.
    """
    role = _may_review(actor, version)
    if remark is None or remark not in version.remarks:
        raise WrongState(N_("Deze opmerking is al ingetrokken."))
    if remark.author_id != actor.id:
        raise NotAllowed(N_("Alleen wie een opmerking maakte, kan die intrekken."))
    version.remarks.remove(remark)
    db.session.delete(remark)
    details = {"section": PLAN_SECTION_LABELS[remark.section], "body": remark.body}
    written(version, "action_plan.remark_withdrawn", actor=actor, role=role, **details)


def score_duties(
    version: PlanVersion, *, scores: Mapping[WatchDuty, tuple[DutyScore, str]], actor: Person
) -> list[WatchDutyScore]:
    """Score aspects of the watch duties, each with a note; a later score takes the place.

    Source: the covenant names what the account manager watches over.
    """
    role = _may_review(actor, version)
    known = {score.duty: score for score in version.duty_scores}
    for duty, (judgement, note) in scores.items():
        score = known.get(duty)
        if score is None:
            score = WatchDutyScore(duty=duty)
            version.duty_scores.append(score)
        score.score = judgement
        score.note = cleaned(note, field=f"note_{duty}")
        score.scored_by, score.scored_on = actor, clock.today()
    details = {duty: judgement for duty, (judgement, _note) in scores.items()}
    written(version, "action_plan.duties_scored", actor=actor, role=role, scores=details)
    return version.duty_scores


def check_sufficiency(
    version: PlanVersion, *, reasoning: str, actor: Person, follow_up: str = ""
) -> SufficiencyCheck:
    """Compare the budget with the available money and keep both amounts, in cents.

    Reasoning is required unless the money is exactly enough. Source: the covenant asks at
    provisional adoption how far the sums granted in advance are sufficient.
    """
    role = _may_review(actor, version)
    available = available_cents(version)
    if available is None:
        raise Invalid(
            N_("Het voorschot van dit convenant is niet bekend. Leg dat eerst vast."),
            field="reasoning",
        )
    text, next_step = cleaned(reasoning, field="reasoning"), cleaned(follow_up, field="follow_up")
    outcome = assess(available=available, planned=version.budget_cents)
    if outcome.verdict is not Verdict.SUFFICIENT and not text:
        raise Invalid(
            N_("Leg uit wat het verschil tussen begroting en geld betekent."), field="reasoning"
        )
    check = version.sufficiency or SufficiencyCheck()
    check.verdict, check.difference_cents = outcome.verdict, outcome.difference_cents
    check.available_cents, check.planned_cents = available, version.budget_cents
    check.reasoning, check.follow_up = text, next_step
    check.checked_by, check.checked_on = actor, clock.today()
    version.sufficiency = check
    written(
        version,
        "action_plan.sufficiency_checked",
        actor=actor,
        role=role,
        verdict=outcome.verdict,
        difference=outcome.difference_cents,
        note=text,
    )
    return check


def return_plan(
    version: PlanVersion, *, actor: Person, note: str = "", expected_version: int | None = None
) -> PlanVersion:
    """Send a version back with its remarks; the region goes on in a new version."""
    transitions.apply(
        version,
        "return",
        workflow=ACTION_PLAN,
        actor=actor,
        inputs={"note": cleaned(note, field="note")},
        expected_version=expected_version,
    )
    region = version.plan.region
    tell(
        Role.PROJECT_LEADER,
        region,
        subject=f"Plan van aanpak {region.name} teruggestuurd",
        message=(
            f"{actor.name} heeft versie {version.version_no} van het plan van aanpak van"
            f" {region.name} teruggestuurd, met opmerkingen ({len(version.remarks)})."
            " Begin een nieuwe versie om het plan aan te passen."
        ),
        path=f"/plannen/{version.action_plan_id}",
        actor=actor,
    )
    return version


def _may_review(actor: Person, version: PlanVersion) -> Role:
    role = policies.require(actor, Permission.ACTION_PLAN_REVIEW, version)
    if version.status is not ActionPlanStatus.IN_REVIEW:
        raise WrongState(
            N_("Dit kan alleen zolang het plan in behandeling is. De status is nu ‘%(state)s’."),
            params={"state": ACTION_PLAN.state(version.status).label},
        )
    return role
