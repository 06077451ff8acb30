"""What every change of an action plan has in common: right, state, version, and its trace.

Each part of a plan has a version of its own, so that two people may work on two parts at once.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from vpt_regio import clock, policies
from vpt_regio.domain.enums import PLAN_SECTION_LABELS, Phase, PlanSection
from vpt_regio.domain.money import MAX_CENTS
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.completeness import UNANSWERED
from vpt_regio.domain.text import MAX_TEXT_LENGTH, N_, clean_text
from vpt_regio.domain.workflows.action_plans import ACTION_PLAN, ActionPlanStatus
from vpt_regio.errors import Conflict, DomainError, Invalid, WrongState
from vpt_regio.models.action_plans import ActivityVersion, PlanVersion
from vpt_regio.models.people import Person
from vpt_regio.queries.plan_facts import gaps_of
from vpt_regio.services import (
    audit,
    plan_guards,  # noqa: F401 - registers the conditions on every step
)

TEXT_FIELDS = ("problem_analysis", "approach", "embedding")
AGREEMENT_FIELDS = (
    "consensus_analysis",
    "consensus_analysis_note",
    "consensus_approach",
    "consensus_approach_note",
)
FUNDING_FIELDS = ("other_funding_cents", "other_funding_note")


class PlanPart:
    """The values of one part of a plan as they are stored now, for a form and its version.

    The values are read at each use: after a conflict they are those of the other person.
    """

    def __init__(self, read: Callable[[], Mapping[str, Any]]) -> None:
        self._read = read

    def __getattr__(self, name: str) -> Any:
        try:
            return self._read()[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def version(self) -> int:
        """A number that changes when any value of this part changes."""
        text = json.dumps(dict(self._read()), sort_keys=True, default=str)
        # 48 bits: a script in the browser keeps whole numbers up to 53 bits
        return int(hashlib.sha256(text.encode()).hexdigest()[:12], 16)


def part_of(version: PlanVersion, *fields: str) -> PlanPart:
    """Return some columns of a plan version as a part of their own."""
    return PlanPart(lambda: {field: getattr(version, field) for field in fields})


def activity_part(activity: ActivityVersion) -> PlanPart:
    """Return everything that the form of an activity shows."""
    return PlanPart(lambda: _activity_values(activity))


def content_part(activity: ActivityVersion) -> PlanPart:
    """Return what an activity says, its amounts aside."""
    return PlanPart(
        lambda: {
            name: value
            for name, value in _activity_values(activity).items()
            if not name.endswith("_cents")
        }
    )


def may_edit(actor: Person, version: PlanVersion, *sections: PlanSection) -> str:
    """Return the role by which a person may change one of these sections of a draft.

    Raises NotAllowed without the right, WrongState when the version is no draft any more or when
    every one of the sections is locked.
    """
    role = policies.require(actor, Permission.ACTION_PLAN_EDIT, version)
    require_open(version, *sections)
    return role


def require_open(version: PlanVersion, *sections: PlanSection) -> None:
    """Raise WrongState unless the version is a draft and one of the given sections is open."""
    require_draft(version)
    problem = lock_problem(version, *sections)
    if problem is not None:
        raise problem


def lock_problem(version: PlanVersion, *sections: PlanSection) -> WrongState | None:
    """Return why none of these sections of a draft can be changed; None when one of them can."""
    locked = locked_sections(version)
    if not sections or not locked.issuperset(sections):
        return None
    returned = _return_before(version)
    return WrongState(
        N_(
            "Het onderdeel %(section)s is vergrendeld. De accountmanager heeft versie %(number)s"
            " alleen teruggestuurd voor: %(sections)s."
        ),
        params={
            "section": PLAN_SECTION_LABELS[sections[0]],
            "number": str(returned.version_no if returned else ""),
            "sections": ", ".join(
                PLAN_SECTION_LABELS[section] for section in PlanSection if section not in locked
            ),
        },
        code="locked",
    )


def locked_sections(version: PlanVersion) -> frozenset[PlanSection]:
    """Return the sections of a draft that cannot be changed: those that were not returned.

    A section that lacks something is never locked, for then the draft could not be submitted. A
    draft that follows a withdrawn submission is locked as that one was.
    """
    returned = _return_before(version)
    chosen = {row.section for row in returned.returned_sections} if returned else set()
    if not chosen:
        return frozenset()
    lacking = {gap.section for gap in gaps_of(version) if gap.code != UNANSWERED}
    return frozenset(PlanSection) - chosen - lacking


def _return_before(version: PlanVersion) -> PlanVersion | None:
    """Return the version whose return a draft follows, withdrawn submissions aside."""
    for earlier in reversed(version.plan.versions):
        if earlier.version_no >= version.version_no:
            continue
        if earlier.status is ActionPlanStatus.RETURNED:
            return earlier
        if earlier.status is not ActionPlanStatus.WITHDRAWN:
            return None
    return None


def require_draft(version: PlanVersion) -> None:
    """Raise WrongState when a version was submitted: its content never changes after that."""
    if version.status is not ActionPlanStatus.DRAFT:
        raise WrongState(
            N_(
                "Versie %(number)s van dit plan is ‘%(state)s’ en verandert niet meer."
                " Begin een nieuwe versie als u iets wilt wijzigen."
            ),
            params={
                "number": str(version.version_no),
                "state": ACTION_PLAN.state(version.status).label,
            },
        )


def require_same(part: PlanPart, expected_version: int | None) -> None:
    """Raise Conflict when somebody changed this part since the person saw it."""
    if expected_version is not None and expected_version != part.version:
        raise Conflict(
            N_(
                "Iemand anders heeft dit onderdeel intussen gewijzigd."
                " Vergelijk de teksten hieronder. Als u opslaat, blijft uw eigen tekst staan."
            )
        )


def cleaned(text: str, *, field: str, maximum: int = MAX_TEXT_LENGTH) -> str:
    """Return text that can be kept; raises Invalid at the field. `maximum` is in characters."""
    try:
        kept = clean_text(text)
    except ValueError as problem:
        raise Invalid(
            N_("Deze tekst is te lang of bevat tekens die niet bewaard kunnen worden."),
            field=field,
        ) from problem
    if len(kept) > maximum:
        raise Invalid(
            N_("Gebruik hoogstens %(maximum)s tekens."),
            field=field,
            params={"maximum": str(maximum)},
        )
    return kept


def amount_problems(cents: int | None, *, field: str) -> list[DomainError]:
    """Return what is wrong with an amount in cents; None stands for not filled in."""
    if cents is None:
        return []
    if cents < 0:
        return [Invalid(N_("Een bedrag in de begroting kan niet negatief zijn."), field=field)]
    if cents > MAX_CENTS:
        return [Invalid(N_("Dit bedrag is te groot. Controleer het aantal nullen."), field=field)]
    return []


def written(
    version: PlanVersion, action: str, *, actor: Person, role: str, **details: object
) -> None:
    """Write down a change of the content, and let the version know that it changed."""
    # whoever submits or decides on what they saw before gets a conflict
    version.updated_at = clock.now()
    audit.record(action, version, actor=actor, role=role, details=details)


def _activity_values(activity: ActivityVersion) -> dict[str, Any]:
    cents = {line.phase: line.amount_cents for line in activity.budget_lines}
    return {
        "title": activity.title,
        "description": activity.description,
        "measures": sorted(link.measure_id for link in activity.measures),
        "policy_line_id": activity.policy_line_id,
        "is_awareness": activity.is_awareness,
        "target_group": activity.target_group,
        "owner_id": activity.owner_id,
        "starts_on": activity.starts_on,
        "ends_on": activity.ends_on,
        "development_cents": cents.get(Phase.DEVELOPMENT),
        "implementation_cents": cents.get(Phase.IMPLEMENTATION),
    }
