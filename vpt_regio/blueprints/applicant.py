"""The pages of an applicant, who has no account: by a link, one application and nothing else."""

import io

from flask import Blueprint, abort, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.forms.applications import WithdrawForm
from vpt_regio.forms.base import AppForm
from vpt_regio.queries.applicant_pages import find_told_letter, list_told_decisions
from vpt_regio.queries.attachments import list_attachments
from vpt_regio.queries.pilots import pilot_of
from vpt_regio.services.applications import (
    application_problems,
    complete_application,
    submit_application,
    withdraw_application,
)
from vpt_regio.web import applicant_pages as pages
from vpt_regio.web.authorize import public
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.i18n import message_of
from vpt_regio.web.link_holder import LinkVisit, with_link
from vpt_regio.web.mime_types import WORD

bp = Blueprint("applicant", __name__)

ADDRESS = "/aanvraag/<token>"
PROOF = "the link itself is the proof"


@bp.get(ADDRESS)
@public(PROOF)
@with_link
def show(visit: LinkVisit) -> ResponseReturnValue:
    application = visit.application
    decisions = list_told_decisions(application)
    return render_template(
        "applicant/show.html",
        visit=visit,
        application=application,
        standing=pages.standing_of(application, visit.holder),
        receipt_rows=pages.receipt_rows(application),
        line_rows=pages.line_rows(application),
        attachments=list_attachments(application),
        decision_rows=pages.decision_rows(decisions, visit.token),
        pilot=pilot_of(application),
    )


@bp.get(f"{ADDRESS}/indienen")
@public(PROOF)
@with_link
def submit(visit: LinkVisit) -> ResponseReturnValue:
    return _submit_page(visit, make_form(AppForm, visit.application))


@bp.post(f"{ADDRESS}/indienen")
@public(PROOF)
@with_link
def record_submission(visit: LinkVisit) -> ResponseReturnValue:
    form = make_form(AppForm, visit.application)
    return handle(
        form,
        lambda: submit_application(
            visit.application, actor=visit.holder, expected_version=form.expected_version
        ),
        page=lambda: _submit_page(visit, form),
        success=_home(visit),
        message=_("Uw aanvraag is ingediend. U krijgt een ontvangstbevestiging per e-mail."),
        obj=visit.application,
    )


@bp.get(f"{ADDRESS}/aanvullen")
@public(PROOF)
@with_link
def complete(visit: LinkVisit) -> ResponseReturnValue:
    return _complete_page(visit, make_form(AppForm, visit.application))


@bp.post(f"{ADDRESS}/aanvullen")
@public(PROOF)
@with_link
def record_completion(visit: LinkVisit) -> ResponseReturnValue:
    form = make_form(AppForm, visit.application)
    return handle(
        form,
        lambda: complete_application(
            visit.application, actor=visit.holder, expected_version=form.expected_version
        ),
        page=lambda: _complete_page(visit, form),
        success=_home(visit),
        message=_("Uw aanvulling is ingediend. U krijgt een bevestiging per e-mail."),
        obj=visit.application,
    )


@bp.get(f"{ADDRESS}/intrekken")
@public(PROOF)
@with_link
def withdraw(visit: LinkVisit) -> ResponseReturnValue:
    return _withdraw_page(visit, make_form(WithdrawForm, visit.application))


@bp.post(f"{ADDRESS}/intrekken")
@public(PROOF)
@with_link
def record_withdrawal(visit: LinkVisit) -> ResponseReturnValue:
    form = make_form(WithdrawForm, visit.application)
    return handle(
        form,
        lambda: withdraw_application(
            visit.application,
            note=form.note.data,
            actor=visit.holder,
            expected_version=form.expected_version,
        ),
        page=lambda: _withdraw_page(visit, form),
        success=_home(visit),
        message=_("Uw aanvraag is ingetrokken."),
        obj=visit.application,
    )


@bp.get(f"{ADDRESS}/besluiten/<int:decision_id>/brief")
@public(PROOF)
@with_link
def letter(visit: LinkVisit, decision_id: int) -> ResponseReturnValue:
    found = find_told_letter(visit.application, decision_id)
    if found is None:
        abort(404)
    decision, made = found
    return send_file(
        io.BytesIO(made.content),
        mimetype=WORD,
        as_attachment=True,
        download_name=f"{decision.reference}.docx",
    )


def _home(visit: LinkVisit) -> str:
    return url_for("applicant.show", token=visit.token)


def _submit_page(visit: LinkVisit, form: AppForm) -> str:
    application = visit.application
    return render_template(
        "applicant/submit.html",
        visit=visit,
        application=application,
        form=form,
        standing=pages.standing_of(application, visit.holder),
        window=pages.window_words(application.round),
        problems=[message_of(error) for error in application_problems(application)],
        line_rows=pages.line_rows(application),
        attachments=list_attachments(application),
    )


def _complete_page(visit: LinkVisit, form: AppForm) -> str:
    application = visit.application
    return render_template(
        "applicant/complete.html",
        visit=visit,
        application=application,
        form=form,
        standing=pages.standing_of(application, visit.holder),
        problems=[message_of(error) for error in application_problems(application)],
    )


def _withdraw_page(visit: LinkVisit, form: WithdrawForm) -> str:
    standing = pages.standing_of(visit.application, visit.holder)
    return render_template(
        "applicant/withdraw.html",
        visit=visit,
        application=visit.application,
        form=form,
        standing=standing,
    )
