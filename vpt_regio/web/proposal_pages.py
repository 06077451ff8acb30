"""What the pages about proposals on subsidies share: what they would do, and why they cannot."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.rules.subsidy_ceiling import Meter
from vpt_regio.domain.subsidy_codes import (
    PROPOSAL_KIND_LABELS,
    REJECTION_GROUND_LABELS,
    REVOCATION_GROUND_LABELS,
    SETTLEMENT_GROUND_LABELS,
    ProposalKind,
    ProposalStatus,
)
from vpt_regio.domain.workflows.subsidies import SUBSIDY_PROPOSAL
from vpt_regio.models.applications import SubsidyApplication, SubsidyProposal
from vpt_regio.models.people import Person
from vpt_regio.models.subsidies import SubsidyRound
from vpt_regio.queries.subsidy_outcomes import meter_on
from vpt_regio.queries.subsidy_proposals import Candidate, candidates_of
from vpt_regio.services import settlements
from vpt_regio.services.subsidy_decisions import decision_blockers
from vpt_regio.web.authorize import may
from vpt_regio.web.filters import euro, state_label, state_tone
from vpt_regio.web.i18n import label, message_of
from vpt_regio.web.session import current_person

DECIDE_BY = {
    ProposalKind.SETTLEMENT: Permission.SETTLEMENT_DECIDE,
    ProposalKind.REVOCATION: Permission.PILOT_REVOKE,
}


@dataclass(frozen=True)
class Standing:
    """A round against its ceiling, now and after what is chosen (cents)."""

    in_round: SubsidyRound
    meter: Meter
    chosen_cents: int

    @property
    def left_after(self) -> int | None:
        """Negative when it does not fit; None without a ceiling."""
        left = self.meter.left_cents
        return None if left is None else left - self.chosen_cents

    @property
    def fits(self) -> bool:
        return self.left_after is None or self.left_after >= 0 or self.chosen_cents <= 0


def standing_of(in_round: SubsidyRound, chosen: list[Candidate]) -> Standing:
    """Return how a round would stand after the decisions on the chosen proposals."""
    extra = sum(one.extra_cents for one in chosen)
    return Standing(in_round, meter_on(clock.today(), in_round), extra)


def standing_with(proposal: SubsidyProposal) -> Standing | None:
    """Return how the round would stand after an open proposal; None when that changes nothing."""
    is_open = proposal.status is ProposalStatus.OPEN
    if proposal.application is None or not is_open:
        return None
    return standing_of(proposal.application.round, candidates_of([proposal]))


def standing_rows(standing: Standing) -> list[tuple[str, Any]]:
    """Return what is asked, granted, proposed and left of a round, as terms with values."""
    meter = standing.meter
    rows: list[tuple[str, Any]] = [
        (_("Gevraagd in deze ronde"), euro(meter.applied_cents)),
        (_("Nu toegekend"), euro(meter.granted_cents)),
        (_("Komt erbij"), euro(standing.chosen_cents)),
    ]
    if meter.ceiling_cents is None:
        return [*rows, (_("Plafond"), _("deze ronde heeft geen plafond"))]
    left: Any = euro(standing.left_after)
    if not standing.fits:
        left = {"text": left, "badge": "danger", "note": _("Dit past niet onder het plafond.")}
    return [(_("Plafond"), euro(meter.ceiling_cents)), *rows, (_("Blijft over"), left)]


def title_of(proposal: SubsidyProposal) -> str:
    return _("Voorstel: %(kind)s", kind=label(PROPOSAL_KIND_LABELS[proposal.kind]))


def subject_link(proposal: SubsidyProposal) -> dict[str, Any]:
    """Return the application or the pilot that a proposal is on, as a link."""
    application, pilot = proposal.application, proposal.pilot
    if application is not None:
        url = url_for("applications.show", application_id=application.id)
        return {"text": application.title, "url": url, "note": application.organisation_name}
    if pilot is None:
        raise LookupError("a proposal is on an application or on a pilot")
    url = url_for("pilots.show", pilot_id=pilot.id)
    return {"text": pilot.title, "url": url, "note": pilot.organisation_name}


def facts_of(proposal: SubsidyProposal) -> list[tuple[str, Any]]:
    """Return what a proposal says, as terms with values."""
    rows: list[tuple[str, Any]] = [
        (_("Stand"), _state_cell(proposal)),
        (_("Over"), subject_link(proposal)),
        (_("Voorgesteld door"), proposal.author.name),
    ]
    if proposal.application is not None:
        rows.append((_("Gevraagd"), euro(proposal.application.requested_cents)))
    if proposal.pilot is not None:
        rows.append((_("Toegekend"), euro(proposal.pilot.granted_cents)))
        if proposal.status is ProposalStatus.OPEN and proposal.pilot.settled_cents is not None:
            rows.append((_("Nu vastgesteld op"), euro(proposal.pilot.settled_cents)))
    if proposal.amount_cents is not None:
        is_settlement = proposal.kind is ProposalKind.SETTLEMENT
        term = _("Vaststellen op") if is_settlement else _("Toekennen")
        rows.append((term, euro(proposal.amount_cents)))
    ground = _ground(proposal)
    if ground:
        rows.append((_("Grond"), ground))
    if proposal.is_ex_officio:
        rows.append((_("Ambtshalve"), _("ja, er is niet om gevraagd")))
    return rows


def line_rows(proposal: SubsidyProposal) -> list[list[Any]]:
    """Return each line of the application with what would be granted of it, and why less."""
    return [
        [
            line.application_line.description,
            euro(line.application_line.requested_cents),
            euro(line.granted_cents),
            line.reason,
        ]
        for line in proposal.lines
    ]


def candidate_rows(candidates: list[Candidate], person: Person) -> list[list[Any]]:
    """Return the open proposals of a round: what is asked, proposed, and by whom."""
    return [
        [
            {
                "text": one.application.organisation_name,
                "url": url_for("proposals.show", proposal_id=one.proposal.id),
                "note": one.application.title,
            },
            label(PROPOSAL_KIND_LABELS[one.proposal.kind]),
            euro(one.application.requested_cents),
            euro(one.proposal.amount_cents or 0),
            euro(one.granted_cents),
            {"text": one.proposal.author.name, "note": _own_note(one, person)},
        ]
        for one in candidates
    ]


def choices_of(candidates: list[Candidate], person: Person) -> list[tuple[int, str]]:
    """Return the proposals that a person may choose in a sitting: those of others."""
    return [(one.proposal.id, _choice(one)) for one in candidates if not _is_own(one, person)]


def _choice(one: Candidate) -> str:
    cents, kind = one.proposal.amount_cents, label(PROPOSAL_KIND_LABELS[one.proposal.kind])
    what = kind if cents is None else f"{kind}, {euro(cents)}"
    return f"{one.application.number}. {one.application.organisation_name}: {what}"


def deciding_reasons(proposal: SubsidyProposal) -> list[str]:
    """Return in words why the person who is signed in cannot decide on a proposal now."""
    person = current_person()
    blockers = decision_blockers if proposal.pilot is None else settlements.decision_blockers
    problems = blockers(proposal, person)
    return [message_of(problem) for problem in problems]


def may_decide(proposal: SubsidyProposal) -> bool:
    permission = DECIDE_BY.get(proposal.kind, Permission.APPLICATION_DECIDE)
    return proposal.status is ProposalStatus.OPEN and may(permission, proposal)


def proposal_choices(application: SubsidyApplication) -> dict[str, str]:
    """Return the ways to propose something on an application: address and text."""
    return {
        url_for("proposals.new", application_id=application.id, kind=slug): text
        for slug, text in (
            ("toekennen", _("Toekennen")),
            ("gedeeltelijk", _("Gedeeltelijk toekennen")),
            ("afwijzen", _("Afwijzen")),
        )
    }


def _state_cell(proposal: SubsidyProposal) -> dict[str, Any]:
    return {
        "text": state_label(SUBSIDY_PROPOSAL.code, proposal.status),
        "badge": state_tone(SUBSIDY_PROPOSAL.code, proposal.status),
    }


def _ground(proposal: SubsidyProposal) -> str | None:
    if proposal.rejection_ground is not None:
        return label(REJECTION_GROUND_LABELS[proposal.rejection_ground])
    if proposal.settlement_ground is not None:
        return label(SETTLEMENT_GROUND_LABELS[proposal.settlement_ground])
    if proposal.revocation_ground is not None:
        return label(REVOCATION_GROUND_LABELS[proposal.revocation_ground])
    return None


def _is_own(one: Candidate, person: Person) -> bool:
    return person.id in (one.proposal.author_id, one.application.author_id)


def _own_note(one: Candidate, person: Person) -> str | None:
    if one.proposal.author_id == person.id:
        return _("Iemand anders moet beslissen.")
    if one.application.author_id == person.id:
        return _("U voerde de aanvraag in. Iemand anders moet beslissen.")
    return None
