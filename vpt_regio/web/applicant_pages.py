"""What an applicant reads about the own application: how it stands and what comes next.

Only what the applicant wrote or was told stands here: nothing of proposals, reasons for them or
of who at the ministry did what. The decision itself is told in its letter.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from vpt_regio import clock, policies
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.subsidy_codes import ApplicationStatus, RoundStatus
from vpt_regio.domain.workflows.subsidies import SUBSIDY_APPLICATION
from vpt_regio.errors import DomainError
from vpt_regio.models.applications import GRANTED_STATES, SubsidyApplication
from vpt_regio.models.decisions import DECISION_LABELS, Decision
from vpt_regio.models.subsidies import SubsidyRound
from vpt_regio.policies import LinkHolder
from vpt_regio.queries.applications import decision_due
from vpt_regio.queries.subsidy_rounds import window_of
from vpt_regio.services import transitions
from vpt_regio.services.application_checks import is_correctable, require_writable
from vpt_regio.web.filters import day, euro, long_day
from vpt_regio.web.i18n import label

ONE_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Standing:
    """How an application stands for its applicant, and what may be done with it now."""

    next_lines: list[str]
    may_write: bool
    may_submit: bool
    may_complete: bool
    may_withdraw: bool


def standing_of(application: SubsidyApplication, holder: LinkHolder) -> Standing:
    """Return how an application stands for whoever holds its link."""
    steps = transitions.available(application, workflow=SUBSIDY_APPLICATION, actor=holder)
    codes = {step.code for step in steps}
    is_in_time = _is_writable(application, holder)
    return Standing(
        next_lines=[*_hold_lines(application, holder), *_next_lines(application)],
        may_write=is_in_time,
        may_submit="submit" in codes and is_in_time,
        may_complete="complete" in codes and is_in_time,
        may_withdraw="withdraw" in codes,
    )


def window_words(in_round: SubsidyRound) -> str:
    """Return from when until when can be submitted, to the minute in Dutch time."""
    window = window_of(in_round)
    if window is None:
        return _("Wanneer u kunt indienen, is nog niet bekend.")
    last = {
        "day": long_day(window.last_day),
        "time": (window.end - ONE_MINUTE).strftime("%H.%M"),
    }
    now = clock.now()
    if window.is_closed(now):
        return _("Indienen kon tot en met %(day)s om %(time)s uur, Nederlandse tijd.", **last)
    if window.is_too_early(now) or in_round.status is RoundStatus.PLANNED:
        return _(
            "U kunt indienen vanaf %(first)s, tot en met %(day)s om %(time)s uur, Nederlandse"
            " tijd.",
            first=long_day(window.opens_on),
            **last,
        )
    return _("U kunt indienen tot en met %(day)s om %(time)s uur, Nederlandse tijd.", **last)


def receipt_rows(application: SubsidyApplication) -> list[tuple[str, Any]]:
    """Return what was received and when, in Dutch time; nothing before it was received."""
    at = application.received_at
    if at is None:
        return []
    local = at.astimezone(clock.AMSTERDAM)
    when = _(
        "%(day)s om %(time)s uur, Nederlandse tijd",
        day=long_day(local.date()),
        time=local.strftime("%H.%M"),
    )
    return [
        (_("Ontvangen op"), when),
        (_("Nummer van de aanvraag"), application.number),
        (_("Gevraagd bedrag"), euro(application.requested_cents)),
    ]


def line_rows(application: SubsidyApplication) -> list[list[Any]]:
    """Return the lines of an application, with their sum."""
    rows: list[list[Any]] = [
        [line.description, euro(line.requested_cents)] for line in application.lines
    ]
    return [*rows, [_("Totaal"), euro(application.requested_cents)]] if rows else []


def decision_rows(decisions: list[Decision], token: str) -> list[list[Any]]:
    """Return what was decided, the newest first, with the letter once it was made."""
    return [
        [
            {"text": label(DECISION_LABELS[one.kind]), "note": _replaced_note(one)},
            day(one.decided_on),
            euro(one.amount_cents) if one.amount_cents is not None else _("geen bedrag"),
            _letter_cell(one, token),
        ]
        for one in decisions
    ]


def _replaced_note(decision: Decision) -> str:
    return _("vervangen door een nieuwer besluit") if decision.replaced_by else ""


def _letter_cell(decision: Decision, token: str) -> Any:
    if decision.letter is None:
        return _("De brief volgt.")
    url = url_for("applicant.letter", token=token, decision_id=decision.id)
    return {"text": _("Brief %(reference)s", reference=decision.reference), "url": url}


def _is_writable(application: SubsidyApplication, holder: LinkHolder) -> bool:
    try:
        require_writable(application, actor=holder)
    except DomainError:
        return False
    return True


def _hold_lines(application: SubsidyApplication, holder: LinkHolder) -> list[str]:
    """Return that nothing can be changed for now, when that is so; not who said so, nor why."""
    if not policies.can(holder, Permission.APPLICATION_WRITE, application).is_held:
        return []
    return [
        _("Uw aanvraag staat nu stil: u kunt niets wijzigen."),
        _("Vraag het ministerie wanneer u verder kunt."),
    ]


def _next_lines(application: SubsidyApplication) -> list[str]:
    """Return in sentences what happens next, and what is asked of the applicant."""
    status = application.status
    if status in GRANTED_STATES:
        return [_("U hebt subsidie gekregen. In de brief staat waaraan u zich moet houden.")]
    return NEXT[status](application)


def _before_submitting(application: SubsidyApplication) -> list[str]:
    window = window_of(application.round)
    if window is not None and window.is_closed(clock.now()):
        return [
            window_words(application.round),
            _("U hebt de aanvraag niet ingediend. Neem contact op met het ministerie."),
        ]
    return [
        _("U hebt de aanvraag nog niet ingediend. Vul alles in en dien de aanvraag dan in."),
        window_words(application.round),
    ]


def _after_receipt(application: SubsidyApplication) -> list[str]:
    if is_correctable(application):
        change = _("Tot de ronde sluit, kunt u de aanvraag nog verbeteren.")
        return [change, window_words(application.round), *_decision_lines(application)]
    return [_("Het ministerie gaat uw aanvraag beoordelen."), *_decision_lines(application)]


def _while_incomplete(application: SubsidyApplication) -> list[str]:
    due_on = application.completion_due_on
    if due_on is not None and clock.today() > due_on:
        return [
            _("Aanvullen kon tot en met %(day)s.", day=long_day(due_on)),
            _("Het ministerie behandelt de aanvraag zoals die nu is."),
            *_decision_lines(application),
        ]
    return [
        _("Uw aanvraag is nog niet compleet. U kunt één keer aanvullen."),
        _("Doe dat uiterlijk op %(day)s.", day=long_day(due_on)),
        _("Zolang het ministerie op u wacht, staat de termijn voor het besluit stil."),
    ]


def _decision_lines(application: SubsidyApplication) -> list[str]:
    due = decision_due(application)
    if due is None:
        return []
    if due.is_overdue:
        return [
            _("Het besluit had er op %(day)s moeten zijn.", day=long_day(due.due_on)),
            _("Neem contact op met het ministerie."),
        ]
    lines = [_("U krijgt uiterlijk op %(day)s een besluit.", day=long_day(due.due_on))]
    if due.extended_to is not None:
        lines.append(
            _("Dat is later dan gewoonlijk: %(reason)s", reason=application.extension_reason)
        )
    return lines


def _under_assessment(application: SubsidyApplication) -> list[str]:
    return [_("Het ministerie beoordeelt uw aanvraag."), *_decision_lines(application)]


def _too_late(application: SubsidyApplication) -> list[str]:
    return [
        _("Uw aanvraag kwam na de laatste dag binnen. U krijgt daarover een besluit."),
        *_decision_lines(application),
    ]


def _withdrawn(_application: SubsidyApplication) -> list[str]:
    return [_("De aanvraag is ingetrokken. Er volgt geen besluit.")]


def _rejected(_application: SubsidyApplication) -> list[str]:
    return [_("U krijgt geen subsidie. In de brief staat waarom, en hoe u bezwaar kunt maken.")]


NEXT: dict[ApplicationStatus, Callable[[SubsidyApplication], list[str]]] = {
    ApplicationStatus.DRAFT: _before_submitting,
    ApplicationStatus.RECEIVED: _after_receipt,
    ApplicationStatus.INCOMPLETE: _while_incomplete,
    ApplicationStatus.UNDER_ASSESSMENT: _under_assessment,
    ApplicationStatus.TOO_LATE: _too_late,
    ApplicationStatus.WITHDRAWN: _withdrawn,
    ApplicationStatus.REJECTED: _rejected,
}
