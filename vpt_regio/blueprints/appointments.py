"""The project leaders of a region."""

from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from vpt_regio import clock
from vpt_regio.domain.permissions import Permission
from vpt_regio.extensions import db
from vpt_regio.forms.appointments import AppointmentForm, ChangeAppointmentForm
from vpt_regio.models.covenants import ProjectLeaderAppointment
from vpt_regio.models.people import Person
from vpt_regio.models.regions import Region
from vpt_regio.queries.appointments import (
    find_appointment,
    list_appointments,
    list_project_leaders,
    staffing_on,
)
from vpt_regio.queries.covenants import list_covenants_of
from vpt_regio.queries.history import list_history
from vpt_regio.queries.lineage import holder_of
from vpt_regio.queries.region_books import RegionBooks, find_books
from vpt_regio.services.appointments import appoint_project_leader, change_appointment
from vpt_regio.web.authorize import authorize, may
from vpt_regio.web.filters import day, hours
from vpt_regio.web.handling import handle, make_form
from vpt_regio.web.history import in_words
from vpt_regio.web.session import current_person

bp = Blueprint("appointments", __name__)


def load_appointment(code: str, appointment_id: int) -> ProjectLeaderAppointment | None:
    books = find_books(code)
    return find_appointment(books.region, appointment_id) if books else None


@bp.get("/regios/<code>/projectleiders")
@authorize(Permission.REGION_VIEW_DETAILS, find_books)
def index(books: RegionBooks) -> ResponseReturnValue:
    region = books.region
    appointments = list_appointments(region)
    today = clock.today()
    return render_template(
        "appointments/index.html",
        region=region,
        rows=[_row(found, region) for found in appointments],
        staffing=staffing_on(region, appointments, list_covenants_of(region), today),
        entries=in_words(list_history(*appointments)),
    )


@bp.get("/regios/<code>/projectleiders/nieuw")
@authorize(Permission.APPOINTMENT_MANAGE, find_books)
def new(books: RegionBooks) -> ResponseReturnValue:
    region = books.region
    return _new_page(region, make_form(AppointmentForm, choices=_choices(region)))


@bp.post("/regios/<code>/projectleiders/nieuw")
@authorize(Permission.APPOINTMENT_MANAGE, find_books)
def appoint(books: RegionBooks) -> ResponseReturnValue:
    region = books.region
    form = make_form(AppointmentForm, choices=_choices(region))
    return handle(
        form,
        lambda: appoint_project_leader(
            region,
            person=db.session.get_one(Person, form.person.data),
            actor=current_person(),
            **_values(form),
        ),
        page=lambda: _new_page(region, form),
        success=url_for("appointments.index", code=region.code),
        message=_("De aanstelling is vastgelegd."),
    )


@bp.get("/regios/<code>/projectleiders/<int:appointment_id>")
@authorize(Permission.APPOINTMENT_MANAGE, load_appointment)
def edit(appointment: ProjectLeaderAppointment) -> ResponseReturnValue:
    return _edit_page(appointment, make_form(ChangeAppointmentForm, appointment))


@bp.post("/regios/<code>/projectleiders/<int:appointment_id>")
@authorize(Permission.APPOINTMENT_MANAGE, load_appointment)
def save(appointment: ProjectLeaderAppointment) -> ResponseReturnValue:
    form = make_form(ChangeAppointmentForm, appointment)
    return handle(
        form,
        lambda: change_appointment(
            appointment,
            actor=current_person(),
            expected_version=form.expected_version,
            **_values(form),
        ),
        page=lambda: _edit_page(appointment, form),
        success=url_for("appointments.index", code=holder_of(appointment.region).code),
        message=_("De aanstelling is gewijzigd."),
        obj=appointment,
    )


def _new_page(region: Region, form: AppointmentForm) -> str:
    return render_template(
        "appointments/edit.html",
        region=region,
        form=form,
        appointment=None,
        is_possible=bool(form.person.choices),
    )


def _edit_page(appointment: ProjectLeaderAppointment, form: ChangeAppointmentForm) -> str:
    return render_template(
        "appointments/edit.html",
        region=appointment.region,
        form=form,
        appointment=appointment,
        is_possible=True,
    )


def _choices(region: Region) -> dict[str, list[tuple[Any, str]]]:
    people = list_project_leaders(region, day=clock.today())
    return {"person": [(person.id, person.name) for person in people]}


def _values(form: ChangeAppointmentForm) -> dict[str, Any]:
    return {
        "quarters_per_week": form.quarters_per_week.data,
        "starts_on": form.starts_on.data,
        "ends_on": form.ends_on.data,
        "employer": form.employer.data,
        "is_deputy": form.is_deputy.data,
    }


def _row(appointment: ProjectLeaderAppointment, region: Region) -> list[Any]:
    row: list[Any] = [
        appointment.person.name,
        _("waarnemer") if appointment.is_deputy else _("projectleider"),
        appointment.employer or None,
        hours(appointment.quarters_per_week),
        day(appointment.starts_on),
        day(appointment.ends_on) or _("loopt door"),
    ]
    if may(Permission.APPOINTMENT_MANAGE, region):
        url = url_for("appointments.edit", code=region.code, appointment_id=appointment.id)
        text = _("Wijzig of beëindig: %(person)s", person=appointment.person.name)
        row.append({"text": text, "url": url})
    return row
