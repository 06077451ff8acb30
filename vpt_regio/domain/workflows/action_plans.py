"""The life cycle of one version of an action plan.

A returned or refused version stays as it was judged; the region goes on in a new version,
which starts as a draft.
"""

from vpt_regio.domain.enums import ActionPlanStatus
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard, Input, State, Tone, Transition, Workflow

__all__ = ["ACTION_PLAN", "WORKFLOW", "ActionPlanStatus"]

_STATES = (
    State(ActionPlanStatus.DRAFT, N_("concept"), Tone.NEUTRAL),
    State(ActionPlanStatus.SUBMITTED, N_("ingediend"), Tone.ACTIVE),
    State(ActionPlanStatus.IN_REVIEW, N_("in behandeling"), Tone.ACTIVE),
    State(ActionPlanStatus.RETURNED, N_("teruggestuurd"), Tone.WARNING, is_final=True),
    State(ActionPlanStatus.PROVISIONALLY_ADOPTED, N_("voorlopig vastgesteld"), Tone.ACTIVE),
    State(ActionPlanStatus.APPROVED, N_("goedgekeurd"), Tone.SUCCESS),
    State(ActionPlanStatus.SUPERSEDED, N_("vervangen"), Tone.INACTIVE),
    State(ActionPlanStatus.REFUSED, N_("afgewezen"), Tone.DANGER),
    State(ActionPlanStatus.WITHDRAWN, N_("ingetrokken"), Tone.INACTIVE, is_final=True),
)

_TRANSITIONS = (
    Transition(
        code="submit",
        label=N_("Indienen"),
        sources=(ActionPlanStatus.DRAFT,),
        target=ActionPlanStatus.SUBMITTED,
        permission=Permission.ACTION_PLAN_SUBMIT,
        guards=(Guard.COMPLETE, Guard.IN_FORCE),
        done=N_("{actor} heeft het plan ingediend."),
    ),
    Transition(
        code="withdraw",
        label=N_("Indiening intrekken"),
        sources=(ActionPlanStatus.SUBMITTED,),
        target=ActionPlanStatus.WITHDRAWN,
        permission=Permission.ACTION_PLAN_SUBMIT,
        done=N_("{actor} heeft de indiening van het plan ingetrokken."),
    ),
    Transition(
        code="take_up",
        label=N_("In behandeling nemen"),
        sources=(ActionPlanStatus.SUBMITTED,),
        target=ActionPlanStatus.IN_REVIEW,
        permission=Permission.ACTION_PLAN_TAKE_UP,
        done=N_("{actor} heeft het plan in behandeling genomen."),
    ),
    Transition(
        code="return",
        label=N_("Terugsturen"),
        sources=(ActionPlanStatus.IN_REVIEW,),
        target=ActionPlanStatus.RETURNED,
        permission=Permission.ACTION_PLAN_RETURN,
        guards=(Guard.HAS_REMARK,),
        done=N_("{actor} heeft het plan teruggestuurd."),
    ),
    Transition(
        code="adopt",
        label=N_("Voorlopig vaststellen"),
        sources=(ActionPlanStatus.IN_REVIEW,),
        target=ActionPlanStatus.PROVISIONALLY_ADOPTED,
        permission=Permission.ACTION_PLAN_ADOPT,
        guards=(
            Guard.SUFFICIENCY_FILLED,
            Guard.DUTIES_SCORED,
            Guard.IN_FORCE,
            Guard.NOT_AUTHOR,
        ),
        done=N_("{actor} heeft het plan voorlopig vastgesteld."),
        is_decision=True,
    ),
    Transition(
        code="approve",
        label=N_("Goedkeuren namens de minister"),
        sources=(ActionPlanStatus.PROVISIONALLY_ADOPTED,),
        target=ActionPlanStatus.APPROVED,
        permission=Permission.ACTION_PLAN_APPROVE,
        guards=(Guard.VALID_MANDATE, Guard.NOT_AUTHOR, Guard.IN_FORCE, Guard.NO_OPEN_MUST),
        done=N_("{actor} heeft het plan goedgekeurd namens de minister."),
        is_decision=True,
    ),
    Transition(
        code="refuse",
        label=N_("Afwijzen"),
        sources=(ActionPlanStatus.IN_REVIEW, ActionPlanStatus.PROVISIONALLY_ADOPTED),
        target=ActionPlanStatus.REFUSED,
        permission=Permission.ACTION_PLAN_REFUSE,
        guards=(Guard.NOT_AUTHOR, Guard.VALID_MANDATE),
        requires=(Input.NOTE,),
        done=N_("{actor} heeft het plan afgewezen namens de minister."),
        is_decision=True,
    ),
    Transition(
        code="supersede",
        label=N_("Vervangen"),
        sources=(ActionPlanStatus.APPROVED,),
        target=ActionPlanStatus.SUPERSEDED,
        permission=Permission.ACTION_PLAN_APPROVE,
        done=N_("{actor} heeft een nieuwere versie goedgekeurd. Deze versie is daarmee vervangen."),
        is_effect=True,
    ),
    Transition(
        code="reopen",
        label=N_("Besluit terugnemen"),
        sources=(
            ActionPlanStatus.PROVISIONALLY_ADOPTED,
            ActionPlanStatus.APPROVED,
            ActionPlanStatus.REFUSED,
        ),
        target=ActionPlanStatus.IN_REVIEW,
        permission=Permission.DECISION_REPLACE,
        guards=(Guard.NEWEST_VERSION, Guard.NOT_AUTHOR, Guard.VALID_MANDATE),
        requires=(Input.NOTE,),
        done=N_("{actor} heeft het besluit teruggenomen. Het plan is weer in behandeling."),
        is_decision=True,
    ),
    Transition(
        code="reinstate",
        label=N_("Weer laten gelden"),
        sources=(ActionPlanStatus.SUPERSEDED,),
        target=ActionPlanStatus.APPROVED,
        permission=Permission.DECISION_REPLACE,
        done=N_("{actor} heeft een later besluit teruggenomen. Deze versie geldt weer."),
        is_effect=True,
    ),
)

ACTION_PLAN = Workflow(
    code="action_plan",
    label=N_("Plan van aanpak"),
    initial=ActionPlanStatus.DRAFT,
    states=_STATES,
    transitions=_TRANSITIONS,
)

WORKFLOW = ACTION_PLAN
