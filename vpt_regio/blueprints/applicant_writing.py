"""Writing an application by a link: saved as often as needed, until the round closes."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.forms.applicant import StoredApplication, WritingForm, writing_form
from vpt_regio.queries.programmes import list_measures
from vpt_regio.services.application_contents import MOST_LINES
from vpt_regio.services.applications import write_application
from vpt_regio.web import applicant_pages as pages
from vpt_regio.web.authorize import public
from vpt_regio.web.handling import handle, make_form
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
            form.content(),
            actor=visit.holder,
            expected_version=form.expected_version,
        ),
        page=lambda: _page(visit, form),
        success=url_for(page, token=visit.token),
        message=_("Uw aanvraag is bewaard."),
        obj=StoredApplication(visit.application),
    )


def _form(visit: LinkVisit) -> WritingForm:
    application = visit.application
    programme = application.round.scheme.programme
    holding = list_measures(programme, on=clock.today())
    # a measure that was chosen before it ended stays among the choices
    measures = [*holding, *(one for one in application.measures if one not in holding)]
    sent = sum(f"line_{number}_cents" in request.form for number in range(1, MOST_LINES + 1))
    return make_form(
        writing_form(application, sent=sent),
        StoredApplication(application),
        choices={"measure_ids": [(one.id, one.name) for one in measures]},
    )


def _page(visit: LinkVisit, form: WritingForm) -> str:
    return render_template(
        "applicant/edit.html",
        visit=visit,
        application=visit.application,
        form=form,
        standing=pages.standing_of(visit.application, visit.holder),
        window=pages.window_words(visit.application.round),
        has_room=len(form.line_numbers) < MOST_LINES,
    )
