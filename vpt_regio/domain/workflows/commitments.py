"""The life cycle of what was promised to the House."""

from vpt_regio.domain.half_year_codes import CommitmentStatus
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import (
    Derivation,
    Guard,
    Input,
    State,
    Tone,
    Transition,
    Workflow,
)

__all__ = ["COMMITMENT", "WORKFLOW", "CommitmentStatus"]

_RUNNING = (
    CommitmentStatus.OPEN,
    CommitmentStatus.IN_PROGRESS,
    CommitmentStatus.PARTLY_FULFILLED,
)
_PAST_DUE = N_("De termijn is voorbij en de Kamer heeft het resultaat nog niet.")

COMMITMENT = Workflow(
    code="commitment",
    label=N_("Toezegging"),
    initial=CommitmentStatus.OPEN,
    states=(
        State(CommitmentStatus.OPEN, N_("open"), Tone.NEUTRAL),
        State(CommitmentStatus.IN_PROGRESS, N_("in behandeling"), Tone.ACTIVE),
        State(CommitmentStatus.PARTLY_FULFILLED, N_("deels afgedaan"), Tone.ACTIVE),
        State(CommitmentStatus.FULFILLED, N_("afgedaan"), Tone.SUCCESS, is_final=True),
        State(CommitmentStatus.LAPSED, N_("vervallen"), Tone.INACTIVE, is_final=True),
        State(CommitmentStatus.OVERDUE, N_("over de termijn"), Tone.DANGER, is_derived=True),
    ),
    transitions=(
        Transition(
            code="start",
            label=N_("In behandeling nemen"),
            sources=(CommitmentStatus.OPEN,),
            target=CommitmentStatus.IN_PROGRESS,
            permission=Permission.COMMITMENT_MANAGE,
            done=N_("{actor} heeft de toezegging in behandeling genomen."),
        ),
        Transition(
            code="fulfil_partly",
            label=N_("Deels afdoen"),
            sources=(CommitmentStatus.OPEN, CommitmentStatus.IN_PROGRESS),
            target=CommitmentStatus.PARTLY_FULFILLED,
            permission=Permission.COMMITMENT_MANAGE,
            guards=(Guard.ANSWERED_BY_LETTER,),
            done=N_("{actor} heeft vastgelegd dat een brief de toezegging deels afdoet."),
        ),
        Transition(
            code="fulfil",
            label=N_("Afdoen"),
            sources=_RUNNING,
            target=CommitmentStatus.FULFILLED,
            permission=Permission.COMMITMENT_MANAGE,
            guards=(Guard.ANSWERED_BY_LETTER,),
            done=N_("{actor} heeft vastgelegd dat een brief de toezegging afdoet."),
        ),
        Transition(
            code="lapse",
            label=N_("Laten vervallen"),
            sources=_RUNNING,
            target=CommitmentStatus.LAPSED,
            permission=Permission.COMMITMENT_MANAGE,
            requires=(Input.NOTE,),
            done=N_("{actor} heeft de toezegging laten vervallen."),
        ),
    ),
    derivations=tuple(
        Derivation(status, CommitmentStatus.OVERDUE, _PAST_DUE) for status in _RUNNING
    ),
)

WORKFLOW = COMMITMENT
