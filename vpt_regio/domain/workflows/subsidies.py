"""The life cycles of a subsidy round and of an application in it."""

from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.subsidy_codes import ApplicationStatus, ProposalStatus, RoundStatus
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

SUBSIDY_ROUND = Workflow(
    code="subsidy_round",
    label=N_("Subsidieronde"),
    initial=RoundStatus.PLANNED,
    states=(
        State(RoundStatus.PLANNED, N_("gepland"), Tone.NEUTRAL),
        State(RoundStatus.OPEN, N_("open"), Tone.ACTIVE),
        State(RoundStatus.CLOSED, N_("gesloten"), Tone.WARNING, is_derived=True),
        State(RoundStatus.DECIDED, N_("afgehandeld"), Tone.SUCCESS, is_final=True),
        State(RoundStatus.CANCELLED, N_("vervallen"), Tone.INACTIVE, is_final=True),
    ),
    transitions=(
        Transition(
            code="open",
            label=N_("Ronde openstellen"),
            sources=(RoundStatus.PLANNED,),
            target=RoundStatus.OPEN,
            permission=Permission.SUBSIDY_MANAGE,
            guards=(Guard.COMPLETE,),
            done=N_("{actor} heeft de ronde opengesteld."),
        ),
        Transition(
            code="finish",
            label=N_("Ronde afhandelen"),
            sources=(RoundStatus.OPEN,),
            target=RoundStatus.DECIDED,
            permission=Permission.SUBSIDY_MANAGE,
            guards=(Guard.WINDOW_CLOSED, Guard.ALL_DECIDED),
            done=N_("{actor} heeft de ronde afgehandeld: over elke aanvraag is beslist."),
        ),
        Transition(
            code="cancel",
            label=N_("Ronde laten vervallen"),
            sources=(RoundStatus.PLANNED,),
            target=RoundStatus.CANCELLED,
            permission=Permission.SUBSIDY_MANAGE,
            requires=(Input.NOTE,),
            done=N_("{actor} heeft de ronde laten vervallen."),
        ),
    ),
    derivations=(
        Derivation(RoundStatus.OPEN, RoundStatus.CLOSED, N_("De laatste dag is voorbij.")),
    ),
)

# a new decision may take the place of an earlier one, when there is a new proposal for it
TO_DECIDE = (
    ApplicationStatus.UNDER_ASSESSMENT,
    ApplicationStatus.GRANTED,
    ApplicationStatus.PARTIALLY_GRANTED,
    ApplicationStatus.GRANTED_SOME,
    ApplicationStatus.REJECTED,
)
DECIDING = (
    Guard.PROPOSED,
    Guard.NOT_AUTHOR,
    Guard.VALID_MANDATE,
)

