"""The review of a submitted plan: take up, watch duties, sufficiency, and return."""

from collections.abc import Collection, Mapping, Sequence

from vpt_regio import clock
from vpt_regio.domain.enums import PLAN_SECTION_LABELS, DutyScore, PlanSection, WatchDuty
from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.sufficiency import Verdict, assess
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.action_plans import ACTION_PLAN
from vpt_regio.errors import Invalid
from vpt_regio.models.action_plans import (
    PlanVersion,
    ReturnedSection,
    SufficiencyCheck,
    WatchDutyScore,
)
from vpt_regio.models.people import Person
from vpt_regio.queries.plan_facts import available_cents
from vpt_regio.services import transitions
from vpt_regio.services.notices import tell
from vpt_regio.services.plan_parts import PlanPart, cleaned, require_same, written
from vpt_regio.services.remarks import make_remark, may_review, withdraw_remark

__all__ = [
    "check_sufficiency",
    "duties_part",
    "make_remark",
    "return_plan",
    "score_duties",
    "sufficiency_part",
    "take_up_plan",
    "withdraw_remark",
]


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


def duties_part(version: PlanVersion) -> PlanPart:
    """Return the scores of the watch duties as a part of their own, by the names of the form."""
    return PlanPart(lambda: _scores_by_field(version))


def sufficiency_part(version: PlanVersion) -> PlanPart:
    """Return the words of the sufficiency check as a part of their own."""
    return PlanPart(
        lambda: {
            "reasoning": version.sufficiency.reasoning if version.sufficiency else "",
            "follow_up": version.sufficiency.follow_up if version.sufficiency else "",
        }
    )


def score_duties(
    version: PlanVersion,
    *,
    scores: Mapping[WatchDuty, tuple[DutyScore, str]],
    actor: Person,
    expected_version: int | None = None,
) -> list[WatchDutyScore]:
    """Score aspects of the watch duties, each with a note; a later score takes the place.

    `expected_version` is the version of the scores as a part. Source: the covenant names what the
    account manager watches over.
    """
    role = may_review(actor, version)
    require_same(duties_part(version), expected_version)
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
    version: PlanVersion,
    *,
    reasoning: str,
    actor: Person,
    follow_up: str = "",
    expected_version: int | None = None,
) -> SufficiencyCheck:
    """Compare the budget with the available money and keep both amounts, in cents.

    Reasoning is required unless the money is exactly enough; `expected_version` is the version of
    the words as a part. Source: the covenant asks at provisional adoption how far the sums
    granted in advance are sufficient.
    """
    role = may_review(actor, version)
    require_same(sufficiency_part(version), expected_version)
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
    version: PlanVersion,
    *,
    actor: Person,
    sections: Collection[PlanSection] = (),
    note: str = "",
    expected_version: int | None = None,
) -> PlanVersion:
    """Send a version back with its remarks; the region goes on in a new version.

    With `sections` only these can be changed in the version that follows; none stands for all.
    """
    chosen = [section for section in PlanSection if section in sections]
    transitions.apply(
        version,
        "return",
        workflow=ACTION_PLAN,
        actor=actor,
        inputs={
            "note": cleaned(note, field="note"),
            "sections": [PLAN_SECTION_LABELS[section] for section in chosen],
        },
        expected_version=expected_version,
    )
    version.returned_sections = [ReturnedSection(section=section) for section in chosen]
    region = version.plan.region
    tell(
        Role.PROJECT_LEADER,
        region,
        subject=f"Plan van aanpak {region.name} teruggestuurd",
        message=(
            f"{actor.name} heeft versie {version.version_no} van het plan van aanpak van"
            f" {region.name} teruggestuurd, met opmerkingen ({len(version.remarks)})."
            f"{_asked(chosen)} Begin een nieuwe versie om het plan aan te passen."
        ),
        path=f"/plannen/{version.action_plan_id}",
        actor=actor,
    )
    return version


def _asked(sections: Sequence[PlanSection]) -> str:
    if not sections:
        return ""
    names = ", ".join(PLAN_SECTION_LABELS[section] for section in sections)
    return f" U kunt deze onderdelen wijzigen: {names}."


def _scores_by_field(version: PlanVersion) -> dict[str, str]:
    values: dict[str, str] = {}
    for score in version.duty_scores:
        values[f"score_{score.duty}"] = score.score
        values[f"note_{score.duty}"] = score.note
    return values
