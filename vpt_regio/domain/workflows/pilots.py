"""The life cycles of a pilot and of its final report."""

from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.subsidy_codes import FinalReportStatus, PilotStatus
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

PILOT = Workflow(
    code="pilot",
    label=N_("Pilot"),
    initial=PilotStatus.AWARDED,
    states=(
        State(PilotStatus.AWARDED, N_("toegekend"), Tone.NEUTRAL),
        State(PilotStatus.RUNNING, N_("loopt"), Tone.ACTIVE, is_derived=True),
        State(
            PilotStatus.FINISHED, N_("klaar, nog te verantwoorden"), Tone.WARNING, is_derived=True
        ),
        State(PilotStatus.REPORTED, N_("verantwoord"), Tone.ACTIVE),
        State(PilotStatus.SETTLED, N_("vastgesteld"), Tone.SUCCESS),
        State(PilotStatus.CLOSED, N_("afgesloten"), Tone.INACTIVE),
        State(PilotStatus.REVOKED, N_("subsidie ingetrokken"), Tone.DANGER),
        State(PilotStatus.LAPSED, N_("vervallen"), Tone.INACTIVE),
        State(
            PilotStatus.WITHOUT_GRANT, N_("loopt zonder subsidie"), Tone.ACTIVE, is_imported=True
        ),
        State(PilotStatus.ENDED, N_("beëindigd"), Tone.INACTIVE, is_final=True),
    ),
    transitions=(
        Transition(
            code="report",
            label=N_("Eindverslag indienen"),
            sources=(PilotStatus.AWARDED,),
            target=PilotStatus.REPORTED,
            permission=Permission.PILOT_REPORT,
            done=N_("{actor} heeft de pilot verantwoord."),
            is_effect=True,
        ),
        Transition(
            code="return_report",
            label=N_("Eindverslag terugsturen"),
            sources=(PilotStatus.REPORTED,),
            target=PilotStatus.AWARDED,
            permission=Permission.PILOT_MANAGE,
            requires=(Input.NOTE,),
            done=N_("{actor} heeft het eindverslag teruggestuurd."),
            is_effect=True,
        ),
        Transition(
            code="settle",
            label=N_("Subsidie vaststellen"),
            sources=(PilotStatus.AWARDED, PilotStatus.REPORTED),
            target=PilotStatus.SETTLED,
            permission=Permission.SETTLEMENT_DECIDE,
            guards=(Guard.PROPOSED, Guard.NOT_AUTHOR, Guard.VALID_MANDATE),
            done=N_("{actor} heeft de subsidie vastgesteld."),
            is_decision=True,
        ),
        Transition(
            code="settle_anew",
            label=N_("Subsidie opnieuw vaststellen"),
            sources=(PilotStatus.SETTLED, PilotStatus.CLOSED),
            target=PilotStatus.SETTLED,
            permission=Permission.SETTLEMENT_DECIDE,
            guards=(Guard.PROPOSED, Guard.NOT_AUTHOR, Guard.VALID_MANDATE),
            done=N_("{actor} heeft de subsidie opnieuw vastgesteld."),
            is_decision=True,
        ),
        Transition(
            code="revoke",
            label=N_("Subsidie intrekken"),
            sources=(
                PilotStatus.AWARDED,
                PilotStatus.REPORTED,
                PilotStatus.SETTLED,
                PilotStatus.CLOSED,
            ),
            target=PilotStatus.REVOKED,
            permission=Permission.PILOT_REVOKE,
            guards=(
                Guard.PROPOSED,
                Guard.NOT_AUTHOR,
                Guard.VALID_MANDATE,
                Guard.WITHIN_FIVE_YEARS,
            ),
            done=N_("{actor} heeft de subsidie ingetrokken."),
            is_decision=True,
        ),
        Transition(
            code="lapse",
            label=N_("Vervallen"),
            sources=(PilotStatus.AWARDED,),
            target=PilotStatus.LAPSED,
            permission=Permission.APPLICATION_DECIDE,
            guards=(Guard.NOTHING_PAID,),
            done=N_("{actor} heeft anders beslist over de aanvraag: de pilot vervalt."),
            is_effect=True,
        ),
        Transition(
            code="award_again",
            label=N_("Opnieuw toegekend"),
            sources=(PilotStatus.LAPSED,),
            target=PilotStatus.AWARDED,
            permission=Permission.APPLICATION_DECIDE,
            done=N_("{actor} heeft anders beslist over de aanvraag: de pilot gaat door."),
            is_effect=True,
        ),
        Transition(
            code="close",
            label=N_("Pilot afsluiten"),
            sources=(PilotStatus.SETTLED, PilotStatus.REVOKED),
            target=PilotStatus.CLOSED,
            permission=Permission.PILOT_MANAGE,
            guards=(Guard.MONEY_EVEN, Guard.OUTCOME_KNOWN),
            done=N_("{actor} heeft de pilot afgesloten."),
        ),
        Transition(
            code="end",
            label=N_("Pilot beëindigen"),
            sources=(PilotStatus.WITHOUT_GRANT,),
            target=PilotStatus.ENDED,
            permission=Permission.PILOT_MANAGE,
            guards=(Guard.OUTCOME_KNOWN,),
            done=N_("{actor} heeft de pilot beëindigd."),
        ),
    ),
    derivations=(
        Derivation(PilotStatus.AWARDED, PilotStatus.RUNNING, N_("De eerste dag is aangebroken.")),
        Derivation(PilotStatus.AWARDED, PilotStatus.FINISHED, N_("De laatste dag is voorbij.")),
    ),
)

PILOT_FINAL_REPORT = Workflow(
    code="pilot_final_report",
    label=N_("Eindverslag van een pilot"),
    initial=FinalReportStatus.DRAFT,
    states=(
        State(FinalReportStatus.DRAFT, N_("concept"), Tone.NEUTRAL),
        State(FinalReportStatus.SUBMITTED, N_("ingediend"), Tone.ACTIVE),
        State(FinalReportStatus.RETURNED, N_("teruggestuurd"), Tone.WARNING),
        State(FinalReportStatus.ACCEPTED, N_("aangenomen"), Tone.SUCCESS, is_final=True),
    ),
    transitions=(
        Transition(
            code="submit",
            label=N_("Eindverslag indienen"),
            sources=(FinalReportStatus.DRAFT, FinalReportStatus.RETURNED),
            target=FinalReportStatus.SUBMITTED,
            permission=Permission.PILOT_REPORT,
            guards=(Guard.COMPLETE,),
            done=N_("{actor} heeft het eindverslag ingediend."),
        ),
        Transition(
            code="return",
            label=N_("Eindverslag terugsturen"),
            sources=(FinalReportStatus.SUBMITTED,),
            target=FinalReportStatus.RETURNED,
            permission=Permission.PILOT_MANAGE,
            guards=(Guard.NOT_AUTHOR,),
            requires=(Input.NOTE,),
            done=N_("{actor} heeft het eindverslag teruggestuurd."),
        ),
        Transition(
            code="accept",
            label=N_("Eindverslag aannemen"),
            sources=(FinalReportStatus.SUBMITTED,),
            target=FinalReportStatus.ACCEPTED,
            permission=Permission.PILOT_MANAGE,
            guards=(Guard.NOT_AUTHOR,),
            done=N_("{actor} heeft het eindverslag aangenomen."),
        ),
    ),
)
