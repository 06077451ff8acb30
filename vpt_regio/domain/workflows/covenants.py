"""The life cycles of a covenant, of its amendments, and of the final account of a region."""

from vpt_regio.domain.enums import AmendmentStatus, CovenantStatus, FinalAccountStatus
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

__all__ = [
    "COVENANT",
    "COVENANT_AMENDMENT",
    "FINAL_ACCOUNT",
    "AmendmentStatus",
    "CovenantStatus",
    "FinalAccountStatus",
]

COVENANT = Workflow(
    code="covenant",
    label=N_("Convenant"),
    initial=CovenantStatus.DRAFT,
    states=(
        State(CovenantStatus.DRAFT, N_("concept"), Tone.NEUTRAL),
        State(CovenantStatus.IN_FORCE, N_("van kracht"), Tone.SUCCESS),
        State(CovenantStatus.TERMINATED, N_("voortijdig beëindigd"), Tone.DANGER),
        State(CovenantStatus.CLOSED, N_("afgesloten"), Tone.INACTIVE, is_final=True),
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
        Transition(
            code="terminate",
            label=N_("Voortijdig beëindigen"),
            sources=(CovenantStatus.IN_FORCE,),
            target=CovenantStatus.TERMINATED,
            permission=Permission.COVENANT_TERMINATE,
            guards=(Guard.VALID_MANDATE,),
            requires=(Input.NOTE,),
            done=N_("{actor} heeft het convenant voortijdig beëindigd namens de minister."),
            is_decision=True,
        ),
        Transition(
            code="close",
            label=N_("Afsluiten"),
            sources=(CovenantStatus.IN_FORCE, CovenantStatus.TERMINATED),
            target=CovenantStatus.CLOSED,
            permission=Permission.COVENANT_CLOSE,
            guards=(Guard.ACCOUNTS_SETTLED,),
            done=N_("{actor} heeft het convenant afgesloten."),
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

COVENANT_AMENDMENT = Workflow(
    code="covenant_amendment",
    label=N_("Wijziging van een convenant"),
    initial=AmendmentStatus.DRAFT,
    states=(
        State(AmendmentStatus.DRAFT, N_("concept"), Tone.NEUTRAL),
        State(AmendmentStatus.SIGNED, N_("ondertekend"), Tone.SUCCESS, is_final=True),
        State(AmendmentStatus.WITHDRAWN, N_("ingetrokken"), Tone.INACTIVE, is_final=True),
    ),
    transitions=(
        Transition(
            code="sign",
            label=N_("Ondertekening vastleggen"),
            sources=(AmendmentStatus.DRAFT,),
            target=AmendmentStatus.SIGNED,
            permission=Permission.COVENANT_SIGN,
            guards=(Guard.NOT_AUTHOR, Guard.DATES_VALID),
            requires=(Input.SIGNED_ON,),
            done=N_("{actor} heeft de ondertekening van de wijziging vastgelegd."),
        ),
        Transition(
            code="withdraw",
            label=N_("Intrekken"),
            sources=(AmendmentStatus.DRAFT,),
            target=AmendmentStatus.WITHDRAWN,
            permission=Permission.COVENANT_AMEND,
            requires=(Input.NOTE,),
            done=N_("{actor} heeft de wijziging ingetrokken."),
        ),
    ),
)

FINAL_ACCOUNT = Workflow(
    code="final_account",
    label=N_("Eindverantwoording"),
    initial=FinalAccountStatus.DRAFT,
    states=(
        State(FinalAccountStatus.DRAFT, N_("concept"), Tone.NEUTRAL),
        State(FinalAccountStatus.SUBMITTED, N_("ingediend"), Tone.ACTIVE),
        State(FinalAccountStatus.RETURNED, N_("teruggestuurd"), Tone.WARNING),
        State(FinalAccountStatus.ACCEPTED, N_("aangenomen"), Tone.SUCCESS, is_final=True),
    ),
    transitions=(
        Transition(
            code="submit",
            label=N_("Indienen"),
            sources=(FinalAccountStatus.DRAFT, FinalAccountStatus.RETURNED),
            target=FinalAccountStatus.SUBMITTED,
            permission=Permission.FINAL_ACCOUNT_SUBMIT,
            guards=(Guard.COMPLETE,),
            done=N_("{actor} heeft de eindverantwoording ingediend."),
        ),
        Transition(
            code="withdraw",
            label=N_("Indiening intrekken"),
            sources=(FinalAccountStatus.SUBMITTED,),
            target=FinalAccountStatus.DRAFT,
            permission=Permission.FINAL_ACCOUNT_SUBMIT,
            done=N_("{actor} heeft de indiening van de eindverantwoording ingetrokken."),
        ),
        Transition(
            code="return",
            label=N_("Terugsturen"),
            sources=(FinalAccountStatus.SUBMITTED,),
            target=FinalAccountStatus.RETURNED,
            permission=Permission.FINAL_ACCOUNT_REVIEW,
            requires=(Input.NOTE,),
            done=N_("{actor} heeft de eindverantwoording teruggestuurd."),
        ),
        Transition(
            code="accept",
            label=N_("Aannemen"),
            sources=(FinalAccountStatus.SUBMITTED,),
            target=FinalAccountStatus.ACCEPTED,
            permission=Permission.FINAL_ACCOUNT_REVIEW,
            guards=(Guard.NOT_AUTHOR,),
            done=N_("{actor} heeft de eindverantwoording aangenomen."),
        ),
    ),
)
