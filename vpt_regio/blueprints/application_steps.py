"""The steps of an application that ask something: when it came in, what is missing, why."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.blueprints.applications import ADDRESS, load_application
from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.applications import (
    AskForm,
    ExtendForm,
    LateForm,
    SubmitForm,
    WithdrawForm,
)
from vpt_regio.forms.base import AppForm
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.queries.applications import decision_due
from vpt_regio.services.applications import (
    ask_completion,
    extend_decision,
    record_late,
    submit_application,
    withdraw_application,
)
from vpt_regio.web import application_pages as pages
from vpt_regio.web import application_rows as rows
from vpt_regio.web.application_forms import moment_of
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.session import current_person

bp = Blueprint("application_steps", __name__)


@bp.get(f"{ADDRESS}/indienen")
@authorize(Permission.APPLICATION_WRITE, load_application)
def submit(application: SubsidyApplication) -> ResponseReturnValue:
    return _page("submit", application, make_form(SubmitForm, application))


@bp.post(f"{ADDRESS}/indienen")
@authorize(Permission.APPLICATION_WRITE, load_application)
def record_submission(application: SubsidyApplication) -> ResponseReturnValue:
    form = make_form(SubmitForm, application)
    return _handle(
        "submit",
        application,
        form,
        lambda: submit_application(
            application,
            actor=current_person(),
            received_at=moment_of(form),
            expected_version=form.expected_version,
        ),
        message=_("De aanvraag is ingediend. De aanvrager krijgt een ontvangstbevestiging."),
    )


@bp.get(f"{ADDRESS}/te-laat")
@authorize(Permission.APPLICATION_RECORD, load_application)
def late(application: SubsidyApplication) -> ResponseReturnValue:
    return _page("late", application, make_form(LateForm, application))


@bp.post(f"{ADDRESS}/te-laat")
@authorize(Permission.APPLICATION_RECORD, load_application)
def record_lateness(application: SubsidyApplication) -> ResponseReturnValue:
    form = make_form(LateForm, application)
    return _handle(
        "late",
        application,
        form,
        lambda: record_late(
            application,
            received_at=moment_of(form),
            note=form.note.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        message=_("Vastgelegd is dat de aanvraag te laat kwam. De aanvrager krijgt bericht."),
    )


@bp.get(f"{ADDRESS}/aanvulling-vragen")
@authorize(Permission.APPLICATION_RECORD, load_application)
def ask(application: SubsidyApplication) -> ResponseReturnValue:
    return _page("ask", application, make_form(AskForm, application))


@bp.post(f"{ADDRESS}/aanvulling-vragen")
@authorize(Permission.APPLICATION_RECORD, load_application)
def record_question(application: SubsidyApplication) -> ResponseReturnValue:
    form = make_form(AskForm, application)
    return _handle(
        "ask",
        application,
        form,
        lambda: ask_completion(
            application,
            what=form.note.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        message=_("De aanvrager is om een aanvulling gevraagd."),
    )


@bp.get(f"{ADDRESS}/intrekken")
@authorize(Permission.APPLICATION_WRITE, load_application)
def withdraw(application: SubsidyApplication) -> ResponseReturnValue:
    return _page("withdraw", application, make_form(WithdrawForm, application))


@bp.post(f"{ADDRESS}/intrekken")
@authorize(Permission.APPLICATION_WRITE, load_application)
def record_withdrawal(application: SubsidyApplication) -> ResponseReturnValue:
    form = make_form(WithdrawForm, application)
    return _handle(
        "withdraw",
        application,
        form,
        lambda: withdraw_application(
            application,
            note=form.note.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        message=_("De aanvraag is ingetrokken."),
    )


@bp.get(f"{ADDRESS}/uitstel")
@authorize(Permission.APPLICATION_RECORD, load_application)
def extend(application: SubsidyApplication) -> ResponseReturnValue:
    return _page("extend", application, make_form(ExtendForm, application))


@bp.post(f"{ADDRESS}/uitstel")
@authorize(Permission.APPLICATION_RECORD, load_application)
def record_extension(application: SubsidyApplication) -> ResponseReturnValue:
    form = make_form(ExtendForm, application)
    return _handle(
        "extend",
        application,
        form,
        lambda: extend_decision(
            application,
            extended_to=form.extended_to.data,
            reason=form.reason.data,
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        message=_("De aanvrager krijgt bericht van de nieuwe dag."),
    )


def _handle(
    name: str,
    application: SubsidyApplication,
    form: AppForm,
    work: Callable[[], Any],
    *,
    message: str,
) -> ResponseReturnValue:
    return handle(
        form,
        work,
        page=lambda: _page(name, application, form),
        success=rows.application_url(application),
        message=message,
        obj=application,
    )


def _page(name: str, application: SubsidyApplication, form: AppForm) -> str:
    return render_template(
        f"applications/{name}.html",
        application=application,
        form=form,
        step=pages.next_step(application),
        due=decision_due(application),
        window_words=pages.window_words(application.round),
    )
