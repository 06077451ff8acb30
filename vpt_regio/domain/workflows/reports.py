"""The life cycle of a region's half-year report, and what the board shows beside it."""

from vpt_regio.domain.enums import ReportStatus
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

__all__ = ["REPORT", "WORKFLOW", "ReportStatus"]

_PAST_DEADLINE = N_("De termijn voor indienen is voorbij.")
_EXTRA_TIME = N_("De termijn is voorbij, maar de regio heeft uitstel.")
_NEVER_DELIVERED = N_("De brief is verstuurd en de regio heeft niets ingediend.")

REPORT = Workflow(
    code="report",
    label=N_("Halfjaarrapportage"),
    initial=ReportStatus.DRAFT,
    states=(
        State(ReportStatus.DRAFT, N_("concept"), Tone.NEUTRAL),
        State(ReportStatus.SUBMITTED, N_("ingediend"), Tone.ACTIVE),
        State(ReportStatus.RETURNED, N_("teruggestuurd"), Tone.WARNING),
        State(ReportStatus.ACCEPTED, N_("aangenomen"), Tone.SUCCESS),
        State(ReportStatus.NOT_STARTED, N_("niet begonnen"), Tone.NEUTRAL, is_derived=True),
        State(ReportStatus.EXCUSED, N_("uitstel"), Tone.WARNING, is_derived=True),
        State(ReportStatus.LATE, N_("te laat"), Tone.DANGER, is_derived=True),
        State(ReportStatus.MISSING, N_("niet geleverd"), Tone.DANGER, is_derived=True),
    ),
    transitions=(
        Transition(
            code="submit",
            label=N_("Indienen"),
            sources=(ReportStatus.DRAFT, ReportStatus.RETURNED),
            target=ReportStatus.SUBMITTED,
            permission=Permission.REPORT_SUBMIT,
            guards=(Guard.COMPLETE,),
            done=N_("{actor} heeft de rapportage ingediend."),
        ),
        Transition(
            code="withdraw",
            label=N_("Indiening intrekken"),
            sources=(ReportStatus.SUBMITTED,),
            target=ReportStatus.DRAFT,
            permission=Permission.REPORT_SUBMIT,
            done=N_("{actor} heeft de indiening van de rapportage ingetrokken."),
        ),
        Transition(
            code="return",
            label=N_("Terugsturen"),
            sources=(ReportStatus.SUBMITTED,),
            target=ReportStatus.RETURNED,
            permission=Permission.REPORT_RETURN,
            requires=(Input.NOTE,),
            done=N_("{actor} heeft de rapportage teruggestuurd."),
        ),
        Transition(
            code="accept",
            label=N_("Aannemen"),
            sources=(ReportStatus.SUBMITTED,),
            target=ReportStatus.ACCEPTED,
            permission=Permission.REPORT_ACCEPT,
            guards=(Guard.NOT_AUTHOR,),
            done=N_("{actor} heeft de rapportage aangenomen."),
        ),
        Transition(
            code="reopen",
            label=N_("Heropenen"),
            sources=(ReportStatus.ACCEPTED,),
            target=ReportStatus.RETURNED,
            permission=Permission.PERIOD_REOPEN,
            requires=(Input.NOTE,),
            done=N_("{actor} heeft de rapportage heropend."),
            is_effect=True,
        ),
    ),
    derivations=(
        Derivation(None, ReportStatus.NOT_STARTED, N_("Er is nog geen concept.")),
        Derivation(None, ReportStatus.EXCUSED, _EXTRA_TIME),
        Derivation(ReportStatus.DRAFT, ReportStatus.EXCUSED, _EXTRA_TIME),
        Derivation(None, ReportStatus.LATE, _PAST_DEADLINE),
        Derivation(ReportStatus.DRAFT, ReportStatus.LATE, _PAST_DEADLINE),
        Derivation(None, ReportStatus.MISSING, _NEVER_DELIVERED),
        Derivation(ReportStatus.DRAFT, ReportStatus.MISSING, _NEVER_DELIVERED),
    ),
)

WORKFLOW = REPORT
