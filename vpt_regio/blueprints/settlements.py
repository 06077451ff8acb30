"""Proposing to settle or to revoke the subsidy of a pilot; another person decides."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.subsidy_codes import (
    REVOCATION_GROUND_LABELS,
    SETTLEMENT_GROUND_LABELS,
    ProposalKind,
    RevocationGround,
    SettlementGround,
)
from vpt_regio.forms.settlements import RevocationForm, SettlementForm
from vpt_regio.models.applications import SubsidyProposal
from vpt_regio.models.pilots import Pilot
from vpt_regio.queries import settlements as queries
from vpt_regio.services.settlements import propose_revocation, propose_settlement
from vpt_regio.web import settlement_pages as pages
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.i18n import label
from vpt_regio.web.session import current_person

bp = Blueprint("settlements", __name__, url_prefix="/pilots/<int:pilot_id>")


def load_granted(pilot_id: int) -> Pilot | None:
    return queries.get_granted(pilot_id)


@bp.get("/vaststelling")
@authorize(Permission.PILOT_MANAGE, load_granted)
def new(pilot: Pilot) -> ResponseReturnValue:
    return _settlement_page(pilot, _settlement_form(pilot))


@bp.post("/vaststelling")
@authorize(Permission.PILOT_MANAGE, load_granted)
def propose(pilot: Pilot) -> ResponseReturnValue:
    form = _settlement_form(pilot)
    return handle(
        form,
        lambda: propose_settlement(
            pilot,
            amount_cents=form.amount.data,
            ground=SettlementGround(form.ground.data) if form.ground.data else None,
            reasoning=form.reasoning.data,
            is_ex_officio=form.is_ex_officio.data,
            actor=current_person(),
        ),
        page=lambda: _settlement_page(pilot, form),
        success=_address_of,
        message=_("Het voorstel ligt klaar. Iemand anders beslist."),
    )


@bp.get("/intrekking")
@authorize(Permission.PILOT_MANAGE, load_granted)
def revoke(pilot: Pilot) -> ResponseReturnValue:
    return _revocation_page(pilot, _revocation_form(pilot))


@bp.post("/intrekking")
@authorize(Permission.PILOT_MANAGE, load_granted)
def propose_revoking(pilot: Pilot) -> ResponseReturnValue:
    form = _revocation_form(pilot)
    return handle(
        form,
        lambda: propose_revocation(
            pilot,
            ground=RevocationGround(form.ground.data),
            reasoning=form.reasoning.data,
            actor=current_person(),
        ),
        page=lambda: _revocation_page(pilot, form),
        success=_address_of,
        message=_("Het voorstel ligt klaar. Een mandaathouder beslist."),
    )


def _address_of(proposal: SubsidyProposal) -> str:
    return url_for("proposals.show", proposal_id=proposal.id)


def _settlement_form(pilot: Pilot) -> SettlementForm:
    grounds = [(str(code), label(text)) for code, text in SETTLEMENT_GROUND_LABELS.items()]
    choices = {"ground": [("", _("Geen: gelijk aan de toekenning")), *grounds]}
    # a settlement that is decided anew begins as it stands
    is_settled = pilot.settled_cents is not None
    data = {
        "amount": pilot.settled_cents if is_settled else pilot.granted_cents,
        "ground": pilot.settlement_ground or "",
        "is_ex_officio": pilot.is_ex_officio,
    }
    return make_form(SettlementForm, choices=choices, data=data)


def _revocation_form(pilot: Pilot) -> RevocationForm:
    grounds = [
        (str(code), label(text))
        for code, text in REVOCATION_GROUND_LABELS.items()
        # once settled, money that is short is no ground any more
        if pilot.settled_on is None or code is not RevocationGround.NO_BUDGET
    ]
    return make_form(RevocationForm, choices={"ground": grounds})


def _settlement_page(pilot: Pilot, form: SettlementForm) -> str:
    return render_template(
        "settlements/new.html",
        pilot=pilot,
        form=form,
        open_proposal=queries.open_proposal(pilot),
        problems=pages.proposing_lines(pilot, ProposalKind.SETTLEMENT),
        notes=[*pages.anew_lines(pilot), *pages.report_lines(pilot)],
        facts=pages.settlement_facts(pilot),
        money=pages.money_rows(pilot),
        decisions=pages.decision_rows(pilot),
    )


def _revocation_page(pilot: Pilot, form: RevocationForm) -> str:
    return render_template(
        "settlements/revoke.html",
        pilot=pilot,
        form=form,
        open_proposal=queries.open_proposal(pilot),
        problems=pages.proposing_lines(pilot, ProposalKind.REVOCATION),
        money=pages.money_rows(pilot),
        decisions=pages.decision_rows(pilot),
    )
