"""What the steps of an application ask: its parts, the window of its round, and its terms."""

from datetime import date, datetime

from sqlalchemy import select

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.subsidy_codes import ApplicationStatus, RoundStatus
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflow import Guard
from vpt_regio.domain.workflows.subsidies import SUBSIDY_APPLICATION
from vpt_regio.errors import DomainError, Invalid, WrongState
from vpt_regio.extensions import db
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.subsidies import SubsidyRound
from vpt_regio.policies import Actor, LinkHolder
from vpt_regio.queries.subsidy_rounds import window_of
from vpt_regio.services import transitions
from vpt_regio.services.application_contents import is_email

ROUND_NOT_OPEN = {
    RoundStatus.PLANNED: N_("De ronde is nog niet opengesteld. Indienen kan nog niet."),
    RoundStatus.CANCELLED: N_("De ronde is vervallen. Indienen kan niet meer."),
    RoundStatus.DECIDED: N_("De ronde is afgehandeld. Indienen kan niet meer."),
}
CALL_US = N_(
    "De ronde sloot op %(day)s. Indienen kon tot en met %(last)s, dus dit is te laat."
    " Neem contact op met het ministerie."
)
RECORD_IT = N_(
    "De ronde sloot op %(day)s. Indienen kon tot en met %(last)s."
    " Kwam de aanvraag op tijd binnen? Vul dan het moment van ontvangst in."
    " Leg haar anders vast als te laat ontvangen."
)
REQUIRED_TEXTS = {
    "organisation_name": N_("Vul de naam van de organisatie in."),
    "place": N_("Vul de plaats van de organisatie in."),
    "title": N_("Vul de titel van de aanvraag in."),
    "description": N_("Beschrijf in punten wat de organisatie gaat doen."),
}


def application_problems(application: SubsidyApplication) -> list[DomainError]:
    """Return everything that is still missing before an application can be submitted."""
    errors: list[DomainError] = [
        Invalid(message, field=name)
        for name, message in REQUIRED_TEXTS.items()
        if not getattr(application, name)
    ]
    if not is_email(application.contact_email):
        message = N_("Vul het e-mailadres van de aanvrager in: daar komen de berichten aan.")
        errors.append(Invalid(message, field="contact_email"))
    if application.starts_on is None:
        errors.append(Invalid(N_("Vul in wanneer de activiteiten beginnen."), field="starts_on"))
    if application.ends_on is None:
        errors.append(Invalid(N_("Vul in wanneer de activiteiten klaar zijn."), field="ends_on"))
    if not application.lines:
        errors.append(Invalid(N_("Vul minstens één onderdeel met een bedrag in."), field="lines"))
    return errors


def require_writable(application: SubsidyApplication, *, actor: Actor) -> str | None:
    """Return the role by which an application may be written in now; let others wait.

    A draft can be, by an applicant until the round closes; and an incomplete one within its term.
    Until the round closes an applicant may also put right what was submitted. Raises NotAllowed
    or WrongState.
    """
    role = policies.require(actor, Permission.APPLICATION_WRITE, application)
    if isinstance(actor, LinkHolder) and is_correctable(application):
        return role
    if application.status is ApplicationStatus.INCOMPLETE:
        if error := _term_error(application):
            raise WrongState(error.message, params=error.params)
        return role
    if application.status is not ApplicationStatus.DRAFT:
        raise WrongState(
            N_("De aanvraag is %(state)s. De inhoud verandert niet meer."),
            params={"state": SUBSIDY_APPLICATION.state(application.status).label},
        )
    window = window_of(application.round)
    if isinstance(actor, LinkHolder) and window is not None and window.is_closed(clock.now()):
        error = _closed(application.round, actor)
        raise WrongState(error.message, params=error.params)
    return role


def is_correctable(application: SubsidyApplication) -> bool:
    """Tell whether the applicant may still put right what was submitted."""
    window = window_of(application.round)
    return (
        application.status is ApplicationStatus.RECEIVED
        and application.completion_asked_on is None
        and application.round.status is RoundStatus.OPEN
        and window is not None
        and window.is_open(clock.now())
    )


def lock(application: SubsidyApplication) -> None:
    """Let changes of one application take turns, and read again what the other one left."""
    query = select(SubsidyApplication.id).where(SubsidyApplication.id == application.id)
    db.session.execute(query.with_for_update())
    db.session.refresh(application)


