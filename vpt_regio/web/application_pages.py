"""What the pages about an application share: the clock, the steps and what blocks them, rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.subsidy_codes import (
    PROPOSAL_KIND_LABELS,
    ApplicationStatus,
    ProposalStatus,
)
from vpt_regio.domain.text import N_
from vpt_regio.domain.workflows.subsidies import SUBSIDY_APPLICATION, SUBSIDY_PROPOSAL
from vpt_regio.models.decisions import DECISION_LABELS, Decision
from vpt_regio.models.subsidies import Attachment, SubsidyApplication, SubsidyRound
from vpt_regio.queries.applications import DecisionClock, decision_due, received_on, window_of
from vpt_regio.queries.subsidy_outcomes import ApplicationOutcome
from vpt_regio.services import transitions
from vpt_regio.web.authorize import may
from vpt_regio.web.filters import (
    day,
    euro,
    long_day,
    moment,
    number,
    plain_day,
    state_label,
    state_tone,
    vague,
)
from vpt_regio.web.i18n import label, message_of
from vpt_regio.web.session import current_person

WORKFLOW = SUBSIDY_APPLICATION.code
# the steps with a page or a button of their own here; the decisions are made from a proposal
STEPS = ("submit", "arrive_late", "ask_completion", "complete", "take_up", "withdraw")
# what may be proposed, as it stands in the address
KINDS = (
    ("toekennen", N_("Toekennen voorstellen")),
    ("gedeeltelijk", N_("Gedeeltelijk toekennen voorstellen")),
    ("afwijzen", N_("Afwijzen voorstellen")),
)


@dataclass(frozen=True)
class NextStep:
    """What comes next for an application; `blocks` is what must be done first.

    `can` names the steps that somebody may take now, and whose conditions hold.
    """

    title: str
    text: str
    blocks: tuple[str, ...]
    can: frozenset[str]
    may_write: bool


def next_step(application: SubsidyApplication) -> NextStep:
    """Return what comes next, for who looks at it."""
    person = current_person()
    steps = transitions.available(application, workflow=SUBSIDY_APPLICATION, actor=person)
    blockers = {
        step.code: transitions.blockers(
            application, step.code, workflow=SUBSIDY_APPLICATION, actor=person
        )
        for step in steps
        if step.code in STEPS
    }
    # when it came in is asked for on the page of the step itself
    can = {
        code
        for code, errors in blockers.items()
        if not [error for error in errors if error.field != "received_at"]
    }
    return NextStep(
        title=_title(application),
        text=_text(application),
        blocks=_blocks(application, blockers),
        can=frozenset(_offered(application, can)),
        may_write=may(Permission.APPLICATION_WRITE, application) and _is_written(application),
    )


def clock_rows(application: SubsidyApplication) -> list[tuple[str, Any]]:
    """Return what the clock of the decision says, with how it came to that."""
    if application.received_at is None:
        return []
    due = decision_due(application)
    rows: list[tuple[str, Any]] = [
        (_("Ontvangen op"), moment(application.received_at)),
        (_("Termijn van de ronde"), _days(application.round.decision_days)),
    ]
    if application.completion_asked_on:
        rows.append((_("Om aanvulling gevraagd op"), day(application.completion_asked_on)))
        rows.append((_("Aanvullen kan tot en met"), day(application.completion_due_on)))
        completed = application.completed_on
        rows.append((_("Aangevuld op"), day(completed) if completed else _("niet aangevuld")))
        paused = due.paused_days if due else application.paused_days
        rows.append((_("De klok stond stil"), _days(paused)))
    if application.extended_to:
        rows.append((_("Uitstel gemeld op"), day(application.extension_noticed_on)))
        rows.append((_("Uitgesteld tot en met"), day(application.extended_to)))
        rows.append((_("Reden van het uitstel"), application.extension_reason))
    rows.append((_("Uiterlijke dag van het besluit"), due_cell(due)))
    return rows


def due_cell(due: DecisionClock | None) -> Any:
    """Return until when to decide, and whether that day has passed."""
    if due is None:
        return _("er loopt geen termijn")
    words = plain_day(due.due_on)
    if due.is_overdue:
        return {"text": words, "badge": "danger", "note": _("te laat")}
    if due.is_paused:
        return {"text": words, "note": _("de klok staat stil")}
    left = (due.due_on - clock.today()).days
    return {"text": words, "note": _("nog %(days)s", days=_days(left))}


def list_headers() -> list[str]:
    """Return the headers that belong to `list_row`."""
    return [
        _("Nr."),
        _("Aanvraag"),
        _("Status"),
        _("Ontvangen"),
        _("Gevraagd"),
        _("Toegekend"),
        _("Besluit uiterlijk"),
    ]


def list_row(
    application: SubsidyApplication, outcomes: Mapping[int, ApplicationOutcome]
) -> list[Any]:
    """Return an application in the list of its round."""
    outcome = outcomes.get(application.id)
    received = received_on(application)
    return [
        application.number,
        {
            "text": application.organisation_name,
            "url": application_url(application),
            "note": ", ".join(filter(None, (application.title, application.place))),
        },
        status_cell(application),
        day(received) if received else _("niet vastgelegd"),
        euro(application.requested_cents),
        euro(outcome.granted_cents) if outcome and outcome.is_granted else "",
        due_cell(decision_due(application)),
    ]


def status_cell(application: SubsidyApplication) -> dict[str, str]:
    """Return the status as a badge."""
    status = application.status
    return {"text": state_label(WORKFLOW, status), "badge": state_tone(WORKFLOW, status)}


def line_rows(application: SubsidyApplication) -> list[list[Any]]:
    """Return the lines of an application with their sum."""
    rows: list[list[Any]] = [
        [line.description, euro(line.requested_cents)] for line in application.lines
    ]
    return [*rows, [_("Totaal"), euro(application.requested_cents)]] if rows else []


def proposal_rows(application: SubsidyApplication) -> list[list[Any]]:
    """Return what was proposed, the newest first."""
    return [
        [
            {
                "text": label(PROPOSAL_KIND_LABELS[one.kind]),
                "url": url_for("proposals.show", proposal_id=one.id),
            },
            {
                "text": state_label(SUBSIDY_PROPOSAL.code, one.status),
                "badge": state_tone(SUBSIDY_PROPOSAL.code, one.status),
            },
            one.author.name,
            day(one.proposed_on),
            euro(one.amount_cents) if one.amount_cents is not None else "",
        ]
        for one in reversed(application.proposals)
    ]


def decision_rows(decisions: Iterable[Decision]) -> list[list[Any]]:
    """Return the decisions on an application."""
    return [
        [
            {
                "text": one.reference,
                "url": url_for("decisions.show", decision_id=one.id),
                "note": _("vervangen door %(reference)s", reference=one.replaced_by.reference)
                if one.replaced_by
                else "",
            },
            label(DECISION_LABELS[one.kind]),
            day(one.decided_on),
            one.decided_by.name,
            euro(one.amount_cents) if one.amount_cents is not None else "",
        ]
        for one in decisions
    ]


def document_rows(attachments: Iterable[Attachment]) -> list[list[Any]]:
    """Return the documents with an application, each to be downloaded."""
    return [
        [
            {
                "text": one.file_name,
                "url": url_for(
                    "attachments.download",
                    application_id=one.application_id,
                    attachment_id=one.id,
                ),
            },
            _size(one.size),
            one.added_by.name if one.added_by else _("de aanvrager"),
            moment(one.added_at),
        ]
        for one in attachments
    ]


def declared_rows(application: SubsidyApplication) -> list[tuple[str, Any]]:
    """Return the outcome that a source tells, when there is no decision of ours."""
    if application.declared_outcome is None:
        return []
    return [
        (_("Uitkomst volgens de bron"), state_label(WORKFLOW, application.declared_outcome)),
        (_("Toegekend bedrag volgens de bron"), euro(application.declared_cents)),
        (_("Datum volgens de bron"), vague(application.declared)),
        (_("Bron"), application.declared_source),
    ]


def window_words(in_round: SubsidyRound) -> str:
    """Return the days on which can be submitted, and whether the closing day counts."""
    window = window_of(in_round)
    if window is None:
        return _("De dagen waarop kan worden ingediend, zijn nog niet bekend.")
    words = _(
        "Indienen kan van %(first)s tot en met %(last)s, 24:00 uur.",
        first=long_day(window.opens_on),
        last=long_day(window.last_day),
    )
    if window.closing_inclusive:
        return words
    closing = _(
        "Op de sluitingsdag zelf, %(day)s, kan het niet meer.", day=long_day(window.closes_on)
    )
    return f"{words} {closing}"


def application_url(application: SubsidyApplication) -> str:
    return url_for("applications.show", application_id=application.id)


def _title(application: SubsidyApplication) -> str:
    titles = {
        ApplicationStatus.DRAFT: _("Volgende stap: indienen"),
        ApplicationStatus.RECEIVED: _("Volgende stap: in behandeling nemen"),
        ApplicationStatus.TOO_LATE: _("Volgende stap: in behandeling nemen"),
        ApplicationStatus.INCOMPLETE: _("Volgende stap: aanvulling"),
        ApplicationStatus.UNDER_ASSESSMENT: _("Volgende stap: besluit"),
    }
    if application.status is ApplicationStatus.WITHDRAWN:
        return _("Ingetrokken")
    return titles.get(application.status, _("Over deze aanvraag is beslist"))


def _text(application: SubsidyApplication) -> str:
    texts = {
        ApplicationStatus.DRAFT: window_words(application.round),
        ApplicationStatus.RECEIVED: _("De aanvraag wacht op behandeling."),
        ApplicationStatus.INCOMPLETE: _("Gevraagd is: %(what)s", what=application.completion_asked),
        ApplicationStatus.TOO_LATE: _(
            "De aanvraag is te laat. Ook daarover hoort een besluit: een afwijzing."
        ),
        ApplicationStatus.UNDER_ASSESSMENT: _("Maak een voorstel. Iemand anders beslist daarover."),
        ApplicationStatus.WITHDRAWN: _("De aanvraag is ingetrokken. Er volgt geen besluit."),
    }
    if has_open_proposal(application) and application.status is not ApplicationStatus.WITHDRAWN:
        return _("Er ligt een voorstel. Iemand anders dan de opsteller beslist daarover.")
    again = _("Een nieuw besluit komt in de plaats van het vorige. Maak daarvoor een voorstel.")
    return texts.get(application.status, again)


def has_open_proposal(application: SubsidyApplication) -> bool:
    """Tell whether somebody proposed something on which was not decided."""
    return any(one.status is ProposalStatus.OPEN for one in application.proposals)


def _blocks(application: SubsidyApplication, blockers: Mapping[str, Any]) -> tuple[str, ...]:
    main = {
        ApplicationStatus.DRAFT: "submit",
        ApplicationStatus.INCOMPLETE: "take_up",
    }.get(application.status)
    errors = blockers.get(main or "", [])
    return tuple(message_of(error) for error in errors if error.field != "received_at")


def _offered(application: SubsidyApplication, can: set[str]) -> set[str]:
    """Leave out what makes no sense yet: too late before the closing, a question in between."""
    window = window_of(application.round)
    if window is None or not window.is_closed(clock.now()) or not application.lines:
        can = can - {"arrive_late"}
    return can - {"ask_completion"} if has_open_proposal(application) else can


def _is_written(application: SubsidyApplication) -> bool:
    if application.status is ApplicationStatus.INCOMPLETE:
        due_on = application.completion_due_on
        return due_on is not None and clock.today() <= due_on
    return application.status is ApplicationStatus.DRAFT


def _days(days: int) -> str:
    return ngettext("%(num)s dag", "%(num)s dagen", days)


def _size(size: int) -> str:
    return _("%(size)s kB", size=number(max(size // 1024, 1), 0))
