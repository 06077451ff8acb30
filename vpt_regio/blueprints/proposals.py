"""Proposals for decisions on subsidies: made, shown, decided on, sent back and withdrawn."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.subsidy_codes import ProposalKind, RejectionGround
from vpt_regio.forms.base import AppForm
from vpt_regio.forms.proposals import (
    DecideForm,
    PartialGrantForm,
    ProposalForm,
    RejectionForm,
    SendBackForm,
    WholeAmountForm,
    partial_form,
)
from vpt_regio.models.applications import SubsidyApplication, SubsidyProposal
from vpt_regio.models.decisions import Decision
from vpt_regio.policies import can_see
from vpt_regio.queries.applications import get_application
from vpt_regio.queries.history import list_history
from vpt_regio.queries.subsidy_proposals import get_proposal
from vpt_regio.services.settlements import decide_revocation, decide_settlement
from vpt_regio.services.subsidy_decisions import decide_application
from vpt_regio.services.subsidy_proposals import (
    is_without_lines,
    propose,
    proposing_problems,
    send_back,
    withdraw_proposal,
)
from vpt_regio.web import proposal_pages as pages
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.history import in_words
from vpt_regio.web.i18n import message_of
from vpt_regio.web.session import current_person

bp = Blueprint("proposals", __name__)

KINDS = {
    "toekennen": ProposalKind.GRANT,
    "gedeeltelijk": ProposalKind.PARTIAL_GRANT,
    "afwijzen": ProposalKind.REJECTION,
}
NEW = "/subsidies/aanvragen/<int:application_id>/voorstel/<kind>"
ONE = "/subsidies/voorstellen/<int:proposal_id>"


def load_application(application_id: int, **_parts: Any) -> SubsidyApplication | None:
    return get_application(application_id)


def load_proposal(proposal_id: int) -> SubsidyProposal | None:
    return get_proposal(proposal_id)


@bp.get(NEW)
@authorize(Permission.APPLICATION_ASSESS, load_application)
def new(application: SubsidyApplication) -> ResponseReturnValue:
    kind = _kind_asked()
    if kind is None:
        return _unknown_kind(application)
    return _new_page(application, kind, _form(application, kind))


@bp.post(NEW)
@authorize(Permission.APPLICATION_ASSESS, load_application)
def create(application: SubsidyApplication) -> ResponseReturnValue:
    kind = _kind_asked()
    if kind is None:
        return _unknown_kind(application)
    form = _form(application, kind)
    return handle(
        form,
        lambda: _propose(application, kind, form),
        page=lambda: _new_page(application, kind, form),
        success=lambda proposal: url_for("proposals.show", proposal_id=proposal.id),
        message=_("Het voorstel is gedaan. Iemand anders beslist erover."),
        obj=application,
    )


@bp.get(ONE)
@authorize(Permission.APPLICATION_VIEW, load_proposal)
def show(proposal: SubsidyProposal) -> ResponseReturnValue:
    return _show_page(proposal, make_form(AppForm, proposal))


@bp.get(f"{ONE}/beslissen")
@authorize(Permission.APPLICATION_DECIDE, load_proposal)
def decide(proposal: SubsidyProposal) -> ResponseReturnValue:
    return _decide_page(proposal, make_form(DecideForm, proposal))


@bp.post(f"{ONE}/beslissen")
@authorize(Permission.APPLICATION_DECIDE, load_proposal)
def record_decision(proposal: SubsidyProposal) -> ResponseReturnValue:
    form = make_form(DecideForm, proposal)
    return handle(
        form,
        lambda: _decide(proposal, form),
        page=lambda: _decide_page(proposal, form),
        success=lambda decision: url_for("decisions.show", decision_id=decision.id),
        message=_("Het besluit is genomen. Maak nu de brief."),
    )


@bp.get(f"{ONE}/terugsturen")
@authorize(Permission.PROPOSAL_SEND_BACK, load_proposal)
def give_back(proposal: SubsidyProposal) -> ResponseReturnValue:
    return _back_page(proposal, make_form(SendBackForm, proposal))


@bp.post(f"{ONE}/terugsturen")
@authorize(Permission.PROPOSAL_SEND_BACK, load_proposal)
def record_return(proposal: SubsidyProposal) -> ResponseReturnValue:
    form = make_form(SendBackForm, proposal)
    return handle(
        form,
        lambda: send_back(
            proposal,
            note=form.note.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _back_page(proposal, form),
        success=url_for("proposals.show", proposal_id=proposal.id),
        message=_("Het voorstel is teruggestuurd. Wie het deed, krijgt een bericht."),
    )


@bp.post(f"{ONE}/intrekken")
@authorize(Permission.APPLICATION_ASSESS, load_proposal)
def withdraw(proposal: SubsidyProposal) -> ResponseReturnValue:
    form = make_form(AppForm, proposal)
    return handle(
        form,
        lambda: withdraw_proposal(
            proposal, actor=current_person(), expected_version=form.expected_version
        ),
        page=lambda: _show_page(proposal, form),
        success=url_for("proposals.show", proposal_id=proposal.id),
        message=_("Het voorstel is ingetrokken."),
    )


def _kind_asked() -> ProposalKind | None:
    return KINDS.get((request.view_args or {}).get("kind", ""))


def _unknown_kind(application: SubsidyApplication) -> ResponseReturnValue:
    flash(_("Kies wat u voorstelt: toekennen, gedeeltelijk toekennen of afwijzen."))
    return redirect(url_for("applications.show", application_id=application.id), 303)


def _form(application: SubsidyApplication, kind: ProposalKind) -> ProposalForm:
    if kind is ProposalKind.REJECTION:
        return make_form(RejectionForm, application)
    if is_without_lines(application, kind):
        return make_form(WholeAmountForm, application)
    if kind is ProposalKind.PARTIAL_GRANT:
        return make_form(partial_form(application.lines), application)
    return make_form(ProposalForm, application)


def _propose(
    application: SubsidyApplication, kind: ProposalKind, form: ProposalForm
) -> SubsidyProposal:
    return propose(
        application,
        kind,
        lines=(
            form.line_proposals(application.lines) if isinstance(form, PartialGrantForm) else ()
        ),
        amount_cents=form.amount.data if isinstance(form, WholeAmountForm) else None,
        ground=RejectionGround(form.ground.data) if isinstance(form, RejectionForm) else None,
        reasoning=form.reasoning.data,
        actor=current_person(),
        expected_version=form.expected_version,
    )


def _decide(proposal: SubsidyProposal, form: DecideForm) -> Decision:
    services = {
        ProposalKind.SETTLEMENT: decide_settlement,
        ProposalKind.REVOCATION: decide_revocation,
    }
    service = services.get(proposal.kind, decide_application)
    return service(
        proposal,
        note=form.note.data,
        actor=current_person(),
        expected_version=form.expected_version,
    )


def _new_page(application: SubsidyApplication, kind: ProposalKind, form: ProposalForm) -> str:
    return render_template(
        "proposals/new.html",
        application=application,
        kind=kind,
        form=form,
        choices=pages.proposal_choices(application),
        reasons=[message_of(problem) for problem in proposing_problems(application)],
    )


def _show_page(proposal: SubsidyProposal, button: AppForm) -> str:
    standing, person = pages.standing_with(proposal), current_person()
    decision = proposal.decision
    return render_template(
        "proposals/show.html",
        proposal=proposal,
        # a rejection is not for everybody
        decision=decision if decision and can_see(person, decision) else None,
        title=pages.title_of(proposal),
        facts=pages.facts_of(proposal),
        line_rows=pages.line_rows(proposal),
        standing_rows=pages.standing_rows(standing) if standing else [],
        may_decide=pages.may_decide(proposal),
        is_own=proposal.author_id == person.id,
        button=button,
        entries=in_words(list_history(proposal)),
    )


def _decide_page(proposal: SubsidyProposal, form: DecideForm) -> str:
    standing = pages.standing_with(proposal)
    return render_template(
        "proposals/decide.html",
        proposal=proposal,
        title=pages.title_of(proposal),
        facts=pages.facts_of(proposal),
        line_rows=pages.line_rows(proposal),
        standing_rows=pages.standing_rows(standing) if standing else [],
        reasons=pages.deciding_reasons(proposal),
        form=form,
    )


def _back_page(proposal: SubsidyProposal, form: SendBackForm) -> str:
    return render_template(
        "proposals/send_back.html",
        proposal=proposal,
        title=pages.title_of(proposal),
        facts=pages.facts_of(proposal),
        form=form,
    )
