"""Remarks at a plan: made in a review, answered in the draft that follows, settled or opened again.

Nothing of it is lost: a remark is final with the end of its review, and each later word is kept.
"""

from dataclasses import dataclass

from vpt_regio import clock, policies
from vpt_regio.domain.enums import PLAN_SECTION_LABELS, PlanSection, RemarkWeight
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.roles import Role
from vpt_regio.domain.rules.remarks import paragraphs_of
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.action_plans import ACTION_PLAN, ActionPlanStatus
from vpt_regio.domain.workflows.remarks import REMARK, RemarkStatus
from vpt_regio.errors import Conflict, DomainError, Invalid, NotAllowed, WrongState, raise_all
from vpt_regio.extensions import db
from vpt_regio.models.action_plans import Activity, PlanVersion
from vpt_regio.models.people import Person
from vpt_regio.models.programmes import Measure
from vpt_regio.models.remarks import Remark, RemarkEntry
from vpt_regio.queries.decisions import was_decided_on
from vpt_regio.queries.plan_facts import measures_of
from vpt_regio.queries.remarks import TEXT_SECTIONS, text_at
from vpt_regio.services import transitions
from vpt_regio.services.plan_parts import cleaned, require_draft, written

# the account manager has the plan on the desk: a decision to approve it may still be ahead
JUDGED = (ActionPlanStatus.IN_REVIEW, ActionPlanStatus.PROVISIONALLY_ADOPTED)


@dataclass(frozen=True)
class Place:
    """Where in a section a remark stands; at most one of these is given, none is the whole."""

    activity: Activity | None = None
    paragraph_no: int | None = None
    budget_line_no: int | None = None
    measure: Measure | None = None


def make_remark(
    version: PlanVersion,
    *,
    section: PlanSection,
    body: str,
    actor: Person,
    weight: RemarkWeight = RemarkWeight.COULD,
    activity: Activity | None = None,
    paragraph_no: int | None = None,
    budget_line_no: int | None = None,
    measure: Measure | None = None,
    seen: str | None = None,
) -> Remark:
    """Make a remark at a section or at one place in it; it is final with the end of the review.

    `seen` is what the reviewer saw at that place: raises Conflict when something else stands
    there. What stands there now is kept with the remark.
    """
    role = may_review(actor, version)
    place = Place(activity, paragraph_no, budget_line_no, measure)
    text = cleaned(body, field="body")
    problems: list[DomainError] = []
    if not text:
        problems.append(Invalid(N_("Schrijf op wat er anders moet."), field="body"))
    raise_all(problems + _place_problems(version, section, place))
    quote = _quote(version, section, place)
    if seen is not None and seen.replace("\r\n", "\n").strip() != quote:
        raise Conflict(
            N_("De tekst op deze plaats is niet meer de tekst die u zag. Kies de plaats opnieuw.")
        )
    remark = Remark(
        section=section,
        weight=weight,
        status=RemarkStatus.OPEN,
        activity=activity,
        paragraph_no=paragraph_no,
        budget_line_no=budget_line_no,
        measure=measure,
        quote=quote,
        body=text,
        author=actor,
        made_on=clock.today(),
    )
    version.remarks.append(remark)
    details = {"section": PLAN_SECTION_LABELS[section], "weight": weight, "body": text}
    written(version, "action_plan.remark_made", actor=actor, role=role, **details)
    return remark


def withdraw_remark(version: PlanVersion, *, remark: Remark | None, actor: Person) -> None:
    """Take back a remark of one's own while the review goes on; None stands for one that is gone.

    Raises WrongState when it is gone already, or when something was said on it since.
    """
    role = may_review(actor, version)
    if remark is None or remark not in version.remarks:
        raise WrongState(N_("Deze opmerking is al ingetrokken."))
    if remark.author_id != actor.id:
        raise NotAllowed(N_("Alleen wie een opmerking maakte, kan die intrekken."))
    if remark.entries:
        raise WrongState(N_("Op deze opmerking is al gereageerd. U kunt haar niet meer intrekken."))
    if was_decided_on(version):
        # its review ended before the decision was taken back, and the region read it then
        raise WrongState(
            N_("Over deze versie is al eerder besloten. U kunt de opmerking alleen nog afhandelen.")
        )
    version.remarks.remove(remark)
    db.session.delete(remark)
    details = {"section": PLAN_SECTION_LABELS[remark.section], "body": remark.body}
    written(version, "action_plan.remark_withdrawn", actor=actor, role=role, **details)


def answer_remark(
    remark: Remark, *, note: str, actor: Person, expected_version: int | None = None
) -> RemarkEntry | None:
    """Answer a remark in the draft that follows; until its submission an answer may be put right.

    Returns the answer, or None when it says what the one before it said.
    """
    policies.require(actor, Permission.ACTION_PLAN_EDIT, remark)
    draft = remark.plan_version.plan.latest
    require_draft(draft)
    text = cleaned(note, field="note")
    transitions.check_version(remark, expected_version)
    last = remark.entries[-1] if remark.entries else None
    if last is not None and last.step == "answer" and last.body == text:
        return None
    return _say(remark, "answer", text, at=draft, actor=actor, expected_version=expected_version)