SUBSIDY_APPLICATION = Workflow(
    code="subsidy_application",
    label=N_("Subsidieaanvraag"),
    initial=ApplicationStatus.DRAFT,
    states=(
        State(ApplicationStatus.DRAFT, N_("concept"), Tone.NEUTRAL),
        State(ApplicationStatus.RECEIVED, N_("ontvangen"), Tone.ACTIVE),
        State(ApplicationStatus.INCOMPLETE, N_("wacht op aanvulling"), Tone.WARNING),
        State(ApplicationStatus.UNDER_ASSESSMENT, N_("in behandeling"), Tone.ACTIVE),
        State(ApplicationStatus.GRANTED, N_("toegekend"), Tone.SUCCESS),
        State(ApplicationStatus.PARTIALLY_GRANTED, N_("gedeeltelijk toegekend"), Tone.SUCCESS),
        State(
            ApplicationStatus.GRANTED_SOME,
            N_("(gedeeltelijk) toegekend"),
            Tone.SUCCESS,
            is_imported=True,
        ),
        State(ApplicationStatus.REJECTED, N_("afgewezen"), Tone.DANGER),
        State(ApplicationStatus.WITHDRAWN, N_("ingetrokken"), Tone.INACTIVE, is_final=True),
        State(ApplicationStatus.TOO_LATE, N_("te laat ontvangen"), Tone.DANGER),
    ),
    transitions=(
        Transition(
            code="submit",
            label=N_("Aanvraag indienen"),
            sources=(ApplicationStatus.DRAFT,),
            target=ApplicationStatus.RECEIVED,
            permission=Permission.APPLICATION_WRITE,
            guards=(Guard.WINDOW_OPEN, Guard.COMPLETE),
            done=N_("{actor} heeft de aanvraag ingediend."),
        ),
        Transition(
            code="arrive_late",
            label=N_("Te late aanvraag vastleggen"),
            sources=(ApplicationStatus.DRAFT,),
            target=ApplicationStatus.TOO_LATE,
            permission=Permission.APPLICATION_RECORD,
            guards=(Guard.WINDOW_CLOSED,),
            requires=(Input.NOTE,),
            done=N_("{actor} heeft vastgelegd dat de aanvraag na de sluitingsdag is ontvangen."),
        ),
        Transition(
            code="ask_completion",
            label=N_("Om aanvulling vragen"),
            sources=(ApplicationStatus.RECEIVED, ApplicationStatus.UNDER_ASSESSMENT),
            target=ApplicationStatus.INCOMPLETE,
            permission=Permission.APPLICATION_RECORD,
            guards=(Guard.ASKED_ONCE,),
            requires=(Input.NOTE,),
            done=N_("{actor} heeft de aanvrager om een aanvulling gevraagd."),
        ),
        Transition(
            code="complete",
            label=N_("Aanvulling indienen"),
            sources=(ApplicationStatus.INCOMPLETE,),
            target=ApplicationStatus.RECEIVED,
            permission=Permission.APPLICATION_WRITE,
            guards=(Guard.WITHIN_TERM, Guard.COMPLETE),
            done=N_("{actor} heeft de aanvraag aangevuld."),
        ),
        Transition(
            code="take_up",
            label=N_("In behandeling nemen"),
            sources=(
                ApplicationStatus.RECEIVED,
                ApplicationStatus.INCOMPLETE,
                ApplicationStatus.TOO_LATE,
            ),
            target=ApplicationStatus.UNDER_ASSESSMENT,
            permission=Permission.APPLICATION_ASSESS,
            guards=(Guard.TERM_PASSED,),
            done=N_("{actor} heeft de aanvraag in behandeling genomen."),
        ),
        Transition(
            code="grant",
            label=N_("Toekennen"),
            sources=TO_DECIDE,
            target=ApplicationStatus.GRANTED,
            permission=Permission.APPLICATION_DECIDE,
            guards=(*DECIDING, Guard.WITHIN_CEILING),
            done=N_("{actor} heeft de subsidie toegekend."),
            is_decision=True,
        ),
        Transition(
            code="grant_in_part",
            label=N_("Gedeeltelijk toekennen"),
            sources=TO_DECIDE,
            target=ApplicationStatus.PARTIALLY_GRANTED,
            permission=Permission.APPLICATION_DECIDE,
            guards=(*DECIDING, Guard.WITHIN_CEILING),
            done=N_("{actor} heeft de subsidie gedeeltelijk toegekend."),
            is_decision=True,
        ),
        Transition(
            code="reject",
            label=N_("Afwijzen"),
            sources=TO_DECIDE,
            target=ApplicationStatus.REJECTED,
            permission=Permission.APPLICATION_DECIDE,
            guards=DECIDING,
            done=N_("{actor} heeft de aanvraag afgewezen."),
            is_decision=True,
        ),
        Transition(
            code="withdraw",
            label=N_("Aanvraag intrekken"),
            sources=(
                ApplicationStatus.DRAFT,
                ApplicationStatus.RECEIVED,
                ApplicationStatus.INCOMPLETE,
                ApplicationStatus.UNDER_ASSESSMENT,
                ApplicationStatus.TOO_LATE,
            ),
            target=ApplicationStatus.WITHDRAWN,
            permission=Permission.APPLICATION_WRITE,
            requires=(Input.NOTE,),
            done=N_("{actor} heeft de aanvraag ingetrokken."),
        ),
    ),
)

SUBSIDY_PROPOSAL = Workflow(
    code="subsidy_proposal",
    label=N_("Voorstel voor een subsidiebesluit"),
    initial=ProposalStatus.OPEN,
    states=(
        State(ProposalStatus.OPEN, N_("wacht op besluit"), Tone.ACTIVE),
        State(ProposalStatus.DECIDED, N_("besloten"), Tone.SUCCESS, is_final=True),
        State(ProposalStatus.SENT_BACK, N_("teruggestuurd"), Tone.WARNING, is_final=True),
        State(ProposalStatus.WITHDRAWN, N_("ingetrokken"), Tone.INACTIVE, is_final=True),
    ),
    transitions=(
        Transition(
            code="decide",
            label=N_("Beslissen"),
            sources=(ProposalStatus.OPEN,),
            target=ProposalStatus.DECIDED,
            permission=Permission.APPLICATION_VIEW,
            done=N_("{actor} heeft volgens het voorstel beslist."),
            is_effect=True,
        ),
        Transition(
            code="send_back",
            label=N_("Voorstel terugsturen"),
            sources=(ProposalStatus.OPEN,),
            target=ProposalStatus.SENT_BACK,
            permission=Permission.PROPOSAL_SEND_BACK,
            guards=(Guard.NOT_AUTHOR,),
            requires=(Input.NOTE,),
            done=N_("{actor} heeft het voorstel teruggestuurd."),
        ),
        Transition(
            code="withdraw",
            label=N_("Voorstel intrekken"),
            sources=(ProposalStatus.OPEN,),
            target=ProposalStatus.WITHDRAWN,
            permission=Permission.APPLICATION_ASSESS,
            done=N_("{actor} heeft het voorstel ingetrokken."),
        ),
        Transition(
            code="lapse",
            label=N_("Voorstel laten vervallen"),
            sources=(ProposalStatus.OPEN,),
            target=ProposalStatus.WITHDRAWN,
            permission=Permission.APPLICATION_WRITE,
            done=N_("{actor} heeft de aanvraag ingetrokken: het voorstel is vervallen."),
            is_effect=True,
        ),
    ),
)
