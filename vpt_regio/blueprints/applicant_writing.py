"""Writing an application by a link: saved as often as needed, until the round closes."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio.forms.applications import ContentForm
from vpt_regio.services.application_contents import MOST_LINES
from vpt_regio.services.applications import write_application
from vpt_regio.web import applicant_pages as pages
from vpt_regio.web.application_forms import content_form, grid_rows, written
from vpt_regio.web.authorize import public
from vpt_regio.web.handling import handle
from vpt_regio.web.link_holder import LinkVisit, with_link

bp = Blueprint("applicant_writing", __name__)

ADDRESS = "/aanvraag/<token>/wijzigen"
PROOF = "the link itself is the proof"


@bp.get(ADDRESS)
@public(PROOF)
@with_link
def edit(visit: LinkVisit) -> ResponseReturnValue:
    return _page(visit, _form(visit))


@bp.post(ADDRESS)
@public(PROOF)
@with_link
def save(visit: LinkVisit) -> ResponseReturnValue:
    form = _form(visit)
    page = "applicant_writing.edit" if "more_lines" in request.form else "applicant.show"
    return handle(
        form,
        lambda: write_application(
            visit.application,
            written(form),
            actor=visit.holder,
            expected_version=form.expected_version,
        ),
        page=lambda: _page(visit, form),
        success=url_for(page, token=visit.token),
        message=_("Uw aanvraag is bewaard."),
        obj=visit.application,
    )


def _form(visit: LinkVisit) -> ContentForm:
    application = visit.application
    return content_form(ContentForm, application.round.scheme.programme, application)


def _page(visit: LinkVisit, form: ContentForm) -> str:
    return render_template(
        "applicant/edit.html",
        visit=visit,
        application=visit.application,
        form=form,
        standing=pages.standing_of(visit.application, visit.holder),
        window=pages.window_words(visit.application.round),
        rows=grid_rows(form),
        has_room=len(form.line_fields()) < MOST_LINES,
    )