def settle_remark(
    remark: Remark, *, note: str = "", actor: Person, expected_version: int | None = None
) -> RemarkEntry:
    """Call a remark settled, while the plan is being judged; never by who answered it."""
    version = _judged(remark, actor)
    if any(one.step == "answer" and one.author_id == actor.id for one in remark.entries):
        raise NotAllowed(
            N_("U hebt deze opmerking zelf beantwoord. Iemand anders moet haar afhandelen."),
            code="not_author",
        )
    text = cleaned(note, field="note")
    return _say(remark, "settle", text, at=version, actor=actor, expected_version=expected_version)


def reopen_remark(
    remark: Remark, *, note: str, actor: Person, expected_version: int | None = None
) -> RemarkEntry:
    """Open a remark again while the plan is being judged, with what is still wrong."""
    version = _judged(remark, actor)
    text = cleaned(note, field="note")
    return _say(remark, "reopen", text, at=version, actor=actor, expected_version=expected_version)


def may_review(actor: Person, version: PlanVersion) -> Role:
    """Return the role by which a person may judge a version now.

    Raises NotAllowed without the right, WrongState unless the version is in review.
    """
    role = policies.require(actor, Permission.ACTION_PLAN_REVIEW, version)
    if version.status is not ActionPlanStatus.IN_REVIEW:
        raise WrongState(
            N_("Dit kan alleen zolang het plan in behandeling is. De status is nu ‘%(state)s’."),
            params={"state": ACTION_PLAN.state(version.status).label},
        )
    return role


def _judged(remark: Remark, actor: Person) -> PlanVersion:
    policies.require(actor, Permission.ACTION_PLAN_REVIEW, remark)
    latest = remark.plan_version.plan.latest
    if latest.status not in JUDGED:
        raise WrongState(
            N_("Dit kan alleen zolang het plan wordt beoordeeld. De status is nu ‘%(state)s’."),
            params={"state": ACTION_PLAN.state(latest.status).label},
        )
    return latest


def _say(
    remark: Remark,
    step: str,
    text: str,
    *,
    at: PlanVersion,
    actor: Person,
    expected_version: int | None,
) -> RemarkEntry:
    entry = RemarkEntry(plan_version=at, step=step, body=text, author=actor, made_on=clock.today())
    with db.session.no_autoflush:
        transitions.apply(
            remark,
            step,
            workflow=REMARK,
            actor=actor,
            inputs={"note": text},
            expected_version=expected_version,
        )
        remark.entries.append(entry)
    # whoever submits or decides on what they saw before gets a conflict
    at.updated_at = clock.now()
    db.session.flush()
    return entry


def _place_problems(version: PlanVersion, section: PlanSection, place: Place) -> list[DomainError]:
    if sum(part is not None for part in vars(place).values()) > 1:
        return [Invalid(N_("Kies één plaats voor de opmerking."), field="section")]
    if place.activity is not None:
        return _activity_problems(version, section, place.activity)
    if place.paragraph_no is not None:
        return _paragraph_problems(version, section, place.paragraph_no)
    if place.budget_line_no is not None:
        return _budget_line_problems(version, section, place.budget_line_no)
    if place.measure is not None:
        return _measure_problems(version, section, place.measure)
    return []


def _activity_problems(
    version: PlanVersion, section: PlanSection, activity: Activity
) -> list[DomainError]:
    problems: list[DomainError] = []
    if section not in (PlanSection.ACTIVITIES, PlanSection.BUDGET):
        problems.append(
            Invalid(
                N_("Kies bij een activiteit het onderdeel Activiteiten of Begroting."),
                field="section",
            )
        )
    if activity.id not in {one.activity_id for one in version.activities}:
        problems.append(
            Invalid(N_("Deze activiteit staat niet in deze versie."), field="activity_id")
        )
    return problems


def _paragraph_problems(
    version: PlanVersion, section: PlanSection, number: int
) -> list[DomainError]:
    if section not in TEXT_SECTIONS:
        return [Invalid(N_("Dit onderdeel heeft geen alinea's."), field="section")]
    count = len(paragraphs_of(getattr(version, section)))
    if 1 <= number <= count:
        return []
    return [
        Invalid(
            N_(
                "Alinea %(number)s staat niet in deze versie."
                " Het aantal alinea's van dit onderdeel is %(count)s."
            ),
            field="section",
            params={"number": str(number), "count": str(count)},
        )
    ]


def _budget_line_problems(
    version: PlanVersion, section: PlanSection, number: int
) -> list[DomainError]:
    if section is not PlanSection.BUDGET:
        return [
            Invalid(N_("Kies bij een begrotingsregel het onderdeel Begroting."), field="section")
        ]
    if number in {line.number for line in version.budget_lines}:
        return []
    return [Invalid(N_("Deze begrotingsregel staat niet in deze versie."), field="section")]


def _measure_problems(
    version: PlanVersion, section: PlanSection, measure: Measure
) -> list[DomainError]:
    if section is not PlanSection.ACTIVITIES:
        return [Invalid(N_("Kies bij een maatregel het onderdeel Activiteiten."), field="section")]
    if measure in measures_of(version):
        return []
    return [Invalid(N_("Deze maatregel staat niet in de lijst."), field="section")]


def _quote(version: PlanVersion, section: PlanSection, place: Place) -> str:
    """Return what stands at a place; the empty text when a remark is about a whole section."""
    if place.paragraph_no is not None:
        return paragraphs_of(getattr(version, section))[place.paragraph_no - 1]
    if not any(part is not None for part in vars(place).values()):
        return ""
    text = text_at(
        version,
        section,
        activity_id=place.activity.id if place.activity else None,
        budget_line_no=place.budget_line_no,
        measure_id=place.measure.id if place.measure else None,
    )
    return text or ""
