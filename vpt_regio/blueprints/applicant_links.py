"""The ministry sends an applicant a link to their own application, and ends it."""

from datetime import datetime, time, timedelta
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.forms.applicant_links import EndLinkForm, LinkForm
from vpt_regio.models.applications import ApplicantLink, SubsidyApplication
from vpt_regio.queries.applicant_links import get_link, list_links
from vpt_regio.queries.applications import get_application
from vpt_regio.services.applicant_links import end_link, make_link
from vpt_regio.web.authorize import authorize
from vpt_regio.web.filters import moment
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.i18n import label
from vpt_regio.web.links import applicant_link
from vpt_regio.web.session import current_person

bp = Blueprint("applicant_links", __name__)

ADDRESS = "/subsidies/aanvragen/<int:application_id>/link"
USUAL_DAYS = 60


def load_application(application_id: int) -> SubsidyApplication | None:
    return get_application(application_id)


def load_link(application_id: int, link_id: int) -> ApplicantLink | None:
    return get_link(application_id, link_id)


@bp.get(ADDRESS)
@authorize(Permission.APPLICATION_RECORD, load_application)
def new(application: SubsidyApplication) -> ResponseReturnValue:
    usual = {"email": application.contact_email, "days": USUAL_DAYS}
    return _links_page(application, make_form(LinkForm, data=usual))


@bp.post(ADDRESS)
@authorize(Permission.APPLICATION_RECORD, load_application)
def make(application: SubsidyApplication) -> ResponseReturnValue:
    form = make_form(LinkForm)
    return handle(
        form,
        lambda: make_link(
            application,
            email=form.email.data,
            valid_until=_end_of_day(form.days.data),
            link_to=applicant_link,
            actor=current_person(),
        ),
        page=lambda: _links_page(application, form),
        success=url_for("applicant_links.new", application_id=application.id),
        message=_("De aanvrager krijgt een e-mail met de link. Een eerdere link werkt niet meer."),
    )


@bp.get(f"{ADDRESS}/<int:link_id>/beeindigen")
@authorize(Permission.APPLICATION_RECORD, load_link)
def end(link: ApplicantLink) -> ResponseReturnValue:
    return _end_page(link, make_form(EndLinkForm))


@bp.post(f"{ADDRESS}/<int:link_id>/beeindigen")
@authorize(Permission.APPLICATION_RECORD, load_link)
def record_end(link: ApplicantLink) -> ResponseReturnValue:
    form = make_form(EndLinkForm)
    return handle(
        form,
        lambda: end_link(link, reason=form.reason.data, actor=current_person()),
        page=lambda: _end_page(link, form),
        success=url_for("applicant_links.new", application_id=link.application_id),
        message=_("De link is beëindigd. De aanvrager kan er niet meer mee bij de aanvraag."),
    )


def _end_of_day(days: int) -> datetime:
    """Return the end, in Dutch local time, of the day that comes so many days after today.

    Links follow the real clock, also where the day of the rules is pinned.
    """
    day = clock.real_now().astimezone(clock.AMSTERDAM).date() + timedelta(days=days + 1)
    return datetime.combine(day, time(), clock.AMSTERDAM)


def _links_page(application: SubsidyApplication, form: LinkForm) -> str:
    return render_template(
        "applicant_links/new.html",
        application=application,
        form=form,
        rows=[_row(link) for link in list_links(application)],
    )


def _end_page(link: ApplicantLink, form: EndLinkForm) -> str:
    return render_template(
        "applicant_links/end.html", link=link, application=link.application, form=form
    )


def _row(link: ApplicantLink) -> list[Any]:
    return [
        link.email,
        moment(link.made_at),
        link.made_by.name,
        moment(link.expires_at),
        _state(link),
    ]


def _state(link: ApplicantLink) -> dict[str, Any]:
    if link.ended_at is not None:
        reason = label(link.end_reason)
        return {"text": _("beëindigd"), "badge": "inactive", "note": reason}
    if link.expires_at <= clock.real_now():
        return {"text": _("verlopen"), "badge": "inactive"}
    url = url_for("applicant_links.end", application_id=link.application_id, link_id=link.id)
    return {"text": _("werkt; beëindigen"), "url": url}
