"""The life cycle of an uploaded progress form."""

from vpt_regio.domain.half_year_codes import ImportStatus
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard, State, Tone, Transition, Workflow

__all__ = ["IMPORT", "WORKFLOW", "ImportStatus"]

_TAKEN = (ImportStatus.ACCEPTED, ImportStatus.ACCEPTED_WITH_NOTES)

IMPORT = Workflow(
    code="import",
    label=N_("Ingelezen formulier"),
    initial=ImportStatus.PREVIEW,
    states=(
        State(ImportStatus.PREVIEW, N_("wacht op uw keuze"), Tone.ACTIVE),
        State(ImportStatus.ACCEPTED, N_("aangenomen"), Tone.SUCCESS),
        State(ImportStatus.ACCEPTED_WITH_NOTES, N_("aangenomen met opmerkingen"), Tone.WARNING),
        State(ImportStatus.REFUSED, N_("geweigerd"), Tone.DANGER, is_final=True, is_imported=True),
        State(ImportStatus.WITHDRAWN, N_("ingetrokken"), Tone.INACTIVE, is_final=True),
    ),
    transitions=(
        Transition(
            code="accept",
            label=N_("Verwerken"),
            sources=(ImportStatus.PREVIEW,),
            target=ImportStatus.ACCEPTED,
            permission=Permission.REPORT_EDIT,
            guards=(Guard.STILL_DRAFT,),
            done=N_("{actor} heeft het formulier verwerkt."),
        ),
        Transition(
            code="accept_with_notes",
            label=N_("Verwerken met opmerkingen"),
            sources=(ImportStatus.PREVIEW,),
            target=ImportStatus.ACCEPTED_WITH_NOTES,
            permission=Permission.REPORT_EDIT,
            guards=(Guard.STILL_DRAFT,),
            done=N_("{actor} heeft het formulier verwerkt. Er waren opmerkingen."),
            is_effect=True,
        ),
        Transition(
            code="refuse",
            label=N_("Weigeren"),
            sources=(ImportStatus.PREVIEW,),
            target=ImportStatus.REFUSED,
            permission=Permission.REPORT_EDIT,
            done=N_("{actor} heeft een formulier aangeboden dat is geweigerd."),
            is_effect=True,
        ),
        Transition(
            code="discard",
            label=N_("Niet verwerken"),
            sources=(ImportStatus.PREVIEW,),
            target=ImportStatus.WITHDRAWN,
            permission=Permission.REPORT_EDIT,
            done=N_("{actor} heeft het formulier niet verwerkt."),
        ),
        Transition(
            code="undo",
            label=N_("Verwerking ongedaan maken"),
            sources=_TAKEN,
            target=ImportStatus.WITHDRAWN,
            permission=Permission.REPORT_EDIT,
            guards=(Guard.STILL_DRAFT,),
            done=N_("{actor} heeft de verwerking van het formulier ongedaan gemaakt."),
        ),
    ),
)

WORKFLOW = IMPORT
