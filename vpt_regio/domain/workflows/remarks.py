"""The life cycle of a remark at a plan: it goes on through the versions until it is settled."""

from vpt_regio.domain.enums import RemarkStatus
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Input, State, Tone, Transition, Workflow

__all__ = ["REMARK", "RemarkStatus"]

REMARK = Workflow(
    code="remark",
    label=N_("Opmerking"),
    initial=RemarkStatus.OPEN,
    states=(
        State(RemarkStatus.OPEN, N_("open"), Tone.WARNING),
        State(RemarkStatus.ANSWERED, N_("beantwoord"), Tone.ACTIVE),
        State(RemarkStatus.SETTLED, N_("afgehandeld"), Tone.SUCCESS),
    ),
    transitions=(
        Transition(
            code="answer",
            label=N_("Beantwoorden"),
            # an answer may be put right until the plan is submitted
            sources=(RemarkStatus.OPEN, RemarkStatus.ANSWERED),
            target=RemarkStatus.ANSWERED,
            permission=Permission.ACTION_PLAN_EDIT,
            requires=(Input.NOTE,),
            done=N_("{actor} heeft een opmerking beantwoord."),
        ),
        Transition(
            code="settle",
            label=N_("Afhandelen"),
            sources=(RemarkStatus.OPEN, RemarkStatus.ANSWERED),
            target=RemarkStatus.SETTLED,
            permission=Permission.ACTION_PLAN_REVIEW,
            done=N_("{actor} heeft een opmerking afgehandeld."),
        ),
        Transition(
            code="reopen",
            label=N_("Opnieuw openen"),
            sources=(RemarkStatus.ANSWERED, RemarkStatus.SETTLED),
            target=RemarkStatus.OPEN,
            permission=Permission.ACTION_PLAN_REVIEW,
            requires=(Input.NOTE,),
            done=N_("{actor} heeft een opmerking opnieuw geopend."),
        ),
    ),
)