def lock_round(in_round: SubsidyRound) -> None:
    """Let those who add to a round take turns, so that each number is given once."""
    query = select(SubsidyRound.id).where(SubsidyRound.id == in_round.id)
    db.session.execute(query.with_for_update())


@transitions.guard(SUBSIDY_APPLICATION, Guard.COMPLETE)
def _is_complete(application: SubsidyApplication, _actor: Actor) -> list[DomainError]:
    return application_problems(application)


@transitions.guard(SUBSIDY_APPLICATION, Guard.WINDOW_OPEN)
def _is_in_time(application: SubsidyApplication, actor: Actor) -> list[DomainError]:
    in_round = application.round
    if in_round.status in ROUND_NOT_OPEN:
        return [Invalid(ROUND_NOT_OPEN[in_round.status], code="window")]
    window = window_of(in_round)
    if window is None:
        return [Invalid(N_("De ronde heeft nog geen begindag en sluitingsdag."), code="window")]
    at = _moment_of_receipt(application)
    if window.is_too_early(at):
        message = N_("Indienen kan vanaf %(day)s.")
        params = {"day": _day(window.opens_on)}
        return [Invalid(message, field="received_at", params=params, code="window")]
    return [_closed(in_round, actor)] if window.is_closed(at) else []


@transitions.guard(SUBSIDY_APPLICATION, Guard.WINDOW_CLOSED)
def _is_late(application: SubsidyApplication, _actor: Actor) -> list[DomainError]:
    window = window_of(application.round)
    if application.round.status in (RoundStatus.PLANNED, RoundStatus.CANCELLED) or window is None:
        return [Invalid(N_("De ronde is niet open geweest: te laat is een aanvraag dan nooit."))]
    if window.is_closed(_moment_of_receipt(application)):
        return []
    message = N_(
        "De aanvraag is op tijd: indienen kan tot en met %(last)s. Dien haar in met dit moment."
    )
    return [Invalid(message, field="received_at", params={"last": _day(window.last_day)})]


@transitions.guard(SUBSIDY_APPLICATION, Guard.ASKED_ONCE)
def _is_first_time(application: SubsidyApplication, _actor: Actor) -> list[DomainError]:
    asked_on = application.completion_asked_on
    if asked_on is None:
        return []
    message = N_(
        "Op %(day)s is al om een aanvulling gevraagd. Dat kan één keer. Neem de aanvraag in"
        " behandeling zoals zij is."
    )
    return [Invalid(message, params={"day": _day(asked_on)})]


@transitions.guard(SUBSIDY_APPLICATION, Guard.WITHIN_TERM)
def _is_within_term(application: SubsidyApplication, _actor: Actor) -> list[DomainError]:
    error = _term_error(application)
    return [error] if error else []


@transitions.guard(SUBSIDY_APPLICATION, Guard.TERM_PASSED)
def _has_term_passed(application: SubsidyApplication, _actor: Actor) -> list[DomainError]:
    due_on = application.completion_due_on
    waits = application.status is ApplicationStatus.INCOMPLETE
    if not waits or due_on is None or clock.today() > due_on:
        return []
    message = N_("De aanvrager kan tot en met %(day)s aanvullen. Wacht tot die dag voorbij is.")
    return [Invalid(message, params={"day": _day(due_on)})]


def _term_error(application: SubsidyApplication) -> Invalid | None:
    due_on = application.completion_due_on
    if due_on is None or clock.today() <= due_on:
        return None
    message = N_(
        "Aanvullen kon tot en met %(day)s. Die termijn is voorbij."
        " De aanvraag wordt behandeld zoals zij is."
    )
    return Invalid(message, params={"day": _day(due_on)})


def _moment_of_receipt(application: SubsidyApplication) -> datetime:
    return application.received_at or clock.now()


def _closed(in_round: SubsidyRound, actor: Actor) -> Invalid:
    window = window_of(in_round)
    params = {
        "day": _day(in_round.closes_on),
        "last": _day(window.last_day if window else in_round.closes_on),
    }
    message = CALL_US if isinstance(actor, LinkHolder) else RECORD_IT
    return Invalid(message, field="received_at", params=params, code="too_late")


def _day(day: date | None) -> str:
    return day.strftime("%d-%m-%Y") if day else ""
