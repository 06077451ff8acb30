"""Messages to an applicant: receipt, what is missing, a later decision, and too late.

They go to the address in the application; without one (a letter on paper) nothing is sent.
"""

from datetime import date, datetime

from vpt_regio import clock, outbox
from vpt_regio.domain.money import format_euro
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.queries.applications import decision_due
from vpt_regio.queries.subsidy_rounds import window_of

GREETING = "Geachte heer, mevrouw,\n\n"
CLOSING = "\n\nMet vriendelijke groet,\nprogramma Veilige Publieke Taak\n"


def tell_received(application: SubsidyApplication) -> None:
    """Confirm what was received, when, and until when is decided."""
    lines = "\n".join(
        f"- {line.description}: {format_euro(line.requested_cents)}" for line in application.lines
    )
    _send(
        application,
        "ontvangen",
        f"Wij hebben uw aanvraag op {_moment(application.received_at)} ontvangen.\n\n"
        f"U vraagt {_amount(application)}:\n{lines}\n\n{_decision(application)}",
    )


def tell_completion_asked(application: SubsidyApplication) -> None:
    """Ask for what is missing, and tell until when."""
    due = decision_due(application)
    still = " Zolang wij op u wachten, staat de termijn voor ons besluit stil."
    _send(
        application,
        "is nog niet compleet",
        "Uw aanvraag is nog niet compleet. Wij hebben dit nog van u nodig:\n\n"
        f"{application.completion_asked}\n\n"
        f"U kunt de aanvraag één keer aanvullen, tot en met {_day(application.completion_due_on)}."
        f"{still if due and due.is_paused else ''}"
        " Vult u niet aan? Dan behandelen wij de aanvraag zoals zij nu is.",
    )


def tell_completed(application: SubsidyApplication) -> None:
    """Confirm that the application was completed, and until when is decided."""
    _send(
        application,
        "aangevuld",
        f"Wij hebben uw aanvulling op {_day(application.completed_on)} ontvangen."
        f" U vraagt nu {_amount(application)}.\n\n{_decision(application)}",
    )


def tell_extended(application: SubsidyApplication) -> None:
    """Tell that the decision comes later, until when, and why."""
    _send(
        application,
        "besluit komt later",
        "Wij hebben meer tijd nodig om over uw aanvraag te beslissen."
        f" {_decision(application)}\n\nReden: {application.extension_reason}",
    )


def tell_late(application: SubsidyApplication, reason: str) -> None:
    """Tell that the application came too late, with the closing day and the reason."""
    window = window_of(application.round)
    last = _day(window.last_day) if window else "de laatste dag"
    _send(
        application,
        "te laat ontvangen",
        f"Wij hebben uw aanvraag op {_moment(application.received_at)} ontvangen."
        f" Indienen kon tot en met {last}. De aanvraag is te laat"
        f" en doet daarom niet mee in deze ronde.\n\nReden: {reason}\n\n"
        f"U krijgt hierover nog een besluit. Daarin staat hoe u bezwaar kunt maken."
        f" {_decision(application)}",
    )


def _send(application: SubsidyApplication, event: str, message: str) -> None:
    if not application.contact_email:
        return
    about = (
        f"Het gaat om aanvraag {application.number} van {application.organisation_name}"
        f" in de ronde ‘{application.round.name}’: {application.title or 'zonder titel'}.\n\n"
    )
    outbox.post(
        application.contact_email,
        subject=f"Uw subsidieaanvraag: {event}",
        body=f"{GREETING}{about}{message}{CLOSING}",
    )


def _decision(application: SubsidyApplication) -> str:
    due = decision_due(application)
    return f"Wij beslissen uiterlijk op {_day(due.due_on)}." if due else ""


def _amount(application: SubsidyApplication) -> str:
    return format_euro(application.requested_cents or 0)


def _moment(at: datetime | None) -> str:
    return at.astimezone(clock.AMSTERDAM).strftime("%d-%m-%Y om %H:%M uur") if at else ""


def _day(day: date | None) -> str:
    return day.strftime("%d-%m-%Y") if day else ""
