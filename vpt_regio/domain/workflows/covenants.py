"""The life cycle of a covenant."""

from vpt_regio.domain.enums import CovenantStatus
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

__all__ = ["COVENANT", "WORKFLOW", "CovenantStatus"]

COVENANT = Workflow(
    code="covenant",
    label=N_("Convenant"),
    initial=CovenantStatus.DRAFT,
    states=(
        State(CovenantStatus.DRAFT, N_("concept"), Tone.NEUTRAL),
        State(CovenantStatus.IN_FORCE, N_("van kracht"), Tone.SUCCESS),
        State(
            CovenantStatus.TERMINATED,
            N_("voortijdig beëindigd"),
            Tone.DANGER,
            is_final=True,
            is_imported=True,
        ),
        State(
            CovenantStatus.CLOSED, N_("afgesloten"), Tone.INACTIVE, is_final=True, is_imported=True
        ),
        State(CovenantStatus.EXPIRED, N_("verlopen"), Tone.WARNING, is_derived=True),
    ),
    transitions=(
        Transition(
            code="sign",
            label=N_("Ondertekening vastleggen"),
            sources=(CovenantStatus.DRAFT,),
            target=CovenantStatus.IN_FORCE,
            permission=Permission.COVENANT_SIGN,
            guards=(Guard.PARTIES_COMPLETE, Guard.DATES_VALID),
            requires=(Input.SIGNED_ON,),
            done=N_("{actor} heeft de ondertekening van het convenant vastgelegd."),
        ),
    ),
    derivations=(
        Derivation(
            source=CovenantStatus.IN_FORCE,
            target=CovenantStatus.EXPIRED,
            when=N_("De geldende einddatum is voorbij."),
        ),
    ),
)

WORKFLOW = COVENANT
