"""Applications of a round: the list, the page of one, writing, and the one-button steps."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.domain.subsidy_codes import ApplicationStatus
from vpt_regio.domain.workflows.subsidies import SUBSIDY_APPLICATION
from vpt_regio.forms.applications import ApplicationFilterForm, ApplicationForm, ContentForm
from vpt_regio.forms.base import AppForm
from vpt_regio.models.applications import SubsidyApplication
from vpt_regio.models.subsidies import SubsidyRound
from vpt_regio.queries import applications as queries
from vpt_regio.queries.attachments import list_attachments
from vpt_regio.queries.history import list_history
from vpt_regio.queries.pilots import pilot_of
from vpt_regio.queries.subsidy_outcomes import outcomes_on
from vpt_regio.services.applications import (
    complete_application,
    start_application,
    take_up,
    write_application,
)
from vpt_regio.web import application_pages as pages
from vpt_regio.web import application_rows as rows
from vpt_regio.web.addresses import number_asked, same_page
from vpt_regio.web.application_forms import content_form, grid_rows, written
from vpt_regio.web.authorize import authorize
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.history import in_words
from vpt_regio.web.i18n import label
from vpt_regio.web.session import current_person

bp = Blueprint("applications", __name__)

LIST = "/subsidies/rondes/<int:round_id>/aanvragen"
ADDRESS = "/subsidies/aanvragen/<int:application_id>"


def load_round(round_id: int) -> SubsidyRound | None:
    return queries.get_round_of_applications(round_id)


def load_application(application_id: int) -> SubsidyApplication | None:
    return queries.get_application(application_id)


@bp.get(LIST)
@authorize(Permission.SUBSIDY_VIEW, load_round)
def index(in_round: SubsidyRound) -> ResponseReturnValue:
    form = _filter_form()
    is_valid = form.validate()
    wanted = form.status.data if is_valid else None
    page = queries.page_of_applications(
        current_person(),
        in_round,
        status=ApplicationStatus(wanted) if wanted else None,
        page=number_asked("pagina") or 1,
    )
    found = outcomes_on(clock.today(), rounds=[in_round])[in_round.id]
    outcomes = {one.application.id: one for one in found}
    rendered = render_template(
        "applications/index.html",
        round=in_round,
        form=form,
        headers=rows.list_headers(),
        rows=[rows.list_row(one, outcomes) for one in page.items],
        page=page,
        page_url=lambda number: same_page("applications.index", pagina=str(number)),
        window_words=pages.window_words(in_round),
    )
    return rendered, 200 if is_valid else 422


@bp.get(f"{LIST}/nieuw")
@authorize(Permission.APPLICATION_WRITE, load_round)
def new(in_round: SubsidyRound) -> ResponseReturnValue:
    return _form_page(in_round, None, _form(in_round))


@bp.post(f"{LIST}/nieuw")
@authorize(Permission.APPLICATION_WRITE, load_round)
def create(in_round: SubsidyRound) -> ResponseReturnValue:
    form = _form(in_round)
    return handle(
        form,
        lambda: start_application(in_round, written(form), actor=current_person()),
        page=lambda: _form_page(in_round, None, form),
        success=rows.application_url,
        message=_("Het concept is bewaard."),
    )


@bp.get(ADDRESS)
@authorize(Permission.APPLICATION_VIEW, load_application)
def show(application: SubsidyApplication) -> ResponseReturnValue:
    return _page(application, make_form(AppForm, application))


@bp.get(f"{ADDRESS}/wijzigen")
@authorize(Permission.APPLICATION_WRITE, load_application)
def edit(application: SubsidyApplication) -> ResponseReturnValue:
    return _form_page(application.round, application, _form(application.round, application))


@bp.post(f"{ADDRESS}/wijzigen")
@authorize(Permission.APPLICATION_WRITE, load_application)
def save(application: SubsidyApplication) -> ResponseReturnValue:
    form = _form(application.round, application)
    return handle(
        form,
        lambda: write_application(
            application,
            written(form),
            actor=current_person(),
            expected_version=form.expected_version,
        ),
        page=lambda: _form_page(application.round, application, form),
        success=rows.application_url(application),
        message=_("De aanvraag is bewaard."),
        obj=application,
    )


@bp.post(f"{ADDRESS}/aanvullen")
@authorize(Permission.APPLICATION_WRITE, load_application)
def complete(application: SubsidyApplication) -> ResponseReturnValue:
    form = make_form(AppForm, application)
    return handle(
        form,
        lambda: complete_application(
            application, actor=current_person(), expected_version=form.expected_version
        ),
        page=lambda: _page(application, form),
        success=rows.application_url(application),
        message=_("De aanvulling is vastgelegd."),
        obj=application,
    )


@bp.post(f"{ADDRESS}/in-behandeling")
@authorize(Permission.APPLICATION_ASSESS, load_application)
def assess(application: SubsidyApplication) -> ResponseReturnValue:
    form = make_form(AppForm, application)
    return handle(
        form,
        lambda: take_up(
            application, actor=current_person(), expected_version=form.expected_version
        ),
        page=lambda: _page(application, form),
        success=rows.application_url(application),
        message=_("De aanvraag is in behandeling."),
        obj=application,
    )


def _filter_form() -> ApplicationFilterForm:
    form = ApplicationFilterForm(formdata=request.args)
    labels = SUBSIDY_APPLICATION.labels().items()
    form.status.choices = [
        ("", _("Alles")),
        *((str(code), label(text)) for code, text in labels),
    ]
    return form


def _form(in_round: SubsidyRound, application: SubsidyApplication | None = None) -> ContentForm:
    return content_form(ApplicationForm, in_round.scheme.programme, application)


def _form_page(
    in_round: SubsidyRound, application: SubsidyApplication | None, form: ContentForm
) -> str:
    return render_template(
        "applications/edit.html",
        round=in_round,
        application=application,
        form=form,
        rows=grid_rows(form),
        back=rows.application_url(application)
        if application
        else url_for("applications.index", round_id=in_round.id),
    )


def _page(application: SubsidyApplication, form: AppForm) -> str:
    decisions = queries.list_decisions_on(application)
    return render_template(
        "applications/show.html",
        application=application,
        form=form,
        step=pages.next_step(application),
        due=queries.decision_due(application),
        clock_rows=pages.clock_rows(application, decisions),
        declared_rows=rows.declared_rows(application),
        line_headers=rows.line_headers(application),
        line_rows=rows.line_rows(application),
        document_rows=rows.document_rows(list_attachments(application)),
        proposal_rows=rows.proposal_rows(application),
        decision_rows=rows.decision_rows(decisions),
        may_propose=pages.may_propose(application),
        kinds=pages.KINDS,
        pilot=pilot_of(application),
        entries=in_words(list_history(application)),
    )
