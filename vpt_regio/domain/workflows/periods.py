"""The life cycle of a reporting period."""

from vpt_regio.domain.enums import PeriodStatus
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard, State, Tone, Transition, Workflow

__all__ = ["PERIOD", "WORKFLOW", "PeriodStatus"]

PERIOD = Workflow(
    code="period",
    label=N_("Halfjaar"),
    initial=PeriodStatus.PLANNED,
    states=(
        State(PeriodStatus.PLANNED, N_("gepland"), Tone.NEUTRAL),
        State(PeriodStatus.OPEN, N_("open"), Tone.ACTIVE),
        State(PeriodStatus.COLLECTING, N_("uitvraag loopt"), Tone.ACTIVE),
        State(PeriodStatus.FROZEN, N_("vastgezet"), Tone.WARNING),
        State(PeriodStatus.SENT, N_("brief verstuurd"), Tone.SUCCESS),
        State(PeriodStatus.CLOSED, N_("afgesloten"), Tone.INACTIVE, is_final=True),
    ),
    transitions=(
        Transition(
            code="open",
            label=N_("Openen"),
            sources=(PeriodStatus.PLANNED,),
            target=PeriodStatus.OPEN,
            permission=Permission.PERIOD_MANAGE,
            done=N_("{actor} heeft het halfjaar geopend."),
        ),
        Transition(
            code="collect",
            label=N_("Uitvraag starten"),
            sources=(PeriodStatus.OPEN,),
            target=PeriodStatus.COLLECTING,
            permission=Permission.PERIOD_MANAGE,
            guards=(Guard.ONE_COLLECTING,),
            done=N_("{actor} heeft de uitvraag bij de regio's gestart."),
        ),
        Transition(
            code="freeze",
            label=N_("Vastzetten"),
            sources=(PeriodStatus.COLLECTING,),
            target=PeriodStatus.FROZEN,
            permission=Permission.PERIOD_FREEZE,
            guards=(Guard.ALL_REPORTED, Guard.DIFFERENCES_EXPLAINED),
            done=N_("{actor} heeft het halfjaar vastgezet."),
        ),
        Transition(
            code="send",
            label=N_("Verzending van de brief vastleggen"),
            sources=(PeriodStatus.FROZEN,),
            target=PeriodStatus.SENT,
            permission=Permission.PERIOD_MANAGE,
            guards=(Guard.LETTER_REGISTERED,),
            done=N_("{actor} heeft vastgelegd dat de brief is verstuurd."),
        ),
        Transition(
            code="close",
            label=N_("Afsluiten"),
            sources=(PeriodStatus.SENT,),
            target=PeriodStatus.CLOSED,
            permission=Permission.PERIOD_MANAGE,
            done=N_("{actor} heeft het halfjaar afgesloten."),
        ),
    ),
)

WORKFLOW = PERIOD
