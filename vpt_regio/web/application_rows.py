"""Rows and cells of applications: in the list of a round, and on the page of one."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from vpt_regio import clock
from vpt_regio.domain.subsidy_codes import PROPOSAL_KIND_LABELS, ProposalStatus
from vpt_regio.domain.workflows.subsidies import SUBSIDY_APPLICATION, SUBSIDY_PROPOSAL
from vpt_regio.models.applications import (
    GRANTED_STATES,
    ApplicationLine,
    Attachment,
    ProposalLine,
    SubsidyApplication,
    SubsidyProposal,
)
from vpt_regio.models.decisions import DECISION_LABELS, Decision
from vpt_regio.policies import can_see
from vpt_regio.queries.applications import DecisionClock, decision_due, received_on
from vpt_regio.queries.subsidy_outcomes import ApplicationOutcome
from vpt_regio.web.filters import (
    day,
    euro,
    moment,
    number,
    plain_day,
    state_label,
    state_tone,
    vague,
)
from vpt_regio.web.i18n import label
from vpt_regio.web.session import current_person

WORKFLOW = SUBSIDY_APPLICATION.code


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
    return {"text": words, "note": _("nog %(days)s", days=days_words(left))}


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


def line_headers(application: SubsidyApplication) -> list[str]:
    """Return the headers that belong to `line_rows`."""
    headers = [_("Waarvoor"), _("Gevraagd")]
    return [*headers, _("Toegekend")] if granting_proposal(application) else headers


def line_rows(application: SubsidyApplication) -> list[list[Any]]:
    """Return the lines of an application with their sum; once granted with what and why less."""
    proposal = granting_proposal(application)
    if proposal is None:
        rows: list[list[Any]] = [
            [line.description, euro(line.requested_cents)] for line in application.lines
        ]
        return [*rows, [_("Totaal"), euro(application.requested_cents)]] if rows else []
    granted = {one.application_line_id: one for one in proposal.lines}
    rows = [
        [line.description, euro(line.requested_cents), _granted_cell(line, granted.get(line.id))]
        for line in application.lines
    ]
    sums = [_("Totaal"), euro(application.requested_cents), euro(proposal.amount_cents)]
    return [*rows, sums] if rows else []


def granting_proposal(application: SubsidyApplication) -> SubsidyProposal | None:
    """Return the proposal by which an application is granted now, wholly or in part."""
    if application.status not in GRANTED_STATES:
        return None
    decided = [one for one in application.proposals if one.status is ProposalStatus.DECIDED]
    return decided[-1] if decided else None


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
                **_way_to(one),
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


def _way_to(decision: Decision) -> dict[str, str]:
    """Return the address of a decision for who may open it; a rejection stays with the ministry."""
    if not can_see(current_person(), decision):
        return {}
    return {"url": url_for("decisions.show", decision_id=decision.id)}


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


def application_url(application: SubsidyApplication) -> str:
    return url_for("applications.show", application_id=application.id)


def _granted_cell(line: ApplicationLine, granted: ProposalLine | None) -> Any:
    """Return what was granted of a line; a proposal without lines grants all of it."""
    if granted is None:
        return euro(line.requested_cents)
    return {"text": euro(granted.granted_cents), "note": granted.reason}


def days_words(days: int) -> str:
    """Return a number of days in words."""
    return ngettext("%(num)s dag", "%(num)s dagen", days)


def _size(size: int) -> str:
    return _("%(size)s kB", size=number(max(size // 1024, 1), 0))
